"""Which items of the lists fit a described programme, by what was learned of programmes that people described.

Each item of the starter lists has a class of its own in what was learned (`index.sections`). An item of a publication
fits what those items fit that read like it: both are told by the same network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.understand.classifier import softmax
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level, ToolkitItem
from index.sections import ITEMS, SectionReader

MOST = 5  # items of one kind shown first: what a reader takes in at a glance
# Chosen on 26 messages whose best items somebody had noted before they were asked (evals/README.md).
FITS_FROM = 0.025  # share that an item has of all that was learned of the programme, among those of its kind
NEAR = 0.1  # of the share of the best
ELSEWHERE = 0.3  # of an item's share, where its list was not asked for
CLAUSES = 8  # of a description that are read one by one: 11 ms each
_CLAUSE = re.compile(r"[,;:.!?()\n–—،؛。，；：！？、]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """One item that fits, best first in a list of them."""

    item: ToolkitItem
    words: tuple[str, ...]  # the clause of the description that it fits best, as typed; () where that has only one


class Fitting:
    """Tells what fits. Safe to share between threads."""

    def __init__(self, opened: Callable[[], SectionReader]) -> None:
        """`opened`: what was learned, read when a programme is first described."""
        self._opened = opened
        self._profiles: dict[str, np.ndarray] = {}  # of items of publications

    def best(
        self,
        description: str,
        items: Sequence[ToolkitItem],
        beside: Sequence[ToolkitItem] = (),
        least: float = FITS_FROM,
    ) -> tuple[Fit, ...]:
        """At most MOST of the items of one kind, best first; () where none has `least`, or nothing is described.

        `beside`: items of lists that were not asked for, each counting ELSEWHERE.
        """
        if not description.strip() or not items:
            return ()
        reader = self._opened()
        every = (*items, *beside)
        profiles = np.stack([self._profile(item, reader) for item in every])
        alike = np.isin(reader.items, [item.id for item in starter_items() if item.kind is items[0].kind])
        here = np.repeat([1.0, ELSEWHERE], [len(items), len(beside)])

        def told(text: str) -> np.ndarray:
            """(n,) of what was learned of a text, among the items of this kind, the share of each by its profile."""
            return profiles @ softmax(np.where(alike, reader.logits(text, ITEMS), -np.inf))

        shares = told(description) * here
        enough = max(least, NEAR * float(shares.max()))
        order = np.argsort(-shares, kind="stable").tolist()
        taken = [place for place in order if shares[place] >= enough][:MOST]
        clauses = _clauses(description)
        said = [told(clause) for clause in clauses] if len(clauses) > 1 and taken else []
        best = [int(np.argmax([each[place] for each in said])) for place in taken] if said else []
        return tuple(Fit(every[place], (clauses[best[n]],) if said else ()) for n, place in enumerate(taken))

    def _profile(self, item: ToolkitItem, reader: SectionReader) -> np.ndarray:
        """(m,) 0..1: which learned items it stands for, itself or those it reads like most."""
        if item.id in reader.items:
            return np.eye(1, len(reader.items), reader.items.index(item.id), dtype=np.float32)[0]
        if item.text not in self._profiles:
            like = softmax(reader.logits(item.text, ITEMS))
            self._profiles[item.text] = np.where(like >= like.max() / 2, like / like.max(), 0.0)
        return self._profiles[item.text]


def missing_levels(items: Sequence[ToolkitItem], wanted: Sequence[Level]) -> tuple[Level, ...]:
    """The levels, of those wanted (all where none is named), that no indicator among the items has.

    () where there is none among them, or one that may be of any level.
    """
    have = {item.level for item in items if item.kind is ItemKind.INDICATOR}
    return tuple(level for level in (wanted or Level) if level not in have) if have and None not in have else ()


def _clauses(description: str) -> list[str]:
    """What stands between its marks, each once, without what is too short to say something."""
    pieces = (" ".join(piece.split()) for piece in _CLAUSE.split(description))
    return list(dict.fromkeys(piece for piece in pieces if len(piece) >= 4))[:CLAUSES]
