"""What is kept and counted of a language model's drafts, on a document of two pages and drafts written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.types import Answer, Done, Outcome, Retrieved, Support
from assistant.write.check import Checker
from assistant.write.model.types import ModelFault, Reason
from evals.runs.corpora import Corpus
from evals.support.written import DraftRecord, RecordingWriter, SentenceRecord, counted, open_questions, read, record
from evals.types import CorpusName, Expected
from tests.evals.eval_samples import TEXT, TOOLKIT, OneDocument, answer, case, quote, statement
from tests.fakes import GivenTexts

CHECKER = Checker(OneDocument())
VERBATIM = answer(statement("Inspectors visit farms twice a year.", quote(0, 36)))
FAITHFUL = "Inspectors visit farms twice a year [S1]."
CHANGED = "Inspectors visit farms nine times a year [S1]."


class Finds:
    """An assistant that always has the same verbatim answer."""

    def __init__(self, found: Answer) -> None:
        self.found = found

    def ask(self, question: str) -> Iterator[Retrieved | Done]:
        yield Retrieved(self.found.evidence)
        yield Done(self.found)


def kept_of(draft: str | ModelFault, found: Answer = VERBATIM) -> DraftRecord:
    corpus = Corpus(CorpusName.STARTER, OneDocument(), TOOLKIT, Finds(found), None)  # type: ignore[arg-type]
    return record(case(), corpus, RecordingWriter(GivenTexts(draft)), CHECKER)


def test_a_draft_is_kept_with_its_passages_and_what_became_of_each_sentence():
    found = kept_of(f"{FAITHFUL}\n{CHANGED}")
    assert (found.outcome, found.tokens_in, len(found.passages)) == ("shown", 100, 2)
    assert (found.passages[0]["text"], found.passages[0]["label"]) == (TEXT, 1)
    assert found.draft == f"{FAITHFUL}\n{CHANGED}"
    assert [each.support for each in found.sentences] == [Support.FULL, Support.NONE]
    assert found.sentences[0].quotes == ("farms, PDF page 1: Inspectors visit farms twice a year.",)
    assert found.sentences[1].warnings


def test_sentences_of_a_draft_that_is_not_shown_are_kept_too():
    found = kept_of(CHANGED)
    assert found.outcome == Outcome.UNGROUNDED
    assert [each.support for each in found.sentences] == [Support.NONE]


def test_a_model_that_failed_leaves_no_sentence():
    found = kept_of(ModelFault(Reason.DOWN, "no connection"))
    assert (found.outcome, found.reason, found.draft, found.sentences) == ("failed", "down", "", ())


def test_where_nothing_was_found_no_model_is_asked():
    found = kept_of(FAITHFUL, answer())
    assert (found.outcome, found.draft, found.sentences) == ("not asked", "", ())


def test_what_is_kept_is_read_again(tmp_path: Path):
    file = tmp_path / "drafts.jsonl"
    assert read(file) == []
    found = kept_of(FAITHFUL)
    file.write_text(found.model_dump_json() + "\n", encoding="utf-8")
    assert read(file) == [found]


def test_outcomes_tokens_and_sentences_are_counted():
    supports = (Support.FULL, Support.FULL, Support.PARTIAL, Support.NONE)
    of = tuple(SentenceRecord(text=f"{n}", support=support) for n, support in enumerate(supports))
    about = {"question": "?", "corpus": CorpusName.STARTER, "draft": "", "passages": ()}
    shown = DraftRecord(id="a", outcome="shown", tokens_in=100, tokens_out=30, seconds=4.0, sentences=of, **about)
    failed = DraftRecord(id="b", outcome="failed", tokens_in=300, tokens_out=10, seconds=8.0, **about)
    none = DraftRecord(id="c", outcome="not asked", **about)
    assert list(counted([shown, failed, none])) == [
        "3 questions: 1 shown, 1 failed, 1 not asked",
        "per draft: 200 tokens read, 20 written, 6 s",
        "sentences shown: 2 full, 1 partial, 1 withheld",
        "sentences of drafts not shown: 0 full, 0 partial, 0 withheld",
    ]


def test_questions_are_spread_and_leave_out_what_no_model_writes_for():
    cases = [case(f"c{number}") for number in range(10)]
    cases[1] = case("c1", expected=Expected.DECLINED)
    cases[2] = case("c2", history=["Who?"])
    assert [each.id for each in open_questions(cases, 4)] == ["c0", "c4", "c6", "c8"]
    assert [each.id for each in open_questions(cases, 4, skip=1)] == ["c3", "c5", "c7", "c9"]
