"""Serving the page on this machine, with nothing fetched from any other."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from assistant import wiring
from assistant.app import page
from assistant.app.engine import Engine
from assistant.app.handlers import Handlers
from assistant.settings import Settings
from corpus.library import Library


def serve(settings: Settings, library: Library, announce: Callable[[str], None]) -> None:
    """Serves until it is stopped; `announce` is given the URL as soon as the page can be opened."""
    engine = Engine(lambda: wiring.open_assistant(settings, library))
    built = page.build(Handlers(engine, library, settings), _secret(settings.home))
    built.queue(default_concurrency_limit=4)
    _, url, _ = built.launch(
        server_name=settings.host,
        server_port=settings.port,
        share=False,
        ssr_mode=False,
        quiet=True,
        footer_links=[],
        theme=page.theme(),
        css=page.asset("style.css"),
        prevent_thread_lock=True,
    )
    announce(url)
    built.block_thread()


def _secret(home: Path) -> str:
    """What the browser's copy of a conversation is encrypted with; made once per data folder, readable by its owner."""
    path = home / "browser.key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(32)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
