"""The product is above its floor; with one fault in a part, the floor reports the figure about that part alone.

A faulty part is given to the assistant in place of the sound one; the same cases are in the run of the sound product.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.write.judges import Judge
from evals.answers.judge import DeterministicJudge
from evals.answers.scorecard import measure
from evals.floor import check, read_floors
from evals.runs.cases import Located
from evals.runs.corpora import Corpus
from evals.runs.records import Run
from evals.types import CorpusName, Expected
from tests.evals.faulty import (
    INVENTED,
    Alter,
    Anticipating,
    Trusting,
    WorstFirst,
    author,
    corpus_with,
    next_page,
    one_letter_off,
    one_word_altered,
)
from tests.evals.whole_run import WholeRun, again
from tests.fakes import GivenTexts

pytestmark = pytest.mark.timeout(1800)  # the run is made by the first test that needs it
STARTER, SYNTHETIC = CorpusName.STARTER, CorpusName.SYNTHETIC
FLOORS = read_floors()
FEW = 8  # cases; of 8 that all miss, the interval ends at 3.84 / (8 + 3.84) = .32, below any floor


def below(run: Run, judge: Judge | None = None) -> set[str]:
    """The figures that the floor reports, of those that were measured."""
    return {breach.floor.name for breach in check(measure(run, judge), FLOORS, only_measured=True)}


def sound(whole: WholeRun, cases: list[Located]) -> Run:
    """The run of the sound product, these cases of it."""
    return whole.run.only({each.case.id for each in cases})


def faulty(whole: WholeRun, cases: list[Located], folder: Path, fault: Callable[[Corpus], dict[str, Any]]) -> Run:
    """The same cases asked of the product with a fault."""
    names_ = {each.case.corpus for each in cases}
    corpora = [corpus_with(whole.corpora[name], whole.settings, **fault(whole.corpora[name])) for name in names_]
    return again(cases, corpora, folder / "faulty")


def test_no_figure_of_the_product_is_below_its_floor(whole_run: WholeRun):
    assert [str(each) for each in check(measure(whole_run.run), FLOORS)] == []


def searched(whole: WholeRun, corpus: CorpusName = STARTER) -> list[Located]:
    """Cases that the sound product answers by looking up: with gold, of the synthetic corpus on pages; no list, and
    nothing asked before."""
    paged = corpus is SYNTHETIC
    given = {
        record.case for record in whole.run.records if record.quotes and any(g.paged is paged for g in record.gold)
    }
    fits = [each for each in whole.cases if each.case.corpus is corpus and each.case.id in given]
    return [each for each in fits if not each.case.lists and not each.case.history]


def spread(cases: list[Located]) -> list[Located]:
    """FEW of them, evenly over all."""
    return cases[:: len(cases) // FEW][:FEW]


def test_a_ranking_upside_down_is_a_fault_of_retrieval(whole_run: WholeRun, tmp_path: Path):
    cases = spread(searched(whole_run))
    found = below(faulty(whole_run, cases, tmp_path, lambda corpus: {"searcher": WorstFirst(corpus.retriever)}))
    wanted = {"fused.recall_10", "fused.mrr", "gold_reached"}
    assert wanted <= found
    assert not wanted & below(sound(whole_run, cases))
    assert not {"quote_exactness", "citation_precision", "citation_recall"} & found


@pytest.mark.parametrize(
    ("fault", "corpus", "wanted"),
    [
        (one_word_altered, STARTER, {"citation_precision", "citation_recall"}),
        (one_letter_off, STARTER, {"quote_exactness", "citation_precision", "citation_recall"}),
        (next_page, SYNTHETIC, {"page_correctness"}),
    ],
)
def test_what_is_altered_is_a_fault_of_composing(
    whole_run: WholeRun, tmp_path: Path, fault: Alter, corpus: CorpusName, wanted: set[str]
):
    cases = searched(whole_run, corpus)[:FEW]
    found = below(faulty(whole_run, cases, tmp_path, lambda _: {"altered": fault}))
    composed = {"citation_precision", "citation_recall", "quote_exactness", "page_correctness"}
    assert composed & found == wanted
    assert not composed & below(sound(whole_run, cases))
    assert "fused.recall_10" not in found


def test_a_check_that_lets_everything_through_is_a_fault_of_grounding(whole_run: WholeRun, tmp_path: Path):
    cases, judge = searched(whole_run)[:FEW], DeterministicJudge()

    def trusting(corpus: Corpus) -> dict[str, Any]:
        return {"author": Trusting(GivenTexts(*[INVENTED] * FEW), corpus.library)}

    def checking(corpus: Corpus) -> dict[str, Any]:
        return {"author": author(corpus, whole_run.settings, FEW)}

    found = below(faulty(whole_run, cases, tmp_path / "trusting", trusting), judge)
    wanted = {"citation_precision", "citation_recall"}
    assert wanted <= found
    assert not {"fused.recall_10", "quote_exactness"} & found
    checked = faulty(whole_run, cases, tmp_path / "checking", checking)  # the same drafts, and the check as it is
    assert not wanted & below(checked, judge)
    assert {record.answer["drafting"]["outcome"] for record in checked.records if record.answer} == {"ungrounded"}


def test_a_judge_to_which_every_question_was_anticipated_is_a_fault_of_abstention(whole_run: WholeRun, tmp_path: Path):
    cases = spread([each for each in whole_run.cases if each.case.expected is Expected.DECLINED])
    found = below(faulty(whole_run, cases, tmp_path, lambda corpus: {"searcher": Anticipating(corpus.retriever)}))
    wanted = {"false_answers"}
    assert wanted <= found
    assert not wanted & below(sound(whole_run, cases))
    assert not {"quote_exactness", "citation_precision"} & found
