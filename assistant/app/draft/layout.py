"""The Draft view on the page: a form. What it says is put into one sentence, which the chat is asked."""

from __future__ import annotations

from html import escape
from pathlib import Path

from assistant.app.view import View, filled
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
    kinds = "".join(
        f'<label><input type="radio" name="kind" value="{escape(label(artefact))}" data-minutes="{minutes}"'
        f"{' checked' if artefact is Artefact.SESSION else ''}><span>{escape(capital(label(artefact)))}</span></label>"
        for artefact, minutes in made
    )
    named = ((aspect.words[spoken()][0], term(aspect.label)) for aspect in aspects().values())
    chosen = "".join(
        f'<label><input type="checkbox" name="aspect" value="{escape(word)}">'
        f"<span>{escape(capital(name))}</span></label>"
        for word, name in named
    )
    return filled(Path(__file__).with_name("draft.html"), kinds=kinds, aspects=chosen, longest=LONGEST)
