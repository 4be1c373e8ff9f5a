import io
import random
import re
from pathlib import Path

import numpy as np
import pdfs
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from corpus.readers.pdf import PdfError, boxes, page_image, pdf_metadata, read_pdf, text_under
from corpus.readers.pdf_chars import address, char_codes, open_document, open_page
from corpus.readers.pdf_text import choose_labels
from corpus.readers.pdf_view import MAX_PIXELS
from corpus.types import NO_RAW, BlockKind, Document, Publication

ME = Publication(id="me", title="Me")


def raw_text(path: Path, page_number: int) -> str:
    """raw_text[i] is the character with raw index i; U+FFFD for what is none."""
    with open_document(path) as document, open_page(document, page_number) as (_, text):
        codes = char_codes(address(text), pdfium.FPDFText_CountChars(text)).tolist()
    return "".join(chr(c) if c < 0xD800 or 0xE000 <= c < 0x110000 else "\ufffd" for c in codes)


def read(path: Path) -> Document:
    document, problems = read_pdf(path, ME)
    assert document is not None, problems
    return document


def blocks(document: Document, page: int | None = None) -> list[tuple[str, str]]:
    where = document.pages[page - 1] if page else None
    return [
        (block.kind.value, document.text[block.start : block.end])
        for block in document.blocks
        if where is None or where.start <= block.start < where.end
    ]


# -- the faults of the guides ------------------------------------------------------------------------------------


def test_two_columns_with_lost_ligatures_kept_hyphens_and_navigation(tmp_path: Path):
    document = read(pdfs.guide(tmp_path / "guide.pdf"))
    assert blocks(document, 1) == [
        ("heading", "How to plan a response"),
        ("paragraph", pdfs.LEFT_TEXT),
        ("paragraph", pdfs.RIGHT_TEXT),
    ]
    assert [page.label for page in document.pages] == ["ii", "1", "2", "3"]
    assert "Acknowledgements" not in document.text


def test_bullets_notes_tables_and_a_paragraph_over_two_pages(tmp_path: Path):
    document = read(pdfs.report(tmp_path / "report.pdf"))
    assert blocks(document) == [
        ("heading", "Training for drivers"),
        (
            "paragraph",
            "Most drivers see people who are moved against their will and many say nothing. They fear trouble at work, "
            "and they do not know whom to call.",
        ),
        ("heading", "What a driver can do"),
        ("item", "Write down the place and the hour of what was seen, without going near"),
        ("item", "Call the number on the card"),
        ("item", "Tell nobody else on the road"),
        ("footnote", "1 A count of our own, made for this page."),
        (
            "paragraph",
            "The lesson takes two hours. It has been held in many towns so far, and the people who came to it say that "
            "they would come again if the company gave them the time, which it does not do in every town that was "
            "asked.",
        ),
        ("row", "Town | Drivers | Hours"),
        ("row", "North | 12 | 2"),
        ("row", "South | 9 | 4"),
        ("row", "East | 31 | 2"),
    ]
    first, second = document.pages
    spanning = document.text.index("which it does not do")
    assert first.end == second.start == spanning  # the page changes where the paragraph's second half begins


def test_headings_have_levels_by_how_they_are_set(tmp_path: Path):
    document = read(pdfs.report(tmp_path / "report.pdf"))
    levels = [block.level for block in document.blocks if block.kind is BlockKind.HEADING]
    assert document.heading_path(document.text.index("Call the number")) == (
        "Training for drivers",
        "What a driver can do",
    )
    assert levels[0] < levels[1]


def test_a_run_in_title_is_no_heading(tmp_path: Path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "run-in.pdf"))
    for y, heads in ((100, "Scope."), (140, "Terms.")):
        pdfs.write(canvas, 72, y, heads, pdfs.BOLD)
        pdfs.write(canvas, 112, y, "This part says what the plan covers and what it leaves to the")
        pdfs.write(canvas, 72, y + 12.5, "people who carry it out in each of the towns.")
    canvas.save()
    assert [kind for kind, _ in blocks(read(tmp_path / "run-in.pdf"))] == ["paragraph", "paragraph"]


def test_an_amount_or_a_share_set_large_is_called_out_and_no_heading(tmp_path: Path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "called-out.pdf"))
    for y, large in ((80, "What was spent"), (140, "Direct $30,870"), (200, "Work only 37%"), (260, "Why it was late")):
        pdfs.write(canvas, 72, y, large, ("Helvetica-Bold", 15.0))
        pdfs.write(canvas, 72, y + 25, "The team spent most of what it had in the second year, and said why.")
    canvas.save()
    found = [text for kind, text in blocks(read(tmp_path / "called-out.pdf")) if kind == "heading"]
    assert found == ["What was spent", "Why it was late"]


# -- what the source map promises --------------------------------------------------------------------------------


def test_every_character_knows_its_raw_character(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    document = read(path)
    for page in document.pages:
        raw = raw_text(path, page.number)
        for position in range(page.start, page.end):
            source = int(document.raw[position])
            char = document.text[position]
            if source == NO_RAW:
                assert char in " \n|"
            else:
                assert raw[source] == char or (raw[source].isspace() and char == " ")


def test_raw_text_counts_as_pdfium_does_beyond_the_basic_plane(tmp_path: Path):
    # A is shown as an emoji, B as two letters; raw indexes go on counting characters, not 16-bit units.
    path = pdfs.by_hand(
        tmp_path / "map.pdf",
        "BT /F1 20 Tf 72 700 Td (ACBC) Tj ET",
        unicode_map="<41> <D83DDE00>\n<42> <00660066>\n<43> <0063>",
    )
    document = read(path)
    raw = raw_text(path, 1)
    assert document.text == "😀cffc"
    assert "".join(raw[i] for i in document.raw) == "😀cffc"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_land_on_what_the_image_shows(tmp_path: Path, turn: int):
    path = pdfs.by_hand(
        tmp_path / "turned.pdf",
        "BT /F1 24 Tf 150 500 Td (Before MARK after) Tj ET",
        page=f"/MediaBox [0 0 595 842] /CropBox [100 200 500 700] /Rotate {turn}",
    )
    document = read(path)
    page = document.pages[0]
    assert (page.width, page.height) == ((400, 500) if turn % 180 == 0 else (500, 400))
    start = document.text.index("MARK")
    found = boxes(path, 1, document.raw[start : start + 4].tolist())
    assert len(found) == 1
    image = Image.open(io.BytesIO(page_image(path, 1, dpi=144))).convert("L")
    scale = image.width / page.width
    dark = np.array(image) < 128
    box = found[0]
    inside = dark[
        int(box.top * scale) : int(box.bottom * scale) + 1, int(box.left * scale) : int(box.right * scale) + 1
    ]
    word = pdfs.by_hand(
        tmp_path / "word.pdf", "BT /F1 24 Tf 150 500 Td 3 Tr (Before ) Tj 0 Tr (MARK) Tj ET",
        page=f"/MediaBox [0 0 595 842] /CropBox [100 200 500 700] /Rotate {turn}",
    )  # fmt: skip
    alone = np.array(Image.open(io.BytesIO(page_image(word, 1, dpi=144))).convert("L")) < 128
    assert inside.sum() == pytest.approx(alone.sum(), rel=0.03)  # all of the word's ink, and none of its neighbours'


def test_a_note_mark_that_was_left_out_is_not_under_the_boxes(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    document = read(path)
    start = document.text.index("their will and many")
    found = boxes(path, 1, document.raw[start : start + len("their will and many")].tolist())
    assert len(found) == 2
    assert found[0].right < found[1].left


def test_what_stands_in_boxes_is_read_back(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    document = read(path)
    start = document.text.index("their will and many")
    found = boxes(path, 1, document.raw[start : start + len("their will and many")].tolist())
    assert text_under(path, 1, found) == "their will and many"
    assert [text_under(path, 1, [box]).split() for box in found] == [["their", "will"], ["and", "many"]]
    assert text_under(path, 1, []) == ""


def test_boxes_of_nothing_are_none(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    assert boxes(path, 1, []) == []
    assert boxes(path, 1, [NO_RAW, 10**6]) == []


def test_a_page_image_is_capped(tmp_path: Path):
    path = pdfs.by_hand(tmp_path / "wide.pdf", "BT /F1 24 Tf 72 72 Td (wide) Tj ET", page="/MediaBox [0 0 10000 9000]")
    image = Image.open(io.BytesIO(page_image(path, 1, dpi=600)))
    assert image.width * image.height <= MAX_PIXELS
    assert image.width / image.height == pytest.approx(10000 / 9000, rel=0.001)


def test_text_set_on_its_side_is_read_and_marked(tmp_path: Path):
    rows = "".join(
        f"1 0 0 1 0 0 cm BT /F1 12 Tf 0 1 -1 0 {100 + 16 * i} 100 Tm (Row {i} of a page on its side) Tj ET\n"
        for i in range(5)
    )
    path = pdfs.by_hand(tmp_path / "side.pdf", rows)
    document = read(path)
    assert document.text.replace("\n", " ") == " ".join(f"Row {i} of a page on its side" for i in range(5))
    start = document.text.index("Row 3")
    (box,) = boxes(path, 1, document.raw[start : start + 5].tolist())
    assert box.bottom - box.top > box.right - box.left  # it stands upright
    assert box.left < 100 + 16 * 3 < box.right + 3


# -- what cannot be read -----------------------------------------------------------------------------------------


def one_line(path: Path) -> str:
    document, problems = read_pdf(path, ME)
    assert document is None
    (problem,) = problems
    assert "\n" not in str(problem) and str(problem).startswith(path.name)
    return str(problem)


def test_a_scan_is_named_for_all_its_pages_at_once(tmp_path: Path):
    assert "no text layer" in one_line(pdfs.picture(tmp_path / "scan.pdf", pages=3))
    assert "all 3 pages" in one_line(tmp_path / "scan.pdf")


def test_scanned_pages_among_others_are_named_by_their_numbers(tmp_path: Path):
    text = pdfs.plain(tmp_path / "text.pdf", [["A page of text that can be read."]])
    scan = pdfs.picture(tmp_path / "scan.pdf", pages=2)
    both = pypdfium2.PdfDocument.new()
    for part in (text, scan, text):
        both.import_pages(pypdfium2.PdfDocument(part))
    both.save(tmp_path / "both.pdf")
    document, problems = read_pdf(tmp_path / "both.pdf", ME)
    assert document is not None
    assert [(p.page, "pages 2 to 3" in p.reason) for p in problems] == [(2, True)]
    assert [page.end > page.start for page in document.pages] == [True, False, False, True]


def test_a_file_with_a_password_is_named(tmp_path: Path):
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("secret", ownerPassword="other", strength=128)
    assert "password" in one_line(pdfs.plain(tmp_path / "locked.pdf", [["Hidden."]], encrypt=lock))


def test_what_is_no_pdf_is_named(tmp_path: Path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert "empty" in one_line(tmp_path / "empty.pdf")
    (tmp_path / "words.pdf").write_text("These are words, not a PDF.")
    assert "not a PDF" in one_line(tmp_path / "words.pdf")
    assert "cannot be opened" in one_line(tmp_path / "missing.pdf")


def test_a_file_that_was_cut_off_is_named(tmp_path: Path):
    whole = pdfs.report(tmp_path / "report.pdf").read_bytes()
    (tmp_path / "half.pdf").write_bytes(whole[:300])
    assert "damaged or cut off" in one_line(tmp_path / "half.pdf")


def test_a_garbled_text_layer_is_named(tmp_path: Path):
    letters = "".join(f"<{code:02X}> <{0xE000 + code:04X}>\n" for code in range(0x41, 0x7B))
    text = "BT /F1 12 Tf 72 700 Td (These letters are drawn well and named as none at all) Tj ET"
    assert "garbled" in one_line(pdfs.by_hand(tmp_path / "garbled.pdf", text, unicode_map=letters))


def test_letters_named_as_other_letters_are_garbage_too(tmp_path: Path):
    # each letter named as the consonant seven places on, which makes words that no language has
    letters = "".join(f"<{code:02X}> <{0x62 + (code * 7) % 24:04X}>\n" for code in range(0x61, 0x7B))
    words = "plans that begin with people who know the road and its towns help more than plans made far from them " * 3
    rows = "".join(f"BT /F1 12 Tf 72 {700 - 14 * i} Td ({words[60 * i : 60 * i + 60]}) Tj ET\n" for i in range(5))
    assert "garbled" in one_line(pdfs.by_hand(tmp_path / "shifted.pdf", rows, unicode_map=letters))


def test_a_language_without_a_word_list_is_not_garbage(tmp_path: Path):
    swahili = (
        "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri, hivyo yapasa",
        "watendeane kindugu. Kila mtu anastahili kuwa na haki zote na uhuru wote bila ya kujali ubaguzi wowote.",
    )
    document, problems = read_pdf(pdfs.plain(tmp_path / "sw.pdf", [swahili]), ME)
    assert document is not None and problems == ()


def test_a_page_with_nothing_but_its_number_is_named(tmp_path: Path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "numbers.pdf"))
    for number in range(1, 7):
        pdfs.write(canvas, 72, 40, "The county plan", ("Helvetica", 8))
        pdfs.write(canvas, 300, 800, str(number), ("Helvetica", 8))
        if number != 4:
            pdfs.lines(
                canvas, 72, 120, [f"Text number {number * 7} of this plan,", f"which goes on in line {number * 9}."]
            )
        canvas.showPage()
    canvas.save()
    document, problems = read_pdf(tmp_path / "numbers.pdf", ME)
    assert [(p.page, "running head or page number" in p.reason) for p in problems] == [(4, True)]
    assert document is not None and document.pages[3].label == "4"


def test_a_page_too_large_to_be_one_is_left_out(tmp_path: Path):
    path = pdfs.by_hand(
        tmp_path / "huge.pdf", "BT /F1 24 Tf 72 72 Td (huge) Tj ET", page="/MediaBox [0 0 200000 200000]"
    )
    assert "larger than 14400 points" in one_line(path)


def test_a_missing_page_is_an_error_of_ours(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    with pytest.raises(PdfError):
        page_image(path, 9)


# -- labels and metadata -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "printed", "chosen"),
    [
        (["i", "ii", "1", "2"], [None, "ii", "1", "2"], ("i", "ii", "1", "2")),
        (["1", "2", "3", "4"], ["33", "34", "35", "36"], ("33", "34", "35", "36")),
        (["", "", ""], [None, "2", "3"], (None, "2", "3")),
        (["X", "X", "X"], [None, None, None], (None, None, None)),
    ],
)
def test_the_files_own_labels_count_unless_the_print_contradicts_them(own, printed, chosen):
    assert choose_labels(own, printed) == chosen


def test_small_words_beside_a_large_title_are_no_part_of_it(tmp_path: Path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "cover.pdf"
    canvas = Canvas(str(path))
    for place, words in enumerate(("An analysis of", "data of the", "national hotline")):
        pdfs.write(canvas, 50, 200 + 44 * place, words, ("Helvetica", 38))
    for place, words in enumerate(("Summary", "3 Form", "6 Demographics", "9 Age", "12 Risk factors", "14 Recruiters")):
        pdfs.write(canvas, 420, 186 + 14 * place, words, ("Helvetica", 9))
    canvas.save()
    assert pdf_metadata(path).title == "An analysis of data of the national hotline"


def test_the_title_is_the_files_own_or_else_the_largest_words(tmp_path: Path):
    guide = pdf_metadata(pdfs.guide(tmp_path / "guide.pdf"))  # reportlab writes "untitled"
    assert guide.title == "How to plan a response"
    assert re.fullmatch(r"\d{4}-\d{2}", guide.date)
    assert guide.first_page_text.splitlines()[0].startswith("Introduction")
    named = pypdfium2.PdfDocument(tmp_path / "guide.pdf")
    assert named.get_metadata_dict()["Title"] == "untitled"


def test_reading_twice_gives_the_same(tmp_path: Path):
    path = pdfs.report(tmp_path / "report.pdf")
    one, two = read(path), read(path)
    assert one.text == two.text and one.blocks == two.blocks and (one.raw == two.raw).all()


def test_pages_tile_the_text_whatever_is_on_them(tmp_path: Path):
    generator = random.Random(3)
    words = [
        "plan",
        "road",
        "court",
        "child",
        "ﬁnd",
        "self-",
        "a",
        "b",
        "12",
        "•",
        "–",
        "(a)",
        "3.",
        "www.example.org/x",
        "ÉTÉ",
    ]
    pages = [
        [" ".join(generator.choices(words, k=generator.randrange(1, 12))) for _ in range(generator.randrange(0, 30))]
        for _ in range(12)
    ]
    path = pdfs.plain(
        tmp_path / "any.pdf", [[line.encode("cp1252", "ignore").decode("cp1252") for line in p] for p in pages]
    )
    document = read(path)  # Document checks the tiling itself
    for before, after in zip(document.blocks, document.blocks[1:], strict=False):
        assert "\n" in document.text[before.end : after.start]
