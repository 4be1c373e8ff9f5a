"""The Toolkit as data: every lesson, design question and indicator that is in force, complete and counted.

The starter library is the ground. A list of an original (activity type and kind) takes the place of the starter's;
what it replaced stays reachable as `starter`. Items of an original that belong to no activity type are kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.toolkit.extract import extract
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin, PublicationId

if TYPE_CHECKING:
    from corpus.library import Library

FEWEST = 3  # items of a list that replaces the starter's: a question or two under a heading is no section


@dataclass(frozen=True)
class Toolkit:
    """What there is: the starter library, and what originals list. Orders are those of the sources."""

    starter: tuple[ToolkitItem, ...]
    extracted: tuple[ToolkitItem, ...] = ()

    @cached_property
    def in_force(self) -> tuple[ToolkitItem, ...]:
        """Items of part one and of the seven activity types: an original's list where there is one, else the starter's.

        By part, activity type and kind; within a list in the order of its source.
        """
        lists = Counter(item.place for item in self.extracted if item.part is not ToolkitPart.OTHER)
        taken = {place for place, number in lists.items() if number >= FEWEST}
        kept = [item for item in self.starter if item.place not in taken]
        kept += [item for item in self.extracted if item.place in taken]
        return tuple(sorted(kept, key=_order))

    @cached_property
    def replaced(self) -> tuple[ToolkitItem, ...]:
        """Starter items whose list an original has taken over."""
        here = set(self.in_force)
        return tuple(item for item in self.starter if item not in here)

    @cached_property
    def elsewhere(self) -> tuple[ToolkitItem, ...]:
        """Items of originals that are in no list in force: of no activity type, or too few to make a section."""
        here = set(self.in_force)
        return tuple(item for item in self.extracted if item not in here)

    def get(self, item_id: str) -> ToolkitItem | None:
        """The item of that id, replaced ones included. None when there is none."""
        return self._by_id.get(item_id)

    @cached_property
    def _by_id(self) -> dict[str, ToolkitItem]:
        return {item.id: item for item in (*self.starter, *self.extracted)}


class ToolkitReader:
    """The toolkit of a library as it is now; a document is looked through once for each of its versions."""

    def __init__(self, starter: Iterable[ToolkitItem] | None = None) -> None:
        """`starter`: the shipped library where none is given. CatalogueError when that does not validate."""
        self._starter = tuple(starter_items() if starter is None else starter)
        self._extracted: dict[tuple[PublicationId, str], tuple[ToolkitItem, ...]] = {}
        self._last: tuple[tuple[tuple[PublicationId, str], ...], Toolkit] | None = None

    def read(self, library: Library) -> Toolkit:
        """Everything in force; the same object while nothing changes. StoreError when a document is damaged."""
        here = [i for i in library.in_force() if library.publication(i).origin is Origin.PUBLICATION]
        present = tuple((i, library.document_sha256(i)) for i in here if not self._superseded(library, i, here))
        if self._last and self._last[0] == present:
            return self._last[1]
        known = self._extracted
        lists = {key: known[key] if key in known else extract(library.document(key[0])) for key in present}
        toolkit = Toolkit(self._starter, tuple(item for key in present for item in lists[key]))
        self._extracted, self._last = lists, (present, toolkit)  # set whole: two threads may read at once
        return toolkit

    @staticmethod
    def _superseded(library: Library, publication_id: PublicationId, here: list[PublicationId]) -> bool:
        return library.publication(publication_id).superseded_by in here


def _order(item: ToolkitItem) -> tuple[int, int, int]:
    return (
        list(ToolkitPart).index(item.part),
        list(Activity).index(item.activity) if item.activity else -1,
        list(ItemKind).index(item.kind),
    )
