"""Steps as measures and as spans: what is counted, how an answer that fails or is left is told, and no text in any."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.assistant import Assistant
from assistant.types import Act, Answer, Done, Event, Request, Retrieved, Turn
from assistant.watch.measures import Measures, spans
from assistant.watch.steps import TURN, observe, step

QUESTION = "Where does Maria Ilinca live?"


class Reading:
    """Understands everything as an open question."""

    def read(self, asked: str, *others: object) -> Request:
        return Request(asked, asked)


class Scripted:
    """Answers with nothing, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def answer(self, request: Request, turns: tuple[Turn, ...] = ()) -> Iterator[Event]:
        with step("search"):
            if self._error:
                raise self._error
        yield Retrieved(Answer(request).evidence, ())
        yield Done(Answer(request))


@pytest.fixture()
def measures() -> Iterator[Measures]:
    handlers = list(logging.getLogger().handlers)
    yield Measures()
    logging.getLogger().handlers[:] = handlers


def lines(measures: Measures) -> list[str]:
    return measures.text()[0].decode().splitlines()


def test_an_answer_is_counted_by_how_it_ended_and_each_of_its_steps_once(measures: Measures):
    Assistant(Reading(), {Act.ASK: Scripted()}).answer(QUESTION)
    found = lines(measures)
    assert 'icat_answers_total{status="no evidence"} 1.0' in found
    for name in ("answer", "understand", "search"):
        assert f'icat_step_seconds_count{{step="{name}"}} 1.0' in found
        assert f'icat_steps_running{{step="{name}"}} 0.0' in found
    assert not any("errors_total{" in line or "Maria" in line for line in found)


def test_an_error_is_counted_by_kind_in_each_step_that_it_ended(measures: Measures):
    with suppress(KeyError):
        Assistant(Reading(), {Act.ASK: Scripted(KeyError(QUESTION))}).answer(QUESTION)
    found = lines(measures)
    assert 'icat_answers_total{status="error"} 1.0' in found
    assert 'icat_errors_total{kind="KeyError",step="search"} 1.0' in found
    assert not any("Maria" in line for line in found)


def test_an_answer_that_is_left_counts_as_stopped_and_as_no_error(measures: Measures):
    with closing(Assistant(Reading(), {Act.ASK: Scripted()}).ask(QUESTION)) as events:
        next(events)
        assert 'icat_steps_running{step="answer"} 1.0' in lines(measures)
    found = lines(measures)
    assert 'icat_answers_total{status="stopped"} 1.0' in found
    assert not any("errors_total{" in line for line in found)


def test_requests_in_line_are_those_whose_turn_has_not_come(measures: Measures):
    with step(TURN), step(TURN):
        assert 'icat_steps_running{step="turn"} 2.0' in lines(measures)
    assert 'icat_steps_running{step="turn"} 0.0' in lines(measures)


def test_warnings_and_errors_of_the_log_are_counted(measures: Measures):
    logging.getLogger("some.module").warning("one")
    logging.getLogger("some.module").error("two")
    assert 'icat_log_records_total{level="warning"} 1.0' in lines(measures)
    assert 'icat_log_records_total{level="error"} 1.0' in lines(measures)


def test_spans_lie_within_that_of_their_answer_and_say_nothing_of_what_was_asked():
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    observe(spans(provider))
    with suppress(KeyError):
        Assistant(Reading(), {Act.ASK: Scripted(KeyError(QUESTION))}).answer(QUESTION)
    by_name = {span.name: span for span in kept.get_finished_spans()}
    assert set(by_name) == {"answer", "understand", "search"}
    answer = by_name["answer"]
    assert {by_name[name].parent.span_id for name in ("understand", "search")} == {answer.context.span_id}
    assert answer.attributes["icat.status"] == "error" and answer.status.description == "KeyError"
    assert not any("Maria" in span.to_json() for span in by_name.values())
