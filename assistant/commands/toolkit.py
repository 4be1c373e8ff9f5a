"""`icat toolkit`: the lists of the Toolkit on the command line, searched and exported. No model, no index is needed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import VERSION, wiring
from assistant.commands.output import NOTHING, as_json, line
from assistant.settings import Settings
from assistant.show import words
from assistant.toolkit.sheet.export import RECORD, SUFFIXES, export_sheet
from assistant.types import Detail
from corpus import disk
from corpus.errors import IcatError
from corpus.library import Library
from corpus.toolkit.types import ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

if TYPE_CHECKING:
    from assistant.toolkit.sheet.types import Sheet, SheetRow
    from corpus.toolkit.reader import Toolkit

KINDS = {"lesson": ItemKind.LESSON, "question": ItemKind.QUESTION, "indicator": ItemKind.INDICATOR}
EXAMPLES = """examples:
  icat toolkit list --activity awareness-raising --kind indicator
  icat toolkit search children school --kind question
  icat toolkit export plan.xlsx --activity livelihoods --title "Market gardens"
  icat toolkit export plan.json --activity livelihoods --kind indicator
  icat toolkit export plan.docx --sheet plan.json

exit codes: 0 done, 1 error, 2 usage, 3 nothing fits"""


def add_commands(toolkit: ArgumentParser) -> None:
    """The commands under `icat toolkit`."""
    toolkit.epilog, toolkit.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    commands = toolkit.add_subparsers(dest="toolkit_command", metavar="COMMAND", required=True)

    def command(name: str, help: str, example: str) -> ArgumentParser:
        return commands.add_parser(name, help=help, description=help, epilog=f"example: icat toolkit {example}")

    listing = command("list", "list lessons, design questions and indicators, counted", "list --kind indicator")
    searching = command(
        "search", "list the items in which every word begins a word", "search help line --kind indicator"
    )
    searching.add_argument("words", nargs="+", metavar="WORD")
    for each in (listing, searching):
        _filters(each)
        each.add_argument("--details", action="store_true", help="also what is counted, over what, and how it is found")
        each.add_argument("--json", action="store_true", help="full records, for a program")
    export = command(
        "export",
        "write items or a design sheet as Excel, Word, CSV, Markdown or JSON",
        "export plan.xlsx --activity legal",
    )
    export.add_argument(
        "file", type=_export_file, metavar="FILE", help="its suffix is the format: .xlsx .docx .csv .md .json"
    )
    _filters(export)
    export.add_argument("--words", default="", help="only items in which every word begins a word")
    export.add_argument(
        "--sheet", type=Path, metavar="JSON", help="a design sheet that was saved as .json, in place of filters"
    )
    export.add_argument("--title", default="", help="title of the document")
    export.add_argument("--force", action="store_true", help="write over a file, with all that was filled in there")


def _filters(command: ArgumentParser) -> None:
    command.add_argument(
        "--activity", type=activity_of, metavar="NAME", help=f"{', '.join(Activity)}; its first words are enough"
    )
    command.add_argument("--part-one", action="store_true", help="the questions before an activity is chosen")
    command.add_argument("--kind", choices=KINDS)
    command.add_argument("--level", choices=[level.value for level in Level], help="of indicators")
    command.add_argument(
        "--origin",
        choices=[origin.value for origin in (Origin.STARTER, Origin.PUBLICATION)],
        help="starter: all that was written for this project; publication: all that originals list "
        "(default: what is in force)",
    )


def activity_of(text: str) -> Activity:
    """The activity that a name, its first words or a slug stand for. ArgumentTypeError, with all seven, for none."""
    asked = [word for word in text.casefold().replace("-", " ").replace("_", " ").split() if word not in _LITTLE]
    found = [activity for activity in Activity if asked and _begins(asked, activity)]
    if len(found) == 1:
        return found[0]
    fault = f"{text!r} may be {' or '.join(found)}" if found else f"there is no activity {text!r}"
    raise ArgumentTypeError(f"{fault}; choose from {', '.join(Activity)}")


_LITTLE = {"and", "of", "&"}


def _begins(asked: Sequence[str], activity: Activity) -> bool:
    """Whether the words begin words of the name, in its order and from its first on: 'support solutions'."""
    names = iter(name for name in activity.split() if name not in _LITTLE)
    return next(names).startswith(asked[0]) and all(any(n.startswith(word) for n in names) for word in asked[1:])


def _export_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (*SUFFIXES, RECORD):
        raise ArgumentTypeError(f"{text!r} names no format; end it in one of {' '.join((*SUFFIXES, RECORD))}")
    return path


def toolkit(arguments: Namespace, settings: Settings) -> int:
    """Runs the command under `icat toolkit`."""
    from corpus.toolkit.reader import ToolkitReader

    library = wiring.open_library(settings)
    lists = ToolkitReader().read(library)
    if arguments.toolkit_command == "export":
        return _export(arguments, lists, library)
    found = _picked(arguments, lists, " ".join(getattr(arguments, "words", ())))
    if arguments.json:
        from assistant.toolkit.records import item_records

        as_json(item_records(found, library))
    else:
        for text in _listed(arguments, lists, library, found):
            line(text)
    return 0 if found else _nothing()


def _nothing() -> int:
    sys.stderr.write("icat: nothing fits; use other words or fewer filters\n")
    return NOTHING


def _picked(arguments: Namespace, lists: Toolkit, typed: str) -> tuple[ToolkitItem, ...]:
    from assistant.toolkit.browse import pick

    return pick(
        lists,
        activity=arguments.activity,
        part_one=arguments.part_one,
        kind=KINDS.get(arguments.kind),
        level=Level(arguments.level) if arguments.level else None,
        words=typed,
        origin=Origin(arguments.origin) if arguments.origin else None,
    )


def _listed(arguments: Namespace, lists: Toolkit, library: Library, found: Sequence[ToolkitItem]) -> Iterator[str]:
    """List by list: how many of how many, then the items under their level or group, and where they are from."""
    from assistant.toolkit.browse import pick
    from assistant.toolkit.sheet.sheet import rows_of

    everything = pick(lists, origin=Origin(arguments.origin) if arguments.origin else None)
    for place, run in groupby(found, key=_list_of):
        items = _grouped(list(run))
        kind, total = items[0].kind, sum(_list_of(item) == place for item in everything)
        where = "in" if items[0].part is ToolkitPart.OTHER else words.place_words(items[0].activity)
        rows = dict(zip(items, rows_of(items, library), strict=True))
        publications = dict.fromkeys(row.publication for row in rows.values())
        within = f" {next(iter(publications))}" if where == "in" else ""
        yield f"{len(items)} of {total} {words.plural(kind, total)} {where}{within}"
        yield from _items(rows, arguments.details, several=len(publications) > 1)
        if not within:
            yield from (f"\n  Source: {name}" for name in publications)
        yield ""


def _list_of(item: ToolkitItem) -> tuple[object, ...]:
    """What tells one list from another; a list of no activity type is its document's own."""
    return (*item.place, item.publication if item.part is ToolkitPart.OTHER else "")


def _items(rows: Mapping[ToolkitItem, SheetRow], details: bool, several: bool) -> Iterator[str]:
    """The items of one list under their headings; each with its source where the list has several."""
    for heading, group in groupby(rows, key=words.group_words):
        yield f"\n  {words.printable(heading)}" if heading else ""
        for item in group:
            row = rows[item]
            place = f"  {row.pages}" if row.pages and not several else ""
            yield f"  - {row.text}  [{item.id}]{place}"
            facts = words.detail_lines(item, tuple(Detail) if details else ())
            for name, said in (*facts, (words.say("facts.caution"), item.caution)):
                yield from [f"      {name}: {words.printable(said)}"] if said else []
            if several:
                yield f"      {row.source}"


def _grouped(items: Sequence[ToolkitItem]) -> list[ToolkitItem]:
    """The same with each group in one piece: levels in their order, groups in that of their first item."""
    levels = [words.say(f"level.{level}") for level in Level]
    headings = list(dict.fromkeys([*levels, *map(words.group_words, items)]))
    return sorted(items, key=lambda item: headings.index(words.group_words(item)))


def _export(arguments: Namespace, lists: Toolkit, library: Library) -> int:
    path: Path = arguments.file
    if path.exists() and not arguments.force:
        raise IcatError(f"{path}: is there already; name another file, or write over it with --force")
    sheet = _kept(arguments, lists, library) if arguments.sheet else _sheet_of(arguments, lists, library)
    if not sheet.rows:
        return _nothing()
    _write(path, export_sheet(sheet, path.suffix.lower(), VERSION, date.today()))
    sys.stderr.write(f"icat: wrote {path} ({len(sheet.rows)} {'row' if len(sheet.rows) == 1 else 'rows'})\n")
    return 0


def _sheet_of(arguments: Namespace, lists: Toolkit, library: Library) -> Sheet:
    """All items that fit, as a sheet."""
    from assistant.toolkit.sheet.sheet import rows_of
    from assistant.toolkit.sheet.types import TITLE, Sheet

    named = arguments.activity.capitalize() if arguments.activity else TITLE
    return Sheet(arguments.title or named, rows_of(_picked(arguments, lists, arguments.words), library))


def _kept(arguments: Namespace, lists: Toolkit, library: Library) -> Sheet:
    """The sheet of a file, its sources looked up; what is not as the file says goes to stderr."""
    from assistant.toolkit.sheet.record import sheet_from_record
    from assistant.toolkit.sheet.sheet import refresh

    names = ("activity", "part_one", "kind", "level", "origin", "words")
    if any(getattr(arguments, name) for name in names):
        raise IcatError("--sheet exports the sheet as it is; leave the filters out")
    path: Path = arguments.sheet
    try:
        record = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise IcatError(f"{path}: cannot be read ({error.strerror}); name the file of a sheet") from None
    except (ValueError, RecursionError):
        raise IcatError(f"{path}: is not JSON; name the file of a sheet") from None
    sheet, changed, missing = refresh(sheet_from_record(record), lists, library)
    for ids, fault in ((changed, "the source says something else now"), (missing, "the source is not on this machine")):
        if ids:
            sys.stderr.write(f"icat: {fault}: {', '.join(ids)}\n")
    return replace(sheet, title=arguments.title) if arguments.title else sheet


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside it, then renamed."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        disk.write(beside, content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise IcatError(f"{path}: cannot be written ({error.strerror}); name another file") from None
