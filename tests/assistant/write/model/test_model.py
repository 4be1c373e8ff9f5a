"""The door to language models, against a real server that plays every fault: each ends in its reason."""

import gc
import logging
import threading
import traceback
from math import log

import pytest
from scripted_model import Refused, Reply, ScriptedModel, error, first_tokens

from assistant.errors import SettingsError
from assistant.model_settings import ModelSettings
from assistant.show.words import messages, say
from assistant.types import Usage
from assistant.write.model.door import LanguageModel, open_model
from assistant.write.model.types import ModelFault, Reason, Waiting, whole
from prompts import Message

SECRET = "sk-this-must-never-be-seen"
ASKED = (Message("system", "Be brief."), Message("user", "How many lamps?"))
PATIENT = 30.0  # seconds that a passing test never needs


def model_at(base_url: str, **more: object) -> LanguageModel:
    values = {"name": "scripted", "base_url": base_url, "key": SECRET, **more}
    return LanguageModel(ModelSettings.model_validate(values))


def written(server: ScriptedModel, **more: object) -> tuple[str, Usage]:
    writing = model_at(server.base_url, **more).write(ASKED)
    return whole(writing), writing.usage


def test_a_draft_has_half_of_the_context_at_most():
    model = model_at("http://127.0.0.1:1/v1", context_tokens=4096, draft_tokens=3000)
    assert (model.answer_tokens, model.draft_tokens) == (1000, 2048)


def fault(server: ScriptedModel, **more: object) -> ModelFault:
    with pytest.raises(ModelFault) as caught:
        written(server, **more)
    return caught.value


def test_pieces_come_in_order_with_the_servers_own_count():
    with ScriptedModel(Reply(["Forty ", "lamps", " [S", "1]."], usage=(17, 6))) as server:
        writing = model_at(server.base_url).write(ASKED)
        steps = [step for step in writing if isinstance(step, str)]
        assert steps == ["Forty ", "lamps", " [S", "1]."]
        assert writing.usage == Usage(17, 6)


def test_what_is_sent_is_the_messages_the_model_and_the_limits():
    with ScriptedModel(Reply(["Yes."])) as server:
        written(server, answer_tokens=77, temperature=0.0)
        whole(model_at(server.base_url).write(ASKED, answer_tokens=16))
        whole(model_at(server.base_url, draft_tokens=2500).write(ASKED, answer_tokens=9000))
    first, second, third = server.requests
    assert first["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "How many lamps?"},
    ]
    assert (first["model"], first["temperature"], first["stream"]) == ("scripted", 0.0, True)
    assert (first["max_tokens"], second["max_tokens"], third["max_tokens"]) == (77, 16, 2500)
    assert first["stream_options"] == {"include_usage": True}
    assert server.headers[0]["Authorization"] == f"Bearer {SECRET}"


def test_a_server_without_a_key_and_without_a_count_is_fine():
    with ScriptedModel(Reply(["Forty lamps."], usage=None)) as server:
        text, usage = written(server, key="")
    assert text == "Forty lamps."
    assert usage == Usage(tokens_in=3 + 5, tokens_out=4, estimated=True)  # 9, 15 and 12 characters, by threes


def test_another_vendors_variables_reach_no_server(monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "not-for-this-server")
    with ScriptedModel(Reply(["Yes."])) as server:
        written(server, key="")
    assert "not-for-this-server" not in str(server.headers)


def test_a_proxy_of_the_environment_gets_nothing_that_is_asked_of_this_machine(monkeypatch: pytest.MonkeyPatch):
    with ScriptedModel(Reply(["Yes."])) as server, ScriptedModel(Reply(["I read along."])) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        monkeypatch.setenv("http_proxy", proxy.base_url)
        assert written(server)[0] == "Yes."
        assert proxy.requests == []


FAULTS = {
    "key refused": (error(401, f"Incorrect API key provided: {SECRET}"), Reason.REFUSED),
    "not allowed": (error(403, f"{SECRET} may not"), Reason.REFUSED),
    "no credit": (error(429, "You exceeded your quota", code="insufficient_quota"), Reason.REFUSED),
    "no such model": (error(404, "model 'scripted' not found"), Reason.NOT_THERE),
    "moved": (Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}, body=""), Reason.NOT_THERE),
    "own error": (error(500, "out of memory"), Reason.DOWN),
    "page of a proxy": (Reply(status=500, body="<html>Bad things</html>"), Reason.DOWN),
    "wait too long": (error(429, "slow down", {"Retry-After": "3600"}), Reason.BUSY),
    "overloaded": (error(529, "overloaded", {"Retry-After": "60"}), Reason.BUSY),
    "wait till a date": (error(429, "slow down", {"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}), Reason.BUSY),
    "context, llama.cpp": (error(400, "request (5031 tokens) exceeds the available context size"), Reason.TOO_LONG),
    "context, OpenAI": (error(400, "too big", code="context_length_exceeded"), Reason.TOO_LONG),
    "context, vLLM": (error(400, "This model's maximum context length is 4096 tokens."), Reason.TOO_LONG),
    "body too large": (Reply(status=413, body=""), Reason.TOO_LONG),
    "not taken": (error(400, "unknown field 'stream_options'"), Reason.GARBAGE),
    "empty": (Reply([]), Reason.EMPTY),
    "only white space": (Reply([" \n"]), Reason.EMPTY),
    "only thoughts": (Reply(["<think>Hm.", "</think>"], thoughts=["Let me see"]), Reason.EMPTY),
    "at the limit": (Reply(["Forty lam"], finish="length"), Reason.CUT_OFF),
    "filtered": (Reply(["Forty lam"], finish="content_filter"), Reason.CUT_OFF),
    "connection broke": (Reply(["Forty lam"], cut=True), Reason.CUT_OFF),
    "ended too early": (Reply(["Forty lam"], finish=None, usage=None), Reason.CUT_OFF),
    "error amid the text": (Reply(["Forty"], tail='data: {"error": {"message": "boom"}}\n\n'), Reason.CUT_OFF),
    "no protocol": (Reply(body="<html>Welcome</html>"), Reason.GARBAGE),
    "no JSON": (Reply(["Forty"], tail="data: {lamps\n\n"), Reason.GARBAGE),
    "other JSON": (Reply(tail='data: {"choices": null}\n\n'), Reason.GARBAGE),
    "a list": (Reply(tail="data: [1, 2]\n\n"), Reason.GARBAGE),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_reason_is_asked_once_and_never_shows_the_key(name: str, caplog: pytest.LogCaptureFixture):
    reply, reason = FAULTS[name]
    caplog.set_level(logging.DEBUG)
    with ScriptedModel(reply) as server:
        found = fault(server)
    assert found.reason is reason
    assert len(server.requests) == 1
    assert found.notice == say(f"fault.{reason.value}") and "\n" not in str(found)
    trace = "".join(traceback.format_exception(found))
    for shown in (str(found), repr(found), trace, caplog.text):
        assert SECRET not in shown


def test_a_servers_words_are_shown_without_the_key_they_repeat():
    with ScriptedModel(error(500, f"cannot use {SECRET} here")) as server:
        assert "cannot use (key) here" in str(fault(server))


def test_nothing_that_can_be_printed_of_a_model_shows_its_key():
    with ScriptedModel(Reply(["Yes."])) as server:
        model = model_at(server.base_url)
        writing = model.write(ASKED)
        whole(writing)
    for shown in (repr(model), str(vars(model)), repr(writing), str(vars(writing))):
        assert SECRET not in shown


@pytest.mark.parametrize(
    "passing",
    [
        error(503, "loading model"),
        error(429, "slow down", {"Retry-After": "0"}),
        Reply(status=502, body=""),
        Reply(drop=True),
    ],
)
def test_a_transport_fault_is_tried_again_twice(passing: Reply):
    with ScriptedModel(passing, passing, Reply(["Forty lamps."])) as server:
        assert written(server)[0] == "Forty lamps."
        assert len(server.requests) == 3
    with ScriptedModel(passing) as server:
        assert fault(server).reason in (Reason.DOWN, Reason.BUSY)
        assert len(server.requests) == 3


def test_a_refused_connection_is_down_and_says_why():
    with Refused() as url, pytest.raises(ModelFault) as caught:
        whole(model_at(url).write(ASKED))
    assert caught.value.reason is Reason.DOWN
    assert "no connection (Connection refused); see ICAT_MODEL_BASE_URL" in str(caught.value)


def test_an_unknown_host_is_down():
    with pytest.raises(ModelFault) as caught:
        whole(model_at("http://no-such-host.invalid/v1").write(ASKED))
    assert caught.value.reason is Reason.DOWN


SLOW = {
    "no headers": (Reply(hold="before"), {"first_seconds": 0.5}, Reason.SLOW_FIRST),
    "no token": (Reply(hold="first"), {"first_seconds": 0.5}, Reason.SLOW_FIRST),
    "no more tokens": (Reply(["Forty"], hold="after"), {"between_seconds": 0.2}, Reason.SLOW_BETWEEN),
    "no end": (
        Reply(["Forty"], hold="after"),
        {"whole_seconds": 0.6, "between_seconds": 0.6, "first_seconds": 0.6},
        Reason.SLOW_WHOLE,
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_slow_ends_in_its_reason_and_the_server_sees_the_client_go(name: str):
    reply, limits, reason = SLOW[name]
    with ScriptedModel(reply) as server:
        assert fault(server, **limits).reason is reason
        # On a machine with much else to do the time may be over before the request is out.
        assert not server.requests or server.gone.wait(PATIENT)
        assert len(server.requests) <= 1


def test_thoughts_count_as_tokens_but_are_no_text():
    reply = Reply(["<think>Ha", "rbours?</th", "ink>Forty lamps."], thoughts=["Let me see"])
    with ScriptedModel(reply) as server:
        assert written(server)[0] == "Forty lamps."


@pytest.mark.parametrize(
    "pieces",
    [
        ["lamp "],
        ["Keepers should log each failure [S1]. "],
        ["1. Keepers should log each failure [S1].\n", "2. Count the lamps in use [S2].\n"],
    ],
)
def test_endless_repetition_is_stopped_and_the_server_sees_the_client_go(pieces: list[str]):
    with ScriptedModel(Reply(pieces, forever=True)) as server:
        assert fault(server).reason is Reason.LOOPS
        assert server.gone.wait(PATIENT)


def test_a_server_that_keeps_no_limit_is_stopped():
    words = [f"{number} lamps, " for number in range(3000)]
    with ScriptedModel(Reply(words, hold="after")) as server:
        assert fault(server, answer_tokens=100).reason is Reason.CUT_OFF
        assert server.gone.wait(PATIENT)


def test_closing_ends_the_iteration_and_the_server_sees_the_client_go():
    with ScriptedModel(Reply(["Forty ", "lamps"], hold="after")) as server:
        writing = model_at(server.base_url).write(ASKED)
        assert next(step for step in writing if isinstance(step, str)) == "Forty "
        writing.close()
        assert server.gone.wait(PATIENT)
        assert list(writing) == []
        assert writing.usage.estimated and writing.usage.tokens_out >= 2


def test_another_thread_can_close_while_one_waits_for_the_first_token():
    with ScriptedModel(Reply(hold="first")) as server:
        writing = model_at(server.base_url).write(ASKED)
        read: list[object] = []
        reader = threading.Thread(target=lambda: read.extend(writing))
        reader.start()
        assert server.arrived.acquire(timeout=PATIENT)
        writing.close()
        reader.join(PATIENT)
        assert not reader.is_alive()
        assert all(isinstance(step, Waiting) for step in read)
        assert server.gone.wait(PATIENT)


def test_a_writing_that_nobody_holds_any_more_is_stopped():
    with ScriptedModel(Reply(["Forty"], hold="after")) as server:
        writing = model_at(server.base_url).write(ASKED)
        assert next(step for step in writing if isinstance(step, str)) == "Forty"
        del writing
        gc.collect()
        assert server.gone.wait(PATIENT)


def test_the_third_waits_and_hears_how_many_are_before_it():
    gate = threading.Event()
    with ScriptedModel(Reply(["Yes."], gate=gate)) as server:
        model = model_at(server.base_url, at_once=1)
        first = model.write(ASKED)
        assert next(first) == Waiting(0)
        second, third = model.write(ASKED), model.write(ASKED)
        assert next(second) == Waiting(1)
        assert next(third) == Waiting(2)
        assert server.arrived.acquire(timeout=PATIENT) and len(server.requests) == 1
        second.close()
        assert next(step for step in third if step != Waiting(2)) == Waiting(1)
        gate.set()
        assert whole(first) == whole(third) == "Yes."
        assert len(server.requests) == 2  # the second was given up before it was sent


def test_a_place_is_free_again_after_a_fault_and_after_a_close():
    with ScriptedModel(error(500, "boom"), Reply(["Forty"], hold="after"), Reply(["Yes."])) as server:
        model = model_at(server.base_url, at_once=1)
        with pytest.raises(ModelFault):
            whole(model.write(ASKED))
        second = model.write(ASKED)
        assert next(step for step in second if isinstance(step, str)) == "Forty"
        second.close()
        assert whole(model.write(ASKED)) == "Yes."


def test_many_at_once_each_get_their_own_text():
    with ScriptedModel(Reply([f"{letter} " for letter in "abcdefgh"])) as server:
        model = model_at(server.base_url, at_once=3)
        writings = [model.write(ASKED) for _ in range(9)]
        assert [whole(writing) for writing in writings] == ["a b c d e f g h "] * 9


def test_no_model_set_is_none_and_a_name_of_another_protocol_stops_the_start():
    assert open_model(ModelSettings()) is None
    with pytest.raises(SettingsError, match=r"model\.name is 'gpt-5\.2-pro'"):
        model_at("http://127.0.0.1:1/v1", name="gpt-5.2-pro")


def test_every_reason_has_a_line_for_readers():
    notices = messages()["fault"]
    assert notices.keys() == {reason.value for reason in Reason}
    assert all(notice[-1].isalpha() and "\n" not in notice for notice in notices.values())  # what is shown follows


def test_the_first_word_is_told_by_its_probabilities():
    # yes: 0.5 + 0.1 of " Yes", no: 0.2, "Yesterday" begins neither; together 0.8
    reply = first_tokens(yes=log(0.5), No=log(0.2), Yesterday=log(0.1), **{" Yes": log(0.1)})
    with ScriptedModel(reply) as server:
        found = model_at(server.base_url).first_word(ASKED, ("yes", "partly", "no"))
    assert found == pytest.approx({"yes": 0.75, "partly": 0.0, "no": 0.25})
    sent = server.requests[0]
    assert (sent["max_tokens"], sent["logprobs"], sent["top_logprobs"]) == (1, True, 20)


def test_a_server_that_tells_no_probabilities_gives_none_and_one_that_is_down_its_fault():
    untold = '{"choices": [{"index": 0, "message": {"role": "assistant", "content": "yes"}, "finish_reason": "stop"}]}'
    with ScriptedModel(Reply(headers={"Content-Type": "application/json"}, body=untold), error(500, "x")) as server:
        model = model_at(server.base_url)
        assert model.first_word(ASKED, ("yes", "no")) is None
        with pytest.raises(ModelFault) as caught:
            model.first_word(ASKED, ("yes", "no"))
    assert caught.value.reason is Reason.DOWN
