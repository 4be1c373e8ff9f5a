"""Fragments on one baseline -> a line of text in logical order, note marks set apart. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.clean import bullet, enumerator
from corpus.layout import bidi
from corpus.layout.fragments import Fragment, PageText
from corpus.types import NO_RAW

RAISED = 0.15  # of the font size: how far above the baseline a note mark stands at least
SMALLER = 0.82  # of the font size: how large a note mark is at most
CELL_GAP = 1.8  # font sizes between two parts of a line that make them cells of a row
_MARK = re.compile(r"[\d*†‡§,–-]{1,7}|[a-z]/?")
_UNITS = re.compile(r"(?:\b(?:k|c|m|d|h)?m|\b10)$")  # m², km², 10³ are no notes
_BARE_NUMBER = re.compile(r"\d{1,3}(?= \S)")
_MISPLACED = re.compile(r"[.،؛:](?=[^\W\d_])")
_LEFT_TO_RIGHT = re.compile(r"[\d()\[\]A-Za-z«»%٪]")
_LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_]{1,2} ){3,}[^\W\d_]{1,2}(?!\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: text in logical order, the raw index of each character, place and style."""

    text: str
    raw: tuple[int, ...]
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    first_bold: bool  # of the first word
    last_bold: bool
    family: str  # of the font of its first fragment
    rtl: bool
    starts: tuple[int, ...] = (0,)  # where each cell begins in the text; one cell unless the line is a row
    edges: tuple[tuple[float, float], ...] = ()  # left and right of each cell
    bullet: int = 0  # length of the bullet the text begins with
    number: int = 0  # length of the enumerator it begins with
    note: bool = False  # begins with a raised mark: a note of its own
    body: float = 0.0  # x where the text after bullet or enumerator begins


def assemble(row: Sequence[Fragment], page: PageText, rtl: bool, cell_gap: float = CELL_GAP) -> Line | None:
    """One line from fragments that share a baseline. None when nothing but note marks is left.

    Parts further apart than `cell_gap` font sizes are cells.
    """
    size = max((f.end - f.start, f.size) for f in row)[1]
    main = [f for f in row if f.size > SMALLER * size] or list(row)
    base = main[0].baseline
    rtl = rtl and any(f.rtl for f in row)
    out, raw, starts, edges = [], [], [], []
    length = 0
    for cell in cells(row, page, size, rtl, cell_gap):
        text, sources = _cell_text(cell, page, size, base, rtl, bool(out))
        if not text:
            continue
        if out:
            text, sources = " " + text, [NO_RAW, *sources]
        starts.append(length)
        edges.append((min(f.left for f in cell), max(f.right for f in cell)))
        out.append(text)
        raw += sources
        length += len(text)
    ordered = sorted(row, key=(lambda f: -f.right) if rtl else (lambda f: f.left))
    if rtl and len(starts) == 1 and _MISPLACED.match(out[0]):  # a full stop that was set at the wrong end
        out[0], raw = out[0][1:] + out[0][0], raw[1:] + raw[:1]
    return _line("".join(out), raw, ordered, page, size, base, rtl, starts, edges) if out else None


def cells(
    row: Sequence[Fragment], page: PageText, size: float, rtl: bool, cell_gap: float = CELL_GAP
) -> list[list[Fragment]]:
    """Fragments of a row in reading order, split where a gap makes them cells; a bullet leads its text."""
    ordered = sorted(row, key=(lambda f: -f.right) if rtl else (lambda f: f.left))
    found = [[ordered[0]]]
    for fragment in ordered[1:]:
        last = found[-1]
        gap = min(f.left for f in last) - fragment.right if rtl else fragment.left - max(f.right for f in last)
        if gap > cell_gap * size and not (len(found) == 1 and _leads(last, page)):
            found.append([fragment])
        else:
            last.append(fragment)
    return found


def _leads(cell: Sequence[Fragment], page: PageText) -> bool:
    """Whether all there is so far is a bullet or a number: its text follows, however wide the gap."""
    text = " ".join(page.text[f.start : f.end] for f in cell).strip()
    return bool(bullet(text + " x") > len(text) or enumerator(text) == len(text) or page.symbolic[cell[-1].start])


def _cell_text(
    cell: Sequence[Fragment], page: PageText, size: float, base: float, rtl: bool, inside: bool
) -> tuple[str, list[int]]:
    """Text and raw indexes of neighbouring fragments, without their note marks."""
    pieces: list[list[int]] = []  # places in the page text
    owners: list[Fragment] = []
    for fragment in cell:
        kept = _without_marks(fragment, page, size, base, inside or bool(pieces))
        if kept:
            pieces.append(kept)
            owners.append(fragment)
    if not pieces:
        return "", []
    if rtl and (len(pieces) > 1 or _LEFT_TO_RIGHT.search(page.text[cell[0].start : cell[0].end])):
        return bidi.logical(pieces, page, size)
    out, raw = _plain(pieces[0], page)
    for before, piece in itertools.pairwise(pieces):
        gap = float(page.left[piece[0]] - page.right[before[-1]])
        if gap > 0.12 * size or gap < -0.5 * size:
            out, raw = out + " ", [*raw, NO_RAW]
        text, sources = _plain(piece, page)
        out, raw = out + text, raw + sources
    return out, raw


def _plain(places: list[int], page: PageText) -> tuple[str, list[int]]:
    text = "".join([page.text[i] for i in places])
    if _LETTER_SPACED.search(text) and sum(len(word) < 3 for word in text.split()) > 0.6 * len(text.split()):
        places = _closed_up(places, page)
        text = "".join([page.text[i] for i in places])
    return text, [page.raw[i] for i in places]


def _without_marks(fragment: Fragment, page: PageText, size: float, base: float, inside: bool) -> list[int]:
    """Places of a fragment's characters without the raised small ones that point to notes.

    At the start of a line the mark stays: it begins the note itself.
    """
    start, end = fragment.start, fragment.end
    if page.size[start:end].min() >= SMALLER * size:
        return list(range(start, end))
    raised = (page.size[start:end] < SMALLER * size) & (base - page.baseline[start:end] > RAISED * size)
    kept = np.ones(end - start, bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], raised.astype(np.int8), [0]])))
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        mark = page.text[start + a : start + b].strip()
        before = page.text[start : start + a].rstrip()
        if (before or inside) and _MARK.fullmatch(mark) and not _UNITS.search(before[-4:]):
            # The last letter of an ordinal ("2e", "3a") is part of the number.
            kept[a:b] = mark.isalpha() and (mark not in "abcdef" or before[-1:].isdigit() or not before)
    return [start + i for i in np.flatnonzero(kept).tolist()]


def _closed_up(places: list[int], page: PageText) -> list[int]:
    """Letters set apart for looks ("T A B L E") as words: only gaps well above the usual one are spaces."""
    letters = [i for i in places if page.text[i] != " "]
    gaps = np.array([page.left[b] - page.right[a] for a, b in itertools.pairwise(letters)])
    limit = float(np.median(gaps)) + max(1.0, 0.12 * float(page.size[places[0]]))
    wide = {b for b, gap in zip(letters[1:], gaps.tolist(), strict=True) if gap > limit}
    return [i for i in places if page.text[i] != " " or i + 1 in wide]


def _line(
    text: str, raw: list[int], ordered: list[Fragment], page: PageText, size: float, base: float, rtl: bool,
    starts: list[int], edges: list[tuple[float, float]],
) -> Line:  # fmt: skip
    stripped = len(text) - len(text.lstrip())
    if stripped:
        text, raw = text[stripped:], raw[stripped:]
        starts = [max(0, s - stripped) for s in starts]
    first, last = ordered[0], ordered[-1]
    mark = bullet(text)
    if not mark and page.symbolic[first.start] and len(text) > 1:
        mark = 2 if text[1:2] == " " else 1
        mark = mark if mark < len(text) else 0
    number = 0 if mark else enumerator(text) or _set_apart(text, ordered, rtl)
    bold = [f for f in ordered if f.bold]
    return Line(
        text, tuple(raw), min(f.left for f in ordered), max(f.right for f in ordered),
        base - 0.72 * size, base + 0.18 * size, base, size,
        sum(f.right - f.left for f in bold) > 0.6 * sum(f.right - f.left for f in ordered),
        bool(page.bold[first.start]), bool(page.bold[last.end - 1]),
        page.families[first.font], rtl, tuple(starts), tuple(edges), mark, number,
        bool(page.size[first.start] < SMALLER * size and base - page.baseline[first.start] > RAISED * size),
        _body_start(raw, ordered, page, mark or number, rtl),
    )  # fmt: skip


def _set_apart(text: str, ordered: list[Fragment], rtl: bool) -> int:
    """Length of a bare number at the start that has a column of its own ("3    Ibid.")."""
    match = _BARE_NUMBER.match(text)
    if not match or len(ordered) < 2 or not ordered[0].lead:
        return 0
    first, second = ordered[0], ordered[1]
    gap = first.left - second.right if rtl else second.left - first.right
    return match.end() if gap > 0.4 * second.size else 0


def _body_start(raw: list[int], ordered: list[Fragment], page: PageText, skip: int, rtl: bool) -> float:
    """x where the text proper of a line begins."""
    if not skip:
        return ordered[0].right if rtl else ordered[0].left
    after = [r for r in raw[skip:] if r != NO_RAW]
    for fragment in ordered:
        for at in range(fragment.start, fragment.end):
            if after and page.raw[at] == after[0] and page.text[at] != " ":
                return float(page.right[at] if rtl else page.left[at])
    return ordered[0].right if rtl else ordered[0].left
