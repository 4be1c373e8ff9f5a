"""Does a sentence depend on its source? Supported sentences are checked again with the cited passage altered.

`python -m evals.counterfactual --limit 80` takes faithful pairs whose sentence is fully supported: what is left
of that support once the quote is taken out of the passage, a figure in it is changed, its duty is swapped, or what the
sentence says is denied.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.commands.output import line
from assistant.types import Support
from assistant.write.support import NO_MODELS, Scorer
from assistant.write.wording.terms import NEGATIONS
from assistant.write.wording.tokens import read
from evals.support.judge import spread
from evals.support.pairs import FAITHFUL, Case, Judged, Pair, read_cases, run
from index.encoders import open_embedder, open_reranker
from index.types import IndexSettings

_FIGURE = re.compile(r"\d+")
_DUTY = re.compile(r"\b(must|should|may)\b")
_DUTIES = {"must": "may", "should": "must", "may": "must"}
_VERB = re.compile(r"\b(is|are|was|were|must|should|may|can)\b(?! not\b)")


def without(quote: str) -> str:
    """Nothing of the quote."""
    return ""


def figure_changed(quote: str) -> str:
    """The first figure in digits is one more."""
    return _FIGURE.sub(lambda found: str(int(found[0]) + 1), quote, count=1)


def duty_swapped(quote: str) -> str:
    """The first duty is of another strength."""
    return _DUTY.sub(lambda found: _DUTIES[found[1]], quote, count=1)


def denied(quote: str) -> str:
    """The first verb that can be is denied."""
    return _VERB.sub(r"\1 not", quote, count=1)


ALTERED: Mapping[str, Callable[[str], str]] = {
    "taken out": without,
    "figure changed": figure_changed,
    "duty swapped": duty_swapped,
    "denied": denied,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to alter passages, and what became of the sentences that were fully supported."""

    way: str
    n: int  # sentences whose quote could be altered that way
    full: int  # still fully supported
    partial: int


def altered(judged: Judged, alter: Callable[[str], str]) -> Case | None:
    """The case with the quote altered in its passage and this sentence alone; None where nothing changes.

    What is altered must matter to the sentence: a figure or duty that it has not is left alone.
    """
    quote = judged.statement.quotes[0].text
    changed = _denied_of(quote, judged.pair.sentence) if alter is denied else alter(quote)
    passage = judged.case.passage.replace(quote, changed)
    if changed == quote or passage == judged.case.passage:
        return None
    figure = _FIGURE.search(quote)
    if alter is figure_changed and (figure is None or figure[0] not in _FIGURE.findall(judged.pair.sentence)):
        return None
    duty = _DUTY.search(quote)
    if alter is duty_swapped and (duty is None or duty[1] not in _DUTY.findall(judged.pair.sentence)):
        return None
    pair = Pair(kind=judged.pair.kind, label=Support.NONE, sentence=judged.pair.sentence)
    return judged.case.model_copy(update={"passage": passage.strip(), "pairs": (pair,)})


def _denied_of(quote: str, sentence: str) -> str:
    """The quote with what the sentence says denied; as it is where one of the two denies something already."""
    clause = read(quote).nearest(read(sentence).stems)
    if clause is None or NEGATIONS["en"].search(sentence) or NEGATIONS["en"].search(read(quote).piece_of(clause)):
        return quote
    end = clause.start + len(clause.text)
    return quote[: clause.start] + denied(clause.text) + quote[end:]


def supported(judged: Sequence[Judged]) -> list[Judged]:
    """Faithful sentences, called fully supported, that rest on one quote of one passage."""
    return [
        each
        for each in judged
        if each.pair.kind.startswith(FAITHFUL)
        and not each.pair.also
        and each.statement.support is Support.FULL
        and len(each.statement.quotes) == 1
    ]


def outcomes(judged: Sequence[Judged], scorer: Scorer = NO_MODELS) -> Iterator[Outcome]:
    """One for each way to alter."""
    for way, alter in ALTERED.items():
        cases = [case for each in judged if (case := altered(each, alter)) and case.passage]
        found = [run([case], scorer=scorer)[0].statement.support for case in cases]
        yield Outcome(way, len(found), found.count(Support.FULL), found.count(Support.PARTIAL))


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what is left of the support."""
    parser = argparse.ArgumentParser(prog="python -m evals.counterfactual", description=__doc__)
    parser.add_argument("--limit", type=int, default=1000, help="sentences, evenly over all")
    options = parser.parse_args(argv)
    settings = IndexSettings()
    scorer = Scorer(open_reranker(settings.reranker), open_embedder(settings.embedder))
    cases = [case for case in read_cases() if case.language == "en"]
    faithful = [
        case.model_copy(update={"pairs": pairs})
        for case in cases
        if (pairs := tuple(p for p in case.pairs if p.kind == FAITHFUL and not p.also))
    ]
    chosen = spread(supported(run(faithful, scorer=scorer)), options.limit)
    line(f"{len(chosen)} sentences that their quote supports; the quote is")
    for each in outcomes(chosen, scorer):
        line(f"  {each.way}: {each.n} tried, {each.full} still called full, {each.partial} partial")
    return 0


if __name__ == "__main__":
    sys.exit(main())
