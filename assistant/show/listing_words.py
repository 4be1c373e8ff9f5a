"""Lists of the Toolkit in words: what was understood, how many there are, and how they are grouped. Pure.

Terminal, documents and pages say the same; only the marks around it differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.show import words
from assistant.types import Answer, Detail, Listed, Listing, ListTotal, Wanted
from corpus.toolkit.types import ItemKind, Level, ToolkitItem
from corpus.types import Activity

KIND = {ItemKind.LESSON: "lesson", ItemKind.QUESTION: "design question", ItemKind.INDICATOR: "indicator"}
BEFORE = "before choosing an activity"  # what part one is for
EVERY = "for all seven activity types"
LEVELS = {
    Level.OUTPUT: "Output: what the programme delivers",
    Level.OUTCOME: "Outcome: what people or institutions do differently",
    Level.IMPACT: "Impact: what changes for people in the end",
}
NO_LEVEL = "Level not given in the source"
NARROWED = {Level.OUTPUT: "outputs", Level.OUTCOME: "outcomes", Level.IMPACT: "impacts"}


@dataclass(frozen=True, slots=True)
class ListBlock:
    """One heading of a listing and the statements that stand right under it."""

    heading: str
    level: int  # 1: a list, or what is shown first; 2: a level or group within the list above
    first: bool  # what is shown first, out of all lists of a kind
    positions: tuple[int, ...]  # into Answer.statements and Listing.items; empty where groups follow
    note: str  # a line under the heading: how many there are, or which level is missing; may be ""
    sources: tuple[str, ...] = ()  # of level 1: the publications the items are from, and whose words they are


def blocks(answer: Answer) -> tuple[ListBlock, ...]:
    """The listing by kind, then what is shown first, then list by list; () for an answer that has none.

    Read in order, the positions are 0, 1, 2, …: all items, each once. Further statements are of no list.
    """
    if answer.listing is None:
        return ()
    found: list[ListBlock] = []
    for kind in answer.listing.wanted.kinds:
        found.extend(_of_kind(answer, answer.listing, kind))
    return tuple(found)


def count_lines(answer: Answer) -> tuple[str, ...]:
    """One line a kind: '18 of 18 indicators for awareness raising; 5 shown first because they fit ...'."""
    if answer.listing is None:
        return ()
    return tuple(_kind_line(answer.listing, kind) for kind in answer.listing.wanted.kinds)


def count_line(listing: Listing, total: ListTotal) -> str:
    """The same of one list."""
    if not total.total:
        return f"There are no {plural(total.kind)} {place_words(total.activity)}"
    mine = [each for each in listing.items if _belongs(each, total)]
    what = f"{len(mine)} of {total.total} {plural(total.kind, total.total)} {place_words(total.activity)}"
    return what + _why(listing, mine)


def understood(wanted: Wanted, fitted: bool = True) -> str:
    """What was recognised: 'Indicators for awareness raising, outcomes only, that speak of children'.

    `fitted`: whether items are shown first because they fit the description, where there is one.
    """
    kinds = joined([plural(kind) for kind in wanted.kinds])
    said = f"{kinds} {_places(wanted)}"
    if wanted.levels:
        said += f", {joined([NARROWED[level] for level in wanted.levels])} only"
    if wanted.about:
        said += f", that speak of {joined(wanted.about, 'or')}"
    if wanted.description and fitted and not wanted.rest:
        said += ", those that fit your description first"
    if wanted.details:
        said += f", with {joined([detail.value for detail in wanted.details])}"
    if wanted.rest:
        said += ", only those not shown first"
    if wanted.starter:
        said += ", from the lists written for this project"
    return said[0].upper() + said[1:]


def missing_line(listing: Listing) -> str:
    """Which levels the indicators shown first lack; '' when none is missing or nothing was described."""
    if not listing.missing:
        return ""
    said = f"None of these is at {joined([level.value for level in listing.missing], 'or')} level."
    below = any(each.item.level in listing.missing for each in listing.items)
    return f"{said} Add one from the list below." if below else said


def detail_lines(item: ToolkitItem, details: Iterable[Detail]) -> tuple[tuple[str, str], ...]:
    """(name, words) of what is shown beside an indicator, the caution always; what the source lacks is left out."""
    asked = set(details)
    facts = []
    if Detail.COUNTED in asked:
        facts += [("Counted", item.counts), ("Out of", item.over)]
    if Detail.DISAGGREGATION in asked:
        facts.append(("Broken down by", ", ".join(item.disaggregation)))
    if Detail.VERIFICATION in asked:
        facts.append(("Means of verification", "; ".join(item.verification)))
    facts.append(("Caution", item.caution))
    return tuple((name, said) for name, said in facts if said)


def fits_line(listed: Listed) -> str:
    """'Fits: radio, seasonal workers'; '' for an item that was not shown for a description."""
    return f"Fits: {', '.join(listed.fits)}" if listed.fits else ""


def place_of(answer: Answer, position: int) -> str:
    """Where an item stands: its pages, after the title where the items are from several publications; may be ''."""
    listed = answer.statements[: len(answer.listing.items)] if answer.listing else ()
    quotes = answer.statements[position].quotes
    publication = words.labelled(answer, quotes[0].label) if quotes else None
    if publication is None:
        return ""
    several = len({quote.publication for statement in listed for quote in statement.quotes}) > 1
    parts = [words.title_words(publication) if several else "", words.quote_pages(quotes, publication)]
    return ", ".join(part for part in parts if part)


def plural(kind: ItemKind, number: int = 2) -> str:
    """'indicators'; 'indicator' for one."""
    return KIND[kind] + ("" if number == 1 else "s")


def place_words(activity: Activity | None) -> str:
    """'for awareness raising', or where part one stands."""
    return f"for {activity.value}" if activity else BEFORE


def _of_kind(answer: Answer, listing: Listing, kind: ItemKind) -> Iterator[ListBlock]:
    mine = [(n, each) for n, each in enumerate(listing.items) if each.item.kind is kind]
    first = tuple(n for n, each in mine if each.first)
    if first:
        heading = f"{plural(kind).capitalize()} {_first_because(listing.wanted)}"
        note = missing_line(listing) if kind is ItemKind.INDICATOR else ""
        yield ListBlock(heading, 1, True, first, note, _sources(answer, first))
    for total in listing.totals:
        if total.kind is not kind:
            continue
        pairs = [(n, each) for n, each in mine if not each.first and _belongs(each, total)]
        yield from _list(answer, listing, total, pairs, bool(first))


def _list(
    answer: Answer, listing: Listing, total: ListTotal, pairs: Sequence[tuple[int, Listed]], after_first: bool
) -> Iterator[ListBlock]:
    """The heading of one list, then its groups; items under no group stand under the heading itself."""
    levelled = any(each.item.level for _, each in pairs)
    groups = [
        (heading, tuple(n for n, _ in run))
        for heading, run in groupby(pairs, key=lambda pair: _group(pair[1].item, levelled))
    ]
    bare = groups.pop(0)[1] if groups and not groups[0][0] else ()
    shown = tuple(n for n, _ in pairs)
    more = "More " if after_first and shown and any(e.first and _belongs(e, total) for e in listing.items) else ""
    heading = f"{more}{plural(total.kind)} {place_words(total.activity)}"
    note = f"{count_line(listing, total)}."
    yield ListBlock(heading[0].upper() + heading[1:], 1, False, bare, note, _sources(answer, shown))
    for heading, positions in groups:
        yield ListBlock(heading or "Others", 2, False, positions, "")


def _group(item: ToolkitItem, levelled: bool) -> str:
    """What an item is grouped under; '' in a list whose items have no group, or no level."""
    if item.kind is ItemKind.INDICATOR and levelled:
        return LEVELS[item.level] if item.level else NO_LEVEL
    return words.printable(item.group[:1].upper() + item.group[1:])


def _belongs(listed: Listed, total: ListTotal) -> bool:
    return listed.item.kind is total.kind and listed.item.activity is total.activity


def _kind_line(listing: Listing, kind: ItemKind) -> str:
    totals = [total for total in listing.totals if total.kind is kind]
    if len(totals) == 1:
        return count_line(listing, totals[0])
    mine = [each for each in listing.items if each.item.kind is kind]
    whole = sum(total.total for total in totals)
    return f"{len(mine)} of {whole} {plural(kind, whole)} in {len(totals)} lists" + _why(listing, mine)


def _why(listing: Listing, shown: Sequence[Listed]) -> str:
    """What was narrowed, and how many stand first."""
    wanted, said = listing.wanted, ""
    first = sum(each.first for each in shown)
    if first:
        said += f"; {first} shown first because {'it fits' if first == 1 else 'they fit'} your description"
    elif wanted.rest:
        said += "; without those shown first"
    return said


def _first_because(wanted: Wanted) -> str:
    return "that fit your description" if wanted.description else "to look at first"


def _places(wanted: Wanted) -> str:
    named = list(dict.fromkeys(activity.value for activity in wanted.activities))
    if not named and not wanted.part_one:
        return EVERY
    return joined([*([BEFORE] if wanted.part_one else []), *(f"for {name}" for name in named)])


def _sources(answer: Answer, positions: Sequence[int]) -> tuple[str, ...]:
    """The publications that statements quote, each once, with whose words they are."""
    labels = dict.fromkeys(quote.label for n in positions for quote in answer.statements[n].quotes)
    named = [words.labelled(answer, label) for label in labels]
    return tuple(dict.fromkeys(words.source_words(publication) for publication in named if publication))


def joined(names: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    names = [words.printable(name) for name in names]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""
