"""Answers and sources as HTML for the chat. Pure.

Whatever comes from a document, a question or a model is escaped (see `assistant.show.markup`).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from itertools import groupby

from assistant.settings import Contact
from assistant.show import words, written_html, written_words
from assistant.show.listing_html import listing_html
from assistant.show.markup import (
    LABEL_BUTTON,
    NEAREST,
    label_value,
    parse_label,
    publication_html,
    safe,
    statement_html,
    tag,
)
from assistant.show.recheck import NO_DRIFTS, Drifts, changed_line
from assistant.show.refusals import CONTACTS, SAFETY, contact_words, reader_language, refusal_words, shows_contacts
from assistant.show.sources import Drift, SourceView
from assistant.types import Answer, Statement, Status

__all__ = ["answer_html", "label_value", "parse_label", "safe", "source_html"]

BESIDE = "The other part of your question is answered under the list."
DRIFT = {
    Drift.NONE: "",
    Drift.MOVED: "The document has changed since this answer. The quote moved; this is where it stands now.",
    Drift.GONE: "The document has changed or was removed since this answer. The quote is no longer there.",
}


def answer_html(answer: Answer, turn: int, contacts: Sequence[Contact] = (), drifts: Drifts = NO_DRIFTS) -> str:
    """One answer for the chat. `turn` counts from 0 and comes back from a label's button.

    `drifts`: what became of its quotes since it was given.
    """
    if answer.refusal is not None:
        body = _refusal_html(answer, contacts)
    else:
        body = _status_html(answer) + _beside_html(answer, turn) + listing_html(answer, turn)
        body += _statements_html(answer, turn, drifts) + written_html.withheld_html(answer)
        body += written_html.differences_html(answer, turn) + _coverage_html(answer)
        body += written_html.sources_html(answer, turn) if written_words.is_written(answer) else ""
        body += _nearest_html(answer, turn) + written_html.model_html(answer)
    notice = tag("p", safe(answer.notice), "icat-notice") if answer.notice else ""
    changed = changed_line(answer, drifts)
    notice += tag("p", safe(changed), "icat-warning icat-changed") if changed else ""
    return f'<div class="icat-answer icat-{answer.status.name.lower()}">{notice}{body}</div>'


def _refusal_html(answer: Answer, contacts: Sequence[Contact]) -> str:
    paragraphs = refusal_words(answer.refusal, reader_language(answer.query.asked))
    html = "".join(tag("p", safe(paragraph)) for paragraph in paragraphs)
    if answer.status in (Status.URGENT, Status.REFUSED):
        html = tag("p", f"<strong>{safe(words.STATUS[answer.status])}</strong>", "icat-status") + html
    if contacts and shows_contacts(answer.refusal):
        items = "".join(tag("li", safe(line)) for line in contact_words(contacts))
        html += tag("p", safe(CONTACTS)) + f"<ul>{items}</ul>"
    return html


def _status_html(answer: Answer) -> str:
    if answer.listing is not None and not answer.unknown_labels:
        return ""  # a list says itself what was understood, and how much there is
    html = ""
    if answer.query.stand_alone != answer.query.asked:
        html += tag("p", f"Understood as: {safe(answer.query.stand_alone)}", "icat-understood")
    if answer.status is not Status.ANSWERED:
        html += tag("p", safe(words.STATUS[answer.status]), "icat-status")
    if answer.unknown_labels:
        labels = " ".join(f"[{label}]" for label in answer.unknown_labels)
        html += tag("p", safe(f"{words.UNKNOWN} {labels}"), "icat-warning")
    if answer.status is Status.NO_EVIDENCE:
        html += tag("p", safe(words.FILTERED), "icat-notice") if answer.query.filters else ""
        html += tag("p", safe(SAFETY), "icat-notice")
    return html


def _beside_html(answer: Answer, turn: int) -> str:
    """The way past a list to what answers the rest of the question."""
    if answer.listing is None or len(answer.statements) == len(answer.listing.items):
        return ""
    return tag("p", f'<a href="#icat-beside-{turn}">{BESIDE}</a>', "icat-notice")


def _statements_html(answer: Answer, turn: int, drifts: Drifts) -> str:
    html = f'<div id="icat-beside-{turn}"></div>' if answer.listing else ""
    listed = len(answer.listing.items) if answer.listing else 0
    for publication, whole in words.runs(answer):
        run = [pair for pair in whole if pair[0] >= listed]
        if not run:
            continue
        if written_words.is_written(answer):
            html += written_html.by_html(answer) + written_html.sentences_html(answer, turn, run, drifts)
            continue
        head = tag("p", publication_html(publication), "icat-publication") if publication else ""
        html += f'<section class="icat-group">{head}{_run_html(answer, turn, run, drifts)}</section>'
    return html


def _run_html(answer: Answer, turn: int, run: Sequence[tuple[int, Statement]], drifts: Drifts) -> str:
    """Paragraphs; statements with the same lead become one list under it."""
    html = ""
    for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
        pieces = [statement_html(answer, turn, number, statement, drifts) for number, statement in pairs]
        if lead:
            items = "".join(tag("li", piece) for piece in pieces)
            html += tag("p", safe(lead), "icat-lead") + f'<ul dir="auto">{items}</ul>'
        else:
            html += "".join(tag("p", piece) for piece in pieces)
    return html


def _coverage_html(answer: Answer) -> str:
    if not written_words.shows_coverage(answer):
        return ""
    items = (
        f"<li>{safe(words.part_lead(part.part))} <strong>{words.COVERED[part.covered]}</strong></li>"
        for part in answer.coverage
    )
    return f'<ul class="icat-coverage" dir="auto">{"".join(items)}</ul>'


def _nearest_html(answer: Answer, turn: int) -> str:
    if not answer.nearest:
        return ""
    items = ""
    for number, passage in enumerate(answer.nearest, start=1):
        title = f"{words.title_words(passage.publication)}, {words.passage_pages(passage)}".rstrip(", ")
        value = label_value(turn, number, NEAREST)
        items += (
            f'<li><button type="button" class="icat-nearest" name="{LABEL_BUTTON}" value="{value}">'
            f"{safe(title)}</button> {tag('p', safe(words.excerpt(passage)))}</li>"
        )
    return f'<details class="icat-nearest-list"><summary>{words.NEAREST}</summary><ul>{items}</ul></details>'


def source_html(view: SourceView, images: bool = True) -> str:
    """The source panel of one opened label. Images stand inside as data, so that nothing is fetched."""
    pages = words.page_words([(page.number, page.label) for page in view.pages])
    html = tag("p", publication_html(view.publication), "icat-publication")
    html += tag("p", safe(pages), "icat-page") if pages else ""
    html += tag("p", " › ".join(safe(heading) for heading in view.section), "icat-section") if view.section else ""
    html += "".join(tag("p", safe(note), "icat-warning") for note in (DRIFT[view.drift], view.problem) if note)
    passage = f"{_lines(view.before)}<mark>{_lines(view.marked)}</mark>{_lines(view.after)}"
    html += tag("blockquote", passage, "icat-passage")
    for page in view.pages if images else ():
        if page.png is not None:
            alt = safe(f"{words.page_words([(page.number, page.label)])}, with the quote marked")
            data = b64encode(page.png).decode("ascii")
            html += f'<img class="icat-page-image" alt="{alt}" src="data:image/png;base64,{data}">'
    return f'<div class="icat-source-view">{html}</div>'


def _lines(text: str) -> str:
    """Escaped, with line breaks kept, and the space at either end."""
    return "<br>".join(_keep_ends(line) for line in text.split("\n"))


def _keep_ends(line: str) -> str:
    inner = safe(line)
    if not inner:
        return ""
    return (" " if line[0].isspace() else "") + inner + (" " if line[-1].isspace() else "")
