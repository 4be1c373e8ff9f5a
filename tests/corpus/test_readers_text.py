"""Plain text: paragraphs, items, and headings only where they are plain to see."""

import pytest

from corpus.readers.text import read_text
from corpus.types import NO_RAW, BlockKind, Publication

PAPER = Publication(id="note", title="Note")
H, P, I = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM  # noqa: E741


def blocks_of(source: str) -> list[tuple[BlockKind, int, str]]:
    document = read_text(source, PAPER, "note.txt").document
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph(line_break: str):
    source = "This paragraph is\nwrapped.\n\nThis is\nanother.\n".replace("\n", line_break)
    assert blocks_of(source) == [(P, 0, "This paragraph is wrapped."), (P, 0, "This is another.")]


def test_long_lines_are_paragraphs_of_their_own():
    long = "word " * 30 + "end."
    assert blocks_of(f"{long}\nShort line.") == [(P, 0, long), (P, 0, "Short line.")]


def test_bullets_and_numbers_are_items_without_their_mark():
    assert blocks_of("They are:\n- one\n  goes on\n- two\n    • inner\n\n1. first\n2. second") == [
        (P, 0, "They are:"),
        (I, 1, "one goes on"),
        (I, 1, "two"),
        (I, 2, "inner"),
        (I, 1, "first"),
        (I, 1, "second"),
    ]


def test_a_numbered_paragraph_alone_keeps_its_number():
    text = "12. The Committee notes this with concern, and asks the State to say what it has done since."
    assert blocks_of(text) == [(P, 0, text)]


def test_headings():
    underlined = "Underlined\n==========\n\nLess so\n-------"
    source = f"FINDINGS AND LESSONS\n\n{underlined}\n\n2.1 Scope of the work\n\nAnnex II\n\nText."
    assert blocks_of(source) == [
        (H, 1, "FINDINGS AND LESSONS"),
        (H, 1, "Underlined"),
        (H, 2, "Less so"),
        (H, 2, "2.1 Scope of the work"),
        (H, 1, "Annex II"),
        (P, 0, "Text."),
    ]


@pytest.mark.parametrize(
    "line", ["A short line without a stop", "THE END.", "3 people were found", "12", "UN", "# hash"]
)
def test_what_only_might_be_a_heading_is_a_paragraph(line: str):
    assert blocks_of(f"{line}\n\nText.")[0][0] is P


def test_raw_is_the_index_in_the_source():
    document = read_text("  ab \tcd\u200b\n\n  ef", PAPER, "note.txt").document
    assert document.text == "ab cd\n\nef"
    assert document.raw.tolist() == [2, 3, 4, 6, 7, NO_RAW, NO_RAW, 13, 14]


def test_nothing_but_space_is_a_problem():
    reading = read_text(" \n\t\n", PAPER, "note.txt")
    assert (reading.document, str(reading.problems[0])[:22]) == (None, "note.txt: holds no tex")
