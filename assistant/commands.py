"""What each command of `icat` does: call, then write lines or JSON."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant import progress, wiring
from assistant.settings import Settings
from assistant.types import Answer, Status, Turn
from corpus.errors import FetchError, IcatError
from corpus.intake import Added, Outcome
from corpus.library import Library, Listed, State
from corpus.types import Kind, Publication
from index.types import Filters, Hit

NOTHING = 3  # exit code: no answer, nothing found, a file that can't be read
Command = Callable[[Namespace, Settings], int]


def line(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def as_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def serve(arguments: Namespace, settings: Settings) -> int:
    """The chat; returns when it is stopped."""
    chosen = {name: value for name in ("host", "port") if (value := getattr(arguments, name)) is not None}
    settings = Settings.model_validate({**settings.model_dump(), **chosen})
    library = wiring.open_library(settings)
    if wiring.needs_index(settings, library):
        _index(settings, library)
    from assistant.app.server import serve

    serve(settings, library, announce=lambda url: line(f"ICAT Assistant: {url}   (Ctrl-C stops it)"))
    return 0


def ask(arguments: Namespace, settings: Settings) -> int:
    """One question, one answer with its sources."""
    from assistant import plain
    from assistant.record import answer_to_record

    library = _indexed(settings)
    answer = wiring.open_assistant(settings, library).answer(arguments.question, filters=_filters(arguments, library))
    if arguments.json:
        as_json(answer_to_record(answer) | {"status": answer.status.value})
    else:
        line(plain.answer_text(answer, settings.contacts))
    _export(arguments, answer)
    return NOTHING if answer.status is Status.NO_EVIDENCE else 0


def _export(arguments: Namespace, answer: Answer) -> None:
    from assistant import export

    turns = (Turn(arguments.question, answer),)
    if arguments.markdown:
        _write(arguments.markdown, export.markdown(turns).encode())
    if arguments.docx:
        _write(arguments.docx, export.docx(turns))


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
        arguments.query, filters=_filters(arguments, library), limit=arguments.limit, stage=arguments.stage
    )
    if arguments.json:
        as_json([_hit(hit) for hit in hits])
    else:
        for hit in hits:
            line(_hit_text(hit, library))
        if not hits:
            sys.stderr.write("icat: nothing found; use other words or fewer filters\n")
    return 0 if hits else NOTHING


def _hit(hit: Hit) -> Mapping[str, Any]:
    chunk = hit.chunk
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "signals": {name: {"rank": s.rank, "score": round(s.score, 4)} for name, s in hit.signals.items()},
        "chunk": chunk.id,
        "publication": chunk.publication,
        "origin": chunk.origin.value,
        "pages": [chunk.first_page, chunk.last_page],
        "headings": list(chunk.headings),
        "language": chunk.language,
        "text": chunk.text,
    }


def _hit_text(hit: Hit, library: Library) -> str:
    from assistant import words

    chunk = hit.chunk
    source = words.source_words(library.publication(chunk.publication))
    page = f", PDF p. {chunk.first_page}" if library.original(chunk.publication) else ""
    text = " ".join(words.printable(chunk.text).split())
    excerpt = text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]}…"
    return f"{hit.rank}. {source}{page}  [{chunk.id}]\n   {excerpt}\n"


def index(arguments: Namespace, settings: Settings) -> int:
    """Build, and say what there is now."""
    manifest = _index(settings, wiring.open_library(settings))
    if arguments.json:
        as_json(manifest.model_dump())
    else:
        line(f"{manifest.chunks} passages of {manifest.publications} publications, built {manifest.built_at}")
    return 0


def add(arguments: Namespace, settings: Settings) -> int:
    """Take files in, then bring the index up to date."""
    library = wiring.open_library(settings)
    limits = {"seconds": settings.reading.seconds, "memory_mib": settings.reading.memory_mb}
    if arguments.as_id:
        if len(arguments.paths) != 1 or not arguments.paths[0].is_file():
            raise IcatError("--as takes exactly one file; add the others without it")
        added = [library.add_as(arguments.as_id, arguments.paths[0], **limits)]
        _tell(added, arguments.json)
    else:
        with progress.reading() as tick:
            added = _tell(library.add(arguments.paths, progress=tick, **limits), arguments.json)
    if arguments.json:
        as_json([_added(one) for one in added])
    elif not added:
        sys.stderr.write("icat: no files there\n")
    if any(one.publication for one in added) and not arguments.no_index:
        _index(settings, library)
    return NOTHING if not added or any(one.outcome is Outcome.UNREADABLE for one in added) else 0


def _tell(stream: Iterable[Added], quiet: bool) -> list[Added]:
    """Each result as it comes; problems go to stderr, a line each."""
    told = []
    for one in stream:
        told.append(one)
        if one.publication and not quiet:
            pages = f", {one.pages} pages" if one.pages > 1 else ""
            line(f"{one.file.name}: {one.outcome.value}: {one.publication.id} ({one.publication.title}{pages})")
        for problem in one.problems if one.outcome is not Outcome.ALREADY else ():
            sys.stderr.write(f"icat: {problem}\n")
    return told


def _added(one: Added) -> Mapping[str, Any]:
    return {
        "file": str(one.file),
        "outcome": one.outcome.value,
        "publication": one.publication.model_dump(mode="json") if one.publication else None,
        "matched": one.match.value if one.match else None,
        "pages": one.pages,
        "problems": [str(problem) for problem in one.problems],
    }


def fetch(arguments: Namespace, settings: Settings) -> int:
    """Download originals; those that can't be had are named, and the rest goes on."""
    library = wiring.open_library(settings)
    ids = arguments.ids or [
        listed.publication.id
        for listed in library.publications()
        if listed.state in (State.DIGEST, State.ABSENT) and (listed.publication.file_url or listed.publication.landing)
    ]
    failed = fetched = 0
    for publication_id in ids:
        try:
            with progress.downloading(publication_id) as tick:
                added = library.fetch(
                    publication_id, progress=tick, seconds=settings.reading.seconds, memory_mib=settings.reading.memory_mb
                )
            _tell([added], quiet=False)
            fetched += added.publication is not None
            failed += added.publication is None
        except FetchError as error:
            sys.stderr.write(f"icat: {error}\n")
            failed += 1
    if fetched and not arguments.no_index:
        _index(settings, library)
    return 1 if failed else 0


def list_(arguments: Namespace, settings: Settings) -> int:
    """The catalogue, what else is here, and the project's own texts."""
    listed = wiring.open_library(settings).publications()
    if arguments.json:
        as_json([_listed(one) for one in listed])
        return 0
    width = max(len(one.publication.id) for one in listed)
    for one in listed:
        pages = f", {one.pages} pages" if one.pages else ""
        problems = f", {one.problems} unreadable" if one.problems else ""
        known = one.publication
        line(f"{known.id:<{width}}  {one.state.value}{pages}{problems}  {known.title} ({known.date_label})")
    return 0


def _listed(one: Listed) -> Mapping[str, Any]:
    return {
        "state": one.state.value,
        "pages": one.pages,
        "problems": one.problems,
        **one.publication.model_dump(mode="json"),
    }


def show(arguments: Namespace, settings: Settings) -> int:
    """Facts with their sources, what is here, and what could not be read."""
    details = wiring.open_library(settings).show(arguments.id)
    if arguments.json:
        as_json(
            {
                **_listed(details.listed),
                "problems": [str(problem) for problem in details.problems],
                "digest": details.digest,
                "text_sha256": details.text_sha256,
            }
        )
        return 0
    for text in _description(details.listed.publication):
        line(text)
    line(f"here: {details.listed.state.value}" + (f", {details.listed.pages} pages" if details.listed.pages else ""))
    if details.digest:
        line(f"digest: {details.digest} (the project's own words)")
    for problem in details.problems:
        line(f"not read: {problem}")
    return 0


def _description(known: Publication) -> Iterable[str]:
    yield f"{known.title}" + (f": {known.subtitle}" if known.subtitle else "")
    series = ", ".join(part for part in (known.series, known.number) if part)
    yield f"{known.kind.value}" + (f" ({series})" if series else "") + (f", {known.symbol}" if known.symbol else "")
    for date in known.published:
        month = f"-{date.month:02d}" if date.month else ""
        yield f"date: {date.year}{month}{' (uncertain)' if date.uncertain else ''}  [{date.source}]"
    yield f"languages: {', '.join(known.languages)}"
    if known.agencies:
        yield f"agencies: {', '.join(known.agencies)}"
    if known.landing:
        yield f"page: {known.landing}"
    if known.superseded_by:
        yield f"superseded by: {known.superseded_by}"
    for fact in known.facts:
        yield f"fact: {fact.text}{' (uncertain)' if fact.uncertain else ''}  [{fact.source}]"


def remove(arguments: Namespace, settings: Settings) -> int:
    """Take an original away; its digest is in force again."""
    library = wiring.open_library(settings)
    library.remove(arguments.id)
    line(f"{arguments.id}: removed")
    if not arguments.no_index:
        _index(settings, library)
    return 0


def bench(arguments: Namespace, settings: Settings) -> int:
    """Retrieval figures on a benchmark."""
    from evals.benchmarks import run

    return run(arguments, settings, line=line, as_json=as_json)


def _index(settings: Settings, library: Library):
    with progress.building() as tick:
        return wiring.build_index(settings, library, tick)


def _indexed(settings: Settings) -> Library:
    """The library, with the index built where there is none yet: a first question needs no other command."""
    library = wiring.open_library(settings)
    if wiring.needs_index(settings, library):
        _index(settings, library)
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


COMMANDS: Mapping[str, Command] = {
    "serve": serve,
    "ask": ask,
    "search": search,
    "index": index,
    "add": add,
    "fetch": fetch,
    "list": list_,
    "show": show,
    "remove": remove,
    "bench": bench,
}
