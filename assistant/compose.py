"""Answers without a language model: whole sentences and list items of the sources, chosen and quoted.

Every statement is verbatim by construction: it is a span of its document, white space folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.evidence import overlap, shingles_of
from assistant.question import Asks
from assistant.reading import Candidate, Documents, Reading
from assistant.types import Evidence, Passage, Quote, Statement, Support
from assistant.units import Span, fold
from corpus.types import Document

STATEMENTS = 6  # of one answer, whole lists not counted: more is a document, not an answer
GAP = 3.0  # logits below the best of its part: bears on the question less than the best does
FLOOR = -6.0  # logit under which a sentence is about something else
LIST_ITEMS = 24  # of a list taken whole
LIST_GAP = 2.0  # logits: a list read as a whole this near its chosen item is what was asked for
SHORT_ITEMS, SHORT_WORDS = 6, 110  # a list no longer than this is always shown whole
SAID = 0.7  # share of the shorter statement's words found in another: said twice


def compose(evidence: Evidence, reading: Reading, documents: Documents) -> tuple[Evidence, tuple[Statement, ...]]:
    """The statements that answer, and the passages they quote, labelled in order of first use.

    Statements are grouped by publication, the one with the best statement first, and stand in document order
    within. Both are empty when no sentence bears on the question.
    """
    chosen = _in_order(_with_lists(_choose(reading), reading), evidence)
    labels = list(dict.fromkeys(candidate.label for candidate in chosen))
    cited = Evidence(tuple(evidence[label] for label in labels))
    return cited, tuple(
        _statement(candidate, labels.index(candidate.label) + 1, evidence[candidate.label], documents)
        for candidate in chosen
    )


def _choose(reading: Reading) -> list[Candidate]:
    """The best candidates of each part in turn, none said twice, while they are near the best of their part."""
    queues = [_queue(reading, part) for part in range(len(reading.parts))]
    chosen: list[Candidate] = []
    while any(queues) and len(chosen) < STATEMENTS:
        for queue in queues:
            while queue:
                candidate = queue.pop(0)
                if not _repeats(candidate, chosen):
                    chosen.append(candidate)
                    break
    return chosen[:STATEMENTS]


def _queue(reading: Reading, part: int) -> list[Candidate]:
    wants_questions = reading.parts[part].asks is Asks.LIST
    able = [c for c in reading.candidates if c.unit.item or wants_questions or not c.unit.asks]
    if not able:
        return []
    floor = max(FLOOR, max(c.logits[part] for c in able) - GAP)
    near = [c for c in able if c.logits[part] >= floor]
    return sorted(near, key=lambda c: (-c.logits[part], c.label, c.unit.start))


def _repeats(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    mine = shingles_of(candidate.unit.text, 1)
    return any(
        _overlaps(candidate, other) or overlap(mine, shingles_of(other.unit.text, 1)) >= SAID for other in chosen
    )


def _overlaps(one: Candidate, other: Candidate) -> bool:
    return one.label == other.label and one.unit.start < other.unit.end and other.unit.start < one.unit.end


def _with_lists(chosen: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """With the rest of the list of every chosen item, where a part of it would mislead or a list was asked for."""
    taken: dict[tuple[int, int], Candidate] = {(c.label, c.unit.start): c for c in chosen}
    for candidate in chosen:
        if candidate.unit.series is None:
            continue
        items = [c for c in reading.candidates if (c.label, c.unit.series) == (candidate.label, candidate.unit.series)]
        if _is_short(items) or _answers_as_list(candidate, reading):
            for item in items[:LIST_ITEMS]:
                taken.setdefault((item.label, item.unit.start), item)
    return list(taken.values())


def _is_short(items: Sequence[Candidate]) -> bool:
    """Whether a list is better shown whole: "if all of these apply" needs all of these."""
    return len(items) <= SHORT_ITEMS and sum(len(c.unit.text.split()) for c in items) <= SHORT_WORDS


def _answers_as_list(candidate: Candidate, reading: Reading) -> bool:
    """Whether a part asks for a list, and the list as a whole bears on it about as much as its chosen item."""
    whole = reading.lists[candidate.label, candidate.unit.series or 0]
    return any(
        part.asks is Asks.LIST and score >= logit - LIST_GAP
        for part, score, logit in zip(reading.parts, whole, candidate.logits, strict=True)
    )


def _in_order(chosen: Sequence[Candidate], evidence: Evidence) -> list[Candidate]:
    best: dict[str, float] = {}
    for candidate in chosen:
        name = evidence[candidate.label].publication.id
        best[name] = max(best.get(name, candidate.best), candidate.best)

    def place(candidate: Candidate) -> tuple[float, str, int]:
        name = evidence[candidate.label].publication.id
        return -best[name], name, candidate.unit.start

    return sorted(chosen, key=place)


def _statement(candidate: Candidate, label: int, passage: Passage, documents: Documents) -> Statement:
    document = documents.document(passage.chunk.publication)
    unit = candidate.unit
    quote = _quote((unit.start, unit.end), label, passage, document)
    lead = fold(document.text[slice(*unit.lead)]) if unit.lead else ""
    return Statement(text=unit.text, quotes=(quote,), support=Support.VERBATIM, lead=lead)


def _quote(span: Span, label: int, passage: Passage, document: Document) -> Quote:
    start, end = span
    page = document.page_at(start)
    return Quote(
        label=label,
        publication=passage.chunk.publication,
        start=start,
        end=end,
        text=document.text[start:end],
        page=page.number,
        page_label=page.label,
        document_sha256=passage.document_sha256,
    )
