"""A copy of a PDF in which some pages are those of other PDFs. Runs in the child process."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.pdf_chars import PdfError, open_document


def with_pages(path: Path, pages: Mapping[int, bytes]) -> bytes:
    """The PDF with the first page of each of `pages`, by the number (from 1) of the page it takes the place of.

    What the file says of itself and of its pages (title, labels) is kept. PdfError when a page or the file is damaged.
    """
    with open_document(path) as document:
        for number, content in sorted(pages.items()):
            with _opened(content) as other:
                pdfium.FPDFPage_Delete(document, number - 1)
                if not pdfium.FPDF_ImportPages(document, other, b"1", number - 1):
                    raise PdfError("broken page")
        return _saved(document)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    handle = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not handle:
        raise PdfError("broken page")
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()

    @pdfium.FPDF_FILEWRITE._fields_[1][1]
    def write(_: Any, start: Any, size: int) -> int:
        out.write(ctypes.string_at(start, size))
        return 1

    if not pdfium.FPDF_SaveAsCopy(document, pdfium.FPDF_FILEWRITE(1, write), pdfium.FPDF_REMOVE_SECURITY):
        raise PdfError("truncated")
    return out.getvalue()
