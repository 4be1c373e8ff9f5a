"""What is written for parts that come several times: the cards of a role play, the stages of a case (`frames.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from pydantic import Field, ValidationError

from assistant.texts.catalogue import pgettext
from corpus.catalogue import explain
from corpus.errors import CatalogueError
from corpus.quick_yaml import read_yaml
from corpus.types import StrictModel
from index.encoders import open_embedder

FILE = Path(__file__).with_name("frames.yaml")
ENCODER = "multilingual-e5-small"
UNNAMED = ("person", "helper", "observer")  # the cards where a message names no role


class CardFrame(StrictModel):
    name: str
    says: str
    like: dict[str, tuple[str, ...]]


class StageFrame(StrictModel):
    says: str


class FramesFile(StrictModel):
    cards: Mapping[str, CardFrame]
    stages: tuple[StageFrame, ...] = Field(min_length=1)


def cards(roles: Sequence[str]) -> list[tuple[str, str]]:
    """Each role and what its card says, in the language that is spoken; those of UNNAMED where there are none."""
    known = frames().cards
    named = [(role, known[card_of(role)]) for role in roles]
    unnamed = [(pgettext("name", known[name].name), known[name]) for name in UNNAMED]
    return [(role, pgettext("says", card.says)) for role, card in named or unnamed]


def others(roles: Sequence[str]) -> list[str]:
    """Those that have another card than UNNAMED, for which a ready-made role play has none."""
    return [role for role in roles if card_of(role) not in UNNAMED]


def stages(number: int) -> list[str]:
    """What is told in each of so many stages, as far as there are frames; the last one is always the last."""
    *first, last = frames().stages
    return [pgettext("says", each.says) for each in (*first[: number - 1], last)]


@cache
def card_of(role: str) -> str:
    """The card whose roles are nearest in meaning to one, in any language."""
    names, vectors = _examples()
    return names[int(np.argmax(vectors @ open_embedder(ENCODER).embed_query(role)))]


@cache
def frames() -> FramesFile:
    """CatalogueError in one line where the file is not sound."""
    try:
        return FramesFile.model_validate(read_yaml(FILE.read_text("utf-8")))
    except ValidationError as error:
        raise CatalogueError(f"{FILE.name}: {explain(error)}") from None


@cache
def _examples() -> tuple[list[str], np.ndarray]:
    """The card of each role that the file names, and its vector."""
    named = [(name, role) for name, card in frames().cards.items() for role in chain(*card.like.values())]
    embedder = open_embedder(ENCODER)
    return [name for name, _ in named], np.stack([embedder.embed_query(role) for _, role in named])
