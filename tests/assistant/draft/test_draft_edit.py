"""A draft changed by its reader: what no line shows is gone, labels count from 1, a question goes with its answer."""

from dataclasses import replace

import pytest
from answer_samples import two_sources

from assistant.draft.edit import Change, Revision, edited
from assistant.errors import NotInDraft
from assistant.show.draft import WHOLE
from assistant.types import Answer, Artefact, Draft, DraftLine, DraftPart, DraftWords

TASK = DraftLine(DraftWords.TASK, "Read aloud.")


def drafted() -> Answer:
    """Statement 0 quotes passage 1, statement 1 passage 2."""
    answer = replace(two_sources(), coverage=(), differences=())
    parts = (
        DraftPart("First", (TASK, DraftLine(DraftWords.QUOTED, "", 0), DraftLine(DraftWords.QUOTED, "", 1))),
        DraftPart(
            "Second", (DraftLine(DraftWords.ASKED, "Who?", number=1), DraftLine(DraftWords.ASKED, "Why?", number=2))
        ),
        DraftPart(
            "Answers", (DraftLine(DraftWords.KEY, "I", 0, number=1), DraftLine(DraftWords.KEY, "So", 1, number=2))
        ),
    )
    return replace(answer, draft=Draft(Artefact.QUIZ, "debts", parts))


def lines(answer: Answer, part: int) -> list[tuple[str, int]]:
    return [(line.text, line.statement) for line in answer.draft.parts[part].lines]


def test_a_line_that_is_dropped_takes_its_statement_and_its_passage_along():
    without = edited(drafted(), Revision(Change.DROP, 2))
    once = edited(without, Revision(Change.DROP, 0, 1))
    assert lines(once, 0) == [("Read aloud.", -1), ("", 0)]
    assert [each.text for each in once.statements] == [drafted().statements[1].text]
    assert len(once.evidence.passages) == 1
    assert {quote.label for each in once.statements for quote in each.quotes} == {1}


def test_a_statement_that_stands_elsewhere_stays():
    assert len(edited(drafted(), Revision(Change.DROP, 0, 1)).statements) == 2  # it is an answer, too


def test_a_question_goes_with_its_answer_and_those_after_it_move_up():
    less = edited(drafted(), Revision(Change.DROP, 1, 0))
    assert [(line.text, line.number) for line in less.draft.parts[1].lines] == [("Why?", 1)]
    assert [(line.text, line.number) for line in less.draft.parts[2].lines] == [("So", 1)]


def test_a_part_with_questions_goes_with_their_answers():
    less = edited(drafted(), Revision(Change.DROP, 1))
    assert [part.heading for part in less.draft.parts] == ["First", "Answers"]
    assert less.draft.parts[1].lines == ()


def test_a_step_that_has_no_number_takes_none_away():
    answer = drafted()
    steps = DraftPart("Order", (DraftLine(DraftWords.ASKED, "First wait."), DraftLine(DraftWords.ASKED, "Then ask.")))
    draft = replace(answer.draft, parts=(*answer.draft.parts, steps))
    less = edited(replace(answer, draft=draft), Revision(Change.DROP, 3, 0))
    assert [line.text for line in less.draft.parts[3].lines] == ["Then ask."]
    assert [line.number for line in less.draft.parts[2].lines] == [1, 2]


def test_lines_and_parts_move_and_stay_at_the_ends():
    assert lines(edited(drafted(), Revision(Change.DOWN, 0, 0)), 0)[1] == ("Read aloud.", -1)
    assert edited(drafted(), Revision(Change.UP, 0, 0)).draft == drafted().draft
    moved = edited(drafted(), Revision(Change.DOWN, 0))
    assert [part.heading for part in moved.draft.parts] == ["Second", "First", "Answers"]


def test_what_a_reader_writes_is_their_own_and_loses_its_number():
    added = edited(drafted(), Revision(Change.WRITE, 0, WHOLE, " Our  hall \n has no chairs. "))
    assert added.draft.parts[0].lines[-1] == DraftLine(DraftWords.OWN, "Our hall has no chairs.")
    instead = edited(drafted(), Revision(Change.WRITE, 0, 1, "In our words"))
    assert instead.draft.parts[0].lines[1] == DraftLine(DraftWords.OWN, "In our words")


def test_a_quote_in_other_words_is_the_readers_own_after_what_it_was():
    changed = edited(drafted(), Revision(Change.EDIT, 0, 1, " Demand \n\n is  simple. "))
    assert changed.draft.parts[0].lines[1] == DraftLine(DraftWords.AFTER, "Demand\nis simple.", 0)
    assert changed.statements == edited(drafted(), Revision(Change.UP, 0, 0)).statements  # no quote has changed
    again = edited(changed, Revision(Change.EDIT, 0, 1, "Other words"))
    assert again.draft.parts[0].lines[1] == DraftLine(DraftWords.AFTER, "Other words", 0)


def test_a_quote_whose_words_stay_stays_a_quote():
    same = drafted().statements[0].text
    assert (
        edited(drafted(), Revision(Change.EDIT, 0, 1, f" {same} ")).draft.parts[0].lines[1].words is DraftWords.QUOTED
    )


def test_a_task_a_question_and_the_words_of_an_answer_change_and_stay_what_they_are():
    for part, line in ((0, 0), (1, 1), (2, 0)):
        old = drafted().draft.parts[part].lines[line]
        changed = edited(drafted(), Revision(Change.EDIT, part, line, "In two\nlines"))
        assert changed.draft.parts[part].lines[line] == replace(old, text="In two lines")


@pytest.mark.parametrize(
    "revision",
    [
        Revision(Change.DROP, 9),
        Revision(Change.DROP, 0, 9),
        Revision(Change.WRITE, 0, WHOLE, "  "),
        Revision(Change.EDIT, 0, 1, " \n "),
        Revision(Change.EDIT, 0, WHOLE, "A heading"),
    ],
)
def test_what_is_not_there_or_says_nothing_is_refused_in_one_line(revision):
    with pytest.raises(NotInDraft):
        edited(drafted(), revision)
    with pytest.raises(NotInDraft):
        edited(two_sources(), Revision(Change.DROP, 0))
