"""The page as a practitioner meets it: `icat serve` in a process of its own, real weights, a real browser."""

from __future__ import annotations

import json
import re
import zipfile
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf
from browsing import DESKTOP, DIFFER, PHONE, SLOW, Visiting, ask, expect, ready, source
from served_app import MARKUP, Served, free_port, serving

from assistant.show.record import turns_to_record
from assistant.types import Evidence, Turn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RADIO = "Should a radio campaign for seasonal workers be tested, and with whom?"
ORCHARD = "When should an orchard visit be announced to the pickers?"
DANGER = "Help me, they took my passport and I cannot leave"


def highlighted(page: Page) -> int:
    """How many pixels of the page image are of the highlight's yellow."""
    encoded = page.locator(".icat-page-image").get_attribute("src").split(",", 1)[1]
    from PIL import Image

    image = Image.open(BytesIO(b64decode(encoded))).convert("RGB")
    return sum(red > 200 and green > 180 and blue < 160 for red, green, blue in image.getdata())


# --- asking and opening ---


def test_a_question_is_answered_and_its_label_opens_the_page_with_the_extract_marked(page: Page):
    ask(page, RADIO)
    expect(page.locator(".icat-extract mark").first).to_have_text(written_pdf.SENTENCE)
    page.locator(".icat-label").first.click()
    expect(source(page).locator("mark").first).to_contain_text(written_pdf.SENTENCE)
    expect(source(page)).to_contain_text(written_pdf.TITLE)
    expect(source(page)).to_contain_text("PDF p. 2")
    expect(page.locator(".icat-page-image")).to_be_visible()
    assert highlighted(page) > 500


def test_an_example_is_asked_with_one_press_and_the_first_source_is_there_without_another(page: Page):
    page.get_by_role("button", name=re.compile("designing an awareness campaign")).click()
    expect(page.locator(".icat-label").first).to_be_visible(timeout=SLOW)
    expect(source(page).locator("mark").first).to_be_visible(timeout=SLOW)
    expect(page.locator("#icat-intro")).to_be_hidden()


def test_the_keyboard_alone_reaches_a_source_and_the_way_back(page: Page):
    ask(page, RADIO)
    label = page.locator(".icat-label").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if label.evaluate("label => label === document.activeElement"):
            break
    expect(label).to_be_focused()
    assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#icat-panel-title")).to_be_focused(timeout=SLOW)
    expect(source(page).locator("mark").first).to_contain_text(written_pdf.SENTENCE)
    page.keyboard.press("Escape")
    expect(label).to_be_focused()


def test_a_follow_up_is_understood_from_the_turn_before(page: Page):
    ask(page, "Which indicators fit an awareness campaign?")
    ask(page, "and for livelihoods?")
    understood = page.locator(".icat-turn").last.locator(".icat-understood")
    expect(understood).to_contain_text("livelihoods")
    expect(understood).to_contain_text("Indicators")


def test_someone_in_danger_is_told_to_call_for_help_and_is_asked_nothing(page: Page):
    ask(page, DANGER)
    expect(page.locator(".icat-urgent")).to_contain_text("call the local emergency services")
    shown = page.locator(".icat-answer").inner_text()
    places = [shown.find(words) for words in ("call the police", "Others who can help", "If you ask for your work")]
    assert -1 not in places and places == sorted(places)  # all of the help, then what the publications say
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_count(0)


def test_nothing_found_offers_the_nearest_passages_and_they_open(page: Page, turn: Turn):
    nothing = replace(turn.answer, statements=(), evidence=Evidence())
    kept = {"record": turns_to_record([Turn(turn.question, nothing)])}
    page.evaluate("kept => sessionStorage.setItem('icat-conversation', JSON.stringify(kept))", kept)
    page.reload()
    ready(page)
    expect(page.locator(".icat-answer")).to_contain_text("have nothing close to this")
    expect(page.locator(".icat-label")).to_have_count(0)
    page.locator(".icat-nearest-list summary").click()
    page.locator(".icat-nearest").first.click()
    expect(page.locator("#icat-panel-title")).to_have_text("Nearest passage", timeout=SLOW)
    expect(source(page).locator("mark").first).to_be_visible()


# --- nothing written by others runs ---


def test_markup_in_a_document_and_in_a_question_stays_text(page: Page):
    ask(page, f"{ORCHARD} {MARKUP}")
    expect(page.locator(".icat-question")).to_contain_text(MARKUP)
    expect(page.locator(".icat-answer")).to_contain_text("<img src=x onerror=")
    page.locator(".icat-label").first.click()
    expect(source(page).locator("mark").first).to_contain_text("<img src=x onerror=", timeout=SLOW)
    page.reload()
    expect(ready(page).locator(".icat-answer")).to_contain_text("<img src=x onerror=")
    assert page.evaluate("window.harmed === undefined")
    expect(page.locator("#icat-turns img, #icat-source img")).to_have_count(0)


# --- keeping ---


def test_a_reload_and_a_restart_keep_the_conversation_and_its_citations(visiting: Visiting, served: Served):
    port = free_port()
    with serving(served.home, port) as url:
        visit = visiting(url=url)
        page = visit.open()
        ask(page, RADIO)
        page.reload()
        expect(ready(page).locator(".icat-question")).to_have_text(re.compile(re.escape(RADIO)))
        page.goto("about:blank")  # a page that looks for its server would load itself again while it is told to
    with serving(served.home, port) as url:
        page.goto(url)
        ready(page).locator(".icat-label").first.click()
        expect(source(page).locator("mark").first).to_contain_text(written_pdf.SENTENCE, timeout=SLOW)
        expect(page.locator(".icat-page-image")).to_be_visible()
        page.goto("about:blank")  # so that it does not look for a server that is gone
    visit.complaints.clear()  # the browser's own words on the time between


def test_two_tabs_and_two_readers_do_not_mix(visiting: Visiting):
    first = visiting()
    one, two, other = first.open(), first.open(), visiting().open()
    ask(one, RADIO)
    ask(two, DIFFER)
    ask(other, DANGER)
    for page, question in ((one, RADIO), (two, DIFFER), (other, DANGER)):
        page.reload()
        expect(ready(page).locator(".icat-turn")).to_have_count(1)
        expect(page.locator(".icat-question")).to_contain_text(question)


def test_a_kept_conversation_that_is_damaged_is_said_to_be_lost(page: Page):
    page.evaluate("sessionStorage.setItem('icat-conversation', JSON.stringify({record: {version: 99, turns: []}}))")
    page.reload()
    expect(ready(page).locator("#icat-said")).to_contain_text("could not be read")
    ask(page, RADIO)


def test_a_conversation_too_long_to_be_kept_says_so_and_goes_on(page: Page):
    page.evaluate("""() => {
        let piece = 'x'.repeat(1 << 20);
        for (let n = 0; piece; n += 1) {
            try { sessionStorage.setItem(`full-${n}`, piece); } catch { piece = piece.slice(piece.length / 2 + 1); }
        }
    }""")
    ask(page, RADIO)
    expect(page.locator("#icat-full")).to_contain_text("too long to outlast a reload")
    page.evaluate("sessionStorage.clear()")
    ask(page, DIFFER)
    expect(page.locator("#icat-full")).to_be_empty()
    page.reload()
    expect(ready(page).locator(".icat-turn")).to_have_count(2)


# --- new, stop, retry, copy, rating, saving ---


def test_stop_ends_the_wait_and_gives_the_question_back(page: Page):
    page.locator("#icat-question").fill(RADIO)
    page.evaluate("document.querySelector('#icat-form').requestSubmit(); document.querySelector('#icat-stop').click()")
    expect(page.locator("#icat-question")).to_have_value(RADIO)
    expect(page.locator("#icat-question")).to_be_focused()
    expect(page.locator(".icat-turn")).to_have_count(0)
    ask(page, DIFFER)
    expect(page.locator(".icat-question")).to_contain_text(DIFFER)


def test_asking_again_puts_a_new_answer_in_the_place_of_the_last_one(page: Page):
    ask(page, DIFFER)
    ask(page, RADIO)
    page.locator(".icat-turn").last.evaluate("turn => turn.dataset.old = 'yes'")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("[data-old]")).to_have_count(0, timeout=SLOW)
    expect(page.locator(".icat-turn")).to_have_count(2)
    expect(page.locator(".icat-turn").last).to_contain_text(written_pdf.SENTENCE)
    expect(page.locator(".icat-turn").last.locator(".icat-label").first).to_have_attribute("value", "1.1.0.0")


def test_a_new_conversation_leaves_nothing_of_the_last_one(page: Page):
    ask(page, RADIO)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".icat-turn")).to_have_count(0)
    expect(page.locator("#icat-intro")).to_be_visible()
    expect(source(page)).not_to_contain_text(written_pdf.TITLE)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.reload()
    expect(ready(page).locator(".icat-turn")).to_have_count(0)


def test_copy_gives_plain_text_with_its_sources(visiting: Visiting):
    visit = visiting()
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open()
    ask(page, RADIO)
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#icat-said")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert written_pdf.SENTENCE in copied
    assert "the spot is changed and tested again. [1]" in copied
    assert "Sources\n  [1] Planning seasonal work campaigns" in copied.replace("\r", "")
    assert "<" not in copied


def test_a_thumb_with_a_word_is_kept_without_the_question(page: Page, served: Served):
    ask(page, RADIO)
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_label("In a word, why? (optional)")).to_be_focused()
    page.keyboard.type("too short")
    page.keyboard.press("Enter")
    expect(page.locator("#icat-said")).to_contain_text("your rating is kept", timeout=SLOW)
    expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    line = (served.home / "journal" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    kept = json.loads(line)
    assert (kept["rating"], kept["comment"]) == ("down", "too short")
    assert "planning-seasonal-work-campaigns:2" in kept["pages"]
    assert "seasonal workers be tested" not in line


def test_the_form_of_a_thumb_opens_above_the_question_box(visiting: Visiting):
    for size in (DESKTOP, PHONE):
        page = visiting(size).open()
        turn = ask(page, RADIO)
        turn.get_by_role("button", name="Not helpful").click()
        form, box = (page.locator(css).last.bounding_box() for css in (".icat-rating:not([hidden])", "#icat-composer"))
        assert form["y"] + form["height"] <= box["y"]


@pytest.mark.parametrize("name", ["Save as Word", "Save as Markdown"])
def test_the_conversation_is_saved_as_a_file(page: Page, tmp_path: Path, name: str):
    ask(page, RADIO)
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as parts:
            text, notes = parts.read("word/document.xml").decode(), parts.read("word/footnotes.xml").decode()
        assert written_pdf.SENTENCE in text
        assert "PDF p. 2" in notes
    else:
        text = file.read_text(encoding="utf-8")
        assert written_pdf.SENTENCE.rstrip(".") in text
        assert "tested again.[^1]" in text.replace("\\", "")
        assert "PDF p. 2" in text


# --- filters ---


def test_a_filter_keeps_other_publications_out_and_says_that_it_is_on(page: Page):
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Only these kinds").click()
    page.get_by_role("option", name="glossary").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filters (1 on)")).to_be_visible(timeout=SLOW)
    ask(page, DIFFER)
    expect(page.locator(".icat-publication").first).to_contain_text("Glossary")
    assert all("Glossary" in head for head in page.locator("#icat-turns .icat-publication").all_inner_texts())


# --- on a phone ---


def test_on_a_phone_nothing_is_wider_than_the_screen_and_a_label_leads_to_its_source_and_back(visiting: Visiting):
    page = visiting(PHONE).open()
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= PHONE["width"]
    ask(page, RADIO)
    label = page.locator(".icat-label").first
    size = label.bounding_box()
    assert size["width"] >= 24 and size["height"] >= 24
    label.click()
    expect(page.locator("#icat-panel-title")).to_be_focused(timeout=SLOW)
    expect(page.locator("#icat-panel-title")).to_be_in_viewport()
    assert page.locator("#icat-panel").bounding_box()["y"] < 100
    assert page.evaluate(wide) <= PHONE["width"]
    page.get_by_role("button", name="Back to the answer").click()
    expect(label).to_be_in_viewport()
    expect(label).to_be_focused()


# --- what can go wrong ---


def test_a_server_that_is_gone_is_said_and_the_question_comes_back(visiting: Visiting, served: Served):
    with serving(served.home) as url:
        visit = visiting(url=url)
        page = visit.open()
    page.locator("#icat-question").fill(RADIO)
    page.keyboard.press("Enter")
    expect(page.locator(".icat-failed")).to_contain_text("cannot be reached", timeout=SLOW)
    expect(page.locator("#icat-question")).to_have_value(RADIO)
    page.goto("about:blank")
    visit.complaints.clear()  # the browser's own words on refused connections


def test_the_browser_itself_is_told_to_fetch_from_nowhere_else(visiting: Visiting):
    visit = visiting()
    page = visit.open()
    refused = "fetch('http://192.0.2.1/').then(() => 'fetched', () => 'refused')"
    violation = (
        "new Promise(done => document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective)))"
    )
    directive = page.evaluate(f"Promise.all([{violation}, {refused}])")
    assert directive == ["connect-src", "refused"]
    assert all("violates" in complaint for complaint in visit.complaints)
    visit.complaints.clear()
    visit.elsewhere.clear()
