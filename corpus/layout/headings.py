"""Which drafts are headings, and of which level: told by how the whole document is set. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout.drafts import BlockDraft
from corpus.types import BlockKind

LARGER = 1.12  # of the body size: set apart as a heading by size
LONGEST = 220  # characters of a heading
MAX_LEVEL = 6
_PLAIN_NUMBER = re.compile(r"\d{1,3}\.\s")
_ARTICLE = re.compile(
    r"(?:(?:article|artículo|artigo|section|chapter|chapitre|capítulo|part|partie|annex|annexe|anexo|статья|глава|"
    r"раздел|приложение|المادة|مادة|الفصل|الباب)\s*\(?(?:\d{1,3}|[ivxlc]{1,6}|[٠-٩۰-۹]{1,3})\)?\.?\s*:?|"
    r"第[\d一二三四五六七八九十百]{1,4}[条章节])",
    re.I,
)
_FIGURE = re.compile(r"[$€£]\s?\d|\d\s?[%٪％]")  # an amount or a share, set large: called out, or a chart's label
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Body:
    """How the running text of a document is set."""

    size: float
    bold: bool
    family: str


def body_of(pages: Sequence[Sequence[BlockDraft]]) -> Body:
    """The commonest size and weight, by characters."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    families: Counter[str] = Counter()
    for page in pages:
        for draft in page:
            for line in draft.lines:
                sizes[round(line.size * 2) / 2] += len(line.text)
                bold[line.bold] += len(line.text)
                families[line.family] += len(line.text)
    if not sizes:
        return Body(10.0, False, "")
    return Body(sizes.most_common(1)[0][0], bold[True] > bold[False], families.most_common(1)[0][0])


def mark_headings(flows: Sequence[list[BlockDraft]], body: Body) -> None:
    """Sets kind and level of the drafts that are headings; `flows` are the pages without their footnotes."""
    numbered = _numbered_paragraphs([draft for flow in flows for draft in flow])
    for flow in flows:
        _mark_paragraphs(flow, numbered)
        _mark_set_apart(flow, body)
        _unmark_runs(flow)
    _mark_plain_headings(flows)
    _set_heading_levels(flows)


def _numbered_paragraphs(flow: Sequence[BlockDraft]) -> bool:
    """Whether "1." begins a paragraph in this document, as in UN documents, and not an item of a list."""
    long = [d for d in flow if len(d.lines) > 1 and _PLAIN_NUMBER.match(d.lines[0].text)]
    return sum(d.kind is BlockKind.PARAGRAPH for d in long) > len(long) / 2


def _mark_paragraphs(flow: Sequence[BlockDraft], numbered: bool) -> None:
    """A numbered line that introduces a list is no item of one, nor is one where paragraphs are numbered."""
    for draft in flow:
        if draft.kind is BlockKind.ITEM and not draft.lines[0].bullet and _PLAIN_NUMBER.match(draft.lines[0].text):
            introduces = len(draft.lines) == 1 and draft.text.rstrip().endswith((":", "："))
            if introduces or (numbered and len(draft.lines) == 1):
                draft.kind = BlockKind.PARAGRAPH


def _mark_set_apart(flow: list[BlockDraft], body: Body) -> None:
    for index, draft in enumerate(flow):
        following = flow[index + 1] if index + 1 < len(flow) else None
        if _is_heading(draft, following, body):
            draft.kind = BlockKind.HEADING


def _is_heading(draft: BlockDraft, following: BlockDraft | None, body: Body) -> bool:
    lines = draft.lines
    text = draft.text.strip()
    if draft.kind is BlockKind.ROW or lines[0].bullet or len(text) > LONGEST or len(lines) > 5:
        return False
    if len(_LETTERS.findall(text)) < 2 or text[:1].islower() or _FIGURE.search(text):
        return False
    ended = bool(re.search(r"[.;,؛،。—–-]$", text)) and not re.search(r"\b[A-Z]\.$|\.\.\.$", text)
    larger = draft.size >= LARGER * body.size
    if larger:
        return not ended or len(text) < 60
    if _ARTICLE.fullmatch(text):
        return True
    if ended or draft.size < 0.85 * body.size:
        return False
    if _other_family(draft, following, body):
        return True
    if draft.centred and len(text) <= 120 and following is not None:
        return True
    if all(line.bold for line in lines) and not body.bold:
        return (len(text) <= 160 and not text.endswith(":")) or len(text) <= 60
    return text == text.upper() and text != text.lower() and 4 <= len(text) <= 120 and following is not None


def _mark_plain_headings(flows: Sequence[Sequence[BlockDraft]]) -> None:
    """The title, and in a document set in one style throughout, lines that stand alone above a paragraph."""
    whole = [draft for flow in flows for draft in flow]
    if whole and whole[0].kind is BlockKind.PARAGRAPH and _may_head(whole[0]) and len(whole[0].text) <= 150:
        whole[0].kind = BlockKind.HEADING
    if sum(d.kind is BlockKind.HEADING and not _ARTICLE.fullmatch(d.text) for d in whole) > len(flows):
        return
    for before, draft, after in zip([None, *whole], whole, whole[1:], strict=False):
        ended = before is None or before.kind is BlockKind.HEADING or bool(re.search(r"[.!?:,;。]$", before.text))
        followed = after.kind is BlockKind.PARAGRAPH and len(after.text) > 80
        if ended and followed and len(draft.lines) == 1 and len(draft.text) <= 70 and _may_head(draft):
            draft.kind = BlockKind.HEADING


def _may_head(draft: BlockDraft) -> bool:
    text = draft.text.strip()
    return (
        draft.kind is not BlockKind.ROW
        and not draft.lines[0].bullet
        and len(re.findall(r"[^\W\d_]{2,}", text)) > 0
        and not text[:1].islower()
        and not re.search(r"[.!?:;,。：；，—–-]$", text)
        and re.match(r"[^\W_]|[“«\"(]", text) is not None
    )


def _other_family(draft: BlockDraft, following: BlockDraft | None, body: Body) -> bool:
    """Whether a short line is set in another typeface than the text that follows it."""
    first = draft.lines[0]
    return (
        following is not None
        and first.family != body.family
        and len(draft.lines) <= 2
        and len(draft.text) <= 100
        and draft.kind is BlockKind.PARAGRAPH
        and draft.size >= 0.95 * body.size
        and all(line.family == first.family for line in draft.lines)
        and following.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        and following.lines[0].family == body.family
        and len(following.text) > 60
    )


def _unmark_runs(flow: Sequence[BlockDraft]) -> None:
    """Four lines or more in a row that look like headings, with nothing under them, are a list or an address."""
    run: list[BlockDraft] = []
    for draft in [*flow, None]:
        if draft is not None and draft.kind is BlockKind.HEADING and (not run or _style(draft) == _style(run[-1])):
            run.append(draft)
            continue
        if len(run) >= 4:
            for member in run:
                member.kind = BlockKind.PARAGRAPH
        run = [draft] if draft is not None and draft.kind is BlockKind.HEADING else []


def _style(draft: BlockDraft) -> tuple[float, bool, bool]:
    lines = draft.lines
    text = draft.text
    return (max(line.size for line in lines), all(line.bold for line in lines), text == text.upper())


def _set_heading_levels(flows: Sequence[Sequence[BlockDraft]]) -> None:
    """Levels by size, then weight, then capitals.

    Sizes within a tenth (a fifth among display sizes) are one level; a style seen less than three times
    opens none beside another of its size; the sizes of a cover count as the outermost.
    """
    headings = [(page, draft) for page, flow in enumerate(flows) for draft in flow if draft.kind is BlockKind.HEADING]
    counts = Counter(_style(draft) for _, draft in headings)
    inside = [_style(draft)[0] for page, draft in headings if page]
    cover = {
        _style(draft)
        for page, draft in headings
        if not page and counts[_style(draft)] <= 2 and len(flows) > 3 and draft.size > max(inside, default=0.0)
    }
    levels: dict[tuple[float, bool, bool], int] = dict.fromkeys(cover, 1)
    level, top, last = 0, 0.0, None
    smallest = min((style[0] for style in counts), default=1.0)
    for style in sorted(counts, key=lambda s: (-s[0], not s[1], not s[2])):
        if style in levels:
            continue
        ratio = 0.91 if style[0] < 1.7 * smallest else 0.8
        other = last is not None and style[1:] != last[1:] and min(counts[style], counts[last]) >= 3
        if not level or style[0] < ratio * top or other:
            level, top, last = level + 1, style[0], style
        levels[style] = min(level, MAX_LEVEL)
    for _, draft in headings:
        draft.level = levels[_style(draft)]
