"""Asks handlers as the page does: through the channel, with what came as JSON."""

from __future__ import annotations

from typing import Any, Protocol

from assistant.app.channel import Channel, Handler


class Answering(Protocol):
    @property
    def table(self) -> dict[str, Handler]: ...


def steps(handlers: Answering, name: str, sent: object) -> list[dict[str, Any]]:
    return list(Channel(handlers.table).steps(name, sent))


def last(handlers: Answering, name: str, sent: object) -> dict[str, Any]:
    return steps(handlers, name, sent)[-1]
