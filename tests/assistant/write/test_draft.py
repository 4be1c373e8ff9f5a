"""A model's text in sentences with labels: the same whatever the pieces it arrives in."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.write.draft import DraftSentence, ParsedDraft, StreamingParser, parse
from prompts import DECLINE_MARK


def said(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.labels) for sentence in parse(text).sentences]


def streamed(pieces: list[str]) -> ParsedDraft:
    parser = StreamingParser()
    given_out = [sentence for piece in pieces for sentence in parser.feed(piece)] + parser.finish()
    assert tuple(given_out) == parser.draft.sentences
    return parser.draft


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Forty lamps [S1]. Ten failed [S2][S3].", [("Forty lamps.", (1,)), ("Ten failed.", (2, 3))]),
        ("Forty lamps. [S1] Ten failed.[S2] [S3]", [("Forty lamps.", (1,)), ("Ten failed.", (2, 3))]),
        ("Forty lamps.\n[S1]\nTen failed.", [("Forty lamps.", (1,)), ("Ten failed.", ())]),
        ("Forty lamps.\n[S1] Ten failed.", [("Forty lamps.", ()), ("Ten failed.", (1,))]),
        ("Lamps [S1] and buoys [S2] failed.", [("Lamps and buoys failed.", (1, 2))]),
        ("One [S4][S4]. Two [S0] [S99].", [("One.", (4,)), ("Two.", (0, 99))]),
        ("Lamps [S1]\nBuoys [S2]", [("Lamps", (1,)), ("Buoys", (2,))]),
        ("A long line\ngoes on here. [S1]", [("A long line goes on here.", (1,))]),
        ("In 2011. 5 lamps of 3.5 m [S1].", [("In 2011.", ()), ("5 lamps of 3.5 m.", (1,))]),
        (
            "See No. 5 and e.g. Art. 6 by J. Smith [S1]. Next.",
            [("See No. 5 and e.g. Art. 6 by J. Smith.", (1,)), ("Next.", ())],
        ),
        ("The answer is no. Lamps failed.", [("The answer is no.", ()), ("Lamps failed.", ())]),
        ("“Lamps failed.” [S1] He said so!", [("“Lamps failed.”", (1,)), ("He said so!", ())]),
        ("灯坏了。[S1]船停了。", [("灯坏了。", (1,)), ("船停了。", ())]),
        ("هل تعمل؟ [S1] نعم.", [("هل تعمل؟", (1,)), ("نعم.", ())]),
        ("", []),
        ("... [S1]", []),
    ],
)
def test_labels_belong_to_the_sentence_they_follow(text: str, wanted: list):
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("label", "labels"),
    [
        ("[S1, S2]", (1, 2)),
        ("[S1,2]", (1, 2)),
        ("[S1; S3]", (1, 3)),
        ("[S1 and S2]", (1, 2)),
        ("[S2-S4]", (2, 3, 4)),
        ("(S1)", (1,)),
        ("[s1]", (1,)),
        ("[ S 1 ]", (1,)),
        ("[Source 1]", (1,)),
        ("(see S2)", (2,)),
        ("【S1】", (1,)),
        ("[S1, p. 12]", (1,)),
        ("[S3, S1, pp. 12-14]", (3, 1)),
    ],
)
def test_clear_variants_of_a_label_are_read_and_counted(label: str, labels: tuple[int, ...]):
    draft = parse(f"Lamps failed {label}.")
    assert draft == ParsedDraft((DraftSentence("Lamps failed.", labels),), tolerated=1)


@pytest.mark.parametrize(
    "text", ["Lamps failed [1].", "Lamps failed (2011).", "Lamp S1 failed.", "Lamps failed [sic]."]
)
def test_what_is_not_clearly_a_label_stays_text(text: str):
    assert parse(text) == ParsedDraft((DraftSentence(text, ()),))


@pytest.mark.parametrize("half", ["[", "[S", "[S1", " [S1, S", "(S12"])
def test_half_a_label_at_the_end_is_never_shown_and_is_counted(half: str):
    assert parse(f"Lamps failed{half}") == ParsedDraft((DraftSentence("Lamps failed", ()),), broken=1)


def test_a_sentence_comes_out_once_its_labels_are_whole():
    parser = StreamingParser()
    assert parser.feed("Lamps failed.") == []
    assert parser.feed(" [S") == []
    assert parser.feed("1") == []
    assert parser.feed("2]") == []
    assert parser.feed("[") == []
    assert parser.feed("S3] ") == []
    assert parser.feed("B") == [DraftSentence("Lamps failed.", (12, 3))]
    assert parser.finish() == [DraftSentence("B", ())]


def test_items_lose_their_marks_and_leads_are_known():
    draft = parse(
        "Count these:\n- Lamps **in use** [S1]\n* Buoys [S2]. In June.\n1. Boats [S3]\n\nb) masts [S1]\nText."
    )
    assert draft.sentences == (
        DraftSentence("Count these:", (), lead=True),
        DraftSentence("Lamps in use", (1,), item=True),
        DraftSentence("Buoys.", (2,), item=True),
        DraftSentence("In June.", (), item=True),
        DraftSentence("Boats", (3,), item=True),
        DraftSentence("masts", (1,), item=True),
        DraftSentence("Text.", ()),
    )


def test_headings_rules_and_fences_are_left_out_and_sentences_in_bold_are_not():
    text = (
        "# Lamps\n## Buoys\n---\n**Findings**\n**Results:**\n```\n**Lamps failed [S1].**\n**Bold:** a lead [S2]\n===\n"
    )
    assert said(text) == [("Lamps failed.", (1,)), ("Bold: a lead", (2,))]


def test_rows_of_a_table_are_items():
    assert said("| lamps | 12 [S1] |\n|---|---|\n| buoys | 3 [S2] |") == [("lamps; 12", (1,)), ("buoys; 3", (2,))]


@pytest.mark.parametrize(
    "text", [DECLINE_MARK, f" {DECLINE_MARK}.\n", "[no answer]", "No answer.", f"**{DECLINE_MARK}**"]
)
def test_the_decline_mark_is_recognised(text: str):
    assert parse(text) == ParsedDraft(declined=True)


def test_a_text_that_declines_and_goes_on_keeps_both():
    draft = parse(f"Lamps failed [S1].\n{DECLINE_MARK} The passages say nothing of buoys.")
    assert draft.declined
    assert [sentence.text for sentence in draft.sentences] == ["Lamps failed.", "The passages say nothing of buoys."]


def test_the_word_answer_in_a_sentence_declines_nothing():
    assert not parse("There is no answer to this in 2011 [S1]. Answer: lamps [S1].").declined
    assert said("Answer: Lamps failed [S1].") == [("Lamps failed.", (1,))]


WORDS = ["Lamp", "lamp", "No. 5", "e.g.", "3.5", "2011", "J.", "(see", "S1", "say", "灯", "no answer", "Art.", "a", "I"]
SIGNS = [*'.!?:;,。…"”*_`#|-–>()[]', "**", "# ", "- ", "1. ", "a) ", "---", "```", "| ", " |"]
LABELS = [
    "[S1]",
    "[S2][S3]",
    "[S1, S2]",
    "(S1)",
    "[S",
    "[S1",
    "[Source 2]",
    "[1]",
    "[S2-S4]",
    DECLINE_MARK,
    "[S1, p. 3]",
]
TEXTS = st.lists(
    st.sampled_from([*WORDS, *SIGNS, *LABELS, " ", " ", " ", ". ", "\n", "\n\n", ".\n", "\r\n"]), max_size=40
)


@settings(max_examples=400, deadline=None)
@given(parts=TEXTS, cuts=st.lists(st.integers(0, 200), max_size=30))
def test_any_split_gives_what_the_whole_text_gives(parts: list[str], cuts: list[int]):
    text = "".join(parts)
    places = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert streamed(pieces) == streamed(list(text)) == parse(text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_at_all_can_be_parsed_letter_by_letter(text: str):
    draft = parse(text)
    assert streamed(list(text)) == draft
    assert all(sentence.text == sentence.text.strip() and sentence.text for sentence in draft.sentences)
