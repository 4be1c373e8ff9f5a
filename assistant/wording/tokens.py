"""A text as the check sees it: words with their stems, and the sentences and clauses that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.wording.lexicon import table
from index.keywords import stems
from index.words import words

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<![$€£]\d)[.!?…\n](?!\d)")
_CLAUSE = re.compile(
    r"[;:.?!…\n](?!\d)|,(?!\d)|\s[–—]\s"
    r"|\b(?:but|yet|although|though|whereas|while|because|mais|pero|aunque|porque)\b",
    re.I,
)
_OWNED = re.compile(r"['’]s?$")
_MODALS = frozenset({"must", "shall", "should", "may", "might", "can", "could", "will", "would", "ought"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word where it stands."""

    text: str
    root: str  # its stem; "" for a function word
    stem: str  # the same, with words of one meaning made one
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence or clause: what stands between two marks, or two connectives that oppose or give a reason."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text taken apart once. Cached by `read`."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    stems: frozenset[str]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]

    def sentence_of(self, clause: Span) -> Span:
        """The whole sentence that a clause stands in."""
        return next(each for each in self.sentences if each.start <= clause.tokens[0].start < each.end)

    def clause_at(self, place: int) -> Span | None:
        """The clause that begins last before a place. None before the first."""
        return next((clause for clause in reversed(self.clauses) if clause.start <= place), None)

    def nearest(self, wanted: frozenset[str], *, whole: bool = False) -> Span | None:
        """The clause (`whole`: sentence) with most of these stems, the earliest of equals. None where none has any."""
        spans = self.sentences if whole else self.clauses
        best = max(spans, key=lambda span: len(span.stems & wanted), default=None)
        return best if best is not None and best.stems & wanted else None


@lru_cache(maxsize=512)
def read(text: str, language: str = "en") -> Text:
    """A text with its tokens, sentences and clauses, in order."""
    found = list(_TOKEN.finditer(text))
    roots = _roots([match.group() for match in found], language)
    same = _same_words(language)
    tokens = tuple(
        Token(match.group(), root, same.get(root, root), match.start(), match.end())
        for match, root in zip(found, roots, strict=True)
    )
    sentences, clauses = (tuple(_cut(text, tokens, marks)) for marks in (_SENTENCE, _CLAUSE))
    return Text(text, language, tokens, _stems(tokens), sentences, clauses)


def _cut(text: str, tokens: Sequence[Token], marks: re.Pattern[str]) -> Iterator[Span]:
    cuts = [0, *(match.start() for match in marks.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        inside = tuple(token for token in tokens if start <= token.start < end)
        if inside:
            yield Span(text[start:end], start, end, inside, _stems(inside))


def _stems(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.stem for token in tokens if token.stem)


def _roots(found: Sequence[str], language: str) -> list[str]:
    """One stem a token; "" for a function word or a single letter."""
    forms = table("forms", language)
    plain = ["".join(words(_OWNED.sub("", word))[-1:]) for word in found]
    plain = [forms.get(word, word) for word in plain]
    return stems(["" if language == "en" and word in _MODALS else word for word in plain], language)


@lru_cache(maxsize=8)
def _same_words(language: str) -> dict[str, str]:
    """Stem -> the stem that stands for all of its meaning."""
    groups = table("same", language)
    return {root: stems(group[:1], language)[0] for group in groups for root in stems(group, language) if root}


def content(text: str, language: str = "en") -> frozenset[str]:
    """The stems of a text's content words, numbers left out."""
    return frozenset(stem for stem in read(text, language).stems if not stem[0].isdigit())
