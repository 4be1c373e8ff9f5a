"""The Review view on the page, with its screens; one of them is shown."""

from __future__ import annotations

from pathlib import Path

from assistant.app.review.handlers import ReviewHandlers
from assistant.app.view import View, filled
from assistant.review.types import MAX_WORDS
from assistant.review.workbench import MAX_TITLE
from assistant.texts.catalogue import _

FILE = Path(__file__).with_name("review.html")


def review_view(handlers: ReviewHandlers) -> View:
    """A verdict is chosen with buttons rather than radio buttons: the arrow keys lead from sentence to sentence."""
    return View(
        name="review",
        title=_("Review"),
        element="icat-review",
        skip=("review-title", _("Go to the reviews")),
        parts={"icat-review": filled(FILE, longest_title=MAX_TITLE, longest_words=MAX_WORDS)},
        handlers=handlers.table,
    )
