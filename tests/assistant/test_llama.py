"""Our search and our answers as a llama-index user meets them."""

import pytest
from fakes import HashedWords, SharedWords, ToldClassifier
from passages import Shelf, document

from assistant.answer.act import Asks
from assistant.assistant import Assistant
from assistant.llama import CitedQueryEngine, PassageRetriever
from assistant.types import Act, Status
from assistant.understand.lexicon import lexicon
from assistant.understand.understanding import Understanding
from corpus.chunking import chunk
from index.build import build
from index.retriever import Retriever
from index.types import IndexSettings

RULES = document(
    "rules",
    """
    === 4
    # Compensation
    Compensation for unpaid wages can be claimed before labour tribunals. Legal aid pays for a lawyer.
    """,
)
QUESTION = "Who can claim compensation for unpaid wages before labour tribunals, with a lawyer whom legal aid pays?"


class Reads(SharedWords):
    """Words shared, on the scale of a real cross-encoder: 3 a word from -8."""

    def score(self, question, passages):
        return (super().score(question, passages) + 2) * 3.0 - 8.0


class OneBook(Shelf):
    """A library of one publication."""

    def publication(self, publication: str):
        return self.document(publication).publication


@pytest.fixture()
def retriever(home) -> Retriever:
    embedder, settings = HashedWords(), IndexSettings()
    build(list(chunk(RULES, embedder.count_tokens)), {"rules": RULES.publication}, home, settings, embedder)
    return Retriever(home, settings, embedder)


def test_retrieved_nodes_carry_publication_and_page(retriever: Retriever):
    (found,) = PassageRetriever(retriever, OneBook(RULES)).retrieve("compensation")
    assert found.node.text == RULES.text[RULES.text.index("Compensation for") :].strip()
    assert found.node.metadata["publication"] == "rules"
    assert (found.node.metadata["page"], found.node.metadata["headings"]) == (1, ["Compensation"])


def test_an_answer_comes_with_its_quotes_as_nodes(retriever: Retriever):
    asks = Asks(Shelf(RULES), retriever, Reads())
    assistant = Assistant(Understanding(ToldClassifier(), lexicon()), {Act.ASK: asks})
    response = CitedQueryEngine(assistant).query(QUESTION)
    assert response.metadata["status"] == Status.ANSWERED
    (node,) = response.source_nodes
    start = node.node.metadata["start"]
    assert node.node.text == RULES.text[start : start + len(node.node.text)]
    assert node.node.metadata["label"] == 1 and "[1]" in response.response
