"""Items chosen by list, level, origin and words; and where the words stand in them."""

from dataclasses import replace

import pytest

from assistant.toolkit.browse import matches, pick
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import SIGNS, STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

QUESTION, INDICATOR, LESSON = ItemKind.QUESTION, ItemKind.INDICATOR, ItemKind.LESSON
AWARENESS, LIVELIHOODS = Activity.AWARENESS_RAISING, Activity.LIVELIHOODS


def item(name: str, text: str, kind: ItemKind = QUESTION, **more: object) -> ToolkitItem:
    place = {"activity": AWARENESS, "part": ToolkitPart.TWO} | more
    return ToolkitItem(name, kind, text, Origin.STARTER, STARTER_ID, span=(0, 1), **place)


def of_publication(name: str, text: str, kind: ItemKind = QUESTION, **more: object) -> ToolkitItem:
    return replace(item(name, text, kind, **more), origin=Origin.PUBLICATION, publication="guide")


ONE = item("q1", "Who is recruited?", activity=None, part=ToolkitPart.ONE, topic="trafficking pattern")
ASKED = item("q2", "Do children's groups take part?", group="safety and do-no-harm")
COUNTED = item(
    "i1", "Share of calls answered", INDICATOR, level=Level.OUTPUT, counts="answered calls", over="all calls",
    disaggregation=("sex",), verification=("call register",), caution="More calls may mean more trust.",
)  # fmt: skip
CASH = item("i2", "Share of households out of debt", INDICATOR, activity=LIVELIHOODS, level=Level.IMPACT)
TOOLKIT = Toolkit((ONE, ASKED, COUNTED, CASH))


def ids(**wanted: object) -> list[str]:
    return [each.id for each in pick(TOOLKIT, **wanted)]


def test_without_a_wish_everything_in_force_is_there():
    assert ids() == ["q1", "q2", "i1", "i2"]
    assert pick(Toolkit(starter_items())) == starter_items()


def test_each_filter_narrows():
    assert ids(activity=AWARENESS) == ["q2", "i1"]
    assert ids(part_one=True) == ["q1"]
    assert ids(activity=AWARENESS, part_one=True) == ["q1", "q2", "i1"]
    assert ids(kind=INDICATOR) == ["i1", "i2"]
    assert ids(kind=INDICATOR, level=Level.IMPACT) == ["i2"]
    assert ids(kind=LESSON) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["q1", "q2", "i1", "i2"]),
        (" \t ", ["q1", "q2", "i1", "i2"]),
        ("?!", ["q1", "q2", "i1", "i2"]),  # nothing is typed yet that could be found
        ("call", ["i1"]),  # begins "calls"
        ("alls", []),  # within a word
        ("SHARE deb", ["i2"]),  # every word, in any order and case
        ("share call debt", []),
        ("patt", ["q1"]),  # the topic
        ("harm", ["q2"]),  # the group
        ("livelihoods", ["i2"]),  # the activity
        ("all calls", ["i1"]),  # counts and over
        ("sex", ["i1"]),  # disaggregation
        ("register", ["i1"]),  # verification
        ("trust", ["i1"]),  # caution
        ("children's", ["q2"]),
        ("children’s", ["q2"]),
    ],
)
def test_every_word_typed_begins_a_word_of_the_item(words: str, found: list[str]):
    assert ids(words=words) == found


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Épreuve de l’équité", "epr equ", ["Épr", "équ"]),
        ("E\u0301cole ouverte", "éco", ["E\u0301co"]),  # accents as marks of their own
        ("A ﬁnal Straße", "fina strasse", ["ﬁna", "Straße"]),
        ("العدالة لِلضَّحايا", "للضحا عدال", ["لِلضَّحا"]),  # vowel points; "the" is a part of its word
        ("Жертвы торговли", "ЖЕРТ", ["Жерт"]),
        ("识别被贩运者", "贩运", ["贩", "运"]),  # written without spaces
        ("Ёлка", "елк", ["Ёлк"]),
    ],
)
def test_search_and_marks_in_other_scripts(text: str, typed: str, marked: list[str]):
    found = matches(item("x", text), typed)
    assert [text[start:end] for start, end in found] == marked


def test_marks_are_in_order_and_do_not_overlap():
    text = "Calls, recalls and callers"
    assert matches(item("x", text), "call calle") == ((0, 4), (19, 24))
    assert matches(item("x", text), "") == ()


def test_signs_of_trafficking_are_never_indicators():
    signs = of_publication("s1", "Passport held by another person", INDICATOR, activity=None, part=ToolkitPart.OTHER)
    toolkit = Toolkit((COUNTED,), (replace(signs, topic=SIGNS), of_publication("g1", "Who pays?")))
    assert [each.id for each in pick(toolkit, origin=Origin.PUBLICATION)] == ["g1"]
    assert [each.id for each in pick(toolkit, origin=Origin.PUBLICATION, kind=INDICATOR)] == []


def test_an_original_takes_the_place_of_a_list_and_the_starter_stays_reachable():
    originals = tuple(of_publication(f"guide:q{n}", f"What is asked {n}?") for n in range(3))
    toolkit = Toolkit((ASKED, COUNTED), originals)
    assert [each.id for each in pick(toolkit, kind=QUESTION)] == ["guide:q0", "guide:q1", "guide:q2"]
    assert [each.id for each in pick(toolkit, kind=QUESTION, origin=Origin.STARTER)] == ["q2"]
    assert pick(toolkit, origin=Origin.PUBLICATION) == originals
