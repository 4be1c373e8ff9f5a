"""Decisions told by examples in six languages (`sides.yaml`): whom a draft is for, what of a message is its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.quick_yaml import read_yaml
from index.encoders import open_embedder

FILE = Path(__file__).with_name("sides.yaml")
ENCODER = "multilingual-e5-small"
NEIGHBOURS = 3  # of 35 readers that messages name, all but one are told rightly; with one neighbour, all but four
# From which lead on a part is form: of 2,500 parts that messages named 34 are above it, and most of these are.
FORM_FROM = 0.2
SAME_THING = 0.88  # cosine, with this encoder, from which two short phrases name one thing
KEPT = 512  # texts whose side is remembered
STEM = 5  # letters of a word that count; shorter words do not


@lru_cache(maxsize=KEPT)
def is_lay(whom: str) -> bool:
    """Whether messages in plain words are for those who are named, and no advice to people of the trade."""
    return _lead("audience", whom, "concerned", "bystanders") > 0


@lru_cache(maxsize=KEPT)
def is_concerned(whom: str) -> bool:
    """Whether those who are named are the ones who may be exploited, and nobody who meets them."""
    return _lead("audience", whom, "concerned") > 0


@lru_cache(maxsize=KEPT)
def is_form(part: str) -> bool:
    """Whether what is to be in a thing says how it should be made, and is nothing that a library speaks of."""
    return _lead("part", part, "form") > FORM_FROM


@lru_cache(maxsize=KEPT)
def is_rest(text: str) -> bool:
    """Whether what should go out of a draft is all that the message does not name."""
    return _lead("drop", text, "rest") > 0


def named_among(text: str, options: Sequence[str]) -> str:
    """The option that words name: the nearest that shares a word with them, or of all, if near enough; '' for none."""
    words = _stems(text)
    sharing = [option for option in options if words & _stems(option)]
    embedder = open_embedder(ENCODER)
    vector = embedder.embed_query(text)
    near = [(float(embedder.embed_query(option) @ vector), option) for option in sharing or options]
    cosine, best = max(near, default=(0.0, ""))
    return best if sharing or cosine >= SAME_THING else ""


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"\w+", text.casefold()) if len(word) >= STEM}


def _lead(question: str, text: str, *sides: str) -> float:
    """Mean cosine with the nearest few examples of some sides, less that of the nearest few of the others.

    Without what all examples have in common: most of a cosine of this encoder is that.
    """
    told, own, common = _examples(question)
    first = np.isin(told, sides)
    vector = open_embedder(ENCODER).embed_query(text) - common
    cosines = own @ (vector / np.linalg.norm(vector))
    one, other = (np.sort(cosines[side])[-NEIGHBOURS:].mean() for side in (first, ~first))
    return float(one - other)


@cache
def _examples(question: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n,) the side of each example, (n, d) what it has of its own, length 1, (d,) what all have."""
    sides = read_yaml(FILE.read_text("utf-8"))[question]
    told = [(side, text) for side, by_language in sides.items() for text in chain(*by_language.values())]
    embedder = open_embedder(ENCODER)
    vectors = np.stack([embedder.embed_query(text) for _, text in told])
    common = vectors.mean(axis=0)
    own = vectors - common
    return np.array([side for side, _ in told]), own / np.linalg.norm(own, axis=1, keepdims=True), common
