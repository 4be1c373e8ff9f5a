"""The flow: refusal, stand-alone, retrieval, answer or decline; exactly one Done, last."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import HashedWords, SharedWords
from passages import STARTER, Shelf, document

from assistant.answer.compose import Composer
from assistant.answer.reading import Reader
from assistant.assistant import MAX_QUESTION, TOO_LONG, Assistant
from assistant.types import Answer, Covered, Done, Query, Refusal, Retrieved, Status, Turn
from corpus.chunking import chunk
from corpus.sentences import sentences
from index.build import build
from index.retriever import Retriever
from index.types import Filters, IndexSettings

REMEDIES = document(
    "remedies",
    """
    === 4
    # Compensation
    Compensation for unpaid wages can be claimed before labour tribunals. Legal aid pays for a lawyer.
    """,
)
SHELTERS = document(
    "shelters",
    """
    # Shelters
    A shelter gives trafficked women a safe room for thirty days. Staff of a shelter speak three languages.
    """,
    **STARTER,
)


class Reads(SharedWords):
    """Words shared, on the scale of a real cross-encoder: 3 a word from -8."""

    def score(self, question, passages):
        return (super().score(question, passages) + 2) * 3.0 - 8.0


@pytest.fixture()
def parts(home: Path):
    """Shelf, retriever and cross-encoder over two small documents."""
    documents = (REMEDIES, SHELTERS)
    embedder, reranker, settings = HashedWords(), Reads(), IndexSettings()
    chunks = [piece for each in documents for piece in chunk(each, embedder.count_tokens)]
    build(chunks, {each.publication.id: each.publication for each in documents}, home, settings, embedder)
    return Shelf(*documents), Retriever.open(home, settings, embedder, reranker), reranker


def make(parts, scope=lambda question: None, rewriter=lambda question, turns: question, **settings) -> Assistant:
    shelf, retriever, reranker = parts
    reader, composer = Reader(shelf, sentences, reranker), Composer(shelf, sentences, retriever)
    return Assistant(shelf, retriever, reader, composer, scope, rewriter, **settings)


QUESTION = "Who can claim compensation for unpaid wages before labour tribunals?"


def test_an_answer_is_retrieved_then_done_and_its_quotes_slice_the_document(parts):
    retrieved, done = make(parts).ask(QUESTION)
    assert isinstance(retrieved, Retrieved) and retrieved.hits and retrieved.evidence
    assert isinstance(done, Done) and done.answer.status is Status.ANSWERED
    (statement,) = done.answer.statements
    (quote,) = statement.quotes
    assert statement.text == "Compensation for unpaid wages can be claimed before labour tribunals."
    assert REMEDIES.text[quote.start : quote.end] == quote.text
    assert done.answer.evidence[quote.label].publication.id == "remedies"
    assert quote.page_label == "4"
    assert 0.5 <= done.answer.confidence <= 1.0


def test_nothing_found_declines_with_the_nearest_and_cites_nothing(parts):
    answer = make(parts).answer("Which vaccine prevents measles in cattle?")
    assert answer.status is Status.NO_EVIDENCE
    assert answer.statements == () and not answer.evidence and answer.coverage == ()
    assert answer.nearest
    assert answer.confidence < 0.5


def test_a_refusal_looks_nothing_up(parts):
    def never(question, turns):
        raise AssertionError("rewritten")

    events = list(make(parts, scope=lambda question: Refusal.URGENT, rewriter=never).ask("help me now"))
    assert [type(event) for event in events] == [Done]
    assert events[0].answer.status is Status.URGENT


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_is_greeted(parts, question):
    (done,) = make(parts).ask(question)
    assert done.answer.refusal is Refusal.GREETING


def test_a_follow_up_is_looked_up_stand_alone(parts):
    before = Turn(QUESTION, Answer(Query(QUESTION, QUESTION, QUESTION)))
    answer = make(parts, rewriter=lambda question, turns: f"{turns[-1].question} {question}").answer(
        "And where?", [before]
    )
    assert answer.query.asked == "And where?"
    assert answer.query.stand_alone == f"{QUESTION} And where?"
    assert answer.statements


def test_filters_reach_the_search_and_the_query(parts):
    filters = Filters(publications=("shelters",))
    answer = make(parts).answer(QUESTION, filters=filters)
    assert answer.query.filters == filters
    assert {passage.publication.id for passage in (*answer.nearest, *answer.evidence.passages)} == {"shelters"}


def test_filters_that_nothing_passes_find_nothing(parts):
    answer = make(parts).answer(QUESTION, filters=Filters(publications=("other",)))
    assert answer.status is Status.NO_EVIDENCE and answer.nearest == () and answer.confidence == 0.0


def test_each_part_of_a_question_is_covered_or_not(parts):
    answer = make(parts).answer(
        "Who can claim compensation for unpaid wages before labour tribunals, "
        "and which vaccine prevents measles in cattle?"
    )
    assert [each.covered for each in answer.coverage] == [Covered.ANSWERED, Covered.NOT]
    assert answer.status is Status.PARTIAL


def test_a_very_long_question_is_read_from_its_end_and_says_so(parts):
    story = "We run a place for people. " * 200
    answer = make(parts).answer(story + QUESTION)
    assert len(story) > MAX_QUESTION and answer.notice == TOO_LONG
    assert answer.query.asked == (story + QUESTION).strip()
    assert len(answer.query.stand_alone) <= MAX_QUESTION
    assert answer.query.stand_alone.endswith(QUESTION)
    assert answer.query.stand_alone.startswith(("We", "run", "a ", "place", "for", "people"))  # no half word


def test_what_goes_wrong_is_raised(parts):
    def broken(question, turns):
        raise RuntimeError("out of order")

    with pytest.raises(RuntimeError, match="out of order"):
        make(parts, rewriter=broken).answer(QUESTION)


def test_the_threshold_is_a_setting(parts):
    assert make(parts, answers_from=1.1).answer(QUESTION).status is Status.NO_EVIDENCE


def test_threads_share_one_assistant(parts):
    assistant = make(parts)
    expected = assistant.answer(QUESTION)
    start = threading.Barrier(4)

    def ask(_: int) -> Answer:
        start.wait()
        return assistant.answer(QUESTION)

    with ThreadPoolExecutor(4) as pool:
        assert all(answer == expected for answer in pool.map(ask, range(4)))


def test_a_question_in_another_language_is_looked_up_in_english_where_nothing_in_its_own_answers(parts):
    assistant = make(parts, lexicon=lambda: parts[1].lexicon)
    answer = assistant.answer("¿Indemnización por salarios impagados?")
    assert answer.query.asked == "¿Indemnización por salarios impagados?"
    assert answer.notice == "Looked up in English as: Compensation for wages unpaid?"
    assert [s.text for s in answer.statements] == [
        "Compensation for unpaid wages can be claimed before labour tribunals."
    ]
    declined = assistant.answer("¿Cuál es la mejor receta de sopa de lentejas?")
    assert declined.status is Status.NO_EVIDENCE and not declined.notice


def test_typing_errors_are_mended_and_the_reader_is_told(parts):
    answer = make(parts, lexicon=lambda: parts[1].lexicon).answer("Who can claim compensaton for unpayd wages?")
    assert answer.notice == "Read as: Who can claim compensation for unpaid wages?"
    assert answer.statements and answer.query.asked == "Who can claim compensaton for unpayd wages?"


def test_details_of_a_person_are_not_looked_up(parts):
    question = "Mr. Juan Perez (jp@mail.example) asks: who can claim compensation for unpaid wages?"
    answer = make(parts).answer(question)
    assert answer.query.asked == question
    assert answer.query.stand_alone == "The person asks: who can claim compensation for unpaid wages?"
