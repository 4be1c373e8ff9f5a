"""What comes of a review: the verdict that stands, scores, judges beside people, files, and regression cases."""

import csv
import io
import json
from pathlib import Path

import pytest
from review_samples import CANNOT, FULL, NONE, PARTIAL, made, two_sources, uncited, workbench, written

from assistant.errors import ReviewError
from assistant.review.cases import fault_case, is_fault, keep_case
from assistant.review.report import results_text
from assistant.review.results import ClaimResult
from assistant.review.rows import judgement_of
from assistant.review.types import AnswerPart, Answers, Cited, Judgement, Settling, Source, Supported
from assistant.review.workbench import Workbench
from assistant.types import Support

BETTER = Judgement(Supported.NONE, Cited.BETTER, better="The Toolkit, p. 20")
WRONG_SOURCE = Judgement(Supported.FULL, Cited.RIGHT, source_wrong=True)


def say(bench: Workbench, **said: list[Judgement | None]) -> list[ClaimResult]:
    """Each rater's judgements of claims 1, 2, ... of r1; None: not judged."""
    for rater, judgements in said.items():
        for number, judgement in enumerate(judgements, start=1):
            if judgement is not None:
                bench.judge(f"r1.{number}", rater, judgement)
    return list(bench.results("r1").claims)


def test_a_claim_is_settled_when_all_agree_or_somebody_decided(tmp_path: Path):
    bench = made(tmp_path, 4)
    claims = say(bench, Ana=[FULL, FULL, PARTIAL, NONE], Bo=[FULL, NONE, PARTIAL, None])
    assert [each.settled.how if each.settled else None for each in claims] == [
        Settling.AGREED,
        None,
        Settling.AGREED,
        None,  # Bo has not judged it
    ]
    assert [each.disagreement for each in claims] == [False, True, False, False]
    bench.adjudicate("r1.2", "Chris", PARTIAL)
    second = bench.results("r1").claims[1]
    assert second.settled is not None and second.settled.how is Settling.ADJUDICATED
    assert second.settled.judgement == PARTIAL
    assert second.disagreement and not second.undecided


def test_raters_who_differ_only_in_their_words_agree_and_all_words_are_kept(tmp_path: Path):
    one, two = (Judgement(Supported.NONE, Cited.BETTER, better=b, comment="See there.") for b in ("p. 3", "p. 4"))
    (claim, *_) = say(made(tmp_path), Ana=[one], Bo=[two])
    assert claim.settled is not None
    assert (claim.settled.judgement.better, claim.settled.judgement.comment) == ("p. 3 / p. 4", "See there.")


def test_the_source_itself_being_wrong_is_something_to_differ_on(tmp_path: Path):
    (claim, *_) = say(made(tmp_path), Ana=[FULL], Bo=[WRONG_SOURCE])
    assert claim.disagreement and claim.settled is None


def test_a_majority_is_more_than_half(tmp_path: Path):
    bench = made(tmp_path, 2, raters=("Ana", "Bo", "Cy"))
    claims = say(bench, Ana=[FULL, FULL], Bo=[FULL, NONE], Cy=[NONE, CANNOT])
    assert [(each.majority, each.majority_citation) for each in claims] == [
        (Supported.FULL, Cited.RIGHT),
        (None, Cited.RIGHT),
    ]


def test_a_single_raters_verdicts_count_for_scores_and_are_called_that(tmp_path: Path):
    claims = say(made(tmp_path, raters=("Ana",)), Ana=[FULL, NONE, FULL])
    assert {each.settled.how for each in claims if each.settled} == {Settling.ALONE}


def test_only_somebody_who_is_no_rater_of_the_claim_decides(tmp_path: Path):
    bench = made(tmp_path)
    with pytest.raises(ReviewError, match="judged by nobody yet"):
        bench.adjudicate("r1.1", "Chris", FULL)
    say(bench, Ana=[FULL], Bo=[NONE])
    with pytest.raises(ReviewError, match="bo is a rater of"):
        bench.adjudicate("r1.1", "bo", FULL)
    bench.adjudicate("r1.1", "Chris", FULL)
    bench.adjudicate("r1.1", "Chris", PARTIAL)
    assert bench.undo_adjudication("r1", "Chris") == "r1.1"
    decided = bench.results("r1").claims[0].adjudication
    assert decided is not None and decided.judgement == FULL
    bench.adjudicate("r1.1", "Dana", NONE)
    with pytest.raises(ReviewError, match="decided by somebody else since"):
        bench.undo_adjudication("r1", "Chris")
    assert bench.undo_adjudication("r1", "Dana") == "r1.1"
    restored = bench.results("r1").claims[0].adjudication
    assert restored is not None and (restored.by, restored.judgement) == ("Chris", FULL)
    assert bench.undo_adjudication("r1", "Chris") == "r1.1" and bench.undo_adjudication("r1", "Chris") is None
    assert bench.results("r1").claims[0].adjudication is None


def test_scores_are_shares_of_settled_claims_and_the_others_are_counted(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(written(5, withheld=1)), Source(uncited())], "a test", raters=["Ana", "Bo"])
    missing = Judgement(Supported.NONE, Cited.MISSING)
    # shown: 1 full, 2 full but the page is wrong, 3 can't tell, 4 partial, 5 differs; 6 withheld, full; 7 no citation
    wrong_page = Judgement(Supported.FULL, Cited.WRONG)
    say(
        bench,
        Ana=[FULL, wrong_page, CANNOT, PARTIAL, FULL, FULL, missing],
        Bo=[FULL, wrong_page, CANNOT, PARTIAL, NONE, FULL, missing],
    )
    scores = bench.results("r1").scores
    counted = {name: (figure.value, figure.n, figure.undefined) for name, figure in scores.items()}
    assert counted == {
        "fully supported": (2 / 4, 4, 2),  # of 1, 2, 4 and 7; nobody can tell of 3, and 5 is not settled
        "with a citation": (5 / 6, 6, 0),
        "citation right": (3 / 4, 4, 1),  # of 1 to 4
        "source itself wrong": (0.0, 4, 1),
        "withheld, but fully supported": (1.0, 1, 0),
    }


def test_agreement_on_citations_is_over_sentences_that_have_one(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(written(2)), Source(uncited())], "a test", raters=["Ana", "Bo"])
    missing = Judgement(Supported.NONE, Cited.MISSING)
    say(bench, Ana=[FULL, FULL, missing], Bo=[FULL, NONE, missing])
    found = bench.results("r1")
    assert (found.support.percent.value, found.support.percent.n) == (pytest.approx(2 / 3), 3)
    assert (found.citation.percent.value, found.citation.percent.n) == (pytest.approx(1 / 2), 2)


def test_whether_answers_answer_has_figures_of_its_own_and_a_third_person_decides_it(tmp_path: Path):
    bench = workbench(tmp_path)
    answers = [Source(written(1, f"What of number {number}?")) for number in range(4)]
    bench.create(answers, "a test", raters=["Ana", "Bo"], whole=True)
    yes, partly, no = (Judgement(answers=each) for each in (Answers.YES, Answers.PARTLY, Answers.NO))
    # 4 sentences, then 4 answers
    say(bench, Ana=[FULL] * 4 + [yes, yes, no, partly], Bo=[FULL] * 4 + [yes, yes, no, no])
    found = bench.results("r1")
    assert (found.support.percent.value, found.support.percent.n) == (1.0, 4)
    # p_o = 3/4; Ana: yes 2, partly 1, no 1; Bo: yes 2, no 2: p_e = 1/2 * 1/2 + 1/4 * 1/2 = 3/8; kappa = 3/8 / 5/8
    assert (found.answers.percent.value, found.answers.percent.n) == (0.75, 4)
    assert found.answers.kappa is not None and found.answers.kappa.value == pytest.approx(0.6)
    assert [each.claim.id for each in found.disagreements] == ["r1.8"]
    assert [found.scores[name].n for name in ("fully supported", "answers its question")] == [4, 3]
    bench.adjudicate("r1.8", "Chris", partly)
    scores = bench.results("r1").scores
    assert (scores["answers its question"].value, scores["answers it at least in part"].value) == (2 / 4, 3 / 4)
    assert "answers the question: equal 75 %" in results_text(bench.results("r1"))
    rows = list(csv.DictReader(io.StringIO(bench.export("r1", "csv").decode("utf-8-sig"))))
    decided = next(row for row in rows if row["Claim"] == "r1.8" and row["Role"] == "adjudicator")
    assert (decided["Answers the question"], decided["Support"], decided["Verdict that stands"]) == (
        "partly", "", "partly",
    )  # fmt: skip
    counted = json.loads(bench.export("r1", "json"))["figures"]["answers"]
    assert counted["Ana"] == {"answers": 2, "does not": 1, "partly": 1}
    assert len(json.loads(bench.export("r1", "verdicts"))) == 4  # of sentences
    with pytest.raises(ReviewError, match="whole answer"):
        bench.save_case("r1.8")


def test_a_verdict_that_was_kept_before_answers_were_judged_still_opens():
    kept = '{"support": "partial", "citation": "right page", "source_wrong": false, "better": "", "comment": "No."}'
    assert judgement_of(kept) == Judgement(Supported.PARTIAL, Cited.RIGHT, comment="No.")


def test_kappa_of_a_review_is_what_the_hand_gives(tmp_path: Path):
    # 10 claims: both full 4, both none 3, Ana full and Bo none 1, Ana none and Bo full 2.
    # p_o = 0.7; Ana full 0.5, Bo full 0.6: p_e = 0.3 + 0.2 = 0.5; kappa = 0.4
    bench = made(tmp_path, 10)
    say(bench, Ana=[FULL] * 5 + [NONE] * 5, Bo=[FULL] * 4 + [NONE] * 4 + [FULL] * 2)
    kappa = bench.results("r1").support.kappa
    assert kappa is not None and kappa.value == pytest.approx(0.4) and kappa.n == 10


def test_each_judge_is_held_against_settled_claims(tmp_path: Path):
    bench = workbench(tmp_path)
    # The product: full, full, full, partial. Another judge: none, -, full, full.
    bench.create([Source(written(4), judges={"nli": ("none", None, "full", "full")})], "x", raters=["Ana", "Bo"])
    say(bench, Ana=[FULL, NONE, FULL, CANNOT], Bo=[FULL, NONE, NONE, CANNOT])
    product, nli = bench.results("r1").judges
    assert (product.judge, product.unsettled) == ("product", 1)
    assert product.matrix[Support.FULL] == {
        Supported.FULL: 1,
        Supported.PARTIAL: 0,
        Supported.NONE: 1,
        Supported.CANNOT_TELL: 0,
    }
    assert product.matrix[Support.PARTIAL][Supported.CANNOT_TELL] == 1
    # Of claims 1 and 2 it was right once; 3 is not settled, and of 4 nobody can tell.
    assert (product.agreement.value, product.agreement.n, product.agreement.undefined) == (0.5, 2, 2)
    assert nli.matrix[Support.NONE][Supported.FULL] == 1 and nli.unsettled == 1


def test_a_verbatim_sentence_counts_as_one_its_judge_calls_full(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(two_sources())], "x", raters=["Ana"])
    say(bench, Ana=[FULL, FULL, NONE, FULL])
    (product,) = bench.results("r1").judges
    assert (product.matrix[Support.FULL][Supported.FULL], product.matrix[Support.FULL][Supported.NONE]) == (3, 1)


# --- files ---


def test_the_table_has_a_row_for_each_verdict_and_no_formula(tmp_path: Path):
    bench = made(tmp_path, 2)
    evil = Judgement(Supported.NONE, Cited.BETTER, better="@SUM(A1)", comment='=HYPERLINK("http://x")')
    say(bench, Ana=[evil], Bo=[FULL])
    bench.adjudicate("r1.1", "Chris", evil)
    content = bench.export("r1", "csv")
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [(row["Claim"], row["Rater"], row["Role"], row["Support"]) for row in table] == [
        ("r1.1", "Ana", "rater", "none"),
        ("r1.1", "Bo", "rater", "full"),
        ("r1.1", "Chris", "adjudicator", "none"),
        ("r1.2", "", "", ""),
    ]
    assert (table[0]["Comment"], table[0]["Better source"]) == ("'" + evil.comment, "'@SUM(A1)")
    assert {row["Verdict that stands"] for row in table[:3]} == {"none"} and table[0]["Pages"] == "p. 12 (PDF p. 14)"
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")]


def test_the_record_holds_everything_with_its_history_in_a_stable_order(tmp_path: Path):
    bench = made(tmp_path, 2)
    say(bench, Bo=[NONE, FULL], Ana=[FULL, FULL])
    bench.judge("r1.1", "Ana", PARTIAL)
    bench.undo("Ana", "r1")
    content = bench.export("r1", "json")
    assert content == bench.export("r1", "json")
    record = json.loads(content)
    assert [v["rater"] for v in record["claims"][0]["verdicts"]] == ["Ana", "Bo"]
    assert [event["what"] for event in record["history"]] == ["judge"] * 5 + ["undo"]
    assert record["claims"][0]["automatic"] == {"product": "full"}
    assert record["figures"]["agreement"]["support"]["percent"]["n"] == 2
    assert record["figures"]["undecided"] == ["r1.1"]


# --- regression cases ---


@pytest.mark.parametrize(
    ("part", "judgement", "fault"),
    [
        (AnswerPart.SHOWN, FULL, False),
        (AnswerPart.SHOWN, PARTIAL, True),
        (AnswerPart.SHOWN, NONE, True),
        (AnswerPart.SHOWN, CANNOT, False),
        (AnswerPart.SHOWN, Judgement(Supported.FULL, Cited.WRONG), True),
        (AnswerPart.SHOWN, WRONG_SOURCE, False),
        (AnswerPart.LISTED, BETTER, True),
        (AnswerPart.WITHHELD, NONE, False),
        (AnswerPart.WITHHELD, FULL, True),
    ],
)
def test_what_is_a_fault_of_the_product(tmp_path: Path, part: AnswerPart, judgement: Judgement, fault: bool):
    from dataclasses import replace

    claim = replace(made(tmp_path).claims("r1")[0], part=part)
    assert is_fault(claim, judgement) is fault


def test_a_decided_fault_becomes_a_case_once(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(two_sources(), ("And demand?",), ("factual",))], "a conversation", raters=["Ana", "Bo"])
    say(bench, Ana=[NONE, FULL, FULL], Bo=[FULL, FULL, FULL])
    with pytest.raises(ReviewError, match="is not settled"):
        bench.save_case("r1.1")
    with pytest.raises(ReviewError, match="only a fault becomes a case"):
        bench.save_case("r1.2")
    bench.adjudicate("r1.1", "Chris", NONE)
    path, new = bench.save_case("r1.1")
    assert (path, new) == (tmp_path / "cases" / "regressions.jsonl", True)
    assert bench.save_case("r1.1") == (path, False)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    case = json.loads(line)
    assert case == {
        "id": "regression-r1-1",
        "question": "What drives demand?",
        "history": ["And demand?"],
        "corpus": "starter",
        "expected": "answered",  # as the answer ended
        # What was agreed to be right, of the texts that every machine has: the other one quotes an added paper.
        "gold": [{"publication": "digest", "page": 1, "quote": "Who pays?", "part": 0}],
        "never": ["Demand is <b>not</b> simple."],
        "tags": ["factual", "regression"],
        "split": "tune",
    }


def test_a_case_of_a_run_keeps_what_its_author_wrote(tmp_path: Path):
    written_case = {
        "id": "c7",
        "question": "What drives demand?",
        "corpus": "policy",
        "expected": "partly",
        "tags": ["factual"],
        "never": ["secret"],
        "split": "test",
        "language": "en",
    }
    bench = workbench(tmp_path)
    bench.create([Source(written(2), tags=("factual",), case="c7", definition=written_case)], "x", raters=["A", "B"])
    claim = bench.claims("r1")[0]
    source = bench.answer(claim)
    case = fault_case(claim, PARTIAL, source)
    assert case == written_case | {
        "id": "regression-r1-1",
        "gold": [],
        "never": ["secret", claim.text],
        "tags": ["factual", "regression"],
        "split": "tune",
    }
    # Another source may say it, or only the page is wrong: the sentence itself may be shown.
    assert fault_case(claim, BETTER, source)["never"] == ["secret"]
    assert fault_case(claim, Judgement(Supported.FULL, Cited.WRONG), source)["never"] == ["secret"]


def test_what_people_reject_is_no_longer_gold(tmp_path: Path):
    claim_text, kept = "Demand is <b>not</b> simple.", {"publication": "p", "page": 1, "quote": "Who pays?", "part": 0}
    rejected = {"publication": "p", "page": 1, "quote": "Demand is  <b>not</b> simple.", "part": 0}
    by_author = {"id": "c7", "question": "What?", "corpus": "starter", "expected": "answered", "gold": [rejected, kept]}
    bench = workbench(tmp_path)
    bench.create([Source(two_sources(), case="c7", definition=by_author)], "x", raters=["A", "B"])
    claim = bench.claims("r1")[0]
    case = fault_case(claim, NONE, bench.answer(claim))
    assert (claim.text, case["gold"], case["never"]) == (claim_text, [kept], [claim_text])


def test_a_verdict_of_one_rater_alone_makes_no_case(tmp_path: Path):
    bench = made(tmp_path, raters=("Ana",))
    say(bench, Ana=[NONE])
    with pytest.raises(ReviewError, match="two raters must agree"):
        bench.save_case("r1.1")


def test_a_file_of_cases_with_a_damaged_line_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "cases" / "regressions.jsonl"
    assert keep_case(tmp_path, {"id": "a"}) and keep_case(tmp_path, {"id": "b"})
    path.write_text(path.read_text() + "by hand\n")
    with pytest.raises(ReviewError, match="line 3: is no case"):
        keep_case(tmp_path, {"id": "c"})
    assert path.read_text().splitlines() == ['{"id": "a"}', '{"id": "b"}', "by hand"]
