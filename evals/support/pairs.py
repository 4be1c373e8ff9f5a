"""Labelled pairs of passage and sentence, through the whole check of written sentences, and its errors for each kind.

Pairs are split by passage, so that no passage is in both halves. *Not supported* is what is not shown plain: withheld,
or shown with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Evidence, Passage, Statement, Support
from assistant.write.check import Checker, check
from assistant.write.draft import DraftSentence
from assistant.write.judges import Judge
from assistant.write.support import NO_MODELS, SupportModels
from corpus.errors import IcatError
from corpus.lines import read_lines
from corpus.types import Chunk, Publication, StrictModel
from evals.figures.tables import Table, number
from evals.plain_texts import PlainTexts

CASES = Path(__file__).resolve().parents[1] / "cases" / "support.jsonl"
FAITHFUL = "faithful"  # kinds that begin with it are supported


class LabelledSentence(StrictModel):
    """One sentence about a passage."""

    kind: str
    label: Support  # FULL, PARTIAL or NONE
    sentence: str
    also: str = ""  # id of a second passage that is cited too

    @property
    def faithful(self) -> bool:
        return self.kind.startswith(FAITHFUL)


class SupportCase(StrictModel):
    """One passage, written for this project, and sentences about it."""

    id: str
    domain: str
    split: str  # "tune" or "test"
    language: str
    passage: str
    pairs: tuple[LabelledSentence, ...]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What the check made of a sentence."""

    pair: LabelledSentence
    case: SupportCase
    statement: Statement


@dataclass(frozen=True, slots=True)
class KindErrors:
    """How sentences of one kind fare. A share of nothing is None."""

    kind: str
    n: int
    caught: float | None  # share not shown plain: recall of "not supported"
    withheld: float | None  # share not shown at all
    precision: float | None  # of "not supported", among this kind and the faithful ones


def read_cases(file: Path = CASES) -> tuple[SupportCase, ...]:
    """The cases of a file, one JSON object a line."""
    return tuple(case for _, case in read_lines(file, SupportCase.model_validate_json, IcatError))


def shelf_of(cases: Sequence[SupportCase]) -> PlainTexts:
    """The passages of all cases as documents."""
    publications = {case.id: Publication(id=case.id, title=case.id.replace("-", " ").capitalize()) for case in cases}
    return PlainTexts(publications, {case.id: case.passage for case in cases})


def passage_of(id: str, language: str, shelf: PlainTexts) -> Passage:
    """The whole of a document as one passage."""
    text = shelf.texts[id]
    chunk = Chunk(f"{id}#1", id, text, 0, len(text), 1, 1, (), language)
    return Passage(chunk, shelf.publications[id], None, None, 1.0, shelf.document_sha256(id))


def run(
    cases: Sequence[SupportCase], split: str = "", models: SupportModels = NO_MODELS, judge: Judge | None = None
) -> list[JudgedPair]:
    """Every pair of a split ("" for all), through the whole check: quote, closeness, wording guard, and a judge."""
    shelf = shelf_of(cases)
    checker = Checker(shelf, models, judge)
    found = []
    for case in cases:
        for pair in case.pairs if not split or case.split == split else ():
            cited = (case.id, pair.also) if pair.also else (case.id,)
            found.append(JudgedPair(pair, case, checked(pair.sentence, cited, case.language, checker)))
    return found


def checked(sentence: str, cited: Sequence[str], language: str, checker: Checker) -> Statement:
    """A sentence against the passages that it cites, by their ids."""
    shelf: PlainTexts = checker.documents  # type: ignore[assignment]
    evidence = Evidence(tuple(passage_of(id, language, shelf) for id in cited))
    return check(DraftSentence(sentence, tuple(range(1, len(cited) + 1))), evidence, checker, language)


def by_kind(found: Sequence[JudgedPair]) -> list[KindErrors]:
    """One a kind, in order of first appearance, then all faithful ones and all others."""
    plain = [each for each in found if each.pair.faithful]
    false = sum(map(_caught, plain))
    kinds = dict.fromkeys(each.pair.kind for each in found)
    groups = {kind: [each for each in found if each.pair.kind == kind] for kind in kinds}
    groups |= {"all faithful": plain, "all others": [each for each in found if not each.pair.faithful]}
    return [_errors(kind, of, false) for kind, of in groups.items()]


def _errors(kind: str, of: Sequence[JudgedPair], false: int) -> KindErrors:
    """`false`: how many faithful sentences are caught."""
    caught = sum(map(_caught, of))
    withheld = sum(each.statement.support is Support.NONE for each in of)
    faithful = any(each.pair.faithful for each in of)
    precision = None if faithful else _share(caught, caught + false)
    return KindErrors(kind, len(of), _share(caught, len(of)), _share(withheld, len(of)), precision)


def _caught(each: JudgedPair) -> bool:
    return each.statement.support is not Support.FULL


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def report(found: Sequence[JudgedPair]) -> Iterator[str]:
    """A table of the errors."""
    rows = [
        (each.kind, str(each.n), number(each.caught, 2), number(each.withheld, 2), number(each.precision, 2))
        for each in by_kind(found)
    ]
    yield from Table(("kind", "n", "caught", "withheld", "precision"), rows).lines()
