"""A design sheet as the bytes of a file, by its suffix. Each library is loaded by the format that needs it."""

from __future__ import annotations

from datetime import date

from assistant.toolkit.sheet_types import Sheet, SheetError

SUFFIXES = (".xlsx", ".docx", ".csv", ".md")


def export_sheet(sheet: Sheet, suffix: str, version: str, when: date) -> bytes:
    """The file. SheetError for another suffix, and for an empty sheet."""
    if suffix == ".xlsx":
        from assistant.toolkit.sheet_xlsx import to_xlsx

        return to_xlsx(sheet, version, when)
    if suffix == ".docx":
        from assistant.toolkit.sheet_docx import to_docx

        return to_docx(sheet, version, when)
    if suffix in (".csv", ".md"):
        from assistant.toolkit import sheet_text

        return (sheet_text.to_csv if suffix == ".csv" else sheet_text.to_markdown)(sheet, version, when)
    raise SheetError(f"no sheet can be written as {suffix or 'a file without a suffix'}; use {' '.join(SUFFIXES)}")
