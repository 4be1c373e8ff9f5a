"""A conversation as Markdown with footnotes. Text of documents is escaped: it stays text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby, starmap

from assistant.show.blocks import Role
from assistant.show.lines import TABLE, TextLine, document
from assistant.show.words import printable, showable
from assistant.types import Turn

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~$#^&])")
_LINK = re.compile(r"(?:(?<=http)|(?<=https)|(?<=ftp)|(?<=mailto))(?=:)|(?<=www)(?=\.)", re.I)  # GitHub's
_ACTIVE_AT_START = re.compile(r"^(\d+(?=[.)])|)([-+=.)])")
_MARKS: Mapping[Role, str] = {  # of the other roles: the assistant's own words, in italics
    Role.TITLE: "# ",
    Role.QUESTION: "## ",
    Role.HEADING: "## ",
    Role.PUBLICATION: "### ",
    Role.LIST: "### ",
    Role.LEVEL: "#### ",
    Role.ITEM: "- ",
    Role.DETAIL: "  - ",
    Role.SOURCE: "- ",
    Role.MEANING: "- ",
    Role.COLUMNS: "",
    Role.ROW: "",
    Role.LEAD: "",
    Role.DIFFERENCE: "",
    Role.TEXT: "",
}
_BOLD = re.compile(r"^(\W*)(.*?)(\W*)$", re.S)  # asterisks count only beside letters
_RUNS = {
    Role.ITEM: 1,
    Role.DETAIL: 1,
    Role.SOURCE: 2,
    Role.MEANING: 3,
    Role.COLUMNS: 4,
    Role.ROW: 4,
}  # no empty line within these


def to_markdown(turns: Sequence[Turn], version: str, when: date) -> str:
    content = document(turns, version, when)
    pieces = []
    for run, lines in groupby(content.lines, key=lambda line: _RUNS.get(line.role)):
        between = "\n" if run else "\n\n"
        joined = "".join((" " if line.follows else between) + _markdown(line) for line in lines)
        pieces.append(joined.strip())
    pieces.append("\n".join(f"[^{number}]: {escape(note)}" for number, note in enumerate(content.notes, start=1)))
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def escape(text: str) -> str:
    """Text in one line that Markdown shows as it is: no address in it becomes a link."""
    return _escaped(printable(text))


def _escaped(text: str) -> str:
    text = _LINK.sub(r"\\", _ACTIVE.sub(r"\\\1", text))
    return _ACTIVE_AT_START.sub(r"\1\\\2", text)


def _markdown(line: TextLine) -> str:
    text, mark = "".join(starmap(_piece, line.pieces)).strip() or escape(line.text), _MARKS.get(line.role)
    text = f"*{text}*" if mark is None else mark + text
    text += "".join(f"[^{number}]" for number in line.notes)
    text = f"{text} *({escape(line.remark)})*" if line.remark else text
    text = f"{text}. <{line.address}>" if line.address else text
    if line.role not in TABLE:
        return text
    row = f"| {' | '.join((text, *map(escape, line.cells)))} |"
    return f"{row}\n|{' --- |' * (1 + len(line.cells))}" if line.role is Role.COLUMNS else row


def _piece(text: str, marked: bool) -> str:
    before, inner, after = _BOLD.match(showable(text)).groups() if marked else (showable(text), "", "")
    return "".join((_escaped(before), f"**{_escaped(inner)}**" if inner else "", _escaped(after)))
