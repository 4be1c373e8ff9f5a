"""No path forgets: what names a person reaches neither a model, nor the log, nor a file, nor what comes back."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes import HashedWords, SharedWords, ToldClassifier
from list_samples import INDICATORS, lists
from passages import Shelf, document
from review_samples import FULL, workbench, written
from scripted_model import Reply, ScriptedModel

from assistant.answer.act import Asks
from assistant.app.channel import Channel
from assistant.app.chat.engine import Engine
from assistant.app.chat.handlers import ChatHandlers
from assistant.assistant import Assistant
from assistant.model_settings import ModelSettings
from assistant.people.masking import MARK, Masking
from assistant.people.types import Personal
from assistant.program.program import Program
from assistant.review.types import Judgement, Source
from assistant.settings import Settings
from assistant.show.record import turns_from_record, turns_to_record
from assistant.types import Act, Answer, Corrected, Request, Turn, Wanted
from assistant.understand.classifier import open_classifier
from assistant.understand.lexicon import lexicon
from assistant.understand.understanding import Understanding
from assistant.write.author import Author
from assistant.write.check import Checker
from assistant.write.model.door import open_model
from corpus.catalogue import load
from corpus.chunking import chunk
from corpus.library import Library
from corpus.toolkit.types import ItemKind
from index.build import build
from index.retriever import Retriever
from index.types import IndexSettings

REMEDIES = document(
    "remedies",
    """
    # Compensation
    Compensation for unpaid wages must be claimed within two years before labour tribunals. Legal aid pays for a lawyer.
    """,
)
DRAFT = "Compensation for unpaid wages must be claimed before labour tribunals within two years [S1]."
QUESTION = "When must compensation for unpaid wages be claimed before labour tribunals?"
ABOUT_HER = "My name is Ngozi Adebayo, my phone is +234 803 555 1234, my passport A12345678."
PRIVATE = ("Ngozi", "Adebayo", "803 555", "A12345678")


@dataclass(frozen=True)
class Served:
    """The chat and the functions for programs over one assistant that writes with a scripted model."""

    chat: ChatHandlers
    program: Program
    model: ScriptedModel
    home: Path

    def send(self, name: str, **sent: object) -> list[dict[str, object]]:
        return list(Channel(self.chat.table).steps(name, sent))

    def kept(self) -> str:
        """All that was sent to the model, and every file of the data folder, as text."""
        files = [file.read_bytes().decode("utf-8", "replace") for file in self.home.rglob("*") if file.is_file()]
        return json.dumps(self.model.requests, ensure_ascii=False) + "".join(files)


@pytest.fixture()
def served(home: Path) -> Iterator[Served]:
    embedder, settings = HashedWords(), IndexSettings()
    chunks = chunk(REMEDIES, embedder.count_tokens)
    build(chunks, {REMEDIES.publication.id: REMEDIES.publication}, home, settings, embedder)
    shelf, retriever, library = Shelf(REMEDIES), Retriever(home, settings, embedder), Library(home, load())
    with ScriptedModel(Reply([DRAFT])) as model:
        author = Author(open_model(ModelSettings(base_url=model.base_url, name="scripted")), Checker(shelf))
        asks = Asks(shelf, retriever, SharedWords(), author=author)
        assistant = Assistant(
            Understanding(ToldClassifier(), lexicon()),
            {Act.ASK: asks, Act.LIST: lists(*INDICATORS)},
            passages=retriever,
        )
        chat = ChatHandlers(Engine(lambda: assistant), library, Settings(home=home), "0.0")
        yield Served(chat, Program(lambda: assistant, library, ()), model, home)


def test_a_question_is_answered_without_what_names_a_person(served: Served, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        steps = served.send("ask", question=f"{ABOUT_HER} {QUESTION}", number=0)
    assert steps[-1]["step"] == "answered" and served.model.requests
    seen = json.dumps(steps, ensure_ascii=False) + served.kept() + caplog.text
    assert not [word for word in PRIVATE if word in seen]
    assert QUESTION in served.kept() and MARK in str(steps[-1]["html"])
    said = "I left out a name, a phone number and the number of a document before keeping your question"
    assert said in str(steps[-1]["html"])


def test_what_was_asked_before_and_what_was_chosen_are_read_too(served: Served):
    before = turns_to_record([Turn(ABOUT_HER, Answer(Request(ABOUT_HER, ABOUT_HER)))])
    wanted = Wanted((ItemKind.INDICATOR,), description=ABOUT_HER)
    steps = served.send("ask", question=QUESTION, number=1, record=before)
    assert steps[-1]["step"] == "answered"
    assistant = served.program._assistant()
    listed = assistant.answer("Indicators", corrected=Corrected(Act.LIST, wanted))
    seen = json.dumps(steps, ensure_ascii=False) + served.kept() + repr(listed)
    assert not [word for word in PRIVATE if word in seen]


def test_a_rating_and_a_line_of_ones_own_are_kept_without_it(served: Served):
    (answered,) = served.send("ask", question=QUESTION, number=0)[-1:]
    assert served.send("rate", good=False, comment=ABOUT_HER, record=answered["turn"]) == [{"kept": True}]
    assert "feedback" in "".join(file.name for file in served.home.rglob("*"))
    assert not [word for word in PRIVATE if word in served.kept()]


def test_a_program_is_given_back_what_it_asked_without_it(served: Served):
    given = served.program.ask(f"{ABOUT_HER} {QUESTION}", [ABOUT_HER])
    seen = json.dumps(given, ensure_ascii=False) + served.kept()
    assert given["statements"] and not [word for word in PRIVATE if word in seen]


def test_a_review_keeps_neither_the_question_nor_a_comment_with_it(home: Path):
    bench = workbench(home)
    bench.create([Source(written(1, asked=ABOUT_HER), history=(ABOUT_HER,))], "a conversation", raters=["Ana"])
    bench.judge("r1.1", "Ana", Judgement(FULL.support, FULL.citation, comment=ABOUT_HER))
    kept = "".join(file.read_bytes().decode("utf-8", "replace") for file in home.rglob("*") if file.is_file())
    assert MARK in kept and not [word for word in PRIVATE if word in kept]


def test_a_kept_turn_is_read_back_as_it_was_masked(served: Served):
    (answered,) = served.send("ask", question=f"{ABOUT_HER} {QUESTION}", number=0)[-1:]
    (turn,) = turns_from_record(answered["turn"])
    assert turn.question == f"My name is {MARK}, my phone is {MARK}, my passport {MARK}. {QUESTION}"
    assert turn.answer.request.asked == turn.question


@pytest.mark.parametrize(
    "plea",
    [
        "My name is Ngozi Adebayo, please help me, they locked me in and took my passport, call +234 803 555 1234",
        "Me llamo Rosa Quispe, ayúdenme, no me dejan salir de la casa y me pegan, mi número es +51 982 555 014",
        "Меня зовут Дилноза Каримова, помогите, меня заперли и бьют, мой телефон +998 90 555 12 34",
    ],
)
def test_a_plea_for_help_is_still_read_as_danger_without_who_it_is_from(plea: str):
    masked = Masking().read(plea)
    assert masked.kinds == (Personal.NAME, Personal.PHONE)
    assert Understanding(open_classifier(), lexicon()).read(masked.text).act is Act.DANGER


def test_a_question_that_names_two_persons_is_answered(served: Served):
    asked = f"Ngozi Adebayo and her sister Blessing Okafor were not paid. {QUESTION}"
    answered = served.send("ask", question=asked, number=0)[-1]
    assert answered["step"] == "answered" and "within two years" in str(answered["html"])
    seen = json.dumps(answered, ensure_ascii=False) + served.kept()
    assert not [name for name in ("Ngozi", "Adebayo", "Blessing", "Okafor") if name in seen]


@pytest.mark.parametrize("typed", ["livelyhood desgin", "punishmnt of the victms", "wat is traficking"])
def test_a_typing_error_is_nobodys_name(typed: str):
    assert Masking().read(typed).text == typed
