"""Questions that sections answer, as a field of their own: own vectors and BM25, one score a chunk, never quoted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.anticipated import Anticipated
from corpus.types import Chunk
from index.errors import StaleIndex
from index.fusion import KEYWORD, standardised
from index.keywords import Keywords
from index.manifest import MEND

FOLDER = "questions"  # of a generation
_TEXTS, _VECTORS, _KEYWORDS = "questions.json", "vectors.npy", "keywords"


@dataclass(frozen=True, eq=False)
class AskedScores:
    """Of n chunks."""

    relative: (
        np.ndarray
    )  # (n,) float32, cosine and BM25 standardised over chunks that have questions; others 0, the mean
    cosine: np.ndarray  # (n,) float32, of the best question; NaN where a chunk has none

    def __getitem__(self, rows: np.ndarray) -> AskedScores:
        return AskedScores(self.relative[rows], self.cosine[rows])


@dataclass(frozen=True, eq=False)
class AnticipatedField:
    """The questions of an index; question i has vectors[i]."""

    questions: tuple[Anticipated, ...]
    vectors: np.ndarray  # (m, d) float32, rows of length 1
    keywords: Keywords
    chunks: tuple[Chunk, ...]

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """(k,) questions and (k,) rows: every chunk of the section that a question belongs to."""
        rows = _rows(self.chunks)
        pairs = [(i, row) for i, each in enumerate(self.questions) for row in rows[each.publication, each.heading]]
        asked, chunks = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(asked, dtype=np.int64), np.array(chunks, dtype=np.int64)

    def scores(self, query: str, vector: np.ndarray) -> AskedScores:
        """How close each chunk's best question is to the query."""
        cosines = np.vecdot(self.vectors, vector)
        mixed = (1 - KEYWORD) * standardised(cosines) + KEYWORD * standardised(self.keywords.scores(query))
        best = self._best(mixed)
        having = np.isfinite(best)
        found = np.zeros(len(self.chunks), dtype=np.float32)
        found[having] = standardised(best[having])
        return AskedScores(found, np.where(having, self._best(cosines), np.nan))

    def _best(self, values: np.ndarray) -> np.ndarray:
        """(n,) of each chunk the highest value of its questions; -inf where it has none."""
        asked, rows = self._pairs
        best = np.full(len(self.chunks), -np.inf, dtype=np.float32)
        np.maximum.at(best, rows, values[asked].astype(np.float32))
        return best


def answered(questions: Sequence[Anticipated], chunks: Sequence[Chunk]) -> tuple[Anticipated, ...]:
    """Those whose section is among the chunks, in their order."""
    rows = _rows(chunks)
    return tuple(each for each in questions if (each.publication, each.heading) in rows)


def write(place: Path, questions: Sequence[Anticipated], vectors: np.ndarray) -> None:
    """Writes the field of a generation; nothing where there are no questions."""
    if not questions:
        return
    folder = place / FOLDER
    folder.mkdir()
    (folder / _TEXTS).write_text(json.dumps([astuple(each) for each in questions], ensure_ascii=False), "utf-8")
    np.save(folder / _VECTORS, vectors)
    texts, languages = [each.text for each in questions], [each.language for each in questions]
    Keywords.build(texts, languages).save(folder / _KEYWORDS)


def read(place: Path, chunks: tuple[Chunk, ...]) -> AnticipatedField | None:
    """None for an index without; StaleIndex where the files are damaged."""
    folder = place / FOLDER
    if not folder.is_dir():
        return None
    try:
        questions = tuple(Anticipated(*row) for row in json.loads((folder / _TEXTS).read_text("utf-8")))
        vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
        if len(vectors) != len(questions):
            raise ValueError(f"{len(vectors)} vectors for {len(questions)} questions")
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise StaleIndex(f"index files in {folder} are damaged ({error}); {MEND}") from error
    return AnticipatedField(questions, vectors, Keywords.open(folder / _KEYWORDS), chunks)


def _rows(chunks: Sequence[Chunk]) -> dict[tuple[str, str], list[int]]:
    """The chunks of each section, by publication and any of the headings above them."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, chunk in enumerate(chunks):
        for heading in chunk.headings:
            found.setdefault((chunk.publication, " ".join(heading.split())), []).append(row)
    return found
