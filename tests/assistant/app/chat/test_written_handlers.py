"""What the server tells the page while a language model writes, and of a kept answer whose sources have changed."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asked import last, steps

from assistant import wiring
from assistant.app.channel import Channel
from assistant.app.chat import layout
from assistant.app.chat.engine import Engine
from assistant.app.chat.handlers import ChatHandlers
from assistant.app.header import Model, header, model_of
from assistant.people.masking import Masking
from assistant.settings import Settings
from assistant.show.record import turns_from_record, turns_to_record
from assistant.show.words import say
from assistant.types import (
    Answer,
    Artefact,
    Delta,
    Difference,
    Done,
    Draft,
    Drafting,
    DraftLine,
    DraftPart,
    DraftWords,
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
from corpus.anticipated import questions_of
from corpus.library import Library

QUESTION = {"question": "How do they differ?", "number": 0}
FIRST = "Trafficking and smuggling are two crimes."
HARMFUL = "<img src=x onerror=alert(1)>\n and\x1b[31m more"


class Writing:
    """An assistant that waits in a queue, drafts two sentences and is done; knows whether it was closed."""

    masking = Masking()

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
def handlers(library: Library, settings: Settings, assistant: Writing) -> ChatHandlers:
    return ChatHandlers(Engine(lambda: assistant), library, settings, "0.0")


def test_what_the_publications_say_is_shown_until_the_model_has_written(
    library: Library, settings: Settings, turn: Turn, written: Answer
):
    class Meanwhile(Writing):
        def ask(self, *asked: object) -> Iterator[Event]:
            yield Retrieved(self.answer.evidence, (), turn.answer)
            yield Done(self.answer)

    handlers = ChatHandlers(Engine(lambda: Meanwhile(written)), library, settings, "0.0")
    shown, answered = steps(handlers, "ask", QUESTION)[-2:]
    assert (shown["step"], shown["text"]) == ("meanwhile", say("waiting.model"))
    assert turn.answer.statements[0].text in shown["html"]
    (kept,) = turns_from_record(json.loads(json.dumps(shown["turn"])))
    assert kept.answer == turn.answer  # so that its labels can be opened
    assert answered["step"] == "answered"


def test_the_place_in_the_queue_is_told_then_each_sentence_of_the_draft(handlers: ChatHandlers):
    told = steps(handlers, "ask", QUESTION)[-8:-1]
    shown = [(step["step"], step["text"], step.get("sentence")) for step in told]
    cleaned = "<img src=x onerror=alert(1)> and[31m more"
    assert shown == [
        ("waiting", "Reading 1 passage…", None),
        ("waiting", "2 answers are written before yours", None),
        ("waiting", "1 answer is written before yours", None),
        ("waiting", say("waiting.model"), None),
        ("draft", say("waiting.model"), FIRST),
        ("waiting", say("waiting.model"), None),
        ("draft", say("waiting.model"), cleaned),
    ]


def test_the_checked_answer_comes_last_and_is_kept_whole(handlers: ChatHandlers, written: Answer):
    answered = last(handlers, "ask", QUESTION)
    assert answered["step"] == "answered"
    assert answered["said"] == (
        "The answer is there: 1 checked sentence from 1 publication. 1 sentence withheld: not supported."
    )
    (kept,) = turns_from_record(json.loads(json.dumps(answered["turn"])))
    assert kept.answer == written
    copied = answered["html"].partition('data-copy="')[2].partition('"')[0]
    assert FIRST in copied and "They are the same." not in copied


def test_a_question_that_is_stopped_closes_what_is_writing(handlers: ChatHandlers, assistant: Writing):
    asked = Channel(handlers.table).steps("ask", QUESTION)
    while next(asked)["step"] != "draft":
        assert not assistant.closed
    asked.close()
    assert assistant.closed


class WritingAgain:
    """Drafts of which a part is written again, to what was given; knows whether it was closed."""

    masking = Masking()

    def __init__(self, answer: Answer) -> None:
        self.answer, self.closed = answer, False

    def written_again(self, answer: Answer, part: int) -> Generator[Event, None, Answer]:
        try:
            yield Queued(1)
            yield Delta(FIRST)
            return self.answer
        finally:
            self.closed = True


def test_a_part_is_written_again_and_a_page_that_is_left_stops_it(
    library: Library, settings: Settings, written: Answer
):
    line = DraftLine(DraftWords.WRITTEN, "", 0)
    draft = Draft(Artefact.HANDOUT, "crimes", (DraftPart("What to know", (line,)),))
    changed = replace(written, draft=draft)
    assistant = Writing(written)
    assistant.drafts = WritingAgain(changed)
    handlers = ChatHandlers(Engine(lambda: assistant), library, settings, "0.0")
    sent = {"number": 0, "record": turns_to_record([Turn("q", changed)]), "does": "again", "part": 0}
    *waited, revised = steps(handlers, "revise", sent)
    assert [step["text"] for step in waited][-2:] == [say("waiting.model")] * 2
    assert revised["step"] == "revised" and FIRST in revised["html"]
    assistant.drafts.closed = False
    left = Channel(handlers.table).steps("revise", sent)
    while next(left)["text"] != say("waiting.model"):
        assert not assistant.drafts.closed
    left.close()
    assert assistant.drafts.closed


def test_a_reading_where_publications_differ_opens_with_its_words_marked(handlers: ChatHandlers, written: Answer):
    record = turns_to_record([Turn("q", written)])
    step = last(handlers, "open", {"value": "0.1.d.0", "record": record})
    assert f"<mark>{written.differences[0].readings[0].words}</mark>" in step["html"]
    for value in ("0.1.d.9", "0.9.d.0", "0.1.d.x", "0.1.d."):
        assert last(handlers, "open", {"value": value, "record": record})["step"] == "failed"


def changed(answer: Answer, text: str) -> Answer:
    """As if the answer had been given from an earlier document, with those words at its quote's place."""
    quote = answer.statements[0].quotes[0]
    passage = replace(answer.evidence.passages[0], document_sha256="0" * 64)
    old = replace(quote, text=text, end=quote.start + len(text), document_sha256="0" * 64)
    statement = replace(answer.statements[0], quotes=(old,))
    return replace(answer, evidence=replace(answer.evidence, passages=(passage,)), statements=(statement,))


def test_a_kept_answer_is_held_against_the_documents_as_they_are(handlers: ChatHandlers, written: Answer):
    same = written.statements[0].quotes[0].text
    turns = [Turn("a", written), Turn("b", changed(written, same)), Turn("c", changed(written, "Words of before."))]
    html = last(handlers, "reopen", {"record": turns_to_record(turns)})["html"]
    first, second, third = html.split("<article")[1:]
    assert "icat-drifted" not in first and "icat-changed" not in first
    assert "Changed since this answer was given: 1 of 1 citation (1 stands at another place now)." in second
    assert "its source has changed since" not in second
    assert "(1 is no longer there)." in third and "its source has changed since" in third
    assert third.count("icat-drifted") == 1


def test_the_page_says_who_writes_and_where_questions_go(tmp_path: Path):
    model = {"name": "model-<x>", "base_url": "https://models.example.org:8443/v1"}
    remote = model_of(Settings(home=tmp_path, model=model))
    assert remote == Model("model-<x>", "models.example.org")
    assert model_of(Settings(home=tmp_path)) is None
    quoted, written = header((), None), header((), remote)
    assert "to no other" in quoted and "word for word" in quoted and "language model" not in quoted
    assert "sent to the language model at <b>models.example.org</b>" in written and "to no other" not in written
    assert "model-&lt;x&gt; writes" in written
    assert "to no other" in header((), Model("m", "127.0.0.1"))
    assert "Quotes only" in layout.composer(None) and "model-&lt;x&gt; writes." in layout.composer(remote)
    assert "checkbox" not in layout.composer(None) and "Have model-&lt;x&gt; write" in layout.composer(remote)
    assert "sentences of the publications" not in layout.conversation(remote)


def test_examples_are_questions_that_what_is_in_force_answers_and_others_each_day(tmp_path: Path):
    library = wiring.open_library(Settings(home=tmp_path))
    here = [library.publication(name) for name in ("about-icat", "advice-staff", "glossary", "advice-children")]
    first, second = layout.examples(here, day=0), layout.examples(here, day=1)
    # four publications, three of them a day: places 0, 0 + 4/3 = 1, 0 + 8/3 = 2, and the next day one further
    assert len(first) == 3 and first != second
    asked = {each.text: each.publication for name in here for each in questions_of(name.id)}
    assert [asked[text] for _, text in first] == ["about-icat", "advice-staff", "glossary"]
    assert [asked[text] for _, text in second] == ["advice-staff", "glossary", "advice-children"]
    assert layout.examples([library.publication("toolkit")], day=0) == []  # an original: nobody anticipated questions
    assert first[0][1] in layout.conversation(None, first)
