"""What the server tells the page while a language model writes, and of a kept answer whose sources have changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import messages
from assistant.app.chat import layout
from assistant.app.chat.handlers import WRITING, Handlers
from assistant.app.engine import Engine
from assistant.settings import Settings
from assistant.show.record import turns_from_record, turns_to_record
from assistant.types import (
    Answer,
    Delta,
    Difference,
    Done,
    Drafting,
    Event,
    Outcome,
    Queued,
    Retrieved,
    Saying,
    Statement,
    Support,
    Turn,
    Usage,
)
from corpus.library import Library
from index.types import Filters

QUESTION = {"id": "a", "question": "How do they differ?", "number": 0}
FIRST = "Trafficking and smuggling are two crimes."
HARMFUL = "<img src=x onerror=alert(1)>\n and\x1b[31m more"


class Writing:
    """An assistant that waits in a queue, drafts two sentences and is done; knows whether it was closed."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.closed = False

    def ask(self, *asked: object) -> Iterator[Event]:
        try:
            yield Retrieved(self.answer.evidence)
            yield Queued(2)
            yield Queued(1)
            yield Queued(0)
            yield Delta(FIRST, (1,))
            yield Queued(0)
            yield Delta(HARMFUL)
            yield Done(self.answer)
        finally:
            self.closed = True


@pytest.fixture()
def written(turn: Turn) -> Answer:
    """The sentence of `turn` in a model's words, one withheld, and a difference."""
    statement = replace(turn.answer.statements[0], text=FIRST, support=Support.FULL)
    said = turn.answer.statements[0].text
    return replace(
        turn.answer,
        statements=(statement,),
        nearest=(),
        written_by="model-x",
        withheld=(Statement("They are the same.", (), Support.NONE, ("not in the source",)),),
        usage=Usage(340, 85),
        drafting=Drafting("model-x", Outcome.SHOWN, prompt="ab", claims=2, supported=1),
        differences=(Difference("crimes", (Saying(said, 1, "2016"), Saying("One crime.", 1, "2017"))),),
    )


@pytest.fixture()
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture()
def assistant(written: Answer) -> Writing:
    return Writing(written)


@pytest.fixture()
def handlers(library: Library, settings: Settings, assistant: Writing) -> Handlers:
    return Handlers(Engine(lambda: assistant), library, settings, "0.0")


def test_the_place_in_the_queue_is_told_then_each_sentence_of_the_draft_with_those_before_it(handlers: Handlers):
    steps = list(handlers.ask(QUESTION, Filters()))
    shown = [(step["step"], step.get("text"), step.get("sentences")) for step in steps[-8:-1]]
    cleaned = "<img src=x onerror=alert(1)> and[31m more"
    assert shown == [
        ("waiting", "Reading 1 passages…", None),
        ("waiting", "2 answers are written before yours", None),
        ("waiting", "1 answer is written before yours", None),
        ("waiting", WRITING, None),
        ("draft", WRITING, [FIRST]),
        ("draft", WRITING, [FIRST]),
        ("draft", WRITING, [FIRST, cleaned]),
    ]
    assert {step["id"] for step in steps} == {"a"}


def test_the_checked_answer_comes_last_and_is_kept_whole(handlers: Handlers, written: Answer):
    last = list(handlers.ask(QUESTION, Filters()))[-1]
    assert last["step"] == "answered"
    assert last["said"] == (
        "The answer is there: 1 checked sentence from 1 publication. 1 sentence withheld: not supported."
    )
    (kept,) = turns_from_record(json.loads(json.dumps(last["turn"])))
    assert kept.answer == written
    copied = last["html"].partition('data-copy="')[2].partition('"')[0]
    assert FIRST in copied and "They are the same." not in copied


def test_a_question_that_is_stopped_closes_what_is_writing(handlers: Handlers, assistant: Writing):
    steps = handlers.ask(QUESTION, Filters())
    while next(steps)["step"] != "draft":
        assert not assistant.closed
    steps.close()
    assert assistant.closed


def test_a_reading_where_publications_differ_opens_with_its_words_marked(handlers: Handlers, written: Answer):
    record = turns_to_record([Turn("q", written)])
    step = handlers.open({"id": "o", "value": "0.1.d.0", "record": record})
    assert f"<mark>{written.differences[0].readings[0].words}</mark>" in step["html"]
    for value in ("0.1.d.9", "0.9.d.0", "0.1.d.x", "0.1.d."):
        assert handlers.open({"id": "o", "value": value, "record": record})["step"] == "failed"


def changed(answer: Answer, text: str) -> Answer:
    """As if the answer had been given from an earlier document, with those words at its quote's place."""
    quote = answer.statements[0].quotes[0]
    passage = replace(answer.evidence.passages[0], document_sha256="0" * 64)
    old = replace(quote, text=text, end=quote.start + len(text), document_sha256="0" * 64)
    statement = replace(answer.statements[0], quotes=(old,))
    return replace(answer, evidence=replace(answer.evidence, passages=(passage,)), statements=(statement,))


def test_a_kept_answer_is_held_against_the_documents_as_they_are(handlers: Handlers, written: Answer):
    same = written.statements[0].quotes[0].text
    turns = [Turn("a", written), Turn("b", changed(written, same)), Turn("c", changed(written, "Words of before."))]
    html = handlers.reopen({"id": "r", "record": turns_to_record(turns)})["html"]
    first, second, third = html.split("<article")[1:]
    assert "icat-drifted" not in first and "icat-changed" not in first
    assert "1 of 1 citation has changed since this answer was given: 1 stands at another place now." in second
    assert "its source has changed since" not in second
    assert "1 is no longer there." in third and "its source has changed since" in third
    assert third.count("icat-drifted") == 1


def test_the_page_says_who_writes_and_where_questions_go(library: Library, tmp_path: Path, handlers: Handlers):
    model = {"name": "model-<x>", "base_url": "https://models.example.org:8443/v1"}
    remote = Handlers(Engine(object), library, Settings(home=tmp_path, model=model), "0.0").model
    assert remote == layout.Model("model-<x>", "models.example.org")
    assert handlers.model is None
    quoted, written = layout.header(handlers.model), layout.header(remote)
    assert "to no other" in quoted and "word for word" in quoted and "language model" not in quoted
    assert "sent to the language model at <b>models.example.org</b>" in written and "to no other" not in written
    assert "model-&lt;x&gt; writes" in written
    assert "to no other" in layout.header(layout.Model("m", "127.0.0.1"))
    assert "word for word" in layout.composer(10) and "word for word" not in layout.composer(10, remote)
    assert "sentences of the publications" not in layout.conversation(remote)


def test_a_draft_step_holds_a_copy_of_what_was_drafted():
    drafted = ["one"]
    step = messages.draft("a", "t", drafted)
    drafted.append("two")
    assert step["sentences"] == ["one"]
