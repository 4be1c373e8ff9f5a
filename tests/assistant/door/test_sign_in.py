"""Signing in and out, sessions, roles, lock-out."""

from pathlib import Path

import pytest
from door_samples import BROWSER, CHEAP, ELSEWHERE, WORDS, accounts_in, client_of, enter

from assistant.door.accounts import Accounts, UserRole
from assistant.door.sign_in import MOST_FAILURES, MOST_TRIES

LIST = "/icat/channel/library/list"


@pytest.fixture()
def home(tmp_path: Path) -> Path:
    accounts_in(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", LIST),
        ("GET", "/icat/library/original/toolkit"),
        ("PUT", "/icat/library/upload"),
        ("GET", "/config"),
        ("GET", "/gradio_api/info"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/gradio_api/queue/data"),
        ("POST", "/gradio_api/call/ask"),
        ("GET", "/gradio_api/heartbeat/x"),
        ("POST", "/gradio_api/cancel"),
        ("POST", "/"),
        ("OPTIONS", "/"),
        ("GET", "/assets/index.js"),
    ],
)
def test_nothing_is_given_to_who_is_not_signed_in(home: Path, method: str, path: str):
    client = client_of(home, signed=True, address="127.0.0.1")
    for cookie in ("", "icat-session=x", "access-token-unsecure-x=y"):
        reply = client.request(method, path, headers={"cookie": cookie})
        assert (reply.status_code, "Load the page again" in reply.text) == (401, True)


def test_the_page_for_signing_in_stands_in_place_of_the_page_in_the_language_of_it(home: Path):
    client = client_of(home, signed=True)
    reply = client.get("/ar", headers=BROWSER)
    assert reply.status_code == 401
    assert '<html lang="ar" dir="rtl">' in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert 'lang="ru"' in client.get("/login?language=ru").text
    assert '<html lang="fr" dir="ltr">' in client.get("/login", headers={"accept-language": "fr"}).text


def test_who_signs_in_is_led_to_the_page_with_a_cookie_that_no_script_and_no_other_site_can_use(home: Path):
    client = client_of(home, signed=True)
    reply = enter(client, "Reader")
    assert (reply.status_code, reply.headers["location"]) == (303, "./")
    language, session, role = reply.headers.get_list("set-cookie")
    assert session.startswith("icat-session=") and role.startswith("icat-role=reader;")
    assert "HttpOnly" in session and "SameSite=lax" in session and "Secure" not in session
    assert f"Max-Age={12 * 3600}" in session and "Path=/" in session
    assert language.startswith("icat-language=en")
    assert client.post(LIST).json()["role"] == UserRole.READER


def test_where_the_page_came_encrypted_the_cookie_goes_encrypted_only(home: Path):
    reply = enter(client_of(home, signed=True, base="https://127.0.0.1"), "reader")
    assert all("Secure" in line for line in reply.headers.get_list("set-cookie"))


def test_a_program_signs_in_as_the_client_of_gradio_does(home: Path):
    client = client_of(home, signed=True)
    sent = {"username": "reader", "password": WORDS}
    assert client.post("/login", data=sent).json() == {"success": True}
    assert client.post("/gradio_api/call/ask").status_code == 200
    assert client.post("/login", data={**sent, "password": "wrong"}).status_code == 401


def test_signing_out_ends_the_session_and_not_only_the_cookie(home: Path):
    client = client_of(home, signed=True)
    enter(client, "reader")
    kept = client.cookies["icat-session"]
    assert client.get("/logout").status_code == 405  # a picture on another site could ask for that
    assert client.post("/logout").status_code == 303
    assert "icat-session" not in client.cookies
    assert client.post(LIST, headers={"cookie": f"icat-session={kept}"}).status_code == 401


@pytest.mark.parametrize("change", ["remove", "password", "role"])
def test_a_session_ends_with_the_password_and_has_the_role_of_now(home: Path, change: str):
    client, accounts = client_of(home, signed=True), Accounts(home, CHEAP)
    enter(client, "maintainer")
    if change == "remove":
        accounts.remove("maintainer")
    elif change == "password":
        accounts.change("maintainer", password="eight loud herons")
    else:
        accounts.change("maintainer", role=UserRole.READER)
        assert client.post(LIST).json()["role"] == "reader"
        return
    assert client.post(LIST).status_code == 401


def test_a_session_ends_when_its_time_is_over(home: Path):
    client = client_of(home, signed=True, session_hours=1e-7)  # less than a millisecond
    enter(client, "reader")
    assert client.post(LIST).status_code == 401


def test_each_entry_has_a_session_of_its_own_and_a_given_one_is_not_taken_over(home: Path):
    client = client_of(home, signed=True)
    client.cookies["icat-session"] = "fixed-by-somebody-else"
    assert "fixed" not in enter(client, "reader").headers["set-cookie"]
    one = client_of(home, signed=True)
    assert enter(one, "reader").headers["set-cookie"] != enter(one, "reader").headers["set-cookie"]


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("reviewer", 200), ("maintainer", 200)])
def test_reviews_are_for_reviewers(home: Path, role: str, status: int):
    client = client_of(home, signed=True)
    enter(client, role)
    assert client.post("/icat/channel/review/list").status_code == status
    assert client.post("/icat/channel/chat/ask").status_code == 200


def test_a_wrong_name_and_a_wrong_password_are_told_alike_and_escaped(home: Path):
    client = client_of(home, signed=True)
    wrong, unknown = enter(client, "reader", "wrong"), enter(client, '"><script>alert(1)</script>')
    for reply in (wrong, unknown):
        assert reply.status_code == 401
        assert "The name or the password is wrong." in reply.text
        assert "set-cookie" not in reply.headers
    assert "<script>" not in unknown.text
    assert "wrong" not in wrong.text.replace("password is wrong", "")


def test_after_too_many_failures_even_the_right_password_has_to_wait(home: Path):
    client = client_of(home, signed=True)
    for number in range(MOST_FAILURES):
        assert enter(client, "reader", f"guess {number}").status_code == 401
    assert enter(client, "READER").status_code == 429
    assert enter(client, "reviewer").status_code == 303  # of that account only


def test_who_tries_many_names_has_to_wait_and_others_elsewhere_do_not(home: Path):
    client = client_of(home, signed=True)
    for number in range(MOST_TRIES):
        assert enter(client, f"name{number}", "guess").status_code == 401
    assert enter(client, "reader").status_code == 429
    client._transport.client = ("198.51.100.9", 50000)
    assert enter(client, "reader").status_code == 303


def test_signing_in_from_a_page_of_another_site_is_refused(home: Path):
    client = client_of(home, signed=True)
    assert enter(client, "reader", origin="http://evil.example").status_code == 403
    files = {"username": ("a", b"reader"), "password": ("b", WORDS.encode())}
    assert client.post("/login", files=files).status_code == 415


def test_where_the_file_of_users_is_broken_nobody_gets_in(home: Path, caplog: pytest.LogCaptureFixture):
    client = client_of(home, signed=True)
    enter(client, "reader")
    (home / "users.json").write_text("{")
    assert client.post(LIST).status_code == 503
    assert enter(client, "reader").status_code == 503
    assert ELSEWHERE not in caplog.text and "users.json" in caplog.text
