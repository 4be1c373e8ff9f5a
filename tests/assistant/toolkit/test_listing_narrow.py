"""Which items speak of whom a list is narrowed to, and how much the part of an item counts that does."""

from importlib.resources import files

import pytest

from assistant.toolkit.listing_narrow import AMONG, PEOPLE, SOURCE, speaks_of
from assistant.understand.lexicon import lexicon, read_lexicon
from corpus.toolkit.types import ItemKind, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

NAMES = lexicon().names(PEOPLE)


def item(text: str, **facts: object) -> ToolkitItem:
    place = {"activity": Activity.AWARENESS_RAISING, "part": ToolkitPart.TWO}
    return ToolkitItem("i2", ItemKind.INDICATOR, text, Origin.STARTER, "library", (2, 3), **place, **facts)


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("girls", "children who left home"),
        ("girls", "women who sell at the market"),
        ("boys", "young men on the building sites"),
        ("children", "a boy at the well"),
        ("children", "pupils who told somebody"),
        ("children", "adolescents aged 15–17"),
        ("children", "hazards of child labour"),
        ("young people", "juvenile custody"),
        ("women", "wives who run the shop"),
        ("men", "fishermen on a vessel"),
        ("families", "what parents were told"),
        ("parents", "a relative who forbade it"),
        ("schools", "teachers who passed it on"),
        ("teachers", "talks in the classroom"),
        ("workers", "a domestic worker with a weekly rest day"),
        ("seasonal workers", "migrants at the bus station"),
        ("migrants", "a safer way to migrate"),
        ("returnees", "after a return to the village"),
        ("refugees", "people in a camp"),
        ("domestic workers", "women in domestic work"),
        ("recruiters", "recruitment offices"),
        ("employers", "transport companies"),
        ("debts", "an advance that has to be worked off"),
        ("health", "a nurse at the clinic"),
        ("interpreters", "told in a language they understand"),
        ("survivors", "former clients of the service"),
        ("sexual exploitation", "sex workers who were threatened"),
        ("child labour", "stopped relying on child work"),
        ("borders", "interviewed at exit points"),
    ],
)
def test_an_item_speaks_of_a_subject_in_words_of_its_own(asked: str, stands: str):
    assert speaks_of(item(stands), asked) == 1.0


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("girls", "a boy at the well"),
        ("boys", "women who sell at the market"),
        ("children", "a minority that meets with hostility"),
        ("young people", "a child at the well"),
        ("domestic workers", "workers on the farm"),
        ("domestic workers", "domestic spending on the plan"),
        ("employers", "a job offer"),
        ("refugees", "a place in the shelter"),
        ("forced labour", "the day the law enters into force"),
        ("sexual exploitation", "the form of exploitation"),
        ("child labour", "child protection and labour inspection"),
        ("borders", "a scale at entry and at exit"),
        ("beekeepers", "beekeepers in the valley"),
    ],
)
def test_what_only_shares_a_word_with_a_subject_does_not_speak_of_it(asked: str, stands: str):
    assert speaks_of(item(stands), asked) == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_each_subject_is_found_under_its_own_name(name: str):
    assert {mention.name for mention in lexicon().mentions(name, "en") if mention.section == PEOPLE} == {name}
    assert speaks_of(item(f"Number of {name}"), name) == 1.0


def test_the_tables_name_only_what_can_be_asked_for():
    written = read_lexicon(files("assistant.toolkit") / SOURCE)
    assert {*AMONG, *(name for names in AMONG.values() for name in names), *written.names(PEOPLE)} <= set(NAMES)


def test_of_two_subjects_one_is_enough():
    assert speaks_of(item("wives who run the shop"), "men or women") == 1.0
    assert speaks_of(item("wives who run the shop"), "employers and recruiters") == 0.0


def test_the_part_of_an_item_that_counts_most_is_its_weight():
    facts = {"counts": "teachers", "over": "all debts", "caution": "Ask the women.", "group": "safety"}
    whole = item("Calls by girls", **facts, verification=("visits to families",), disaggregation=("age", "disability"))
    asked = ("girls", "teachers", "debts", "women", "families", "safety", "people with disabilities", "costs")
    # women: girls are among them, and girls stand in the text
    assert [speaks_of(whole, one) for one in asked] == [1.0, 0.8, 0.8, 1.0, 0.4, 0.4, 0.3, 0.0]
    assert speaks_of(item("Calls", caution="Ask the women."), "women") == 0.5
