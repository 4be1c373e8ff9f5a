"""What the tests of the page share: a library, an answer that quotes it, a running server and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf
from served_app import HARMFUL_DOCUMENT, Served, icat, serving

from assistant.types import Answer, Evidence, Passage, Quote, Request, Statement, Support, Turn
from corpus.catalogue import load
from corpus.library import Library
from corpus.types import Chunk

if TYPE_CHECKING:
    from browsing import Contexts, Visit, Visiting
    from playwright.sync_api import Browser, Page

WORDS = "Trafficking in persons and smuggling of migrants are two different crimes"


@pytest.fixture()
def library(tmp_path: Path) -> Library:
    """The starter corpus over an empty data folder."""
    return Library(tmp_path / "home", load())


@pytest.fixture()
def turn(library: Library) -> Turn:
    """One question, answered with one sentence of a digest that is really in the library; one nearest passage."""
    id = next(id for id in library.in_force() if WORDS in library.document(id).text)
    document = library.document(id)
    start = document.text.index(WORDS)
    end = document.text.index("\n", start)
    chunk = Chunk(f"{id}#0", id, document.text[start:end], start, end, 1, 1, document.heading_path(start))
    publication = document.publication.model_copy(update={"facts": ()})  # which a record leaves out
    passage = Passage(chunk, publication, None, None, 1.0, library.document_sha256(id))
    quote = Quote(1, id, start, start + len(WORDS), WORDS, 1, None, passage.document_sha256)
    question = "How do they differ?"
    answer = Answer(
        request=Request(question, question),
        evidence=Evidence((passage,)),
        statements=(Statement(WORDS, (quote,), Support.VERBATIM),),
        nearest=(passage,),
    )
    return Turn(question, answer)


# --- a real server and a real browser ---

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    """A data folder with the starter corpus, one PDF and one text with markup in it, indexed."""
    folder = tmp_path_factory.mktemp("served")
    pdf = written_pdf.write(folder / "note.pdf")
    text = folder / "orchards.md"
    text.write_text(HARMFUL_DOCUMENT, encoding="utf-8")
    home = Path(shutil.copytree(starter_home, folder / "home"))
    icat(home, "add", str(pdf), str(text))
    return home


@pytest.fixture(scope="session")
def served(filled_home: Path) -> Iterator[Served]:
    """The product as a user starts it, on a free port."""
    with serving(filled_home) as url:
        yield Served(url, filled_home)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Skips where there is no Chromium: ICAT_TEST_CHROMIUM names one that is not on the path."""
    # The shell without a window lays out and runs a page as the whole browser does, for less.
    found = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    program = os.environ.get("ICAT_TEST_CHROMIUM") or next(filter(None, found), None)
    if not program:
        pytest.skip("no Chromium on this machine; install it or name one in ICAT_TEST_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    from browsing import Contexts

    return Contexts(chromium)


@pytest.fixture()
def visiting(contexts: Contexts, served: Served) -> Iterator[Visiting]:
    """Opens browsers that share nothing; at the end, none of them may have gone to another host or complained."""
    from browsing import DESKTOP, Visit

    visits: list[tuple[Visit, dict[str, int]]] = []

    def visit(size: dict[str, int] = DESKTOP, url: str = served.url, fresh: bool = False) -> Visit:
        one = Visit(contexts.fresh(size) if fresh else contexts.take(size), url)
        one.context.on("request", one.note)
        visits.append((one, {} if fresh else size))
        return one

    yield visit
    for one, size in visits:
        one.context.remove_listener("request", one.note)
        if size:
            contexts.give_back(one.context, size, one.url)
        else:
            one.context.close()
        assert one.elsewhere == []
        assert one.complaints == []


@pytest.fixture()
def page(visiting: Visiting, request: pytest.FixtureRequest) -> Page:
    """Opened, at a desk or in the size of the parameter."""
    from browsing import DESKTOP

    return visiting(getattr(request, "param", DESKTOP)).open()
