from collections import Counter
from pathlib import Path

import pytest

from corpus.catalogue import load
from corpus.errors import CatalogueError
from corpus.library import Library
from corpus.toolkit.starter import FOLDER, starter_items, starter_library
from corpus.toolkit.types import STARTER_ID, ItemKind, Level, ToolkitPart
from corpus.types import Activity, Origin

GOOD = """activity: livelihoods
note: Written for this project; not ICAT's words.
lessons:
- id: l1
  text: Debt keeps people where they are.
questions:
- id: q1
  group: money
  text: Who is paid
    first?
indicators:
- id: i1
  level: outcome
  text: Share of households without debt
  counts: households without debt
  over: all households
  disaggregation: [sex]
  verification: [a survey]
  caution: ''
"""


def written(folder: Path, text: str) -> Path:
    (folder / "livelihoods.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_library_is_complete():
    items = starter_items()
    lists = Counter((i.activity, i.kind) for i in items)
    for activity in Activity:
        assert lists[activity, ItemKind.LESSON] >= 5
        assert lists[activity, ItemKind.QUESTION] >= 14
        assert lists[activity, ItemKind.INDICATOR] >= 14
        assert {i.level for i in items if i.activity is activity and i.kind is ItemKind.INDICATOR} == set(Level)
    assert lists[None, ItemKind.QUESTION] >= 20
    assert len({i.id for i in items}) == len({i.text for i in items}) == len(items)
    assert {i.origin for i in items} == {Origin.STARTER}


def test_the_shipped_indicators_can_be_measured():
    indicators = [i for i in starter_items() if i.kind is ItemKind.INDICATOR]
    assert all(i.counts and i.verification for i in indicators)
    assert all(i.over for i in indicators if i.text.startswith(("Share", "Median", "Average", "Ratio")))


def test_part_one_covers_the_questions_of_design():
    assert list(dict.fromkeys(i.topic for i in starter_items() if i.part is ToolkitPart.ONE)) == [
        "trafficking pattern",
        "behaviour change",
        "displacement risk",
        "choosing among responses",
        "evaluability",
    ]


def test_a_file_as_items(tmp_path: Path):
    lesson, question, indicator = starter_items(written(tmp_path, GOOD))
    assert (lesson.kind, lesson.activity) == (ItemKind.LESSON, Activity.LIVELIHOODS)
    assert (question.text, question.group) == ("Who is paid first?", "money")
    assert (indicator.level, indicator.over, indicator.verification) == (
        Level.OUTCOME, "all households", ("a survey",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "about"),
    [
        ("level: outcome", "level: result", 13, "level"),
        ("  counts: households without debt\n", "", 12, "counts"),
        ("first?", "first", 9, "text"),
        ("id: q1", "id: l1", 7, "taken"),
        ("disaggregation: [sex]", "disaggregation: [sex, '']", 17, "disaggregation"),
        ("note: Written for this project", "note: By ICAT", 2, "note"),
        ("activity: livelihoods", "activity: life", 1, "activity"),
        ("verification: [a survey]", "verification: []", 18, "verification"),
        ("  caution: ''", "  caution: ''\n  warning: x", 20, "warning"),
        ("questions:\n", "questions: [\n", 7, "YAML"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, about: str):
    assert GOOD.count(old) == 1
    with pytest.raises(CatalogueError, match=rf"^livelihoods\.yaml line {line}: .*{about}") as raised:
        starter_items(written(tmp_path, GOOD.replace(old, new)))
    assert "\n" not in str(raised.value)


def test_a_question_of_part_one_belongs_to_one_of_its_groups(tmp_path: Path):
    text = "part: one\nnote: Written for this project; not ICAT's words.\ngroups: [a]\nquestions:\n"
    text += "- {id: q1, group: a, text: 'Who?'}\n- {id: q2, group: b, text: 'Why?'}\n"
    (tmp_path / "part-one.yaml").write_text(text)
    with pytest.raises(CatalogueError, match=r"^part-one\.yaml line 6: group: 'b'"):
        starter_items(tmp_path)


def test_a_missing_library_is_said(tmp_path: Path):
    with pytest.raises(CatalogueError, match="no starter library"):
        starter_items(tmp_path)


def test_the_library_is_shipped_beside_the_code():
    assert len(list(FOLDER.glob("*.yaml"))) == len(Activity) + 1


def test_every_item_stands_in_the_document_of_the_library_under_its_headings():
    library = starter_library()
    for item in library.items:
        assert library.document.text[slice(*item.span)] == item.text
    first = next(i for i in library.items if i.id == "awareness-raising-i01")
    path = library.document.heading_path(first.span[0])
    assert path[1:3] == ("Awareness raising", "Possible indicators")
    assert path[-1] == first.level.value.capitalize()


def test_the_document_is_in_the_corpus_to_be_opened_but_not_searched(tmp_path):
    library = Library(tmp_path / "home", load())
    assert library.document(STARTER_ID) is starter_library().document
    assert len(library.document_sha256(STARTER_ID)) == 64
    assert library.publication(STARTER_ID).origin is Origin.STARTER
    assert STARTER_ID not in library.in_force()
