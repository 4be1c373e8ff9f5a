"""The store gives back what was put in, exactly: embedded and on a server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from corpus.types import Activity, Kind, Origin
from index.errors import IndexUnavailable, StaleIndex
from index.snapshot import PublicationFacts
from index.vectors import GenerationGone, VectorStore, drop_others, require_server

FACTS = {
    "p": PublicationFacts("A paper", Kind.REPORT, 2014, (Activity.LIVELIHOODS, Activity.SUPPORT)),
    "q": PublicationFacts("Q", Kind.OTHER, None, ()),
}
VECTORS = np.array([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], dtype=np.float32)


@pytest.fixture()
def name(request):
    """A collection name of this test's own: a server is shared."""
    return f"icat-{abs(hash(request.node.nodeid)):x}-g1"


@pytest.fixture()
def chunks(make_chunk):
    return [
        make_chunk("p#0", "eins", headings=("Part I", 'A > B, "quoted"'), language="de"),
        make_chunk("p#1", "двa\nlines", 10, first_page=3, last_page=4, language=""),
        make_chunk("p#10", "three", 30, headings=("Part II",)),
        make_chunk("q#0", "four", origin=Origin.STARTER),
    ]


@pytest.fixture()
def store(tmp_path, chroma, name, chunks):
    made = VectorStore.create(tmp_path / "chroma", chroma, name)
    made.add(chunks, FACTS, VECTORS)
    yield made
    made.close()


def test_all_that_was_stored_comes_back_in_order_of_id(store, chunks):
    stored = store.read()
    assert stored.chunks == tuple(chunks)
    assert stored.facts == FACTS
    assert stored.vectors.dtype == np.float32
    np.testing.assert_allclose(stored.vectors, VECTORS, atol=1e-6)


def test_a_store_that_was_closed_can_be_opened_again(store, tmp_path, chroma, name, chunks):
    store.close()
    again = VectorStore.open(tmp_path / "chroma", chroma, name)
    assert again.read().chunks == tuple(chunks)
    again.close()


def test_more_chunks_than_one_batch_takes_are_stored_and_read(tmp_path, chroma, name, make_chunk):
    # The embedded store takes 5,461 at a time.
    count = 5_500
    chunks = [make_chunk(f"p#{n}", f"text {n}", n * 20) for n in range(count)]
    angles = np.linspace(0, np.pi, count)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    store = VectorStore.create(tmp_path / "many", chroma, f"{name}-many")
    store.add(chunks, FACTS, vectors)
    stored = store.read()
    store.close()
    assert len(stored.chunks) == count
    row = [chunk.id for chunk in stored.chunks].index("p#5499")
    np.testing.assert_allclose(stored.vectors[row], [-1, 0], atol=1e-6)


def test_a_chunk_that_was_altered_in_the_store_is_not_passed_on(store):
    store._collection.update(ids=["p#0"], embeddings=VECTORS[:1], documents=["altered"])
    with pytest.raises(StaleIndex, match=r"'p#0'.*icat index"):
        store.read()


def test_a_collection_that_is_gone_is_named_as_such(tmp_path, chroma, name):
    with pytest.raises(GenerationGone, match="icat index"):
        VectorStore.open(tmp_path / "nowhere", chroma, f"{name}-gone")


@pytest.mark.server
def test_only_the_other_collections_of_this_store_are_dropped(tmp_path, chroma_url):
    for generation in ("icat-aa11-g1", "icat-aa11-g2", "icat-bb22-g1"):
        VectorStore.create(tmp_path, chroma_url, generation).close()
    drop_others(chroma_url, "icat-aa11-", "icat-aa11-g2")
    for kept in ("icat-aa11-g2", "icat-bb22-g1"):
        VectorStore.open(tmp_path, chroma_url, kept).close()
    with pytest.raises(GenerationGone):
        VectorStore.open(tmp_path, chroma_url, "icat-aa11-g1")


@pytest.mark.server
def test_a_reader_that_meets_a_dropped_collection_says_that_it_is_gone(tmp_path, chroma_url, chunks):
    store = VectorStore.create(tmp_path, chroma_url, "icat-cc33-g1")
    store.add(chunks, FACTS, VECTORS)
    drop_others(chroma_url, "icat-cc33-", "icat-cc33-g2")
    with pytest.raises(GenerationGone):
        store.read()
    store.close()


def test_a_server_behind_a_proxy_is_asked_under_its_path_and_with_its_password():
    asked = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Authorization"]))
            self.send_error(503)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(IndexUnavailable):
            require_server(f"http://ada:open%20sesame@127.0.0.1:{server.server_port}/store")
        server.shutdown()
    path, authorization = asked[0]
    assert path.startswith("/store/api/v2/")
    assert authorization == "Basic YWRhOm9wZW4gc2VzYW1l"  # base64 of "ada:open sesame"


def test_a_server_that_is_away_is_named_without_its_password():
    with pytest.raises(IndexUnavailable) as error:
        require_server("http://reader:secret@127.0.0.1:9")
    assert str(error.value).startswith("Chroma server http://127.0.0.1:9 cannot be reached; ")
    assert "secret" not in str(error.value)
