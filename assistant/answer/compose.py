"""Answers without a language model: whole sentences and list items of the sources, ordered and quoted.

Every statement is verbatim by construction: it is a span of its document, white space folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer.choose import choose
from assistant.answer.evidence import Shelf, passage_of_chunk
from assistant.answer.reading import Candidate, Reading
from assistant.answer.units import Sentences, Unit, fold, list_of, units_of
from assistant.types import Evidence, Passage, Quote, Statement, Support
from corpus.types import Chunk, ChunkId, PublicationId

LIST_ITEMS = 30  # of one list; more is cut, and the answer says so
AROUND = 3  # chunks looked at before and after, for the rest of a list


class Surroundings(Protocol):
    """The index, as far as it knows what stands around a chunk."""

    def neighbours(self, chunk_id: ChunkId, before: int, after: int) -> Sequence[Chunk]:
        """The chunk between those that stand before and after it in its publication, in reading order."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The statements, the passages they quote, labelled in order of first use, and what a reader must know."""

    evidence: Evidence
    statements: tuple[Statement, ...]
    served: tuple[bool, ...] = ()  # part by part of the question: whether a statement bears on it
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    passage: Passage
    unit: Unit
    best: float  # logit, of the candidate it came with


class Composer:
    """Writes answers. Holds no state between questions; safe to share between threads."""

    def __init__(self, shelf: Shelf, sentences: Sentences, index: Surroundings) -> None:
        """`index` gives the chunks around one, where the rest of a list may stand."""
        self._shelf = shelf
        self._sentences = sentences
        self._index = index

    def compose(self, evidence: Evidence, reading: Reading, answered: Sequence[bool]) -> Composition:
        """The statements that answer the parts marked as answered; none where no sentence can be shown.

        They are grouped by publication, the one with the best statement first, and stand in document order
        within.
        """
        choice = choose(reading, answered)
        shown: dict[tuple[PublicationId, int], _Shown] = {}
        notice = ""
        for candidate in choice.candidates:
            units = [_Shown(evidence[candidate.label], candidate.unit, candidate.best)]
            if (candidate.label, candidate.unit.series) in choice.lists:
                units = list(self._whole_list(candidate, evidence[candidate.label]))
                if len(units) > LIST_ITEMS:
                    notice = f"The list has {len(units)} items; the first {LIST_ITEMS} are shown."
                    units = units[:LIST_ITEMS]
            for each in units:
                shown.setdefault((each.passage.publication.id, each.unit.start), each)
        return self._labelled(_in_order(list(shown.values())), choice.served, notice)

    def _whole_list(self, candidate: Candidate, passage: Passage) -> Iterator[_Shown]:
        """Every item of a candidate's list, each with the passage that holds it."""
        chunk = passage.chunk
        document = self._shelf.document(chunk.publication)
        span = list_of(document, candidate.unit)
        inside = span is None or (chunk.start <= span[0] and span[1] <= chunk.end)
        for around in [chunk] if inside else self._index.neighbours(chunk.id, AROUND, AROUND):
            holder = passage if around.id == chunk.id else passage_of_chunk(around, passage.score, self._shelf)
            for unit in units_of(document, around.start, around.end, self._sentences, around.language):
                if unit.series == candidate.unit.series:
                    yield _Shown(holder, unit, candidate.best)

    def _labelled(self, shown: Sequence[_Shown], served: tuple[bool, ...], notice: str) -> Composition:
        passages = {each.passage.chunk.id: each.passage for each in shown}
        labels = {chunk: label for label, chunk in enumerate(passages, start=1)}
        statements = tuple(self._statement(each, labels[each.passage.chunk.id]) for each in shown)
        return Composition(Evidence(tuple(passages.values())), statements, served, notice)

    def _statement(self, shown: _Shown, label: int) -> Statement:
        passage, unit = shown.passage, shown.unit
        document = self._shelf.document(passage.chunk.publication)
        page = document.page_at(unit.start)
        quote = Quote(
            label=label,
            publication=passage.chunk.publication,
            start=unit.start,
            end=unit.end,
            text=document.text[unit.start : unit.end],
            page=page.number,
            page_label=page.label,
            document_sha256=passage.document_sha256,
        )
        lead = fold(document.text[slice(*unit.lead)]) if unit.lead else ""
        return Statement(text=unit.text, quotes=(quote,), support=Support.VERBATIM, lead=lead)


def _in_order(shown: Sequence[_Shown]) -> list[_Shown]:
    best: dict[PublicationId, float] = {}
    for each in shown:
        name = each.passage.publication.id
        best[name] = max(best.get(name, each.best), each.best)

    def place(each: _Shown) -> tuple[float, PublicationId, int]:
        name = each.passage.publication.id
        return -best[name], name, each.unit.start

    return sorted(shown, key=place)
