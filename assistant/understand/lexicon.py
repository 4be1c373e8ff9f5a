"""What the words of a request mean: `lexicon.yaml` read, and looked for in a text.

The one place for words that people use of the Toolkit, of who is meant, of what is made, of what is done to an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from corpus.errors import CatalogueError
from corpus.quick_yaml import read_yaml
from index.words import fold, fold_arabic

SOURCE = "lexicon.yaml"
COLUMNS = "languages"  # the section that says which there are
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")  # a Chinese letter is a token of its own
_KEY = 3  # letters that terms are filed under
# What Arabic writes as one word with the next: and, so, by, as, for, the.
_JOINED = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل|[بلك])|[وف])(?=.{3})")


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word of a text as it is compared, and where it stands: half-open, in characters."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A term of the lexicon in a text. `name` is what the program calls it, within its section."""

    section: str
    name: str
    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class LexiconTerm:
    """What people write for one thing."""

    section: str
    name: str
    language: str
    words: tuple[str, ...]
    open: tuple[bool, ...]  # whether longer words count too

    def stands(self, words: list[FoldedWord], place: int) -> bool:
        """Whether it stands at words[place:]."""
        if place + len(self.words) > len(words):
            return False
        pairs = zip(words[place:], self.words, self.open, strict=False)
        return all(self._is(word.folded, own, goes_on) for word, own, goes_on in pairs)

    def _is(self, word: str, own: str, goes_on: bool) -> bool:
        return word == own or (goes_on and word.startswith(own)) or (self.language == "ar" and _bare(word) == own)


class Lexicon:
    """All terms. Never changes; safe to share between threads."""

    def __init__(self, terms: Iterable[LexiconTerm], languages: Sequence[str] = ()) -> None:
        self.languages = tuple(languages)  # ISO 639-1: those it has columns for, and no other may have one
        self._terms: dict[str, list[LexiconTerm]] = {}
        self._names: dict[str, dict[str, None]] = {}
        self.words: set[str] = set()
        for term in terms:
            self._terms.setdefault(term.words[0][:_KEY], []).append(term)
            self._names.setdefault(term.section, {})[term.name] = None
            self.words.update(term.words)

    def names(self, section: str) -> tuple[str, ...]:
        """What the program calls the things of a section, in the order of the file."""
        return tuple(self._names.get(section, ()))

    def mentions(self, text: str, language: str) -> tuple[Mention, ...]:
        """What a text mentions in its language, or in English; of terms of one section that overlap, the longest."""
        words = words_of(text)
        found: list[Mention] = []
        for place, word in enumerate(words):
            for term in self._filed(word.folded):
                if term.language in (language, "en") and term.stands(words, place):
                    end = words[place + len(term.words) - 1].end
                    found.append(Mention(term.section, term.name, word.start, end, term.language))
        return tuple(sorted(_longest(found), key=lambda each: (each.start, -each.end, each.section, each.name)))

    def _filed(self, word: str) -> Iterable[LexiconTerm]:
        starts = {form[:size] for form in (word, _bare(word)) for size in range(1, _KEY + 1)}
        return (term for start in sorted(starts) for term in self._terms.get(start, ()))


def words_of(text: str) -> list[FoldedWord]:
    """The words of a text, folded: no case, no accents, one form of each Arabic letter."""
    text = unicodedata.normalize("NFC", text)
    return [FoldedWord(_folded(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _folded(word: str) -> str:
    return fold_arabic(fold(word.casefold()))


def _bare(word: str) -> str:
    """An Arabic word without what is written together with it."""
    return _JOINED.sub("", word)


def _longest(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(_within(each, other) for other in kept):
            kept.append(each)
    return list(dict.fromkeys(kept))


def _within(each: Mention, other: Mention) -> bool:
    """Whether a mention overlaps a longer one of its section."""
    overlap = other.start < each.end and each.start < other.end
    return overlap and other.section == each.section and other.end - other.start > each.end - each.start


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    return read_lexicon(files(__package__) / SOURCE)


def read_lexicon(source: Traversable) -> Lexicon:
    """CatalogueError where a file cannot be read."""
    text = source.read_text(encoding="utf-8")
    return lexicon_of(read_yaml(text), source.name)


def lexicon_of(content: object, source: str) -> Lexicon:
    """The lexicon of a parsed file. CatalogueError with the place of what is not as it should be."""
    sections = dict(_table(content, source))
    languages = sections.pop(COLUMNS, None)
    if not isinstance(languages, list) or not all(isinstance(language, str) for language in languages):
        raise CatalogueError(f"{source}: {COLUMNS}: wanted a list of the languages it is written in")
    return Lexicon(_terms(sections, languages, source), languages)


def _terms(sections: Mapping[str, object], columns: Sequence[str], source: str) -> Iterable[LexiconTerm]:
    for section, names in sections.items():
        for name, languages in _table(names, f"{source}: {section}"):
            for language, terms in _table(languages, f"{source}: {section}: {name}"):
                if language not in columns or not isinstance(terms, list):
                    where = f"{source}: {section}: {name}: {language}"
                    raise CatalogueError(f"{where}: wanted a list of terms in one of {', '.join(columns)}")
                for term in terms:
                    yield _term(section, str(name), language, str(term))


def _table(content: object, where: str) -> Iterable[tuple[str, object]]:
    if not isinstance(content, Mapping) or not content:
        raise CatalogueError(f"{where}: wanted names with what belongs to them")
    return content.items()


def _term(section: str, name: str, language: str, term: str) -> LexiconTerm:
    pieces = re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+\*?", unicodedata.normalize("NFC", term))
    if not pieces:
        raise CatalogueError(f"{SOURCE}: {section}: {name}: {language}: {term!r} has no word")
    folded = tuple(_folded(piece.rstrip("*")) for piece in pieces)
    return LexiconTerm(section, name, language, folded, tuple(piece.endswith("*") for piece in pieces))
