"""Answers and sources as HTML for the chat. Pure.

Whatever comes from a document, a question or a model is escaped. The HTML is one line that starts with a
tag, so that Markdown lets it through. A label is a button whose `value` is read by `parse_label`:
Gradio's sanitizer keeps `name`, `value` and `title`, but drops `data-` and `aria-` attributes.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant import words
from assistant.refusals import CONTACTS, SAFETY, contact_words, reader_language, refusal_words, shows_contacts
from assistant.settings import Contact
from assistant.sources import Drift, SourceView
from assistant.types import Answer, Statement, Status
from corpus.types import Publication

LABEL_BUTTON = "icat-source"  # the name of every label's button
NEAREST = "n"  # stands for the statement in the value of a nearest passage's button
DRIFT = {
    Drift.NONE: "",
    Drift.MOVED: "The document has changed since this answer. The quote moved; this is where it stands now.",
    Drift.GONE: "The document has changed or was removed since this answer. The quote is no longer there.",
}


def safe(text: str) -> str:
    """Text fit to stand in HTML and in an attribute, also when Markdown or TeX is read from it afterwards."""
    text = escape(words.printable(text), quote=True)
    return text.replace("$", "&#36;").replace("\\", "&#92;").replace("`", "&#96;")


def label_value(turn: int, label: int, statement: int | str = "", quote: int | str = "") -> str:
    """What a label's button carries."""
    return f"{turn}.{label}.{statement}.{quote}"


def parse_label(value: str) -> tuple[int, int, int | None, int | None, bool]:
    """(turn, label, statement, quote, nearest) of a button's value; ValueError for anything else.

    Statement and quote are None where the whole passage is meant. With `nearest`, the label counts in
    `Answer.nearest` from 1.
    """
    turn, label, statement, quote = value.split(".")
    if statement == NEAREST:
        return int(turn), int(label), None, None, True
    return int(turn), int(label), int(statement) if statement else None, int(quote) if quote else None, False


def answer_html(answer: Answer, turn: int, contacts: Sequence[Contact] = ()) -> str:
    """One answer for the chat. `turn` counts from 0 and comes back from a label's button."""
    if answer.refusal is not None:
        body = _refusal_html(answer, contacts)
    else:
        body = (
            _status_html(answer) + _statements_html(answer, turn) + _coverage_html(answer) + _nearest_html(answer, turn)
        )
    notice = _tag("p", safe(answer.notice), "icat-notice") if answer.notice else ""
    return f'<div class="icat-answer icat-{answer.status.name.lower()}">{notice}{body}</div>'


def _tag(name: str, inner: str, css: str = "", direction: bool = True) -> str:
    attributes = (f' class="{css}"' if css else "") + (' dir="auto"' if direction else "")
    return f"<{name}{attributes}>{inner}</{name}>"


def _refusal_html(answer: Answer, contacts: Sequence[Contact]) -> str:
    paragraphs = refusal_words(answer.refusal, reader_language(answer.query.asked))
    html = "".join(_tag("p", safe(paragraph)) for paragraph in paragraphs)
    if answer.status in (Status.URGENT, Status.REFUSED):
        html = _tag("p", f"<strong>{safe(words.STATUS[answer.status])}</strong>", "icat-status") + html
    if contacts and shows_contacts(answer.refusal):
        items = "".join(_tag("li", safe(line)) for line in contact_words(contacts))
        html += _tag("p", safe(CONTACTS)) + f"<ul>{items}</ul>"
    return html


def _status_html(answer: Answer) -> str:
    html = ""
    if answer.query.stand_alone != answer.query.asked:
        html += _tag("p", f"Understood as: {safe(answer.query.stand_alone)}", "icat-understood")
    if answer.status is not Status.ANSWERED:
        html += _tag("p", safe(words.STATUS[answer.status]), "icat-status")
    if answer.unknown_labels:
        labels = " ".join(f"[{label}]" for label in answer.unknown_labels)
        html += _tag("p", safe(f"{words.UNKNOWN} {labels}"), "icat-warning")
    if answer.status is Status.NO_EVIDENCE:
        html += _tag("p", safe(words.FILTERED), "icat-notice") if answer.query.filters else ""
        html += _tag("p", safe(SAFETY), "icat-notice")
    return html


def _statements_html(answer: Answer, turn: int) -> str:
    html = ""
    for publication, run in words.runs(answer):
        head = _tag("p", _source_html(publication), "icat-publication") if publication else ""
        html += f'<section class="icat-group">{head}{_run_html(answer, turn, run)}</section>'
    return html


def _run_html(answer: Answer, turn: int, run: Sequence[tuple[int, Statement]]) -> str:
    """Paragraphs; statements with the same lead become one list under it."""
    html = ""
    for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
        pieces = [_statement_html(answer, turn, number, statement) for number, statement in pairs]
        if lead:
            items = "".join(_tag("li", piece) for piece in pieces)
            html += _tag("p", safe(lead), "icat-lead") + f'<ul dir="auto">{items}</ul>'
        else:
            html += "".join(_tag("p", piece) for piece in pieces)
    return html


def _statement_html(answer: Answer, turn: int, number: int, statement: Statement) -> str:
    html = f"<span>{safe(statement.text)}</span>"  # not bdi: the paragraph takes its direction from this text
    for position, quote in enumerate(statement.quotes):
        publication = words.labelled(answer, quote.label)
        pages = words.quote_pages([quote], publication) if publication else ""
        where = ", ".join(part for part in (words.title_words(publication) if publication else "", pages) if part)
        value = label_value(turn, quote.label, number, position)
        html += f" {_button(turn, quote.label, value, where)}"
        html += f' <small class="icat-page">{safe(pages)}</small>' if pages else ""
    notes = [words.SUPPORT[statement.support], *statement.warnings]
    return html + "".join(f' <em class="icat-warning">{safe(note)}</em>' for note in notes if note)


def _button(turn: int, label: int, value: str, where: str) -> str:
    title = safe(f"Source {label}: {where}" if where else f"Source {label}")
    return (
        f'<button type="button" class="icat-label" name="{LABEL_BUTTON}" value="{value}" data-turn="{turn}" '
        f'data-label="{label}" title="{title}" aria-label="{title}">[{label}]</button>'
    )


def _source_html(publication: Publication) -> str:
    """Title, kind and date; a badge for the project's own words, and a note when superseded."""
    facts = [words.kind_words(publication), publication.date_label]
    html = f"<strong>{safe(words.title_words(publication))}</strong> "
    html += f"<span>{safe(', '.join(fact for fact in facts if fact))}</span>"
    if words.ORIGIN[publication.origin]:
        html += f' <span class="icat-badge">{safe(words.ORIGIN[publication.origin])}</span>'
    if publication.superseded_by:
        html += f' <span class="icat-badge">{safe(words.SUPERSEDED)}</span>'
    return html


def _coverage_html(answer: Answer) -> str:
    if len(answer.coverage) < 2:
        return ""
    items = (f"<li>{safe(part.part)}: <strong>{words.COVERED[part.covered]}</strong></li>" for part in answer.coverage)
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
            f"{safe(title)}</button> {_tag('p', safe(words.excerpt(passage)))}</li>"
        )
    return f'<details class="icat-nearest-list"><summary>{words.NEAREST}</summary><ul>{items}</ul></details>'


def source_html(view: SourceView, images: bool = True) -> str:
    """The source panel of one opened label. Images stand inside as data, so that nothing is fetched."""
    pages = words.page_words([(page.number, page.label) for page in view.pages])
    html = _tag("p", _source_html(view.publication), "icat-publication")
    html += _tag("p", safe(pages), "icat-page") if pages else ""
    html += _tag("p", " › ".join(safe(heading) for heading in view.section), "icat-section") if view.section else ""
    html += "".join(_tag("p", safe(note), "icat-warning") for note in (DRIFT[view.drift], view.problem) if note)
    passage = f"{_lines(view.before)}<mark>{_lines(view.marked)}</mark>{_lines(view.after)}"
    html += _tag("blockquote", passage, "icat-passage")
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
