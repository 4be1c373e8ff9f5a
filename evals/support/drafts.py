"""What becomes of sentences whose truth is known: shown plain, shown marked, or withheld.

`python -m evals.support.drafts FILE...` reads drafts with the passages that their writer saw and what is true of each
sentence (a JSON object a line). `--half` takes one half of each file, by the digest of a draft's id.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.commands.output import line
from assistant.types import Evidence, Passage, Statement, Support
from assistant.wiring import open_support
from assistant.write.check import CheckedDraft, Checker, check, check_draft
from assistant.write.draft import DraftSentence, parse
from assistant.write.support import SupportModels
from corpus.errors import IcatError
from corpus.lines import read_lines
from corpus.types import Publication
from evals.plain_texts import PlainTexts
from evals.support.pairs import FAITHFUL, passage_of

Half = Literal["tune", "test"]


class Fate(StrEnum):
    """What a reader sees of a sentence."""

    PLAIN = "plain"
    MARKED = "marked"
    WITHHELD = "withheld"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SeenPassage(_Told):
    """A passage as its writer saw it: `document.text[start:end] == text`."""

    label: int
    publication: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    language: str = "en"  # ISO 639-1
    text: str


class ToldSentence(_Told):
    """A sentence and what is true of it."""

    text: str
    labels: tuple[int, ...]
    truth: Literal["faithful", "unfaithful"]
    kind: str = ""  # what is wrong with it: "number", "wrong actor"


class ToldDraft(_Told):
    """A faithful draft, its sentences, and further ones that are not faithful."""

    id: str
    language: str = "en"  # ISO 639-1, of the draft
    draft: str
    sentences: tuple[ToldSentence, ...]
    passages: tuple[SeenPassage, ...]

    @property
    def half(self) -> Half:
        return "tune" if int(sha256(self.id.encode()).hexdigest(), 16) % 2 == 0 else "test"


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence after the check."""

    origin: str  # of the draft or passage
    kind: str  # "faithful", or what is wrong with it
    statement: Statement

    @property
    def faithful(self) -> bool:
        return self.kind.startswith(FAITHFUL)

    @property
    def fate(self) -> Fate:
        return fate_of(self.statement)


def fate_of(statement: Statement) -> Fate:
    """As `check_draft` decides it."""
    if statement.support is Support.NONE:
        return Fate.WITHHELD
    return Fate.PLAIN if statement.support is Support.FULL else Fate.MARKED


def read_drafts(file: Path, half: Half | None = None) -> tuple[ToldDraft, ...]:
    """The drafts of a file, or of one half of it."""
    drafts = (draft for _, draft in read_lines(file, ToldDraft.model_validate_json, IcatError))
    return tuple(draft for draft in drafts if half in (None, draft.half))


def evidence_of(draft: ToldDraft) -> tuple[Evidence, PlainTexts]:
    """The draft's passages, each a document of its own."""
    names = {seen.label: f"{seen.publication}-{seen.label}" for seen in draft.passages}
    publications = {name: Publication(id=name, title=name) for name in names.values()}
    shelf = PlainTexts(publications, {names[seen.label]: seen.text for seen in draft.passages})
    passages = (_headed(passage_of(names[seen.label], seen.language, shelf), seen) for seen in draft.passages)
    return Evidence(tuple(passages)), shelf


def _headed(passage: Passage, seen: SeenPassage) -> Passage:
    return replace(passage, chunk=replace(passage.chunk, headings=seen.headings))


def checked_draft(draft: ToldDraft, models: SupportModels) -> tuple[list[CheckedSentence], CheckedDraft | None]:
    """Each sentence by itself, and the draft as a whole; None of a draft without sentences."""
    evidence, shelf = evidence_of(draft)
    checker = Checker(shelf, models)
    found = [
        CheckedSentence(
            draft.id,
            each.kind or FAITHFUL,
            check(DraftSentence(each.text, each.labels), evidence, checker, draft.language),
        )
        for each in draft.sentences
    ]
    claims = [sentence for sentence in parse(draft.draft).sentences if not sentence.lead]
    return found, check_draft(claims, evidence, checker, draft.language) if claims and found else None


def table(checked: Sequence[CheckedSentence]) -> Iterator[str]:
    """Plain, marked and withheld: of the faithful, of the others, and of these by kind."""
    yield f"{'':32} {'n':>4}  plain  marked  withheld"
    others = [each for each in checked if not each.faithful]
    yield _row("faithful", [each for each in checked if each.faithful])
    yield _row("not faithful", others)
    for kind in sorted({each.kind for each in others}):
        yield _row(f"  {kind}", [each for each in others if each.kind == kind])


def _row(name: str, checked: Sequence[CheckedSentence]) -> str:
    fates = Counter(each.fate for each in checked)
    shares = [f"{fates[fate] / len(checked):.2f}" if checked else "-" for fate in Fate]
    return f"{name:32} {len(checked):>4}  {shares[0]:>5}  {shares[1]:>6}  {shares[2]:>8}"


def drafts_line(grounded: Sequence[CheckedDraft]) -> str:
    """How many good drafts come through without a mark, and how many are thrown away."""
    clean = sum(not each.withheld and all(s.support is Support.FULL for s in each.statements) for each in grounded)
    lost = sum(each.ungrounded for each in grounded)
    return f"{len(grounded)} good drafts: {clean} without any mark, {lost} thrown away"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a table for each file."""
    parser = argparse.ArgumentParser(prog="python -m evals.support.drafts", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", choices=("tune", "test"))
    parser.add_argument("--models", default="both", choices=("both", "none"), help="what the check may ask")
    parser.add_argument("--list", action="store_true", help="also each sentence that is not treated as it should be")
    options = parser.parse_args(argv)
    models = open_support(None) if options.models == "both" else SupportModels()
    for file in options.files:
        line(f"{file.name}, {options.half or 'both halves'}")
        both = [checked_draft(draft, models) for draft in read_drafts(file, options.half)]
        checked = [each for found, _ in both for each in found]
        grounded = [whole for _, whole in both if whole]
        for text in table(checked):
            line(text)
        if grounded:
            line(drafts_line(grounded))
        if options.list:
            for each in checked:
                if (each.fate is Fate.PLAIN) is not each.faithful:
                    reasons = "; ".join(each.statement.warnings)
                    line(f"{each.origin} {each.kind}: {each.fate}: {each.statement.text} | {reasons}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
