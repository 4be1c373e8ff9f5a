"""An answer in a language model's words as HTML: sentences with their doubts, what was withheld, what differs. Pure.

Whatever comes from a document, a question or a model is escaped (see `assistant.show.markup`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.show import words, written_words
from assistant.show.markup import (
    SAYING,
    label_button,
    label_value,
    publication_html,
    quote_buttons,
    safe,
    tag,
)
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.sources import Drift
from assistant.types import Answer, Difference, Statement, Support
from corpus.types import PublicationId

MARKS = {Support.PARTIAL: "partly supported", Support.NONE: "not supported"}
NOTE = "note"  # a mark on a sentence that is supported, and of which a reader is told something


def by_html(answer: Answer) -> str:
    """The line on who wrote it."""
    line = written_words.by_line(answer)
    return tag("p", safe(line), "icat-by") if line else ""


def sentences_html(answer: Answer, turn: int, run: Sequence[tuple[int, Statement]], drifts: Drifts = NO_DRIFTS) -> str:
    """The sentences in the order of the draft; those with the same lead become one list under it."""
    html = ""
    for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
        pieces = [sentence_html(answer, turn, number, statement, drifts) for number, statement in pairs]
        if lead:
            items = "".join(tag("li", piece) for piece in pieces)
            html += tag("p", safe(lead), "icat-lead") + f'<ul dir="auto">{items}</ul>'
        else:
            html += "".join(tag("p", piece) for piece in pieces)
    return f'<section class="icat-group icat-written">{html}</section>' if html else ""


def sentence_html(answer: Answer, turn: int, number: int, statement: Statement, drifts: Drifts = NO_DRIFTS) -> str:
    """Sentence `number` of the answer, from 0: its text, the date of its figure, its labels, and any doubt."""
    doubts = written_words.doubts(statement)
    doubted = statement.support in MARKS
    shown = f'<span class="icat-doubted" title="{safe(doubts)}">' if doubted else "<span>"
    html = f"{shown}{safe(statement.text)}</span>"
    if statement.dated:
        html += f' <small class="icat-dated">({safe(statement.dated)})</small>'
    html += quote_buttons(answer, turn, number, statement, drifts, pages=False)
    if doubts:
        html += _doubt_html(f"icat-why-{turn}-{number}", MARKS.get(statement.support, NOTE), doubts)
    if any(drifts.get((number, place)) is Drift.GONE for place in range(len(statement.quotes))):
        html += f' <em class="icat-warning">{written_words.SOURCE_CHANGED}</em>'
    return html


def _doubt_html(id: str, mark: str, reasons: str) -> str:
    """A mark whose reasons are read out with it, and are seen on hover, with the focus and when it is pressed."""
    return (
        f' <span class="icat-doubt"><button type="button" class="icat-why" data-do="why" aria-expanded="false" '
        f'aria-describedby="{id}">{mark}</button> <small class="icat-reason" id="{id}">{safe(reasons)}</small></span>'
    )


def withheld_html(answer: Answer) -> str:
    """What no source supports, folded away behind its number."""
    line = written_words.withheld_line(answer)
    if not line:
        return ""
    items = "".join(
        tag("li", f'<s>{safe(each.text)}</s> <span class="icat-warning">{safe(written_words.doubts(each))}</span>')
        for each in answer.withheld
    )
    head = tag("p", written_words.NOT_TO_USE, "icat-hint")
    return f'<details class="icat-withheld"><summary>{line}</summary>{head}<ul>{items}</ul></details>'


def differences_html(answer: Answer, turn: int) -> str:
    """Every subject on which publications differ, with the sentences, their sources and dates."""
    html, first = "", 0
    for difference in answer.differences:
        html += _difference_html(answer, turn, difference, first)
        first += len(difference.readings)
    return html


def _difference_html(answer: Answer, turn: int, difference: Difference, first: int) -> str:
    """`first`: the place of its first reading among all readings of the answer, as a label's button says it."""
    items = ""
    for place, saying in enumerate(difference.readings, start=first):
        publication = words.labelled(answer, saying.label)
        title = words.title_words(publication) if publication else ""
        source = ", ".join(part for part in (title, words.printable(saying.dated)) if part)
        button = ""
        if publication:
            button = f" {label_button(turn, saying.label, label_value(turn, saying.label, SAYING, place), source)}"
        items += tag("li", f"<q>{safe(saying.words)}</q>{button} <small>{safe(source)}</small>")
    head = tag("p", safe(written_words.difference_line(difference)), "icat-lead")
    return f'<section class="icat-differences">{head}<ul>{items}</ul></section>'


def sources_html(answer: Answer, turn: int) -> str:
    """Every publication that a sentence quotes: title, kind, date, whose words, and its labels with their pages."""
    buttons: dict[PublicationId, dict[int, str]] = {}
    quotes = [quote for statement in answer.statements for quote in statement.quotes]
    for number, statement in enumerate(answer.statements):
        for position, quote in enumerate(statement.quotes):
            publication = words.labelled(answer, quote.label)
            shown = buttons.setdefault(publication.id, {}) if publication else {}
            if publication and quote.label not in shown:
                pages = words.quote_pages((each for each in quotes if each.label == quote.label), publication)
                where = ", ".join(part for part in (words.title_words(publication), pages) if part)
                value = label_value(turn, quote.label, number, position)
                page = f' <small class="icat-page">{safe(pages)}</small>' if pages else ""
                shown[quote.label] = label_button(turn, quote.label, value, where) + page
    publications = {passage.publication.id: passage.publication for passage in answer.evidence.passages}
    items = "".join(
        tag("li", f"{' '.join(shown.values())} {publication_html(publications[id])}") for id, shown in buttons.items()
    )
    head = tag("p", "Sources", "icat-lead")
    return f'<section class="icat-sources">{head}<ul>{items}</ul></section>' if items else ""


def model_html(answer: Answer) -> str:
    """The small line on the model and its tokens."""
    line = written_words.model_line(answer)
    return tag("p", safe(line), "icat-model") if line else ""
