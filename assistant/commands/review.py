"""`icat review`: people check citations. No model and no index is needed."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import wiring
from assistant.commands.output import NOTHING, as_json, line
from assistant.settings import Settings
from corpus.errors import IcatError

if TYPE_CHECKING:
    from assistant.review.types import Source
    from assistant.review.workbench import Workbench

EXAMPLES = """examples:
  icat review new --run latest --sample 5 --rater Ana --rater "B. K."    5 sentences of each kind of case
  icat review new --conversation chat.json --rater Ana --rater Bo       or what `icat ask --json` wrote
  icat review new --answers answers.txt --rater Ana --rater Bo          answers of any product, with their sources
  icat review rate r1 --rater Ana
  icat review results r1
  icat review adjudicate r1 --by Chris                                  somebody who is no rater decides
  icat review case r1 12                                                a fault becomes a regression case
  icat review export r1 r1.csv

Raters choose a name or initials; nothing else is kept of a person. A review keeps the questions of its answers:
`icat review remove r1` takes all of it away. exit codes: 0 done, 1 error, 2 usage, 3 nothing there"""

FindRun = Callable[[Path, str], Path]  # (folder of runs, what was typed) -> folder of a run


def add_commands(review: ArgumentParser) -> None:
    """The commands under `icat review`."""
    review.epilog, review.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    commands = review.add_subparsers(dest="review_command", metavar="COMMAND", required=True)

    def command(name: str, help: str, example: str, id: bool = True) -> ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, epilog=f"example: icat review {example}")
        if id:
            made.add_argument("id", metavar="ID", help="of the review, such as r1")
        return made

    _new(command("new", "make a review", "new --answers answers.txt --rater Ana --rater Bo", False))
    listing = command("list", "list reviews and how far they are, the newest first", "list", False)
    listing.add_argument("--json", action="store_true")
    command("show", "show the claims of a review, with what raters are not told", "show r1")
    assign = command("assign", "add raters; each judges all claims", "assign r1 Ana Bo")
    assign.add_argument("raters", nargs="+", metavar="NAME", help="a name or initials")
    rate = command("rate", "judge one claim after the other in the terminal", "rate r1 --rater Ana")
    rate.add_argument("--rater", required=True, metavar="NAME")
    adjudicate = command("adjudicate", "decide what raters differ on; for none of them", "adjudicate r1 --by Chris")
    adjudicate.add_argument("--by", required=True, metavar="NAME")
    results = command("results", "progress, agreement, scores, judges beside people", "results r1")
    results.add_argument("--json", action="store_true")
    export = command("export", "write all verdicts as .csv, or everything as .json", "export r1 r1.csv")
    export.add_argument("file", type=_export_file, metavar="FILE", help=".csv or .json")
    export.add_argument("--settled", action="store_true", help=".json: only the verdicts that stand, to judge judges")
    export.add_argument("--force", action="store_true", help="write over a file")
    case = command("case", "make a fault that was agreed on or decided a regression case", "case r1 12")
    case.add_argument("claim", metavar="CLAIM", help="its number or id: 12 or r1.12")
    command("remove", "take a review away, with all verdicts and names", "remove r1")


def _new(new: ArgumentParser) -> None:
    source = new.add_mutually_exclusive_group(required=True)
    source.add_argument("--run", metavar="RUN", help="an evaluation run: its folder, its name, or latest")
    source.add_argument("--conversation", type=Path, metavar="FILE", help="saved, or what `icat ask --json` writes")
    source.add_argument("--answers", type=Path, metavar="FILE", help="pasted answers with sources; see the README")
    new.add_argument("--title", default="")
    new.add_argument("--sample", type=_positive, metavar="N", help="sentences for each tag (default: all)")
    new.add_argument("--tag", action="append", default=[], help="only sentences with this tag (may be repeated)")
    new.add_argument("--rater", action="append", default=[], metavar="NAME", help="a name or initials (repeat it)")
    new.add_argument("--each", type=_positive, metavar="K", help="raters for each sentence (default: all)")
    new.add_argument("--seed", type=int, default=0, help="of the sample and the orders (default 0)")
    new.add_argument("--no-answers", action="store_true", help="leave out whether each answer answers its question")
    new.add_argument("--no-withheld", action="store_true", help="leave out what was withheld from the reader")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not at least 1")
    return number


def _export_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".csv", ".json"):
        raise argparse.ArgumentTypeError(f"{text!r} must end in .csv or .json")
    return path


def review(arguments: Namespace, settings: Settings, find_run: FindRun) -> int:
    """What each command does. `find_run`: names of evaluation runs, which are kept by a layer above."""
    from assistant.review.workbench import Workbench

    workbench = Workbench(settings.home, wiring.open_library(settings))
    if arguments.review_command == "new":
        return _make(workbench, arguments, settings, find_run)
    return _COMMANDS[arguments.review_command](workbench, arguments)


def _make(workbench: Workbench, arguments: Namespace, settings: Settings, find_run: FindRun) -> int:
    answers, source = _answers(workbench, arguments, settings, find_run)
    made = workbench.create(
        answers,
        source,
        title=arguments.title,
        per_tag=arguments.sample,
        tags=arguments.tag,
        seed=arguments.seed,
        withheld=not arguments.no_withheld,
        whole=not arguments.no_answers,
        raters=arguments.rater,
        per_claim=arguments.each,
    )
    line(f"{made.id}  {made.title}: {len(workbench.claims(made.id))} claims")
    for each in workbench.progress(made.id):
        line(f'  {each.rater}: {each.total} claims; begin with: icat review rate {made.id} --rater "{each.rater}"')
    return 0


def _answers(
    workbench: Workbench, arguments: Namespace, settings: Settings, find_run: FindRun
) -> tuple[tuple[Source, ...], str]:
    """The answers to take claims from, and what they are of, in words."""
    from assistant.review import make

    if arguments.run is not None:
        given = Path(arguments.run)
        place = given if given.is_file() else find_run(settings.home / "runs", arguments.run)
        return make.read_run(place), f"evaluation run {place.name}"
    if arguments.conversation is not None:
        return make.read_conversation(arguments.conversation), f"conversation {arguments.conversation.name}"
    return workbench.pasted_file(arguments.answers), f"pasted answers {arguments.answers.name}"


def _list(workbench: Workbench, arguments: Namespace) -> int:
    from dataclasses import asdict

    from assistant.review.report import progress_words

    reviews = workbench.reviews()
    if arguments.json:
        as_json([asdict(r) | {"progress": [asdict(p) for p in workbench.progress(r.id)]} for r in reviews])
        return 0 if reviews else NOTHING
    for each in reviews:
        line(f"{each.id}  {each.title}  ({each.made[:10]})")
        for progress in workbench.progress(each.id):
            line(f"  {progress_words(progress)}")
    if not reviews:
        sys.stderr.write("icat: no review yet; `icat review new` makes one\n")
    return 0 if reviews else NOTHING


def _show(workbench: Workbench, arguments: Namespace) -> int:
    from assistant.review.report import claim_text, progress_words

    found = workbench.review(arguments.id)
    line(f"{found.id}  {found.title}  (from {found.source}, {found.made}, seed {found.seed})")
    for each in workbench.progress(found.id):
        line(f"  {progress_words(each)}")
    for claim in workbench.claims(found.id):
        line(claim_text(claim))
    return 0


def _assign(workbench: Workbench, arguments: Namespace) -> int:
    workbench.assign(arguments.id, arguments.raters)
    for each in workbench.progress(arguments.id):
        line(f"{each.rater}: {each.total} claims")
    return 0


def _typed() -> str | None:
    sys.stdout.flush()
    return sys.stdin.readline() or None


def _rate(workbench: Workbench, arguments: Namespace) -> int:
    from assistant.review.terminal import rate

    rate(workbench, arguments.id, arguments.rater, _typed, line)
    return 0


def _adjudicate(workbench: Workbench, arguments: Namespace) -> int:
    from assistant.review.terminal import decide

    decide(workbench, arguments.id, arguments.by, _typed, line)
    return 0


def _results(workbench: Workbench, arguments: Namespace) -> int:
    from assistant.review.export import figures
    from assistant.review.report import results_text

    results = workbench.results(arguments.id)
    if arguments.json:
        as_json(figures(results))
    else:
        line(results_text(results))
    return 0


def _export(workbench: Workbench, arguments: Namespace) -> int:
    path: Path = arguments.file
    in_json = "verdicts" if arguments.settled else "json"
    content = workbench.export(arguments.id, "csv" if path.suffix.lower() == ".csv" else in_json)
    try:
        with path.open("wb" if arguments.force else "xb") as file:
            file.write(content)
            os.fsync(file.fileno())
    except FileExistsError:
        raise IcatError(f"{path}: is there already; name another file, or add --force") from None
    except OSError as error:
        raise IcatError(f"{path}: cannot be written ({error.strerror}); name another file") from None
    sys.stderr.write(f"icat: wrote {path}\n")
    return 0


def _case(workbench: Workbench, arguments: Namespace) -> int:
    claim = arguments.claim if "." in arguments.claim else f"{arguments.id}.{arguments.claim}"
    path, new = workbench.save_case(claim)
    line(f"{'added to' if new else 'is already in'} {path}; it is asked again by: icat evaluate --cases {path}")
    return 0


def _remove(workbench: Workbench, arguments: Namespace) -> int:
    workbench.remove(arguments.id)
    line(f"{arguments.id} is gone")
    return 0


_COMMANDS: dict[str, Callable[..., int]] = {
    "list": _list,
    "show": _show,
    "assign": _assign,
    "rate": _rate,
    "adjudicate": _adjudicate,
    "results": _results,
    "export": _export,
    "case": _case,
    "remove": _remove,
}
