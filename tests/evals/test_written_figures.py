"""What is kept and counted of a language model's drafts, on a document of two pages and drafts written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.types import Answer, Delta, Done, Outcome, Retrieved, Support, Usage
from assistant.write.author import Author
from assistant.write.grounding import Checker
from corpus.sentences import sentences
from evals.runs.corpora import Corpus
from evals.support.altered import altered, denied, duty_swapped, figure_changed, outcomes, supported, without
from evals.support.drafts import Sentence, Written, again, counted, open_questions, record, with_verdicts, written
from evals.support.judge import Opinion, auc, report, spread
from evals.support.models import Hearing, Repeating
from evals.support.pairs import Case, Judged, run
from evals.types import CorpusName, Expected
from tests.evals.eval_samples import TOOLKIT, Shelf, answer, case, quote, statement

SHELF = Shelf()
CHECKER = Checker(SHELF, sentences)
VERBATIM = answer(statement("Inspectors visit farms twice a year.", quote(0, 36)))
FAITHFUL = "Inspectors visit farms twice a year [S1]."
CHANGED = "Inspectors visit farms nine times a year [S1]."


class Finds:
    """An assistant that always has the same verbatim answer."""

    def __init__(self, found: Answer) -> None:
        self.found = found

    def ask(self, question: str) -> Iterator[Retrieved | Delta | Done]:
        yield Retrieved(self.found.evidence)
        yield Done(self.found)


def corpus(found: Answer = VERBATIM) -> Corpus:
    return Corpus(CorpusName.STARTER, SHELF, TOOLKIT, Finds(found), None)  # type: ignore[arg-type]


def kept_of(draft: str, found: Answer = VERBATIM) -> Written:
    writer = Hearing(Repeating("m", draft, Usage(100, 20)))
    kept = written("Who visits farms?", corpus(found), Author(writer, CHECKER))
    return record(case(), kept, "".join(writer.pieces), CHECKER)


def test_a_draft_is_kept_with_what_became_of_each_sentence():
    found = kept_of(f"{FAITHFUL}\n{CHANGED}")
    assert (found.outcome, found.tokens_in, found.tokens_out, found.seen) == ("shown", 100, 20, 2)
    assert found.draft == f"{FAITHFUL}\n{CHANGED}"
    assert [each.support for each in found.sentences] == [Support.FULL, Support.NONE]
    assert found.sentences[0].quotes == ("farms, PDF page 1: Inspectors visit farms twice a year.",)
    assert found.sentences[1].warnings


def test_sentences_of_a_draft_that_is_not_shown_are_kept_too():
    found = kept_of(CHANGED)
    assert found.outcome == Outcome.UNGROUNDED
    assert [each.support for each in found.sentences] == [Support.NONE]


def test_where_nothing_was_found_no_model_is_asked():
    found = kept_of(FAITHFUL, answer())
    assert (found.outcome, found.draft, found.sentences) == ("not asked", "", ())


def test_the_same_draft_is_checked_again_without_a_model_and_verdicts_stay_with_their_sentence():
    before = kept_of(f"{FAITHFUL}\n{CHANGED}")
    full = before.sentences[0].model_copy(update={"verdict": "full"})
    elsewhere = before.sentences[1].model_copy(update={"verdict": "none", "quotes": ("farms, PDF page 2: other",)})
    before = before.model_copy(update={"sentences": (full, elsewhere), "seconds": 12.0})
    after = again(before, corpus(), CHECKER)
    assert [each.verdict for each in after.sentences] == ["full", ""]
    assert (after.outcome, after.seconds, after.draft) == (before.outcome, 12.0, before.draft)


def test_a_draft_that_failed_is_not_checked_again():
    failed = Written(case="a", question="?", corpus=CorpusName.STARTER, model="m", draft="", outcome="failed")
    assert again(failed, corpus(), CHECKER) is failed


def test_verdicts_of_other_sentences_are_not_taken():
    one = kept_of(FAITHFUL)
    other = one.model_copy(update={"sentences": (Sentence(text="Else.", support=Support.FULL, verdict="none"),)})
    assert with_verdicts(one, other).sentences[0].verdict == ""


def test_figures_are_counts_of_what_was_kept():
    verdicts = [("full", Support.FULL), ("none", Support.FULL), ("full", Support.PARTIAL), ("full", Support.NONE)]
    sentences = tuple(Sentence(text=f"{n}", support=s, verdict=v) for n, (v, s) in enumerate(verdicts))
    about = {"question": "?", "corpus": CorpusName.STARTER, "model": "m", "draft": ""}
    shown = Written(case="a", outcome="shown", tokens_in=100, tokens_out=30, seconds=4.0, sentences=sentences, **about)
    failed = Written(case="b", outcome="failed", tokens_in=300, tokens_out=10, seconds=8.0, **about)
    none = Written(case="c", outcome="not asked", **about)
    assert list(counted([shown, failed, none])) == [
        "3 questions: 1 shown, 1 failed, 1 not asked",
        "per draft: 200 tokens read, 20 written, 6 s",
        "sentences shown: 2 full, 1 partial, 1 withheld",
        "sentences of drafts not shown: 0 full, 0 partial, 0 withheld",
        "called full, and full by eye: 1 of 2",
        "called partial, though full by eye: 1 of 1",
        "withheld, though full by eye: 1 of 1",
        "called full, and none by eye: 1 of 2",
    ]


def test_questions_are_spread_and_leave_out_what_no_model_writes_for():
    cases = [case(f"c{number}") for number in range(10)]
    cases[1] = case("c1", expected=Expected.DECLINED)
    cases[2] = case("c2", history=["Who?"])
    assert [each.id for each in open_questions(cases, 4)] == ["c0", "c4", "c6", "c8"]
    assert [each.id for each in open_questions(cases, 4, skip=1)] == ["c3", "c5", "c7", "c9"]


def test_area_under_the_curve_counts_ties_half():
    assert auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert auc([0.9], [True]) is None


def test_pairs_are_taken_evenly():
    assert spread(list(range(10)), 5) == [0, 2, 4, 6, 8]  # type: ignore[arg-type]
    assert spread([1, 2], 5) == [1, 2]  # type: ignore[arg-type]


def test_the_judge_is_reported_beside_the_check():
    found = [
        Opinion("faithful", True, 1.0, {"yes": 0.8, "partly": 0.1, "no": 0.1}),
        Opinion("number changed", False, 0.0, {"yes": 0.6, "partly": 0.4, "no": 0.0}),
    ]
    lines = list(report(found))
    assert lines[:4] == [
        "2 pairs, 1 of them faithful",
        "AUC check: 1.000",
        "AUC model: 1.000",  # .85 against .8
        "AUC model, asked after the check: 1.000",
    ]
    assert "model: 1 of 1 faithful called full, 1 of 1 others called full" in lines
    assert "both: 1 of 1 faithful called full, 0 of 1 others called full" in lines
    assert lines[-1] == "  number changed: 1 of 1 called full by the model, 0 by check"


PASSAGE = (
    "Inspectors must visit farms 12 times a year. A hotline takes calls at night. Drivers are trained by the port."
)


def judged_pair(sentence: str, text: str = PASSAGE) -> Judged:
    passage = Case.model_validate(
        {"id": "farms", "domain": "d", "split": "tune", "language": "en", "passage": text}
        | {"pairs": [{"kind": "faithful", "label": "full", "sentence": sentence}]}
    )
    return run([passage])[0]


def test_what_is_altered_in_a_passage_is_what_the_sentence_rests_on():
    farms = judged_pair("Inspectors must visit farms 12 times a year.")
    assert altered(farms, figure_changed).passage.startswith("Inspectors must visit farms 13 times a year. A hotline")
    assert altered(farms, duty_swapped).passage.startswith("Inspectors may visit")
    assert altered(farms, denied).passage.startswith("Inspectors must not visit")
    assert "farms" not in altered(farms, without).passage
    assert altered(judged_pair("A hotline takes calls at night."), figure_changed) is None


def test_what_is_denied_is_what_the_sentence_says_and_was_not_denied_before():
    two = judged_pair("Guides are paid by the harbour.", "Lamps are green, and guides are paid by the harbour.")
    assert altered(two, denied).passage == "Lamps are green, and guides are not paid by the harbour."
    never = judged_pair("Guides must never be paid.", "Guides must never be paid by the harbour.")
    assert altered(never, denied) is None
    other = judged_pair("No guide may be left unpaid.", "Guides are to be paid by the harbour.")
    assert altered(other, denied) is None


def test_a_sentence_does_not_outlive_its_source():
    chosen = supported([judged_pair("Inspectors must visit farms 12 times a year.")])
    assert len(chosen) == 1
    assert [(each.way, each.n, each.full) for each in outcomes(chosen)] == [
        ("taken out", 1, 0),
        ("figure changed", 1, 0),
        ("duty swapped", 1, 0),
        ("denied", 1, 0),
    ]
