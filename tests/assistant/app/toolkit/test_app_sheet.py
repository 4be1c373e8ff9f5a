"""The design sheet as a practitioner meets it: rows, keeping, two tabs and files, in a real browser."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import SLOW, Visiting, expect
from served_app import MARKUP
from toolkit_page import add, choose, own, reload, rows, said, toolkit, wordings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture()
def page(visiting: Visiting) -> Page:
    return toolkit(visiting().open())


# --- rows ---


def test_added_items_stand_on_the_sheet_by_level_and_kind_and_are_there_after_a_reload(page: Page):
    choose(page, "livelihoods", "Indicators")
    impact = add(page, 2)
    choose(page, "livelihoods", "Design questions")
    questions = add(page, 1)
    expect(page.locator("#toolkit-sheet [data-tk='size']")).to_have_text("3 items")
    expect(page.get_by_role("link", name="Toolkit 3")).to_be_visible()
    assert (wordings(page, "impact"), wordings(page, "question")) == (impact, questions)
    reload(page)
    assert (wordings(page, "impact"), wordings(page, "question")) == (impact, questions)
    choose(page, "livelihoods", "Design questions")
    page.get_by_role("button", name="In the sheet").first.click()  # leads to the row
    expect(rows(page, "question").first).to_be_focused()
    expect(page.locator("#toolkit-sheet [data-tk='size']")).to_have_text("3 items")


def test_a_whole_group_is_added_with_one_press(page: Page):
    choose(page, "awareness raising", "Indicators")
    group = page.locator("[data-tk='add-all']").first
    number = int(re.search(r"\d+", group.inner_text()).group())
    add(page, 1)
    group.click()
    expect(rows(page)).to_have_count(number)
    expect(said(page)).to_have_text(f"{number - 1} added to the design sheet.")
    expect(group).to_be_hidden()


def test_a_changed_wording_is_marked_keeps_the_source_and_can_be_taken_back(page: Page):
    choose(page, "livelihoods", "Indicators")
    (words,) = add(page, 1)
    row = rows(page).first
    expect(row.get_by_text("adapted", exact=True)).to_be_hidden()
    row.locator("[data-field='text']").fill(f"{words} in two districts")
    expect(row.get_by_text("adapted", exact=True)).to_be_visible()
    row = rows(reload(page)).first
    expect(row.get_by_text("adapted", exact=True)).to_be_visible()
    expect(row.locator(".icat-tk-original")).to_contain_text(words)
    expect(row).to_contain_text("Written for this project, not ICAT's words")
    row.get_by_role("button", name="Back to the original wording").click()
    assert wordings(page) == [words]
    expect(row.get_by_text("adapted", exact=True)).to_be_hidden()


def test_a_wording_that_is_emptied_comes_back(page: Page):
    own(page, "Boats at sea")
    field = rows(page).locator("[data-field='text']")
    field.fill("")
    field.press("Tab")
    expect(field).to_have_value("Boats at sea")


def test_rows_move_within_their_part_and_the_button_keeps_the_focus(page: Page):
    for text in ("one", "two", "three"):
        own(page, text, level="output")
    page.get_by_role("button", name="Move down: one").press("Enter")
    assert wordings(page, "output") == ["two", "one", "three"]
    expect(page.get_by_role("button", name="Move down: one")).to_be_focused()
    page.keyboard.press("Enter")
    assert wordings(page, "output") == ["two", "three", "one"]
    expect(page.get_by_role("button", name="Move up: one")).to_be_focused()  # it can go no further down
    expect(said(page)).to_have_text("Moved, now number 3 of 3.")
    assert wordings(reload(page), "output") == ["two", "three", "one"]


def test_what_is_filled_in_is_kept_and_another_level_moves_the_row(page: Page):
    own(page, "Boats at sea", level="output")
    row = rows(page, "output")
    row.locator("summary").click()
    for name in ("Baseline", "Target", "How often", "Who is responsible", "Assumptions"):
        row.get_by_label(name).fill(f"our {name}")
    row.get_by_label("Means of verification").fill("log book\nharbour register")
    row.get_by_label("Level").select_option("outcome")
    expect(rows(page, "outcome")).to_have_count(1)
    expect(rows(page, "outcome").get_by_label("Level")).to_be_focused()
    row = rows(reload(page), "outcome")
    row.locator("summary").click()
    expect(row.get_by_label("How often")).to_have_value("our How often")
    expect(row.get_by_label("Means of verification")).to_have_value("log book\nharbour register")


def test_markup_in_a_row_of_ones_own_stays_text(page: Page):
    own(page, MARKUP)
    own(page, MARKUP, "design question")
    page.get_by_label("Title", exact=True).fill(MARKUP)
    for shown in (page, reload(page)):
        assert wordings(shown) == [MARKUP, MARKUP]
        expect(rows(shown).first.get_by_text("own", exact=True)).to_be_visible()
        expect(shown.locator("#toolkit-sheet img")).to_have_count(0)
        assert shown.evaluate("window.harmed === undefined")


def test_what_was_removed_or_cleared_can_be_brought_back(page: Page):
    for text in ("one", "two", "three"):
        own(page, text)
    page.get_by_role("button", name="Remove: two").click()
    assert wordings(page) == ["one", "three"]
    page.get_by_role("button", name="Undo").click()
    assert wordings(page) == ["one", "two", "three"]
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear").click()
    expect(rows(page)).to_have_count(3)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    expect(rows(page)).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Undo").click()
    assert wordings(page) == ["one", "two", "three"]


def test_two_tabs_work_on_one_sheet_and_neither_loses_what_the_other_did(visiting: Visiting):
    visit = visiting()
    one, two = toolkit(visit.open()), toolkit(visit.open())
    own(one, "from the first tab")
    expect(rows(two)).to_have_count(1)
    own(two, "from the second tab")
    rows(one).first.locator("[data-field='text']").fill("changed in the first tab")
    expect(rows(two).first.locator("[data-field='text']")).to_have_value("changed in the first tab")
    for tab in (one, two):
        expect(rows(tab)).to_have_count(2)
        assert wordings(tab) == ["changed in the first tab", "from the second tab"]
        assert wordings(reload(tab)) == ["changed in the first tab", "from the second tab"]


def test_a_browser_that_cannot_keep_the_sheet_says_so_and_the_sheet_goes_on(page: Page):
    own(page, "kept")
    page.evaluate("""() => {
        let piece = 'x'.repeat(1 << 20);
        for (let n = 0; piece; n += 1) {
            try { localStorage.setItem(`full-${n}`, piece); } catch { piece = piece.slice(piece.length / 2 + 1); }
        }
    }""")
    own(page, "not kept")
    expect(page.locator("#toolkit-unkept")).to_contain_text("Save it before you close this tab")
    assert wordings(page) == ["kept", "not kept"]
    page.evaluate("localStorage.removeItem('full-0')")
    own(page, "kept again")
    expect(page.locator("#toolkit-unkept")).to_be_empty()
    assert wordings(reload(page)) == ["kept", "not kept", "kept again"]


def test_a_kept_sheet_that_is_damaged_is_put_aside(page: Page):
    page.evaluate("localStorage.setItem('icat-sheet', '{\"rows\": [{}]}')")
    own(reload(page), "a new beginning")
    assert wordings(page) == ["a new beginning"]
    assert page.evaluate("localStorage.getItem('icat-sheet-damaged')") == '{"rows": [{}]}'


def test_a_row_whose_source_changed_or_went_keeps_its_words_and_says_so(page: Page):
    choose(page, "livelihoods", "Indicators")
    words = add(page, 2)
    page.evaluate("""() => {
        const sheet = JSON.parse(localStorage.getItem('icat-sheet'));
        sheet.rows[0].text = sheet.rows[0].original = 'As it was said then';
        sheet.rows[1].item_id = 'a-publication-that-went:i01';
        localStorage.setItem('icat-sheet', JSON.stringify(sheet));
    }""")
    reload(page)
    expect(rows(page).first).to_contain_text("says something else now")
    expect(rows(page).last).to_contain_text("no longer on this machine")
    assert wordings(page) == ["As it was said then", words[1]]
    expect(rows(page).first.locator(".icat-tk-original")).to_contain_text(words[0])
    expect(rows(page).last.get_by_role("button", name="Source of")).to_be_hidden()


# --- files ---


@pytest.mark.parametrize(
    ("button", "suffix"), [("Excel", "xlsx"), ("Word", "docx"), ("CSV", "csv"), ("Markdown", "md")]
)
def test_the_sheet_is_saved_as_a_file_that_opens(page: Page, tmp_path: Path, button: str, suffix: str):
    choose(page, "livelihoods", "Indicators")
    (words,) = add(page, 1)
    own(page, '=HYPERLINK("http://example.org")')
    page.get_by_label("Title", exact=True).fill("Harbour project")
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("button", name=f"Save for {button}").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(rf"harbour-project-\d{{4}}-\d\d-\d\d\.{suffix}", file.name)
    expect(said(page)).to_have_text(f"Saved as {file.name}.")
    text = _text(file)
    assert words in text and "Harbour project" in text and "Written for this project" in text
    assert "=HYPERLINK" in text or suffix == "md"


def _text(file: Path) -> str:
    content = file.read_bytes()
    if file.suffix == ".xlsx":
        import openpyxl

        cells = [cell for sheet in openpyxl.load_workbook(BytesIO(content)) for row in sheet for cell in row]
        assert all(cell.data_type != "f" for cell in cells if "HYPERLINK" in str(cell.value))
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    if file.suffix == ".docx":
        import docx

        document = docx.Document(BytesIO(content))
        return "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    return content.decode("utf-8-sig")


def test_a_sheet_saved_as_a_file_is_opened_again_and_another_file_is_refused(page: Page, tmp_path: Path):
    choose(page, "livelihoods", "Indicators")
    words = add(page, 1)
    own(page, "Boats at sea", level="outcome")
    rows(page, "impact").locator("[data-field='text']").fill("Our own wording")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "sheet.json"
    download.value.save_as(file)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    page.locator("#toolkit-file").set_input_files(file)
    expect(rows(page)).to_have_count(2, timeout=SLOW)
    assert wordings(page) == ["Our own wording", "Boats at sea"]
    expect(rows(page).first.locator(".icat-tk-original")).to_contain_text(words[0])
    file.write_text(json.dumps({"version": 1, "rows": [{"kind": "spell", "text": "x"}]}))
    page.locator("#toolkit-file").set_input_files(file)
    expect(said(page)).to_contain_text("this is no design sheet", timeout=SLOW)
    file.write_text("not json")
    page.locator("#toolkit-file").set_input_files(file)
    expect(said(page)).to_contain_text("no design sheet saved here")
    expect(rows(page)).to_have_count(2)
