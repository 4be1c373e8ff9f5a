"""A page of a report: one file, light or dark as the reader's machine is, readable without scripts, loading nothing.

`text` makes words into HTML; what is called `html` here is HTML already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from assistant.show.words import UNSHOWABLE
from evals.figures.tables import Table

STYLE, SCRIPT = (Path(__file__).with_name(name) for name in ("page.css", "page.js"))
# Whatever a document or a model smuggled in: nothing is loaded, nothing is sent.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'"


def page(title: str, html: str) -> str:
    """The whole file."""
    style, script = (file.read_text(encoding="utf-8") for file in (STYLE, SCRIPT))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{html}\n"
        f"<script>\n{script}</script>\n</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Text as HTML: escaped, without characters that act on a screen; lines stay."""
    return escape(UNSHOWABLE.sub("", words), quote=True)


def tag(name: str, html: str, css: str = "") -> str:
    """An element around HTML."""
    return f'<{name} class="{css}">{html}</{name}>' if css else f"<{name}>{html}</{name}>"


def items(lines: Iterable[str], css: str = "") -> str:
    """A list of texts; nothing of none."""
    html = "".join(tag("li", text(line)) for line in lines)
    return tag("ul", html, css) if html else ""


def table(found: Table) -> str:
    """A table that scrolls where it is too wide."""
    head, *rows = (
        tag("tr", "".join(tag(name, text(cell)) for cell in row))
        for name, row in [("th", found.head), *(("td", row) for row in found.rows)]
    )
    html = tag("thead", head) + tag("tbody", "\n".join(rows))
    return tag("div", tag("table", html, "words" if found.words else ""), "scroll")


def sections(found: Mapping[str, Iterable[str]]) -> str:
    """Pieces of HTML under their heads, those that hold nothing left out, with links to them before the first."""
    kept = {head: html for head, pieces in found.items() if (html := "\n".join(pieces))}
    places = {head: re.sub(r"\W+", "-", head.lower()) for head in kept}
    links = "".join(f'<a href="#{places[head]}">{text(head)}</a>' for head in kept)
    return f"<nav>{links}</nav>\n" + "\n".join(
        f'<h2 id="{places[head]}">{text(head)}</h2>\n{html}' for head, html in kept.items()
    )


def case(summary: str, tags: Iterable[str], missed: int, html: str) -> str:
    """One case of a list, folded; `summary` and `html` are HTML. The filter reads its tags and what it missed."""
    names = text("|".join(tags))
    return (
        f'<details class="case" data-tags="{names}" data-missed="{missed}"><summary>{summary}</summary>{html}</details>'
    )


def filter_form(tags: Iterable[str], only: str) -> str:
    """Above a list of cases; `only` says what the box leaves over."""
    options = "".join(f'<option value="{text(each)}">{text(each)}</option>' for each in sorted(set(tags)))
    return (
        '<form id="filter" class="only-script"><label>words <input name="words" type="search"></label>'
        f'<label>tag <select name="tag"><option value="">all</option>{options}</select></label>'
        f'<label><input name="only" type="checkbox"> {text(only)}</label>'
        '<span id="shown" class="soft" aria-live="polite"></span></form>'
    )
