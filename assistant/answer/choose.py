"""Which candidates make the answer. Pure: a reading in, candidates and whole lists out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.definitions import defines, term_of
from assistant.answer.evidence import overlap, shingles_of
from assistant.answer.reading import Candidate, ListKey, Reading
from assistant.answer.years import OF_ONE_YEAR, of_another_year
from assistant.understand.kinds import CHECKABLE, Asks, offers
from assistant.understand.question import marks, years

STATEMENTS = 6  # of one answer, whole lists not counted: more is a document, not an answer
# Logits below the best of its part at which a sentence no longer adds: a fact is said once, an explanation
# takes several sentences. Read off the answers to the cases in evals/cases.
GAPS = {Asks.NUMBER: 1.0, Asks.TIME: 1.0, Asks.PERSON: 1.5, Asks.PLACE: 1.5, Asks.YES_NO: 2.0}
GAP = 2.0  # of every other kind
AT_MOST = {Asks.NUMBER: 3, Asks.TIME: 3, Asks.PERSON: 3, Asks.PLACE: 3, Asks.YES_NO: 4}
ONE_FACT = frozenset({Asks.NUMBER, Asks.TIME, Asks.YES_NO})  # never answered by a whole list
LIST_GAP = 2.5  # a list read as a whole this near the best sentence is what was asked for
BESIDE_LIST = 0.5  # how near the best a sentence must come to be shown beside the list that was asked for
OTHER_NUMBER = 4.0  # taken off a sentence about other years, or another Article, than the one asked about
OWN_WORDS = 2.0  # added for a sentence with all the question's words: a heading alone can make a logit
DEFINES = 4.0  # added for a sentence that says what the term is which a question wants defined
CARRIED = 0.5  # taken off a sentence that needs the one before it, which is a candidate itself
LACKS = 1.5  # taken off a sentence without the number, date, person or place that is asked for
SHORT_WORDS = 110  # a list no longer than this is shown whole when two of its items are
SHORT_ITEM = 12  # characters: "Homes" says nothing outside its list
SAID = 0.7  # share of the shorter statement's words found in another: said twice
_NUMBER = re.compile(r"\d+")
_ALL_OR_NOTHING = re.compile(
    r"\b(?:all|both|each|every|any|either|one) (?:of )?(?:the |these )?(?:following|below)\b"
    r"|\bfollowing (?:conditions?|criteria|steps)"
    r"|\b(?:must|if|unless|when|where|either|both|provided(?: that)?)\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown: single candidates, and lists that are shown from the first to the last item."""

    candidates: tuple[Candidate, ...]
    lists: frozenset[ListKey]
    served: tuple[bool, ...]  # part by part of the question: whether something shown bears on it


def choose(reading: Reading, answered: Sequence[bool]) -> Choice:
    """The best candidates of each answered part in turn, none said twice, while they are near the best.

    `answered` tells for each part of the question whether the corpus answers it.
    """
    lists = {part: _lists_asked_for(reading, part) for part, yes in enumerate(answered) if yes}
    wanted = frozenset().union(*lists.values())
    able = {part: _queue(reading, part, found) for part, found in lists.items()}
    queues = [list(queue) for queue in able.values()]
    chosen = [max(_items(reading, key), key=lambda c: c.best) for key in sorted(wanted)]
    room = STATEMENTS + len(chosen)
    while any(queues) and len(chosen) < room:
        for queue in queues:
            while queue:
                candidate = queue.pop(0)
                if not _repeats(candidate, chosen) and _key(candidate) not in wanted:
                    chosen.append(candidate)
                    break
    chosen = chosen[:room]
    served = tuple(
        any(candidate in able[part] or _key(candidate) in lists[part] for candidate in chosen) if yes else False
        for part, yes in enumerate(answered)
    )
    return Choice(tuple(chosen), wanted | _lists_to_complete(chosen, reading), served)


def scores(reading: Reading, part: int) -> dict[Candidate, float]:
    """The logit of every candidate that may be shown for a part, less what speaks against it."""
    asks, text = reading.parts[part].asks, reading.parts[part].reads
    asked = marks(text)
    term = term_of(text) if asks is Asks.DEFINITION else ""
    dated = years(text) if asks in OF_ONE_YEAR else ()
    found = {}
    for candidate in reading.candidates:
        unit = candidate.unit
        if of_another_year(dated, unit.text):
            continue
        if unit.asks and not unit.item and asks is not Asks.LIST:
            continue
        if (unit.row and asks is not Asks.NUMBER) or (unit.item and len(unit.text) < SHORT_ITEM):
            continue
        score = candidate.logits[part] + OWN_WORDS * candidate.shares[part]
        score += DEFINES if defines(term, unit.text) else 0.0
        score -= OTHER_NUMBER if _of_another(asked, unit.text) else 0.0
        score -= LACKS if asks in CHECKABLE and not offers(asks, unit.text) else 0.0
        score -= CARRIED if unit.start != unit.core else 0.0
        found[candidate] = score
    return found


def _lists_asked_for(reading: Reading, part: int) -> set[ListKey]:
    """The lists that answer a part as a whole: the best, and those read about as well.

    Where no list is asked for, one must be read better than any sentence. A list is not shown whole for the one
    year, or the one Article, that is asked about.
    """
    asks = reading.parts[part].asks
    if asks in ONE_FACT or not reading.lists:
        return set()
    gap = LIST_GAP if asks is Asks.LIST else 0.0
    best = max((candidate.logits[part] for candidate in scores(reading, part)), default=-math.inf)
    top = max(logits[part] for logits in reading.lists.values())
    if top < best - gap:
        return set()
    near = {key for key, logits in reading.lists.items() if logits[part] >= top - BESIDE_LIST}
    asked = marks(reading.parts[part].reads)
    return {key for key in near if not _tells_apart(asked, _text(reading, key))}


def _of_another(asked: Mapping[str, frozenset[str]], text: str) -> bool:
    """Whether a text names years, or numbers of the same thing, and none of those asked about."""
    named = marks(text)
    return any(word in named and not numbers & named[word] for word, numbers in asked.items())


def _tells_apart(asked: Mapping[str, frozenset[str]], text: str) -> bool:
    """Whether a text names one of the years or numbers asked about, beside others."""
    named = marks(text)
    return any(numbers & named.get(word, frozenset()) for word, numbers in asked.items())


def _text(reading: Reading, key: ListKey) -> str:
    return " ".join(candidate.unit.text for candidate in _items(reading, key))


def _queue(reading: Reading, part: int, lists: set[ListKey]) -> list[Candidate]:
    scored = scores(reading, part)
    asks = reading.parts[part].asks
    best = max(scored.values(), default=0.0)
    gap = BESIDE_LIST if lists else GAPS.get(asks, GAP)
    beside = {c.publication for c in scored if not lists or _key(c) in lists}
    near = [(x, c) for c, x in scored.items() if x >= best - gap and c.publication in beside]
    near.sort(key=lambda pair: (-pair[0], pair[1].label, pair[1].unit.start))
    return [candidate for _, candidate in near[: AT_MOST.get(asks, STATEMENTS)]]


def _lists_to_complete(chosen: Sequence[Candidate], reading: Reading) -> frozenset[ListKey]:
    """The lists of which a part would mislead ("if all of these apply"), and those half shown anyway."""
    found = set()
    for candidate in chosen:
        key = _key(candidate)
        if key is None or key in found:
            continue
        items = _items(reading, key)
        short = sum(len(c.unit.text.split()) for c in items) <= SHORT_WORDS
        taken = sum(_key(c) == key for c in chosen)
        one_fact = reading.parts[candidate.part].asks in ONE_FACT
        half_shown = not one_fact and taken > 1 and (short or 2 * taken >= len(items))
        if half_shown or _ALL_OR_NOTHING.search(candidate.lead):
            found.add(key)
    return frozenset(found)


def _items(reading: Reading, key: ListKey) -> list[Candidate]:
    return [candidate for candidate in reading.candidates if _key(candidate) == key]


def _key(candidate: Candidate) -> ListKey | None:
    return None if candidate.unit.series is None else (candidate.label, candidate.unit.series)


def _repeats(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    return any(_overlaps(candidate, other) or says_the_same(candidate.unit.text, other.unit.text) for other in chosen)


def says_the_same(one: str, other: str) -> bool:
    """Whether the shorter of two statements holds little that the longer does not: few words, and no number."""
    shorter, longer = sorted((one, other), key=len)
    words = overlap(shingles_of(shorter, 1), shingles_of(longer, 1)) >= SAID
    return words and set(_NUMBER.findall(shorter)) <= set(_NUMBER.findall(longer))


def _overlaps(one: Candidate, other: Candidate) -> bool:
    return one.label == other.label and one.unit.start < other.unit.end and other.unit.start < one.unit.end
