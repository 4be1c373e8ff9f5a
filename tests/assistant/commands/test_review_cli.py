"""`icat review` as it is typed: a whole review by two raters and somebody who decides, and what goes wrong."""

import io
import json
from pathlib import Path

import pytest
from review_samples import two_sources, written

from assistant.cli import main
from assistant.errors import ReviewError
from assistant.review.terminal import judgement_of
from assistant.review.types import Cited, Judgement, Supported
from assistant.show.record import answer_to_record

Capture = pytest.CaptureFixture[str]

ANSWER = """\
Question: What do the reports say?
Tags: factual

The first thing is said [1]. The second thing is said [2]. The third thing is said by nobody.

Sources:
[1] A report | p. 3 | the words of the first report
[2] =A report | p. 4 | the words of the second report
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ICAT_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.txt").write_text(ANSWER, encoding="utf-8")
    return folder


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


PASTED = ("--answers", "answers.txt", "--no-answers")


def rate(monkeypatch: pytest.MonkeyPatch, rater: str, verdicts: dict[str, str]) -> None:
    """Types what a rater says of each claim, whatever their order is."""
    from assistant import wiring
    from assistant.review.workbench import Workbench
    from assistant.settings import load_settings

    settings = load_settings()
    bench = Workbench(settings.home, wiring.open_library(settings))
    order = [bench.claim_for(rater, "r1", place) for place in range(1, len(verdicts) + 1)]
    typed(monkeypatch, *(verdicts[view.claim.id] for view in order if view))
    assert main(["review", "rate", "r1", "--rater", rater]) == 0


def test_a_review_from_a_pasted_answer_to_a_regression_case(home: Path, capsys: Capture, monkeypatch, tmp_path: Path):
    assert main(["review", "new", *PASTED, "--rater", "Ana", "--rater", "B. K."]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("r1  pasted answers answers.txt: 3 claims\n")
    assert 'icat review rate r1 --rater "B. K."' in shown

    rate(monkeypatch, "Ana", {"r1.1": "fr", "r1.2": "pw The date is missing.", "r1.3": "n"})
    shown = capsys.readouterr().out
    assert "> The first thing is said." in shown and "not found in the library: A report" in shown
    assert "No citation." in shown and shown.endswith("All claims are judged. Thank you.\n")
    rate(monkeypatch, "b. k.", {"r1.1": "fr", "r1.2": "fr", "r1.3": "n"})

    assert main(["review", "results", "r1"]) == 0
    shown = capsys.readouterr().out
    assert "Ana: 3 of 3" in shown and "B. K.: full 2, partial 0, none 1, can't tell 0" in shown
    assert "support: equal 67 % [21, 94], n = 3" in shown  # 2 of 3; Wilson's interval
    # p_o = 2/3; Ana: full, partial, none; B. K.: full, full, none: p_e = 1/3 * 2/3 + 1/3 * 1/3 = 1/3; kappa = 1/2
    assert "Cohen's kappa 0.50, n = 3" in shown
    assert "To be decided by somebody else (1)\n  r1.2  The second thing is said." in shown

    typed(monkeypatch, "pw")
    assert main(["review", "adjudicate", "r1", "--by", "Chris"]) == 0
    shown = capsys.readouterr().out
    assert "Ana: partial, wrong page (The date is missing.)" in shown and "Nothing is left to decide." in shown

    assert main(["review", "case", "r1", "2"]) == 0
    assert main(["review", "case", "r1", "r1.2"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("added to ") and shown[1].startswith("is already in ")
    (case,) = (home / "cases" / "regressions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(case)["never"] == ["The second thing is said."]

    assert main(["review", "results", "r1", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["scores"]["fully supported"]["value"] == pytest.approx(1 / 3)
    assert figures["undecided"] == [] and figures["disagreements"] == ["r1.2"]

    for name in ("r1.csv", "r1.json"):
        assert main(["review", "export", "r1", name]) == 0
    assert (tmp_path / "r1.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(json.loads((tmp_path / "r1.json").read_bytes())["history"]) == 7
    assert main(["review", "export", "r1", "settled.json", "--settled"]) == 0
    assert [each["verdict"] for each in json.loads((tmp_path / "settled.json").read_bytes())] == [
        "full",
        "partial",
        "none",
    ]


def test_a_file_is_not_written_over_unless_asked(capsys: Capture, tmp_path: Path):
    assert main(["review", "new", *PASTED, "--rater", "Dee"]) == 0
    (tmp_path / "r1.csv").write_text("mine")
    assert main(["review", "export", "r1", "r1.csv"]) == 1
    assert "r1.csv: is there already" in capsys.readouterr().err and (tmp_path / "r1.csv").read_text() == "mine"
    assert main(["review", "export", "r1", "r1.csv", "--force"]) == 0
    with pytest.raises(SystemExit) as stop:
        main(["review", "export", "r1", "r1.xlsx"])
    assert stop.value.code == 2


def test_in_the_terminal_a_rater_can_go_back_put_off_and_undo(capsys: Capture, monkeypatch):
    assert main(["review", "new", *PASTED, "--rater", "Ana"]) == 0
    typed(monkeypatch, "f", "whatever", ">", "<", "s", "²", "q")
    assert main(["review", "rate", "r1", "--rater", "Ana"]) == 0
    assert main(["review", "list"]) == 0
    assert "Ana: 0 of 3, 1 put off" in capsys.readouterr().out
    typed(monkeypatch, "n", "n", "nw", "u", "u", "u", "q")  # one of the three has no citation: "nw" or "n" is wrong
    assert main(["review", "rate", "r1", "--rater", "Ana"]) == 0
    assert main(["review", "list", "--json"]) == 0
    out = capsys.readouterr().out
    (review,) = json.loads(out[out.index("[\n") :])
    assert review["progress"] == [{"rater": "Ana", "judged": 0, "skipped": 0, "total": 3, "looked": False}]


def test_a_review_of_a_run_is_sampled_by_tag(capsys: Capture, tmp_path: Path):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "configuration.json").write_text("{}")
    records = [
        {"case": "a", "answer": answer_to_record(two_sources())},
        {"case": "b", "answer": answer_to_record(written(3))},
    ]
    cases = [{"id": "a", "tags": ["factual"]}, {"id": "b", "tags": ["typing"]}]
    for name, lines in (("records.jsonl", records), ("cases.jsonl", cases)):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    raters = ["--rater", "A", "--rater", "B", "--each", "1"]
    assert main(["review", "new", "--run", "run", "--sample", "2", "--no-answers", *raters]) == 0
    shown = capsys.readouterr().out
    assert "evaluation run run: 4 claims" in shown and "A: 2 claims" in shown and "B: 2 claims" in shown
    assert main(["review", "show", "r1"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("(factual)") == shown.count("(typing)") == 2
    assert main(["review", "new", "--run", "run", "--tag", "typing", "--rater", "A", "--no-answers"]) == 0
    assert ": 3 claims" in capsys.readouterr().out


def test_raters_are_added_and_a_review_is_taken_away(capsys: Capture):
    assert main(["review", "new", *PASTED, "--rater", "Dee"]) == 0
    assert main(["review", "assign", "r1", "Ana", "Bo"]) == 0
    assert capsys.readouterr().out.endswith("Dee: 3 claims\nAna: 3 claims\nBo: 3 claims\n")
    assert main(["review", "remove", "r1"]) == 0
    assert main(["review", "list"]) == 3


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["show", "r9"], "there is no review r9"),
        (["show", "nine"], "'nine' is no id of a review"),
        (["rate", "r1", "--rater", "Eve"], "Eve is no rater of r1 (Dee)"),
        (["case", "r1", "7"], "there is no claim r1.7"),
        (["new", "--answers", "none.txt"], "none.txt: cannot be read"),
        (["new", "--answers", "answers.txt"], "a review begins with its raters; name those who will judge it"),
        (["new", "--conversation", "answers.txt"], "answers.txt: "),
        (["new", "--run", "latest"], "no run there yet"),
        (["new", "--answers", "answers.txt", "--rater", "a@b.org"], "'a@b.org' is no name for a rater"),
        (["new", "--answers", "answers.txt", "--rater", "A", "--each", "2"], "2 raters for each claim are wanted"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(capsys: Capture, arguments: list[str], fault: str):
    assert main(["review", "new", *PASTED, "--rater", "Dee"]) == 0
    capsys.readouterr()
    assert main(["review", *arguments]) == 1
    (error,) = capsys.readouterr().err.splitlines()
    assert error.startswith("icat: ") and fault in error


def test_one_source_of_answers_must_be_named():
    for arguments in (["new"], ["new", "--answers", "a", "--run", "b"]):
        with pytest.raises(SystemExit) as stop:
            main(["review", *arguments])
        assert stop.value.code == 2


@pytest.mark.parametrize(
    ("keys", "judgement"),
    [
        ("fr", Judgement(Supported.FULL, Cited.RIGHT)),
        (" PB! see p. 3 ", Judgement(Supported.PARTIAL, Cited.BETTER, True, "", "see p. 3")),
        ("?w", Judgement(Supported.CANNOT_TELL, Cited.WRONG)),
        ("nr!", Judgement(Supported.NONE, Cited.RIGHT, True)),
    ],
)
def test_keys_of_a_verdict(keys: str, judgement: Judgement):
    assert judgement_of(keys, cited=True) == judgement


@pytest.mark.parametrize("keys", ["", "f", "r", "rf", "fine", "frx", "f r"])
def test_other_keys_are_no_verdict_on_a_sentence_with_a_citation(keys: str):
    with pytest.raises(ReviewError):
        judgement_of(keys, cited=True)


def test_a_sentence_without_a_citation_needs_one_key():
    assert judgement_of("n", cited=False) == Judgement(Supported.NONE, Cited.MISSING)
    assert judgement_of("nb", cited=False) == Judgement(Supported.NONE, Cited.BETTER)
