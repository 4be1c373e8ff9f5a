"""Parts of the product with one deliberate fault each, to see that the floor reports it."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import wiring
from assistant.answer.answerability import ANSWERS_FROM
from assistant.answer.compose import Composer, Composition
from assistant.answer.lookup import ranked
from assistant.answer.reading import Reader, Reading
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.toolkit.listing import Lists
from assistant.types import Answer, Delta, Evidence, Queued, Quote, Statement, Support
from assistant.understand.lists.recognise import Recogniser
from assistant.understand.question import Part
from assistant.understand.rewrite import stand_alone
from assistant.understand.scope import Scope
from assistant.understand.sense import open_sense
from assistant.write.author import Author
from assistant.write.draft import StreamingParser
from assistant.write.check import Checker
from assistant.write.support import SupportModels
from corpus.sentences import sentences
from corpus.toolkit.reader import ToolkitReader
from corpus.types import Document
from evals.runs.corpora import Corpus
from index.types import Hit
from tests.fakes import GivenTexts

DEEPEST = 50  # passages from which the worst are taken
INVENTED = "Forty-seven airships inspected 912 lighthouses in 1987 [S1]. Every lighthouse must employ a dragon [S1]."


def corpus_with(
    corpus: Corpus,
    settings: Settings,
    *,
    searcher: Any = None,
    composer: Any = None,
    author: Any = None,
    answers_from: float = ANSWERS_FROM,
) -> Corpus:
    """The corpus with an assistant put together as in `assistant.wiring`, but for the parts given."""
    reader, reranker = wiring.open_reader(), wiring.open_reranker(settings)
    searcher = searcher or corpus.retriever
    shelf: Any = corpus.library
    assistant = Assistant(
        shelf=shelf,
        searcher=searcher,
        reader=Reader(shelf, sentences, reranker),
        composer=composer or Composer(shelf, sentences, searcher),
        scope=Scope(settings.contacts, open_sense(embedder)).check,
        rewriter=stand_alone,
        passages=settings.index.top_k,
        answers_from=answers_from,
        recogniser=Recogniser(embedder),
        lists=Lists(shelf, ToolkitReader(), reranker),
        author=author,
    )
    return replace(corpus, assistant=assistant, retriever=searcher)


class WorstFirst:
    """Retrieval: the ranking upside down."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def retrieve(self, query: str, *, limit: int, **options: Any) -> Any:
        found = self._searcher.retrieve(query, limit=DEEPEST, **options)
        return replace(found, hits=ranked(found.hits[::-1])[:limit])

    def search(self, query: str, *, limit: int, **options: Any) -> Sequence[Hit]:
        return ranked(self._searcher.search(query, limit=DEEPEST, **options)[::-1])[:limit]

    def neighbours(self, chunk_id: str, before: int, after: int) -> Any:
        return self._searcher.neighbours(chunk_id, before, after)


class Altering(Composer):
    """Composing: the composer as it is, and each of its statements altered before it is given away."""

    def compose(self, evidence: Evidence, reading: Reading, answered: Sequence[bool]) -> Composition:
        written = super().compose(evidence, reading, answered)
        return replace(written, statements=tuple(map(self.altered, written.statements)))

    def altered(self, statement: Statement) -> Statement:
        raise NotImplementedError


class OneWordAltered(Altering):
    """A word that is not in the source."""

    def altered(self, statement: Statement) -> Statement:
        return replace(statement, text=re.sub(r"\s", " never ", statement.text, count=1))


class NextPage(Altering):
    """Each quote a page too far."""

    def altered(self, statement: Statement) -> Statement:
        return replace(statement, quotes=tuple(replace(quote, page=quote.page + 1) for quote in statement.quotes))


class OneLetterOff(Altering):
    """Each quote at a place that begins a letter too early, with the words it had."""

    def altered(self, statement: Statement) -> Statement:
        quotes = (replace(quote, start=quote.start - 1, end=quote.end - 1) for quote in statement.quotes)
        return replace(statement, quotes=tuple(quotes))


def author(corpus: Corpus, settings: Settings, questions: int) -> Author:
    """A writer that invents, and the check as it is."""
    shelf: Any = corpus.library
    models = SupportModels(wiring.open_reranker(settings), wiring.open_reader())
    return Author(GivenTexts(*[INVENTED] * questions), Checker(shelf, sentences, models))


@dataclass(frozen=True)
class Trusting:
    """Grounding: every sentence of a draft is taken to be supported by whatever the passage says first."""

    writer: GivenTexts
    shelf: Any

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
        return replace(verbatim, evidence=evidence, statements=statements, written_by=self.writer.name)

    def _first(self, evidence: Evidence) -> Quote:
        passage = evidence[1]
        chunk = passage.chunk
        document: Document = self.shelf.document(chunk.publication)
        end = min(chunk.end, chunk.start + 80)
        page = document.page_at(chunk.start)
        return Quote(
            1, chunk.publication, chunk.start, end, document.text[chunk.start : end], page.number, page.label,
            passage.document_sha256,
        )  # fmt: skip
