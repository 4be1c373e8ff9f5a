"""Characters of a page -> fragments: runs of text on one baseline without a wide gap. Pure.

A fragment is what may not be torn apart when the reading order is found: it never reaches over a gutter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from corpus.layout.glyphs import PageChars
from corpus.types import NO_RAW

WIDE_GAP = 0.95  # of the font size: wider than a stretched space of justified text, narrower than a gutter
_SPACES = np.array([0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], np.uint32)
_ZERO_WIDTH = np.array([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_LEAD = re.compile(
    r"\(?(?:\d{1,3}[.)]?|(?:[a-z]{1,2}|[A-Z]|[ivxIVX]{1,4})[.)])|[^\w\s]{1,3}|\d{1,2}(?:\.\d{1,2}){1,2}\.?"
)
MOST_DROP_CAPS = 20  # on a page; more large letters than that are something else
HYPHEN_MARK = 0xFFFE  # how pdfium writes a hyphen at a line end
UNKNOWN = 0xFFFD  # a glyph whose font names no character: often a ligature or a bullet


@dataclass(frozen=True, slots=True, eq=False)
class PageText:
    """A page's ink in raw order, spaces between words included: parallel, one entry per character."""

    text: str
    raw: list[int]  # raw character index; NO_RAW for a space that stands nowhere
    left: np.ndarray
    right: np.ndarray
    baseline: np.ndarray
    size: np.ndarray
    bold: np.ndarray  # bool
    symbolic: np.ndarray
    font: np.ndarray  # index into families
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """text[start:end] of its page, with its place in displayed points and its commonest style."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    font: int
    rtl: bool  # holds letters that run from right to left
    lead: bool = False  # a bullet or number alone: its text stands beside it
    drop_cap: bool = False  # a large first letter, put on the first of the lines beside it

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def is_rtl(codes: np.ndarray) -> np.ndarray:
    """Which code points are letters of a script written from right to left (digits are not)."""
    letters = (codes >= 0x0590) & (codes <= 0x08FF) & ~((codes >= 0x0660) & (codes <= 0x066C))
    letters &= ~((codes >= 0x06F0) & (codes <= 0x06F9))
    return letters | ((codes >= 0xFB1D) & (codes <= 0xFDFF)) | ((codes >= 0xFE70) & (codes <= 0xFEFC))


def upright(page: PageChars) -> PageChars:
    """The page turned so that most of its text runs from left to right; as it is when it already does."""
    if not len(page.angle) or not page.angle[page.drawn].any():
        return page
    turns = int(np.bincount(page.angle[page.drawn], minlength=4).argmax())
    if not turns:
        return page
    left, top, right, bottom = page.boxes.T
    width, height = page.width, page.height
    turned = {
        1: (top, width - right, bottom, width - left),
        2: (width - right, height - bottom, width - left, height - top),
        3: (height - bottom, left, height - top, right),
    }[turns]
    baseline = {1: width - page.baseline, 2: height - page.baseline, 3: page.baseline}[turns]
    fields = {name: getattr(page, name) for name in PageChars.__slots__}
    fields |= {"boxes": np.column_stack(turned), "baseline": baseline, "angle": (page.angle - turns) % 4}
    if turns % 2:
        fields |= {"width": height, "height": width}
    return PageChars(**fields)


def page_text(page: PageChars) -> tuple[PageText, np.ndarray]:
    """The ink of a page with the spaces between words, and for each ink character its place in that text.

    Text that runs another way than the page's (a nav tab set on its side) is left out.
    """
    codes = page.codes.copy()
    codes[(codes == HYPHEN_MARK) & page.drawn] = ord("-")
    nameless = page.drawn & (codes < 32) & ~np.isin(codes, _SPACES) & (page.boxes[:, 2] - page.boxes[:, 0] > 0.5)
    codes[nameless] = UNKNOWN
    space = np.isin(codes, _SPACES) | ((codes < 32) & ~page.drawn)
    ink = page.drawn & ~space & (page.angle == 0) & (codes >= 32) & ~np.isin(codes, _ZERO_WIDTH)
    ink |= (codes == 0xAD) & page.drawn & (page.angle == 0)  # a soft hyphen is decided on later
    ink &= ~_drawn_twice(page, codes, ink)
    at = np.flatnonzero(ink)
    if not len(at):
        return PageText("", [], *(np.zeros(0) for _ in range(7)), ()), at
    # A space belongs before an ink character when a space, drawn or not, lies between it and the one before.
    spaces_so_far = np.cumsum(space)
    before = np.diff(spaces_so_far[at], prepend=spaces_so_far[at[0]]) > 0
    position = np.arange(len(at)) + np.cumsum(before)
    total = int(position[-1]) + 1
    text = np.full(total, 32, np.uint32)
    text[position] = codes[at]
    source = np.zeros(total, np.int64)
    source[position] = at
    gaps = position[before] - 1
    source[gaps] = at[before]  # a space takes the style and place of what follows
    raw = source.copy()
    raw[gaps] = _space_index(space & page.drawn, at[before], at[np.flatnonzero(before) - 1])
    flags = np.array([(f.bold, f.symbolic) for f in page.fonts], bool).reshape(-1, 2)[page.font[source]]
    surrogates = (text >= 0xD800) & (text < 0xE000)
    text[surrogates] = UNKNOWN
    place = np.column_stack([page.boxes[source, 0], page.boxes[source, 2], page.baseline[source], page.size[source]])
    left, right, baseline, size = place.astype(np.float32).T
    return PageText(
        text.tobytes().decode("utf-32-le"), raw.tolist(), left, right, baseline, size,
        flags[:, 0], flags[:, 1], page.font[source], tuple(font.family for font in page.fonts),
    ), position  # fmt: skip


def _space_index(drawn_space: np.ndarray, after: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Raw index of the last drawn space between each pair of ink characters, else NO_RAW."""
    last = np.maximum.accumulate(np.where(drawn_space, np.arange(len(drawn_space)), -1))
    found = last[after]
    return np.where(found > before, found, NO_RAW)


def _drawn_twice(page: PageChars, codes: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Second copies of a character drawn over itself, which some programs do for bold or shadow."""
    twice = np.zeros(len(codes), bool)
    at = np.flatnonzero(ink)
    if len(at) < 2:
        return twice
    left, base = page.boxes[at, 0], page.baseline[at]
    order = np.lexsort((at, left, np.round(base), codes[at]))
    near = (np.abs(np.diff(left[order])) < 0.12 * page.size[at][order][1:]) & (np.abs(np.diff(base[order])) < 1.0)
    sorted_codes = codes[at][order]
    near &= sorted_codes[1:] == sorted_codes[:-1]
    # Both letters of an unfolded ligature ("ff", "tt") have the glyph's box.
    neighbours = np.abs(np.diff(at[order])) <= 2
    near &= ~(neighbours & np.isin(sorted_codes[1:], [ord("f"), ord("t")]))
    twice[at[order[1:][near]]] = True
    return twice


def fragments(page: PageChars) -> tuple[PageText, list[Fragment]]:
    """The fragments of a page in raw order: every ink character of the PageText is in one, or off the page."""
    text, ink = page_text(page)
    if not text.text:
        return text, []
    codes = np.frombuffer(text.text.encode("utf-32-le"), np.uint32)
    left, right, base, size = (values[ink] for values in (text.left, text.right, text.baseline, text.size))
    rtl = is_rtl(codes[ink])
    larger = np.maximum(size[1:], size[:-1])
    forward, backward = left[1:] - right[:-1], left[:-1] - right[1:]
    apart = np.maximum(forward, backward)
    breaks = (np.abs(np.diff(base)) > 0.55 * larger) | (apart > WIDE_GAP * larger)
    mixed = rtl[1:] | rtl[:-1]
    # Back to the left in left-to-right text is a new line or column, not kerning.
    breaks |= ~mixed & (left[1:] < left[:-1] - 0.5 * larger) & ~_within_rtl(rtl)[1:]
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    ends = np.append(starts[1:], len(ink))
    found = _measure(text, ink, rtl, starts, ends)
    seen = [f for f in found if f.right > 0 and f.left < page.width and f.bottom > 0 and f.top < page.height]
    return text, _with_drop_caps(seen)


def _with_drop_caps(found: list[Fragment]) -> list[Fragment]:
    """Large single letters that hang beside several lines, moved to the first of them."""
    usual = float(np.median([f.size for f in found])) if found else 0.0
    large = [f for f in found if f.end - f.start <= 2 and f.size > 1.8 * usual and not f.lead]
    if not 0 < len(large) <= MOST_DROP_CAPS:
        return found
    result = []
    for f in found:
        if f in large:
            top = f.baseline - 0.75 * f.size
            beside = [
                o for o in found
                if o is not f and -0.3 * o.size < o.left - f.right < 1.5 * o.size
                and o.size < 0.6 * f.size and top < o.baseline < f.baseline + 0.3 * o.size
            ]  # fmt: skip
            if len(beside) > 1:
                first = min(beside, key=lambda o: o.baseline)
                place = {"baseline": first.baseline, "top": first.top, "bottom": first.bottom, "size": first.size}
                f = replace(f, drop_cap=True, **place)
        result.append(f)
    return result


def _within_rtl(rtl: np.ndarray) -> np.ndarray:
    """Positions near right-to-left letters, where digits and brackets may be stored in either order."""
    if not rtl.any():
        return rtl
    return np.convolve(rtl.astype(np.int32), np.ones(15, np.int32))[7 : 7 + len(rtl)] > 0


def _is_lead(text: PageText, start: int, end: int) -> bool:
    return bool(text.symbolic[start:end].all()) or bool(_LEAD.fullmatch(text.text[start:end].strip()))


def _measure(text: PageText, ink: np.ndarray, rtl: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> list[Fragment]:
    lefts = np.minimum.reduceat(text.left[ink], starts).tolist()
    rights = np.maximum.reduceat(text.right[ink], starts).tolist()
    size, base = text.size[ink], text.baseline[ink]
    lowest, highest = np.minimum.reduceat(size, starts).tolist(), np.maximum.reduceat(size, starts).tolist()
    rtls = np.add.reduceat(rtl.astype(np.int32), starts).tolist()
    counts = (ends - starts).tolist()
    bolds = np.add.reduceat(text.bold[ink].astype(np.int32), starts).tolist()
    first, last = ink[starts].tolist(), ink[ends - 1].tolist()
    baselines = base[starts].tolist()
    found = []
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        common, line = highest[i], baselines[i]
        if lowest[i] < highest[i]:
            sizes = size[start:end]
            common = float(np.median(sizes))
            line = float(np.median(base[start:end][sizes >= common * 0.95]))
        found.append(
            Fragment(
                first[i], last[i] + 1, lefts[i], line - 0.72 * common, rights[i], line + 0.18 * common, line,
                common, bolds[i] * 2 > counts[i], int(text.font[first[i]]), rtls[i] > 0,
                counts[i] <= 6 and _is_lead(text, first[i], last[i] + 1),
            )
        )  # fmt: skip
    return found
