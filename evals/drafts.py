"""What becomes of sentences whose truth is known: shown plain, shown marked, or withheld.

`python -m evals.drafts FILE...` reads drafts with the passages that their writer saw and what is true of each sentence
(a JSON object a line), and files of labelled pairs (see `evals.support`). A draft's passages are looked up in the data
folder (`--home`), where their documents are, or stand alone. `--half` takes one half of each file: by the digest
of a draft's id, and by the split that a file of pairs names.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.commands.output import line
from assistant.types import Evidence, Passage, Statement, Support
from assistant.write.check import CheckedDraft, Checker, check, check_draft
from assistant.write.draft import DraftSentence, parse
from assistant.write.support import SupportModels
from corpus.errors import UnknownPublication
from corpus.library import Library
from corpus.sentences import sentences
from corpus.types import Chunk, Document
from evals.support import FAITHFUL, Case, Shelf, document_of, passage_of, shelf_of
from index.encoders import open_embedder
from index.types import IndexSettings

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
    """The drafts of a file, or of one half of it. ValidationError for a file of something else."""
    lines = file.read_text(encoding="utf-8").splitlines()
    drafts = tuple(ToldDraft.model_validate_json(text) for text in lines if text.strip())
    return tuple(draft for draft in drafts if half in (None, draft.half))


def read_pairs(file: Path, half: Half | None = None) -> tuple[Case, ...]:
    """The cases of a file, or of one split."""
    lines = file.read_text(encoding="utf-8").splitlines()
    cases = tuple(Case.model_validate_json(text) for text in lines if text.strip())
    return tuple(case for case in cases if half in (None, case.split))


def evidence_of(draft: ToldDraft, library: Library | None) -> tuple[Evidence, Shelf]:
    """The draft's passages, and the documents that they point into."""
    documents: dict[str, Document] = {}
    passages: list[Passage] = []
    for seen in draft.passages:
        document = _in_library(seen, library)
        start = seen.start
        if document is None:
            document, start = document_of(f"{seen.publication}-{seen.label}", seen.text), 0
        about = document.publication
        documents[about.id] = document
        digest = Shelf(documents).document_sha256(about.id)
        text = document.text[start : start + len(seen.text)]
        chunk = Chunk(
            f"{about.id}#{seen.label}", about.id, text, start, start + len(text), 1, 1, seen.headings, about.language
        )
        passages.append(Passage(chunk, about, None, None, 1.0, digest))
    return Evidence(tuple(passages)), Shelf(documents)


def _in_library(seen: SeenPassage, library: Library | None) -> Document | None:
    try:
        document = library.document(seen.publication) if library else None
    except UnknownPublication:
        return None
    return document if document and document.text[seen.start : seen.end] == seen.text else None


def checked_draft(
    draft: ToldDraft, library: Library | None, models: SupportModels
) -> tuple[list[CheckedSentence], CheckedDraft | None]:
    """Each sentence by itself, and the draft as a whole; None of a draft without sentences."""
    evidence, shelf = evidence_of(draft, library)
    checker = Checker(shelf, sentences, models)
    found = [
        CheckedSentence(
            draft.id, each.kind or FAITHFUL, check(DraftSentence(each.text, each.labels), evidence, checker)
        )
        for each in draft.sentences
    ]
    claims = [sentence for sentence in parse(draft.draft).sentences if not sentence.lead]
    return found, check_draft(claims, evidence, checker) if claims and found else None


def check_pairs(cases: Sequence[Case], known: Sequence[Case], models: SupportModels) -> list[CheckedSentence]:
    """Every pair of the cases; `known` holds all passages that they may cite."""
    shelf = shelf_of(known)
    language = {case.id: case.language for case in known}
    checker = Checker(shelf, sentences, models)
    found = []
    for case in cases:
        for pair in case.pairs:
            ids = [case.id, *([pair.also] if pair.also else [])]
            evidence = Evidence(tuple(passage_of(shelf.document(id), language[id], shelf) for id in ids))
            cited = DraftSentence(pair.sentence, tuple(range(1, len(ids) + 1)))
            found.append(CheckedSentence(case.id, pair.kind, check(cited, evidence, checker, case.language)))
    return found


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
    parser = argparse.ArgumentParser(prog="python -m evals.drafts", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", choices=("tune", "test"))
    parser.add_argument("--home", type=Path, help="data folder with the documents that the passages are of")
    parser.add_argument("--models", default="both", choices=("both", "none"), help="what the check may ask")
    parser.add_argument("--list", action="store_true", help="also each sentence that is not treated as it should be")
    options = parser.parse_args(argv)
    settings = IndexSettings()
    asked = options.models == "both"
    models = SupportModels(None, open_embedder(settings.embedder)) if asked else SupportModels()
    for file in options.files:
        line(f"{file.name}, {options.half or 'both halves'}")
        checked: list[CheckedSentence] = []
        grounded: list[CheckedDraft] = []
        try:
            drafts = read_drafts(file, options.half)
        except ValidationError:
            checked = check_pairs(read_pairs(file, options.half), read_pairs(file), models)
        else:
            library = _library(options.home)
            for draft in drafts:
                found, whole = checked_draft(draft, library, models)
                checked += found
                grounded += [whole] if whole else []
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


def _library(home: Path | None) -> Library:
    """The documents of a data folder over the starter texts."""
    from assistant.settings import load_settings
    from assistant.wiring import open_library

    settings = load_settings()
    return open_library(settings.model_copy(update={"home": home}) if home else settings)


if __name__ == "__main__":
    sys.exit(main())
