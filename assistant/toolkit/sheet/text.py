"""A design sheet as CSV (one flat table, whose columns are named in English for programs) and as Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from assistant.show.markdown import escape
from assistant.show.words import UNSHOWABLE
from assistant.texts.catalogue import _, term
from assistant.toolkit.sheet.outline import Entry, SheetOutline, outline
from assistant.toolkit.sheet.types import OWN_WORDS, Sheet

BOM = "\ufeff"  # without it, Excel reads UTF-8 as the code page of the machine
# OWASP, "CSV injection": a cell that starts so is read as a formula; an apostrophe keeps it text. Where the list
# separator of the machine is ";", quotes do not hold a cell together, so what follows a ";" or a line break counts too.
# Quotes and white space before it are not counted on. A run is looked at once, from where it begins: linear time.
_FORMULA = re.compile(r"(?<![\s'\";])[\s'\";]*+(?=[=+\-@＝＋－＠])")

_COLUMNS: tuple[tuple[str, Callable[[Entry], str]], ...] = (
    ("Kind", lambda e: e.row.kind.value),
    ("Level", lambda e: e.row.level.value if e.row.level else ""),
    ("Activity", lambda e: e.place),
    ("Group", lambda e: e.row.group),
    ("Objective", lambda e: e.row.objective),
    ("Text", lambda e: e.row.text),
    ("Counted", lambda e: e.row.counts),
    ("Out of", lambda e: e.row.over),
    ("Disaggregation", lambda e: ", ".join(e.row.disaggregation)),
    ("Baseline", lambda e: e.row.baseline),
    ("Target", lambda e: e.row.target),
    ("Means of verification", lambda e: "; ".join(e.row.verification)),
    ("Frequency", lambda e: e.row.frequency),
    ("Responsible", lambda e: e.row.responsible),
    ("Assumptions", lambda e: e.row.assumptions),
    ("Caution", lambda e: e.row.caution),
    ("Answer", lambda e: e.row.answer),
    ("Answered by", lambda e: e.row.answered_by),
    ("Answered on", lambda e: e.row.answered_on),
    ("Note", lambda e: e.row.note),
    ("Source", lambda e: e.row.source),
    ("Status", lambda e: e.row.status),
    ("Wording of the source", lambda e: e.source_wording),
    ("Id", lambda e: e.row.item_id),
)


def to_csv(sheet: Sheet, version: str, when: date) -> bytes:
    """One table for all kinds, UTF-8 with BOM, lines ended by CR LF. SheetError for an empty sheet."""
    content = outline(sheet, version, when)
    stream = io.StringIO(newline="")
    table = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow([*(name for name, _ in _COLUMNS), "Sheet", "Made with"])
    for entry in (*content.indicators, *content.questions, *content.lessons):
        cells = [*(value(entry) for _, value in _COLUMNS), content.title, content.made]
        table.writerow([harmless(cell) for cell in cells])
    return (BOM + stream.getvalue()).encode()


def harmless(cell: str) -> str:
    """The text of a cell that no spreadsheet reads as a formula, without characters that act on a terminal."""

    def guarded(found: re.Match[str]) -> str:
        begins = found.start() == 0 or not {";", "\r", "\n"}.isdisjoint(found.group())
        return f"{found.group()}'" if begins else found.group()

    return _FORMULA.sub(guarded, UNSHOWABLE.sub("", cell))


def to_markdown(sheet: Sheet, version: str, when: date) -> bytes:
    """Logframe, checklist, lessons and sources as Markdown, UTF-8. Texts are escaped: they stay text."""
    content = outline(sheet, version, when)
    parts = [f"# {_safe(content.title)}", *(_safe(line) for line in content.description.splitlines() if line.strip())]
    parts.append(f"*{_safe(content.made)}: {_safe(content.counted)}.*")
    parts += [*_logframe(content), *_checklist(content), *_lessons(content), *_sources(content)]
    return ("\n\n".join(parts) + "\n").encode()


def _safe(text: str) -> str:
    """Text that Markdown shows as it is, in a table as well; line breaks stay, links do not work."""
    return "<br>".join(escape(line) for line in text.splitlines())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [[term(name) for name in head], ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _heading(name: str) -> str:
    return f"## {term(name)}"


def _logframe(content: SheetOutline) -> list[str]:
    parts = [_heading("Logframe")] if content.indicators else []
    for level, run in groupby(content.indicators, key=lambda entry: entry.level):
        parts += [f"### {level}", _table(_LOGFRAME, [_indicator(entry) for entry in run])]
    return parts


_LOGFRAME = (
    "Objective", "Indicator", "Disaggregation", "Baseline", "Target", "Means of verification", "Frequency",
    "Responsible", "Assumptions", "Source",
)  # fmt: skip


def _indicator(entry: Entry) -> list[str]:
    row = entry.row
    said = [_safe(row.text), *(_safe(line) for line in entry.definition)]
    if row.caution:
        said.append(f"*{term('Caution')}: {_safe(row.caution)}*")
    if row.note:
        said.append(f"{term('Note')}: {_safe(row.note)}")
    listed = [_safe(entry.objective), "<br>".join(said), _safe(", ".join(row.disaggregation))]
    listed += [_safe(row.baseline), _safe(row.target), "<br>".join(map(_safe, row.verification))]
    return [*listed, _safe(row.frequency), _safe(row.responsible), _safe(row.assumptions), _origin(entry)]


def _origin(entry: Entry) -> str:
    """The number and pages of the source, and what was adapted from which wording."""
    parts = [_safe(entry.cited)]
    if entry.row.adapted or entry.row.unchecked:
        parts.append(_safe(entry.row.status))
    if entry.source_wording:
        parts.append(_("The source says: “{text}”").format(text=_safe(entry.source_wording)))
    return "<br>".join(parts)


def _checklist(content: SheetOutline) -> list[str]:
    parts = [_heading("Questions")] if content.questions else []
    for heading, run in groupby(content.questions, key=lambda entry: entry.heading):
        rows = [
            [_question(e), _safe(e.row.answer), _safe(e.row.answered_by), _safe(e.row.answered_on), _origin(e)]
            for e in run
        ]
        head = ("Question", "Answer", "Answered by", "Date", "Source")
        parts += [*([f"### {_safe(heading)}"] if heading else []), _table(head, rows)]
    return parts


def _question(entry: Entry) -> str:
    note = f"<br>{term('Note')}: {_safe(entry.row.note)}" if entry.row.note else ""
    return f"☐ {_safe(entry.row.text)}{note}"


def _lessons(content: SheetOutline) -> list[str]:
    rows = [[_safe(e.place), _safe(e.row.text), _safe(e.row.note), _origin(e)] for e in content.lessons]
    return [_heading("Lessons"), _table(("Activity", "Lesson", "Note", "Source"), rows)] if rows else []


def _sources(content: SheetOutline) -> list[str]:
    parts = [_heading("Sources")]
    if content.sources:
        rows = [
            [f"\\[{s.number}\\]", _safe(s.words), _safe(s.whose), str(s.rows), _safe(s.pages)] for s in content.sources
        ]
        parts.append(_table(("No.", "Publication", "Whose words", "Items", "Pages"), rows))
    if content.own:
        parts.append(_("{whose}, shown as own: {number}.").format(whose=term(OWN_WORDS), number=content.own))
    return parts
