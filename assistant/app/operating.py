"""What runs `icat serve` asks of it: whether it lives and is ready, its measures, and an end that cuts nothing off."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.app.chat.engine import Engine
from assistant.door.visitor import visitor_of
from assistant.watch.measures import Measures

WORK = ("/icat/channel/", "/gradio_api/call/", "/gradio_api/queue/")  # requests that an end waits for
LOOK = 0.05  # seconds between two looks at whether they are done
STOPPING = "the server is being stopped; ask the next one"
LOADING = "the models are being loaded"
PLAIN_NO = {"cache-control": "no-store"}


class Standing:
    """How a server stands: alive, ready, or on its way out with some requests still in hand."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._in_hand = 0  # counted on the thread of the server's loop
        self.stopping = False

    @property
    def obstacle(self) -> str:
        """Why no question can be answered now; '' when it can. A failed opening is tried again by asking this."""
        if self.stopping:
            return STOPPING
        if failure := self._engine.failure:
            self._engine.again()
            return failure
        return LOADING if self._engine.warming else ""

    def counted(self, app: ASGIApp) -> ASGIApp:
        """ASGI middleware: counts requests that are worked on, and takes none while the server is being stopped."""

        async def called(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or not scope["path"].startswith(WORK):
                await app(scope, receive, send)
            elif self.stopping and scope["method"] == "POST":  # what was asked for before may still be fetched
                await _refused(STOPPING)(scope, receive, send)
            else:
                self._in_hand += 1
                try:
                    await app(scope, receive, send)
                finally:
                    self._in_hand -= 1

        return called

    def drain(self, seconds: float) -> bool:
        """Takes no more work and waits until what is in hand is done, at most so long; whether it was."""
        self.stopping = True
        until = time.monotonic() + seconds
        # The models as well: a process that ends while they are loaded aborts.
        while (self._in_hand or self._engine.warming) and time.monotonic() < until:
            time.sleep(LOOK)
        return not self._in_hand


def routes(standing: Standing, measures: Measures | None, everybody: bool) -> list[Route]:
    """`/health` (alive), `/ready` (503 with the reason until it is), and `/metrics` where there are measures.

    `everybody`: who else than this machine may read them.
    """

    async def health(request: Request) -> Response:
        return JSONResponse({"alive": True}, headers=PLAIN_NO)

    def ready(request: Request) -> Response:
        return _refused(reason) if (reason := standing.obstacle) else JSONResponse({"ready": True}, headers=PLAIN_NO)

    def metrics(request: Request) -> Response:
        if not (everybody or visitor_of(request).local):
            return Response(status_code=403)
        text, kind = measures.text()
        return Response(text, media_type=kind, headers=PLAIN_NO)

    found: dict[str, Callable] = {"/health": health, "/ready": ready} | ({"/metrics": metrics} if measures else {})
    return [Route(path, endpoint) for path, endpoint in found.items()]


def _refused(reason: str) -> Response:
    return JSONResponse({"ready": False, "reason": reason}, status_code=503, headers=PLAIN_NO)
