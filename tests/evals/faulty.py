"""Parts of the product with one deliberate fault each, to see that the floor reports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import wiring
from assistant.answer.act import Asks
from assistant.assistant import Acts, Assistant
from assistant.settings import Settings
from assistant.show.act import Reshapes
from assistant.toolkit.fit import Fitting
from assistant.toolkit.listing import Lists
from assistant.types import (
    Act,
    Answer,
    Delta,
    Done,
    Event,
    Evidence,
    Part,
    Queued,
    Quote,
    Request,
    Statement,
    Support,
    Turn,
)
from assistant.write.author import Author
from assistant.write.check import Checker
from assistant.write.draft import StreamingParser
from corpus.toolkit.reader import ToolkitReader
from corpus.types import Document
from evals.runs.corpora import Corpus
from index import sections
from index.types import Hit, Reranker, Signal
from tests.fakes import GivenTexts

DEEPEST = 50  # passages from which the worst are taken
INVENTED = "Forty-seven airships inspected 912 lighthouses in 1987 [S1]. Every lighthouse must employ 31 dragons [S1]."
Alter = Callable[[Statement], Statement]


def corpus_with(
    corpus: Corpus,
    settings: Settings,
    *,
    searcher: Any = None,
    reranker: Reranker | None = None,
    author: Any = None,
    altered: Alter | None = None,
) -> Corpus:
    """The corpus with an assistant put together as in `assistant.wiring`, but for the parts given."""
    searcher = searcher or corpus.retriever
    reranker = reranker or wiring.open_reranker(settings)
    asks: Acts = Asks(corpus.library, searcher, reranker, settings.index.top_k, author)
    asks = Altering(asks, altered) if altered else asks
    lists = Lists(corpus.library, ToolkitReader(), Fitting(sections.open_reader))
    acts = {Act.LIST: lists, Act.ASK: asks, Act.DRAFT: asks, Act.RESHAPE: Reshapes()}
    assistant = Assistant(wiring.open_understanding(corpus.retriever, lists.count), acts)
    return replace(corpus, assistant=assistant, retriever=searcher)


class WorstFirst:
    """Retrieval: the ranking upside down."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def retrieve(self, query: str, *, limit: int, **options: Any) -> Any:
        found = self._searcher.retrieve(query, limit=DEEPEST, **options)
        return replace(found, hits=_upside_down(found.hits)[:limit])

    def search(self, query: str, *, limit: int, **options: Any) -> Sequence[Hit]:
        return _upside_down(self._searcher.search(query, limit=DEEPEST, **options))[:limit]


def _upside_down(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    return tuple(replace(hit, rank=rank, score=-hit.score) for rank, hit in enumerate(hits[::-1], start=1))


@dataclass(frozen=True)
class Altering:
    """Composing: an act as it is, and each statement of its answer altered before it is given away."""

    act: Acts
    altered: Alter

    def answer(self, request: Request, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        for event in self.act.answer(request, turns):
            if isinstance(event, Done):
                statements = tuple(map(self.altered, event.answer.statements))
                event = Done(replace(event.answer, statements=statements))
            yield event


def one_word_altered(statement: Statement) -> Statement:
    """A word that is not in the source."""
    return replace(statement, text=re.sub(r"\s", " never ", statement.text, count=1))


def next_page(statement: Statement) -> Statement:
    """Each quote a page too far."""
    return replace(statement, quotes=tuple(replace(quote, page=quote.page + 1) for quote in statement.quotes))


def one_letter_off(statement: Statement) -> Statement:
    """Each quote at a place that begins a letter too early, with the words it had."""
    quotes = (replace(quote, start=quote.start - 1, end=quote.end - 1) for quote in statement.quotes)
    return replace(statement, quotes=tuple(quotes))


class Anticipating:
    """Judging: to what decides on tiers, every question is one that was anticipated, and learned, for what is found."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def retrieve(self, query: str, **options: Any) -> Any:
        found = self._searcher.retrieve(query, **options)
        sure = {"asked": Signal(1, 1.0), "section": Signal(1, 0.0)}  # cosine, log of a probability
        hits = (replace(hit, signals=hit.signals | sure) for hit in found.hits)
        return replace(found, hits=tuple(hits))

    def search(self, query: str, **options: Any) -> Sequence[Hit]:
        return self._searcher.search(query, **options)


def author(corpus: Corpus, settings: Settings, questions: int) -> Author:
    """A writer that invents, and the check as it is."""
    models = wiring.open_support(wiring.open_reranker(settings))
    return Author(GivenTexts(*[INVENTED] * questions), Checker(corpus.library, models))


@dataclass(frozen=True)
class Trusting:
    """Grounding: every sentence of a draft is taken to be supported by whatever the passage says first."""

    writer: GivenTexts
    documents: Any

    def write(
        self, verbatim: Answer, evidence: Evidence, parts: Sequence[Part]
    ) -> Generator[Queued | Delta, None, Answer]:
        parser = StreamingParser()
        with self.writer.write(()) as writing:
            for step in writing:
                if isinstance(step, str):
                    for sentence in parser.feed(step):
                        yield Delta(sentence.text, sentence.labels)
        parser.finish()
        quote = self._first(evidence)
        statements = tuple(Statement(each.text, (quote,), Support.FULL) for each in parser.draft.sentences)
        return replace(verbatim, evidence=evidence, statements=statements, tier=None, written_by=self.writer.name)

    def _first(self, evidence: Evidence) -> Quote:
        passage = evidence[1]
        chunk = passage.chunk
        document: Document = self.documents.document(chunk.publication)
        end = min(chunk.end, chunk.start + 80)
        page = document.page_at(chunk.start)
        return Quote(
            1, chunk.publication, chunk.start, end, document.text[chunk.start : end], page.number, page.label,
            passage.document_sha256,
        )  # fmt: skip
