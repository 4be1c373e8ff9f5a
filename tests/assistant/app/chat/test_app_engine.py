"""The assistant is opened behind the page, says why it can't be, and can be tried again."""

import threading

import pytest
from fakes import ToldClassifier

from assistant.app.channel import reason
from assistant.app.chat.engine import Engine
from assistant.assistant import Assistant
from assistant.people.masking import Masking
from assistant.people.types import Personal, PersonalDetail
from assistant.understand.lexicon import lexicon
from assistant.understand.understanding import Understanding
from index.errors import StaleIndex


def test_it_warms_up_in_the_background_and_is_there_when_asked_for():
    go = threading.Event()
    engine = Engine(lambda: go.wait(10) and "the assistant")
    assert engine.warming
    assert not engine.wait(0)
    go.set()
    assert engine.wait(10)
    assert engine.assistant() == "the assistant"
    assert not engine.warming
    assert engine.failure == ""


def test_an_error_of_ours_is_told_as_it_stands():
    def opener():
        raise StaleIndex("index was built with 'a', settings ask for 'b'; run `icat index`")

    engine = Engine(opener)
    assert engine.wait(10)
    assert engine.failure == "index was built with 'a', settings ask for 'b'; run `icat index`"
    with pytest.raises(StaleIndex):
        engine.assistant()


def test_after_a_failure_it_can_be_opened_again_and_while_it_works_it_is_not():
    opened = []

    def opener():
        opened.append(1)
        if len(opened) == 1:
            raise StaleIndex("run `icat index`")
        return "the assistant"

    engine = Engine(opener)
    engine.wait(10)
    engine.again()
    assert engine.assistant() == "the assistant"
    engine.again()
    assert len(opened) == 2


def test_a_bug_is_told_by_its_kind_only():
    assert "KeyError" in reason(KeyError("/secret/path"))
    assert "/secret/path" not in reason(KeyError("/secret/path"))


def test_details_of_people_are_left_out_as_the_assistant_does_it_once_it_is_open():
    def of_one(text: str) -> list[PersonalDetail]:
        return [PersonalDetail(0, 3, Personal.NAME)]

    go = threading.Event()
    assistant = Assistant(Understanding(ToldClassifier(), lexicon()), {}, masking=Masking(of_one))
    engine = Engine(lambda: go.wait(10) and assistant)
    assert engine.masking.read("one, two").text == "one, two"
    go.set()
    engine.wait(10)
    assert engine.masking.read("one, two").text == "[…], two"
