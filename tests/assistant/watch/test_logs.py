"""What the log says of a fault: where and which kind, never the words of an exception, which may quote a question."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from assistant.watch.logs import JsonLines, PlainLines

QUESTION = "Where does Maria Ilinca live?"


def failing() -> None:
    try:
        int(QUESTION)
    except ValueError as error:
        raise KeyError(QUESTION) from error


@pytest.fixture()
def record() -> logging.LogRecord:
    """Of a fault with a cause, both of which quote a question."""
    try:
        failing()
    except KeyError:
        return logging.LogRecord("a.b", logging.ERROR, __file__, 1, "the request %s failed", ("ask",), sys.exc_info())
    raise AssertionError


def test_plain_lines_name_each_exception_of_the_chain_and_where_it_was_raised(record: logging.LogRecord):
    first, *others = PlainLines().format(record).splitlines()
    assert first == "a.b: the request ask failed"
    assert [line for line in others if not line.startswith("  ")] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py:" in others[0] and others[0].endswith(" in failing") and "Maria" not in "".join(others)


def test_json_lines_are_one_object_with_its_fields(record: logging.LogRecord):
    record.fields = {"status": "answered", "seconds": 1.5}
    (line,) = JsonLines().format(record).splitlines()
    found = json.loads(line)
    assert found["time"].endswith("+00:00")
    assert (found["level"], found["logger"], found["message"]) == ("error", "a.b", "the request ask failed")
    assert (found["status"], found["seconds"]) == ("answered", 1.5)
    assert found["error"].endswith("builtins.KeyError") and "Maria" not in line
