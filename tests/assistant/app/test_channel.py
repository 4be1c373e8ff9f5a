"""The channel between page and server, as an ASGI server drives it: what arrives, in which order, and what ends it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from assistant.app import channel as channels
from assistant.app.channel import Channel, PageRequest, Step, failed, file
from index.errors import StaleIndex

JSON = "application/json"
T = TypeVar("T")


def alone(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs it in a thread of its own: browser tests of the same process leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class CountRequest(PageRequest):
    to: int


def count(request: CountRequest) -> Step:
    return {"counted": list(range(request.to))}


def fail(request: CountRequest) -> Step:
    raise StaleIndex("the index is stale; run `icat index`") if request.to else KeyError("/secret/path")


class Holding:
    """Steps that wait to be let go; knows how many are under way and how many were closed."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = self.closed = 0

    def hold(self, request: CountRequest) -> Iterator[Step]:
        try:
            self.begun += 1
            yield {"step": "begun"}
            self.go.wait(10)
            yield {"step": "done", "to": request.to}
        finally:
            self.closed += 1


class Exchange:
    """One request to a channel, and the lines that came back until now."""

    def __init__(self, channel: Channel, name: str, body: object, kind: str = JSON) -> None:
        self.lines: list[bytes] = []
        self.status = 0
        self._app = Starlette(routes=[Route("/{name:path}", channel.answer, methods=["POST"])])
        self._body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._scope = {
            "type": "http",
            "asgi": {"spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "path": f"/{name}",
            "query_string": b"",
            "headers": [(b"content-type", kind.encode())],
        }
        self._read = False
        self.left = asyncio.Event()
        self.ended = asyncio.create_task(self._app(self._scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if not self._read:
            self._read = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        if body := message.get("body"):
            self.lines.append(body)

    async def steps(self) -> list[Step]:
        await self.ended
        return [json.loads(line) for line in self.lines if line.strip()]


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not what():
            await asyncio.sleep(0.005)


def answered(name: str, body: object, kind: str = JSON) -> tuple[int, list[Step]]:
    async def run() -> tuple[int, list[Step]]:
        exchange = Exchange(Channel({"count": count, "fail": fail}), name, body, kind)
        steps = await exchange.steps()
        return exchange.status, steps

    return alone(run())


def test_a_request_is_checked_and_brought_to_its_handler():
    assert answered("count", {"to": 3}) == (200, [{"counted": [0, 1, 2]}])


@pytest.mark.parametrize("body", [{}, {"to": "many"}, {"to": 1, "more": 2}, None, [1], b"not json"])
def test_what_the_page_would_never_send_is_said_in_a_step(body: object):
    status, (step,) = answered("count", body)
    assert (status, step["step"]) == (200, "failed")
    assert "load it again" in step["text"]


def test_a_name_that_is_unknown_is_said_too():
    _, (step,) = answered("counts", {"to": 3})
    assert "something unknown (counts)" in step["text"]


def test_an_error_of_ours_is_told_as_it_stands_and_a_bug_by_its_kind():
    assert answered("fail", {"to": 1})[1] == [failed("the index is stale; run `icat index`")]
    ((_, (bug,)),) = [answered("fail", {"to": 0})]
    assert "KeyError" in bug["text"] and "/secret/path" not in bug["text"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_a_page_of_another_site_can_send_unasked_is_refused(kind: str):
    assert answered("count", {"to": 3}, kind) == (415, [])


def test_steps_come_one_by_one_and_a_silent_request_shows_that_it_is_alive(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(channels, "BEAT", 0.01)
    holding = Holding()

    async def run() -> list[Step]:
        exchange = Exchange(Channel({"hold": holding.hold}), "hold", {"to": 5})
        await until(lambda: exchange.lines.count(b"\n") > 2)
        await until(lambda: [line for line in exchange.lines if line != b"\n"] == [b'{"step": "begun"}\n'])
        holding.go.set()
        return await exchange.steps()

    assert alone(run()) == [{"step": "begun"}, {"step": "done", "to": 5}]


def test_a_page_that_leaves_ends_the_work_and_no_other_request(monkeypatch: pytest.MonkeyPatch):
    holding = Holding()

    async def run() -> list[Step]:
        channel = Channel({"hold": holding.hold})
        stopped, other = (Exchange(channel, "hold", {"to": number}) for number in (1, 2))
        await until(lambda: stopped.lines and other.lines)
        stopped.left.set()
        await stopped.ended
        holding.go.set()
        await until(lambda: holding.closed == 2)
        assert stopped.lines == [b'{"step": "begun"}\n']
        return await other.steps()

    assert alone(run()) == [{"step": "begun"}, {"step": "done", "to": 2}]


def test_long_requests_wait_in_line_short_ones_do_not_and_who_has_left_is_not_begun():
    holding = Holding()

    async def run() -> None:
        channel = Channel({"hold": holding.hold, "count": count})
        running = [Exchange(channel, "hold", {"to": number}) for number in range(channels.AT_ONCE)]
        await until(lambda: holding.begun == channels.AT_ONCE)
        left, waiting = (Exchange(channel, "hold", {"to": number}) for number in (8, 9))
        assert await Exchange(channel, "count", {"to": 1}).steps() == [{"counted": [0]}]
        left.left.set()
        await left.ended
        assert (left.lines, waiting.lines) == ([], [])
        holding.go.set()
        assert (await waiting.steps())[-1] == {"step": "done", "to": 9}
        assert [(await one.steps())[-1]["to"] for one in running] == list(range(channels.AT_ONCE))

    alone(run())
    assert holding.begun == channels.AT_ONCE + 1


def test_a_file_goes_as_base64_with_the_type_of_its_suffix():
    assert file("sheet.csv", b"a;b") == {"name": "sheet.csv", "mime": "text/csv;charset=utf-8", "content": "YTti"}
