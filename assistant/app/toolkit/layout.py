"""The Toolkit view on the page: what to browse by, the design sheet and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from assistant.app.toolkit.handlers import MAX_WORDS, ToolkitHandlers
from assistant.app.toolkit.html import elsewhere, places
from assistant.app.view import Option, View, chips, filled
from assistant.show.words import capital, label, origin_words, plural
from assistant.texts.catalogue import _
from assistant.toolkit.sheet.types import LONG, SHORT, TEXT
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Origin

FOLDER = Path(__file__).parent


def toolkit_view(handlers: ToolkitHandlers) -> View:
    return View(
        name="toolkit",
        title=_("Toolkit"),
        element="icat-toolkit",
        skip=("toolkit-words", _("Go to the search box")),
        parts={"icat-toolkit": toolkit_html(), "icat-note-place": filled(FOLDER / "note.html")},
        handlers=handlers.table,
    )


def toolkit_html() -> str:
    """The whole view, with no item and no row in it."""
    everything = ("", _("All"))
    chosen_kinds = [everything, *((kind.value, capital(plural(kind))) for kind in ItemKind)]
    levels = [(level.value, capital(label(level))) for level in reversed(Level)]
    return filled(
        FOLDER / "toolkit.html",
        activities=_options([everything, *places(), elsewhere()]),
        kind_chips=chips("kind", _chips(chosen_kinds)),
        level_chips=chips("level", _chips([everything, *levels])),
        kinds=_options((kind.value, capital(plural(kind, 1))) for kind in reversed(ItemKind)),
        levels=_options([("", _("Not given")), *levels]),
        starter=origin_words(Origin.STARTER),
        longest=MAX_WORDS,
        short=SHORT,
        long=LONG,
        text=TEXT,
    )


def _options(choices: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<option value="{escape(value)}" data-words="{escape(words)}">{escape(words)}</option>'
        for value, words in choices
    )


def _chips(choices: Iterable[tuple[str, str]]) -> Iterable[Option]:
    return (Option(value, words, chosen=not value) for value, words in choices)
