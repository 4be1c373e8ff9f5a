"""Pasted answers: how they are read, and what becomes of their quotes in the library."""

import json
from pathlib import Path

import numpy as np
import pytest
from review_samples import workbench

from assistant.errors import ReviewError
from assistant.review import make
from assistant.review.locate import page_named
from assistant.review.make import read_pasted
from assistant.review.pasted import PastedSentence, PastedSource, parse
from assistant.show.sources import Drift
from assistant.types import Support
from corpus.types import Document, Page, Publication

TEXT = """\
Question: What is displacement?
Tags: definition, awareness

# Answer
Displacement moves a crime elsewhere [1]. It can be measured. [2, 3]
It matters because:
- police records help [S1][2]
2. surveys help too
And nobody cites this.

Sources:
[1] toolkit | p. 12 | "Displacement means that a crime
moves elsewhere."
[2] Pivoting toward the Evidence | Displacement can be measured | in rows.
[3] A report | PDF page 4
"""


def test_sentences_items_labels_and_leads_of_a_text():
    (answer,) = parse(TEXT)
    assert (answer.question, answer.tags) == ("What is displacement?", ("definition", "awareness"))
    assert answer.sentences == (
        PastedSentence("Displacement moves a crime elsewhere.", (1,)),
        PastedSentence("It can be measured.", (2, 3)),
        PastedSentence("police records help", (1, 2), "It matters because:"),
        PastedSentence("surveys help too", (), "It matters because:"),
        PastedSentence("And nobody cites this.", ()),
    )


def test_sources_of_a_text_have_a_publication_a_page_and_a_quote_or_some_of_these():
    (answer,) = parse(TEXT)
    assert answer.sources == (
        PastedSource(
            label=1, publication="toolkit", page="p. 12", quote="Displacement means that a crime moves elsewhere."
        ),
        PastedSource(
            label=2, publication="Pivoting toward the Evidence", quote="Displacement can be measured | in rows."
        ),
        PastedSource(label=3, publication="A report", page="PDF page 4"),
    )
    assert [source.words for source in answer.sources] == [
        "toolkit, p. 12",
        "Pivoting toward the Evidence",
        "A report, PDF page 4",
    ]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ('[2] Toolkit, p. 12: "Words of the source."', ("Toolkit", "p. 12", "Words of the source.")),
        ("2. The Toolkit (2016), pp. ii–iv", ("The Toolkit (2016)", "pp. ii–iv", "")),
        ("- [2]: “Words of the source”", ("", "", "Words of the source")),
        ("[^2]: Toolkit (PDF p. 4)", ("Toolkit", "PDF p. 4", "")),
        (
            "[2] Paper (issue paper), 2014-09, p. 12 (PDF p. 14)",
            ("Paper (issue paper), 2014-09", "p. 12 (PDF p. 14)", ""),
        ),
        ("[2] toolkit | 12 | a | b", ("toolkit", "12", "a | b")),
        ("[2] toolkit | |", ("toolkit", "", "")),
        ("[2]", ("", "", "")),
    ],
)
def test_sources_as_people_and_products_write_them(line: str, source: tuple[str, str, str]):
    ((found,),) = (answer.sources for answer in parse(f"One [2].\n\n## Sources\n[0] no label at all\n{line}"))
    assert (found.label, found.publication, found.page, found.quote) == (2, *source)


def test_half_a_character_is_replaced():
    ((sentence,),) = (answer.sentences for answer in parse('{"answer": "One \\ud800 two."}'))
    assert sentence.text == "One ? two."


def test_several_answers_with_a_line_of_dashes_between_them():
    answers = parse("Question: A?\nOne [1].\nSources:\n[1] x | y\n\n-----\n\nQuestion: B?\n\nTwo.")
    assert [(a.question, len(a.sentences), len(a.sources)) for a in answers] == [("A?", 1, 1), ("B?", 1, 0)]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [("Said [1,2].", (1, 2)), ("Said [2–4].", (2, 3, 4)), ("Said [3] [1].", (3, 1)), ("Said [2015 edition].", ())],
)
def test_labels_as_people_and_models_write_them(typed: str, labels: tuple[int, ...]):
    assert parse(typed)[0].sentences[0].labels == labels


def test_a_label_after_the_full_stop_belongs_to_the_sentence_before_it():
    assert parse("One is said. [1] Two is said. [2][3]")[0].sentences == (
        PastedSentence("One is said.", (1,)),
        PastedSentence("Two is said.", (2, 3)),
    )


def test_the_same_as_json_with_an_answer_as_text_or_as_sentences():
    source = {"label": 1, "publication": "toolkit", "page": 12, "quote": "Words of it."}
    one = {"question": "Q?", "answer": "One [1]. Two.", "sources": [source], "tags": ["t"]}
    two = {"answer": ["One. Still one [1]", " "]}
    answers = parse(json.dumps([one, two]))
    assert [[s.text for s in a.sentences] for a in answers] == [["One.", "Two."], ["One. Still one"]]
    assert answers[0].sources == (PastedSource(label=1, publication="toolkit", page="12", quote="Words of it."),)
    assert parse(json.dumps(one))[0] == answers[0]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "no sentence of an answer"),
        ("Sources:\n[1] x | y", "no sentence of an answer"),
        ('{"answer": 5}', "pasted answer 0.answer"),
        ('{"answer": "x", "sources": [{"label": 0}]}', "pasted answer 0.sources.0.label"),
        ('{"answer"', "no JSON"),
        ('{"answer":' * 20_000, "no JSON"),
        ("word " * 100_001, "paste at most"),
        ("word. " * 2_000, "a paragraph of 11999 characters"),
    ],
)
def test_what_is_no_answer_is_said_in_one_line_with_the_file(tmp_path: Path, content: str, fault: str):
    file = tmp_path / "answers.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReviewError, match=fault) as refused:
        read_pasted(file)
    assert "\n" not in str(refused.value) and "answers.txt" in str(refused.value)


# --- in the library ---

ABOUT = "about-icat"  # a starter text; its words are read from the library, so that it may be rewritten


def sentences_of(home: Path) -> list[str]:
    from corpus.sentences import sentences

    text = workbench(home)._library.document(ABOUT).text
    return [text[start:end] for start, end in sentences(text) if len(text[start:end].split()) > 8]


def test_a_quote_that_is_there_slices_its_document_and_has_its_passage(tmp_path: Path):
    quote = sentences_of(tmp_path)[2]
    bench = workbench(tmp_path)
    (source,) = bench.pasted(f"Said so [4].\nSources:\n[4] {ABOUT} | p. 1 | “{quote}”")
    (draft,) = make.drafts([source])
    (shown,) = draft.quotes
    document = bench._library.document(ABOUT)
    assert document.text[shown.quote.start : shown.quote.end] == shown.quote.text == quote
    assert shown.found and shown.cited == f"{ABOUT}, p. 1"
    assert shown.before + quote + shown.after in document.text and shown.after
    bench.create([source], "pasted", raters=["Ana"])
    view = bench.source("r1.1", 0)
    assert (view.drift, view.marked, view.publication.id) == (Drift.NONE, quote, ABOUT)


def test_typographic_quotes_dashes_and_white_space_are_no_difference(tmp_path: Path):
    text = workbench(tmp_path)._library.document(ABOUT).text
    quote = next(s for s in sentences_of(tmp_path) if "'" in s or "’" in s)
    typed = quote.replace("'", "’").replace(" ", "  \u00a0", 3)
    (source,) = workbench(tmp_path).pasted(json.dumps({"answer": "x [1]", "sources": [{"label": 1, "quote": typed}]}))
    found = source.answer.statements[0].quotes[0]
    assert found.text == quote and text[found.start : found.end] == quote


def test_words_left_out_make_two_quotes(tmp_path: Path):
    first, second = sentences_of(tmp_path)[1:3]
    (source,) = workbench(tmp_path).pasted(f"x [1]\nSources:\n[1] {ABOUT} | {first} […] {second}")
    assert [quote.text for quote in source.answer.statements[0].quotes] == [first, second]


def test_a_quote_without_its_publication_or_with_another_ones_is_found_where_it_stands(tmp_path: Path):
    quote = sentences_of(tmp_path)[1]
    for named in ("", "glossary", "A report nobody knows"):
        (source,) = workbench(tmp_path).pasted(f"x [1]\nSources:\n[1] {named} | {quote}")
        (shown,) = make.drafts([source])[0].quotes
        assert (shown.found, shown.quote.publication, shown.cited) == (True, ABOUT, named)


def test_a_publication_is_known_by_its_title_too(tmp_path: Path):
    bench = workbench(tmp_path)
    title = bench._library.publication(ABOUT).title
    (source,) = bench.pasted(f"x [1]\nSources:\n[1] {title.upper()}, 2026 | p. 1")
    (quote,) = source.answer.statements[0].quotes
    # No quote, but a page: all of it is what was cited.
    assert quote.publication == ABOUT and quote.text == bench._library.document(ABOUT).text.strip()


def test_a_quote_that_is_nowhere_is_marked_kept_and_can_be_opened(tmp_path: Path):
    bench = workbench(tmp_path)
    (source,) = bench.pasted(
        "One [1]. Two [2].\nSources:\n[1] First report | p. 3 | words that stand\n[2] Second | no words"
    )
    drafts = make.drafts([source])
    assert [(d.quotes[0].found, d.quotes[0].pages, d.quotes[0].source) for d in drafts] == [
        (False, "", "First report"),
        (False, "", "Second"),
    ]
    bench.create([source], "pasted", raters=["Ana"])
    claims = bench.claims("r1")
    assert [claim.quotes[0].cited for claim in claims] == ["First report, p. 3", "Second"]
    view = bench.source("r1.1", 0)
    assert (view.drift, view.marked, view.pages, view.publication.title) == (
        Drift.GONE,
        "words that stand",
        (),
        "First report",
    )


def test_a_pasted_answer_has_no_automatic_verdict_and_its_unknown_labels_are_kept(tmp_path: Path):
    (source,) = workbench(tmp_path).pasted("One [7]. Two.")
    assert source.answer.unknown_labels == (7,)
    drafts = make.drafts([source])
    assert [(d.quotes, d.automatic) for d in drafts] == [((), {}), ((), {})]
    assert source.answer.statements[0].support is Support.NONE and not source.judged


def test_the_page_named_is_the_printed_one_then_that_of_the_file():
    labels = ("ii", "1", None, "2")
    pages = tuple(Page(n, label, 3 * n - 3, 3 * n) for n, label in enumerate(labels, start=1))
    document = Document(Publication(id="d", title="D"), "ab\n" * 4, pages, (), np.zeros(12, dtype=np.int32))

    def number(words: str) -> int | None:
        page = page_named(document, words)
        return page.number if page else None

    assert [
        number(words) for words in ("p. 2", "PDF p. 2", "p. 2 (PDF p. 3)", "ii", "p. 3", "pp. 1-2", "p. 9", "")
    ] == [
        4,
        2,
        3,
        1,
        3,
        2,
        None,
        None,
    ]
