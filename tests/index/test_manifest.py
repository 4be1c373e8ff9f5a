"""The manifest is read and replaced whole, and says what does not match."""

import json
import re

import pytest
from fakes import HashedWords

from index import manifest
from index.errors import IndexUnavailable, StaleIndex
from index.types import IndexManifest, IndexSettings

MADE = IndexManifest(
    format=manifest.FORMAT, embedder="hashed-words-64", dimensions=64, distance="cosine", chunk_tokens=100,
    corpus_digest="0" * 64, publications=1, chunks=2, built_at="2025-01-01T00:00:00+00:00", generation="g1",
)  # fmt: skip


@pytest.fixture()
def written(home):
    manifest.folder(home).mkdir(parents=True)
    manifest.write(home, MADE)
    return home


def test_what_was_written_is_read_and_nothing_lies_beside_it(written):
    assert manifest.read(written) == MADE
    later = MADE.model_copy(update={"generation": "g2"})
    manifest.write(written, later)
    assert manifest.read(written) == later
    assert [file.name for file in manifest.folder(written).iterdir()] == ["manifest.json"]


def test_a_home_without_an_index_is_unavailable(home):
    with pytest.raises(IndexUnavailable, match="run `icat index`"):
        manifest.read(home)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a manifest of ours"),
        ("[]", "not a manifest of ours"),
        ("{}", "format None, this version reads"),
        (json.dumps({"format": manifest.FORMAT + 1}), f"format {manifest.FORMAT + 1}, this version reads"),
        (json.dumps({"format": manifest.FORMAT, "chunks": 3}), "not a manifest of ours"),
    ],
)
def test_what_cannot_be_understood_is_stale_and_names_the_command(written, text, message):
    manifest.path(written).write_text(text)
    with pytest.raises(StaleIndex, match=re.escape(message)) as error:
        manifest.read(written)
    assert str(error.value).endswith("run `icat index`")


def test_settings_and_embedder_that_match_pass():
    manifest.check(MADE, IndexSettings(top_k=3, pool=10), HashedWords(64))


@pytest.mark.parametrize(
    ("found", "settings", "embedder", "message"),
    [
        ({}, {}, HashedWords(32), "embedder 'hashed-words-64', settings ask for 'hashed-words-32'"),
        ({"dimensions": 65}, {}, HashedWords(64), "dimensions 65, settings ask for 64"),
        ({"distance": "l2"}, {}, HashedWords(64), "distance 'l2', settings ask for 'cosine'"),
        ({}, {"chunk_tokens": 300}, HashedWords(64), "chunk_tokens 100, settings ask for 300"),
        ({}, {"chroma": "http://box:8000"}, HashedWords(64), "chroma '', settings ask for 'http://box:8000'"),
    ],
)
def test_what_does_not_match_is_named_with_both_values(found, settings, embedder, message):
    with pytest.raises(StaleIndex) as error:
        manifest.check(MADE.model_copy(update=found), IndexSettings(**settings), embedder)
    assert str(error.value) == f"index was built with {message}; run `icat index`"


def test_the_corpus_digest_does_not_depend_on_order_and_sees_every_change(make_chunk):
    one, two = make_chunk("p#0", "one"), make_chunk("p#1", "two", 10)
    digest = manifest.corpus_digest([one, two])
    assert manifest.corpus_digest([two, one]) == digest
    assert manifest.corpus_digest([one]) != digest
    assert manifest.corpus_digest([one, make_chunk("p#1", "two", 10, language="fr")]) != digest


def test_a_servers_name_and_password_are_not_recorded():
    assert manifest.store_label("https://ada:secret@box:8000/") == "https://box:8000"
    assert manifest.store_label("") == ""
