"""The evidence read against the question: which sentences and list items bear on it, and how much.

A cross-encoder reads each candidate in a short window (its heading, what introduces it, itself). Words choose
which candidates it gets to read, so that one answer costs no more than READ_TOKENS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Part, content_words, parts
from assistant.types import Evidence, Query
from assistant.units import Sentences, Unit, fold, units_of
from corpus.types import Document, PublicationId
from index.keywords import Term
from index.types import Reranker
from index.words import words

READ_PASSAGES = 4  # below the fourth, a passage held the best sentence in 3 of 100 questions
READ_TOKENS = 520  # cross-encoder tokens for one answer; about 4 a millisecond on two cores
WINDOW_WORDS = 60  # of one window
WORDS_TO_TOKENS = 1.35  # English, the packaged tokenizer
PAIR_TOKENS = 3  # special tokens of a pair
ENGLISH = frozenset({"en", ""})  # what the packaged cross-encoder reads; "" is text too short to tell
ASSUMED_LOGIT = -8.0  # of a unit the cross-encoder was not shown; what it gives unrelated text is about -11


class Vocabulary(Protocol):
    """How the index sees words."""

    def terms(self, query: str, language: str = "") -> Sequence[Term]:
        """The distinct words of a text, stop words left out, with their rarity and their columns of the index."""


class Documents(Protocol):
    """Where evidence is read."""

    def document(self, publication: PublicationId) -> Document:
        """The document as it is on this machine."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit of one passage and what was read in it, part by part of the question."""

    label: int
    unit: Unit
    window: str  # what the cross-encoder reads
    shares: tuple[float, ...]  # 0..1, of the part's words, weighed by rarity, found in the window
    logits: tuple[float, ...]  # cross-encoder; ASSUMED_LOGIT where it was not asked

    @property
    def best(self) -> float:
        return max(self.logits)


@dataclass(frozen=True, slots=True)
class Reading:
    """All candidates, in the order of passages and then of the document, and the parts they were read for."""

    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]
    lists: Mapping[tuple[int, int], tuple[float, ...]]  # (label, series) -> logits of a list read as a whole
    read_by_model: bool  # whether the logits of the best passage are a cross-encoder's

    @property
    def best(self) -> float | None:
        """The best logit of any window. None where nothing could be read."""
        return max((c.best for c in self.candidates), default=None)


class Reader:
    """Reads evidence. Holds no state between questions; safe to share between threads."""

    def __init__(self, documents: Documents, sentences: Sentences, reranker: Reranker | None) -> None:
        self._documents = documents
        self._sentences = sentences
        self._reranker = reranker

    def read(self, query: Query, evidence: Evidence, vocabulary: Vocabulary) -> Reading:
        """Candidates of the first READ_PASSAGES passages, scored for each part of the question."""
        asked = parts(query.stand_alone)
        found, lists = self._windows(evidence)
        windows = [window for _, _, window in found] + [_cut(text) for text in lists.values()]
        shares = shares_of([part.reads for part in asked], windows, vocabulary)
        english = [
            evidence[label].chunk.language in ENGLISH for label in (*(n for n, _, _ in found), *(n for n, _ in lists))
        ]
        logits = self._logits(asked, windows, shares, english)
        candidates = tuple(
            Candidate(label, unit, window, tuple(s[i] for s in shares), tuple(x[i] for x in logits))
            for i, (label, unit, window) in enumerate(found)
        )
        whole = {key: tuple(x[len(found) + i] for x in logits) for i, key in enumerate(lists)}
        return Reading(asked, candidates, whole, self._reranker is not None and english[:1] == [True])

    def _windows(self, evidence: Evidence) -> tuple[list[tuple[int, Unit, str]], dict[tuple[int, int], str]]:
        """(label, unit, window) of every unit, and (label, series) -> window of every list as a whole."""
        found: list[tuple[int, Unit, str]] = []
        lists: dict[tuple[int, int], str] = {}
        for label, passage in enumerate(evidence.passages[:READ_PASSAGES], start=1):
            chunk = passage.chunk
            document = self._documents.document(chunk.publication)
            above = chunk.headings[-1] if chunk.headings else ""
            for unit in units_of(document, chunk.start, chunk.end, self._sentences, chunk.language):
                window = window_of(document, unit, above)
                found.append((label, unit, window))
                if unit.series is not None:
                    key = (label, unit.series)
                    lists[key] = f"{lists[key]}; {unit.text}" if key in lists else window
        return found, lists

    def _logits(
        self,
        asked: Sequence[Part],
        windows: Sequence[str],
        shares: Sequence[Sequence[float]],
        readable: Sequence[bool],
    ) -> list[list[float]]:
        """Per part, a logit per window.

        The cross-encoder reads the windows richest in the part's words, up to the budget; what it cannot read is
        judged by its words.
        """
        logits = []
        for part, share in zip(asked, shares, strict=True):
            row = [ASSUMED_LOGIT if able else pseudo_logit(value) for able, value in zip(readable, share, strict=True)]
            able = [i for i, able in enumerate(readable) if able]
            if self._reranker is None:
                row = [pseudo_logit(value) for value in share]
            elif able:
                chosen = [
                    able[i]
                    for i in _affordable(
                        part.reads, [windows[i] for i in able], [share[i] for i in able], READ_TOKENS / len(asked)
                    )
                ]
                scores = self._reranker.score(part.reads, [windows[i] for i in chosen])
                for index, score in zip(chosen, scores, strict=True):
                    row[index] = float(score)
            logits.append(row)
        return logits


def shares_of(asked: Sequence[str], texts: Sequence[str], vocabulary: Vocabulary) -> list[list[float]]:
    """Per question, per text: sum of idf of the question's words that the text holds / sum of idf of all of them.

    Words match in any form that the index takes for the same. 0 for a question without a word.
    """
    split = [words(text) for text in texts]
    known = vocabulary.terms(" ".join(dict.fromkeys(word for found in split for word in found)))
    columns = {term.text: term.columns for term in known}
    held = [{column for word in found for column in columns.get(word, ())} for found in split]
    rows = []
    for question in asked:
        wanted = vocabulary.terms(" ".join(content_words(question)))
        total = sum(term.idf for term in wanted) or 1.0
        rows.append([sum(t.idf for t in wanted if here.intersection(t.columns)) / total for here in held])
    return rows


def window_of(document: Document, unit: Unit, heading: str) -> str:
    """What stands above and before a unit, and the unit; at most WINDOW_WORDS words."""
    lead = fold(document.text[slice(*unit.lead)]) if unit.lead else ""
    before = " ".join(dict.fromkeys(text for text in (heading, lead) if text))
    return _cut(f"{before}: {unit.text}" if before and not before.endswith(":") else f"{before} {unit.text}".strip())


def pseudo_logit(share: float) -> float:
    """Word overlap on the scale of the cross-encoder, for where there is none: 0 -> -8, half -> 0, all -> 8."""
    return 16.0 * share - 8.0


def _cut(text: str) -> str:
    words = text.split()
    return text if len(words) <= WINDOW_WORDS else " ".join(words[:WINDOW_WORDS])


def _affordable(question: str, windows: Sequence[str], shares: Sequence[float], budget: float) -> list[int]:
    """Indices of the windows to read: by share, then by place, until the budget of tokens is spent."""
    order = sorted(range(len(windows)), key=lambda i: (-shares[i], i))
    chosen: list[int] = []
    spent = 0.0
    for index in order:
        cost = tokens(question) + tokens(windows[index]) + PAIR_TOKENS
        if chosen and spent + cost > budget:
            continue
        spent += cost
        chosen.append(index)
    return chosen


def tokens(text: str) -> float:
    """About how many tokens a text has."""
    return max(WORDS_TO_TOKENS * len(text.split()), len(text) / 6)
