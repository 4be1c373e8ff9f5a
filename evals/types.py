"""What an evaluation is made of: cases with gold quotes, and what one run kept of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import Field

from assistant.types import Covered, Status
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, PublicationId, StrictModel


class Split(StrEnum):
    """Which cases a change may be tuned on, and which only measure it."""

    TUNE = "tune"
    TEST = "test"


class CorpusName(StrEnum):
    """What has to be in the library before a case is asked."""

    STARTER = "starter"  # a fresh data folder
    SYNTHETIC = "synthetic"  # that and the documents in evals/cases/documents, written for this project
    POLICY = "policy"  # that and a folder of real PDFs, which are not in this repository


class Expected(StrEnum):
    """How an answer should end."""

    ANSWERED = "answered"  # fully
    PARTLY = "partly"  # what the corpus has, and word of what it has not
    DECLINED = "declined"  # no statement: nothing here answers it
    REFUSED = "refused"  # urgent, harmful, off topic or a greeting: see `status`


class GoldSpan(StrictModel):
    """A passage that answers, as a quote on a page: chunking can change without labelling again."""

    publication: PublicationId
    page: int = Field(ge=1, description="PDF page, from 1; 1 in a text without pages")
    quote: str = Field(min_length=8, description="verbatim but for white space")
    part: int = Field(0, ge=0, description="which part of the question it answers, from 0")
    label: str | None = Field(None, description="page number as printed, read off the page by a person; None: not read")


class GoldList(StrictModel):
    """A complete list that must be given."""

    kind: ItemKind
    activity: Activity | None = Field(None, description="None: part one")
    levels: tuple[Level, ...] = Field((), description="(): all")


class GoldPart(StrictModel):
    """One part of a question with several."""

    part: str
    covered: Covered


class EvalCase(StrictModel):
    """One question, or a conversation that ends in it, and what a good answer does."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    question: str = Field(min_length=1)
    history: tuple[str, ...] = Field((), description="questions asked before it, oldest first; asked in turn")
    corpus: CorpusName = CorpusName.STARTER
    expected: Expected
    status: tuple[Status, ...] = Field((), description="acceptable statuses, where the exact one matters")
    gold: tuple[GoldSpan, ...] = ()
    lists: tuple[GoldList, ...] = ()
    parts: tuple[GoldPart, ...] = ()
    reference: str = Field("", description="an answer in the words of whoever wrote the case")
    never: tuple[str, ...] = Field((), description="words that must not be shown, such as an injected instruction's")
    language: str = "en"
    tags: tuple[str, ...] = Field(min_length=1)
    split: Split

    @property
    def answerable(self) -> bool:
        """Whether the corpus has what answers it, at least in part."""
        return self.expected in (Expected.ANSWERED, Expected.PARTLY)


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """One retrieved passage of a stage, best first, as a span of its document."""

    publication: PublicationId
    start: int
    end: int
    pages: tuple[int, int]  # first and last PDF page


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """Where a gold span stands in the document that was asked, characters half-open."""

    publication: PublicationId
    start: int
    end: int
    page: int  # PDF page the quote starts on
    label: str | None = None  # as the case gives it
    paged: bool = True  # False: a text without pages, where every page is 1


@dataclass(frozen=True, slots=True)
class ListInForce:
    """A gold list as the corpus has it: what a complete answer shows."""

    kind: ItemKind
    activity: Activity | None  # None: part one
    items: tuple[str, ...]  # ids of the items of the levels asked for
    total: int  # of the whole list, whatever the levels


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """One quote of an answer, held against its document when the answer was given."""

    statement: int  # position in the answer's statements, from 0
    quote: int  # position in the statement's quotes, from 0
    exact: bool  # document.text[start:end] == text, and the document is still the one that was searched
    boxed: bool | None = None  # the letters under its boxes are its own; None: no page to look at


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What a run kept of one case: the answer as `assistant.show.record` writes it, and what retrieval gave."""

    case: str
    answer: dict[str, Any] | None  # None where asking it failed: see `error`
    stages: dict[str, tuple[PassageSpan, ...]]  # "bm25", "dense", "fused"
    seconds: dict[str, float]  # "answer", and by step where it is known
    error: str = ""
    gold: tuple[GoldPlace, ...] = ()  # one for each gold span of the case, in its order
    lists: tuple[ListInForce, ...] = ()  # one for each gold list of the case, in its order
    quotes: tuple[QuoteCheck, ...] = ()  # one for each quote of each statement, in order
    # Judge -> support of each statement, then of each that was withheld; None where it said nothing.
    judges: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
