"""An HTTP server on a free port of this machine, for what plays a part of the outside world."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class LocalServer:
    """Serves from entering to leaving. `handler`: the class that answers, with `part` (its name) set to this."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], part: str) -> None:
        own: dict[str, Any] = {part: self}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), own))
        self._server.daemon_threads = True

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
