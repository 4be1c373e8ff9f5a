"""The words sent to a language model, one purpose per file, with strict `$placeholders`.

A file is a run of turns, each opened by a line `--- system`, `--- user` or `--- assistant`. It is split into turns
before anything is filled in, so that a value can never open a turn of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
DECLINE_MARK = "[NO ANSWER]"  # a model writes it where the passages do not answer
LABELS_MOST = 3  # sources a model may give for one sentence
QUESTIONS = 6  # that a model writes for one passage
ROLES = frozenset({"system", "user", "assistant"})
_TURN = re.compile(r"^--- (\w+)[ \t]*\n", re.MULTILINE)

# What code and prompts share. A prompt that names one gets it without being told.
MARKS: Mapping[str, str] = {"DECLINE": DECLINE_MARK, "LABELS_MOST": str(LABELS_MOST), "QUESTIONS": str(QUESTIONS)}


class PromptError(ValueError):
    """A prompt file that is none, or values that do not fit its placeholders. A bug of ours, never a reader's."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what is sent to a language model."""

    role: str  # "system", "user" or "assistant"
    text: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"role {self.role!r}, wanted one of {', '.join(sorted(ROLES))}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One file, as written."""

    name: str
    text: str
    digest: str  # sha256 of the text, hexadecimal; kept with what was written from it

    @property
    def placeholders(self) -> frozenset[str]:
        """What `fill` wants."""
        return frozenset(Template(self.text).get_identifiers()) - MARKS.keys()

    def fill(self, **values: str) -> tuple[Message, ...]:
        """The turns, with every placeholder replaced once; a `$` in a value stays a `$`.

        PromptError when a value is missing or spare, or when the file has a stray `$`.
        """
        wanted = self.placeholders
        if wanted != values.keys():
            missing, spare = sorted(wanted - values.keys()), sorted(values.keys() - wanted)
            raise PromptError(f"prompt {self.name}: missing values {missing}, spare values {spare}")
        return tuple(Message(role, self._filled(text, values)) for role, text in _turns(self.name, self.text))

    def _filled(self, text: str, values: Mapping[str, str]) -> str:
        try:
            return Template(text).substitute(MARKS, **values).strip()
        except ValueError as error:
            raise PromptError(f"prompt {self.name}: {error}") from None


def names() -> tuple[str, ...]:
    """Every prompt there is, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def load(name: str) -> Prompt:
    """The prompt of that name. PromptError when there is none or its turns can't be read."""
    if name not in names():
        raise PromptError(f"no prompt {name!r}; there are {', '.join(names())}")
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    _turns(name, text)
    return Prompt(name, text, sha256(text.encode()).hexdigest())


def _turns(name: str, text: str) -> list[tuple[str, str]]:
    """(role, text) of each turn, in order; the last is the user's."""
    before, *parts = _TURN.split(text)
    turns = list(zip(parts[::2], parts[1::2], strict=True))
    if before.strip() or not turns or turns[-1][0] != "user" or any(role not in ROLES for role, _ in turns):
        raise PromptError(f"prompt {name}: wanted turns that open with '--- system' and end with '--- user'")
    return turns
