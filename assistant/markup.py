"""The pieces that HTML for readers is made of. Pure.

Whatever comes from a document, a question or a model is escaped by `safe`. A label is a button whose `value` is
read by `parse_label`.
"""

from __future__ import annotations

from html import escape

from assistant import words
from assistant.types import Answer, Statement
from corpus.types import Publication

LABEL_BUTTON = "icat-source"  # the name of every label's button
NEAREST = "n"  # stands for the statement in the value of a nearest passage's button


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


def tag(name: str, inner: str, css: str = "", direction: bool = True) -> str:
    """`inner` is HTML already. With `direction`, the element takes its direction from its own text."""
    attributes = (f' class="{css}"' if css else "") + (' dir="auto"' if direction else "")
    return f"<{name}{attributes}>{inner}</{name}>"


def statement_html(answer: Answer, turn: int, number: int, statement: Statement) -> str:
    """Statement `number` of the answer, from 0, with its labels, pages and what is to be said of its support."""
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
