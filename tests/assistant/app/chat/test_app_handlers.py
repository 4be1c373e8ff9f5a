"""What the server answers to the page's requests, over a real library; every request ends in a step."""

import json
import threading
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from asked import last, steps

from assistant.app.channel import Channel, failed
from assistant.app.chat.engine import Engine
from assistant.app.chat.handlers import ChatHandlers, waiting
from assistant.people.masking import Masking
from assistant.program.program import MAX_QUESTION
from assistant.settings import Settings
from assistant.show.record import turns_from_record, turns_to_record
from assistant.show.words import say
from assistant.types import (
    Act,
    Answer,
    Artefact,
    Corrected,
    Done,
    Draft,
    DraftLine,
    DraftPart,
    DraftWords,
    Event,
    Request,
    Retrieved,
    Turn,
    Wanted,
)
from corpus.library import Library
from corpus.listing import in_other_languages
from corpus.toolkit.types import ItemKind
from corpus.types import Activity, BlockKind, Kind
from index.errors import StaleIndex
from index.types import Filters

EVERYTHING = Filters()


class Scripted:
    """An assistant that always gives one answer, and keeps what it was asked."""

    masking = Masking()

    drafts = None  # it changes no draft by what a library says

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, tuple[Turn, ...], Filters]] = []
        self.corrected: Corrected | None = None

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        corrected: Corrected | None = None,
    ) -> Iterator[Event]:
        self.asked.append((question, tuple(turns), filters))
        self.corrected = corrected
        yield Retrieved(self.answer.evidence)
        yield Done(self.answer)


@pytest.fixture()
def scripted(turn: Turn) -> Scripted:
    return Scripted(turn.answer)


@pytest.fixture()
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture()
def handlers(library: Library, settings: Settings, scripted: Scripted) -> ChatHandlers:
    return ChatHandlers(Engine(lambda: scripted), library, settings, "0.0")


def opening(library: Library, settings: Settings, opener: Callable[[], object]) -> ChatHandlers:
    return ChatHandlers(Engine(opener), library, settings, "0.0")


# --- asking ---


def test_a_question_waits_and_is_answered_with_a_turn_to_show_and_to_keep(handlers: ChatHandlers, turn: Turn):
    *before, answered = steps(handlers, "ask", {"question": turn.question, "number": 3})
    assert {step["step"] for step in before} == {"waiting"}
    assert answered["step"] == "answered"
    assert 'value="3.1.0.0"' in answered["html"]
    assert turns_from_record(answered["turn"]) == (turn,)
    json.dumps(answered)


def test_a_follow_up_brings_the_turns_before_it_and_the_filters(handlers: ChatHandlers, scripted: Scripted, turn: Turn):
    chosen = {"publications": ["a-80-67"], "kinds": ["report"], "languages": ["en"]}
    record = turns_to_record([turn, turn])
    steps(handlers, "ask", {"question": "and children?", "number": 2, "record": record, **chosen})
    filters = Filters(publications=("a-80-67",), kinds=(Kind.REPORT,), languages=("en",))
    assert scripted.asked == [("and children?", (turn, turn), filters)]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, None),
        ({"corrected": None}, None),
        ({"corrected": {"act": "ask"}}, Corrected(Act.ASK)),
        (
            {"corrected": {"act": "list", "wanted": {"kinds": ["indicator"], "activities": ["livelihoods"]}}},
            Corrected(Act.LIST, Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,))),
        ),
    ],
)
def test_a_correction_reaches_the_assistant_with_the_question_as_it_was_typed(
    handlers: ChatHandlers, scripted: Scripted, sent: dict, told: Corrected | None
):
    assert last(handlers, "ask", {"question": "which ones?", "number": 0, **sent})["step"] == "answered"
    assert (scripted.asked[-1][0], scripted.corrected) == ("which ones?", told)


def test_an_index_that_does_not_fit_is_said_and_the_next_question_tries_again(
    library: Library, settings: Settings, scripted: Scripted
):
    openers = iter([StaleIndex("the index is stale; run `icat index`")] * 2 + [None])

    def opener():
        error = next(openers)
        if error:
            raise error
        return scripted

    engine = Engine(opener)
    handlers = ChatHandlers(engine, library, settings, "0.0")
    assert engine.wait(10)
    assert handlers.warmth() == "the index is stale; run `icat index`"
    question = {"question": "x", "number": 0}
    assert last(handlers, "ask", question) == failed("the index is stale; run `icat index`")
    assert last(handlers, "ask", question)["step"] == "answered"
    assert handlers.warmth() == ""


def test_a_bug_ends_in_a_step_too_and_tells_no_more_than_its_kind(library: Library, settings: Settings):
    handlers = opening(library, settings, object)
    step = last(handlers, "ask", {"question": "x", "number": 0})
    assert step["step"] == "failed"
    assert "AttributeError" in step["text"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        {"question": "", "number": 0},
        {"question": "x" * (MAX_QUESTION + 1), "number": 0},
        {"question": "x", "number": -1},
        {"question": "x", "number": 0, "more": 1},
        {"question": "x", "number": 0, "kinds": ["spell"]},
        {"question": "x", "number": 0, "record": {"version": 1, "turns": [{}]}},
        {"question": "x", "number": 0, "corrected": {}},
        {"question": "x", "number": 0, "corrected": "ask"},
        {"question": "x", "number": 0, "corrected": {"act": "cast a spell"}},
        {"question": "x", "number": 0, "corrected": {"act": "ask", "more": 1}},
        {"question": "x", "number": 0, "corrected": {"act": "list", "wanted": "indicator"}},
        {"question": "x", "number": 0, "corrected": {"act": "list", "wanted": {"kinds": []}}},
        {"question": "x", "number": 0, "corrected": {"act": "list", "wanted": {"kinds": ["<img src=x>"]}}},
        {"question": "x", "number": 0, "corrected": {"act": "list", "wanted": {"kinds": ["lesson"], "more": 1}}},
    ],
)
def test_what_the_page_would_never_send_fails_without_reaching_the_assistant(
    handlers: ChatHandlers, scripted: Scripted, sent: object
):
    (step,) = steps(handlers, "ask", sent)
    assert step["step"] == "failed"
    assert scripted.asked == []


def test_a_question_asked_while_the_models_are_loaded_is_told_so_and_answered_afterwards(
    library: Library, settings: Settings, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assistant.app.chat.handlers.PATIENCE", 0.01)
    loaded = threading.Event()
    handlers = opening(library, settings, lambda: loaded.wait(10) and scripted)
    assert handlers.warmth() == say("waiting.models")
    asked = Channel(handlers.table).steps("ask", {"question": "x", "number": 0})
    assert next(asked) == waiting(say("waiting.models"))
    loaded.set()
    assert list(asked)[-1]["step"] == "answered"
    assert handlers.warmth() == ""


# --- reopening ---


def test_a_kept_conversation_comes_back_as_html(handlers: ChatHandlers, turn: Turn):
    record = json.loads(json.dumps(turns_to_record([turn, turn])))
    step = last(handlers, "reopen", {"record": record})
    assert step["lost"] == ""
    assert step["html"].count("<article") == 2
    assert 'value="1.1.0.0"' in step["html"]
    assert last(handlers, "reopen", {"record": None}) == {"html": "", "lost": ""}


def test_one_that_cannot_be_read_is_said_to_be_lost(handlers: ChatHandlers):
    step = last(handlers, "reopen", {"record": {"version": 99, "turns": []}})
    assert step["html"] == ""
    assert "not of version" in step["lost"]


def test_a_conversation_out_of_a_file_is_given_back_without_what_is_no_part_of_it_or_refused(
    handlers: ChatHandlers, turn: Turn
):
    record = turns_to_record([turn])
    more = {**record, "more": 1, "turns": [{**record["turns"][0], "more": 1}]}
    assert last(handlers, "check", {"record": more}) == {"record": record}
    step = last(handlers, "check", {"record": {**record, "turns": [{"question": "x", "answer": {"version": 3}}]}})
    assert step["step"] == "failed" and step["text"].startswith("stored answer: ")


# --- opening a source ---


@pytest.mark.parametrize("value", ["0.1.0.0", "0.1..", "0.1.n."])
def test_a_label_opens_its_source_with_the_words_marked(handlers: ChatHandlers, turn: Turn, value: str):
    step = last(handlers, "open", {"value": value, "record": turns_to_record([turn])})
    assert "<mark>" in step["html"]
    assert turn.answer.statements[0].text in step["html"]


def test_an_extract_opens_with_all_of_it_marked_and_what_it_leaves_out_not(handlers: ChatHandlers, turn: Turn):
    (statement,), (quote,) = turn.answer.statements, turn.answer.statements[0].quotes
    cut = len("Trafficking in persons")
    gap = len(" and ")
    first = replace(quote, end=quote.start + cut, text=quote.text[:cut])
    second = replace(quote, start=first.end + gap, text=quote.text[cut + gap :])
    lines = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    extract = replace(statement, text=f"{first.text}\n{second.text}", quotes=(first, second), lines=lines)
    record = turns_to_record([replace(turn, answer=replace(turn.answer, statements=(extract,)))])
    step = last(handlers, "open", {"value": "0.1.0.0", "record": record})
    assert f"<mark>{first.text}</mark> and <mark>{second.text}</mark>" in step["html"]


@pytest.mark.parametrize(
    "value", ["", "0", "0.9.0.0", "0.1.9.0", "0.1.0.9", "0.0.0.0", "0.1.-1.0", "0.9.n.", "a.b.c.d"]
)
def test_a_label_that_is_none_opens_nothing(handlers: ChatHandlers, turn: Turn, value: str):
    step = last(handlers, "open", {"value": value, "record": turns_to_record([turn])})
    assert step["step"] == "failed"


# --- rating and saving ---


def test_a_rating_is_kept_with_its_word_and_without_the_question(
    handlers: ChatHandlers, settings: Settings, turn: Turn
):
    last(handlers, "rate", {"good": False, "comment": " too short ", "record": turns_to_record([turn])})
    (line,) = (settings.home / "journal" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["rating"], kept["comment"]) == ("down", "too short")
    assert turn.question not in line


def test_a_conversation_is_saved_as_markdown_and_as_word_and_leaves_no_copy(
    handlers: ChatHandlers, settings: Settings, turn: Turn
):
    record = turns_to_record([turn])
    markdown = last(handlers, "save", {"format": "md", "record": record})
    assert markdown["name"].endswith(".md")
    assert turn.answer.statements[0].text in b64decode(markdown["content"]).decode()
    word = last(handlers, "save", {"format": "docx", "record": record})
    with zipfile.ZipFile(BytesIO(b64decode(word["content"]))) as parts:
        assert turn.answer.statements[0].text in parts.read("word/document.xml").decode()
    assert not list(settings.home.rglob("*.docx")) and not list(settings.home.rglob("*.md"))
    assert last(handlers, "save", {"format": "exe", "record": record})["step"] == "failed"


# --- filters ---


def test_the_filters_offer_what_is_in_force(handlers: ChatHandlers, library: Library):
    publications, kinds, languages = handlers.choices()
    in_force = set(library.in_force())
    elsewhere = in_other_languages(map(library.publication, in_force), "en")
    assert {id for _, id in publications} == in_force - elsewhere and "advice-staff-fr" in elsewhere
    assert ("glossary", "glossary") in kinds
    assert ("English", "en") in languages


def test_an_answer_without_evidence_is_a_turn_like_any_other(library: Library, settings: Settings):
    nothing = Answer(Request("x", "x"))
    handlers = opening(library, settings, lambda: Scripted(nothing))
    said = last(handlers, "ask", {"question": "x", "number": 0})["said"]
    assert said == "The publications here have nothing close to this."


def test_a_draft_is_changed_and_comes_back_as_a_turn_to_keep(handlers: ChatHandlers, turn: Turn):
    lines = (DraftLine(DraftWords.TASK, "Read aloud."), DraftLine(DraftWords.QUOTED, "", 0))
    draft = Draft(Artefact.HANDOUT, "crimes", (DraftPart("In short", lines),))
    record = turns_to_record([replace(turn, answer=replace(turn.answer, draft=draft))])
    sent = {"number": 4, "record": record, "does": "drop", "part": 0, "line": 0}
    step = last(handlers, "revise", sent)
    (changed,) = turns_from_record(step["turn"])
    assert step["step"] == "revised" and 'id="icat-turn-4"' in step["html"]
    assert changed.answer.draft.parts[0].lines == lines[1:]
    edited = {**sent, "does": "edit", "text": "One <i>crime</i>"}
    assert "One &lt;i&gt;crime&lt;/i&gt;" in last(handlers, "revise", edited)["html"]
    assert last(handlers, "revise", {**sent, "line": 7})["step"] == "failed"
    assert last(handlers, "revise", {**sent, "record": turns_to_record([turn])})["step"] == "failed"


def test_what_is_no_draft_is_not_saved_as_slides_and_it_says_so(handlers: ChatHandlers, turn: Turn):
    step = last(handlers, "save", {"format": "pptx", "record": turns_to_record([turn])})
    assert step["step"] == "failed" and "Only a draft" in step["text"]
