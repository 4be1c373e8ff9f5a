"""Gathers the texts of the interface out of code, HTML, scripts and YAML, and brings the catalogues up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

from assistant.texts.catalogue import IN_TEMPLATES, LANGUAGES, LOCALE, SOURCE, squeezed
from corpus.quick_yaml import read_yaml

PACKAGE = Path(__file__).parents[1]
WIDTH = 110
HEADER = """\
# The interface in one language. Fill in `msgstr`; keep {names}, $names and HTML as they are. `msgctxt` tells where a
# text stands. A number has as many forms as the language has. Texts come and go with `python -m assistant.texts`."""
PROBLEMS = "corpus/readers/problems.yaml"  # beside this package: why a file gives no text
# Of YAML: file -> the keys whose values are texts, at any depth; None: all of them.
IN_YAML: dict[str, frozenset[str] | None] = {
    "show/messages.yaml": None,
    "texts/label.yaml": None,
    "draft/outlines.yaml": frozenset({"heading", "says"}),
    "draft/frames.yaml": frozenset({"name", "says"}),
    "draft/aspects.yaml": frozenset({"label", "aim"}),
    "understand/about.yaml": None,
    PROBLEMS: None,
}
SEVERAL_LANGUAGES = "urgent"  # of messages.yaml: what must be read by whoever wrote, whatever the page speaks
_PLACE = re.compile(r"\{\w*\}|\$\w+")
_SAYS = re.compile(r"[^\W\d_]|[:;,“”?!]")  # what may read otherwise in another language
Found = tuple[int, str | None, str | tuple[str, ...], list[str]]  # as Babel takes it


def gathered() -> Catalog:
    """Every text of the interface, without translations."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    files = [(path, path.relative_to(PACKAGE).as_posix()) for path in sorted(PACKAGE.rglob("*"))]
    for path, name in (*files, (PACKAGE.parent / PROBLEMS, PROBLEMS)):
        if method := _method(path, name):
            with path.open("rb") as file:
                for _line, message, _comments, context in extract(
                    method, file, DEFAULT_KEYWORDS, options={"name": name}
                ):
                    catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def brought_up_to_date(language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with the texts of the template: what is new has no translation, what went is gone."""
    path = LOCALE / f"{language}.po"
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalogue.header_comment = HEADER
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue, which is the same whenever the texts are the same."""
    content = BytesIO()
    write_po(content, catalogue, width=WIDTH, omit_header=False, sort_by_file=True, include_lineno=False)
    dated = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|'
        rb"Language-Team|MIME-Version|Project-Id-Version): .*\n",
        re.M,
    )
    return dated.sub(b"", content.getvalue())


def missing(catalogue: Catalog) -> list[str]:
    """The texts without a translation, by their English."""
    found = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(forms):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def languages() -> list[str]:
    """Those that have a catalogue."""
    return [language for language in LANGUAGES if language != SOURCE]


def _method(path: Path, name: str) -> Any:
    if name in IN_YAML:
        return _from_yaml
    return {".py": "python", ".js": "javascript", ".html": _from_html}.get(path.suffix) if path.is_file() else None


def _from_html(file: BinaryIO, keywords: object, comment_tags: object, options: dict[str, str]) -> Iterator[Found]:
    for found in IN_TEMPLATES.finditer(file.read().decode("utf-8")):
        yield 0, None, squeezed(found[1]), []


def _from_yaml(file: BinaryIO, keywords: object, comment_tags: object, options: dict[str, str]) -> Iterator[Found]:
    name = options["name"]
    context = "problem" if name == PROBLEMS else Path(name).stem
    yield from _walked(read_yaml(file.read().decode("utf-8")), (), IN_YAML[name], context)


def _walked(value: Any, keys: tuple[str, ...], wanted: frozenset[str] | None, name: str) -> Iterator[Found]:
    """Texts with their context: of messages their dotted keys, of chosen keys the key, else `name`."""
    if keys[:1] == (SEVERAL_LANGUAGES,):
        return
    context = ".".join(keys) if name == "messages" else "".join(keys[-1:]) if wanted else name
    if isinstance(value, dict):
        if set(value) == {"one", "other"}:
            yield 0, "npgettext", (context, value["one"], value["other"]), []
            return
        for key, inner in value.items():
            yield from _walked(inner, (*keys, str(key)), wanted, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _walked(inner, keys, wanted, name)
    elif isinstance(value, str) and (not wanted or keys[-1] in wanted) and _SAYS.search(_PLACE.sub("", value)):
        yield 0, "pgettext", (context, value), []
