"""Outlines of artefacts, as `outlines.yaml` has them: the parts of each, and what fills them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from assistant.draft.aspects import aspects
from assistant.texts.catalogue import LANGUAGES, pgettext, speaking
from assistant.types import Artefact
from corpus.catalogue import explain
from corpus.errors import CatalogueError
from corpus.kits import KitPiece
from corpus.quick_yaml import read_yaml
from corpus.types import Kind, StrictModel

FILE = Path(__file__).with_name("outlines.yaml")


class Fill(StrEnum):
    """What a part is filled with; `outlines.yaml` says what each is."""

    POINTS = "points"
    AIMS = "aims"
    TOLD = "told"
    DEFINITION = "definition"
    LESSONS = "lessons"
    QUESTIONS = "questions"
    INDICATORS = "indicators"
    TERMS = "terms"
    LEVELS = "levels"
    CAUTIONS = "cautions"
    OPEN = "open"
    ORDER = "order"
    WISHES = "wishes"
    ASKS = "asks"
    READY = "ready"
    CASE = "case"
    CASE_ASKS = "case questions"
    CASE_NOTES = "case notes"
    CLAIMS = "claims"
    OWN = "own"
    TALK = "talk"
    PIECE = "piece"


def _listed(value: object) -> object:
    """One name as a row of one."""
    return [value] if isinstance(value, str) else value


Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_listed)]
Pieces = Annotated[tuple[KitPiece, ...], BeforeValidator(_listed)]


class Frames(StrEnum):
    """What a part comes several times for; `frames.yaml` says what is written for each."""

    CARDS = "cards"
    STAGES = "stages"


class OutlinePart(StrictModel):
    heading: str
    fill: Fill
    says: str = ""
    share: float = Field(0.0, ge=0)
    most: int = Field(3, ge=1, le=10)
    optional: bool = False
    aspect: str = ""  # of `aspects.yaml`; "": the theme
    subjects: bool = False  # one such part for each subject that the message names, where it names some
    key: bool = False  # of what a group is asked: whether the answers stand at the end
    least: int = Field(0, ge=0, description="minutes of a day from which it is there")
    at: float = Field(0.0, ge=0, lt=1)  # of a pause: the share of each day at which it stands; 0: where it is
    beside: Artefact | None = None  # there only where a message names this, too
    named: bool = False  # of records: there only where a message names their kind
    frames: Frames | None = None  # one such part for each role, or stage, that the message wants
    table: bool = False  # of records: they stand in a table
    ready: Kinds = ()  # there only where ready-made material of these kinds is near
    lacks: Kinds = ()  # there only where no ready-made material of these kinds is near
    kit: Pieces = ()  # there only where a kit fits, and filled with these of its pieces
    piece: int = Field(0, ge=0, description="of a section: which of its lists, from 1; 0: its paragraphs")


class ArtefactOutline(StrictModel):
    parts: tuple[OutlinePart, ...] = Field(min_length=1)
    minutes: int = Field(0, ge=0, description="of one whose time was not said; 0: it is not timed")
    ready: Kinds = ()  # the ready-made material that comes before extracts, where some is near


@cache
def outlines() -> Mapping[Artefact, ArtefactOutline]:
    """That of every artefact. CatalogueError in one line where the file is not sound."""
    try:
        read = TypeAdapter(dict[Artefact, ArtefactOutline]).validate_python(read_yaml(FILE.read_text("utf-8")))
    except ValidationError as error:
        raise CatalogueError(f"{FILE.name}: {explain(error)}") from None
    for artefact, outline in read.items():
        if strange := [part.aspect for part in outline.parts if part.aspect and part.aspect not in aspects()]:
            raise CatalogueError(f"{FILE.name}: {artefact.value}: no aspect {', '.join(strange)} in aspects.yaml")
    if missing := [artefact.value for artefact in Artefact if artefact not in read]:
        raise CatalogueError(f"{FILE.name}: no outline of {', '.join(missing)}")
    return read


def outline_of(artefact: Artefact) -> ArtefactOutline:
    """That of one, in the language that is spoken."""
    outline = outlines()[artefact]
    parts = tuple(
        part.model_copy(
            update={"heading": pgettext("heading", part.heading), "says": part.says and pgettext("says", part.says)}
        )
        for part in outline.parts
    )
    return outline.model_copy(update={"parts": parts})


def part_of(artefact: Artefact, heading: str) -> OutlinePart | None:
    """The part of a heading, whatever language it is in; None where no part has it.

    Of a part that comes several times the heading goes on: 'Stage 2'.
    """
    for language in LANGUAGES:
        with speaking(language):
            for part in outlines()[artefact].parts:
                told = pgettext("heading", part.heading)
                several = part.frames is Frames.STAGES or part.ready
                if told == heading or (several and heading.startswith(f"{told} ")):
                    return part
    return None


def in_days(parts: Sequence[OutlinePart], days: int) -> list[list[int]]:
    """The places of parts, day by day: in order, of about the same share each, with all pauses in each day."""
    pauses = [place for place, part in enumerate(parts) if part.at]
    found: list[list[int]] = [[] for _ in range(days)]
    told, whole = 0.0, sum(part.share for part in parts if not part.at)
    for place, part in enumerate(parts):
        if not part.at:
            found[min(int(told / whole * days + 1e-9), days - 1) if whole else 0].append(place)
            told += part.share
    return [_with_pauses(parts, day, pauses) for day in found if day]


def _with_pauses(parts: Sequence[OutlinePart], day: Sequence[int], pauses: Sequence[int]) -> list[int]:
    """A day with each pause where its share of the day has passed."""
    whole, left, told, found = sum(parts[place].share for place in day), list(pauses), 0.0, []
    for place in day:
        while left and told >= parts[left[0]].at * whole:
            found.append(left.pop(0))
        found.append(place)
        told += parts[place].share
    return [*found[:-1], *left, found[-1]]


def timed(parts: Sequence[OutlinePart], minutes: int) -> list[int]:
    """Minutes of each part by its share, in fives where there is room; together exactly `minutes`. 0 where untimed."""
    whole = sum(part.share for part in parts)
    if not minutes or not whole:
        return [0] * len(parts)
    step = 5 if minutes >= 5 * len(parts) else 1
    exact = [part.share / whole * minutes / step for part in parts]
    given = [int(each) for each in exact]
    short = minutes // step - sum(given)
    for place in sorted(range(len(parts)), key=lambda n: (given[n] - exact[n], n))[:short]:
        given[place] += 1
    found = [each * step for each in given]
    longest = max(range(len(parts)), key=lambda n: (parts[n].share, -n))
    found[longest] += minutes - sum(found)
    return found
