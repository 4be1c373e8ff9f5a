"""Title, date and first words of a PDF: what tells which publication it is. File names are not looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from corpus.clean import unfold
from corpus.layout.fragments import Fragment, fragments, upright
from corpus.layout.lines import Line, assemble
from corpus.layout.sides import baselines
from corpus.readers.pdf_chars import PdfError, open_document, read_page, utf16
from corpus.readers.reading import FileMetadata

TITLE_PAGES = 2
SMALL = 0.6  # of the largest words on a line: what is smaller is no part of a title
BESIDE = 0.8  # of the size: what is nearer below the last words of a title stands beside it
MARK = 3  # characters: what is as short, and small, is a note's mark
_JUNK = re.compile(
    r"^(?:untitled|document\d*|microsoft (?:word|powerpoint)|presentation\d*|slide \d+|layout \d+|title|pdf|none|"
    r"\(anonymous\)|unspecified|.*\.(?:docx?|pdf|indd|qxp|qxd|pptx?|xlsx?|rtf|odt|pub|tex|dvi|ai|wpd)\b.*)$|^[\W\d_]*$",
    re.I,
)
_DATE = re.compile(r"D?:?\s*(\d{4})(\d{2})?")


def pdf_metadata(path: Path) -> FileMetadata:
    """What a PDF says of itself, and the first page that has text, line by line. PdfError when it does not open.

    The title is the file's unless that is junk, else the largest words of the first pages; the date is of creation.
    """
    with open_document(path) as document:
        count = pdfium.FPDF_GetPageCount(document)
        lines: list[list[Line]] = []
        for number in range(1, min(count, TITLE_PAGES) + 1):
            lines.append(_page_lines(document, number))
        own = _entry(document, "Title")
        date = _DATE.match(_entry(document, "CreationDate"))
        first = next((page for page in lines if page), [])
        return FileMetadata(
            title=_plain(own) if _plain(own) and not _JUNK.match(_plain(own)) else largest(lines),
            date="-".join(part for part in date.groups() if part) if date else "",
            first_page_text="\n".join(_plain(line.text) for line in first),
        )


def largest(pages: Sequence[Sequence[Line]]) -> str:
    """The largest words of the first page that has any: lines of one size that follow each other."""
    for lines in pages:
        worded = [line for line in lines if len(re.findall(r"[^\W\d_]", line.text)) >= 4]
        if not worded:
            continue
        size = max(line.size for line in worded)
        start = next(i for i, line in enumerate(worded) if line.size >= 0.92 * size)
        chosen = [worded[start]]
        for line in worded[start + 1 : start + 24]:
            if line.size < 0.92 * size and line.baseline - chosen[-1].baseline < BESIDE * size:
                continue
            if line.size < 0.92 * size or line.baseline - chosen[-1].baseline > 2.2 * size:
                break
            chosen.append(line)
        title = _plain(" ".join(line.text for line in chosen))
        if len(title) <= 250:
            return title
    return ""


def _page_lines(document: Any, number: int) -> list[Line]:
    try:
        page = upright(read_page(document, number))
    except PdfError:
        return []
    text, found = fragments(page)
    rtl = sum(f.rtl for f in found) * 2 > len(found)
    lines = (assemble(part, text, rtl) for row in baselines(found) for part in _by_size(row))
    return [line for line in lines if line is not None]


def _by_size(row: Sequence[Fragment]) -> list[list[Fragment]]:
    """What stands on one line; what is much smaller is apart: contents beside a title, a running head."""
    least = SMALL * max(fragment.size for fragment in row)
    large = [fragment for fragment in row if fragment.size >= least]
    small = [fragment for fragment in row if fragment.size < least and fragment.end - fragment.start > MARK]
    return [large, small] if small else [list(row)]


def _plain(text: str) -> str:
    return " ".join(unfold(text)[0].split())


def _entry(document: Any, key: str) -> str:
    """One entry of the document information dictionary, "" when it is not there."""
    return utf16(lambda buffer, size: pdfium.FPDF_GetMetaText(document, key.encode(), buffer, size)).strip("\0 ")
