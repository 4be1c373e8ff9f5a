"""A draft in the length that was asked for: what goes, in which order, and what is said of it."""

from dataclasses import replace

from answer_samples import two_extracts

from assistant.draft.length import fitted, words_of
from assistant.types import Answer, Artefact, Draft, DraftLine, DraftPart, DraftWords, Statement

KNOWN = DraftPart("What to know", (DraftLine(DraftWords.QUOTED, "", 0), DraftLine(DraftWords.QUOTED, "", 1)))
LEAVE = DraftPart("What to leave", (DraftLine(DraftWords.TASK, "Tick it."), DraftLine(DraftWords.QUOTED, "", 1)))


def drafted(*parts: DraftPart) -> Answer:
    """Statement 0 has 9 words or more, statement 1 has 4."""
    return replace(two_extracts(), draft=Draft(Artefact.HANDOUT, "debts", parts))


def first_words(answer: Answer, statement: Statement, words: int) -> Statement:
    return replace(statement, text=" ".join(statement.text.split()[:words]), lines=statement.lines[:1], marks=())


def test_what_is_short_enough_or_has_no_limit_stays():
    answer = drafted(KNOWN)
    assert fitted(answer, 0, 0, first_words) is answer
    assert fitted(answer, words_of(answer), 0, first_words) is answer


def test_more_than_one_extract_of_a_part_goes_first_and_is_offered_for_it():
    answer = drafted(KNOWN)
    cut = fitted(answer, words_of(answer) - 1, 0, first_words)
    assert [line.statement for line in cut.draft.parts[0].lines] == [0]
    assert [each.text for each in cut.statements] == [answer.statements[0].text]
    (offer,) = cut.draft.parts[0].offers
    assert (offer.publication, offer.start) == (
        answer.statements[1].quotes[0].publication,
        answer.statements[1].quotes[0].start,
    )
    assert cut.notice.startswith("1 more passage is under “More on this”")


def test_a_part_of_which_only_its_task_is_left_goes_and_it_says_so():
    first = replace(KNOWN, lines=KNOWN.lines[:1])
    answer = drafted(first, LEAVE)
    cut = fitted(answer, words_of(answer) - 1, 0, first_words)
    assert [part.heading for part in cut.draft.parts] == ["What to know"]
    assert cut.notice == "Left out for its length: What to leave."


def test_slides_are_counted_as_they_are_made():
    first = replace(KNOWN, lines=KNOWN.lines[:1])
    answer = drafted(first, LEAVE)  # each extract is a slide
    assert fitted(answer, 0, 2, first_words) is answer
    assert [part.heading for part in fitted(answer, 0, 1, first_words).draft.parts] == ["What to know"]
    assert len(fitted(drafted(KNOWN), 0, 1, first_words).statements) == 1  # the first stays
