"""What the browser tests share: a visit to the page, and what is done in every view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync.expect

Size = dict[str, int]
SLOW = 30_000  # milliseconds; two busy cores, and the models may still be loading
expect.set_options(timeout=SLOW)  # whatever is awaited: five seconds are too few where other tests keep the cores busy
# What Gradio says when a reload comes while it still listens, and Chromium, maybe late, of a network that a test took.
CUT_SHORT = ("AbortError", "errored out", "ERR_INTERNET_DISCONNECTED")
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 667}
DIFFER = "How do trafficking in persons and smuggling of migrants differ?"


@dataclass
class Visit:
    """One reader's browser, and what it asked the network and said on its console."""

    context: BrowserContext
    url: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(SLOW)
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("console", lambda said: self.complain(said.text) if said.type == "error" else None)
        page.goto(self.url)
        return ready(page)

    def complain(self, text: str) -> None:
        if not any(words in text for words in CUT_SHORT):
            self.complaints.append(text)

    def note(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.elsewhere.append(request.url)


Visiting = Callable[..., Visit]


class Contexts:
    """Browsers that share nothing. One that was given back is emptied, but keeps its cache: a page loads faster."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[tuple[Size, BrowserContext]] = []

    def take(self, size: Size) -> BrowserContext:
        for place, (there, context) in enumerate(self._idle):
            if there == size:
                del self._idle[place]
                return context
        return self.fresh(size)

    def fresh(self, size: Size) -> BrowserContext:
        return self._browser.new_context(viewport=size, accept_downloads=True, reduced_motion="reduce")

    def give_back(self, context: BrowserContext, size: Size, url: str) -> None:
        context.set_offline(False)
        context.clear_permissions()
        for page in context.pages:
            page.close()
        page = context.new_page()
        kept = {"origin": url.rstrip("/"), "storageTypes": "local_storage,indexeddb"}
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
        page.close()
        self._idle.append((size, context))


def ready(page: Page) -> Page:
    expect(page.locator("body.icat-ready")).to_be_attached(timeout=SLOW)
    return page


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for the turn that answers it."""
    turns = page.locator(".icat-turn:not(.icat-pending):not([aria-busy])")
    before = turns.count()
    page.locator("#icat-question").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1, timeout=SLOW)
    return turns.last


def source(page: Page) -> Locator:
    return page.locator("#icat-source")
