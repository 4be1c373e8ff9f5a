"""An original with two short lists on three pages, beside the starter library; for the tests of lists."""

from __future__ import annotations

import passages

from assistant.toolkit.fit import Fitting
from assistant.toolkit.listing import Lists
from assistant.types import Act, Answer, Request, Wanted
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.starter import starter_items, starter_library
from corpus.toolkit.types import SIGNS, STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Document, Kind, Origin, Publication, Published
from index import sections
from index.types import Filters

PLANS = Activity.NATIONAL_PLANS
GUIDE = passages.document(
    "guide",
    """
    === ii
    # National plans
    # Questions
    - Who pays for the
    plan each year?
    - Who leads it?
    === 1
    - What do children say of it?
    # Indicators
    - Share of activities that were paid for
    Told apart by district.
    - Share of children who were heard
    === 2
    - Number of meetings held
    # Signs
    - Number of beds in one room
    """,
    kind=Kind.TOOLKIT,
    published=(Published(year=2016, source="the document"),),
    mime="application/pdf",
)


def _item(number: int, kind: ItemKind, first: str, last: str, **facts: object) -> ToolkitItem:
    start = GUIDE.text.index(first)
    end = GUIDE.text.index(last, start) + len(last)
    return ToolkitItem(
        f"guide:{kind.name.lower()}{number}",
        kind,
        " ".join(GUIDE.text[start:end].split()),
        Origin.PUBLICATION,
        "guide",
        (start, end),
        activity=PLANS,
        part=ToolkitPart.TWO,
        section=("National plans",),
        pages=tuple(page.number for page in GUIDE.pages_of(start, end)),
        **facts,
    )


QUESTIONS = (
    _item(1, ItemKind.QUESTION, "Who pays", "each year?", group="money"),
    _item(2, ItemKind.QUESTION, "Who leads", "it?", group="people"),
    _item(3, ItemKind.QUESTION, "What do", "say of it?", group="people"),
)
INDICATORS = (
    _item(1, ItemKind.INDICATOR, "Share of activities", "paid for", level=Level.OUTCOME),
    _item(2, ItemKind.INDICATOR, "Share of children", "heard", level=Level.OUTCOME, caution="Being heard is not all."),
    _item(3, ItemKind.INDICATOR, "Number of meetings", "held", level=Level.OUTPUT, disaggregation=("disability",)),
    _item(4, ItemKind.INDICATOR, "Number of beds", "room", topic=SIGNS),
)


class GuideShelf(passages.Shelf):
    """The guide and the starter library, as a library gives them."""

    def __init__(self) -> None:
        super().__init__(GUIDE, starter_library().document)

    def publication(self, publication: str) -> Publication:
        return self.document(publication).publication


class FixedToolkit:
    """A toolkit that does not change."""

    def __init__(self, *extracted: ToolkitItem) -> None:
        self._toolkit = Toolkit(starter_items(), extracted)

    def read(self, library: object) -> Toolkit:
        return self._toolkit


def lists(*extracted: ToolkitItem, fitting: Fitting | None = None) -> Lists:
    return Lists(GuideShelf(), FixedToolkit(*extracted), fitting or Fitting(sections.open_reader))


def ask(wanted: Wanted, *extracted: ToolkitItem, filters: Filters = Filters()) -> Answer:  # noqa: B008
    """The answer to a message that asks for these lists."""
    return lists(*extracted).listed(Request("asked", "asked", filters, Act.LIST, wanted=wanted), wanted)


def starter(activity: Activity | None, kind: ItemKind) -> list[ToolkitItem]:
    return [item for item in starter_items() if item.activity is activity and item.kind is kind]


def document_of(publication: str) -> Document:
    return GuideShelf().document(publication)


__all__ = ["GUIDE", "INDICATORS", "PLANS", "QUESTIONS", "STARTER_ID", "ask", "document_of", "lists", "starter"]
