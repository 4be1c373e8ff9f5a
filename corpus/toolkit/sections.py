"""A document -> its lists of lessons, questions and indicators, each with what its headings say. Pure.

Headings are taken by their words and their level, because files set them in every way. A section name that is
repeated as a running head closes nothing; a heading of the list's own level or above that opens nothing ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.toolkit.headings import Opening, bare, names_signs, opening
from corpus.toolkit.tables import names_column
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitPart
from corpus.types import Activity, Block, BlockKind, Document

SHORT = 90  # characters: a paragraph that is longer is no heading
_ENDED = re.compile(r"[.;,]$")
_GROUPED = (BlockKind.PARAGRAPH, BlockKind.ITEM)


@dataclass(frozen=True, slots=True)
class Context:
    """What the headings above a block say."""

    part: ToolkitPart = ToolkitPart.OTHER
    activity: Activity | None = None
    kind: ItemKind | None = None
    level: Level | None = None
    topic: str = ""
    group: str = ""
    section: tuple[str, ...] = ()
    sure: bool = True  # False: only what ends with a question mark is taken, and only from lists


@dataclass(slots=True)
class SectionBlocks:
    """Blocks that stand under one heading of a list, each with the sub-heading it stands under."""

    context: Context
    blocks: list[tuple[Block, Context]] = field(default_factory=list)


@dataclass(slots=True)
class _Levels:
    """Heading levels that are open; 0: none is."""

    part: int = 0
    activity: int = 0
    kind: int = 0


def listings(document: Document) -> list[SectionBlocks]:
    """The lists in order. Blocks outside any list are in none, headings that only open something neither."""
    found: list[SectionBlocks] = []
    current: Context | None = None
    for block, context, opens in _walk(document):
        if context.kind is None:
            current = None
            continue
        place = (context.part, context.activity, context.kind, context.section, context.sure)
        if current is None or place != (current.part, current.activity, current.kind, current.section, current.sure):
            found.append(SectionBlocks(context))
            current = context
        if not opens:
            found[-1].blocks.append((block, context))
    return [listing for listing in found if listing.blocks]


def _walk(document: Document) -> Iterator[tuple[Block, Context, bool]]:
    """Each block with what is said above it, and whether it is itself a heading that says it."""
    context, levels = Context(), _Levels()
    for block in document.blocks:
        if block.kind is BlockKind.FOOTNOTE:
            continue
        text = " ".join(document.text[block.start : block.end].split())
        if context.kind and names_column(text):
            continue
        found = _opened(block, text)
        if found is None:
            yield block, context, False
        elif block.kind is BlockKind.HEADING and found.empty:
            if text.endswith("?") and context.kind is ItemKind.QUESTION:
                yield block, context, False  # a question that is set like a heading
                continue
            context = _other_heading(block, text, context, levels)
            yield block, context, True
        else:
            context = _opening(block, text, found, context, levels)
            yield block, context, True


def _opened(block: Block, text: str) -> Opening | None:
    """What a block opens; None for a block that is no heading."""
    if block.kind is BlockKind.HEADING:
        return opening(text)
    if block.kind not in _GROUPED or len(text) > SHORT or _ENDED.search(text) or text.endswith("?"):
        return None
    found = opening(text)
    words = len(bare(text).split())
    if found.kind and words <= 7 and text[:1].isupper() | text[:1].isdigit():
        return found
    if found.activity and not found.kind and words <= 5 and block.kind is BlockKind.PARAGRAPH:
        return found
    if found.level and not found.kind and not found.activity and words <= 3:
        return found
    return None


def _opening(block: Block, text: str, found: Opening, context: Context, levels: _Levels) -> Context:
    level = block.level if block.kind is BlockKind.HEADING else 0
    if found.kind:
        return _kind_heading(text, level, found, context, levels)
    if found.part or found.activity:
        if found.activity and found.activity is context.activity:
            return context  # the name of the section, repeated on a page
        levels.part, levels.activity, levels.kind = level, level if found.activity else 0, 0
        part = found.part or ToolkitPart.OTHER
        kind = ItemKind.QUESTION if part is ToolkitPart.ONE or found.activity else None
        topic = bare(text) if part is ToolkitPart.ONE else ""
        return Context(part if part is ToolkitPart.ONE or found.activity else ToolkitPart.OTHER, found.activity, kind,
                       topic=topic, section=(bare(text),), sure=False)  # fmt: skip
    if context.kind is ItemKind.INDICATOR:
        return replace(context, level=found.level, group=bare(text))
    if block.kind is not BlockKind.HEADING:
        return context  # a cell that lost its table
    return _other_heading(block, text, context, levels)


def _kind_heading(text: str, level: int, found: Opening, context: Context, levels: _Levels) -> Context:
    activity, part = context.activity, context.part
    section = () if part is ToolkitPart.OTHER else context.section[:1]
    if found.activity:
        activity, part, section = found.activity, ToolkitPart.TWO, ()
        levels.activity = level
    elif level and levels.activity and level < levels.activity:
        activity, part, section = None, ToolkitPart.OTHER, ()
    elif found.part is ToolkitPart.ONE:
        activity, part, section = None, ToolkitPart.ONE, ()
    elif level and part is ToolkitPart.ONE and levels.part and level < levels.part:
        part, section = ToolkitPart.OTHER, ()
    signs = names_signs(text) or (context.topic == SIGNS and not found.activity and not found.level)
    if found.kind is ItemKind.INDICATOR and signs:
        levels.kind = level
        return Context(ToolkitPart.OTHER, None, found.kind, topic=SIGNS, section=(*section, bare(text)))
    if part is ToolkitPart.ONE and found.kind is not ItemKind.QUESTION:
        part = ToolkitPart.OTHER
    levels.kind = level
    topic = context.topic if part is ToolkitPart.ONE and context.part is ToolkitPart.ONE else ""
    topic = topic or (bare(text) if part is ToolkitPart.ONE else "")
    named = bare(text) if found.level else ""
    return Context(part, activity, found.kind, found.level, topic, named, (*section, bare(text)))


def _other_heading(block: Block, text: str, context: Context, levels: _Levels) -> Context:
    """After a heading that opens nothing: a group of the list, or the end of list, section or part."""
    level = block.level
    if levels.kind == 0 and context.kind is None and not context.activity and context.part is ToolkitPart.OTHER:
        return context
    if context.activity and levels.activity and level <= levels.activity:
        levels.activity = levels.kind = levels.part = 0
        return Context()
    if context.part is ToolkitPart.ONE and levels.part and level < levels.part:
        levels.kind = levels.part = 0
        return Context()
    inside = not levels.kind or level > levels.kind
    if inside:
        return replace(context, group=bare(text), level=context.level if not context.group else None)
    if (
        context.kind is ItemKind.QUESTION
        and (context.activity or context.part is ToolkitPart.ONE)
        and level == levels.kind
    ):
        return replace(context, group=bare(text), sure=False)  # a group set like the heading of the list
    levels.kind = 0
    if not context.activity and context.part is not ToolkitPart.ONE:
        return Context()
    return Context(context.part, context.activity, ItemKind.QUESTION, section=context.section[:1], sure=False,
                   topic=bare(text) if context.part is ToolkitPart.ONE else "")  # fmt: skip
