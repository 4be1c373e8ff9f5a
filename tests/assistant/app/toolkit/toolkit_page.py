"""What the tests of the Toolkit view do on the page: choose, add, read the sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browsing import SLOW, expect, ready

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def toolkit(page: Page) -> Page:
    """The view, with its overview there."""
    page.get_by_role("link", name="Toolkit", exact=True).click()
    expect(page.locator("#toolkit-count")).not_to_be_empty(timeout=SLOW)
    return page


def choose(page: Page, activity: str, kind: str = "All") -> None:
    page.get_by_label("Activity", exact=True).select_option(activity)
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
    page.get_by_label("Your words", exact=True).fill(text)
    page.locator("#toolkit-own-kind").select_option(kind)
    if kind == "indicator":
        page.locator("#toolkit-own-level").select_option(level)
    page.get_by_role("button", name="Add to the sheet").click()


def said(page: Page) -> Locator:
    return page.locator("#toolkit-said")
