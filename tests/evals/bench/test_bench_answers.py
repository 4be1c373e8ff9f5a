"""Answers to a benchmark's questions, on values worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.types import Act, Answer, Request, Tier, Turn
from assistant.understand.lexicon import lexicon
from assistant.understand.understanding import Understanding
from evals.bench.answers import AnsweredQuery, bare, bench_answers, contained, report, score
from evals.bench.beir import BenchmarkError, BenchQuery, read_benchmark
from evals.bench.run import understood
from tests.evals.eval_samples import answer, place, quote, statement
from tests.fakes import ToldClassifier, reading_of

GIVEN = answer(
    statement("Inspectors visit farms twice a year.", quote(0, 36)),
    statement("A hotline takes calls at night.", quote(68, 99)),
    confidence=0.75,
)
DECLINED = answer(confidence=0.25)
ASKS = BenchQuery("q", "Who?", True, ("twice a year", "at noon"))


def test_an_answer_is_held_against_passages_sentences_and_answers():
    asked = AnsweredQuery(ASKS, GIVEN, passages=(place(0, 67),), supporting=(place(0, 36), place(37, 67)))
    assert score(asked) == {
        "answered": 1.0,
        "closest": 0.0,
        "passage_precision": 0.5,
        "passage_recall": 1.0,
        "supporting_precision": 0.5,
        "supporting_recall": 0.5,
        "contained": 0.5,
        "contained_all": 0.5,
        "extracts": 2.0,
    }


def test_declining_costs_recall_and_has_no_precision():
    assert score(AnsweredQuery(ASKS, DECLINED, (place(0, 67),), ())) == {
        "answered": 0.0,
        "closest": 0.0,
        "passage_recall": 0.0,
        "contained_all": 0.0,
    }
    unanswerable = replace(ASKS, answerable=False, answers=())
    assert score(AnsweredQuery(unanswerable, DECLINED, (), ())) == {"not_answered": 1.0, "declined": 1.0}
    found = score(AnsweredQuery(unanswerable, GIVEN, (), ()))
    assert (found["not_answered"], found["declined"]) == (0.0, 0.0)


def test_what_may_answer_is_shown_and_not_said_to_answer():
    may = replace(GIVEN, tier=Tier.MAY_ANSWER)
    found = score(AnsweredQuery(ASKS, may, (place(0, 67),), ()))
    assert (found["answered"], found["closest"]) == (0.0, 1.0)
    assert (found["passage_recall"], found["contained"], found["extracts"]) == (1.0, 0.5, 2.0)
    found = score(AnsweredQuery(replace(ASKS, answerable=False, answers=()), may, (), ()))
    assert (found["not_answered"], found["declined"]) == (1.0, 0.0)


def test_yes_and_no_are_looked_for_in_no_sentence():
    assert "contained" not in score(AnsweredQuery(replace(ASKS, answers=("Yes", "no.")), GIVEN, (), ()))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Twice a year", 1.0),
        ("twice year", 1.0),
        ("wice a year", 0.0),
        ("year.", 1.0),
        ("hotline takes the calls", 1.0),
    ],
)
def test_an_answer_stands_in_a_sentence_as_whole_words(text: str, held: float):
    assert contained([text], GIVEN) == held


def test_answers_are_compared_as_on_squad():
    assert bare("The  U.S. Office, a") == "u s office"


def test_a_report_over_questions_by_hand():
    unanswerable = replace(ASKS, answerable=False, answers=())
    asked = [
        AnsweredQuery(ASKS, GIVEN, (), ()),
        AnsweredQuery(ASKS, DECLINED, (), ()),
        AnsweredQuery(unanswerable, DECLINED, (), ()),
        AnsweredQuery(replace(ASKS, answerable=None, answers=()), GIVEN, (), ()),
    ]
    found = report(asked, [1.0, 2.0, 3.0, 4.0], unplaced=2)
    figures = {name: (value.value, value.n) for name, value in found.figures.items()}
    assert figures == {
        "answered": (0.5, 2),
        "closest": (0.0, 2),
        "not_answered": (1.0, 1),
        "declined": (1.0, 1),
        "contained": (0.5, 1),
        "contained_all": (0.25, 2),
        "extracts": (2.0, 2),
    }
    # .75 and .25 answerable against .25: one above, one tie.
    assert (found.auc, found.answerable, found.unanswerable) == (0.75, 2, 1)
    assert (found.p50_ms, found.p95_ms) == (2.0, 4.0)
    assert "answerability AUC 0.750 (2 answerable, 1 not)" in found.as_text()
    assert "2 supporting sentences stand in no passage" in found.as_text()
    one_kind = report(asked[:1], [1.0])
    assert one_kind.auc is None and "not measured: questions of both kinds are needed" in one_kind.as_text()


def test_a_set_is_asked_after_its_history_and_its_sentences_are_placed(beir: Path):
    queries = [
        {
            "_id": "q1",
            "text": "Who pays?",
            "metadata": {
                "answers": ["no fees"],
                "history": ["What of fees?"],
                "evidence": ["may charge  no fees", "is nowhere"],
            },
        }
    ]
    (beir / "queries.jsonl").write_text("".join(json.dumps(each) + "\n" for each in queries))
    (beir / "qrels" / "test.tsv").write_text("q1\tp1\t1\n")
    heard: list[tuple[str, list[str]]] = []

    def ask(question: str, turns: Sequence[Turn]) -> Answer:
        heard.append((question, [turn.question for turn in turns]))
        return Answer(Request(question, question))

    found = bench_answers(read_benchmark(beir), ask)
    assert heard == [("What of fees?", []), ("Who pays?", ["What of fees?"])]
    assert found.unplaced == 1
    assert {name: value.value for name, value in found.figures.items()} == {
        "passage_recall": 0.0,
        "supporting_recall": 0.0,
        "contained_all": 0.0,
    }


def test_supporting_sentences_are_named_by_title_and_number(beir: Path):
    passage = {
        "_id": "p9",
        "title": "Apples",
        "text": "Apples grow. They fall.",
        "metadata": {"sentences": ["Apples grow.", " They fall."]},
    }
    query = {"_id": "q1", "text": "Do they?", "metadata": {"supporting": [["Apples", 1], ["Apples", 7], ["Pears", 0]]}}
    (beir / "corpus.jsonl").write_text(json.dumps(passage) + "\n")
    (beir / "queries.jsonl").write_text(json.dumps(query) + "\n")
    (beir / "qrels" / "test.tsv").write_text("q1\tp9\t1\n")
    assert read_benchmark(beir).queries[0].supporting == ("They fall.",)


def read_query(beir: Path, **metadata: object) -> BenchQuery:
    query = {"_id": "q1", "text": "And of those?", "metadata": metadata}
    (beir / "queries.jsonl").write_text(json.dumps(query) + "\n")
    (beir / "qrels" / "test.tsv").write_text("q1\tp1\t1\n")
    return read_benchmark(beir).queries[0]


def test_a_history_is_read_as_public_sets_write_it_and_what_was_answered_is_not_asked(beir: Path):
    for history in (
        ["What of fees?"],
        [{"question": "What of fees?"}],
        [{"speaker": "user", "text": "What of fees?"}, {"speaker": "agent", "text": "None."}],
        [{"role": "user", "content": "What of fees?"}, {"role": "assistant", "content": "None."}],
    ):
        assert read_query(beir, history=history).history == ("What of fees?",)
    assert read_query(beir, history=None, answers="no fees").answers == ("no fees",)
    assert read_query(beir, supporting=["They may charge no fees."]).supporting == ("They may charge no fees.",)


def test_a_follow_up_is_searched_for_with_what_it_leaves_out():
    reads = Understanding(ToldClassifier()("And for children?", reading_of(ask=1.0, leans=1.0)), lexicon())
    first = BenchQuery("q1", "Who pays recruitment fees?", None)
    assert [part.reads for part in understood(first, reads).parts] == [first.text]
    follow = understood(replace(first, text="And for children?", history=(first.text,)), reads).parts[-1]
    assert "children" in follow.reads and "recruitment fees" in follow.reads


def test_every_message_of_a_set_is_an_open_question():
    text = "My employer keeps my passport and I am afraid. Who pays the fee for a new one?"
    reads = Understanding(ToldClassifier()(text, reading_of(danger=1.0)), lexicon())
    assert understood(BenchQuery("q1", text, None), reads).act is Act.ASK


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"history": [{"speaker": "user"}]}, r"history\[0\].text: Field required"),
        ({"history": "What?"}, "history: Input should be a valid array"),
        ({"history": [["What?"]]}, r"history\[0\]: Input should be"),
        ({"answers": [3]}, r"answers\[0\]: Input should be a valid string"),
        ({"supporting": [["Apples"]]}, "supporting.0"),
        ({"supporting": 3}, "supporting: Input should be a valid array"),
    ],
)
def test_metadata_that_is_not_as_it_should_be_is_said(beir: Path, metadata: dict[str, object], said: str):
    with pytest.raises(BenchmarkError, match=rf"jsonl:1: metadata\.{said}"):
        read_query(beir, **metadata)
