"""A design sheet as a JSON-safe record, for a browser's storage and for a file, and back.

A record comes from outside, so it is checked: its keys, the length of every text, the number of rows. What it says
of sources is only a claim; `sheet.refresh` looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from assistant.show.record import plain, read
from assistant.toolkit.sheet.types import TITLE, Sheet, SheetError, SheetRow, SourceFacts

VERSION = 1


def sheet_to_record(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON can hold it; what is empty, and what is as in the source, is left out."""
    rows = [_row_record(row) for row in sheet.rows]
    return {"version": VERSION, "title": sheet.title, "description": sheet.description, "rows": rows}


def sheet_from_record(record: object) -> Sheet:
    """The sheet of a record. Rows of the Toolkit are unchecked until `refresh`.

    SheetError of one line when it is not one: "rows[3].text: String should have at most 8000 characters".
    """
    try:
        if not isinstance(record, Mapping) or record.get("version") != VERSION:
            raise ValueError(f"it is not of version {VERSION}")
        whole = {name: value for name, value in record.items() if name != "version"}
        if isinstance(whole.get("rows"), list):
            whole["rows"] = [_whole(row) if isinstance(row, Mapping) else row for row in whole["rows"]]
        sheet = read(Sheet, whole)
    except ValueError as error:
        raise SheetError(f"this is no design sheet: {error}; export it again, or start a new one") from None
    return replace(sheet, title=sheet.title or TITLE)


def _row_record(row: SheetRow) -> dict[str, Any]:
    """Wording and facts of the source are left out where they are those on the sheet."""
    named = {
        name: value for name, value in plain(SheetRow, row).items() if name not in ("original", "facts", "unchecked")
    }
    if not row.own and row.original != row.text:
        named["original"] = row.original
    if not row.own and row.facts != SourceFacts(row.level, row.counts, row.over, row.disaggregation, row.verification):
        named["facts"] = plain(SourceFacts, row.facts)
    return named


def _whole(record: Mapping[str, Any]) -> dict[str, Any]:
    """With the wording and the facts of the source, where they are as on the sheet."""
    if not record.get("item_id"):
        return {name: value for name, value in record.items() if name != "facts"}
    facts = {each.name: record[each.name] for each in fields(SourceFacts) if each.name in record}
    return {"original": record.get("text"), "facts": facts, **record, "unchecked": True}
