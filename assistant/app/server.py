"""The page, a header over the views, of which one is shown; served with nothing fetched from any other machine.

Gradio brings the page, its frame, the filters and the light and dark colours. The conversation is HTML of our own
rather than `gr.Chatbot`, which strips the attributes that screen readers need and is sent whole with every turn: it is
kept in the browser, each tab with its own, so that two never mix and a restart of the server loses nothing.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from threading import Event

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import VERSION, wiring
from assistant.app import assets, operating
from assistant.app.api import place_endpoints
from assistant.app.chat.engine import Engine
from assistant.app.chat.handlers import ChatHandlers
from assistant.app.chat.layout import chat_view
from assistant.app.draft.layout import draft_view
from assistant.app.header import TITLE, Model, header, model_of
from assistant.app.library.adding import AddingHandlers
from assistant.app.library.handlers import LibraryHandlers
from assistant.app.library.indexing import Indexing
from assistant.app.library.layout import library_view
from assistant.app.operating import Standing
from assistant.app.quick_gradio import gr
from assistant.app.review.handlers import ReviewHandlers
from assistant.app.review.layout import review_view
from assistant.app.toolkit.handlers import ToolkitHandlers
from assistant.app.toolkit.layout import toolkit_view
from assistant.app.view import View, fixed
from assistant.door.accounts import Accounts, UserRole
from assistant.door.door import Door
from assistant.door.sign_in import SignIn
from assistant.door.visitor import language_of
from assistant.errors import NotServed
from assistant.program.calls import Call, calls_of
from assistant.program.program import Program
from assistant.settings import Settings
from assistant.texts.catalogue import LANGUAGES, SOURCE, speaking
from assistant.watch import logs, measures
from corpus.library import Library
from corpus.toolkit.reader import ToolkitReader

NEEDS = {f"/{assets.ROOT}/{place}": UserRole.REVIEWER for place in ("channel/review/", "review/")}
HEARS = 1.0  # seconds: on Windows, a wait without an end hears no Ctrl-C
# Between two looks of Gradio at its queue, and at how far calls are: what it takes on Windows. Elsewhere it looks a
# thousand times a second, which costs 5 % of a core while nobody asks.
QUEUE_SECONDS, PROGRESS_SECONDS = 0.05, 0.1
LEAVE_SECONDS = 1  # for streams that a page keeps open, when all answers are out
# The browser is told to fetch from here only, whatever a page or a library on it may try. Gradio needs inline
# scripts and `new Function`.
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Headers:
    """ASGI middleware that adds HEADERS to every response, as far as it has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                there = {name for name, _ in own}
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*own, *(pair for pair in added if pair[0] not in there)]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Greeting:
    """ASGI middleware that leads from the root to the page in the reader's language, where that is not English."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] == "/":
            request = Request(scope)
            if (language := language_of(request)) != SOURCE:
                query = f"?{request.url.query}" if request.url.query else ""
                headers = {"vary": "accept-language, cookie", "cache-control": "no-store"}
                app = RedirectResponse(f"{language}{query}", status_code=303, headers=headers)
        await app(scope, receive, send)


def views(
    settings: Settings, library: Library, engine: Engine, reader: ToolkitReader
) -> Mapping[str, tuple[View, ...]]:
    """The views of the page, in the order of their links, by language; all have the same handlers."""
    indexing = Indexing(lambda tell: wiring.build_index(settings, library, tell))
    chat, toolkit = ChatHandlers(engine, library, settings, VERSION), ToolkitHandlers(library, VERSION, reader)
    reading, adding = LibraryHandlers(library, indexing), AddingHandlers(library, settings, indexing)
    reviews, model = ReviewHandlers(settings.home, library, lambda: engine.masking), model_of(settings)
    made = {}
    for language in LANGUAGES:
        with speaking(language):
            made[language] = (
                chat_view(chat, model),
                draft_view(),
                toolkit_view(toolkit),
                library_view(reading, adding),
                review_view(reviews),
            )
    return made


def build(
    views: Mapping[str, Sequence[View]], model: Model | None, calls: Sequence[Call] = (), leave: bool = False
) -> gr.Blocks:
    """The page in each language, English at the root and the others below it ('/fr').

    The first view is shown where the address names none. `calls`: endpoints for programs. `leave`: whether people sign
    in here, and so can sign out.
    """
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        for language, spoken in views.items():
            if language != SOURCE:
                # As `page.route` does, which is for outside the block: leaving that six times takes a second more.
                page.pages.append((language, LANGUAGES[language], False))
                page.current_page = language
            with speaking(language):
                fixed(header(spoken, model, leave), "icat-top")
                for view in spoken:
                    view.place(page)
            if language == SOURCE:
                place_endpoints(calls)
    return page


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Noto Sans", "Helvetica", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def serve(settings: Settings, library: Library, accounts: Accounts | None, announce: Callable[[str], None]) -> None:
    """Serves until it is stopped; `announce` is given the URL as soon as the page can be opened.

    `accounts`: who may sign in; None: nobody has to. Ended by SIGTERM or Ctrl-C, it takes no more questions, and ends
    when those in hand are answered.
    """
    ended = _ended()
    counts = measures.Measures() if settings.metrics != "off" else None
    if settings.traces:
        measures.trace(settings.traces)
    try:
        _listen_once(settings.host, settings.port)
        reader = ToolkitReader()  # one for all: it keeps what it has looked through
        engine = Engine(lambda: wiring.open_assistant(settings, library, reader))
        served = views(settings, library, engine, reader)
        standing = Standing(engine)
        program = Program(engine.reopened, library, settings.contacts)
        built = build(served, model_of(settings), calls_of(program) if settings.api else (), accounts is not None)
        built._queue.sleep_when_free = QUEUE_SECONDS
        built._queue.progress_update_sleep_when_free = PROGRESS_SECONDS
        sign_in = sign_in_of(settings, accounts) if accounts else None
        _, url, _ = built.launch(
            server_name=settings.host,
            server_port=settings.port,
            share=False,
            ssr_mode=False,
            quiet=True,
            footer_links=[],
            run_history=False,  # Gradio would keep every question in the browser, for good
            theme=theme(),
            head=assets.head(served[SOURCE]),
            app_kwargs={
                "middleware": [
                    Middleware(standing.counted),
                    Middleware(Headers),
                    Middleware(Door, settings=settings, sign_in=sign_in, needs=NEEDS),
                    Middleware(Greeting),
                ],
                "routes": [
                    *operating.routes(standing, counts, settings.metrics == "all"),
                    *assets.routes(served[SOURCE]),
                ],
            },
            prevent_thread_lock=True,
        )
    except OSError as error:
        raise NotServed(
            f"{settings.host}, port {settings.port}: cannot be listened on, perhaps another program does; "
            "choose another with --port"
        ) from error
    logs.take_over()
    announce(url)
    while not ended.wait(HEARS):
        pass
    standing.drain(settings.stop_seconds)
    built.server.config.timeout_graceful_shutdown = LEAVE_SECONDS
    built.server.close()


def sign_in_of(settings: Settings, accounts: Accounts) -> SignIn:
    """With a provider where one is set; its library is of an extra."""
    if not settings.oidc.issuer:
        return SignIn(accounts, settings.session_hours)
    from assistant.door.oidc import Provider

    return SignIn(accounts, settings.session_hours, Provider(settings))


def _ended() -> Event:
    """Set when this process is asked to end. A second time ends it at once, with what was in hand."""
    asked = Event()

    def end(number: int, frame: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return asked


def _listen_once(host: str, port: int) -> None:
    """OSError where nothing can be listened on. Before models are loaded: a program that ends meanwhile aborts."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    socket.create_server(address[:2], family=family).close()
