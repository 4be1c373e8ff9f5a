"""Words that mean the same to the lists, and how much the part of an item counts where one stands."""

import pytest

from assistant.toolkit.kin import read, speaks
from assistant.toolkit.listing_narrow import speaks_of
from corpus.toolkit.types import ItemKind, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("returnees", "after a return to the village"),
        ("hotline", "calls to the help line"),
        ("kids", "children who left home"),
        ("girls", "children who left home"),
        ("safe house", "accommodation that is safe"),
        ("social media", "online advertisements"),
        ("cash-for-work", "on the day the wages are due"),
        ("vocational", "the courses on offer"),
        ("loan", "debt owed to a recruiter"),
        ("fishermen", "work on a vessel"),
    ],
)
def test_words_that_mean_the_same_here_share_a_key(typed: str, stands: str):
    assert speaks(typed) & speaks(stands)


@pytest.mark.parametrize(("one", "other"), [("income", "debt"), ("training", "trafficking"), ("shelter", "school")])
def test_words_that_only_go_together_share_none(one: str, other: str):
    assert not speaks(one) & speaks(other)


def test_two_words_of_one_notion_are_read_as_one():
    assert list(read("a help line and cash-for-work")) == [*read("help line"), *read("cash-for-work")]
    assert len(read("a help line and cash-for-work")) == 2


def test_a_word_in_the_text_counts_more_than_in_a_breakdown():
    item = ToolkitItem(
        "i2",
        ItemKind.INDICATOR,
        "Share of seasonal workers who keep a copy of their contract",
        Origin.STARTER,
        "library",
        (2, 3),
        activity=Activity.AWARENESS_RAISING,
        part=ToolkitPart.TWO,
        disaggregation=("sex",),
    )
    assert speaks_of(item, "contract") == 1.0
    assert speaks_of(item, "sex") == 0.3
