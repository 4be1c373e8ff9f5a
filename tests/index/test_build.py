"""Builds: what is encoded, what is kept, what a killed build leaves, and who may build. Against both stores."""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import killed_build
import numpy as np
import pytest
from fakes import HashedWords

from corpus.types import Published
from index import generations, manifest
from index.build import build
from index.errors import IndexUnavailable, StaleIndex
from index.generations import BuildRunning
from index.retriever import Retriever
from index.types import Filters, IndexSettings

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture()
def settings(chroma):
    return IndexSettings(chroma=chroma)


class Builder:
    """A process that builds when told, and can be killed on the way."""

    def __init__(self, home: Path, url: str) -> None:
        self._home, self._url = home, url
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        self._process = subprocess.Popen(
            [sys.executable, TESTS / "index" / "killed_build.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )

    def order(self, version: int, at: tuple[str, int] | None) -> int:
        """Start a build; the id of the process that does it."""
        order = {"home": str(self._home), "url": self._url, "version": version, "at": at}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self.line("started"))

    def line(self, begins: str) -> str:
        """The rest of the next line that begins so."""
        for line in self._process.stdout:
            if line.startswith(begins):
                return line.removeprefix(begins).strip()
        raise AssertionError(f"the builder ended before it said {begins!r}")

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


@pytest.fixture()
def builder(home, chroma):
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    made = Builder(home, chroma)
    yield made
    made.close()


def held(home, settings):
    """What a reader finds: the texts, asked for in several ways that must agree."""
    retriever = Retriever(home, settings, HashedWords(64))
    texts = {hit.chunk.text for hit in retriever.search("passage", limit=1000, stage="bm25")}
    assert texts == {hit.chunk.text for hit in retriever.search("passage", limit=1000, stage="dense")}
    assert len(texts) == retriever.manifest.chunks
    return texts


def texts_of(version):
    return {chunk.text for chunk in killed_build.corpus(version)}


def test_a_build_killed_at_six_random_moments_leaves_the_old_index_or_the_new_one(builder, home, settings):
    builder.order(0, None)
    met = json.loads(builder.line("steps"))
    assert builder.line("ended") == "0"
    builder.order(1, None)  # the steps of a build over an older one
    met = json.loads(builder.line("steps"))
    assert builder.line("ended") == "0"
    chance = random.Random(2016)
    moments = [(step, chance.randint(1, met[step])) for step in chance.sample(sorted(met), 6)]
    # Beside the random ones: just before the manifest is replaced, and just before anything old is removed.
    moments += [("manifest.py:write>replace", 1), ("generations.py:clean", 1)]
    in_force, outcomes = 1, Counter()
    for version, moment in enumerate(moments, start=2):
        builder.order(version, moment)
        assert int(builder.line("ended")) == signal.SIGKILL
        found = held(home, settings)
        assert found in (texts_of(in_force), texts_of(version)), f"a mixture after a kill at {moment}"
        outcomes["new" if found == texts_of(version) else "old"] += 1
        in_force = version if found == texts_of(version) else in_force
    assert outcomes["old"] and outcomes["new"]
    builder.order(99, None)
    assert builder.line("ended") == "0"
    assert held(home, settings) == texts_of(99)
    assert_nothing_lies_about(home, settings)


@pytest.mark.parametrize(("when", "missing"), [("encoding 64", {0, 36}), ("storing", {0})])
def test_a_build_killed_from_outside_loses_nothing_that_was_encoded(builder, home, settings, when, missing):
    # Of 150 passages the first 50 are known from version 0. 100 are to encode, in slices of 64 and 36.
    build(killed_build.corpus(0), killed_build.PUBLICATIONS, home, settings, HashedWords(64))
    child = builder.order(1, None)
    builder.line(when)
    os.kill(child, signal.SIGKILL)
    assert int(builder.line("ended")) == signal.SIGKILL
    assert held(home, settings) == texts_of(0)
    embedder = HashedWords(64)
    build(killed_build.corpus(1), killed_build.PUBLICATIONS, home, settings, embedder)
    assert len(embedder.encoded) in missing
    assert held(home, settings) == texts_of(1)
    assert_nothing_lies_about(home, settings)


def assert_nothing_lies_about(home, settings):
    """One generation, no journal, and on a server one collection of this store."""
    root = manifest.folder(home)
    in_force = manifest.read(home).generation
    assert [place.name for place in (root / "generations").iterdir()] == [in_force]
    assert list(root.glob("journal-*")) == []
    if settings.chroma:
        import chromadb

        store = (root / "store").read_text()
        host, port = settings.chroma.removeprefix("http://").split(":")
        names = [found.name for found in chromadb.HttpClient(host, int(port)).list_collections()]
        assert [name for name in names if store in name] == [f"icat-{store}-{in_force}"]


def test_only_what_changed_is_encoded_and_what_is_gone_is_not_found(home, corpus, settings):
    chunks, publications = corpus
    first = HashedWords(64)
    build(chunks, publications, home, settings, first)
    # "digest#0" and "demand#1" say the same, but under titles of their own: seven texts.
    assert len(first.encoded) == 7
    changed = replace(chunks[0], text="Labour inspectors see mines.", end=chunks[0].start + 28)
    second = HashedWords(64)
    told = []
    build([changed, *chunks[2:]], publications, home, settings, second, told.append)
    assert [text.splitlines()[-1] for text in second.encoded] == ["Labour inspectors see mines."]
    assert [(now.step, now.done, now.total, now.reused) for now in told] == [
        ("encoding", 0, 1, 5),
        ("encoding", 1, 1, 5),
        ("storing", 1, 1, 5),
        ("cleaning", 1, 1, 5),
        ("done", 1, 1, 5),
    ]
    assert told[0].seconds_left is None and told[-1].seconds_left == 0.0
    retriever = Retriever(home, settings, HashedWords(64))
    assert retriever.search("farms", stage="bm25") == []
    assert [hit.chunk.id for hit in retriever.search("mines", stage="bm25")] == ["demand#0"]
    assert_nothing_lies_about(home, settings)


def test_a_passage_that_only_moved_is_not_encoded_again(home, corpus, settings):
    chunks, publications = corpus
    build(chunks, publications, home, settings, HashedWords(64))
    moved = [replace(chunk, start=chunk.start + 7, end=chunk.end + 7) for chunk in chunks]
    embedder = HashedWords(64)
    build(moved, publications, home, settings, embedder)
    assert embedder.encoded == []
    hits = Retriever(home, settings, embedder).search("goods", limit=20, stage="fused")
    assert {hit.chunk.id: hit.chunk.start for hit in hits}["demand#0"] == 7


def test_nothing_new_leaves_the_index_as_it_is(home, corpus, settings):
    chunks, publications = corpus
    before = build(chunks, publications, home, settings, HashedWords(64))
    told = []
    assert build(reversed(chunks), publications, home, settings, HashedWords(64), told.append) == before
    assert [(now.step, now.total, now.reused) for now in told] == [("done", 0, 7)]


def test_a_corrected_year_reaches_the_filters_without_encoding(home, corpus, settings):
    chunks, publications = corpus
    build(chunks, publications, home, settings, HashedWords(64))
    dated = publications["digest"].model_copy(update={"published": (Published(year=2020, source="a list"),)})
    embedder = HashedWords(64)
    build(chunks, {**publications, "digest": dated}, home, settings, embedder)
    assert embedder.encoded == []
    hits = Retriever(home, settings, embedder).search("goods", filters=Filters(year_from=2018))
    assert [hit.chunk.id for hit in hits] == ["digest#0"]


def test_another_embedder_encodes_everything_again(home, corpus, settings):
    chunks, publications = corpus
    build(chunks, publications, home, settings, HashedWords(64))
    other = HashedWords(32)
    assert build(chunks, publications, home, settings, other).dimensions == 32
    assert len(other.encoded) == 7


@pytest.mark.parametrize(
    ("file", "left"),
    [
        ("passages.json", 100),
        ("passages.json", 0),
        ("vectors.npy", 200),
        ("keywords/keywords.json", 5),
        ("keywords/vocab.index.json", 0),
        ("keywords/data.csc.index.npy", 0),
        ("keywords/indices.csc.index.npy", 140),
    ],
)
def test_a_damaged_file_is_named_with_the_command_and_mended_from_chroma(home, corpus, settings, file, left):
    chunks, publications = corpus
    made = build(chunks, publications, home, settings, HashedWords(64))
    damaged = generations.folder(home, made.generation) / file
    if not damaged.exists():
        pytest.skip(f"this store has no {file}")
    damaged.write_bytes(damaged.read_bytes()[:left])
    with pytest.raises(StaleIndex, match=r"damaged.*icat index"):
        Retriever(home, settings, HashedWords(64))
    embedder = HashedWords(64)
    mended = build(chunks, publications, home, settings, embedder)
    assert embedder.encoded == []
    assert mended.generation != made.generation
    assert Retriever(home, settings, embedder).search("labour inspectors")[0].chunk.id == "demand#0"


def test_a_generation_that_is_gone_is_built_again(home, corpus, settings):
    import shutil

    chunks, publications = corpus
    made = build(chunks, publications, home, settings, HashedWords(64))
    shutil.rmtree(generations.folder(home, made.generation))
    with pytest.raises(StaleIndex, match="icat index"):
        Retriever(home, settings, HashedWords(64))
    build(chunks, publications, home, settings, HashedWords(64))
    assert Retriever(home, settings, HashedWords(64)).search("labour inspectors")[0].chunk.id == "demand#0"


def test_a_second_build_at_the_same_time_says_so_in_one_line(home, corpus):
    chunks, publications = corpus
    refused = []

    def second(_):
        with pytest.raises(BuildRunning) as error:
            build(chunks, publications, home, IndexSettings(), HashedWords(64))
        refused.append(str(error.value))

    build(chunks, publications, home, IndexSettings(), HashedWords(64), second)
    assert refused and all("another process is building" in line and "\n" not in line for line in refused)


def test_while_another_process_builds_a_second_one_is_refused_and_the_first_ends_well(builder, home, settings):
    child = builder.order(0, None)
    builder.line("encoding 64")
    os.kill(child, signal.SIGSTOP)
    with pytest.raises(BuildRunning, match="another process is building"):
        build(killed_build.corpus(1), killed_build.PUBLICATIONS, home, settings, HashedWords(64))
    os.kill(child, signal.SIGCONT)
    assert builder.line("ended") == "0"
    assert held(home, settings) == texts_of(0)
    build(killed_build.corpus(1), killed_build.PUBLICATIONS, home, settings, HashedWords(64))
    assert held(home, settings) == texts_of(1)


def test_fingerprints_of_the_documents_are_kept_up_to_date_without_a_new_generation(home, corpus, settings):
    chunks, publications = corpus
    made = build(chunks, publications, home, settings, HashedWords(64), documents={"demand": "a1"})
    assert manifest.read(home).documents == {"demand": "a1"}
    again = build(chunks, publications, home, settings, HashedWords(64), documents={"demand": "b2"})
    assert manifest.read(home) == again == made.model_copy(update={"documents": {"demand": "b2"}})


def test_the_manifest_says_what_was_built(home, corpus, settings):
    chunks, publications = corpus
    made = build(chunks, publications, home, settings, HashedWords(64))
    assert made == manifest.read(home)
    assert (made.embedder, made.dimensions, made.distance) == ("hashed-words-64", 64, "cosine")
    assert (made.publications, made.chunks, made.chunk_tokens) == (3, 7, 100)
    assert made.corpus_digest == manifest.corpus_digest(chunks)
    assert made.chroma == settings.chroma


def test_a_build_without_its_server_leaves_the_old_index(home, corpus):
    chunks, publications = corpus
    made = build(chunks, publications, home, IndexSettings(), HashedWords(64))
    away = IndexSettings(chroma="http://127.0.0.1:9")  # "discard": nothing listens
    with pytest.raises(IndexUnavailable, match=r"http://127.0.0.1:9 cannot be reached; .*ICAT_CHROMA"):
        build(chunks, publications, home, away, HashedWords(64))
    assert manifest.read(home) == made


def test_two_chunks_of_one_id_are_refused(home, corpus):
    chunks, publications = corpus
    with pytest.raises(ValueError, match="demand#0"):
        build([*chunks, chunks[0]], publications, home, IndexSettings(), HashedWords(64))


def held_like(path, sound):
    """Whether a file holds what it held; of vectors, which Chroma sets to length 1 again, to the last bit but one."""
    if path.suffix != ".npy":
        return path.read_bytes() == sound
    return np.allclose(np.load(path), np.load(BytesIO(sound)), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("chroma", "file"), [("", "vectors.npy"), ("", "passages.json"), ("", "keywords/vocab.index.json")]
)
def test_a_flipped_bit_is_told_by_digest_and_mended_by_the_next_build(home, corpus, settings, file):
    chunks, publications = corpus
    first = build(chunks, publications, home, settings, HashedWords(64))
    path = generations.folder(home, first.generation) / file
    sound = path.read_bytes()
    path.write_bytes(sound[:-9] + bytes([sound[-9] ^ 1]) + sound[-8:])
    assert generations.damaged(home, first) == {file}
    embedder = HashedWords(64)
    mended = build(chunks, publications, home, settings, embedder)
    assert mended.generation != first.generation and embedder.encoded == []
    assert generations.damaged(home, mended) == frozenset()
    assert held_like(path.parents[file.count("/") + 1] / mended.generation / file, sound)


def test_a_rebuild_uses_nothing_of_what_is_there(home, corpus, settings):
    chunks, publications = corpus
    first = build(chunks, publications, home, settings, HashedWords(64))
    embedder = HashedWords(64)
    again = build(chunks, publications, home, settings, embedder, rebuild=True)
    assert again.generation != first.generation
    assert len(embedder.encoded) == len({(chunk.text, chunk.headings, chunk.publication) for chunk in chunks})
    assert again.files == first.files or settings.chroma  # equal bytes from equal texts


def test_the_store_of_record_is_held_against_what_was_indexed(home, corpus, settings):
    chunks, publications = corpus
    found = build(chunks, publications, home, settings, HashedWords(64))
    assert generations.unlike(home, found, settings) == ""
    other = found.model_copy(update={"corpus_digest": "0" * 64})
    assert generations.unlike(home, other, settings) == "it holds 7 of 7 passages as they were indexed"
