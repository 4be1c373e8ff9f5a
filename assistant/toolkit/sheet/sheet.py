"""Design sheets made of Toolkit items, and looked up again when they come back.

A sheet comes back from a browser or a file: what it says of a source counts only after `refresh` looked it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.show import words
from assistant.toolkit.sheet.types import CHANGEABLE, FILLED, Sheet, SheetRow, SourceFacts
from corpus.library import Shelf
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import ToolkitItem, ToolkitPart
from corpus.types import Page, Publication, PublicationId


def row_of(item: ToolkitItem, publication: Publication, shown_on: Sequence[Page] = ()) -> SheetRow:
    """An item as a row, as its source has it. `shown_on`: its pages, as far as they are known."""
    shown = words.printable(item.text)
    facts = SourceFacts(
        item.level,
        words.printable(item.counts),
        words.printable(item.over),
        tuple(map(words.printable, item.disaggregation)),
        tuple(map(words.printable, item.verification)),
    )
    labels = {page.number: page.label for page in shown_on}
    pages = [(number, labels.get(number)) for number in item.pages]
    return SheetRow(
        item.kind,
        shown,
        item.id,
        original=shown,
        facts=facts,
        activity=item.activity,
        part_one=item.part is ToolkitPart.ONE,
        group=words.printable(item.group),
        level=facts.level,
        counts=facts.counts,
        over=facts.over,
        disaggregation=facts.disaggregation,
        verification=facts.verification,
        caution=words.printable(item.caution),
        origin=item.origin,
        publication=words.source_words(publication),
        pages=words.recognised_words(words.page_words(pages), any(page.recognised for page in shown_on)),
    )


def rows_of(items: Iterable[ToolkitItem], library: Shelf) -> tuple[SheetRow, ...]:
    """Items as rows, with the printed page numbers of their documents; each publication is opened once.

    UnknownPublication when the document of an item is not here.
    """
    known: dict[PublicationId, tuple[Publication, dict[int, Page]]] = {}
    rows = []
    for item in items:
        if item.publication not in known:
            pages = {page.number: page for page in library.document(item.publication).pages}
            known[item.publication] = (library.publication(item.publication), pages)
        publication, pages = known[item.publication]
        rows.append(row_of(item, publication, [pages[number] for number in item.pages if number in pages]))
    return tuple(rows)


def refresh(sheet: Sheet, toolkit: Toolkit, library: Shelf) -> tuple[Sheet, tuple[str, ...], tuple[str, ...]]:
    """The sheet with every source looked up anew, the ids whose source says something else now, and those not found.

    Wording, facts, caution and source of a known id are the Toolkit's, whatever the sheet says they are; what the
    reader had left as in the source follows it, what was adapted stays. A row whose item is not here is kept as
    unchecked.
    """
    items = {row.item_id: item for row in sheet.rows if row.item_id and (item := toolkit.get(row.item_id))}
    fresh = {row.item_id: row for row in rows_of(items.values(), library)}
    rows, changed, missing = [], [], []
    for row in sheet.rows:
        now = fresh.get(row.item_id)
        if row.own:
            rows.append(row)
        elif now is None:
            missing.append(row.item_id)
            rows.append(replace(row, unchecked=True))
        else:
            rows.append(_renewed(row, now))
            if (row.original, row.facts) != (now.original, now.facts):
                changed.append(row.item_id)
    return replace(sheet, rows=tuple(rows)), tuple(changed), tuple(missing)


def _renewed(row: SheetRow, now: SheetRow) -> SheetRow:
    """What the Toolkit says, with what the reader adapted and filled in."""
    adapted = {name: getattr(row, name) for name in CHANGEABLE if getattr(row, name) != getattr(row.facts, name)}
    if row.text != row.original:
        adapted["text"] = row.text
    filled = {name: getattr(row, name) for name in FILLED}
    return replace(now, **adapted, **filled)
