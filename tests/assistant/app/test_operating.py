"""`/health`, `/ready`, `/metrics`, and an end that lets answers in hand be finished."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from served_app import REPO, free_port
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.app import operating
from assistant.app.chat.engine import Engine
from assistant.app.operating import LOADING, STOPPING, Standing
from assistant.watch import steps
from assistant.watch.measures import Measures
from index.errors import IndexUnavailable

ASKED = "/icat/channel/chat/ask"
MISSING = "no index in /somewhere; run `icat index`"


class Opener:
    """Opens an assistant when it is let, or fails as long as there is something to mend."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.mended = True

    def __call__(self) -> object:
        self.go.wait(10)
        if not self.mended:
            raise IndexUnavailable(MISSING)
        return object()


@pytest.fixture()
def opener() -> Iterator[Opener]:
    found = Opener()
    yield found
    found.go.set()


@pytest.fixture()
def standing(opener: Opener) -> Standing:
    return Standing(Engine(opener))


def client(standing: Standing, measures: Measures | None = None, everybody: bool = False, **whom: object) -> TestClient:
    asked = Route(ASKED, lambda request: PlainTextResponse("answered"), methods=["POST"])
    routes = [*operating.routes(standing, measures, everybody), asked]
    app = Starlette(routes=routes, middleware=[Middleware(standing.counted)])
    return TestClient(app, **{"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 1), **whom})


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not come to that")


def test_it_is_alive_at_once_and_ready_when_the_models_are_there(standing: Standing, opener: Opener):
    server = client(standing)
    assert server.get("/health").json() == {"alive": True}
    reply = server.get("/ready")
    assert (reply.status_code, reply.json()) == (503, {"ready": False, "reason": LOADING})
    opener.go.set()
    until(lambda: server.get("/ready").status_code == 200)
    assert server.get("/ready").json() == {"ready": True}


def test_what_is_missing_is_said_and_tried_again_so_that_it_can_be_mended_while_it_runs(opener: Opener):
    opener.mended = False
    opener.go.set()
    server = client(Standing(Engine(opener)))
    until(lambda: server.get("/ready").json()["reason"] == MISSING)
    opener.mended = True
    until(lambda: server.get("/ready").status_code == 200)


def test_measures_are_served_only_where_set_and_to_this_machine_unless_to_all(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(steps, "_observers", [])
    measures, elsewhere = Measures(), ("10.0.0.7", 1)
    assert client(standing).get("/metrics").status_code == 404
    assert "icat_step_seconds" in client(standing, measures).get("/metrics").text
    assert client(standing, measures, client=elsewhere).get("/metrics").status_code == 403
    assert client(standing, measures, True, client=elsewhere).get("/metrics").status_code == 200


def test_a_server_that_is_being_stopped_takes_no_question_and_is_not_ready(standing: Standing, opener: Opener):
    opener.go.set()
    server = client(standing)
    assert server.post(ASKED).text == "answered"
    assert standing.drain(10)
    assert server.post(ASKED).status_code == 503
    assert server.get("/ready").json()["reason"] == STOPPING
    assert server.get("/health").status_code == 200


def test_an_end_waits_for_what_is_in_hand_but_not_for_ever(standing: Standing, opener: Opener):
    opener.go.set()
    held, begun = threading.Event(), threading.Event()

    def answer(request: object) -> PlainTextResponse:
        begun.set()
        held.wait(10)
        return PlainTextResponse("answered")

    app = Starlette(routes=[Route(ASKED, answer, methods=["POST"])], middleware=[Middleware(standing.counted)])
    replies: list[str] = []
    asking = threading.Thread(target=lambda: replies.append(TestClient(app).post(ASKED).text))
    asking.start()
    assert begun.wait(10)
    assert not standing.drain(0.1)
    held.set()
    assert standing.drain(10)
    asking.join(10)
    assert replies == ["answered"]


def test_a_server_that_gets_sigterm_finishes_the_answer_in_hand_and_exits_with_0(filled_home: Path):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ICAT_")}
    environment |= {"ICAT_HOME": str(filled_home), "ICAT_LOG": "json", "ICAT_METRICS": "local"}
    command = [sys.executable, "-m", "assistant", "--verbose", "serve", "--port", str(port)]
    url, question = f"http://127.0.0.1:{port}", "What does displacement mean?"
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, cwd=REPO, **streams) as server:
        assert str(port) in server.stdout.readline()
        body = json.dumps({"question": question, "number": 0}).encode()
        request = urllib.request.Request(url + ASKED, body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as steps_of_it:
            json.loads(steps_of_it.readline())
            measured = urllib.request.urlopen(f"{url}/metrics", timeout=60).read().decode()
            server.send_signal(signal.SIGTERM)
            rest = [json.loads(line) for line in steps_of_it if line.strip()]
        _, log = server.communicate(timeout=60)
    assert rest[-1]["step"] == "answered"
    assert server.returncode == 0
    assert 'icat_steps_running{step="turn"}' in measured
    (answered,) = (record for line in log.splitlines() if (record := json.loads(line))["logger"] == "icat")
    assert answered["status"] == "answered" and answered["seconds"] > 0
    assert "displacement" not in log
