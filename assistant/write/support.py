"""Whether quotes support a sentence: fully, partly, or not, because a figure, date or name stands nowhere.

No model is needed. The embedder, which the index has anyway, tells paraphrases of few shared words from what is not
there. The thresholds are read off by `evals.support`; evals/README.md has the error rates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.texts.catalogue import term
from assistant.types import Support
from assistant.wording.guard import concerns
from assistant.wording.tokens import read
from assistant.write.judges import Judge
from corpus.sentences import QUESTION_MARKS
from corpus.words import Words
from index.types import Embedder, Reranker

CLOSE = (
    0.72  # cosine of sentence and quotes from which the quotes say it (bge-small-en; `python -m evals.support --fit`)
)
# Cosines of multilingual-e5-small lie close together: what tells as much as CLOSE, and by how much they are spread.
# Of 85 faithful sentences of English passages, translated into five languages, .77 come as far with their own passage,
# and .09 with the next one: about as many as in English.
BEYOND, SPREAD = 0.835, 4.0
SHARED = 0.6  # share of its words, weighed by rarity, where no embedder reads the language
LOGITS = (-10.0, 10.0)  # of a cross-encoder; beyond, they say no more
RAREST = 7.0  # -log10 of a word's frequency from which rarer words count no more
COMMONEST = 2.0
NO_QUOTE = "no source is named that says this"
FOREIGN = "the source is in another language: only numbers and names were compared"
NOT_FOUND = "the source says only a part of this, or says it in other words"
ONLY_ASKED = "the source asks this and does not say it"
NOT_TODAY = "it says “{}”; its source tells of a date"
JUDGED_NONE = "the model that checked it did not find this in the source"
JUDGED_PARTLY = "the model that checked it found only a part of this in the source"
_ASKED = re.compile(r"\b(?:ask(?:s|ed|ing)?|questions?|whether|who|what|which|how|why)\b|^(?:when|where)\b", re.I)
_TODAY = re.compile(r"\b(?:today|nowadays|now|currently|at present|to date|these days|at the moment)\b", re.I)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class SupportModels:
    """The models at hand that read a sentence and its quotes; either may be missing."""

    reranker: Reranker | None = None
    embedder: Embedder | None = None
    languages: frozenset[str] = frozenset({"en"})  # ISO 639-1, that the embedder reads; empty: any
    beyond: Embedder | None = None  # multilingual-e5-small: other languages, and one against another

    def compares(self, *languages: str) -> bool:
        """Whether texts of these languages can be compared with each other."""
        return self._english(languages) is not None or self.beyond is not None

    def _english(self, languages: Collection[str]) -> Embedder | None:
        return self.embedder if not self.languages or self.languages.issuperset(languages) else None

    def scores(self, language: str) -> bool:
        """Whether the cross-encoder can be asked about this language."""
        return self.reranker is not None and (not self.reranker.languages or language in self.reranker.languages)

    def closeness(self, sentence: str, texts: Sequence[str], languages: Collection[str] = ()) -> list[float]:
        """The cosine of a sentence with each text, on the scale of the first embedder: CLOSE says it, whichever reads.

        `languages`: of sentence and texts. ValueError without an embedder that reads them.
        """
        english = self._english(languages)
        reads = english or self.beyond
        if reads is None:
            raise ValueError("closeness was asked for without an embedder")
        vectors = reads.embed_passages([sentence, *texts])
        cosines = [float(vectors[0] @ vector) for vector in vectors[1:]]
        return cosines if english else [CLOSE + SPREAD * (cosine - BEYOND) for cosine in cosines]

    def logit(self, sentence: str, text: str) -> float:
        """The cross-encoder's, within LOGITS. ValueError without one."""
        if self.reranker is None:
            raise ValueError("a logit was asked for without a cross-encoder")
        return min(max(float(self.reranker.score(sentence, [text])[0]), LOGITS[0]), LOGITS[1])


NO_MODELS = SupportModels()


@dataclass(frozen=True, slots=True)
class SupportVerdict:
    """What became of a sentence and why."""

    support: Support  # FULL, PARTIAL, or NONE: without a quote, or with a figure, date or name that stands nowhere
    warnings: tuple[str, ...]  # in words for a reader
    closeness: float  # of sentence and quotes: a cosine, or the share of its words


def judged(
    sentence: str,
    quotes: Sequence[str],
    models: SupportModels = NO_MODELS,
    judge: Judge | None = None,
    *,
    language: str = "en",
    source_language: str | None = None,
    cited: Sequence[str] = (),
    context: str = "",
    given: str = "",
) -> SupportVerdict:
    """Whether these quotes, read together, support the sentence. `cited`, `context` and `given`: see `concerns`.

    NONE only of what a reader must not be shown; every other doubt is PARTIAL, with the reason. A judge can add one,
    and take back that the words are not close.
    """
    source = source_language or language
    if not quotes:
        return SupportVerdict(Support.NONE, (term(NO_QUOTE),), 0.0)
    found = concerns(sentence, quotes, language, source_language=source, cited=cited, context=context, given=given)
    said = tuple(concern.words for concern in found)
    if source != language and not models.compares(language, source):
        close, reasons = 0.0, [term(FOREIGN)]
    else:
        close, enough = closeness_of(sentence, quotes, models, language, source)
        reasons = [] if close >= enough else [term(NOT_FOUND)]
        reasons += _not_said(sentence, quotes)
    if any(concern.nowhere for concern in found):
        return SupportVerdict(Support.NONE, said, close)
    reasons = _with_judge(reasons, judge.judge(sentence, quotes) if judge is not None else None)
    support = Support.PARTIAL if found or reasons else Support.FULL
    return SupportVerdict(support, (*said, *reasons), close)


def closeness_of(
    sentence: str, quotes: Sequence[str], models: SupportModels, language: str, source: str = ""
) -> tuple[float, float]:
    """How close quotes are to a sentence, and from where they say it: by cosine, else by shared words."""
    languages = {language, source or language}
    if models.compares(*languages):
        together = " ".join(" ".join(quote.split()) for quote in quotes)
        return models.closeness(sentence, [together], languages)[0], CLOSE
    weights = rarity(sentence, language)
    held = read("\n".join(quotes), language).stems
    return sum(weights[stem] for stem in weights.keys() & held) / (sum(weights.values()) or 1.0), SHARED


def _not_said(sentence: str, quotes: Sequence[str]) -> list[str]:
    """What the quotes merely ask, and what they say of a year and the sentence of today."""
    asked = all(quote.rstrip().endswith(QUESTION_MARKS) for quote in quotes)
    reasons = []
    if asked and not sentence.rstrip().endswith(QUESTION_MARKS) and not _ASKED.search(sentence):
        reasons.append(term(ONLY_ASKED))
    today, whole = _TODAY.search(sentence), " ".join(quotes)
    if today and _YEAR.search(whole) and not _TODAY.search(whole) and not _YEAR.search(sentence):
        reasons.append(term(NOT_TODAY).format(today[0]))
    return reasons


def _with_judge(reasons: list[str], said: Support | None) -> list[str]:
    if said is Support.NONE:
        return [*reasons, term(JUDGED_NONE)]
    if said is Support.PARTIAL:
        return [*reasons, term(JUDGED_PARTLY)]
    return [reason for reason in reasons if reason != term(NOT_FOUND)] if said is Support.FULL else reasons


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
