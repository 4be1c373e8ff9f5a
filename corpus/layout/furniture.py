"""Running heads, page numbers and navigation: what to leave out of a page, and the number printed on it. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from corpus.layout.fragments import Fragment, PageText

EDGE = 0.13  # of the page height, at its top and its foot: where running heads stand
NEAR = 3.0  # points a running head may move from page to page
LOOSE = 24.0  # the same on scanned pages
SAME = 0.75  # of the letters: what character recognition leaves of a running head
WINDOW = 40  # pages on either side that are looked at: enough for any chapter, and bounds the work
MOST_FRAGMENTS = 3000  # on a page where each is compared with each; a dense table has 1000
SCANNED_HEAD = 50  # characters of a running head that may have been misread
_NUMBER = re.compile(
    r"(?:page|pages|p\.|pág(?:ina)?\.?|стр\.?|страница|الصفحة|صفحة|第)?\s*[-–—|(\[]*\s*"
    r"(?P<label>[ivxlc]{1,7}|[A-Z]{1,2}[-–.]?\d{1,3}|\d{1,4})\s*"
    r"(?:(?:/|of|de|sur|из|من|von)\s*\d{1,4})?\s*[-–—|)\]]*\s*(?:页)?",
    re.I,
)
_AT_EDGE = re.compile(
    r"^(?P<first>\d{1,4})(?=[\s|–-])|(?<=[\s|–-])(?P<last>\d{1,4})$|(?:page|p\.)\s?(?P<page>\d{1,4})\b", re.I
)
SPREAD = "2"  # the style of a label for two pages
Candidate = tuple[str, int, str, Fragment, bool]  # style, value, label, fragment, whether it stands alone
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageFragments:
    """One page torn into fragments."""

    text: PageText
    fragments: tuple[Fragment, ...]
    height: float  # as it is read, after a page set on its side was turned
    scanned: bool = False
    number: int = 1  # PDF page, from 1
    shown: tuple[float, float] = (0.0, 0.0)  # width and height as displayed

    def words(self, fragment: Fragment) -> str:
        return self.text.text[fragment.start : fragment.end].strip()


@dataclass(frozen=True, slots=True)
class Furniture:
    """For each page: the fragments that are no part of its text, and the printed page number."""

    dropped: tuple[frozenset[Fragment], ...]
    labels: tuple[str | None, ...]


def find_furniture(pages: Sequence[PageFragments], body: float) -> Furniture:
    """Running heads, page numbers and labels of a document whose text is set at `body` points."""
    edges = [_edge(page) for page in pages]
    repeated = _outermost(pages, _repeated(pages, edges, body))
    labels, numbers = _labels(pages, edges, repeated)
    dropped = [r | n for r, n in zip(repeated, numbers, strict=True)]
    total = sum(f.end - f.start for page in pages for f in page.fragments)
    if sum(f.end - f.start for page in dropped for f in page) > total / 2:
        dropped = [set() for _ in pages]  # the same words on every page are the text of such a file
    return Furniture(tuple(map(frozenset, dropped)), labels)


def _edge(page: PageFragments) -> list[Fragment]:
    """Fragments near the top or foot of the sheet, and those in the two outermost lines of what is printed."""
    top, foot = EDGE * page.height, (1 - EDGE) * page.height
    heights = sorted({round(f.baseline) for f in page.fragments})
    first, last = (heights[1], heights[-2]) if len(heights) > 6 else (-1.0, page.height + 1)
    return [
        f for f in page.fragments
        if f.bottom <= top or f.top >= foot or f.baseline <= first + 0.5 or f.baseline >= last - 0.5
    ]  # fmt: skip


def _key(words: str) -> tuple[str, int | None]:
    """The words without their numbers, and the first number: what stays from page to page and what may count."""
    number = re.search(r"\d+", words)
    return re.sub(r"\d+", "#", " ".join(words.lower().split())), int(number.group()) if number else None


def _repeated(pages: Sequence[PageFragments], edges: Sequence[list[Fragment]], body: float) -> list[set[Fragment]]:
    """Edge fragments whose words stand at the same height on other pages too, at most WINDOW pages away."""
    keys = [[(*_key(page.words(f)), f) for f in edge] for page, edge in zip(pages, edges, strict=True)]
    places: defaultdict[str, list[tuple[int, float, int | None]]] = defaultdict(list)
    for number, page in enumerate(keys):
        for key, value, fragment in page:
            places[key].append((number, fragment.baseline, value))
    total = min(len(pages), 2 * WINDOW + 1)
    found: list[set[Fragment]] = [set() for _ in pages]
    for number, page in enumerate(keys):
        scanned = pages[number].scanned
        for key, value, fragment in page:
            if key == "#":
                continue  # whether it is a page number is decided by its sequence
            others = places[key]
            others = others[bisect_left(others, (number - WINDOW,)) : bisect_left(others, (number + WINDOW + 1,))]
            reach = LOOSE if scanned else NEAR
            near = {
                n for n, y, other in others if abs(y - fragment.baseline) <= reach and _counts(value, other, number - n)
            }
            if scanned and 4 < len(key) < SCANNED_HEAD:
                near |= _misread(key, fragment, number, keys)
            small = fragment.size <= 1.2 * body and _enough(near, number, total, key)
            if small or len(near) >= max(4, 0.7 * total):
                found[number].add(fragment)
    found = [{f for f in heads if not _in_text(f, page, heads)} for page, heads in zip(pages, found, strict=True)]
    return _with_slots(pages, edges, found)


def _in_text(head: Fragment, page: PageFragments, heads: set[Fragment]) -> bool:
    """Whether repeated words stand in a line of the page's own text, close to the next: the first cell of a row."""
    if len(page.fragments) > MOST_FRAGMENTS:
        return False
    inward = 1 if head.baseline < page.height / 2 else -1
    steps = [inward * (f.baseline - head.baseline) / max(head.size, 1) for f in page.fragments if f not in heads]
    return any(abs(step) < 0.3 for step in steps) and any(0.8 < step < 1.5 for step in steps)


def _with_slots(
    pages: Sequence[PageFragments], edges: Sequence[list[Fragment]], found: list[set[Fragment]]
) -> list[set[Fragment]]:
    """Also what stands where running heads stand, once: the head of a chapter of one page."""
    slots = Counter((round(f.baseline), round(f.size, 1)) for page in found for f in page)
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        for fragment in edge:
            usual = slots[round(fragment.baseline), round(fragment.size, 1)]
            if usual >= max(4, len(pages) / 4) and fragment.end - fragment.start < 60 and not page.scanned:
                found[number].add(fragment)
    return found


def _counts(value: int | None, other: int | None, pages: int) -> bool:
    """Whether the numbers of two alike lines are the same, or count as the pages do ("Map 1", "Map 2" do not)."""
    return value == other or (value is not None and other is not None and value - other == pages)


def _misread(
    key: str, fragment: Fragment, number: int, keys: Sequence[Sequence[tuple[str, int | None, Fragment]]]
) -> set[int]:
    """Pages close by that have, at about the same height, words that differ by what recognition gets wrong."""
    return {
        page
        for page in range(max(0, number - 4), min(len(keys), number + 5))
        for other, _, place in keys[page]
        if abs(place.baseline - fragment.baseline) <= LOOSE and _alike(key, other)
    }


@lru_cache(maxsize=4096)
def _alike(key: str, other: str) -> bool:
    if abs(len(other) - len(key)) > 5:
        return False
    matcher = SequenceMatcher(None, key, other)
    return matcher.quick_ratio() > SAME and matcher.ratio() > SAME


def _enough(near: set[int], number: int, total: int, words: str) -> bool:
    """Repeated on a good part of the pages, or on pages close by: three, or two when it says something.

    A heading or the label of a box that happens to open three pages far apart is none.
    """
    if len(near) >= max(3, 0.3 * total) or (total <= 4 and len(near) >= 2):
        return True
    close = {number - 1, number + 1, number - 2, number + 2} & near
    return bool(close) and (len(near) >= 3 or len(words) >= 6)


def _outermost(pages: Sequence[PageFragments], found: Sequence[set[Fragment]]) -> list[set[Fragment]]:
    """Only what has no text of the page further out: above it in the upper half, below it in the lower."""
    kept: list[set[Fragment]] = []
    for page, heads in zip(pages, found, strict=True):
        first, last = _body_reach(page, heads)
        kept.append({f for f in heads if f.baseline < first + 0.6 * f.size or f.baseline > last - 0.6 * f.size})
    return kept


def _body_reach(page: PageFragments, heads: set[Fragment]) -> tuple[float, float]:
    """First and last baseline of what is neither running head nor number."""
    body = [f.baseline for f in page.fragments if f not in heads and not _NUMBER.fullmatch(page.words(f))]
    return min(body, default=page.height), max(body, default=0.0)


def _labels(
    pages: Sequence[PageFragments], edges: Sequence[list[Fragment]], repeated: Sequence[set[Fragment]]
) -> tuple[tuple[str | None, ...], list[set[Fragment]]]:
    """The printed numbers that count on from page to page, and the fragments that hold nothing else."""
    candidates = [
        [
            c
            for f in edge
            if (page.scanned or f.baseline < first + 0.6 * f.size or f.baseline > last - 0.6 * f.size)
            and not _marks_a_note(f, page, heads)
            for c in _candidates(f, page.words(f), f in heads)
        ]
        for page, edge, heads in zip(pages, edges, repeated, strict=True)
        for first, last in [_body_reach(page, heads)]
    ]
    for page in candidates:
        page += _spread(page)
    votes = Counter(place for number, page in enumerate(candidates) for place in {_place(number, c) for c in page})
    needed = 2 if len(pages) <= 12 else 3
    chosen: list[Candidate | None] = []
    for number, page in enumerate(candidates):
        best = max(page, key=lambda c: (votes[_place(number, c)], c[0] == SPREAD, c[4]), default=None)
        chosen.append(best if best is not None and votes[_place(number, best)] >= needed else None)
    heights = {round(c[3].baseline) + step for c in chosen if c is not None and c[4] for step in (-1, 0, 1)}
    for number, page in enumerate(candidates):
        if chosen[number] is None:  # "ii" stands where the numbers of the other pages do
            chosen[number] = next((c for c in page if c[4] and round(c[3].baseline) in heights), None)
    labels = tuple(c[2] if c is not None else None for c in chosen)
    return labels, [_numbers(*parts) for parts in zip(pages, candidates, labels, strict=True)]


def _numbers(page: PageFragments, candidates: Sequence[Candidate], label: str | None) -> set[Fragment]:
    """The fragment that holds the page's label and nothing else.

    The mark of note 4 may stand near the foot of page 4, above its number: the outermost one is meant.
    """
    alone = [c[3] for c in candidates if c[4] and c[2] == label]
    return {max(alone, key=lambda f: abs(f.baseline - page.height / 2))} if alone else set()


def _place(number: int, candidate: Candidate) -> tuple[str, int]:
    """What the labels of a run of pages have in common: style, and how far the page index is ahead of the number."""
    style, value, *_ = candidate
    return style, (2 * number if style == SPREAD else number) - value


def _spread(page: Sequence[Candidate]) -> list[Candidate]:
    """A label for two printed pages side by side on one PDF page: "4-5"."""
    return [
        (SPREAD, a[1], f"{a[1]}-{b[1]}", a[3], False)
        for a in page
        for b in page
        if a[0] == b[0] == "1" and b[1] == a[1] + 1 and a[3].right + 100 < b[3].left
    ]


def _marks_a_note(fragment: Fragment, page: PageFragments, heads: set[Fragment]) -> bool:
    """Whether text that is no running head follows close by: then a number is a note's or a list's."""
    if fragment.end - fragment.start > 6 or len(page.fragments) > MOST_FRAGMENTS:
        return False
    return any(
        other is not fragment
        and other not in heads
        and other.size < 2 * fragment.size
        and abs(other.baseline - fragment.baseline) < 0.7 * other.size
        and 0 < (fragment.left - other.right if other.rtl else other.left - fragment.right) < 2.5 * other.size
        for other in page.fragments
    )


def _candidates(fragment: Fragment, words: str, head: bool) -> list[Candidate]:
    """(style, value, label, fragment, alone) for each page number that a fragment may hold."""
    whole = _NUMBER.fullmatch(words)
    if whole:
        label = whole["label"]
        style, value = _value(label)
        return [(style, value, label if style != "1" else str(value), fragment, True)] if value else []
    found = []
    for match in _AT_EDGE.finditer(words) if head else ():
        label = match["first"] or match["last"] or match["page"]
        found.append(("1", int(label), str(int(label)), fragment, False))
    return found


def _value(label: str) -> tuple[str, int]:
    """Style and value of a page label: ("1", 12), ("i", 4), ("A-", 3); value 0 when it is none."""
    if label.isdecimal():
        return "1", int(label)
    if re.fullmatch(r"[ivxlc]+", label, re.I):
        total = 0
        digits = [_ROMAN[c] for c in label.lower()]
        for digit, after in zip(digits, [*digits[1:], 0], strict=True):
            total += digit if digit >= after else -digit
        return "i", total
    match = re.fullmatch(r"(\D+)(\d+)", label)
    return (match[1], int(match[2])) if match else ("", 0)
