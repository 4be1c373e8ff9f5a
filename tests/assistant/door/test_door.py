"""What is let through to the page, and what is not: names, origins, places, sizes, rates."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from door_samples import ELSEWHERE, accounts_in, client_of, enter

from corpus.disk import LARGEST_FILE

ASK = "/icat/channel/chat/ask"
PLACES = ("/", "/fr", "/config", "/gradio_api/info", "/gradio_api/queue/data", ASK)


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "192.168.1.9"]
)
def test_a_name_that_is_not_this_servers_gets_nothing(tmp_path: Path, path: str, host: str):
    for method in ("GET", "POST"):
        assert client_of(tmp_path).request(method, path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:7860", "localhost", "[::1]:7860", "LocalHost:1", "icat.example:443", "[2001:db8::7]", "10.0.0.2"],
)
def test_the_names_it_is_meant_for_are_answered(tmp_path: Path, host: str):
    client = client_of(tmp_path, host="10.0.0.2", hosts="icat.example, [2001:db8::7]")
    assert client.get("/", headers={"host": host}).status_code == 200


def test_on_every_address_it_answers_to_the_one_that_was_asked(tmp_path: Path):
    client = client_of(tmp_path, host="0.0.0.0", base="http://192.168.1.5:7860")  # which is then that of the server
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "192.168.1.6:7860"}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:3000", "http://[", "https://x:y"])
def test_a_page_of_another_site_can_not_ask(tmp_path: Path, origin: str):
    for path in PLACES:
        for method in ("GET", "POST", "OPTIONS"):
            assert client_of(tmp_path).request(method, path, headers={"origin": origin}).status_code == 403


def test_a_page_of_this_server_can_ask_also_behind_a_proxy_that_changed_the_name(tmp_path: Path):
    client = client_of(tmp_path, hosts="icat.example")
    assert client.post(ASK, headers={"origin": "http://127.0.0.1:7860"}).status_code == 200
    assert client.post(ASK, headers={"origin": "https://icat.example"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://127.0.0.1:22/",
        "/gradio_api/file/settings.toml",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/component_server",
        "/gradio_api/process_recording",
        "/gradio_api/stream/x",
        "/gradio_api/custom_component/a/client/b/c",
        "/gradio_api/vibe-edit",
        "/gradio_api/dev/reload",
        "/gradio_api/run/ask",
        "/gradio_api/login_check",
        "/gradio_api/token",
        "/monitoring",
        "/monitoring/summary",
        "/login",  # which is Gradio's, where nobody signs in
        "/docs",
        "//gradio_api/file=/etc/passwd",
        "/gradio_api//file=/etc/passwd",
        "/assets/../gradio_api/file=/etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%5c..%5cusers.json",
        "/icat/x/../../gradio_api/upload",
    ],
)
def test_what_the_page_does_not_need_is_closed(tmp_path: Path, path: str):
    client = client_of(tmp_path)
    for method in ("GET", "POST"):
        assert client.request(method, path).status_code == 404


def pieces(size: int) -> Iterator[bytes]:
    """A body whose length nobody says before."""
    for _ in range(size >> 16):
        yield b"x" * (1 << 16)


@pytest.mark.parametrize(
    ("path", "largest"), [("/gradio_api/queue/join", 1 << 20), (ASK, 16 << 20), ("/icat/library/upload", LARGEST_FILE)]
)
def test_a_body_that_is_too_large_is_cut_off(tmp_path: Path, path: str, largest: int):
    client = client_of(tmp_path)
    announced = client.post(path, content=b"", headers={"content-length": str(largest + 1)})
    assert (announced.status_code, f"{largest >> 20} MiB" in announced.text) == (413, True)
    if largest < LARGEST_FILE:
        assert client.post(path, content=pieces(largest)).json()["size"] == largest
        assert client.post(path, content=pieces(largest + (1 << 16))).status_code == 413


def test_who_asks_too_often_is_told_in_words_and_others_are_not_held_up(tmp_path: Path):
    client = client_of(tmp_path, questions_a_minute=2, uploads_a_minute=1)
    assert [client.post(ASK).status_code for _ in range(3)] == [200, 200, 429]
    refusal = client.post(ASK, headers={"icat-language": "en"})
    assert refusal.json()["text"] == "These were many questions in a short time. Wait a minute, then ask again."
    assert client.post("/gradio_api/queue/join").status_code == 429  # the same questions by another way
    assert client.post("/gradio_api/call/ask").status_code == 429
    assert client.post("/icat/channel/library/list").status_code == 200
    assert [client.put("/icat/library/upload").status_code for _ in range(2)] == [200, 429]


def test_at_this_machine_there_is_no_rate_but_through_a_proxy_there_is(tmp_path: Path):
    client = client_of(tmp_path, address="127.0.0.1", questions_a_minute=1)
    assert {client.post(ASK).status_code for _ in range(5)} == {200}
    assert [client.post(ASK, headers={"x-forwarded-for": ELSEWHERE}).status_code for _ in range(2)] == [200, 429]


def test_a_rate_is_of_who_signed_in_wherever_they_sit(tmp_path: Path):
    accounts_in(tmp_path)
    client = client_of(tmp_path, signed=True, questions_a_minute=1)
    enter(client, "reader")
    assert [client.post(ASK).status_code for _ in range(2)] == [200, 429]
    enter(client, "reviewer")
    assert client.post(ASK).status_code == 200
