"""What a reader sets for their eyes: text size, colours, and a page shown large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import DESKTOP, PHONE, SLOW, Size, Visiting, ask, expect, ready, source

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RADIO = "Should a radio campaign for seasonal workers be tested, and with whom?"
# Elements with words of their own, and the sizes of their letters in pixels.
SIZES = """() => {
  document.getAnimations().forEach((each) => each.finish()); // Gradio lets sizes change slowly
  return [...document.querySelectorAll('#icat-views a, #icat-columns :is(p, button, textarea, small)')]
    .filter((each) => each.offsetParent).map((each) => parseFloat(getComputedStyle(each).fontSize));
}"""
# Where the middle of the marked words stands in the frame, as a share of what is in view.
MARKED = """frame => {
  const [across, down] = document.querySelector('.icat-page-image').dataset.mark.split(' ').map(Number);
  const image = frame.querySelector('img');
  return [(across * image.clientWidth - frame.scrollLeft) / frame.clientWidth,
    (down * image.clientHeight - frame.scrollTop) / frame.clientHeight];
}"""


def choose(page: Page, words: str) -> None:
    menu = page.locator(".icat-look")
    if not menu.evaluate("menu => menu.open"):
        menu.locator("summary").click()
    menu.get_by_text(words, exact=True).click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_text_size_scales_all_words_fits_the_page_and_is_kept(visiting: Visiting, size: Size):
    page = visiting(size).open()
    before = page.evaluate(SIZES)
    choose(page, "Very large")
    # 22 pixels of 16
    assert page.evaluate(SIZES) == pytest.approx([1.375 * each for each in before], abs=0.1)
    page.reload()
    expect(ready(page).locator("html")).to_have_css("font-size", "22px")
    for view in ("Draft", "Toolkit", "Library", "Review", "Chat"):
        page.locator("#icat-views").get_by_role("link", name=view).click()
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"], view
    choose(page, "Normal")
    expect(page.locator("html")).to_have_css("font-size", "16px")


def test_colours_follow_the_system_until_they_are_chosen_and_then_stay(page: Page):
    dark = page.locator("body.dark")
    page.emulate_media(color_scheme="dark")
    expect(dark).to_be_attached()
    choose(page, "Light")
    expect(dark).to_have_count(0)
    page.reload()
    ready(page)
    expect(dark).to_have_count(0)
    choose(page, "Dark")
    expect(dark).to_be_attached()
    page.emulate_media(color_scheme="light")
    page.reload()
    ready(page)
    expect(dark).to_be_attached()
    choose(page, "As the system")
    expect(dark).to_have_count(0)


def test_a_page_opens_large_keeps_its_mark_in_sight_and_gives_the_focus_back(page: Page):
    ask(page, RADIO)
    expect(source(page).locator(".icat-page-image")).to_be_visible(timeout=SLOW)  # of the first source
    button = page.get_by_role("button", name="Enlarge the page")
    button.click()
    large = page.locator("#icat-large")
    expect(large).to_be_visible()
    assert large.bounding_box()["width"] > 0.98 * DESKTOP["width"]
    frame = large.get_by_role("group", name="Page image")
    for _ in range(3):
        assert all(0 < share < 1 for share in frame.evaluate(MARKED))
        large.get_by_role("button", name="Larger").click()
    expect(large).to_contain_text("300 %")
    assert all(0 < share < 1 for share in frame.evaluate(MARKED))
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(button).to_be_focused()
