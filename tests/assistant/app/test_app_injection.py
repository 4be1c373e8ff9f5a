"""One document of orders and markup, its title and its file's name, a question and an imported conversation of the same
kind, in every view of the page in a real browser: nothing runs, nothing is fetched, nothing leads to another host."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import SLOW, Visiting, ask, expect, ready, source
from injections import hostile, injections
from saved_page import saved, told
from served_app import Served, serving
from toolkit_page import choose, toolkit

from assistant.show.record import turns_to_record

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UP_TO_DATE = 60_000  # milliseconds; two busy cores
MOST = 260  # characters of a text
FACT = "The pickers rest at noon for one hour in the shade of the trees."
TAGS = {"heading": "h3", "footnote": "p", "row": "td", "paragraph": "p"}
RUNS = """() => {
    const hosts = (css, name) => [...document.querySelectorAll(css)].map((one) => new URL(one[name], location.href));
    const strange = (url) => !['data:', 'blob:'].includes(url.protocol) && url.origin !== location.origin;
    const attributes = [...document.querySelectorAll('#icat-views *')].flatMap((one) => [...one.attributes]);
    return {
        harmed: window.harmed ?? null,
        leads: hosts('a[href], area[href]', 'href').filter(strange).map(String),
        images: hosts('img[src]', 'src').filter(strange).map(String),
        foreign: document.querySelectorAll('#icat-views :is(iframe, object, embed, use, script:not([type]))').length,
        handlers: attributes.filter(({ name }) => /^on|^srcdoc$/.test(name)).map(({ name }) => name),
    };
}"""
NOTHING = {"harmed": None, "leads": [], "images": [], "foreign": 0, "handlers": []}


@pytest.fixture(scope="module")
def steered(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("steered") / "home"
    shutil.copytree(filled_home, home)
    with serving(home) as url:
        yield Served(url, home)


def document(folder: Path) -> Path:
    """A page with every case of a document as text, and once more as the markup that it is, under a hostile name.

    What repeats a word is cut: its passages would only be read for longer.
    """
    cases = injections("document")
    sections = (f"<h2>Orchard visit {c.n}</h2>{_element(TAGS[c.kind], escape(c.line[:MOST]))}" for c in cases)
    asked = "".join(f"<li>Who tells the pickers this: {escape(case.line[:MOST])}?</li>" for case in cases)
    raw = "".join(f"<h2>Visit {case.n}</h2><div>{case.text}</div>" for case in cases if "harmed" in case.text)
    title = injections("title")[0].text
    path = folder / injections("file name")[0].text
    path.write_text(
        f"<html><head><title>{escape(title)}</title></head><body><main><h2>Rest</h2><p>{FACT}</p>{''.join(sections)}"
        f"<h2>Awareness raising</h2><h3>Questions for programme design</h3><ul>{asked}</ul>{raw}</main></body></html>",
        encoding="utf-8",
    )
    return path


def _element(tag: str, inner: str) -> str:
    return f"<table><tr><td>Who</td><td>{inner}</td></tr></table>" if tag == "td" else f"<{tag}>{inner}</{tag}>"


def harmless(page: Page) -> None:
    assert page.evaluate(RUNS) == NOTHING


def test_nothing_that_was_written_to_steer_the_page_runs_or_leads_away(
    visiting: Visiting, steered: Served, tmp_path: Path
):
    visit = visiting(url=steered.url, fresh=True)
    page = visit.open()
    page.get_by_role("link", name="Library", exact=True).click()
    expect(page.locator("#library-count")).to_contain_text("publications", timeout=SLOW)
    page.locator("#library-files").set_input_files(document(tmp_path))
    expect(page.locator(".icat-lb-form")).to_be_visible(timeout=SLOW)
    harmless(page)
    title = injections("title")[0].text
    page.locator(".icat-lb-form").get_by_label("Title").fill(title)
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator("#library-said")).to_contain_text("The index is up to date", timeout=UP_TO_DATE)
    expect(page.locator("#library-list")).to_contain_text("Orchards <script>")
    harmless(page)

    page.locator("#library-list [data-publication]", has_text="Orchards <script>").get_by_role("link").click()
    expect(page.locator("#library-text")).to_contain_text("rest", timeout=SLOW)
    page.get_by_placeholder("Search in this publication").fill("window.harmed")
    page.keyboard.press("Enter")
    expect(page.locator("#library-matches")).to_contain_text("<img src=x onerror=", timeout=SLOW)
    for match in (0, 3, 6):
        page.locator("#library-matches button").nth(match).click()
        expect(page.locator("#library-text mark").first).to_be_visible(timeout=SLOW)
        harmless(page)

    page.get_by_role("link", name="Chat", exact=True).click()
    asked = [case.text for case in injections("question")]
    for question in (asked[4], " ".join(asked)):
        ask(page, question)
        harmless(page)
    answers = page.locator("#icat-turns .icat-extract")
    expect(answers.first).to_contain_text(FACT)
    extracts = " ".join(answers.all_inner_texts())
    assert [c.n for c in injections("document", "unquoted") if c.line[:MOST] in extracts] == []
    page.locator(".icat-turn").first.locator(".icat-label").first.click()
    expect(source(page)).to_contain_text("Orchards <script>", timeout=SLOW)
    harmless(page)

    choose(toolkit(page), "awareness raising", "Design questions")
    expect(page.locator("#toolkit-results")).to_contain_text("Who tells the pickers this: <script>")
    harmless(page)
    page.locator("#toolkit-results [data-item]", has_text="<script>").get_by_role(
        "button", name="Show source"
    ).first.click()
    expect(page.get_by_role("dialog", name="Source").locator("mark").first).to_be_visible(timeout=SLOW)
    harmless(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Source")).to_be_hidden()

    page.get_by_role("link", name="Chat", exact=True).click()
    expect(page.locator("#icat-question")).to_be_visible()
    saved(page)
    page.locator("#icat-saved-file").set_input_files(conversation(tmp_path))
    expect(told(page)).to_have_text("Imported: 1.", timeout=SLOW)
    saved(page).get_by_role("button", name="Orchards <script>").first.click()
    expect(page.locator(".icat-turn")).to_have_count(60, timeout=SLOW)
    harmless(page)
    for number in (17, 21, 53):
        page.locator(".icat-turn").nth(number).locator(".icat-label").first.click()
        expect(source(page)).not_to_be_empty(timeout=SLOW)
        harmless(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as Markdown").click()
    assert "https://evil.example" not in Path(download.value.path()).read_text(encoding="utf-8")
    page.reload()
    expect(ready(page).locator(".icat-turn")).to_have_count(60)
    harmless(page)


def conversation(folder: Path) -> Path:
    """A file with one conversation, a turn of each case; its publications claim a page on another host."""
    record = turns_to_record([hostile(case.text) for case in injections()])
    for turn in record["turns"]:
        for publication in turn["answer"]["publications"]:
            publication["landing"] = "https://evil.example/page"
    when = f"{date(2026, 11, 1)}T10:00:00.000Z"
    one = {
        "id": "<b>one</b>",
        "kind": "conversation",
        "title": injections("title")[0].text,
        "when": when,
        "record": record,
    }
    file = folder / "conversation.json"
    file.write_text(json.dumps({"format": "icat-saved", "version": 2, "saved": [one]}), encoding="utf-8")
    return file
