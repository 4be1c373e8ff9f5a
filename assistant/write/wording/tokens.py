"""A text as the wording guard sees it: tokens with their stems, and the clauses they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.write.wording.lexicon import GROUPS, IRREGULAR
from assistant.write.wording.terms import Kind
from index.keywords import stems
from index.words import words

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP = re.compile(r"[.!?\n](?!\d)")
_MODALS = frozenset({"must", "shall", "should", "may", "might", "can", "could", "will", "would", "ought"})
_OWNED = re.compile(r"['’]s?$")
_CLAUSE = re.compile(
    r"[;:.?!…\n](?!\d)|,(?!\d)|\s[–—]\s"
    r"|\b(?:but|yet|although|though|whereas|while|because|mais|pero|aunque|porque)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word where it stands."""

    text: str
    root: str  # its stem; "" for a function word
    stem: str  # the same, with words of one meaning made one
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks of punctuation or connectives that oppose or give a reason."""

    text: str
    start: int
    tokens: tuple[Token, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.tokens if token.stem)


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart once. Cached by `read`."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.tokens if token.stem)

    def piece_of(self, clause: Clause) -> str:
        """The whole sentence that a clause stands in."""
        start = max((m.end() for m in _STOP.finditer(self.text, 0, clause.start + 1)), default=0)
        stop = _STOP.search(self.text, clause.start + 1)
        return self.text[start : stop.start() if stop else len(self.text)]

    def nearest(self, wanted: Iterable[str]) -> Clause | None:
        """The clause with most of these stems, the earliest of equals. None where no clause has any."""
        asked = frozenset(wanted)
        best = max(self.clauses, key=lambda clause: len(clause.stems & asked), default=None)
        return best if best is not None and best.stems & asked else None


@lru_cache(maxsize=512)
def read(text: str, language: str = "en") -> Text:
    """A text with its tokens and clauses, in order."""
    found = list(_TOKEN.finditer(text))
    roots = _roots([match.group() for match in found], language)
    same = _same_words() if language == "en" else {}
    tokens = tuple(
        Token(match.group(), root, same.get(root, root), match.start(), match.end())
        for match, root in zip(found, roots, strict=True)
    )
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    clauses = []
    for start, end in pairwise(cuts):
        inside = tuple(token for token in tokens if start <= token.start < end)
        if inside:
            clauses.append(Clause(text[start:end], start, inside))
    return Text(text, language, tokens, tuple(clauses))


def _roots(found: Sequence[str], language: str) -> list[str]:
    """One stem a token; "" for a function word or a single letter."""
    plain = ["".join(words(_OWNED.sub("", word))[-1:]) for word in found]
    if language == "en":
        plain = [IRREGULAR.get(word, word) for word in plain]
    return stems(["" if language == "en" and word in _MODALS else word for word in plain], language)


@lru_cache(maxsize=1)
def _same_words() -> dict[str, str]:
    """English stem -> the stem that stands for all of its meaning."""
    return {root: stems(group[:1])[0] for group in GROUPS for root in stems(group) if root}


def content(text: str, language: str = "en") -> frozenset[str]:
    """The stems of a text's content words, numbers left out."""
    return frozenset(stem for stem in read(text, language).stems if not stem[0].isdigit())


@dataclass(frozen=True, slots=True)
class Concern:
    """Where a sentence and its source do not agree, in words for a reader."""

    kind: Kind
    words: str  # "says 12, the source says 10"
    hard: bool  # whether the sentence cannot stand; else it is shown with the words beside it
