"""The pieces that HTML for readers is made of. Pure.

Whatever comes from a document, a question or a model is escaped by `safe`. A label is a button whose `value` is
read by `parse_label`.
"""

from __future__ import annotations

from html import escape

from assistant.show import words
from assistant.show.blocks import NEAREST, SAYING
from corpus.types import Publication

LABEL_BUTTON = "icat-source"  # the name of every label's button


def safe(text: str) -> str:
    """Text fit to stand in HTML and in an attribute, also when Markdown or TeX is read from it afterwards."""
    text = escape(words.printable(text), quote=True)
    return text.replace("$", "&#36;").replace("\\", "&#92;").replace("`", "&#96;")


def kept(text: str) -> str:
    """`safe` folds the space at either end of a text away; within a line it stays."""
    inner = safe(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def element(name: str, inner: str, /, **attributes: str) -> str:
    """`inner` is HTML already. Attributes are escaped and left out where empty; `data_do` is written data-do."""
    shown = (f' {key.rstrip("_").replace("_", "-")}="{safe(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{''.join(shown)}>{inner}</{name}>"


def tag(name: str, inner: str, css: str = "") -> str:
    """An element that takes its direction from its own text. `inner` is HTML already."""
    return element(name, inner, class_=css, dir="auto")


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


def publication_html(publication: Publication) -> str:
    """Title, kind and date; a badge for the project's own words, and a note when superseded."""
    facts = words.listed((words.kind_words(publication), words.date_words(publication)))
    marks = [words.origin_words(publication.origin), words.say("superseded") if publication.superseded_by else ""]
    title = f"<strong>{safe(words.title_words(publication))}</strong> <span>{safe(facts)}</span>"
    return " ".join([title, *(badge(mark) for mark in marks if mark)])


def badge(text: str) -> str:
    return element("span", safe(text), class_="icat-badge")
