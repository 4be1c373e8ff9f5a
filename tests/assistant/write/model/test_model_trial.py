"""`icat model check` against a scripted server: what it says of a good model, a bad one and none."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted_model import Refused, Reply, ScriptedModel, error

from assistant.cli import main
from assistant.model_settings import ModelSettings
from assistant.write.model.door import LanguageModel
from assistant.write.model.trial import tried
from prompts import DECLINE_MARK

SECRET = "sk-this-must-never-be-seen"
GOOD = Reply(
    ["The bay had 31 lights in 2012 [S1]. It had 44 by 2015 [S2]. ", "Each should be tested every 9 days [S1]."]
)
NO = Reply([DECLINE_MARK])
TOO_LONG = error(400, "request (1300 tokens) exceeds the available context size (1024 tokens)")


@pytest.fixture()
def told(home: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("ICAT_MODEL_NAME", "scripted")
    monkeypatch.setenv("ICAT_MODEL_KEY", SECRET)
    return monkeypatch


def ticking() -> Iterator[float]:
    seconds = 0.0
    while True:
        yield seconds
        seconds += 2.0


def test_a_good_model_passes_and_is_timed(told: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    with ScriptedModel(GOOD, NO, TOO_LONG) as server:
        told.setenv("ICAT_MODEL_BASE_URL", server.base_url)
        assert main(["model", "check"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("scripted answers.\n")
    assert "120 tokens read, 30 written" in shown
    assert "100% of 3 sentences with a label that exists" in shown
    assert "instructions within a passage: ignored" in shown
    assert "a question that the passages do not answer: declined" in shown
    assert "more than model.context_tokens: refused, as it should be" in shown


def test_a_model_that_gives_no_sources_exits_with_3(told: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    bad = Reply(["Pineapple! There were 31 lights [S9]. And 44 lights (S2)."], usage=None)
    with ScriptedModel(bad, bad, Reply(["a"], usage=(700, 1))) as server:
        told.setenv("ICAT_MODEL_BASE_URL", server.base_url)
        assert main(["model", "check", "--json"]) == 3
    record = json.loads(capsys.readouterr().out)
    assert record["answers"] and not record["follows_format"]
    assert record["labelled"] == pytest.approx(1 / 3)
    assert (record["sentences"], record["unusual_labels"]) == (3, 1)
    assert record["ignores_instructions"] is record["declines"] is False
    assert record["tokens_estimated"] is True
    assert record["overflow"].startswith("cut to 700 tokens without a word")


def test_a_model_that_is_down_is_one_line_and_exits_with_1(
    told: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with Refused() as url:
        told.setenv("ICAT_MODEL_BASE_URL", url)
        assert main(["model", "check"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "icat: language model: down: no connection (Connection refused); see ICAT_MODEL_BASE_URL\n"


def test_a_refused_key_is_not_repeated(told: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    with ScriptedModel(error(401, f"bad key {SECRET}")) as server:
        told.setenv("ICAT_MODEL_BASE_URL", server.base_url)
        assert main(["--verbose", "model", "check", "--json"]) == 1
    shown = capsys.readouterr()
    assert not json.loads(shown.out)["answers"]
    assert "ICAT_MODEL_KEY" in shown.err and SECRET not in shown.out + shown.err


def test_without_a_model_it_says_what_to_set(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["model", "check"]) == 1
    assert "set ICAT_MODEL_NAME and ICAT_MODEL_BASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (TOO_LONG, "refused, as it should be"),
        (Reply(["a"], usage=(5100, 1)), "accepted: it reads 5100 tokens and more"),
        (Reply(["a"], usage=None), "accepted; see that"),
        (error(500, "out of memory"), "not clear (down)"),
    ],
)
def test_what_happens_to_too_much_is_told_apart(reply: Reply, said: str):
    with ScriptedModel(GOOD, NO, reply) as server:
        settings = ModelSettings(name="scripted", base_url=server.base_url, context_tokens=4000)
        report = tried(LanguageModel(settings))
    assert report.overflow.startswith(said)
    assert server.requests[-1]["messages"][0]["content"].count("a ") == 5000  # a quarter more than it may


def test_a_large_context_is_filled_only_when_asked_for():
    with ScriptedModel(GOOD, NO, TOO_LONG) as server:
        model = LanguageModel(ModelSettings(name="scripted", base_url=server.base_url, context_tokens=20_000))
        assert tried(model).overflow == "not tried"
        assert len(server.requests) == 2


def test_speed_is_tokens_after_the_first_by_seconds_after_the_first():
    seconds = ticking()
    with ScriptedModel(GOOD, NO) as server:
        model = LanguageModel(ModelSettings(name="scripted", base_url=server.base_url))
        report = tried(model, overflow=False, clock=lambda: next(seconds))
    # The clock stands at 0 when it is asked, at 2 with the first piece and at 4 at the end; 30 tokens were written.
    assert report.answer is not None
    assert (report.answer.first, report.answer.whole) == (2.0, 4.0)
    assert report.answer.tokens_per_second == pytest.approx(29 / 2)
