"""The Toolkit view as a practitioner meets it: browsing, from the chat, on a phone and by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf
from browsing import PHONE, SLOW, Visiting, ask, expect
from served_app import MARKUP, icat, serving
from toolkit_page import add, choose, reload, rows, toolkit, wordings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

GUIDE = """# Planning guide for local teams

## Awareness raising

### Questions for programme design

- Who speaks to seasonal workers, and do they trust this voice?
- Which rights does the message name?
- What happens after somebody calls?

## Signs of trafficking

### Indicators of trafficking

- The person has no passport
- The person is never alone
- The person owes money to the employer
"""


@pytest.fixture()
def page(visiting: Visiting) -> Page:
    return toolkit(visiting().open())


# --- two views ---


def test_one_view_is_shown_and_the_back_button_leads_to_the_other_as_it_was_left(page: Page):
    expect(page.get_by_role("link", name="Toolkit", exact=True)).to_have_attribute("aria-current", "page")
    expect(page).to_have_title("Toolkit – ICAT Assistant")
    expect(page.locator("#icat-question")).to_be_hidden()
    page.get_by_role("link", name="Chat", exact=True).click()
    expect(page).to_have_title("ICAT Assistant")
    expect(page.locator("#icat-toolkit")).to_be_hidden()
    page.locator("#icat-question").fill("a question half typed")
    page.get_by_role("link", name="Toolkit", exact=True).click()
    expect(page.locator("#icat-question")).to_be_hidden()
    page.go_back()
    expect(page.locator("#icat-question")).to_have_value("a question half typed")
    expect(page.get_by_role("link", name="Chat", exact=True)).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("link", name="Toolkit", exact=True)).not_to_have_attribute("aria-current", "page")


# --- browsing ---


def test_a_press_on_an_activity_lists_it_and_the_choices_say_what_they_would_give(page: Page):
    page.locator("#toolkit-results").get_by_role("button", name="Livelihoods").click()
    expect(page.locator("#toolkit-results h3")).to_have_text(["Livelihoods"])
    expect(page.locator("#toolkit-results h4")).to_have_count(3)
    choose(page, "livelihoods", "Indicators")
    number = page.locator("#toolkit-results [data-item]").count()
    expect(page.locator("#toolkit-count")).to_have_text(f"{number} indicators for livelihoods")
    page.get_by_text(re.compile(r"^Outcome \(")).click()
    expect(page.locator("#toolkit-results h5")).to_have_text([re.compile("^Outcome")])
    fewer = page.locator("#toolkit-results [data-item]").count()
    expect(page.locator("#toolkit-count")).to_have_text(f"{fewer} of {number} indicators for livelihoods")
    expect(page.get_by_text(f"Outcome ({fewer})")).to_be_visible()
    expect(page.get_by_text("Written for this project, not ICAT's words")).to_have_count(1)


def test_items_are_found_while_words_are_typed_and_the_words_are_marked(page: Page):
    page.get_by_label("Search", exact=True).press_sequentially("child emp")
    expect(page.locator("#toolkit-count")).to_have_text(re.compile(r"^\d+ of \d+ items$"), timeout=SLOW)
    marked = page.locator("#toolkit-results mark")
    expect(marked.first).to_be_visible()
    assert {word.lower() for word in marked.all_inner_texts()} <= {"child", "emp"}
    expect(page.get_by_label("Search", exact=True)).to_be_focused()
    page.get_by_label("Search", exact=True).fill(MARKUP)
    expect(page.locator("#toolkit-results")).to_contain_text("Use fewer words", timeout=SLOW)
    assert page.evaluate("window.harmed === undefined")


def test_the_source_of_an_item_opens_with_its_words_marked_and_escape_leads_back(page: Page):
    choose(page, "part one")
    words = page.locator(".icat-tk-words").first.inner_text()
    opener = page.get_by_role("button", name="Show source").first
    opener.click()
    dialog = page.get_by_role("dialog", name="Source")
    expect(dialog.locator("mark")).to_have_text(words, timeout=SLOW)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_list_of_another_document_opens_on_its_page(page: Page):
    choose(page, "elsewhere")
    expect(page.locator("#toolkit-results .icat-publication").first).to_contain_text(written_pdf.TITLE)
    expect(page.locator("#toolkit-results .icat-page").first).to_have_text("PDF p. 2")
    page.get_by_role("button", name="Show source").first.click()
    dialog = page.get_by_role("dialog", name="Source")
    expect(dialog.locator(".icat-page-image")).to_be_visible(timeout=SLOW)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_a_document_added_while_the_page_is_served_is_there_after_a_reload(visiting: Visiting, tmp_path: Path):
    home, file = tmp_path / "home", tmp_path / "guide.md"
    file.write_text(GUIDE, encoding="utf-8")
    with serving(home) as url:
        visit = visiting(url=url)
        page = toolkit(visit.open())
        expect(page.locator(".icat-tk-own")).to_be_hidden()
        icat(home, "add", str(file))
        choose(reload(page), "awareness raising", "Design questions")
        expect(page.locator("#toolkit-count")).to_have_text("3 design questions for awareness raising")
        expect(page.locator("#toolkit-results .icat-publication")).to_contain_text("Planning guide for local teams")
        page.get_by_label("Show the project's own lists").check()
        expect(page.locator("#toolkit-results .icat-badge")).to_have_text("Written for this project, not ICAT's words")
        page.get_by_label("Show the project's own lists").uncheck()
        choose(page, "elsewhere")
        expect(page.locator("#toolkit-results h4")).to_contain_text(["Signs of trafficking"])
        expect(page.locator("#toolkit-results [data-tk='add']")).to_have_count(0)
        page.goto("about:blank")
    visit.complaints.clear()


# --- from the chat ---


def test_items_of_a_list_in_the_chat_go_to_the_sheet_and_the_way_there_is_shown(visiting: Visiting):
    page = visiting().open()
    ask(page, "Which indicators for livelihoods?")
    adder = page.locator(".icat-turn .icat-add").first
    adder.click()
    number = len(json.loads(adder.get_attribute("value")))
    note = page.locator("#icat-note")
    expect(note).to_contain_text(f"{number} added to the design sheet", timeout=SLOW)
    expect(adder).to_have_text("Added")
    note.get_by_role("link", name="Open the design sheet").click()
    expect(page.locator("#toolkit-sheet")).to_be_focused()
    expect(note).to_be_hidden()
    expect(rows(page)).to_have_count(number)


# --- on a phone, and by keyboard ---


def test_on_a_phone_nothing_is_wider_than_the_screen_and_a_link_leads_to_the_sheet_and_back(visiting: Visiting):
    page = toolkit(visiting(PHONE).open())
    choose(page, "livelihoods", "Indicators")
    add(page, 2)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= PHONE["width"]
    jump = page.get_by_role("link", name="Design sheet: 2 items")
    expect(jump).to_be_in_viewport()
    jump.click()
    expect(page.get_by_role("heading", name="Design sheet")).to_be_in_viewport()
    expect(jump).to_be_hidden()
    rows(page).first.locator("summary").click()
    assert page.evaluate(wide) <= PHONE["width"]
    small = page.locator("#toolkit-sheet button:visible, #toolkit-browse button:visible")
    assert all(size["width"] >= 24 and size["height"] >= 24 for size in (b.bounding_box() for b in small.all()[:60]))
    page.get_by_role("link", name="Back to the lists").click()
    expect(page.get_by_label("Search", exact=True)).to_be_in_viewport()


def test_the_keyboard_alone_finds_adds_and_changes_an_item(visiting: Visiting):
    page = visiting().open()
    page.get_by_role("link", name="Toolkit", exact=True).press("Enter")
    expect(page.locator("#toolkit-count")).not_to_be_empty(timeout=SLOW)
    to(page, "#toolkit-words")
    page.keyboard.type("passport")
    expect(page.locator("#toolkit-results mark").first).to_be_visible(timeout=SLOW)
    to(page, "[data-choice='kind'] input")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-choice='kind'] [value='lesson']")).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#toolkit-results[aria-busy]")).to_have_count(0, timeout=SLOW)
    to(page, "#toolkit-results [data-tk='add']")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#toolkit-results [data-tk='add']").first).to_be_focused()
    page.keyboard.press("Enter")  # to its row
    to(page, ".icat-tk-row [data-field='text']")
    page.keyboard.press("End")
    page.keyboard.type(" (ours)")
    assert wordings(page)[0].endswith("(ours)")
    expect(rows(page).get_by_text("adapted", exact=True)).to_be_visible()
    to(page, ".icat-tk-row [data-tk='remove']")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(0)
    to(page, "[data-tk='undo']", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)


def to(page: Page, selector: str, key: str = "Tab") -> None:
    """Presses a key until what the selector names has the focus, with an outline that is seen."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{key} does not reach {selector}")
