"""Ready-made material taken apart, and decisions with two sides."""

import pytest

from assistant.draft.ready import QuizClaim, case_of, claims_of, pieces_of, questions_of, row_of
from assistant.draft.sides import is_form, is_lay, is_rest, named_among
from assistant.types import Quote, Statement, Support
from corpus.types import BlockKind

TOLD, ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM


def line(kind: BlockKind, text: str) -> Statement:
    return Statement(text, (Quote(1, "x", 0, len(text), text, 1, None, ""),), Support.VERBATIM, lines=(kind,))


CASE = [line(TOLD, "First."), line(TOLD, "Then."), line(TOLD, "Later."), line(TOLD, "Questions for the groups:")]
CASE += [line(ITEM, f"Question {n}?") for n in "abcde"] + [
    line(TOLD, "What they should come to:"),
    line(ITEM, "A sign."),
]


def test_a_case_is_told_asked_and_noted():
    case = case_of(CASE)
    assert [each.text for each in case.told] == ["First.", "Then.", "Later."]
    assert [each.text for each in case.asks] == [f"Question {n}?" for n in "abcde"]
    assert [each.text for each in case.notes] == ["A sign."]


def test_a_section_has_its_paragraphs_then_each_list_with_what_leads_into_it():
    lines = [line(TOLD, "A girl waits."), line(TOLD, "Card of the girl:"), line(ITEM, "You are tired.")]
    lines += [line(TOLD, "For those who watch:"), line(ITEM, "Somebody asked twice."), line(ITEM, "Somebody waited.")]
    assert [[each.text for each in piece] for piece in pieces_of(lines)] == [
        ["A girl waits."],
        ["Card of the girl:", "You are tired."],
        ["For those who watch:", "Somebody asked twice.", "Somebody waited."],
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Share of callers passed on: outcome; calls back; monthly; the shift leader; some cannot be called.",
            ("Share of callers passed on", "outcome", "calls back", "monthly", "the shift leader",
             "some cannot be called"),
        ),
        ("接通率：产出；登记册；每月；协调员；不代表质量。",
         ("接通率", "产出", "登记册", "每月", "协调员", "不代表质量")),
        ("What to do first: ask; wait.", ()),
        ("Nobody is asked twice.", ()),
    ],
)  # fmt: skip
def test_a_row_of_a_plan_is_an_indicator_with_five_cells(text, row):
    assert row_of(text) == row


@pytest.mark.parametrize(
    ("stages", "told", "asked"),
    [
        (2, [["First."], ["Then.", "Later."]], ["ab", "cde"]),
        (3, [["First."], ["Then."], ["Later."]], ["a", "bc", "de"]),
    ],
)
def test_stages_share_what_is_told_and_asked_and_the_last_has_what_is_left(stages, told, asked):
    dealt = [case_of(CASE).stage(n + 1, stages) for n in range(stages)]
    assert [[each.text for each in part] for part, _ in dealt] == told
    assert ["".join(each.text[-2] for each in part) for _, part in dealt] == asked


def test_a_claim_is_the_first_sentence_of_an_item_and_its_side_that_of_its_list():
    lines = [line(TOLD, "True, on fees:"), line(ITEM, "Fees are a debt. Somebody lends them.")]
    lines += [line(TOLD, "False, on fees:"), line(ITEM, "A fee is a gift. Nobody gives it.")]
    (true,), (false,) = claims_of(lines, "en")
    assert (true.text, true.true, true.whole.text) == (
        "Fees are a debt.",
        True,
        "Fees are a debt. Somebody lends them.",
    )
    assert (false.text, false.true) == ("A fee is a gift.", False)


def claims(side: bool, number: int) -> list[QuizClaim]:
    return [QuizClaim(f"{side} {n}", side, line(ITEM, "x")) for n in range(number)]


def test_each_claim_stands_in_one_question_of_the_forms_in_turn():
    made = list(questions_of(claims(True, 3), claims(False, 4), ("truth", "choice"), 0))
    assert [[claim.text for claim in each] for each in made] == [
        ["True 0"],
        ["True 1", "False 0", "False 1"],
        ["False 2"],
        ["True 2"],
        ["False 3"],
    ]


def test_where_too_few_are_false_a_choice_asks_which_one_is():
    made = list(questions_of(claims(True, 5), claims(False, 5), ("choice",), 0))
    assert [[claim.text for claim in each] for each in made] == [
        ["True 0", "False 0", "False 1"],
        ["False 2", "True 1", "False 3"],
        ["True 2", "True 3", "False 4"],
        ["True 4"],
    ]


def test_the_right_option_is_not_always_in_one_place():
    first = [next(questions_of(claims(True, 1), claims(False, 2), ("choice",), begin)) for begin in range(3)]
    assert [[claim.true for claim in each].index(True) for each in first] == [0, 1, 2]


@pytest.mark.parametrize("whom", ["seasonal pickers from abroad", "lycéens de seconde", "طالبات مدرسة", "送外卖的骑手"])
def test_messages_are_for_those_who_are_concerned(whom):
    assert is_lay(whom)


@pytest.mark.parametrize("whom", ["detectives of the fraud unit", "juges d'instruction", "инспекторы труда Алматы"])
def test_advice_is_for_those_of_the_trade(whom):
    assert not is_lay(whom)


@pytest.mark.parametrize("part", ["notes for the trainer", "réponses du quiz", "место для телефона", "讨论用的问题"])
def test_how_a_thing_should_be_is_no_part_of_it(part):
    assert is_form(part)


@pytest.mark.parametrize("part", ["wage slips", "la famille au pays", "страх перед полицией", "护照"])
def test_what_a_library_may_speak_of_is_a_part(part):
    assert not is_form(part)


def test_the_rest_is_told_from_one_thing():
    assert is_rest("all the other sections") and not is_rest("the section on burnout")


def test_words_name_the_option_with_which_they_share_a_word_or_that_is_very_near():
    parts = ["first 24 hours after arrival", "informed consent", "confidentiality and files", "staff burnout"]
    assert named_among("burnout", parts) == "staff burnout"
    assert named_among("the bit on consent", parts) == "informed consent"
    assert named_among("organ removal", parts) == "" and named_among("consent", []) == ""
