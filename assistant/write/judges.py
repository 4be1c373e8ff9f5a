"""Whether quotes support a claim, judged by a natural-language-inference cross-encoder, or by a reply of a model.

A judge is asked after the deterministic check and never overrules what that found in the wording. None is needed.
Language models as judges: `model.tasks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.types import Support

FULL_FROM, PARTIAL_FROM = 0.7, 0.3  # probability that the quotes entail the claim
_REPLY = re.compile(r"\W*(yes|partly|no)\W*", re.I)
_REPLIES = {"yes": Support.FULL, "partly": Support.PARTIAL, "no": Support.NONE}


class Judge(Protocol):
    """Judges one claim at a time."""

    name: str

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """FULL, PARTIAL or NONE of all quotes together. None where it gave no usable reply."""


class Entailment(Protocol):
    """A natural-language-inference cross-encoder, as `index.encoders.open_entailment` gives it."""

    name: str

    def probabilities(self, premise: str, claims: Sequence[str]) -> Sequence[float]:
        """For each claim, the probability that the premise entails it, 0..1."""


@dataclass(frozen=True, slots=True)
class InferenceJudge:
    """Judges by the probability of entailment."""

    model: Entailment

    @property
    def name(self) -> str:
        return self.model.name

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """FULL from FULL_FROM, PARTIAL from PARTIAL_FROM, else NONE."""
        if not quotes:
            return Support.NONE
        (probability,) = self.model.probabilities("\n".join(quotes), [claim])
        return graded(float(probability), FULL_FROM, PARTIAL_FROM)


def reply(text: str) -> Support | None:
    """ "yes", "partly" or "no", alone but for white space and punctuation. None for anything else."""
    found = _REPLY.fullmatch(text)
    return _REPLIES[found[1].lower()] if found else None


def graded(probability: float, full_from: float, partial_from: float) -> Support:
    """FULL from the one, PARTIAL from the other, else NONE."""
    if probability >= full_from:
        return Support.FULL
    return Support.PARTIAL if probability >= partial_from else Support.NONE
