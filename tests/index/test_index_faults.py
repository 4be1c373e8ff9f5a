"""An index whose disk is full or read-only, and one whose server goes away, hangs or comes back."""

import shutil
import socket
import threading

import pytest
from chroma_server import chroma_server
from fakes import HashedWords

from index import manifest, vectors
from index.build import build
from index.errors import IndexUnavailable
from index.retriever import Retriever
from index.types import IndexSettings

ASKED = "labour inspectors"


def first(retriever: Retriever) -> str:
    return retriever.search(ASKED)[0].chunk.id


def test_on_a_full_disk_the_old_index_stays_and_a_build_with_room_mends_all(small_disk, corpus):
    chunks, publications = corpus
    home = small_disk.folder / "home"
    made = build(chunks[:3], publications, home, IndexSettings(), HashedWords(64))
    small_disk.fill()
    with pytest.raises(IndexUnavailable, match=r"^[^\n]+; (free some space or set ICAT_HOME|run `icat index`)$"):
        build(chunks, publications, home, IndexSettings(), HashedWords(64))
    assert manifest.read(home) == made
    assert first(Retriever(home, IndexSettings(), HashedWords(64))) == "demand#0"
    small_disk.empty()
    assert build(chunks, publications, home, IndexSettings(), HashedWords(64)).chunks == 7
    assert len(list((manifest.folder(home) / "generations").iterdir())) == 1


def test_an_index_that_may_only_be_read_is_searched_and_says_so_when_built(small_disk, corpus):
    chunks, publications = corpus
    home = small_disk.folder / "home"
    build(chunks, publications, home, IndexSettings(), HashedWords(64))
    small_disk.freeze()
    assert first(Retriever(home, IndexSettings(), HashedWords(64))) == "demand#0"
    with pytest.raises(IndexUnavailable, match="Read-only file system; free some space or set ICAT_HOME"):
        build(chunks[:3], publications, home, IndexSettings(), HashedWords(64))


@pytest.mark.server
def test_searches_go_on_without_the_server_and_all_else_is_said_until_it_is_back(home, corpus, tmp_path):
    chunks, publications = corpus
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = IndexSettings(chroma=f"http://127.0.0.1:{port}")
    with chroma_server(tmp_path / "server", port) as server:
        build(chunks, publications, home, settings, HashedWords(64))
        retriever = Retriever(home, settings, HashedWords(64))
        found = threading.Event()

        def search_on() -> None:
            for _ in range(50):
                assert first(retriever) == "demand#0"
            found.set()

        searching = threading.Thread(target=search_on)
        searching.start()
        server.kill()
        searching.join()
    assert found.is_set()
    assert first(retriever) == "demand#0"  # its vectors are in memory
    for needs_it in (
        lambda: Retriever(home, settings, HashedWords(64)),
        lambda: build(chunks[:3], publications, home, settings, HashedWords(64)),
    ):
        with pytest.raises(IndexUnavailable, match=rf"http://127.0.0.1:{port} cannot be reached; start it"):
            needs_it()
    assert first(retriever) == "demand#0"
    with chroma_server(tmp_path / "server", port):
        assert first(Retriever(home, settings, HashedWords(64))) == "demand#0"
        build(chunks[3:], publications, home, settings, HashedWords(64))
        assert {hit.chunk.id for hit in retriever.search("crime")} >= {"brief#0", "brief#1"}  # the old one found it
        assert retriever.manifest.chunks == 4


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(vectors, "_HELLO", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(IndexUnavailable, match="cannot be reached; start it"):
            vectors.require_server(f"http://127.0.0.1:{silent.getsockname()[1]}")


def test_a_damaged_store_of_vectors_is_written_anew_by_the_next_build(home, corpus, tmp_path):
    chunks, publications = corpus
    made = build(chunks, publications, home, IndexSettings(), HashedWords(64))
    copied = tmp_path / "copied"  # Chroma remembers what it has open in this process
    shutil.copytree(home, copied)
    place = manifest.folder(copied) / "generations" / made.generation
    (place / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    (place / "vectors.npy").write_bytes(b"cut off")  # so that Chroma has to be read
    embedder = HashedWords(64)
    mended = build(chunks, publications, copied, IndexSettings(), embedder)
    assert (mended.chunks, len(embedder.encoded)) == (7, 7)
    assert first(Retriever(copied, IndexSettings(), embedder)) == "demand#0"
