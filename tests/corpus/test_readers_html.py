"""HTML: the main content as blocks, nothing run, fetched or looked up."""

import pytest

from corpus.readers.html import read_html
from corpus.types import NO_RAW, BlockKind, Publication

PAPER = Publication(id="page", title="Page")
H, P, I, R, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.FOOTNOTE  # noqa: E741


def blocks_of(source: str) -> list[tuple[BlockKind, int, str]]:
    document = read_html(source, PAPER, "page.html").document
    assert document is not None
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def test_headings_paragraphs_and_nested_lists():
    page = (
        "<h2>Risk</h2><p>They <b>are</b>:</p><ul><li>one<ol><li>inner</li></ol></li><li><p>two</p><p>more</p></li></ul>"
    )
    assert blocks_of(page) == [
        (H, 2, "Risk"),
        (P, 0, "They are:"),
        (I, 1, "one"),
        (I, 2, "inner"),
        (I, 1, "two"),
        (P, 0, "more"),
    ]


def test_a_table_is_read_row_by_row_and_a_layout_table_is_not():
    data = "<table><caption>Cap</caption><tr><th>A</th><th>B</th></tr><tr><td>c<p>d</p></td><td></td></tr></table>"
    assert blocks_of(data) == [(P, 0, "Cap"), (R, 0, "A | B"), (R, 0, "c d")]
    layout = "<table role=presentation><tr><td><p>left</p></td><td>right</td></tr></table>"
    assert blocks_of(layout) == [(P, 0, "left"), (P, 0, "right")]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><p>Go</p></nav>",
        "<header><p>Go</p></header>",
        "<footer>Go</footer>",
        "<aside>Go</aside>",
        "<script>Go()</script>",
        "<style>.go{}</style>",
        "<noscript>Go</noscript>",
        "<form><p>Go</p></form>",
        "<div id='cookie-banner'><p>Go</p></div>",
        "<div class='share-buttons share'>Go</div>",
        "<div role='navigation'>Go</div>",
        "<p hidden>Go</p>",
        "<p style='display: none'>Go</p>",
        "<!-- Go -->",
    ],
)
def test_furniture_is_left_out(furniture: str):
    assert blocks_of(f"<body>{furniture}<p>The text of the page itself.</p></body>") == [
        (P, 0, "The text of the page itself.")
    ]


def test_a_class_that_sounds_like_furniture_does_not_lose_the_text():
    assert blocks_of("<div class='related'><p>The only text of this page.</p></div>") == [
        (P, 0, "The only text of this page.")
    ]


def test_main_is_read_where_it_holds_the_text():
    assert blocks_of("<div>Around it</div><main><header><h1>Title</h1></header><p>Inside.</p></main>") == [
        (H, 1, "Title"),
        (P, 0, "Inside."),
    ]
    assert blocks_of("<main> </main><p>Outside.</p>") == [(P, 0, "Outside.")]


def test_a_double_line_break_ends_a_paragraph_and_typed_bullets_are_items():
    assert blocks_of("<p>one<br>line<br><br>two</p><p>• item</p>") == [
        (P, 0, "one line"),
        (P, 0, "two"),
        (I, 1, "item"),
    ]


def test_footnote_numbers_are_left_out_and_footnotes_are_told():
    page = "<p>Words<sup><a href='#n'>1</a></sup>, 5 m<sup>2</sup>.</p><ol class='footnotes'><li>A note.</li></ol>"
    assert blocks_of(page) == [(P, 0, "Words, 5 m2."), (F, 0, "A note.")]


def test_an_external_entity_is_not_looked_up(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    source = f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><html><body><p>Text &x; end</p></body></html>"
    assert "secret words" not in blocks_of(source)[0][2]


def test_an_xml_declaration_and_entities_are_read():
    assert blocks_of("<?xml version='1.0' encoding='latin-1'?><html><body>A &amp; B é</body></html>") == [
        (P, 0, "A & B é")
    ]


def test_raw_counts_the_kept_text_and_the_page_is_one():
    document = read_html("<p>ab <i>cd</i></p>\n<p>ef</p>", PAPER, "page.html").document
    assert document.text == "ab cd\n\nef"
    # kept text nodes: "ab ", "cd", "\n", "ef"
    assert document.raw.tolist() == [0, 1, 2, 3, 4, NO_RAW, NO_RAW, 6, 7]
    assert [(page.number, page.label, page.width) for page in document.pages] == [(1, None, 0.0)]


def test_what_the_page_says_of_itself():
    meta = "<meta property='og:title' content='The  title'><meta name='dc.date' content='2021-07-15T10:00'>"
    head = f"<title>Site</title>{meta}"
    given = read_html(f"<html><head>{head}</head><body><p>See A/RES/61/180.</p></body></html>", PAPER, "p").metadata
    assert (given.title, given.date) == ("The title", "2021-07-15")


@pytest.mark.parametrize("source", ["", "   ", "<html></html>"])
def test_a_page_without_text_is_a_problem(source: str):
    reading = read_html(source, PAPER, "page.html")
    assert reading.document is None
    assert str(reading.problems[0]).startswith("page.html: holds no text;")


def test_a_page_too_deep_to_be_read_whole_is_not_said_to_be_empty():
    reading = read_html("<div>" * 100_000 + "x", PAPER, "page.html")
    assert reading.document is None
    assert str(reading.problems[0]).startswith("page.html: has more elements inside one another than a page has;")
