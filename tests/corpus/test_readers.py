"""Any file gives a document or one line, told by its content; pages give images; nothing takes the process down."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadablePublication
from corpus.readers import boxes, page_image, read, read_many
from corpus.readers.formats import decoded
from corpus.readers.reading import from_plain, iso_date, to_plain
from corpus.types import Box, Publication

PAPER = Publication(id="file", title="File")
WORDS = "Every State has a duty to prevent trafficking in persons and to protect those who were harmed."


@pytest.fixture()
def pdf(tmp_path: Path) -> Path:
    """One page of 300 by 200 points with two lines, the first 150 points from the bottom."""
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(300, 200))
    canvas.setFont("Helvetica", 12)
    canvas.drawString(20, 150, "Ask first who is at risk.")
    canvas.drawString(20, 135, "Then act on what you learn.")
    canvas.save()
    return path


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.pdf", f"<!DOCTYPE html><html><body><p>{WORDS}</p></body></html>", WORDS),
        ("a.html", f"\n<!-- saved -->\n<HTML><body>{WORDS}</body></HTML>", WORDS),
        ("a.html", f"<p>{WORDS}</p>", WORDS),
        ("a.md", f"**{WORDS}**", WORDS),
        ("a", f"# Title\n\n{WORDS}", f"Title\n\n{WORDS}"),
        ("a.txt", f"# Title\n\n{WORDS}", f"# Title\n\n{WORDS}"),
        ("a.txt", WORDS.encode("utf-16"), WORDS),
        ("a.docx", WORDS.encode("utf-16-le"), WORDS),
        ("a.txt", "“Été – €”".encode("cp1252"), "“Été – €”"),
        ("a.htm", "<html><meta charset=windows-1251><body>Торговля".encode("cp1251"), "Торговля"),
    ],
)
def test_content_decides_what_a_file_is(tmp_path: Path, name: str, content: bytes | str, text: str):
    assert read(written(tmp_path, name, content), PAPER).document.text == text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "is an image"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or an encrypted Office file"),
        ("a.docx", zipped("xl/workbook.xml"), "is a spreadsheet"),
        ("a.docx", zipped("readme.txt"), "is a ZIP archive"),
        ("a.docx", b"PK\x03\x04 no more", "is a damaged ZIP file"),
        ("a.txt", bytes(range(256)) * 20, "is of a kind that can't be read"),
        ("a.xml", "<?xml version='1.0'?><a>b</a>", "is an XML file"),
        ("a.rtf", "{\\rtf1 text}", "is an RTF file"),
    ],
)
def test_what_can_not_be_read_is_one_line(tmp_path: Path, name: str, content: bytes | str, reason: str):
    reading = read(written(tmp_path, name, content), PAPER)
    assert reading.document is None
    (problem,) = reading.problems
    assert str(problem).startswith(f"{name}: {reason}") and "\n" not in str(problem)


def test_what_is_not_there_is_one_line(tmp_path: Path):
    assert str(read(tmp_path / "no.pdf", PAPER).problems[0]) == "no.pdf: is not there; check its name"
    assert "is not a file" in str(read(tmp_path, PAPER).problems[0])


def test_language_and_symbol_are_told(tmp_path: Path):
    given = read(written(tmp_path, "a.txt", f"A/RES/61/180\n\n{WORDS}"), PAPER).metadata
    assert given.language == "en"


def test_the_text_of_a_pdf_and_what_stands_under_its_boxes(pdf: Path):
    document = read(pdf, PAPER).document
    start = document.text.index("who is at risk")
    (box,) = boxes(pdf, 1, document.raw[start : start + 14])
    before, within = (stringWidth(words, "Helvetica", 12) for words in ("Ask first ", "who is at risk"))
    assert box.left == pytest.approx(20 + before, abs=2)
    assert box.right == pytest.approx(20 + before + within, abs=2)
    assert box.top < 50 - 8 and 50 < box.bottom < 56  # the baseline is 50 points from the top


def test_a_page_image_shows_boxes_in_yellow_and_leaves_letters_black(pdf: Path):
    plain = np.asarray(Image.open(io.BytesIO(page_image(pdf, 1, dpi=144))))
    marked = np.asarray(Image.open(io.BytesIO(page_image(pdf, 1, [Box(1, 20, 40, 160, 55)], dpi=144))))
    assert plain.shape == marked.shape == (400, 600, 3)
    changed = (plain != marked).any(axis=2)
    rows, columns = np.nonzero(changed)
    # 144 dpi: 2 pixels a point, and a margin of a point around the box
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (78, 112, 38, 322)
    inside = marked[84:108, 44:318].reshape(-1, 3)
    assert inside.min() < 60
    red, green, blue = inside.max(axis=0)
    assert red > 240 and green > 220 and blue < 130
    assert (marked[:70] == plain[:70]).all()


def test_a_box_of_another_page_is_not_drawn(pdf: Path):
    assert page_image(pdf, 1, [Box(2, 20, 40, 160, 55)]) == page_image(pdf, 1)


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_one_line(pdf: Path, page: int):
    with pytest.raises(UnreadablePublication, match=rf"page\.pdf, page {page}: can't be shown: there is no such page"):
        page_image(pdf, page)


def test_a_file_without_pages_to_show_is_one_line(tmp_path: Path):
    with pytest.raises(UnreadablePublication, match=r"a\.txt, page 1: can't be shown: this is not a PDF"):
        page_image(written(tmp_path, "a.txt", WORDS), 1)
    with pytest.raises(UnreadablePublication, match=r"no\.pdf, page 1: can't be shown: the file cannot be opened"):
        boxes(tmp_path / "no.pdf", 1, [0])


def test_many_files_come_as_they_are_done_and_a_bad_one_takes_no_other_with_it(tmp_path: Path):
    jobs = [(written(tmp_path, f"{n}.txt", WORDS if n % 3 else b"\x00\x01" * 99), PAPER) for n in range(12)]
    read_files = dict(read_many(jobs, workers=2))
    assert set(read_files) == {path for path, _ in jobs}
    assert [bool(read_files[path].document) for path, _ in jobs] == [n % 3 > 0 for n in range(12)]


def test_many_files_are_taken_a_few_ahead_and_can_be_given_up(tmp_path: Path):
    taken = []

    def jobs():
        for n in range(100):
            taken.append(n)
            yield written(tmp_path, f"{n}.txt", WORDS), PAPER

    some = read_many(jobs(), workers=2)
    next(some)
    some.close()
    assert len(taken) <= 5


def test_a_file_that_takes_too_long_is_one_line(tmp_path: Path):
    path = written(tmp_path, "long.txt", (WORDS + "\n\n") * 100_000)
    (problem,) = read(path, PAPER, seconds=0.05).problems
    assert str(problem).startswith("long.txt: took longer than 0.05 s to read; allow more time")


def test_every_robust_file_gives_a_document_or_one_clear_line(shared_data: Path):
    files = sorted((shared_data / "robust").iterdir())
    publication = Publication(id="robust", title="Robust")
    found = dict(read_many(((path, publication) for path in files), seconds=60))
    assert len(found) == len(files) > 150
    for path, reading in found.items():
        assert reading.document or reading.problems, path
        for problem in reading.problems:
            line = str(problem)
            assert line.startswith(path.name) and "\n" not in line and "Traceback" not in line
            assert "the reader failed" not in line and "crashed" not in line and "took longer" not in line, line


def test_a_reading_survives_the_way_between_processes(tmp_path: Path):
    reading = read(written(tmp_path, "a.md", "# Title\n\n- item\n\nText."), PAPER)
    again = from_plain(to_plain(reading), PAPER)
    assert again.document.blocks == reading.document.blocks
    assert again.document.pages == reading.document.pages
    assert (again.document.raw == reading.document.raw).all()
    assert (again.problems, again.metadata) == (reading.problems, reading.metadata)


def test_dates_are_kept_where_they_begin_with_a_year():
    dates = ["2016", "2016-10", "20161005", "2021-07-15T10:00", "5 October 2016", "2016-13", "12345"]
    assert [iso_date(date) for date in dates] == ["2016", "2016-10", "2016-10-05", "2021-07-15", "", "2016", ""]


def test_bytes_that_are_no_text_are_none():
    assert decoded(b"\xef\xbb\xbfab") == "ab"
    assert decoded(b"\x7fELF" + bytes(2000)) is None
