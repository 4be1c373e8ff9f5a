"""The lists of an answer as blocks: what was understood, how many there are, what fits first, then list by list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.show import blocks, corrections, words
from assistant.show.blocks import Block, Button, Does, Group, Heading, Paragraph, Role, TableBlock
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.record import plain
from assistant.show.statements import sentence
from assistant.show.words import capital, joined, label, listed, place_words, plural, say
from assistant.types import Answer, Detail, Listed, Listing, ListTotal, Statement, Wanted
from corpus.toolkit.types import ItemKind, ToolkitItem
from corpus.types import Publication

COLUMNS = ("list", "level", "caution", "source")  # of a table, after the statement
OPEN = 12  # items of a long answer's first group that are in view
LONG = 40  # items; a longer answer is folded, while the list of one activity type is read as a whole


def listing_blocks(
    answer: Answer, drifts: Drifts = NO_DRIFTS, in_full: bool = True, beside: Sequence[Block] = ()
) -> Iterator[Group]:
    """All lists in one group; nothing for an answer that has none. `in_full`: with their items.

    Read in order, the items are 0, 1, 2, …: each once. `beside`, what else answers, stands before the first whole list,
    at whose end nobody would look for it, and before what is shown first where no word of the message names a kind.
    """
    if answer.listing is None:
        return
    listing = answer.listing
    said = words.understood(listing.wanted, any(each.first for each in listing.items))
    counts = count_pairs(answer)
    suggested = [Button(Does.SUGGEST, text, plain(Wanted, then)) for text, then in corrections.suggestions(listing)]
    found: list[Block] = [
        Paragraph(Role.UNDERSTOOD, say("understood", asked=said)),
        blocks.Choices(tuple(corrections.rows(listing.wanted))),
        blocks.Pairs(Role.COUNT, counts),
        *([Button(Does.UNFOLD, say("list.unfold"))] if in_full and len(listing.items) > LONG else []),
        *(_with(beside, _sections(answer, drifts), bool(answer.request.slots.kinds)) if in_full else ()),
        *([Group(Role.SUGGESTIONS, tuple(suggested))] if suggested else []),
    ]
    yield Group(Role.LISTING, tuple(found))


def _with(beside: Sequence[Block], sections: Iterator[Group], asked: bool) -> tuple[Block, ...]:
    """The sections with what else answers among them. `asked`: whether the message names a kind of record."""
    groups = list(sections)
    whole = next((n for n, each in enumerate(groups) if each.role is not Role.FIRST), len(groups))
    place = whole if asked else 0
    return (*groups[:place], *beside, *groups[place:])


# --- counts ---


def count_pairs(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Of each kind: ('18 of 18 indicators for awareness raising', '5 shown first because they fit ...')."""
    listing = answer.listing
    kinds = listing.wanted.kinds if listing else ()
    return tuple(_counted(listing, kind, [each for each in listing.totals if each.kind is kind]) for kind in kinds)


def count_lines(answer: Answer) -> tuple[str, ...]:
    """The same, a line each."""
    return tuple(map(_line, count_pairs(answer)))


def count_line(listing: Listing, kind: ItemKind, lists: Sequence[ListTotal]) -> str:
    """That of some lists of a kind."""
    return _line(_counted(listing, kind, lists))


def _line(pair: tuple[str, str]) -> str:
    count, why = pair
    return say("count.line", count=count, why=why) if why else count


def _counted(listing: Listing, kind: ItemKind, lists: Sequence[ListTotal]) -> tuple[str, str]:
    """How many there are, and how many of them stand first, or what was left out."""
    mine = [each for each in listing.items if any(_belongs(each, total) for total in lists)]
    whole = sum(total.total for total in lists)
    place = place_words(lists[0].activity) if len(lists) == 1 else ""
    if place and not whole:
        return say("count.none", kind=plural(kind), place=place), ""
    numbers = {"shown": len(mine), "total": whole, "kind": plural(kind, 1 if whole == 1 else 2)}
    count = say("count.list" if place else "count.lists", **numbers, place=place, lists=len(lists))
    if len(lists) == sum(total.kind is kind for total in listing.totals):  # all there are: what fits of others, too
        mine = [each for each in listing.items if each.item.kind is kind]
    if first := sum(each.first for each in mine):
        return count, say("count.first", first)
    return count, say("count.rest") if listing.wanted.rest else ""


def _belongs(each: Listed, total: ListTotal) -> bool:
    return each.item.kind is total.kind and each.item.activity is total.activity


# --- sections ---


def _sections(answer: Answer, drifts: Drifts) -> Iterator[Group]:
    """What stands first of each kind, then each list. A source that was just named says only whose words it has."""
    before: list[Publication] = []
    for heading, places, note in _runs(answer.listing):
        sources, first = _publications(answer, places), note.role is Role.MISSING
        groups = [("", places)] if first else _groups(answer.listing, places)
        found: list[Block] = [Heading(Role.LIST, capital(heading), len(places))]
        if groups and not groups[0][0]:
            found += _add_all(answer, groups[0][1])
        for source in sources:
            again = sources == before and bool(words.origin_words(source.origin))
            found.append(blocks.Named(Role.ORIGIN, source, again))
        notes = [note] if note.text else []
        inner = [_group(answer, name, run, first, len(sources) > 1, drifts) for name, run in groups]
        found += [*inner, *notes] if first else [*notes, *inner]
        yield Group(Role.FIRST if first else Role.LIST, tuple(found))
        before = sources or before


def _groups(listing: Listing, places: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Items by the heading they stand under in their list; '' for those right under that of the list."""
    levelled = any(listing.items[n].item.level for n in places)
    runs = groupby(places, key=lambda n: words.group_words(listing.items[n].item, levelled))
    return [(name or (say("list.others") if n else ""), list(run)) for n, (name, run) in enumerate(runs)]


def _runs(listing: Listing) -> Iterator[tuple[str, list[int], Paragraph]]:
    """Heading, items and note of what stands first of each kind, and of each list."""
    for kind in listing.wanted.kinds:
        mine = [n for n, each in enumerate(listing.items) if each.item.kind is kind]
        first = [n for n in mine if listing.items[n].first]
        if first:
            heading = say("list.fitting" if listing.wanted.description else "list.chosen", kind=plural(kind))
            missing = missing_line(listing) if kind is ItemKind.INDICATOR else ""
            yield heading, first, Paragraph(Role.MISSING, missing)
        totals = [total for total in listing.totals if total.kind is kind]
        for total in totals:
            own = [n for n in mine if _belongs(listing.items[n], total)]
            rest = [n for n in own if n not in first]
            if not rest and len(totals) == 1:
                continue  # the count has said it
            more = 0 < len(rest) < len(own)
            counted = rest and (len(totals) == 1 or len(rest) == total.total)
            count = f"{count_line(listing, kind, [total])}." if len(listing.totals) > 1 else ""
            heading = say("list.more" if more else "list.whole", kind=plural(kind), place=place_words(total.activity))
            yield heading, rest, Paragraph(Role.COUNT if counted else Role.NOTE, count)


def missing_line(listing: Listing) -> str:
    """Which levels the indicators shown first lack; '' when none is missing or nothing was described."""
    if not listing.missing:
        return ""
    said = say("list.missing", levels=joined([label(level) for level in listing.missing], "or"))
    below = any(each.item.level in listing.missing for each in listing.items)
    return say("list.below", missing=said) if below else said


def _group(answer: Answer, heading: str, places: Sequence[int], first: bool, several: bool, drifts: Drifts) -> Group:
    """The items under one heading. Of a long answer, all but the beginning of the first group is folded."""
    items = tuple(_item(answer, n, first, several, drifts) for n in places)
    head = [Heading(Role.LEVEL, heading, len(items)), *_add_all(answer, places)] if heading else []
    everything = say("list.all", number=len(items))
    if len(answer.listing.items) <= LONG:
        return Group(Role.LEVEL, (*head, blocks.Items(Role.LIST, items)))
    if places[0] or len(items) <= OPEN:
        return Group(Role.LEVEL, (*head, blocks.Items(Role.LIST, items)), everything if places[0] else "")
    rest = Group(Role.LEVEL, (blocks.Items(Role.LIST, items[OPEN:]),), everything)
    return Group(Role.LEVEL, (*head, blocks.Items(Role.LIST, items[:OPEN]), rest))


def _item(answer: Answer, n: int, first: bool, several: bool, drifts: Drifts) -> blocks.Item:
    each, asked = answer.listing.items[n], answer.listing.wanted.details
    kinds = [other.item.kind for other in answer.listing.items]
    named = words.printable(each.item.text)[:80]
    return blocks.Item(
        sentence(answer, n, drifts),
        number=(kinds[: n + 1].count(each.item.kind), kinds.count(each.item.kind)),
        sources=tuple(_publications(answer, [n])) if several else (),
        level=_stands(answer.listing, each) if first else "",
        fits=say("list.fits", words=listed(each.fits)) if each.fits else "",
        facts=words.detail_lines(each.item, asked),
        caution=each.item.caution,
        more=words.detail_lines(each.item, [detail for detail in Detail if detail not in asked]),
        add=Button(Does.ADD, say("sheet.add"), [each.item.id], say("sheet.add_item", item=named)),
    )


def _stands(listing: Listing, each: Listed) -> str:
    """Where an item that is shown first stands: its level, and its list where that was not asked for."""
    level = [capital(label(each.item.level))] if each.item.level else []
    own = any(_belongs(each, total) for total in listing.totals)
    return " · ".join(level if own else [*level, place_words(each.item.activity)])


def _publications(answer: Answer, places: Sequence[int]) -> list[Publication]:
    """Those that statements quote, each once, in the order of their use."""
    labels = dict.fromkeys(quote.label for n in places for quote in answer.statements[n].quotes)
    named = [publication for label in labels if (publication := words.labelled(answer, label))]
    return list({publication.id: publication for publication in named}.values())


def _add_all(answer: Answer, places: Sequence[int]) -> list[Button]:
    ids = [answer.listing.items[n].item.id for n in places]
    text, spoken = say("sheet.all", number=len(ids)), say("sheet.add_all", number=len(ids))
    return [Button(Does.ADD, text, ids, spoken)] if len(ids) > 1 else []


# --- as a table ---


def table_of(answer: Answer, drifts: Drifts = NO_DRIFTS) -> TableBlock:
    """All statements as rows; a column is left out where no row has anything in it."""
    listed = answer.listing.items if answer.listing else ()
    rows = []
    for number, statement in enumerate(answer.statements):
        item = listed[number].item if number < len(listed) else None
        shown = sentence(answer, number, drifts)
        cites = tuple(replace(cite, page="") for cite in shown.cites)  # they stand with the source
        rows.append((replace(shown, cites=cites), (*_facts_of(item), _places_of(answer, statement))))
    filled = [place for place in range(len(COLUMNS)) if any(cells[place] for _, cells in rows)]
    return TableBlock(
        (say("table.statement"), *(say(f"table.{COLUMNS[place]}") for place in filled)),
        tuple((each, tuple(cells[place] for place in filled)) for each, cells in rows),
    )


def _places_of(answer: Answer, statement: Statement) -> str:
    """'On demand, p. 12 (PDF p. 14); Digest': each publication it quotes, with the pages."""
    known = {publication.id: publication for q in statement.quotes if (publication := words.labelled(answer, q.label))}
    pages = (words.quote_pages([q for q in statement.quotes if q.publication == id], known[id]) for id in known)
    titles = map(words.title_words, known.values())
    return words.listed((words.listed(place) for place in zip(titles, pages, strict=True)), "; ")


def _facts_of(item: ToolkitItem | None) -> tuple[str, str, str]:
    """Where an item stands, its level or group, and its caution."""
    if item is None:
        return "", "", ""
    level = capital(item.level) if item.level else words.printable(capital(item.group))
    return f"{capital(plural(item.kind))} {place_words(item.activity)}", level, item.caution
