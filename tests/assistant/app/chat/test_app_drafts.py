"""Drafts in a real browser: made, changed line by line, kept over a reload, saved as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import PHONE, Visiting, ask, expect, ready, source

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SESSION = "90-minute session plan on debts and wages for field staff"


@pytest.fixture()
def turn(page: Page) -> Locator:
    ask(page, SESSION)
    return page.locator(".icat-turn").last


def part(turn: Locator, heading: str) -> Locator:
    return turn.locator(".icat-draft-part").filter(has=turn.page.locator("h5", has_text=heading))


def change(button: Locator) -> None:
    """Presses it, and waits for the turn that takes the place of the one it stands in."""
    page = button.page
    page.locator(".icat-turn").last.evaluate("turn => turn.dataset.old = 'yes'")
    button.click()
    expect(page.locator("[data-old]")).to_have_count(0)


def test_a_session_has_timed_parts_and_every_number_opens_its_page(page: Page, turn: Locator):
    expect(turn.locator("h4").first).to_have_text("Session plan: debts and wages for field staff (90 minutes)")
    headings = turn.locator(".icat-draft-part h5").all_inner_texts()
    assert headings[:1] == ["Afterwards people can"]
    assert headings[1].startswith("Opening") and headings[-1].startswith("Closing")
    part(turn, "What to know").locator('[name="icat-source"]').first.click()
    expect(source(page).locator("mark").first).to_be_visible()


def test_a_line_is_taken_out_another_takes_its_place_and_own_words_are_added(page: Page, turn: Locator):
    known, quotes = part(turn, "What to know"), part(turn, "What to know").locator("blockquote")
    before, number = quotes.first.inner_text(), quotes.count()
    change(known.get_by_role("button", name="Show another in place of").first)
    assert quotes.first.inner_text() != before and quotes.count() == number
    change(known.get_by_role("button", name="Remove: ").nth(2))  # after that of the part, and of its task
    assert quotes.count() == number - 1
    first = known.locator(".icat-more b").first
    known.locator(".icat-more summary").click()
    heading = first.inner_text()
    change(known.get_by_role("button", name="Add: ").first)  # the next one is at hand
    assert quotes.count() == number and quotes.last.locator(".icat-extract-heading").inner_text() == heading
    expect(known.get_by_role("button", name="Add: ").first).to_be_focused()
    opening = part(turn, "Opening")
    opening.locator("summary").click()
    opening.locator("textarea").fill("Bring <b>water</b> and chairs.")
    change(opening.get_by_role("button", name="Add", exact=True))
    expect(part(turn, "Opening")).to_contain_text("Bring <b>water</b> and chairs.")
    page.reload()
    ready(page)
    expect(part(page.locator(".icat-turn").last, "Opening")).to_contain_text("Bring <b>water</b> and chairs.")


def test_a_quote_is_edited_in_its_place_with_the_keyboard_and_says_whose_words_it_is(page: Page, turn: Locator):
    lines = part(turn, "What to know").locator(".icat-line")
    quoted = lines.nth(1).locator("blockquote").inner_text()
    button = lines.nth(1).get_by_role("button", name="Edit: ")
    button.focus()
    page.keyboard.press("Enter")
    field = turn.get_by_role("textbox", name="Edit: ")
    expect(field).to_be_focused()
    expect(lines.nth(1).locator("blockquote")).to_be_hidden()
    field.fill("not kept")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert lines.nth(1).locator("blockquote").inner_text() == quoted
    button.click()
    field.fill("Nobody <b>keeps</b> a passport.")
    change(turn.get_by_role("button", name="Save", exact=True))
    edited = part(page.locator(".icat-turn").last, "What to know").locator(".icat-line").nth(1)
    expect(edited).to_contain_text("Nobody <b>keeps</b> a passport. [")
    expect(edited).to_contain_text("own words, after this source; ")
    expect(edited.locator("blockquote")).to_have_count(0)
    expect(edited.get_by_role("button", name="Edit: ")).to_be_focused()


@pytest.mark.parametrize("suffix", ["docx", "pptx", "md"])
def test_it_is_saved_under_its_name(page: Page, turn: Locator, suffix: str, tmp_path: Path):
    names = {"docx": "Save as Word", "pptx": "Save as PowerPoint", "md": "Save as Markdown"}
    with page.expect_download() as coming:
        turn.get_by_role("button", name=names[suffix]).click()
    assert coming.value.suggested_filename.startswith("session-plan-debts-and-wages-for-field-staff")
    saved = tmp_path / f"x.{suffix}"
    coming.value.save_as(saved)
    if suffix == "pptx":
        import pptx

        titles = [slide.shapes.title.text_frame.text for slide in pptx.Presentation(BytesIO(saved.read_bytes())).slides]
        assert titles[0].startswith("Session plan: debts and wages") and titles[-1] == "Sources"
    elif suffix == "md":
        assert "Opening" in saved.read_text(encoding="utf-8")


def test_without_a_theme_one_press_chooses_it(page: Page):
    turn = ask(page, "make me a quiz, please")
    turn.get_by_role("button", name="Quiz on livelihoods").click()
    expect(page.locator(".icat-turn").last.locator("h4").first).to_have_text("Quiz: livelihoods")


def test_on_a_phone_nothing_is_wider_than_the_screen(visiting: Visiting):
    page = visiting(PHONE).open()
    turn = ask(page, SESSION)
    expect(turn.locator(".icat-draft-part").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_form_puts_what_was_chosen_into_one_message_and_the_chat_makes_the_draft(page: Page):
    page.locator('#icat-views a[href="#draft"]').click()
    expect(page.locator("#draft-minutes")).to_have_value("90")
    page.get_by_text("Checklist", exact=True).click()
    expect(page.locator("#draft-minutes")).to_be_hidden()
    page.get_by_text("How to talk with the person").click()
    page.locator("#draft-theme").fill("meeting workers on a farm")
    page.locator("#draft-audience").fill("labour inspectors")
    page.locator("#draft-subjects").fill("wages, papers")
    page.get_by_role("button", name="Make the draft").click()
    turn = page.locator(".icat-turn:not(.icat-pending)").last
    turn.wait_for()
    said = "checklist, on meeting workers on a farm, for labour inspectors. To be in it: what to say, wages, papers"
    expect(turn.locator("h3").first).to_contain_text(said)
    expect(turn.locator(".icat-draft-part h5").filter(has_text="Wages")).to_be_visible()
    headings = turn.locator(".icat-draft-part h5").all_inner_texts()
    told = [each for heading in headings for each in heading.split(" · ")]
    assert [each for each in told if each in ("Wages", "Papers", "What to say")] == ["Wages", "Papers", "What to say"]
