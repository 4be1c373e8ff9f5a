"""Answers as plain text for a terminal. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from assistant.settings import Contact
from assistant.show.blocks import Role
from assistant.show.lines import TextLine, lines
from assistant.show.outline import outline
from assistant.show.words import printable, say
from assistant.types import Answer

MARKED = "*{}*"  # what answers, within an extract
# What a line of a role begins with, and what it runs on with; and the roles it follows without an empty line.
_PLAIN = ("", "", ())
_LOOKS: Mapping[Role, tuple[str, str, tuple[Role, ...]]] = {
    Role.CONTACT: ("", "", (Role.CONTACT,)),
    Role.COVERAGE: ("", "", (Role.COVERAGE,)),
    Role.COUNT: ("", "", (Role.COUNT, Role.LIST, Role.ORIGIN)),
    Role.NOTE: ("", "", (Role.LIST, Role.ORIGIN)),
    Role.ORIGIN: ("", "", (Role.LIST, Role.ORIGIN)),
    Role.TEXT: ("  ", "  ", (Role.PUBLICATION, Role.TEXT, Role.ITEM)),
    Role.LEAD: ("  ", "  ", (Role.PUBLICATION, Role.TEXT, Role.ITEM)),
    Role.ITEM: ("  - ", "    ", (Role.LEAD, Role.LEVEL, Role.DIFFERENCE, Role.NEAREST, Role.ITEM, Role.DETAIL)),
    Role.ROW: ("  ", "    ", (Role.COLUMNS, Role.ROW)),
    Role.COLUMNS: ("  ", "    ", ()),
    Role.MEANING: ("  - ", "    ", (Role.STATUS, Role.MEANINGS, Role.MEANING)),
    Role.DETAIL: ("    ", "      ", (Role.ITEM, Role.DETAIL)),
    Role.SOURCE: ("  ", "      ", (Role.SOURCES, Role.SOURCE)),
}


def answer_text(answer: Answer, contacts: Sequence[Contact] = (), width: int = 88) -> str:
    """One answer for a terminal: statements with [n], what answers between *, then the sources by number.

    No trailing line break.
    """
    shown: list[str] = []
    last = None
    for line in lines(outline(answer, contacts)):
        first, rest, follows = _LOOKS.get(line.role, _PLAIN)
        shown += [] if last in (None, *follows) else [""]
        shown += _wrap(_text(line), width, first, rest)
        last = line.role
    return "\n".join(shown)


def _text(line: TextLine) -> str:
    match line.role:
        case Role.NOTICE:
            return say("note", text=line.text)
        case Role.LIST:
            return line.text.upper()
        case Role.MODEL:
            return f"{line.text}."
    dated = f" ({line.dated})" if line.dated else ""
    labels = "".join(f"[{label}]" for label in dict.fromkeys(cite.label for cite in line.cites))
    text = "".join(MARKED.format(piece) if mark else piece for piece, mark in line.pieces) or line.text
    said = f"{text}{dated} {labels}" + "".join(f" ({doubt})" for doubt in line.doubts)
    return " | ".join(map(str.strip, (said, *line.cells)))


def _wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    options = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.wrap(printable(text), width, initial_indent=first, subsequent_indent=rest, **options)
