"""A list of the Toolkit as HTML: complete, numbered, grouped, sourced, correctable, and nothing in it runs."""

import json
from dataclasses import replace
from html.parser import HTMLParser

from answer_samples import passage, quote, request

from assistant.show.html import answer_html, parse_label
from assistant.show.lists import LONG
from assistant.show.record import read
from assistant.types import (
    Act,
    Answer,
    Corrected,
    Detail,
    Evidence,
    Listed,
    Listing,
    ListTotal,
    Passage,
    Statement,
    Support,
    Wanted,
)
from corpus.toolkit.types import STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Kind, Origin, Publication

HOSTILE = "<img src=x onerror=\"alert(1)\"> ${x} `y` \\z 'q' </section>"
AWARE, LAW = Activity.AWARENESS_RAISING, Activity.LEGAL_FRAMEWORK
ASKED = Wanted((ItemKind.INDICATOR,), (AWARE,))
LIBRARY = Publication(id=STARTER_ID, title="Library of lists", kind=Kind.LIBRARY, origin=Origin.STARTER)
ORIGINAL = Publication(id="toolkit", title="The <i>Toolkit</i>", kind=Kind.TOOLKIT, mime="application/pdf")
VOID = ("br", "img")


class Page(HTMLParser):
    """Elements with their attributes and text; fails on one that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.path: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)
        self.close()
        assert not self.path

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs), [])
        self.seen.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, _, text in self.path:
            text.append(data)

    def texts(self, tag: str, css: str = "") -> list[str]:
        return ["".join(text) for name, attrs, text in self.seen if name == tag and _has(attrs, css)]

    def all(self, tag: str, css: str = "") -> list[dict[str, str | None]]:
        return [attrs for name, attrs, _ in self.seen if name == tag and _has(attrs, css)]

    def chips(self) -> dict[str, dict[str, str | None]]:
        return {"".join(t): attrs for name, attrs, t in self.seen if name == "button" and _has(attrs, "icat-chip")}


def _has(attrs: dict[str, str | None], css: str) -> bool:
    return not css or css in (attrs.get("class") or "").split()


def indicator(number: int, level: Level | None = Level.OUTPUT, **facts: object) -> ToolkitItem:
    text = f"Share of listeners in district {number} who act"
    item = ToolkitItem(
        f"aware-i{number:02}",
        ItemKind.INDICATOR,
        text,
        Origin.STARTER,
        STARTER_ID,
        (0, len(text)),
        AWARE,
        ToolkitPart.TWO,
        level=level,
    )
    return replace(item, **facts)


def listed_answer(
    *listed: Listed, wanted: Wanted = ASKED, totals: tuple[ListTotal, ...] = (), missing: tuple[Level, ...] = ()
) -> Answer:
    """An answer whose evidence has one passage for each item, of its publication, on PDF page 14, printed 12."""
    passages: list[Passage] = []
    statements = []
    for label, each in enumerate(listed, start=1):
        starter = each.item.origin is Origin.STARTER
        passages.append(
            passage(LIBRARY if starter else ORIGINAL, each.item.text, 0, *((1, None) if starter else (14, "12")))
        )
        statements.append(Statement(each.item.text, (quote(label, passages[-1], each.item.text),), Support.VERBATIM))
    totals = totals or (ListTotal(ItemKind.INDICATOR, AWARE, len(listed)),)
    found = Listing(wanted, listed, totals, missing)
    return Answer(request("Which indicators?"), Evidence(tuple(passages)), tuple(statements), listing=found)


def page(answer: Answer, turn: int = 2) -> Page:
    html = answer_html(answer, turn)
    assert "\n" not in html
    return Page(html)


THREE = (
    Listed(indicator(1, Level.OUTCOME), True, ("radio", "seasonal workers")),
    Listed(indicator(2)),
    Listed(indicator(3, Level.OUTCOME)),
)


# --- complete, counted, numbered ---


def test_every_item_is_there_once_in_order_with_a_label_that_opens_its_own_words():
    shown = page(listed_answer(*THREE))
    assert len(shown.all("li")) == 1 + 3  # the count, and the items
    labels = [button["value"] for button in shown.all("button", "icat-label")]
    assert [parse_label(label) for label in labels] == [(2, n + 1, n, 0, False) for n in range(3)]


def test_the_count_says_how_many_of_how_many_and_how_many_come_first():
    wanted = replace(ASKED, description="radio for seasonal workers")
    shown = page(listed_answer(*THREE, wanted=wanted, totals=(ListTotal(ItemKind.INDICATOR, AWARE, 3),)))
    (count,) = shown.texts("ul", "icat-counts")
    assert count.startswith("3 of 3 indicators for awareness raising")
    assert "1 shown first" in count


def test_numbers_run_on_through_the_groups_and_each_group_says_how_many_it_has():
    shown = page(listed_answer(*THREE))
    assert [ol["start"] for ol in shown.all("ol")] == ["1", "2", "3"]
    assert [text for text in shown.texts("span", "icat-unseen") if text.startswith("Item")] == [
        "Item 1 of 3: ",
        "Item 2 of 3: ",
        "Item 3 of 3: ",
    ]
    output, outcome = shown.texts("h5")
    assert output.startswith("Output") and output.endswith("1 items")
    assert outcome.startswith("Outcome")


def test_lists_of_two_kinds_are_numbered_apart():
    question = replace(
        indicator(9, None), kind=ItemKind.QUESTION, text="Who listens?", id="aware-q09", group="audience"
    )
    wanted = Wanted((ItemKind.QUESTION, ItemKind.INDICATOR), (AWARE,))
    totals = tuple(ListTotal(kind, AWARE, 1) for kind in wanted.kinds)
    shown = page(listed_answer(Listed(question), Listed(indicator(1)), wanted=wanted, totals=totals))
    assert [ol["start"] for ol in shown.all("ol")] == ["1", "1"]
    assert len(shown.all("section", "icat-list")) == 2
    assert shown.texts("h5")[0].startswith("Audience")


def test_a_long_answer_is_folded_after_the_beginning_of_its_first_group_and_a_short_one_is_not():
    # Groups of 14, 14 and 13: of the first one 12 are in view, and three folds hold the others.
    items = [Listed(indicator(n, list(Level)[n * 3 // (LONG + 1)])) for n in range(LONG + 1)]
    long = page(listed_answer(*items))
    assert len(long.all("details", "icat-fold")) == 3
    assert [listed["start"] for listed in long.all("ol")] == ["1", "13", "15", "29"]
    assert long.texts("summary")[0] == "Show all 14"
    assert len(long.all("button", "icat-label")) == LONG + 1
    assert [button["data-do"] for button in long.all("button", "icat-unfold")] == ["unfold"]
    short = page(listed_answer(*items[:LONG]))
    assert short.all("details", "icat-fold") == short.all("button", "icat-unfold") == []


def test_a_list_that_has_nothing_says_so_and_can_still_be_corrected():
    shown = page(listed_answer(totals=(ListTotal(ItemKind.INDICATOR, AWARE, 0),)))
    assert shown.texts("ul", "icat-counts") == ["There are no indicators for awareness raising"]
    assert shown.all("section", "icat-list") == []
    assert "do not answer this" not in "".join(shown.texts("div", "icat-answer"))
    assert shown.chips()


def test_an_empty_list_among_others_keeps_its_heading():
    totals = tuple(ListTotal(ItemKind.INDICATOR, activity, n) for activity, n in ((AWARE, 1), (LAW, 0)))
    wanted = replace(ASKED, activities=(AWARE, LAW))
    shown = page(listed_answer(Listed(indicator(1)), wanted=wanted, totals=totals))
    assert shown.texts("h4")[1] == "Indicators for legal framework"
    assert shown.texts("p", "icat-list-note") == ["There are no indicators for legal framework."]


def test_a_list_in_a_script_from_right_to_left_has_its_numbers_on_that_side():
    arabic = "\u0646\u0633\u0628\u0629 \u0627\u0644\u0639\u0627\u0645\u0644\u064a\u0646"
    shown = page(listed_answer(Listed(indicator(1, text=arabic, span=(0, len(arabic))))))
    assert [ol.get("dir") for ol in shown.all("ol")] == ["rtl"]
    assert [ol.get("dir") for ol in page(listed_answer(*THREE)).all("ol")] == [None] * 3


# --- what belongs to an item ---


def test_an_item_shown_first_says_why_and_its_level():
    shown = page(listed_answer(*THREE))
    assert shown.texts("span", "icat-fits") == ["Fits “radio, seasonal workers”"]
    assert shown.texts("span", "icat-level") == ["Outcome"]


def test_a_caution_is_always_in_view_and_the_rest_of_how_to_count_can_be_opened():
    facts = {"counts": "listeners", "over": "all asked", "verification": ("a survey",), "caution": "Arrests mislead."}
    shown = page(listed_answer(Listed(indicator(1, **facts))))
    assert shown.texts("p", "icat-caution") == ["Caution: Arrests mislead."]
    (how,) = shown.texts("details", "icat-how")
    assert how == "How to count and verifyCountedlistenersOut ofall askedMeans of verificationa survey"
    assert "Arrests" not in how


def test_details_that_were_asked_for_stand_open_and_are_not_said_twice():
    facts = {"counts": "listeners", "verification": ("a survey",)}
    answer = listed_answer(Listed(indicator(1, **facts)), wanted=replace(ASKED, details=(Detail.VERIFICATION,)))
    shown = page(answer)
    assert shown.texts("dl") == ["Means of verificationa survey", "Countedlisteners"]
    assert shown.texts("details", "icat-how") == ["How to count and verifyCountedlisteners"]
    every = page(replace(answer, listing=replace(answer.listing, wanted=replace(ASKED, details=tuple(Detail)))))
    assert every.all("details") == []


def test_a_missing_level_is_said_with_what_is_shown_first():
    wanted = replace(ASKED, description="radio")
    shown = page(listed_answer(*THREE, wanted=wanted, missing=(Level.IMPACT,)))
    (line,) = shown.texts("p", "icat-missing")
    assert "impact" in line
    assert line in shown.texts("section", "icat-first")[0]


# --- whose words ---


def test_a_list_says_once_whose_words_it_is():
    shown = page(listed_answer(*THREE[1:]))
    assert shown.texts("span", "icat-badge") == ["Written for this project, not ICAT's words"]
    assert shown.texts("p", "icat-publication")[0].startswith("Library of lists")


def test_each_list_is_marked_when_there_are_several():
    law = replace(indicator(2), activity=LAW, id="law-i02")
    totals = tuple(ListTotal(ItemKind.INDICATOR, activity, 1) for activity in (AWARE, LAW))
    wanted = replace(ASKED, activities=(AWARE, LAW))
    shown = page(listed_answer(Listed(indicator(1)), Listed(law), wanted=wanted, totals=totals))
    assert len(shown.texts("span", "icat-badge")) == 2
    assert len(shown.texts("p", "icat-publication")) == 1


def test_each_list_of_an_original_names_it():
    items = [
        replace(indicator(n), origin=Origin.PUBLICATION, publication="toolkit", activity=activity, id=f"toolkit:i{n}")
        for n, activity in enumerate((AWARE, LAW), start=1)
    ]
    totals = tuple(ListTotal(ItemKind.INDICATOR, activity, 1) for activity in (AWARE, LAW))
    shown = page(listed_answer(*map(Listed, items), wanted=replace(ASKED, activities=(AWARE, LAW)), totals=totals))
    assert len(shown.texts("p", "icat-publication")) == 2
    assert shown.texts("span", "icat-badge") == []


def test_an_item_of_an_original_has_its_pages_and_a_mixed_list_marks_what_is_the_projects():
    original = replace(indicator(1), origin=Origin.PUBLICATION, publication="toolkit", id="toolkit:aware-i01")
    shown = page(listed_answer(Listed(original), Listed(indicator(2))))
    items = shown.texts("li")[1:]
    assert "p. 12 (PDF p. 14)" in items[0] and "project" not in items[0]
    assert "The <i>Toolkit</i>" in items[0]
    assert "Written for this project" in items[1]


# --- corrections ---


def test_the_chips_show_what_was_understood_and_carry_what_they_would_ask():
    shown = page(listed_answer(*THREE))
    chips = shown.chips()
    assert [name for name, chip in chips.items() if chip.get("aria-pressed") == "true"] == [
        "Indicators",
        "Awareness raising",
    ]
    law = json.loads(chips["Legal framework"]["value"])
    assert read(Corrected, law["corrected"]) == Corrected(Act.LIST, replace(ASKED, activities=(LAW, AWARE)))
    assert law["question"] == ""
    assert chips["Criminal justice capacity"]["data-do"] == "correct"
    no_list = json.loads(chips["Not a list: search the publications"]["value"])
    assert read(Corrected, no_list["corrected"]) == Corrected(Act.ASK)


def test_the_only_kind_cannot_be_pressed_away():
    chip = page(listed_answer(*THREE)).chips()["Indicators"]
    assert chip["aria-disabled"] == "true"
    assert "data-do" not in chip and "value" not in chip


def test_for_an_older_turn_there_is_a_line_to_read():
    assert page(listed_answer(*THREE)).texts("p", "icat-understood") == [
        "Understood as: Indicators for awareness raising"
    ]


def test_what_to_ask_next_carries_what_it_asks():
    shown = page(listed_answer(*THREE))
    asked = {"".join(t): a["value"] for n, a, t in shown.seen if n == "button" and a.get("data-do") == "suggest"}
    assert list(asked) == ["The rest", "Only outcomes", "And the design questions"]
    assert read(Wanted, json.loads(asked["The rest"])).rest


def test_items_can_be_added_one_by_one_and_by_group():
    shown = page(listed_answer(*THREE, Listed(indicator(4, Level.OUTCOME))))
    added = [json.loads(button["value"]) for button in shown.all("button", "icat-add")]
    assert added == [["aware-i01"], ["aware-i02"], ["aware-i03", "aware-i04"], ["aware-i03"], ["aware-i04"]]
    assert "district 1" in shown.all("button", "icat-add")[0]["aria-label"]


# --- nothing written by others runs ---


def test_hostile_words_stay_text_wherever_they_stand():
    item = indicator(
        1,
        text=HOSTILE,
        id=f"x{HOSTILE}",
        span=(0, len(HOSTILE)),
        caution=HOSTILE,
        counts=HOSTILE,
        verification=(HOSTILE,),
    )
    wanted = replace(ASKED, description=HOSTILE, about=(HOSTILE,))
    answer = listed_answer(Listed(item, True, (HOSTILE,)), wanted=wanted)
    html = answer_html(answer, 0)
    shown = Page(html)
    assert shown.all("img") == []
    assert not [name for _, attrs, _ in shown.seen for name in attrs if name.startswith("on")]
    assert not {"$", "`", "\\"} & set(html)
    assert html.count("</section>") == len(shown.all("section"))
    assert HOSTILE in shown.texts("p", "icat-caution")[0]
    law = read(Corrected, json.loads(shown.chips()["Legal framework"]["value"])["corrected"]).wanted
    assert (law.description, law.about) == (HOSTILE, (HOSTILE,))


def test_what_else_answers_stands_after_what_fits_first_and_before_the_whole_list():
    answer = listed_answer(*THREE)
    extra = passage(ORIGINAL, "Lists are never complete.", 0, 14, "12")
    statement = Statement(
        "Lists are never complete.", (quote(4, extra, "Lists are never complete."),), Support.VERBATIM
    )
    answer = replace(
        answer,
        evidence=Evidence((*answer.evidence.passages, extra)),
        statements=(*answer.statements, statement),
    )
    shown = page(answer)
    assert shown.texts("section", "icat-group")[0].count("Lists are never complete.") == 1
    assert "district" not in shown.texts("section", "icat-group")[0]
    assert len(shown.all("button", "icat-label")) == 4
    order = [each.get("class") for each in shown.all("section")]
    assert order.index("icat-beside") < order.index("icat-list")
    assert "icat-beside" not in [each.get("class") for each in page(listed_answer(*THREE)).all("section")]
