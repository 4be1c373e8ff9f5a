"""Requests that nobody expects, to the real assistant: each ends in a step, and nothing in it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from asked import steps

from assistant import wiring
from assistant.app.chat.engine import Engine
from assistant.app.chat.handlers import ChatHandlers
from assistant.program.program import MAX_QUESTION
from assistant.settings import Settings
from corpus.catalogue import load
from corpus.library import Library

ODD = [
    " \t\n ",
    "?!… — «»",
    "\x00\x07\x1b[31mWhat is trafficking?\x1b[0m\x7f",
    "\u202eWhat is trafficking in persons?\u202c \u2066abc\u2069 \u200f",
    "<script>alert(1)</script><img src=x onerror=alert(1)>What is <b>trafficking</b>?",
    '=HYPERLINK("http://example.org","x")\n+cmd|\' /C calc\'!A0\n@SUM(1)',
    "{{7*7}} ${7*7} %s %n {0} {name!r}",
    "ሰውን ማዘዋወር ምንድን ነው? การค้ามนุษย์คืออะไร? 🚢👩‍👩‍👧‍👦",
    "Z" + "\u0301" * 3000 + "algo",
    "half \ud83d of a character",
    "[" * 4000,
    "a" * MAX_QUESTION,
    "what about trafficking " * 340,
]


@pytest.fixture(scope="module")
def handlers(starter_home: Path) -> ChatHandlers:
    settings = Settings(home=starter_home)
    library = Library(settings.home, load())
    return ChatHandlers(Engine(lambda: wiring.open_assistant(settings, library)), library, settings, "test")


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_an_odd_request_is_answered_or_refused_in_words(handlers: ChatHandlers, question: str):
    sent = json.loads(json.dumps({"question": question, "number": 0}))  # as it comes from a page
    *_, end = steps(handlers, "ask", sent)
    assert "Something went wrong" not in end.get("text", "")
    html = end.get("html", "")
    assert "<script" not in html and "<img" not in html and "\u202e" not in html and "\x1b" not in html
    assert end["step"] != "failed" or "\n" not in end["text"]
    json.dumps(end, ensure_ascii=False).encode()  # as the channel writes it


@pytest.mark.parametrize(
    ("question", "why"),
    [("", "(question: String should have at least 1"), ("a" * 100_000, "too long (question): at most 8000 characters")],
    ids=["nothing", "far too much"],
)
def test_nothing_at_all_and_far_too_much_are_refused_before_they_are_read(
    handlers: ChatHandlers, question: str, why: str
):
    (end,) = steps(handlers, "ask", {"question": question, "number": 0})
    assert end["step"] == "failed" and why in end["text"]
