"""What each command of `icat` does: call, then write lines or JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from assistant import VERSION, extras, progress, wiring
from assistant.commands import corpus as corpus_commands
from assistant.commands import model as model_commands
from assistant.commands import operate as operate_commands
from assistant.commands import review as review_commands
from assistant.commands import toolkit as toolkit_commands
from assistant.commands import users as users_commands
from assistant.commands.output import NOTHING, as_json, line
from assistant.door.accounts import who_signs_in
from assistant.settings import Settings
from assistant.show import words
from assistant.types import Act, Corrected, Turn
from corpus.errors import IcatError
from corpus.language import short_language
from corpus.library import Library
from corpus.types import Kind
from index.types import Filters, Hit

Command = Callable[[Namespace, Settings], int]


def serve(arguments: Namespace, settings: Settings) -> int:
    """The chat; returns when it is stopped."""
    options = ("host", "port", "api", "open_to_anyone")
    chosen = {name: value for name in options if (value := getattr(arguments, name)) is not None}
    settings = Settings.model_validate({**settings.model_dump(), **chosen})
    accounts = who_signs_in(settings)
    library = _indexed(settings)
    from assistant.app.server import serve

    serve(settings, library, accounts, announce=lambda url: line(f"ICAT Assistant: {url}   (Ctrl-C stops it)"))
    return 0


def mcp(arguments: Namespace, settings: Settings) -> int:
    """Tools for programs; returns when the client closes its end."""
    extras.require("mcp", "mcp", "`icat mcp`")
    from assistant.program import tools
    from assistant.program.calls import calls_of
    from assistant.program.program import Program

    library = _indexed(settings)
    assistant = wiring.open_assistant(settings, library)
    tools.serve(calls_of(Program(lambda: assistant, library, settings.contacts)))
    return 0


def ask(arguments: Namespace, settings: Settings) -> int:
    """One question, one answer with its sources."""
    from assistant.show import terminal as plain
    from assistant.show.outline import said_beside
    from assistant.show.record import answer_in_full

    library = _indexed(settings)
    assistant = wiring.open_assistant(settings, library)
    corrected = Corrected(Act(arguments.as_act)) if arguments.as_act else None
    asked = assistant.quoting if arguments.quoted else assistant
    question = assistant.masking.read(arguments.question).text
    answer = asked.answer(arguments.question, filters=_filters(arguments, library), corrected=corrected)
    if arguments.json:
        as_json(answer_in_full(answer, said_beside(answer, settings.contacts)))
    else:
        line(plain.answer_text(answer, settings.contacts))
    _export(arguments, Turn(question, answer))
    return 0 if answer.statements or answer.told else NOTHING


def _export(arguments: Namespace, turn: Turn) -> None:
    turns, today = (turn,), date.today()
    if arguments.markdown:
        from assistant.show.markdown import to_markdown

        _write(arguments.markdown, to_markdown(turns, VERSION, today).encode())
    if arguments.docx:
        from assistant.show.word import to_docx

        _write(arguments.docx, to_docx(turns, VERSION, today))
    if arguments.pptx:
        from assistant.show.slides import to_pptx

        _write(arguments.pptx, to_pptx(turn.answer, VERSION, today))
    if arguments.references:
        from assistant.show.references import references

        _write(arguments.references, references(turns, arguments.references.suffix.lower()).encode())


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise IcatError(f"{path}: cannot be written ({error.strerror}); name another file") from None
    sys.stderr.write(f"icat: wrote {path}\n")


def search(arguments: Namespace, settings: Settings) -> int:
    """The nearest passages, best first."""
    library = _indexed(settings)
    hits = wiring.open_retriever(settings).search(
        arguments.query,
        filters=_filters(arguments, library),
        limit=arguments.limit,
        stage=arguments.stage,
        language=short_language(arguments.query),
    )
    if arguments.json:
        from assistant.program.records import passage_of

        as_json([passage_of(hit, library) for hit in hits])
    else:
        for hit in hits:
            line(_hit_text(hit, library))
        if not hits:
            sys.stderr.write("icat: nothing found; use other words or fewer filters\n")
    return 0 if hits else NOTHING


def _hit_text(hit: Hit, library: Library) -> str:
    chunk = hit.chunk
    source = words.source_words(library.publication(chunk.publication))
    page = f", PDF p. {chunk.first_page}" if library.original(chunk.publication) else ""
    text = " ".join(words.printable(chunk.text).split())
    excerpt = text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]}…"
    return f"{hit.rank}. {source}{page}  [{chunk.id}]\n   {excerpt}\n"


def index(arguments: Namespace, settings: Settings) -> int:
    """Build, and say what there is now."""
    library = wiring.open_library(settings)
    manifest = wiring.bring_up_to_date(settings, library, arguments.rebuild)
    told: list[str] = []
    if arguments.questions:
        from assistant.commands.questions import write_questions

        told = write_questions(settings, library, arguments.publication)
        manifest = wiring.bring_up_to_date(settings, library)
    if arguments.json:
        as_json(manifest.model_dump())
    else:
        for each in told:
            line(each)
        line(f"{manifest.chunks} passages of {manifest.publications} publications, built {manifest.built_at}")
    return 0


def bench(arguments: Namespace, settings: Settings) -> int:
    """Retrieval figures on a benchmark."""
    from evals.bench.run import run

    return run(arguments, settings, line=line, as_json=as_json)


def train(arguments: Namespace, settings: Settings) -> int:
    """What was learned from examples, anew where they have changed: how messages are read, which section answers."""
    from assistant.draft.aspects import aspects
    from assistant.texts.catalogue import LANGUAGES
    from assistant.understand import said, said_training, training
    from corpus.anticipated import read_anticipated
    from corpus.asked import asked_messages, read_asked
    from corpus.kits import read_kits
    from corpus.phrases import read_phrases
    from corpus.themes import read_themes, read_wanted, themes_of
    from corpus.toolkit.programmes import read_programmes
    from index import kits, learned, ready_made, sections, themes

    programmes, messages = read_programmes(), [asked for _, asked in asked_messages()]
    asks = {name: aspect.asks for name, aspect in aspects().items()}
    offered = {language: [aspect.words[language][0] for aspect in aspects().values()] for language in LANGUAGES}
    wanted = read_wanted()
    made_on = (*read_themes(), *themes_of(wanted, asks))
    answered, material, of_kits = (*read_anticipated(), *read_asked()), read_phrases(), read_kits()
    made_from = {
        training.WEIGHTS: (training.FOLDER, training.made_from(asked=messages)),
        said.WEIGHTS: (training.FOLDER, said_training.made_from(wanted, offered)),
        sections.NAME: (sections.FOLDER, sections.made_from(answered, programmes)),
        themes.NAME: (themes.FOLDER, themes.made_from(made_on)),
        ready_made.NAME: (themes.FOLDER, ready_made.made_from(material)),
        kits.NAME: (themes.FOLDER, kits.made_from(of_kits)),
    }
    stale = [name for name, (folder, now) in made_from.items() if learned.made_from(folder, name) != now]
    if arguments.check or not (stale or arguments.all):
        line(f"out of date: {', '.join(stale)}; run `icat train`" if stale else "up to date")
        return 1 if stale else 0
    if training.WEIGHTS in stale or arguments.all:
        with progress.counting("learning", " steps") as tick:
            result = training.train(tick, asked=messages)
        for act, share in result.right.items():
            line(f"{act:10} {share:.3f} of held-out examples")
        line(", ".join(f"{name} {value:.3f}" for name, value in asdict(result.thresholds).items()))
    if said.WEIGHTS in stale or arguments.all:
        with progress.counting("learning", " steps") as tick:
            said_training.train(wanted, offered, tick)
    if sections.NAME in stale and arguments.added:
        with progress.counting("reading", " questions") as tick:
            came = sections.extend(answered, programmes, tick)
        line(f"{len(came)} sections came; all else is as it was learned before")
    elif sections.NAME in stale or arguments.all:
        with progress.counting("learning", " steps") as tick:
            sections.train(answered, programmes, tick)
    if learned.made_from(themes.FOLDER, themes.NAME) != themes.made_from(made_on) or arguments.all:  # of sections, too
        with progress.counting("learning", " steps") as tick:
            themes.train(made_on, tick)
    if learned.made_from(themes.FOLDER, ready_made.NAME) != ready_made.made_from(material) or arguments.all:
        with progress.counting("reading", " phrases") as tick:
            ready_made.train(material, tick)
    if learned.made_from(themes.FOLDER, kits.NAME) != kits.made_from(of_kits) or arguments.all:
        with progress.counting("reading", " messages and parts") as tick:
            kits.train(of_kits, tick)
    return 0


def _indexed(settings: Settings) -> Library:
    """The library, with the index built where there is none yet: a first question needs no other command."""
    library = wiring.open_library(settings)
    if wiring.needs_index(settings, library):
        wiring.bring_up_to_date(settings, library)
    return library


def _filters(arguments: Namespace, library: Library) -> Filters:
    for publication_id in arguments.publication:
        library.publication(publication_id)  # an unknown id is said, with close ones, and not silently nothing
    return Filters(
        publications=tuple(arguments.publication),
        kinds=tuple(Kind(kind) for kind in arguments.kind),
        languages=tuple(arguments.language),
        year_from=arguments.year_from,
        year_to=arguments.year_to,
        section=arguments.section,
    )


def calibrate(arguments: Namespace, settings: Settings) -> int:
    """Tiers of answers: error rates, and weights and thresholds to put into assistant.answer.tiers."""
    from evals.calibration import run

    return run(arguments.file, arguments.home, settings, line)


def review(arguments: Namespace, settings: Settings) -> int:
    """Reviews; evaluation runs, which they can be made of, belong to a layer above."""
    from evals.runs.records import find_run

    return review_commands.review(arguments, settings, find_run)


def evaluate(arguments: Namespace, settings: Settings) -> int:
    """Answers to the evaluation cases, kept as a run, and their figures."""
    from evals.evaluate import run

    return run(arguments, settings, line, as_json, say=lambda text: sys.stderr.write(f"icat: {text}\n"))


def report(arguments: Namespace, settings: Settings) -> int:
    """The scorecard of a run."""
    from evals.report import run

    return run(arguments, settings, line)


def compare(arguments: Namespace, settings: Settings) -> int:
    """Two runs, case by case."""
    from evals.compare import run

    return run(arguments, settings, line, as_json)


COMMANDS: Mapping[str, Command] = {
    "serve": serve,
    "mcp": mcp,
    "ask": ask,
    "search": search,
    "toolkit": toolkit_commands.toolkit,
    "review": review,
    "index": index,
    "add": corpus_commands.add,
    "fetch": corpus_commands.fetch,
    "list": corpus_commands.list_,
    "show": corpus_commands.show,
    "remove": corpus_commands.remove,
    "bench": bench,
    "calibrate": calibrate,
    "evaluate": evaluate,
    "report": report,
    "compare": compare,
    "train": train,
    "model": model_commands.model,
    "users": users_commands.users,
    "doctor": operate_commands.doctor,
    "backup": operate_commands.backup,
    "restore": operate_commands.restore,
}
