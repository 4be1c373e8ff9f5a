"""Every view, as a screen of a desk and of a phone, light and dark, looked through with axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import review_page
import toolkit_page
from browsing import DESKTOP, PHONE, SLOW, Size, Visiting, ask, expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
RUN = """rules => {
  document.getAnimations().filter((each) => each instanceof CSSTransition).forEach((each) => each.finish());
  const only = rules ? { runOnly: { type: 'rule', values: rules } } : {};
  return axe.run({ resultTypes: ['violations'], ...only }).then(({ violations }) => violations);
}"""
COLOURS = ["color-contrast", "link-in-text-block"]  # what may differ between light and dark
TITLE = "Accessible to raters"


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """'rule: target: what axe says', of what is grave."""
    found = page.evaluate(RUN, rules)
    return [
        f"{each['id']}: {node['target']}: {node['failureSummary']}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def in_both_schemes(page: Page) -> list[str]:
    light = faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body.dark")).to_be_attached()
    dark = [f"dark: {fault}" for fault in faults(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    expect(page.locator("body.dark")).to_have_count(0)
    return light + dark


def chat(page: Page) -> Iterator[str]:
    yield "chat, empty"
    ask(page, "How do trafficking in persons and smuggling of migrants differ?")
    yield "chat, answered"
    page.locator(".icat-label").first.click()
    expect(page.locator("#icat-source mark").first).to_be_visible(timeout=SLOW)
    yield "chat, source"
    ask(page, "90-minute session plan on debts and wages for field staff")
    yield "chat, draft"
    ask(page, "Which indicators fit an awareness campaign?")
    yield "chat, list"
    page.get_by_role("button", name="Saved", exact=True).click()
    expect(page.locator("#icat-saved li").first).to_be_visible()
    yield "chat, saved"
    page.keyboard.press("Escape")


def draft(page: Page) -> Iterator[str]:
    page.get_by_role("link", name="Draft", exact=True).click()
    expect(page.locator("#draft-theme")).to_be_visible()
    yield "draft"


def toolkit(page: Page) -> Iterator[str]:
    toolkit_page.toolkit(page)
    toolkit_page.choose(page, "livelihoods", "Indicators")
    toolkit_page.add(page)
    yield "toolkit, list and sheet"
    toolkit_page.rows(page).first.locator("summary").click()
    yield "toolkit, row open"


def library(page: Page, folder: Path) -> Iterator[str]:
    page.get_by_role("link", name="Library", exact=True).click()
    expect(page.locator("#library-count")).to_contain_text("publications", timeout=SLOW)
    yield "library, list"
    file = folder / "seen.md"
    file.write_text("# Ferry cards\n\nCrews who were shown the card asked for help more often.\n", encoding="utf-8")
    page.locator("#library-files").set_input_files(file)
    expect(page.locator(".icat-lb-form")).to_be_visible(timeout=SLOW)
    yield "library, file examined"
    page.get_by_role("button", name="Cancel seen.md").click()
    expect(page.locator("#library-uploads li")).to_have_count(0)
    page.get_by_role("link", name="Planning seasonal work campaigns").click()
    expect(page.locator("#library-frame img")).to_be_visible(timeout=SLOW)
    expect(page.locator("#library-text[aria-busy]")).to_have_count(0)  # which is paler
    yield "library, reading"


def review(page: Page, title: str) -> Iterator[str]:
    review_page.reviews(page)
    page.locator("#review-make").evaluate("details => { details.open = true; }")
    yield "review, start"
    review_page.make(page, title)
    review_page.begin(page, title, "Ana")
    yield "review, judging"
    page.get_by_role("button", name="Full 1").click()  # and the pointer stays on it
    yield "review, half judged"
    review_page.judge(page, {})
    page.get_by_role("link", name="All reviews").first.click()
    review_page.card(page, title).get_by_role("link", name=re.compile("Results")).click()
    review_page.results_of(page)
    yield "review, results"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_no_view_has_a_grave_fault_in_either_colour_scheme(visiting: Visiting, size: Size, tmp_path: Path):
    page = visiting(size).open()
    page.evaluate(axe.AXE_SCRIPT)
    title = f"{TITLE}, {size['width']} pixels"
    found = {}
    for views in (chat(page), draft(page), toolkit(page), library(page, tmp_path), review(page, title)):
        found |= {view: in_both_schemes(page) for view in views}
    assert {view: each for view, each in found.items() if each} == {}
