"""The pieces that HTML for readers is made of. Pure.

Whatever comes from a document, a question or a model is escaped by `safe`. A label is a button whose `value` is
read by `parse_label`.
"""

from __future__ import annotations

from html import escape

from assistant.show import words
from assistant.show.recheck import DRIFTED, NO_DRIFTS, Drifts
from assistant.show.sources import Drift
from assistant.types import Answer, Statement
from corpus.types import Publication

LABEL_BUTTON = "icat-source"  # the name of every label's button
NEAREST = "n"  # stands for the statement in the value of a nearest passage's button
SAYING = "d"  # stands for it where publications differ; the quote is then a reading's place among all of them, from 0


def safe(text: str) -> str:
    """Text fit to stand in HTML and in an attribute, also when Markdown or TeX is read from it afterwards."""
    text = escape(words.printable(text), quote=True)
    return text.replace("$", "&#36;").replace("\\", "&#92;").replace("`", "&#96;")


def label_value(turn: int, label: int, statement: int | str = "", quote: int | str = "") -> str:
    """What a label's button carries."""
    return f"{turn}.{label}.{statement}.{quote}"


def parse_saying(value: str) -> tuple[int, int] | None:
    """(label, place of the reading) of a button where publications differ; None for another, or for no button's."""
    match value.split("."):
        case [_, label, str(kind), place] if kind == SAYING and label.isdecimal() and place.isdecimal():
            return int(label), int(place)
    return None


def parse_label(value: str) -> tuple[int, int, int | None, int | None, bool]:
    """(turn, label, statement, quote, nearest) of a button's value; ValueError for anything else.

    Statement and quote are None where the whole passage is meant. With `nearest`, the label counts in
    `Answer.nearest` from 1.
    """
    turn, label, statement, quote = value.split(".")
    if statement == NEAREST:
        return int(turn), int(label), None, None, True
    return int(turn), int(label), int(statement) if statement else None, int(quote) if quote else None, False


def tag(name: str, inner: str, css: str = "", direction: bool = True) -> str:
    """`inner` is HTML already. With `direction`, the element takes its direction from its own text."""
    attributes = (f' class="{css}"' if css else "") + (' dir="auto"' if direction else "")
    return f"<{name}{attributes}>{inner}</{name}>"


def statement_html(answer: Answer, turn: int, number: int, statement: Statement, drifts: Drifts = NO_DRIFTS) -> str:
    """Statement `number` of the answer, from 0, with its labels, pages and what is to be said of its support."""
    html = f"<span>{safe(statement.text)}</span>"  # not bdi: the paragraph takes its direction from this text
    html += quote_buttons(answer, turn, number, statement, drifts)
    notes = [words.SUPPORT[statement.support], *statement.warnings]
    return html + "".join(f' <em class="icat-warning">{safe(note)}</em>' for note in notes if note)


def quote_buttons(
    answer: Answer, turn: int, number: int, statement: Statement, drifts: Drifts = NO_DRIFTS, pages: bool = True
) -> str:
    """A button for each quote of a statement; `pages`: with its page beside it."""
    html = ""
    for position, quote in enumerate(statement.quotes):
        publication = words.labelled(answer, quote.label)
        page = words.quote_pages([quote], publication) if publication else ""
        where = ", ".join(part for part in (words.title_words(publication) if publication else "", page) if part)
        value = label_value(turn, quote.label, number, position)
        html += f" {label_button(turn, quote.label, value, where, drifts.get((number, position), Drift.NONE))}"
        html += f' <small class="icat-page">{safe(page)}</small>' if page and pages else ""
    return html


def label_button(turn: int, label: int, value: str, where: str, drift: Drift = Drift.NONE) -> str:
    """The button of a label; `where`: title and page, as it is read out."""
    said = f"Source {label}: {where}" if where else f"Source {label}"
    if drift is not Drift.NONE:
        said += f" (the quote {DRIFTED[drift]})"
    css = "icat-label" if drift is Drift.NONE else "icat-label icat-drifted"
    return (
        f'<button type="button" class="{css}" name="{LABEL_BUTTON}" value="{value}" data-turn="{turn}" '
        f'data-label="{label}" title="{safe(said)}" aria-label="{safe(said)}">[{label}]</button>'
    )


def publication_html(publication: Publication) -> str:
    """Title, kind and date; a badge for the project's own words, and a note when superseded."""
    facts = [words.kind_words(publication), publication.date_label]
    html = f"<strong>{safe(words.title_words(publication))}</strong> "
    html += f"<span>{safe(', '.join(fact for fact in facts if fact))}</span>"
    if words.ORIGIN[publication.origin]:
        html += f" {badge(words.ORIGIN[publication.origin])}"
    if publication.superseded_by:
        html += f" {badge(words.SUPERSEDED)}"
    return html


def badge(text: str) -> str:
    return f'<span class="icat-badge">{safe(text)}</span>'
