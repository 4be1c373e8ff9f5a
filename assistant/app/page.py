"""The page: a header over the views, of which one is shown.

Gradio brings the page, its frame, the filters and the light and dark colours. The conversation is HTML of our own
rather than `gr.Chatbot`, which strips the attributes that screen readers need and is sent whole with every turn: it is
kept in the browser's tab, so that two tabs never mix and a restart of the server loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from assistant.app.header import TITLE, Model, header
from assistant.app.view import View, fixed


def build(views: Sequence[View], model: Model | None) -> gr.Blocks:
    """The page with these views; the first is shown where the address names none."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        fixed(header(views, model), "icat-top")
        for view in views:
            view.place(page)
    return page


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Noto Sans", "Helvetica", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
