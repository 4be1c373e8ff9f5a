"""`icat`: the command line. Results go to stdout, progress and errors to stderr.

Exit codes: 0 done (an answer was found), 1 an error of ours or something to mend (`doctor`), 2 wrong usage, 3 no answer
is given (`ask`), nothing found (`search`, `toolkit`, `review list`, `model list`), a file that can't be read (`add`) or
a model that gives no sources (`model check`), 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.commands.model import add_commands as add_model_commands
from assistant.commands.review import add_commands as add_review_commands
from assistant.commands.toolkit import add_commands as add_toolkit_commands
from assistant.commands.users import add_commands as add_users_commands
from assistant.settings import load_settings, quiet_environment
from assistant.watch import logs
from corpus.errors import IcatError
from corpus.types import Kind

EXAMPLES = """examples:
  icat serve                                          the chat, on http://127.0.0.1:7860
  icat ask "What is displacement, and how do we watch for it?"
  icat ask --json "Which indicators fit an awareness campaign?" | jq .status
  icat search "durable solutions" --kind glossary
  icat toolkit list --activity livelihoods            lessons, questions and indicators, complete
  icat toolkit export plan.xlsx --activity legal      the same as a working document
  icat review new --answers answers.txt --rater Ana   people check citations; icat review --help
  icat mcp                                            the assistant as tools for programs
  icat users add ana --role maintainer                who may sign in, where others reach it; icat users --help
  icat model get                                      a language model on this machine; icat model --help
  icat add ~/Downloads/toolkit.pdf reports/           files or folders
  icat add --recognise fr scan.pdf                    a scan: its text is recognised
  icat fetch toolkit                                  where there is a network
  icat list
  icat doctor                                         what is wrong here, and what to do
  icat backup icat.zip                                all data in one file; icat restore icat.zip

settings: environment variables (ICAT_HOME, ICAT_PORT, ICAT_CHROMA, ...) or settings.toml in the data folder; see
README.md. Everything that is written goes to the data folder (ICAT_HOME).
exit codes: 0 done, 1 error, 2 usage, 3 no answer / nothing found / a file not readable, 130 stopped"""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    icat = argparse.ArgumentParser(
        prog="icat",
        description="Answers from the ICAT publications on trafficking in persons, every statement tied to its page.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    icat.add_argument("--verbose", action="store_true", help="log what is done, to stderr")
    commands = icat.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, help: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, epilog=f"example: icat {example}")

    serve = command("serve", "serve the chat; builds the index first where there is none", "serve --port 8000")
    serve.add_argument(
        "--host", help="address to listen on (default 127.0.0.1: this machine only; else see icat users)"
    )
    serve.add_argument("--port", type=int, help="port (default 7860)")
    serve.add_argument(
        "--api",
        action="store_true",
        default=None,
        help="also answer programs: search, ask, list, draft, cite",
    )
    serve.add_argument(
        "--open-to-anyone",
        action="store_true",
        default=None,
        help="without sign-in, also where other machines reach it (otherwise icat users add NAME)",
    )

    command(
        "mcp", "offer search, ask, list, draft and cite as tools (Model Context Protocol, on stdin and stdout)", "mcp"
    )

    ask = command("ask", "answer one question from the publications", 'ask "What is a durable solution?"')
    ask.add_argument("question")
    _filters(ask)
    ask.add_argument(
        "--as",
        dest="as_act",
        choices=("list", "ask", "draft", "about"),
        help="what is asked for, in place of what would be understood",
    )
    ask.add_argument("--quoted", action="store_true", help="in the publications' own words, also where a model writes")
    ask.add_argument("--json", action="store_true", help="the answer as a record, for a program")
    ask.add_argument("--markdown", metavar="FILE", type=Path, help="also write it as Markdown with footnotes")
    ask.add_argument("--docx", metavar="FILE", type=Path, help="also write it as Word with footnotes")

    ask.add_argument("--pptx", metavar="FILE", type=Path, help="also write a draft as PowerPoint slides")

    ask.add_argument(
        "--references", metavar="FILE", type=Path, help="also write the publications cited: .bib, .ris or .json (CSL)"
    )

    search = command("search", "list the passages nearest to a query", 'search "non-punishment" --limit 3')
    search.add_argument("query")
    _filters(search)
    search.add_argument("--limit", type=_positive, default=8, help="passages (default 8)")
    search.add_argument("--stage", choices=("bm25", "dense", "fused"), default="fused", help="(default fused)")
    search.add_argument("--json", action="store_true")

    add_toolkit_commands(
        command("toolkit", "list, search and export lessons, design questions and indicators", "toolkit list")
    )

    add_review_commands(command("review", "make, do and evaluate reviews: people check citations", "review list"))

    index = command("index", "bring the index to the corpus; only what changed is encoded", "index")
    index.add_argument(
        "--questions",
        action="store_true",
        help="also have the language model write the questions that passages of added documents answer: they are found"
        " in more words then. Long (some 10 s a passage with a small model); can be stopped and goes on where it was",
    )
    index.add_argument(
        "--publication", action="append", default=[], metavar="ID", help="questions for this one only (may be repeated)"
    )
    index.add_argument("--rebuild", action="store_true", help="all anew, also where nothing changed: after damage")
    index.add_argument("--json", action="store_true", help="print the manifest")

    add = command("add", "take in files or folders: PDF, HTML, DOCX, Markdown, text", "add toolkit.pdf reports/")
    add.add_argument("paths", nargs="+", type=_path, metavar="PATH")
    add.add_argument("--as", dest="as_id", metavar="ID", help="take ONE file in as this publication of the catalogue")
    add.add_argument(
        "--recognise",
        metavar="LANGUAGES",
        help="make text of all pages that are pictures (scans), with Tesseract: en fr es ru ar zh, or several: en+fr;"
        " a file that has no text at all is read so in English without being told",
    )
    add.add_argument("--no-index", action="store_true", help="do not bring the index up to date afterwards")
    add.add_argument("--json", action="store_true")

    fetch = command("fetch", "download originals of the catalogue, where there is a network", "fetch toolkit")
    fetch.add_argument("ids", nargs="*", metavar="ID", help="(default: all that are not here)")
    fetch.add_argument("--no-index", action="store_true", help="do not bring the index up to date afterwards")

    listing = command("list", "list the publications and what is here of each", "list --json")
    listing.add_argument("--json", action="store_true")

    show = command("show", "all there is to say of one publication", "show legal-frameworks")
    show.add_argument("id")
    show.add_argument("--json", action="store_true")

    remove = command("remove", "take an original away again", "remove toolkit")
    remove.add_argument("id")
    remove.add_argument("--no-index", action="store_true", help="do not bring the index up to date afterwards")

    bench = command(
        "bench", "measure retrieval on a set in BEIR layout, or reading to search on a folder of files", "bench docs/"
    )
    bench.add_argument("folder", type=Path, metavar="DIR")
    bench.add_argument("stages", nargs="*", metavar="STAGE", help="bm25 dense fused (default: all)")
    bench.add_argument("--queries", type=_positive, help="only the first N queries")
    bench.add_argument("--baseline", action="store_true", help="also what a user would write with llama-index")
    bench.add_argument("--json", action="store_true")

    calibrate = command(
        "calibrate",
        "measure how well it tells what the corpus answers, and fit the weights",
        "calibrate questions.jsonl",
    )
    calibrate.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help='more questions, a line each: {"question", "answerable"}'
    )
    calibrate.add_argument("--home", type=Path, metavar="DIR", help="data folder of the library that FILE asks of")

    evaluate = command(
        "evaluate", "ask the evaluation cases and measure the answers; goes on where it stopped", "evaluate --limit 20"
    )
    evaluate.add_argument("--cases", nargs="+", type=Path, metavar="FILE", help="(default: those of the project)")
    evaluate.add_argument("--tags", nargs="+", default=[], metavar="TAG", help="only cases with one of these")
    evaluate.add_argument("--split", choices=("tune", "test"), help="(default: both)")
    evaluate.add_argument("--limit", type=_positive, metavar="N", help="only the first N cases")
    evaluate.add_argument("--model", metavar="NAME", help="language model; '' for none (default: that of the settings)")
    evaluate.add_argument(
        "--policy", type=Path, metavar="DIR", help="folder of real documents, for the cases over them"
    )
    evaluate.add_argument("--judge", default="deterministic", help="deterministic, nli:NAME or model:NAME")
    evaluate.add_argument("--verdicts", type=Path, metavar="FILE", help="of people (JSON): how often the judge agrees")
    evaluate.add_argument("--out", type=Path, metavar="DIR", help="folder of the runs (default: runs, in ICAT_HOME)")
    evaluate.add_argument("--json", action="store_true")

    report = command(
        "report",
        "scorecard of an evaluation run, as text, Markdown or one HTML file",
        "report latest --html report.html",
    )
    report.add_argument("run", metavar="RUN", help="name of a run, the beginning of one, its folder, or latest")
    report.add_argument("--html", type=Path, metavar="FILE", help="also write one file with plots and every case")
    report.add_argument("--markdown", type=Path, metavar="FILE", help="also write the scorecard as Markdown")
    report.add_argument("--verdicts", type=Path, metavar="FILE", help="of people (JSON): how often the judge agrees")
    report.add_argument("--check", action="store_true", help="exit 1 when a figure is below evals/floor.toml")
    _run_options(report)

    compare = command(
        "compare", "what got better and worse from one evaluation run to another", "compare RUN latest --html both.html"
    )
    compare.add_argument("first", metavar="RUN", help="name of a run, the beginning of one, its folder, or latest")
    compare.add_argument("second", metavar="RUN")
    compare.add_argument("--common", action="store_true", help="only the cases that both runs asked, word for word")
    compare.add_argument("--html", type=Path, metavar="FILE", help="also write each case with both answers")
    compare.add_argument("--json", action="store_true")
    _run_options(compare)

    train = command(
        "train",
        "learn anew from examples, questions, themes, requests and programmes, where they changed (up to three hours)",
        "train",
    )
    train.add_argument("--all", action="store_true", help="also where nothing changed")
    train.add_argument(
        "--added",
        action="store_true",
        help="begins from what was learned of sections before: half the time, for those that came",
    )
    train.add_argument("--check", action="store_true", help="only say whether all is up to date; exit 1 where not")

    add_users_commands(command("users", "who may sign in, and as what; icat users --help", "users list"))
    doctor = command(
        "doctor", "look whether all is sound: data, index, weights, servers; what to do where not", "doctor"
    )
    doctor.add_argument("--json", action="store_true")

    backup = command("backup", "copy the data folder into one file, also while a server runs", "backup icat.zip")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = command("restore", "make the data folder of such a file; no server may run on it", "restore icat.zip")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="where there is one: it is kept, under another name")

    add_model_commands(command("model", "get, choose and try a language model; icat model --help", "model get"))
    return icat


def _run_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--judge", default="deterministic", help="deterministic, nli:NAME or model:NAME")
    command.add_argument("--runs", type=Path, metavar="DIR", help="folder of the runs (default: runs, in ICAT_HOME)")


def _filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--publication", action="append", default=[], metavar="ID", help="(may be repeated)")
    kinds = [kind.value for kind in Kind]
    command.add_argument("--kind", action="append", default=[], choices=kinds, metavar="KIND", help=", ".join(kinds))
    command.add_argument("--language", action="append", default=[], metavar="CODE", help="ISO 639-1, such as fr")
    command.add_argument("--from", dest="year_from", type=int, metavar="YEAR")
    command.add_argument("--to", dest="year_to", type=int, metavar="YEAR")
    command.add_argument("--section", default="", help="words within the heading path")


def _path(text: str) -> Path:
    if not text:  # Python takes it for the folder that one is in
        raise argparse.ArgumentTypeError("a path is empty; . is the folder you are in")
    return Path(text)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not at least 1")
    return number


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. SystemExit(2) for wrong usage."""
    arguments = parser().parse_args(argv)
    # It sets its own level when imported, and reports every step.
    logging.getLogger("bm25s").addFilter(lambda record: record.levelno >= logging.WARNING)
    quiet_environment(downloads=getattr(arguments, "model_command", "") == "get")
    try:
        from assistant.commands import run as commands

        settings = load_settings()
        logs.start(settings.log, arguments.verbose)
        return commands.COMMANDS[arguments.command](arguments, settings)
    except IcatError as error:
        from assistant.commands.output import note

        note(error)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\nicat: stopped; what was finished is kept\n")
        return 130
    except BrokenPipeError:  # `icat list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def entry() -> None:
    """The console script."""
    sys.exit(main())
