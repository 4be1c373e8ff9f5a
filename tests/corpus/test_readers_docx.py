"""Word documents: blocks by style, no deleted or hidden words, and archives that are not what they say."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers.docx import read_docx
from corpus.types import NO_RAW, BlockKind, Publication

PAPER = Publication(id="report", title="Report")
H, P, I, R, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.FOOTNOTE  # noqa: E741
FOOTNOTES = (
    f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r>"
    "<w:r><w:t>The note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def saved(document, folder: Path) -> Path:
    path = folder / "report.docx"
    document.save(str(path))
    return path


def blocks_of(document, folder: Path) -> list[tuple[BlockKind, int, str]]:
    read = read_docx(saved(document, folder), PAPER).document
    return [(block.kind, block.level, read.text[block.start : block.end]) for block in read.blocks]


def xml(inside: str):
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w')}", inside))


def test_headings_lists_and_paragraphs_by_style(tmp_path: Path):
    document = docx.Document()
    document.add_heading("The title", 0)
    document.add_heading("Part one", 1)
    document.add_paragraph("They are:")
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("inner", style="List Bullet 2")
    document.add_paragraph("number", style="List Number")
    document.add_paragraph("• typed")
    document.add_paragraph("   ")
    assert blocks_of(document, tmp_path) == [
        (H, 1, "The title"),
        (H, 2, "Part one"),
        (P, 0, "They are:"),
        (I, 1, "first"),
        (I, 2, "inner"),
        (I, 1, "number"),
        (I, 1, "typed"),
    ]


def test_numbering_and_outline_level_set_by_hand_are_read(tmp_path: Path):
    document = docx.Document()
    item, heading, plain = (document.add_paragraph(text) for text in ("item", "heading", "no list"))
    item._p.get_or_add_pPr().append(xml("<w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr>"))
    heading._p.get_or_add_pPr().append(xml("<w:outlineLvl w:val='1'/>"))
    plain._p.get_or_add_pPr().append(xml("<w:numPr><w:numId w:val='0'/></w:numPr>"))
    assert blocks_of(document, tmp_path) == [(I, 2, "item"), (H, 2, "heading"), (P, 0, "no list")]


def test_deleted_and_hidden_words_are_left_out_and_inserted_and_linked_ones_are_not(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("kept ")
    paragraph.add_run("hidden ").font.hidden = True
    paragraph._p.append(xml("<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"))
    paragraph._p.append(xml("<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"))
    paragraph._p.append(xml("<w:hyperlink><w:r><w:t xml:space='preserve'> link</w:t></w:r></w:hyperlink>"))
    assert blocks_of(document, tmp_path) == [(P, 0, "kept inserted link")]


def test_content_controls_are_read_and_the_table_of_contents_is_not(tmp_path: Path):
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Part one ... 3", style="toc 1")
    document.element.body.insert(
        0, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>Inside</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert blocks_of(document, tmp_path) == [(P, 0, "Inside")]


def test_tables_are_read_row_by_row_and_a_frame_is_not_a_table(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(2, 2)
    for (row, column), text in {(0, 0): "A", (0, 1): "B", (1, 0): "c\nd"}.items():
        table.cell(row, column).text = text
    document.add_table(1, 1).cell(0, 0).text = "framed"
    assert blocks_of(document, tmp_path) == [(R, 0, "A | B"), (R, 0, "c d"), (P, 0, "framed")]


def test_a_footnote_follows_the_paragraph_that_calls_it(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("Called")
    paragraph._p.append(xml("<w:r><w:footnoteReference w:id='2'/></w:r>"))
    paragraph.add_run(" here.")
    document.add_paragraph("Next.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = docx.opc.part.Part(docx.opc.packuri.PackURI("/word/footnotes.xml"), content, FOOTNOTES.encode())
    document.part.relate_to(part, kind)
    assert blocks_of(document, tmp_path) == [(P, 0, "Called here."), (F, 0, "The note."), (P, 0, "Next.")]


def test_raw_counts_the_text_of_the_runs(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("ab  ").add_run("cd")
    document.add_paragraph("ef")
    read = read_docx(saved(document, tmp_path), PAPER).document
    assert read.text == "ab cd\n\nef"
    assert read.raw.tolist() == [0, 1, 2, 4, 5, NO_RAW, NO_RAW, 6, 7]


def test_what_the_file_says_of_itself(tmp_path: Path):
    import datetime

    document = docx.Document()
    document.core_properties.title = "A  title"
    document.core_properties.comments = ""
    document.core_properties.created = datetime.datetime(2016, 10, 5, 12)
    document.add_paragraph("See A/80/67.")
    given = read_docx(saved(document, tmp_path), PAPER).metadata
    assert (given.title, given.date) == ("A title", "2016-10-05")


@pytest.mark.parametrize(("size", "wanted"), [(16 << 20, "unpacks to 1"), (0, "is damaged")])
def test_a_bomb_and_a_broken_archive_are_problems(tmp_path: Path, size: int, wanted: str):
    path = saved(docx.Document(), tmp_path)
    if size:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/media/picture.xml", b"\x00" * size)
    else:
        path.write_bytes(path.read_bytes()[:2000])
    reading = read_docx(path, PAPER)
    assert reading.document is None
    assert wanted in str(reading.problems[0])


def test_a_document_without_words_is_a_problem(tmp_path: Path):
    reading = read_docx(saved(docx.Document(), tmp_path), PAPER)
    assert reading.document is None
    assert "holds no text" in str(reading.problems[0])
