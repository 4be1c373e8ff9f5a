"""Chunks are slices, in order, whole, of one section, and lists stay with the line that introduces them."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunking import LONGEST, chunk
from corpus.types import NO_RAW, Block, BlockKind, Document, Origin, Page, Publication

H, P, I, R, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW, BlockKind.FOOTNOTE  # noqa: E741


def document_of(*parts: tuple[BlockKind, str, int], page_after: tuple[int, ...] = ()) -> Document:
    """Blocks separated by line breaks; a new page starts after the block of each number in `page_after`."""
    text, blocks, cuts = "", [], [0]
    for number, (kind, words, level) in enumerate(parts):
        text += "\n" if text else ""
        if number and number - 1 in page_after:
            cuts.append(len(text))
        blocks.append(Block(kind, len(text), len(text) + len(words), level))
        text += words
    cuts.append(len(text))
    pages = tuple(Page(n, None, *span) for n, span in enumerate(pairwise(cuts), start=1))
    publication = Publication(id="paper", title="Paper", origin=Origin.STARTER)
    return Document(publication, text, pages, tuple(blocks), np.full(len(text), NO_RAW, dtype=np.int32))


def words(text: str) -> int:
    return len(text.split())


def sentence(count: int, first: str = "Word") -> str:
    """So many words, one sentence."""
    return " ".join([first] + ["word"] * (count - 1)) + "."


def test_a_short_section_is_one_chunk_with_its_headings_beside_it():
    document = document_of((H, "Part I", 1), (H, "Risk", 2), (P, "Ask first. Then act.", 0), (P, "Act.", 0))
    (only,) = chunk(document, words, 20)
    assert only.text == "Ask first. Then act.\nAct."
    assert only.headings == ("Part I", "Risk")
    assert (only.id, only.publication, only.origin) == ("paper#0001", "paper", Origin.STARTER)


def test_a_heading_is_never_crossed_and_a_sibling_replaces_the_one_before():
    document = document_of(
        (H, "One", 2), (P, "First.", 0), (H, "Two", 2), (P, "Second.", 0), (H, "Top", 1), (P, "X.", 0)
    )
    assert [(c.text, c.headings) for c in chunk(document, words, 50)] == [
        ("First.", ("One",)),
        ("Second.", ("Two",)),
        ("X.", ("Top",)),
    ]


def test_chunks_end_where_sentences_do_and_come_near_the_target():
    # 6 sentences of 5 words, target 10: three chunks of 10 cost 2 breaks; any other cut costs more
    document = document_of((P, " ".join(sentence(5) for _ in range(6)), 0))
    assert [words(c.text) for c in chunk(document, words, 10)] == [10, 10, 10]
    assert all(c.text.endswith(".") for c in chunk(document, words, 10))


def test_a_break_between_paragraphs_is_preferred_to_one_inside():
    # 8 + 12 words: (8)(12) costs .04 + .04, (8+6)(6) costs .16 + .16 + .1
    document = document_of((P, sentence(8), 0), (P, f"{sentence(6)} {sentence(6)}", 0))
    assert [words(c.text) for c in chunk(document, words, 10)] == [8, 12]


def test_a_list_stays_with_the_line_that_introduces_it():
    # the paragraph alone would make the best chunk of 10 words; the list is kept with its line instead
    document = document_of((P, f"{sentence(7)} The questions are:", 0), (I, sentence(5), 1), (I, sentence(5), 1))
    chunks = chunk(document, words, 10)
    assert [c.text.count("The questions are:\nWord") for c in chunks] == [0, 1]


def test_a_long_list_is_cut_at_items_and_the_first_two_stay_with_the_line():
    document = document_of((P, "They are:", 0), *[(I, sentence(4, f"I{n}"), 1) for n in range(8)])
    chunks = chunk(document, words, 10)
    assert chunks[0].text.startswith("They are:\nI0") and "I1" in chunks[0].text
    assert all(re.match(r"I\d", c.text) for c in chunks[1:])


def test_an_item_stays_with_its_own_list():
    parts = [(I, "Ask whether:", 1), (I, sentence(4), 2), (I, sentence(4), 2)]
    document = document_of((I, sentence(9), 1), *parts)
    assert [c.text.split()[0] for c in chunk(document, words, 10)] == ["Word", "Ask"]


def test_a_paragraph_broken_by_a_page_and_a_footnote_stays_together():
    document = document_of(
        (P, "The programme must not", 0),
        (F, "See annex.", 0),
        (P, "move the harm elsewhere.", 0),
        page_after=(1,),
    )
    (only,) = chunk(document, words, 7)
    assert (only.first_page, only.last_page) == (1, 2)


def test_a_sentence_too_long_is_cut_after_its_clauses():
    long = "; ".join(" ".join(["word"] * 8) for _ in range(5)) + "."
    chunks = chunk(document_of((P, long, 0)), words, 10)
    assert [c.text[-1] for c in chunks] == [";", ";", ";", ";", "."]
    assert [words(c.text) for c in chunks] == [8] * 5


def test_a_word_of_ten_thousand_letters_is_cut_by_length():
    chunks = chunk(document_of((P, "x" * 10_000, 0)), len, 200)
    assert [len(c.text) for c in chunks] == [200] * 50


def test_a_heading_alone_is_no_chunk_but_a_question_as_heading_is():
    document = document_of(
        (H, "Design questions", 1),
        (H, "Who is at risk?", 2),
        (H, "Who pays?", 2),
        (H, "Annex", 1),
        (H, "Index", 1),
    )
    (only,) = chunk(document, words, 50)
    assert only.text == "Who is at risk?\nWho pays?"
    assert only.headings == ("Design questions",)


def test_the_language_of_a_chunk_is_its_own_where_it_is_long_enough_and_else_the_documents():
    english = "Trafficking in persons is a serious crime, and every State must prevent it and protect. "
    french = "La traite des personnes est un crime grave, et chaque État doit la prévenir. Elle est interdite partout."
    document = document_of((P, english * 3, 0), (H, "Fr", 1), (P, french, 0), (H, "Nom", 1), (P, "Protection.", 0))
    assert [c.language for c in chunk(document, words, 60)] == ["en", "fr", "en"]


def test_a_text_without_blocks_is_cut_by_its_lines():
    text = "First line.\n\nSecond line."
    publication = Publication(id="plain", title="Plain")
    raw = np.arange(len(text), dtype=np.int32)
    document = Document(publication, text, (Page(1, None, 0, len(text)),), (), raw)
    assert [c.text for c in chunk(document, words, 2)] == ["First line.", "Second line."]


def test_a_target_below_one_is_an_error():
    with pytest.raises(ValueError, match="0 tokens"):
        chunk(document_of((P, "Text.", 0)), words, 0)


def test_tokens_are_counted_once_for_each_sentence():
    seen: list[str] = []

    def count(text: str) -> int:
        seen.append(text)
        return words(text)

    chunk(document_of((P, "One. Two two.", 0), (I, "Three.", 1), (R, "a | b", 0)), count, 10)
    assert seen == ["One.", "Two two.", "Three.", "a | b"]


WORDS = st.sampled_from(
    ["risk", "Art. 5", "victims;", "the", "3.5", "(a)", "“help”", "问题。", "e.g.", "x" * 40, "U.S."]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join).map(lambda text: text + ".")
BODY = st.tuples(st.sampled_from([P, I, R, F]), TEXTS, st.integers(1, 3))
HEADINGS = st.tuples(st.just(H), st.sampled_from(["Risk", "Part II"]), st.integers(1, 3))
PARTS = st.lists(st.one_of(BODY, BODY, BODY, HEADINGS), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(parts=PARTS, target=st.integers(1, 40), pages=st.sets(st.integers(0, 24)))
def test_chunks_are_slices_in_order_that_hold_every_block_once(parts, target, pages):
    document = document_of(*parts, page_after=tuple(pages))
    chunks = chunk(document, words, target)
    covered = np.zeros(len(document.text), dtype=int)
    end = 0
    for number, c in enumerate(chunks, start=1):
        assert c.id == f"paper#{number:04d}"
        assert document.text[c.start : c.end] == c.text == c.text.strip()
        assert c.start >= end
        end = c.end
        covered[c.start : c.end] += 1
        assert (c.first_page, c.last_page) == (
            document.page_at(c.start).number,
            document.page_at(c.end - 1).number,
        )
        assert words(c.text) <= LONGEST * target or words(c.text) == 1
        assert c.headings == document.heading_path(c.start)
    for block in document.blocks:
        letters = [not document.text[i].isspace() for i in range(block.start, block.end)]
        assert (covered[block.start : block.end][letters] == (0 if block.kind is H else 1)).all()
