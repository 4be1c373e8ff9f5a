"""Does a sentence depend on its source? Supported sentences are checked again with the cited passage altered.

What is left of the support once the quote is taken out of the passage, a figure in it is changed, its duty is swapped,
or what the sentence says is denied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Support
from assistant.wording.denials import count
from assistant.wording.tokens import read
from assistant.write.support import NO_MODELS, SupportModels
from evals.support.pairs import JudgedPair, SupportCase, run

_FIGURE = re.compile(r"\d+")
_DUTY = re.compile(r"\b(?:must|should|may)\b")
_DUTIES = {"must": "may", "should": "must", "may": "must"}
_VERB = re.compile(r"\b(is|are|was|were|must|should|may|can)\b(?! not\b)")


def without(quote: str, sentence: str) -> str:
    """Nothing of the quote."""
    return ""


def figure_changed(quote: str, sentence: str) -> str:
    """The first figure in digits is one more, where the sentence has it."""
    return _first(_FIGURE, quote, sentence, lambda figure: str(int(figure) + 1))


def duty_swapped(quote: str, sentence: str) -> str:
    """The first duty is of another strength, where the sentence has it."""
    return _first(_DUTY, quote, sentence, _DUTIES.__getitem__)


def _first(pattern: re.Pattern[str], quote: str, sentence: str, other: Callable[[str], str]) -> str:
    found = pattern.search(quote)
    if found is None or found[0] not in pattern.findall(sentence):
        return quote
    return quote[: found.start()] + other(found[0]) + quote[found.end() :]


def denied(quote: str, sentence: str) -> str:
    """What the sentence says is denied, where neither of the two denies something already."""
    clause = read(quote).nearest(read(sentence).stems)
    if clause is None or count(sentence, "en") or count(read(quote).sentence_of(clause).text, "en"):
        return quote
    end = clause.start + len(clause.text)
    return quote[: clause.start] + _VERB.sub(r"\1 not", clause.text, count=1) + quote[end:]


ALTERED: Mapping[str, Callable[[str, str], str]] = {
    "taken out": without,
    "figure changed": figure_changed,
    "duty swapped": duty_swapped,
    "denied": denied,
}


@dataclass(frozen=True, slots=True)
class Survivors:
    """One way to alter passages, and what became of the sentences that were fully supported."""

    way: str
    n: int  # sentences whose quote could be altered that way
    full: int  # still fully supported
    partial: int


def supported(found: Sequence[JudgedPair]) -> list[JudgedPair]:
    """Faithful English sentences, called fully supported, that rest on one quote of one passage."""
    return [
        each
        for each in found
        if each.pair.faithful
        and not each.pair.also
        and each.case.language == "en"
        and each.statement.support is Support.FULL
        and len(each.statement.quotes) == 1
    ]


def altered(each: JudgedPair, alter: Callable[[str, str], str]) -> SupportCase | None:
    """The case with the quote altered in its passage and this sentence alone; None where nothing changes or is left."""
    quote = each.statement.quotes[0].text
    passage = each.case.passage.replace(quote, alter(quote, each.pair.sentence)).strip()
    if passage in ("", each.case.passage.strip()):
        return None
    return each.case.model_copy(update={"passage": passage, "pairs": (each.pair,)})


def survivors(found: Sequence[JudgedPair], models: SupportModels = NO_MODELS) -> Iterator[Survivors]:
    """One for each way to alter."""
    for way, alter in ALTERED.items():
        cases = [case for each in found if (case := altered(each, alter))]
        left = [each.statement.support for case in cases for each in run([case], models=models)]
        yield Survivors(way, len(left), left.count(Support.FULL), left.count(Support.PARTIAL))


def report(found: Sequence[JudgedPair], models: SupportModels) -> Iterator[str]:
    """What is left of the support."""
    yield f"{len(found)} sentences that their quote supports; the quote is"
    for each in survivors(found, models):
        yield f"  {each.way}: {each.n} tried, {each.full} still called full, {each.partial} partial"
