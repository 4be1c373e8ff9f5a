"""What the browser tests of saved work share: its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browsing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def saved(page: Page) -> Locator:
    """Opens the panel, unless it is open; gives its rows."""
    panel = page.locator("#icat-saved")
    if not panel.is_visible():
        page.get_by_role("button", name="Saved", exact=True).click()
    expect(panel).to_be_visible()
    return panel.locator("li")


def told(page: Page) -> Locator:
    return page.locator("#icat-saved-said")
