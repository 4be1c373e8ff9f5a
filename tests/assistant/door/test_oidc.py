"""Signing in with an OpenID Connect provider: the whole way there and back, and all that must not lead in."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from door_samples import BROWSER, CHEAP, WORDS, accounts_in, client_of, enter
from joserfc.jwk import RSAKey
from oidc_provider import CLIENT, SECRET, SmallProvider, providing
from starlette.testclient import TestClient

from assistant.door.accounts import Accounts, UserRole, who_signs_in
from assistant.door.oidc import address_of
from assistant.door.sign_in import MOST_TRIES
from assistant.errors import NotInstalled, NotServed
from assistant.settings import Settings

LIST = "/icat/channel/library/list"
NOT_SIGNED_IN = "Corp login did not sign you in."


@pytest.fixture()
def provider() -> Iterator[SmallProvider]:
    with providing() as running:
        yield running


@pytest.fixture()
def home(tmp_path: Path) -> Path:
    """Ana, of whom the provider knows, reviews; the others have passwords."""
    accounts_in(tmp_path).add("ana@example.org", UserRole.REVIEWER, None)
    return tmp_path


def client_with(provider: SmallProvider, home: Path, base: str = "", hosts: str = "", **oidc: Any) -> TestClient:
    found = {"issuer": provider.issuer, "client": CLIENT, "secret": SECRET, "name": "Corp login", **oidc}
    return client_of(home, signed=True, base=base, hosts=hosts, oidc=found)


def there(client: TestClient, query: str = "") -> str:
    """The address of the provider that a browser is led to."""
    reply = client.get(f"/oidc{query}")
    assert reply.status_code == 302
    return reply.headers["location"]


def way_back(client: TestClient, query: str = "") -> str:
    """Where the provider leads who signed in there."""
    return httpx.get(there(client, query)).headers["location"]


def come(client: TestClient) -> httpx.Response:
    """All of the way."""
    return client.get(way_back(client), headers=BROWSER)


def let_in(client: TestClient) -> bool:
    return client.post(LIST).status_code == 200


def test_who_the_provider_knows_comes_in_with_the_role_of_their_account(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    reply = come(client)
    assert (reply.status_code, reply.headers["location"]) == (303, "./")
    (session,) = (line for line in reply.headers.get_list("set-cookie") if line.startswith("icat-session="))
    assert "HttpOnly" in session and "SameSite=lax" in session and f"Max-Age={12 * 3600}" in session
    assert client.post(LIST).json()["role"] == "reviewer"
    assert client.post("/icat/channel/review/list").status_code == 200


def test_people_are_led_to_the_provider_with_a_challenge_and_what_only_this_browser_has(
    provider: SmallProvider, home: Path
):
    address = urlsplit(there(client_with(provider, home)))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert asked["redirect_uri"] == "http://127.0.0.1:7860/oidc-back"
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", CLIENT, "openid profile email")
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43  # 256 bits in base64url
    assert len(asked["state"]) >= 20 and len(asked["nonce"]) >= 20 and asked["state"] != asked["nonce"]


def test_behind_a_proxy_people_come_back_to_the_name_that_they_type(provider: SmallProvider, home: Path):
    client = client_with(provider, home, hosts="icat.example, other.example")  # the proxy asks 127.0.0.1
    assert parse_qs(urlsplit(there(client)).query)["redirect_uri"] == ["https://icat.example/oidc-back"]
    encrypted = client_with(provider, home, base="https://icat.example", hosts="icat.example")
    assert all("Secure" in line for line in encrypted.get("/oidc").headers.get_list("set-cookie"))
    assert all("Secure" in line for line in come(encrypted).headers.get_list("set-cookie"))
    assert let_in(encrypted)


def test_the_page_offers_the_provider_beside_passwords_and_alone_where_nobody_has_one(
    provider: SmallProvider, home: Path
):
    client = client_with(provider, home, name="Corp <login>")
    page = client.get("/fr", headers=BROWSER).text
    assert 'class="button" href="oidc?language=fr"' in page and "Corp &lt;login&gt;" in page
    assert '<form method="post" action="login">' in page
    for role in UserRole:
        Accounts(home, CHEAP).remove(role.value)
    assert '<form method="post" action="login" hidden>' in client.get("/").text
    assert 'class="button"' not in client_of(home, signed=True).get("/").text
    assert client_of(home, signed=True).get("/oidc").status_code == 404
    assert provider.asked == []  # until somebody wants to


def test_signing_out_a_new_role_and_removal_end_what_the_provider_began(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    come(client)
    Accounts(home, CHEAP).change("ana@example.org", role=UserRole.MAINTAINER)
    assert client.post(LIST).json()["role"] == "maintainer"
    assert client.post("/logout").status_code == 303 and not let_in(client)
    come(client)
    assert let_in(client)
    Accounts(home, CHEAP).remove("ana@example.org")
    assert not let_in(client)


def test_a_password_does_not_open_an_account_of_the_provider_nor_the_provider_one_with_a_password(
    provider: SmallProvider, home: Path
):
    client = client_with(provider, home)
    for password in ("", "nobody's", WORDS):
        assert enter(client, "ana@example.org", password).status_code == 401
    provider.person["email"] = "maintainer"
    reply = come(client)
    assert reply.status_code == 403 and "Nobody of the name maintainer may come in with Corp login." in reply.text
    assert not let_in(client)


@pytest.mark.parametrize(
    "name", ["eve@example.org", '"><script>alert(1)</script>', "\u212aim@example.org", " kim@example.org"]
)
def test_a_name_that_is_nobodys_does_not_come_in(provider: SmallProvider, home: Path, name: str):
    Accounts(home, CHEAP).add("kim@example.org", UserRole.MAINTAINER, None)  # whom a Kelvin sign would make of \u212aim
    client = client_with(provider, home)
    provider.person["email"] = name
    reply = come(client)
    assert reply.status_code == 403 and "<script>" not in reply.text and not let_in(client)
    provider.person["email"] = "KIM@example.org"
    assert come(client).status_code == 303


def test_where_it_is_set_whoever_the_provider_knows_comes_in_as_a_reader(provider: SmallProvider, home: Path):
    client = client_with(provider, home, anyone_reads=True)
    provider.person["email"] = "eve@example.org"
    assert come(client).status_code == 303
    assert client.post(LIST).json()["role"] == "reader"
    assert client.post("/icat/channel/review/list").status_code == 403
    provider.person["email"] = "maintainer"  # who has a password
    assert come(client).status_code == 403
    enter(client, "reader")
    Accounts(home, CHEAP).remove("reader")
    assert not let_in(client)  # a session that a password began is none of the provider's


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-page"},
        {"aud": ["another-page"], "azp": CLIENT},
        {"aud": "another-page", "azp": CLIENT},
        {"aud": [CLIENT, "another-page"], "azp": "another-page"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": 1_000_000_000},  # 2001
        {"exp": None},
        {"iat": 10_000_000_000},  # 2286
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_for_somebody_else_or_of_another_time_leads_nowhere(
    provider: SmallProvider, home: Path, claims: dict[str, Any]
):
    client = client_with(provider, home)
    provider.claims = claims
    reply = come(client)
    assert (reply.status_code, NOT_SIGNED_IN in reply.text) == (401, True)
    assert not let_in(client)
    provider.claims = {}
    assert come(client).status_code == 303  # all else was right


def test_a_token_of_another_key_or_of_none_leads_nowhere(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    provider.signing = RSAKey.generate_key(2048, {"kid": "1"})
    assert come(client).status_code == 401
    provider.unsigned = True  # which the provider says that it may do
    assert come(client).status_code == 401 and not let_in(client)
    provider.unsigned, provider.listed = False, provider.signing
    assert come(client).status_code == 303  # it has changed its key: the new one is looked up


def test_only_the_browser_that_was_led_away_comes_back_and_once(provider: SmallProvider, home: Path):
    client, other = client_with(provider, home), client_with(provider, home)
    address = way_back(client)
    state = parse_qs(urlsplit(address).query)["state"][0]
    there(other)
    for stranger in (other, client_with(provider, home)):
        assert stranger.get(address).status_code in (400, 401) and not let_in(stranger)
    assert client.get(address.replace(state, "x" * len(state))).status_code == 401  # and that was its one time
    assert client.get(address).status_code == 400 and not let_in(client)
    address = way_back(client)
    assert client.get(address).status_code == 303
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("answer", ["error=access_denied&error_description=<b>evil</b>", "", "code=guessed", "code="])
def test_who_the_provider_turned_away_or_comes_without_a_code_is_told(provider: SmallProvider, home: Path, answer: str):
    client = client_with(provider, home)
    state = parse_qs(urlsplit(there(client)).query)["state"][0]
    reply = client.get(f"/oidc-back?{answer}&state={state}")
    assert reply.status_code == 401 and NOT_SIGNED_IN in reply.text and "evil" not in reply.text
    assert not let_in(client)


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example/", "fr/../..//evil.example", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site_afterwards(provider: SmallProvider, home: Path, place: str):
    client = client_with(provider, home)
    for name in ("language", "next", "redirect_uri"):
        address = way_back(client, f"?{name}={place}")
        assert address.startswith("http://127.0.0.1:7860/oidc-back?")
        assert client.get(f"{address}&{name}={place}").headers["location"] == "./"


def test_people_come_back_to_the_language_that_they_left(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    assert client.get(way_back(client, "?language=fr")).headers["location"] == "fr"
    provider.claims = {"nonce": "another"}
    assert '<html lang="ar" dir="rtl">' in client.get(way_back(client, "?language=ar")).text


def test_a_claim_that_is_missing_is_told_and_logged_by_name_alone(
    provider: SmallProvider, home: Path, caplog: pytest.LogCaptureFixture
):
    client = client_with(provider, home, claim="preferred_username")
    reply = come(client)
    assert reply.status_code == 403 and "Corp login does not say who you are." in reply.text
    assert "no claim 'preferred_username' (ICAT_OIDC_CLAIM); there are: ['aud', 'email'" in caplog.text
    assert "ana@example.org" not in caplog.text
    for wrong in ("", ["ana@example.org"], 1, {"a": 1}):
        provider.person["preferred_username"] = wrong
        assert come(client).status_code == 403
    provider.person["preferred_username"] = "ana@example.org"
    assert come(client).status_code == 303


def test_an_address_that_the_provider_has_not_verified_is_nobodys_name(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    for verified, status in ((False, 403), ("false", 403), (None, 403), (True, 303), ("true", 303)):
        provider.person["email_verified"] = verified if verified is not None else 0
        assert come(client).status_code == status


def test_what_the_token_leaves_out_is_asked_for_and_counts_for_the_same_person_only(
    provider: SmallProvider, home: Path
):
    client = client_with(provider, home)
    provider.person = {"sub": "1"}
    provider.elsewhere = {"sub": "2", "email": "ana@example.org"}
    assert come(client).status_code == 403
    provider.elsewhere["sub"] = "1"
    assert come(client).status_code == 303
    provider.elsewhere["email_verified"] = False
    assert come(client).status_code == 403


def test_a_provider_that_can_not_be_reached_is_one_line_and_passwords_still_do(
    home: Path, caplog: pytest.LogCaptureFixture
):
    with providing() as provider:
        client = client_with(provider, home)
        address = way_back(client)
    for reply in (client.get("/oidc"), client.get(address)):
        assert reply.status_code == 502
        assert '<p role="alert" id="problem">Corp login can&#x27;t be reached at present.' in reply.text
    assert "ConnectError" in caplog.text and SECRET not in caplog.text and "code=" not in caplog.text
    assert enter(client, "reader").status_code == 303


def test_a_provider_that_never_answers_holds_nobody_up(
    provider: SmallProvider, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr("assistant.door.oidc.PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = client_with(provider, home, issuer=f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert client.get("/oidc").status_code == 502
    assert "TimeoutError" in caplog.text


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": None},
        {"authorization_endpoint": 7},
    ],
    ids=str,
)
def test_what_is_no_provider_or_another_one_is_told_and_not_gone_to(
    provider: SmallProvider, home: Path, metadata: dict[str, Any]
):
    provider.metadata = metadata
    assert client_with(provider, home).get("/oidc").status_code == 502


def test_a_secret_that_the_provider_does_not_take_is_logged_without_it(
    provider: SmallProvider, home: Path, caplog: pytest.LogCaptureFixture
):
    client = client_with(provider, home, secret="another-secret")
    assert come(client).status_code == 401
    assert "OAuthError: 'invalid_client'" in caplog.text and "another-secret" not in caplog.text


def test_the_doors_rules_hold_on_the_way_there_and_back(provider: SmallProvider, home: Path):
    client = client_with(provider, home)
    for path in ("/oidc", "/oidc-back"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 421
        assert client.get(path, headers={"origin": "https://evil.example"}).status_code == 403
        for method in ("POST", "HEAD", "PUT"):
            assert client.request(method, path).status_code == 405
        assert client.get(f"{path}/more").status_code == 404
    assert provider.asked == []
    provider.metadata = {"issuer": "another"}
    assert {client.get("/oidc").status_code for _ in range(MOST_TRIES)} == {502}
    asked = len(provider.asked)
    assert client.get("/oidc").status_code == 429 and len(provider.asked) == asked


OIDC = {"issuer": "https://login.example", "client": CLIENT}


def test_where_a_provider_is_set_other_machines_may_reach_it_without_any_account(tmp_path: Path):
    assert who_signs_in(Settings(home=tmp_path, hosts=("icat.example",), oidc=OIDC)).all() == {}
    with pytest.raises(NotServed, match=r"0\.0\.0\.0: .* set ICAT_HOSTS"):
        who_signs_in(Settings(home=tmp_path, host="0.0.0.0", oidc=OIDC))


def test_without_its_library_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "authlib", None)  # as where it is not installed
    with pytest.raises(
        NotInstalled, match=r"^signing in with a provider \(ICAT_OIDC_ISSUER\) needs .* pip install authlib"
    ):
        who_signs_in(Settings(home=tmp_path, oidc=OIDC))


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"host": "0.0.0.0", "hosts": ("icat.example", "b.example")}, "https://icat.example"),
        ({"hosts": ("[2001:db8::7]",)}, "https://[2001:db8::7]"),
        ({"port": 8000}, "http://127.0.0.1:8000"),
        ({"host": "::1"}, "http://[::1]:7860"),
    ],
)
def test_people_are_led_back_to_where_they_have_the_page(tmp_path: Path, settings: dict[str, Any], address: str):
    assert address_of(Settings(home=tmp_path, **settings)) == address
