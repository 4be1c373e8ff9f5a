"""What a reader hands back, and how readers that work on characters build a Document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from pathlib import Path

import numpy as np

from corpus.types import NO_RAW, Block, BlockKind, Document, Page, Problem, Publication

# A run of text and the raw index of its first character; NO_RAW: it stands nowhere in the source.
Piece = tuple[str, int]

FIRST_PAGE = 3000  # characters that stand for the first page of a text without pages
BULLET = re.compile(r"[•▪▫◦‣⁃●○■□◆◇►▸➢➤✓✔·ƒ\uf0a7\uf0b7\uf0d8\uf0fc]\s*|[-*–]\s+")
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ufffe]")  # seen by nobody
_SPACES = re.compile(r"\s+")
_CLOSE = {  # kinds that stand on neighbouring lines; others are a blank line apart
    (BlockKind.ITEM, BlockKind.ITEM),
    (BlockKind.PARAGRAPH, BlockKind.ITEM),
    (BlockKind.ROW, BlockKind.ROW),
    (BlockKind.FOOTNOTE, BlockKind.FOOTNOTE),
}


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What a file says of itself. Each field is "" where it says nothing."""

    title: str = ""
    date: str = ""  # "2016", "2016-10" or "2016-10-05"
    language: str = ""  # ISO 639-1, told from the text
    first_page_text: str = ""  # cleaned; FIRST_PAGE characters where a source has no pages


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read. No document: `problems` says why, in one line that names no page."""

    document: Document | None
    problems: tuple[Problem, ...] = ()
    metadata: FileMetadata = field(default_factory=FileMetadata)
    layer: Path | None = None  # the copy with recognised text that was read in place of the file


def no_text(file: str) -> Problem:
    return Problem(file, None, "holds no text", "check that it is the right file")


def iso_date(text: str) -> str:
    """The date a text begins with, if it is written year first; "" otherwise."""
    found = re.match(r"\s*((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?(?!\d)", text)
    return "-".join(part for part in found.groups() if part) if found else ""


class DocumentDraft:
    """Blocks as they are found, each character with the raw index it came from."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._raw: list[np.ndarray] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: BlockKind, pieces: Iterable[Piece], level: int = 0) -> None:
        """One block. White space is folded to single spaces; a block of nothing else is left out.

        A row loses the empty cells at its end, and is left out when all are empty.
        """
        pieces = [piece for piece in pieces if piece[0]]
        text = "".join(piece for piece, _ in pieces)
        if not text or text.isspace():
            return
        raw = np.concatenate([_indexes(piece, start) for piece, start in pieces])
        text, raw = _folded(text, raw)
        if kind is BlockKind.ROW:
            text = text.rstrip(" |")
        if not text:
            return
        if self._blocks:
            close = (self._blocks[-1].kind, kind) in _CLOSE
            self._append("\n" if close else "\n\n", np.full(1 if close else 2, NO_RAW, dtype=np.int32))
        self._blocks.append(Block(kind, self._length, self._length + len(text), level))
        self._append(text, raw[: len(text)])

    def _append(self, text: str, raw: np.ndarray) -> None:
        self._texts.append(text)
        self._raw.append(raw)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._texts)

    def first(self, *kinds: BlockKind) -> str:
        """The text of the first block of these kinds, without any of the first at all; "" when there is none."""
        block = next((block for block in self._blocks if not kinds or block.kind in kinds), None)
        return self.text[block.start : block.end] if block else ""

    def reading(self, publication: Publication, file: str, title: str, date: str = "") -> FileReading:
        """The document, or a problem without one. `date` as the source writes it, kept where it begins with a year."""
        document = self.document(publication)
        if document is None:
            return FileReading(None, (no_text(file),))
        given = FileMetadata(" ".join(title.split()), iso_date(date), "", document.text[:FIRST_PAGE])
        return FileReading(document, (), given)

    def document(self, publication: Publication) -> Document | None:
        """The document, of one page without size. None when no block was added."""
        if not self._blocks:
            return None
        pages = (Page(1, None, 0, self._length),)
        return Document(publication, self.text, pages, tuple(self._blocks), np.concatenate(self._raw))


def plain(text: str, start: int, mark: re.Pattern[str] = BULLET) -> tuple[BlockKind, list[Piece]]:
    """A paragraph, or an item without its bullet or what else `mark` matches."""
    lead = len(text) - len(text.lstrip())
    bullet = mark.match(text, lead)
    if bullet and text[bullet.end() :].strip():
        return BlockKind.ITEM, [(text[bullet.end() :], start + bullet.end())]
    return BlockKind.PARAGRAPH, [(text, start)]


def _indexes(text: str, start: int) -> np.ndarray:
    if start == NO_RAW:
        return np.full(len(text), NO_RAW, dtype=np.int32)
    return np.arange(start, start + len(text), dtype=np.int32)


def _folded(text: str, raw: np.ndarray) -> tuple[str, np.ndarray]:
    """Without what nobody sees and with single spaces, none at the ends."""
    dropped = [match.start() for match in _DROPPED.finditer(text)]
    if dropped:
        text, raw = _DROPPED.sub("", text), np.delete(raw, dropped)
    keep = np.ones(len(text), dtype=bool)
    for match in _SPACES.finditer(text):
        inner = match.start() > 0 and match.end() < len(text)
        keep[match.start() + inner : match.end()] = False
    return _SPACES.sub(" ", text).strip(), raw[keep]


def to_plain(reading: FileReading) -> tuple:
    """A reading as numbers, text and bytes, without its publication: what a child process may answer."""
    document, given = reading.document, reading.metadata
    body = document and (
        document.text,
        [(page.number, page.label, page.start, page.end, page.width, page.height) for page in document.pages],
        [(str(block.kind), block.start, block.end, block.level) for block in document.blocks],
        document.raw.astype("<i4").tobytes(),
    )
    problems = [astuple(problem) for problem in reading.problems]
    return body, problems, (given.title, given.date, given.language, given.first_page_text)


def from_plain(plain_reading: tuple, publication: Publication) -> FileReading:
    """The reverse. ValueError when it is not a reading."""
    body, problems, given = plain_reading
    document = None
    if body:
        text, pages, blocks, raw = body
        document = Document(
            publication,
            text,
            tuple(Page(*page) for page in pages),
            tuple(Block(BlockKind(kind), *rest) for kind, *rest in blocks),
            np.frombuffer(raw, dtype="<i4").astype(np.int32, copy=False),
        )
    return FileReading(document, tuple(Problem(*problem) for problem in problems), FileMetadata(*given))
