"""Signing in and out: the page for it, and who is signed in. The server keeps sessions in memory: with it they end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from anyio import CapacityLimiter, to_thread
from cachetools import TTLCache
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.door.accounts import LONGEST_NAME, Account, Accounts, UserRole, plain
from assistant.door.tally import Tally, network
from assistant.door.visitor import CHOSEN, language_of
from assistant.texts.catalogue import LANGUAGES, MIRRORED, SOURCE, _, in_template, speaking

PAGE, LEAVE = "/login", "/logout"  # the first is where Gradio's client for programs signs in (`auth=`)
COOKIE = "icat-session"
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
HTML = Path(__file__).with_suffix(".html")


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    password: str  # its hash when they signed in: with another one the session is over


class SignIn:
    """One for the whole server."""

    def __init__(self, accounts: Accounts, hours: float) -> None:
        self._accounts = accounts
        self._seconds = int(hours * 3600)
        self._sessions: TTLCache[str, _Session] = TTLCache(MOST_SESSIONS, self._seconds)
        self._failures = Tally(MOST_FAILURES, LOCKED_SECONDS)
        self._tries = Tally(MOST_TRIES, LOCKED_SECONDS)
        self._turns = CapacityLimiter(AT_ONCE)

    def name_of(self, request: Request) -> str | None:
        """Who is signed in; None where nobody is, or no longer."""
        session = self._sessions.get(_digest(request.cookies.get(COOKIE, "")))
        account = self._accounts.all().get(session.name) if session else None
        return session.name if session and account and account.password == session.password else None

    def role_of(self, name: str) -> UserRole | None:
        account = self._accounts.all().get(name)
        return account.role if account else None

    async def answer(self, request: Request) -> Response:
        """What comes to PAGE and LEAVE."""
        if request.method == "POST":
            return await self._enter(request) if request.url.path == PAGE else self._leave(request)
        if request.method not in ("GET", "HEAD") or request.url.path == LEAVE:
            return Response(status_code=405)
        return RedirectResponse("./", 303) if self.name_of(request) else self.page(page_language(request), 200)

    def page(self, language: str, status: int, problem: str = "", name: str = "") -> Response:
        """The form; with what was wrong with what was put into it."""
        with speaking(language):
            html = Template(in_template(HTML.read_text(encoding="utf-8"))).substitute(
                language=language,
                direction="rtl" if language in MIRRORED else "ltr",
                problem=f'<p role="alert" id="problem">{escape(problem)}</p>' if problem else "",
                described=' aria-describedby="problem"' if problem else "",
                name=escape(name[:LONGEST_NAME]),
                languages="".join(_link(each, language) for each in LANGUAGES),
            )
        headers = {"content-security-policy": RULES, "cache-control": "no-store", "vary": "accept-language, cookie"}
        return HTMLResponse(html, status, headers)

    def _leave(self, request: Request) -> Response:
        self._sessions.pop(_digest(request.cookies.get(COOKIE, "")), None)
        response = RedirectResponse("./", 303)
        response.delete_cookie(COOKIE)
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
        response: Response = JSONResponse({"success": True})
        https = request.url.scheme == "https"
        if browser:
            response = RedirectResponse("./" if language == SOURCE else language, 303)
            response.set_cookie(CHOSEN, language, YEAR, samesite="lax", secure=https)
        token = secrets.token_urlsafe(32)
        self._sessions[_digest(token)] = _Session(plain(name), account.password)
        response.set_cookie(COOKIE, token, self._seconds, httponly=True, samesite="lax", secure=https)
        return response

    async def _checked(self, request: Request, name: str, password: str) -> tuple[Account | None, int, str]:
        """The account; or a status and why there is none. Tries count before they are checked, many at once as well."""
        client, name = network(request.client.host if request.client else ""), name[:LONGEST_NAME]
        if self._tries.full(client) or self._failures.full(name):
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


def _digest(token: str) -> str:
    """As which a token is kept, so that the time of looking it up tells nothing of it."""
    return sha256(token.encode()).hexdigest()
