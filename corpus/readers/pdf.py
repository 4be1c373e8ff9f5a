"""PDF files through pypdfium2: the text of a publication, page images, boxes, metadata.

`read_pdf` runs in the calling process; whoever reads files that may be hostile puts it in a child process with
limits on time and memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from corpus.layout.furniture import PageFragments
from corpus.layout.glyphs import PageChars
from corpus.readers.pdf_chars import PdfError, open_document, read_page, utf16
from corpus.readers.pdf_metadata import pdf_metadata
from corpus.readers.pdf_problems import also_garbled, file_problem, judge, page_problems
from corpus.readers.pdf_text import build, torn
from corpus.readers.pdf_view import boxes, page_image, text_under
from corpus.types import Document, Problem, Publication

MAX_PAGES = 5_000
MAX_SIDE = 14_400.0  # points: the largest page that PDF 1.7 allows without a scale of its own

__all__ = ["PdfError", "boxes", "page_image", "pdf_metadata", "read_pdf", "text_under"]


def read_pdf(path: Path, publication: Publication) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a PDF and what could not be read of it; None when no page has text.

    Never raises for what is in the file; only MemoryError comes through.
    """
    try:
        with open_document(path) as handle:
            count = pdfium.FPDF_GetPageCount(handle)
            if count <= 0 or count > MAX_PAGES:
                return None, (file_problem(path.name, "too many pages" if count > 0 else "no pages", MAX_PAGES),)
            found = _pages(handle, count)
            labels = [_label(handle, number) for number in range(count)]
    except PdfError as error:
        return None, (file_problem(path.name, error.reason),)
    except OSError:
        return None, (file_problem(path.name, "unreadable"),)
    pages = [page for page, _ in found]
    reasons = {page.number: reason for page, reason in found if reason}
    document = build(pages, publication, labels)
    silent = {page.number for page in document.pages if page.start == page.end} if document is not None else None
    for page in pages:
        if page.fragments and page.number not in reasons and (silent is None or page.number in silent):
            reasons[page.number] = "footer"
    problems = page_problems(path.name, sorted(reasons.items()), count, int(MAX_SIDE))
    if document is None and not problems:
        problems = (file_problem(path.name, "no text"),)
    return document, problems


def _pages(handle: Any, count: int) -> list[tuple[PageFragments, str]]:
    """Each page and what is wrong with it ("" when nothing is); without text when that is of no use."""
    found = []
    language = "en"
    for number in range(1, count + 1):
        try:
            page = read_page(handle, number)
        except PdfError as error:
            found.append((torn(_blank(number, 1.0, 1.0)), error.reason))
            continue
        if max(page.width, page.height) > MAX_SIDE or min(page.width, page.height) <= 0:
            found.append((torn(_blank(number, max(page.width, 1.0), max(page.height, 1.0))), "too large"))
            continue
        reason, language = judge(page, language)
        found.append((torn(_blank(number, page.width, page.height) if reason else page), reason))
    garbled = sum(reason == "garbage" for _, reason in found)
    if garbled <= sum(bool(page.fragments) for page, _ in found):
        return found
    return [_distrusted(page, reason, language) for page, reason in found]


def _distrusted(page: PageFragments, reason: str, language: str) -> tuple[PageFragments, str]:
    """A page of a file that is mostly garbled, looked at more strictly."""
    if reason or not page.fragments or not also_garbled(page.text.text, language):
        return page, reason
    return torn(_blank(page.number, *page.shown)), "garbage"


def _blank(number: int, width: float, height: float) -> PageChars:
    nothing = np.zeros(0)
    return PageChars(
        number, width, height, np.zeros(0, np.uint32), np.zeros((0, 4)), nothing, nothing, np.zeros(0, bool),
        np.zeros(0, np.int8), np.zeros(0, np.int32), (), 0.0, False, 0,
    )  # fmt: skip


def _label(handle: Any, index: int) -> str:
    """The file's own label of a page, "" when it has none."""
    return utf16(lambda buffer, size: pdfium.FPDF_GetPageLabel(handle, index, buffer, size)).strip()
