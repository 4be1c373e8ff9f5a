"""What the functions for programs give, made of the assistant's own values. Pure, but for documents that are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from assistant import VERSION
from assistant.program.types import (
    BoxJson,
    CitedJson,
    DraftJson,
    DraftLineJson,
    DraftPartJson,
    LabelledJson,
    ListJson,
    PassageJson,
    QuoteJson,
    SourceJson,
    TotalJson,
)
from assistant.settings import Contact
from assistant.show.draft import spoken, title_of
from assistant.show.markdown import to_markdown
from assistant.show.outline import said_beside
from assistant.show.record import plain_whole
from assistant.show.references import references_to
from assistant.show.sources import boxes_of
from assistant.show.words import origin_words, source_words, title_words
from assistant.toolkit.records import item_records
from assistant.types import Answer, DraftLine, ListTotal, Quote, Turn
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import Document, Publication
from index.types import Hit


def source_of(publication: Publication) -> SourceJson:
    return {
        "publication": publication.id,
        "title": title_words(publication),
        "date": publication.date_label,
        "url": publication.landing,
        "origin": publication.origin,
        "whose": origin_words(publication.origin),
        "citation": source_words(publication),
    }


def passage_of(hit: Hit, library: Library) -> PassageJson:
    """A hit with its source; UnknownPublication when its document was removed since."""
    chunk = hit.chunk
    document = library.document(chunk.publication)
    labels = {page.number: page.label for page in document.pages}
    pages = [chunk.first_page, chunk.last_page]
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "signals": {name: {"rank": s.rank, "score": round(s.score, 4)} for name, s in hit.signals.items()},
        "chunk": chunk.id,
        **source_of(library.publication(chunk.publication)),
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "pages": pages,
        "labels": [labels.get(page) for page in pages],
        "recognised": document.recognised(chunk.start, chunk.end),
        "headings": list(chunk.headings),
        "language": chunk.language,
    }


def list_of(answer: Answer, library: Library) -> ListJson:
    """The lists of an answer; without items where nothing is listed."""
    listed, totals = (answer.listing.items, answer.listing.totals) if answer.listing else ((), ())
    records = item_records([each.item for each in listed], library)
    return {
        "totals": [TotalJson(**plain_whole(ListTotal, each)) for each in totals if each.total or each.activity],
        "items": [
            {**record, "first": each.first, "fits": list(each.fits)}
            for record, each in zip(records, listed, strict=True)
        ],
        "notice": answer.notice,
    }


def draft_of(answer: Answer, asked: str, contacts: Sequence[Contact], today: date) -> DraftJson:
    """The draft of an answer, also as Markdown; without parts where it has none."""
    draft = answer.draft
    parts = draft.parts if draft else ()
    return {
        "status": answer.status,
        "said": list(said_beside(answer, contacts)),
        "title": title_of(draft) if draft else "",
        "artefact": draft.artefact if draft else None,
        "theme": draft.theme if draft else "",
        "parts": [
            DraftPartJson(
                heading=part.heading,
                minutes=part.minutes,
                empty=part.empty,
                lines=[_line(answer, line) for line in part.lines],
            )
            for part in parts
        ],
        "sources": list(_sources(answer)) if draft else [],
        "markdown": to_markdown((Turn(asked, answer),), VERSION, today) if draft else "",
    }


def _line(answer: Answer, line: DraftLine) -> DraftLineJson:
    statement = answer.statements[line.statement] if line.statement >= 0 else None
    quotes = statement.quotes if statement else ()
    text = spoken(line) or (statement.text if statement else "")
    return {"words": line.words, "text": text, "quotes": [QuoteJson(**plain_whole(Quote, each)) for each in quotes]}


def _sources(answer: Answer) -> Iterator[LabelledJson]:
    """The source of each label that a statement names, in the order of labels."""
    labels = {quote.label for statement in answer.statements for quote in statement.quotes}
    for label in sorted(labels):
        yield {"label": label, **source_of(answer.evidence[label].publication)}


def cited_of(named: Publication, place: tuple[Document, int, int] | None, read: Path | None) -> CitedJson:
    """Words of which somebody says that they are quoted: where they stand, if they do, and how that is cited.

    `read`: the file from which the document was read in which they stand.
    """
    document, start, end = place if place else (None, 0, 0)
    publication = document.publication if document else named
    page = document.page_at(start) if document else None
    return {
        **source_of(publication),
        "stands": document is not None and publication.id == named.id,
        "elsewhere": publication.id != named.id,
        "text": document.text[start:end] if document else "",
        "start": start if document else None,
        "end": end if document else None,
        "page": page.number if page else None,
        "page_label": page.label if page else None,
        "recognised": page.recognised if page else False,
        "boxes": list(_boxes(document, start, end, read)) if document and read else [],
        "bibtex": references_to([publication], ".bib"),
        "ris": references_to([publication], ".ris"),
        "csl": json.loads(references_to([publication], ".json")),
    }


def _boxes(document: Document, start: int, end: int, read: Path) -> Iterator[BoxJson]:
    """Where a span stands on its pages; nothing where the document has none, or its file can't be read any more."""
    if not document.paged:
        return
    try:
        for page in document.pages_of(start, end):
            yield from (BoxJson(**asdict(box)) for box in boxes_of(document, read, page, [(start, end)]))
    except (IcatError, OSError):
        return
