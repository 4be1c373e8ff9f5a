"""The queue, and the guards that watch a text while it is written."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from fakes import GivenTexts
from hypothesis import given
from hypothesis import strategies as st

from assistant.write.model.run import BackgroundWriting, Sink, WaitingLine
from assistant.write.model.stream_guards import SENTENCE_TIMES, Loops, Thoughts
from assistant.write.model.types import ModelFault, Reason, estimate_tokens, whole
from prompts import Message

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result(timeout=120)


TOGETHER = """
import sys, threading
from assistant.write.model.run import background
sys.setswitchinterval(1e-6)
together, loops = threading.Barrier(16), []
def ask():
    together.wait()
    loops.append(background())
threads = [threading.Thread(target=ask) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(loops), len(set(loops)))
"""


def test_threads_that_are_the_first_together_get_one_loop():
    done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["16", "1"]


def test_who_waits_too_long_for_a_turn_hears_that_it_is_busy():
    async def two() -> list[int]:
        line, heard = WaitingLine(1), []
        async with line.place(heard.append, 60):
            with pytest.raises(ModelFault) as caught:
                async with line.place(heard.append, 0.01):
                    raise AssertionError("two in one place")
            assert caught.value.reason is Reason.BUSY
        async with line.place(heard.append, 60):  # the place is free again, and nobody is left in the queue
            return heard

    assert run(two()) == [1]


def test_a_turn_that_comes_while_it_is_given_up_goes_to_the_next():
    async def three() -> list[str]:
        line, came = WaitingLine(1), []

        async def take(name: str) -> None:
            async with line.place(lambda before: None, 60):
                came.append(name)

        async with line.place(lambda before: None, 60):
            second, third = asyncio.create_task(take("second")), asyncio.create_task(take("third"))
            await asyncio.sleep(0)
        second.cancel()  # its turn has come, and it does not know yet
        await asyncio.wait([second, third], timeout=30)
        assert second.cancelled()
        return came

    assert run(three()) == ["third"]


def test_a_bug_reaches_the_reader_as_itself():
    async def work(sink: Sink) -> None:
        sink.text("Forty")
        raise ZeroDivisionError

    writing = BackgroundWriting(work, 3)
    with pytest.raises(ZeroDivisionError):
        whole(writing)
    assert list(writing) == []


@given(
    parts=st.lists(
        st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "lamp", "</", " ", "<thinking>"]), max_size=12
    ),
    cuts=st.lists(st.integers(0, 80), max_size=12),
)
def test_thoughts_are_left_out_however_they_are_cut(parts: list[str], cuts: list[int]):
    text = "".join(parts)
    places = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    cut_up, at_once = Thoughts(), Thoughts()
    shown = "".join(cut_up.feed(text[start:end]) for start, end in pairwise(places)) + cut_up.finish()
    assert shown == at_once.feed(text) + at_once.finish()
    assert shown == re.sub(r"<think>.*?(?:</think>|$)", "", text)


def test_marks_are_those_the_model_wrote_and_not_what_is_left_around_a_thought():
    thoughts = Thoughts()
    shown = "".join(map(thoughts.feed, ["<", "th", "<think>", "</think>", "ink>", "lamp"])) + thoughts.finish()
    assert shown == "<think>lamp"  # said and not thought: the lamp is not lost


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<think>Hm.</think>Forty lamps.", "Forty lamps."),
        ("Forty <think>or fifty</think>lamps.", "Forty lamps."),
        ("Forty <lamps", "Forty <lamps"),
        ("<think>never closed", ""),
    ],
)
def test_what_is_thought_and_what_is_said(text: str, shown: str):
    thoughts = Thoughts()
    assert thoughts.feed(text) + thoughts.finish() == shown


def loops(text: str, size: int = 5, times: int = SENTENCE_TIMES) -> bool:
    guard = Loops(times)
    return any([guard.feed(text[start : start + size]) for start in range(0, len(text), size)])


def test_what_a_draft_says_in_each_of_its_parts_may_come_more_often_than_in_an_answer():
    text = "".join(
        f"## Part {n}, on {n * 7919}\nRead the case aloud in your group. Then {n} asks.\n" for n in range(1, 6)
    )
    assert loops(text) and not loops(text, times=6)


@pytest.mark.parametrize(
    "text",
    [
        "lamp " * 40,
        "\n" * 200,
        "Lamps and buoys; " * 12,
        "We log all lamp failures. Other words come here. " * 6,
        "".join(f"{n}. Keepers should log each failure [S{n}].\nAnd number {n} is {n * 7919}.\n" for n in range(1, 6)),
    ],
)
def test_what_goes_in_circles_is_noticed(text: str):
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        "| lamps | buoys |\n|" + "-" * 60 + "|\n| 1 | 2 |\n",
        "Yes. No. Yes. No. Yes. No. Yes. No.",
        "Keepers should log each failure [S1]. Count the lamps. Keepers should log each failure [S2].",
        "".join(f"- Number of harbours with {n} lamps in use in the year {2000 + n} [S1]\n" for n in range(12)),
        "".join(
            f"## Part {n}\n| Time | What we do | Method | What for |\n| {n} | {n * 7919} | a | b |\n" for n in range(9)
        ),
        "| Name | Signature |\n" + "| ____ | ____ |\n" * 12,
    ],
)
def test_what_only_looks_alike_goes_on(text: str):
    assert not loops(text)


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("abc", 1), ("abcd", 2), ("灯坏了", 5), ("café", 2), ("да", 2)])
def test_tokens_are_a_third_of_ascii_and_half_of_the_bytes_of_other_letters(text: str, tokens: int):
    assert estimate_tokens(text) == tokens


def test_the_stand_in_writes_as_a_model_does():
    writer = GivenTexts("Forty lamps.", ("Forty", ModelFault(Reason.CUT_OFF, "x")), ModelFault(Reason.DOWN, "x"))
    asked = (Message("user", "How many?"),)
    assert whole(writer.write(asked)) == "Forty lamps."
    for reason in (Reason.CUT_OFF, Reason.DOWN):
        with pytest.raises(ModelFault) as caught:
            whole(writer.write(asked))
        assert caught.value.reason is reason
    assert (writer.asked, writer.closed) == ([asked] * 3, 3)
