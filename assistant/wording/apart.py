"""Whether figures, names and actors that a sentence puts together stand together in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.texts.catalogue import _
from assistant.wording.concern import Concern, ConcernKind
from assistant.wording.facts import JOINING, is_ratio, named, names_in, same
from assistant.wording.lexicon import table
from assistant.wording.quantities import DATES, Measure, Quantity, quantities
from assistant.wording.tokens import Text, Token, read
from index.keywords import stems

COPIED = 0.75  # of a part's words in one sentence of the source: the same said again, not told in other words
NEARLY = 0.9  # of the words that the closest sentence of a source has, from which another one is as close
COMMON = 0.4  # share of a passage's sentences from which a name is what all of it is about
_RUN = re.compile(
    rf"(?<![.?!:]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]*(?:(?: (?:{JOINING}))* [A-ZÀ-Þ][\w’'-]*)*|\b[A-Z][A-Z0-9]+(?:-[A-Z]+)*s?\b"
)
_PART = re.compile(r"[;:]\s|,\s(?:and|but|because|so)\s|\s(?:while|whereas)\s")
_TIES = re.compile(r"\W*(?:\w+\s){0,4}?(?:it|its|they|them|their|this|these|those|such|both|he|she|his|her)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Reach:
    """A sentence of a source with the line that introduces it, and what its pronouns may stand for."""

    own: frozenset[str]  # stems of the sentence itself
    whole: Text
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class _Fact:
    """A name of one or more words, a figure, or a date of up to three."""

    text: str
    start: int
    end: int
    quantities: tuple[Quantity, ...] = ()  # none of a name

    def stands_in(self, reach: _Reach, sentence: Text) -> bool:
        if not self.quantities:
            return all(named(name, reach.whole.text, sentence) for name in names_in(self.text))
        return all(any(same(own, other, sentence) for other in reach.quantities) for own in self.quantities)


def apart_concerns(sentence: Text, cited: Text) -> Iterator[Concern]:
    """At most one: figures and names that the cited passage has, but not of the same thing.

    Each stands with another one of them in a sentence of the passage; or alone where most of the other words stand.
    """
    reaches = _reaches(cited)
    for part in _parts(sentence):
        facts = _facts(sentence, part)
        held = [[reach for reach in reaches if fact.stands_in(reach, sentence)] for fact in facts]
        told = [(fact, here) for fact, here in zip(facts, held, strict=True) if 0 < len(here) < COMMON * len(reaches)]
        for fact, here in told:
            stems = frozenset(token.stem for token in part if token.stem and not fact.start <= token.start < fact.end)
            others = [reach for other, places in told if other is not fact for reach in places]
            together = any(reach in others for reach in here)
            if not together and (others or not _closest_among(here, stems, reaches)):
                words = _("may say of one thing what the source says of another: “{words}”")
                yield Concern(ConcernKind.ACTOR, words.format(words=fact.text))
                return


def _closest_among(here: Sequence[_Reach], stems: frozenset[str], reaches: Sequence[_Reach]) -> bool:
    most = max(len(reach.own & stems) for reach in reaches)
    return any(len(reach.own & stems) >= NEARLY * most for reach in here)


def _parts(sentence: Text) -> Iterator[list[Token]]:
    """The tokens between two marks or connectives that part what is said of one thing from the next."""
    cuts = [0, *(mark.start() for mark in _PART.finditer(sentence.text)), len(sentence.text)]
    for start, end in pairwise(cuts):
        if inside := [token for token in sentence.tokens if start <= token.start < end]:
            yield inside


def _facts(sentence: Text, part: Sequence[Token]) -> list[_Fact]:
    """In order. Small numbers in words are left out, which may count what is listed; ranks are not."""
    start, end = part[0].start, part[-1].end
    all_said = quantities(sentence.text, sentence.language)
    found: list[_Fact] = []
    for q in all_said:
        small = q.word and q.measure is not Measure.RANK and not q.span
        if small or not start <= q.start < end or is_ratio(q, all_said):
            continue
        last = found[-1] if found else None
        if last and q.measure in DATES and last.quantities[-1].measure in DATES and q.start - last.end <= 2:
            found[-1] = replace(
                last, text=sentence.text[last.start : q.end], end=q.end, quantities=(*last.quantities, q)
            )
        else:
            found.append(_Fact(q.text, q.start, q.end, (q,)))
    for name in _RUN.finditer(sentence.text, start, end):
        if not any(fact.start < name.end() and name.start() < fact.end for fact in found) and names_in(name[0]):
            found.append(_Fact(name[0], *name.span()))
    return found


@lru_cache(maxsize=256)
def _reaches(source: Text) -> tuple[_Reach, ...]:
    given = quantities(source.text, source.language)
    found: list[_Reach] = []
    lead = -1  # the last line before that is no whole sentence: it introduces what follows
    for place, span in enumerate(source.sentences):
        near = {place, *([lead] if lead >= 0 else [])}
        for neighbour in (place - 1, place + 1):
            if 0 <= neighbour < len(source.sentences):
                later = source.sentences[max(place, neighbour)]
                near |= {neighbour} if _TIES.match(later.text.lstrip(".!?…\n ")) else set()
        spans = [source.sentences[index] for index in sorted(near)]
        inside = tuple(q for q in given if any(each.start <= q.start < each.end for each in spans))
        found.append(_Reach(span.stems, read("\n".join(each.text for each in spans), source.language), inside))
        open_line = source.text[span.end : span.end + 1] == "\n"
        lead = (lead if span.text.rstrip().endswith(";") else place) if open_line else -1
    return tuple(found)


@lru_cache(maxsize=4)
def _actor_groups(language: str) -> dict[str, int]:
    groups = table("actors", language)
    return {root: number for number, group in enumerate(groups) for root in stems(group, language) if root}


def actor_concerns(sentence: Text, cited: Text) -> Iterator[Concern]:
    """At most one: somebody acts in the sentence where the source, saying the same, speaks of somebody else.

    The same: it names another actor in that place; or the part opens with the actor, and goes on in the source's words.
    """
    mine = _actors(sentence.tokens, sentence.language)
    for group, token in mine.items():
        part = next(part for part in _parts(sentence) if token in part)
        others = frozenset(each.stem for each in part if each.stem and each is not token)
        closest = max((reach.whole for reach in _reaches(cited)), key=lambda whole: len(whole.stems & others))
        near = _actors(closest.tokens, cited.language)
        if group in near or token.stem in closest.stems:
            continue
        instead = next((other for other_group, other in near.items() if other_group not in mine), None)
        if instead is not None:
            words = _("speaks of {words}, the source of {other}").format(words=token.text, other=instead.text)
            yield Concern(ConcernKind.ACTOR, words)
            return
        first = next(each for each in part if each.stem) is token
        if first and len(others & closest.stems) >= COPIED * len(others):
            words = _("speaks of {words}; the source does not say this of them").format(words=token.text)
            yield Concern(ConcernKind.ACTOR, words)
            return


def _actors(tokens: Iterable[Token], language: str) -> dict[int, Token]:
    groups = _actor_groups(language)
    return {
        groups[t.root]: t for t in tokens if t.root in groups and not t.text.casefold().endswith(("ing", "ed", "tion"))
    }
