"""Texts for a net to learn from: what it is to tell stands in ⟦kind|…⟧, or in ⟦…⟧ where there is one kind only."""

from __future__ import annotations

import re

_MARK = re.compile(r"⟦(?:([a-z]+)\|)?([^⟧]*)⟧")
Marked = tuple[
    int, int, str
]  # characters of the text without marks, half-open, and the kind; '' where none stands there


def without_marks(text: str) -> tuple[str, tuple[Marked, ...]]:
    """A text without its marks, and where they stood."""
    pieces, spans, at, length = [], [], 0, 0
    for found in _MARK.finditer(text):
        pieces += [text[at : found.start()], found[2]]
        length += found.start() - at
        spans.append((length, length + len(found[2]), found[1] or ""))
        length += len(found[2])
        at = found.end()
    return "".join([*pieces, text[at:]]), tuple(spans)
