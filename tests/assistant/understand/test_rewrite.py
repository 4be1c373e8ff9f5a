"""Follow-ups: what they leave out is added, what was typed stays, and questions of their own are left alone."""

from dataclasses import replace

import pytest
from answer_samples import passage, query, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.types import Answer, Evidence, Query, Refusal, Turn
from assistant.understand.rewrite import MAX_TOPIC, stand_alone
from corpus.types import Publication

BRIEF = Publication(id="brief", title="The Gender Dimensions of Human Trafficking", mime="application/pdf")
TOPIC = "the indicators for awareness raising"
INDICATORS = "What are the indicators for awareness raising?"


def turn(question: str = INDICATORS) -> Turn:
    """A turn answered with three sentences of one publication."""
    source = passage(BRIEF, "Calls to the hotline. Reach of the campaign. Knowledge kept after six months.", page=3)
    texts = ("Calls to the hotline.", "Reach of the campaign.", "Knowledge kept after six months.")
    answer = Answer(query(question), Evidence((source,)), tuple(stated(1, source, text) for text in texts))
    return Turn(question, answer)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("and for children?", "~, and for children?"),
        ("Thanks! And in humanitarian settings?", "~, and in humanitarian settings?"),
        ("only outcomes", "~, only outcomes?"),
        ("in French?", "~, in French?"),
        ("children?", "~, children?"),
        ("what about online campaigns?", "~, what about online campaigns?"),
        ("What about livelihoods?", "What are the indicators for livelihoods?"),
        ("and for national plans of action", "What are the indicators for national plans of action?"),
        ("what about design questions?", "What are the design questions for awareness raising?"),
        ("why?", "why: #?"),
        ("Tell me more", "Tell me more: #?"),
        ("for example?", "for example: #?"),
        ("what else?", "what else: #?"),
        ("Can you explain that?", "Can you explain that: #?"),
        ("How are they measured?", "How are they measured: #?"),
        ("And how do we collect them?", "And how do we collect them: #?"),
        ("Does it apply to men?", "Does it apply to men: #?"),
        ("Are these indicators used by states?", "Are these indicators used by states: #?"),
        ("What are the risks?", "What are the risks: #?"),
        ("Who wrote it?", "Who wrote it: @?"),
        ("When was this paper published?", "When was this paper published: @?"),
        ("what does the document say about boys", "what does the document say about boys: @?"),
        ("the second one", "the second one: Reach of the campaign?"),
        ("What does the last point mean?", "What does the last point mean: Knowledge kept after six months?"),
        ("explain number 3", "explain number 3: Knowledge kept after six months?"),
        ("what is [1]?", "what is [1]: @?"),
        ("et pour les enfants ?", "~, et pour les enfants?"),
        ("¿Y para los niños?", "~, y para los niños?"),
        ("а для детей?", "~, а для детей?"),
        ("وماذا عن الأطفال؟", "~, وماذا عن الأطفال?"),
        ("那儿童呢？", "~, 那儿童呢?"),
        ("pourquoi ?", "pourquoi: #?"),
    ],
)  # fmt: skip
def test_follow_up_gets_what_it_leaves_out(typed: str, expected: str) -> None:
    """~ stands for the question before, # for its topic, @ for the title that was cited."""
    written = expected.replace("~", INDICATORS[:-1]).replace("#", TOPIC).replace("@", BRIEF.title)
    assert stand_alone(typed, (turn(),)) == written


@pytest.mark.parametrize(
    "typed",
    [
        "What are effective remedies for victims?",
        "How does a programme measure its impact?",
        "How do states meet their obligations?",
        "Is it legal to confiscate passports?",
        "And how do national plans of action set priorities?",
        "List all indicators for livelihoods",
        "displacement",
        "What is displacement?",
        "What are outcomes?",
        "What is the second paper of the series about demand?",
        "For children, what are the indicators of recovery?",
        "Is there evidence that campaigns work?",
        "Does the law protect people who report their employer?",
        "What should we ask ourselves when we plan a campaign?",
        "Which astronaut was born first?",
        "How does ICAT choose its topics?",
        "What does the Toolkit say about behaviour change?",
        "Quels sont les indicateurs de réussite d'une campagne ?",
        "¿Qué dice el protocolo sobre los niños?",
        "如何识别人口贩运的受害者？",
        "We run a shelter for women. They often want to go home soon. How can we tell whether return is safe?",
    ],
)
def test_question_of_its_own_is_left_alone(typed: str) -> None:
    assert stand_alone(typed, (turn(),)) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "What does displacement mean, and how can a programme watch for it?",
        "What is a baseline and who should collect it?",
        "Which people are at risk, and how do we reach them?",
    ],
)
def test_a_part_that_points_at_the_part_before_it_is_left_alone(typed: str) -> None:
    assert stand_alone(typed, [turn()]) == typed


@pytest.mark.parametrize("typed", ["What are the risks, and how do we avoid them?", "Why, and how can we stop it?"])
def test_a_part_that_points_at_what_itself_names_nothing_gets_the_topic(typed: str) -> None:
    assert TOPIC in stand_alone(typed, [turn()])


def test_nothing_is_added_where_nothing_went_before() -> None:
    refused = Turn("hello", Answer(query("hello"), refusal=Refusal.GREETING))
    assert stand_alone("and for children?", ()) == "and for children?"
    assert stand_alone("and for children?", (refused,)) == "and for children?"


def test_refused_turns_in_between_are_passed_over() -> None:
    refused = Turn("thanks", Answer(query("thanks"), refusal=Refusal.GREETING))
    assert stand_alone("why?", (turn(), refused)) == "why: the indicators for awareness raising?"


def test_follow_up_of_a_follow_up_keeps_the_first_topic() -> None:
    first = turn()
    said = stand_alone("and for children?", (first,))
    second = replace(first, answer=replace(first.answer, query=Query("and for children?", said, said)))
    assert (
        stand_alone("and for women?", (first, second))
        == "What are the indicators for awareness raising, and for women?"
    )


def test_story_before_the_last_question_is_not_repeated() -> None:
    asked = "We plan a radio campaign for seasonal workers. How do we measure reach?"
    first = turn(asked)
    answer = replace(first.answer, query=Query(asked, asked, "How do we measure reach?"))
    assert stand_alone("why?", (Turn(asked, answer),)) == "why: measure reach?"


def test_place_beyond_the_last_statement_points_at_nothing() -> None:
    assert "Knowledge" not in stand_alone("the seventh one", (turn(),))
    assert stand_alone("what is [8]?", (turn(),)) == "what is [8]?"


def test_publication_is_not_guessed_between_two() -> None:
    other = passage(Publication(id="other", title="Other"), "Other words.")
    first = turn()
    brief = first.answer.evidence[1]
    answer = replace(
        first.answer,
        evidence=Evidence((brief, other)),
        statements=(stated(1, brief, "Calls to the hotline."), stated(2, other, "Other words.")),
    )
    assert (
        stand_alone("Who wrote it?", (Turn(INDICATORS, answer),))
        == "Who wrote it: the indicators for awareness raising?"
    )


WORDS = [
    "and",
    "for",
    "children",
    "why",
    "it",
    "the",
    "second",
    "one",
    "only",
    "outcomes",
    "in",
    "French",
    "what",
    "about",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "livelihoods", "risks", "they", "measured", "men"]), min_size=1, max_size=8))
def test_no_content_word_is_lost(words: list[str]) -> None:
    said = stand_alone(" ".join(words) + "?", (turn(),)).lower()
    light = {"and", "for", "it", "the", "only", "in", "what", "about", "one"}
    assert all(word.lower() in said for word in words if word not in light)


def test_a_long_conversation_does_not_grow_the_question() -> None:
    turns = [turn("What are the indicators for " + "very " * 100 + "long campaigns?")]
    for _ in range(5):
        said = stand_alone("and for regions with few services?", turns)
        turns.append(replace(turn(), answer=replace(turn().answer, query=Query("x", said, said))))
    assert len(said) <= MAX_TOPIC + 60


def test_another_year_takes_the_place_of_the_year_asked_about() -> None:
    asked = turn("Who chaired ICAT in 2022?")
    assert stand_alone("and in 2018?", [asked]) == "Who chaired ICAT in 2018?"
    assert stand_alone("2018?", [asked]) == "Who chaired ICAT in 2018?"
    assert stand_alone("and in 2018?", [turn("Who chairs ICAT?")]) == "Who chairs ICAT, and in 2018?"
