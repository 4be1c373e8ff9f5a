"""Drafts of all pages -> headings with levels, footnotes, and paragraphs joined over columns and pages. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.layout.blocks import SAME_SIZE, TERMINAL
from corpus.layout.drafts import BlockDraft, begin
from corpus.layout.headings import Body, body_of, mark_headings
from corpus.types import BlockKind

LOOK_AROUND = 14  # blocks that a paragraph may be interrupted by: a box, a pull quote, a caption
SMALLER = 0.93  # of the body size: set apart as a note
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z]/|[a-z]\))\.?\s?\S")


def structured(pages: Sequence[list[BlockDraft]], heights: Sequence[float]) -> list[list[BlockDraft]]:
    """The drafts of each page in final order, with kinds and levels; a draft that goes on is on its first page."""
    body = body_of(pages)
    split = [_split_notes(page, body, height) for page, height in zip(pages, heights, strict=True)]
    mark_headings([flow for flow, _ in split], body)
    ordered = _joined([flow for flow, _ in split], [notes for _, notes in split])
    for page in ordered:
        _set_item_levels(page)
    return ordered


def _split_notes(page: list[BlockDraft], body: Body, height: float) -> tuple[list[BlockDraft], list[BlockDraft]]:
    """(text, footnotes) of a page. Notes are small, low on the page, and begin with a mark."""
    flow: list[BlockDraft] = []
    notes: list[BlockDraft] = []
    within = False
    raised = any(d.lines[0].note and _is_small(d, body, height) for d in page)
    for draft in page:
        first = draft.lines[0]
        small = _is_small(draft, body, height)
        if not small or draft.kind is BlockKind.ROW:
            within = False
        marked = (
            small and draft.kind is not BlockKind.ROW and (first.note or (not raised and bool(_NOTE.match(first.text))))
        )
        if marked:
            draft.kind = BlockKind.FOOTNOTE
            notes.append(draft)
            within = True
        elif within:
            notes[-1].parts[-1][1].extend(draft.lines)
        else:
            flow.append(draft)
    return flow, [part for note in notes for part in _by_number(note)]


def _by_number(note: BlockDraft) -> list[BlockDraft]:
    """A note split where one of its lines begins with the next number."""
    page, lines = note.parts[0]
    number = re.match(r"\d{1,3}", lines[0].text)
    if not number:
        return [note]
    expected, groups = int(number.group()) + 1, [[lines[0]]]
    for line in lines[1:]:
        if re.match(rf"{expected}[.\s]", line.text):
            groups.append([])
            expected += 1
        groups[-1].append(line)
    return [replace(note, parts=[(page, group)]) for group in groups]


def _is_small(draft: BlockDraft, body: Body, height: float) -> bool:
    return draft.size <= SMALLER * body.size and draft.lines[0].top > 0.35 * height


def _joined(flows: list[list[BlockDraft]], notes: list[list[BlockDraft]]) -> list[list[BlockDraft]]:
    """Paragraphs joined over columns and pages, footnotes put before a paragraph that goes on.

    A page of which nothing is left but the rest of a paragraph and notes ends that paragraph: its notes
    would stand in the middle of it otherwise.
    """
    flows = [_join_columns(flow) for flow in flows]
    ordered: list[list[BlockDraft]] = []
    open_draft: BlockDraft | None = None
    for index, flow in enumerate(flows):
        flow = list(flow)
        goes_on = open_draft is not None and bool(flow) and _continues(open_draft, flow[0])
        if goes_on:
            rest = flow.pop(0)
            open_draft.parts.extend(rest.parts)
            open_draft.full = rest.full
        following = next((f for f in flows[index + 1 : index + 2] if f), None)
        if flow:
            last = _open_at_end(flow, following[0]) if following is not None else None
            if last is not None:
                ordered.append([*(draft for draft in flow if draft is not last), *notes[index], last])
            else:
                ordered.append([*flow, *notes[index]])
            open_draft = last
        else:
            ordered.append(list(notes[index]))
            # Only without notes can the paragraph run through this page to the next.
            open_draft = open_draft if goes_on and not notes[index] else None
    return ordered


def _open_at_end(flow: Sequence[BlockDraft], following: BlockDraft) -> BlockDraft | None:
    """The block of a page that goes on in `following`: its last, or one that a box or figure stands below."""
    if _continues(flow[-1], following):
        return flow[-1]
    behind = [draft for draft in flow[-LOOK_AROUND:] if _goes_on_small(draft, following)]
    return behind[-1] if behind else None


def _join_columns(flow: list[BlockDraft]) -> list[BlockDraft]:
    """Paragraphs joined over columns, also past a box between them."""
    result: list[BlockDraft] = []
    for draft in flow:
        open_ones = [d for d in result[-LOOK_AROUND:-1] if _goes_on_small(d, draft)]
        if result and draft.region != result[-1].region and _continues(result[-1], draft):
            earlier = result[-1]
        elif open_ones and draft.region != open_ones[-1].region and draft.region != result[-1].region:
            earlier = open_ones[-1]
        else:
            result.append(draft)
            continue
        earlier.parts.extend(draft.parts)
        earlier.full = draft.full
    return result


def _goes_on_small(draft: BlockDraft, following: BlockDraft) -> bool:
    """Whether a block goes on, sure enough to pass over others: within a word or with a small letter."""
    last, first = draft.lines[-1], following.lines[0]
    return draft.full and first.text[:1].islower() and first.family == last.family and _continues(draft, following)


def _continues(draft: BlockDraft, following: BlockDraft) -> bool:
    """Whether a block is the rest of one that stands before it in another column or on another page."""
    flowing = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    if draft.kind not in flowing or following.kind is not BlockKind.PARAGRAPH:
        return False
    last, first = draft.lines[-1], following.lines[0]
    if first.bullet or first.number or abs(last.size - first.size) > SAME_SIZE * last.size:
        return False
    if TERMINAL.search(last.text) or last.rtl != first.rtl or last.bold != first.bold:
        return False
    return first.text[:1].islower() or last.text.endswith(("-", ",")) or draft.full


def _set_item_levels(page: Sequence[BlockDraft]) -> None:
    """Nesting depth of the items of each list, from how far they are indented."""
    stack: list[float] = []
    region = None
    for draft in page:
        if draft.kind is not BlockKind.ITEM:
            if draft.kind is not BlockKind.FOOTNOTE:
                stack = []
            continue
        place = begin(draft.lines[0])
        if draft.region != region and not any(abs(place - known) < 5.0 for known in stack):
            stack = []  # the next column has its own margin
        region = draft.region
        while stack and place < stack[-1] - 5.0:
            stack.pop()
        if not stack or place > stack[-1] + 5.0:
            stack.append(place)
        draft.level = len(stack)
