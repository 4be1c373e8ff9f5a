"""Judges: what is kept, what fails, and agreement with people by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from scripted_model import Reply, ScriptedModel, error

from assistant.settings import Settings
from assistant.types import Support
from evals.answers.judge import (
    DeterministicJudge,
    HumanVerdict,
    JudgeError,
    KeptJudge,
    agreement,
    open_judge,
    read_verdicts,
)


class Told:
    """A judge that says what it was told to say, by statement."""

    def __init__(self, name: str = "told", **verdicts: Support | None) -> None:
        self.name, self._verdicts, self.asked = name, verdicts, []

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        self.asked.append(claim)
        return self._verdicts[claim]


def people(*pairs: tuple[str, str]) -> list[HumanVerdict]:
    return [HumanVerdict(statement=claim, quotes=("a",), verdict=verdict) for claim, verdict in pairs]  # type: ignore[arg-type]


def test_what_was_judged_is_kept_over_processes_and_failures_are_not(tmp_path: Path):
    file = tmp_path / "deep" / "kept.jsonl"
    first = Told(a=Support.FULL, b=None)
    kept = KeptJudge(first, file)
    assert [kept.judge(claim, ["q"]) for claim in ("a", "a", "b", "b")] == [Support.FULL, Support.FULL, None, None]
    assert first.asked == ["a", "b", "b"]
    with file.open("a") as stream:
        stream.write('{"key": "cut o')
    later = Told(a=Support.NONE, b=Support.PARTIAL)
    again = KeptJudge(later, file)
    assert again.judge("a", ["  q\n"]) is Support.FULL and again.judge("b", ["q"]) is Support.PARTIAL
    assert again.judge("a", ["other"]) is Support.NONE
    other = KeptJudge(Told("another", a=Support.PARTIAL), file)
    assert other.judge("a", ["q"]) is Support.PARTIAL


def test_the_deterministic_judge_reads_words_and_figures():
    judge = DeterministicJudge()
    quotes = ["Inspectors should visit 40 farms each year before the harvest begins."]
    assert judge.judge("Inspectors should visit 40 farms each year.", quotes) is Support.FULL
    assert judge.judge("Inspectors should visit 60 farms each year.", quotes) is Support.NONE
    assert judge.judge("Inspectors should visit 40 farms each year.", []) is Support.NONE


def test_a_judge_that_is_not_there_is_said(tmp_path: Path):
    settings = Settings(home=tmp_path)
    with pytest.raises(JudgeError, match="no judge 'oracle'"):
        open_judge("oracle", settings)
    with pytest.raises(JudgeError, match="no language model is set"):
        open_judge("model:", settings)


def test_a_language_model_of_a_server_judges_and_its_faults_are_failures(tmp_path: Path):
    with ScriptedModel(Reply(["Part", "ly."]), Reply(["It depends."]), error(401, "no")) as server:
        model = {"name": "tiny", "base_url": server.base_url}
        judge = open_judge("model:", Settings.model_validate({"home": tmp_path, "model": model}))
        assert [judge.judge(claim, ["Lamps hang."]) for claim in ("a", "b", "c", "a")] == [
            Support.PARTIAL,
            None,
            None,
            Support.PARTIAL,
        ]
    assert judge.name.startswith("model:tiny:")
    assert len(list((tmp_path / "judgements").iterdir())) == 1
    assert len(server.requests) == 3  # the first was kept
    assert "Passage: Lamps hang.\nClaim: a" in server.requests[0]["messages"][-1]["content"]


def test_agreement_by_hand():
    judge = Told(a=Support.FULL, b=Support.FULL, c=Support.NONE, d=None)
    told = people(("a", "full"), ("b", "none"), ("c", "none"), ("d", "full"), ("a", "can't tell"))
    found = agreement(judge, told)
    assert (found.n, found.untold, found.failed, found.percent) == (4, 1, 1, 0.5)
    # Chance: full 2/4 * 2/4 + none 2/4 * 1/4 = .375; (.5 - .375) / .625 = .2
    assert found.kappa == pytest.approx(0.2)
    assert found.confusion["full"] == {"full": 1, "partial": 0, "none": 0, "failed": 1}
    assert found.confusion["none"] == {"full": 1, "partial": 0, "none": 1, "failed": 0}
    assert found.as_words() == (
        "told: agrees with people on 0.50 of 4, kappa 0.20 (1 failed, 1 that people could not tell)"
    )


def test_agreement_that_says_nothing_is_undefined():
    alike = agreement(Told(a=Support.FULL), people(("a", "full"), ("a", "full")))
    assert (alike.percent, alike.kappa) == (1.0, None)
    found = agreement(Told(), people(("a", "can't tell")))
    assert (found.n, found.untold, found.percent, found.kappa) == (0, 1, None, None)


def test_verdicts_come_from_a_review_export(tmp_path: Path):
    file = tmp_path / "review.json"
    entry = {"statement": "a", "quotes": ["q"], "verdict": "partial", "rater": "R1"}
    file.write_text(json.dumps([entry]))
    assert read_verdicts(file) == (HumanVerdict(statement="a", quotes=("q",), verdict="partial"),)
    file.write_text(json.dumps([entry, entry | {"verdict": "maybe"}]))
    with pytest.raises(JudgeError, match=r"review.json: \[1\].verdict: .*; wanted a list of statement, quotes"):
        read_verdicts(file)
    with pytest.raises(JudgeError, match="no such file"):
        read_verdicts(tmp_path / "none.json")
