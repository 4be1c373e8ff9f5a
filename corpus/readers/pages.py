"""PDF pages to look at, with boxes marked. Runs in the child process."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.readers import pdf_layer, pdf_view
from corpus.readers.formats import Refused
from corpus.readers.pdf_chars import PdfError, open_document, open_page, page_size
from corpus.readers.pdf_problems import FILE
from corpus.types import Box

HIGHLIGHT = (255, 233, 92)  # what white becomes; black stays black
OUTLINE = (214, 158, 0)
NO_PAGE = ("there is no such page, or it is damaged", "open the file to look at it")
MARGIN = 1.0  # points around a box
SCAN_DPI = 300  # what Tesseract was trained on
LEAST_DPI = 100  # below it small print is lost


@contextmanager
def _shown() -> Iterator[None]:
    """What goes wrong with a page, in words."""
    try:
        yield
    except PdfError as error:
        raise Refused(*FILE.get(error.reason, NO_PAGE)) from error
    except OSError as error:
        raise Refused(*FILE["unreadable"]) from error


@_shown()
def page_image(path: Path, page: int, boxes: Sequence[Box], dpi: int) -> bytes:
    """PNG of a page with its boxes marked. Refused when it can't be shown."""
    png = pdf_view.page_image(path, page, dpi)
    here = [box for box in boxes if box.page == page]
    return _marked(png, here, _size(path, page)[0]) if here else png


@_shown()
def page_scan(path: Path, page: int) -> tuple[bytes, int]:
    """PNG of a page as fine as text recognition wants it, and its whole dots per inch. Refused: too large, or none."""
    dpi = pdf_view.finest_dpi(_size(path, page), SCAN_DPI)
    if dpi < LEAST_DPI:
        raise Refused(f"the page is too large to be read at {LEAST_DPI} dots per inch", "look at the page")
    return pdf_view.page_image(path, page, dpi), dpi


@_shown()
def with_text(path: Path, texts: Mapping[int, bytes], copy: Path) -> None:
    """Writes a copy of a PDF in which the first page of each of `texts`, a PDF, stands in place of page `number`.

    Refused when a page or the file can't be taken.
    """
    copy.write_bytes(pdf_layer.with_pages(path, texts))


@_shown()
def boxes(path: Path, page: int, raw: Sequence[int]) -> list[tuple[Any, ...]]:
    """The boxes of raw characters, as tuples of a Box's fields. Refused when the page can't be shown."""
    return [dataclasses.astuple(box) for box in pdf_view.boxes(path, page, raw)]


@_shown()
def text_under(path: Path, page: int, places: Sequence[Box]) -> str:
    """What stands in boxes of a page. Refused when the page can't be shown."""
    return pdf_view.text_under(path, page, [box for box in places if box.page == page])


def _size(path: Path, page: int) -> tuple[float, float]:
    """Width and height of the page as displayed, in points."""
    with open_document(path) as document, open_page(document, page) as (handle, _):
        return page_size(handle)


def _marked(png: bytes, boxes: Sequence[Box], width: float) -> bytes:
    """Boxes as a highlighter leaves them: white turns yellow, black stays black. The outline shows on dark pages."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    page = Image.open(io.BytesIO(png)).convert("RGB")
    scale = page.width / width
    shape = Image.new("L", page.size)
    draw = ImageDraw.Draw(shape)
    for box in boxes:
        sides = (box.left - MARGIN, box.top - MARGIN, box.right + MARGIN, box.bottom + MARGIN)
        draw.rectangle([round(side * scale) for side in sides], fill=255)
    if around := shape.getbbox():
        shape = shape.crop(around)
        part = page.crop(around)
        part = Image.composite(ImageChops.multiply(part, Image.new("RGB", part.size, HIGHLIGHT)), part, shape)
        edge = ImageChops.subtract(shape, shape.filter(ImageFilter.MinFilter(3)))
        page.paste(Image.composite(Image.new("RGB", part.size, OUTLINE), part, edge), around)
    out = io.BytesIO()
    page.save(out, "PNG", compress_level=1)
    return out.getvalue()
