"""The top of the page: title, views and their tools, and what a reader has to know before using an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from assistant.app.view import Option, View, chips, filled
from assistant.model_settings import LOOPBACK
from assistant.settings import Settings
from assistant.wiring import kept_model

TITLE = "ICAT Assistant"
QUOTED = (
    "It finds whole sentences and list items in the publications on this machine and quotes them word for word. "
    "Open a number such as <b>[1]</b> to see the page, and check it there before you use it."
)
WRITTEN = (
    "The language model {name} writes the answers from passages of the publications on this machine. Each sentence is "
    "checked against its source, and held back where the source does not support it. The check can be wrong: open a "
    "number such as <b>[1]</b> to see the page before you use a sentence."
)
STAYS = "Your questions go to the computer that runs this page and to no other, and are not stored there."
LEAVES = (
    "Your questions, and passages of the publications, are sent to the language model at <b>{host}</b>. They are not "
    "stored on the computer that runs this page; what {host} keeps of them is not known here."
)

SIZES = {"": "Normal", "large": "Large", "larger": "Larger"}  # as style.css knows them
COLOURS = {"": "As the system", "light": "Light", "dark": "Dark"}


@dataclass(frozen=True, slots=True)
class Model:
    """The language model that writes the answers."""

    name: str
    host: str  # where questions and passages go


def model_of(settings: Settings) -> Model | None:
    """The language model that writes; None where answers are verbatim."""
    if kept := kept_model(settings):
        return Model(kept.name, LOOPBACK[0])
    if not settings.model.configured:
        return None
    return Model(settings.model.name, urlsplit(settings.model.base_url).hostname or settings.model.provider)


def header(views: Sequence[View], model: Model | None) -> str:
    """HTML. `model`: what writes the answers; None: they are verbatim."""
    name, host = (escape(model.name), escape(model.host)) if model else ("", "")
    skips = (f'<a class="icat-skip" href="#{v.skip[0]}" data-for="{v.name}">{v.skip[1]}</a>' for v in views)
    links = (  # the small text is for a count, which the view's own script sets
        f'<li><a href="#{view.name}">{view.title} <small data-size="{view.name}"></small></a></li>' for view in views
    )
    return filled(
        Path(__file__).with_suffix(".html"),
        title=TITLE,
        skips="".join(skips),
        links="".join(links),
        tools="".join(view.tools for view in views),
        answers=WRITTEN.format(name=name) if model else QUOTED,
        sizes=chips("text", _first(SIZES)),
        colours=chips("colours", _first(COLOURS)),
        questions=LEAVES.format(host=host) if model and model.host not in LOOPBACK else STAYS,
    )


def _first(offered: Mapping[str, str]) -> Iterable[Option]:
    """Choices of which the first is chosen until another one is."""
    return (Option(value, words, chosen=not value) for value, words in offered.items())
