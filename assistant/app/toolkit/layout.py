"""The Toolkit view on the page: what to browse by, the design sheet and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from assistant.app.toolkit.browsing import ELSEWHERE, PART_ONE
from assistant.app.toolkit.handlers import MAX_WORDS, ToolkitHandlers
from assistant.app.toolkit.html import BEFORE_WORDS, ELSEWHERE_WORDS
from assistant.app.view import Option, View, chips, filled
from assistant.show.words import capital, origin_words, plural
from assistant.toolkit.sheet.types import LONG, SHORT, TEXT
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin

NOTE = (  # seen in every view: what came of adding to the sheet from elsewhere
    '<div id="icat-note" role="status"><span></span> <a href="#toolkit-sheet">Open the design sheet</a> '
    '<button type="button" data-tk="dismiss" aria-label="Close this note">×</button></div>'
)


def toolkit_view(handlers: ToolkitHandlers) -> View:
    return View(
        name="toolkit",
        title="Toolkit",
        element="icat-toolkit",
        skip=("toolkit-words", "Go to the search box"),
        parts={"icat-toolkit": toolkit_html(), "icat-note-place": NOTE},
        handlers=handlers.table,
    )


def toolkit_html() -> str:
    """The whole view, with no item and no row in it."""
    activities = [("", "All"), (PART_ONE, BEFORE_WORDS), *((each.value, capital(each.value)) for each in Activity)]
    chosen_kinds = [("", "All"), *((kind.value, capital(plural(kind))) for kind in ItemKind)]
    levels = [(level.value, capital(level.value)) for level in reversed(Level)]
    return filled(
        Path(__file__).with_name("toolkit.html"),
        activities=_options([*activities, (ELSEWHERE, ELSEWHERE_WORDS)]),
        kind_chips=chips("kind", _chips(chosen_kinds)),
        level_chips=chips("level", _chips([("", "All"), *levels])),
        kinds=_options((kind.value, capital(plural(kind, 1))) for kind in reversed(ItemKind)),
        levels=_options([("", "Not given"), *levels]),
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
