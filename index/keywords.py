"""Keyword search: BM25 over all chunks, each stemmed in its own language. The door to bm25s and PyStemmer.

One index holds every language: a token is "language:stem", so that the stems of one language cannot match
those of another, while rarity is counted over the whole corpus. A query is stemmed in every language of the
corpus unless its language is known.
"""

from __future__ import annotations

import json
import math
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import StaleIndex
from index.manifest import MEND
from index.words import fold, guess_language, words

PASSAGES = 4096  # whose words are remembered
WORDS = 65_536  # whose stems are; 10 MiB
K1, B = 1.5, 0.75  # bm25s' defaults (Lucene's formula)
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_ARABIC_STOPS = (  # bm25s has none
    "في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم ما ماذا كيف متى أين هل لا لم لن أن إن "
    "كان كانت قد كل بعض غير بين بعد قبل عند أو ثم حتى إذا كما أي"
)
_META = "keywords.json"


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a query that is not a stop word."""

    text: str  # as typed, lower case
    idf: float  # over all chunks; highest for a word that no chunk has
    columns: tuple[int, ...]  # of the index; empty when no chunk has it


class Keywords:
    """BM25 over chunks 0..n-1, the order of the index. Safe for several threads."""

    def __init__(self, bm25: Any, rows: int, languages: Sequence[str]) -> None:
        self._bm25 = bm25  # None for an empty corpus
        self._rows = rows
        self._languages = tuple(languages)  # of the corpus, most chunks first
        # The columns of all words of a text: the same passages are held against question after question.
        self.columns = lru_cache(maxsize=PASSAGES)(self._columns)
        self._term = lru_cache(maxsize=PASSAGES)(self._looked_up)

    @classmethod
    def build(cls, texts: Sequence[str], languages: Sequence[str]) -> Keywords:
        """Index texts[i], written in languages[i] (ISO 639-1, '' where unknown)."""
        import bm25s

        present = [language for language, _ in Counter(languages).most_common()]
        vocabulary: dict[str, int] = {}
        rows = []
        for text, language in zip(texts, languages, strict=True):
            tokens = _tokens(words(text), language)
            rows.append([vocabulary.setdefault(token, len(vocabulary)) for token in tokens])
        if not vocabulary:
            return cls(None, len(texts), present)
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index((rows, vocabulary), show_progress=False)
        return cls(bm25, len(texts), present)

    def __len__(self) -> int:
        """Chunks indexed."""
        return self._rows

    def save(self, folder: Path) -> None:
        """Write into a folder of its own; `open` reads it back."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)
        meta = {"rows": self._rows, "languages": self._languages, "empty": self._bm25 is None}
        (folder / _META).write_text(json.dumps(meta), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Keywords:
        """What `save` wrote, memory-mapped. FileNotFoundError when it is gone, StaleIndex when damaged."""
        import bm25s

        try:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
            bm25 = None if meta["empty"] else bm25s.BM25.load(folder, mmap=True, show_progress=False)
            return cls(bm25, meta["rows"], meta["languages"])
        except (ValueError, TypeError, KeyError, EOFError) as error:
            raise StaleIndex(f"keyword index in {folder} is damaged ({error}); {MEND}") from error

    def scores(self, query: str, language: str = "") -> np.ndarray:
        """(n,) float32: the BM25 score of every chunk, 0 where no word matches.

        A language that the corpus does not have, or '', searches with the words of every language it has.
        """
        columns = [column for term, count in self._query(query, language) for column in term.columns * count]
        if not columns:
            return np.zeros(self._rows, dtype=np.float32)
        return self._bm25.get_scores_from_ids(columns)

    def terms(self, query: str) -> list[QueryTerm]:
        """The query's words, stop words left out, rarest first."""
        found = (term for term, _ in self._query(query, ""))
        return sorted(found, key=lambda term: (-term.idf, term.text))

    def _columns(self, text: str) -> frozenset[int]:
        return frozenset(column for term, _ in self._query(text, "") for column in term.columns)

    def _query(self, query: str, language: str) -> list[tuple[QueryTerm, int]]:
        """Each distinct word of the query, in order, with how often it stands there."""
        found = words(query)
        if not found:
            return []
        usual = self._languages[0] if self._languages else ""
        stops = _stop_words().get(language or guess_language(found, _stop_words(), usual), frozenset())
        searched = (language,) if language in self._languages else self._languages
        counts = Counter(word for word in found if word not in stops)
        return [(self._term(word, searched), count) for word, count in counts.items()]

    def _looked_up(self, word: str, searched: tuple[str, ...]) -> QueryTerm:
        vocabulary = self._bm25.vocab_dict if self._bm25 is not None else {}
        tokens = dict.fromkeys(token for language in searched for token in _tokens([word], language))
        columns = tuple(vocabulary[token] for token in tokens if token in vocabulary)
        starts = self._bm25.scores["indptr"] if columns else ()
        chunks = sum(int(starts[column + 1] - starts[column]) for column in columns)
        return QueryTerm(word, math.log(1 + (self._rows - chunks + 0.5) / (chunks + 0.5)), columns)


def stems(found: Sequence[str], language: str = "en") -> list[str]:
    """The stem of each word as `index.words.words` gives it, accents folded; '' for a stop word."""
    return [_stem(word, language) for word in found]


@lru_cache(maxsize=WORDS)
def _stem(word: str, language: str) -> str:
    """'' for a stop word of the language."""
    return "" if word in _stop_words().get(language, frozenset()) else fold(_stemmer(language)(word))


def _tokens(found: Sequence[str], language: str) -> list[str]:
    """Words to tokens in one language: stop words out, stems, accents folded."""
    return [f"{language}:{stem}" for stem in stems(found, language) if stem]


def _stemmer(language: str) -> Callable[[str], str]:
    """The word's stem; the word itself where the language has no stemmer."""
    if language not in _stemmers.here:
        name = _SNOWBALL.get(language)
        if name is None:
            return str
        import Stemmer

        _stemmers.here[language] = Stemmer.Stemmer(name).stemWord
    return _stemmers.here[language]


class _Stemmers(threading.local):
    """By language, for each thread its own: a stemmer holds a buffer, and remembers the words it has seen."""

    def __init__(self) -> None:
        self.here: dict[str, Callable[[str], str]] = {}


_stemmers = _Stemmers()


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    """By language, as `words` writes them. English takes the long list: questions are full of its words."""
    from bm25s import stopwords as lists

    by_language = {
        "ar": _ARABIC_STOPS.split(), "da": lists.STOPWORDS_DANISH, "de": lists.STOPWORDS_GERMAN,
        "en": lists.STOPWORDS_EN_PLUS, "es": lists.STOPWORDS_SPANISH, "fr": lists.STOPWORDS_FRENCH,
        "it": lists.STOPWORDS_ITALIAN, "nl": lists.STOPWORDS_DUTCH, "no": lists.STOPWORDS_NORWEGIAN,
        "pt": lists.STOPWORDS_PORTUGUESE, "ru": lists.STOPWORDS_RUSSIAN, "sv": lists.STOPWORDS_SWEDISH,
        "tr": lists.STOPWORDS_TURKISH,
    }  # fmt: skip
    return {
        language: frozenset(part for stop in stops for part in words(stop)) for language, stops in by_language.items()
    }
