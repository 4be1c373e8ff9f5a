"""Lists of the Toolkit, and what was asked of them, as JSON-safe records; part of `assistant.show.record`.

Compact, for the browser's storage: what an item's statement and its quote say is not said again, and headings that
many items share stand once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RecordError
from assistant.types import Detail, Evidence, Listed, Listing, ListTotal, Statement, Wanted
from corpus.toolkit.types import ItemKind, Level, Part, ToolkitItem
from corpus.types import Activity, Origin


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WantedRecord(_Record):
    kinds: tuple[ItemKind, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = ()
    part_one: bool = False
    levels: tuple[Level, ...] = ()
    about: tuple[str, ...] = ()
    description: str = ""
    details: tuple[Detail, ...] = ()
    rest: bool = False
    starter: bool = False


class _Total(_Record):
    kind: ItemKind
    activity: Activity | None = None
    total: int = Field(ge=0)


class _Item(_Record):
    """What is None is as the item's statement, its first quote and that quote's passage say."""

    id: str
    kind: ItemKind
    activity: Activity | None = None
    part: Part | None = None  # None: part two with an activity, part one without
    level: Level | None = None
    group: str = ""
    topic: str | None = None  # None: the group in part one, else none
    section: int | None = Field(None, ge=0, description="position in `sections`; None: no headings")
    counts: str = ""
    over: str = ""
    disaggregation: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    caution: str = ""
    pages: tuple[int, ...] = ()
    text: str | None = None
    publication: str | None = None
    span: tuple[int, int] | None = None
    origin: Origin | None = None
    first: bool = False
    fits: tuple[str, ...] = ()


class ListingRecord(_Record):
    wanted: WantedRecord
    items: tuple[_Item, ...] = ()
    totals: tuple[_Total, ...] = ()
    missing: tuple[Level, ...] = ()
    sections: tuple[tuple[str, ...], ...] = ()


def wanted_to_record(wanted: Wanted) -> dict[str, Any]:
    """What is asked for, as dicts, lists, strings and booleans; what is left open is left out."""
    return WantedRecord.model_validate({name: getattr(wanted, name) for name in WantedRecord.model_fields}).model_dump(
        mode="json", exclude_defaults=True
    )


def wanted_from_record(record: object) -> Wanted:
    """What a record asks for. RecordError when it does not validate."""
    try:
        return wanted_of(WantedRecord.model_validate(record))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "it"
        raise RecordError(f"what is asked for: {place}: {first['msg']}; ask the question again") from None


def wanted_of(record: WantedRecord) -> Wanted:
    """The same of a record that was validated."""
    return Wanted(**{name: getattr(record, name) for name in WantedRecord.model_fields})


def listing_to_record(listing: Listing, statements: Sequence[Statement], evidence: Evidence) -> dict[str, Any]:
    """A listing beside the statements and the evidence of its answer."""
    sections = list(dict.fromkeys(each.item.section for each in listing.items if each.item.section))
    items = []
    for place, listed in enumerate(listing.items):
        fields = _item_fields(listed, sections)
        known = _known(statements[place] if place < len(statements) else None, evidence)
        items.append({name: value for name, value in fields.items() if name not in known or known[name] != value})
    whole = {
        "wanted": wanted_to_record(listing.wanted),
        "items": items,
        "totals": [{"kind": t.kind, "activity": t.activity, "total": t.total} for t in listing.totals],
        "missing": listing.missing,
        "sections": sections,
    }
    return ListingRecord.model_validate(whole).model_dump(mode="json", exclude_defaults=True)


def listing_of(record: ListingRecord, statements: Sequence[Statement], evidence: Evidence) -> Listing:
    """The listing of a record that was validated. ValueError where an item says too little or what cannot be."""
    items = []
    for place, item in enumerate(record.items):
        known = _known(statements[place] if place < len(statements) else None, evidence)
        items.append(Listed(_item(item, known, record.sections), item.first, item.fits))
    totals = tuple(ListTotal(total.kind, total.activity, total.total) for total in record.totals)
    return Listing(wanted_of(record.wanted), tuple(items), totals, record.missing)


def _item_fields(listed: Listed, sections: list[tuple[str, ...]]) -> dict[str, Any]:
    """What a record says of an item, where its statement says nothing."""
    item = listed.item
    fields = {name: getattr(item, name) for name in _Item.model_fields if hasattr(item, name)}
    fields |= {"first": listed.first, "fits": listed.fits}
    fields["section"] = sections.index(item.section) if item.section else None
    fields["part"] = None if item.part is _part(item.activity) else item.part
    fields["topic"] = None if item.topic == _topic(item.activity, item.group) else item.topic
    return fields


def _known(statement: Statement | None, evidence: Evidence) -> dict[str, Any]:
    """What need not be said of an item, since its statement and what that quotes say it."""
    if statement is None:
        return {}
    known: dict[str, Any] = {"text": statement.text}
    if statement.quotes:
        quote = statement.quotes[0]
        known |= {"publication": quote.publication, "span": (quote.start, quote.end)}
        if 1 <= quote.label <= len(evidence.passages):
            known["origin"] = evidence[quote.label].publication.origin
    return known


def _item(record: _Item, known: dict[str, Any], sections: Sequence[tuple[str, ...]]) -> ToolkitItem:
    said = {name: getattr(record, name) for name in ("text", "publication", "span", "origin")}
    said = {name: known.get(name) if value is None else value for name, value in said.items()}
    lacking = [name for name, value in said.items() if value is None]
    if lacking:
        raise ValueError(f"item {record.id!r} has no {lacking[0]}")
    if record.section is not None and record.section >= len(sections):
        raise ValueError(f"item {record.id!r} names section {record.section} of {len(sections)}")
    taken = ("id", "kind", "activity", "level", "group", "counts", "over", "disaggregation", "verification")
    return ToolkitItem(
        **{name: getattr(record, name) for name in (*taken, "caution", "pages")},
        **said,
        part=_part(record.activity) if record.part is None else record.part,
        topic=_topic(record.activity, record.group) if record.topic is None else record.topic,
        section=() if record.section is None else sections[record.section],
    )


def _part(activity: Activity | None) -> Part:
    return Part.TWO if activity else Part.ONE


def _topic(activity: Activity | None, group: str) -> str:
    return "" if activity else group
