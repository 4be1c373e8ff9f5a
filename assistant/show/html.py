"""Answers and sources as HTML for the chat. Pure.

Whatever comes from a document, a question or a model is escaped (see `assistant.show.markup`).
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from itertools import groupby, zip_longest

from assistant.settings import Contact
from assistant.show import blocks, corrections, words
from assistant.show.blocks import Block, Role
from assistant.show.markup import (
    LABEL_BUTTON,
    badge,
    element,
    kept,
    label_value,
    parse_label,
    publication_html,
    safe,
    tag,
)
from assistant.show.outline import outline
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.record import plain
from assistant.show.sources import SourceView
from assistant.show.words import clauses, say
from assistant.texts.catalogue import MIRRORED, spoken
from assistant.types import Act, Answer, Corrected, Wanted
from corpus.types import BlockKind

CELLS = " | "  # between the cells of a row, as documents have them
__all__ = ["answer_html", "label_value", "parse_label", "safe", "source_html"]

CSS = {  # of paragraphs and groups; of the other roles, 'icat-' and their name
    Role.CHANGED: "icat-warning icat-changed",
    Role.DIFFERENCE: "icat-lead",
    Role.FIRST: "icat-list icat-first",
    Role.LEVEL: "icat-level-group",
    Role.NEAREST: "icat-nearest-list",
    Role.NOTE: "icat-list-note",
    Role.QUOTED: "icat-group",
    Role.WRITTEN: "icat-group icat-written",
}


def answer_html(answer: Answer, turn: int, contacts: Sequence[Contact] = (), drifts: Drifts = NO_DRIFTS) -> str:
    """One answer for the chat. `turn` counts from 0 and comes back from a label's button.

    `drifts`: what became of its quotes since it was given.
    """
    body = _TurnHtml(turn).html(outline(answer, contacts, drifts))
    return f'<div class="icat-answer icat-{answer.status.name.lower()}">{body}</div>'


class _TurnHtml:
    """The blocks of one turn as HTML."""

    def __init__(self, turn: int) -> None:
        self._turn = turn

    def html(self, shown: Sequence[Block]) -> str:
        return "".join(map(self._block, shown))

    def _block(self, block: Block) -> str:
        match block:
            case blocks.Paragraph(Role.COUNT | Role.SAFETY):
                return ""  # its heading has the number; the top of the page says it
            case blocks.Paragraph(role, text):
                return tag("p", safe(text), _css(role))
            case blocks.Pairs(Role.COUNT, pairs):
                lines = (f"<strong>{safe(count)}</strong>{safe(f'; {why}') if why else ''}" for count, why in pairs)
                return element("ul", "".join(tag("li", line) for line in lines), class_="icat-counts")
            case blocks.Pairs(_, pairs):
                lines = (f"<li>{safe(part)} <strong>{safe(what)}</strong></li>" for part, what in pairs)
                return tag("ul", "".join(lines), "icat-coverage")
            case blocks.Heading(role, text, number):
                name = "h4" if role is Role.LIST else "h5"
                counted = f"{number}{_span(kept(say('list.items')), 'icat-unseen')}"
                return element(name, safe(text) + (f" {_span(counted, 'icat-number')}" if number else ""))
            case blocks.Named(_, publication, again=True):
                return tag("p", badge(words.origin_words(publication.origin)))
            case blocks.Named(_, publication):
                return tag("p", publication_html(publication), "icat-publication")
            case blocks.SentenceBlock():
                return tag("p", self._sentence(block))
            case blocks.ExtractBlock():
                return self._extract(block)
            case blocks.Items():
                return self._items(block)
            case blocks.TableBlock():
                return self._table(block)
            case blocks.SourceList():
                return "" if block.named else self._sources(block)
            case blocks.Group():
                return self._group(block)
            case blocks.Button():
                return _pressed(block)
            case blocks.WriteIn():
                return _write_in(block, self._turn)
            case blocks.OfferBlock():
                return _offer(block)
            case blocks.Choices(rows):
                return _choices(rows)
            case blocks.Meanings():
                return _meanings(block)

    def _group(self, group: blocks.Group) -> str:
        if group.folded:
            head, *rest = group.blocks
            named = isinstance(head, blocks.Heading)
            summary = self._block(head) if named else safe(group.folded)
            inner = self.html(rest if named else group.blocks)
            css = "icat-fold" if group.role is Role.LEVEL else _css(group.role)
            return element("details", f"<summary>{summary}</summary>{inner}", class_=css)
        called = {"role": "group", "aria_label": say("list.next")} if group.role is Role.SUGGESTIONS else {}
        return element("section", self.html(group.blocks), class_=_css(group.role), **called)

    # --- extracts, sentences and items ---

    def _extract(self, extract: blocks.ExtractBlock) -> str:
        """Its heading, its lines as what they are, and its labels after the last one."""
        html = tag("p", safe(extract.heading), "icat-extract-heading") if extract.heading else ""
        for kind, run in groupby(extract.lines, key=lambda line: line.kind):
            html += _lines_of(kind, list(run))
        labels = " ".join(self._label(cite) + _page(cite) for cite in extract.cites)
        return element("blockquote", html + element("p", labels, class_="icat-labels"), class_="icat-extract")

    def _table(self, table: blocks.TableBlock) -> str:
        html = element("tr", "".join(tag("th", safe(column)) for column in table.columns))
        for (sentence, cells), changes in zip_longest(table.rows, table.changes):
            first = tag("p", self._sentence(sentence))
            if changes:
                first = element("section", first + self._group(changes), class_=_css(Role.LINE))
            html += element("tr", tag("td", first) + "".join(tag("td", safe(cell)) for cell in cells))
        return element("div", element("table", html, class_="icat-rows"), class_="icat-table")

    def _items(self, items: blocks.Items) -> str:
        inner = "".join(self._item(items.role, item) for item in items.items)
        listed = [item for item in items.items if isinstance(item, blocks.Item)]
        if not listed:
            return tag("ul", inner)
        # The numbers stand where the lines of the items begin.
        backwards = all(words.RIGHT_TO_LEFT.search(item.sentence.text) for item in listed)
        turned = backwards != (spoken() in MIRRORED)  # the other way than the page
        direction = ("rtl" if backwards else "ltr") if turned else ""
        return element("ol", inner, start=str(listed[0].number[0]), dir=direction)

    def _item(self, role: Role, item: blocks.SentenceBlock | blocks.Item) -> str:
        if isinstance(item, blocks.Item):
            return self._listed(item)
        text = safe(item.text)
        match role:
            case Role.WITHHELD:
                why = _span(safe(clauses(item.doubts)), "icat-warning")
                return tag("li", f"<s>{text}</s> {why}")
            case Role.DIFFERENCES:
                labels = "".join(f" {self._label(cite)}" for cite in item.cites)
                return tag("li", f"<q>{text}</q>{labels} <small>{safe(item.dated)}</small>")
            case Role.NEAREST:
                (cite,) = item.cites
                value = label_value(self._turn, cite.label, *cite.place)
                opens = _button(safe(cite.spoken), class_="icat-nearest", name=LABEL_BUTTON, value=value)
                return f"<li>{opens} {tag('p', text)}</li>"
        return tag("li", self._sentence(item))

    def _sentence(self, sentence: blocks.SentenceBlock) -> str:
        """Its text, the date of its figure, its labels with their pages, and any doubt."""
        doubts = clauses(sentence.doubts)
        doubted = {"class_": "icat-doubted", "title": doubts} if sentence.mark and sentence.weak else {}
        html = element("span", safe(sentence.text), **doubted)  # not bdi: the paragraph takes its direction from it
        html += f' <small class="icat-dated">({safe(sentence.dated)})</small>' if sentence.dated else ""
        html += "".join(f" {self._label(cite)}{_page(cite)}" for cite in sentence.cites)
        html += f' <small class="icat-whose">{safe(sentence.whose)}</small>' if sentence.whose else ""
        if sentence.mark:
            # The reasons are read out with the mark, and are seen on hover, with the focus and when it is pressed.
            id = f"icat-why-{self._turn}-{sentence.number}"
            does = {"class_": "icat-why", "data_do": "why", "aria_expanded": "false", "aria_describedby": id}
            reason = element("small", safe(doubts), class_="icat-reason", id=id)
            html += f" {_span(f'{_button(safe(sentence.mark), **does)} {reason}', 'icat-doubt')}"
        warnings = (*(() if sentence.mark else sentence.doubts), sentence.changed)
        return html + "".join(f' <em class="icat-warning">{safe(warning)}</em>' for warning in warnings if warning)

    def _label(self, cite: blocks.Cite) -> str:
        return _button(
            f"[{cite.label}]",
            class_="icat-label icat-drifted" if cite.drifted else "icat-label",
            name=LABEL_BUTTON,
            value=label_value(self._turn, cite.label, *cite.place),
            data_turn=str(self._turn),
            data_label=str(cite.label),
            title=cite.spoken,
            aria_label=cite.spoken,
        )

    def _listed(self, item: blocks.Item) -> str:
        """An item of a list, why it stands first, and what is said beside it; its caution is always seen."""
        number, of = item.number
        html = _span(kept(say("list.item", number=number, of=of)), "icat-unseen")
        html += tag("p", f"{self._sentence(item.sentence)} {_pressed(item.add)}")
        marks = [_span(safe(item.level), "icat-level")] if item.level else []
        for source in item.sources:
            own, title = words.origin_words(source.origin), words.title_words(source)
            marks.append(badge(own) if own else _span(safe(title), "icat-from"))
        marks += [tag("span", safe(item.fits), "icat-fits")] if item.fits else []
        html += element("div", " ".join(marks), class_="icat-marks") if marks else ""
        html += _facts(item.facts)
        if item.caution:
            caution = f"<strong>{safe(say('facts.caution'))}:</strong> {tag('span', safe(item.caution))}"
            html += element("p", caution, class_="icat-caution")
        if item.more:
            html += element(
                "details", f"<summary>{safe(say('list.how'))}</summary>{_facts(item.more)}", class_="icat-how"
            )
        return f"<li>{html}</li>"

    def _sources(self, sources: blocks.SourceList) -> str:
        items = ""
        for publication, cites in sources.entries:
            labels = " ".join(self._label(cite) + _page(cite) for cite in cites)
            items += tag("li", f"{labels} {publication_html(publication)}")
        head = tag("p", safe(say("sources")), "icat-lead")
        return element("section", f"{head}<ul>{items}</ul>", class_="icat-sources")


def _lines_of(kind: BlockKind, lines: Sequence[blocks.ExtractLine]) -> str:
    """Lines of one kind: paragraphs, a list, or a table whose first row is its head."""
    if kind is BlockKind.ROW:
        rows = [[cell for cell in line.text.split(CELLS)] for line in lines]
        marked = [any(mark for _, mark in line.pieces) for line in lines]
        cells = (
            "".join(tag("th" if not n and len(rows) > 1 else "td", safe(cell)) for cell in row)
            for n, row in enumerate(rows)
        )
        body = "".join(
            element("tr", row, class_="icat-marked" if mark else "") for row, mark in zip(cells, marked, strict=True)
        )
        return element("table", body, class_="icat-rows")
    shown = ("".join(_marked(*piece) for piece in line.pieces) for line in lines)
    if kind is BlockKind.ITEM:
        return tag("ul", "".join(tag("li", line) for line in shown))
    return "".join(tag("p", line) for line in shown)


def _marked(text: str, mark: bool) -> str:
    return f"<mark>{kept(text)}</mark>" if mark else kept(text)


def _css(role: Role) -> str:
    return CSS.get(role, f"icat-{role}")


def _span(inner: str, css: str) -> str:
    return element("span", inner, class_=css)


def _page(cite: blocks.Cite) -> str:
    return f" {element('small', safe(cite.page), class_='icat-page')}" if cite.page else ""


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    pairs = "".join(f"<div><dt>{safe(name)}</dt>{tag('dd', safe(text))}</div>" for name, text in facts)
    return element("dl", pairs, class_="icat-facts") if facts else ""


# --- what can be pressed ---


def _button(inner: str, **attributes: str) -> str:
    return element("button", inner, type="button", **attributes)


def _pressed(button: blocks.Button) -> str:
    value, spoken = _json(button.value) if button.value else "", button.spoken
    css = f"icat-{button.does}"
    return _button(safe(button.text), class_=css, data_do=button.does, value=value, aria_label=spoken, title=spoken)


def _write_in(block: blocks.WriteIn, turn: int) -> str:
    """A form that is folded until it is wanted."""
    id = f"icat-own-{turn}-{block.part}"
    label = element("label", safe(block.text), for_=id, class_="icat-unseen")
    field = element("textarea", "", id=id, name="text", rows="2", maxlength="2000", dir="auto")
    send = element("button", safe(say("draft.add")), type="submit")
    form = element("form", label + field + send, class_="icat-own", data_form="icat-own", data_part=str(block.part))
    return element("details", f"<summary>{safe(block.text)}</summary>{form}", class_="icat-write-in")


def _offer(offer: blocks.OfferBlock) -> str:
    source = element("small", safe(offer.source), class_="icat-from")
    text = tag("p", safe(offer.text)) if offer.text else ""
    return element(
        "div", tag("p", f"<b>{safe(offer.heading)}</b> {source} {_pressed(offer.add)}") + text, class_="icat-offer"
    )


def _choices(rows: Sequence[corrections.ChipRow]) -> str:
    """For the last answer; one that others have followed has a line, and the page shows one of them.

    What is understood stands first, so that it is read as one line.
    """
    head = f"{safe(say('chips.head'))} <small>{safe(say('chips.hint'))}</small>"
    html = element("p", head, class_="icat-chips-head")
    for row in rows:
        none = "" if any(choice.pressed for choice in row.choices) else row.none
        chips = f'<b aria-hidden="true">{safe(row.name)}</b>' + (
            _span(safe(none), "icat-chip icat-all") if none else ""
        )
        chips += "".join(_chip(choice) for choice in sorted(row.choices, key=lambda choice: not choice.pressed))
        html += element("div", chips, class_="icat-chip-row", role="group", aria_label=row.name)
    none = {"class_": "icat-chip icat-no-list", "data_do": "correct", "value": _json(_corrected(None))}
    html += _button(safe(say("chips.no_list")), **none)
    return element("div", html, class_="icat-chips", role="group", aria_label=say("chips.label"))


def _meanings(meanings: blocks.Meanings) -> str:
    """Other ways to understand the message, each with what it would give."""
    chips = ""
    for choice in meanings.choices:
        value = _json({"corrected": plain(Corrected, choice.then), "question": choice.question})
        chips += _button(
            tag("span", safe(words.choice_words(choice))), class_="icat-chip", data_do="correct", value=value
        )
    head = "" if meanings.asked else f"<b>{safe(say('meanings'))}</b> "
    css = "icat-meanings icat-asked" if meanings.asked else "icat-meanings"
    return element("div", head + chips, class_=css, role="group", aria_label=say("meanings"))


def _chip(choice: corrections.Chip) -> str:
    rest = f'<span class="icat-unseen"> {safe(choice.rest)}</span>' if choice.rest else ""
    name, pressed = tag("span", safe(choice.name) + rest), "true" if choice.pressed else "false"
    if choice.then is None:
        does = {"aria_disabled": "true", "title": say("chips.last_kind")}
    else:
        does = {"data_do": "correct", "value": _json(_corrected(choice.then))}
    return _button(name, class_="icat-chip", aria_pressed=pressed, **does)


def _corrected(wanted: Wanted | None) -> dict[str, object]:
    """What a press on a chip of a list says is meant: another list, or none."""
    then = Corrected(Act.ASK) if wanted is None else Corrected(Act.LIST, wanted)
    return {"corrected": plain(Corrected, then), "question": ""}


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


# --- the source panel ---


def source_html(view: SourceView) -> str:
    """The source panel of one opened label. Images stand inside as data, so that nothing is fetched."""
    pages = words.page_words([(page.number, page.label) for page in view.pages])
    html = tag("p", publication_html(view.publication), "icat-publication")
    html += tag("p", safe(pages), "icat-page") if pages else ""
    html += tag("p", " › ".join(safe(heading) for heading in view.section), "icat-section") if view.section else ""
    recognised = say("recognised") if any(page.recognised for page in view.pages) else ""
    notes = (say(f"drift.{view.drift}"), recognised, view.problem)
    html += "".join(tag("p", safe(note), "icat-warning") for note in notes if note)
    marked = [("", view.marked), *view.also]
    inner = "".join(f"{_lines(between)}<mark>{_lines(mark)}</mark>" for between, mark in marked)
    passage = f"{_lines(view.before)}{inner}{_lines(view.after)}"
    html += tag("blockquote", passage, "icat-passage")
    for page in view.pages:
        if page.png is not None:
            alt = safe(say("page_image", pages=words.page_words([(page.number, page.label)])))
            data = b64encode(page.png).decode("ascii")
            place = f' data-mark="{page.mark[0]:.4f} {page.mark[1]:.4f}"' if page.mark else ""
            html += f'<img class="icat-page-image" alt="{alt}"{place} src="data:image/png;base64,{data}">'
    return f'<div class="icat-source-view">{html}</div>'


def _lines(text: str) -> str:
    """Escaped, with line breaks kept, and the space at either end."""
    return "<br>".join(map(kept, text.split("\n")))
