"""Saved conversations, questions that are asked again, and one answer as a file, in a real browser."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf
from browsing import DESKTOP, DIFFER, PHONE, SLOW, Visiting, ask, expect, ready, source
from saved_page import saved, told

from assistant.show.record import turns_to_record
from assistant.types import Turn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RADIO = "Should a radio campaign for seasonal workers be tested, and with whom?"
DISPLACED = "What is displacement?"
KEPT = "JSON.parse(sessionStorage.getItem('icat-conversation'))"


def kept_before(page: Page, turns: list[Turn]) -> None:
    """A conversation as a tab kept it when nothing was saved yet."""
    kept = {"record": turns_to_record(turns), "draft": None}
    page.evaluate("kept => sessionStorage.setItem('icat-conversation', JSON.stringify(kept))", kept)
    page.reload()
    ready(page)


def export_all(page: Page, folder: Path) -> Path:
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export all").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


# --- keeping and opening ---


def test_twelve_turns_outlast_their_page_and_open_again_with_the_marks_of_their_sources(visiting: Visiting, turn: Turn):
    visit = visiting()
    page = visit.open()
    kept_before(page, [turn] * 11)
    ask(page, RADIO)
    expect(saved(page)).to_have_count(1)
    expect(saved(page)).to_contain_text(turn.question)
    expect(saved(page)).to_contain_text("12 questions · in this tab")
    page.close()
    page = visit.open()
    expect(page.locator(".icat-turn")).to_have_count(0)
    saved(page).get_by_role("button", name=turn.question, exact=True).click()
    expect(page.locator(".icat-turn")).to_have_count(12, timeout=SLOW)
    expect(page.locator("#icat-saved")).to_be_hidden()
    expect(page.locator(".icat-question").last).to_be_focused()
    page.locator(".icat-turn").last.locator(".icat-label").first.click()
    expect(source(page).locator("mark").first).to_contain_text(written_pdf.SENTENCE, timeout=SLOW)
    page.locator(".icat-turn").first.locator(".icat-label").first.click()
    expect(source(page).locator("mark").first).to_have_text(turn.answer.statements[0].text, timeout=SLOW)


def test_a_new_conversation_loses_nothing_and_the_newest_stands_first(page: Page):
    ask(page, RADIO)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#icat-said")).to_contain_text("The last one is under “Saved”")
    ask(page, DISPLACED)
    expect(saved(page)).to_have_count(2)
    expect(saved(page).first).to_contain_text(DISPLACED)
    expect(saved(page).last).to_contain_text(RADIO)
    page.get_by_label("Search in titles, questions and items").fill("WORKERS radio")
    expect(saved(page)).to_have_count(1)
    page.get_by_label("Search in titles, questions and items").fill("harbour")
    expect(page.locator("#icat-saved-none")).to_have_text("None of them has these words.")


def test_two_tabs_that_go_on_from_the_same_conversation_lose_nothing_of_each_other(visiting: Visiting):
    visit = visiting()
    one, two = visit.open(), visit.open()
    ask(one, RADIO)
    saved(two).get_by_role("button", name=RADIO, exact=True).click()
    expect(two.locator(".icat-turn")).to_have_count(1, timeout=SLOW)
    ask(one, DIFFER)
    ask(two, DISPLACED)
    expect(saved(two)).to_have_count(2)
    for found in saved(two).all():
        expect(found).to_contain_text("2 questions")
    ask(one, DISPLACED)
    expect(saved(one)).to_have_count(2)
    expect(saved(one).first).to_contain_text("3 questions · in this tab")


def test_a_title_can_be_changed_and_outlasts_the_next_question(page: Page):
    ask(page, RADIO)
    saved(page)
    page.get_by_role("button", name=f"Rename: {RADIO}").click()
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_be_focused()
    page.keyboard.type("Spring <b>campaign</b>")
    page.keyboard.press("Enter")
    opens = page.get_by_role("button", name="Spring <b>campaign</b>", exact=True)
    expect(opens).to_be_visible()
    expect(page.get_by_role("button", name="Rename: Spring")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_be_focused()
    page.keyboard.press("Escape")  # leaves the title, not the panel
    expect(opens).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#icat-saved")).to_be_hidden()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_focused()
    ask(page, DIFFER)
    expect(saved(page)).to_contain_text("Spring <b>campaign</b>")
    expect(saved(page)).to_contain_text("2 questions")


# --- deleting ---


def test_what_is_deleted_is_gone_from_its_tab_too_and_can_be_taken_back(page: Page):
    ask(page, DIFFER)
    page.get_by_role("button", name="New conversation").click()
    ask(page, RADIO)
    saved(page)
    page.get_by_role("button", name=f"Delete: {RADIO}").click()
    expect(saved(page)).to_have_count(1)
    expect(told(page)).to_contain_text(f"Deleted: {RADIO}")
    expect(page.get_by_role("button", name=f"Delete: {DIFFER}")).to_be_focused()
    expect(page.locator(".icat-turn")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("button", name="Undo").click()
    expect(saved(page)).to_have_count(2)
    expect(saved(page).first).to_contain_text("1 question · in this tab")
    expect(page.locator(".icat-question")).to_contain_text(RADIO)
    page.get_by_role("button", name=f"Delete: {DIFFER}").click()
    expect(saved(page)).to_have_count(1)
    page.reload()
    expect(saved(ready(page))).to_have_count(1)
    expect(page.locator(".icat-question")).to_contain_text(RADIO)


def test_everything_is_deleted_when_that_is_confirmed(page: Page):
    ask(page, RADIO)
    saved(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete everything kept here").click()
    expect(saved(page)).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete everything kept here").click()
    expect(saved(page)).to_have_count(0)
    expect(told(page)).to_have_text("Everything is deleted.")
    page.reload()
    expect(saved(ready(page))).to_have_count(0)
    expect(page.locator(".icat-turn")).to_have_count(0)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


# --- files ---


def test_a_file_brings_the_same_conversation_to_another_browser(visiting: Visiting, tmp_path: Path):
    page = visiting().open()
    ask(page, RADIO)
    ask(page, DISPLACED)
    record = page.evaluate(f"{KEPT}.record")
    file = export_all(page, tmp_path)
    other = visiting(fresh=True).open()
    expect(saved(other)).to_have_count(0)
    other.locator("#icat-saved-file").set_input_files(file)
    expect(told(other)).to_have_text("Imported: 1.", timeout=SLOW)
    saved(other).get_by_role("button", name=RADIO, exact=True).click()
    expect(other.locator(".icat-turn")).to_have_count(2, timeout=SLOW)
    assert other.evaluate(f"{KEPT}.record") == record
    saved(other)
    other.locator("#icat-saved-file").set_input_files(file)
    expect(told(other)).to_have_text("Imported: 0. 1 of the file is here already.", timeout=SLOW)
    expect(saved(other)).to_have_count(1)


def test_a_file_that_does_not_fit_is_refused_in_one_line_and_nothing_of_it_is_imported(
    page: Page, turn: Turn, tmp_path: Path
):
    sound = {"id": "one", "title": "Sound", "when": "2026-11-01T10:00:00.000Z", "record": turns_to_record([turn])}
    older = {**sound, "id": "two", "record": {"version": 1, "turns": [{}]}}
    nameless = {**sound, "title": " "}
    refused = {
        "no JSON": "file.json holds nothing exported here.",
        '{"rows": []}': "file.json holds nothing exported here.",
        _file([]): "file.json holds nothing exported here.",
        _file([sound, older]): "number 2 of the file: stored conversation: not of version",
        _file([sound, nameless]): "number 2 of the file: it has no title, no date or no questions.",
        _file([None]): "number 1 of the file: it has no title, no date or no questions.",
    }
    saved(page)
    file = tmp_path / "file.json"
    for text, reason in refused.items():
        file.write_text(text, encoding="utf-8")
        page.locator("#icat-saved-file").set_input_files(file)
        expect(told(page)).to_contain_text(f"Nothing was imported: {reason}", timeout=SLOW)
        expect(saved(page)).to_have_count(0)
    file.write_text(_file([sound]), encoding="utf-8")
    page.locator("#icat-saved-file").set_input_files(file)
    expect(saved(page)).to_have_count(1, timeout=SLOW)


def _file(conversations: list[object]) -> str:
    return json.dumps({"format": "icat-conversations", "version": 1, "conversations": conversations})


def test_one_that_cannot_be_read_any_more_is_not_opened_and_what_is_here_stays(page: Page):
    ask(page, RADIO)
    expect(saved(page)).to_have_count(1)
    page.evaluate("""() => new Promise((done) => {
        indexedDB.open('icat-saved').onsuccess = ({ target: { result } }) => {
            const writing = result.transaction(['heads', 'records'], 'readwrite');
            writing.objectStore('heads').put({ id: 'old', title: 'An old one', when: '2020', questions: ['x'] });
            writing.objectStore('records').put({ version: 1, turns: [{}] }, 'old');
            writing.oncomplete = done;
        };
    })""")
    page.keyboard.press("Escape")
    saved(page).get_by_role("button", name="An old one", exact=True).click()
    expect(told(page)).to_contain_text("It cannot be opened: stored conversation", timeout=SLOW)
    expect(page.locator(".icat-question")).to_contain_text(RADIO)


def test_one_answer_is_saved_as_word_without_the_others(page: Page, tmp_path: Path):
    ask(page, DISPLACED)
    ask(page, RADIO)
    with page.expect_download() as download:
        page.locator(".icat-turn").last.get_by_role("button", name="Word file of this answer alone").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    with zipfile.ZipFile(file) as parts:
        text = parts.read("word/document.xml").decode()
    assert written_pdf.SENTENCE in text
    assert DISPLACED not in text


# --- where nothing can be kept ---


def test_without_storage_the_page_works_as_before_and_says_so(visiting: Visiting):
    visit = visiting(fresh=True)
    visit.context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page = visit.open()
    ask(page, RADIO)
    page.reload()
    expect(ready(page).locator(".icat-turn")).to_have_count(1)
    saved(page)
    expect(page.locator("#icat-saved-not")).to_contain_text("This browser keeps no work")
    expect(page.locator("#icat-saved-here")).to_be_hidden()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#icat-said")).to_contain_text("gone from this tab")
    expect(page.locator("#icat-full")).to_be_empty()


# --- asking again, and recalling ---


def test_an_edited_question_starts_again_from_there_and_the_earlier_version_stays(page: Page):
    ask(page, RADIO)
    ask(page, DIFFER)
    ask(page, "and for children?")
    page.locator("#icat-question").fill("half a thought")
    page.get_by_role("button", name="Edit this question").nth(1).click()
    expect(page.locator("#icat-question")).to_have_value(DIFFER)
    expect(page.locator("#icat-question")).to_be_focused()
    expect(page.locator("#icat-editing")).to_contain_text("stays under “Saved”")
    page.keyboard.press("Escape")
    expect(page.locator("#icat-question")).to_have_value("half a thought")
    expect(page.locator("#icat-editing")).to_be_hidden()
    page.get_by_role("button", name="Edit this question").nth(1).click()
    page.locator("#icat-question").fill(DISPLACED)
    page.keyboard.press("Enter")
    expect(page.locator(".icat-turn:not([hidden], .icat-pending)").last).to_contain_text(DISPLACED, timeout=SLOW)
    expect(page.locator(".icat-turn")).to_have_count(2)
    expect(page.locator("#icat-editing")).to_be_hidden()
    expect(saved(page)).to_have_count(2)
    expect(saved(page).first).to_contain_text("2 questions · in this tab")
    expect(saved(page).last).to_contain_text("3 questions")
    saved(page).last.locator(".icat-saved-open").click()
    expect(page.locator(".icat-turn")).to_have_count(3, timeout=SLOW)
    expect(page.locator(".icat-question").nth(1)).to_contain_text(DIFFER)


def test_an_edited_question_that_is_stopped_changes_nothing(page: Page):
    ask(page, RADIO)
    ask(page, DIFFER)
    page.get_by_role("button", name="Edit this question").first.click()
    page.evaluate("document.querySelector('#icat-form').requestSubmit(); document.querySelector('#icat-stop').click()")
    expect(page.locator(".icat-turn:not([hidden])")).to_have_count(2)
    expect(page.locator("#icat-question")).to_have_value(RADIO)
    expect(page.locator("#icat-editing")).to_be_visible()
    expect(saved(page)).to_have_count(1)
    expect(saved(page)).to_contain_text("2 questions")


def test_the_arrows_bring_back_what_was_asked(page: Page):
    ask(page, RADIO)
    ask(page, DIFFER)
    box = page.locator("#icat-question")
    for key, value in (
        ("ArrowUp", DIFFER),
        ("ArrowUp", RADIO),
        ("ArrowUp", RADIO),
        ("ArrowDown", DIFFER),
        ("ArrowDown", ""),
        ("ArrowDown", ""),
        ("ArrowUp", DIFFER),
    ):
        page.keyboard.press(key)
        expect(box).to_have_value(value)
    page.keyboard.type(" And where?")
    page.keyboard.press("ArrowUp")  # what was changed stays
    expect(box).to_have_value(f"{DIFFER} And where?")


# --- what stays in view ---


def test_views_and_tools_stay_at_a_desk_and_on_a_tablet_and_the_views_on_a_phone(visiting: Visiting):
    for size, stays in ((DESKTOP, True), ({"width": 1024, "height": 768}, True), (PHONE, False)):
        page = visiting(size).open()
        ask(page, "Which indicators fit an awareness campaign?")
        page.evaluate("window.scrollTo(0, 1500)")
        button, question = page.get_by_role("button", name="Saved", exact=True), page.locator("#icat-question")
        (expect(button).to_be_in_viewport if stays else expect(button).not_to_be_in_viewport)()
        expect(question).to_be_in_viewport()
        expect(page.get_by_role("link", name="Library", exact=True)).to_be_in_viewport(ratio=1)
        bar = page.locator(".icat-bar").bounding_box()
        assert bar["y"] + bar["height"] <= 53  # pixels that it takes


def test_on_a_phone_the_filters_leave_the_question_box_in_sight(visiting: Visiting):
    page = visiting(PHONE).open()
    ask(page, "Which indicators fit an awareness campaign?")
    page.evaluate("window.scrollTo(0, 1500)")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_label("Only these publications")).to_be_visible()
    expect(page.locator("#icat-question")).to_be_in_viewport()
    assert page.locator("#icat-composer").bounding_box()["y"] > PHONE["height"] / 4


def test_the_line_on_emergencies_stands_at_the_top_alone(page: Page):
    ask(page, "what is the wind speed of a swallow in the forced labour convention protocol 1923 annex")
    expect(page.locator(".icat-answer")).not_to_contain_text(re.compile("emergency", re.IGNORECASE))
    expect(page.locator(".icat-about")).to_contain_text("call the local emergency services")
