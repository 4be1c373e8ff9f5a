"""The page: widgets, and which handler each event calls.

The conversation is HTML of our own rather than `gr.Chatbot`, which strips the attributes that screen readers need and
is sent whole with every turn. It is kept in the browser's tab by `page.js`: two tabs never mix, a reload or a restart
of the server loses nothing, and what travels with a question does not grow with the conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app import messages
from assistant.app.chat import layout
from assistant.app.chat.handlers import Handlers, filters
from assistant.app.messages import Step
from assistant.app.review import layout as review_layout
from assistant.app.review.handlers import ReviewHandlers
from assistant.app.toolkit import layout as toolkit_layout
from assistant.app.toolkit.handlers import ToolkitHandlers
from assistant.show import html as render

# Handlers serve this page and are no interface for programs; the page shows progress itself.
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# The page asks one question at a time; Gradio's own guard would drop the next one if it came right after an answer.
EACH: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
UNANSWERED = "() => window.icat.fail('No answer came from the server. Is `icat serve` still running? Then ask again.')"
SCRIPTS = ("wire.js", "tab.js", "chat/asking.js", "chat/draft.js", "chat/source.js", "chat/listing.js", "chat/page.js")
TOOLKIT_SCRIPTS = (
    "wire.js",
    "toolkit/sheet_store.js",
    "toolkit/toolkit.js",
    "toolkit/sheet.js",
    "toolkit/sheet_files.js",
    "toolkit/begin.js",
)
REVIEW_SCRIPTS = ("wire.js", "review/store.js", "review/judge.js", "review/moves.js", "review/review.js")
STYLES = ("style.css", "chat/listing.css", "chat/written.css", "toolkit/toolkit.css", "review/review.css")
CHAT, TOOLKIT, REVIEW = "icat", "icatToolkit", "icatReview"  # what each script calls itself on the window
HEAR = "watch('value', () => window.{name}.hear(props.value));"  # a step came: the script has a function for each
VIEW = (  # a view, and what belongs to no other
    "html[data-view]:not([data-view='{name}']) :is(#{element}, [data-for='{name}']) {{ display: none !important; }}"
)


def asset(name: str) -> str:
    return (files("assistant.app") / name).read_text(encoding="utf-8")


def head() -> str:
    """Style, and which view is shown. In the head, where Gradio leaves it and it is there before the first paint."""
    views = "".join(VIEW.format(name=name, element=element) for name, _, element in layout.VIEWS)
    names = " ".join(name for name, _, _ in layout.VIEWS)
    return (
        "".join(f"<style>{style}</style>" for style in (*map(asset, STYLES), views))
        + f'<meta name="icat-views" content="{names}"><script>{asset("nav.js")}</script>'
    )


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Noto Sans", "Helvetica", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def build(handlers: Handlers, toolkit: ToolkitHandlers, review: ReviewHandlers) -> gr.Blocks:
    """The page over these handlers."""
    with gr.Blocks(title=layout.TITLE, analytics_enabled=False, fill_width=True) as page:
        _fixed(layout.header(handlers.model), "icat-top")
        with gr.Row(elem_id="icat-columns"):
            with gr.Column(elem_id="icat-left", min_width=0):
                _fixed(layout.conversation(handlers.model), "icat-scroll")
                with gr.Column(elem_id="icat-composer", min_width=0):
                    warmth = gr.HTML("", html_template='<div role="status">${value}</div>', elem_id="icat-warmth")
                    _fixed(layout.composer(messages.MAX_QUESTION, handlers.model), "icat-box")
                    chosen = _filters()
            with gr.Column(elem_id="icat-right", min_width=0):
                _fixed(layout.PANEL, "icat-right-inner")
        _fixed(toolkit_layout.toolkit_view(), "icat-toolkit")
        _fixed(review_layout.review_view(), "icat-review")
        _wire(handlers, chosen)
        _wire_toolkit(toolkit)
        _wire_review(review)
        timer = gr.Timer(1.0)
        timer.tick(lambda: _warm(handlers), None, [warmth, timer], **QUIET)
        page.load(lambda: _offered(handlers), None, chosen, **QUIET)
    return page


def _fixed(html: str, elem_id: str) -> None:
    gr.HTML(html, apply_default_css=False, elem_id=elem_id, js_on_load=None)


def _filters() -> list[gr.Dropdown]:
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

    gr.on([widget.change for widget in chosen], named, chosen, drawer, preprocess=False, **QUIET)
    return chosen


def _wire(handlers: Handlers, chosen: list[gr.Dropdown]) -> None:
    """What the page sends, and a channel back for each kind of request: in one for all, a step could be overwritten."""
    page = _channel(CHAT, SCRIPTS)

    def ask(sent: gr.EventData, of: list[str], kinds: list[str], languages: list[str]) -> Iterator[Step]:
        yield from handlers.ask(sent._data, filters(of, kinds, languages))

    # Not preprocessed: after a restart of the server a dropdown no longer knows what it had offered to an open page.
    asked = page.ask(ask, chosen, page, preprocess=False, **EACH)
    asked.failure(None, None, None, js=UNANSWERED)
    page.stop(None, None, None, cancels=[asked], **EACH)
    for event, handler in (
        (page.reopen, handlers.reopen),
        (page.open, handlers.open),
        (page.rate, handlers.rate),
        (page.save, handlers.save),
    ):
        event(_told(handler), None, _channel(CHAT), **EACH)


def _wire_toolkit(handlers: ToolkitHandlers) -> None:
    page = _channel(TOOLKIT, TOOLKIT_SCRIPTS)
    for event, handler in (
        (page.browse, handlers.browse),
        (page.gather, handlers.gather),
        (page.reveal, handlers.reveal),
        (page.check, handlers.check),
        (page.produce, handlers.produce),
    ):
        event(_told(handler), None, _channel(TOOLKIT), **EACH)


def _wire_review(handlers: ReviewHandlers) -> None:
    page = _channel(REVIEW, REVIEW_SCRIPTS)
    for event, handler in (
        (page.reviews, handlers.reviews),
        (page.create, handlers.create),
        (page.assign, handlers.assign),
        (page.remove, handlers.remove),
        (page.fetch, handlers.fetch),
        (page.judge, handlers.judge),
        (page.skip, handlers.skip),
        (page.takeback, handlers.undo),
        (page.figures, handlers.figures),
        (page.contest, handlers.contest),
        (page.settle, handlers.settle),
        (page.unsettle, handlers.unsettle),
        (page.export, handlers.export),
        (page.regress, handlers.regress),
    ):
        event(_told(handler), None, _channel(REVIEW), **EACH)


def _channel(name: str, scripts: Iterable[str] = ()) -> gr.HTML:
    """Shows nothing: steps go to the `hear` of the script of that name, which the first of its channels brings."""
    script = "\n".join([*map(asset, scripts), HEAR.format(name=name)])
    return gr.HTML({}, html_template="", js_on_load=script, visible="hidden")


def _told(handler: Callable[[Any], Step]) -> Callable[[gr.EventData], Step]:
    def handle(sent: gr.EventData) -> Step:
        return handler(sent._data)

    return handle


def _warm(handlers: Handlers) -> tuple[str, gr.Timer]:
    """The line on the models, looked at again as long as there is something to say."""
    line = handlers.warmth()
    return f"<p>{render.safe(line)}</p>" if line else "", gr.Timer(active=bool(line))


def _offered(handlers: Handlers) -> list[gr.Dropdown]:
    choices = handlers.choices()
    return [gr.Dropdown(choices.publications), gr.Dropdown(choices.kinds), gr.Dropdown(choices.languages)]
