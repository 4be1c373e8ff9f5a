"""The top of the page: title, views and their tools, and what a reader has to know before using an answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from assistant.app.view import Option, View, chips, filled
from assistant.model_settings import LOOPBACK
from assistant.settings import Settings
from assistant.texts.catalogue import LANGUAGES, _, for_scripts, spoken
from assistant.wiring import kept_model

TITLE = "ICAT Assistant"
LEAVE = '<form class="icat-leave" method="post" action="logout"><button>{}</button></form>'


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


def header(views: Sequence[View], model: Model | None, leave: bool = False) -> str:
    """HTML, with what the scripts of the page say. `model`: what writes the answers; None: they are verbatim.

    `leave`: with a button to sign out.
    """
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
        answers=_answers(model),
        sizes=chips("text", _first({"": _("Normal"), "large": _("Large"), "larger": _("Very large")})),
        colours=chips("colours", _first({"": _("As the system"), "light": _("Light"), "dark": _("Dark")})),
        questions=_questions(model),
        languages="".join(map(_choice, LANGUAGES)),
        leave=LEAVE.format(_("Sign out")) if leave else "",
        texts=escape(json.dumps(for_scripts(spoken()), ensure_ascii=False)),
    )


def _first(offered: Mapping[str, str]) -> Iterable[Option]:
    """Choices of which the first is chosen until another one is."""
    return (Option(value, words, chosen=not value) for value, words in offered.items())


def _choice(language: str) -> str:
    chosen = " selected" if language == spoken() else ""
    return f'<option value="{language}" lang="{language}"{chosen}>{LANGUAGES[language]}</option>'


def _answers(model: Model | None) -> str:
    if model is None:
        return _(
            "It finds whole sentences and list items in the publications on this machine and quotes them word for "
            "word. Open a number such as <b>[1]</b> to see the page, and check it there before you use it."
        )
    return _(
        "The language model {name} writes the answers from passages of the publications on this machine. Each sentence "
        "is checked against its source, and held back where the source does not support it. The check can be wrong: "
        "open a number such as <b>[1]</b> to see the page before you use a sentence."
    ).format(name=escape(model.name))


def _questions(model: Model | None) -> str:
    if model is None or model.host in LOOPBACK:
        return _("Your questions go to the computer that runs this page and to no other, and are not stored there.")
    return _(
        "Your questions, and passages of the publications, are sent to the language model at <b>{host}</b>. They are "
        "not stored on the computer that runs this page; what {host} keeps of them is not known here."
    ).format(host=escape(model.host))
