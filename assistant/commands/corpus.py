"""The commands of `icat` that change or describe what is on this machine."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant import progress, wiring
from assistant.commands.output import NOTHING, as_json, line, note
from assistant.settings import Settings
from assistant.show.words import printable
from corpus import recognition
from corpus.errors import FetchError, IcatError
from corpus.intake import Added, IntakeOutcome
from corpus.library import ListedPublication, Recognise, State
from corpus.listing import in_other_languages
from corpus.readers import FileReading
from corpus.types import Publication, one_line


def add(arguments: Namespace, settings: Settings) -> int:
    """Take files in, then bring the index up to date."""
    library = wiring.open_library(settings)
    limits = {"seconds": settings.reading.seconds, "memory_mib": settings.reading.memory_mb}
    recognise = _recogniser(arguments.recognise, limits)
    if arguments.as_id:
        if len(arguments.paths) != 1 or not arguments.paths[0].is_file():
            raise IcatError("--as takes exactly one file; add the others without it")
        added = [library.add_as(arguments.as_id, arguments.paths[0], recognise=recognise, **limits)]
        _tell(added, arguments.json)
    else:
        with progress.counting("reading", " files") as tick:
            found = library.add(arguments.paths, progress=tick, recognise=recognise, **limits)
            added = _tell(found, arguments.json)
    if arguments.json:
        as_json([_added(one) for one in added])
    elif not added:
        note(f"{', '.join(one_line(str(path)) for path in arguments.paths)}: no files there")
    if any(one.publication for one in added) and not arguments.no_index:
        wiring.bring_up_to_date(settings, library)
    return NOTHING if not added or any(one.outcome is IntakeOutcome.UNREADABLE for one in added) else 0


def _recogniser(languages: str | None, limits: Mapping[str, Any]) -> Recognise | None:
    """What makes text of pictures of pages: of all where languages are named, else of files that have no text at all.

    None where no language is named and the program is not here. RecognitionError where it is not and one is named.
    """
    names = recognition.named(languages or "")
    if languages is None and recognition.missing(names):
        return None

    def recognise(file: Path, reading: FileReading, publication: Publication, folder: Path) -> FileReading:
        if not recognition.pictures(reading.problems) or (languages is None and reading.document):
            return reading
        work = recognition.Recognition(file, reading.problems, names)
        total = len(work.numbers)
        pages = "1 page" if total == 1 else f"{total} pages"
        name = one_line(file.name)
        note(f"{name}: recognising the text of {pages} ({' '.join(names)}); Ctrl-C stops")
        with progress.counting("recognising", " pages") as tick, closing(work.pages()) as done:
            for number in done:
                tick(number, total)
        return work.reading(publication, folder, **limits)

    if languages is not None and (lacking := recognition.missing(names)):
        raise recognition.RecognitionError(f"{lacking}, then try again")
    return recognise


def _tell(stream: Iterable[Added], quiet: bool) -> list[Added]:
    """Each result as it comes; problems go to stderr, a line each."""
    told = []
    for one in stream:
        told.append(one)
        if one.publication and not quiet:
            pages = f", {one.pages} pages" if one.pages > 1 else ""
            pages += f", text of {one.recognised} recognised from pictures" if one.recognised else ""
            title = printable(one.publication.title)
            line(f"{one_line(one.file.name)}: {one.outcome.value}: {one.publication.id} ({title}{pages})")
        for problem in one.problems if one.outcome is not IntakeOutcome.ALREADY else ():
            note(problem)
    if hint := recognition.advice(problem for one in told for problem in one.problems):
        note(hint)
    return told


def _added(one: Added) -> Mapping[str, Any]:
    return {
        "file": one_line(str(one.file)),
        "outcome": one.outcome.value,
        "publication": one.publication.model_dump(mode="json") if one.publication else None,
        "matched": one.match.value if one.match else None,
        "pages": one.pages,
        "recognised": one.recognised,
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
                    publication_id,
                    progress=tick,
                    seconds=settings.reading.seconds,
                    memory_mib=settings.reading.memory_mb,
                )
            _tell([added], quiet=False)
            fetched += added.publication is not None
            failed += added.publication is None
        except FetchError as error:
            note(error)
            failed += 1
    if fetched and not arguments.no_index:
        wiring.bring_up_to_date(settings, library)
    return 1 if failed else 0


def list_(arguments: Namespace, settings: Settings) -> int:
    """The catalogue, what else is here, and the project's own texts."""
    listed = wiring.open_library(settings).publications()
    if arguments.json:
        as_json([_listed(one) for one in listed])
        return 0
    elsewhere = in_other_languages((one.publication for one in listed), "en")
    width = max(len(one.publication.id) for one in listed)
    for one in listed:
        if one.publication.id in elsewhere:
            continue
        pages = f", {one.pages} pages" if one.pages else ""
        problems = f", {one.problems} unreadable" if one.problems else ""
        problems += f", {one.recognised} recognised from pictures" if one.recognised else ""
        known = one.publication
        line(f"{known.id:<{width}}  {one.state.value}{pages}{problems}  {printable(known.title)} ({known.date_label})")
    if elsewhere:
        line(f"and {len(elsewhere)} of these texts in other languages: `icat list --json` names them")
    return 0


def _listed(one: ListedPublication) -> Mapping[str, Any]:
    return {
        "state": one.state.value,
        "pages": one.pages,
        "problems": one.problems,
        "recognised": one.recognised,
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
    if details.listed.recognised:
        line(f"recognised: text of {details.listed.recognised} pages, from pictures of them: compare it with the page")
    if details.listed.file:
        line(f"file: {details.listed.file}")
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
        wiring.bring_up_to_date(settings, library)
    return 0
