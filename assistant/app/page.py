"""The page: widgets, and which handler each event calls."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr

from assistant import render
from assistant.app.handlers import EMPTY_PANEL, Handlers, Shown, filters

TITLE = "ICAT Assistant"
NOTICE = (
    "Answers are made of whole sentences of the publications, each with its page; check them there. "
    "Not legal advice, not for reporting a case, and nobody reads along: in danger, call the local emergency "
    "services. Leave out names and details of real people."
)
EXAMPLES = (
    "Which questions should we ask ourselves when designing an awareness campaign?",
    "How do trafficking in persons and smuggling of migrants differ?",
    "What does displacement mean, and how can a programme watch for it?",
    "Which strategies address demand for labour exploitation?",
)
PRIVATE: dict[str, Any] = {"api_visibility": "private"}  # handlers are the page's, not an interface for programs

# Labels are buttons inside the chat; one listener turns a click on any of them into an event of this component.
BRIDGE = """
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[name="%s"]');
  if (!button) return;
  event.preventDefault();
  trigger('click', {value: button.value});
});
"""
TO_PANEL = """() => {
  const panel = document.querySelector('#icat-panel');
  if (panel && window.matchMedia('(max-width: 900px)').matches) panel.scrollIntoView({behavior: 'smooth'});
}"""
COPY = """(text) => {
  if (navigator.clipboard && text) navigator.clipboard.writeText(text);
}"""
DOWNLOAD = """() => new Promise((done) => setTimeout(() => {
  const link = document.querySelector('#icat-file a, a#icat-file, #icat-file');
  if (link) link.click();
  done();
}, 100))"""


def asset(name: str) -> str:
    return (files("assistant.app") / name).read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host."""
    return gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Noto Sans", "Helvetica", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def build(handlers: Handlers, secret: str) -> gr.Blocks:
    """The page. `secret` keeps the browser's copy of a conversation readable after the server restarts."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        record = gr.BrowserState(None, storage_key="icat-conversation", secret=secret)
        pending = gr.State("")
        rated = gr.State(None)
        gr.HTML(f'<header class="icat-header"><h1>{TITLE}</h1><p>{render.safe(NOTICE)}</p></header>')
        with gr.Row(elem_id="icat-columns"):
            with gr.Column(scale=6, min_width=320, elem_id="icat-left"):
                chat = gr.Chatbot(
                    elem_id="icat-chat",
                    show_label=False,
                    height="62vh",
                    latex_delimiters=[],
                    buttons=[],
                    feedback_options=("Like", "Dislike"),
                    examples=[{"text": text} for text in EXAMPLES],
                    placeholder="Ask about designing or evaluating counter-trafficking programmes.",
                    layout="panel",
                )
                word = gr.Textbox(
                    visible=False,
                    label="What was good or wrong? (optional; kept on this server without your question)",
                    elem_id="icat-word",
                    submit_btn="Send",
                    max_length=500,
                )
                status = gr.HTML("", elem_id="icat-status")
                box = gr.Textbox(
                    elem_id="icat-question",
                    label="Your question",
                    placeholder="Write a question, then press Enter",
                    lines=2,
                    max_lines=8,
                    max_length=8000,
                    submit_btn="Ask",
                    autofocus=True,
                )
                with gr.Row(elem_id="icat-buttons"):
                    new = gr.Button("New", size="sm", min_width=60)
                    stop = gr.Button("Stop", size="sm", min_width=60)
                    retry = gr.Button("Retry", size="sm", min_width=60)
                    copy = gr.Button("Copy answer", size="sm", min_width=60)
                    as_markdown = gr.Button("Save as Markdown", size="sm", min_width=60)
                    as_word = gr.Button("Save as Word", size="sm", min_width=60)
                with gr.Accordion("Filters", open=False, elem_id="icat-filters"):
                    publications = gr.Dropdown([], multiselect=True, label="Publication")
                    with gr.Row():
                        kinds = gr.Dropdown([], multiselect=True, label="Kind", min_width=140)
                        languages = gr.Dropdown([], multiselect=True, label="Language", min_width=140)
            with gr.Column(scale=5, min_width=320, elem_id="icat-right"):
                gr.HTML("<h2>Source</h2>")
                panel = gr.HTML(EMPTY_PANEL, elem_id="icat-panel")
        bridge = gr.HTML("", js_on_load=BRIDGE % render.LABEL_BUTTON, elem_classes="icat-hidden")
        text = gr.Textbox("", visible="hidden", elem_id="icat-plain")
        file = gr.DownloadButton("Download", visible="hidden", elem_id="icat-file")
        timer = gr.Timer(1.0)

        shown = [chat, record, panel, text]

        def values(step: Shown) -> tuple[Any, ...]:
            return step.messages, step.record, step.panel, step.plain

        def reopen(kept: Any) -> tuple[Any, ...]:
            step, lost = handlers.reopen(kept)
            if lost:
                gr.Warning(lost)
            choices = handlers.choices()
            return (
                *values(step),
                gr.Dropdown(choices.publications),
                gr.Dropdown(choices.kinds),
                gr.Dropdown(choices.languages),
            )

        def take(question: str) -> tuple[str, str]:
            return question.strip(), ""

        def ask(question: str, kept: Any, chosen: list[str], of_kind: list[str], spoken: list[str]):
            if not question:
                yield (gr.skip(),) * len(shown)
                return
            for step in handlers.ask(question, kept, filters(chosen, of_kind, spoken)):
                yield values(step)

        def warm() -> tuple[str, gr.Timer]:
            line = handlers.warmth()
            return f'<p role="status">{render.safe(line)}</p>' if line else "", gr.Timer(active=bool(line))

        def stopped(question: str, kept: Any) -> tuple[Any, ...]:
            return (*values(handlers.reopen(kept)[0]), question)

        def like(data: gr.LikeData, kept: Any) -> tuple[Any, Any]:
            turn = (data.index if isinstance(data.index, int) else data.index[0]) // 2
            handlers.rate(kept, turn, bool(data.liked))
            return (turn, bool(data.liked)), gr.Textbox(visible=True, value="")

        def comment(said: str, which: tuple[int, bool] | None, kept: Any) -> gr.Textbox:
            if which and said.strip():
                handlers.rate(kept, *which, said.strip())
            return gr.Textbox(visible=False, value="")

        def opened(event: gr.EventData, kept: Any) -> str:
            return handlers.open(str((event._data or {}).get("value", "")), kept)

        def save(word_file: bool):
            def make(kept: Any):
                path = handlers.file(kept, word_file)
                if path is None:
                    gr.Info("There is no answer to save yet.")
                return str(path) if path else None

            return make

        page.load(reopen, record, [*shown, publications, kinds, languages], **PRIVATE)
        timer.tick(warm, None, [status, timer], show_progress="hidden", **PRIVATE)
        asking = [pending, record, publications, kinds, languages]
        first = box.submit(take, box, [pending, box], **PRIVATE)
        answering = [first.then(ask, asking, shown, show_progress="hidden", **PRIVATE)]
        example = chat.example_select(lambda data: (data.value["text"], ""), None, [pending, box], **PRIVATE)
        answering.append(example.then(ask, asking, shown, show_progress="hidden", **PRIVATE))
        again = retry.click(handlers.without_last, record, [record, pending], **PRIVATE)
        answering.append(again.then(ask, asking, shown, show_progress="hidden", **PRIVATE))
        stop.click(stopped, [pending, record], [*shown, box], cancels=answering, **PRIVATE)
        new.click(lambda: (*values(handlers.reopen(None)[0]), ""), None, [*shown, box], cancels=answering, **PRIVATE)
        chat.like(like, record, [rated, word], **PRIVATE)
        word.submit(comment, [word, rated, record], word, **PRIVATE)
        bridge.click(opened, record, panel, **PRIVATE).then(None, None, None, js=TO_PANEL)
        copy.click(None, text, None, js=COPY)
        for button, is_word in ((as_markdown, False), (as_word, True)):
            button.click(save(is_word), record, file, **PRIVATE).then(None, None, None, js=DOWNLOAD)
    return page
