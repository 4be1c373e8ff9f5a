"""What every request passes before anything reads it: name of the server, origin, place, sign-in, role, rate, size."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.door.accounts import UserRole
from assistant.door.sign_in import SignIn, page_language
from assistant.door.tally import Tally, network
from assistant.door.visitor import ROLE, language_of, visitor_of
from assistant.errors import AccountError
from assistant.model_settings import LOOPBACK
from assistant.settings import HOST, Settings
from assistant.texts.catalogue import LANGUAGES, _, speaking
from corpus.disk import LARGEST_FILE

log = logging.getLogger(__name__)

_HOST_HEADER = re.compile(rf"({HOST.pattern})(:\d{{1,5}})?")
# What of Gradio the page and the programs of `--api` use. All else it serves is closed: uploads and files of its own,
# its proxy, its video tools, its monitoring.
_GRADIO = re.compile(
    r"/(assets|static)/.+|/(config|theme\.css|favicon\.ico|manifest\.json|robots\.txt)"
    r"|/gradio_api/(startup-events|info|app_id|theme\.css|queue/(join|data)|heartbeat/[^/]+|cancel|reset"
    "|call(/[^/]+){1,3})/?"
)
_PAGES = re.compile(f"/({'|'.join(LANGUAGES)})?/?")
_OURS = re.compile("/icat/.+")
# What runs the server asks; who may read the measures is looked at where they are.
_STANDING = ("/health", "/ready", "/metrics")
# What Gradio asks of itself when it starts, and the picture on the page for signing in.
_FOR_ALL = ("/gradio_api/startup-events", "/favicon.ico", *_STANDING)
_QUESTIONS = re.compile("/icat/channel/chat/(ask|check|revise)|/gradio_api/(queue/join|call/.+)/?")
_UPLOADS = re.compile("/icat/library/upload|/icat/channel/library/(examine|recognise|add)")

MIB = 1 << 20
MOST_REQUESTS = 1200  # of one client in a minute, of any kind: a page is some two hundred


def _largest(path: str) -> int:
    """Bytes that may be sent to a place."""
    if path == "/icat/library/upload":
        return LARGEST_FILE
    return 16 * MIB if path.startswith("/icat/channel/") else MIB  # a conversation goes up with its sources


class Door:
    """ASGI middleware. `sign_in`: None where nobody has to; `needs`: the role for all below a path."""

    def __init__(self, app: ASGIApp, settings: Settings, sign_in: SignIn | None, needs: Mapping[str, UserRole]) -> None:
        self._app = app
        self._host = settings.host.lower()
        self._hosts = {host.strip("[]") for host in settings.hosts}
        self._sign_in = sign_in
        self._entrances = sign_in.places if sign_in else ()
        self._needs = needs
        self._questions = Tally(settings.questions_a_minute, 60)
        self._uploads = Tally(settings.uploads_a_minute, 60)
        self._requests = Tally(MOST_REQUESTS, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await _Measured(self._pass, _largest(scope["path"]))(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        app: ASGIApp | None = None
        with speaking(language_of(request)):
            try:
                app = self._refusal(request)
                if app is None and scope["path"] in self._entrances:
                    app = await self._sign_in.answer(request)
            except AccountError as error:
                log.error("nobody can sign in: %s", error)
                app = refused(request, 503, _("Nobody can sign in at present; the log of `icat serve` says why."))
        await (app or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        """Why a request goes no further; None where it may. The first reason counts."""
        path = request.scope["path"]
        if not self._meant(request):
            named = _("This server does not answer to this name. Whoever runs it can allow it: see ICAT_HOSTS.")
            return refused(request, 421, named)
        if not self._own(request):
            return refused(request, 403, _("A page of another site may not ask this server."))
        known = path in _STANDING or any(each.fullmatch(path) for each in (_GRADIO, _PAGES, _OURS))
        if ".." in re.split(r"[/\\]", path) or not (known or path in self._entrances):
            return refused(request, 404, _("There is nothing here."))
        name = None
        if self._sign_in and path not in (*self._entrances, *_FOR_ALL):
            name = self._sign_in.name_of(request)
            if refusal := self._not_for(request, name):
                return refusal
        return self._too_often(request, name)

    def _not_for(self, request: Request, name: str | None) -> Response | None:
        """Why who is signed in, or nobody, may not have this. Else their role is noted."""
        path = request.scope["path"]
        role = self._sign_in.role_of(name) if name else None
        if role is None:
            if request.method in ("GET", "HEAD") and _PAGES.fullmatch(path):
                return self._sign_in.page(page_language(request), 401)
            return refused(request, 401, _("You are not signed in, or no longer. Load the page again to sign in."))
        request.scope[ROLE] = role
        needed = next((needed for below, needed in self._needs.items() if path.startswith(below)), UserRole.READER)
        if role.covers(needed):
            return None
        return refused(request, 403, _("This is for reviewers. Whoever runs this page can make you one."))

    def _meant(self, request: Request) -> bool:
        """Whether the name is one that this server is meant for: another one may have been made to lead here."""
        found = _HOST_HEADER.fullmatch(request.headers.get("host", "").lower())
        if found is None:
            return False
        host = found[1].strip("[]")
        if host in (*LOOPBACK, self._host, *self._hosts):
            return True
        return _same_address(host, (request.scope.get("server") or ("",))[0])

    def _own(self, request: Request) -> bool:
        """Whether it comes from a page of this server, or from none. A proxy may have changed the name, not `hosts`."""
        origin = request.headers.get("origin")
        if origin is None:
            return True
        try:
            asked = urlsplit(origin)
            return asked.netloc.lower() == request.headers["host"].lower() or asked.hostname in self._hosts
        except ValueError:
            return False

    def _too_often(self, request: Request, name: str | None) -> Response | None:
        if visitor_of(request).local and not self._sign_in:
            return None
        path, key = request.scope["path"], name or network(request.client.host if request.client else "")
        changes = request.method in ("POST", "PUT")
        if changes and _QUESTIONS.fullmatch(path) and self._questions.full(key):
            return refused(request, 429, _("These were many questions in a short time. Wait a minute, then ask again."))
        if changes and _UPLOADS.fullmatch(path) and self._uploads.full(key):
            return refused(request, 429, _("These were many files in a short time. Wait a minute, then go on."))
        if self._requests.full(key):
            return refused(request, 429, _("That was too much in a short time. Wait a minute, then go on."))
        return None


def _same_address(host: str, server: str) -> bool:
    """Whether a name is the very address that a request arrived at, which no other site can be called."""
    try:
        return ip_address(host) == ip_address(server)
    except ValueError:
        return False


def refused(request: Request, status: int, text: str) -> Response:
    """One line: for a script of the page as JSON, else as it is."""
    headers = {"cache-control": "no-store"}
    if request.scope["path"].startswith("/icat/"):
        return JSONResponse({"text": text}, status, headers)
    return PlainTextResponse(text, status, headers)


class _Measured:
    """Cuts a request off whose body is larger than allowed, before it is read or as soon as it turns out."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        with speaking(language_of(request)):
            size = f"{self._largest >> 20} MiB"
            refusal = refused(request, 413, _("This is too large: at most {size} can be sent.").format(size=size))
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest:
            await refusal(scope, receive, send)
            return
        came, answered = 0, False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return {"type": "http.disconnect"} if came > self._largest else message

        async def sent(message: Message) -> None:
            nonlocal answered
            if came <= self._largest:
                answered = True
                await send(message)

        try:
            await self._app(scope, counted, sent)
        except Exception:
            if came <= self._largest:
                raise
        if came > self._largest and not answered:
            await refusal(scope, receive, send)
