"""Who sits at this machine, as far as a request tells."""

import pytest
from starlette.requests import Request

from assistant.door.visitor import language_of, visitor_of


def asked(client: str | None, host: str = "127.0.0.1:7860", **headers: str) -> Request:
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": host, **headers}.items()]
    scope = {"type": "http", "scheme": "http", "path": "/", "query_string": b"", "headers": lines}
    return Request({**scope, "client": (client, 50000) if client else None, "server": ("127.0.0.1", 7860)})


@pytest.mark.parametrize(
    ("request_", "local"),
    [
        (asked("127.0.0.1"), True),
        (asked("::1", "[::1]:7860"), True),
        (asked("127.0.0.1", "localhost:7860"), True),
        (asked("192.0.2.7", "192.0.2.1:7860"), False),
        (asked("192.0.2.7"), False),
        (asked("127.0.0.1", "icat.example"), False),  # a name of somebody else that leads here, or a proxy
        (asked("127.0.0.1", x_forwarded_for="192.0.2.7"), False),
        (asked("127.0.0.1", via="1.1 proxy"), False),
        (asked(None), False),
        (asked("testclient"), False),
    ],
)
def test_only_who_asks_from_here_through_nothing_is_local(request_: Request, local: bool):
    assert visitor_of(request_).local is local


@pytest.mark.parametrize(
    ("request_", "language"),
    [
        (asked("127.0.0.1"), "en"),
        (asked("127.0.0.1", accept_language="ru,en;q=0.5"), "ru"),
        (asked("127.0.0.1", accept_language="ru", cookie="icat-language=zh"), "zh"),
        (asked("127.0.0.1", accept_language="ru", cookie="icat-language=zh", icat_language="ar"), "ar"),
        (asked("127.0.0.1", accept_language="es", cookie="icat-language=<script>"), "es"),
    ],
)
def test_what_is_spoken_is_what_the_page_speaks_then_what_was_chosen_then_what_the_browser_asks_for(
    request_: Request, language: str
):
    assert language_of(request_) == language
