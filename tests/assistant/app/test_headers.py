"""The rules that every response brings to the browser."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.app.server import HEADERS, Headers

OWN = {"content-security-policy": "frame-ancestors 'self'"}


@pytest.mark.parametrize(("given", "rules"), [({}, HEADERS["content-security-policy"]), (OWN, *OWN.values())])
def test_a_response_without_rules_of_its_own_gets_those_of_the_page(given: dict[str, str], rules: str):
    app = Headers(Starlette(routes=[Route("/", lambda request: PlainTextResponse("", headers=given))]))
    reply = TestClient(app).get("/")
    assert reply.headers.get_list("content-security-policy") == [rules]
    assert reply.headers["x-content-type-options"] == "nosniff"
