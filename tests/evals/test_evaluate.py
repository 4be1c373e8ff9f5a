"""Runs: asked in turn, kept, gone on with; what differs makes a new one. The last test asks the packaged models."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings, load_settings
from assistant.types import Answer, Delta, Done, Event, Evidence, Part, Request, Retrieved, Turn
from corpus.toolkit.reader import Toolkit
from evals.answers.judge import DeterministicJudge
from evals.answers.scorecard import measure, scorecard
from evals.evaluate import ask_all, code_digest, configuration, folder_for, identity, run, with_model
from evals.report import as_text
from evals.runs.asking import ask, quote_checks, same_letters, searched, timed_answer
from evals.runs.cases import CaseError, Checked, Located
from evals.runs.corpora import Corpus, documents_of
from evals.runs.records import read_run
from evals.types import CorpusName, PassageSpan, QuoteCheck
from index.errors import StaleIndex
from index.types import Hit
from tests.evals.eval_samples import OneDocument, answer, case, passage, place, quote, statement

GIVEN = answer(statement("Inspectors visit farms twice a year.", quote(0, 36)))


class Scripted:
    """Answers from a table; keeps what it was asked, with the questions before it. An exception there is raised."""

    def __init__(self, **answers: Answer | BaseException) -> None:
        self._answers = answers
        self.asked: list[tuple[str, list[str]]] = []

    def ask(self, question: str, turns: Sequence[Turn] = ()) -> Iterator[Event]:
        self.asked.append((question, [turn.question for turn in turns]))
        found = self._answers.get(question, GIVEN)
        if isinstance(found, BaseException):
            raise found
        yield Retrieved(found.evidence)
        yield Done(found)

    def answer(self, question: str, turns: Sequence[Turn] = ()) -> Answer:
        for event in self.ask(question, turns):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError


class OnePassage:
    """An index that finds the whole text at every stage, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def search(self, query: str, *, limit: int, stage: str, **mixed: Any) -> list[Hit]:
        self.asked.append((query, stage))
        return [Hit(passage().chunk, 1, 1.0)]


def corpus(assistant: Scripted, searcher: OnePassage | None = None) -> Corpus:
    return Corpus(CorpusName.STARTER, OneDocument(), Toolkit(()), assistant, searcher or OnePassage(), {"digest": "d"})


def located(*ids: str) -> list[Located]:
    return [Located(case(id, question=id), f"f:{n}") for n, id in enumerate(ids, start=1)]


def test_a_case_is_asked_after_its_history_and_its_quotes_are_held_against_the_document():
    assistant, searcher = Scripted(), OnePassage()
    gold = (place(0, 36),)
    found = ask(case(history=["One?", "Two?"]), corpus(assistant, searcher), Checked(gold, ()))
    asked = "Who visits farms?"
    assert assistant.asked == [("One?", []), ("Two?", ["One?"]), (asked, ["One?", "Two?"])]
    assert (found.case, found.error, found.gold) == ("visits", "", gold)
    assert found.answer is not None and found.answer["status"] == "answered"
    assert found.quotes == (QuoteCheck(0, 0, True, None),)
    assert searcher.asked == [(asked, stage) for stage in ("bm25", "dense", "fused")]
    assert found.stages["fused"] == (PassageSpan("farms", 0, 100, (1, 2)),)
    assert set(found.seconds) == {"retrieve", "write", "answer"}


def test_without_gold_no_stage_is_searched():
    searcher = OnePassage()
    assert ask(case(), corpus(Scripted(), searcher), Checked((), ())).stages == {}
    assert searcher.asked == []


class Ranked:
    """An index that finds for each text the passages named, best first."""

    def __init__(self, **found: Sequence[int]) -> None:
        self._found = found

    def search(self, query: str, *, limit: int, stage: str, **mixed: Any) -> list[Hit]:
        return [Hit(passage(n).chunk, rank, 1.0) for rank, n in enumerate(self._found[query][:limit], start=1)]


def test_what_several_questions_find_is_taken_in_turn_each_passage_once():
    index = Ranked(a=[1, 2, 3], b=[2, 4], whole=[5])

    def found(request: Request) -> list[int]:
        return [int(hit.chunk.id[-4:]) for hit in searched(request, index, "fused")]

    two = Request("a and b", "whole", parts=(Part("A?", "a"), Part("B?", "b")))
    assert found(two) == [1, 2, 4, 3]  # 1 and 2, then 2 again and 4, then 3
    assert found(Request("the rest", "whole")) == [5]
    assert found(Request("all lists, and a and b", "whole", beside=two)) == [1, 2, 4, 3]


def test_a_failure_is_kept_and_the_next_case_is_asked(tmp_path: Path):
    cases = located("a", "b", "c")
    folder = folder_for(tmp_path, {"x": 1}, [each.case for each in cases])
    ask_all(folder, cases, [corpus(Scripted(b=ZeroDivisionError("no\nshares")))])
    assert [(r.case, r.error) for r in read_run(folder).records] == [
        ("a", ""),
        ("b", "ZeroDivisionError: no shares"),
        ("c", ""),
    ]


def test_an_index_that_went_away_stops_the_run_and_is_no_failure_of_the_product(tmp_path: Path):
    cases = located("a", "b", "c")
    folder = folder_for(tmp_path, {"x": 1}, [each.case for each in cases])
    with pytest.raises(StaleIndex, match="built again"):
        ask_all(folder, cases, [corpus(Scripted(b=StaleIndex("it was built again")))])
    assert [(record.case, record.error) for record in read_run(folder).records] == [("a", "")]


def test_a_run_that_was_stopped_goes_on_with_what_was_not_asked(tmp_path: Path):
    cases = located("a", "b", "c")
    folder = folder_for(tmp_path, {"x": 1}, [each.case for each in cases])
    with pytest.raises(KeyboardInterrupt):
        ask_all(folder, cases, [corpus(Scripted(b=KeyboardInterrupt()))])
    assert [record.case for record in read_run(folder).records] == ["a"]
    assert folder_for(tmp_path, {"x": 1}, []) == folder
    later = Scripted()
    ask_all(folder, cases, [corpus(later)])
    assert [question for question, _ in later.asked] == ["b", "c"]
    run = read_run(folder)
    assert len(run.records) == len(run.cases)


def test_gold_that_is_not_in_the_corpus_stops_the_run_before_the_first_question(tmp_path: Path):
    wrong = Located(case("w", gold=[{"publication": "farms", "page": 1, "quote": "not in the text"}]), "f:2")
    cases = [*located("a"), wrong]
    folder = folder_for(tmp_path, {}, [each.case for each in cases])
    assistant = Scripted()
    with pytest.raises(CaseError, match="f:2: gold"):
        ask_all(folder, cases, [corpus(assistant)])
    assert assistant.asked == []


def test_a_quote_that_changed_or_whose_document_did_is_not_exact():
    given = answer(statement("a", quote(0, 36), quote(37, 67)))
    other = given.statements[0].quotes[0]
    moved = type(other)(1, "farms", 1, 37, other.text, 1, None, other.document_sha256)
    stale = type(other)(1, "farms", 0, 36, other.text, 1, None, "0" * 64)
    checks = quote_checks(answer(statement("a", other, moved, stale)), OneDocument())
    assert [check.exact for check in checks] == [True, False, False]


def test_letters_under_boxes():
    assert same_letters("Fifty-two offices, “all” of them", "fifty two oﬃces all of them")
    assert not same_letters("Fifty-two offices", "Fifty-two offices, and more")
    assert not same_letters("Fifty-two offices", "")
    assert same_letters("abcdefghij" * 4, "abcdefghij" * 3 + "abcdefgh")  # 2 of 40 lost
    assert not same_letters("abcdefghij" * 4, "abcdefghij" * 3 + "abcdefg")


def test_steps_are_timed():
    ticks = iter([10.0, 11.0, 12.5, 13.0, 14.0])
    request = Request("a", "a")

    class Writing:
        def ask(self, question: str, turns: Sequence[Turn]) -> Iterator[Event]:
            yield from (Retrieved(Evidence()), Delta("Fa"), Delta("rms"), Done(Answer(request)))

    found, seconds = timed_answer(Writing(), "a", (), lambda: next(ticks))
    assert found == Answer(request)
    assert seconds == {"retrieve": 1.0, "first words": 2.5, "answer": 4.0, "write": 3.0}


def test_a_configuration_names_no_path_and_no_key_and_tells_runs_apart(tmp_path: Path):
    model = {"name": "tiny", "base_url": "http://127.0.0.1:1/v1", "key": "s3cret"}
    settings = Settings.model_validate({"home": tmp_path, "model": model})

    def made(settings: Settings, *ids: str) -> dict[str, Any]:
        return configuration(located(*ids), [corpus(Scripted())], settings)

    first = made(settings, "a", "b")
    text = json.dumps(first)
    assert str(tmp_path) not in text and "s3cret" not in text and "127.0.0.1" not in text
    assert first["model"]["name"] == "tiny" and first["cases"]["splits"] == {"tune": 2, "test": 0}
    assert identity(first) == identity(made(settings, "a", "b") | {"started": "later", "commit": "other"})
    assert identity(first) != identity(made(settings, "a"))
    assert identity(first) != identity(made(Settings(home=tmp_path), "a", "b"))
    top = settings.model_copy(update={"index": settings.index.model_copy(update={"top_k": 4})})
    assert identity(first) != identity(made(top, "a", "b"))


def test_another_model_of_the_same_server_or_none(tmp_path: Path):
    model = {"name": "tiny", "base_url": "http://127.0.0.1:1/v1", "key": "s3cret"}
    settings = Settings.model_validate({"home": tmp_path, "model": model})
    assert with_model(settings, None) is settings
    other = with_model(settings, "small").model
    assert (other.name, other.base_url, other.key.get_secret_value()) == ("small", model["base_url"], "s3cret")
    assert not with_model(settings, "").model.configured


def test_the_digest_of_the_code_sees_what_answers_depend_on(tmp_path: Path):
    for name in ("corpus/a.py", "assistant/b.py", "assistant/app/c.py", "prompts/d.txt", "index/e.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    before = code_digest(tmp_path)
    (tmp_path / "assistant/app/c.py").write_text("2")
    (tmp_path / "index/e.so").write_text("2")
    assert code_digest(tmp_path) == before
    (tmp_path / "prompts/d.txt").write_text("2")
    assert code_digest(tmp_path) != before


def test_documents_of_a_corpus(tmp_path: Path):
    (tmp_path / "b.md").write_text("b")
    (tmp_path / ".hidden").write_text("c")
    assert documents_of(CorpusName.STARTER, tmp_path) == ()
    assert documents_of(CorpusName.POLICY, tmp_path) == (tmp_path / "b.md",)
    with pytest.raises(CaseError, match="no such folder of documents"):
        documents_of(CorpusName.POLICY, tmp_path / "none")


CASES = [
    {
        "id": "real", "question": "What is real?", "corpus": "policy", "expected": "declined", "tags": ["real"],
        "split": "test",
    },
    {
        "id": "what", "question": "What is ICAT?", "expected": "answered", "tags": ["definition"], "split": "tune",
    },
    {
        "id": "moons", "question": "Which volcanoes erupt on the moons of Jupiter?", "expected": "refused",
        "status": ["out of scope", "no evidence"], "tags": ["off topic"], "split": "test",
    },
    {
        "id": "list", "question": "And for awareness raising?", "history": ["All indicators for livelihoods"],
        "expected": "answered", "lists": [{"kind": "indicator", "activity": "awareness raising"}], "tags": ["list"],
        "split": "test",
    },
]  # fmt: skip


def test_the_starter_corpus_is_asked_with_the_packaged_models(indexed_home: Path, tmp_path: Path):
    file = tmp_path / "some.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in CASES))
    fields = {"cases": [file], "tags": [], "split": None, "limit": 3, "model": None, "policy": None, "out": None}
    verdicts = tmp_path / "people.json"
    verdicts.write_text(
        json.dumps(
            [
                {
                    "statement": "Recruiters ask workers for fees.",
                    "quotes": ["Recruiters ask workers for fees."],
                    "verdict": "full",
                }
            ]
        )
    )
    arguments = Namespace(**fields, judge="deterministic", verdicts=verdicts, json=True)
    shown: list[Any] = []
    said: list[str] = []
    assert run(arguments, load_settings(), line=said.append, as_json=shown.append, say=said.append) == 0
    assert said[0] == "1 cases over real documents are left out; name their folder with --policy"
    (found,) = shown
    assert (found["cases"], found["asked"]) == (3, 3)
    assert (found["agreement"]["n"], found["agreement"]["percent"]) == (1, 1.0)
    shares = {name: (value["value"], value["n"]) for name, value in found["overall"].items()}
    for name in ("citation_precision", "citation_recall", "quote_exactness"):
        assert shares[name] == (1.0, 2)  # verbatim by construction
    for name in ("list_completeness", "list_exactness", "list_counts", "refused_when_wanted"):
        assert shares[name] == (1.0, 1)
    assert shares["answered_when_answerable"] == (1.0, 2)
    assert shares["failures"] == (0.0, 3)
    folder = indexed_home / "runs" / found["run"]
    assert {path.name for path in folder.iterdir()} == {"configuration.json", "cases.jsonl", "records.jsonl"}
    table = as_text(scorecard(measure(read_run(folder), DeterministicJudge()))).splitlines()
    assert table[0] == f"run {found['run']}: 3 of 3 cases asked, judge deterministic"
    assert "citation precision 1.000 0.342–1.000 2 0" in [" ".join(text.split()) for text in table]
