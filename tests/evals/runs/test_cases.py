"""Cases are read with their line, and their gold is held against the corpus."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.toolkit.types import ItemKind
from evals.runs.cases import CaseError, Located, by_corpus, check, default_files, find_on_page, read_cases, select
from evals.types import CorpusName, ListInForce, Split
from tests.evals.eval_samples import TOOLKIT, OneDocument, case, document, place


def written(folder: Path, *records: object, name: str = "some.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return file


GOOD = {"id": "a", "question": "Who?", "expected": "answered", "tags": ["factual"], "split": "test"}


def test_cases_come_in_order_with_file_and_line(tmp_path: Path):
    file = written(tmp_path, GOOD, GOOD | {"id": "b", "question": "one\u2028two"})
    file.write_text("\n" + file.read_text(), encoding="utf-8")
    found = read_cases([file])
    assert [(each.case.id, each.where) for each in found] == [("a", "some.jsonl:2"), ("b", "some.jsonl:3")]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (GOOD, "some.jsonl:2: id 'a' is used already, by some.jsonl:1"),
        (GOOD | {"id": "b", "split": "train"}, "some.jsonl:2: split: Input should be 'tune' or 'test'"),
        (GOOD | {"id": "b", "extra": 1}, "some.jsonl:2: extra: Extra inputs are not permitted"),
        ([], "some.jsonl:2: Input should be an object"),
    ],
)
def test_a_wrong_line_is_said_in_one_line(tmp_path: Path, second: object, said: str):
    with pytest.raises(CaseError) as caught:
        read_cases([written(tmp_path, GOOD, second)])
    assert str(caught.value).startswith(said) and "\n" not in str(caught.value)


def test_no_file_and_no_case(tmp_path: Path):
    with pytest.raises(CaseError, match=r"none\.jsonl: no such file"):
        read_cases([tmp_path / "none.jsonl"])
    with pytest.raises(CaseError, match="no case to ask"):
        read_cases([])


def test_files_of_other_measures_are_not_asked(tmp_path: Path):
    for name in ("support.jsonl", "messages-acts.jsonl", "cases-b.jsonl", "cases-a.jsonl"):
        written(tmp_path, GOOD, name=name)
    assert [file.name for file in default_files(tmp_path)] == ["cases-a.jsonl", "cases-b.jsonl"]


def test_selection_by_tag_and_split():
    cases = [
        Located(case("a", tags=["factual"]), "f:1"),
        Located(case("b", tags=["dated", "list"], split="test"), "f:2"),
        Located(case("c", tags=["list"]), "f:3"),
    ]

    def ids(**asked: object) -> list[str]:
        return [each.case.id for each in select(cases, **asked)]  # type: ignore[arg-type]

    assert ids() == ["a", "b", "c"]
    assert ids(tags=["list"]) == ["b", "c"]
    assert ids(tags=["list"], split=Split.TUNE) == ["c"]
    with pytest.raises(CaseError, match="no case has the tag 'lists'; there are dated, factual, list"):
        select(cases, ["lists"])
    with pytest.raises(CaseError, match="no case is left"):
        select(cases, ["factual"], Split.TEST)


def test_corpora_in_their_order():
    cases = [Located(case("a", corpus="policy"), "f:1"), Located(case("b"), "f:2"), Located(case("c"), "f:3")]
    found = by_corpus(cases)
    assert list(found) == [CorpusName.STARTER, CorpusName.POLICY]
    assert [each.case.id for each in found[CorpusName.STARTER]] == ["b", "c"]


def test_a_quote_is_found_on_its_page_with_white_space_folded():
    # "They speak with\nworkers alone." stands at 37..68 of page 1; "A hotline …" at 68 + 1 of page 2.
    assert find_on_page(document(), 1, "They  speak with workers alone.") == (37, 67)
    assert find_on_page(document(), 2, "They speak with workers alone.") is None
    assert find_on_page(document(), 2, "A hotline takes calls") == (68, 89)
    assert find_on_page(document(), 1, "A hotline takes calls") is None
    assert find_on_page(document(), 1, "workers alone. A hotline") == (53, 77)  # it ends on page 2
    assert find_on_page(document(), 3, "A hotline") is None


def test_gold_is_placed_and_lists_are_counted():
    gold = {"publication": "farms", "page": 1, "quote": "They speak with workers alone.", "label": "1"}
    wanted = {"kind": "indicator", "activity": "livelihoods", "levels": ["output"]}
    found = check([Located(case(gold=[gold], lists=[wanted]), "f:1")], OneDocument(), TOOLKIT)["visits"]
    assert found.gold == (replace(place(37, 67, 1, "1"), paged=False),)
    ((listed,)) = found.lists
    assert listed == ListInForce(ItemKind.INDICATOR, wanted["activity"], ("i1", "i3"), 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"gold": [{"publication": "farms", "page": 2, "quote": "They speak with workers"}]},
            "f:7: gold: 'They speak with workers'… is not on page 2 of farms; it is on page 1",
        ),
        (
            {"gold": [{"publication": "farms", "page": 1, "quote": "They shout at workers"}]},
            "f:7: gold: 'They shout at workers'… is not on page 1 of farms; copy it from the document",
        ),
        ({"gold": [{"publication": "barns", "page": 1, "quote": "They speak"}]}, "f:7: gold: no publication 'barns'"),
        (
            {"lists": [{"kind": "lesson", "activity": "livelihoods"}]},
            "f:7: lists: there is no list of lessons for livelihoods with these levels",
        ),
    ],
)
def test_gold_that_is_not_there_is_said_in_one_line(fields: dict[str, object], said: str):
    with pytest.raises(CaseError) as caught:
        check([Located(case(**fields), "f:7")], OneDocument(), TOOLKIT)
    assert str(caught.value) == said
