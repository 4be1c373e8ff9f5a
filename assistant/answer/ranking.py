"""Extracts read against one part of a question: which are shown, which sentences answer, how likely that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer.evidence import SAME, overlap, shingles_of
from assistant.answer.extracts import Extract, Span
from assistant.answer.tiers import TierSignals, probability, tier_of
from assistant.types import Evidence, Part, Passage, Tier
from corpus.language import of_question
from corpus.sentences import sentences
from index.fusion import standardised
from index.search import Retrieval
from index.types import Reranker
from index.words import words

CROSS = 0.5  # share of the cross-encoder's logits in an extract's place; the rest is its passage's
CROSS_LEARNED = 0.2  # the same where it was learned which sections answer: that tells more
READ = 14  # extracts that the cross-encoder reads for one message
READ_LEARNED = 8  # the same where it was learned which sections answer: 3 of 207 questions are shown less, 1 more
READ_WORDS = 80  # the last ones of a message: it is shown no more
NEAR = 1.6  # standard deviations below the best: what is further down is not shown beside it
MARKED = 0.35  # share of a part's rare words from which a sentence is marked
MOST_MARKED = 3
_NAMED = re.compile(r"(?<![.?!؟]\s)(?<!^)(?<![¿¡“\"«(])\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}[\w-]*)|\b\d{2,}\b")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One extract for one part."""

    extract: Extract
    section: tuple[str, str]  # publication and heading
    score: float  # higher is better, comparable within a part
    logit: float | None  # of the cross-encoder; None where it was not read


@dataclass(frozen=True, slots=True)
class PartReading:
    """What was read for one part of a question: the extracts, best first, and how likely the best one answers."""

    part: Part
    ranked: tuple[Ranked, ...]
    signals: TierSignals | None  # None where nothing was found

    @property
    def likely(self) -> float:
        """0..1"""
        return probability(self.signals) if self.signals else 0.0

    @property
    def tier(self) -> Tier:
        return tier_of(self.signals) if self.signals else Tier.NOTHING

    def shown(self, most: int, near: float = NEAR) -> tuple[Extract, ...]:
        """The best extracts, at most `near` below the best in score, none said twice."""
        kept: list[Extract] = []
        for each in self.ranked:
            if len(kept) == most or each.score < self.ranked[0].score - near:
                break
            if not any(_repeats(each.extract, other) for other in kept):
                kept.append(each.extract)
        return tuple(kept)


def read_part(
    part: Part,
    found: Retrieval,
    evidence: Evidence,
    extracts: Sequence[Extract],
    reranker: Reranker | None,
    parts: int = 1,
    most: int = 0,
) -> PartReading:
    """Extracts of the evidence against one of several parts. They share what is read, best passages first.

    `most`: extracts that are read; 0: what a cross-encoder has the time for.
    """
    candidates = [extract for extract in extracts if not extract.asks]
    if not candidates:
        return PartReading(part, (), None)
    prior = {hit.chunk.id: hit.score for hit in found.hits}
    lowest = min(prior.values(), default=0.0)
    passages = [evidence.passages[extract.label - 1] for extract in candidates]
    fused = np.array([prior.get(passage.chunk.id, lowest) for passage in passages], dtype=np.float32)
    learned = "section" in found.hits[0].signals
    order = np.argsort(-fused, kind="stable")[: most or (READ_LEARNED if learned else READ) // parts]
    candidates, fused = [candidates[place] for place in order], fused[order]
    passages_of = [passages[place] for place in order]
    texts = [f"{extract.heading}. {extract.text}" if extract.heading else extract.text for extract in candidates]
    shares = np.array([_share(part.reads, text, found) for text in texts])
    first = passages[order[0]].chunk.language
    reads_it = reranker is not None and reads(reranker, part.reads, first)
    asked = part.bare or " ".join(part.reads.split()[-READ_WORDS:])
    logits = reranker.score(asked, texts) if reads_it and reranker is not None else None
    second = standardised(shares if logits is None else logits)
    cross = CROSS_LEARNED if learned else CROSS
    scores = cross * second + (1 - cross) * standardised(fused)
    ranked = tuple(
        Ranked(
            candidates[place],
            (passages_of[place].publication.id, candidates[place].heading),
            float(scores[place]),
            None if logits is None else float(logits[place]),
        )
        for place in np.argsort(-scores, kind="stable")
    )
    return PartReading(part, ranked, _signals(part, ranked, found, evidence, float(shares.max())))


def reads(reranker: Reranker, question: str, language: str) -> bool:
    """Whether a cross-encoder knows the languages of a question and of a passage, whose is '' where it is not known.

    On headings of documents in Arabic, Chinese, French, Russian and Spanish the English one, reading all the same,
    brought nDCG@10 from .33 down to .32 in three times the time that English takes.
    """
    if not reranker.languages:
        return True
    return (not language or language in reranker.languages) and of_question(question) in reranker.languages


def marks_of(extract: Extract, part: Part, found: Retrieval, language: str) -> tuple[Span, ...]:
    """The sentences of an extract that answer: those with most of the part's rare words; half-open, in its text.

    None where all of it is one sentence, or no sentence stands out.
    """
    spans: list[Span] = []
    place = 0
    for line in extract.lines:
        spans += [(place + start, place + end) for start, end in sentences(line.text, language)]
        place += len(line.text) + 1
    if len(spans) < 2:
        return ()
    shares = [_share(part.reads, extract.text[start:end], found) for start, end in spans]
    best = max(shares)
    if best < MARKED:
        return ()
    return tuple(span for span, share in zip(spans, shares, strict=True) if share >= 0.75 * best)[:MOST_MARKED]


def _signals(part: Part, ranked: Sequence[Ranked], found: Retrieval, evidence: Evidence, covered: float) -> TierSignals:
    cosine = max((hit.signals["dense"].score for hit in found.hits if "dense" in hit.signals), default=0.0)
    logits = [each.logit for each in ranked if each.logit is not None]
    asked = {hit.chunk.id: hit.signals["asked"].score for hit in found.hits if "asked" in hit.signals}
    sections = {hit.chunk.id: hit.signals["section"].score for hit in found.hits if "section" in hit.signals}
    first = evidence.passages[ranked[0].extract.label - 1].chunk.id
    named = set(_NAMED.findall(part.reads))
    held = {word for passage in evidence.passages for word in words(_all_of(passage))}
    missing = sum(not all(any(each.startswith(word) for each in held) for word in words(name)) for name in named)
    return TierSignals(
        logit=max(logits) if logits else None,
        cosine=cosine,
        contrast=(cosine - found.dense_mean) / found.dense_deviation if found.dense_deviation else 0.0,
        covered=covered,
        missing=missing / len(named) if named else 0.0,
        # What somebody anticipated for other sections says nothing of a publication for which nobody did.
        asked=max(asked.values()) if first in asked else None,
        learned=sections.get(first),
    )


def _all_of(passage: Passage) -> str:
    """A passage with what it is known by."""
    about = passage.publication
    return " ".join((about.title, about.date_label, *passage.chunk.headings, passage.chunk.text))


def _share(question: str, text: str, found: Retrieval) -> float:
    """Sum of idf of the question's words that a text holds / sum of idf of all of them; 0 for a question without."""
    terms = found.view.keywords.terms(question)
    whole = sum(term.idf for term in terms)
    held = found.view.keywords.columns(text)
    return sum(term.idf for term in terms if held.intersection(term.columns)) / whole if whole else 0.0


def _repeats(one: Extract, other: Extract) -> bool:
    """Whether two extracts share most of their words in the same order, and the first has no number of its own."""
    if overlap(shingles_of(one.text), shingles_of(other.text)) < SAME:
        return False
    return not set(re.findall(r"\d+", one.text)) - set(re.findall(r"\d+", other.text))
