"""`icat index --questions`: a language model writes what people may ask of added documents, passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant import progress, wiring
from assistant.settings import Settings
from corpus import kept_questions
from corpus.errors import IcatError
from corpus.kept_questions import WrittenFor
from corpus.library import Library
from corpus.types import Document, Origin, PublicationId

if TYPE_CHECKING:
    from assistant.write.questions import QuestionWriter, Stretch

NO_MODEL = "questions are written by a language model, and none is here; `icat model get` brings one"


def write_questions(settings: Settings, library: Library, only: Sequence[PublicationId]) -> list[str]:
    """For all added documents, or those named; a line on each. What is written is kept at once, what is right stays.

    IcatError without a model, and for a publication that is unknown or was not added; ModelFault where it fails.
    """
    from assistant.write.questions import QuestionWriter, stretches_of

    documents = _added(library, only)
    writer = wiring.open_writer(settings)
    if writer is None:
        raise IcatError(NO_MODEL)
    embedder = wiring.open_embedder(settings)
    asks = QuestionWriter(writer, wiring.open_search(settings, embedder))
    of = {
        document.publication.id: stretches_of(document, wiring.chunks_of(document, embedder, settings))
        for document in documents
    }
    kept = {name: _kept(settings, asks, name, stretches) for name, stretches in of.items()}
    done, total = sum(map(len, kept.values())), sum(map(len, of.values()))
    with progress.asking(done, total, "passages asked about") as tick:
        for document in documents:
            name = document.publication.id
            pending = [stretch for stretch in of[name] if stretch.start not in kept[name]]
            for written in asks.written(pending, document.publication):
                kept[name][written.start] = written
                kept_questions.keep(settings.home, name, [kept[name][start] for start in sorted(kept[name])])
                done += 1
                tick(done, name)
    return [_told(name, tuple(written.values())) for name, written in kept.items()]


def _told(name: PublicationId, written: Sequence[WrittenFor]) -> str:
    good, dropped = sum(len(each.questions) for each in written), sum(each.dropped for each in written)
    return f"{name}: {good} questions of {len(written)} passages; {dropped} that do not lead back were dropped"


def _added(library: Library, only: Sequence[PublicationId]) -> list[Document]:
    """The documents that were added, or those of them that are named, each once."""
    # by what is known of each: to read all texts that come with this takes ten seconds
    added = [name for name in library.in_force() if library.publication(name).origin is not Origin.STARTER]
    for name in only:
        if name not in added:
            library.publication(name)  # an unknown id is said, with close ones
            raise IcatError(f"{name} was not added here; `icat list` says what was")
    return [library.document(name) for name in only or added]


def _kept(
    settings: Settings, asks: QuestionWriter, name: PublicationId, stretches: Sequence[Stretch]
) -> dict[int, WrittenFor]:
    """What was written for these stretches by the same model with the same prompt, by the start of its stretch."""
    now = {stretch.start: stretch for stretch in stretches}
    written = {each.start: each for each in kept_questions.read(settings.home, name)}
    return {start: each for start, each in written.items() if start in now and asks.still_right(each, now[start])}
