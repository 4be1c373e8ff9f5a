"""The product with sign-in, as a user starts it: one server for all, with a key for a model and all its logs kept."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from door_samples import BROWSER, WORDS, accounts_in
from served_app import REPO, Served, environment_of, free_port, serving

if TYPE_CHECKING:
    from browsing import Contexts

KEY = "sk-never-to-be-seen-4711"
WRONG = "a wrong password that is nowhere"
MANY = 12  # questions a minute of one account: more than any test asks
ASKED = {"question": "What is displacement?", "number": 0}


@dataclass
class Guarded:
    """A server with sign-in; what it said to whom, and to its logs."""

    served: Served
    log: Path
    replies: list[str] = field(default_factory=list)

    @contextmanager
    def client(self, name: str = "", **headers: str) -> Iterator[httpx.Client]:
        """A browser that shares nothing; signed in where a name is given."""
        hooks = {"response": [self.keep]}
        with httpx.Client(base_url=self.served.url, headers=BROWSER | headers, event_hooks=hooks, timeout=60) as client:
            if name:
                sent = {"username": name, "password": WORDS}
                assert client.post("login", data=sent, headers=BROWSER).status_code == 303
            yield client

    def keep(self, reply: httpx.Response) -> None:
        reply.read()
        self.replies.append(reply.text)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    home = tmp_path_factory.mktemp("guarded") / "home"
    log = home.with_name("log")
    accounts_in(home)
    (home / "settings.toml").write_text(f"questions_a_minute = {MANY}\n")
    nobody = f"http://127.0.0.1:{free_port()}/v1"  # the model does not answer: that is told, without the key
    model = {"ICAT_MODEL_NAME": "m", "ICAT_MODEL_BASE_URL": nobody, "ICAT_MODEL_KEY": KEY}
    with log.open("w") as errors, serving(home, extra=model, options=["--api"], errors=errors) as url:
        yield Guarded(Served(url, home), log)


def test_a_page_is_for_who_signed_in_only(guarded: Guarded):
    with guarded.client() as client:
        assert client.get("").status_code == 401 and "gradio" not in client.get("").text
        for path in ("config", "gradio_api/info", "theme.css", "gradio_api/queue/data?session_hash=x"):
            assert client.get(path).status_code == 401
        assert client.post("gradio_api/call/ask", json={"data": ["?", []]}).status_code == 401
    with guarded.client("reader") as client:
        assert "gradio" in client.get("").text
        assert client.get("config").status_code == 200


def test_no_file_of_this_machine_and_no_upload_of_gradios_can_be_had(guarded: Guarded):
    home = guarded.served.home
    wanted = ["/etc/passwd", str(home / "settings.toml"), str(home / "users.json"), str(home / "store"), "users.json"]
    wanted += [str(REPO / "README.md"), "../../../../etc/passwd", "http://127.0.0.1/", "gradio_api/../users.json"]
    with guarded.client("maintainer") as client:
        for path in wanted:
            for place in ("gradio_api/file=", "gradio_api/file/", "static/", "assets/", "file=", "icat/x/"):
                reply = client.get(f"{place}{path}")
                assert reply.status_code in (403, 404), (place, path)
                assert "root:" not in reply.text and "argon2" not in reply.text
        assert client.post("gradio_api/upload", files={"files": b"x"}).status_code == 404
        names = ("../../users.json", "..\\..\\users.json", "/etc/passwd", "\0")
        for name in names:
            assert client.put("icat/library/upload", params={"name": name}, content=b"x").status_code == 200
    kept = [path for path in (home / "uploads").rglob("*") if path.is_file()]
    assert sorted(path.name for path in kept) == ["file", "passwd", "users.json", "users.json"]
    assert "argon2" in (home / "users.json").read_text()


def test_another_name_and_another_site_get_nothing_also_with_the_api(guarded: Guarded):
    with guarded.client("maintainer", accept="*/*") as client:
        for path in ("", "config", "gradio_api/queue/data", "gradio_api/call/search", "icat/channel/chat/ask"):
            assert client.get(path, headers={"host": "evil.example"}).status_code == 421
            assert client.post(path, json={}, headers={"host": "evil.example"}).status_code == 421
            reply = client.post(path, json={}, headers={"origin": "http://evil.example"})
            assert reply.status_code == 403


def test_each_role_may_do_its_own(guarded: Guarded):
    allowed = {}
    for role in ("reader", "reviewer", "maintainer"):
        with guarded.client(role) as client:
            adds = client.post("icat/channel/library/offered", json={}).json()["allowed"]
            review = client.post("icat/channel/review/list", json={}).status_code
            upload = client.put("icat/library/upload?name=a.txt", content=b"x").status_code
            removal = client.post("icat/channel/library/remove", json={"id": "toolkit"}).text
            allowed[role] = (adds, review, upload, "maintainers only" in removal)
    assert allowed == {
        "reader": (False, 403, 403, True),
        "reviewer": (False, 200, 403, True),
        "maintainer": (True, 200, 200, False),
    }


def test_too_much_is_a_line(guarded: Guarded):
    with guarded.client("reader") as client:
        long = client.post("icat/channel/chat/ask", json={**ASKED, "question": "x" * 100_000})
        assert "This is too long (question): at most 8000 characters; shorten it." in long.text
        large = client.post("icat/channel/chat/ask", content=b"x" * (17 << 20))
        assert (large.status_code, "at most 16 MiB" in large.text) == (413, True)
        assert client.post("gradio_api/queue/join", content=b"x" * (2 << 20)).status_code == 413


def test_a_program_signs_in_and_calls(guarded: Guarded):
    from gradio_client import Client

    client = Client(guarded.served.url, auth=("reader", WORDS), verbose=False)
    assert client.predict(query="safe return", limit=1, api_name="/search")["passages"]
    with pytest.raises(Exception, match="Invalid credentials"):
        Client(guarded.served.url, auth=("reader", WRONG), verbose=False)


def test_no_secret_is_in_any_log_reply_or_error(guarded: Guarded):
    with guarded.client() as client:
        client.post("login", data={"username": "reader", "password": WRONG})
    with guarded.client("reader") as client:
        assert "step" in client.post("icat/channel/chat/ask", json=ASKED).text
        client.post("icat/channel/chat/ask", json={**ASKED, "record": WRONG})
        client.post("icat/channel/nothing", json={})
        session = client.cookies["icat-session"]
    command = [sys.executable, "-m", "assistant", "--verbose", "list"]
    environment = environment_of(guarded.served.home) | {"ICAT_MODEL_KEY": KEY}  # without the name that it needs
    faulty = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=REPO)
    assert faulty.returncode == 1 and "ICAT_MODEL_NAME" in faulty.stderr
    written = [guarded.log.read_text(), *guarded.replies, faulty.stdout, faulty.stderr]
    for secret in (KEY, WORDS, WRONG, session, "argon2"):
        assert not any(secret in text for text in written)


def test_a_stranger_can_not_start_a_web_socket(guarded: Guarded):
    url = httpx.URL(guarded.served.url)
    with socket.create_connection((url.host, url.port)) as line:
        line.sendall(
            f"GET / HTTP/1.1\r\nHost: {url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n".encode()
        )
        assert b" 101 " not in line.recv(100)


@pytest.mark.browser
def test_people_sign_in_on_a_phone_are_told_when_they_ask_too_much_and_sign_out(guarded: Guarded, contexts: Contexts):
    from axe_playwright_python.base import AXE_SCRIPT
    from browsing import PHONE, SLOW, expect, ready

    context = contexts.fresh(PHONE)
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(guarded.served.url)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))") == []
    page.get_by_label("Name").fill("reader")
    page.get_by_label("Password").fill(WORDS)
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("#icat-views li")).to_have_count(4)
    expect(page.locator("#icat-views a[href='#review']")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Name").fill("maintainer")
    page.get_by_label("Password").fill(WRONG)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    page.get_by_label("Password").fill(WORDS)
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator("#icat-views a[href='#review']")).to_have_count(1)
    for _ in range(MANY):
        context.request.post(f"{guarded.served.url}icat/channel/chat/ask", data={})
    page.locator("#icat-question").fill("What is displacement?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("These were many questions in a short time.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()
