"""What is needed of the model hub's protocol, on this machine: HEAD and GET of one file, which lead to another host.

The hub answers with a redirect that carries commit, size and sha256; the file itself is on `localhost`, which is to a
client another host than 127.0.0.1. Nothing in it waits for a time to pass.
"""

from __future__ import annotations

import re
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

from local_server import LocalServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class ModelHub(LocalServer):
    """Serves one file at any repository and name. A context manager."""

    def __init__(self, content: bytes, *, says: bytes | None = None) -> None:
        """`says`: the content that it says it has, where that is not what it sends."""
        self.content = content
        self.sha256 = sha256(content if says is None else says).hexdigest()
        self.size: int | None = len(content)  # that it says; None: it does not say
        self.status = 302  # of its answers
        self.cuts = 0  # how many of the next transfers break off ...
        self.cut_at = len(content)  # ... before this byte of the file
        self.file_status = 200  # of the host that has the file; after a cut: that of `then`
        self.then = 200
        self.leads_to = ""  # where it says that the file is; '' for `elsewhere`
        self.requests: list[tuple[str, str, str]] = []  # method, path, Range
        super().__init__(_Handler, "hub")

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def elsewhere(self) -> str:
        return f"http://localhost:{self.port}/blob"

    def ranges(self) -> list[str]:
        """The Range of each transfer, '' for a whole one, in their order."""
        return [wanted for method, path, wanted in self.requests if method == "GET" and path == "/blob"]


class _Handler(BaseHTTPRequestHandler):
    hub: ModelHub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        wanted = self.headers.get("Range", "")
        self.hub.requests.append((self.command, self.path, wanted))
        if self.path == "/blob":
            self._send(wanted)
        else:
            self._lead()

    def _lead(self) -> None:
        hub = self.hub
        self.send_response(hub.status)
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", '"of the page"')
        self.send_header("X-Linked-Etag", f'"{hub.sha256}"')
        if hub.size is not None:
            self.send_header("X-Linked-Size", str(hub.size))
        if hub.status == 302:
            self.send_header("Location", hub.leads_to or hub.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, wanted: str) -> None:
        hub = self.hub
        if hub.file_status != 200:
            self.send_response(hub.file_status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        begin = int(found[1]) if (found := re.fullmatch(r"bytes=(\d+)-", wanted)) else 0
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {begin}-{len(hub.content) - 1}/{len(hub.content)}")
        self.send_header("Content-Length", str(len(hub.content) - begin))
        self.end_headers()
        end = len(hub.content)
        if hub.cuts:
            hub.cuts, hub.file_status, end = hub.cuts - 1, hub.then, hub.cut_at
        self.wfile.write(hub.content[begin:end])  # HTTP/1.0: the connection ends with it

    def log_message(self, format: str, *values: object) -> None:
        pass
