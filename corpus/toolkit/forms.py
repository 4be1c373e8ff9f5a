"""A form, whose headings are the questions it asks -> its questions. Pure."""

from __future__ import annotations

from corpus.toolkit.headings import bare
from corpus.toolkit.lists import FoundItem, starts_numbered
from corpus.toolkit.sections import Context
from corpus.toolkit.types import ItemKind
from corpus.types import Block, BlockKind, Document

FEWEST = 10  # questions of a form
MOST_WORDS = 30  # in a question of a form
SHARE = 0.25  # of its headings that are questions: a guide has one in a chapter


def form_questions(document: Document) -> list[FoundItem]:
    """The questions that a form asks in headings and short lines, by its other headings; none for other documents."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    asked = [block for block in headings if _asks(document, block)]
    if len(asked) < max(FEWEST, SHARE * len(headings)):
        return []
    found: list[FoundItem] = []
    group, outermost = "", min(block.level for block in asked)
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and _asks(document, block):
            context = Context(kind=ItemKind.QUESTION, group=group)
            found.append(FoundItem(block.start + starts_numbered(text), block.end, ItemKind.QUESTION, context))
        elif block.kind is BlockKind.HEADING and block.level < outermost:
            group = bare(" ".join(text.split()))
    return found


def _asks(document: Document, block: Block) -> bool:
    """Whether a block is one question; one that is set like a heading may have lost its weight."""
    text = document.text[block.start : block.end].rstrip()
    return text.endswith("?") and len(text.split()) <= MOST_WORDS
