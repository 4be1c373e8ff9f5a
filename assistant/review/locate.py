"""Pasted quotes looked for in the library: a quote that is there gets its span and its page, another one is kept as
it was pasted and marked as not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.review.pasted import Pasted, PastedSource
from assistant.review.types import Source
from assistant.show.sources import around, find_again
from assistant.types import Answer, Evidence, Passage, Quote, Request, Statement, Support
from corpus.errors import IcatError
from corpus.library import Library
from corpus.types import Chunk, Document, Page, Publication, PublicationId

WRITTEN_BY = "pasted"
_LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
MIN_WORDS = 3  # of what is looked for: fewer words stand in any document
MIN_CHARACTERS = 8  # the same in scripts that put no spaces between words
# One character each, so that places stay: what writers and word processors exchange for one another.
_ALIKE = str.maketrans("‘’‚‛´`“”„«»‐‑‒–—−\u00a0\u2009\u202f", "''''''\"\"\"\"\"------   ")


@dataclass
class Shelves:
    """The library as pasted sources are looked up in it; keeps what it has read for the next one."""

    library: Library
    _folded: dict[PublicationId, str] = field(default_factory=dict)

    @cached_property
    def publications(self) -> dict[PublicationId, Publication]:
        """Of every text in force, by id."""
        here = {listed.publication.id: listed.publication for listed in self.library.publications()}
        return {id: here.get(id) or self.library.publication(id) for id in self.library.in_force()}

    def named(self, name: str) -> Publication | None:
        """The publication of an id or a title; what follows the title, such as a date, is passed over."""
        if name in self.publications:
            return self.publications[name]
        words = _title(name)
        fits = [p for p in self.publications.values() if (title := _title(p.title)) and words.startswith(title)]
        return max(fits, key=lambda publication: (len(publication.title), publication.id), default=None)

    def find(self, quote: str, first: Publication | None, near: str) -> tuple[Document, int, int] | None:
        """Where the quote stands: in the publication named, on the page named if it can be, else in any other."""
        ids = [first.id] if first and quote.strip() else []
        if len(quote.split()) >= MIN_WORDS or (not quote.isascii() and len(quote) >= MIN_CHARACTERS):
            ids += [id for id in self.publications if id not in ids]
        for id in ids:
            try:
                document = self.library.document(id)
            except IcatError:
                continue  # one damaged text does not keep a quote from being found in another
            page = page_named(document, near) if first and id == first.id else None
            if id not in self._folded:
                self._folded[id] = document.text.translate(_ALIKE)
            span = find_again(self._folded[id], quote.translate(_ALIKE), page.start if page else 0)
            if span:
                return document, *span
        return None


def _title(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def page_named(document: Document, words: str) -> Page | None:
    """The page of 'PDF p. 14', else of 'p. 12': as printed, else in the file; of several the first. None: no such page.

    In 'p. 12 (PDF p. 14)' the page of the file counts: a printed number may stand on two pages.
    """
    in_file = re.search(r"PDF\D{0,8}(\d{1,6})", words, re.IGNORECASE)
    if in_file:
        return next((page for page in document.pages if page.number == int(in_file[1])), None)
    names = re.findall(r"\d{1,6}|\b[ivxlc]+\b", words, re.IGNORECASE)
    if not names:
        return None
    name = names[0].casefold()
    printed = [page for page in document.pages if (page.label or "").casefold() == name]
    numbered = [page for page in document.pages if name.isdecimal() and page.number == int(name)]
    return next(iter(printed + numbered), None)


def located(pasted: Pasted, shelves: Shelves) -> Source:
    """A pasted answer as an answer of this product's shape, each of whose quotes slices its document if it is there."""
    passages: list[Passage] = []
    quotes: dict[int, list[Quote]] = {}
    cited: dict[int, str] = {}
    missing: set[int] = set()
    for source in pasted.sources:
        for passage, start, end, found in _of_source(source, shelves, len(passages)):
            passages.append(passage)
            label = len(passages)
            quotes.setdefault(source.label, []).append(_quote(label, passage, start, end, shelves, found))
            cited[label] = source.words
            missing |= set() if found else {label}
    statements = tuple(
        Statement(
            text=sentence.text,
            quotes=tuple(quote for label in sentence.labels for quote in quotes.get(label, ())),
            support=Support.NONE,  # a record must say something; `Source.judged` says that it is no verdict
            lead=sentence.lead,
        )
        for sentence in pasted.sentences
    )
    used = dict.fromkeys(label for sentence in pasted.sentences for label in sentence.labels)
    request = Request(pasted.question, pasted.question)
    unknown = tuple(label for label in used if label not in quotes)
    answer = Answer(request, Evidence(tuple(passages)), statements, unknown_labels=unknown, written_by=WRITTEN_BY)
    return Source(answer, (), pasted.tags, cited=cited, missing=frozenset(missing), judged=False)


def _of_source(source: PastedSource, shelves: Shelves, place: int) -> Iterator[tuple[Passage, int, int, bool]]:
    """A passage, the span quoted of it, and whether it is in the library; one for each piece of the quote."""
    named = shelves.named(source.publication)
    pieces = [piece for piece in _LEFT_OUT.split(source.quote) if piece.strip()]
    if not pieces and named:
        document = shelves.library.document(named.id)
        page = page_named(document, source.page)
        if page and (text := document.text[page.start : page.end]).strip():
            start = page.start + len(text) - len(text.lstrip())
            end = start + len(text.strip())
            yield _passage(document, start, end, shelves), start, end, True
            return
    for number, piece in enumerate(pieces or [source.words or f"[{source.label}]"], start=place + 1):
        found = shelves.find(piece, named, source.page) if pieces else None
        if found:
            yield _passage(*found, shelves), found[1], found[2], True
        else:
            yield _unfound(piece, source, number), 0, len(piece), False


def _passage(document: Document, start: int, end: int, shelves: Shelves) -> Passage:
    """The blocks around a span."""
    first, last = around(document, start, end)
    publication, pages = document.publication, document.pages_of(first, last)
    chunk = Chunk(
        id=f"{publication.id}#{first}-{last}",
        publication=publication.id,
        text=document.text[first:last],
        start=first,
        end=last,
        first_page=pages[0].number,
        last_page=pages[-1].number,
        headings=document.heading_path(start),
        language=publication.language,
        origin=publication.origin,
    )
    sha256, recognised = shelves.library.document_sha256(publication.id), document.recognised(first, last)
    return Passage(chunk, publication, pages[0].label, pages[-1].label, 0.0, sha256, recognised)


def _unfound(piece: str, source: PastedSource, number: int) -> Passage:
    """A passage that is the pasted words and nothing else, of a publication that has only the name it was given."""
    publication = Publication(id=f"not-in-the-library-{number}", title=source.publication.strip() or "no source named")
    chunk = Chunk(f"{publication.id}#0", publication.id, piece, 0, len(piece), 1, 1)
    return Passage(chunk, publication, None, None, 0.0, "")


def _quote(label: int, passage: Passage, start: int, end: int, shelves: Shelves, found: bool) -> Quote:
    chunk = passage.chunk
    text = chunk.text[start - chunk.start : end - chunk.start]
    if not found:
        return Quote(label, chunk.publication, start, end, text, 1, None, "")
    return passage.quote(shelves.library.document(chunk.publication), start, end, label)


def all_located(answers: Sequence[Pasted], library: Library) -> tuple[Source, ...]:
    """Each pasted answer, looked up in the library."""
    shelves = Shelves(library)
    return tuple(located(answer, shelves) for answer in answers)
