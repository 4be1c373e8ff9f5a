"""Lists of the Toolkit as answers: complete, counted, each item quoted where it stands.

A list is all items in force of one kind and one activity type (or of part one). Nothing is left out but what was
asked to be left out, and the count says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from assistant.show.words import say, understood
from assistant.toolkit.fit import Fitting, missing_levels
from assistant.toolkit.listing_narrow import left_out, narrowed
from assistant.toolkit.listing_sections import Sections
from assistant.types import (
    Answer,
    Done,
    Event,
    Evidence,
    Listed,
    Listing,
    ListTotal,
    Passage,
    Request,
    Retrieved,
    Statement,
    Support,
    Turn,
    Wanted,
)
from corpus.library import Library
from corpus.toolkit.reader import Toolkit, ToolkitReader
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity
from index.snapshot import PublicationFacts, passes
from index.types import Filters

NO_FILTERS = Filters()
SURELY_FITS = 0.035  # share of an item from which it is put into a draft, where nobody sees what else there is
_LEVELS = (*Level, None)  # what has none comes last


@dataclass(frozen=True, slots=True)
class _List:
    """One list that is asked for: all it has, and what is left of it, in the order of its source."""

    total: ListTotal
    left: tuple[ToolkitItem, ...]


class Lists:
    """Answers with lists. Holds no conversation; safe to share between threads."""

    def __init__(self, library: Library, reader: ToolkitReader, fitting: Fitting) -> None:
        self._library = library
        self._reader = reader
        self._fitting = fitting
        self._reading = Lock()

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        """The act `list`: what was found, then one Done."""
        assert request.wanted is not None
        answer = self.listed(request, request.wanted)
        yield Retrieved(answer.evidence)
        yield Done(answer)

    def count(self, wanted: Wanted) -> int:
        """How many items the lists asked for have, whatever narrows them."""
        with self._reading:
            toolkit = self._reader.read(self._library)
        return sum(self._list(place, toolkit, wanted, NO_FILTERS).total.total for place in _places(wanted))

    def fitting(
        self, description: str, kind: ItemKind, activities: Sequence[Activity], filters: Filters
    ) -> tuple[tuple[ToolkitItem, ...], Evidence, tuple[Statement, ...]]:
        """The items of one kind that fit what is described, best first, those of some activities before others; then
        what else is listed for these activities, or for that of the first.

        Statement n quotes item n.
        """
        with self._reading:
            toolkit = self._reader.read(self._library)
        pool = [item for item in toolkit.in_force if item.kind is kind and item.topic != SIGNS]
        pool = [item for item in pool if self._passes(item, filters)]
        own = [item for item in pool if not activities or item.activity in activities]
        others = [item for item in pool if own and item not in own]
        best = self._fitting.best(description, own or pool, others, SURELY_FITS)
        near = activities or [fit.item.activity for fit in best[:1]]
        rest = (item for item in pool if item.activity in near)
        items = tuple(dict.fromkeys((*(fit.item for fit in best), *rest)))
        return items, *self._quoted(items, toolkit)

    def listed(self, request: Request, wanted: Wanted) -> Answer:
        """All items of the lists asked for that pass the filters.

        First those that fit the description, best first, some of them of other lists; then list by list, by level or
        group. Statement n quotes item n. A list that is empty, or was narrowed to nothing, gives an answer without
        statements, whose notice says why.
        """
        with self._reading:
            toolkit = self._reader.read(self._library)
        lists = [self._list(place, toolkit, wanted, request.filters) for place in _places(wanted)]
        if not any(each.left for each in lists):
            return Answer(request, notice=say("narrowed.none_passes" if request.filters else "narrowed.none_here"))
        others = tuple(self._elsewhere(lists, toolkit, wanted, request.filters))
        listed, notices = self._shown(lists, others, replace(wanted, rest=False))
        if wanted.rest and any(each.first for each in listed):
            listed = [each for each in listed if not each.first]
        elif wanted.rest:
            wanted, said = left_out(wanted)
            listed, notices = self._shown(lists, others, wanted)
            notices.insert(0, said)
        listed = listed[: wanted.most or None]
        listing = Listing(
            wanted=wanted,
            items=tuple(listed),
            totals=tuple(each.total for each in lists),
            missing=missing_levels([each.item for each in listed if each.first], wanted.levels),
        )
        said = understood(wanted, any(each.first for each in listed))
        evidence, statements = self._quoted([each.item for each in listed], toolkit)
        return Answer(
            request=replace(request, stand_alone=said, wanted=wanted),
            evidence=evidence,
            statements=statements,
            notice=" ".join(line for line in notices if line),
            listing=listing,
        )

    def _elsewhere(self, lists: Sequence[_List], toolkit: Toolkit, wanted: Wanted, filters: Filters) -> Iterator[_List]:
        """The lists of the other types of activity in the same source, where a programme is described."""
        if not wanted.description or not wanted.activities or wanted.about:
            return
        sources = {item.publication for each in lists for item in each.left}
        for place in _places(replace(wanted, activities=(), part_one=False)):
            if place[1] not in wanted.activities:
                other = self._list(place, toolkit, wanted, filters)
                yield replace(other, left=tuple(item for item in other.left if item.publication in sources))

    def _shown(self, lists: Sequence[_List], others: Sequence[_List], wanted: Wanted) -> tuple[list[Listed], list[str]]:
        """The items in the order shown, and what a reader must know of them."""
        narrow, notices = narrowed_lists(lists, wanted)
        beside, _ = narrowed_lists(others, wanted)
        listed = [item for kind in wanted.kinds for item in self._of_kind(kind, narrow, beside, wanted)]
        if wanted.description and len(listed) > 1 and not any(each.first for each in listed):
            notices.append(say("narrowed.none_fits"))
        return listed, notices

    def _list(
        self, place: tuple[ItemKind, Activity | None], toolkit: Toolkit, wanted: Wanted, filters: Filters
    ) -> _List:
        kind, activity = place
        part = ToolkitPart.TWO if activity else ToolkitPart.ONE
        pool = toolkit.starter if wanted.starter else toolkit.in_force
        whole = [i for i in pool if i.place == (part, activity, kind) and i.topic != SIGNS]
        left = tuple(item for item in whole if self._passes(item, filters))
        return _List(ListTotal(kind, activity, len(whole)), left)

    def _passes(self, item: ToolkitItem, filters: Filters) -> bool:
        """Whether an item is of a publication, and stands in a place, that the filters let through."""
        if not filters:
            return True
        known = self._library.publication(item.publication)
        facts = replace(PublicationFacts.of(known), activities=(item.activity,) if item.activity else ())
        headings = " > ".join(self._library.document(item.publication).heading_path(item.span[0]))
        return (
            passes(known.id, facts, filters)
            and (not filters.languages or known.language in filters.languages)
            and (not filters.origins or known.origin in filters.origins)
            and filters.section.casefold() in headings.casefold()
        )

    def _of_kind(
        self, kind: ItemKind, lists: Sequence[_List], others: Sequence[_List], wanted: Wanted
    ) -> Iterable[Listed]:
        """The items of one kind in the order shown; of other lists only what fits."""
        items = [item for each in lists if each.total.kind is kind for item in _in_groups(each.left)]
        beside = [item for each in others if each.total.kind is kind for item in each.left]
        fits = self._fitting.best(wanted.description, items, beside)
        first = {fit.item.id for fit in fits}
        if not first.issuperset(item.id for item in items):  # else nothing stands before the others
            yield from (Listed(fit.item, True, fit.words) for fit in fits)
            items = [item for item in items if item.id not in first]
        yield from map(Listed, items)

    def _quoted(self, items: Sequence[ToolkitItem], toolkit: Toolkit) -> tuple[Evidence, tuple[Statement, ...]]:
        """One statement an item, and the passages they quote, labelled in order of first use."""
        sections = Sections(self._library, (*toolkit.starter, *toolkit.extracted))
        passages: list[Passage] = []
        labels: dict[str, int] = {}
        statements = []
        for item in items:
            passage = sections.passage(item)
            if passage.chunk.id not in labels:
                passages.append(passage)
                labels[passage.chunk.id] = len(passages)
            statements.append(self._statement(item, passage, labels[passage.chunk.id]))
        return Evidence(tuple(passages)), tuple(statements)

    def _statement(self, item: ToolkitItem, passage: Passage, label: int) -> Statement:
        quote = passage.quote(self._library.document(item.publication), *item.span, label)
        return Statement(item.text, (quote,), Support.VERBATIM)


def narrowed_lists(lists: Sequence[_List], wanted: Wanted) -> tuple[list[_List], list[str]]:
    """The lists by level and by what their items speak of, kind by kind; and what a reader must know of it."""
    kept: dict[str, ToolkitItem] = {}
    notices: list[str] = []
    for kind in wanted.kinds:
        items = [item for each in lists if each.total.kind is kind for item in each.left]
        left, said = narrowed(kind, items, wanted)
        kept |= {item.id: item for item in left}
        notices += said
    return [_List(each.total, tuple(i for i in each.left if i.id in kept)) for each in lists], notices


def _places(wanted: Wanted) -> list[tuple[ItemKind, Activity | None]]:
    """The lists asked for, by kind; part one before the activity types."""
    activities: list[Activity | None] = list(dict.fromkeys(wanted.activities))
    if wanted.part_one:
        activities.insert(0, None)
    return [(kind, activity) for kind in dict.fromkeys(wanted.kinds) for activity in (activities or list(Activity))]


def _in_groups(items: Sequence[ToolkitItem]) -> list[ToolkitItem]:
    """By level (without one last), or by group in the order in which the source first names them."""
    groups = {group: place for place, group in enumerate(dict.fromkeys(item.group for item in items))}

    def place(item: ToolkitItem) -> int:
        if item.kind is ItemKind.INDICATOR:
            return _LEVELS.index(item.level)
        return groups[item.group]

    return sorted(items, key=place)
