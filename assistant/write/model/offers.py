"""The language models that are offered for download, as `models.yaml` lists them, and which of them is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from assistant.errors import ShelfError
from corpus.quick_yaml import read_yaml
from corpus.types import StrictModel

FILE = Path(__file__).with_name("models.yaml")
FREE = frozenset({"Apache-2.0", "MIT"})  # licences under which a model may be proposed
MEMORY_SHARE = 0.6  # of the machine's, at most: the system, this program and a browser want the rest
GB = 10**9  # bytes, as the hub counts


class Offer(StrictModel):
    """A model on the hub. Its exact size and digest are the hub's to say, when it is downloaded."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="as `icat model get` calls it")
    description: str
    repository: str
    file: str
    licence: str
    gb: float = Field(gt=0, description="of the file, in 10^9 bytes, as public listings give it")
    memory_gb: float = Field(gt=0, description="what it takes while it runs with its context, in 10^9 bytes")
    languages: str
    measured: str = Field("", description="what it did here; '' where it could not be run")
    context_tokens: int = Field(ge=1024, description="it is run with")

    @property
    def tried(self) -> bool:
        return bool(self.measured)


@cache
def offers() -> tuple[Offer, ...]:
    """All, in the order in which they are proposed."""
    return tuple(Offer.model_validate(values) for values in read_yaml(FILE.read_text(encoding="utf-8")))


def offer_of(name: str) -> Offer:
    """The offer of that name. ShelfError, with all names, for none."""
    for offer in offers():
        if offer.name == name.lower():
            return offer
    known = ", ".join(offer.name for offer in offers())
    raise ShelfError(f"no model {name!r} is offered; choose from {known}, or name a file: --from FILE.gguf")


def proposed(candidates: Sequence[Offer], memory: int) -> Offer | None:
    """The first of a free licence that fits a machine with so many bytes of memory; None when none does."""
    fitting = (c for c in candidates if c.licence in FREE and c.memory_gb * GB <= memory * MEMORY_SHARE)
    return next(fitting, None)
