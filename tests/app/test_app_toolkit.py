"""The Toolkit view as a practitioner meets it: browsing, the design sheet and its files, in a real browser."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf
from served_app import MARKUP, icat, serving
from test_app_browser import PHONE, SLOW, Visiting, ask, expect, ready, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
__all__ = ["visiting"]  # a fixture

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


def toolkit(page: Page) -> Page:
    """The view, with its overview there."""
    page.get_by_role("link", name="Toolkit").click()
    expect(page.locator("#toolkit-count")).not_to_be_empty(timeout=SLOW)
    return page


def choose(page: Page, activity: str, kind: str = "All") -> None:
    page.get_by_label("Activity").select_option(activity)
    page.locator("[data-choice='kind']").get_by_text(re.compile(f"^{kind} ")).click()
    expect(page.locator("#toolkit-results[aria-busy]")).to_have_count(0, timeout=SLOW)
    expect(page.locator("#toolkit-results [data-item]").first).to_be_visible()


def add(page: Page, number: int = 1, first: int = 0) -> list[str]:
    """Adds items of the list shown, and gives their words."""
    added = []
    for place in range(first, first + number):
        item = page.locator("#toolkit-results [data-item]").nth(place)
        added.append(item.locator(".icat-tk-words").inner_text())
        item.get_by_role("button", name="Add").click()
        expect(item.get_by_role("button", name="In the sheet")).to_be_visible()
    return added


def rows(page: Page, part: str = "") -> Locator:
    return page.locator(f"[data-part='{part}'] .icat-tk-row" if part else ".icat-tk-row")


def wordings(page: Page, part: str = "") -> list[str]:
    return [field.input_value() for field in rows(page, part).locator("[data-field='text']").all()]


def reload(page: Page) -> Page:
    page.reload()
    expect(ready(page).locator("#toolkit-count")).not_to_be_empty(timeout=SLOW)
    return page


def own(page: Page, text: str, kind: str = "indicator", level: str = "") -> None:
    page.get_by_label("Your words").fill(text)
    page.locator("#toolkit-own-kind").select_option(kind)
    if kind == "indicator":
        page.locator("#toolkit-own-level").select_option(level)
    page.get_by_role("button", name="Add to the sheet").click()


def said(page: Page) -> Locator:
    return page.locator("#toolkit-said")


# --- two views ---


def test_one_view_is_shown_and_the_back_button_leads_to_the_other_as_it_was_left(page: Page):
    expect(page.get_by_role("link", name="Toolkit")).to_have_attribute("aria-current", "page")
    expect(page).to_have_title("Toolkit – ICAT Assistant")
    expect(page.locator("#icat-question")).to_be_hidden()
    page.get_by_role("link", name="Chat").click()
    expect(page).to_have_title("ICAT Assistant")
    expect(page.locator("#icat-toolkit")).to_be_hidden()
    page.locator("#icat-question").fill("a question half typed")
    page.get_by_role("link", name="Toolkit").click()
    expect(page.locator("#icat-question")).to_be_hidden()
    page.go_back()
    expect(page.locator("#icat-question")).to_have_value("a question half typed")
    expect(page.get_by_role("link", name="Chat")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("link", name="Toolkit")).not_to_have_attribute("aria-current", "page")


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


def test_a_document_added_while_the_page_is_served_is_there_after_a_reload(
    visiting: Visiting, tmp_path: Path, filled_home: Path
):
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


# --- the design sheet ---


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
    page.get_by_label("Title").fill(MARKUP)
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
    page.get_by_label("Title").fill("Harbour project")
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("button", name=f"Save for {button}").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(rf"icat-design-sheet-\d{{4}}-\d\d-\d\d\.{suffix}", file.name)
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


def test_a_sheet_saved_to_go_on_later_is_opened_again_and_another_file_is_refused(page: Page, tmp_path: Path):
    choose(page, "livelihoods", "Indicators")
    words = add(page, 1)
    own(page, "Boats at sea", level="outcome")
    rows(page, "impact").locator("[data-field='text']").fill("Our own wording")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to go on later").click()
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
    page.get_by_role("link", name="Toolkit").press("Enter")
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
