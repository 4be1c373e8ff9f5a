"""What the tests of the Review view do on the page, and a server that can be killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import written_pdf
from browsing import SLOW, expect, ready
from served_app import REPO

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Six sentences that quote the test's own PDF, so that each has a page image.
SENTENCES = (
    "A campaign is tested with a small group",
    "The test group includes women and men",
    "A frightening spot is changed",
    "Counting broadcasts shows change",
    "Leaflets printed are an outcome",
    "Workers share telephones",
)
ANSWER = f"""Question: How is a radio campaign tested?
Tags: radio

- {SENTENCES[0]} [1]
- {SENTENCES[1]} [2]
- {SENTENCES[2]} [3]
- {SENTENCES[3]} [4]
- {SENTENCES[4]} [5]
- {SENTENCES[5]} [6]

Sources:
[1] {written_pdf.TITLE} | PDF p. 2 | "{written_pdf.SENTENCE}"
[2] {written_pdf.TITLE} | PDF p. 2 | "The test group should include women and men"
[3] {written_pdf.TITLE} | PDF p. 2 | "the spot is changed and tested again"
[4] {written_pdf.TITLE} | PDF p. 2 | "Counting broadcasts says nothing about change."
[5] {written_pdf.TITLE} | PDF p. 2 | "the number of leaflets printed shows an output"
[6] {written_pdf.TITLE} | PDF p. 1 | "Workers who share rooms also share telephones."
"""
FULL, PARTIAL, NONE = "1", "2", "3"  # keys
RIGHT, WRONG = "q", "w"
MOVED = """was => document.querySelector('#review-place').textContent !== was
    || document.querySelector('[data-screen="judge"]').hidden"""


@contextmanager
def killed(home: Path, port: int) -> Iterator[str]:
    """`icat serve` until the block ends, then ended by the system without a word (SIGKILL)."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    others = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    environment = {**others, "ICAT_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=REPO) as server:
        try:
            line = server.stdout.readline()
            assert str(port) in line, f"the server said {line!r}"
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.kill()


def reviews(page: Page) -> Page:
    """The view, with its list there."""
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator("#review-list[aria-busy]")).to_have_count(0, timeout=SLOW)
    return page


def make(page: Page, title: str, text: str = ANSWER, raters: str = "Ana, Bo", whole: bool = False) -> Locator:
    """A review of a pasted answer; gives its card. `whole`: also whether the answer answers its question."""
    if not page.locator("#review-make").evaluate("details => details.open"):
        page.locator("#review-make > summary").click()
    page.get_by_label("answers that I paste").check()
    page.get_by_label("Answers with their sources").fill(text)
    page.get_by_label("Title (optional)").fill(title)
    page.get_by_label("Raters: names or initials").fill(raters)
    page.get_by_label("whether it answers its question").set_checked(whole)
    page.get_by_role("button", name="Make the review").click()
    expect(said(page)).to_contain_text("The review is made", timeout=SLOW)
    return card(page, title)


def card(page: Page, title: str) -> Locator:
    return page.locator(".icat-rv-card").filter(has=page.get_by_role("heading", name=title, exact=True))


def begin(page: Page, title: str, rater: str) -> None:
    """Goes on as this rater, to the first sentence that is not judged."""
    card(page, title).get_by_role("button", name=re.compile(rf"as {rater}\b")).click()
    shown(page)


def shown(page: Page) -> str:
    """The sentence in front of the rater, once it is there."""
    sentence(page).wait_for(timeout=SLOW)
    return sentence(page).inner_text().partition(":")[2].strip()


def sentence(page: Page) -> Locator:
    return page.locator("#review-sentence")


def place(page: Page) -> Locator:
    return page.locator("#review-place")


def saved(page: Page) -> Locator:
    return page.locator("#review-saved")


def said(page: Page) -> Locator:
    return page.locator("#review-said")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def judge(page: Page, verdicts: dict[str, tuple[str, ...]], most: int = 99) -> None:
    """Judges by keyboard as `verdicts` say, by sentence: two keys, perhaps a comment. Else full and right page."""
    for _ in range(most):
        here = shown(page)
        support, citation, *comment = verdicts.get(here, (FULL, RIGHT))
        press(page, support, citation)
        if comment:
            press(page, "c")
            page.keyboard.type(comment[0])
            press(page, "Escape")
        go_on(page)
        if done(page).is_visible():
            return


def go_on(page: Page) -> None:
    """To the next sentence, when this one is saved. Looks at every frame: a review has many sentences."""
    page.wait_for_function("document.querySelector('#review-saved').textContent === 'Saved.'", timeout=SLOW)
    was = place(page).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function(MOVED, arg=was, timeout=SLOW)


def results_of(page: Page) -> Locator:
    """The results of the review in front, of which a rater is first told what it means to look."""
    shown = page.locator("#review-results")
    look = shown.get_by_role("button", name=re.compile("[Ss]how the results"))
    expect(look.or_(shown.locator("table").first)).to_be_visible(timeout=SLOW)
    if look.count():
        look.click()
    expect(shown.locator("table").first).to_be_visible(timeout=SLOW)
    return shown


def done(page: Page) -> Locator:
    return page.locator("#review-done")


def reload(page: Page) -> Page:
    page.reload()
    return ready(page)
