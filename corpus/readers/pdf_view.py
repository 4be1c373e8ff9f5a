"""What is shown of a PDF page: its image, and the rectangles of raw characters on it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from corpus.readers.pdf_chars import (
    address,
    char_codes,
    display_matrix,
    displayed,
    ink_boxes,
    loose_boxes,
    open_document,
    open_page,
    page_size,
)
from corpus.types import Box

MAX_PIXELS = 16_000_000  # an A4 page at 300 dpi has 8.7 million
MAX_SIDE = 16_384
MARGIN = 0.12  # of a character's cell, left above and below its ink
POINTS_PER_INCH = 72.0


def page_image(path: Path, page_number: int, dpi: float = 110) -> bytes:
    """PNG of a page as displayed, at `dpi` or at what keeps it within MAX_PIXELS.

    Its width over the page's in points is the scale of the boxes. PdfError when the file or page does not open.
    """
    from PIL import Image

    with open_document(path) as document, open_page(document, page_number) as (page, _):
        width, height = page_size(page)
        scale = min(dpi / POINTS_PER_INCH, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        scale = min(scale, MAX_SIDE / max(width, height, 1))
        columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = pdfium.FPDFBitmap_Create(columns, rows, 0)
        if not bitmap:
            raise MemoryError(f"no memory for a page image of {columns} by {rows} pixels")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            buffer = np.ctypeslib.as_array(
                pdfium.ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), pdfium.ctypes.POINTER(pdfium.ctypes.c_ubyte)),
                (rows, stride),
            )
            pixels = buffer[:, : columns * 4].reshape(rows, columns, 4)[:, :, 2::-1].copy()
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=3)
    return out.getvalue()


def finest_dpi(size: tuple[float, float], wanted: int) -> int:
    """Whole dots per inch at which the image of a page of this size, in points, is as large as it may be."""
    width, height = max(size[0], 1.0), max(size[1], 1.0)
    return int(
        POINTS_PER_INCH
        * min(wanted / POINTS_PER_INCH, (MAX_PIXELS / (width * height)) ** 0.5, MAX_SIDE / max(width, height))
    )


def boxes(path: Path, page_number: int, raw: Sequence[int]) -> list[Box]:
    """Rectangles on the displayed page that cover raw characters, one for each run of them on a line.

    Only neighbours are merged, so nothing that was not asked for is covered: a note mark between two words
    that was left out of the text stays out of the boxes. Indexes below 0 (NO_RAW) are skipped.
    """
    wanted = sorted({index for index in raw if index >= 0})
    with open_document(path) as document, open_page(document, page_number) as (page, text):
        count = max(0, pdfium.FPDFText_CountChars(text))
        wanted = [index for index in wanted if index < count]
        matrix = display_matrix(page)
        places = displayed(loose_boxes(address(text), wanted, len(wanted)), matrix)
        sideways = _sideways(page, text, wanted)
        places = _slimmer(places, displayed(ink_boxes(text, wanted), matrix), sideways)
        codes = char_codes(address(text), count)
        width, height = page_size(page)
    runs: list[list[float]] = []
    before = -2
    for index, place, upright in zip(wanted, places.tolist(), (~sideways).tolist(), strict=True):
        left, top, right, bottom = place
        if right - left <= 0 or bottom - top <= 0:
            continue
        adjoining = bool(runs) and all(codes[i] <= 32 or i == before for i in range(before, index))
        if adjoining and _on_one_line(runs[-1], place, upright):
            last = runs[-1]
            last[:] = [min(last[0], left), min(last[1], top), max(last[2], right), max(last[3], bottom)]
        else:
            runs.append([left, top, right, bottom])
        before = index
    return [
        Box(page_number, max(0.0, a), max(0.0, b), min(width, c), min(height, d))
        for a, b, c, d in runs
        if c > 0 and d > 0 and a < width and b < height
    ]


def text_under(path: Path, page_number: int, places: Sequence[Box]) -> str:
    """The characters of a page whose ink has its middle in one of the boxes, in the order of the file."""
    with open_document(path) as document, open_page(document, page_number) as (page, text):
        count = max(0, pdfium.FPDFText_CountChars(text))
        ink = displayed(ink_boxes(text, list(range(count))), display_matrix(page))
        codes = char_codes(address(text), count)
    middles = (ink[:, :2] + ink[:, 2:]) / 2
    inside = np.zeros(count, dtype=bool)
    for box in places:
        inside |= (middles >= (box.left, box.top)).all(axis=1) & (middles <= (box.right, box.bottom)).all(axis=1)
    inside &= (ink[:, 2] > ink[:, 0]) & (ink[:, 3] > ink[:, 1])
    return "".join(chr(c) for c in codes[inside].tolist() if c < 0xD800 or 0xE000 <= c < 0x110000)


def _sideways(page: Any, text: Any, indexes: Sequence[int]) -> np.ndarray:
    """Which characters are set up or down the displayed page."""
    turns = pdfium.FPDFPage_GetRotation(page)
    angles = [pdfium.FPDFText_GetCharAngle(text, index) / (np.pi / 2) for index in indexes]
    return (np.round(np.array(angles) + turns).astype(int) % 2).astype(bool)


def _slimmer(cells: np.ndarray, ink: np.ndarray, sideways: np.ndarray) -> np.ndarray:
    """Cells of characters, which reach into the lines above and below, cut down to their ink and a margin.

    Along the line the cell is kept, so that a run of characters has no slits.
    """
    result = cells.copy()
    drawn = (ink[:, 2] > ink[:, 0]) & (ink[:, 3] > ink[:, 1])
    for first, last, chosen in ((1, 3, drawn & ~sideways), (0, 2, drawn & sideways)):
        margin = MARGIN * (cells[:, last] - cells[:, first])
        result[chosen, first] = np.maximum(cells[:, first], ink[:, first] - margin)[chosen]
        result[chosen, last] = np.minimum(cells[:, last], ink[:, last] + margin)[chosen]
    return result


def _on_one_line(run: Sequence[float], place: Sequence[float], upright: bool) -> bool:
    """Whether a character carries on a run: they overlap by half across the line, and are near along it."""
    along, across = (0, 1) if upright else (1, 0)
    shared = min(run[across + 2], place[across + 2]) - max(run[across], place[across])
    height = place[across + 2] - place[across]
    gap = max(place[along] - run[along + 2], run[along] - place[along + 2])
    return shared > 0.5 * min(height, run[across + 2] - run[across]) and gap < 2.0 * height
