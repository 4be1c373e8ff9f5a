"""The messages of one language, and the language that is spoken to the reader of this request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import NullTranslations, c2py
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = Path(__file__).with_name("locale")
SOURCE = "en"  # of the texts in the code
LANGUAGES: Mapping[str, str] = MappingProxyType(  # ISO 639-1 -> as it calls itself
    {"en": "English", "fr": "Français", "es": "Español", "ru": "Русский", "ar": "العربية", "zh": "中文"}
)
MIRRORED = frozenset({"ar"})  # read from right to left
IN_TEMPLATES = re.compile(r"\{\{(.+?)\}\}", re.S)  # a message within an HTML file
_SAMPLES = (*range(201), 1_000_000)  # numbers that meet every category of plurals (CLDR)
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said within is in this language. ValueError where there is no catalogue of it."""
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue of messages in {language!r}; there is {', '.join(LANGUAGES)}")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def replying(language: str) -> AbstractContextManager[None]:
    """The same for what is said to a message in any language: in that, where there is a catalogue of it."""
    return speaking(language if language in LANGUAGES else spoken())


def spoken() -> str:
    """The language of what is said now, ISO 639-1; English unless something says otherwise."""
    return _language.get()


def _(text: str) -> str:
    """A text of the interface."""
    return _messages(spoken()).gettext(text)


def ngettext(one: str, other: str, n: int) -> str:
    """One of two texts by a number; other languages have one to six. The number is for the caller to put in."""
    return _messages(spoken()).ngettext(one, other, n)


def pgettext(context: str, text: str) -> str:
    """A text that has a name, which tells it from the same words elsewhere."""
    return _messages(spoken()).pgettext(context, text)


def term(name: str) -> str:
    """The name of a member of a closed list (`label.yaml`)."""
    return pgettext("label", name)


def npgettext(context: str, one: str, other: str, n: int) -> str:
    """Both."""
    return _messages(spoken()).npgettext(context, one, other, n)


def in_template(html: str) -> str:
    """The HTML of a file with its messages in the reader's language."""
    return IN_TEMPLATES.sub(lambda found: _(squeezed(found[1])), html)


def squeezed(text: str) -> str:
    """A message as it stands in the catalogue: in one line."""
    return " ".join(text.split())


def accepted(header: str) -> str:
    """The best of what a browser asks for (RFC 9110, Accept-Language); English where there is none of them."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _sep, weight = part.partition(";q=")
        number = float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight.strip()) else 1.0
        wanted.append((number, tag.strip().partition("-")[0].lower()))
    ranked = (language for number, language in sorted(wanted, key=lambda pair: -pair[0]) if number)
    return next((language for language in ranked if language in LANGUAGES), SOURCE)


def day(date: date) -> str:
    """A date as the reader writes it: '28 novembre 2026'; ISO 8601 in English, as in the publications' dates."""
    if spoken() == SOURCE:
        return date.isoformat()
    from babel.dates import format_date

    return format_date(date, "long", locale=spoken())


def language_name(code: str) -> str:
    """What a language (ISO 639-1) is called; the code where it has no name here."""
    from babel import Locale

    return Locale.parse(spoken()).languages.get(code, code)


def for_scripts(language: str) -> dict[str, str | dict[str, str]]:
    """What the page's scripts say, by its English; with a number, by its CLDR category, as in `Intl.PluralRules`."""
    if language == SOURCE:
        return {}
    found: dict[str, str | dict[str, str]] = {}
    for message in catalogue_of(language):
        if any(file.endswith(".js") for file, _line in message.locations):
            if isinstance(message.id, tuple):
                found[message.id[0]] = _by_category(language, message.string)
            else:
                found[message.id] = message.string
    return found


def _by_category(language: str, forms: tuple[str, ...]) -> dict[str, str]:
    from babel import Locale

    category, form = Locale.parse(language).plural_form, c2py(catalogue_of(language).plural_expr)
    return {category(n): forms[form(n)] for n in _SAMPLES}


@cache
def catalogue_of(language: str) -> Catalog:
    """The file that translators work on."""
    from babel.messages.pofile import read_po

    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _messages(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.support import Translations

    compiled = BytesIO()
    write_mo(compiled, catalogue_of(language))
    compiled.seek(0)
    return Translations(compiled)
