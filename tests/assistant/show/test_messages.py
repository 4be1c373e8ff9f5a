"""The words a reader sees stand in one file: each is used, each that is used is there, none is left in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.show.outline import REFUSED
from assistant.show.words import messages, say
from assistant.types import Act, Covered, Status, Support, Tier
from assistant.write.model.types import Reason
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Origin

REPO = Path(__file__).resolve().parents[3]
RENDERERS = ("html", "terminal", "markdown", "word", "lines", "lists", "outline", "statements", "markup", "recheck")
CLOSED = {"status": Status, "act": Act, "covered": Covered, "support": Support, "verdict": Support, "doubt": Support,
          "origin": Origin, "kind": ItemKind, "levels": Level, "fault": Reason, "instead": Tier}  # fmt: skip


def keys(found: Any, at: str = "") -> Iterator[str]:
    """The dotted keys of all messages."""
    if not isinstance(found, dict) or set(found) == {"one", "other"}:
        yield at
        return
    for name, inner in found.items():
        yield from keys(inner, f"{at}.{name}" if at else name)


def said() -> Iterator[re.Pattern[str]]:
    """The keys that the code asks for by name; what is filled in stands for anything."""
    for path in sorted((REPO / "assistant").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or "say" not in (
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            ):
                continue
            asked = node.args[0]
            for key in (asked.body, asked.orelse) if isinstance(asked, ast.IfExp) else (asked,):
                if isinstance(key, ast.Constant | ast.JoinedStr):
                    parts = key.values if isinstance(key, ast.JoinedStr) else (key,)
                    exact = (re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts)
                    yield re.compile("".join(exact))


def test_every_message_is_used_and_every_one_that_is_used_is_there() -> None:
    there, asked = set(keys(messages())), list(said())
    spoken = {key for key in there if any(pattern.fullmatch(key) for pattern in asked)}
    indirect = {key for key in there if key.split(".")[0] in ("refusal", "urgent", "and", "or")}
    assert there - spoken - indirect == set()
    assert [pattern.pattern for pattern in asked if not any(pattern.fullmatch(key) for key in there)] == []


@pytest.mark.parametrize("name", CLOSED)
def test_every_member_of_a_closed_set_has_words(name: str) -> None:
    assert set(messages()[name]) == {member.value for member in CLOSED[name]}


def test_every_refusal_has_words() -> None:
    assert set(messages()["refusal"]) == set(REFUSED)


def test_a_number_chooses_the_form() -> None:
    assert [say("queue", n) for n in (1, 2)] == [
        "1 answer is written before yours",
        "2 answers are written before yours",
    ]


def test_what_is_filled_in_is_no_template() -> None:
    assert say("understood", asked="{n} {0} {asked}") == "Understood as: {n} {0} {asked}"


@pytest.mark.parametrize("name", RENDERERS)
def test_no_renderer_has_words_of_its_own(name: str) -> None:
    """Two words with a space between, outside docstrings and errors, are looked for."""
    tree = ast.parse((REPO / "assistant" / "show" / f"{name}.py").read_text(encoding="utf-8"))
    told = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Expr) for inner in ast.walk(node.value)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    words = [text for text in texts if re.search(r"[A-Za-z]{2,} [a-z]{2,}", re.sub(r"<[^>]*>?|icat-[\w -]+", "", text))]
    styles = ("List ", "Heading ", "footnote ")  # of Word
    assert [text for text in words if not text.startswith(styles)] == []
