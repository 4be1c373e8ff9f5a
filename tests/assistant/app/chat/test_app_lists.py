"""Lists of the Toolkit in the chat, in a real browser: counted in the page, corrected with one press, kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browsing import DIFFER, PHONE, SLOW, ask, expect, ready
from served_app import MARKUP

from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

INDICATORS = "Which indicators for awareness raising?"
VAGUE = "help me with my project"
DESCRIBED = "Propose indicators for a cash-for-work project in two districts, for returnees who owe money to recruiters"
WRONG = '{"corrected": {"act": "list", "wanted": {"kinds": ["<img src=x>"]}}, "question": ""}'
SETTLED = ".icat-turn:not(.icat-pending):not([aria-busy])"


def number(activity: Activity, kind: ItemKind, level: Level | None = None) -> int:
    """How many items the starter library has in one list."""
    found = [item for item in starter_items() if (item.activity, item.kind) == (activity, kind)]
    return sum(level in (None, item.level) for item in found)


AWARE = number(Activity.AWARENESS_RAISING, ItemKind.INDICATOR)


def items(turn: Locator) -> Locator:
    return turn.locator(".icat-list ol > li")


def chip(page: Page, name: str) -> Locator:
    return page.locator(SETTLED).last.locator(".icat-chips").get_by_role("button", name=name, exact=True)


def press(page: Page, name: str) -> Locator:
    """Presses a choice and waits for the answer that takes the place of the last one."""
    return pressing(page, chip(page, name))


def choose(page: Page, name: str) -> Locator:
    """The same with a choice of what the message means."""
    return pressing(page, page.locator(SETTLED).last.locator(".icat-meanings").get_by_role("button", name=name))


def pressing(page: Page, button: Locator) -> Locator:
    page.locator(SETTLED).last.evaluate("turn => turn.dataset.old = 'yes'")
    button.click()
    expect(page.locator("[data-old]")).to_have_count(0, timeout=SLOW)
    return page.locator(SETTLED).last


def pressed(turn: Locator) -> list[str]:
    return turn.locator(".icat-chip[aria-pressed=true]").all_inner_texts()


def test_a_list_is_complete_counted_and_each_item_opens_its_own_words(page: Page):
    turn = ask(page, INDICATORS)
    expect(turn.locator(".icat-counts")).to_contain_text(f"{AWARE} of {AWARE} indicators for awareness raising")
    expect(items(turn)).to_have_count(AWARE)
    texts = [item.text for item in starter_items() if item.activity is Activity.AWARENESS_RAISING]
    third = items(turn).nth(2)
    third.locator(".icat-label").click()
    marked = page.locator("#icat-source mark")
    expect(page.locator("#icat-panel-title")).to_be_focused()
    assert marked.first.inner_text() in texts
    expect(third).to_contain_text(marked.first.inner_text())


def test_an_activity_that_was_missed_is_added_with_one_press_and_the_last_turn_is_replaced(page: Page):
    ask(page, DIFFER)
    turn = ask(page, INDICATORS)
    assert pressed(turn) == ["Indicators", "Awareness raising"]
    turn = press(page, "Livelihoods")
    livelihoods = number(Activity.LIVELIHOODS, ItemKind.INDICATOR)
    expect(page.locator(".icat-turn")).to_have_count(2)
    expect(items(turn)).to_have_count(AWARE + livelihoods)
    expect(turn.locator(".icat-question")).to_contain_text(INDICATORS)
    turn = press(page, "Awareness raising")
    expect(items(turn)).to_have_count(livelihoods)
    assert pressed(turn) == ["Indicators", "Livelihoods"]


def test_the_keyboard_stays_on_the_choice_that_was_made_and_the_place_on_the_screen_is_kept(page: Page):
    ask(page, INDICATORS)
    outcome = chip(page, "Outcome")
    outcome.focus()
    before = outcome.bounding_box()
    page.locator(SETTLED).last.evaluate("turn => turn.dataset.old = 'yes'")
    page.keyboard.press("Enter")
    expect(page.locator("[data-old]")).to_have_count(0, timeout=SLOW)
    expect(chip(page, "Outcome")).to_be_focused()
    expect(chip(page, "Outcome")).to_have_attribute("aria-pressed", "true")
    assert abs(chip(page, "Outcome").bounding_box()["y"] - before["y"]) < 60
    narrowed = number(Activity.AWARENESS_RAISING, ItemKind.INDICATOR, Level.OUTCOME)
    expect(items(page.locator(SETTLED).last)).to_have_count(narrowed)
    expect(page.locator("#icat-said")).to_contain_text(f"{narrowed} of {AWARE}")


def test_a_reload_keeps_a_corrected_list_and_its_choices_still_act(page: Page):
    ask(page, INDICATORS)
    press(page, "Impact")
    impact = number(Activity.AWARENESS_RAISING, ItemKind.INDICATOR, Level.IMPACT)
    page.reload()
    turn = ready(page).locator(SETTLED)
    expect(turn).to_have_count(1)
    expect(items(turn)).to_have_count(impact)
    assert pressed(turn) == ["Indicators", "Awareness raising", "Impact"]
    expect(items(press(page, "Impact"))).to_have_count(AWARE)


def test_not_a_list_searches_the_publications_and_asking_again_brings_the_list_back(page: Page):
    ask(page, INDICATORS)
    turn = press(page, "Not a list: search the publications")
    expect(turn.locator(".icat-listing")).to_have_count(0)
    expect(turn.locator(".icat-question")).to_be_focused()
    expect(page.locator("#icat-said")).to_contain_text("Ask again")
    turn.evaluate("turn => turn.dataset.old = 'yes'")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("[data-old]")).to_have_count(0, timeout=SLOW)
    expect(items(page.locator(SETTLED).last)).to_have_count(AWARE)


def test_a_correction_that_is_stopped_leaves_the_list_as_it_was(page: Page):
    turn = ask(page, INDICATORS)
    page.evaluate("""() => {
        document.querySelector('.icat-chip[aria-pressed=false]').click();
        document.querySelector('#icat-stop').click();
    }""")
    expect(page.locator("#icat-said")).to_contain_text("The answer is as it was")
    expect(page.locator(".icat-turn")).to_have_count(1)
    expect(items(turn)).to_have_count(AWARE)
    expect(page.locator("#icat-question")).to_have_value("")
    expect(items(press(page, "Livelihoods"))).to_have_count(AWARE + number(Activity.LIVELIHOODS, ItemKind.INDICATOR))


def test_only_the_last_turn_has_choices_and_the_others_a_line_to_read(page: Page):
    first = ask(page, INDICATORS)
    expect(first.locator(".icat-listing > .icat-understood")).to_be_hidden()
    ask(page, DIFFER)
    first = page.locator(SETTLED).first
    expect(first.locator(".icat-chips")).to_be_hidden()
    expect(first.locator(".icat-suggestions")).to_be_hidden()
    expect(first.locator(".icat-listing > .icat-understood")).to_have_text(
        "Understood as: Indicators for awareness raising"
    )


def test_where_too_little_is_said_a_choice_takes_the_place_of_the_question_back(page: Page):
    ask(page, DIFFER)
    expect(page.locator("#icat-panel-title")).to_have_text("Source [1]", timeout=SLOW)
    turn = ask(page, VAGUE)
    expect(turn.locator(".icat-status")).to_contain_text("Choose one")
    expect(page.locator("#icat-panel-title")).to_have_text("Source")
    expect(page.locator("#icat-source")).to_contain_text("Open a number")
    turn = choose(page, "Indicators")
    expect(page.locator(SETTLED)).to_have_count(2)
    expect(turn.locator(".icat-question")).to_contain_text("Which indicators are there?")
    expect(turn.locator(".icat-question")).to_be_focused()
    turn = choose(page, "indicators for awareness raising")
    expect(items(turn)).to_have_count(AWARE)
    expect(page.locator("#icat-panel-title")).to_have_text("Source [1]", timeout=SLOW)
    expect(page.locator(SETTLED)).to_have_count(2)


def test_choices_are_those_of_the_last_answer_and_outlast_a_reload(page: Page):
    ask(page, VAGUE)
    page.reload()
    expect(ready(page).locator(".icat-meanings")).to_be_visible()
    turn = choose(page, "What this assistant can do")
    expect(turn.locator(".icat-question")).to_contain_text("What can you do?")
    expect(turn.locator(".icat-answer.icat-about")).to_be_visible()
    ask(page, VAGUE)
    ask(page, DIFFER)
    expect(page.locator(".icat-turn:nth-child(2) .icat-meanings")).to_be_hidden()


def test_an_open_question_has_no_choices(page: Page):
    turn = ask(page, DIFFER)
    expect(turn.locator(".icat-label").first).to_be_visible()
    expect(turn.locator(".icat-chip")).to_have_count(0)


def test_a_described_programme_gets_what_fits_first_and_why(page: Page):
    turn = ask(page, DESCRIBED)
    first = turn.locator(".icat-first")
    expect(first.locator(".icat-fits").first).to_contain_text("Fits “")
    expect(first.locator(".icat-level").first).to_be_visible()
    expect(turn.locator(".icat-counts")).to_contain_text("shown first because")
    starts = [int(start) for start in turn.locator(".icat-list ol").evaluate_all("lists => lists.map(l => l.start)")]
    lengths = turn.locator(".icat-list ol").evaluate_all("lists => lists.map(l => l.children.length)")
    assert starts == [1 + sum(lengths[:n]) for n in range(len(lengths))]


def test_what_to_ask_next_is_a_turn_of_its_own(page: Page):
    turn = ask(page, INDICATORS)
    turn.get_by_role("button", name="Only outcomes").click()
    expect(page.locator(SETTLED)).to_have_count(2, timeout=SLOW)
    turn = page.locator(SETTLED).last
    expect(turn.locator(".icat-question")).to_contain_text("Only outcomes")
    expect(items(turn)).to_have_count(number(Activity.AWARENESS_RAISING, ItemKind.INDICATOR, Level.OUTCOME))


def test_a_long_answer_is_asked_for_once_more_then_folded_and_opens_at_once(page: Page):
    ask(page, "Which indicators are there for all activities?")
    turn = choose(page, "all types of activity")
    every = sum(item.kind is ItemKind.INDICATOR for item in starter_items())
    expect(items(turn)).to_have_count(every)
    expect(items(turn).last).to_be_hidden()
    turn.get_by_role("button", name="Open all groups").click()
    expect(items(turn).last).to_be_visible()


def test_items_go_to_the_design_sheet_and_the_buttons_follow_what_it_holds(page: Page):
    turn = ask(page, INDICATORS)
    one, two = (items(turn).nth(n).locator(".icat-add") for n in range(2))
    one.click()
    expect(one).to_have_text("Added")
    expect(two).to_have_text("Add")
    turn.get_by_role("button", name=re.compile("^Add these")).first.click()
    expect(two).to_have_text("Added")
    page.evaluate("document.dispatchEvent(new CustomEvent('icat-sheet-holds', {detail: []}))")
    expect(one).to_have_text("Add")
    expect(one).to_have_attribute("aria-label", re.compile("^Add to the design sheet: "))


def test_markup_in_a_description_stays_text_and_a_tampered_choice_is_refused(page: Page):
    turn = ask(page, f"Propose indicators for a radio campaign for {MARKUP} seasonal workers")
    expect(turn.locator(".icat-question")).to_contain_text(MARKUP)
    expect(page.locator("#icat-turns img")).to_have_count(0)
    before = items(turn).count()
    assert before > 0
    chip(page, "Legal framework").evaluate("(chip, value) => { chip.value = value; chip.click(); }", WRONG)
    expect(page.locator("#icat-said")).to_contain_text("what is asked for", timeout=SLOW)
    expect(page.locator(SETTLED)).to_have_count(1)
    expect(items(page.locator(SETTLED))).to_have_count(before)
    expect(chip(page, "Legal framework")).to_be_visible()
    assert page.evaluate("window.harmed === undefined")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_nothing_is_wider_than_the_screen_and_every_choice_can_be_reached(page: Page):
    ask(page, DESCRIBED)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= PHONE["width"]
    plans = chip(page, "National plans of action")
    plans.focus()
    expect(plans).to_be_in_viewport(ratio=1)
    size = plans.bounding_box()
    assert size["height"] >= 24
    press(page, "National plans of action")
    expect(chip(page, "National plans of action")).to_be_focused()
    assert page.evaluate(wide) <= PHONE["width"]


def test_the_source_of_a_late_item_is_in_view_when_it_is_opened(page: Page):
    ask(page, "Which indicators for livelihoods?")
    page.locator(".icat-turn .icat-label").last.click()
    mark = page.locator(".icat-passage mark")
    mark.wait_for()
    expect(mark).to_be_in_viewport()
