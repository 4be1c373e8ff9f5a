"""Drafts of all pages -> headings with levels, footnotes, and paragraphs joined over columns and pages. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import SAME_SIZE, TERMINAL, Draft, begin
from corpus.types import BlockKind

LARGER = 1.12  # of the body size: set apart as a heading by size
SMALLER = 0.93  # of the body size: set apart as a note
LONGEST = 220  # characters of a heading
MAX_LEVEL = 6
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z]/|[a-z]\))\.?\s?\S")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Body:
    """How the running text of a document is set."""

    size: float
    bold: bool


def body_of(pages: Sequence[Sequence[Draft]]) -> Body:
    """The commonest size and weight, by characters."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for page in pages:
        for draft in page:
            for line in draft.lines:
                sizes[round(line.size * 2) / 2] += len(line.text)
                bold[line.bold] += len(line.text)
    return Body(sizes.most_common(1)[0][0] if sizes else 10.0, bold[True] > bold[False])


def structured(pages: Sequence[list[Draft]], heights: Sequence[float]) -> list[list[Draft]]:
    """The drafts of each page in final order, with kinds and levels; a draft that goes on is on its first page."""
    body = body_of(pages)
    notes = [_split_notes(page, body, height) for page, height in zip(pages, heights, strict=True)]
    for flow, _ in notes:
        _mark_headings(flow, body)
    _set_heading_levels([draft for flow, _ in notes for draft in flow])
    ordered = _joined([flow for flow, _ in notes], [foot for _, foot in notes])
    for page in ordered:
        _set_item_levels(page)
    return ordered


def _split_notes(page: list[Draft], body: Body, height: float) -> tuple[list[Draft], list[Draft]]:
    """(text, footnotes) of a page. Notes are small, low on the page, and begin with a mark."""
    first = None
    for index, draft in enumerate(page):
        small = draft.size <= SMALLER * body.size and draft.lines[0].top > 0.35 * height
        if not small or draft.kind is BlockKind.ROW:
            first = None
        elif first is None and _NOTE.match(draft.lines[0].text):
            first = index
    if first is None:
        return page, []
    notes: list[Draft] = []
    for draft in page[first:]:
        if _NOTE.match(draft.lines[0].text) or not notes:
            draft.kind = BlockKind.FOOTNOTE
            notes.append(draft)
        else:
            notes[-1].parts[-1][1].extend(draft.lines)
    return page[:first], notes


def _mark_headings(flow: list[Draft], body: Body) -> None:
    for index, draft in enumerate(flow):
        following = flow[index + 1] if index + 1 < len(flow) else None
        if _is_heading(draft, following, body):
            draft.kind = BlockKind.HEADING


def _is_heading(draft: Draft, following: Draft | None, body: Body) -> bool:
    lines = draft.lines
    text = draft.text.strip()
    if draft.kind is BlockKind.ROW or lines[0].bullet or len(text) > LONGEST or len(lines) > 5:
        return False
    if len(_LETTERS.findall(text)) < 2 or text[:1].islower():
        return False
    ended = bool(re.search(r"[.;,؛،。]$", text)) and not re.search(r"\b[A-Z]\.$|\.\.\.$", text)
    larger = draft.size >= LARGER * body.size
    if larger:
        return not ended or len(text) < 60
    if ended or draft.size < 0.85 * body.size:
        return False
    if all(line.bold for line in lines) and not body.bold:
        return (len(text) <= 160 and not text.endswith(":")) or len(text) <= 60
    return text == text.upper() and text != text.lower() and 4 <= len(text) <= 120 and following is not None


def _style(draft: Draft) -> tuple[float, bool, bool]:
    lines = draft.lines
    text = draft.text
    return (max(line.size for line in lines), all(line.bold for line in lines), text == text.upper())


def _set_heading_levels(all_drafts: Sequence[Draft]) -> None:
    """Levels by size, then weight, then capitals; sizes within 6% are one."""
    headings = [draft for draft in all_drafts if draft.kind is BlockKind.HEADING]
    styles = sorted({_style(draft) for draft in headings}, key=lambda s: (-s[0], not s[1], not s[2]))
    levels: dict[tuple[float, bool, bool], int] = {}
    level, last = 0, None
    for style in styles:
        same = last is not None and style[0] > 0.94 * last[0] and style[1:] == last[1:]
        if not same:
            level += 1
            last = style
        levels[style] = min(level, MAX_LEVEL)
    for draft in headings:
        draft.level = levels[_style(draft)]


def _joined(flows: list[list[Draft]], notes: list[list[Draft]]) -> list[list[Draft]]:
    """Paragraphs joined over columns and pages, footnotes put before a paragraph that goes on.

    A page of which nothing is left but the rest of a paragraph and notes ends that paragraph: its notes
    would stand in the middle of it otherwise.
    """
    flows = [_join_columns(flow) for flow in flows]
    ordered: list[list[Draft]] = []
    open_draft: Draft | None = None
    for index, flow in enumerate(flows):
        flow = list(flow)
        goes_on = open_draft is not None and bool(flow) and _continues(open_draft, flow[0])
        if goes_on:
            rest = flow.pop(0)
            open_draft.parts.extend(rest.parts)
            open_draft.full = rest.full
        following = next((f for f in flows[index + 1 : index + 2] if f), None)
        if flow:
            last = flow[-1]
            if following is not None and _continues(last, following[0]):
                ordered.append([*flow[:-1], *notes[index], last])
                open_draft = last
            else:
                ordered.append([*flow, *notes[index]])
                open_draft = None
        else:
            ordered.append(list(notes[index]))
            # Only without notes can the paragraph run through this page to the next.
            open_draft = open_draft if goes_on and not notes[index] else None
    return ordered


def _join_columns(flow: list[Draft]) -> list[Draft]:
    result: list[Draft] = []
    for draft in flow:
        if result and draft.region != result[-1].region and _continues(result[-1], draft):
            result[-1].parts.extend(draft.parts)
            result[-1].full = draft.full
        else:
            result.append(draft)
    return result


def _continues(draft: Draft, following: Draft) -> bool:
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


def _set_item_levels(page: Sequence[Draft]) -> None:
    """Nesting depth of the items of each list, from how far they are indented."""
    stack: list[float] = []
    for draft in page:
        if draft.kind is not BlockKind.ITEM:
            if draft.kind is not BlockKind.FOOTNOTE:
                stack = []
            continue
        place = begin(draft.lines[0])
        while stack and place < stack[-1] - 5.0:
            stack.pop()
        if not stack or place > stack[-1] + 5.0:
            stack.append(place)
        draft.level = len(stack)
