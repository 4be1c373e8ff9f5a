"""A design sheet as a Word document to work on and to print: logframe, checklist, lessons, sources. A4 across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assistant.show import words
from assistant.show.word import element, page_number, right_to_left, set_page, set_properties, w
from assistant.show.words import say
from assistant.texts.catalogue import _, term
from assistant.toolkit.sheet.outline import Entry, SheetOutline, outline
from assistant.toolkit.sheet.types import OWN_WORDS, Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

A4_MM, MARGIN_MM = (297, 210), 15
FONT, INK, GREY, LINE = "Arial", "1F3864", "595959", "A6A6A6"
BODY, SMALL = 9.5, 8.0  # points
TO_WRITE_MM = 16  # height of a row that is filled in by hand
BOX = "☐"
BLANK = "…" * 40
# Column heads and widths in mm; each set is as wide as the text: 267 mm.
LOGFRAME = (
    ("Indicator", 96), ("Baseline", 19), ("Target", 19), ("Means of verification", 52), ("Frequency", 22),
    ("Responsible", 25), ("Assumptions", 34),
)  # fmt: skip
QUESTIONS = (("", 9), ("Question", 112), ("Answer", 96), ("Answered by", 28), ("Date", 22))
LESSONS = (("Activity", 40), ("Lesson", 150), ("Note", 77))
SOURCES = (("No.", 12), ("Publication", 120), ("Whose words", 60), ("Items", 15), ("Pages", 60))

Line = tuple[str, bool]  # a text, and whether it is said in small letters below another


def to_docx(sheet: Sheet, version: str, when: date) -> bytes:
    """The bytes of a .docx file. SheetError for an empty sheet."""
    import docx

    content = outline(sheet, version, when)
    document = docx.Document()
    _set_page(document, content)
    _set_styles(document)
    set_properties(document, content.title, version, when)
    document.add_paragraph(content.title, style="Title")
    for line in content.description.splitlines():
        if words.printable(line):
            _write(document.add_paragraph(), line)
    _write(document.add_paragraph(), f"{content.made}: {content.counted}.", small=True)
    _add_logframe(document, content)
    _add_questions(document, content)
    _add_lessons(document, content)
    _add_sources(document, content)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_logframe(document: Document, content: SheetOutline) -> None:
    """By level, and within a level by objective in the order of first use."""
    if content.indicators:
        document.add_heading(term("Logframe"), 1)
    for level, run in groupby(content.indicators, key=lambda entry: entry.level):
        document.add_heading(level, 2)
        entries = list(run)
        for objective in dict.fromkeys(entry.objective for entry in entries):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(f"{term('Objective')}: ").bold = True
            _write(paragraph, objective or BLANK)
            mine = [entry for entry in entries if entry.objective == objective]
            _table(document, LOGFRAME, [_indicator(entry) for entry in mine])


def _indicator(entry: Entry) -> list[list[Line]]:
    row = entry.row
    said = [(row.text, False), *((line, True) for line in entry.definition)]
    if row.disaggregation:
        said.append((f"{say('facts.disaggregation')}: {', '.join(row.disaggregation)}", True))
    if row.caution:
        said.append((_caution() + row.caution, True))
    cells = [[*said, *_end(entry)], _lines(row.baseline), _lines(row.target)]
    cells.append([(way, False) for way in row.verification])
    return [*cells, _lines(row.frequency), _lines(row.responsible), _lines(row.assumptions)]


def _end(entry: Entry) -> Iterator[Line]:
    """Note, source and status of a row, and the wording of the source where it was adapted."""
    if entry.row.note:
        yield _note() + entry.row.note, True
    status = f"; {entry.row.status}" if entry.row.adapted or entry.row.unchecked else ""
    yield (
        f"{term('Source')}: {entry.cited}{status}" if entry.source else term(OWN_WORDS),
        True,
    )
    if entry.source_wording:
        yield _("The source says: “{text}”").format(text=words.framed(entry.source_wording)), True


def _caution() -> str:
    return f"{term('Caution')}: "


def _note() -> str:
    return f"{term('Note')}: "


def _lines(text: str) -> list[Line]:
    return [(line, False) for line in text.splitlines()]


def _add_questions(document: Document, content: SheetOutline) -> None:
    if content.questions:
        document.add_heading(term("Questions"), 1)
    for heading, run in groupby(content.questions, key=lambda entry: entry.heading):
        if heading:
            document.add_heading(heading, 2)
        rows = [
            [
                [(BOX, False)],
                [(entry.row.text, False), *_end(entry)],
                _lines(entry.row.answer),
                _lines(entry.row.answered_by),
                _lines(entry.row.answered_on),
            ]
            for entry in run
        ]
        _table(document, QUESTIONS, rows, TO_WRITE_MM)


def _add_lessons(document: Document, content: SheetOutline) -> None:
    if content.lessons:
        document.add_heading(term("Lessons"), 1)
        rows = [
            [[(e.place, False)], [(e.row.text, False), *(line for line in _end(e) if not line[0].startswith(_note()))],
             _lines(e.row.note)]
            for e in content.lessons
        ]  # fmt: skip
        _table(document, LESSONS, rows)


def _add_sources(document: Document, content: SheetOutline) -> None:
    document.add_heading(term("Sources"), 1)
    rows = [
        [[(text, False)] for text in (f"[{s.number}]", s.words, s.whose, str(s.rows), s.pages)] for s in content.sources
    ]
    if rows:
        _table(document, SOURCES, rows)
    if content.own:
        _write(
            document.add_paragraph(),
            _("{whose}, shown as own: {number}.").format(whose=term(OWN_WORDS), number=content.own),
        )


def _table(
    document: Document,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Sequence[Line]]],
    least_mm: int = 0,
) -> None:
    """A table whose head stands on every page and whose rows are never split over two."""
    from docx.shared import Mm, RGBColor

    table = document.add_table(1, len(columns), style="Table Grid")
    table.autofit = False
    _set_borders(table)
    for column, (_name, width) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    _keep(table, 0, "tblHeader")
    for cell, (name, width) in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Mm(width)
        cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=INK))
        run = cell.paragraphs[0].add_run(name and term(name))
        run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    for texts in rows:
        row = table.add_row()
        _keep(table, -1, "cantSplit")
        if least_mm:
            row.height = Mm(least_mm)
        for cell, lines in zip(row.cells, texts, strict=True):
            _fill(cell, lines)
    document.add_paragraph().paragraph_format.space_after = 0


def _set_borders(table: Table) -> None:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color=LINE))
    properties = table._tbl.tblPr
    properties.find(w("tblLayout")).addprevious(borders)  # the schema fixes the order


def _fill(cell: _Cell, lines: Sequence[Line]) -> None:
    for number, (text, small) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(paragraph, text, small=small)


def _write(paragraph: Any, text: str, small: bool = False) -> None:
    """Adds a text in its direction; a paragraph of its own words runs from their side."""
    from docx.shared import Pt, RGBColor

    shown = words.printable(text)
    rtl = right_to_left(shown)
    if rtl and not paragraph.runs:
        paragraph._p.get_or_add_pPr().append(element("bidi"))
    run = paragraph.add_run(shown)
    run.font.rtl = rtl or None
    if small:
        _size(run, SMALL)
        run.font.color.rgb = RGBColor.from_string(GREY)
        paragraph.paragraph_format.space_after = Pt(1)
        if shown.startswith(_caution()):
            run.italic = True


def _size(styled: Any, points: float) -> None:
    """Of a run or a style, for all scripts: Word keeps that of Arabic and Hebrew apart."""
    from docx.shared import Pt

    styled.font.size = Pt(points)
    properties = styled.element.get_or_add_rPr()
    for other in properties.findall(w("szCs")):
        properties.remove(other)
    properties.find(w("sz")).addnext(element("szCs", val=str(round(points * 2))))


def _keep(table: Table, row: int, what: str) -> None:
    table._tbl.tr_lst[row].get_or_add_trPr().append(element(what))


def _set_page(document: Document, content: SheetOutline) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    set_page(document, A4_MM, MARGIN_MM)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.footer_distance = Mm(8)
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{content.made}    ")
    paragraph._p.append(page_number())
    _size(paragraph.style, SMALL)


def _set_styles(document: Document) -> None:
    """One font for all scripts, and headings that stay with what they name."""
    from docx.shared import Pt, RGBColor

    for name, size, before, after in (
        ("Normal", BODY, 0, 3),
        ("Title", 22, 0, 6),
        ("Heading 1", 15, 12, 4),
        ("Heading 2", 11.5, 8, 3),
    ):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]  # those of the theme would win
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(w(key), FONT)
        _size(style, size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(INK)
