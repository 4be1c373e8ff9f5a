"""Which items of a list fit a described programme, and by which of its words.

An item fits by what it shares with the description: rare words of the list count more than common ones, its own text
more than its means of verification. A cross-encoder, where there is one, orders those that share something; alone it
shows nothing first, for it could not say why.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.toolkit.kin import NOTION, KinWord, companions, names_of, read, says_nothing, speaks
from corpus.toolkit.types import ItemKind, Level, ToolkitItem
from index.fusion import standardised
from index.types import Reranker

MOST = 5  # items of one kind shown first: what a reader takes in at a glance
LEAST = 1.0  # weight of what an item must share, in nats: a word that one item in three has, in its text
KIN = 0.8  # of the weight of the word itself, for one that only means the same
AGAIN = 0.25  # of a word's weight, where another of the description says the same: boys and girls are children once
NEAR = 0.3  # of the weight of the best: less is an accident of words
FEW, LITTLE = 3, 0.45  # where fewer share enough, those follow that share one word half of the list has
SECOND = 0.5  # of a word's weight, once an item shown before it has it: the next one should say something else
CROSS = 0.6  # standard deviations of the cross-encoder's order against those of the words'
SAME_PLACE = 0.35  # standard deviations off, for each item of the same level or group that stands before it
READ = 32  # items the cross-encoder reads, at about 4 ms each
READ_WORDS = 60  # of the description

# How much a word of each part of an item counts: first what it counts, last what it is only split by.
OWN, BREAKDOWN = 0.8, 0.3
_FIELDS: tuple[tuple[float, str], ...] = (
    (1.0, "text"),
    (OWN, "counts"),
    (0.7, "over"),
    (0.5, "caution"),
    (0.45, "verification"),
    (0.4, "group"),
    (BREAKDOWN, "disaggregation"),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """One item that fits, best first in a list of them."""

    place: int  # of the item, in the items given
    words: tuple[str, ...]  # of the description that it matches, as typed, in their order


@dataclass(frozen=True, slots=True)
class _Described:
    """One word of the description, and which of its keys can explain a choice."""

    word: KinWord
    keys: frozenset[str]


Share = Mapping[int, float]  # word of the description, by its place -> what it weighs in one item


def best_fits(
    description: str,
    items: Sequence[ToolkitItem],
    reranker: Reranker | None = None,
    among: Sequence[ToolkitItem] = (),
    about: Sequence[str] = (),
) -> tuple[Fit, ...]:
    """At most MOST of the items, best first; () where none shares enough with the description.

    An item's weight is the sum, over the words of the description, of idf(word) times the weight of the part of the
    item that has it; a word that only means the same counts KIN of that, and one that says again what an earlier one
    said AGAIN of that. idf(word) = ln((n + 1) / (items with it + 0.5)), over the n items of `among`, the list before
    it was narrowed (the items given, where it was not). What it was narrowed to, `about`, explains no choice.
    Items are taken one by one, by weight / deviation + CROSS z(logit): a word that an earlier one has counts SECOND,
    and one more of the same level or group is put back by SAME_PLACE.
    """
    told = _told(description, among or items, about)
    shares = _shares(told, items, among or items)
    near = _near(shares, told, items, len(among or items)) or _still_near(told, items, among)
    if not near:
        return ()
    extra = _read(description, [items[place] for place in near], reranker)
    taken = _taken(near, shares, dict(zip(near, extra.tolist(), strict=True)), items)
    return tuple(Fit(place, _phrases(description, told, shares[place], items[place])) for place in taken)


def tells_something(description: str, items: Sequence[ToolkitItem], about: Sequence[str] = ()) -> bool:
    """Whether a description has a word that can explain a choice among the items."""
    return any(each.keys for each in _told(description, items, about))


def missing_levels(items: Iterable[ToolkitItem], wanted: Sequence[Level]) -> tuple[Level, ...]:
    """The levels, of those wanted (all where none is named), that no indicator among the items has."""
    have = {item.level for item in items if item.kind is ItemKind.INDICATOR}
    return tuple(level for level in Level if level not in have and (not wanted or level in wanted))


def _told(description: str, items: Sequence[ToolkitItem], about: Sequence[str]) -> list[_Described]:
    mute = says_nothing().union(
        speaks(" ".join(about)), *(names_of(activity) for activity in {i.activity for i in items})
    )
    return [
        _Described(word, frozenset(key for key in word.keys - mute if not key.isdigit())) for word in read(description)
    ]


def _shares(told: Sequence[_Described], items: Sequence[ToolkitItem], among: Sequence[ToolkitItem]) -> list[Share]:
    """Item by item, the words of the description it has."""
    having = Counter(key for item in among for key in item_keys(item))
    rarity = {key: _idf(number, len(among)) for key, number in having.items()}
    return [_share(told, item_keys(item), rarity) for item in items]


def _idf(having: int, count: int) -> float:
    """How much a word says that so many of the items have; never below 0."""
    return max(0.0, math.log((count + 1) / (having + 0.5)))


def _share(told: Sequence[_Described], keys: Mapping[str, float], rarity: Mapping[str, float]) -> Share:
    def weight(key: str) -> float:
        return rarity[key] * keys[key] * (KIN if key[0] == NOTION else 1.0)

    found: dict[int, float] = {}
    for n, each in enumerate(told):
        if here := [weight(key) for key in each.keys if key in keys]:
            found[n] = max(here)
    said: set[str] = set()
    for n in sorted(found, key=lambda n: (-found[n], n)):
        here = {key for key in told[n].keys if key in keys}
        if here & said:
            found[n] *= AGAIN
        said |= here
    return {n: value for n, value in found.items() if value > 0}


@lru_cache(maxsize=2048)
def item_keys(item: ToolkitItem) -> Mapping[str, float]:
    """Each key of an item, with the weight of the part where it counts most."""
    found: dict[str, float] = {}
    for weight, name in _FIELDS:
        text = getattr(item, name)
        for key in speaks(text if isinstance(text, str) else "; ".join(text)):
            found.setdefault(key, weight)
    return found


def _near(shares: Sequence[Share], told: Sequence[_Described], items: Sequence[ToolkitItem], count: int) -> list[int]:
    """The items worth reading: those that share enough, and where these are FEW, those that share one word at all.

    `count`: of the list they are from; in one of three or four, a word that one item has is enough.
    What is only broken down by a word never fits; to share one word, the item must say it in its own text.
    """
    weights = [sum(share.values()) for share in shares]
    parts = [_best_part(share, told, item) for share, item in zip(shares, items, strict=True)]
    enough = max(min(LEAST, KIN * _idf(1, count)), NEAR * max(weights, default=0.0))
    order = sorted(range(len(items)), key=lambda place: (-weights[place], place))
    near = [place for place in order if weights[place] >= enough and parts[place] > BREAKDOWN][:READ]
    if near and len(near) < FEW:
        more = (place for place in order if weights[place] >= LITTLE and parts[place] >= OWN and place not in near)
        near += list(more)[: READ - len(near)]
    return near


def _still_near(told: Sequence[_Described], items: Sequence[ToolkitItem], among: Sequence[ToolkitItem]) -> list[int]:
    """What fits in a list by little still does where the list was narrowed and its best items are gone."""
    whole = {among[place].id for place in _near(_shares(told, among, among), told, among, len(among))}
    return [place for place, item in enumerate(items) if item.id in whole]


def _best_part(share: Share, told: Sequence[_Described], item: ToolkitItem) -> float:
    """The weight of the part of an item where a word of the description counts most; 0 where none stands."""
    keys = item_keys(item)
    return max((keys[key] for n in share for key in told[n].keys if key in keys), default=0.0)


def _read(description: str, items: Sequence[ToolkitItem], reranker: Reranker | None) -> np.ndarray:
    if reranker is None:
        return np.zeros(len(items))
    asked = " ".join(description.split()[-READ_WORDS:])
    return CROSS * standardised(reranker.score(asked, [item.text for item in items]))


def _taken(
    near: Sequence[int], shares: Sequence[Share], extra: Mapping[int, float], items: Sequence[ToolkitItem]
) -> list[int]:
    """At most MOST of `near`, the best first; what was said before counts less."""
    spread = float(np.std([sum(shares[place].values()) for place in near])) or 1.0
    said: set[int] = set()
    places: Counter[str] = Counter()
    taken: list[int] = []

    def worth(place: int) -> float:
        weight = sum(value * (SECOND if n in said else 1.0) for n, value in shares[place].items())
        return weight / spread + extra[place] - SAME_PLACE * places[_place(items[place])]

    while len(taken) < min(MOST, len(near)):
        best = max((place for place in near if place not in taken), key=lambda place: (worth(place), -place))
        taken.append(best)
        said |= set(shares[best])
        places[_place(items[best])] += 1
    return taken


def _place(item: ToolkitItem) -> str:
    return item.level.value if item.level else item.group


def _phrases(description: str, told: Sequence[_Described], share: Share, item: ToolkitItem) -> tuple[str, ...]:
    """The words as typed; those side by side are one, with a companion that is shared too."""
    keys = item_keys(item)
    runs: list[list[int]] = []
    for n, each in enumerate(told):
        if n not in share and not (each.word.keys & companions() and any(key in keys for key in each.word.keys)):
            continue
        beside = (
            runs
            and runs[-1][-1] == n - 1
            and not description[told[n - 1].word.end : each.word.start].strip("-–’' \n\t")
        )
        runs = [*runs[:-1], [*runs[-1], n]] if beside else [*runs, [n]]
    spans = [(told[run[0]].word.start, told[run[-1]].word.end) for run in runs if any(n in share for n in run)]
    return tuple(dict.fromkeys(" ".join(description[start:end].split()) for start, end in spans))
