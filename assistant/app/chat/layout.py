"""The chat on the page: the conversation, the question box with its filters, and the source panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import gradio as gr

from assistant.app.chat.handlers import ChatHandlers
from assistant.app.header import Model
from assistant.app.view import View, filled, fixed
from assistant.program.program import MAX_QUESTION
from assistant.show.markup import safe
from assistant.show.words import capital, title_words
from corpus.anticipated import file_of, questions_of
from corpus.types import Publication

LISTED = ("The Toolkit", "Which questions should we ask ourselves when designing an awareness campaign?")
EXAMPLES = 3  # questions to the publications beside that
EXAMPLE_LENGTH = range(30, 111)  # characters of one
QUOTES = "<b>Quotes only.</b> Word for word: check them."
WRITES = "<b>{name} writes.</b> Each sentence is checked: look at its source too."
FOLDER = Path(__file__).parent
# What of the filters the script of the chat is told, and with it every question.
CHANGED = """(...chosen) => {
  document.dispatchEvent(new CustomEvent('icat-filters', { detail: chosen }));
  return chosen;
}"""
# These events belong to this page and are no interface for programs; nor is there a progress to show.
QUIET = {"api_visibility": "private", "show_progress": "hidden"}


def chat_view(handlers: ChatHandlers, model: Model | None) -> View:
    """`model`: what writes the answers; None: they are verbatim."""
    parts = {
        "icat-scroll": conversation(model, examples(handlers.publications(), date.today().toordinal())),
        "icat-box": composer(model),
        "icat-right-inner": filled(FOLDER / "panel.html") + filled(FOLDER / "saved.html"),
    }

    def layout(page: gr.Blocks) -> None:
        with gr.Row(elem_id="icat-columns"):
            with gr.Column(elem_id="icat-left", min_width=0):
                fixed(parts["icat-scroll"], "icat-scroll")
                with gr.Column(elem_id="icat-composer", min_width=0):
                    _warmth(handlers)
                    fixed(parts["icat-box"], "icat-box")
                    _filters(handlers, page)
            with gr.Column(elem_id="icat-right", min_width=0):
                fixed(parts["icat-right-inner"], "icat-right-inner")

    return View(
        name="chat",
        title="Chat",
        element="icat-columns",
        skip=("icat-question", "Go to the question box"),
        parts=parts,
        handlers=handlers.table,
        tools=filled(FOLDER / "tools.html"),
        layout=layout,
    )


def examples(publications: Sequence[Publication], day: int) -> list[tuple[str, str]]:
    """(title, question) of a few publications that have anticipated questions, others each day: what can be asked."""
    asked_of = [publication for publication in publications if file_of(publication.id).exists()]
    found: list[tuple[str, str]] = []
    for place in range(min(EXAMPLES, len(asked_of))):
        publication = asked_of[(day + place * len(asked_of) // EXAMPLES) % len(asked_of)]
        asked: dict[str, str] = {}  # of each section the first, which tells most of it by itself
        for each in questions_of(publication.id):
            if each.language == "en" and len(each.text) in EXAMPLE_LENGTH and each.text.endswith("?"):
                asked.setdefault(each.heading, each.text)
        if asked:
            text = list(asked.values())[day % len(asked)]
            found.append((capital(title_words(publication).rpartition(": ")[2]), text))
    return found


def conversation(model: Model | None, offered: Sequence[tuple[str, str]] = ()) -> str:
    """The place of the turns, with what is shown while there are none; `offered` as `examples` gives it."""
    made = "A language model writes the answer, and each sentence of it is checked against its source."
    cards = "".join(
        f'<li><button type="button" data-do="example" value="{escape(text)}"><small>{escape(purpose)}</small>'
        f"<span>{escape(text)}</span></button></li>"
        for purpose, text in (LISTED, *offered)
    )
    made = made if model else "The answer is made of sentences of the publications."
    return filled(FOLDER / "conversation.html", made=made, examples=cards)


def composer(model: Model | None) -> str:
    """The question box, and with a model the choice whether it writes."""
    if model is None:
        return filled(FOLDER / "composer.html", longest=MAX_QUESTION, writes=QUOTES, how="")
    name = escape(model.name)
    writes = f'<span data-writes="model">{WRITES.format(name=name)}</span> <span data-writes="quotes">{QUOTES}</span>'
    how = filled(FOLDER / "how.html", name=name)
    return filled(FOLDER / "composer.html", longest=MAX_QUESTION, writes=writes, how=how)


def _warmth(handlers: ChatHandlers) -> None:
    """The line on the models, looked at again as long as there is something to say."""
    shown = gr.HTML("", html_template='<div role="status">${value}</div>', elem_id="icat-warmth")
    timer = gr.Timer(1.0)

    def look() -> tuple[str, gr.Timer]:
        line = handlers.warmth()
        return f"<p>{safe(line)}</p>" if line else "", gr.Timer(active=bool(line))

    timer.tick(look, None, [shown, timer], **QUIET)


def _filters(handlers: ChatHandlers, page: gr.Blocks) -> None:
    """Publication, kind and language; what they offer is filled in when the page is opened."""
    with gr.Accordion("Filters", open=False, elem_id="icat-filters") as drawer:
        publications = gr.Dropdown([], multiselect=True, label="Only these publications", elem_id="icat-publications")
        with gr.Row():
            kinds = gr.Dropdown([], multiselect=True, label="Only these kinds", min_width=120, elem_id="icat-kinds")
            languages = gr.Dropdown(
                [], multiselect=True, label="Only these languages", min_width=120, elem_id="icat-languages"
            )
    chosen = [publications, kinds, languages]

    def named(*values: list[str] | None) -> gr.Accordion:
        number = sum(len(value or ()) for value in values)
        return gr.Accordion(label=f"Filters ({number} on)" if number else "Filters")

    def offered() -> list[gr.Dropdown]:
        return [gr.Dropdown(choices) for choices in handlers.choices()]

    # Not preprocessed: after a restart of the server a dropdown no longer knows what it had offered to an open page.
    gr.on([each.change for each in chosen], named, chosen, drawer, js=CHANGED, preprocess=False, **QUIET)
    page.load(offered, None, chosen, **QUIET)
