"""Scope: pleas are met with help, requests to exploit people are refused, and their look-alikes are answered."""

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.scope import Scope, fold
from assistant.settings import Contact
from assistant.types import Refusal

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "scope_cases.jsonl").read_text(encoding="utf-8").splitlines()]


def outcome(message: str) -> str:
    refusal = Scope().check(message)
    return refusal.value if refusal else "answer"


@pytest.mark.parametrize("case", CASES, ids=[case["message"][:40] for case in CASES])
def test_message_ends_as_it_should(case: dict) -> None:
    assert outcome(case["message"]) == case["expected"]


def score(name: str) -> Counter:
    """(expected, found) -> how many, over one file of messages."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return Counter((case["expected"], outcome(case["message"])) for case in map(json.loads, lines))
