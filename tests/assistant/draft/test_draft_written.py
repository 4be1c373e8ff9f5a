"""Parts of a draft in a language model's words: over quotes, one by one, as far as the check and the time allow."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from answer_samples import PAPER, extract, passage, quote, request
from html_reader import Reader

from assistant.draft.edit import Change, Revision, edited
from assistant.draft.material import Stock
from assistant.draft.writing import MOST, PASSAGES, SECONDS, in_extracts, written
from assistant.show.html import answer_html
from assistant.show.markdown import to_markdown
from assistant.show.record import answer_from_record, answer_to_record
from assistant.show.slides import slides_of
from assistant.types import (
    Act,
    Answer,
    Artefact,
    Delta,
    Draft,
    Drafting,
    DraftLine,
    DraftPart,
    DraftWords,
    Evidence,
    Outcome,
    Request,
    Statement,
    Support,
    Turn,
    Usage,
)

WHEN = date(2026, 1, 2)
TEXTS = [f"Passage {n} says a thing. It says {n} more." for n in range(8)]
PASSAGES_HERE = [passage(PAPER, text, 100 * n, headings=("Chapter",)) for n, text in enumerate(TEXTS)]
TASK = DraftLine(DraftWords.TASK, "Read aloud.")


def drafted(parts: int = 2) -> Answer:
    """A handout whose every part has a task and one extract: of passage 0, 1 and so on."""
    shown = PASSAGES_HERE[:parts]
    lines = [(TASK, DraftLine(DraftWords.QUOTED, "", n)) for n in range(parts)]
    headings = ["What to know", "What to do", *(f"Subject {n}" for n in range(parts))]
    return Answer(
        request("a handout on things", Act.DRAFT),
        Evidence(tuple(shown)),
        tuple(extract(n + 1, each, "It says") for n, each in enumerate(shown)),
        draft=Draft(Artefact.HANDOUT, "things", tuple(map(DraftPart, headings, lines))),
    )


class Near:
    """Material that has the same for each part: all passages, the last first."""

    def extracts_for(self, heading: str) -> Stock:
        found = list(reversed(PASSAGES_HERE))
        return Stock(
            Evidence(tuple(found)), tuple(extract(n, each, "It says") for n, each in enumerate(found, start=1))
        )


class Tells:
    """Writes one sentence on the first passage it is given, of one part after the other; or what it is told."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[tuple[str, Evidence]] = []

    def write_part(
        self, request: Request, evidence: Evidence, artefact: Artefact, topic: str, part: str
    ) -> Generator[Delta, None, Answer]:
        self.seen.append((part, evidence))
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome.SHOWN
        drafting = Drafting("model <b>x</b>", outcome, "down" if outcome is Outcome.FAILED else "", "ab", 2, 1)
        yield Delta("A sentence.")
        if outcome is not Outcome.SHOWN:
            return Answer(request, drafting=drafting)
        first = evidence[1]
        words = quote(1, first, first.chunk.text.split(".")[0] + ".")
        sentence = Statement(f"Written of {first.chunk.start // 100}.", (words,), Support.PARTIAL, ("why not",))
        withheld = Statement(f"Withheld of {len(self.seen)}.", (), Support.NONE, ("no source",))
        return Answer(
            request,
            Evidence((first,)),
            (sentence,),
            withheld=(withheld,),
            written_by=drafting.model,
            usage=Usage(10, 5),
            drafting=drafting,
        )


def finished(
    answer: Answer, author: Tells, places: Sequence[int] | None = None, again: bool = False, clock=lambda: 0.0
) -> Answer:
    steps = written(answer, Near(), author, in_extracts(answer) if places is None else places, again, clock)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def lines(answer: Answer, part: int) -> list[tuple[DraftWords, str]]:
    found = answer.draft.parts[part].lines
    return [(each.words, each.text or answer.statements[each.statement].text) for each in found]


def test_each_part_is_written_from_its_own_passages_and_keeps_its_task():
    author = Tells()
    answer = finished(drafted(), author)
    assert lines(answer, 0) == [(DraftWords.TASK, "Read aloud."), (DraftWords.WRITTEN, "Written of 0.")]
    assert lines(answer, 1)[1] == (DraftWords.WRITTEN, "Written of 1.")
    assert [part.partition("?")[0] for part, _ in author.seen] == [
        "What to know.",
        "What to do. What do we do first when we suspect that somebody is exploited, and whom do we tell",
    ]
    # own first, then those that stand nowhere in the draft, the nearest first: never what another part is made of
    given = [[each.chunk.start // 100 for each in evidence.passages] for _, evidence in author.seen]
    assert given == [[0, 7, 6, 5], [1, 7, 6, 5]] and all(len(each) == PASSAGES for each in given)
    assert (answer.written_by, answer.usage) == ("model <b>x</b>", Usage(20, 10))
    assert (answer.drafting.claims, answer.drafting.supported, answer.drafting.outcome) == (4, 2, Outcome.SHOWN)
    assert [each.text for each in answer.withheld] == ["Withheld of 1.", "Withheld of 2."]
    assert answer.notice == ""


def test_a_part_of_which_nothing_holds_keeps_its_quotes_and_it_says_so():
    answer = finished(drafted(), Tells(Outcome.UNGROUNDED))
    assert lines(answer, 0)[1] == (DraftWords.QUOTED, TEXTS[0])
    assert lines(answer, 1)[1][0] is DraftWords.WRITTEN
    assert answer.notice.startswith(
        "1 part is as it was, in the publications' own words: what the language model wrote"
    )


def test_a_model_that_fails_is_not_asked_again_and_all_quotes_stay():
    author = Tells(Outcome.FAILED)
    answer = finished(drafted(3), author)
    assert len(author.seen) == 1 and answer.draft == drafted(3).draft
    assert (answer.written_by, answer.drafting.outcome) == ("verbatim", Outcome.FAILED)
    assert answer.notice == (
        "3 parts are as they were, in the publications' own words: The language model can't be reached."
    )


def test_no_part_is_begun_after_the_time_and_no_more_than_some_at_once():
    times = iter([0.0, 1.0, SECONDS + 1])
    author = Tells()
    answer = finished(drafted(3), author, clock=lambda: next(times))
    assert len(author.seen) == 1
    assert answer.notice.startswith("2 parts are as they were") and "no time" in answer.notice
    many = Tells()
    finished(drafted(8), many)
    assert len(many.seen) == MOST


def test_written_again_it_is_of_other_passages_and_the_other_parts_stay():
    once = finished(drafted(), Tells())
    again = finished(once, Tells(), places=[0], again=True)
    assert lines(again, 0)[1] == (DraftWords.WRITTEN, "Written of 7.")
    assert lines(again, 1) == lines(once, 1)
    assert len(again.evidence.passages) == 2  # what was written of the first is no source any more


def test_quotes_of_other_parts_keep_their_source_where_a_passage_stands_twice():
    first, second = PASSAGES_HERE[:2]
    draft = drafted()
    statements = (draft.statements[0], extract(3, second, "It says"))
    # as after a swap, which adds the passage of what it brings
    twice = replace(draft, evidence=Evidence((first, first, second)), statements=statements)
    answer = finished(twice, Tells(), places=[0])
    kept = answer.statements[answer.draft.parts[1].lines[1].statement]
    assert {answer.evidence[each.label].chunk.text for each in kept.quotes} == {second.chunk.text}


def test_own_words_in_a_part_outlast_its_writing():
    answer = edited(finished(drafted(), Tells()), Revision(Change.WRITE, 0, text="Ours."))
    again = finished(answer, Tells(), places=[0], again=True)
    assert lines(again, 0)[1:] == [(DraftWords.WRITTEN, "Written of 7."), (DraftWords.OWN, "Ours.")]


def test_without_a_line_of_the_model_it_is_no_written_draft_any_more():
    answer = finished(drafted(), Tells())
    for part in (0, 1):
        answer = edited(answer, Revision(Change.EDIT, part, 1, "In own words"))
    assert (answer.written_by, answer.withheld) == ("verbatim", ())
    assert lines(answer, 0)[1] == (DraftWords.AFTER, "In own words")


@pytest.fixture()
def half() -> Answer:
    """The first part is written, the second quoted."""
    return finished(drafted(), Tells(Outcome.SHOWN, Outcome.DECLINED))


def test_the_page_says_of_each_line_whose_words_it_is_and_offers_to_write_again(half: Answer):
    page = answer_html(half, 0)
    text = Reader(page).text
    assert "<b>x" not in page and "Lines that say so are written by the language model model <b>x</b>" in text
    assert text.count("the language model's words") == 1 and "partly supported" in text and "why not" in text
    again = [each["value"] for each in Reader(page).classed("icat-revise") if "again" in each["value"]]
    assert again == ['["again",0,-1]', '["again",1,-1]']
    assert "again" not in answer_html(drafted(), 0)


def test_documents_tell_written_lines_from_quotes_and_show_the_check_of_those_only(half: Answer):
    shown = to_markdown((Turn("q", half),), "1", WHEN).replace("\\", "").replace("**", "")
    assert "written by the language model model <b>x</b> and checked against the sources" in shown
    annex = shown.partition("Quotes and checks")[2]
    assert "Written of 0." in annex and "Passage 0 says a thing." in annex
    assert TEXTS[1] in shown.partition("Quotes and checks")[0] and TEXTS[1] not in annex.partition("[^1]:")[0]
    assert "(the language model's words" in shown
    slide = slides_of(half)[0]
    assert slide.lines == ("Written of 0. (the language model's words)",)
    assert "“Passage 0 says a thing.”" in slide.notes[-1]


def test_a_record_keeps_what_was_written(half: Answer):
    kept = answer_from_record(answer_to_record(half))
    assert (kept.draft, kept.statements, kept.withheld) == (half.draft, half.statements, half.withheld)


def test_a_draft_without_extracts_has_nothing_to_write():
    answer = drafted(1)
    assert in_extracts(replace(answer, draft=None)) == []
    statements = (replace(answer.statements[0], lines=(), marks=()),)
    assert in_extracts(replace(answer, statements=statements)) == []
