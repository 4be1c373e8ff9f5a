"""The cases of recognition and their measure, with figures worked out by hand."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.types import Detail, Wanted
from assistant.understand.lists.recognise import Recogniser
from corpus.errors import CatalogueError
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from evals.recognition import Failure, Micro, Share, after, follow_up_table, measure, measure_follow_ups, table
from evals.recognition_cases import FRESH, Change, FollowUpCase, Previous, QuestionCase, read_follow_ups, read_questions
from index.encoders import open_embedder

INDICATOR, QUESTION, LESSON = (ItemKind.INDICATOR,), (ItemKind.QUESTION,), (ItemKind.LESSON,)
AWARENESS, LIVELIHOODS, PLANS = Activity.AWARENESS_RAISING, Activity.LIVELIHOODS, Activity.NATIONAL_PLANS

CASES = (
    QuestionCase(id="a", question="a", kinds=INDICATOR, activities=(AWARENESS, LIVELIHOODS), levels=(Level.OUTCOME,)),
    QuestionCase(id="b", question="b", kinds=QUESTION, activities=(PLANS,)),
    QuestionCase(id="c", question="c", kinds=(*INDICATOR, *LESSON), details=(Detail.VERIFICATION,)),
    QuestionCase(id="d", question="d", kinds=QUESTION, part_one=True),
    QuestionCase(id="e", question="e", kinds=()),
    QuestionCase(id="f", question="f", kinds=()),
)
READ = {
    "a": Wanted(INDICATOR, (LIVELIHOODS, PLANS)),  # one activity right, one wrong, one missing; no level
    "b": None,  # one activity missing
    "c": Wanted((*LESSON, *INDICATOR), details=(Detail.VERIFICATION,)),  # the order does not matter
    "d": Wanted(INDICATOR, part_one=True),  # another kind
    "e": Wanted(LESSON),  # forced
    "f": None,
}


def test_the_figures_of_six_questions():
    figures = measure(CASES, READ.__getitem__)
    assert figures.activities == Micro(right=1, wrong=1, missing=2)
    assert (figures.activities.precision, figures.activities.recall) == (1 / 2, 1 / 3)
    assert figures.activities.f1 == pytest.approx(0.4)  # 2 * (1/2 * 1/3) / (1/2 + 1/3)
    assert figures.kinds == Share(3, 6)  # a, c, f
    assert figures.forced == Share(1, 2)
    assert figures.missed == Share(1, 4)
    assert figures.levels == Share(2, 3)  # of a, c and d, where a list was read
    assert figures.details == Share(3, 3)
    assert figures.part_one == Share(3, 3)


def test_every_wrong_field_is_a_failure_and_a_wrong_kind_hides_the_rest():
    assert measure(CASES, READ.__getitem__).failures == (
        Failure("a", "activities", "awareness raising, livelihoods", "livelihoods, national plans of action"),
        Failure("a", "levels", "outcome", "none"),
        Failure("b", "kinds", "design question", "none"),
        Failure("d", "kinds", "design question", "indicator"),
        Failure("e", "kinds", "none", "lesson"),
    )


def test_all_seven_activities_or_all_three_levels_are_no_narrowing():
    figures = measure(CASES[2:3], lambda _: Wanted((*INDICATOR, *LESSON), tuple(Activity), levels=tuple(Level)))
    assert figures.activities == Micro()
    assert figures.levels == Share(1, 1)


def test_what_was_not_judged_is_undefined_and_shown_so():
    figures = measure((), READ.__getitem__)
    assert (figures.activities.f1, figures.kinds.value) == (None, None)
    lines = table(figures) + follow_up_table(measure_follow_ups((), lambda *_: None))
    assert all(" -  (0 " in text for text in lines)


def follow_up(name: str, expected: Change | None) -> FollowUpCase:
    previous = Previous(kinds=INDICATOR, activities=(AWARENESS,), description="a radio campaign")
    return FollowUpCase(id=name, previous=previous, follow_up=name, expected=expected)


def test_the_figures_of_follow_ups():
    cases = (
        follow_up("right", Change(levels=(Level.OUTCOME,))),
        follow_up("case does not matter", Change(about=("children",))),
        follow_up("another field changed too", Change(activities=(LIVELIHOODS,))),
        follow_up("missed", Change(rest=True)),
        follow_up("forced", None),
        follow_up("left alone", None),
    )
    read = {
        "right": Wanted(INDICATOR, (AWARENESS,), levels=(Level.OUTCOME,), description="radio"),
        "case does not matter": Wanted(INDICATOR, (AWARENESS,), about=("Children",)),
        "another field changed too": Wanted(QUESTION, (LIVELIHOODS,)),
        "forced": Wanted(INDICATOR),
    }
    figures = measure_follow_ups(cases, lambda text, previous: read.get(text))
    assert figures.right == Share(3, 6)
    assert figures.forced == Share(1, 2)
    assert figures.missed == Share(1, 4)
    assert [(failure.id, failure.field) for failure in figures.failures] == [
        ("another field changed too", "kinds"),
        ("missed", "list"),
        ("forced", "list"),
    ]


def test_a_follow_up_is_read_after_a_turn_that_showed_the_list():
    previous = Wanted(INDICATOR, (AWARENESS,), description="a radio campaign")
    seen = []
    after(lambda text, turns: seen.append((text, turns)))("only outcomes", previous)
    [(text, (turn,))] = seen
    assert (text, turn.question) == ("only outcomes", "a radio campaign")
    assert turn.answer.listing is not None and turn.answer.listing.wanted is previous


def test_a_change_to_nothing_is_a_change():
    previous = Wanted(INDICATOR, (AWARENESS,), levels=(Level.OUTCOME,))
    assert Change(levels=()).of(previous) == Wanted(INDICATOR, (AWARENESS,))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ('{"id": "a", "question": "Why?", "kinds": ["sign"]}', "line 2: kinds.0"),
        (
            '{"id": "a", "question": "Why?", "kinds": [], "activities": ["livelihoods"]}',
            "line 2: case: .*without a kind",
        ),
        ('{"id": "first", "question": "Why?", "kinds": []}', "line 2: id: 'first' is taken"),
        ("{", "line 2: case: Invalid JSON"),
    ],
)
def test_a_faulty_case_is_named_with_its_line(tmp_path: Path, text: str, about: str):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "first", "question": "Hello", "kinds": []}\n' + text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"^cases\.jsonl {about}"):
        read_questions(path)


def test_a_follow_up_that_changes_nothing_is_a_faulty_case(tmp_path: Path):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "a", "previous": {"kinds": ["lesson"]}, "follow_up": "so", "expected": {"levels": []}}')
    with pytest.raises(CatalogueError, match="a: the expected list is the previous one"):
        read_follow_ups(path)


def test_the_shipped_cases_cover_every_list_and_no_list():
    questions, fresh, follow_ups = read_questions(), read_questions(FRESH), read_follow_ups()
    assert len(questions) >= 200
    assert sum(not case.kinds for case in questions) >= 60
    assert min(Counter(a for case in questions for a in case.activities)[activity] for activity in Activity) >= 15
    assert {kind for case in questions for kind in case.kinds} == set(ItemKind)
    texts = [case.question.casefold() for case in (*questions, *fresh)]
    assert len(set(texts)) == len(texts)
    assert len(fresh) >= 60
    assert len(follow_ups) >= 50
    assert sum(case.expected is None for case in follow_ups) >= 12


def test_the_recogniser_in_use_reads_the_shipped_questions():
    figures = measure(read_questions(), Recogniser(open_embedder("bge-small-en-v1.5")).read)
    assert (figures.activities.f1 or 0) >= 0.95
    assert (figures.kinds.value or 0) >= 0.97
