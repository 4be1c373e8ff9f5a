"""Right-to-left text that holds numbers, Latin words or brackets -> logical order, from where it stands. Pure.

PDF libraries guess the logical order from the drawing order and get numbers and brackets wrong; the places of the
characters do not lie.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from corpus.layout.fragments import PageText
from corpus.types import NO_RAW

GAP = 0.14  # font sizes: wider is a space
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_INSIDE_NUMBERS = ".,:/-–٫٬'’"


def logical(pieces: Sequence[Sequence[int]], page: PageText, size: float) -> tuple[str, list[int]]:
    """Text and raw indexes of one right-to-left line in logical order; spaces where there are gaps.

    Pieces are runs of places in the page's text; what is adjacent in a piece stays as it is spaced there.
    """
    atoms = [atom for piece in pieces for atom in _atoms(piece, page.text)]
    starts = {piece[0] for piece in pieces}
    atoms.sort(key=lambda atom: (-float(page.left[atom[0]] + page.right[atom[0]]), atom[0]))
    atoms = _foreign_runs_reversed(atoms, page.text)
    out: list[str] = []
    raw: list[int] = []
    for previous, atom in zip([None, *atoms], atoms, strict=False):
        space = previous is not None and _space(previous, atom, page, starts, size)
        if space:
            out.append(" ")
            before = atom[0] - 1
            raw.append(page.raw[before] if before >= 0 and page.text[before] == " " else NO_RAW)
        out += [page.text[i] for i in atom]
        raw += [page.raw[i] for i in atom]
    return _brackets("".join(out)), raw


def _atoms(piece: Sequence[int], text: str) -> list[list[int]]:
    """Each character with the marks that combine with it."""
    atoms: list[list[int]] = []
    for place in piece:
        if text[place] == " ":
            continue
        if unicodedata.combining(text[place]) and atoms:
            atoms[-1].append(place)
        else:
            atoms.append([place])
    return atoms


def _foreign_runs_reversed(atoms: list[list[int]], text: str) -> list[list[int]]:
    """Numbers and Latin words, which run from left to right, turned round."""
    result: list[list[int]] = []
    run: list[list[int]] = []
    for position, atom in enumerate(atoms):
        char = text[atom[0]]
        foreign = char.isdecimal() or (char.isalpha() and unicodedata.bidirectional(char) == "L")
        if not foreign and run and char in _INSIDE_NUMBERS and position + 1 < len(atoms):
            after = text[atoms[position + 1][0]]
            foreign = after.isdecimal() and text[run[-1][0]].isdecimal()
        if foreign:
            run.append(atom)
            continue
        result += reversed(run)
        run = []
        result.append(atom)
    return result + run[::-1]


def _space(previous: list[int], atom: list[int], page: PageText, starts: set[int], size: float) -> bool:
    a, b = previous[0], atom[0]
    if b not in starts and previous[-1] + 1 == b:
        return False
    if previous[-1] + 2 == b and page.text[b - 1] == " ":
        return True
    return max(page.left[a] - page.right[b], page.left[b] - page.right[a]) > GAP * size


def _brackets(text: str) -> str:
    """Brackets that close before they open were stored as drawn: turn them."""
    shapes = [char for char in text if char in "()[]«»"]
    if shapes and shapes[0] in ")]»" and shapes[-1] in "([«":
        return text.translate(_MIRROR)
    return text
