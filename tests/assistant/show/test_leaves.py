"""Leafing through a document and searching in it: pages where it has them, else sections."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from passages import document

from assistant.show import leaves as leafing
from assistant.show.leaves import leaves, matches, pieces, spans_of
from corpus.types import Block, BlockKind, Document, Page, Publication


def sectioned(*parts: tuple[int, str]) -> Document:
    """A text without pages: headings by level, paragraphs as level 0."""
    text, blocks = "", []
    for level, words in parts:
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        blocks.append(Block(kind, len(text), len(text) + len(words), level))
        text += words + "\n"
    raw = np.arange(len(text), dtype=np.int32)
    return Document(Publication(id="a", title="A"), text, (Page(1, None, 0, len(text)),), tuple(blocks), raw)


def names(found: Document) -> list[str]:
    return [leaf.name for leaf in leaves(found)]


def test_the_leaves_of_a_pdf_are_its_pages():
    paged = document("a", "=== ii\nOne.\n=== 1\nTwo.")
    paged = replace(paged, pages=tuple(replace(page, width=595.0, height=842.0) for page in paged.pages))
    assert [(leaf.number, leaf.name) for leaf in leaves(paged)] == [(1, "p. ii (PDF p. 1)"), (2, "p. 1 (PDF p. 2)")]


def test_a_text_is_cut_at_the_outermost_headings_of_which_there_are_several():
    text = sectioned((1, "Title"), (2, "Aims"), (0, "x"), (3, "Deep"), (0, "y"), (2, "Means"), (0, "z"))
    assert names(text) == ["Aims", "Means"]  # the title alone is no section
    assert [text.text[leaf.start : leaf.end] for leaf in leaves(text)] == ["Title\nAims\nx\nDeep\ny\n", "Means\nz\n"]


def test_what_stands_before_the_first_section_is_one_and_a_text_without_headings_too():
    assert names(sectioned((1, "Title"), (0, "Lead."), (2, "Aims"), (0, "x"), (2, "Means"))) == [
        "Title",
        "Aims",
        "Means",
    ]
    assert names(sectioned((1, "One"), (0, "x"), (1, "Two"), (0, "y"))) == ["One", "Two"]
    assert names(sectioned((0, "Only words."))) == [""]


def test_words_are_found_across_lines_whatever_their_capitals_and_no_word_finds_nothing():
    assert list(spans_of("A Safe\n  return. safe return", "safe return")) == [(2, 15), (17, 28)]
    assert list(spans_of("a+b", "A+B")) == [(0, 3)]
    assert list(spans_of("anything", "  ")) == []


def test_a_match_has_its_leaf_and_a_line_of_whole_words():
    before, after = "word " * 20, " more" * 20
    text = sectioned((1, "One"), (0, "x"), (1, "Two"), (0, f"{before}here{after}"))
    (found,), number = matches(text, "HERE")
    assert (found.leaf, found.words, number) == (2, "here", 1)
    assert (found.before, found.after) == ("word " * 11, " more" * 11)  # of 60 characters, what is surely whole


def test_all_matches_are_counted_and_the_first_are_listed():
    found, number = matches(sectioned((0, "a " * (leafing.MOST + 5))), "a")
    assert (len(found), number) == (leafing.MOST, leafing.MOST + 5)


def test_pieces_are_cut_to_the_leaf_and_marked():
    assert list(pieces("abcdefgh", 1, 6, [(0, 2), (3, 4), (5, 8)])) == [
        ("b", True),
        ("c", False),
        ("d", True),
        ("e", False),
        ("f", True),
    ]
    assert list(pieces("abc", 0, 3, [])) == [("abc", False)]
