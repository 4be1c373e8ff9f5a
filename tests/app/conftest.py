"""What the tests of the page share: a real library of the starter corpus, and an answer that quotes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.types import Answer, Evidence, Passage, Query, Quote, Statement, Support, Turn
from corpus.catalogue import load
from corpus.library import Library
from corpus.types import Chunk

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
