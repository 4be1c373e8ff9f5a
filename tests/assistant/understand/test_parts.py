"""What of a message asks, and what each part leaves out."""

import pytest

from assistant.types import AnswerType, Part
from assistant.understand.lexicon import lexicon
from assistant.understand.parts import MAX_PARTS, content_words, parts_of


def parts(text: str, language: str = "en") -> list[tuple[str, AnswerType]]:
    return [(part.text, part.asks) for part in parts_of(text, lexicon(), language)]


def test_two_questions_in_a_sentence_are_two_parts():
    assert parts("What is displacement, and how can a programme watch for it?") == [
        ("What is displacement", AnswerType.DEFINITION),
        ("How can a programme watch for it?", AnswerType.MANNER),
    ]


def test_a_part_that_points_back_carries_the_first_one_along():
    first, second = parts_of("What is displacement, and how can we watch for it?", lexicon(), "en")
    assert first.reads == "What is displacement"
    assert second.reads == "What is displacement. How can we watch for it?"


def test_a_story_is_no_part_and_is_carried_by_a_question_that_says_little():
    (part,) = parts_of("The boss comes in while I talk to a worker. What now?", lexicon(), "en")
    assert part.text == "What now?"
    assert part.reads == "The boss comes in while I talk to a worker. What now?"


def test_what_only_says_where_to_look_is_no_part_of_its_own():
    assert parts("In the hotline report of 2021, how many callers were men, and who paid for it?") == [
        ("In the hotline report of 2021, how many callers were men", AnswerType.NUMBER),
        ("Who paid for it?", AnswerType.PERSON),
    ]


def test_what_a_long_story_begins_with_is_read_too():
    story = " ".join(["Her brother has her papers.", *["It rained."] * 60])
    (part,) = parts_of(f"{story} What now?", lexicon(), "en")
    assert part.reads == f"{story} What now?"


def test_a_question_that_says_enough_is_read_without_its_story():
    told = "She came back from the farms last week. How do we plan housing for a mother of two? And then?"
    first, second = parts_of(told, lexicon(), "en")
    assert first.bare == "How do we plan housing for a mother of two?"
    assert second.bare == ""
    assert second.reads == "She came back from the farms last week. And then?"


def test_where_nothing_asks_the_whole_message_is_the_part():
    assert parts("displacement of trafficking") == [("displacement of trafficking", AnswerType.OPEN)]


def test_a_questionnaire_has_at_most_so_many_parts_and_loses_none_of_its_words():
    text = " ".join(f"What is term{number} of law?" for number in range(7))
    found = parts_of(text, lexicon(), "en")
    assert len(found) == MAX_PARTS
    assert all(f"term{number}" in " ".join(part.text for part in found) for number in range(7))


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("Combien de pays ont ratifié le protocole ?", "fr", AnswerType.NUMBER),
        ("¿Quién coordina el grupo?", "es", AnswerType.PERSON),
        ("Когда был принят протокол?", "ru", AnswerType.TIME),
        ("لماذا تفشل خطط العمل؟", "ar", AnswerType.REASON),
        ("什么是债役？", "zh", AnswerType.DEFINITION),
    ],
)
def test_question_words_of_six_languages_tell_what_is_asked_for(text, language, asks):
    assert parts(text, language) == [(text, asks)] or parts(text, language)[0][1] is asks


def test_content_words_are_without_stop_words():
    assert content_words("What should we do about the displacement of victims?") == ("displacement", "victims")


def test_what_counts_by_itself_when_a_part_is_looked_up():
    story = " ".join(["We found them in a house."] * 5)  # 30 words
    assert Part("Who pays?", f"{story} Who pays?").question == "Who pays?"
    assert Part("Who pays?", "They were found. Who pays?").question is None  # short: with its story alone
    assert Part("And for men?", "Who pays. And for men?", share=0.4).question == "And for men?"  # a follow-up
