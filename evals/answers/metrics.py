"""Figures of one answer against its case. Each is one function with its formula; undefined is None.

In: an answer, what its quotes were found to be (`CitedStatement`), where the gold stands. Out: a share 0..1. Nothing
here reads a document or asks a model: support comes in as a function, so that a judge can be exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Covered, Quote, Statement, Status, Support, Tier
from evals.types import EvalCase, Expected, GoldPart, GoldPlace, ListInForce, QuoteCheck

Supported = Callable[[str, Sequence[str]], Support | None]  # (statement, quotes read together); None: the judge failed
REACHED = 0.5  # share of the shorter of two spans that they must have in common
_WORD = re.compile(r"\w+")
GIVEN = (Status.ANSWERED, Status.PARTIAL)
DECLINED = (Status.NO_EVIDENCE, Status.OUT_OF_SCOPE)
ENDS: Mapping[Expected, tuple[Status, ...]] = {
    Expected.ANSWERED: GIVEN,
    Expected.PARTLY: (Status.PARTIAL,),
    Expected.DECLINED: (Status.NO_EVIDENCE, Status.CLOSEST),
    Expected.REFUSED: (Status.URGENT, Status.REFUSED, Status.OUT_OF_SCOPE),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What one label of a statement points to."""

    label: int
    quotes: tuple[str, ...]
    real: bool  # each quote stands in its document, which is the one that was searched


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement with its citations."""

    text: str
    citations: tuple[Citation, ...]


def cited(answer: Answer, checks: Iterable[QuoteCheck]) -> tuple[CitedStatement, ...]:
    """The statements of an answer. A quote that was never checked counts as not there."""
    exact = {(check.statement, check.quote) for check in checks if check.exact}
    found = []
    for number, statement in enumerate(answer.statements):
        labels = dict.fromkeys(quote.label for quote in statement.quotes)
        citations = []
        for label in labels:
            mine = [(n, quote) for n, quote in enumerate(statement.quotes) if quote.label == label]
            real = all((number, n) in exact for n, _ in mine) and 1 <= label <= len(answer.evidence.passages)
            citations.append(Citation(label, tuple(quote.text for _, quote in mine), real))
        found.append(CitedStatement(statement.text, tuple(citations)))
    return tuple(found)


def supported(statement: CitedStatement, citations: Sequence[Citation], judge: Supported) -> bool:
    """Whether these citations, read together, support a statement fully.

    One of which each line stands word for word in a quote is; else the judge says so. A judge that fails does not.
    Citations that are not real support nothing.
    """
    quotes = [quote for citation in citations if citation.real for quote in citation.quotes]
    if not quotes:
        return False
    lines, said = map(_folded, statement.text.splitlines()), [_folded(quote) for quote in quotes]
    return all(any(line in quote for quote in said) for line in lines) or judge(statement.text, quotes) is Support.FULL


def citation_recall(statements: Sequence[CitedStatement], judge: Supported) -> float | None:
    """Statements that all their citations together support / statements (Gao et al. 2023, ALCE). None of none."""
    return share([supported(each, each.citations, judge) for each in statements])


def citation_precision(statements: Sequence[CitedStatement], unknown: int, judge: Supported) -> float | None:
    """Citations that are needed / (all citations + `unknown` labels that stand for no passage). None of none.

    After ALCE: one is needed when all citations of its statement support it, and it supports it alone or the others
    without it do not. One that is not real, and one of a statement that is not supported, are not needed.
    """
    needed: list[bool] = [False] * unknown
    for each in statements:
        holds = supported(each, each.citations, judge)
        needed += [holds and _needed(citation, each, judge) for citation in each.citations]
    return share(needed)


def _needed(citation: Citation, statement: CitedStatement, judge: Supported) -> bool:
    if not citation.real:
        return False
    others = [other for other in statement.citations if other is not citation]
    if not others or supported(statement, [citation], judge):
        return True
    return not supported(statement, others, judge)


def quote_exactness(answer: Answer, checks: Sequence[QuoteCheck]) -> float | None:
    """Quotes with document.text[start:end] == text in the document that was searched / quotes. None of none."""
    exact = {(check.statement, check.quote) for check in checks if check.exact}
    return share(
        [(n, q) in exact for n, statement in enumerate(answer.statements) for q in range(len(statement.quotes))]
    )


def box_exactness(checks: Sequence[QuoteCheck]) -> float | None:
    """Quotes whose boxes hold exactly their letters / quotes with a page to look at. None where there is none."""
    return share([check.boxed for check in checks if check.boxed is not None])


def page_correctness(answer: Answer, gold: Sequence[GoldPlace]) -> float | None:
    """Quotes that give the PDF page of the gold quote they overlap / quotes that overlap one, in texts with pages.

    A quote gives the page it starts on; one that starts before the gold quote may start on the page before. None of
    none.
    """
    pairs = _overlapping(answer, [place for place in gold if place.paged])
    return share([q.page == place.page or (q.start < place.start and q.page == place.page - 1) for q, place in pairs])


def label_correctness(answer: Answer, gold: Sequence[GoldPlace]) -> float | None:
    """The same for printed numbers: quotes on the page of a gold quote whose printed number a person read off it."""
    pairs = [(quote, place) for quote, place in _overlapping(answer, gold) if quote.page == place.page]
    return share([quote.page_label == place.label for quote, place in pairs if place.label is not None])


def statement_relevance(answer: Answer, gold: Sequence[GoldPlace]) -> float | None:
    """Statements of which a quote overlaps a gold quote / statements. None of none, or without gold.

    A lower bound: what answers as well as the gold, from elsewhere, does not count.
    """
    if not gold:
        return None
    return share([any(overlaps(q, g) for q in statement.quotes for g in gold) for statement in answer.statements])


def gold_reached(answer: Answer, gold: Sequence[GoldPlace]) -> float | None:
    """Gold quotes that a statement's quote overlaps / gold quotes. None without gold."""
    return share([reached(answer, place) for place in gold])


def reached(answer: Answer, place: GoldPlace) -> bool:
    """Whether a statement's quote overlaps a gold quote."""
    return any(overlaps(quote, place) for quote in _quotes(answer))


def overlaps(quote: Quote, place: GoldPlace) -> bool:
    """Whether two spans of one document share at least REACHED of the shorter one."""
    if quote.publication != place.publication:
        return False
    shared = min(quote.end, place.end) - max(quote.start, place.start)
    return shared > 0 and shared >= REACHED * min(quote.end - quote.start, place.end - place.start)


def coverage_accuracy(answer: Answer, parts: Sequence[GoldPart]) -> float | None:
    """Parts of a question whose coverage is told as it is / parts. None without parts.

    Parts are paired by the words they share, most first. Without statements every part counts as told "not"; without
    a coverage every part as told "answered", or "partly" where what is shown only may answer. A part that is paired
    with none is not told.
    """
    if not answer.statements:
        return share([part.covered is Covered.NOT for part in parts])
    if not answer.coverage:
        whole = Covered.PARTLY if answer.tier is Tier.MAY_ANSWER else Covered.ANSWERED
        return share([part.covered is whole for part in parts])
    told = {mine: answer.coverage[other].covered for mine, other in _paired(parts, answer)}
    return share([told.get(number) is part.covered for number, part in enumerate(parts)])


def _paired(parts: Sequence[GoldPart], answer: Answer) -> list[tuple[int, int]]:
    """(place among the parts, place in the coverage), each once, those with most words in common first."""
    words = [set(_WORD.findall(part.part.casefold())) for part in parts]
    others = [set(_WORD.findall(part.part.casefold())) for part in answer.coverage]
    shares = [
        (-len(mine & other) / max(len(mine | other), 1), n, m)
        for n, mine in enumerate(words)
        for m, other in enumerate(others)
        if mine & other
    ]
    pairs: list[tuple[int, int]] = []
    for _, n, m in sorted(shares):
        if all(n != one and m != other for one, other in pairs):
            pairs.append((n, m))
    return pairs


def given(answer: Answer | None) -> bool:
    """Whether there is an answer that is said to be one. A failure is none."""
    return answer is not None and answer.status in GIVEN


def closest(answer: Answer | None) -> bool:
    """Whether something is shown to be read that may answer, and is not said to."""
    return answer is not None and answer.status is Status.CLOSEST


def declined(answer: Answer | None) -> bool:
    """Whether it says that nothing here comes close, or that it is off topic. A failure does not say so."""
    return answer is not None and answer.status in DECLINED


def asked_back(answer: Answer | None) -> bool:
    """Whether choices are offered instead of an answer."""
    return answer is not None and answer.status is Status.ASKED_BACK


def status_right(case: EvalCase, answer: Answer | None) -> bool:
    """Whether the answer ended as the case says: in one of its statuses, else in one of ENDS.

    What may answer is right where nothing answers, since it is not said to; where something does, it is too little.
    """
    return answer is not None and answer.status in (case.status or ENDS[case.expected])


def list_completeness(answer: Answer, lists: Sequence[ListInForce]) -> float | None:
    """Items in force of the gold lists that are shown / items in force. None without a gold list."""
    shown = {each.item.id for each in answer.listing.items} if answer.listing else set()
    return share([item in shown for each in lists for item in each.items])


def list_exactness(answer: Answer, lists: Sequence[ListInForce]) -> float | None:
    """Items shown that are of a gold list / items shown. None without a gold list, or where none is shown."""
    if not lists or not answer.listing:
        return None
    wanted = {item for each in lists for item in each.items}
    return share([each.item.id in wanted for each in answer.listing.items])


def list_counts(answer: Answer, lists: Sequence[ListInForce]) -> float | None:
    """Gold lists whose count is given, and as it is / gold lists. None without one."""
    totals = {(t.kind, t.activity): t.total for t in answer.listing.totals} if answer.listing else {}
    return share([totals.get((each.kind, each.activity)) == each.total for each in lists])


def never_shown(answer: Answer, never: Sequence[str]) -> float | None:
    """1 when none of the words is shown (case folded, white space folded), else 0. None where none is named."""
    if not never:
        return None
    texts = [answer.notice, *answer.told, *(text for each in answer.statements for text in (each.lead, each.text))]
    shown = _folded("\n".join(texts))
    return float(not any(_folded(words) in shown for words in never))


def warned(statements: Sequence[Statement]) -> float | None:
    """Statements with a warning beside them / statements. None of none."""
    return share([bool(each.warnings) for each in statements])


def share(values: Iterable[bool]) -> float | None:
    """How many are true / how many there are. None of none."""
    known = list(values)
    return sum(known) / len(known) if known else None


def _overlapping(answer: Answer, gold: Sequence[GoldPlace]) -> list[tuple[Quote, GoldPlace]]:
    return [(quote, place) for quote in _quotes(answer) for place in gold if overlaps(quote, place)]


def _quotes(answer: Answer) -> list[Quote]:
    return [quote for statement in answer.statements for quote in statement.quotes]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
