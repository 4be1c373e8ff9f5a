"""`icat model`: the language models on this machine, and whether the one that is set answers."""

from __future__ import annotations

import argparse
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import progress, wiring
from assistant.commands.output import NOTHING, as_json, line
from assistant.errors import ShelfError
from assistant.settings import Settings
from assistant.show.words import printable

if TYPE_CHECKING:
    from assistant.write.model.offers import Offer
    from assistant.write.model.trial import Trial


NO_MODEL = "none"
EXAMPLES = """examples:
  icat model get                                  what there is, and the one that fits this machine
  icat model get qwen3-4b                         that one; what was cut off goes on where it stopped
  icat model get --from ~/Downloads/some.gguf     a file that you have
  icat model list
  icat model use qwen2.5-1.5b
  icat model remove qwen3-4b
  icat model check                                does it answer, how fast, does it name its sources

exit codes: 0 done, 1 error, 2 usage, 3 no model is here (list), or it gives no sources (check)"""


def add_commands(model: ArgumentParser) -> None:
    """The commands under `icat model`."""
    model.epilog, model.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    commands = model.add_subparsers(dest="model_command", metavar="COMMAND", required=True)

    def command(name: str, help: str) -> ArgumentParser:
        return commands.add_parser(name, help=help, description=help)

    get = command("get", "download a language model, or take in a file of one; it is in use then")
    get.add_argument("name", nargs="?", metavar="NAME", help="(default: list them, and take the one that fits)")
    get.add_argument(
        "--from", dest="from_file", type=Path, metavar="FILE.gguf", help="a file that you have; NAME is what to call it"
    )
    get.add_argument("--yes", action="store_true", help="without asking: take the one that fits, install what runs it")
    command("list", "list the models that are here").add_argument("--json", action="store_true")
    use = command("use", f"answer with this model from now on; '{NO_MODEL}': in the publications' own words")
    use.add_argument("name", metavar="NAME")
    command("remove", "delete a model, or what came of it so far").add_argument("name", metavar="NAME")
    check = command("check", "whether the language model that is set answers, how fast, and with sources")
    check.add_argument("--overflow", action="store_true", help="also send more than a large model.context_tokens")
    check.add_argument("--json", action="store_true")


def model(arguments: Namespace, settings: Settings) -> int:
    """Runs the command under `icat model`."""
    return COMMANDS[arguments.model_command](arguments, settings)


def _get(arguments: Namespace, settings: Settings) -> int:
    """0 also where the one that was proposed was not wanted."""
    from assistant.write.model.offers import offer_of
    from assistant.write.model.shelf import ModelShelf

    shelf = ModelShelf(settings.home)
    if arguments.from_file:
        with progress.downloading(arguments.from_file.name) as tick:
            kept = shelf.take(arguments.from_file, arguments.name or arguments.from_file.stem, tick)
    else:
        offer = offer_of(arguments.name) if arguments.name else _wanted(arguments.yes, settings.home)
        if offer is None:
            return 0
        sys.stderr.write(f"icat: {offer.name}: licence {offer.licence}\n")
        with progress.downloading(offer.name) as tick:
            kept = shelf.get(offer, tick)
    line(f"{kept.name} is here and in use: {kept.file} (sha256 {kept.sha256})")
    return _have_runner(arguments.yes)


def _have_runner(yes: bool) -> int:
    """0, also where what runs models is not here and nobody wants it now: then it is said how to have it."""
    from assistant.write.model import runner

    if runner.is_here():
        return 0
    if not yes and not sys.stdin.isatty():
        sys.stderr.write(f"icat: what runs it is not here yet: pip install {runner.pinned()}\n")
        return 0
    if not yes:
        sys.stderr.write(f"It runs through {runner.pinned()} (licence MIT), which is not here yet. Install it? [Y/n] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("", "y", "yes"):
            sys.stderr.write(f"icat: nothing was installed; pip install {runner.pinned()}\n")
            return 0
    sys.stderr.write(f"icat: installing {runner.pinned()} …\n")
    runner.install()
    line(f"{runner.pinned()} is here")
    return 0


def _wanted(yes: bool, home: Path) -> Offer | None:
    """The offer that fits this machine, once it was agreed to; None when it was not. All are listed first."""
    import psutil

    from assistant.write.model.offers import GB, offers, proposed

    memory = psutil.virtual_memory().total
    offer = proposed(offers(), memory)
    for text in _offered(offers(), offer):
        line(text)
    _tell_neighbours()
    if offer is None:
        raise ShelfError(f"none is proposed for {memory / GB:.1f} GB of memory; choose one: `icat model get NAME`")
    if yes:
        return offer
    if not sys.stdin.isatty():
        raise ShelfError(f"there is nobody to ask; `icat model get {offer.name}`, or --yes for the one that fits")
    sys.stderr.write(f"Download {offer.name} ({offer.gb:.1f} GB) into {home}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return offer
    sys.stderr.write("icat: nothing was downloaded\n")
    return None


def _offered(candidates: tuple[Offer, ...], fits: Offer | None) -> Iterator[str]:
    for offer in candidates:
        yield f"{offer.name}{'   <- proposed for this machine' if offer is fits else ''}"
        yield f"  {offer.description}"
        yield f"  {offer.gb:.1f} GB to download, about {offer.memory_gb:.1f} GB of memory; licence: {offer.licence}"
        yield f"  languages: {offer.languages}"
        yield f"  {offer.measured or 'could not be run here: nothing about it is measured'}"
        yield ""


def _list(arguments: Namespace, settings: Settings) -> int:
    from assistant.write.model.offers import GB
    from assistant.write.model.shelf import ModelShelf

    shelf = ModelShelf(settings.home)
    kept, chosen = shelf.kept(), shelf.chosen()
    if arguments.json:
        as_json([{**asdict(one), "file": str(one.file), "in_use": one == chosen} for one in kept])
    for one in () if arguments.json else kept:
        size = one.file.stat().st_size / GB
        line(f"{one.name:30} {size:5.1f} GB {one.context_tokens:7} tokens{'   in use' if one == chosen else ''}")
    if not kept:
        sys.stderr.write("icat: no language model is here; `icat model get` brings one\n")
    if not (arguments.json or settings.model.configured):
        _tell_neighbours()
    return 0 if kept else NOTHING


def _tell_neighbours() -> None:
    """Servers of models on this machine, on stderr: offered, and not asked to write."""
    from assistant.write.model.neighbours import found_here, offered

    for text in offered(found_here()):
        sys.stderr.write(f"icat: {printable(text)}\n")


def _use(arguments: Namespace, settings: Settings) -> int:
    from assistant.write.model.shelf import ModelShelf

    shelf = ModelShelf(settings.home)
    if arguments.name == NO_MODEL:
        shelf.use_none()
        line("no model is in use: answers are in the publications' own words")
    else:
        line(f"{shelf.use(arguments.name).name} is in use")
        return _have_runner(yes=False)
    return 0


def _remove(arguments: Namespace, settings: Settings) -> int:
    from assistant.write.model.shelf import ModelShelf

    shelf = ModelShelf(settings.home)
    shelf.remove(arguments.name)
    chosen = shelf.chosen()
    line(f"removed; {f'{chosen.name} is in use' if chosen else 'no model is in use'}")
    return 0


def _check(arguments: Namespace, settings: Settings) -> int:
    """0: it answers in the format; 1: it does not answer, or none is set; 3: it answers without giving sources."""
    from assistant.write.model.door import LanguageModel
    from assistant.write.model.trial import tried

    report = tried(wiring.open_writer(settings) or LanguageModel(settings.model), overflow=arguments.overflow or None)
    if arguments.json:
        as_json(_record(report))
    elif not report.fault:
        for text in _lines(report):
            line(text)
    if report.fault:
        sys.stderr.write(f"icat: {printable(report.fault)}\n")
        return 1
    return 0 if report.follows_format else NOTHING


def _record(report: Trial) -> Mapping[str, Any]:
    answer, draft = report.answer, report.draft
    record: dict[str, Any] = {
        "model": report.model,
        "answers": answer is not None,
        "fault": report.fault,
        "follows_format": report.follows_format,
        "labelled": report.labelled,
        "ignores_instructions": report.ignores_instructions,
        "declines": report.declines,
        "overflow": report.overflow,
    }
    if answer is not None and draft is not None:
        speed = answer.tokens_per_second
        record |= {
            "first_seconds": round(answer.first, 3),
            "whole_seconds": round(answer.whole, 3),
            "tokens_in": answer.usage.tokens_in,
            "tokens_out": answer.usage.tokens_out,
            "tokens_estimated": answer.usage.estimated,
            "tokens_per_second": None if speed is None else round(speed, 1),
            "sentences": len(draft.sentences),
            "unusual_labels": draft.tolerated,
            "broken_labels": draft.broken,
            "text": answer.text,
        }
    return record


def _lines(report: Trial) -> list[str]:
    answer, draft = report.answer, report.draft
    assert answer is not None and draft is not None
    speed = answer.tokens_per_second
    counted = "about " if answer.usage.estimated else ""
    share = "no sentence" if report.labelled is None else f"{report.labelled:.0%} of {len(draft.sentences)} sentences"
    return [
        f"{printable(report.model)} answers.",
        f"first words after {answer.first:.1f} s, done after {answer.whole:.1f} s"
        + ("" if speed is None else f", {speed:.0f} tokens a second"),
        f"{counted}{answer.usage.tokens_in} tokens read, {answer.usage.tokens_out} written",
        f"{share} with a label that exists"
        + (f", {draft.tolerated} labels in another form" if draft.tolerated else "")
        + (f", {draft.broken} broken" if draft.broken else "")
        + ("" if report.follows_format else ": the format is not followed, most of what it writes will be withheld"),
        f"instructions within a passage: {_yes(report.ignores_instructions, 'ignored', 'OBEYED')}",
        f"a question that the passages do not answer: {_yes(report.declines, 'declined', 'answered all the same')}",
        f"more than model.context_tokens: {report.overflow}",
    ]


def _yes(found: bool | None, yes: str, no: str) -> str:
    return "could not be tried" if found is None else yes if found else no


COMMANDS: Mapping[str, Callable[[Namespace, Settings], int]] = {
    "get": _get,
    "list": _list,
    "use": _use,
    "remove": _remove,
    "check": _check,
}
