"""A model that runs on this machine: the weights that were kept, in a child that is started when first asked.

A child that dies is started again once; the request that found it gone is asked again where nothing was written yet.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr

from assistant.model_settings import PROMPT_SHARE, ModelSettings
from assistant.write.model import runner
from assistant.write.model.child import ModelChild
from assistant.write.model.door import LanguageModel
from assistant.write.model.run import BackgroundWriter, Sink
from assistant.write.model.serving import Order
from assistant.write.model.types import ModelFault, Reason
from prompts import Message

if TYPE_CHECKING:
    from assistant.write.model.shelf import Kept

START_SECONDS = 180.0  # 5 GB from a disk that reads 50 MB a second take 100
RESTARTS = 1  # between two answers that came
# Seconds where the settings are as they come, which is meant for a server: reading 3000 tokens takes some processors
# minutes.
PATIENCE = {"first_seconds": 300.0, "between_seconds": 60.0, "whole_seconds": 900.0}
DRAFT_TOKENS = 1500  # likewise: on two cores twice as many take ten minutes
# For each answer that is written at the same time. Reading prompts takes all of the processor, so that with fewer two
# readers would both wait as long as the second one does in a queue; and each wants the memory of a context.
THREADS_PER_ANSWER = 4
CACHE_SHARE = 1 / 16  # of the memory, for prompts that were read; llama.cpp would take up to 8 GiB
MIB = 1 << 20
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class _Served:
    """A child that is ready, and how it is asked."""

    child: ModelChild
    model: LanguageModel


class LocalModel(BackgroundWriter):
    """A Teller. Safe to share between threads; all share one child, which ends with this process at the latest."""

    def __init__(self, kept: Kept, settings: ModelSettings, start_seconds: float = START_SECONDS) -> None:
        """Starts nothing. Of the settings, those that name a server have no say."""
        self.name = kept.name
        self.context_tokens = min(kept.context_tokens, settings.context_tokens)
        self.answer_tokens = min(settings.answer_tokens, int(self.context_tokens * (1 - PROMPT_SHARE)))
        drafted = DRAFT_TOKENS if _as_it_comes(settings, "draft_tokens") else settings.draft_tokens
        self.draft_tokens = min(drafted, int(self.context_tokens * (1 - PROMPT_SHARE)))
        self._kept, self._settings, self._start_seconds = kept, settings, start_seconds
        self._starting = threading.Lock()  # held while it loads
        self._guard = threading.Lock()  # held for a moment: no child is started once this is closed
        self._closed = False
        self._child: ModelChild | None = None
        self._served: _Served | None = None
        self._deaths = 0  # since an answer came
        self._hopeless = ""  # why no child is started any more
        atexit.register(self.close)

    def __repr__(self) -> str:
        return f"LocalModel({self.name!r})"

    def first_word(self, messages: Sequence[Message], words: Sequence[str]) -> Mapping[str, float] | None:
        """See `Teller`. Blocks, also while the model loads."""
        while True:
            served = self._ready()
            try:
                found = served.model.first_word(messages, words)
                self._deaths = 0
                return found
            except ModelFault as fault:
                if not self._lost(served, fault):
                    raise

    def close(self) -> None:
        """Ends the child; what it is writing ends in a fault, and so does whatever is asked from now on."""
        with self._guard:
            self._closed = True
            if self._child is not None:
                self._child.kill()  # a thread that waits for it to load stops waiting
        with self._starting:
            self._bury()
        atexit.unregister(self.close)

    async def write_to(self, sink: Sink, messages: Sequence[Message], limit: int) -> None:
        """By the child, started where there is none; a reader hears `Waiting` while it loads."""
        while True:
            served = await _aside(self._ready)
            try:
                await served.model.write_to(sink, messages, limit)
                self._deaths = 0
                return
            except ModelFault as fault:
                if sink.characters or not await _aside(self._lost, served, fault):
                    raise

    def _ready(self) -> _Served:
        """The child that stands. One thread starts it where there is none, others wait for it here. ModelFault."""
        with self._starting:
            while self._served is None or not self._served.child.running:
                self._start()
            return self._served

    def _start(self) -> None:
        """One try. A child that died before is counted; one that dies meanwhile is by the next try."""
        if how := self._bury():
            self._deaths += 1
            if self._deaths > RESTARTS:
                self._hopeless = (
                    f"the process that runs {self._kept.file} ended {self._deaths} times before an answer came "
                    f"({how}); it may want more memory than is free: use a smaller model, or set a smaller "
                    "model.context_tokens, and start icat again"
                )
        if self._hopeless:
            raise ModelFault(Reason.DOWN, self._hopeless)
        if not self._kept.file.exists():
            raise ModelFault(
                Reason.NOT_THERE, f"{self._kept.file} is gone; fetch it again (`icat model get`) or use another"
            )
        if not runner.is_here():
            raise ModelFault(
                Reason.NOT_THERE, f"models on this machine run through a package; pip install {runner.pinned()}"
            )
        order = order_for(self._kept.file, self.context_tokens, self._settings)
        with self._guard:
            if self._closed:
                raise ModelFault(Reason.DOWN, f"{self.name} was closed")
            self._child = child = ModelChild(order)
        try:
            if child.ready(self._start_seconds):
                self._served = _Served(child, self._model(child, order))
        except ModelFault as fault:
            self._bury()
            if fault.reason is Reason.DOWN:
                self._hopeless = fault.detail
            raise

    def _bury(self) -> str:
        """Ends the child that there is, and says how it ended; '' for none."""
        child, self._child, self._served = self._child, None, None
        return child.end() if child is not None else ""

    def _lost(self, served: _Served, fault: ModelFault) -> bool:
        """Whether a request failed because its child is gone, or as good as gone: it is then."""
        if fault.reason is not Reason.DOWN or served.child.healthy():
            return False
        served.child.kill()
        return True

    def _model(self, child: ModelChild, order: Order) -> LanguageModel:
        patience = {name: seconds for name, seconds in PATIENCE.items() if _as_it_comes(self._settings, name)}
        values = {
            "provider": "openai-like",
            "name": self.name,
            "base_url": f"{child.address}/v1",
            "key": SecretStr(child.key),
            "context_tokens": self.context_tokens,
            "answer_tokens": self.answer_tokens,
            "draft_tokens": self.draft_tokens,
            "at_once": order["at_once"],
        }
        return LanguageModel(self._settings.model_copy(update=patience | values))


def order_for(file: Path, context_tokens: int, settings: ModelSettings) -> Order:
    """What a child is told, by the settings and this machine, with a new key."""
    import psutil

    threads = settings.threads or _cores()
    return Order(
        file=str(file),
        key=secrets.token_urlsafe(32),
        context_tokens=context_tokens,
        at_once=max(1, min(settings.at_once, threads // THREADS_PER_ANSWER)),
        threads=threads,
        cache_mib=int(psutil.virtual_memory().total * CACHE_SHARE) // MIB,
    )


def _cores() -> int:
    """Physical ones, since two threads on one core hinder each other here; at most what this process may use."""
    import psutil

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(psutil.cpu_count(logical=False) or 1, allowed or 1)


def _as_it_comes(settings: ModelSettings, name: str) -> bool:
    return getattr(settings, name) == ModelSettings.model_fields[name].default


async def _aside(call: Callable[..., Found], *arguments: object) -> Found:
    """What the call returns, from a thread of its own: asyncio's would be waited for at the end of the process."""
    future: Future[Found] = Future()

    def run() -> None:
        future.set_running_or_notify_cancel()  # from now on it can't be cancelled, only be waited for no longer
        try:
            future.set_result(call(*arguments))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="local-model", daemon=True).start()
    return await asyncio.wrap_future(future)
