"""A document of two pages, cases over it, and answers made by hand."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from assistant.types import Act, Answer, Coverage, Evidence, Passage, Quote, Request, Statement, Support
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Block, BlockKind, Chunk, Document, Origin, Page, Publication
from evals.types import EvalCase, GoldPlace

FIRST = "Inspectors visit farms twice a year.\nThey speak with\nworkers alone.\n"
SECOND = "A hotline takes calls at night.\n"
TEXT = FIRST + SECOND
PUBLICATION = Publication(id="farms", title="Farms")
SHA = sha256(TEXT.encode()).hexdigest()


def document() -> Document:
    starts = [0, 37, 69]
    ends = [36, 68, 100]
    blocks = tuple(Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, ends, strict=True))
    pages = (Page(1, None, 0, len(FIRST)), Page(2, "ii", len(FIRST), len(TEXT)))
    return Document(PUBLICATION, TEXT, pages, blocks, np.arange(len(TEXT), dtype=np.int32))


class OneDocument:
    """A library of the one document."""

    def document(self, publication: str) -> Document:
        from corpus.errors import UnknownPublication

        if publication != "farms":
            raise UnknownPublication(f"no publication {publication!r}")
        return document()

    def document_sha256(self, publication: str) -> str:
        return SHA

    def original(self, publication: str) -> None:
        return None

    def layer(self, publication: str) -> None:
        return None


def item(number: int, level: Level = Level.OUTPUT) -> ToolkitItem:
    return ToolkitItem(
        f"i{number}", ItemKind.INDICATOR, f"Indicator {number}", Origin.STARTER, "farms", (number, number + 5),
        activity=Activity.LIVELIHOODS, part=ToolkitPart.TWO, level=level,
    )  # fmt: skip


TOOLKIT = Toolkit((item(1), item(2, Level.IMPACT), item(3)))


def case(id: str = "visits", **fields: object) -> EvalCase:
    return EvalCase.model_validate(
        {"id": id, "question": "Who visits farms?", "expected": "answered", "tags": ["factual"], "split": "tune"}
        | fields
    )


def place(start: int, end: int, page: int = 1, label: str | None = None) -> GoldPlace:
    return GoldPlace("farms", start, end, page, label)


def quote(start: int, end: int, label: int = 1, page: int = 1, page_label: str | None = None) -> Quote:
    return Quote(label, "farms", start, end, TEXT[start:end], page, page_label, SHA)


def passage(ordinal: int = 1, start: int = 0, end: int = len(TEXT)) -> Passage:
    chunk = Chunk(f"farms#{ordinal:04d}", "farms", TEXT[start:end], start, end, 1, 2)
    return Passage(chunk, PUBLICATION, None, "ii", 1.0, SHA)


def statement(
    text: str, *quotes: Quote, support: Support = Support.VERBATIM, warnings: tuple[str, ...] = ()
) -> Statement:
    return Statement(text, quotes, support, warnings)


def answer(
    *statements: Statement,
    coverage: tuple[Coverage, ...] = (),
    passages: int = 2,
    act: Act = Act.ASK,
    unsure: bool = False,
    **fields: object,
) -> Answer:
    request = Request("Who visits farms?", "Who visits farms?", act=act, unsure=unsure)
    evidence = Evidence(tuple(passage(number) for number in range(1, passages + 1))) if statements else Evidence()
    return Answer(request, evidence, tuple(statements), coverage, **fields)  # type: ignore[arg-type]
