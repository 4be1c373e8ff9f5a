"""Signing in with an OpenID Connect provider: leads people there, and reads who comes back. The only door to Authlib.

The library has people led with PKCE, and checks state, nonce, signature, issuer, audience and times. What it would let
pass is closed here: tokens that nobody signed, and those for somebody else.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from anyio import fail_after
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from cachetools import TTLCache
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from assistant.door.sign_in import BACK, digest
from assistant.settings import Settings
from assistant.texts.catalogue import _, speaking

log = logging.getLogger(__name__)

COOKIE = "icat-oidc"
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid profile email"
MOST_AWAY = 10_000  # people at the provider at the same time
AWAY_SECONDS = 600
PATIENCE = 10  # seconds for all that is asked of the provider at one step; a request alone has no other limit
PLACES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ALGORITHMS = "id_token_signing_alg_values_supported"
# Of what a provider offers. It may offer "none" too, and Authlib would then take a token without a signature.
SIGNED_BY = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
)
UNREACHABLE = (httpx2.HTTPError, httpx2.InvalidURL, OSError)  # with time that ran out
# What Authlib meets where a provider says what it should not.
FAULTS = (*UNREACHABLE, AuthlibBaseError, JoseError, ValueError, TypeError, KeyError)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes back from the provider, with the language they read: who it says they are, or a problem."""

    language: str
    name: str = ""
    problem: str = ""
    status: int = 200


class Provider:
    """One for the whole server. Asked anew at every sign-in: its keys and addresses may be others by then."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.oidc.name
        self.anyone_reads = settings.oidc.anyone_reads
        self._settings = settings.oidc
        self._back = address_of(settings) + BACK
        self._trusted = httpx2.create_ssl_context()  # once: reading all that is trusted takes a while
        self._away: TTLCache[str, dict[str, Any]] = TTLCache(MOST_AWAY, AWAY_SECONDS)

    async def lead(self, request: Request, language: str) -> Response | str:
        """On the way to the provider, with a cookie by which they are known again; or why that can't be."""
        session: dict[str, Any] = {"language": language}
        request.scope["session"] = session  # where Authlib keeps state, nonce and the secret of PKCE
        try:
            with fail_after(PATIENCE):
                response = await (await self._client()).authorize_redirect(request, self._back)
        except FAULTS as fault:
            return self._unreachable(fault)
        token = secrets.token_urlsafe(32)
        self._away[digest(token)] = session
        response.set_cookie(
            COOKIE, token, AWAY_SECONDS, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        response.headers["cache-control"] = "no-store"
        return response

    async def read(self, request: Request, language: str) -> Arrival:
        """Who comes back, once for each time that somebody was led away. `language`: where theirs is not known."""
        session = self._away.pop(digest(request.cookies.get(COOKIE, "")), {})
        request.scope["session"] = session
        language = session.get("language", language)
        with speaking(language):
            if not session:
                problem = _("This took too long, or began in another browser. Sign in once more.")
                return Arrival(language, problem=problem, status=400)
            try:
                with fail_after(PATIENCE):
                    claims = await self._claims(request)
            except UNREACHABLE as fault:
                return Arrival(language, problem=self._unreachable(fault), status=502)
            except FAULTS as fault:
                _log_fault(fault)
                problem = _("{provider} did not sign you in. Try once more, or tell whoever runs this page.")
                return Arrival(language, problem=problem.format(provider=self.name), status=401)
            if name := self._name(claims):
                return Arrival(language, name)
            problem = _("{provider} does not say who you are. Whoever runs this page can change that.")
            return Arrival(language, problem=problem.format(provider=self.name), status=403)

    async def _client(self) -> StarletteOAuth2App:
        """ValueError where what is found at the issuer's address is another one, or none."""
        settings = self._settings
        client = OAuth().register(
            "provider",
            client_id=settings.client,
            client_secret=settings.secret.get_secret_value() or None,
            server_metadata_url=settings.issuer.rstrip("/") + DISCOVERY,
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256", "timeout": None, "verify": self._trusted},
        )
        metadata = await client.load_server_metadata()
        if str(metadata.get("issuer")).rstrip("/") != settings.issuer.rstrip("/"):
            raise ValueError("the provider calls itself otherwise than ICAT_OIDC_ISSUER")
        if not all(isinstance(metadata.get(place), str) for place in PLACES):
            raise ValueError(f"the provider does not tell all of its {', '.join(PLACES)}")
        metadata[ALGORITHMS] = [name for name in metadata.get(ALGORITHMS) or () if name in SIGNED_BY]
        return client

    async def _claims(self, request: Request) -> Mapping[str, Any]:
        """What the provider says of who comes back: in its signed token, else where it tells more of them."""
        client = await self._client()
        wanted = {
            "iss": {"essential": True, "value": client.server_metadata["issuer"]},
            "aud": {"essential": True, "values": [self._settings.client]},
        }
        token = await client.authorize_access_token(request, claims_options=wanted)
        claims = token.get("userinfo")
        if claims is None:
            raise ValueError("the provider sent no id_token")
        if self._settings.claim not in claims and client.server_metadata.get("userinfo_endpoint"):
            more = await client.userinfo(token=token)
            if more.get("sub") == claims["sub"]:  # OpenID Connect Core 5.3.2: else it may be of somebody else
                return {**more, **claims}
        return claims

    def _name(self, claims: Mapping[str, Any]) -> str:
        """'' where it is not there, or is an e-mail address that the provider itself calls unverified."""
        claim = self._settings.claim
        name = claims.get(claim)
        if claim == "email" and str(claims.get("email_verified", True)).lower() != "true":
            log.warning("signing in: the provider has not verified an address (email_verified)")
        elif isinstance(name, str) and name.strip():
            return name
        else:
            log.warning("signing in: no claim %r (ICAT_OIDC_CLAIM); there are: %s", claim, ascii(sorted(claims))[:300])
        return ""

    def _unreachable(self, fault: BaseException) -> str:
        _log_fault(fault)
        problem = _("{provider} can't be reached at present. Try later, or tell whoever runs this page.")
        return problem.format(provider=self.name)


def _log_fault(fault: BaseException) -> None:
    """Its kind and words, in one line. Of Authlib's the kind: their words may be whoever's who came."""
    words = fault.error if isinstance(fault, AuthlibBaseError) else str(fault)
    log.warning("signing in with the provider: %s: %s", type(fault).__name__, ascii(words)[:300])


def address_of(settings: Settings) -> str:
    """Where people have the page: by the first of ICAT_HOSTS through a proxy with TLS, else where it listens."""
    if settings.hosts:
        return f"https://{settings.hosts[0]}"
    host = settings.host.strip("[]")
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
