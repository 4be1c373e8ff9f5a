"""Design sheets among the saved work: kept by themselves, listed with conversations and drafts, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import SLOW, Visiting, ask, expect
from saved_page import saved, told
from toolkit_page import add, choose, own, reload, rows, said, toolkit, wordings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RADIO = "Should a radio campaign for seasonal workers be tested, and with whom?"
SESSION = "90-minute session plan on debts and wages for field staff"


@pytest.fixture()
def page(visiting: Visiting) -> Page:
    return toolkit(visiting().open())


def entitle(page: Page, title: str) -> None:
    page.get_by_label("Title", exact=True).fill(title)


def new_sheet(page: Page) -> None:
    page.get_by_role("button", name="New sheet").click()
    expect(said(page)).to_have_text("A new design sheet. The last one is under “Saved”.")
    expect(rows(page)).to_have_count(0)


def opens(page: Page, title: str) -> None:
    saved(page).get_by_role("button", name=title, exact=True).click()
    expect(page.locator("#icat-saved")).to_be_hidden()


# --- kept and opened ---


def test_a_sheet_is_saved_by_itself_a_new_one_leaves_it_and_it_is_opened_again_after_a_reload(page: Page):
    choose(page, "livelihoods", "Indicators")
    words = add(page, 2)
    entitle(page, "Harbour project")
    rows(page).first.locator("[data-field='text']").fill("Our own wording")
    new_sheet(page)
    own(page, "Boats at sea")
    reload(page)
    expect(saved(page)).to_have_count(2)
    expect(saved(page).first).to_contain_text("Design sheet without a title")
    expect(saved(page).first).to_contain_text("1 item · open in the Toolkit")
    expect(saved(page).last.locator("small")).to_contain_text("Design sheet · ")
    expect(saved(page).last.locator("small")).to_contain_text("· 2 items")
    opens(page, "Harbour project")
    assert wordings(page) == ["Our own wording", words[1]]
    expect(page.get_by_label("Title", exact=True)).to_have_value("Harbour project")
    expect(rows(page).first.locator(".icat-tk-original")).to_contain_text(words[0])
    expect(page.locator("#toolkit-sheet")).to_be_focused()
    opens(page, "Design sheet without a title")
    expect(page.get_by_label("Title", exact=True)).to_have_value("")
    assert wordings(page) == ["Boats at sea"]
    expect(saved(page).first).to_contain_text("Design sheet without a title")  # to open is not to change


def test_the_only_sheet_of_an_old_browser_becomes_the_first_saved_one(page: Page):
    row = {"key": "k", "kind": "indicator", "text": "Boats at sea", "level": "outcome"}
    old = {"version": 1, "title": "As it was", "description": "", "rows": [row]}
    page.evaluate("old => localStorage.setItem('icat-sheet', JSON.stringify(old))", old)
    reload(page)
    expect(saved(page)).to_contain_text("As it was")
    expect(saved(page)).to_contain_text("1 item · open in the Toolkit")
    page.keyboard.press("Escape")
    new_sheet(page)
    opens(page, "As it was")
    assert wordings(page, "outcome") == ["Boats at sea"]


def test_undo_does_not_bring_a_row_of_one_sheet_into_another(page: Page):
    own(page, "one")
    own(page, "two")
    page.get_by_role("button", name="Remove: two").click()
    page.evaluate("window.undo = document.querySelector('[data-tk=\"undo\"]')")
    new_sheet(page)
    page.evaluate("document.body.append(window.undo); window.undo.click(); window.undo.remove()")
    expect(rows(page)).to_have_count(0)


def test_a_new_sheet_of_one_tab_leaves_what_the_other_tab_wrote(visiting: Visiting):
    visit = visiting()
    one, two = toolkit(visit.open()), toolkit(visit.open())
    own(one, "from the first tab")
    expect(rows(two)).to_have_count(1)
    own(two, "from the second tab")
    new_sheet(one)
    expect(rows(two)).to_have_count(0)
    own(two, "on the new sheet")
    expect(rows(one)).to_have_count(1)
    expect(saved(one)).to_have_count(2)
    expect(saved(one).first).to_contain_text("1 item · open in the Toolkit")
    expect(saved(one).last).to_contain_text("2 items")


def test_a_field_in_which_one_tab_writes_shows_the_sheet_that_another_tab_opened(visiting: Visiting):
    visit = visiting()
    one, two = toolkit(visit.open()), toolkit(visit.open())
    entitle(one, "Harbour")
    title = one.get_by_label("Title", exact=True)
    title.focus()
    expect(two.get_by_label("Title", exact=True)).to_have_value("Harbour")
    new_sheet(two)
    expect(title).to_have_value("")
    title.press_sequentially("Market")
    expect(two.get_by_label("Title", exact=True)).to_have_value("Market")


def test_where_nothing_can_be_saved_a_new_sheet_is_refused(visiting: Visiting):
    visit = visiting(fresh=True)
    visit.context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page = toolkit(visit.open())
    own(page, "Boats at sea")
    page.get_by_role("button", name="New sheet").click()
    expect(said(page)).to_contain_text("This browser cannot keep the sheet under “Saved”.")
    assert wordings(reload(page)) == ["Boats at sea"]


# --- renamed, deleted, found ---


def test_a_sheet_has_the_same_title_in_the_panel_and_on_itself(page: Page):
    own(page, "Boats at sea")
    for closed, title in ((False, "Harbour"), (True, "Harbour, second year")):
        if closed:
            new_sheet(page)
        saved(page)
        page.get_by_role("button", name="Rename: ").click()
        page.get_by_role("dialog").get_by_role("textbox", name="Title", exact=True).fill(title)
        page.keyboard.press("Enter")
        expect(saved(page).get_by_role("button", name=title, exact=True)).to_be_visible()
        opens(page, title)
        expect(page.get_by_label("Title", exact=True)).to_have_value(title)


def test_the_open_sheet_is_deleted_with_its_copy_in_the_toolkit_and_can_be_taken_back(page: Page):
    own(page, "Boats at sea")
    entitle(page, "Harbour")
    saved(page)
    page.get_by_role("button", name="Delete: Harbour").click()
    expect(told(page)).to_contain_text("Deleted: Harbour")
    expect(saved(page)).to_have_count(0)
    expect(rows(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(saved(page)).to_contain_text("1 item · open in the Toolkit")
    assert wordings(page) == ["Boats at sea"]
    page.get_by_role("button", name="Delete: Harbour").click()
    expect(saved(page)).to_have_count(0)
    reload(page)
    expect(saved(page)).to_have_count(0)


def test_what_is_cleared_is_saved_no_longer_until_it_is_brought_back(page: Page):
    own(page, "Boats at sea")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    expect(saved(page)).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect(saved(page)).to_have_count(1)


def test_an_imported_copy_of_a_sheet_that_was_cleared_is_not_written_over(page: Page, tmp_path: Path):
    own(page, "Boats at sea")
    entitle(page, "Harbour")
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export all").click()
    download.value.save_as(tmp_path / "saved.json")
    page.keyboard.press("Escape")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    saved(page)
    page.locator("#icat-saved-file").set_input_files(tmp_path / "saved.json")
    expect(told(page)).to_have_text("Imported: 1.", timeout=SLOW)
    page.keyboard.press("Escape")
    own(page, "Nets on land")
    expect(saved(page)).to_have_count(2)
    opens(page, "Harbour")
    assert wordings(page) == ["Boats at sea"]


def test_conversations_drafts_and_sheets_are_told_apart_found_and_opened_from_any_view(page: Page):
    own(page, "Boats at sea")
    page.get_by_role("link", name="Chat", exact=True).click()
    ask(page, RADIO)
    page.get_by_role("button", name="New conversation").click()
    ask(page, SESSION)
    expect(saved(page)).to_have_count(3)
    for place, words in enumerate(("Draft: debts and wages for field staff · ", "Conversation · ", "Design sheet · ")):
        expect(saved(page).nth(place).locator("small")).to_contain_text(words)
    dialog = page.get_by_role("dialog")
    for kind, title in (
        ("Conversations (1)", RADIO),
        ("Drafts (1)", SESSION),
        ("Design sheets (1)", "without a title"),
    ):
        dialog.get_by_text(kind, exact=True).click()
        expect(saved(page)).to_have_count(1)
        expect(saved(page)).to_contain_text(title)
    page.locator("#icat-saved-words").fill("radio")
    expect(saved(page)).to_have_count(0)
    dialog.get_by_text("All (1)", exact=True).click()
    expect(saved(page)).to_contain_text(RADIO)
    page.locator("#icat-saved-words").fill("sea boats")
    saved(page).locator(".icat-saved-open").click()
    expect(page.locator("#toolkit-sheet")).to_be_focused()
    opens(page, RADIO)
    expect(page.locator(".icat-question").last).to_be_focused(timeout=SLOW)
    expect(page.locator(".icat-question").last).to_contain_text(RADIO)
    saved(page)
    dialog.get_by_role("link", name="open the list of reviews").click()
    expect(page.locator("#icat-review")).to_be_visible()
    expect(page.locator("#icat-saved")).to_be_hidden()


# --- files ---


def test_one_file_brings_sheets_and_conversations_to_another_browser(visiting: Visiting, tmp_path: Path):
    page = toolkit(visiting().open())
    choose(page, "livelihoods", "Indicators")
    words = add(page)
    rows(page).first.locator("[data-field='text']").fill("Our own wording")
    page.get_by_role("link", name="Chat", exact=True).click()
    ask(page, RADIO)
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export all").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert (content["format"], content["version"]) == ("icat-saved", 2)
    assert [each["kind"] for each in content["saved"]] == ["conversation", "sheet"]

    other = toolkit(visiting(fresh=True).open())
    saved(other)
    other.locator("#icat-saved-file").set_input_files(file)
    expect(told(other)).to_have_text("Imported: 2.", timeout=SLOW)
    opens(other, "Design sheet without a title")
    assert wordings(other) == ["Our own wording"]
    expect(rows(other).first.locator(".icat-tk-original")).to_contain_text(words[0])
    content["saved"][1]["record"]["rows"][0]["kind"] = "spell"
    file.write_text(json.dumps(content), encoding="utf-8")
    saved(other)
    other.locator("#icat-saved-file").set_input_files(file)
    reason = "Nothing was imported: number 2 of the file: this is no design sheet"
    expect(told(other)).to_contain_text(reason, timeout=SLOW)
    expect(saved(other)).to_have_count(2)
