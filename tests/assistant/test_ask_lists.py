"""The flow with lists: recognised, corrected, beside an open part, and none where none is asked for."""

from pathlib import Path

import pytest
from fakes import HashedWords, SharedWords
from list_samples import INDICATORS, PLANS, QUESTIONS, lists
from passages import Shelf, document

from assistant.answer.compose import Composer
from assistant.answer.reading import Reader
from assistant.assistant import MAX_QUESTION, TOO_LONG, Assistant
from assistant.toolkit.listing_parts import taken_apart
from assistant.types import Corrected, Covered, Done, Refusal, Retrieved, Status, Turn, Wanted
from assistant.understand.lists.recognise import Recogniser
from corpus.chunking import chunk
from corpus.sentences import sentences
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
LISTED = "Which indicators for a national action plan?"
OPEN = "who can claim compensation for unpaid wages before labour tribunals?"


class Reads(SharedWords):
    """Words shared, on the scale of a real cross-encoder: 3 a word from -8."""

    def score(self, question, passages):
        return (super().score(question, passages) + 2) * 3.0 - 8.0


@pytest.fixture()
def make(home: Path):
    """An assistant over one small document and the lists of the guide."""
    embedder, reranker, settings = HashedWords(), Reads(), IndexSettings()
    build(list(chunk(REMEDIES, embedder.count_tokens)), {"remedies": REMEDIES.publication}, home, settings, embedder)
    shelf, retriever = Shelf(REMEDIES), Retriever.open(home, settings, embedder, reranker)

    def assistant(scope=lambda question: None, **options) -> Assistant:
        known = {"recogniser": Recogniser(), "lists": lists(*QUESTIONS, *INDICATORS)} | options
        reader, composer = Reader(shelf, sentences, reranker), Composer(shelf, sentences, retriever)
        return Assistant(shelf, retriever, reader, composer, scope, lambda question, turns: question, **known)

    return assistant


def test_a_list_is_retrieved_then_done(make):
    retrieved, done = make().ask(LISTED)
    assert isinstance(retrieved, Retrieved) and retrieved.hits == ()
    assert isinstance(done, Done) and retrieved.evidence == done.answer.evidence
    answer = done.answer
    assert answer.status is Status.ANSWERED and answer.confidence is None
    assert answer.query.asked == LISTED
    assert answer.query.stand_alone == "Indicators for national plans of action"
    assert len(answer.listing.items) == len(answer.statements) == 3


def test_a_question_for_no_list_goes_the_ordinary_way(make):
    answer = make().answer(OPEN.capitalize())
    assert answer.listing is None and answer.status is Status.ANSWERED and answer.confidence is not None


@pytest.mark.parametrize("without", [{"lists": None}, {"recogniser": None}])
def test_without_lists_every_question_goes_the_ordinary_way(make, without):
    assert make(**without).answer(LISTED).listing is None


def test_what_a_reader_corrects_takes_the_place_of_what_was_recognised(make):
    corrected = Corrected(Wanted((ItemKind.QUESTION,), (PLANS,)))
    answer = make().answer(LISTED, corrected=corrected)
    assert answer.listing.wanted == corrected.wanted
    assert [listed.item.id for listed in answer.listing.items] == [item.id for item in QUESTIONS]
    assert make().answer(OPEN.capitalize(), corrected=corrected).listing.wanted == corrected.wanted
    assert make().answer(LISTED, corrected=Corrected(None)).listing is None


def test_a_follow_up_narrows_the_list_before(make):
    assistant = make()
    before = Turn(LISTED, assistant.answer(LISTED))
    answer = assistant.answer("only outcomes", [before])
    assert answer.listing.wanted == Wanted((ItemKind.INDICATOR,), (PLANS,), levels=(Level.OUTCOME,))
    assert [listed.item.level for listed in answer.listing.items] == [Level.OUTCOME] * 2


def test_a_refusal_comes_before_lists(make):
    (done,) = make(scope=lambda question: Refusal.URGENT).ask(LISTED)
    assert done.answer.refusal is Refusal.URGENT and done.answer.listing is None


def test_filters_that_leave_no_item_search_the_publications(make):
    answer = make().answer(LISTED, filters=Filters(publications=("remedies",)))
    assert answer.listing is None
    assert {passage.publication.id for passage in answer.nearest} <= {"remedies"}


@pytest.mark.parametrize(
    "question", [f"Which indicators for a national action plan, and {OPEN}", f"{OPEN.capitalize()} {LISTED}"]
)
def test_an_open_part_is_answered_after_the_list(make, question):
    retrieved, done = make().ask(question)
    answer = done.answer
    listed, others = answer.statements[:3], answer.statements[3:]
    assert len(answer.listing.items) == 3 and retrieved.hits
    assert {quote.publication for statement in listed for quote in statement.quotes} == {"guide"}
    assert [statement.text for statement in others] == [
        "Compensation for unpaid wages can be claimed before labour tribunals."
    ]
    for statement in answer.statements:
        for quote in statement.quotes:
            passage = answer.evidence[quote.label]
            assert passage.publication.id == quote.publication
            assert passage.chunk.text[quote.start - passage.chunk.start :].startswith(quote.text)
    assert [part.covered for part in answer.coverage] == [Covered.ANSWERED, Covered.ANSWERED]
    assert answer.coverage[0].part == "Indicators for national plans of action"
    assert answer.status is Status.ANSWERED


def test_an_open_part_that_nothing_answers_makes_the_answer_partial(make):
    answer = make().answer("Which indicators for a national action plan, and which vaccine prevents measles in cattle?")
    assert len(answer.statements) == len(answer.listing.items) == 3
    assert [part.covered for part in answer.coverage] == [Covered.ANSWERED, Covered.NOT]
    assert answer.status is Status.PARTIAL


def test_a_story_belongs_to_what_is_asked_after_it():
    read = Recogniser().read
    story = "Our ministry writes a national action plan for migrant children."
    whole = f"{story} What should we ask ourselves, and how do we measure it?"
    assert taken_apart(whole, read).open == ()
    mixed = taken_apart(f"{story} Which indicators should we use, and what is a durable solution?", read)
    assert [part.text for part in mixed.open] == ["What is a durable solution?"]
    assert mixed.listed == f"{story} Which indicators should we use"


def test_an_open_part_leaves_no_trace_in_what_is_described(make):
    question = "What does displacement mean, and which indicators fit an awareness campaign?"
    assert make().answer(question).listing.wanted == Wanted((ItemKind.INDICATOR,), (Activity.AWARENESS_RAISING,))


def test_a_very_long_description_is_read_from_its_end_and_says_so(make):
    story = "We write a national action plan with many partners. " * 60
    answer = make().answer(story + LISTED)
    assert len(story) > MAX_QUESTION and answer.notice.startswith(TOO_LONG)
    assert answer.listing.wanted.activities == (PLANS,)
