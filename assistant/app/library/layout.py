"""The Library view on the page, with its two screens: the list, and a publication to be read."""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.routing import Route

from assistant.app.library.adding import AddingHandlers
from assistant.app.library.handlers import MAX_WORDS, LibraryHandlers
from assistant.app.library.html import state_words
from assistant.app.view import View, filled
from assistant.show.words import label
from assistant.texts.catalogue import _
from corpus.disk import LARGEST_FILE
from corpus.library import State
from corpus.listing import Whose

FILE = Path(__file__).with_name("library.html")


def library_view(reading: LibraryHandlers, adding: AddingHandlers) -> View:
    whose = "".join(f'<option value="{escape(each)}">{escape(label(each))}</option>' for each in Whose)
    states = "".join(
        f'<option value="{state}">{state_words(state)}</option>'
        for state in (State.ORIGINAL, State.DIGEST, State.ABSENT)
    )
    return View(
        name="library",
        title=_("Library"),
        element="icat-library",
        skip=("library-words", _("Go to the filter box")),
        parts={
            "icat-library": filled(
                FILE, whose=whose, states=states, longest=MAX_WORDS, bytes=LARGEST_FILE, size=LARGEST_FILE >> 20
            )
        },
        handlers={**reading.table, **adding.table},
        routes=(
            Route("/upload", adding.uploads.receive, methods=["PUT"]),
            Route("/original/{id}", reading.original, methods=["GET"]),
        ),
    )
