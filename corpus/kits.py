"""What people write who need a kit, and which piece of one a part of a draft asks for. Learned from; never shown.

In: `starter/kits/KIT.yaml`, names of the people and the work, and whole messages, in six languages;
`starter/kits/messages.jsonl`, a message a line: {"text", "about": without what names the thing to be made and its form,
"kits": the one or two that fit it, the better first, or none, "parts": [[words, piece], ...], see `KitPiece`}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from corpus.errors import CatalogueError
from corpus.lines import read_lines
from corpus.quick_yaml import read_yaml
from corpus.starter import PACKAGED, starter
from corpus.types import Kind, PublicationId, StrictModel

FOLDER = PACKAGED / "kits"


class KitPiece(StrEnum):
    """The pieces of a kit, in the order of its sections; before them what no kit has."""

    NONE = "none"  # what no kit has
    WHY = "why"  # it concerns these people
    HOW = "how"  # people are brought in and held here
    SIGNS = "signs"
    LINE = "line"  # between what is wrong and trafficking
    ALONE = "alone"  # speaking without whoever comes along
    QUESTIONS = "questions"  # to ask
    AVOID = "avoid"
    AT_ONCE = "at once"  # the first steps
    WHOM = "whom"  # to tell
    PAPERS = "papers"  # and pay, and debts
    RECORDS = "records"  # and consent
    CHILDREN = "children"
    OVERLOOKED = "overlooked"  # those who are
    SELF = "self"  # own safety and strain
    ASKS = "asks"  # of the organisation in charge
    MESSAGES = "messages"  # to the people concerned
    EXERCISE = "exercise"
    CASE = "case"
    QUIZ = "quiz"
    PLAY = "play"
    INDICATORS = "indicators"

    @property
    def section(self) -> int:
        """Its place among the sections of a kit, from 0."""
        return tuple(KitPiece).index(self) - 1


class KitMessage(StrictModel):
    """A whole message, the kits that fit it, and the piece that each of its parts asks for."""

    text: str = Field(min_length=1)
    about: str = Field(min_length=1)
    kits: tuple[PublicationId, ...] = Field(max_length=2)
    parts: tuple[tuple[str, KitPiece], ...]


@dataclass(frozen=True, slots=True)
class KitTexts:
    """All that is learned from."""

    names: Mapping[PublicationId, tuple[str, ...]]  # of each kit, its messages too
    messages: tuple[KitMessage, ...]


def read_kits(folder: Path = FOLDER) -> KitTexts:
    """All of a folder. CatalogueError where a kit that is named is no text in English."""
    known = {each.publication.id for each in starter() if each.publication.kind is Kind.KITS}
    names = {}
    for file in sorted(folder.glob("*.yaml")):
        told = read_yaml(file.read_text("utf-8"))
        names[file.stem] = (*told["names"], *told["requests"])
    lines = read_lines(folder / "messages.jsonl", KitMessage.model_validate_json, CatalogueError)
    messages = tuple(each for _, each in lines)
    named = {*names, *(kit for each in messages for kit in each.kits)}
    if strange := sorted(named - known):
        raise CatalogueError(f"{folder.name}: no kit has the name {strange[0]!r}; the kits are corpus/starter/kit-*.md")
    return KitTexts(names, messages)
