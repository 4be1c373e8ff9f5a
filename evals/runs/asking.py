"""One case asked: the answer, its quotes held against their documents, what each stage of retrieval gave, the time."""

from __future__ import annotations

import logging
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.show.record import answer_to_record
from assistant.types import Answer, Delta, Done, Quote, Request, Retrieved, Turn
from corpus.errors import IcatError
from corpus.types import NO_RAW, Box, ChunkId, Document
from evals.runs.cases import Checked
from evals.runs.corpora import Corpus
from evals.types import CaseRecord, EvalCase, PassageSpan, QuoteCheck
from index.errors import IndexUnavailable, ModelMissing, ModelRefused, StaleIndex
from index.retriever import Retriever
from index.search import Stage
from index.types import Hit

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.library import Library

STAGES: tuple[Stage, ...] = ("bm25", "dense", "fused")  # those that answers are made from
DEEPEST = 50  # passages kept of a stage: recall@50
LOST = 0.05  # share of a quote's letters that may differ under its boxes: ligatures that a file lost, one in many
MENDED = (IndexUnavailable, ModelMissing, ModelRefused, StaleIndex)
log = logging.getLogger(__name__)
Clock = Callable[[], float]


def ask(case: EvalCase, corpus: Corpus, checked: Checked, clock: Clock = time.perf_counter) -> CaseRecord:
    """What became of a case. Whatever goes wrong is kept as its error and counts as a failure: the run goes on.

    But what an operator must fix about models and the index (MENDED) says nothing of the product, and stops the run.
    """
    kept = CaseRecord(case.id, None, {}, {}, gold=checked.gold, lists=checked.lists)
    try:
        turns = turns_of(case.history, corpus.assistant.answer)
        answer, seconds = timed_answer(corpus.assistant, case.question, turns, clock)
        stages = retrieved(answer.request, corpus.retriever) if checked.gold else {}
        checks = quote_checks(answer, corpus.library)
    except MENDED:
        raise
    except Exception as error:  # a bug in one case is a failure of the product, not the end of the run
        log.warning("case %s failed", case.id, exc_info=not isinstance(error, IcatError))
        return replace(kept, error=f"{type(error).__name__}: {' '.join(str(error).split())}")
    return replace(kept, answer=answer_to_record(answer), stages=stages, seconds=seconds, quotes=checks)


def turns_of(history: Iterable[str], ask: Callable[[str, Sequence[Turn]], Answer]) -> list[Turn]:
    """The questions before a question, each asked after those before it."""
    turns: list[Turn] = []
    for question in history:
        turns.append(Turn(question, ask(question, turns)))
    return turns


def timed_answer(
    assistant: Assistant, question: str, turns: Sequence[Turn], clock: Clock
) -> tuple[Answer, dict[str, float]]:
    """The answer, and seconds: "answer" in all, "retrieve" until passages are there, "first words" until a model has
    begun to write, "write" from the passages to the end. Steps that an answer has not are not there."""
    started = clock()
    seconds: dict[str, float] = {}
    for event in assistant.ask(question, turns):
        passed = clock() - started
        if isinstance(event, Retrieved):
            seconds.setdefault("retrieve", passed)
        elif isinstance(event, Delta):
            seconds.setdefault("first words", passed)
        elif isinstance(event, Done):
            seconds["answer"] = passed
            if "retrieve" in seconds:
                seconds["write"] = passed - seconds["retrieve"]
            return event.answer, seconds
    raise AssertionError("ask ended without Done")


def retrieved(request: Request, retriever: Retriever) -> dict[str, tuple[PassageSpan, ...]]:
    """The passages of each stage for a message as it was understood, also where a list answered it."""
    return {stage: tuple(map(_found, searched(request, retriever, stage))) for stage in STAGES}


def searched(request: Request, retriever: Retriever, stage: Stage) -> list[Hit]:
    """The first DEEPEST hits of a stage for the open part of a message; of several questions in turn, each once."""
    open_part = request.beside or request
    found = [
        retriever.search(
            part.reads,
            question=part.question,
            share=part.share,
            limit=DEEPEST,
            stage=stage,
            language=open_part.language,
        )
        for part in open_part.looked_up
    ]
    first: dict[ChunkId, Hit] = {}
    for hit in (hit for row in zip_longest(*found) for hit in row if hit is not None):
        first.setdefault(hit.chunk.id, hit)
    return list(first.values())[:DEEPEST]


def _found(hit: Hit) -> PassageSpan:
    chunk = hit.chunk
    return PassageSpan(chunk.publication, chunk.start, chunk.end, (chunk.first_page, chunk.last_page))


def quote_checks(answer: Answer, library: Library) -> tuple[QuoteCheck, ...]:
    """Every quote held against its document and, where there is a page, against what stands in its boxes."""
    return tuple(
        QuoteCheck(s, q, *_held(quote, library))
        for s, statement in enumerate(answer.statements)
        for q, quote in enumerate(statement.quotes)
    )


def _held(quote: Quote, library: Library) -> tuple[bool, bool | None]:
    document = library.document(quote.publication)
    same = document.text[quote.start : quote.end] == quote.text
    exact = same and library.document_sha256(quote.publication) == quote.document_sha256
    path = library.layer(quote.publication) or library.original(quote.publication) if document.paged else None
    return exact, boxed(quote, document, path) if path else None


def boxed(quote: Quote, document: Document, path: Path) -> bool:
    """Whether what stands in the boxes of a quote is the quote, letter by letter."""
    from corpus import readers

    seen: list[str] = []
    for page in document.pages_of(quote.start, quote.end):
        raw = document.raw[max(quote.start, page.start) : min(quote.end, page.end)]
        places: Sequence[Box] = readers.boxes(path, page.number, [int(index) for index in raw if index != NO_RAW])
        seen.append(readers.text_under(path, page.number, places))
    return same_letters(quote.text, "".join(seen))


def same_letters(wanted: str, seen: str) -> bool:
    """Whether two texts have the same letters and digits, up to LOST of the first's; their order is not looked at."""
    first, second = _letters(wanted), _letters(seen)
    differ = ((first - second) + (second - first)).total()
    return differ <= LOST * first.total()


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
