"""Hand-written stand-ins for the models: deterministic and fast. Two rank by shared words, one writes what it is given.

A real HTTP server that plays a language model and its faults is `scripted_model.ScriptedModel`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.types import Act, Usage
from assistant.understand.classifier import Reading
from assistant.write.model.types import Message, ModelFault, Waiting, estimate_tokens
from corpus.toolkit.types import ItemKind
from corpus.types import Activity

_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class HashedWords:
    """An embedder: each word is one of `dimensions` axes, a text the unit sum of its words' axes."""

    max_tokens = 512

    def __init__(self, dimensions: int = 64, name: str = "hashed-words") -> None:
        self.name = f"{name}-{dimensions}"
        self.dimensions = dimensions
        self.encoded: list[str] = []  # every passage ever asked for, in order

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return np.array([self._embed(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def embed_query(self, text: str) -> np.ndarray:
        return self._embed(text)

    def count_tokens(self, text: str) -> int:
        return len(_words(text))

    def _embed(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for word in _words(text):
            vector[zlib.crc32(word.encode()) % self.dimensions] += 1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return vector / length


class ToldClassifier:
    """A classifier of messages that was told what each is; for another one, an open question for sure."""

    danger_from, harm_from, margin, named_from = 0.3, 0.9, 0.2, 0.5

    def __init__(self, **told: Reading) -> None:
        self._told = told
        self.seen: list[tuple[str, str]] = []  # (text, what was on the screen), in order

    def __call__(self, text: str, reading: Reading) -> ToldClassifier:
        self._told[text] = reading
        return self

    def read(self, text: str, after: str = "") -> Reading:
        self.seen.append((text, after))
        return self._told.get(text) or reading_of(ask=1.0)


def reading_of(
    vague: float = 0.0, kind: str = "indicator", activity: str = "", leans: float = 0.0, **acts: float
) -> Reading:
    """A reading with these probabilities of acts (`off_topic=`), one kind and at most one activity for sure."""
    return Reading(
        acts={act: acts.get(act.value.replace(" ", "_"), 0.0) for act in Act},
        vague=vague,
        kinds={each: float(each == kind) for each in ItemKind},
        activities={each: float(each == activity) for each in Activity},
        part_one=0.0,
        leans=leans,
    )


class SharedWords:
    """A cross-encoder: the logit is the number of distinct question words in the passage, less two."""

    name = "shared-words"
    max_tokens = 512
    languages: frozenset[str] = frozenset()  # any

    def __init__(self) -> None:
        self.read: list[tuple[str, tuple[str, ...]]] = []  # every question, with its passages

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self.read.append((question, tuple(passages)))
        asked = set(_words(question))
        return np.array([len(asked & set(_words(passage))) - 2 for passage in passages], dtype=np.float32)


class GivenTexts:
    """A writer of given texts, one for each time it is asked, in pieces of a few letters; a ModelFault is raised.

    A tuple is a text and the fault that comes after it.
    """

    name = "given-texts"
    context_tokens = 8192
    answer_tokens = 1000
    draft_tokens = 3000

    def __init__(self, *texts: str | ModelFault | tuple[str, ModelFault], piece: int = 5) -> None:
        self._texts = list(texts)
        self._piece = piece
        self.asked: list[tuple[Message, ...]] = []  # all messages of each time
        self.closed = 0  # texts whose reader has closed them

    def count_tokens(self, text: str) -> int:
        return estimate_tokens(text)

    def write(self, messages: Sequence[Message], answer_tokens: int | None = None) -> _GivenText:
        self.asked.append(tuple(messages))
        given = self._texts.pop(0)
        text, fault = (
            given if isinstance(given, tuple) else ("", given) if isinstance(given, ModelFault) else (given, None)
        )
        return _GivenText(self, text, fault, self._piece)


class _GivenText:
    """One of its texts while it is being written."""

    def __init__(self, writer: GivenTexts, text: str, fault: ModelFault | None, piece: int) -> None:
        self._writer = writer
        self._steps = self._written(text, fault, piece)
        self.usage = Usage(100, 0)

    def _written(self, text: str, fault: ModelFault | None, piece: int) -> Iterator[str | Waiting]:
        yield Waiting(0)
        for start in range(0, len(text), piece):
            self.usage = Usage(100, self.usage.tokens_out + 1)
            yield text[start : start + piece]
        if fault is not None:
            raise fault

    def __iter__(self) -> Iterator[str | Waiting]:
        return self

    def __next__(self) -> str | Waiting:
        return next(self._steps)

    def close(self) -> None:
        self._writer.closed += 1
        self._steps.close()

    def __enter__(self) -> _GivenText:
        return self

    def __exit__(self, *ending: object) -> None:
        self.close()
