"""For programs built on llama-index: our search as a retriever, our answers as a query engine.

from assistant.llama import open_engine, open_retriever
open_engine().query("What is displacement?").source_nodes[0].metadata["page"]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant import wiring
from assistant.assistant import Assistant
from assistant.settings import Settings, load_settings
from assistant.show.terminal import answer_text
from assistant.types import Answer
from corpus.library import Library
from corpus.types import Chunk, Publication
from index.retriever import Retriever


class PassageRetriever(BaseRetriever):
    """Passages with their publication and pages, best first."""

    def __init__(self, retriever: Retriever, library: Library, limit: int = 8) -> None:
        super().__init__(CallbackManager([]))
        self._retriever, self._library, self._limit = retriever, library, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._retriever.search(query_bundle.query_str, limit=self._limit)
        about = self._library.publication
        return [NodeWithScore(node=_node(hit.chunk, about(hit.chunk.publication)), score=hit.score) for hit in hits]


class CitedQueryEngine(BaseQueryEngine):
    """Answers whose sources are quotes: each node is one, word for word, with its page.

    `metadata` of the response: `status` (see `assistant.types.Status`) and `answer`, the whole `Answer`.
    """

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(CallbackManager([]))
        self._assistant = assistant

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.answer(query_bundle.query_str)
        metadata = {"status": answer.status.value, "answer": answer}
        return Response(answer_text(answer), list(_quotes(answer)), metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def open_retriever(settings: Settings | None = None) -> PassageRetriever:
    """Over the index of these settings, by default those of `icat`. IndexUnavailable where none was built."""
    settings = settings or load_settings()
    return PassageRetriever(wiring.open_retriever(settings), wiring.open_library(settings), settings.index.top_k)


def open_engine(settings: Settings | None = None) -> CitedQueryEngine:
    """The assistant of these settings, by default those of `icat`. IndexUnavailable where no index was built."""
    settings = settings or load_settings()
    return CitedQueryEngine(wiring.open_assistant(settings, wiring.open_library(settings)))


def _quotes(answer: Answer) -> Iterator[NodeWithScore]:
    for number, statement in enumerate(answer.statements, start=1):
        for quote in statement.quotes:
            passage = answer.evidence[quote.label]
            node = _node(passage.chunk, passage.publication)
            node.text = quote.text
            node.id_ = f"{quote.publication}:{quote.start}-{quote.end}"
            node.metadata |= {"label": quote.label, "statement": number, "page": quote.page, "start": quote.start}
            yield NodeWithScore(node=node, score=passage.score)


def _node(chunk: Chunk, publication: Publication) -> TextNode:
    about = {
        "publication": publication.id,
        "title": publication.title,
        "date": publication.date_label,
        "origin": publication.origin.value,
        "page": chunk.first_page,
        "headings": list(chunk.headings),
    }
    return TextNode(id_=chunk.id, text=chunk.text, metadata=about)
