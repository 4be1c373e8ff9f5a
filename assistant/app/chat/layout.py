"""The chat on the page: the conversation, the question box with its filters, and the source panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from assistant.app.chat.handlers import ChatHandlers
from assistant.app.header import Model
from assistant.app.quick_gradio import gr
from assistant.app.view import View, filled, fixed
from assistant.program.program import MAX_QUESTION
from assistant.show.markup import safe
from assistant.show.words import capital, title_words
from assistant.texts.catalogue import _, speaking, spoken
from corpus.anticipated import file_of, questions_of
from corpus.sentences import QUESTION_MARKS
from corpus.types import Publication

EXAMPLES = 3  # questions to the publications beside that
EXAMPLE_LENGTH = range(30, 111)  # characters of one
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
        "icat-right-inner": filled(FOLDER / "panel.html"),
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
        title=_("Chat"),
        element="icat-columns",
        skip=("icat-question", _("Go to the question box")),
        parts=parts,
        handlers=handlers.table,
        tools=filled(FOLDER / "tools.html") + filled(FOLDER / "saved.html"),  # the panel opens from other views too
        layout=layout,
    )


def examples(publications: Sequence[Publication], day: int) -> list[tuple[str, str]]:
    """(title, question) of a few publications that have anticipated questions, others each day: what can be asked."""
    # A translation has questions in its own language alone; those of its original are in all of them.
    asked_of = [text for text in publications if text.language == "en" and file_of(text.id).exists()]
    found: list[tuple[str, str]] = []
    for place in range(min(EXAMPLES, len(asked_of))):
        publication = asked_of[(day + place * len(asked_of) // EXAMPLES) % len(asked_of)]
        asked: dict[str, str] = {}  # of each section the first, which tells most of it by itself
        for each in questions_of(publication.id):
            if each.language == spoken() and _fits(each.text):
                asked.setdefault(each.heading, each.text)
        if asked:
            text = list(asked.values())[day % len(asked)]
            found.append((capital(title_words(publication).rpartition(": ")[2]), text))
    return found


def _fits(text: str) -> bool:
    """Whether a question is as long as an example; a Chinese character says as much as three letters."""
    length = len(text) * (3 if spoken() == "zh" else 1)
    return length in EXAMPLE_LENGTH and text.endswith(QUESTION_MARKS)


def conversation(model: Model | None, offered: Sequence[tuple[str, str]] = ()) -> str:
    """The place of the turns, with what is shown while there are none; `offered` as `examples` gives it."""
    listed = (_("The Toolkit"), _("Which questions should we ask ourselves when designing an awareness campaign?"))
    cards = "".join(
        f'<li><button type="button" data-do="example" value="{escape(text)}"><small>{escape(purpose)}</small>'
        f"<span>{escape(text)}</span></button></li>"
        for purpose, text in (listed, *offered)
    )
    if model:
        made = _("A language model writes the answer, and each sentence of it is checked against its source.")
    else:
        made = _("The answer is made of sentences of the publications.")
    return filled(FOLDER / "conversation.html", made=made, examples=cards)


def composer(model: Model | None) -> str:
    """The question box, and with a model the choice whether it writes."""
    quotes = _("<b>Quotes only.</b> Word for word: check them.")
    if model is None:
        return filled(FOLDER / "composer.html", longest=MAX_QUESTION, writes=quotes, how="")
    name = escape(model.name)
    written = _("<b>{name} writes.</b> Each sentence is checked: look at its source too.").format(name=name)
    writes = f'<span data-writes="model">{written}</span> <span data-writes="quotes">{quotes}</span>'
    how = filled(FOLDER / "how.html", name=name)
    return filled(FOLDER / "composer.html", longest=MAX_QUESTION, writes=writes, how=how)


def _warmth(handlers: ChatHandlers) -> None:
    """The line on the models, looked at again as long as there is something to say."""
    shown = gr.HTML("", html_template='<div role="status">${value}</div>', elem_id="icat-warmth")
    timer, language = gr.Timer(1.0), spoken()

    def look() -> tuple[str, gr.Timer]:
        with speaking(language):
            line = handlers.warmth()
        return f"<p>{safe(line)}</p>" if line else "", gr.Timer(active=bool(line))

    timer.tick(look, None, [shown, timer], **QUIET)


def _filters(handlers: ChatHandlers, page: gr.Blocks) -> None:
    """Publication, kind and language; what they offer is filled in when the page is opened."""
    with gr.Accordion(_("Filters"), open=False, elem_id="icat-filters") as drawer:
        publications = gr.Dropdown(
            [], multiselect=True, label=_("Only these publications"), elem_id="icat-publications"
        )
        with gr.Row():
            narrow = {"multiselect": True, "min_width": 120}
            kinds = gr.Dropdown([], label=_("Only these kinds"), elem_id="icat-kinds", **narrow)
            languages = gr.Dropdown([], label=_("Only these languages"), elem_id="icat-languages", **narrow)
    chosen, language = [publications, kinds, languages], spoken()

    def named(*values: list[str] | None) -> gr.Accordion:
        number = sum(len(value or ()) for value in values)
        with speaking(language):
            return gr.Accordion(label=_("Filters ({number} on)").format(number=number) if number else _("Filters"))

    def offered() -> list[gr.Dropdown]:
        with speaking(language):
            return [gr.Dropdown(choices) for choices in handlers.choices()]

    # Not preprocessed: after a restart of the server a dropdown no longer knows what it had offered to an open page.
    gr.on([each.change for each in chosen], named, chosen, drawer, js=CHANGED, preprocess=False, **QUIET)
    page.load(offered, None, chosen, **QUIET)
