"""The one channel between the page and the server: a request goes up as JSON, its steps come back, a line each.

Plain HTTP beside Gradio's queue: a request is one exchange, and its page ends it by closing it. So two tabs, or a stop
and the next question, share no stream that one could take from the other, and no step can replace the one before it.
What a browser sends is validated here. Every request ends in a step or in a closed connection, never in silence.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import closing
from inspect import isgeneratorfunction
from pathlib import PurePath
from threading import Event
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from assistant.door.visitor import STRANGER, Visitor, language_of, visitor_of
from assistant.texts.catalogue import _, ngettext, speaking
from assistant.watch.steps import TURN, step
from corpus.errors import IcatError

log = logging.getLogger(__name__)

AT_ONCE = 4  # requests with several steps that are worked on at the same time; the others wait in line
BEAT = 5.0  # seconds after which a silent request shows that it is alive; channel.js gives up after some of them
MIME = {
    ".csv": "text/csv;charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".md": "text/markdown;charset=utf-8",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Record = dict[str, Any]
Step = dict[str, Any]  # 'step' says which, where a request can end in several
Handler = Callable[..., Step | Iterator[Step]]  # given the request; and the visitor, where it names one


class BadRequest(IcatError):
    """What a browser sent is not what this version of the page sends."""


class PageRequest(BaseModel):
    """What the page sends; one subclass a kind. It brings all that is needed: the server keeps nothing in between."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def named(handlers: object, names: str) -> dict[str, Handler]:
    """The methods of these names, with blanks between them."""
    return {name: getattr(handlers, name) for name in names.split()}


class Channel:
    """Brings each request to its handler, whose parameter `request` is annotated with the kind it takes.

    A handler with a parameter `visitor` is told who asks.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = {name: (get_type_hints(handler)["request"], handler) for name, handler in handlers.items()}
        self._told = {name for name, handler in handlers.items() if "visitor" in get_type_hints(handler)}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._working: set[asyncio.Task[None]] = set()  # the loop itself does not keep them

    def steps(self, name: str, sent: object, visitor: Visitor = STRANGER) -> Iterator[Step]:
        """The steps of a request. An error is the last of them: ours as it stands, a bug by its kind and in the log."""
        try:
            if name not in self._handlers:
                raise BadRequest(_("The page asked for something unknown ({name}); load it again.").format(name=name))
            kind, handler = self._handlers[name]
            request = _read(kind, sent)
            answer = handler(request, visitor=visitor) if name in self._told else handler(request)
            if isinstance(answer, dict):
                yield answer
            else:
                yield from answer
        except Exception as error:
            if not isinstance(error, IcatError):
                log.error("the request %s failed", name, exc_info=error)
            yield failed(reason(error))

    async def answer(self, sent: Request) -> Response:
        """The endpoint: the name of the request is in the path, the rest in the body."""
        if sent.headers.get("content-type") != MIME[".json"]:  # a page of another site could send a form, unasked
            return Response(status_code=415)
        try:
            content = await sent.json()
        except ValueError:
            content = None
        # The second header keeps a proxy from holding steps back.
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(
            self._lines(sent.path_params["name"], content, visitor_of(sent), language_of(sent)),
            headers=headers,
            media_type="application/x-ndjson",
        )

    async def _lines(self, name: str, content: object, visitor: Visitor, language: str) -> AsyncIterator[bytes]:
        """A line for each step, and an empty one every BEAT seconds meanwhile. Closed, it ends the work as well."""
        loop, ready, gone = asyncio.get_running_loop(), asyncio.Queue[Step | None](), Event()

        def work() -> None:
            try:
                with speaking(language), closing(self.steps(name, content, visitor)) as steps:
                    while not gone.is_set() and (step := next(steps, None)):
                        loop.call_soon_threadsafe(ready.put_nowait, step)
            finally:
                loop.call_soon_threadsafe(ready.put_nowait, None)

        working = asyncio.create_task(self._in_turn(name, work))
        self._working.add(working)
        working.add_done_callback(self._working.discard)
        try:
            while True:
                try:
                    step = await asyncio.wait_for(ready.get(), BEAT)
                except TimeoutError:
                    yield b"\n"
                    continue
                if step is None:
                    return
                yield json.dumps(step, ensure_ascii=False).encode() + b"\n"
        finally:
            gone.set()

    async def _in_turn(self, name: str, work: Callable[[], None]) -> None:
        _, handler = self._handlers.get(name, (None, None))
        if not isgeneratorfunction(handler):
            await run_in_threadpool(work)
            return
        with step(TURN):
            await self._turns.acquire()
        try:
            await run_in_threadpool(work)
        finally:
            self._turns.release()


Kind = TypeVar("Kind", bound=PageRequest)


def _read(kind: type[Kind], sent: object) -> Kind:
    try:
        return kind.model_validate(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        if first["type"] == "string_too_long":
            longest = first["ctx"]["max_length"]
            raise BadRequest(
                ngettext(
                    "This is too long ({place}): at most {longest} character; shorten it.",
                    "This is too long ({place}): at most {longest} characters; shorten it.",
                    longest,
                ).format(place=place, longest=longest)
            ) from None
        odd = _("The page sent something unexpected ({place}); load it again.")
        raise BadRequest(odd.format(place=f"{place}: {first['msg']}")) from None


def failed(text: str) -> Step:
    """Why a request came to nothing, in one line."""
    return {"step": "failed", "text": text}


NAME_LENGTH = 60  # characters of a file's name


def file_name(title: str, without: str) -> str:
    """A title as the name of a file that holds it; `without`: where it has no letter or digit."""
    return re.sub(r"\W+", "-", title.casefold()).strip("-")[:NAME_LENGTH].rstrip("-") or without


def file(name: str, content: bytes) -> Step:
    """A file to download. It goes straight to the browser; no copy stays here."""
    return {"name": name, "mime": MIME[PurePath(name).suffix], "content": b64encode(content).decode("ascii")}


def reason(error: BaseException) -> str:
    """What a reader is told of an error: ours as it stands, a bug by its kind."""
    if isinstance(error, IcatError):
        return str(error)
    wrong = _("Something went wrong here ({kind}). The log of `icat serve` says more; try again.")
    return wrong.format(kind=type(error).__name__)
