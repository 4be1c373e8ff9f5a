"""What a draft may have to cover whatever its theme, as `aspects.yaml` has it, and which of it a message names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.understand.phrases import any_of
from corpus.catalogue import explain
from corpus.errors import CatalogueError
from corpus.kits import KitPiece
from corpus.quick_yaml import read_yaml
from corpus.types import StrictModel

FILE = Path(__file__).with_name("aspects.yaml")


class Aspect(StrictModel):
    label: str
    asks: str
    aim: str
    words: dict[str, tuple[str, ...]]
    pieces: tuple[KitPiece, ...] = ()  # of a kit that say it


@cache
def aspects() -> Mapping[str, Aspect]:
    """By name. CatalogueError in one line where the file is not sound."""
    try:
        return TypeAdapter(dict[str, Aspect]).validate_python(read_yaml(FILE.read_text("utf-8")))
    except ValidationError as error:
        raise CatalogueError(f"{FILE.name}: {explain(error)}") from None


def named_in(text: str) -> tuple[str, ...]:
    """The aspects that a text names, in its order; of overlapping words the longer counts."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name, match in sorted(_mentions(text), key=lambda each: each[1].start() - each[1].end()):
        span = set(range(*match.span()))
        if not span & taken:
            taken |= span
            found[name] = min(found.get(name, match.start()), match.start())
    return tuple(sorted(found, key=lambda name: found[name]))


def _mentions(text: str) -> list[tuple[str, re.Match[str]]]:
    return [(name, match) for name, pattern in _patterns().items() for match in pattern.finditer(text)]


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: any_of(chain(*each.words.values())) for name, each in aspects().items()}
