"""Serving the page on this machine, with nothing fetched from any other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from importlib import metadata
from typing import Any

from assistant import wiring
from assistant.app import page
from assistant.app.chat.handlers import Handlers
from assistant.app.engine import Engine
from assistant.app.review.handlers import ReviewHandlers
from assistant.app.toolkit.handlers import ToolkitHandlers
from assistant.errors import NotServed
from assistant.settings import Settings
from corpus.library import Library

DISTRIBUTION = "icat-assistant"
AT_ONCE = 4  # questions answered at the same time; the others wait in line
# The browser is told to fetch from here only, whatever a page or a library on it may try. Gradio needs inline
# scripts and `new Function`.
HEADERS = {
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


class Headers:
    """ASGI middleware that adds HEADERS to every response."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def serve(settings: Settings, library: Library, announce: Callable[[str], None]) -> None:
    """Serves until it is stopped; `announce` is given the URL as soon as the page can be opened."""
    from starlette.middleware import Middleware

    toolkit = wiring.open_toolkit_reader()
    engine = Engine(lambda: wiring.open_assistant(settings, library, toolkit))
    built = page.build(
        Handlers(engine, library, settings, version()),
        ToolkitHandlers(library, version(), toolkit),
        ReviewHandlers(settings.home, library),
    )
    built.queue(default_concurrency_limit=AT_ONCE)
    try:
        _, url, _ = built.launch(
            server_name=settings.host,
            server_port=settings.port,
            share=False,
            ssr_mode=False,
            quiet=True,
            footer_links=[],
            run_history=False,  # Gradio would keep every question in the browser, for good
            theme=page.theme(),
            head=page.head(),
            app_kwargs={"middleware": [Middleware(Headers)]},
            prevent_thread_lock=True,
        )
    except OSError as error:
        raise NotServed(
            f"{settings.host}, port {settings.port}: cannot be listened on, perhaps another program does; "
            "choose another with --port"
        ) from error
    announce(url)
    built.block_thread()


def version() -> str:
    """Of this software, as installed; 'unknown' when it runs without having been installed."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "unknown"
