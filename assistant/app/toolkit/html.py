"""Items of the Toolkit as HTML. Pure; whatever comes from a document or was typed is escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from html import escape

from assistant.app.toolkit.browsing import ALL, ELSEWHERE, PART_ONE, Chosen, Shown
from assistant.show import words
from assistant.show.markup import kept, publication_html, safe, tag
from assistant.show.words import capital, detail_lines, group_words, plural
from assistant.texts.catalogue import _, ngettext, term
from assistant.toolkit.browse import matches
from assistant.types import Detail
from corpus.toolkit.types import SIGNS, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Publication, PublicationId

NAMED = 60  # characters of an item that name its buttons for a screen reader
Pages = Callable[[ToolkitItem], str]  # 'p. 12 (PDF p. 14)' of an item; '' where its source has no pages


def results_html(shown: Shown, chosen: Chosen, publications: Mapping[PublicationId, Publication], pages: Pages) -> str:
    """The items by activity, kind, source, and level or group. `publications`: those of the items."""
    if not shown.items:
        return tag("p", _nothing(chosen, shown), "icat-hint")
    html = ""
    for place, here in _grouped(shown.items, _place):
        lists = ""
        for heading, found in _grouped(here, _kind):
            lists += f"<h4>{heading} <small>{len(found)}</small></h4>"
            lists += tag("p", _signs_note(), "icat-hint") if found[0].topic == SIGNS else ""
            for publication, mine in _grouped(found, lambda item: item.publication):
                lists += _source(publications.get(publication))
                lists += _items(mine, chosen.words, pages)
        html += f"<section><h3>{place}</h3>{lists}</section>"
    return html


def places() -> list[tuple[str, str]]:
    """(choice, name) of where items stand: before an activity is chosen, and each activity type."""
    return [(PART_ONE, words.say("chips.before")), *((each.value, capital(words.label(each))) for each in Activity)]


def elsewhere() -> tuple[str, str]:
    """The same of what stands in other documents."""
    return ELSEWHERE, _("Found in other documents")


def overview_html(counts: Mapping[str, int]) -> str:
    """What there is to choose from, while nothing is chosen. `counts`: by choice of activity."""
    choices = [*places(), *([elsewhere()] if counts[ELSEWHERE] else [])]
    cards = "".join(
        f'<li><button type="button" data-tk="choose" value="{escape(value)}"><span>{escape(name)}</span>'
        f"<small>{_items_words(counts[value])}</small></button></li>"
        for value, name in choices
    )
    return f'<ul class="icat-examples">{cards}</ul>'


def count_words(shown: Shown, chosen: Chosen) -> str:
    """'14 of 140 indicators', '26 design questions for awareness raising', as far as something was chosen."""
    number = len(shown.items)
    if chosen.kind:
        what = plural(chosen.kind, 1 if shown.total == 1 else 2)
    else:
        what = ngettext("item", "items", 1 if shown.total == 1 else 2)
    if number == shown.total:
        counted = _("{n} {kind}").format(n=number, kind=what)
    else:
        counted = _("{shown} of {total} {kind}").format(shown=number, total=shown.total, kind=what)
    if chosen.activity == ALL:
        return counted
    if chosen.activity == ELSEWHERE:
        return _("{counted} found in other documents").format(counted=counted)
    place = words.place_words(None if chosen.activity == PART_ONE else Activity(chosen.activity))
    return _("{counted} {place}").format(counted=counted, place=place)


def _items_words(number: int) -> str:
    return ngettext("{n} item", "{n} items", number).format(n=number)


def _nothing(chosen: Chosen, shown: Shown) -> str:
    if chosen.activity == ELSEWHERE and not shown.total:
        return _("No other document on this machine has lists of lessons, questions or indicators.")
    return _("Nothing here has these words. Use fewer words, or choose “All”.")


def _signs_note() -> str:
    return _("They tell of a person's situation. They measure no programme, and stand in no logframe.")


def _place(item: ToolkitItem) -> str:
    if item.activity:
        return escape(capital(words.label(item.activity)))
    return words.say("chips.before") if item.part is ToolkitPart.ONE else elsewhere()[1]


def _kind(item: ToolkitItem) -> str:
    return escape(capital(term(SIGNS) if item.topic == SIGNS else plural(item.kind)))


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
            add = words.say("sheet.all", number=len(found))
            html += f'<p><button type="button" data-tk="add-all">{add}{named}</button></p>'
    return f'<div class="icat-tk-list">{html}</div>'


def _item(item: ToolkitItem, typed: str, pages: str) -> str:
    named = f'<span class="icat-unseen">: {safe(textwrap.shorten(item.text, NAMED, placeholder="…"))}</span>'
    facts = detail_lines(item, Detail)
    html = tag("p", _marked(item.text, matches(item, typed)), "icat-tk-words")
    html += (
        tag("p", f"<b>{words.say('facts.caution')}:</b> {safe(item.caution)}", "icat-tk-caution")
        if item.caution
        else ""
    )
    if facts:
        lines = "".join(f'<dt>{safe(name)}</dt><dd dir="auto">{safe(said)}</dd>' for name, said in facts)
        html += f"<details><summary>{_('How to measure it')}</summary><dl>{lines}</dl></details>"
    id = safe(item.id)
    add = _press("add", id, words.say("sheet.add") + named) if item.topic != SIGNS else ""
    source = _press("reveal", id, _("Show source") + named)
    where = f'<small class="icat-page">{safe(pages)}</small>' if pages else ""
    return f'<li data-item="{id}">{html}<div class="icat-tk-do">{add}{source}{where}</div></li>'


def _press(does: str, value: str, inner: str) -> str:
    return f'<button type="button" data-tk="{does}" value="{value}">{inner}</button>'


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
