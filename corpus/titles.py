"""Does a first page carry a given title? Pure text, no catalogue.

Titles are compared as letters without spaces, case, accents, punctuation and f-ligatures, so that line
breaks, line-end hyphens, spaced letters and lost ligatures ("traffcking", "tra cking") change nothing. A
title is carried only where it stands as a block of its own near the top: a mention inside a sentence or in a
reference list does not count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOP_WORDS = 80  # a title starts among the first words of the page; two mastheads of 16 words are real
LISTING = 3  # titles of so many publications on one page: a list of publications, not one of them
SHORT_WORDS = 5  # a shorter title is so common that the line right above it must be a masthead
MAIN_WORDS = 3  # what stands before a colon is looked for alone only from this length on

ICAT_NAME = re.compile(
    r"\bicat\b|inter\W*agency\W+coordination\W+group\W+against\W+tra\w*\W*\w*ing\W+in\W+persons"
    r"|groupe\W+interinstitutions\W+de\W+coordination\W+contre\W+la\W+traite\W+des\W+personnes"
)
MASTHEAD = frozenset(
    ("icat", "issue", "brief", "briefs", "paper", "papers", "series", "policy", "discussion", "overview",
     "no", "nr", "number", "united", "nations", "unodc", "vienna", "new", "york", "january", "february",
     "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
)  # fmt: skip
CONNECTIVES = frozenset(
    ("a", "an", "the", "of", "on", "in", "to", "for", "and", "or", "by", "with", "from", "about", "at", "as",
     "against", "concerning", "among", "through", "into", "its", "their")
)  # fmt: skip
ARTICLES = frozenset(("a", "an", "the", "its"))  # a new block may begin with these, a continuation hardly
LIST_HEADINGS = frozenset(
    ("references", "bibliography", "sources", "notes", "further reading", "see also", "related publications",
     "publications", "other publications", "works cited", "endnotes", "resources")
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_LIGATURE = re.compile(r"f+[il]*")  # what a lost ligature may have held; removed on both sides


def fold(text: str) -> str:
    """Lower case, no accents, no soft hyphens, compatibility forms unfolded (the fi glyph becomes "fi")."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u00ad", ""))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in order: letters and digits only."""
    return tuple(_WORD.findall(fold(text)))


def letters_of(text: str) -> str:
    """A title's comparable letters: no spaces, no f-ligatures."""
    return "".join(_LIGATURE.sub("", word) for word in words_of(text))


def names_icat(text: str) -> bool:
    """Whether ICAT is named, by its letters or its full name."""
    return bool(ICAT_NAME.search(fold(text)))


@dataclass(frozen=True, slots=True)
class Title:
    """One form of a publication's title, ready to be looked for."""

    letters: str
    length: int  # words
    companions: frozenset[str]  # words that may stand beside it: a subtitle, the rest of a shortened title

    @classmethod
    def of(cls, text: str, companions: str = "") -> Title:
        return cls(letters_of(text), len(words_of(text)), frozenset(words_of(companions)))


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """Where a title stands: word positions on the page, half-open."""

    first: int
    end: int


class FirstPage:
    """The words of a page with their lines, searchable by letters."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.line_of: list[int] = []
        self.lines = text.splitlines()
        letters: list[str] = []
        self._starts: dict[int, int] = {}  # position in the letters -> word that starts there
        self._ends: dict[int, int] = {}  # position -> word after the one that ends there
        position = 0
        for number, line in enumerate(self.lines):
            for word in words_of(line):
                key = _LIGATURE.sub("", word)
                self._starts[position] = len(self.words)
                position += len(key)
                self.words.append(word)
                self.line_of.append(number)
                self._ends.setdefault(position, len(self.words))
                letters.append(key)
        self._letters = "".join(letters)

    def carried(self, title: Title) -> TitlePlace | None:
        """The first place among the top words where the title stands as a block of its own."""
        for found in self._places(title.letters):
            if found.first >= TOP_WORDS:
                return None
            common = title.length < SHORT_WORDS and not self._below_masthead(found)
            if self.is_block(found, title) and not self._in_list(found) and not common:
                return found
        return None

    def stands(self, title: Title) -> bool:
        """Whether the title is a block of its own anywhere on the page, a list included."""
        return any(self.is_block(found, title) for found in self._places(title.letters))

    def _places(self, letters: str) -> Iterator[TitlePlace]:
        at = self._letters.find(letters) if letters else -1
        while at >= 0:
            first, end = self._starts.get(at), self._ends.get(at + len(letters))
            if first is not None and end is not None:
                yield TitlePlace(first, end)
            at = self._letters.find(letters, at + 1)

    def is_block(self, found: TitlePlace, title: Title) -> bool:
        """Whether the lines of the title hold nothing else, and the lines around it are not part of it.

        Beside the title its line may hold a masthead ("ICAT Issue Brief 01"), a date and companions.
        """
        first_line, last_line = self.line_of[found.first], self.line_of[found.end - 1]
        before = self.words[bisect_left(self.line_of, first_line) : found.first]
        after = self.words[found.end : bisect_right(self.line_of, last_line)]
        if not is_masthead(before) or not is_masthead(after, title.companions):
            return False
        if not before and self._leads_in(first_line):
            return False
        return bool(after) or not self._goes_on(last_line, title.companions)

    def _leads_in(self, line: int) -> bool:
        """Whether the line right above runs on into the title ("A review of / Preventing ...")."""
        above = self.lines[line - 1] if line else ""
        words = words_of(above)
        return bool(words) and (words[-1] in CONNECTIVES or above.rstrip().endswith((",", "-")))

    def _goes_on(self, line: int, companions: frozenset[str]) -> bool:
        """Whether the line right below continues a longer title ("Trafficking in Children / in Asia")."""
        below = self.lines[line + 1] if line + 1 < len(self.lines) else ""
        words = words_of(below)
        if not words or all(word in companions for word in words):
            return False
        return words[0] in CONNECTIVES - ARTICLES or below.lstrip()[:1].islower()

    def _below_masthead(self, found: TitlePlace) -> bool:
        """Whether the line right above the title is empty or a masthead."""
        line = self.line_of[found.first]
        return line == 0 or is_masthead(words_of(self.lines[line - 1]))

    def _in_list(self, found: TitlePlace) -> bool:
        """Whether a heading such as "References" stands on a line of its own above."""
        above = self.lines[: self.line_of[found.first]]
        return any(" ".join(words_of(line)) in LIST_HEADINGS for line in above)


def is_masthead(words: Sequence[str], companions: frozenset[str] = frozenset()) -> bool:
    """Whether folded words are only ICAT's name, series words, numbers, a date, or companions of a title."""
    line = ICAT_NAME.sub(" ", " ".join(words))
    return all(word in MASTHEAD or word in companions or word.isdigit() for word in line.split())
