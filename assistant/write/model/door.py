"""The only door to language models: llama-index LLMs and what they stand on. Nothing of theirs leaves it.

A client is opened for each text and closed with it: that is what makes a server stop writing at once. Retries,
time-outs and the queue are ours; the libraries' own are off.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.model_settings import LOOPBACK, PROMPT_SHARE, ModelSettings
from assistant.types import Usage
from assistant.write.model.faults import fault_of
from assistant.write.model.run import BackgroundWriter, BackgroundWriting, Sink, WaitingLine
from assistant.write.model.stream_guards import SENTENCE_TIMES, Loops, Thoughts
from assistant.write.model.tasks import word_probabilities
from assistant.write.model.types import ModelFault, Reason
from prompts import Message

RETRIES = 2  # before anything was written, and only on transport faults
BACKOFF = 0.2  # seconds before the first retry; doubles
CONNECT_SECONDS = 10.0
TOP_TOKENS = 20  # likeliest first tokens that a server is asked for, the most that the protocol allows
CHARACTERS_PER_TOKEN = 16  # a text longer than this many for each token allowed comes from a server that keeps no limit
CUT = frozenset({"length", "max_tokens", "content_filter", "model_context_window_exceeded"})
NO_KEY = "none"  # the library wants one, a local server does not

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one event of a stream says."""

    text: str
    thinks: bool
    finish: str  # "" while it goes on
    usage: Usage | None


class LanguageModel(BackgroundWriter):
    """A Writer over an OpenAI-compatible server or Anthropic's. Safe to share between threads."""

    def __init__(self, settings: ModelSettings) -> None:
        """SettingsError when no model is set or the library refuses the pair. Does not connect."""
        if not settings.configured:
            raise SettingsError("no language model is set; set ICAT_MODEL_NAME and ICAT_MODEL_BASE_URL")
        self.name = settings.name
        self.context_tokens = settings.context_tokens
        self.answer_tokens = settings.answer_tokens
        self.draft_tokens = min(settings.draft_tokens, int(settings.context_tokens * (1 - PROMPT_SHARE)))
        self._settings = settings
        self._line = WaitingLine(settings.at_once)
        try:
            _open(settings, settings.answer_tokens)
        except ValueError as error:  # such as a name that the library knows to speak another protocol
            raise SettingsError(f"model.name is {settings.name!r}: {str(error).splitlines()[0]}") from None

    def __repr__(self) -> str:
        return f"LanguageModel({self.name!r})"

    def first_word(self, messages: Sequence[Message], words: Sequence[str]) -> Mapping[str, float] | None:
        """How probable it is that the reply starts with each of the words; the probabilities add up to 1.

        Blocks. None where the server does not tell, or names none of the words. ModelFault as in writing.
        """
        told: list[tuple[str, float]] = []
        tokens_in = sum(self.count_tokens(message.text) for message in messages)
        with BackgroundWriting(lambda sink: self._tell(tuple(messages), told, sink), tokens_in) as asking:
            for _ in asking:
                pass
        return word_probabilities(told, words)

    async def _tell(self, messages: Sequence[Message], told: list[tuple[str, float]], sink: Sink) -> None:
        """Puts the likeliest first tokens with their probabilities into `told`. Nothing is tried again."""
        seconds = self._settings.first_seconds
        async with self._line.place(sink.waiting, self._settings.whole_seconds):
            model, client = _open(self._settings, 1, TOP_TOKENS)
            try:
                async with asyncio.timeout(seconds):
                    response = await model.achat(_chat(messages))
            except TimeoutError:
                raise self._late(False, False) from None
            except Exception as error:
                raise fault_of(error, self._settings.key.get_secret_value(), False) from None
            finally:
                await client.close()
            told += [(token.token, exp(token.logprob)) for token in (response.logprobs or [[]])[0]]

    async def write_to(self, sink: Sink, messages: Sequence[Message], limit: int) -> None:
        """What `write` does, on the background loop: in its turn, with retries. ModelFault."""
        loop = asyncio.get_running_loop()
        async with self._line.place(sink.waiting, self._settings.whole_seconds):
            sink.waiting(0)
            end = loop.time() + self._settings.whole_seconds * self._longer(limit)
            for attempt in range(RETRIES + 1):
                try:
                    return await self._attempt(messages, limit, sink, end)
                except ModelFault as fault:
                    if sink.characters or fault.retry_after is None or attempt == RETRIES:
                        raise
                    pause = max(fault.retry_after, BACKOFF * 2**attempt)
                    if loop.time() + pause > end:
                        raise
                    log.info("%s; trying again in %.1f s", fault, pause)
                    await asyncio.sleep(pause)

    async def _attempt(self, messages: Sequence[Message], limit: int, sink: Sink, end: float) -> None:
        """One request, to its end; the connection is closed then, however it comes."""
        thoughts, loops = Thoughts(), Loops(round(SENTENCE_TIMES * self._longer(limit)))
        finish, heard = "", False
        model, client = _open(self._settings, limit)
        try:
            async for part in self._parts(model, messages, sink, end):
                heard = True
                finish = part.finish or finish
                sink.usage = part.usage or sink.usage
                self._take(thoughts.feed(part.text), loops, limit, sink)
        finally:
            await client.close()
        self._take(thoughts.finish(), loops, limit, sink)
        if finish in CUT:
            raise ModelFault(
                Reason.CUT_OFF, f"the server ended the text for {finish!r} after {sink.usage.tokens_out} tokens"
            )
        if not heard:
            raise ModelFault(Reason.GARBAGE, "the server answered without any event of the protocol")
        if not sink.written:
            raise ModelFault(Reason.EMPTY, "the server ended a text of no words")
        if not finish:
            raise ModelFault(Reason.CUT_OFF, "the stream ended before the text did")

    def _longer(self, limit: int) -> float:
        """How many times as long as an answer a text may be: a draft takes its time, and has tasks that come again."""
        return max(1.0, limit / self.answer_tokens)

    def _take(self, text: str, loops: Loops, limit: int, sink: Sink) -> None:
        if not text:
            return
        sink.text(text)
        if loops.feed(text):
            raise ModelFault(Reason.LOOPS, f"the text repeats itself after {sink.characters} characters")
        if sink.characters > limit * CHARACTERS_PER_TOKEN:
            raise ModelFault(Reason.CUT_OFF, f"the server goes on after {limit} tokens, the most it was asked for")

    async def _parts(self, model: Any, messages: Sequence[Message], sink: Sink, end: float) -> AsyncIterator[_Part]:
        """The parts of one request, each in time: one that says nothing does not renew the time for the next token."""
        loop = asyncio.get_running_loop()
        events: Any = None
        begun = False
        due = loop.time() + self._settings.first_seconds
        while True:
            try:
                async with asyncio.timeout_at(min(due, end)):
                    events = events or await model.astream_chat(_chat(messages))
                    part = _part(await anext(events))
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise self._late(begun, end <= due) from None
            except Exception as error:
                # Where it was raised, and not its words: a server may repeat the key, or the question.
                log.debug("%s in\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
                raise fault_of(error, self._settings.key.get_secret_value(), bool(sink.characters)) from None
            if part.text or part.thinks:
                begun = True
                due = loop.time() + self._settings.between_seconds
            yield part

    def _late(self, begun: bool, whole: bool) -> ModelFault:
        settings = self._settings
        if whole:
            return ModelFault(Reason.SLOW_WHOLE, f"not done within {settings.whole_seconds:g} s (model.whole_seconds)")
        if begun:
            return ModelFault(
                Reason.SLOW_BETWEEN, f"no token for {settings.between_seconds:g} s (model.between_seconds)"
            )
        return ModelFault(Reason.SLOW_FIRST, f"no token within {settings.first_seconds:g} s (model.first_seconds)")


def open_model(settings: ModelSettings) -> LanguageModel | None:
    """The language model that is set; None when none is."""
    return LanguageModel(settings) if settings.configured else None


def _open(settings: ModelSettings, limit: int, top_tokens: int = 0) -> tuple[Any, Any]:
    """(llama-index LLM, client to be closed). ValueError for a name the library refuses."""
    if settings.provider == "anthropic":  # which does not tell probabilities
        return _anthropic(settings, limit)
    return _openai_like(settings, limit, top_tokens)


def _openai_like(settings: ModelSettings, limit: int, top_tokens: int) -> tuple[Any, Any]:
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

    patience = Timeout(settings.whole_seconds + 1, connect=min(CONNECT_SECONDS, settings.whole_seconds))
    client = AsyncOpenAI(
        api_key=settings.key.get_secret_value() or NO_KEY,
        base_url=settings.base_url,
        max_retries=0,
        timeout=patience,
        # A redirect could carry a question to a host that nobody chose; so could a proxy of the environment one that is
        # asked of this machine.
        http_client=DefaultAsyncHttpxClient(
            follow_redirects=False, timeout=patience, trust_env=urlsplit(settings.base_url).hostname not in LOOPBACK
        ),
    )
    client.organization = client.project = None  # a vendor's variables are for that vendor's server only
    model = OpenAILike(
        model=settings.name,
        api_base=settings.base_url,
        api_key=NO_KEY,  # the client has the real one; this object would show it in its repr
        is_chat_model=True,
        context_window=settings.context_tokens,
        max_tokens=limit,
        temperature=settings.temperature,
        logprobs=top_tokens > 0,
        top_logprobs=top_tokens,
        max_retries=0,
        timeout=settings.whole_seconds + 1,
        async_openai_client=client,
        additional_kwargs={"stream_options": {"include_usage": True}},
    )
    return model, client


def _anthropic(settings: ModelSettings, limit: int) -> tuple[Any, Any]:
    from llama_index.llms.anthropic import Anthropic

    model = Anthropic(
        model=settings.name,
        base_url=settings.base_url or None,
        api_key=settings.key.get_secret_value(),
        max_tokens=limit,
        temperature=settings.temperature,
        max_retries=0,
        timeout=settings.whole_seconds + 1,
    )
    return model, model._aclient


def _chat(messages: Sequence[Message]) -> list[Any]:
    from llama_index.core.base.llms.types import ChatMessage

    return [ChatMessage(role=message.role, content=message.text) for message in messages]


def _part(response: Any) -> _Part:
    """One event in our words. OpenAI's has choices and usage; Anthropic's says both beside the message."""
    said: Mapping[str, Any] = response.message.additional_kwargs or {}
    choices = getattr(response.raw, "choices", None)
    finish = choices[0].finish_reason if choices else said.get("stop_reason")
    thinks = response.additional_kwargs.get("thinking_delta") or said.get("thinking_delta")
    return _Part(response.delta or "", bool(thinks), finish or "", _usage(response, said))


def _usage(response: Any, said: Mapping[str, Any]) -> Usage | None:
    told = getattr(response.raw, "usage", None)
    if told is not None:
        return Usage(int(told.prompt_tokens or 0), int(told.completion_tokens or 0))
    counts = said.get("usage") or {}
    if counts.get("input_tokens") is None:
        return None
    return Usage(int(counts["input_tokens"]), int(counts.get("output_tokens") or 0))
