"""What the Toolkit view and the server tell each other. What comes from a browser is validated here.

The design sheet is kept by the browser; the server looks up what its rows are made of, and writes it as a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.app.messages import Record, Step
from assistant.app.toolkit.view import ALL, ELSEWHERE, PART_ONE, Chosen
from assistant.toolkit.sheet.types import MOST_ROWS
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

MAX_WORDS = 200  # characters of a search; the box takes no more
MOST_ITEMS = 2000  # of one request; a list of a publication is far shorter
ItemId = Annotated[str, Field(min_length=1, max_length=200)]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field("", max_length=64)


class Browsing(_Request):
    """What is looked at was chosen or typed."""

    activity: Activity | Literal["", "part one", "elsewhere"] = ALL
    kind: ItemKind | Literal[""] = ALL
    level: Level | Literal[""] = ALL
    words: str = Field("", max_length=MAX_WORDS)
    own: bool = Field(False, description="the project's own lists, also where an original has taken their place")

    @property
    def chosen(self) -> Chosen:
        return Chosen(str(self.activity), self.kind or None, self.level or None, self.words, self.own)


class Gathering(_Request):
    """Items to add, or those of a kept sheet, which are looked up anew."""

    items: tuple[ItemId, ...] = Field(max_length=MOST_ITEMS)


class Revealing(_Request):
    """The source of an item."""

    item: ItemId


class Producing(_Request):
    """The sheet as a file."""

    format: Literal["xlsx", "docx", "csv", "md"]
    record: Record


class Checking(_Request):
    """A sheet that was opened from a file."""

    record: Any


def browsed(id: str, html: str, said: str, counts: Mapping[str, Mapping[str, int]], replaced: bool) -> Step:
    """The items, how many there are in words, what every other choice would give, and whether lists were replaced."""
    counted = {name: dict(choices) for name, choices in counts.items()}
    return {"step": "browsed", "id": id, "html": html, "said": said, "counts": counted, "replaced": replaced}


def gathered(id: str, rows: Sequence[Record], missing: Sequence[str], replaced: Sequence[str]) -> Step:
    """Rows of a sheet as records, the ids that no item has, and those whose list an original has replaced."""
    return {"step": "gathered", "id": id, "rows": list(rows), "missing": list(missing), "replaced": list(replaced)}


def checked(id: str, record: Record) -> Step:
    """A sheet that can be read, as a record."""
    return {"step": "checked", "id": id, "record": record}


__all__ = [
    "ELSEWHERE", "MAX_WORDS", "MOST_ITEMS", "MOST_ROWS", "PART_ONE", "Browsing", "Checking", "Gathering", "Producing",
    "Revealing", "browsed", "checked", "gathered",
]  # fmt: skip
