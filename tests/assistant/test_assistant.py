"""The flow: a message is understood, then the act it asks for answers; exactly one Done, last."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashedWords, SharedWords, ToldClassifier, reading_of
from list_samples import INDICATORS, QUESTIONS, lists
from passages import STARTER, Shelf, document

from assistant.answer.act import Asks, Found, OffTopic
from assistant.assistant import Assistant
from assistant.show.act import Reshapes
from assistant.types import Act, Corrected, Covered, Done, Evidence, Retrieved, Status, Tier, Turn, Wanted
from assistant.understand.lexicon import lexicon
from assistant.understand.understanding import Understanding
from corpus.chunking import chunk
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
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
QUESTION = "Who can claim compensation for unpaid wages before labour tribunals, with a lawyer whom legal aid pays?"
LISTED = "Which indicators for a national action plan?"
LISTED_ITEMS = (INDICATORS[2], INDICATORS[0], INDICATORS[1])  # outputs before outcomes; signs are a list of their own
NATIONAL = Wanted(kinds=(ItemKind.INDICATOR,), activities=(Activity.NATIONAL_PLANS,))


class Reads(SharedWords):
    """Words shared, on the scale of a real cross-encoder: 3 a word from -8."""

    def score(self, question, passages):
        return (super().score(question, passages) + 2) * 3.0 - 8.0


class Writes:
    """A writer whom nobody may ask."""

    def write(self, verbatim, evidence, parts):
        raise AssertionError(f"asked to write about {verbatim.request.asked!r}")
        yield


@pytest.fixture()
def make(home: Path):
    """An assistant over two small documents and the lists of a guide; `told`: what messages ask for."""
    documents = (REMEDIES, SHELTERS)
    embedder, reranker, settings = HashedWords(), Reads(), IndexSettings()
    chunks = [piece for each in documents for piece in chunk(each, embedder.count_tokens)]
    build(chunks, {each.publication.id: each.publication for each in documents}, home, settings, embedder)
    retriever = Retriever(home, settings, embedder)

    def assistant(classifier: ToldClassifier | None = None, author: Writes | None = None, **told: str) -> Assistant:
        classifier = classifier or ToldClassifier()
        for act, text in told.items():
            classifier(text, reading_of(**{act: 1.0}))
        asks = Asks(Shelf(*documents), retriever, reranker, author=author)
        lists_ = lists(*QUESTIONS, *INDICATORS)
        acts = {Act.ASK: asks, Act.LIST: lists_, Act.RESHAPE: Reshapes(), Act.OFF_TOPIC: OffTopic(asks)}
        quotes = Asks(Shelf(*documents), retriever, reranker)
        acts[Act.DANGER] = quotes
        understanding = Understanding(classifier, lexicon())
        return Assistant(understanding, acts, Assistant(understanding, acts | {Act.ASK: quotes}))

    return assistant


def test_an_answer_is_retrieved_then_done_and_its_quotes_slice_the_document(make):
    retrieved, done = make().ask(QUESTION)
    assert isinstance(retrieved, Retrieved) and retrieved.hits and retrieved.evidence
    assert isinstance(done, Done) and done.answer.status is Status.ANSWERED
    (statement,) = done.answer.statements
    (quote,) = statement.quotes
    assert statement.text == REMEDIES.text[quote.start : quote.end] == quote.text
    assert statement.lead == "Compensation"
    assert [statement.text[start:end] for start, end in statement.marks] == [
        "Compensation for unpaid wages can be claimed before labour tribunals."
    ]
    assert done.answer.evidence[quote.label].publication.id == "remedies"
    assert quote.page_label == "4"
    assert 0.5 <= done.answer.confidence <= 1.0


def test_nothing_close_declines_with_the_nearest_and_cites_nothing(make):
    answer = make().answer("Which vaccine prevents measles in cattle?")
    assert (answer.status, answer.tier) == (Status.NO_EVIDENCE, Tier.NOTHING)
    assert answer.statements == () and answer.nearest


def test_each_part_is_looked_up_and_told_whether_it_is_answered(make):
    answer = make().answer(f"{QUESTION} Which vaccine prevents measles in cattle?")
    assert [(each.part, each.covered) for each in answer.coverage] == [
        (QUESTION, Covered.ANSWERED),
        ("Which vaccine prevents measles in cattle?", Covered.NOT),
    ]
    assert answer.status is Status.PARTIAL


def test_a_part_that_is_less_sure_is_shown_beside_one_that_is_sure(make):
    less = "Who gives trafficked women a safe room?"
    answer = make().answer(f"{QUESTION} {less}")
    assert [each.covered for each in answer.coverage] == [Covered.ANSWERED, Covered.PARTLY]
    assert {statement.lead for statement in answer.statements} == {"Compensation", "Shelters"}


def test_filters_keep_a_document_out(make):
    answer = make().answer(QUESTION, filters=Filters(publications=("shelters",)))
    assert all(passage.publication.id == "shelters" for passage in answer.nearest)


def test_harm_ends_before_anything_is_looked_up(make):
    (done,) = make(harm=QUESTION).ask(QUESTION)
    assert isinstance(done, Done) and done.answer.status is Status.REFUSED
    assert not done.answer.evidence


def test_of_danger_no_model_is_told_and_what_answers_goes_with_the_help(make):
    answer = make(danger=QUESTION, author=Writes()).answer(QUESTION)
    assert (answer.status, answer.usage) == (Status.URGENT, None)
    assert {statement.lead for statement in answer.statements} == {"Compensation"}


def test_of_what_is_not_to_be_written_no_model_is_told(make):
    answer = make(author=Writes()).quoting.answer(QUESTION)
    assert (answer.status, answer.usage) == (Status.ANSWERED, None)
    with pytest.raises(AssertionError, match="asked to write"):
        make(author=Writes()).answer(QUESTION)


def test_what_a_document_that_was_added_surely_answers_is_not_off_topic(make):
    retrieved, done = make(off_topic=QUESTION).ask(QUESTION)
    assert isinstance(retrieved, Retrieved) and done.answer.request.act is Act.ASK
    assert done.answer.evidence.passages[0].publication.id == "remedies"


def test_what_names_a_document_that_was_added_is_not_off_topic(make):
    passage = make().answer(QUESTION).evidence[1]

    def named(title: str, asked: str) -> bool:
        publication = passage.publication.model_copy(update={"title": title})
        return Found(Evidence((replace(passage, publication=publication),)), (), ()).names_added(asked)

    assert named("Pay for Lost Work", "In “Pay for lost work”, who wins the match?")
    assert not named("Pay for Lost Work", "Who pays for lost work hours?")
    assert not named("Lost Work", "Who pays for lost work?")  # two words may be words like any other


def test_of_what_is_off_topic_nothing_is_shown_and_nothing_written(make):
    shelter = "Which women does a shelter give a safe room?"  # the project's own text answers
    for asked in (shelter, "Who wins the football match?"):
        (done,) = make(off_topic=asked, author=Writes()).ask(asked)
        assert done.answer.status is Status.OUT_OF_SCOPE and not done.answer.evidence


def test_a_list_is_retrieved_then_done(make):
    retrieved, done = make(list=LISTED).ask(LISTED)
    assert isinstance(retrieved, Retrieved) and retrieved.hits == ()
    assert isinstance(done, Done)
    assert done.answer.listing.wanted == NATIONAL
    assert [each.item.text for each in done.answer.listing.items] == [item.text for item in LISTED_ITEMS]


def test_a_list_and_an_open_question_in_one_message_are_both_answered(make):
    both = f"{LISTED} {QUESTION}"
    answer = make(list=both).answer(both)
    assert len(answer.listing.items) == len(LISTED_ITEMS)
    assert answer.statements[-1].text.startswith("Compensation for unpaid wages")
    last = answer.statements[-1].quotes[0]
    assert answer.evidence[last.label].publication.id == "remedies"
    assert [each.covered for each in answer.coverage] == [Covered.ANSWERED, Covered.ANSWERED]


def test_what_a_reader_says_is_meant_is_done(make):
    wanted = Wanted(kinds=(ItemKind.INDICATOR,), activities=(Activity.NATIONAL_PLANS,), levels=(Level.OUTCOME,))
    answer = make().answer(QUESTION, corrected=Corrected(Act.LIST, wanted))
    assert answer.listing.wanted == wanted
    assert make(list=LISTED).answer(LISTED, corrected=Corrected(Act.ASK)).listing is None


def test_fewer_of_the_last_answer_are_those_that_stood_first(make):
    assistant = make(list=LISTED, reshape="just one")
    turns = [Turn(LISTED, assistant.answer(LISTED))]
    answer = assistant.answer("just one", turns)
    assert [each.item.text for each in answer.listing.items] == [LISTED_ITEMS[0].text]


def test_what_the_request_was_read_as_is_said_once(make):
    answer = make().answer("word " * 3000 + QUESTION)
    assert answer.notice.count("longer than") == 1


def test_many_readers_at_once_get_their_own_answers(make):
    assistant, barrier = make(), threading.Barrier(8)
    questions = [QUESTION, "How long does a shelter give trafficked women a safe room for?"] * 4

    def ask(question: str) -> str:
        barrier.wait()
        return assistant.answer(question).statements[0].quotes[0].publication

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, questions)) == ["remedies", "shelters"] * 4


def test_a_bug_is_raised_and_never_made_an_answer(make):
    class Broken:
        def answer(self, request, turns=()):
            raise ZeroDivisionError
            yield

    assistant = Assistant(Understanding(ToldClassifier(), lexicon()), {Act.ASK: Broken()})
    with pytest.raises(ZeroDivisionError):
        assistant.answer(QUESTION)


def test_what_may_come_from_danger_gets_help_and_what_the_publications_say(make):
    doubtful = (
        "My client cannot claim compensation for unpaid wages before labour tribunals, nor legal aid for a lawyer"
    )
    classifier = ToldClassifier()
    classifier(doubtful, reading_of(danger=0.7, ask=0.3))
    retrieved, done = make(classifier=classifier).ask(doubtful)
    assert isinstance(retrieved, Retrieved)
    assert done.answer.status is Status.URGENT
    assert done.answer.statements[0].text.startswith("Compensation for unpaid wages")


def test_a_plea_to_which_nothing_is_close_gets_help_alone(make):
    answer = make(danger="help me").answer("help me")
    assert (answer.status, answer.statements) == (Status.URGENT, ())
