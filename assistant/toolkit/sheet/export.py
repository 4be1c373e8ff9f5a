"""A design sheet as the bytes of a file, by its suffix. Each library is loaded by the format that needs it."""

from __future__ import annotations

import json
from datetime import date

from assistant.toolkit.sheet.types import Sheet, SheetError

SUFFIXES = (".xlsx", ".docx", ".csv", ".md")  # to work on
RECORD = ".json"  # to be read back


def export_sheet(sheet: Sheet, suffix: str, version: str, when: date) -> bytes:
    """The file. SheetError for another suffix, and for an empty sheet that is no record."""
    if suffix == ".xlsx":
        from assistant.toolkit.sheet.xlsx import to_xlsx

        return to_xlsx(sheet, version, when)
    if suffix == ".docx":
        from assistant.toolkit.sheet.docx import to_docx

        return to_docx(sheet, version, when)
    if suffix in (".csv", ".md"):
        from assistant.toolkit.sheet import text as sheet_text

        return (sheet_text.to_csv if suffix == ".csv" else sheet_text.to_markdown)(sheet, version, when)
    if suffix == RECORD:
        from assistant.toolkit.sheet.record import sheet_to_record

        return json.dumps(sheet_to_record(sheet), ensure_ascii=False, indent=1).encode()
    known = " ".join((*SUFFIXES, RECORD))
    raise SheetError(f"no sheet can be written as {suffix or 'a file without a suffix'}; use {known}")
