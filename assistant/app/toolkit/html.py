"""Items of the Toolkit as HTML. Pure; whatever comes from a document or was typed is escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from html import escape

from assistant.app.toolkit.browsing import ALL, ELSEWHERE, PART_ONE, Chosen, Shown
from assistant.show import words
from assistant.show.markup import kept, publication_html, safe, tag
from assistant.show.words import capital, detail_lines, group_words, plural
from assistant.toolkit.browse import matches
from assistant.types import Detail
from corpus.toolkit.types import SIGNS, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Publication, PublicationId

BEFORE_WORDS = "Before choosing an activity"
ELSEWHERE_WORDS = "Found in other documents"
SIGNS_NOTE = "They tell of a person's situation. They measure no programme, and stand in no logframe."
NOTHING = "Nothing here has these words. Use fewer words, or choose “All”."
NO_LISTS = "No other document on this machine has lists of lessons, questions or indicators."
NAMED = 60  # characters of an item that name its buttons for a screen reader
Pages = Callable[[ToolkitItem], str]  # 'p. 12 (PDF p. 14)' of an item; '' where its source has no pages


def results_html(shown: Shown, chosen: Chosen, publications: Mapping[PublicationId, Publication], pages: Pages) -> str:
    """The items by activity, kind, source, and level or group. `publications`: those of the items."""
    if not shown.items:
        return tag("p", NO_LISTS if chosen.activity == ELSEWHERE and not shown.total else NOTHING, "icat-hint")
    html = ""
    for place, here in _grouped(shown.items, _place):
        lists = ""
        for heading, found in _grouped(here, _kind):
            lists += f"<h4>{heading} <small>{len(found)}</small></h4>"
            lists += tag("p", SIGNS_NOTE, "icat-hint") if found[0].topic == SIGNS else ""
            for publication, mine in _grouped(found, lambda item: item.publication):
                lists += _source(publications.get(publication))
                lists += _items(mine, chosen.words, pages)
        html += f"<section><h3>{place}</h3>{lists}</section>"
    return html


def overview_html(counts: Mapping[str, int]) -> str:
    """What there is to choose from, while nothing is chosen. `counts`: by choice of activity."""
    choices = [(PART_ONE, BEFORE_WORDS), *((each.value, capital(each.value)) for each in Activity)]
    choices += [(ELSEWHERE, ELSEWHERE_WORDS)] if counts[ELSEWHERE] else []
    cards = "".join(
        f'<li><button type="button" data-tk="choose" value="{escape(value)}"><span>{escape(name)}</span>'
        f"<small>{counts[value]} items</small></button></li>"
        for value, name in choices
    )
    return f'<ul class="icat-examples">{cards}</ul>'


def count_words(shown: Shown, chosen: Chosen) -> str:
    """'14 of 140 indicators', '26 design questions for awareness raising', as far as something was chosen."""
    what = plural(chosen.kind, shown.total) if chosen.kind else "item" if shown.total == 1 else "items"
    number = len(shown.items)
    counted = f"{number} {what}" if number == shown.total else f"{number} of {shown.total} {what}"
    if chosen.activity == ALL:
        return counted
    if chosen.activity == PART_ONE:
        return f"{counted} before choosing an activity"
    return f"{counted} found in other documents" if chosen.activity == ELSEWHERE else f"{counted} for {chosen.activity}"


def _place(item: ToolkitItem) -> str:
    if item.activity:
        return escape(capital(item.activity.value))
    return BEFORE_WORDS if item.part is ToolkitPart.ONE else ELSEWHERE_WORDS


def _kind(item: ToolkitItem) -> str:
    return escape(capital(SIGNS if item.topic == SIGNS else plural(item.kind)))


def _source(publication: Publication | None) -> str:
    """Whose words the items are: a badge, or the publication."""
    if publication is None:
        return ""
    note = words.origin_words(publication.origin)
    inner = f'<span class="icat-badge">{safe(note)}</span>' if note else publication_html(publication)
    return tag("p", inner, "icat-publication")


def _items(items: Iterable[ToolkitItem], typed: str, pages: Pages) -> str:
    """One list, by level or group; with a button for all of it where it has several."""
    html = ""
    for heading, found in _grouped(sorted(items, key=_level), _group):
        html += f"<h5>{safe(heading)}</h5>" if heading else ""
        html += f"<ul>{''.join(_item(item, typed, pages(item)) for item in found)}</ul>"
        if len(found) > 1 and found[0].topic != SIGNS:
            named = f'<span class="icat-unseen">: {safe(heading)}</span>' if heading else ""
            html += f'<p><button type="button" data-tk="add-all">Add these {len(found)}{named}</button></p>'
    return f'<div class="icat-tk-list">{html}</div>'


def _item(item: ToolkitItem, typed: str, pages: str) -> str:
    named = f'<span class="icat-unseen">: {safe(textwrap.shorten(item.text, NAMED, placeholder="…"))}</span>'
    facts = detail_lines(item, Detail)
    html = tag("p", _marked(item.text, matches(item, typed)), "icat-tk-words")
    html += tag("p", f"<b>Caution:</b> {safe(item.caution)}", "icat-tk-caution") if item.caution else ""
    if facts:
        lines = "".join(f'<dt>{safe(name)}</dt><dd dir="auto">{safe(said)}</dd>' for name, said in facts)
        html += f"<details><summary>How to measure it</summary><dl>{lines}</dl></details>"
    id = safe(item.id)
    add = "" if item.topic == SIGNS else f'<button type="button" data-tk="add" value="{id}">Add{named}</button>'
    source = f'<button type="button" data-tk="reveal" value="{id}">Show source{named}</button>'
    where = f'<small class="icat-page">{safe(pages)}</small>' if pages else ""
    return f'<li data-item="{id}">{html}<div class="icat-tk-do">{add}{source}{where}</div></li>'


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the words typed marked; escaped piece by piece, the space at either end kept."""
    html, position = "", 0
    for start, end in spans:
        html += f"{kept(text[position:start])}<mark>{kept(text[start:end])}</mark>"
        position = end
    return html + kept(text[position:])


def _level(item: ToolkitItem) -> int:
    """Impact first, as in a logframe; those without a level last."""
    return list(reversed(Level)).index(item.level) if item.level else len(Level)


def _group(item: ToolkitItem) -> str:
    return group_words(item, levelled=item.topic != SIGNS)


def _grouped(items: Iterable[ToolkitItem], key: Callable[[ToolkitItem], str]) -> list[tuple[str, list[ToolkitItem]]]:
    """Items by key, in the order in which the keys first come."""
    groups: dict[str, list[ToolkitItem]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())
