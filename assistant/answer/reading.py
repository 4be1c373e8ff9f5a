"""The evidence read against the question: which sentences and list items bear on it, and how much.

A cross-encoder reads each candidate in a short window (its heading, what introduces it, itself). Words choose
which candidates it gets to read, so that one answer costs no more than READ_TOKENS.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from assistant.answer.lookup import Lookup
from assistant.answer.units import Sentences, Unit, fold, units_of
from assistant.types import Evidence, Query
from assistant.understand.kinds import Asks
from assistant.understand.question import Part, content_words, names, parts
from corpus.types import ChunkId, Document, PublicationId
from index.keywords import Term
from index.types import Reranker
from index.words import words

READ_PASSAGES = 4  # of one question: in what follows, the budget of tokens would be spent thinner
READ_MORE = 2  # passages for every further part of the question
READ_TOKENS = 520  # cross-encoder tokens for one answer; about 4 a millisecond on two cores
READ_AT_LEAST = 260  # the same for each wording of each part of a question
WINDOW_WORDS = 60  # of one window
FOUND_FOR_IT = 0.3  # of the question's words: what a passage is ahead that was found for this part alone
LIST_LATER = 0.2  # of the question's words: a list holds more of them than its items only by being longer
WORDS_TO_TOKENS = 1.35  # English, the packaged tokenizer
PAIR_TOKENS = 3  # special tokens of a pair
ENGLISH = frozenset({"en", ""})  # what the packaged cross-encoder reads; "" is text too short to tell
ASSUMED_LOGIT = -8.0  # of a unit the cross-encoder was not shown; what it gives unrelated text is about -11


ListKey = tuple[int, int]  # label of the passage, and where in its document the list starts


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
    publication: PublicationId
    unit: Unit
    lead: str  # the line that introduces the list, white space folded; "" for a sentence
    window: str  # what the cross-encoder reads
    shares: tuple[float, ...]  # 0..1, of the part's words, weighed by rarity, found without the heading
    logits: tuple[float, ...]  # cross-encoder; ASSUMED_LOGIT where it was not asked

    @property
    def best(self) -> float:
        return max(self.logits)

    @property
    def part(self) -> int:
        """The part of the question that it bears on most."""
        return self.logits.index(self.best)


@dataclass(frozen=True, slots=True)
class Reading:
    """All candidates, in the order of passages and then of the document, and the parts they were read for."""

    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]
    lists: Mapping[ListKey, tuple[float, ...]]  # (label, series) -> logits of a list read as a whole
    read_by_model: bool  # whether the logits of the best passage are a cross-encoder's

    @property
    def best(self) -> float | None:
        """The best logit of any window. None where nothing could be read."""
        return max((c.best for c in self.candidates), default=None)


@dataclass(frozen=True, slots=True)
class _Window:
    """What a unit, or a list as a whole, looks like to the cross-encoder."""

    label: int
    chunk: ChunkId
    text: str
    own: str  # the same without the heading above
    unit: Unit | None  # None: a list as a whole
    series: int | None
    lead: str
    readable: bool  # in a language that the cross-encoder reads


class Reader:
    """Reads evidence. Holds no state between questions; safe to share between threads."""

    def __init__(self, documents: Documents, sentences: Sentences, reranker: Reranker | None) -> None:
        self._documents = documents
        self._sentences = sentences
        self._reranker = reranker

    def read(self, query: Query, evidence: Evidence, lookup: Lookup) -> Reading:
        """Candidates of the first READ_PASSAGES passages, scored for each part of the question.

        What was found for a part alone is read first for that part.
        """
        asked = parts(query.stand_alone)
        vocabulary = lookup.found.view.keywords
        by_part = [{hit.chunk.id for hit in part.hits} for part in lookup.by_part]
        named = _named(query.stand_alone)
        windows = [
            window for label in _labels(evidence, len(asked)) for window in self._windows(label, evidence, named)
        ]
        language = common_language(evidence)
        budget = max(READ_AT_LEAST, READ_TOKENS / sum(len(part.readings) for part in asked))
        texts, owns = [window.text for window in windows], [window.own for window in windows]
        own: list[list[float]] = []
        rows: list[list[float]] = []
        for part, own_chunks in zip_longest(asked, by_part, fillvalue=()):
            shares = shares_of(part.readings, texts, vocabulary, language)
            within = shares_of(part.readings, owns, vocabulary, language)
            read = [
                self._logits(question, part.asks, windows, (share, inside), own_chunks, budget)
                for question, share, inside in zip(part.readings, shares, within, strict=True)
            ]
            rows.append([max(each) for each in zip(*read, strict=True)])
            own.append([max(each) for each in zip(*within, strict=True)])
        logits = [tuple(row[i] for row in rows) for i in range(len(windows))]
        candidates = tuple(
            Candidate(
                window.label,
                evidence[window.label].chunk.publication,
                window.unit,
                window.lead,
                window.text,
                tuple(s[i] for s in own),
                logits[i],
            )
            for i, window in enumerate(windows)
            if window.unit is not None
        )
        lists = {
            (window.label, window.series): logits[i]
            for i, window in enumerate(windows)
            if window.unit is None and window.series is not None
        }
        by_model = self._reranker is not None and bool(windows) and windows[0].readable
        return Reading(asked, candidates, lists, by_model)

    def _windows(self, label: int, evidence: Evidence, named: Sequence[str]) -> Iterator[_Window]:
        """One window for every unit of a passage, then one for every list.

        The title stands first where it alone holds a name that is asked about: "in Zimbabwe" is not repeated in
        every section of an Act of Zimbabwe.
        """
        chunk = evidence[label].chunk
        document = self._documents.document(chunk.publication)
        title = evidence[label].publication.title
        above = chunk.headings[-1] if chunk.headings else ""
        readable = chunk.language in ENGLISH
        lists: dict[int, str] = {}
        for unit in units_of(document, chunk.start, chunk.end, self._sentences, chunk.language):
            lead = fold(document.text[slice(*unit.lead)]) if unit.lead else ""
            text = window_of(above, lead, unit.text)
            text = f"{title} {text}" if _only_in(title, named, text) else text
            yield _Window(label, chunk.id, _cut(text), f"{lead} {unit.text}", unit, unit.series, lead, readable)
            if unit.series is not None:
                lists[unit.series] = f"{lists[unit.series]}; {unit.text}" if unit.series in lists else text
        for series, text in lists.items():
            yield _Window(label, chunk.id, _cut(text), text, None, series, "", readable)

    def _logits(
        self,
        question: str,
        asks: Asks,
        windows: Sequence[_Window],
        shares: tuple[Sequence[float], Sequence[float]],
        first: Collection[ChunkId],
        budget: float,
    ) -> list[float]:
        """A logit per window: the cross-encoder reads the most promising, up to the budget of tokens.

        What the cross-encoder cannot read is judged by its words. `shares` are those of the windows, then those
        of the same without the heading above.
        """
        if self._reranker is None:
            return [pseudo_logit(share) for share in shares[1]]
        row = [
            ASSUMED_LOGIT if window.readable else pseudo_logit(share)
            for window, share in zip(windows, shares[1], strict=True)
        ]
        order = sorted(
            (i for i, window in enumerate(windows) if window.readable),
            key=lambda i: (-_promise(windows[i], shares[0][i], asks, first), i),
        )
        chosen = affordable(question, [(i, windows[i].text) for i in order], budget)
        if chosen:
            read = self._reranker.score(question, [windows[i].text for i in chosen])
            for index, logit in zip(chosen, read, strict=True):
                row[index] = float(logit)
        return row


def common_language(evidence: Evidence) -> str:
    """ISO 639-1 of all passages; "" where they differ or cannot be told."""
    languages = {passage.chunk.language for passage in evidence.passages}
    return languages.pop() if len(languages) == 1 else ""


def _labels(evidence: Evidence, questions: int) -> range:
    return range(1, 1 + min(READ_PASSAGES + READ_MORE * (questions - 1), len(evidence.passages)))


def shares_of(
    asked: Sequence[str], texts: Sequence[str], vocabulary: Vocabulary, language: str = ""
) -> list[list[float]]:
    """Per question, per text: sum of idf of the question's words that the text holds / sum of idf of all of them.

    Words match in any form that the index takes for the same. 0 for a question without a word. `language` (ISO
    639-1) is that of all texts; "" where they differ.
    """
    split = [words(text) for text in texts]
    known = vocabulary.terms(" ".join(dict.fromkeys(word for found in split for word in found)), language)
    columns = {term.text: term.columns for term in known}
    held = [{column for word in found for column in columns.get(word, ())} for found in split]
    rows = []
    for question in asked:
        wanted = vocabulary.terms(" ".join(content_words(question)), language)
        total = sum(term.idf for term in wanted) or 1.0
        rows.append([sum(t.idf for t in wanted if here.intersection(t.columns)) / total for here in held])
    return rows


def _promise(window: _Window, share: float, asks: Asks, first: Collection[ChunkId]) -> float:
    """How early a window is read: a list as a whole first where one is asked for, else behind its items."""
    share += FOUND_FOR_IT if window.chunk in first else 0.0
    if window.unit is not None:
        return share
    return share + 1.0 if asks is Asks.LIST else share - LIST_LATER


def _named(question: str) -> list[str]:
    """The names in a question, lower case; all its words where it is typed without capitals."""
    found = content_words(question) if question == question.lower() else names(question)
    return [name.casefold() for name in found]


def _only_in(title: str, named: Sequence[str], text: str) -> bool:
    title, text = title.casefold(), text.casefold()
    return any(name in title and name not in text for name in named)


def window_of(heading: str, lead: str, text: str) -> str:
    """A statement after what stands above and before it: "Heading Lead: statement"."""
    before = " ".join(dict.fromkeys(part for part in (heading, lead) if part))
    return f"{before}{'' if before.endswith(':') else ':'} {text}" if before else text


def pseudo_logit(share: float) -> float:
    """Word overlap on the scale of the cross-encoder, for where there is none: 0 -> -8, half -> 0, all -> 8."""
    return 16.0 * share - 8.0


def _cut(text: str) -> str:
    return " ".join(text.split()[:WINDOW_WORDS])


def affordable(question: str, texts: Sequence[tuple[int, str]], budget: float) -> list[int]:
    """The indices of the texts, in the order given, that fit the budget of tokens; the first always does."""
    chosen: list[int] = []
    spent = 0.0
    for index, text in texts:
        cost = tokens(question) + tokens(text) + PAIR_TOKENS
        if not chosen or spent + cost <= budget:
            spent += cost
            chosen.append(index)
    return chosen


def tokens(text: str) -> float:
    """About how many tokens a text has."""
    return max(WORDS_TO_TOKENS * len(text.split()), len(text) / 6)
