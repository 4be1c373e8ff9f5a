"""What a message names: kinds, types, levels, people, how many, which item, what is left out."""

import pytest

from assistant.types import Artefact, Detail, Form, Slots
from assistant.understand.lexicon import lexicon
from assistant.understand.slots import slots_of
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

LESSON, QUESTION, INDICATOR = ItemKind
AWARENESS, SUPPORT = Activity.AWARENESS_RAISING, Activity.SUPPORT


def read(text: str, language: str = "en") -> Slots:
    return slots_of(lexicon().mentions(text, language), text)


def test_a_described_programme_names_its_type_its_people_and_what_is_asked_for():
    slots = read("We plan a radio campaign for seasonal workers. What should we ask ourselves, how do we measure it?")
    assert slots.kinds == (QUESTION, INDICATOR)
    assert slots.activities == (AWARENESS,)
    assert slots.people == ("seasonal workers",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("give me 5 only", 5),
        ("send me 3 only", 3),
        ("just five", 5),
        ("top 10 indicators for shelters", 10),
        ("KPIs for our national plan (minister wants max 10)", 10),
        ("только 5 показателей", 5),
        ("给我三个指标", 3),
        ("indicators for girls under 18 in our shelter, please", 0),  # an age
        ("what happened to the 40 women who left the shelter in March?", 0),  # people, not things wanted
        ("indicators of 2019", 0),
        ("explain the second one", 0),  # a place
        ("one indicator for our shelter", 1),
        ("Please suggest indicators for year one.", 0),
        ("how would one monitor compliance", 0),
    ],
)
def test_a_number_is_of_things_wanted_only_where_they_stand_beside_it(text, number):
    language = "ru" if text.startswith("т") else "zh" if text.startswith("给") else "en"
    assert read(text, language).number == number


@pytest.mark.parametrize(("text", "place"), [("explain the second", 2), ("what does the last one mean?", -1), ("5", 0)])
def test_an_item_is_pointed_at_by_its_place(text, place):
    assert read(text).place == place


def test_levels_stand_beside_indicators_and_impact_alone_is_none():
    assert read("output and outcome indicators for shelters").levels == (Level.OUTPUT, Level.OUTCOME)
    assert read("how do we measure the impact of our campaign?").levels == ()
    assert read("output, outcome and impact indicators").levels == ()  # all three: none left out


def test_what_follows_without_is_left_out_and_named_as_such():
    slots = read("indicators for shelters, without impact and not for children")
    assert slots.without == ("impact", "children")
    assert slots.people == ()


def test_details_forms_artefacts_and_the_language_of_the_answer():
    assert read("add means of verification").details == (Detail.VERIFICATION,)
    assert Form.TABLE in read("as a table please").forms
    assert read("a half-day session for border guards").artefact is Artefact.SESSION
    assert read("en español por favor", "es").answer_language == "es"


def test_only_one_level_of_a_list_that_is_named():
    assert read("Which indicators for awareness raising, only outcomes?").levels == (Level.OUTCOME,)
