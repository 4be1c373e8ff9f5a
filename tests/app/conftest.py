"""What the tests of the page share: a library, an answer that quotes it, a running server and a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import written_pdf

from assistant.types import Answer, Evidence, Passage, Query, Quote, Statement, Support, Turn
from corpus.catalogue import load
from corpus.library import Library
from corpus.types import Chunk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPO = Path(__file__).resolve().parents[2]
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
        query=Query(question, question, question),
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
MARKUP = "<img src=x onerror=\"window.harmed = 'document'\"> ${window.harmed = 'template'} {{harmed}}"
HARMFUL_DOCUMENT = f"""# Field notes on orchard visits

An orchard visit should be announced to the pickers a week before, says the marker {escape(MARKUP)} of this note.
"""


@dataclass(frozen=True)
class Served:
    """A running `icat serve` and its data folder."""

    url: str
    home: Path


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter corpus, one PDF and one text with markup in it, indexed."""
    folder = tmp_path_factory.mktemp("served")
    pdf = written_pdf.write(folder / "note.pdf")
    text = folder / "orchards.md"
    text.write_text(HARMFUL_DOCUMENT, encoding="utf-8")
    home = folder / "home"
    _icat(home, "add", str(pdf), str(text))
    return home


@pytest.fixture(scope="session")
def served(filled_home: Path) -> Iterator[Served]:
    """The product as a user starts it, on a free port."""
    with serving(filled_home) as url:
        yield Served(url, filled_home)


@contextmanager
def serving(home: Path, port: int = 0) -> Iterator[str]:
    """`icat serve` in a process of its own until the block ends; gives its URL."""
    port = port or free_port()
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(home), stdout=subprocess.PIPE, text=True, cwd=REPO) as server:
        try:
            line = server.stdout.readline()
            assert str(port) in line, f"the server said {line!r}"
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _icat(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "assistant", *arguments]
    done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, cwd=REPO)
    assert done.returncode == 0, done.stderr


def _environment(home: Path) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    return {**others, "ICAT_HOME": str(home)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Skips where there is no Chromium: ICAT_TEST_CHROMIUM names one that is not on the path."""
    program = os.environ.get("ICAT_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.skip("no Chromium on this machine; install it or name one in ICAT_TEST_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        yield browser
        browser.close()
