"""Small PDFs, in words of our own, that show the faults real ones have. Made with reportlab or by hand."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4  # 595.28 by 841.89 points
BODY = ("Helvetica", 10.0)
BOLD = ("Helvetica-Bold", 10.0)

# Left and right column of a guide whose file lost its ligatures and keeps its hyphens.
LEFT_COLUMN = (
    "Programmes against human traffck-",
    "ing begin with a map of who moves",
    "where, and why. Each agency has",
    "identifed its own part, and the plan",
    "refects what the Offce has learned",
    "from earlier work in villages.",
)
RIGHT_COLUMN = (
    "A second step asks who gains self-",
    "esteem from the training on offer",
    "and who is left out of it. Counter-",
    "trafficking teams confrmed that the",
    "benefts reach girls only when a",
    "mother can come to the classes.",
)
# The same as a reader should find them.
LEFT_TEXT = (
    "Programmes against human trafficking begin with a map of who moves where, and why. Each agency has identified "
    "its own part, and the plan reflects what the Office has learned from earlier work in villages."
)
RIGHT_TEXT = (
    "A second step asks who gains self-esteem from the training on offer and who is left out of it. "
    "Counter-trafficking teams confirmed that the benefits reach girls only when a mother can come to the classes."
)


def write(canvas: Canvas, x: float, y: float, text: str, font: tuple[str, float] = BODY) -> None:
    """One line of text; y counts down from the top of the page."""
    canvas.setFont(*font)
    canvas.drawString(x, HEIGHT - y, text)


def lines(canvas: Canvas, x: float, y: float, texts: Sequence[str], font: tuple[str, float] = BODY) -> float:
    """Lines at 1.25 times the font size; returns the y of the line after."""
    for text in texts:
        write(canvas, x, y, text, font)
        y += 1.25 * font[1]
    return y


def superscript(canvas: Canvas, x: float, y: float, before: str, mark: str, after: str) -> None:
    """A line with a raised small mark in it."""
    canvas.setFont(*BODY)
    start = canvas.stringWidth(before, *BODY)
    canvas.drawString(x, HEIGHT - y, before)
    canvas.setFont(BODY[0], 6)
    canvas.drawString(x + start, HEIGHT - y + 3.5, mark)
    canvas.setFont(*BODY)
    canvas.drawString(x + start + canvas.stringWidth(mark, BODY[0], 6), HEIGHT - y, after)


HEADINGS = ("How to plan a response", "Whom to ask first", "Where the money goes", "When to stop")
OTHER_PAGES = (
    ("Talk to the drivers before you talk", "to the owners of the buses."),
    ("A budget that nobody reads helps", "nobody. Keep it to one page."),
    ("Close a project when the people it", "was made for ask you to."),
)


def guide(path: Path) -> Path:
    """Two columns under a heading across both, drawn line by line from side to side; navigation words on top.

    The first page is numbered "ii", the three others 1, 2, 3.
    """
    canvas = Canvas(str(path))
    for number, heading in enumerate(HEADINGS):
        write(canvas, 72, 40, "Introduction   Contents   Acknowledgements", ("Helvetica", 8))
        write(canvas, 290, 810, "ii" if number == 0 else str(number), ("Helvetica", 8))
        write(canvas, 72, 90, heading, ("Helvetica-Bold", 18))
        if number:
            lines(canvas, 72, 130 + 9 * number, OTHER_PAGES[number - 1])
        for row, pair in enumerate(zip(LEFT_COLUMN, RIGHT_COLUMN, strict=True) if not number else ()):
            for x, text in zip((72, 320), pair, strict=True):
                write(canvas, x, 130 + 12.5 * row, text)
        canvas.showPage()
    canvas.save()
    return path


def report(path: Path) -> Path:
    """One column with a list in a symbol's bullets, note marks, a table, and a paragraph over two pages."""
    canvas = Canvas(str(path))
    write(canvas, 72, 70, "Training for drivers", ("Helvetica-Bold", 20))
    superscript(
        canvas, 72, 110, "Most drivers see people who are moved against their will", "1", " and many say nothing."
    )
    write(canvas, 72, 122.5, "They fear trouble at work, and they do not know whom to call.")
    write(canvas, 72, 150, "What a driver can do", ("Helvetica-Bold", 12))
    y = lines(canvas, 72, 172, ["ƒ Write down the place and the hour of what was", "   seen, without going near"])
    y = lines(canvas, 72, y, ["ƒ Call the number on the card", "ƒ Tell nobody else on the road"])
    write(canvas, 72, y + 12, "The lesson takes two hours.2 It has been held in many towns so far, and the")
    write(
        canvas, 72, y + 24.5, "people who came to it say that they would come again if the company gave them the time,"
    )
    write(canvas, 72, 770, "1 A count of our own, made for this page.", ("Helvetica", 7))
    canvas.showPage()
    write(canvas, 72, 70, "which it does not do in every town that was asked.")
    for row, cells in enumerate(
        [("Town", "Drivers", "Hours"), ("North", "12", "2"), ("South", "9", "4"), ("East", "31", "2")]
    ):
        for x, cell in zip((72, 220, 330), cells, strict=True):
            write(canvas, x, 110 + 22 * row, cell)
    canvas.showPage()
    canvas.save()
    return path


def plain(path: Path, pages: Sequence[Sequence[str]], **options: object) -> Path:
    """Pages of lines at the left margin."""
    canvas = Canvas(str(path), **options)
    for texts in pages:
        lines(canvas, 72, 100, texts)
        canvas.showPage()
    canvas.save()
    return path


def picture(path: Path, pages: int = 2) -> Path:
    """Pages that are pictures, as a scanner makes them."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    grey = io.BytesIO()
    Image.new("L", (60, 80), 200).save(grey, "PNG")
    canvas = Canvas(str(path))
    for _ in range(pages):
        canvas.drawImage(ImageReader(grey), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return path


def by_hand(path: Path, content: str, page: str = "", unicode_map: str = "") -> Path:
    """A one-page PDF with Helvetica as /F1 and a given content stream, for what reportlab does not write.

    `page` adds entries to the page's dictionary; `unicode_map` is the body of a ToUnicode map ("<41> <D83DDE00>").
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> "
        f"{page or '/MediaBox [0 0 595 842]'} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        + (b"/ToUnicode 6 0 R " if unicode_map else b"/Encoding /WinAnsiEncoding ")
        + b">>",
        _stream(content),
    ]
    if unicode_map:
        entries = unicode_map.strip().splitlines()
        objects.append(
            _stream(
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
                "1 begincodespacerange <00> <FF> endcodespacerange\n"
                f"{len(entries)} beginbfchar\n" + "\n".join(entries) + "\nendbfchar\nendcmap end end"
            )
        )
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    path.write_bytes(out.getvalue())
    return path


def _stream(content: str) -> bytes:
    data = zlib.compress(content.encode("latin-1"))
    return f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream"
