"""An OpenID Connect provider on 127.0.0.1 that lets everybody in, and can be told to say what it should not."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "icat", "s3cret-of-the-page"


@cache
def a_key() -> RSAKey:
    """The same for all: to find one takes a while."""
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


@dataclass
class SmallProvider:
    """What it says; each field can be changed while it runs."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "1", "email": "ana@example.org"})
    claims: dict[str, Any] = field(default_factory=dict)  # over those that are right; None leaves one out
    metadata: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, Any] | None = None  # what it tells of people at its own place for that
    listed: RSAKey = field(default_factory=a_key)
    signing: RSAKey | None = None  # None: the one that is listed
    unsigned: bool = False
    asks: bool = False  # who is led to it, in a form; else it leads them back at once
    asked: list[str] = field(default_factory=list)  # paths
    away: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what was asked with

    def about_itself(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        places |= {"userinfo_endpoint": "person"} if self.elsewhere is not None else {}
        found = {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256", "none"]}
        return found | {name: f"{self.issuer}/{place}" for name, place in places.items()} | self.metadata

    def leave(self, query: Mapping[str, str]) -> str:
        """Where somebody is led who has just signed in."""
        code = secrets.token_urlsafe(16)
        self.away[code] = dict(query)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.away.pop(form.get("code", ""), None)
        right = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != right:
            return 401, {"error": "invalid_client"}
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not asked or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (claims | self.person | self.claims).items() if value is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.unsigned:
            parts = ({"alg": "none", "typ": "JWT"}, claims)
            return "".join(
                base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") + "." for part in parts
            )
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing or self.listed)


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def providing() -> Iterator[SmallProvider]:
    """It runs until the block ends."""
    provider = SmallProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            provider.asked.append(place.path)
            if place.path == "/.well-known/openid-configuration":
                self._send(200, provider.about_itself())
            elif place.path == "/keys":
                self._send(200, {"keys": [provider.listed.as_dict(private=False)]})
            elif place.path == "/person":
                self._send(200, provider.elsewhere)
            elif place.path == "/authorize" and provider.asks:
                self._send(200, "<form method=post><button>Allow</button></form>", "text/html")
            elif place.path == "/authorize":
                self._lead_back(place.query)
            else:
                self._send(404, {})

        def do_POST(self) -> None:
            place = urlsplit(self.path)
            provider.asked.append(place.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            if place.path == "/authorize":
                self._lead_back(place.query)
            else:
                self._send(*provider.token(_first(body), self.headers.get("authorization", "")))

        def _lead_back(self, query: str) -> None:
            self.send_response(302)
            self.send_header("location", provider.leave(_first(query)))
            self.end_headers()

        def _send(self, status: int, value: Any, kind: str = "application/json") -> None:
            body = (value if kind == "text/html" else json.dumps(value)).encode()
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None:
            """Nothing: a test reads what the program logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
