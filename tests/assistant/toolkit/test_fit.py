"""Which items fit a described programme, and why: judged by hand on programmes as people describe them."""

import pytest
from fakes import SharedWords

from assistant.toolkit.fit import MOST, best_fits, item_keys, missing_levels, tells_something
from assistant.toolkit.kin import read, speaks
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin


def indicator(number: int, text: str, level: Level = Level.OUTCOME, **facts: object) -> ToolkitItem:
    return ToolkitItem(
        f"i{number}",
        ItemKind.INDICATOR,
        text,
        Origin.STARTER,
        "library",
        (number, number + 1),
        activity=Activity.AWARENESS_RAISING,
        part=ToolkitPart.TWO,
        level=level,
        **facts,
    )


SMALL = (
    indicator(1, "Share of listeners who recall the radio spot", Level.OUTPUT),
    indicator(2, "Share of seasonal workers who keep a copy of their contract", disaggregation=("sex",)),
    indicator(3, "Share of campaign material that was tested", Level.OUTPUT),
    indicator(4, "Share of farms without forced labour", Level.IMPACT),
    indicator(5, "Share of pupils who told a teacher"),
    indicator(6, "Share of calls to the help line that were answered", Level.OUTPUT),
)


def fits(description: str, items=SMALL, **options) -> dict[str, tuple[str, ...]]:
    return {items[fit.place].id: fit.words for fit in best_fits(description, items, **options)}


def test_an_item_fits_by_words_of_the_description_as_typed():
    assert fits("A Radio campaign for seasonal workers in two districts") == {
        "i1": ("Radio",),
        "i2": ("seasonal workers",),
    }


def test_words_that_only_name_the_activity_or_any_programme_explain_nothing():
    assert fits("An awareness-raising campaign for people in five districts, propose indicators") == {}
    assert not tells_something("awareness raising campaign", SMALL)
    assert tells_something("awareness raising on the radio", SMALL)


def test_what_a_list_was_narrowed_to_explains_nothing():
    assert fits("a campaign for pupils", about=("pupils",)) == {}
    assert fits("a campaign for pupils", about=("workers",)) == {"i5": ("pupils",)}


def test_what_fits_by_little_still_does_where_the_best_is_narrowed_away():
    whole = (
        indicator(1, "Share of listeners who recall the radio spot", Level.OUTPUT),
        indicator(2, "Share of farmers who keep a copy of their contract"),
        indicator(3, "Share of farmers who know a lawyer"),
        indicator(4, "Share of farmers who were paid on time"),
        indicator(5, "Share of pupils who told a teacher"),
        indicator(6, "Share of calls that were answered", Level.OUTPUT),
    )
    # radio: ln(7 / 1.5) = 1.5, enough by itself; farmers: ln(7 / 3.5) = 0.7, only beside something that fits
    assert set(fits("radio for farmers", whole)) == {"i1", "i2", "i3", "i4"}
    assert set(fits("radio for farmers", whole[1:5], among=whole)) == {"i2", "i3", "i4"}
    assert fits("a choir for farmers", whole[1:5], among=whole) == {}


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
    text = "a help line and cash-for-work"
    assert [text[word.start : word.end] for word in read(text)] == ["help line", "cash-for-work"]


def test_a_word_in_the_text_counts_more_than_in_a_breakdown():
    item = SMALL[1]
    assert item_keys(item)["contract"] == 1.0
    assert item_keys(item)["sex"] == 0.3


def test_a_breakdown_alone_is_no_fit():
    items = (*SMALL, indicator(7, "Share of callers who were heard", disaggregation=("district", "language")))
    assert "i7" not in fits("Radio spots in every language", items)


def test_no_more_than_most_and_the_same_again_in_any_order_of_words():
    many = tuple(indicator(n, f"Share of radio listeners in place {n}") for n in range(3))
    many += tuple(indicator(10 + n, f"Share of vessel crews at port {n}") for n in range(3))
    many += tuple(indicator(20 + n, f"Share of quiet days {n}") for n in range(12))
    found = fits("radio for crews of vessels", many)
    assert len(found) == MOST
    assert fits("crews of vessels, radio", many).keys() == found.keys()


def test_other_levels_come_before_more_of_the_same():
    items = tuple(indicator(n, "Share of radio listeners", Level.OUTPUT) for n in range(6))
    items += (indicator(8, "Radio listeners who checked", Level.OUTCOME), indicator(9, "Radio and harm", Level.IMPACT))
    items += tuple(indicator(20 + n, f"Share of quiet days {n}") for n in range(16))
    first = [items[fit.place].level for fit in best_fits("radio", items)][:3]
    assert set(first) == set(Level)


def test_a_cross_encoder_orders_what_words_leave_equal():
    items = (indicator(1, "Radio days"), indicator(2, "Radio days for crews"), *SMALL[1:])
    assert next(iter(fits("radio", items))) == "i1"
    assert next(iter(fits("radio for the night crews", items, reranker=SharedWords()))) == "i2"


def test_missing_levels_are_those_no_indicator_has():
    assert missing_levels(SMALL[:2], ()) == (Level.IMPACT,)
    assert missing_levels(SMALL[:2], (Level.OUTPUT, Level.OUTCOME)) == ()


# Programmes, the items a seasoned adviser would look at first, and those that must not be offered for them.
JUDGED = [
    (
        Activity.AWARENESS_RAISING,
        "An online safety campaign in secondary schools for girls and boys about strangers on Instagram and TikTok",
        {"awareness-raising-i10", "awareness-raising-i17"},
        {"awareness-raising-i11"},
    ),
    (
        Activity.LIVELIHOODS,
        "a cash-for-work project with returnees in two districts",
        {"livelihoods-i04", "livelihoods-i06"},
        {"livelihoods-i01"},
    ),
    (
        Activity.LIVELIHOODS,
        "Vocational training and job placement for young women and mothers who left debt bondage in brick kilns",
        {"livelihoods-i03", "livelihoods-i07", "livelihoods-i11", "livelihoods-i19"},
        {"livelihoods-i04"},
    ),
    (
        Activity.SUPPORT,
        "We open a shelter for men and boys with medical care, counselling and help to get their unpaid wages",
        {"support-solutions-i04", "support-solutions-i09"},
        {"support-solutions-i14"},
    ),
    (
        Activity.CRIMINAL_JUSTICE,
        "Child-friendly interview rooms and trained interviewers so that children need not testify many times",
        {"criminal-justice-i02", "criminal-justice-i10"},
        {"criminal-justice-i14"},
    ),
    (
        Activity.IDENTIFICATION,
        "Labour inspectors and health workers in fishing ports look for trafficked fishermen, with interpreters",
        {"identification-referral-i03", "identification-referral-i04", "identification-referral-i10"},
        {"identification-referral-i14"},
    ),
    (
        Activity.NATIONAL_PLANS,
        "A new national plan with a costed budget, provincial work plans and survivor participation",
        {"national-plans-i03", "national-plans-i05", "national-plans-i06"},
        {"national-plans-i12"},
    ),
]


@pytest.mark.parametrize(
    ("activity", "described", "expected", "unfit"),
    JUDGED,
    ids=lambda value: value[:30] if isinstance(value, str) else "items",
)
def test_described_programmes_get_the_indicators_an_adviser_would_look_at(activity, described, expected, unfit):
    pool = [i for i in starter_items() if i.activity is activity and i.kind is ItemKind.INDICATOR]
    first = {pool[fit.place].id for fit in best_fits(described, pool)}
    assert expected <= first
    assert not unfit & first


def test_every_fit_says_why_in_words_of_the_description():
    for activity, described, _, _ in JUDGED:
        for kind in (ItemKind.INDICATOR, ItemKind.QUESTION):
            pool = [i for i in starter_items() if i.activity is activity and i.kind is kind]
            for fit in best_fits(described, pool):
                assert fit.words and all(words in described for words in fit.words)
