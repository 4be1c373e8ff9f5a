"""The rules that every response brings to the browser, and the way to the page in the reader's language."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.app.server import HEADERS, Greeting, Headers

OWN = {"content-security-policy": "frame-ancestors 'self'"}


@pytest.mark.parametrize(("given", "rules"), [({}, HEADERS["content-security-policy"]), (OWN, *OWN.values())])
def test_a_response_without_rules_of_its_own_gets_those_of_the_page(given: dict[str, str], rules: str):
    app = Headers(Starlette(routes=[Route("/", lambda request: PlainTextResponse("", headers=given))]))
    reply = TestClient(app).get("/")
    assert reply.headers.get_list("content-security-policy") == [rules]
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_root_leads_to_the_page_that_the_reader_can_read_and_stays_where_that_is_english():
    page = Route("/", lambda request: PlainTextResponse("page"), methods=["GET", "POST"])
    client = TestClient(Greeting(Starlette(routes=[page])), follow_redirects=False)
    french = {"accept-language": "fr-CH, en;q=0.4"}
    there = client.get("/?__theme=dark", headers=french)
    assert (there.status_code, there.headers["location"]) == (303, "fr?__theme=dark")
    assert "accept-language" in there.headers["vary"]
    assert client.get("/", headers={"accept-language": "de"}).text == "page"
    assert client.get("/", headers={**french, "cookie": "icat-language=en"}).text == "page"
    assert client.post("/", headers=french).text == "page"
