"""Vectors that come with the program stand for what an encoder would give, and for nothing else."""

from pathlib import Path

import numpy as np

from assistant import wiring
from assistant.settings import load_settings
from corpus.anticipated import read_anticipated
from index import packaged
from index.journal import key_of
from index.snapshot import PublicationFacts, indexed_text


def test_a_packed_vector_comes_back_nearly_as_it_was(tmp_path: Path):
    rows = np.random.default_rng(3).normal(size=(20, 48)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    keys = [key_of(f"text {n}") for n in range(20)]
    packaged.pack("model@1", dict(zip(keys, rows, strict=True)), file=tmp_path / "some.npz")
    found = packaged.known("model@1", tmp_path / "some.npz")
    assert set(found) == {key[: packaged.KEY] for key in keys}
    cosines = [float(found[key[: packaged.KEY]] @ row) for key, row in zip(keys, rows, strict=True)]
    assert min(cosines) > 0.9995  # each number is off by at most 1/254 of the largest
    assert packaged.known("model@2", tmp_path / "some.npz") == {}
    assert packaged.known("model@1", tmp_path / "none.npz") == {}


def test_it_has_the_starter_texts_and_their_questions_as_they_are(home: Path):
    settings = load_settings()
    embedder, library = wiring.open_embedder(settings), wiring.open_library(settings)
    texts, pieces = [each.text for each in read_anticipated()], []
    for document in map(library.document, wiring.searched(library)):
        facts = PublicationFacts.of(document.publication)
        for piece in wiring.chunks_of(document, embedder, settings):
            texts.append(indexed_text(piece, facts))
            pieces.append(piece)
    there = packaged.known(embedder.name)
    missing = [text for text in texts if key_of(text)[: packaged.KEY] not in there]
    assert missing == [], "run python -m assistant.commands.package"
    prints, cut = packaged.cut(embedder.name, settings.index.chunk_tokens)
    assert (set(prints), list(cut)) == (set(wiring.searched(library)), pieces), (
        "run python -m assistant.commands.package"
    )
    assert packaged.cut(embedder.name, settings.index.chunk_tokens + 1) == ({}, ())
