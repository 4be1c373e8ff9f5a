"""The page in the reader's language: chosen by the browser, changed in the header, mirrored where that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import DESKTOP, PHONE, Size, ask, expect, ready

from assistant.texts.catalogue import LANGUAGES, MIRRORED, _, speaking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from served_app import Served

pytestmark = pytest.mark.browser

VIEWS = ("draft", "toolkit", "library", "review", "chat")
# Words of the page that are in no language but English, and no name; what is quoted stays in its own.
ENGLISH = """() => [...document.querySelectorAll('#icat-top, #icat-left, #icat-right, [id^="icat-"]')]
  .flatMap((part) => [...part.querySelectorAll('h1, h2, h3, label, legend, button, a, summary, .icat-hint')])
  .filter((each) => each.offsetParent && /\\b(the|and|of|your|this|with)\\b/i.test(each.textContent)
    && !each.closest('[data-publication], .icat-examples, .icat-extract, #icat-source, [lang], .icat-tk-list'))
  .map((each) => each.textContent.trim().slice(0, 80))"""


@pytest.fixture()
def opened(chromium: Browser, served: Served):
    """Opens the page as a browser that asks for a language."""
    contexts = []

    def open_page(language: str, size: Size = DESKTOP) -> Page:
        context = chromium.new_context(viewport=size, locale=language, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.goto(served.url)
        return ready(page)

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_view_is_in_the_language_and_fits(opened, language: str, size: Size):
    page = opened(language, size)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language,
        "rtl" if language in MIRRORED else "ltr",
    ]
    with speaking(language):
        names = {_("Chat"), _("Draft"), _("Toolkit"), _("Library"), _("Review")}
    links = page.locator("#icat-views a").all()
    assert {link.text_content().strip() for link in links} == names
    for view in VIEWS:
        page.evaluate("view => { window.location.hash = view; }", view)
        expect(page.locator(f'html[data-view="{view}"]')).to_be_attached()
        expect(page.locator('[aria-busy="true"]:visible')).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], view
        assert page.evaluate(ENGLISH) == [], view


def test_an_answer_is_told_in_the_language_says_what_its_sources_are_in_and_stays_after_a_reload(opened):
    page = opened("fr-FR")
    turn = ask(page, "Pourquoi s'attaquer à la demande pour prévenir la traite, selon l'ICAT ?")  # a digest, not advice
    expect(turn).to_contain_text("anglais")
    page.reload()
    expect(ready(page).locator(".icat-turn")).to_contain_text("anglais")


def test_a_question_in_a_language_of_the_projects_advice_is_answered_in_it(opened):
    turn = ask(opened("fr-FR"), "Comment parler à une personne qui est peut-être exploitée ?")
    expect(turn).to_contain_text("Conseils pratiques")
    expect(turn).not_to_contain_text("anglais")


def test_another_language_is_chosen_in_the_header_and_kept_for_the_next_visit(opened, served):
    page = opened("en-GB")
    page.locator("#icat-views").get_by_role("link", name="Toolkit", exact=True).click()
    page.locator("#icat-language").select_option("ar")
    page.wait_for_url("**/ar#toolkit")
    expect(ready(page).locator("html")).to_have_attribute("dir", "rtl")
    page.goto(served.url)
    page.wait_for_url("**/ar")
    ready(page).locator("#icat-language").select_option("en")
    page.wait_for_url(served.url)
    expect(ready(page).locator("#icat-views")).to_contain_text("Toolkit")
