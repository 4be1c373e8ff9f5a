"""The floor: what the figures of the project's own cases must not fall below. `evals/floor.toml` holds it.

A figure is below its floor when the whole of its 95 % interval is: noise alone does not fail a change. A hard floor has
no such margin: it is for what must hold in every single case. Where lower is better, the same upside down.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import IcatError
from evals.answers.scorecard import Measured, figure
from evals.types import Value

FILE = Path(__file__).parent / "floor.toml"
ROUNDING = 1e-9  # means of the same values may differ by less


class FloorError(IcatError):
    """A floor that cannot be read, or was lowered without a reason."""


class Floor(BaseModel):
    """One figure and the value it must not fall below; where lower is better, not rise above."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: str
    floor: float
    reason: str = Field(min_length=10, description="why it stands where it does")
    since: date
    hard: bool = Field(False, description="without a margin")
    tags: tuple[str, ...] = Field((), description="over cases with one of these only; (): all")
    before: tuple[float, ...] = Field((), description="floors it had before, oldest first")
    lowered: str = Field("", description="why it is lower than it was, in words; where it is")

    @model_validator(mode="after")
    def _sound(self) -> Floor:
        try:
            higher = figure(self.figure).higher_is_better
        except KeyError:
            raise ValueError(f"no figure {self.figure!r}") from None
        best = (max if higher else min)(self.before, default=self.floor)
        worse = self.floor < best if higher else self.floor > best
        if worse and not self.lowered:
            raise ValueError(f"it stood at {best} before; a floor is lowered only with a reason, in `lowered`")
        return self


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure below its floor."""

    floor: Floor
    found: Value

    def __str__(self) -> str:
        higher = figure(self.floor.figure).higher_is_better
        side = ("below" if higher else "above") + (" the hard floor" if self.floor.hard else " the floor")
        where = f", of {' or '.join(self.floor.tags)}" if self.floor.tags else ""
        if self.found.value is None:
            said = "was not measured"
        else:
            between = "" if self.found.low is None else f" (95 % {self.found.low:.3f}–{self.found.high:.3f})"
            said = f"{self.found.value:.3f}{between}, n {self.found.n}, is {side} {self.floor.floor:.3f}"
        return f"{self.floor.figure}{where}: {said}"


def read_floors(file: Path = FILE) -> tuple[Floor, ...]:
    """All floors. FloorError with the file and the figure."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("figure", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FloorError(f"{file}: cannot be read ({error})") from None
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(Floor.model_validate({"figure": entry.get("name"), **_without_name(entry)}))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            named = entry.get("name", f"entry {number}")
            raise FloorError(f"{file}: {named}: {place + ': ' if place else ''}{first['msg']}") from None
    return tuple(found)


def _without_name(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if key != "name"}


def check(measured: Measured, floors: Iterable[Floor], only_measured: bool = False) -> tuple[Breach, ...]:
    """Every figure below its floor, in the order of the floors.

    One that was not measured at all is below, too: a figure must not pass by being gone. `only_measured` leaves those
    out, for a run of some cases.
    """
    found: list[Breach] = []
    for floor in floors:
        value = measured.value(floor.figure, floor.tags)
        if value.value is None:
            if not only_measured:
                found.append(Breach(floor, value))
        elif below(floor, value):
            found.append(Breach(floor, value))
    return tuple(found)


def below(floor: Floor, value: Value) -> bool:
    """Whether a value (not None) is below by more than its interval; a hard floor, by anything.

    A value of one case has no interval and is taken as it is.
    """
    if figure(floor.figure).higher_is_better:
        reached = value.value if floor.hard or value.high is None else value.high
        return reached < floor.floor - ROUNDING
    reached = value.value if floor.hard or value.low is None else value.low
    return reached > floor.floor + ROUNDING


def names(breaches: Sequence[Breach]) -> set[str]:
    """The figures that are below."""
    return {breach.floor.figure for breach in breaches}
