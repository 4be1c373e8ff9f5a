"""Questions taken apart: parts, kinds, what a text offers, and a practitioner's words put as the Toolkit's."""

import pytest

from assistant.understand.kinds import Asks, kind_of, offers
from assistant.understand.question import MAX_PARTS, content_words, looked_up, marks, names, parts, says_little, years


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many members did ICAT have in October 2018?", Asks.NUMBER),
        ("What is the budget of the programme?", Asks.NUMBER),
        ("When was the paper published?", Asks.TIME),
        ("When should a child be referred?", Asks.OPEN),  # a condition, not a date
        ("Who chaired ICAT in 2018?", Asks.PERSON),
        ("Where was it launched?", Asks.PLACE),
        ("Why do results matter?", Asks.REASON),
        ("How do smugglers make their profit?", Asks.MANNER),
        ("Which eight publications are on the list?", Asks.LIST),
        ("What are the main obstacles?", Asks.LIST),
        ("indicators for awareness raising", Asks.LIST),
        ("What is displacement?", Asks.DEFINITION),
        ("Define debt bondage", Asks.DEFINITION),
        ("Is consent relevant?", Asks.YES_NO),
        ("What process is used?", Asks.OPEN),
        ("Combien de victimes ont été identifiées ?", Asks.NUMBER),
        ("كم عدد الضحايا؟", Asks.NUMBER),
        ("Когда был принят протокол?", Asks.TIME),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_words(question, kind):
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("asks", "text", "offered"),
    [
        (Asks.NUMBER, "457 survivors responded.", True),
        (Asks.NUMBER, "Two thirds of them responded.", True),
        (Asks.NUMBER, "Survivors responded.", False),
        (Asks.TIME, "It closed on 2 August 2012.", True),
        (Asks.TIME, "It closed early.", False),
        (Asks.PERSON, "The group was led by UNICEF.", True),
        (Asks.PERSON, "It was led well.", False),
        (Asks.REASON, "It was led well.", True),  # words cannot deny a reason
    ],
)
def test_a_text_offers_what_is_asked_for(asks, text, offered):
    assert offers(asks, text) is offered


def texts(question: str) -> list[str]:
    return [part.text for part in parts(question)]


def test_a_question_with_two_questions_has_two_parts():
    assert texts("What is trafficking in persons and how is it different from smuggling?") == [
        "What is trafficking in persons",
        "How is it different from smuggling?",
    ]
    assert texts("Why do results matter? Who is responsible?") == ["Why do results matter?", "Who is responsible?"]


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between trafficking and smuggling?",
        "How and why do States cooperate?",
        "Which rules apply to children and to adults?",
        "What is and is not trafficking?",
    ],
)
def test_a_single_question_stays_whole(question):
    assert texts(question) == [question]


def test_a_part_that_points_back_is_read_with_what_it_points_to():
    first, second = parts("What is trafficking in persons and how is it different from smuggling?")
    assert (first.reads, second.text) == (first.text, "How is it different from smuggling?")
    assert second.reads == "How is trafficking in persons different from smuggling?"
    _, members, website = parts("Who chairs ICAT? How many members did it have? What is its website?")
    assert members.reads == "How many members did ICAT have?"
    assert website.reads == "What is ICAT's website?"


def test_a_part_whose_subject_cannot_be_told_is_read_after_the_first():
    _, second = parts("Which campaigns worked in rural districts, and why did they work?")
    assert second.reads == "Which campaigns worked in rural districts? Why did they work?"


def test_a_story_is_no_part_but_is_read_with_a_question_that_says_little():
    (part,) = parts("We run a shelter for boys. What should the cook know?")
    assert part.text == "What should the cook know?"
    assert part.reads == "We run a shelter for boys. What should the cook know?"


def test_a_text_that_asks_nothing_is_one_part():
    assert texts("debt bondage") == ["Debt bondage"]
    assert parts("   ") == ()


def test_a_questionnaire_is_cut_to_the_most_parts_and_loses_no_word():
    found = parts(" ".join(f"What is thing number {n}?" for n in range(7)))
    assert len(found) == MAX_PARTS
    assert found[-1].text.endswith("What is thing number 6?")


def test_a_part_asked_twice_is_one_and_line_breaks_are_spaces():
    assert texts("What is\n\ndisplacement? What is displacement?") == ["What is displacement?"]


def test_names_leave_out_the_first_word_of_a_sentence():
    assert names("Does Liberia report to UNDP? Since when?") == ("Liberia", "UNDP")
    assert names("¿Quién informa al PNUD?") == ("PNUD",)


def test_years_and_content_words():
    assert years("Between 2016 and 2018, and in 20180") == ("2016", "2018")
    assert content_words("How many survivors responded to the survey?") == ("survivors", "responded", "survey")
    assert says_little("How do we measure it?") and not says_little("How do we measure awareness raising?")


def test_marks_tell_apart_what_is_numbered():
    assert marks("Issue Brief 04 of 2017, Article 3 and Articles 5") == {
        "brief": {"4"},
        "article": {"3", "5"},
        "year": {"2017"},
    }
    assert marks("The 17 members met in 12 places.") == {}


def test_a_practitioners_question_is_put_as_the_toolkit_would():
    ask, measure = parts("We plan a radio campaign. What should we ask ourselves, and how do we measure it?")
    assert ask.plainly == "What are the design questions for awareness raising?"
    assert measure.plainly == "Which indicators measure awareness raising?"
    assert ask.asks is measure.asks is Asks.LIST


@pytest.mark.parametrize(
    "question",
    [
        "What should a border guard ask in a first screening?",  # not one who designs a programme
        "How can we measure whether recruitment fees have gone down?",  # no type of activity
        "Who pays for the radio campaign?",
    ],
)
def test_other_questions_are_left_in_their_own_words(question):
    assert all(part.plainly == "" for part in parts(question))
    assert looked_up(question) == question


def test_days_and_months_are_no_names():
    assert names("Did UNODC and the Vienna office meet on Monday or in March?") == ("UNODC", "Vienna")
