"""A design sheet as an Excel workbook: logframe, questions, lessons, sources. Every cell is text, none a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Generic, TypeVar

from assistant.show.word import right_to_left
from assistant.show.words import UNSHOWABLE
from assistant.texts.catalogue import _, term
from assistant.toolkit.sheet.outline import FREQUENCIES, Entry, SheetOutline, SourceEntry, outline
from assistant.toolkit.sheet.types import OWN_WORDS, Sheet
from corpus.toolkit.types import Level

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767  # of one cell (Excel's limit)
# Excel makes a formula of what starts so when the cell is edited, LibreOffice when it is typed anew.
FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]")
HEAD = 4  # row of the column heads, from 1; above it the title, what is designed, and with what it was made
FONT = "Arial"  # its stand-ins have the same widths, so rows keep their heights
INK, LINE, FILL_IN, ADAPTED, OWN = "1F3864", "BFC8D6", "FFFBE6", "FCE4D6", "E2EFDA"  # RGB
LEVELS = {Level.IMPACT: "BDD7EE", Level.OUTCOME: "DDEBF7", Level.OUTPUT: "EFF6FC"}
MARGIN = 0.4  # inches, on all sides

Line = TypeVar("Line", Entry, SourceEntry)


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """`width` in characters; `fill_in`: left for the reader; `always` False: only where some line has it."""

    name: str
    width: float
    value: Callable[[Line], str]
    fill_in: bool = False
    always: bool = True


_STATUS = Column("Status", 12, lambda e: e.row.status)
_WORDING = Column("Wording of the source", 24, lambda e: e.source_wording, always=False)
_NOTE = Column("Note", 20, lambda e: e.row.note, fill_in=True, always=False)
_SOURCE = Column("Source", 11, lambda e: e.cited)
_END = (_NOTE, _SOURCE, _STATUS, _WORDING)
LOGFRAME = (
    Column("Level", 9, lambda e: e.level),
    Column("Activity", 12, lambda e: e.place, always=False),
    Column("Objective", 15, lambda e: e.objective, fill_in=True),
    Column("Indicator", 33, lambda e: e.row.text),
    Column("Definition", 29, lambda e: "\n".join(e.definition)),
    Column("Disaggregation", 14, lambda e: "\n".join(e.row.disaggregation)),
    Column("Baseline", 9, lambda e: e.row.baseline, fill_in=True),
    Column("Target", 9, lambda e: e.row.target, fill_in=True),
    Column("Means of verification", 27, lambda e: "\n".join(e.row.verification)),
    Column("Frequency", 11, lambda e: e.row.frequency, fill_in=True),
    Column("Responsible", 12, lambda e: e.row.responsible, fill_in=True),
    Column("Assumptions", 17, lambda e: e.row.assumptions, fill_in=True),
    Column("Caution", 23, lambda e: e.row.caution),
    *_END,
)
QUESTIONS = (
    Column("Activity", 16, lambda e: e.place),
    Column("Group", 18, lambda e: e.row.group),
    Column("Question", 52, lambda e: e.row.text),
    Column("Answer", 48, lambda e: e.row.answer, fill_in=True),
    Column("Answered by", 14, lambda e: e.row.answered_by, fill_in=True),
    Column("Date", 12, lambda e: e.row.answered_on, fill_in=True),
    *_END,
)
LESSONS = (
    Column("Activity", 18, lambda e: e.place),
    Column("Lesson", 80, lambda e: e.row.text),
    Column("Note", 36, lambda e: e.row.note, fill_in=True),
    *_END[1:],
)
SOURCES = (
    Column("No.", 6, lambda s: f"[{s.number}]"),
    Column("Publication", 70, lambda s: s.words),
    Column("Whose words", 34, lambda s: s.whose),
    Column("Items", 8, lambda s: str(s.rows)),
    Column("Pages", 40, lambda s: s.pages, always=False),
)


def to_xlsx(sheet: Sheet, version: str, when: date) -> bytes:
    """The bytes of an .xlsx file. SheetError for an empty sheet."""
    import openpyxl

    content = outline(sheet, version, when)
    book = openpyxl.Workbook()
    book.remove(book.active)
    if content.indicators:
        _indicators(_page(book, content, "Logframe", LOGFRAME, content.indicators, frozen="Indicator"), content)
    if content.questions:
        _page(book, content, "Questions", QUESTIONS, content.questions, frozen="Question")
    if content.lessons:
        _page(book, content, "Lessons", LESSONS, content.lessons)
    _own_source(_page(book, content, "Sources", SOURCES, content.sources), content)
    _properties(book, content, version, when)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _page(
    book: Workbook,
    content: SheetOutline,
    name: str,
    columns: Sequence[Column[Line]],
    lines: Sequence[Line],
    frozen: str = "",
) -> Worksheet:
    """One worksheet: title, column heads that stay in sight, one row a line. `frozen`: the last column that stays."""
    used = [column for column in columns if column.always or any(column.value(line) for line in lines)]
    name = term(name)
    page = book.create_sheet(name)
    _title(page, content, name)
    for number, column in enumerate(used, start=1):
        _head(page.cell(HEAD, number), term(column.name))
        page.column_dimensions[_letter(number)].width = column.width
    for place, line in enumerate(lines, start=HEAD + 1):
        for number, column in enumerate(used, start=1):
            _cell(page.cell(place, number), column, line)
    names = [column.name for column in used]
    last = f"{_letter(len(used))}{HEAD + max(len(lines), 1)}"
    page.auto_filter.ref = f"A{HEAD}:{last}"
    page.freeze_panes = f"{_letter(names.index(frozen) + 2 if frozen else 1)}{HEAD + 1}"
    _printing(page, content, name)
    return page


def _title(page: Worksheet, content: SheetOutline, name: str) -> None:
    """Three rows over the table; they run over the cells to their right."""
    from openpyxl.styles import Alignment, Font

    said = (content.title, " ".join(content.description.split()), f"{name}. {content.made}: {content.counted}.")
    fonts = (Font(FONT, 16, bold=True, color=INK), Font(FONT, 10), Font(FONT, 9, italic=True, color="595959"))
    for number, (text, font) in enumerate(zip(said, fonts, strict=True), start=1):
        cell = page.cell(number, 1)
        write(cell, text)
        cell.font, cell.alignment = font, Alignment(vertical="top")


def _head(cell: Cell, name: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    write(cell, name)
    cell.font = Font(FONT, 10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _cell(cell: Cell, column: Column[Line], line: Line) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    text = column.value(line)
    write(cell, text)
    side = Side("thin", color=LINE)
    rtl = right_to_left(text)
    cell.font = Font(FONT, 10, bold=column.name == "Level")
    cell.border = Border(side, side, side, side)
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", horizontal="right" if rtl else None, readingOrder=2 if rtl else 0
    )
    colour = _colour(column, line)
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)


def _colour(column: Column[Line], line: Line) -> str:
    """Of a cell's ground: the level, what is to be filled in, and rows that are not as in their source."""
    if not isinstance(line, Entry):
        return ""
    if column.name == "Level":
        return LEVELS.get(line.row.level, "")
    if column.name == "Status":
        return OWN if line.row.own else ADAPTED if line.row.adapted or line.row.unchecked else ""
    return FILL_IN if column.fill_in else ""


def write(cell: Cell, text: str) -> None:
    """Puts a text into a cell as text, whatever it starts with; without characters that a workbook cannot hold."""
    shown = "\n".join(UNSHOWABLE.sub("", line) for line in text.splitlines())[:MOST_CHARACTERS]
    if not shown:
        return
    cell.value = shown
    cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
    if FORMULA.match(shown):
        cell.quotePrefix = True
        cell.number_format = "@"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _indicators(page: Worksheet, content: SheetOutline) -> None:
    """Offers usual frequencies; others can be typed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    usual = [term(each) for each in FREQUENCIES]
    offered = DataValidation("list", formula1=f'"{",".join(usual)}"', allow_blank=True, showErrorMessage=False)
    column = next(cell.column_letter for cell in page[HEAD] if cell.value == term("Frequency"))
    offered.add(f"{column}{HEAD + 1}:{column}{HEAD + len(content.indicators)}")
    page.add_data_validation(offered)


def _own_source(page: Worksheet, content: SheetOutline) -> None:
    from openpyxl.styles import Font

    if content.own:
        cell = page.cell(page.max_row + 2, 1)
        write(cell, _("{whose}, shown as own: {number}.").format(whose=term(OWN_WORDS), number=content.own))
        cell.font = Font(FONT, 10)


def _printing(page: Worksheet, content: SheetOutline, name: str) -> None:
    """A4 across, as wide as the paper, the column heads on every page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.page_margins.left = page.page_margins.right = MARGIN
    page.page_margins.top = page.page_margins.bottom = MARGIN + 0.2
    page.page_margins.header = page.page_margins.footer = MARGIN / 2
    page.oddFooter.left.text, page.oddFooter.right.text = f"{name}. {content.made}", "&P / &N"
    page.oddFooter.left.size = page.oddFooter.right.size = 8


def _properties(book: Workbook, content: SheetOutline, version: str, when: date) -> None:
    book.properties.title = content.title
    book.properties.creator = f"ICAT Assistant {version}"
    book.properties.created = book.properties.modified = datetime(when.year, when.month, when.day)
