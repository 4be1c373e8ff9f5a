"""Whether quotes support a sentence: fully, partly or not. Signals, one probability, and the wording guard.

No model is needed. A cross-encoder and an embedder, which the index has anyway, tell paraphrases of few shared words
from what is not there. The weights are fitted by `evals.support`; evals/README.md has the error rates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from assistant.types import Support
from assistant.write.judges import Judge
from assistant.write.quote import share_of
from assistant.write.support_limits import (
    NAME_ONLY,
    NOT_TODAY,
    ONLY_ASKED,
    POINTS_BACK,
    only_asked,
    only_names_shared,
    points_back,
    said_of_today,
)
from assistant.write.wording.guard import concerns
from assistant.write.wording.tokens import Concern, read
from corpus.words import Words
from index.types import Embedder, Reranker

LOGITS = (-10.0, 10.0)  # of the cross-encoder; beyond, they say no more
RAREST = 7.0  # -log10 of a word's frequency from which rarer words count no more
COMMONEST = 2.0
PART_WORDS = 3  # content words of a part that is looked at by itself
PART_SHARE = 0.34  # of them in the quotes; with less, that part comes from elsewhere
_JOINT = re.compile(r"[,;] (?:and|but|while|whereas)\b|;")
FOREIGN = "the source is in another language: only numbers and names were compared"
FEW_WORDS = "the source says only a part of this, or says it in other words"
NOT_THERE = "the source does not say “{} …”"
JUDGED_PARTLY = "the model that checked it found only a part of this in the source"
UNDECIDED_BY_WORDS = "few of its words are in the source; a model found it there"


@dataclass(frozen=True, slots=True)
class Scorer:
    """The models at hand that read a sentence and its quotes; either may be missing. An embedder tells more."""

    reranker: Reranker | None = None
    embedder: Embedder | None = None
    languages: frozenset[str] = frozenset({"en"})  # ISO 639-1, that the embedder reads; empty: any

    def compares(self, language: str) -> bool:
        """Whether the embedder can be asked about this language."""
        return self.embedder is not None and (not self.languages or language in self.languages)

    def scores(self, language: str) -> bool:
        """Whether the cross-encoder can be asked about this language."""
        return self.reranker is not None and (not self.reranker.languages or language in self.reranker.languages)

    def closeness(self, sentence: str, texts: Sequence[str]) -> list[float]:
        """The cosine of a sentence with each text, -1..1. ValueError without an embedder."""
        if self.embedder is None:
            raise ValueError("closeness was asked for without an embedder")
        vectors = self.embedder.embed_passages([sentence, *texts])
        return [float(vectors[0] @ vector) for vector in vectors[1:]]

    def logit(self, sentence: str, text: str) -> float:
        """The cross-encoder's, within LOGITS. ValueError without one."""
        if self.reranker is None:
            raise ValueError("a logit was asked for without a cross-encoder")
        return min(max(float(self.reranker.score(sentence, [text])[0]), LOGITS[0]), LOGITS[1])


NO_MODELS = Scorer()


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence being said by its quotes."""

    share: float  # 0..1, of its words, weighed by rarity, that the quotes hold
    missing: float  # 0..1, the weight of its rarest missing word, of RAREST
    cosine: float | None = None  # of sentence and quotes, -1..1; None where no embedder was asked
    logit: float | None = None  # of the cross-encoder, within LOGITS; None where it was not asked

    @property
    def kind(self) -> str:
        """Which weights are for it: by the best model that was asked."""
        return "cosine" if self.cosine is not None else "logit" if self.logit is not None else "words"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence and why."""

    support: Support
    warnings: tuple[str, ...]  # in words for a reader; also of a sentence that is not supported
    concerns: tuple[Concern, ...]
    signals: Signals
    probability: float  # 0..1, that the quotes speak of this, whatever the wording


# Fitted by `python -m evals.support --fit` on the tuning half of evals/cases/support.jsonl: by what could be asked.
# Beside the cosine, the cross-encoder's logit added nothing (AUC .968 with it, .970 without, on the first 154 pairs).
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "cosine": {"share": 0.23, "missing": -3.60, "cosine": 15.10, "bias": -7.81},
    "logit": {"share": 1.11, "missing": -2.60, "logit": 0.20, "bias": 2.10},
    "words": {"share": 5.86, "missing": -2.00, "bias": -0.42},
}
# Probabilities from which a sentence is fully and partly supported, read off the same half. Words alone must show more:
# sentences about one subject share many.
FROM: Mapping[str, tuple[float, float]] = {"cosine": (0.7, 0.25), "logit": (0.8, 0.4), "words": (0.9, 0.5)}


def judged(
    sentence: str,
    quotes: Sequence[str],
    scorer: Scorer = NO_MODELS,
    judge: Judge | None = None,
    *,
    language: str = "en",
    source_language: str | None = None,
    context: str = "",
    following: Sequence[str] = (),
) -> Verdict:
    """Whether these quotes, read together, support the sentence.

    A hard concern of the wording guard is NONE whatever a model says; a soft one makes FULL to PARTIAL. A judge
    can lower the verdict, and raise it by one step. Without quotes: NONE.
    """
    source = source_language or language
    if not quotes:
        return Verdict(Support.NONE, ("no source is named that says this",), (), Signals(0.0, 1.0), 0.0)
    found = concerns(sentence, quotes, language, source_language=source, context=context, following=following)
    signals = signals_of(sentence, quotes, scorer, language, source)
    probability = probability_of(signals)
    if any(concern.hard for concern in found):
        return Verdict(Support.NONE, tuple(c.words for c in found), found, signals, probability)
    if source != language:
        support, reasons = Support.PARTIAL, [FOREIGN]
    else:
        support, reasons = _by_probability(probability, *FROM[signals.kind])
        support, reasons = _limited(support, reasons, sentence, quotes, language)
    said = judge.judge(sentence, quotes) if judge is not None else None
    support, reasons = _with_judge(support, reasons, said)
    if found and support is Support.FULL:
        support = Support.PARTIAL
    return Verdict(support, (*(c.words for c in found), *reasons), found, signals, probability)


def _by_probability(probability: float, full_from: float, partial_from: float) -> tuple[Support, list[str]]:
    if probability >= full_from:
        return Support.FULL, []
    return (Support.PARTIAL if probability >= partial_from else Support.NONE), [FEW_WORDS]


def _limited(
    support: Support, reasons: list[str], sentence: str, quotes: Sequence[str], language: str
) -> tuple[Support, list[str]]:
    """At most partial where a part is not there, or it says nothing by itself; one step less for a mere name."""
    if support is Support.NONE:
        return support, reasons
    if only_names_shared(sentence, quotes, language):
        return (Support.PARTIAL if support is Support.FULL else Support.NONE), [NAME_ONLY]
    if support is Support.FULL and only_asked(sentence, quotes):
        return Support.PARTIAL, [ONLY_ASKED]
    if support is Support.FULL and (word := said_of_today(sentence, quotes)):
        return Support.PARTIAL, [NOT_TODAY.format(word)]
    if support is Support.FULL and (word := points_back(sentence, language)):
        return Support.PARTIAL, [POINTS_BACK.format(word)]
    if support is Support.FULL and (apart := _part_apart(sentence, quotes, language)):
        return Support.PARTIAL, [NOT_THERE.format(apart)]
    return support, reasons


def _part_apart(sentence: str, quotes: Sequence[str], language: str) -> str:
    """The first words of a part of a sentence that the quotes have hardly a word of; "" where there is none."""
    weights = rarity(sentence, language)
    parts = _JOINT.split(sentence)
    for part in parts if len(parts) > 1 else ():
        stems = {stem for stem in read(part, language).stems if not stem[0].isdigit()}
        if len(stems) >= PART_WORDS and share_of(part, quotes, weights, language) < PART_SHARE:
            return " ".join(part.split()[:6])
    return ""


def _with_judge(support: Support, reasons: list[str], said: Support | None) -> tuple[Support, list[str]]:
    if said is None:
        return support, reasons
    if said is Support.NONE:
        return Support.NONE, [*reasons, "the model that checked it did not find this in the source"]
    if said is Support.PARTIAL:
        return (support if support is Support.NONE else Support.PARTIAL), [*reasons, JUDGED_PARTLY]
    if support is Support.NONE:
        return Support.PARTIAL, [UNDECIDED_BY_WORDS]
    return Support.FULL, []


def signals_of(sentence: str, quotes: Sequence[str], scorer: Scorer, language: str, source: str) -> Signals:
    """The signals of one sentence; models are asked only where both texts are in a language they read."""
    weights = rarity(sentence, language)
    held = {stem for quote in quotes for stem in read(quote, source).stems}
    missing = max((weight for stem, weight in weights.items() if stem not in held), default=0.0) / RAREST
    share = share_of(sentence, quotes, weights, language) if source == language else 0.0
    whole = " ".join(" ".join(quote.split()) for quote in quotes)
    if source == language and scorer.compares(language):
        return Signals(share, missing, cosine=scorer.closeness(sentence, [whole])[0])
    if source == language and scorer.scores(language):
        return Signals(share, missing, logit=scorer.logit(sentence, whole))
    return Signals(share, missing)


def probability_of(signals: Signals) -> float:
    """1 / (1 + exp(-(bias + sum of weight * signal))), with the weights for the signals that are there."""
    values = {**asdict(signals), "bias": 1.0}
    return 1.0 / (1.0 + math.exp(-sum(weight * values[name] for name, weight in WEIGHTS[signals.kind].items())))


@lru_cache(maxsize=512)
def rarity(text: str, language: str) -> Mapping[str, float]:
    """For each stem of a text, how rare its word is: -log10 of its frequency, between COMMONEST and RAREST."""
    known = Words(language)
    found: dict[str, float] = {}
    for token in read(text, language).tokens:
        if token.stem and not token.stem[0].isdigit():
            rare = -math.log10(max(known.frequency(token.text), 10**-RAREST))
            found[token.stem] = min(max(rare, COMMONEST), RAREST)
    return found
