"""Sets the texts of tests/evals/case_documents as the PDFs of evals/cases/documents.

    python -m tests.evals.make_case_documents [FOLDER]

The same text gives the same bytes, so a test holds the files against their texts. A line of a text is a paragraph,
or begins with one of: "#", "##", "###", "####" a heading; "- " a list item; "===" alone a new page; "~" a line in
white, which a person does not see; "@author NAME" and "@numbers roman N", where N first pages have roman numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph

TEXTS = Path(__file__).parent / "case_documents"
DOCUMENTS = Path(__file__).resolve().parents[2] / "evals" / "cases" / "documents"
MARGIN = 48.0  # points
ROMAN = ("i", "ii", "iii", "iv")
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=6)
HIDDEN = ParagraphStyle("hidden", parent=BODY, fontSize=5, leading=6, textColor=white)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=14, bulletIndent=2, spaceAfter=3)
HEADINGS = {
    f"{'#' * level} ": ParagraphStyle(
        f"heading{level}", fontName="Helvetica-Bold", fontSize=size, leading=1.25 * size, spaceBefore=8, spaceAfter=5
    )
    for level, size in enumerate((18, 14, 11.5, 10), start=1)
}


def printed_number(page: int, roman: int) -> str:
    """What stands at the foot of PDF page `page`, from 1, where the first `roman` pages have roman numbers."""
    return ROMAN[page - 1] if page <= roman else str(page - roman)


def flowables(text: str) -> Iterator[Flowable]:
    """What a text says, in order."""
    for line in text.splitlines():
        heading = next((mark for mark in HEADINGS if line.startswith(mark)), None)
        if heading:
            yield Paragraph(escape(line.removeprefix(heading)), HEADINGS[heading])
        elif line == "===":
            yield PageBreak()
        elif line.startswith("- "):
            yield Paragraph(escape(line[2:]), ITEM, bulletText="•")
        elif line.startswith("~"):
            yield Paragraph(escape(line[1:]), HIDDEN)
        elif line.strip() and not line.startswith("@"):
            yield Paragraph(escape(line), BODY)


def write(source: Path, target: Path) -> None:
    """One PDF of one text."""
    text = source.read_text(encoding="utf-8")
    said = {
        name: value for name, _, value in (line[1:].partition(" ") for line in text.splitlines() if line[:1] == "@")
    }
    roman = int(said.get("numbers", "roman 0").split()[1])
    title = next(line[2:] for line in text.splitlines() if line.startswith("# "))
    document = BaseDocTemplate(
        str(target), pagesize=A5, title=title, author=said["author"], invariant=1, pageCompression=0
    )
    frame = Frame(MARGIN, MARGIN, A5[0] - 2 * MARGIN, A5[1] - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=partial(_foot, roman=roman)))
    document.build(list(flowables(text)))


def _foot(canvas: Canvas, document: BaseDocTemplate, roman: int) -> None:
    canvas.setFillColor(black)
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A5[0] / 2, MARGIN / 2, printed_number(canvas.getPageNumber(), roman))


def main(folder: Path = DOCUMENTS) -> None:
    for source in sorted(TEXTS.glob("*.txt")):
        write(source, folder / f"{source.stem}.pdf")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
