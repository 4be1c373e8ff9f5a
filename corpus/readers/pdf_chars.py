"""The characters of a PDF page as arrays, in displayed points: the only place that calls pdfium's text API.

pdfium is not thread-safe: one lock guards it, and every handle is closed by the context manager that opened it.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2  # noqa: F401  (importing it initialises the library)
import pypdfium2.raw as pdfium

from corpus.layout.glyphs import Font, PageChars

PDFIUM = threading.RLock()
MAX_PAGE_CHARS = 300_000  # a dense A4 page has 10 000; more is a bomb or a data dump
SAMPLE = 100  # text objects looked at one by one for invisible or unmapped text; then every eighth
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi\b|demibold|-bd|,b", re.I)
_SAYS = re.compile(r"[A-Za-z]{4}")
_SYMBOL_NAME = re.compile(r"wingding|dingbat|symbol|webding|bullet|fontawesome|icon", re.I)
_PLACES = "0-9A-Za-z\u0660-\u0669\u06f0-\u06f9"  # what runs from left to right also among Arabic letters
_NUMBER = re.compile(rf"[{_PLACES}](?:[{_PLACES}.,:/%-]*[{_PLACES}])?")
_INVISIBLE = 3  # text render mode of a layer put under a scan by character recognition


class PdfError(Exception):
    """A file or page that pdfium cannot open; `reason` is one of the keys of `pdf.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A pdfium function that takes handles and addresses as integers: a third of the price per call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_pointer, _int = ctypes.c_void_p, ctypes.c_int
_loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, _int, _pointer, _int, _pointer)
_text_object = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_size_t, _pointer, _int)
_matrix = _plain(pdfium.FPDFText_GetMatrix, _int, _pointer, _int, _pointer)
_font_size = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _pointer, _int)
_unicode = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _pointer, _int)
_is_hyphen = _plain(pdfium.FPDFText_IsHyphen, _int, _pointer, _int)
_map_error = _plain(pdfium.FPDFText_HasUnicodeMapError, _int, _pointer, _int)
_get_text = _plain(pdfium.FPDFText_GetText, _int, _pointer, _int, _int, _pointer)
_font_of = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_size_t, _pointer)
_font_weight = _plain(pdfium.FPDFFont_GetWeight, _int, _pointer)
_font_name = _plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _pointer, _pointer, ctypes.c_size_t)
_render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _int, _pointer)


def address(handle: Any) -> int:
    """A pdfium handle as the integer that the plain functions take."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def utf16(ask: Callable[[Any, int], int]) -> str:
    """A text of the file, "" when it is not there. `ask`: a pdfium function of (buffer, its bytes) -> bytes needed."""
    length = ask(None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


@contextmanager
def open_document(path: Path) -> Iterator[Any]:
    """A pdfium document handle, for the length of the block. PdfError when the file does not open."""
    with PDFIUM:
        data = path.read_bytes()
        handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            raise PdfError(_open_failure(pdfium.FPDF_GetLastError(), data))
        try:
            yield handle
        finally:
            pdfium.FPDF_CloseDocument(handle)


def _open_failure(code: int, data: bytes) -> str:
    if not data:
        return "empty"
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return "encrypted"
    return "truncated" if b"%PDF-" in data[:1024] else "not a pdf"


@contextmanager
def open_page(document: Any, number: int) -> Iterator[tuple[Any, Any]]:
    """The handles of page `number` (from 1) and of its text. PdfError when it does not load."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise PdfError("broken page")
    text = None
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise PdfError("broken page")
        yield page, text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def display_matrix(page: Any) -> np.ndarray:
    """(3, 2): [x, y, 1] in page space @ matrix = displayed points; rotation and CropBox are in it.

    Read from three points of pdfium's own transform, the one it renders with, at a scale fine enough
    for its whole numbers to be exact to 1e-5 of the page.
    """
    width, height = page_size(page)
    scale = 100_000
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(px: float, py: float) -> np.ndarray:
        pdfium.FPDF_PageToDevice(page, 0, 0, scale, scale, 0, px, py, x, y)
        return np.array([x.value * width / scale, y.value * height / scale])

    # A wide base keeps the rounding of the two directions small.
    span = max(width, height, 1.0)
    origin = at(0.0, 0.0)
    return np.array([(at(span, 0.0) - origin) / span, (at(0.0, span) - origin) / span, origin])


def page_size(page: Any) -> tuple[float, float]:
    """Width and height as displayed, in points."""
    return float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))


def char_codes(text: int, count: int) -> np.ndarray:
    """(count,) uint32 code points, one for each raw character index.

    One call fetches them all, but leaves out characters without a Unicode value; then one call each. A character
    that pdfium counts as two halves is whole at the first, and U+200B, which is nothing, at the second.
    """
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = _get_text(text, 0, count, ctypes.addressof(buffer))
    decoded = bytes(buffer)[: max(0, 2 * (written - 1))].decode("utf-16-le", "surrogatepass")
    if len(decoded) == count:
        return np.frombuffer(decoded.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    codes = np.fromiter(map(_unicode, repeat(text), range(count)), np.uint32, count)
    high = np.flatnonzero((codes[:-1] >> 10 == 0x36) & (codes[1:] >> 10 == 0x37))  # halves of one character
    codes[high] = 0x10000 + ((codes[high] & 0x3FF) << 10) + (codes[high + 1] & 0x3FF)
    codes[high + 1] = 0x200B
    for index in np.flatnonzero(codes == 2).tolist():  # here a hyphen at a line end is 2, in FPDFText_GetText U+FFFE
        if _is_hyphen(text, index):
            codes[index] = 0xFFFE
    return codes


def loose_boxes(text: int, indexes: range | list[int], count: int) -> np.ndarray:
    """(count, 4) float32 in page space: left, top, right, bottom of each character's cell."""
    boxes = np.zeros((count, 4), np.float32)
    start = boxes.ctypes.data
    for index, place in zip(indexes, range(start, start + 16 * count, 16), strict=True):
        _loose_box(text, index, place)
    return boxes


def ink_boxes(text: Any, indexes: list[int]) -> np.ndarray:
    """(n, 4) in page space: left, top, right, bottom of each character's ink; nothing for a blank."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    boxes = np.zeros((len(indexes), 4))
    for row, index in enumerate(indexes):
        if pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            boxes[row] = left.value, top.value, right.value, bottom.value
    return boxes


def displayed(boxes: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Boxes in page space -> (n, 4) left, top, right, bottom in displayed points."""
    first = boxes[:, [0, 1]].astype(np.float64) @ matrix[:2] + matrix[2]
    second = boxes[:, [2, 3]].astype(np.float64) @ matrix[:2] + matrix[2]
    return np.hstack([np.minimum(first, second), np.maximum(first, second)])


def read_page(document: Any, number: int) -> PageChars:
    """The characters of one page. PdfError when it does not load or holds too many of them."""
    with open_page(document, number) as (page, text_handle):
        text = address(text_handle)
        count = pdfium.FPDFText_CountChars(text_handle)
        if count > MAX_PAGE_CHARS:
            raise PdfError("too many characters")
        width, height = page_size(page)
        matrix = display_matrix(page)
        count = max(count, 0)
        owners = np.fromiter(map(_text_object, repeat(text), range(count)), np.uint64, count)
        boxes = displayed(loose_boxes(text, range(count), count), matrix)
        starts = np.flatnonzero(np.diff(owners, prepend=np.uint64(0)) != 0) if count else np.zeros(0, int)
        runs = _Runs(text, matrix, owners, starts)
        codes = char_codes(text, count)
        boxes = _numbers_turned(boxes, codes, runs.spread(runs.mirrored).astype(bool))
        return PageChars(
            number=number, width=width, height=height, codes=codes, boxes=boxes, drawn=owners != 0,
            baseline=runs.spread(runs.baseline, boxes), size=runs.spread(runs.size),
            angle=runs.spread(runs.angle).astype(np.int8), font=runs.spread(runs.font).astype(np.int32),
            fonts=tuple(runs.fonts), unmapped=runs.unmapped(), invisible=runs.invisible(),
            objects=pdfium.FPDFPage_CountObjects(page),
        )  # fmt: skip


def _numbers_turned(boxes: np.ndarray, codes: np.ndarray, mirrored: np.ndarray) -> np.ndarray:
    """Numbers in mirrored text run from left to right on the page all the same: their boxes in that order."""
    result = boxes.copy()
    text = "".join(chr(code) if flag and code < 0x110000 else "\0" for code, flag in zip(codes, mirrored, strict=True))
    for found in _NUMBER.finditer(text) if mirrored.any() else ():
        result[found.start() : found.end()] = boxes[found.start() : found.end()][::-1]
    return result


class _Runs:
    """What the characters of one text object share, asked of pdfium once per object."""

    def __init__(self, text: int, matrix: np.ndarray, owners: np.ndarray, starts: np.ndarray) -> None:
        self.count, self.starts = len(owners), starts
        self.lengths = np.diff(np.append(starts, self.count))
        self.size, self.baseline = np.zeros(len(starts)), np.zeros(len(starts))
        self.angle, self.font = np.zeros(len(starts)), np.zeros(len(starts))
        self.mirrored = np.zeros(len(starts))  # text recognition sets so what runs from right to left
        self.fonts: list[Font] = [Font()]
        self._hidden = self._unmapped = self._seen = 0
        known: dict[int, int] = {}
        axes = matrix.tolist()
        place = (ctypes.c_float * 6)()
        spot = ctypes.addressof(place)
        lengths = self.lengths.tolist()
        for run, (start, owner) in enumerate(zip(starts.tolist(), owners[starts].tolist(), strict=True)):
            if not owner:
                continue
            _matrix(text, start, spot)
            a, b, c, d, e, f = place
            across, down = a * axes[0][0] + b * axes[1][0], a * axes[0][1] + b * axes[1][1]
            self.size[run] = _font_size(text, start) * (c * c + d * d) ** 0.5
            self.mirrored[run] = mirrored = a * d - b * c < 0 < -a
            quarter = _quarter(-across, -down) if mirrored else _quarter(across, down)
            self.angle[run] = quarter
            side = 0 if quarter % 2 else 1
            self.baseline[run] = e * axes[0][side] + f * axes[1][side] + axes[2][side]
            handle = _font_of(owner)
            if handle not in known:
                known[handle] = len(self.fonts)
                self.fonts.append(_font(handle))
            self.font[run] = known[handle]
            if run < SAMPLE or run % 8 == 0:
                self._seen += lengths[run]
                self._hidden += lengths[run] if _render_mode(owner) == _INVISIBLE else 0
                self._unmapped += lengths[run] if _map_error(text, start) == 1 else 0

    def spread(self, values: np.ndarray, boxes: np.ndarray | None = None) -> np.ndarray:
        """One value per run -> one per character; before the first run, 0."""
        whole = np.repeat(values, self.lengths)
        return np.concatenate([np.zeros(self.count - len(whole)), whole])

    def unmapped(self) -> float:
        return self._unmapped / self._seen if self._seen else 0.0

    def invisible(self) -> bool:
        return self._hidden > self._seen / 2


def _quarter(x: float, y: float) -> int:
    """Direction of writing in displayed space (y downwards) -> quarter turns clockwise."""
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 2
    return 1 if y >= 0 else 3


def _font(handle: int) -> Font:
    buffer = ctypes.create_string_buffer(256)
    length = _font_name(handle, ctypes.addressof(buffer), 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
    # The weight is a guess from the stems, far off for CJK fonts; it counts where the name says nothing ("F1").
    bold = bool(_BOLD_NAME.search(name)) or (not _SAYS.search(name.split("+")[-1]) and _font_weight(handle) > 650)
    return Font(name, bold, bool(_SYMBOL_NAME.search(name)))
