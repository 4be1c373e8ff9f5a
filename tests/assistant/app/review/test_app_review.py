"""The Review view as raters meet it: by keyboard and mouse, through a reload, on a phone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import DESKTOP, DIFFER, PHONE, SLOW, Visiting, ask, expect, ready
from review_page import (
    ANSWER,
    FULL,
    NONE,
    PARTIAL,
    RIGHT,
    SENTENCES,
    WRONG,
    begin,
    card,
    done,
    judge,
    make,
    place,
    press,
    reload,
    results_of,
    reviews,
    said,
    saved,
    sentence,
    shown,
)
from served_app import MARKUP

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ANA = {SENTENCES[3]: (PARTIAL, RIGHT), SENTENCES[4]: (NONE, RIGHT)}


@pytest.fixture()
def page(visiting: Visiting) -> Page:
    return reviews(visiting().open())


def test_an_answer_is_judged_by_keyboard_and_a_chosen_verdict_can_be_read_under_the_pointer(page: Page):
    one = "Question: How is a campaign tested?\n\nWith a small group.\n"
    make(page, "Whole", one, raters="Ana", whole=True)
    expect(card(page, "Whole")).to_contain_text("1 sentence, 1 answer")
    begin(page, "Whole", "Ana")
    chosen = page.get_by_role("button", name="None 3")
    chosen.click()
    colours = chosen.evaluate("each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]")
    assert colours == ["rgb(255, 255, 255)", "rgb(10, 88, 102)"]  # the pointer is over it
    press(page, "Enter")
    expect(place(page)).to_contain_text("Answer 2 of 2 · 1 judged", timeout=SLOW)
    expect(page.get_by_role("button", name="None 3")).to_be_hidden()
    press(page, "q", "2", "Enter")
    expect(done(page)).to_contain_text("All 2 are judged", timeout=SLOW)
    page.locator("#review-done").get_by_role("link", name="All reviews").click()
    card(page, "Whole").get_by_role("link", name="Results").click()
    row = results_of(page).locator("tr").filter(has_text="Ana").first
    expect(row.locator("td")).to_have_text(["2 of 2", "0", *"0010", *"0001", *"010"])


def test_the_keys_stand_where_they_are_on_a_latin_keyboard_whatever_it_types(page: Page):
    make(page, "Keyboards")
    begin(page, "Keyboards", "Ana")
    pressed = page.locator("[data-rv='choose'][aria-pressed='true'], [data-rv='wrong'][aria-pressed='true']")
    for letters, names in (
        ((("й", "KeyQ"), ("1", "Digit1"), ("ч", "KeyX")), ("Full 1", "Right page q", "The source itself is wrong x")),
        ((("ص", "KeyW"), ("٢", "Digit2"), ("ء", "KeyX")), ("Partial 2", "Wrong page w")),
        ((("&", "Digit1"), ("a", "KeyQ"), ("q", "KeyA")), ("Full 1", "Right page q")),  # French
    ):
        for key, code in letters:
            page.locator("body").dispatch_event("keydown", {"key": key, "code": code, "bubbles": True})
        expect(pressed).to_have_text([re.compile(name, re.IGNORECASE) for name in names])
    page.locator("body").dispatch_event("keydown", {"key": "؟", "code": "Slash", "shiftKey": True, "bubbles": True})
    expect(page.locator("#review-help")).to_be_visible()


def test_a_third_person_decides_saves_files_and_makes_a_case(page: Page):
    make(page, "Decided", raters="Ana, Bo")
    for rater, key in (("Ana", NONE), ("Bo", FULL)):
        begin(page, "Decided", rater)
        judge(page, {SENTENCES[0]: (key, RIGHT, f"that is why: {key}")})
        page.locator("#review-done").get_by_role("link", name="All reviews").click()
        expect(card(page, "Decided")).to_contain_text("6 of 6", timeout=SLOW)
    card(page, "Decided").get_by_role("link", name="Results").click()
    results = results_of(page)
    expect(results).to_contain_text("1 sentence, 1 to be decided", timeout=SLOW)
    expect(results).to_contain_text(f"that is why: {NONE}")
    results.get_by_role("link", name=re.compile("^Decide")).click()
    assert shown(page) == SENTENCES[0]
    expect(page.locator("#review-verdicts")).to_contain_text("none, right page")
    expect(page.locator("#review-sources .icat-page-image")).to_be_visible()
    press(page, NONE)
    expect(page.get_by_label("Who decides")).to_be_focused()
    page.keyboard.type("Bo")
    press(page, "Enter", NONE, RIGHT)
    expect(saved(page)).to_contain_text("somebody else must decide it", timeout=SLOW)
    page.get_by_label("Who decides").fill("Chris")
    press(page, "Enter", "u", NONE, RIGHT)
    expect(saved(page)).to_have_text("Saved.", timeout=SLOW)
    press(page, "Enter")
    expect(results).to_contain_text("1 sentence, 0 to be decided", timeout=SLOW)
    expect(results).to_contain_text("Decided by Chris: none, right page")
    results.get_by_role("button", name=re.compile("Make a regression case")).click()
    expect(said(page)).to_contain_text("Added to cases/regressions.jsonl", timeout=SLOW)
    for name, ending in (("Table (CSV)", "csv"), ("Everything (JSON)", "json")):
        with page.expect_download() as download:
            results.get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
        content = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert f"that is why: {NONE}" in content
        assert ending == "csv" or json.loads(content)["figures"]["undecided"] == []


def test_what_is_half_chosen_outlasts_a_reload_and_says_what_is_lacking(page: Page):
    make(page, "Half")
    begin(page, "Half", "Ana")
    press(page, PARTIAL, "c")
    page.keyboard.type("half a thought, 1 q? next: x")  # none of these keys acts here
    expect(page.locator("[data-rv='choose'][aria-pressed='true']")).to_have_count(1)
    press(page, "Enter")
    expect(said(page)).to_contain_text("Say of the citation too")
    expect(place(page)).to_contain_text("0 judged")
    reload(page)
    shown(page)
    expect(page.get_by_role("button", name="Partial")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Comment")).to_have_value("half a thought, 1 q? next: x")
    press(page, "e")
    expect(page.get_by_label("Which source is better?")).to_be_focused()
    page.keyboard.type("the annex 123")
    press(page, "Enter")
    expect(place(page)).to_contain_text("1 judged", timeout=SLOW)
    press(page, "ArrowLeft")
    expect(page.get_by_label("Which source is better?")).to_have_value("the annex 123")
    expect(saved(page)).to_have_text("Saved.")


def test_all_can_be_done_with_the_mouse_and_keys_can_be_turned_off(page: Page):
    make(page, "Mouse")
    begin(page, "Mouse", "Bo")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys in this tab").uncheck()
    press(page, "Escape")
    press(page, FULL, RIGHT, "x")
    expect(page.locator("[aria-pressed='true']")).to_have_count(0)
    page.get_by_role("button", name="Full", exact=True).click()
    page.get_by_role("button", name="Wrong page").click()
    page.get_by_role("button", name="The source itself is wrong").click()
    page.get_by_label("Comment").fill("with the mouse")
    page.get_by_role("button", name="Next").click()
    expect(place(page)).to_contain_text("Sentence 2 of 6 · 1 judged", timeout=SLOW)
    page.get_by_role("button", name="Put off").click()
    expect(place(page)).to_contain_text("Sentence 3 of 6 · 1 judged · 1 put off", timeout=SLOW)
    page.get_by_role("button", name="Undo").click()
    expect(place(page)).to_contain_text("Sentence 2 of 6 · 1 judged", timeout=SLOW)
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Comment")).to_have_value("with the mouse")
    expect(page.locator("[aria-pressed='true']")).to_have_count(3)


def test_the_next_sentence_is_there_with_its_page_before_it_is_asked_for(visiting: Visiting):
    visit = visiting()
    page = reviews(visit.open())
    make(page, "Ahead")
    begin(page, "Ahead", "Ana")
    first = shown(page)
    expect(page.locator("#review-sources .icat-page-image")).to_be_visible()
    expect(page.locator("#review-main")).to_have_attribute("data-ready", re.compile(r"\b2\b"), timeout=SLOW)
    press(page, FULL, RIGHT)
    expect(saved(page)).to_have_text("Saved.")
    page.context.set_offline(True)
    press(page, "Enter")
    expect(sentence(page)).not_to_contain_text(first)
    expect(page.locator("#review-sources .icat-page-image")).to_be_visible()
    page.context.set_offline(False)
    visit.complaints.clear()  # the browser's own words on the time between


def test_who_has_judged_all_can_look_again_from_the_last_one_back(page: Page):
    make(page, "Again", raters="Ana")
    begin(page, "Again", "Ana")
    judge(page, ANA)
    page.locator("#review-done").get_by_role("link", name="All reviews").click()
    card(page, "Again").get_by_role("button", name="Look again as Ana").click()
    expect(done(page)).to_be_visible(timeout=SLOW)
    press(page, "ArrowLeft")
    last = shown(page)
    expect(place(page)).to_have_text("Sentence 6 of 6 · 6 judged")
    expect(saved(page)).to_have_text("Saved.")
    press(page, "ArrowLeft")
    expect(place(page)).to_have_text("Sentence 5 of 6 · 6 judged")
    assert shown(page) != last


def test_results_wait_until_a_rater_has_judged_all(page: Page):
    make(page, "Patience")
    begin(page, "Patience", "Ana")
    judge(page, {}, most=1)
    page.locator("#review-to-results").click()
    expect(page.locator("#review-results")).to_contain_text("You have judged 1 of 6", timeout=SLOW)
    expect(page.locator("#review-results table")).to_have_count(0)
    page.get_by_role("button", name="Go on as Ana").click()
    expect(place(page)).to_have_text("Sentence 2 of 6 · 1 judged", timeout=SLOW)


def test_results_close_what_a_rater_said_and_others_are_asked_whether_they_judge(visiting: Visiting, page: Page):
    make(page, "Closed")
    begin(page, "Closed", "Ana")
    judge(page, {})
    expect(done(page)).to_contain_text("until you look at the results")
    page.get_by_role("link", name="Results").click()
    expect(page.locator("#review-results")).to_contain_text("stays as it is", timeout=SLOW)
    page.get_by_role("button", name="Look at my verdicts again").click()
    expect(done(page)).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="Results").click()
    results_of(page)
    page.go_back()
    expect(done(page)).to_contain_text("You have seen the results", timeout=SLOW)
    press(page, "ArrowLeft")
    shown(page)
    press(page, PARTIAL)
    expect(saved(page)).to_contain_text("Not saved: Ana has seen what others said", timeout=SLOW)
    nobody = reviews(visiting().open())
    card(nobody, "Closed").get_by_role("link", name="Results").click()
    expect(nobody.locator("#review-results")).to_contain_text("1 of 2 raters have judged all", timeout=SLOW)
    expect(nobody.get_by_role("button", name="Go on as Bo")).to_be_visible()
    nobody.get_by_role("button", name="I judge none of them: show the results").click()
    results_of(nobody)


def test_an_address_leads_to_who_one_is_first(visiting: Visiting, page: Page):
    make(page, "Address")
    begin(page, "Address", "Bo")
    other = visiting().open()
    other.goto(page.url)
    expect(said(other)).to_contain_text("Press the button with your name", timeout=SLOW)
    begin(other, "Address", "Ana")
    expect(other.locator("#review-who")).to_have_text("Ana")


def test_the_conversation_of_the_tab_or_one_that_was_saved_becomes_a_review(visiting: Visiting, tmp_path: Path):
    page = visiting().open()
    ask(page, DIFFER)
    first = " ".join(page.locator(".icat-extract").first.locator("p:not([class]), li").all_inner_texts())
    reviews(page)
    saved_one = tmp_path / "chat.json"
    record = page.evaluate("JSON.parse(sessionStorage.getItem('icat-conversation')).record")
    saved_one.write_text(json.dumps(record), encoding="utf-8")
    for title, choice in (("From the chat", "the conversation in this tab"), ("From a file", "a saved conversation")):
        if not page.locator("#review-make").evaluate("details => details.open"):
            page.locator("#review-make > summary").click()
        page.get_by_label(choice).check()
        if choice == "a saved conversation":
            page.locator("#review-file").set_input_files(saved_one)
        page.get_by_label("Title (optional)").fill(title)
        page.get_by_label("Raters: names or initials").fill("Ana")
        page.get_by_label("whether it answers its question").uncheck()
        page.get_by_role("button", name="Make the review").click()
        expect(card(page, title)).to_be_visible(timeout=SLOW)
        begin(page, title, "Ana")
        assert first in {" ".join(each.split()) for each in all_shown(page)}
        page.get_by_role("link", name="All reviews").first.click()
    expect(card(page, "From a file")).to_contain_text("from conversation chat.json")


def all_shown(page: Page) -> set[str]:
    """Every sentence, by going from the first to the last."""
    seen = {shown(page)}
    total = int(re.search(r"of (\d+)", place(page).inner_text())[1])
    for position in range(2, total + 1):
        press(page, "ArrowRight")
        expect(place(page)).to_contain_text(f"Sentence {position} of", timeout=SLOW)
        seen.add(shown(page))
    return seen


def test_text_that_was_pasted_stays_text(page: Page):
    text = f'Question: {MARKUP}\n\n- One {MARKUP} sentence [1]\n\nSources:\n[1] {MARKUP} | p. 1 | "{MARKUP} or so"\n'
    make(page, MARKUP, text)
    begin(page, MARKUP, "Ana")
    expect(sentence(page)).to_contain_text(MARKUP)
    expect(page.locator("#review-claim")).to_contain_text("not in the publications on this machine")
    press(page, NONE, WRONG, "c")
    page.keyboard.type(MARKUP)
    press(page, "Enter")
    expect(done(page)).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="Results").click()
    expect(results_of(page)).to_contain_text("Raters")
    assert page.evaluate("window.harmed === undefined")
    assert page.locator("#icat-review img").count() == 0


def test_a_sentence_from_right_to_left_stands_in_its_own_direction(page: Page):
    make(page, "Direction", "Question: ما هو؟\n\n- الاتجار بالأشخاص جريمة [1]\n\nSources:\n[1] none | p. 1 | لا يوجد\n")
    begin(page, "Direction", "Ana")
    assert sentence(page).evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert place(page).evaluate("each => getComputedStyle(each).direction") == "ltr"


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_nothing_is_wider_than_the_screen_and_what_is_pressed_is_large_enough(visiting: Visiting, size: dict[str, int]):
    page = reviews(visiting(size).open())
    wide = "document.documentElement.scrollWidth"
    name = f"Width {size['width']}"
    make(page, name, ANSWER)
    assert page.evaluate(wide) <= size["width"]
    begin(page, name, "Ana")
    assert page.evaluate(wide) <= size["width"]
    pressed = page.locator("#icat-review button:visible")
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in (each.bounding_box() for each in pressed.all()))
    judge(page, ANA)
    page.get_by_role("link", name="Results").click()
    results_of(page)
    assert page.evaluate(wide) <= size["width"]
    ready(page)
