"""Servers of language models on this machine: told by what they answer, and only offered."""

import json
import socket
from http.server import BaseHTTPRequestHandler

import pytest
from local_server import LocalServer

from assistant.write.model.neighbours import Neighbour, found_here, offered


class Lists(BaseHTTPRequestHandler):
    """Answers what the test sets to a request for its models."""

    lists: "Serving"

    def do_GET(self) -> None:
        self.lists.asked.append(self.path)
        self.send_response(self.lists.status)
        self.end_headers()
        self.wfile.write(self.lists.body)

    def log_message(self, *_: object) -> None:
        pass


class Serving(LocalServer):
    def __init__(self, body: object, status: int = 200) -> None:
        super().__init__(Lists, "lists")
        self.body, self.status = body if isinstance(body, bytes) else json.dumps(body).encode(), status
        self.asked: list[str] = []


def test_a_server_is_offered_with_its_models_and_the_lines_that_set_the_first():
    with Serving({"object": "list", "data": [{"id": "qwen2.5:7b"}, {"id": 3}, "odd", {"id": "phi"}]}) as server:
        found = found_here({server.port: "Ollama"})
    url = f"http://127.0.0.1:{server.port}/v1"
    assert found == (Neighbour("Ollama", url, ("qwen2.5:7b", "phi")),)
    assert server.asked == ["/v1/models"]
    assert offered(found) == (
        "Ollama runs on this machine, unused so far; it has qwen2.5:7b, phi",
        f"  export ICAT_MODEL_BASE_URL={url} ICAT_MODEL_NAME=qwen2.5:7b",
    )
    told = offered((Neighbour("Ollama", url, ("a; rm b",)),))
    assert told[1].endswith("ICAT_MODEL_NAME='a; rm b'")  # to be pasted into a shell


@pytest.mark.parametrize(
    ("body", "status"),
    [({"data": []}, 200), ({"data": {"id": "a"}}, 200), ([], 200), (b"<html>", 200), ({"data": [{"id": "a"}]}, 401)],
)
def test_what_is_no_list_of_models_is_nothing(body: object, status: int):
    with Serving(body, status) as server:
        assert found_here({server.port: "Ollama"}) == ()


def test_a_port_where_nobody_listens_is_nothing():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # held, so that nobody else gets it, and nothing listens
        assert found_here({taken.getsockname()[1]: "Ollama"}) == ()
