"""Lists of the Toolkit as HTML for the chat: what was understood, with choices; counts; the items in groups. Pure.

Everything is in the page; of a long answer, all but the first group is folded away behind its count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.show import listing_words, words
from assistant.show.listing_record import wanted_to_record
from assistant.show.listing_words import ListBlock
from assistant.show.markup import badge, publication_html, safe, statement_html, tag
from assistant.toolkit import corrections
from assistant.types import Answer, Detail, Listed, Listing, Wanted
from corpus.types import Publication

LONG = 40  # items; a longer answer is folded, while the list of one activity type is read as a whole
NO_LIST = "Not a list: search the publications"
HOW = "How to count and verify"
RTL = ' dir="rtl"'  # the numbers stand where the lines of the items begin
KEPT_KIND = "A list needs at least one kind"


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer while it is written."""

    answer: Answer
    listing: Listing
    turn: int
    folded: bool
    numbers: dict[int, tuple[int, int]]  # position -> (number, of how many) within its kind, in the order shown


def listing_html(answer: Answer, turn: int) -> str:
    """The lists of an answer. '' for one that has none. Statements of no list are left to `assistant.show.html`."""
    if answer.listing is None:
        return ""
    listing = answer.listing
    blocks = listing_words.blocks(answer)
    shown = _Shown(answer, listing, turn, len(listing.items) > LONG, _numbers(listing, blocks))
    counts = "".join(tag("li", _count_html(line)) for line in listing_words.count_lines(answer))
    unfold = '<button type="button" class="icat-unfold" data-do="unfold">Open all groups</button>'
    return (
        f'<div class="icat-listing">{_understood_html(listing)}'
        f'<ul class="icat-counts">{counts}</ul>{unfold if shown.folded else ""}'
        f"{''.join(_sections_html(shown, blocks))}{_suggestions_html(listing)}</div>"
    )


def _understood_html(listing: Listing) -> str:
    """One line for an answer that others have followed, choices for the last one; the page shows one of them."""
    said = listing_words.understood(listing.wanted, any(listed.first for listed in listing.items))
    line = tag("p", f"Understood as: {safe(said)}", "icat-understood")
    rows = "".join(_row_html(row) for row in corrections.rows(listing.wanted))
    no_list = f'<button type="button" class="icat-chip icat-no-list" data-do="correct" value="null">{NO_LIST}</button>'
    return (
        f'{line}<div class="icat-chips" role="group" aria-label="Understood as; press to change">'
        f'<p class="icat-chips-head">Understood as <small>press to change</small></p>{rows}{no_list}</div>'
    )


def _row_html(row: corrections.Row) -> str:
    none = row.none and not any(choice.pressed for choice in row.choices)
    chips = f'<span class="icat-chip icat-all">{safe(row.none)}</span>' if none else ""
    # What is understood stands first, so that it is read as one line.
    chips += "".join(_chip_html(choice) for choice in sorted(row.choices, key=lambda choice: not choice.pressed))
    name = safe(row.name)
    return f'<div class="icat-chip-row" role="group" aria-label="{name}"><b aria-hidden="true">{name}</b>{chips}</div>'


def _chip_html(choice: corrections.Choice) -> str:
    rest = f'<span class="icat-unseen"> {safe(choice.rest)}</span>' if choice.rest else ""
    name = f'<span dir="auto">{safe(choice.name)}{rest}</span>'
    pressed = f'class="icat-chip" aria-pressed="{"true" if choice.pressed else "false"}"'
    if choice.then is None:
        return f'<button type="button" {pressed} aria-disabled="true" title="{KEPT_KIND}">{name}</button>'
    return f'<button type="button" {pressed} data-do="correct" value="{_value(choice.then)}">{name}</button>'


def _value(wanted: Wanted) -> str:
    return safe(json.dumps(wanted_to_record(wanted), separators=(",", ":")))


def _count_html(line: str) -> str:
    """What comes before the reason is what is looked for."""
    count, mark, why = line.partition("; ")
    return f"<strong>{safe(count)}</strong>{mark}{safe(why)}"


def _numbers(listing: Listing, blocks: Sequence[ListBlock]) -> dict[int, tuple[int, int]]:
    numbers: dict[int, tuple[int, int]] = {}
    for kind in listing.wanted.kinds:
        places = [n for block in blocks for n in block.positions if listing.items[n].item.kind is kind]
        numbers |= {place: (number, len(places)) for number, place in enumerate(places, start=1)}
    return numbers


# --- sections and groups ---


def _sections_html(shown: _Shown, blocks: Sequence[ListBlock]) -> Iterator[str]:
    """A section for each list and for what is shown first; its groups are within."""
    opened, before, above = False, frozenset(), listing_words.count_lines(shown.answer)
    for run in _runs(blocks):
        positions = [n for block in run for n in block.positions]
        if not positions and run[0].note.rstrip(".") in above:
            continue
        sources = _sources(shown.answer, positions)
        inner = _head_html(shown, run[0], positions, sources, before)
        for block in run:
            if block.positions:
                inner += _group_html(shown, block, shown.folded and opened, len(sources) > 1)
                opened = True
        before = frozenset(source.id for source in sources) or before
        note = run[0].note if run[0].first else ""
        inner += tag("p", safe(note), "icat-missing") if note else ""
        yield f'<section class="icat-list{" icat-first" if run[0].first else ""}">{inner}</section>'


def _runs(blocks: Sequence[ListBlock]) -> list[list[ListBlock]]:
    """Each block of level 1 with those of level 2 that follow it."""
    runs: list[list[ListBlock]] = []
    for block in blocks:
        if block.level == 1 or not runs:
            runs.append([])
        runs[-1].append(block)
    return runs


def _head_html(
    shown: _Shown, block: ListBlock, positions: Sequence[int], sources: Sequence[Publication], before: frozenset[str]
) -> str:
    """Heading, whose words they are, and the count of one list among several."""
    html = f"<h4>{safe(block.heading)}{_number_html(len(positions))}</h4>{_add_all_html(shown, block.positions)}"
    same = frozenset(source.id for source in sources) == before
    for source in sources:
        own = words.ORIGIN[source.origin] if same else ""
        html += tag("p", badge(own)) if own else tag("p", publication_html(source), "icat-publication")
    if block.note and not block.first and not _said_above(shown.listing, positions):
        html += tag("p", safe(block.note), "icat-list-note")
    return html


def _said_above(listing: Listing, positions: Sequence[int]) -> bool:
    """Whether the count of this list adds nothing: it is the only one of its kind, or all of it follows."""
    if not positions:
        return False
    item = listing.items[positions[0]].item
    totals = [total for total in listing.totals if total.kind is item.kind]
    return len(totals) == 1 or any(t.activity is item.activity and t.total == len(positions) for t in totals)


def _number_html(number: int) -> str:
    return f' <span class="icat-number">{number}<span class="icat-unseen"> items</span></span>' if number else ""


def _group_html(shown: _Shown, block: ListBlock, folded: bool, mixed: bool) -> str:
    """The items of one block, under their heading where they have one of their own."""
    start = shown.numbers[block.positions[0]][0]
    items = "".join(_item_html(shown, n, block.first, mixed) for n in block.positions)
    backwards = all(words.RIGHT_TO_LEFT.search(shown.listing.items[n].item.text) for n in block.positions)
    items = f'<ol start="{start}"{RTL if backwards else ""}>{items}</ol>'
    number, heading, add = len(block.positions), "", ""
    if block.level > 1:
        heading = f"<h5>{safe(block.heading)}{_number_html(number)}</h5>"
        add = _add_all_html(shown, block.positions)
    if folded:
        summary = heading or f"Show all {number}"
        return f'<details class="icat-fold"><summary>{summary}</summary>{add}{items}</details>'
    return f'<div class="icat-level-group">{heading}{add}{items}</div>'


def _sources(answer: Answer, positions: Sequence[int]) -> list[Publication]:
    """The publications that statements quote, each once, in the order of their use."""
    labels = dict.fromkeys(quote.label for n in positions for quote in answer.statements[n].quotes)
    named = [publication for label in labels if (publication := words.labelled(answer, label))]
    return list({publication.id: publication for publication in named}.values())


# --- items ---


def _item_html(shown: _Shown, position: int, first: bool, mixed: bool) -> str:
    listed = shown.listing.items[position]
    number, of = shown.numbers[position]
    html = f'<span class="icat-unseen">Item {number} of {of}: </span>'
    said = statement_html(shown.answer, shown.turn, position, shown.answer.statements[position])
    html += tag("p", f"{said} {_add_html([listed.item.id], 'Add', listed.item.text)}")
    html += _marks_html(listed, first, _sources(shown.answer, [position]) if mixed else ())
    named, caution = _facts(listed, shown.listing.wanted.details)
    html += _facts_html(named)
    said = f'<strong>Caution:</strong> <span dir="auto">{safe(caution)}</span>'
    html += tag("p", said, "icat-caution", direction=False) if caution else ""
    left, _ = _facts(listed, [detail for detail in Detail if detail not in shown.listing.wanted.details])
    if left:
        html += f'<details class="icat-how"><summary>{HOW}</summary>{_facts_html(left)}</details>'
    return f"<li>{html}</li>"


def _marks_html(listed: Listed, first: bool, sources: Sequence[Publication]) -> str:
    """Why an item stands first, and what its group would have said; its source where a list has several."""
    marks = []
    if first and listed.item.level:
        marks.append(f'<span class="icat-level">{safe(listed.item.level.value.capitalize())}</span>')
    for source in sources:
        own = words.ORIGIN[source.origin]
        marks.append(badge(own) if own else f'<span class="icat-from">{safe(words.title_words(source))}</span>')
    fits = listing_words.fits_line(listed)
    if fits:
        marks.append(f'<span class="icat-fits" dir="auto">{safe(fits)}</span>')
    return f'<div class="icat-marks">{" ".join(marks)}</div>' if marks else ""


def _facts(listed: Listed, details: Sequence[Detail]) -> tuple[list[tuple[str, str]], str]:
    """(name, words) of these details, and the caution."""
    lines = listing_words.detail_lines(listed.item, details)
    return [line for line in lines if line[0] != "Caution"], listed.item.caution


def _facts_html(facts: Sequence[tuple[str, str]]) -> str:
    if not facts:
        return ""
    pairs = "".join(f'<div><dt>{safe(name)}</dt><dd dir="auto">{safe(said)}</dd></div>' for name, said in facts)
    return f'<dl class="icat-facts">{pairs}</dl>'


def _add_all_html(shown: _Shown, positions: Sequence[int]) -> str:
    ids = [shown.listing.items[n].item.id for n in positions]
    return _add_html(ids, f"Add these {len(ids)}", "") if len(ids) > 1 else ""


def _add_html(ids: Sequence[str], text: str, of: str) -> str:
    """Shown where the page has a design sheet."""
    name = safe(f"{text} to the design sheet: {words.printable(of)[:80]}" if of else f"{text} to the design sheet")
    return (
        f'<button type="button" class="icat-add" data-do="add" value="{safe(json.dumps(list(ids)))}" '
        f'aria-label="{name}" title="{safe(text)} to the design sheet">{safe(text)}</button>'
    )


def _suggestions_html(listing: Listing) -> str:
    buttons = "".join(
        f'<button type="button" data-do="suggest" value="{_value(wanted)}">{safe(text)}</button>'
        for text, wanted in corrections.suggestions(listing)
    )
    return f'<div class="icat-suggestions" role="group" aria-label="Ask next">{buttons}</div>' if buttons else ""
