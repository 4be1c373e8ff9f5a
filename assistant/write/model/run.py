"""A text is written on one background loop and read from any thread: the queue, the pieces, stopping.

Stopping must work while a reader waits for the next piece, which no blocking read allows: hence the loop.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.types import Usage
from assistant.write.model.types import ModelFault, Reason, Waiting, Writing, estimate_tokens
from prompts import Message

HEARTBEAT = 0.5  # seconds after which a reader hears that nothing has come yet
_OPENING = threading.Lock()  # `cache` lets two threads that are the first together make two loops: a queue would hang


def background() -> asyncio.AbstractEventLoop:
    """The one loop on which this process writes; its thread ends with the process."""
    with _OPENING:
        return _background()


@cache
def _background() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


@dataclass
class Sink:
    """Where a writing coroutine puts what it has; read from another thread."""

    usage: Usage
    steps: queue.SimpleQueue[str | Waiting | BaseException | None] = field(default_factory=queue.SimpleQueue)
    characters: int = 0
    written: bool = False  # anything but white space

    def text(self, piece: str) -> None:
        self.characters += len(piece)
        self.written = self.written or not piece.isspace()
        written = self.usage.tokens_out + estimate_tokens(piece)
        self.usage = Usage(self.usage.tokens_in, written, estimated=True)
        self.steps.put(piece)

    def waiting(self, before: int) -> None:
        self.steps.put(Waiting(before))


class BackgroundWriter:
    """What a Writer is that writes on the background loop; it says how in `write_to`."""

    answer_tokens: int
    draft_tokens: int

    def count_tokens(self, text: str) -> int:
        """An estimate: no server tells before it is asked."""
        return estimate_tokens(text)

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> BackgroundWriting:
        """Starts writing; see `Writer`. ModelFault comes from the iteration, never from here."""
        limit = min(answer_tokens or self.answer_tokens, max(self.answer_tokens, self.draft_tokens))
        sent = tuple(messages)
        tokens_in = sum(self.count_tokens(message.text) for message in sent)
        return BackgroundWriting(lambda sink: self.write_to(sink, sent, limit), tokens_in)

    async def write_to(self, sink: Sink, messages: Sequence[Message], limit: int) -> None:
        """Puts what is written into the sink. ModelFault."""
        raise NotImplementedError


class BackgroundWriting(Writing):
    """A Writing whose pieces come from a coroutine on the background loop."""

    def __init__(self, work: Callable[[Sink], Coroutine[Any, Any, None]], tokens_in: int) -> None:
        """Starts `work` at once. `tokens_in`: estimate, until the server tells."""
        self._sink = Sink(Usage(tokens_in, 0, estimated=True))
        self._before = 0
        self._ended = False
        self._future = asyncio.run_coroutine_threadsafe(_guarded(work, self._sink), background())

    @property
    def usage(self) -> Usage:
        return self._sink.usage

    def __next__(self) -> str | Waiting:
        if self._ended:
            raise StopIteration
        try:
            step = self._sink.steps.get(timeout=HEARTBEAT)
        except queue.Empty:
            return Waiting(self._before)
        if self._ended or step is None:  # closed meanwhile, or done
            self._ended = True
            raise StopIteration
        if isinstance(step, BaseException):
            self._ended = True
            raise step
        if isinstance(step, Waiting):
            self._before = step.before
        return step

    def close(self) -> None:
        self._ended = True
        self._future.cancel()
        self._sink.steps.put(None)

    def __del__(self) -> None:
        self._future.cancel()  # nobody will read on: the server need not write on


async def _guarded(work: Callable[[Sink], Coroutine[Any, Any, None]], sink: Sink) -> None:
    """Runs the work; whatever it ends in is handed to the reader, a bug with its traceback."""
    try:
        await work(sink)
        sink.steps.put(None)
    except asyncio.CancelledError:
        sink.steps.put(None)
        raise
    except Exception as error:
        sink.steps.put(error)


@dataclass(eq=False)
class _Waiter:
    turn: asyncio.Future[None]
    report: Callable[[int], None]


class WaitingLine:
    """At most so many at once; the others wait in the order they came, and hear how many are before them."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[_Waiter] = deque()

    @asynccontextmanager
    async def place(self, report: Callable[[int], None], seconds: float) -> AsyncIterator[None]:
        """Holds a place. `report` hears a number from 1 while waiting. ModelFault (busy) after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._enter(report)
        except TimeoutError:
            raise ModelFault(Reason.BUSY, f"no turn within {seconds:g} s; raise model.at_once") from None
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, report: Callable[[int], None]) -> None:
        if self._free:
            self._free -= 1
            return
        waiter = _Waiter(asyncio.get_running_loop().create_future(), report)
        self._waiting.append(waiter)
        report(len(self._waiting))
        try:
            await waiter.turn
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                self._report()
            elif not waiter.turn.cancelled():  # the turn came in the same moment: it goes on to the next
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.turn.done():  # not given up in the same moment
                waiter.turn.set_result(None)
                self._report()
                return
        self._free += 1

    def _report(self) -> None:
        for before, waiter in enumerate(self._waiting, start=1):
            waiter.report(before)
