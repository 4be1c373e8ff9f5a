"""Markdown: blocks without marks, each character at its place in the source."""

import pytest

from corpus.readers.markdown import read_markdown
from corpus.types import NO_RAW, BlockKind, Publication

PAPER = Publication(id="note", title="Note")
H, P, I, R, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.FOOTNOTE  # noqa: E741

SOURCE = """---
title: A title
date: 2016-10
---
# Heading *one* `x`

Para with **bold**, a [link & more](http://a.b/link(1)) and and &amp; an \\* escape.
Second line[^1].

[^1]: The note.

* item one
  goes on
* item two

  second para
    1. nested **n**

| a | b |
|---|---|
| 1 | **2** |
|   |   |

> quoted

<div>html <b>bold</b><script>alert(1)</script></div>

```
code line
```
Setext
------
See [this][ref] then <span>inline</span> ![img](a.png) end <http://auto.link>.

[ref]: http://x
"""


def read(source: str):
    return read_markdown(source, PAPER, "note.md")


def test_blocks_have_no_marks():
    document = read(SOURCE).document
    assert [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        (H, 1, "Heading one x"),
        (P, 0, "Para with bold, a link & more and and & an * escape. Second line."),
        (F, 0, "The note."),
        (I, 1, "item one goes on"),
        (I, 1, "item two"),
        (P, 0, "second para"),
        (I, 2, "nested n"),
        (R, 0, "a | b"),
        (R, 0, "1 | 2"),
        (P, 0, "quoted"),
        (P, 0, "html bold"),
        (P, 0, "code line"),
        (H, 2, "Setext"),
        (P, 0, "See this then inline end http://auto.link."),
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_raw_points_at_the_same_character_of_the_source(line_break: str):
    source = SOURCE.replace("\n", line_break)
    document = read(source).document
    for shown, index in zip(document.text, document.raw.tolist(), strict=True):
        if index == NO_RAW:
            assert shown in " |\n"
        else:
            # an escaped character stands at its backslash
            assert source[index] == shown or (source[index], shown) == ("\\", "*")
    # in order, and a word that also stands in a link's target is found after it
    known = [index for index in document.raw.tolist() if index != NO_RAW]
    assert known == sorted(known)
    assert source[document.raw[document.text.index("and and")] - 2 :].startswith(") and and")


def test_front_matter_gives_title_and_date_and_is_not_text():
    reading = read(SOURCE)
    assert (reading.metadata.title, reading.metadata.date) == ("A title", "2016-10")
    assert "A title" not in reading.document.text


@pytest.mark.parametrize("front", ["- a\n- b", "a: [", "date: 2016-13-45", "", "a: &x [1]\nb: *x"])
def test_front_matter_that_says_nothing_is_skipped_all_the_same(front: str):
    reading = read(f"---\n{front}\n---\n# Title\n\nText.")
    assert reading.document.text == "Title\n\nText."
    assert reading.metadata.title == "Title"


def test_a_rule_is_not_front_matter():
    assert read("Text.\n\n---\n\nMore.\n\n---\n").document.text == "Text.\n\nMore."


@pytest.mark.parametrize("source", ["", "---\ntitle: x\n---\n", "<!-- only a comment -->", "***\n"])
def test_nothing_to_read_is_a_problem(source: str):
    reading = read(source)
    assert reading.document is None
    assert str(reading.problems[0]).startswith("note.md: holds no text;")
