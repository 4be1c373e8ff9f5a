"""A design sheet as a JSON-safe record, for a browser's storage and for a file, and back.

A record comes from outside, so it is checked: its keys, the length of every text, the number of rows. What it says
of sources is only a claim; `sheet.refresh` looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.show import words
from assistant.toolkit.sheet.types import MOST_ROWS, TITLE, Facts, Row, Sheet, SheetError
from corpus.catalogue import explain
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin

VERSION = 1
TEXT, SHORT, LONG = 8000, 1000, 8000  # characters: a wording; a cell; an answer or a note
PARTS = 40  # entries of a list within a row


def _several(text: str) -> str:
    """Each line fit to be shown; empty lines at the ends are gone."""
    return "\n".join(words.printable(line) for line in text.splitlines()).strip()


_Text = Annotated[str, Field(max_length=TEXT), AfterValidator(words.printable)]
_Short = Annotated[str, Field(max_length=SHORT), AfterValidator(words.printable)]
_Long = Annotated[str, Field(max_length=LONG), AfterValidator(_several)]
_Parts = Annotated[tuple[_Short, ...], Field(max_length=PARTS)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Facts(_Record):
    level: Level | None = None
    counts: _Text = ""
    over: _Text = ""
    disaggregation: _Parts = ()
    verification: _Parts = ()


class _Row(_Record):
    kind: ItemKind
    text: _Text
    item_id: Annotated[str, Field(max_length=200, pattern=r"^[\w:.#-]*$")] = ""
    original: _Text | None = Field(None, description="None: as `text`, or an own row")
    facts: _Facts | None = Field(None, description="None: as on the sheet, or an own row")
    activity: Activity | None = None
    part_one: bool = False
    group: _Short = ""
    level: Level | None = None
    counts: _Text = ""
    over: _Text = ""
    disaggregation: _Parts = ()
    verification: _Parts = ()
    caution: _Text = ""
    origin: Origin | None = None
    publication: _Short = ""
    pages: _Short = ""
    objective: _Short = ""
    baseline: _Short = ""
    target: _Short = ""
    frequency: _Short = ""
    responsible: _Short = ""
    assumptions: _Long = ""
    answer: _Long = ""
    answered_by: _Short = ""
    answered_on: _Short = ""
    note: _Long = ""


class _Sheet(_Record):
    version: Literal[1]
    title: _Short = TITLE
    description: _Long = ""
    rows: Annotated[tuple[_Row, ...], Field(max_length=MOST_ROWS)] = ()


def sheet_to_record(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON can hold it; what is empty, and what is as in the source, is left out."""
    rows = [_row_record(row) for row in sheet.rows]
    return {"version": VERSION, "title": sheet.title, "description": sheet.description, "rows": rows}


def sheet_from_record(record: object) -> Sheet:
    """The sheet of a record. Rows of the Toolkit are unchecked until `refresh`.

    SheetError of one line when it is not one: "rows[3].text: String should have at most 8000 characters".
    """
    try:
        read = _Sheet.model_validate(record)
    except ValidationError as error:
        raise SheetError(f"this is no design sheet: {explain(error)}; export it again, or start a new one") from None
    rows = tuple(_row(number, row) for number, row in enumerate(read.rows, start=1))
    return Sheet(read.title or TITLE, rows, read.description)


def _row_record(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(Row):
        value = getattr(row, each.name)
        default = None if each.default is MISSING else each.default
        if each.name not in ("original", "facts", "unchecked") and value != default:
            found[each.name] = _plain(value)
    if row.own:
        return found
    if row.original != row.text:
        found["original"] = row.original
    if row.facts != _on_sheet(row):
        names = {each.name: getattr(row.facts, each.name) for each in fields(Facts)}
        found["facts"] = {name: _plain(value) for name, value in names.items() if value}
    return found


def _plain(value: Any) -> Any:
    """As JSON has it: a list for a tuple, the bare string of an enumeration."""
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def _on_sheet(row: Row | _Row) -> Facts:
    return Facts(row.level, row.counts, row.over, row.disaggregation, row.verification)


def _row(number: int, read: _Row) -> Row:
    given: Mapping[str, Any] = {name: getattr(read, name) for name in _Row.model_fields}
    own = not read.item_id
    stated = read.facts and Facts(**{each.name: getattr(read.facts, each.name) for each in fields(Facts)})
    facts = Facts() if own else stated or _on_sheet(read)
    original = (read.original or "") if own or read.original is not None else read.text
    try:
        return Row(**{**given, "original": original, "facts": facts, "unchecked": not own})
    except ValueError as error:
        raise SheetError(f"this is no design sheet: row {number}: {error}; correct it there") from None
