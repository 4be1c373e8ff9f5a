"""Scans as a scanner makes them: PDFs whose pages are pictures of lines that were drawn at known places."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont, features
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.recognition import LANGUAGES, missing

WIDTH, HEIGHT = 594.0, 842.4  # points: whole pixels at 200 dpi
DPI = 200
LEFT, TOP, LEADING, SIZE = 72.0, 108.0, 20.0, 12.0  # points; the first line's top
DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"  # Latin, Cyrillic, Arabic
CHINESE = ("wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf", "uming.ttc")

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed here")


def needs(language: str) -> None:
    """Skips where the language can't be recognised, or not be drawn, on this machine."""
    if lacking := missing([LANGUAGES[language]]):
        pytest.skip(lacking)
    if language == "ar" and not features.check("raqm"):
        pytest.skip("Pillow cannot join Arabic letters here")
    font(language)


def font(language: str = "en", size: float = SIZE) -> ImageFont.FreeTypeFont:
    """A font for a language, `size` in points. Skips where there is none."""
    for name in CHINESE if language == "zh" else [str(DEJAVU)]:
        try:
            return ImageFont.truetype(name, round(size * DPI / 72))
        except OSError:
            continue
    pytest.skip("no Chinese font is installed here (fonts-wqy-zenhei)")


def drawn(lines: Sequence[str], language: str = "en") -> Image.Image:
    """The picture of a page: lines from LEFT on, the first one's top at TOP; Arabic ends as far from the right edge."""
    picture = Image.new("L", (round(WIDTH * DPI / 72), round(HEIGHT * DPI / 72)), 255)
    draw, scale, letters = ImageDraw.Draw(picture), DPI / 72, font(language)
    for number, line in enumerate(lines):
        y = (TOP + number * LEADING) * scale
        if language == "ar":
            draw.text(((WIDTH - LEFT) * scale, y), line, font=letters, fill=0, anchor="ra", direction="rtl")
        else:
            draw.text((LEFT * scale, y), line, font=letters, fill=0)
    return picture


def width_of(text: str) -> float:
    """In points, as `drawn` draws it."""
    return font().getlength(text) * 72 / DPI


def scan(path: Path, *pages: Sequence[str], language: str = "en", text: Sequence[str] = ()) -> Path:
    """A PDF with a picture a page; before them a page of real `text`, where some is given."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    if text:
        for number, line in enumerate(text):
            canvas.drawString(LEFT, HEIGHT - TOP - number * LEADING, line)
        canvas.showPage()
    for lines in pages:
        canvas.drawImage(ImageReader(drawn(lines, language)), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return path
