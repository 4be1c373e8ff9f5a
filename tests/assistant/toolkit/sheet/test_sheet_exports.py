"""Exports of a design sheet, opened again: nothing is lost, nothing becomes a formula, nothing is passed off."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.show import words
from assistant.toolkit.sheet.export import SUFFIXES, export_sheet
from assistant.toolkit.sheet.outline import outline
from assistant.toolkit.sheet.text import harmless
from assistant.toolkit.sheet.types import Sheet, SheetError, SheetRow
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin

LESSON, QUESTION, INDICATOR = ItemKind.LESSON, ItemKind.QUESTION, ItemKind.INDICATOR
WHEN, VERSION = date(2026, 11, 25), "1.2"
STARTER = "Toolkit library (library), 2026-11, Written for this project, not ICAT's words"
GUIDE = "A guide (toolkit), 2016"


def row(kind: ItemKind, text: str, name: str, **more: object) -> SheetRow:
    facts = {"origin": Origin.PUBLICATION, "publication": GUIDE, "pages": "p. 12 (PDF p. 14)"}
    return SheetRow(kind, text, name, original=text, activity=Activity.LIVELIHOODS, **(facts | more))


OUTPUT = row(
    INDICATOR, "Number of courses held", "i1", level=Level.OUTPUT, counts="courses", over="courses planned",
    disaggregation=("sex", "age"), verification=("attendance sheets", "visits"), caution="Courses are not jobs.",
    facts=replace(SheetRow(INDICATOR, "x").facts, level=Level.OUTPUT, counts="courses", over="courses planned",
                  disaggregation=("sex", "age"), verification=("attendance sheets", "visits")),
    baseline="0", target="12", frequency="Monthly", responsible="Officer", assumptions="Roads stay open.\nRain stops.",
    objective="People find work",
)  # fmt: skip
IMPACT = replace(
    row(INDICATOR, "Share of households out of debt", "i2", origin=Origin.STARTER, publication=STARTER, pages=""),
    text="Share of households out of debt in two districts", level=Level.IMPACT,
)  # fmt: skip
ASKED = row(QUESTION, "Who pays?", "q1", answer="The ministry.\nFor two years.", answered_by="A. B.", group="money")
LEARNT = row(LESSON, "Start small.", "l1", note="As in 2019")
OWN = SheetRow(QUESTION, "What if the market is full?")
SHEET = Sheet("Market gardens", (ASKED, OUTPUT, LEARNT, IMPACT, OWN), "Two districts.\nUntil March.")


def export(sheet: Sheet, suffix: str) -> bytes:
    return export_sheet(sheet, suffix, VERSION, WHEN)


def book(sheet: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(export(sheet, ".xlsx")))


def table(sheet: Sheet, name: str) -> list[dict[str, str]]:
    """The rows of a worksheet by the names of their columns."""
    lines = list(book(sheet)[name].iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], (cell or "" for cell in line), strict=True)) for line in lines[1:] if any(line)]


def flat(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(sheet, ".csv").decode("utf-8-sig"), newline="")))


def document(sheet: Sheet) -> docx.document.Document:
    return docx.Document(io.BytesIO(export(sheet, ".docx")))


def everything(sheet: Sheet, suffix: str) -> str:
    """All text of an export, as a reader sees it."""
    if suffix == ".xlsx":
        cells = (cell for page in book(sheet) for line in page.iter_rows(values_only=True) for cell in line)
        return "\n".join(cell for cell in cells if cell)
    if suffix == ".docx":
        opened = document(sheet)
        said = [p.text for p in opened.paragraphs]
        return "\n".join([*said, *(cell.text for t in opened.tables for line in t.rows for cell in line.cells)])
    return export(sheet, suffix).decode("utf-8")


def test_the_outline_is_a_logframe_from_impact_down_then_questions_and_lessons():
    content = outline(SHEET, VERSION, WHEN)
    assert [entry.row for entry in content.indicators] == [IMPACT, OUTPUT]
    assert [entry.row for entry in content.questions] == [ASKED, OWN]
    assert [(s.number, s.rows, s.pages, s.whose) for s in content.sources] == [
        (1, 1, "", "Written for this project, not ICAT's words"),
        (2, 3, "p. 12 (PDF p. 14)", "Words of the publication"),
    ]
    assert content.counted == "2 indicators, 2 design questions, 1 lesson, 1 of the author's own"
    assert content.made == "Made with ICAT Assistant 1.2 on 2026-11-25"


def test_a_source_that_was_not_checked_is_never_counted_with_one_that_was():
    claimed = replace(OUTPUT, item_id="gone", unchecked=True)
    content = outline(Sheet(rows=(OUTPUT, claimed)), VERSION, WHEN)
    assert [(s.number, s.rows, s.whose) for s in content.sources] == [
        (1, 1, "Words of the publication"),
        (2, 1, "Not checked: it is not on the machine that exported this"),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_every_row_with_source_date_and_what_was_filled_in(suffix: str):
    said = everything(SHEET, suffix)
    for each in SHEET.rows:
        assert each.text in said
    for wanted in ("Market gardens", "courses planned", "attendance sheets", "Courses are not jobs.", "12", "Monthly",
                   "Officer", "Roads stay open.", "Rain stops.", "People find work", "The ministry.", "For two years.",
                   "A. B.", "As in 2019", "A guide", "p. 12 (PDF p. 14)", "not ICAT's words", "2026-11-25",
                   "ICAT Assistant 1.2", "adapted: wording", IMPACT.original):  # fmt: skip
        assert wanted in said or words.printable(wanted) in said, wanted


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_sheet_is_not_exported(suffix: str):
    with pytest.raises(SheetError, match="nothing is on this sheet"):
        export(Sheet("Empty"), suffix)


def test_another_suffix_is_refused_with_those_there_are():
    with pytest.raises(SheetError, match=r"\.pdf; use \.xlsx \.docx \.csv \.md"):
        export(SHEET, ".pdf")


# --- Excel ---


def test_a_workbook_has_one_page_a_list_and_no_empty_one():
    assert book(SHEET).sheetnames == ["Logframe", "Questions", "Lessons", "Sources"]
    assert book(Sheet(rows=(OWN,))).sheetnames == ["Questions", "Sources"]


def test_the_logframe_of_a_workbook_repeats_the_level_so_that_it_can_be_sorted():
    lines = table(replace(SHEET, rows=(OUTPUT, replace(OUTPUT, item_id="i9"), IMPACT)), "Logframe")
    assert [line["Level"] for line in lines] == ["Impact", "Output", "Output"]
    assert lines[1]["Definition"] == "Counted: courses\nOut of: courses planned"
    assert lines[1]["Means of verification"] == "attendance sheets\nvisits"
    assert lines[1]["Source"] == "[2], p. 12 (PDF p. 14)"
    assert (lines[0]["Status"], lines[0]["Wording of the source"]) == ("adapted: wording, level", IMPACT.original)
    assert (lines[1]["Status"], lines[1]["Wording of the source"]) == ("as in the source", "")


def test_the_sources_of_a_workbook_are_numbered_as_they_are_cited():
    assert [(line["No."], line["Publication"]) for line in table(SHEET, "Sources")[:2]] == [
        ("[1]", "Toolkit library (library), 2026-11"),
        ("[2]", GUIDE),
    ]


def test_a_workbook_is_ready_to_print_and_to_filter():
    page = book(SHEET)["Logframe"]
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$4:$4"
    assert page.auto_filter.ref.startswith("A4:") and page.auto_filter.ref.endswith("6")
    assert page.freeze_panes == "E5"  # level, activity, objective and indicator stay in sight
    assert all(cell.alignment.wrap_text for line in page.iter_rows(min_row=4) for cell in line if cell.value)


def test_a_right_to_left_text_is_set_from_the_right():
    page = book(Sheet(rows=(SheetRow(QUESTION, "من يدفع؟"), OWN)))["Questions"]
    cells = {cell.value: cell for line in page.iter_rows(min_row=5) for cell in line if cell.value}
    assert cells["من يدفع؟"].alignment.readingOrder == 2
    assert cells[OWN.text].alignment.readingOrder == 0


def test_a_cell_holds_no_more_than_excel_allows():
    text = "a" * 40_000
    assert len(table(Sheet(rows=(replace(OWN, answer=text),)), "Questions")[0]["Answer"]) == 32_767


# --- Word ---


def test_a_word_document_is_across_with_heads_that_repeat_and_rows_that_stay_whole():
    opened = document(SHEET)
    section = opened.sections[0]
    assert section.page_width > section.page_height
    for each in opened.tables:
        first, *others = each._tbl.tr_lst
        assert first.xpath("./w:trPr/w:tblHeader") and all(tr.xpath("./w:trPr/w:cantSplit") for tr in others)


def test_a_word_document_has_headings_and_boxes_to_tick():
    opened = document(SHEET)
    headings = [p.text for p in opened.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert headings == [
        "Market gardens", "Logframe", "Impact", "Output", "Questions", "Livelihoods: money",
        "Added by the author of this sheet", "Lessons", "Sources",
    ]  # fmt: skip
    assert sum(cell.text == "☐" for t in opened.tables for line in t.rows for cell in line.cells) == 2
    assert "Objective: People find work" in [p.text for p in opened.paragraphs]


def test_right_to_left_paragraphs_of_a_word_document_are_marked():
    with zipfile.ZipFile(io.BytesIO(export(Sheet(rows=(SheetRow(QUESTION, "من يدفع؟"),)), ".docx"))) as parts:
        assert parts.read("word/document.xml").decode().count("<w:bidi/>") == 1


# --- CSV ---


def test_csv_is_one_table_that_excel_reads_as_utf8():
    content = export(SHEET, ".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 6
    lines = flat(SHEET)
    assert [line["Kind"] for line in lines] == ["indicator"] * 2 + ["design question"] * 2 + ["lesson"]
    assert lines[1]["Source"] == "A guide (toolkit), 2016, p. 12 (PDF p. 14)"
    assert (lines[3]["Source"], lines[3]["Status"]) == ("Added by the author of this sheet", "own")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "\t'=1"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),  # where ";" parts the cells
        ("one\n=1", "one\n'=1"),
        ("one = two", "one = two"),
        ("3-5 people; 2 + 2", "3-5 people; 2 + 2"),
        ("", ""),
    ],
)
def test_a_cell_of_csv_that_would_be_a_formula_gets_an_apostrophe(text: str, written: str):
    assert harmless(text) == written


# --- Markdown ---


def test_markdown_is_tables_with_the_right_number_of_cells():
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(export(SHEET, ".md").decode())
    assert sum(token.type == "table_open" for token in tokens) == 6
    assert sum(token.type == "tr_open" for token in tokens) == 6 + len(SHEET.rows) + 2
    assert sum(token.type == "td_open" for token in tokens) == 2 * 10 + 2 * 5 + 4 + 2 * 5


NASTY = "a | b <script>alert(1)</script> [x](http://evil.example) ![i](y) `c` *d* www.evil.example\n| e |"


def test_markdown_in_a_text_stays_text():
    sheet = Sheet("# No | title", (SheetRow(QUESTION, words.printable(NASTY), answer=NASTY),), "- no list")
    rendered = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(export(sheet, ".md").decode())
    for tag in ("<script", "<a ", "<img", "<code", "<li", "<em>d"):
        assert tag not in rendered
    assert rendered.count("<td>") == 5
    assert "http\\://evil" in export(sheet, ".md").decode() and "www\\.evil" in export(sheet, ".md").decode()


# --- whatever is typed ---

STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", '"=', "＝", "#N/A", "=cmd|' /C calc'!A0"]
)
TYPED = st.one_of(st.text(max_size=40), st.builds(lambda start, rest: start + rest, STARTS, st.text(max_size=20)))


@settings(max_examples=40, deadline=None)
@given(TYPED, TYPED, TYPED)
def test_no_cell_of_a_workbook_is_a_formula(text: str, note: str, part: str):
    filled = SheetRow(
        INDICATOR, f"{text}.", level=Level.OUTPUT, baseline=text, note=note, verification=(part,), counts=part
    )
    asked = SheetRow(QUESTION, f"{note}?", answer=text, group="")
    opened = book(Sheet(f"{text}t", (filled, asked), note))
    for page in opened:
        for line in page.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "n") and not (cell.data_type == "n" and cell.value is not None)
                if cell.value and cell.value.lstrip(" \n'\"")[:1] in tuple("=+-@＝"):
                    assert cell.quotePrefix and cell.number_format == "@"


@settings(max_examples=40, deadline=None)
@given(TYPED, TYPED)
def test_no_cell_of_csv_begins_like_a_formula(text: str, note: str):
    lines = flat(
        Sheet(f"{text}t", (SheetRow(INDICATOR, f"{text}.", note=note, baseline=text, verification=(note, text)),))
    )
    assert len(lines) == 1
    for cell in lines[0].values():
        for part in cell.replace("\r", "\n").replace(";", "\n").split("\n"):
            assert part.strip(' \t"')[:1] not in tuple("=+-@＝＋－＠")


@settings(max_examples=25, deadline=None)
@given(TYPED, TYPED)
def test_word_and_markdown_can_be_opened_whatever_is_typed(text: str, note: str):
    sheet = Sheet(
        f"{text}t", (SheetRow(QUESTION, f"{text}?", answer=note), SheetRow(INDICATOR, f"{note}.", target=text)), note
    )
    opened = document(sheet)
    assert len(opened.tables) == 2
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(export(sheet, ".md").decode())
    assert sum(token.type == "td_open" for token in tokens) == 15
