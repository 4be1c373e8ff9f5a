"""Whatever text comes in: cleaners, chunker, labels, quotes, catalogue, cases and lexicon neither fail nor invent."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.types import Passage
from assistant.understand.lexicon import lexicon, words_of
from assistant.write.labels import cleaned, label_group, labels_of, without_labels
from assistant.write.layout import laid_out
from assistant.write.quote import find_quote
from corpus.catalogue import PACKAGED, load
from corpus.chunking import chunk
from corpus.clean import NO_RAW, clean, join_lines
from corpus.errors import CatalogueError
from corpus.types import Block, BlockKind, Document, Page, Publication
from corpus.words import Words
from evals.runs.cases import CaseError, find_on_page, read_cases

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# No half characters: readers replace them. All else: letters of any script, marks that turn text around, controls.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
LINE = ANY.map(lambda text: " ".join(text.split()))
KINDS = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.FOOTNOTE])


def document_of(blocks: list[tuple[BlockKind, str]]) -> Document:
    """One page of these blocks, a line each."""
    text, places = "", []
    for kind, words in blocks:
        places.append(Block(kind, len(text), len(text) + len(words), 1))
        text += words + "\n"
    raw = np.arange(len(text), dtype=np.int32)
    return Document(Publication(id="p", title="P"), text, (Page(1, None, 0, len(text)),), tuple(places), raw)


DOCUMENTS = st.lists(st.tuples(KINDS, LINE.filter(str.strip)), min_size=1, max_size=6).map(document_of)


@QUICK
@given(text=ANY)
def test_a_cleaned_text_knows_where_each_character_stood(text: str):
    result, sources = clean(text, Words("en", ligatures_lost=False))
    assert len(result) == len(sources)
    assert all(0 <= source < len(text) for source in sources)
    assert all(before <= after for before, after in pairwise(sources))
    assert result == result.strip(" ") and "  " not in result and "\n" not in result


@QUICK
@given(lines=st.lists(LINE, max_size=6))
def test_joined_lines_hold_nothing_that_did_not_stand_in_them(lines: list[str]):
    whole = "".join(lines)
    result, sources = join_lines(lines, Words("en", ligatures_lost=False))
    assert len(result) == len(sources)
    for char, source in zip(result, sources, strict=True):
        assert char == (" " if source == NO_RAW else whole[source])


@settings(QUICK, max_examples=20)
@given(document=DOCUMENTS, target=st.integers(1, 12))
def test_chunks_of_any_text_are_slices_in_order(document: Document, target: int):
    found = chunk(document, lambda text: len(text.split()) or 1, target)
    assert all(document.text[each.start : each.end] == each.text and each.text.strip() for each in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


LABELLED = st.lists(
    st.one_of(
        LINE, st.sampled_from(["[S1]", "[S2-S4]", "(S3)", "【S5】", "[S1, p. 12]", "[S", "S1]", "[2015]", "[", "]"])
    ),
    max_size=8,
).map(" ".join)


@QUICK
@given(text=LABELLED, last=st.booleans())
def test_labels_are_those_that_stand_there_and_none_is_left_in_the_text(text: str, last: bool):
    found = labels_of(text, last)
    assert len(set(found.labels)) == len(found.labels)
    assert all(0 <= label <= 9999 for label in found.labels)
    assert bool(found.labels) <= any(label_group(text, place) for place in range(len(text)))
    assert "  " not in cleaned(found.text) and cleaned(found.text) == cleaned(found.text).strip()
    assert len(without_labels(text)) <= len(text)


@QUICK
@given(document=DOCUMENTS, sentence=ANY)
def test_a_quote_stands_in_its_passage_word_for_word(document: Document, sentence: str):
    for each in chunk(document, lambda text: len(text.split()) or 1, 20):
        passage = Passage(each, document.publication, None, None, 1.0, "")
        found = find_quote(sentence, 1, passage, document, {}, "en")
        if found is None:
            continue
        quote = found.quote
        assert quote.text == document.text[quote.start : quote.end]
        assert each.start <= quote.start < quote.end <= each.end
        assert 0.0 <= found.share <= 1.0


@QUICK
@given(document=DOCUMENTS, quote=ANY)
def test_a_quote_is_found_on_a_page_only_where_its_words_stand(document: Document, quote: str):
    found = find_on_page(document, 1, quote)
    if found is not None:
        assert document.text[found[0] : found[1]].split() == quote.split()
    assert find_on_page(document, 2, quote) is None


@QUICK
@given(place=st.floats(0, 1), text=ANY)
def test_a_catalogue_with_any_text_in_it_is_read_or_refused_in_one_line(tmp_path: Path, place: float, text: str):
    whole = PACKAGED.read_text(encoding="utf-8")
    cut = int(place * len(whole))
    file = tmp_path / "catalogue.toml"
    file.write_text(whole[:cut] + text + whole[cut:], encoding="utf-8", newline="")
    try:
        assert len(load(file).publications) >= 1
    except CatalogueError as error:
        assert str(error).startswith("catalogue.toml") and "\n" not in str(error)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "question", "gold", "tags"]), inner)
    ),
    max_leaves=6,
)


@QUICK
@given(lines=st.lists(JSON.map(json.dumps) | ANY, max_size=4))
def test_a_file_of_cases_is_read_or_refused_in_one_line_that_names_the_place(tmp_path: Path, lines: list[str]):
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8", newline="")
    try:
        read_cases([file])
    except CaseError as error:
        assert "\n" not in str(error)
        assert str(error).startswith(("cases.jsonl:", "no case to ask"))


@QUICK
@given(before=ANY, term=st.sampled_from(["indicators", "awareness raising", "مؤشرات", "指标", "niños"]), after=ANY)
def test_what_a_text_mentions_stands_where_it_is_said_to(before: str, term: str, after: str):
    text = f"{before} {term} {after}"
    for language in ("en", "ar", "zh", "es"):
        for mention in lexicon().mentions(text, language):
            assert 0 <= mention.start < mention.end
            assert [word.start for word in words_of(text) if mention.start <= word.start < mention.end]
            assert mention.name in lexicon().names(mention.section)
    with suppress(StopIteration):
        assert next(iter(words_of(text))).folded


MARKS = st.sampled_from(
    ["# ", "## ", "| ", "|---|", "- ", "1. ", "A) ", "[S1]", "(10 min)", "____", "**", "\n", "```", "☐ "]
)


@QUICK
@given(st.lists(MARKS | ANY, max_size=30).map("".join))
def test_a_draft_is_laid_out_in_parts_with_lines_whose_rows_fit_their_columns(text: str):
    for part in laid_out(text).parts:
        assert part.lines and all(line.sentences or line.cells for line in part.lines)
        assert all(len(line.cells) in (0, len(part.columns)) for line in part.lines)
