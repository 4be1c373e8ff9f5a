"""What an exported sheet holds before it has a format: a logframe, a checklist, lessons, numbered sources. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.show import words
from assistant.texts.catalogue import _, day, ngettext, term
from assistant.toolkit.sheet.types import OWN, OWN_WORDS, Sheet, SheetError, SheetRow
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Origin

KINDS = (ItemKind.INDICATOR, ItemKind.QUESTION, ItemKind.LESSON)
CHAIN = (Level.IMPACT, Level.OUTCOME, Level.OUTPUT, None)  # a logframe is read from the top
NO_LEVEL = "level not given"
FREQUENCIES = ("Once", "At start and end", "Weekly", "Monthly", "Quarterly", "Every six months", "Yearly")
TEXT_OF_SOURCE = "Words of the publication"
NOT_CHECKED = "Not checked: it is not on the machine that exported this"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row and the number of its source; 0 for an own row."""

    row: SheetRow
    source: int

    @property
    def cited(self) -> str:
        """'[1], p. 12 (PDF p. 14)', or 'own'."""
        return ", ".join(part for part in (f"[{self.source}]", self.row.pages) if part) if self.source else term(OWN)

    @property
    def level(self) -> str:
        return words.capital(words.label(self.row.level) if self.row.level else term(NO_LEVEL))

    @property
    def place(self) -> str:
        """The activity type, or where part one stands; '' for an own row and a list of another document."""
        if self.row.part_one:
            return words.say("chips.before")
        return words.capital(words.label(self.row.activity)) if self.row.activity else ""

    @property
    def heading(self) -> str:
        """What a question stands under: activity and group; of an own row in no activity: who added it."""
        return ": ".join(part for part in (self.place, self.row.group) if part) or (
            term(OWN_WORDS) if self.row.own else ""
        )

    @property
    def objective(self) -> str:
        """The reader's; where none is given, the heading the item stands under in its source."""
        return self.row.objective or self.row.group

    @property
    def definition(self) -> tuple[str, ...]:
        """'Counted: ...', 'Out of: ...'; what nobody said is left out."""
        pairs = (("Counted", self.row.counts), ("Out of", self.row.over))
        return tuple(f"{term(name)}: {said}" for name, said in pairs if said)

    @property
    def source_wording(self) -> str:
        """What the source says, where the wording was adapted."""
        return self.row.original if "wording" in self.row.changes else ""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A publication that rows are from."""

    number: int  # from 1
    words: str  # title, kind and date
    whose: str  # whose words they are, and whether that could be checked
    rows: int  # how many rows are from it
    pages: str  # of these rows, each once; "" where it has none


@dataclass(frozen=True, slots=True)
class SheetOutline:
    """Indicators by level from impact down, questions and lessons in the reader's order. No list is empty in all."""

    title: str
    description: str  # may have several lines
    made: str  # with what, and when
    indicators: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    lessons: tuple[Entry, ...]
    sources: tuple[SourceEntry, ...]
    own: int  # how many rows have no source

    @property
    def counted(self) -> str:
        """'18 indicators, 1 design question, 2 of the author's own'."""
        by_kind = zip(KINDS, (self.indicators, self.questions, self.lessons), strict=True)
        parts = [_number(kind, len(entries)) for kind, entries in by_kind if entries]
        own = [ngettext("{n} of the author's own", "{n} of the author's own", self.own).format(n=self.own)]
        return words.listed([*parts, *(own if self.own else [])])


def outline(sheet: Sheet, version: str, when: date) -> SheetOutline:
    """The sheet in the order in which it is exported. SheetError when nothing is on it."""
    if not sheet.rows:
        raise SheetError("nothing is on this sheet; choose items first, or add your own")
    ordered = sorted(sheet.rows, key=_rank)
    numbers = {key: n for n, key in enumerate(dict.fromkeys(_key(row) for row in ordered if not row.own), start=1)}
    entries = [Entry(row, 0 if row.own else numbers[_key(row)]) for row in ordered]

    def kind(wanted: ItemKind) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if entry.row.kind is wanted)

    return SheetOutline(
        title=words.printable(sheet.title),
        description=sheet.description,
        made=_("Made with ICAT Assistant {version} on {date}").format(version=version, date=day(when)),
        indicators=kind(ItemKind.INDICATOR),
        questions=kind(ItemKind.QUESTION),
        lessons=kind(ItemKind.LESSON),
        sources=tuple(_source(n, [entry.row for entry in entries if entry.source == n]) for n in numbers.values()),
        own=sum(entry.row.own for entry in entries),
    )


def _number(kind: ItemKind, n: int) -> str:
    return _("{n} {kind}").format(n=n, kind=words.plural(kind, 1 if n == 1 else 2))


def _rank(row: SheetRow) -> tuple[int, int]:
    return KINDS.index(row.kind), CHAIN.index(row.level) if row.kind is ItemKind.INDICATOR else 0


def _key(row: SheetRow) -> tuple[str, bool]:
    """What makes a source of its own: a claim that was not checked never stands with what was."""
    return row.publication, row.unchecked


def _source(number: int, rows: Sequence[SheetRow]) -> SourceEntry:
    """The entry of rows with one key."""
    starter = words.origin_words(Origin.STARTER)
    whose = (
        term(NOT_CHECKED)
        if rows[0].unchecked
        else words.origin_words(rows[0].origin or Origin.PUBLICATION) or term(TEXT_OF_SOURCE)
    )
    named = rows[0].publication.replace(f"{words.say('between')}{starter}", "")  # it has a column of its own
    if rows[0].unchecked and rows[0].origin is Origin.STARTER:
        whose = f"{starter}. {term(NOT_CHECKED)}"
    if words.RIGHT_TO_LEFT.search(named):
        named = words.LEFT_TO_RIGHT + named  # it is named within English words
    pages = "; ".join(dict.fromkeys(row.pages for row in rows if row.pages))
    return SourceEntry(number, named or term("A source that is not named"), whose, len(rows), pages)
