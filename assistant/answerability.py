"""Whether the corpus answers a question at all: several weak signals, one probability.

No single signal is enough: a cross-encoder likes any passage with the right words, a cosine any passage on the
subject. Together they tell "ICAT had 17 members in 2016" from an answer to "How many members in 2009?".
The weights are fitted by `evals.calibration`; evals/README.md has the error rates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant.kinds import CHECKABLE, offers
from assistant.lookup import Lookup
from assistant.question import names, years
from assistant.reading import ASSUMED_LOGIT, Reading, common_language, shares_of
from assistant.types import Evidence
from assistant.years import out_of_time, unspoken
from index.types import Hit
from index.words import words

LOGITS = (-8.0, 9.0)  # cross-encoder logits beyond say no more than these
PART_MARGIN = 1.5  # logits a passage may be above a part's best sentence: it was read for the whole question
PASSAGES = 4  # whose words count as seen

ANSWERS_FROM = 0.45  # the probability from which the corpus is taken to answer: both errors are about as frequent


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against, for one part of a question. Each from 0 to about 1, or a logit."""

    best: float  # cross-encoder, best passage or best sentence window
    cosine: float  # of the best passage
    covered: float  # 0..1, of the question's words, weighed by rarity, in one passage
    foreign: float  # 0..1, of the names in the question, that no passage has
    years: float  # 0..1, of the years in the question, that no best sentence and no date of a source has
    lacking: float  # 1 when a number, date, person or place is asked for and no best sentence has one


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the corpus answers, part by part of the question."""

    parts: tuple[float, ...]  # 0..1
    signals: tuple[Signals, ...]

    @property
    def probability(self) -> float:
        """Of the part that is answered best: what is there is shown, and the coverage says what is not."""
        return max(self.parts, default=0.0)


# Fitted by evals.calibration on four corpora, the two of this field counting double, and a little on the cases for
# tuning: these ask in other words than the sources use. That was done with cosines of bge-small alone, x. Those of the
# pair in use, y, say the same: x = 1.38 y - .37 on the best passages of 870 questions (r .94 to .98 by set). So the
# weight, 8.75, is 1.38 times as high, and the bias, -7.75, lower by .37 times it.
WEIGHTS: Mapping[str, float] = {
    "best": 0.28,
    "cosine": 12.08,
    "covered": 2.03,
    "foreign": -3.44,
    "years": -3.01,
}
BIAS = -11.02
# For passages that the cross-encoder cannot read (other languages), and where there is none.
WORD_WEIGHTS: Mapping[str, float] = {"covered": 6.27, "foreign": -3.73, "years": -3.21, "lacking": -1.02}
WORD_BIAS = -3.41


def judge(reading: Reading, evidence: Evidence, lookup: Lookup) -> Judgement:
    """The probability for each part of the question.

    0 for all where nothing was found, and for a part about years of which nothing found speaks.
    """
    if not evidence or not reading.candidates:
        return Judgement((0.0,) * len(reading.parts), ())
    signals = tuple(signals_of(part, reading, evidence, lookup) for part in range(len(reading.parts)))
    by_words = not reading.read_by_model
    likely = tuple(
        0.0 if out_of_time(part, reading, evidence) else probability(each, by_words)
        for part, each in enumerate(signals)
    )
    return Judgement(likely, signals)


def probability(signals: Signals, by_words: bool = False) -> float:
    """1 / (1 + exp(-(bias + sum of weight * signal)))."""
    weights, bias = (WORD_WEIGHTS, WORD_BIAS) if by_words else (WEIGHTS, BIAS)
    values = asdict(signals)
    return 1.0 / (1.0 + math.exp(-(bias + sum(weight * values[name] for name, weight in weights.items()))))


def signals_of(part: int, reading: Reading, evidence: Evidence, lookup: Lookup) -> Signals:
    """What the look-up and the reading say of one part."""
    found = lookup.found
    near = lookup.by_part[part] if lookup.by_part else found
    asked = reading.parts[part]
    best = sorted(reading.candidates, key=lambda c: -c.logits[part])[:3]
    window = max([best[0].logits[part], *(logits[part] for logits in reading.lists.values())])
    texts = [
        " ".join([passage.publication.title, *passage.chunk.headings, passage.chunk.text])
        for passage in evidence.passages[: PASSAGES + 2 * (len(reading.parts) - 1)]
    ]
    covered = max(
        share
        for row in shares_of(asked.readings, texts, found.view.keywords, common_language(evidence))
        for share in row
    )
    dates = [passage.publication.date_label for passage in evidence.passages[:1]]
    lacks = asked.asks in CHECKABLE and not any(offers(asked.asks, c.unit.text) for c in best)
    passage = max(_signal(found.hits, "rerank"), default=ASSUMED_LOGIT)
    if len(reading.parts) > 1:
        passage = min(passage, window + PART_MARGIN)
    return Signals(
        best=_clipped(max(passage, window)),
        cosine=max(_signal(near.hits, "dense"), default=0.0),
        covered=covered,
        foreign=_missing(names(asked.reads), texts),
        years=unspoken(years(asked.reads), [c.window for c in best] + dates),
        lacking=float(lacks),
    )


def _signal(hits: Sequence[Hit], name: str) -> list[float]:
    return [hit.signals[name].score for hit in hits if name in hit.signals]


def _clipped(logit: float) -> float:
    return min(max(logit, LOGITS[0]), LOGITS[1])


def _missing(wanted: Sequence[str], texts: Sequence[str]) -> float:
    """Share of the wanted words that no text has, in any case or with an ending. 0 where none is wanted."""
    if not wanted:
        return 0.0
    held = {word for text in texts for word in words(text)}
    return sum(not _among(word, held) for word in wanted) / len(wanted)


def _among(name: str, held: set[str]) -> bool:
    return all(
        any(other.startswith(word) for other in held) for word in words(name.removesuffix("’s").removesuffix("'s"))
    )
