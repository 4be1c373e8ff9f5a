"""A document -> the lessons, design questions and indicators it lists, with their exact spans. Pure."""

from __future__ import annotations

from collections import Counter

from corpus.toolkit.forms import form_questions
from corpus.toolkit.lists import FoundItem, items_of, without_repeats
from corpus.toolkit.sections import listings
from corpus.toolkit.types import ItemKind, ToolkitItem
from corpus.types import Document

LETTER = {ItemKind.LESSON: "l", ItemKind.QUESTION: "q", ItemKind.INDICATOR: "i"}


def extract(document: Document) -> tuple[ToolkitItem, ...]:
    """The items in the order of the document, each once in its list; none where it has no such lists.

    Ids number the items of each list: "toolkit:awareness-raising-q07".
    """
    found = [item for listing in listings(document) for item in items_of(listing, document)]
    if form := form_questions(document):
        found = [*form, *(item for item in found if item.kind is not ItemKind.QUESTION)]
    found = without_repeats(found, document.text)
    numbers: Counter[str] = Counter()
    return tuple(_record(item, document, numbers) for item in found)


def _record(found: FoundItem, document: Document, numbers: Counter[str]) -> ToolkitItem:
    context, publication = found.context, document.publication
    place = (context.activity.value if context.activity else context.part.value or "other").replace(" ", "-")
    stem = f"{publication.id}:{place}-{LETTER[found.kind]}"
    numbers[stem] += 1
    return ToolkitItem(
        id=f"{stem}{numbers[stem]:02d}",
        kind=found.kind,
        text=" ".join(document.text[found.start : found.end].split()),
        origin=publication.origin,
        publication=publication.id,
        activity=context.activity,
        part=context.part,
        topic=context.topic,
        group=context.group,
        section=context.section,
        span=(found.start, found.end),
        pages=tuple(page.number for page in document.pages_of(found.start, found.end)) if document.paged else (),
        level=found.level,
        counts=found.counts,
        over=found.over,
        disaggregation=found.disaggregation,
        verification=found.verification,
        caution=found.caution,
    )
