"""The act `ask`: an open question answered with extracts of the sources, in three tiers. No evidence, no answer."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer.differences import shown_differences
from assistant.answer.evidence import Documents, gather
from assistant.answer.extracts import Extract, Span, extracts_of, section_at
from assistant.answer.pieces import ExtractPiece, chosen, joined, pieces_of
from assistant.answer.ranking import NEAR, PartReading, marks_of, read_part
from assistant.answer.tiers import ANSWERS_FROM
from assistant.types import (
    Act,
    Answer,
    Coverage,
    Covered,
    Difference,
    Done,
    Event,
    Evidence,
    Part,
    Passage,
    Quote,
    Request,
    Retrieved,
    Statement,
    Support,
    Tier,
    Turn,
)
from assistant.watch.steps import step
from corpus.sentences import QUESTION_MARKS
from corpus.types import BlockKind, Chunk, Document, Origin
from index.search import Retrieval, Stage
from index.types import Filters, Reranker
from index.view import IndexView

BESIDE = 0.45  # from which probability a part is answered beside one that surely is
NEAREST = 3  # passages offered when nothing is close
MOST = 3  # extracts of an answer to one part
NEXT = 3  # questions offered after an answer
TITLED = 3  # words of a title that is told from other words
NEXT_LENGTH = range(20, 121)  # characters of one: what fits on a button and says something
COVERED = {Tier.ANSWERS: Covered.ANSWERED, Tier.MAY_ANSWER: Covered.PARTLY, Tier.NOTHING: Covered.NOT}


class Searcher(Protocol):
    """The index."""

    def retrieve(
        self,
        query: str,
        *,
        question: str | None,
        filters: Filters,
        limit: int,
        stage: Stage,
        share: float,
        language: str,
        theme: bool,
    ) -> Retrieval: ...


class WritesAnswers(Protocol):
    """Writes an answer in a language model's words."""

    def write(self, verbatim: Answer, evidence: Evidence, parts: Sequence[Part]) -> Generator[Event, None, Answer]:
        """Events while it writes; returns the checked answer, or the verbatim one with a line on why."""


@dataclass(frozen=True, eq=False)
class Found:
    """What was found for a question, part by part."""

    evidence: Evidence
    retrievals: tuple[Retrieval, ...]
    readings: tuple[PartReading, ...]

    @property
    def in_added(self) -> bool:
        """Whether a publication that was added surely answers."""
        first = [each.ranked[0].extract.label for each in self.readings if each.likely >= ANSWERS_FROM]
        return any(self.evidence[label].publication.origin is not Origin.STARTER for label in first)

    def names_added(self, asked: str) -> bool:
        """Whether a question has the title of a publication that was added, of TITLED words at least."""
        words = f" {_plain(asked)} "
        added = {p.publication for p in self.evidence.passages if p.publication.origin is not Origin.STARTER}
        titles = (_plain(publication.title) for publication in added)
        return any(len(title.split()) >= TITLED and f" {title} " in words for title in titles)


class Asks:
    """Answers open questions. Holds no conversation; safe to share between threads."""

    def __init__(
        self,
        documents: Documents,
        searcher: Searcher,
        reranker: Reranker | None,
        passages: int = 8,
        author: WritesAnswers | None = None,
        read: int = 0,
    ) -> None:
        """`passages` are retrieved for an answer. Without an `author`, answers are in the sources' own words.

        `read`: extracts that are read for each part; 0: as many as an answer needs.
        """
        self._read = read
        self._documents = documents
        self._searcher = searcher
        self._reranker = reranker
        self._passages = passages
        self._author = author

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """Retrieved, a draft where a model writes, then Done."""
        yield from self.answer_from(request, self.find(request))

    def answer_from(self, request: Request, found: Found) -> Iterator[Event]:
        """The same, of what was found for it."""
        answer = self._verbatim(request, found)
        author = self._author if found.evidence else None
        yield Retrieved(
            found.evidence, found.retrievals[0].hits, answer if author is not None and answer.statements else None
        )
        if author is not None:
            answer = yield from author.write(answer, found.evidence, request.parts)
        yield Done(shown_differences(answer, found.evidence))

    def find(self, request: Request) -> Found:
        """What is found and read for each part of an open question, as an answer is made of it."""
        parts = request.looked_up
        limit = max(3, self._passages // len(parts) + len(parts) - 1)
        retrievals = tuple(self._retrieve(part, request, limit) for part in parts)
        hits = [hit for rank in range(limit) for found in retrievals for hit in found.hits[rank : rank + 1]]
        evidence = gather(hits, self._documents, self._passages + len(parts) + self._read)
        extracts = self._extracts(evidence)
        with step("read"):
            readings = tuple(
                read_part(part, found, evidence, _of(extracts, found, evidence), self._reranker, len(parts), self._read)
                for part, found in zip(parts, retrievals, strict=True)
            )
        return Found(evidence, retrievals, readings)

    def quoted(self, found: Found, most: int, near: float = NEAR) -> tuple[Statement, ...]:
        """The best extracts for the first part of what was found, at most `near` below the best in score.

        Labels are into its evidence.
        """
        reading, retrieval = found.readings[0], found.retrievals[0]
        shown = reading.shown(most, near)
        return tuple(
            self._statement(each, found.evidence, _marks(each, reading.part, retrieval, found.evidence))
            for each in shown
        )

    def sections(self, found: Found, most: int) -> tuple[Statement, ...]:
        """One extract of each section that was found for the first part: of those that were read the best one, then
        the first one of the others, in the order in which they were found.

        Labels are into its evidence. What answers is not marked: that takes longer than all the rest.
        """
        reading = found.readings[0]
        extracts: dict[tuple[str, str], Extract] = {}
        for each in (*(ranked.extract for ranked in reading.ranked), *self._extracts(found.evidence)):
            if not each.asks:
                extracts.setdefault((found.evidence[each.label].publication.id, each.heading), each)
        first = list(extracts.values())[:most]
        return tuple(self._statement(each, found.evidence) for each in first)

    def whole_sections(self, evidence: Evidence) -> tuple[Statement, ...]:
        """The section in which each passage stands, from its first line to its last one. One of a document that has
        changed since is left out."""
        found = (
            section_at(self._documents.document(each.publication.id), each.chunk.start, label, each.chunk.language)
            for label, each in enumerate(evidence.passages, start=1)
        )
        return tuple(self._statement(section, evidence) for section in found if section is not None)

    def lines(self, statement: Statement, evidence: Evidence) -> tuple[Statement, ...]:
        """Each line of an extract as an extract by itself, without its heading."""
        passage = evidence[statement.quotes[0].label]
        document = self._documents.document(passage.publication.id)
        place, found = statement.quotes[0].start, []
        for text, kind in zip(statement.text.split("\n"), statement.lines, strict=True):
            there = _place_of(text, document, place, statement.quotes[-1].end)
            if there is None:
                raise ValueError(f"{passage.publication.id!r} does not say {text!r} after {place}")
            quote = passage.quote(document, *there.span(), statement.quotes[0].label)
            found.append(Statement(text, (quote,), Support.VERBATIM, lines=(kind,)))
            place = there.end()
        return tuple(found)

    def within(self, text: str, statement: Statement, evidence: Evidence) -> Statement:
        """Words that stand in a line of an extract, as a statement of their own. ValueError where they do not."""
        passage = evidence[statement.quotes[0].label]
        document = self._documents.document(passage.publication.id)
        there = _place_of(text, document, statement.quotes[0].start, statement.quotes[-1].end)
        if there is None:
            raise ValueError(f"{passage.publication.id!r} does not say {text!r} there")
        return Statement(text, (passage.quote(document, *there.span(), statement.quotes[0].label),), Support.VERBATIM)

    def sentences(self, found: Found, most: int) -> tuple[Statement, ...]:
        """Single sentences of what was found with most of the question's rare words, of the best extracts first."""
        kept: list[Statement] = []
        for statement in self.quoted(found, most):
            passage = found.evidence[statement.quotes[0].label]
            document = self._documents.document(passage.publication.id)
            for start, end in statement.marks:
                text = statement.text[start:end]
                place = document.text.find(text, statement.quotes[0].start, statement.quotes[-1].end)
                if place >= 0 and len(kept) < most:
                    quote = passage.quote(document, place, place + len(text), statement.quotes[0].label)
                    kept.append(Statement(text, (quote,), Support.VERBATIM))
        return tuple(kept)

    def questions(self, found: Found, most: int) -> tuple[Statement, ...]:
        """What the nearest sections that were found ask, so many of them at most: single sentences and items."""
        kept: list[Statement] = []
        sections: dict[tuple[str, str], None] = {}
        for extract in self._extracts(found.evidence):
            passage = found.evidence[extract.label]
            sections[passage.publication.id, extract.heading] = None
            if len(sections) > most:
                break
            document = self._documents.document(passage.publication.id)
            whole = self._statement(extract, found.evidence)
            for piece in pieces_of(whole.text, whole.lines, passage.chunk.language):
                place = _place_of(piece.text, document, extract.start, extract.end)
                if place and piece.text.endswith(QUESTION_MARKS):
                    quote = passage.quote(document, *place.span(), extract.label)
                    kept.append(Statement(piece.text, (quote,), Support.VERBATIM))
        return tuple(kept)

    def shortened(self, statement: Statement, evidence: Evidence, most: int) -> Statement:
        """An extract with only some of its sentences, items and rows, at most so many words, in order; at least one.

        Those that are marked come first, and an item brings what leads into its list.
        """
        pieces = _pieces(statement, evidence)
        kept = [pieces[number] for number in chosen(pieces, statement.marks, most)]
        return self._of_pieces(statement, evidence, kept)

    def with_items(self, statement: Statement, evidence: Evidence, most: int) -> Statement:
        """An extract with only the first so many of the items in its lists."""
        pieces = _pieces(statement, evidence)
        items = [piece for piece in pieces if piece.kind is BlockKind.ITEM][most:]
        return self._of_pieces(statement, evidence, [piece for piece in pieces if piece not in items])

    def _of_pieces(self, statement: Statement, evidence: Evidence, kept: Sequence[ExtractPiece]) -> Statement:
        """An extract with these of its pieces alone; as it was where one is not word for word in its document."""
        passage = evidence[statement.quotes[0].label]
        document = self._documents.document(passage.publication.id)
        quotes: list[Quote] = []
        for piece in kept:
            start = quotes[-1].end if quotes else statement.quotes[0].start
            found = _place_of(piece.text, document, start, statement.quotes[-1].end)
            if found is None:
                return statement  # not word for word where it was
            touches = bool(quotes) and found.start() - start <= 2
            start = quotes.pop().start if touches else found.start()
            quotes.append(passage.quote(document, start, found.end(), statement.quotes[0].label))
        text, lines, marks = joined(kept, statement.marks)
        return replace(statement, text=text, lines=lines, marks=marks, quotes=tuple(quotes))

    @step("search")
    def _retrieve(self, part: Part, request: Request, limit: int) -> Retrieval:
        return self._searcher.retrieve(
            part.reads,
            question=part.question,
            filters=request.filters,
            limit=limit,
            stage="fused",
            share=part.share,
            language=request.language,
            theme=part.theme,
        )

    def _extracts(self, evidence: Evidence) -> tuple[Extract, ...]:
        """Of all passages, each block once."""
        seen: set[tuple[str, int, int]] = set()
        kept = []
        for label, passage in enumerate(evidence.passages, start=1):
            document = self._documents.document(passage.publication.id)
            chunk = passage.chunk
            for extract in extracts_of(document, chunk.start, chunk.end, label, chunk.language):
                place = (passage.publication.id, extract.start, extract.end)
                if place not in seen:
                    seen.add(place)
                    kept.append(extract)
        return tuple(kept)

    def _verbatim(self, request: Request, found: Found) -> Answer:
        """The extracts of every part that may be answered, and what became of each."""
        best = min((reading.tier for reading in found.readings), key=list(Tier).index)
        least = BESIDE if best is Tier.ANSWERS else 0.0
        tiers = [reading.tier if reading.likely >= least else Tier.NOTHING for reading in found.readings]
        most = MOST if len(tiers) == 1 else MOST - 1
        shown: dict[tuple[int, int, int], Statement] = {}
        for reading, retrieval, tier in zip(found.readings, found.retrievals, tiers, strict=True):
            if tier is Tier.NOTHING:
                continue
            for extract in reading.shown(most):
                key = (extract.label, extract.start, extract.end)
                marks = _marks(extract, reading.part, retrieval, found.evidence)
                shown.setdefault(key, self._statement(extract, found.evidence, marks))
        covered = (Coverage(each.part.text, COVERED[tier]) for each, tier in zip(found.readings, tiers, strict=True))
        evidence, statements = labelled(found.evidence, list(shown.values()))
        answered = bool(statements)
        return Answer(
            request=request,
            evidence=evidence,
            statements=statements,
            coverage=tuple(covered) if answered and len(tiers) > 1 else (),
            nearest=() if answered else found.evidence.passages[:NEAREST],
            tier=best,
            confidence=max(reading.likely for reading in found.readings),
            next=_next(found.retrievals, evidence, request.language),
        )

    def _statement(self, extract: Extract, evidence: Evidence, marks: tuple[Span, ...] = ()) -> Statement:
        passage = evidence[extract.label]
        document = self._documents.document(passage.publication.id)
        quotes = tuple(passage.quote(document, *span, extract.label) for span in extract.spans())
        return Statement(
            text=extract.text,
            quotes=quotes,
            support=Support.VERBATIM,
            lead=extract.heading,
            marks=marks,
            lines=tuple(line.kind for line in extract.lines),
        )


class OffTopic:
    """The act `off topic`: what publications that were added surely answer is answered, about trafficking or not.

    So is what names one of them by its title. Nothing is shown of anything else, and no model is asked about it.
    """

    def __init__(self, asks: Asks) -> None:
        self._asks = asks

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """The events of an open question, or Done with nothing."""
        found = self._asks.find(request)
        if found.in_added or found.names_added(request.asked):
            yield from self._asks.answer_from(replace(request, act=Act.ASK), found)
        else:
            yield Done(Answer(request))


def _next(found: Sequence[Retrieval], shown: Evidence, language: str) -> tuple[str, ...]:
    """Questions that sections found and not shown answer: one of each, in the language, else in English."""
    told = {(passage.publication.id, passage.chunk.headings) for passage in shown.passages}
    kept: dict[str, None] = {}
    for view, chunk in ((each.view, hit.chunk) for each in found for hit in each.hits):
        place = (chunk.publication, chunk.headings)
        question = next(iter(questions_to(view, chunk, language)), "")
        if question and place not in told and len(kept) < NEXT:
            kept[question] = None
            told.add(place)
    return tuple(kept)


def questions_to(view: IndexView, chunk: Chunk, language: str) -> tuple[str, ...]:
    """What people ask of the section of a chunk, short enough for a button: in the language, else in English."""
    texts = (view.field.asked_of(chunk, language) or view.field.asked_of(chunk, "en")) if view.field else ()
    return tuple(text for text in texts if len(text) in NEXT_LENGTH and text.endswith(QUESTION_MARKS))


def _plain(text: str) -> str:
    """Its letters and digits, in small, with one blank between words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _marks(extract: Extract, part: Part, found: Retrieval, evidence: Evidence) -> tuple[Span, ...]:
    return marks_of(extract, part, found, evidence[extract.label].chunk.language)


def _of(extracts: Sequence[Extract], found: Retrieval, evidence: Evidence) -> list[Extract]:
    """The extracts of the passages that were found for one part."""
    hits = {hit.chunk.id for hit in found.hits}
    return [extract for extract in extracts if evidence.passages[extract.label - 1].chunk.id in hits]


def _pieces(statement: Statement, evidence: Evidence) -> tuple[ExtractPiece, ...]:
    return pieces_of(statement.text, statement.lines, evidence[statement.quotes[0].label].chunk.language)


def _place_of(text: str, document: Document, start: int, end: int) -> re.Match[str] | None:
    """Where the words of a text stand first between two places, however they are spaced."""
    return re.compile(r"\s+".join(map(re.escape, text.split()))).search(document.text, start, end)


def labelled(evidence: Evidence, statements: Sequence[Statement]) -> tuple[Evidence, tuple[Statement, ...]]:
    """Only the passages that are quoted, numbered in the order of their first use."""
    passages: list[Passage] = []
    labels: dict[int, int] = {}
    renumbered = []
    for statement in statements:
        for quote in statement.quotes:
            if quote.label not in labels:
                passages.append(evidence[quote.label])
                labels[quote.label] = len(passages)
        quotes = tuple(replace(quote, label=labels[quote.label]) for quote in statement.quotes)
        renumbered.append(replace(statement, quotes=quotes))
    return Evidence(tuple(passages)), tuple(renumbered)


def beside(listed: Answer, other: Answer) -> Answer:
    """Two answers to one message as one: a list, then what answers its open part, with labels that go on."""
    shift = len(listed.evidence.passages)
    covered = other.coverage or (Coverage(other.request.stand_alone, COVERED[other.tier or Tier.NOTHING]),)
    return replace(
        listed,
        evidence=Evidence((*listed.evidence.passages, *other.evidence.passages)),
        statements=(*listed.statements, *(shifted(statement, shift) for statement in other.statements)),
        coverage=(Coverage(listed.request.stand_alone, Covered.ANSWERED), *covered),
        nearest=other.nearest,
        tier=other.tier,
        confidence=other.confidence,
        notice=" ".join(line for line in (listed.notice, other.notice) if line),
        written_by=other.written_by,
        withheld=tuple(shifted(statement, shift) for statement in other.withheld),
        usage=other.usage,
        drafting=other.drafting,
        differences=tuple(_differing(difference, shift) for difference in other.differences),
    )


def shifted(statement: Statement, by: int) -> Statement:
    """A statement whose labels are so many higher."""
    return replace(statement, quotes=tuple(replace(quote, label=quote.label + by) for quote in statement.quotes))


def _differing(difference: Difference, by: int) -> Difference:
    return replace(difference, readings=tuple(replace(each, label=each.label + by) for each in difference.readings))
