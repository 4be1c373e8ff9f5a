"""What the page knows of one of its views. To add one, write a folder beside these and name it in `server.views`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template

from starlette.routing import Route

from assistant.app.channel import Handler
from assistant.app.quick_gradio import gr
from assistant.texts.catalogue import in_template


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view: the folder `name` holds its script `name.js`, what that imports, and its styles."""

    name: str  # in the address: '#toolkit'
    title: str  # the words of its link
    element: str  # id of what holds all of it
    skip: tuple[str, str]  # where its skip link leads to: an id, and words
    parts: Mapping[str, str]  # its HTML by the id of its place; when all is there, the script begins
    handlers: Mapping[str, Handler]  # what it asks of the server; its script asks for 'name/…'
    routes: Sequence[Route] = ()  # files that come and go, beside the channel: below 'icat/name'
    tools: str = ""  # HTML that stands in the header while the view is shown
    layout: Callable[[gr.Blocks], None] | None = None  # puts the parts on the page, where widgets stand between them

    def place(self, page: gr.Blocks) -> None:
        """Puts it on the page that is being built."""
        if self.layout:
            self.layout(page)
            return
        for elem_id, html in self.parts.items():
            fixed(html, elem_id)


@dataclass(frozen=True, slots=True)
class Option:
    """One of several choices that are all in sight."""

    value: str
    words: str
    chosen: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)  # name -> value, for the script of its view


def chips(name: str, offered: Iterable[Option], several: bool = False) -> str:
    """The choices as HTML, to stand in a `fieldset` of the class `icat-choices`.

    Of one choice they are radio buttons: the arrow keys move between them. `several`: each is chosen for itself.
    """
    return "".join(
        f'<label><input type="{"checkbox" if several else "radio"}" name="{name}" value="{escape(each.value)}"'
        f"{' checked' if each.chosen else ''}"
        + "".join(f' data-{fact}="{escape(str(value))}"' for fact, value in each.facts.items())
        + f'><span data-words="{escape(each.words)}">{escape(each.words)}</span></label>'
        for each in offered
    )


def fixed(html: str, elem_id: str) -> None:
    """HTML that Gradio leaves as it is."""
    gr.HTML(html, apply_default_css=False, elem_id=elem_id, js_on_load=None)


def filled(file: Path, **values: object) -> str:
    """The HTML of a file in the reader's language, with a value for each of its `$placeholders`.

    A missing or a spare one is an error.
    """
    template = Template(in_template(file.read_text(encoding="utf-8")))
    if spare := values.keys() - set(template.get_identifiers()):
        raise ValueError(f"{file.name} has no place for {', '.join(sorted(spare))}")
    return template.substitute(values)
