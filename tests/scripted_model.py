"""A real HTTP server that speaks the OpenAI protocol and answers by a script: right, wrong, slow, cut or endless.

Nothing in it waits for a time to pass: what is slow holds until the client goes or the test opens the gate.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any

from local_server import LocalServer

GIVE_UP = 60.0  # seconds after which a held reply ends by itself: a test that failed must not hang


@dataclass(frozen=True)
class Reply:
    """How one request is answered. By default: the pieces as events, then the end as the protocol wants it."""

    pieces: Sequence[str] = ()
    finish: str | None = "stop"  # None: no event says that the text is finished
    usage: tuple[int, int] | None = (120, 30)  # tokens in and out; None: the server does not tell
    thoughts: Sequence[str] = ()  # as reasoning_content, before the pieces
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None  # sent as it is, in place of everything above but status and headers
    tail: str = ""  # sent as it is after the pieces
    hold: str = ""  # "before" the headers, "first" before any event, or "after" the pieces: until the client goes
    gate: threading.Event | None = None  # held before the pieces until it is set
    cut: bool = False  # the connection breaks off after the pieces
    forever: bool = False  # the pieces again and again until the client goes
    drop: bool = False  # the connection is closed without any reply


def error(status: int, message: str, headers: Mapping[str, str] | None = None, **more: Any) -> Reply:
    """An error as the protocol writes it."""
    return Reply(status=status, headers=headers or {}, body=json.dumps({"error": {"message": message, **more}}))


def first_tokens(**logprobs: float) -> Reply:
    """A reply of one token, not streamed, with the logarithms of what it might have been."""
    top = [{"token": token, "logprob": value, "bytes": None} for token, value in logprobs.items()]
    content = [{**top[0], "top_logprobs": top}]
    message = {"role": "assistant", "content": top[0]["token"]}
    choice = {"index": 0, "message": message, "finish_reason": "length", "logprobs": {"content": content}}
    about = {"id": "c-1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
    return Reply(headers={"Content-Type": "application/json"}, body=json.dumps(about))


class ScriptedModel(LocalServer):
    """Serves one reply after another, the last one for ever. A context manager."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self._lock = threading.Lock()
        self.requests: list[dict[str, Any]] = []  # bodies, in the order they came
        self.headers: list[Mapping[str, str]] = []
        self.arrived = threading.Semaphore(0)  # one for each request
        self.gone = threading.Event()  # a client left before its reply was over
        super().__init__(_Handler, "script")

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def take(self, body: dict[str, Any], headers: Mapping[str, str]) -> Reply:
        """The reply whose turn it is."""
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            reply = self._replies[0] if len(self._replies) == 1 else self._replies.pop(0)
        self.arrived.release()
        return reply


class Refused:
    """An address on which nothing listens, kept free of others while in use."""

    def __enter__(self) -> str:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: ScriptedModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        reply = self.script.take(body, dict(self.headers.items()))
        self.close_connection = True
        if reply.drop:
            return
        try:
            self._answer(reply)
        except OSError:
            self.script.gone.set()

    def _answer(self, reply: Reply) -> None:
        if reply.hold == "before":
            return self._hold()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.body is not None:
            self.send_header("Content-Length", str(len(reply.body.encode())))
            self.end_headers()
            self.wfile.write(reply.body.encode())
            return
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if reply.hold == "first":
            return self._hold()
        self._events(reply)

    def _events(self, reply: Reply) -> None:
        self._event({"role": "assistant", "content": None})
        for thought in reply.thoughts:
            self._event({"reasoning_content": thought})
        if reply.gate is not None:
            reply.gate.wait(GIVE_UP)
        while True:
            for piece in reply.pieces:
                self._event({"content": piece})
            if not reply.forever:
                break
        if reply.tail:
            self._chunk(reply.tail)
        if reply.hold == "after":
            return self._hold()
        if reply.cut:
            return
        if reply.finish is not None:
            self._event({}, reply.finish)
        if reply.usage is not None:
            tokens_in, tokens_out = reply.usage
            usage = {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            }
            self._data({"choices": [], "usage": usage})
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, delta: Mapping[str, Any], finish: str | None = None) -> None:
        self._data({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def _data(self, event: Mapping[str, Any]) -> None:
        about = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
        self._chunk(f"data: {json.dumps({**about, **event})}\n\n")

    def _chunk(self, text: str) -> None:
        raw = text.encode()
        self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")

    def _hold(self) -> None:
        """Until the client goes; a socket that can be read and gives nothing is one that was closed."""
        ready, _, _ = select.select([self.connection], [], [], GIVE_UP)
        if ready and self.connection.recv(1) == b"":
            self.script.gone.set()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""
