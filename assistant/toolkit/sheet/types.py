"""A design sheet: lessons, questions and indicators that a reader chose, adapted or added, with what was filled in.

A row of the Toolkit keeps the source's own wording beside what stands on the sheet, so that a change is always seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, Field

from assistant.show.words import printable
from assistant.texts.catalogue import term
from corpus.errors import IcatError
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin

MOST_ROWS = 1000  # twice all items of the starter library
TITLE = "Design sheet"
OWN = "own"
AS_SOURCE = "as in the source"
ADAPTED = "adapted"
UNCHECKED = "its source could not be checked here"
OWN_WORDS = "Added by the author of this sheet"
CHANGEABLE = {
    "level": "level",
    "counts": "what is counted",
    "over": "out of what",
    "disaggregation": "disaggregation",
    "verification": "means of verification",
}  # fields a reader may adapt beside the wording, as they are called
FILLED = ("objective", "baseline", "target", "frequency", "responsible", "assumptions", "answer", "answered_by",
          "answered_on", "note")  # fmt: skip
TEXT, SHORT, LONG = 8000, 1000, 8000  # characters: a wording; a cell; an answer or a note
PARTS = 40  # entries of a list within a row


def _several(text: str) -> str:
    """Each line fit to be shown; empty lines at the ends are gone."""
    return "\n".join(printable(line) for line in text.splitlines()).strip()


# What is asked of a text that comes from outside; see `sheet.record`.
Text = Annotated[str, Field(max_length=TEXT), AfterValidator(printable)]
Short = Annotated[str, Field(max_length=SHORT), AfterValidator(printable)]
Long = Annotated[str, Field(max_length=LONG), AfterValidator(_several)]
Parts = Annotated[tuple[Short, ...], Field(max_length=PARTS)]
ItemId = Annotated[str, Field(max_length=200, pattern=r"^[\w:.#-]*$")]


class SheetError(IcatError):
    """A sheet that cannot be read, holds too much, or has nothing to export."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What can be said of an indicator beside its wording. What a source does not say is empty."""

    level: Level | None = None
    counts: Text = ""
    over: Text = ""
    disaggregation: Parts = ()
    verification: Parts = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a sheet. Texts are in one line; `answer`, `note` and `assumptions` may have several."""

    kind: ItemKind
    text: Text  # as it stands on the sheet
    item_id: ItemId = ""  # of the Toolkit; "" for a row of the reader's own
    original: Text = ""  # as the source has it; "" for an own row
    facts: SourceFacts = field(default_factory=SourceFacts)  # as the source has them
    activity: Activity | None = None
    part_one: bool = False
    group: Short = ""  # the heading it stands under in its source
    level: Level | None = None
    counts: Text = ""  # this and the next three: as they stand on the sheet
    over: Text = ""
    disaggregation: Parts = ()
    verification: Parts = ()
    caution: Text = ""  # always the source's
    origin: Origin | None = None  # None for an own row
    publication: Short = ""  # words that name it, its kind and date, and whose words it has; "" for an own row
    pages: Short = ""  # 'p. 12 (PDF p. 14)'; "" where the source has no pages
    unchecked: bool = False  # what is said of its source was not looked up, or is not on this machine
    objective: Short = ""  # from here on: filled in by the reader
    baseline: Short = ""
    target: Short = ""
    frequency: Short = ""
    responsible: Short = ""
    assumptions: Long = ""
    answer: Long = ""
    answered_by: Short = ""
    answered_on: Short = ""
    note: Long = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a row has no text")
        if self.own and (self.original or self.publication or self.pages or self.caution or self.origin is not None):
            raise ValueError("a row of one's own has no source")

    @property
    def own(self) -> bool:
        return not self.item_id

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from the source: 'wording', 'means of verification', ...; () for an own row."""
        if self.own:
            return ()
        wording = ("wording",) if self.text != self.original else ()
        return (
            *wording,
            *(says for name, says in CHANGEABLE.items() if getattr(self, name) != getattr(self.facts, name)),
        )

    @property
    def adapted(self) -> bool:
        return bool(self.changes)

    @property
    def source(self) -> str:
        """The publication with its date and pages, or whose words an own row has."""
        return term(OWN_WORDS) if self.own else ", ".join(part for part in (self.publication, self.pages) if part)

    @property
    def status(self) -> str:
        """'own', 'as in the source', 'adapted: wording', and whether the source could be looked up."""
        if self.own:
            return term(OWN)
        changes = ", ".join(term(change) for change in self.changes)
        said = f"{term(ADAPTED)}: {changes}" if changes else term(AS_SOURCE)
        return f"{said}; {term(UNCHECKED)}" if self.unchecked else said


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in the reader's order. SheetError for more than MOST_ROWS, or an item that stands on it twice."""

    title: Short = TITLE
    rows: Annotated[tuple[SheetRow, ...], Field(max_length=MOST_ROWS)] = ()
    description: Long = ""  # what is designed, in the reader's words; may have several lines

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise SheetError(f"a sheet holds {MOST_ROWS} rows, not {len(self.rows)}; make two of it")
        seen: set[str] = set()
        for number, row in enumerate(self.rows, start=1):
            if row.item_id in seen:
                raise SheetError(f"row {number}: {row.item_id!r} is on the sheet already; remove one of the two")
            if row.item_id:
                seen.add(row.item_id)
