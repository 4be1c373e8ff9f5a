"""The Draft view on the page: a form. What it says is put into one sentence, which the chat is asked."""

from __future__ import annotations

from pathlib import Path

from assistant.app.view import Option, View, chips, filled
from assistant.draft.aspects import aspects
from assistant.draft.outlines import outlines
from assistant.show.words import capital, label
from assistant.texts.catalogue import _, spoken, term
from assistant.types import Artefact

LONGEST = 300  # characters of an answer in the form


def draft_view() -> View:
    return View(
        name="draft",
        title=_("Draft"),
        element="icat-draft",
        skip=("draft-theme", _("Go to the form")),
        parts={"icat-draft": draft_html()},
        handlers={},
    )


def draft_html() -> str:
    """The form, with the artefacts that there are outlines of and what each takes."""
    made = [(artefact, outline.minutes) for artefact, outline in outlines().items()]
    kinds = (
        Option(label(artefact), capital(label(artefact)), artefact is Artefact.SESSION, {"minutes": minutes})
        for artefact, minutes in made
    )
    chosen = (Option(aspect.words[spoken()][0], capital(term(aspect.label))) for aspect in aspects().values())
    return filled(
        Path(__file__).with_name("draft.html"),
        kinds=chips("kind", kinds),
        aspects=chips("aspect", chosen, several=True),
        longest=LONGEST,
    )
