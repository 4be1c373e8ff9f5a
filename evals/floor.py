"""The floor: what the figures of the project's own cases must not fall below. `evals/floor.toml` holds it.

A figure is below its floor when the whole of its 95 % interval is: noise alone does not fail a change. A hard floor has
no such margin: it is for what must hold in every single case. Where lower is better, the same upside down.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from assistant.review.agreement import Estimate
from corpus.catalogue import explain
from corpus.errors import IcatError
from corpus.lines import content
from corpus.types import StrictModel
from evals.answers.scorecard import Measured
from evals.answers.scoring import metric

FILE = Path(__file__).parent / "floor.toml"
ROUNDING = 1e-9  # means of the same values may differ by less


class FloorError(IcatError):
    """A floor that cannot be read, or was lowered without a reason."""


class Floor(StrictModel):
    """One figure and the value it must not fall below; where lower is better, not rise above."""

    name: str = Field(description="of the figure")
    floor: float
    reason: str = Field(min_length=10, description="why it stands where it does")
    since: date
    hard: bool = Field(False, description="without a margin")
    tags: tuple[str, ...] = Field((), description="over cases with one of these only; (): all")
    before: tuple[float, ...] = Field((), description="floors it had before, oldest first")
    lowered: str = Field("", description="why it is lower than it was, in words; where it is")

    @property
    def higher_is_better(self) -> bool:
        return metric(self.name).higher_is_better

    @model_validator(mode="after")
    def _sound(self) -> Floor:
        try:
            higher = self.higher_is_better
        except KeyError:
            raise ValueError(f"no figure {self.name!r}") from None
        best = (max if higher else min)(self.before, default=self.floor)
        worse = self.floor < best if higher else self.floor > best
        if worse and not self.lowered:
            raise ValueError(f"it stood at {best} before; a floor is lowered only with a reason, in `lowered`")
        return self


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure below its floor."""

    floor: Floor
    found: Estimate

    def __str__(self) -> str:
        side = ("below" if self.floor.higher_is_better else "above") + (" the hard" if self.floor.hard else " the")
        where = f", of {' or '.join(self.floor.tags)}" if self.floor.tags else ""
        if self.found.value is None:
            return f"{self.floor.name}{where}: was not measured"
        between = "" if self.found.low is None else f" (95 % {self.found.low:.3f}–{self.found.high:.3f})"
        found = f"{self.found.value:.3f}{between}, n {self.found.n}"
        return f"{self.floor.name}{where}: {found}, is {side} floor {self.floor.floor:.3f}"


def read_floors(file: Path = FILE) -> tuple[Floor, ...]:
    """All floors. FloorError with the file and the figure."""
    try:
        entries = tomllib.loads(content(file, FloorError)).get("figure", [])
    except tomllib.TOMLDecodeError as error:
        raise FloorError(f"{file}: cannot be read ({error})") from None
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(Floor.model_validate(entry))
        except ValidationError as error:
            raise FloorError(f"{file}: {entry.get('name', f'entry {number}')}: {explain(error)}") from None
    return tuple(found)


def check(measured: Measured, floors: Iterable[Floor], only_measured: bool = False) -> tuple[Breach, ...]:
    """Every figure below its floor, in the order of the floors.

    One that was not measured at all is below, too: a figure must not pass by being gone. `only_measured` leaves those
    out, for a run of some cases.
    """
    found = [Breach(floor, measured.value(floor.name, floor.tags)) for floor in floors]
    return tuple(
        each for each in found if (not only_measured if each.found.value is None else below(each.floor, each.found))
    )


def below(floor: Floor, value: Estimate) -> bool:
    """Whether a value (not None) is below by more than its interval; a hard floor, by anything.

    A value of one case has no interval and is taken as it is.
    """
    end = value.high if floor.higher_is_better else value.low
    reached = value.value if floor.hard or end is None else end
    return (floor.floor - reached if floor.higher_is_better else reached - floor.floor) > ROUNDING
