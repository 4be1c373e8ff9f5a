"""Figures of whole runs: what is asked of which case, undefined apart from not asked, failures counted."""

from __future__ import annotations

from dataclasses import replace

from assistant.review.agreement import Estimate
from assistant.show.record import answer_to_record
from assistant.types import Act, Answer, Drafting, Outcome, Support, Tier
from evals.answers.scorecard import Latency, measure, scorecard
from evals.answers.scoring import METRICS, score
from evals.runs.records import AskedCase
from evals.types import CaseRecord, GoldPlace, PassageSpan, QuoteCheck
from tests.evals.eval_samples import answer, case, place, quote, statement
from tests.evals.run_samples import run

VISITS, ALONE = (0, 36), (37, 67)


def record(
    id: str,
    given: Answer | None,
    gold: tuple[GoldPlace, ...] = (),
    exact: bool = True,
    error: str = "",
    **fields: object,
) -> CaseRecord:
    checks = [
        QuoteCheck(s, q, exact)
        for s, each in enumerate(given.statements if given else ())
        for q in range(len(each.quotes))
    ]
    stored = answer_to_record(given) if given else None
    return CaseRecord(id, stored, fields.get("stages", {}), fields.get("seconds", {}), error, gold, (), tuple(checks))  # type: ignore[arg-type]


GIVEN = answer(statement("Inspectors visit farms twice a year.", quote(*VISITS)))


def test_a_verbatim_answer_scores_without_any_judge():
    found = score(AskedCase(case(), record("visits", GIVEN, (place(*VISITS),))))
    assert found == {
        "failures": 0.0,
        "status_accuracy": 1.0,
        "answered_when_answerable": 1.0,
        "closest_when_answerable": 0.0,
        "declined_when_answerable": 0.0,
        "asked_back_when_answerable": 0.0,
        "answer_precision": 1.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "quote_exactness": 1.0,
        "warned": 0.0,
        "gold_reached": 1.0,
        "statement_relevance": 1.0,
        "page_correctness": 1.0,
    }
    assert set(found) <= set(METRICS)


def test_pages_are_asked_for_where_there_are_any():
    unpaged = (replace(place(*VISITS), paged=False),)
    assert "page_correctness" not in score(AskedCase(case(), record("visits", GIVEN, unpaged)))


def test_quotes_that_are_not_in_their_document_take_accuracy_down():
    found = score(AskedCase(case(), record("visits", GIVEN, exact=False)))
    assert (found["citation_recall"], found["citation_precision"], found["quote_exactness"]) == (0.0, 0.0, 0.0)


def test_a_failure_counts_where_it_can_and_nowhere_else():
    assert score(AskedCase(case(), record("visits", None, error="ModelFault: down"))) == {
        "failures": 1.0,
        "status_accuracy": 0.0,
        "answered_when_answerable": 0.0,
        "closest_when_answerable": 0.0,
        "declined_when_answerable": 0.0,
        "asked_back_when_answerable": 0.0,
    }
    assert score(AskedCase(case(expected="declined"), record("visits", None)))["declined_when_not"] == 0.0


def test_declining_has_a_rate_and_a_precision_of_its_own():
    pairs = [
        AskedCase(case("a"), record("a", GIVEN)),
        AskedCase(case("b"), record("b", answer())),  # could have been answered
        AskedCase(case("c", expected="declined"), record("c", answer())),
        AskedCase(case("d", expected="declined"), record("d", GIVEN)),  # should have been declined
        AskedCase(case("e", expected="declined"), record("e", answer())),
        AskedCase(case("f", expected="refused"), record("f", answer(act=Act.HARM))),
    ]
    measured = measure(run(*pairs))
    figures = {name: (value.value, value.n) for name, value in measured.means().items()}
    assert figures["answered_when_answerable"] == (1 / 2, 2)
    assert figures["answer_precision"] == (1 / 2, 2)
    assert figures["declined_when_not"] == (2 / 3, 3)
    assert figures["decline_precision"] == (2 / 3, 3)
    assert figures["refused_when_wanted"] == (1.0, 1)
    assert figures["status_accuracy"] == (4 / 6, 6)
    assert list(figures) == [name for name in METRICS if name in figures]
    assert measured.means(["a", "f"])["answered_when_answerable"] == Estimate(1.0, 1, 0, None, None)
    assert "declined_when_not" not in measured.means(["a"])


def test_the_three_tiers_of_what_is_answerable_and_of_what_is_not_are_told_apart():
    may = replace(GIVEN, tier=Tier.MAY_ANSWER)
    ends = [GIVEN, may, may, answer(), answer(unsure=True)]
    pairs = [AskedCase(case(f"y{n}"), record(f"y{n}", end, (place(*VISITS),))) for n, end in enumerate(ends)]
    pairs += [AskedCase(case(f"n{n}", expected="declined"), record(f"n{n}", end)) for n, end in enumerate(ends)]
    found = {name: value.value for name, value in measure(run(*pairs)).means().items()}
    answerable = ("answered", "closest", "declined", "asked_back")
    assert [found[f"{name}_when_answerable"] for name in answerable] == [1 / 5, 2 / 5, 1 / 5, 1 / 5]
    assert [found[name] for name in ("false_answers", "closest_when_not", "declined_when_not")] == [1 / 5, 2 / 5, 1 / 5]
    assert found["answer_precision"] == found["decline_precision"] == 1 / 2
    assert found["status_accuracy"] == 4 / 10  # y0, n1, n2, n3
    assert found["gold_reached"] == 3 / 5  # also by what only may answer
    assert (found["citation_precision"], found["citation_recall"]) == (1.0, 1.0)


def test_undefined_is_counted():
    # The second answer overlaps no gold quote, so it has no page to be right about.
    pairs = [
        AskedCase(case("a"), record("a", GIVEN, (place(*VISITS),))),
        AskedCase(case("b"), record("b", GIVEN, (place(*ALONE),))),
    ]
    found = measure(run(*pairs)).means()["page_correctness"]
    assert (found.value, found.n, found.undefined) == (1.0, 1, 1)


def test_written_sentences_are_judged_and_failures_counted():
    written = answer(
        statement("Farms get two visits a year.", quote(*VISITS), support=Support.FULL),
        statement("They speak with workers alone.", quote(*ALONE), support=Support.FULL),
        statement("Nobody comes.", quote(*VISITS), support=Support.FULL),
        written_by="some-model",
        withheld=(statement("Farms must close.", support=Support.NONE),),
        drafting=Drafting("some-model", Outcome.SHOWN, claims=4, supported=3, unknown_labels=(7, 9)),
    )
    replies = {"Farms get two visits a year.": Support.FULL, "Nobody comes.": None}
    found = score(AskedCase(case(), record("visits", written)), lambda text, quotes: replies[text])
    assert found["citation_recall"] == found["citation_precision"] == 2 / 3
    assert found["failed_judgements"] == 1.0
    assert (found["draft_shown"], found["withheld"], found["draft_unknown"]) == (1.0, 1 / 4, 2.0)


def test_a_draft_that_did_not_hold_is_measured_behind_the_verbatim_answer():
    fallen_back = replace(GIVEN, drafting=Drafting("m", Outcome.UNGROUNDED, claims=5, supported=1))
    found = score(AskedCase(case(), record("visits", fallen_back)))
    assert (found["draft_shown"], found["withheld"], found["citation_recall"]) == (0.0, 4 / 5, 1.0)
    nothing = replace(GIVEN, drafting=Drafting("m", Outcome.FAILED, reason="down"))
    found = score(AskedCase(case(), record("visits", nothing)))
    assert found["draft_shown"] == 0.0 and "withheld" not in found
    empty = replace(GIVEN, drafting=Drafting("m", Outcome.DECLINED))
    assert score(AskedCase(case(), record("visits", empty)))["withheld"] is None


def test_the_guard_objects_to_figures_that_are_not_in_the_quote():
    text = "Inspectors visit farms 40 times a year."
    written = answer(
        statement(text, quote(*VISITS), support=Support.PARTIAL),
        statement("Inspectors visit farms.", quote(*VISITS), support=Support.FULL),
    )
    assert score(AskedCase(case(), record("visits", written)))["guard_hits"] == 1 / 2
    assert "guard_hits" not in score(AskedCase(case(), record("visits", GIVEN)))


def test_stages_and_tags_and_times():
    stages = {"bm25": (PassageSpan("farms", *ALONE, (1, 1)), PassageSpan("farms", *VISITS, (1, 1))), "dense": ()}
    pairs = [
        AskedCase(
            case("a", tags=["x", "y"]), record("a", GIVEN, (place(*VISITS),), stages=stages, seconds={"answer": 2.0})
        ),
        AskedCase(case("b", tags=["y"]), record("b", GIVEN, seconds={"answer": 1.0})),
        AskedCase(case("c", tags=["x"]), record("c", None, error="gone", seconds={"answer": 9.0})),
    ]
    measured = measure(run(*pairs))
    assert measured.scores["bm25.mrr"] == {"a": 0.5} and measured.scores["dense.mrr"] == {"a": 0.0}
    card = scorecard(measured)
    assert card.tagged == {"x": 2, "y": 2}
    assert card.tags["y"]["status_accuracy"].n == 2
    assert card.seconds == {"answer": Latency(2, 1.0, 2.0)}
