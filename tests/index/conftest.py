"""A small corpus, and a Chroma server of our own for the tests that run against both stores."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping

import pytest
from chroma_server import chroma_server

from corpus.types import Activity, Chunk, Kind, Origin, Publication, Published

Corpus = tuple[list[Chunk], Mapping[str, Publication]]


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server in ICAT_TEST_CHROMA, else one started for the session."""
    if given := os.environ.get("ICAT_TEST_CHROMA"):
        yield given
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with chroma_server(tmp_path_factory.mktemp("chroma-server"), port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(params=["embedded", pytest.param("server", marks=pytest.mark.server)])
def chroma(request: pytest.FixtureRequest) -> str:
    """Both stores: '' and the server's URL."""
    return request.getfixturevalue("chroma_url") if request.param == "server" else ""


@pytest.fixture()
def make_chunk() -> Callable[..., Chunk]:
    def make(chunk_id: str, text: str, start: int = 0, **fields) -> Chunk:
        publication = chunk_id.partition("#")[0]
        values = {"first_page": 1, "last_page": 1, **fields}
        return Chunk(chunk_id, publication, text, start, start + len(text), **values)

    return make


@pytest.fixture()
def corpus(make_chunk: Callable[..., Chunk]) -> Corpus:
    """A paper of 2014, a brief of 2016 in two languages, and a starter digest without year."""
    publications = {
        "demand": Publication(
            id="demand", title="Preventing Trafficking by Addressing Demand", kind=Kind.ISSUE_PAPER,
            published=(Published(year=2014, source="a list"),), activities=(Activity.LIVELIHOODS,),
        ),
        "brief": Publication(
            id="brief", title="Trafficking and Smuggling", kind=Kind.ISSUE_BRIEF,
            published=(Published(year=2016, month=10, source="a list"),),
            activities=(Activity.LEGAL_FRAMEWORK, Activity.IDENTIFICATION),
        ),
        "digest": Publication(
            id="digest", title="Digest of the paper on demand", kind=Kind.DIGEST, origin=Origin.STARTER,
        ),
    }  # fmt: skip
    strategies = ("Strategies", "Buyers")
    consumers = "Consumers can ask where goods were made."
    chunks = [
        make_chunk("demand#0", "Labour inspectors visit farms.", headings=("Strategies", "Labour")),
        make_chunk("demand#1", consumers, 50, headings=strategies),
        make_chunk("demand#2", "Recruitment agencies must not charge fees.", 100, first_page=2, last_page=3),
        make_chunk("brief#0", "Smuggling is a crime against a State.", headings=("Difference",)),
        make_chunk("brief#1", "Trafficking is a crime against a person.", 40, headings=("Difference",)),
        make_chunk("brief#2", "La traite est un crime contre une personne.", 90, language="fr"),
        make_chunk("digest#0", consumers, origin=Origin.STARTER, headings=strategies),
    ]
    return chunks, publications
