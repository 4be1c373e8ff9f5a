"""Questions that sections answer, as a field of their own: vectors, BM25, what was learned of them. Never quoted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np

from corpus.anticipated import Anticipated
from corpus.arrays import map_array
from corpus.language import translation_of
from corpus.types import Chunk
from index import themes
from index.errors import StaleIndex
from index.fusion import KEYWORD, standardised
from index.keywords import Keywords
from index.manifest import MEND
from index.sections import SectionReader, open_sections

ASKED = 0.35  # weight of the nearest anticipated question of a chunk's section, against the other scores
LEARNED = 2.4  # weight of what was learned of its section
FOLDER = "questions"  # of a generation
WeighedTexts = tuple[tuple[str, float], ...]  # each with its share of the scores; shares sum to 1
_TEXTS, _VECTORS, _KEYWORDS = "questions.json", "vectors.npy", "keywords"


@dataclass(frozen=True, eq=False)
class AskedScores:
    """Of n chunks."""

    added: np.ndarray  # (n,) float32, what the nearest adds to a fused score; 0, the mean, where a chunk has none
    moved: np.ndarray  # (n,) float32, what was learned adds, see `fusion.reordered`; NaN where nothing was
    cosine: np.ndarray  # (n,) float32, of the best question; NaN where a chunk has none
    section: np.ndarray  # (n,) float32, log of the probability of its section; NaN where none was learned

    def __getitem__(self, rows: np.ndarray) -> AskedScores:
        return AskedScores(self.added[rows], self.moved[rows], self.cosine[rows], self.section[rows])


@dataclass(frozen=True, eq=False)
class AnticipatedField:
    """The questions of an index; question i has vectors[i]."""

    questions: tuple[Anticipated, ...]
    vectors: np.ndarray  # (m, d) float32, rows of length 1
    keywords: Keywords
    chunks: tuple[Chunk, ...]
    sections: SectionReader | None = None  # what was learned of the questions that come with the program
    # what was learned of themes; the first one opens it
    opens_themes: Callable[[], SectionReader | None] = lambda: None

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """(k,) questions and (k,) rows: every chunk of the section that a question belongs to."""
        answering = _answering(self.chunks)
        pairs = [(i, row) for i, each in enumerate(self.questions) for row in answering(each)]
        asked, chunks = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(asked, dtype=np.int64), np.array(chunks, dtype=np.int64)

    @cached_property
    def _learned(self) -> tuple[np.ndarray, np.ndarray]:
        return self._places(self.sections)

    @cached_property
    def _themes(self) -> SectionReader | None:
        return self.opens_themes()

    @cached_property
    def _quoted(self) -> tuple[np.ndarray, np.ndarray]:
        return self._places(self._themes)

    def _places(self, reader: SectionReader | None) -> tuple[np.ndarray, np.ndarray]:
        """(k,) sections that were learned and (k,) rows: every chunk of each, and of its translations."""
        places = reader.places if reader else ()
        rows, translated = _rows(self.chunks), self._translations
        pairs = [
            (n, row)
            for n, place in enumerate(places)
            for same in (place, *translated.get(place, ()))
            for row in rows.get(same, ())
        ]
        return np.array([n for n, _ in pairs], dtype=np.int64), np.array([row for _, row in pairs], dtype=np.int64)

    @cached_property
    def _texts(self) -> Mapping[tuple[str, str], Mapping[str, Sequence[str]]]:
        """The questions of each section, by language."""
        found: dict[tuple[str, str], dict[str, list[str]]] = {}
        for each in self.questions:
            found.setdefault((each.publication, each.heading), {}).setdefault(each.language, []).append(each.text)
        return found

    def asked_of(self, chunk: Chunk, language: str) -> Sequence[str]:
        """The questions of the innermost section of a chunk that has some in a language, in the order of their file."""
        for heading in reversed(chunk.headings):
            place = chunk.publication, " ".join(heading.split())
            for section in (place, self._originals.get(place, place)):
                if texts := self._texts.get(section, {}).get(language):
                    return texts
        return ()

    @cached_property
    def _translations(self) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
        return _translated(self.chunks)

    @cached_property
    def _originals(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """The section that each section of a translation translates."""
        return {same: place for place, others in self._translations.items() for same in others}

    def scores(self, sought: WeighedTexts, vector: np.ndarray, theme: bool = False) -> AskedScores:
        """How close each chunk's best question is to the query, and how likely its section is the one that answers.

        `vector` is of all that is sought. `theme`: it is what a draft is about, and the section is what it quotes.
        Cosine and BM25, and the log probabilities, are standardised over the chunks that have any.
        """
        cosines = np.vecdot(self.vectors, vector)
        mixed = (1 - KEYWORD) * standardised(cosines) + KEYWORD * standardised(weighed(sought, self.keywords.scores))
        best = self._best(mixed, *self._pairs)
        added = ASKED * _standardised(best)
        moved = section = np.full(len(self.chunks), np.nan, dtype=np.float32)
        reader, places = (self._themes, self._quoted) if theme else (self.sections, self._learned)
        if reader is not None and len(places[0]):
            probable = weighed(sought, reader.answering)
            speaking = self._best(probable, *places)
            moved = np.where(np.isfinite(speaking), LEARNED * _standardised(speaking), np.nan)
            section = self._best(probable - np.logaddexp.reduce(probable), *places)
        nearest = self._best(cosines, *self._pairs)
        return AskedScores(added, moved, _or_nan(nearest), _or_nan(section))

    def _best(self, values: np.ndarray, places: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """(n,) of each chunk the highest value of its places; -inf where it has none."""
        best = np.full(len(self.chunks), -np.inf, dtype=np.float32)
        np.maximum.at(best, rows, values[places].astype(np.float32))
        return best


def weighed(texts: WeighedTexts, scores: Callable[[str], np.ndarray]) -> np.ndarray:
    """The sum of the scores of each text, by its share."""
    return np.sum([share * scores(text) for text, share in texts], axis=0)


def _standardised(best: np.ndarray) -> np.ndarray:
    """Over what is finite; 0 elsewhere."""
    having = np.isfinite(best)
    found = np.zeros(len(best), dtype=np.float32)
    found[having] = standardised(best[having])
    return found


def _or_nan(best: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(best), best, np.nan)


def answered(questions: Sequence[Anticipated], chunks: Sequence[Chunk]) -> tuple[Anticipated, ...]:
    """Those that some of the chunks answer, in their order."""
    answering = _answering(chunks)
    return tuple(each for each in questions if answering(each))


def write(place: Path, questions: Sequence[Anticipated], vectors: np.ndarray) -> None:
    """Writes the field of a generation; nothing where there are no questions."""
    if not questions:
        return
    folder = place / FOLDER
    folder.mkdir()
    rows = [(each.publication, each.heading, each.language, each.text, each.span) for each in questions]
    (folder / _TEXTS).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    np.save(folder / _VECTORS, vectors)
    _keywords(tuple(questions)).save(folder / _KEYWORDS)


@lru_cache(maxsize=1)
def _keywords(questions: tuple[Anticipated, ...]) -> Keywords:
    """Those of the last build are kept: most documents that are added bring no question, and this is a fifth of it."""
    return Keywords.build([each.text for each in questions], [each.language for each in questions])


def read(place: Path, chunks: tuple[Chunk, ...]) -> AnticipatedField | None:
    """None for an index without; StaleIndex where the files are damaged."""
    folder = place / FOLDER
    if not folder.is_dir():
        return None
    try:
        rows = json.loads((folder / _TEXTS).read_text("utf-8"))
        questions = tuple(Anticipated(*row[:4], *(tuple(span) for span in row[4:] if span)) for row in rows)
        vectors = map_array(folder / _VECTORS)
        if len(vectors) != len(questions):
            raise ValueError(f"{len(vectors)} vectors for {len(questions)} questions")
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise StaleIndex(f"index files in {folder} are damaged ({error}); {MEND}") from error
    among = {(each.publication, each.heading) for each in questions}
    return AnticipatedField(
        questions,
        vectors,
        Keywords.open(folder / _KEYWORDS),
        chunks,
        open_sections(among),
        partial(open_sections, among, themes.NAME),
    )


def _answering(chunks: Sequence[Chunk]) -> Callable[[Anticipated], Sequence[int]]:
    """Tells the chunks of the section that a question belongs to; of its span those of which half lies within.

    Those of a translation without questions of its own, too, where the question is in its language.
    """
    sections, translated = _rows(chunks), _translated(chunks)

    def rows(question: Anticipated) -> Sequence[int]:
        place = (question.publication, question.heading)
        found = sections.get(place, [])
        if question.span is None:
            own = (same for same in translated.get(place, ()) if translation_of(same[0])[1] == question.language)
            return [*found, *(row for same in own for row in sections[same])]
        start, end = question.span
        return [
            row
            for row in found
            if 2 * (min(end, chunks[row].end) - max(start, chunks[row].start)) >= chunks[row].end - chunks[row].start
        ]

    return rows


def _rows(chunks: Sequence[Chunk]) -> dict[tuple[str, str], list[int]]:
    """The chunks of each section, by publication and any of the headings above them."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, chunk in enumerate(chunks):
        for heading in chunk.headings:
            found.setdefault((chunk.publication, " ".join(heading.split())), []).append(row)
    return found


def _translated(chunks: Sequence[Chunk]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Section -> the same in other languages: the n-th of a translation ('original-fr') that has as many sections."""
    sections: dict[str, dict[str, None]] = {}
    for chunk in sorted(chunks, key=lambda chunk: chunk.start):
        for heading in chunk.headings[1:2]:
            sections.setdefault(chunk.publication, {})[" ".join(heading.split())] = None
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for publication, headings in sections.items():
        original, code = translation_of(publication)
        if code and len(sections.get(original, ())) == len(headings):
            for mine, theirs in zip(headings, sections[original], strict=True):
                found.setdefault((original, theirs), []).append((publication, mine))
    return found
