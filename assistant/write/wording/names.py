"""Whether the names in a sentence, and those who act in it, are in its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.write.wording.lexicon import ACTORS, GENERAL_ACTORS
from assistant.write.wording.numbers import Unit, figures
from assistant.write.wording.terms import Kind
from assistant.write.wording.tokens import Concern, Text, Token, read
from index.keywords import stems

NEARLY_ALL = 0.85  # the same, where the actor is somebody else's part in the source
ALIKE = 0.7  # share of a sentence's words that stand in its source in order: a telling, not a paraphrase
SWAPPED_FOR = 5  # words of the source that one word may stand for
FORMS = 0.65  # shared letters of two forms of a word
SWAPPED = 0.5  # share of a sentence's other words in the source from which a new actor is a changed one
_NAME = re.compile(
    r"(?<![.?!:]\s)(?<!^)(?<![“\"«(])\b[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ][\w’'-]*|\b[A-Z][A-Z0-9]+(?:-[A-Z]+)*s?\b"
)
_CAPITALS = re.compile(
    r"\b[A-Z][\w’'-]*(?:(?:[ -](?:of|for|on|in|and|the|to|against|de|des|la|les|pour|del|y))*[ -][A-Z][\w’'-]*)+"
)
_JOINING = frozenset(
    ("of", "for", "on", "in", "and", "the", "to", "against", "de", "des", "la", "les", "pour", "del", "y")
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|this|these|he|she|the (?:group|paper|brief|report|review|toolkit))\b", re.I
)


def name_concerns(sentence: Text, source: Text, context: str) -> Iterator[Concern]:
    """Names that the source does not have. `context`: title, headings and the rest of the passage."""
    months = {f.text.casefold() for f in figures(sentence.text, sentence.language) if f.unit is Unit.MONTH}
    missing = [
        name
        for name in dict.fromkeys(_NAME.findall(sentence.text))
        if name.casefold() not in months
        and name not in ("I", "II", "III", "IV")
        and not _named(name, source.text, sentence)
    ]
    for name in missing:
        if not _named(name, context, sentence):
            yield Concern(Kind.NAME, f"names {name}; the source does not", True)
            return
        if not _PRONOUN.search(source.text) and any(n not in sentence.text for n in _NAME.findall(source.text)):
            yield Concern(Kind.NAME, f"names {name}; the quote does not", False)
            return


def _named(name: str, text: str, sentence: Text) -> bool:
    low, bare = text.casefold(), re.sub(r"(?:['’]s|s)$", "", name)
    if re.search(rf"\b{re.escape(bare.casefold()[: max(4, len(bare) - 2)])}", low):
        return True
    if name.rstrip("s").isupper():
        return any(_short_for(name.rstrip("s"), run) for run in _CAPITALS.findall(text))
    short = re.findall(r"\b[A-Z]{2,}\b", text)
    return any(name in run and any(_short_for(each, run) for each in short) for run in _CAPITALS.findall(sentence.text))


def _short_for(short: str, run: str) -> bool:
    """Whether an abbreviation takes its letters, in order, from the first letters of capitalised words in a row.

    Words such as "against" may give a letter or none; the first letter is that of a capitalised word.
    """
    words = [word for word in re.split(r"[ -]", run) if word]
    for start, word in enumerate(words):
        if word[0] != short[0]:
            continue
        letters = iter(each[0].upper() for each in words[start:])
        if all(letter in letters for letter in short):
            return True
    return False


_DEEDS = frozenset({"prosecution", "inspection", "recruitment", "employment", "judgment", "education", "adoption"})


@lru_cache(maxsize=1)
def _actor_groups() -> dict[str, int]:
    return {root: number for number, group in enumerate(ACTORS) for root in stems(group) if root}


def actor_concerns(sentence: Text, source: Text, context: str) -> Iterator[Concern]:
    """Somebody who acts in the sentence, and not where the source says the same; `context` names who else may."""
    if sentence.language != "en":
        return
    mine, whole = _actors(sentence), _actors(source)
    near = _actors(read(_telling(sentence, source)))
    around = set(_actors(read(context))) | set(whole)
    others = [t.stem for t in sentence.tokens if t.stem and _noun(t.lower, t.root) not in _actor_groups()]
    held = sum(stem in source.stems for stem in others) / len(others) if others else 0.0
    for group, token in mine.items():
        if group in near or token.stem in source.stems - {t.stem for g, t in whole.items() if g not in near}:
            continue
        nearby = read(_telling(sentence, source)).stems
        told = sum(stem in nearby for stem in others) / len(others) if others else 0.0
        instead = next((t for g, t in near.items() if g not in mine), None)
        if instead is not None:
            hard = held >= SWAPPED and (group not in whole or told >= NEARLY_ALL)
            if group not in whole or hard:
                yield Concern(Kind.ACTOR, f"speaks of {token.text}, the source of {instead.text}", hard)
                return
        elif group not in around and not GENERAL_ACTORS & set(ACTORS[group]):
            yield Concern(Kind.ACTOR, f"speaks of {token.text}; the source does not", held >= SWAPPED)
            return


def _actors(text: Text) -> dict[int, Token]:
    groups = _actor_groups()
    return {groups[root]: t for t in text.tokens if (root := _noun(t.lower, t.root)) in groups}


def _telling(sentence: Text, source: Text) -> str:
    """The sentence of the source that says most of the same."""
    pieces = re.split(r"(?<=[.!?;])\s+|\n", source.text)
    return max(pieces, key=lambda piece: len(read(piece, source.language).stems & sentence.stems))


def swap_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """One word changed in a sentence that is otherwise the source's: "ministry of justice" for "of the interior"."""
    mine, theirs = [t.stem or t.lower for t in sentence.tokens], [t.stem or t.lower for t in source.tokens]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    if sum(block.size for block in matcher.get_matching_blocks()) < ALIKE * len(mine):
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        said = [t for t in sentence.tokens[a:b] if t.stem]
        given = [t for t in source.tokens[c:d] if t.stem]
        if tag != "replace" or len(said) != 1 or not given or b - a > 2 or d - c > SWAPPED_FOR:
            continue
        if SequenceMatcher(None, said[0].lower, given[0].lower).ratio() > FORMS:
            continue  # two forms of one word
        if said[0].text[0].isdigit() or said[0].stem in source.stems or given[0].stem in sentence.stems:
            continue
        yield Concern(Kind.ACTOR, f"says {said[0].text}, the source says {given[0].text}", False)
        return


def _noun(word: str, root: str) -> str:
    """The stem of a word that can be an actor; "" for what only shares one: "employed", "recruitment"."""
    return "" if word.endswith(("ing", "ed", "sides")) or word in _DEEDS else root
