"""Items of the Toolkit as records for a program: all that is known of one, with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.show.record import plain_whole
from assistant.toolkit.sheet.sheet import rows_of
from corpus.library import Shelf
from corpus.toolkit.types import ToolkitItem

FIELDS = (  # in their order
    "id", "kind", "part", "activity", "topic", "group", "section", "level", "text", "counts", "over", "disaggregation",
    "verification", "caution", "origin", "publication", "source", "span", "pages",
)  # fmt: skip


def item_records(items: Sequence[ToolkitItem], library: Shelf) -> list[dict[str, Any]]:
    """A record for each item, as JSON has them; `source` is its citation with the page."""
    rows = zip(items, rows_of(items, library), strict=True)
    whole = ({**plain_whole(ToolkitItem, item), "source": row.source} for item, row in rows)
    return [{name: record[name] for name in FIELDS} for record in whole]
