"""Plain text into a Document: paragraphs, items, and headings only where they are plain to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.reading import BULLET, DocumentDraft, FileReading, Piece, plain
from corpus.types import NO_RAW, BlockKind, Publication

WRAPPED = 100  # characters: where no line of a paragraph is longer, its lines were wrapped and belong together
HEADING = 80  # characters of the longest heading
Line = tuple[str, int]  # without its line break, and its index in the source

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_BREAK = re.compile(r"\n[ \t]*\n|\r[ \t]*\r|\r\n[ \t]*\r\n|\f|\u2029")
_UNDERLINE = re.compile(r"\s*(=+|-+|~+)\s*")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5})[.:]?\s+(?=\w)")
_NAMED = re.compile(r"(?:chapter|part|section|annex|article)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b", re.IGNORECASE)
_ITEM = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z]\))\s+|" + BULLET.pattern)  # where several lines begin so
_ENDS = re.compile(r"[.,;:!?)]$")


def read_text(source: str, publication: Publication, file: str) -> FileReading:
    """`raw` holds indexes into `source`. A problem when there is nothing to read."""
    draft = DocumentDraft()
    for group in _groups(source):
        for kind, pieces, level in _blocks(group):
            draft.add(kind, pieces, level)
    title = draft.first(BlockKind.HEADING) or draft.first()
    return draft.reading(publication, file, title if len(title) <= 200 else "")


def _groups(source: str) -> Iterator[list[Line]]:
    """The lines between two blank lines."""
    position = 0
    for found in [*_BREAK.finditer(source), None]:
        end = found.start() if found else len(source)
        lines = [(m.group(), m.start()) for m in _LINE.finditer(source, position, end) if m.group().strip()]
        if lines:
            yield lines
        position = found.end() if found else end


def _blocks(lines: list[Line]) -> Iterator[tuple[BlockKind, list[Piece], int]]:
    """The blocks of one group of lines."""
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1][0]) and len(lines[0][0].strip()) <= HEADING:
        yield BlockKind.HEADING, [lines[0]], 1 if "=" in lines[1][0] else 2
        return
    if len(lines) == 1 and (level := _heading_level(lines[0][0].strip())):
        yield BlockKind.HEADING, [lines[0]], level
        return
    numbered = sum(bool(_ITEM.match(line.lstrip())) for line, _ in lines) > 1
    wrapped = max(len(line) for line, _ in lines) <= WRAPPED
    pieces: list[Piece] = []
    kind, level, indent = BlockKind.PARAGRAPH, 0, 0
    for line, start in lines:
        if _UNDERLINE.fullmatch(line):
            continue
        its_kind, its_pieces = plain(line, start, _ITEM if numbered else BULLET)
        if its_kind is BlockKind.ITEM or not wrapped:
            if pieces:
                yield kind, pieces, level
            width = len(line) - len(line.lstrip())
            level = 0 if its_kind is not BlockKind.ITEM else level + (width > indent) if level else 1
            kind, pieces, indent = its_kind, [], width
        pieces += [*([(" ", NO_RAW)] if pieces else []), *its_pieces]
    if pieces:
        yield kind, pieces, level


def _heading_level(line: str) -> int:
    """Of a line that stands alone; 0 when it is no heading."""
    letters = [character for character in line if character.isalpha()]
    if len(line) > HEADING or len(letters) < 3 or _ENDS.search(line):
        return 0
    if line.startswith("#"):
        return 0
    if numbered := _NUMBERED.match(line):
        rest = line[numbered.end() :]
        return numbered.group(1).count(".") + 1 if rest[0].isupper() and len(rest.split()) <= 10 else 0
    if _NAMED.match(line):
        return 1
    upper = sum(character.isupper() for character in letters)
    return 1 if upper == len(letters) and len(letters) > 3 else 0
