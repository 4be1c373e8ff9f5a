"""Answers in a language model's words, as a practitioner meets them: the page, the server, and a scripted model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import DESKTOP, DIFFER, PHONE, SLOW, Visiting, ask, expect, ready, source
from scripted_model import Reply, ScriptedModel, error
from served_app import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MODEL = "scripted <b>model</b>"
QUOTED = "Trafficking in persons is a crime against a person"  # words of one passage of the starter corpus
DETAINED = "may be detained and deported instead of protected"  # and of another
CRIME = "Trafficking in persons is a crime against a person, while smuggling of migrants is a crime against a State"
PROFIT = "Traffickers profit from exploiting a person and smugglers profit from the passage fee"
DEPORTED = "A victim of trafficking treated as an irregular migrant may be detained and deported"
PARTLY = "Smuggled migrants must never agree to be moved"  # the source says that they generally agree
WRONG = "Public libraries lend their books on Sundays"
MARKUP = "<img src=x onerror=\"window.harmed = 'model'\">"


class Told(ScriptedModel):
    """Gives the reply that the test sets; {A} and {B} in it become the labels of two passages it was sent."""

    reply = Reply()

    def take(self, body: dict[str, Any], headers: Mapping[str, str]) -> Reply:
        super().take(body, headers)
        sent = body["messages"][-1]["content"]
        labels = {"{A}": _label(sent, QUOTED), "{B}": _label(sent, DETAINED)}
        pieces = [re.sub(r"\{[AB]\}", lambda found: labels[found[0]], piece) for piece in self.reply.pieces]
        return replace(self.reply, pieces=pieces)


def _label(sent: str, words: str) -> str:
    """The number of the passage with those words, as the model was told it."""
    return sent[: sent.find(words)].rpartition("[S")[2].partition("]")[0]


@dataclass(frozen=True)
class Written:
    """A served page, and the model that its answers come from."""

    url: str
    model: Told


@contextmanager
def model_behind(home: Path) -> Iterator[Written]:
    with Told(Reply()) as model:
        extra = {"ICAT_MODEL_BASE_URL": model.base_url, "ICAT_MODEL_NAME": MODEL}
        with serving(home, extra=extra) as url:
            yield Written(url, model)


@pytest.fixture(scope="module")
def written(filled_home: Path) -> Iterator[Written]:
    with model_behind(filled_home) as running:
        yield running


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(visiting: Visiting, written: Written, request: pytest.FixtureRequest) -> Page:
    return visiting(request.param, written.url).open()


def test_a_draft_is_shown_as_a_draft_until_it_is_stopped_and_the_model_stops_too(page: Page, written: Written):
    written.model.gone.clear()
    written.model.reply = Reply(
        [f"{CRIME} [S{{A}}].\n{PROFIT} [S", "{A}].\n", f"{MARKUP} [S{{A}}].\nMore"], hold="after"
    )
    page.locator("#icat-question").fill(DIFFER)
    page.keyboard.press("Enter")
    meanwhile = page.locator(".icat-pending .icat-meanwhile")  # what the publications say, until the draft is checked
    expect(meanwhile).to_contain_text("smuggling of migrants differ on five points", timeout=SLOW)
    expect(meanwhile.locator("button:enabled")).to_have_text(
        [re.compile(r"^This is enough$"), *[re.compile(r"^\[\d")] * 3]
    )
    draft = page.get_by_role("region", name="Draft, not checked yet")
    expect(draft.locator("p")).to_have_text(
        ["Draft, not checked yet", f"{CRIME}.", f"{PROFIT}.", f"{MARKUP}."], timeout=SLOW
    )
    expect(page.locator("#icat-said")).to_have_text(re.compile("^The language model writes a draft"))
    expect(page.locator("#icat-turns")).not_to_contain_text("[S")
    assert draft.evaluate("draft => getComputedStyle(draft).borderStyle") == "dashed"
    assert not draft.locator("button, img").count()
    meanwhile.locator(".icat-label").first.click()
    expect(source(page).locator("mark").first).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".icat-turn")).to_have_count(0)
    expect(page.locator("#icat-question")).to_have_value(DIFFER)
    assert written.model.gone.wait(30)
    assert page.evaluate("window.harmed === undefined")


def test_what_the_publications_say_may_be_enough_and_a_model_is_not_always_wanted(page: Page, written: Written):
    written.model.gone.clear()
    written.model.reply = Reply([f"{CRIME} [S{{A}}].\n", "More"], hold="after")
    page.locator("#icat-question").fill(DIFFER)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="This is enough").click(timeout=SLOW)
    expect(page.locator(".icat-turn:not(.icat-pending) .icat-extract").first).to_be_visible(timeout=SLOW)
    assert written.model.gone.wait(30)
    expect(page.locator(".icat-turn")).to_have_count(1)
    told = len(written.model.requests)
    choice = page.get_by_role("checkbox", name="Have scripted")
    assert choice.evaluate("box => getComputedStyle(box).appearance") == "auto"  # Gradio's tick is not drawn here
    choice.uncheck()
    page.reload()
    ready(page)
    ask(page, "How do trafficking and smuggling differ in consent?")
    expect(page.locator(".icat-turn").last.locator(".icat-extract").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Have scripted")).not_to_be_checked()
    assert len(written.model.requests) == told


def test_a_question_asked_right_after_a_stop_is_answered(page: Page, written: Written):
    written.model.reply = Reply([f"{CRIME} [S{{A}}].\n", f"{PROFIT} [S{{A}}].\nMore"], hold="after")
    page.locator("#icat-question").fill(DIFFER)
    page.keyboard.press("Enter")
    expect(page.locator(".icat-draft p").nth(1)).to_have_text(f"{CRIME}.", timeout=SLOW)
    written.model.reply = Reply([f"{CRIME} [S{{A}}].\n", f"{PROFIT} [S{{A}}].\n"])
    page.evaluate("document.querySelector('#icat-stop').click(); document.querySelector('#icat-form').requestSubmit()")
    expect(page.locator(".icat-written p")).to_have_text([re.compile(CRIME), re.compile(PROFIT)], timeout=SLOW)
    expect(page.locator(".icat-failed")).to_have_count(0)


def test_the_checked_answer_takes_the_place_of_the_draft_and_outlasts_a_reload(page: Page, written: Written):
    sentences = [f"{CRIME} [S{{A}}].\n", f"{DEPORTED} [S{{B}}].\n", f"{PARTLY} [S{{A}}].\n", f"{WRONG} [S{{A}}].\n"]
    written.model.reply = Reply(sentences, usage=(340, 85))
    ask(page, DIFFER)
    answer = page.locator(".icat-answer")
    for visit in ("first", "reloaded"):
        if visit == "reloaded":
            page.reload()
            ready(page)
        expect(page.locator(".icat-draft")).to_have_count(0)
        expect(answer.locator(".icat-by")).to_contain_text(MODEL)
        expect(answer.locator(".icat-written p")).to_have_text(
            [re.compile(re.escape(sentence)) for sentence in (CRIME, DEPORTED, PARTLY)]
        )
        expect(answer).to_contain_text("340 tokens read, 85 written; 3 of 4 sentences supported, fully or partly")
        expect(answer.get_by_text(WRONG)).to_be_hidden()
        answer.get_by_text("1 sentence withheld: not supported").click()
        expect(answer.get_by_text(WRONG)).to_be_visible()
    assert WRONG not in page.locator(".icat-turn").get_attribute("data-copy")
    page.locator(".icat-written .icat-label").first.click()
    expect(source(page).locator("mark")).to_contain_text(QUOTED, timeout=SLOW)


def test_why_a_sentence_is_only_partly_supported_is_seen_with_the_keyboard_and_kept_by_a_press(
    page: Page, written: Written
):
    written.model.reply = Reply([f"{CRIME} [S{{A}}].\n", f"{PARTLY} [S{{A}}].\n"])
    ask(page, DIFFER)
    mark = page.get_by_role("button", name="partly supported")
    reason = page.locator(".icat-reason")
    assert reason.bounding_box()["width"] <= 1
    mark.focus()
    assert reason.bounding_box()["width"] > 100
    expect(mark).to_have_accessible_description(re.compile("only partly supported by its source; "))
    page.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.locator("#icat-question").focus()
    assert reason.bounding_box()["width"] > 100


def test_a_part_that_is_written_again_can_be_stopped_and_the_draft_stays(visiting: Visiting, written: Written):
    page = visiting(url=written.url).open()
    written.model.reply = Reply([f"## Start\n{CRIME} [S{{A}}].\n"])
    ask(page, "Make a handout on trafficking and smuggling for field staff")
    turn = page.locator(".icat-turn").last
    parts = turn.locator(".icat-draft-part").all_inner_texts()
    written.model.gone.clear()
    written.model.reply = Reply([f"{PROFIT} [S1].\n", "More"], hold="after")
    again = turn.get_by_role("button", name=re.compile("write again")).first
    while written.model.arrived.acquire(blocking=False):
        pass
    again.click()
    assert written.model.arrived.acquire(timeout=30)
    stop = page.get_by_role("button", name="Stop")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_hidden()
    stop.click()
    expect(page.locator("#icat-said")).to_have_text("Stopped. The draft is as it was.")
    assert written.model.gone.wait(30)
    expect(stop).to_be_hidden()
    expect(again).to_be_focused()
    assert turn.locator(".icat-draft-part").all_inner_texts() == parts


def test_a_written_draft_marks_what_names_no_source_and_shows_what_can_be_done_where_the_focus_is(
    visiting: Visiting, written: Written
):
    page = visiting(url=written.url).open()
    written.model.reply = Reply([f"# Two crimes\n## Start (5 min)\n- {CRIME} [S{{A}}].\n- Ask the group.\n"])
    ask(page, "Make a handout on trafficking and smuggling for field staff")
    turn = page.locator(".icat-turn").last
    expect(turn.locator("h4").first).to_have_text("Two crimes (5 minutes)")
    lines = turn.locator(".icat-line")
    expect(lines).to_contain_text([re.compile(CRIME), "• Ask the group. ◦"])
    can = lines.nth(1).locator(".icat-changes")
    expect(can).to_have_css("opacity", "0")
    can.get_by_role("button", name=re.compile("^Edit")).focus()
    expect(can).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    lines.nth(1).locator("textarea").fill("Ask everybody.")
    lines.nth(1).locator("button[type=submit]").click()
    expect(turn.locator(".icat-line").nth(1)).to_contain_text("Ask everybody. own words")


def test_a_model_that_fails_leaves_the_verbatim_answer_with_one_line_on_why(page: Page, written: Written):
    written.model.reply = error(401, "no")
    ask(page, DIFFER)
    expect(page.locator(".icat-notice").first).to_contain_text("refused the request")
    expect(page.locator(".icat-answer")).to_contain_text("Trafficking in persons and smuggling of migrants")
    expect(page.locator(".icat-by")).to_have_count(0)
    expect(page.locator(".icat-model")).to_contain_text("no text came from it")
