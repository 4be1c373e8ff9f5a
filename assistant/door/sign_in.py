"""Signing in and out: the page for it, and who is signed in. The server keeps sessions in memory: with it they end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from unicodedata import is_normalized

from anyio import CapacityLimiter, to_thread
from cachetools import TTLCache
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.door.accounts import LONGEST_NAME, Account, Accounts, UserRole, plain
from assistant.door.tally import Tally, network
from assistant.door.visitor import CHOSEN, language_of
from assistant.texts.catalogue import LANGUAGES, MIRRORED, SOURCE, _, in_template, speaking

if TYPE_CHECKING:
    from assistant.door.oidc import Provider

PAGE, LEAVE = "/login", "/logout"  # the first is where Gradio's client for programs signs in (`auth=`)
AWAY, BACK = "/oidc", "/oidc-back"  # to the provider, and from it
COOKIE = "icat-session"
ROLE_COOKIE = "icat-role"  # for the page to offer only what may be opened; what may be is decided by the session
MOST_SESSIONS = 10_000
YEAR = 31_536_000  # seconds
LOCKED_SECONDS = 15 * 60
MOST_FAILURES = 10  # of one account in that time
MOST_TRIES = 50  # of one client: an office may share an address
AT_ONCE = 2  # passwords that are checked at the same time: each takes 64 MiB
RULES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
A_READER = Account(role=UserRole.READER, password="")  # of whom the provider knows and the accounts do not
HTML = Path(__file__).with_suffix(".html")


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    password: str  # its hash when they signed in, '' with a provider: with another one the session is over


class SignIn:
    """One for the whole server. `provider`: with whom people may sign in as well."""

    def __init__(self, accounts: Accounts, hours: float, provider: Provider | None = None) -> None:
        self.places = (PAGE, LEAVE, AWAY, BACK) if provider else (PAGE, LEAVE)
        self._accounts = accounts
        self._provider = provider
        self._seconds = int(hours * 3600)
        self._sessions: TTLCache[str, _Session] = TTLCache(MOST_SESSIONS, self._seconds)
        self._failures = Tally(MOST_FAILURES, LOCKED_SECONDS)
        self._tries = Tally(MOST_TRIES, LOCKED_SECONDS)
        self._turns = CapacityLimiter(AT_ONCE)

    def name_of(self, request: Request) -> str | None:
        """Who is signed in; None where nobody is, or no longer."""
        session = self._sessions.get(digest(request.cookies.get(COOKIE, "")))
        account = self._account_of(session.name) if session else None
        return session.name if session and account and account.password == session.password else None

    def role_of(self, name: str) -> UserRole | None:
        account = self._account_of(name)
        return account.role if account else None

    def _account_of(self, name: str) -> Account | None:
        there = self._accounts.all().get(name)
        return A_READER if there is None and self._provider and self._provider.anyone_reads else there

    async def answer(self, request: Request) -> Response:
        """What comes to `places`."""
        if self._provider and request.url.path in (AWAY, BACK):
            if request.method != "GET":
                return Response(status_code=405)
            lead = self._lead if request.url.path == AWAY else self._return
            return await lead(request, self._provider)
        if request.method == "POST":
            return await self._enter(request) if request.url.path == PAGE else self._leave(request)
        if request.method not in ("GET", "HEAD") or request.url.path == LEAVE:
            return Response(status_code=405)
        return RedirectResponse("./", 303) if self.name_of(request) else self.page(page_language(request), 200)

    def page(self, language: str, status: int, problem: str = "", name: str = "") -> Response:
        """The form; with what was wrong with what was put into it."""
        known = not self._provider or any(account.password for account in self._accounts.all().values())
        with speaking(language):
            html = Template(in_template(HTML.read_text(encoding="utf-8"))).substitute(
                language=language,
                direction="rtl" if language in MIRRORED else "ltr",
                problem=f'<p role="alert" id="problem">{escape(problem)}</p>' if problem else "",
                provider=_button(self._provider.name, language) if self._provider else "",
                hidden="" if known else " hidden",
                described=' aria-describedby="problem"' if problem else "",
                name=escape(name[:LONGEST_NAME]),
                languages="".join(_link(each, language) for each in LANGUAGES),
            )
        headers = {"content-security-policy": RULES, "cache-control": "no-store", "vary": "accept-language, cookie"}
        return HTMLResponse(html, status, headers)

    def _leave(self, request: Request) -> Response:
        self._sessions.pop(digest(request.cookies.get(COOKIE, "")), None)
        response = RedirectResponse("./", 303)
        response.delete_cookie(COOKIE)
        response.delete_cookie(ROLE_COOKIE)
        return response

    async def _enter(self, request: Request) -> Response:
        """A session for who gives the right password: a browser is led to the page, a program is told."""
        if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
            return Response(status_code=415)
        form = await request.form()
        name, password, language = (str(form.get(field, "")) for field in ("username", "password", "language"))
        language = language if language in LANGUAGES else page_language(request)
        browser = "text/html" in request.headers.get("accept", "")
        with speaking(language):
            account, status, problem = await self._checked(request, plain(name), password)
        if account is None:
            return self.page(language, status, problem, name) if browser else JSONResponse({"text": problem}, status)
        response = _to_the_page(request, language) if browser else JSONResponse({"success": True})
        return self._admitted(request, response, _Session(plain(name), account.password))

    def _admitted(self, request: Request, response: Response, session: _Session) -> Response:
        token = secrets.token_urlsafe(32)
        self._sessions[digest(token)] = session
        https = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, self._seconds, httponly=True, samesite="lax", secure=https)
        response.set_cookie(ROLE_COOKIE, self.role_of(session.name) or "", self._seconds, samesite="lax", secure=https)
        return response

    async def _lead(self, request: Request, provider: Provider) -> Response:
        """To the provider; the page again where that can't be, or was tried too often."""
        language = page_language(request)
        with speaking(language):
            if self._tries.full(_client(request)):
                return self.page(language, 429, _("Too many tries. Wait a quarter of an hour, then try again."))
            led = await provider.lead(request, language)
            return self.page(language, 502, led) if isinstance(led, str) else led

    async def _return(self, request: Request, provider: Provider) -> Response:
        """A session for who comes back from the provider. An account with a password is none of the provider's."""
        came = await provider.read(request, page_language(request))
        if came.problem:
            return self.page(came.language, came.status, came.problem)
        name = plain(came.name)
        alike = name != came.name.lower() or not is_normalized("NFKC", came.name)  # another's: a Kelvin sign is no k
        account = None if alike else self._account_of(name)
        if account and not account.password:
            return self._admitted(request, _to_the_page(request, came.language), _Session(name, account.password))
        with speaking(came.language):
            unknown = _(
                "Nobody of the name {name} may come in with {provider}. Whoever runs this page can change that."
            )
            return self.page(came.language, 403, unknown.format(name=came.name[:LONGEST_NAME], provider=provider.name))

    async def _checked(self, request: Request, name: str, password: str) -> tuple[Account | None, int, str]:
        """The account; or a status and why there is none. Tries count before they are checked, many at once as well."""
        name = name[:LONGEST_NAME]
        if self._tries.full(_client(request)) or self._failures.full(name):
            return None, 429, _("Too many tries. Wait a quarter of an hour, then try again.")
        account = await to_thread.run_sync(self._accounts.verify, name, password, limiter=self._turns)
        if account is None:
            return None, 401, _("The name or the password is wrong.")
        self._failures.forget(name)
        return account, 200, ""


def page_language(request: Request) -> str:
    """As a link of the page for signing in said, else as the page that was asked for, else as the reader speaks."""
    for language in (request.query_params.get("language"), request.url.path.strip("/")):
        if language in LANGUAGES:
            return language
    return language_of(request)


def _link(language: str, shown: str) -> str:
    current = ' aria-current="true"' if language == shown else ""
    return f'<li><a href="login?language={language}" lang="{language}"{current}>{LANGUAGES[language]}</a></li>'


def _button(provider: str, language: str) -> str:
    text = _("Sign in with {provider}").format(provider=provider)
    return f'<a class="button" href="oidc?language={language}">{escape(text)}</a>'


def _to_the_page(request: Request, language: str) -> Response:
    response = RedirectResponse("./" if language == SOURCE else language, 303)
    response.set_cookie(CHOSEN, language, YEAR, samesite="lax", secure=request.url.scheme == "https")
    return response


def _client(request: Request) -> str:
    return network(request.client.host if request.client else "")


def digest(token: str) -> str:
    """As which a token is kept, so that the time of looking it up tells nothing of it."""
    return sha256(token.encode()).hexdigest()
