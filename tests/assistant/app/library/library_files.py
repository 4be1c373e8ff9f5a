"""Files as people have them, for the tests of the Library view: two reports of one title, a locked one, a scan."""

from __future__ import annotations

from pathlib import Path

TITLE = "Annual report of the harbour office"
FERRY = "Ferry crews who were shown the card asked for help twice as often as crews who were not."
WINTER = "In winter the office visited eleven harbours and spoke with the crews of forty boats."

BEGINNING = "This report was written to try a program, and no harbour has an office that could have published it."


def report(path: Path, *sentences: str) -> Path:
    """One page a sentence, the first below the title."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    flow: list[object] = [Paragraph(TITLE, styles["Title"]), Paragraph(BEGINNING, styles["BodyText"])]
    for number, sentence in enumerate(sentences):
        flow += [PageBreak()] if number else []
        flow += [Paragraph(f"The part of the year numbered {number + 1}", styles["Heading1"])]
        flow += [Paragraph(sentence, styles["BodyText"])]
    SimpleDocTemplate(str(path), title=TITLE).build(flow)
    return path


def half_scanned(path: Path) -> Path:
    """A page of text, and one with a picture only."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for line, words in enumerate((TITLE, FERRY[:60], WINTER[:60])):
        canvas.drawString(72, 700 - 30 * line, words)
    canvas.showPage()
    canvas.rect(72, 72, 300, 500, fill=1)
    canvas.save()
    return path


def locked(path: Path) -> Path:
    """A PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, FERRY)
    canvas.save()
    return path


def scan(path: Path) -> Path:
    """A PDF of one page with a picture and no text."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.rect(72, 72, 300, 500, fill=1)
    canvas.save()
    return path
