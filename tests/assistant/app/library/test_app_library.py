"""The Library view as a practitioner meets it: a file goes in, a question about it is answered, it goes out again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import library_files
import pytest
import scans
from browsing import PHONE, SLOW, Visiting, ask, expect
from served_app import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ASKED = "Did ferry crews who were shown the card ask for help more often?"
UP_TO_DATE = 60_000  # milliseconds; two busy cores


@pytest.fixture(scope="module")
def adding(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over a data folder of its own: what is added here is nobody else's."""
    home = tmp_path_factory.mktemp("adding") / "home"
    shutil.copytree(filled_home, home)
    with serving(home) as url:
        yield Served(url, home)


def library(page: Page) -> Page:
    page.get_by_role("link", name="Library", exact=True).click()
    expect(page.locator("#library-count")).to_contain_text("publications", timeout=SLOW)
    return page


def row(page: Page, words: str) -> Locator:
    return page.locator("#library-list [data-publication]", has_text=words)


def test_the_list_is_narrowed_and_a_text_of_the_project_is_read_by_sections(visiting: Visiting):
    page = library(visiting().open())
    expect(page).to_have_title("Library – ICAT Assistant")
    page.locator("#library-words").fill("seasonal plan")
    expect(page.locator("#library-count")).to_have_text(re.compile(r"^1 of \d+ publications$"))
    expect(row(page, "Planning seasonal work campaigns")).to_be_visible()
    page.locator("#library-words").fill("glossary")
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator("#library-place")).to_have_text("Trafficking and the law", timeout=SLOW)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#library-text h4").first).to_have_text("Protecting people")
    page.go_back()  # one step, however many pages were turned
    expect(page.locator("#library-words")).to_have_value("glossary")


def test_a_file_goes_in_is_asked_about_read_and_goes_out_with_a_way_back(
    visiting: Visiting, adding: Served, tmp_path: Path
):
    page = library(visiting(url=adding.url).open())
    report = library_files.report(tmp_path / "report.pdf", library_files.WINTER, library_files.FERRY)
    locked = library_files.locked(tmp_path / "locked.pdf")
    page.locator("#library-files").set_input_files([report, locked])
    expect(page.locator("#library-uploads .icat-warning")).to_contain_text(
        "locked.pdf: the file is locked", timeout=SLOW
    )
    form = page.locator(".icat-lb-form")
    expect(form).to_contain_text("2 pages, 3 headings")
    form.get_by_label("Title").fill("Ferries and cards")
    form.get_by_role("button", name="Add to the library").click()
    expect(row(page, "Ferries and cards")).to_contain_text("file report.pdf", timeout=SLOW)
    expect(page.locator("#library-said")).to_contain_text("The index is up to date", timeout=UP_TO_DATE)

    page.get_by_role("link", name="Chat", exact=True).click()
    expect(ask(page, ASKED)).to_contain_text(library_files.FERRY)
    expect(page.locator("#icat-source")).to_contain_text("Ferries and cards")

    library(page)
    row(page, "Ferries and cards").get_by_role("link").click()
    page.get_by_placeholder("Search in this publication").fill("ferry crews")
    page.keyboard.press("Enter")
    expect(page.locator("#library-found")).to_have_text("1 match", timeout=SLOW)
    expect(page.locator("#library-text mark")).to_have_text("Ferry crews")
    expect(page.locator("#library-number")).to_have_value("2")
    for _ in range(2):
        page.get_by_role("button", name="Larger").click()
    expect(page.locator("#library-zoom")).to_have_text("200 %")
    # The mark stands in the upper third of its page: at twice the width it is in the frame, the page's end is not.
    far = page.locator("#library-frame").evaluate(
        "frame => [frame.scrollTop / frame.scrollHeight, (frame.scrollTop + frame.clientHeight) / frame.scrollHeight]"
    )
    assert far[0] < 0.15 < far[1] < 1
    expect(page.get_by_role("link", name="Open the PDF")).to_have_attribute("href", re.compile(r"/original/.+#page=2$"))

    page.get_by_role("link", name="All publications").click()
    row(page, "Ferries and cards").get_by_role("button", name="Remove").click()
    expect(row(page, "Ferries and cards")).to_have_count(0, timeout=SLOW)
    page.get_by_role("link", name="Chat", exact=True).click()
    expect(ask(page, ASKED)).not_to_contain_text(library_files.FERRY)
    library(page)
    page.locator("#library-removed").get_by_role("button", name="Undo").click()
    expect(row(page, "Ferries and cards")).to_be_visible(timeout=SLOW)


def test_a_file_can_be_cancelled_before_it_is_added(visiting: Visiting, adding: Served, tmp_path: Path):
    page = library(visiting(url=adding.url).open())
    file = library_files.report(tmp_path / "other.pdf", library_files.WINTER)
    page.locator("#library-files").set_input_files(file)
    expect(page.locator(".icat-lb-form")).to_be_visible(timeout=SLOW)
    with page.expect_request("**/channel/library/discard"):
        page.get_by_role("button", name="Cancel other.pdf").click()
    expect(page.locator("#library-uploads li")).to_have_count(0)


@scans.needs_tesseract
def test_a_scan_is_recognised_and_its_quote_says_so_beside_the_page(visiting: Visiting, adding: Served, tmp_path: Path):
    page = library(visiting(url=adding.url).open())
    lines = ("Lindwall harbour report", "The Lindwall pilot inspected forty vessels in the", "northern harbour.")
    page.locator("#library-files").set_input_files(scans.scan(tmp_path / "scan.pdf", lines))
    offer = page.locator(".icat-lb-recognise")
    expect(offer).to_contain_text("Page 1 is a picture: its text can be recognised.", timeout=SLOW)
    offer.get_by_role("button", name="Recognise the text").click()
    form = page.locator(".icat-lb-form")
    expect(form).to_contain_text("text of 1 page recognised from pictures", timeout=SLOW)
    form.get_by_role("button", name="Add to the library").click()
    expect(page.locator("#library-said")).to_contain_text("The index is up to date", timeout=UP_TO_DATE)
    page.get_by_role("link", name="Chat", exact=True).click()
    answer = ask(page, "How many vessels did the Lindwall pilot inspect?")
    expect(answer).to_contain_text("PDF p. 1, text recognised from a picture", timeout=SLOW)
    expect(page.locator("#icat-source .icat-warning")).to_have_text(
        "Text recognised from a picture of the page: compare it with the page."
    )


def test_a_phone_shows_list_and_page_without_sideways_scroll(visiting: Visiting):
    page = library(visiting(PHONE).open())
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == PHONE["width"]
    page.get_by_role("link", name="Planning seasonal work campaigns").click()
    expect(page.locator("#library-frame img")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(wide) == PHONE["width"]
