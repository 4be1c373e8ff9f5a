"""A small PDF in the project's own words, for tests and for the screenshot in the README. Nobody's document."""

from __future__ import annotations

import sys
from pathlib import Path

TITLE = "Planning seasonal work campaigns"
SENTENCE = (
    "A radio campaign for seasonal workers should be tested with a small group of them before it is broadcast, in "
    "the languages they speak at work."
)
PAGES = (
    (
        (TITLE, "A note written to try ICAT Assistant; no agency wrote it. March 2026"),
        (
            "Why this note",
            "Seasonal workers often hear about a job from a friend, a driver or a broker, and rarely from an office. "
            "A campaign that wants to reach them has to go where these conversations take place.",
            "This note gathers what a small team can ask itself before it spends its budget on air time, posters or "
            "travel. It is short on purpose.",
        ),
        (
            "Know the audience",
            "Before any message is written, the team should find out which radio stations seasonal workers listen to, "
            "at which hours, and with whom.",
            "Workers who share rooms also share telephones. A message that asks the listener to call a number can put "
            "the caller at risk when the employer pays the bill.",
        ),
    ),
    (
        (
            "Test the message",
            SENTENCE,
            "The test group should include women and men, and people who have worked more than one season.",
            "If the group laughs at a spot or finds it frightening, the spot is changed and tested again.",
        ),
        (
            "Questions to ask before the broadcast",
            "• Who speaks in the spot, and do seasonal workers trust this voice?",
            "• Which rights does the spot name, and can a worker use them in the first week?",
            "• What happens to a worker who calls the number, and who answers at night?",
            "• How will the team learn that the spot did harm?",
        ),
        (
            "Measure what changed",
            "Counting broadcasts says nothing about change. The team can compare what workers know about their "
            "contract before the season and after it.",
            "An indicator such as the share of workers who keep their own passport shows an outcome; the number of "
            "leaflets printed shows an output.",
        ),
    ),
)


def write(path: Path) -> Path:
    """Two A4 pages with headings, paragraphs and one list."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=16, spaceAfter=8)
    bullet = ParagraphStyle("bullet", parent=body, leftIndent=16, firstLineIndent=-10)
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=22, leading=28, spaceAfter=10)
    heading = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=14, leading=20, spaceAfter=6)
    flow: list[object] = []
    for number, sections in enumerate(PAGES):
        flow += [PageBreak()] if number else []
        for name, *paragraphs in sections:
            flow.append(Paragraph(name, title if name == TITLE else heading))
            flow += [Paragraph(text, bullet if text.startswith("•") else body) for text in paragraphs]
            flow.append(Spacer(1, 6))
    SimpleDocTemplate(str(path), pagesize=A4, title=TITLE, margin=72).build(flow)
    return path


if __name__ == "__main__":
    write(Path(sys.argv[1]))
