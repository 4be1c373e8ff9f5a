"""A draft in a language model's words: written over the arranged one, or left as it was with a line on why."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from answer_samples import PAPER, extract, passage, quote, request
from html_reader import Reader

from assistant.draft.brief import Brief
from assistant.draft.edit import Change, Revision, edited
from assistant.draft.material import Stock
from assistant.draft.writing import LETTERS, written, written_part
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
    DraftOrder,
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
ASKED = "a handout on things"
BRIEF = Brief(Artefact.HANDOUT, "things", asked=ASKED, subjects=("a subject",))


def drafted(parts: int = 2) -> Answer:
    """A handout whose every part has a task and one extract: of passage 0, 1 and so on."""
    shown = PASSAGES_HERE[:parts]
    lines = [(TASK, DraftLine(DraftWords.QUOTED, "", n)) for n in range(parts)]
    headings = ["What to know", "What to do", *(f"Subject {n}" for n in range(parts))]
    return Answer(
        request(ASKED, Act.DRAFT),
        Evidence(tuple(shown)),
        tuple(extract(n + 1, each, "It says") for n, each in enumerate(shown)),
        draft=Draft(Artefact.HANDOUT, "things", tuple(map(DraftPart, headings, lines)), asked=ASKED),
    )


class Found:
    """What was found for the theme: all passages, the last first."""

    evidence = Evidence(tuple(reversed(PASSAGES_HERE)))


class Near:
    """Material that has passage 3 for each subject, and all for the theme."""

    theme = Found()

    def subject(self, subject: str) -> Stock:
        return Stock(Evidence((PASSAGES_HERE[3],)))


class Tells:
    """Writes a draft of one part: a sentence on the first passage it is given, a task, and a sentence after it."""

    def __init__(self, outcome: Outcome = Outcome.SHOWN, minutes: int = 0) -> None:
        self.outcome, self.minutes = outcome, minutes
        self.seen: list[tuple[DraftOrder, Evidence]] = []

    def write_draft(self, request: Request, evidence: Evidence, order: DraftOrder) -> Generator[Delta, None, Answer]:
        self.seen.append((order, evidence))
        reason = "down" if self.outcome is Outcome.FAILED else ""
        drafting = Drafting("model <b>x</b>", self.outcome, reason, "ab", 2, 1)
        yield Delta("A sentence.")
        if self.outcome is not Outcome.SHOWN:
            return Answer(request, drafting=drafting)
        first = evidence[1]
        words = quote(1, first, first.chunk.text.split(".")[0] + ".")
        sentence = Statement(f"Written of {first.chunk.start // 100}.", (words,), Support.PARTIAL, ("why not",))
        after = Statement("It goes on.", (words,), Support.FULL)
        lines = (
            DraftLine(DraftWords.WRITTEN, "", 0, lead="1."),
            DraftLine(DraftWords.MODEL, "Ask <i>all</i> of them.", lead="•"),
            DraftLine(DraftWords.WRITTEN, "", 1, follows=True),
        )
        part = DraftPart("Its part", lines, self.minutes)
        return Answer(
            request,
            Evidence((first,)),
            (sentence, after),
            withheld=(Statement("Withheld.", (), Support.NONE, ("no source",)),),
            written_by=drafting.model,
            usage=Usage(10, 5),
            drafting=drafting,
            draft=Draft(Artefact.TEXT, "", (part,), title="Things, <b>told</b>"),
        )


def ended(steps: Generator[Delta, None, Answer]) -> Answer:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def finished(answer: Answer, author: Tells, turns: Sequence[Turn] = (), brief: Brief = BRIEF) -> Answer:
    return ended(written(answer, brief, Near(), author, turns))


def lines(answer: Answer, part: int) -> list[tuple[DraftWords, str]]:
    found = answer.draft.parts[part].lines
    return [(each.words, each.text or answer.statements[each.statement].text) for each in found]


def places(evidence: Evidence) -> list[int]:
    return [each.chunk.start // 100 for each in evidence.passages]


ITS_LINES = [
    (DraftWords.WRITTEN, "Written of 0."),
    (DraftWords.MODEL, "Ask <i>all</i> of them."),
    (DraftWords.WRITTEN, "It goes on."),
]


def test_the_model_writes_the_whole_of_what_the_message_says_from_all_that_was_found():
    author = Tells()
    answer = finished(drafted(), author)
    (order, evidence) = author.seen[0]
    assert (order.messages, order.before, order.part) == ((ASKED,), (), "")
    assert "What to do" in order.outline
    assert places(evidence) == [0, 1, 7, 6, 5, 4, 3, 2]  # of the arranged one, then of the theme; each once
    assert [part.heading for part in answer.draft.parts] == ["Its part"] and lines(answer, 0) == ITS_LINES
    assert (answer.draft.artefact, answer.draft.theme, answer.draft.asked) == (Artefact.HANDOUT, "things", ASKED)
    assert (answer.written_by, answer.usage, answer.notice) == ("model <b>x</b>", Usage(10, 5), "")
    assert len(answer.evidence.passages) == 1 and [each.text for each in answer.withheld] == ["Withheld."]


def test_what_cannot_be_shown_leaves_the_arranged_draft_and_a_line_says_why():
    for outcome in (Outcome.UNGROUNDED, Outcome.DECLINED):
        answer = finished(drafted(), Tells(outcome))
        assert answer.draft == drafted().draft and answer.written_by == "verbatim"
        assert answer.notice == (
            "This is arranged of quotes: what the language model wrote could not be tied to the passages."
        )
    failed = finished(drafted(), Tells(Outcome.FAILED))
    assert (failed.draft, failed.drafting.outcome) == (drafted().draft, Outcome.FAILED)
    assert failed.notice == "This is arranged of quotes: The language model can't be reached."


def test_a_draft_before_goes_along_with_its_labels_however_the_message_was_read():
    before = drafted(1)
    turns = [Turn(ASKED, Answer(request("hello"))), Turn(ASKED, before)]
    author = Tells()
    asked = replace(drafted(), request=request("now as a quiz", Act.DRAFT))
    finished(asked, author, turns)
    (order, evidence) = author.seen[0]
    assert order.messages == (ASKED, "now as a quiz")
    assert order.before == (("## What to know", ()), (" Read aloud.", ()), (f"  {TEXTS[0]}", (1,)))
    assert places(evidence)[:2] == [0, 1]
    long = replace(before.statements[0], text="x" * 500)
    finished(asked, author, [Turn(ASKED, replace(before, statements=(long,)))])
    assert author.seen[1][0].before[-1] == ("  " + "x" * LETTERS, (1,))


def test_it_says_so_where_the_parts_take_another_time_than_was_asked_for():
    hour = replace(BRIEF, minutes=60)
    assert finished(drafted(), Tells(minutes=45), brief=hour).notice == ("You asked for 60 minutes; the parts take 45.")
    assert finished(drafted(), Tells(minutes=60), brief=hour).notice == ""
    spanish = replace(drafted(), request=replace(drafted().request, language="es"))
    assert finished(spanish, Tells(minutes=45), brief=hour).notice == "Pidió 60 minutos; las partes suman 45."
    assert finished(drafted(), Tells(minutes=45), [Turn(ASKED, drafted())], hour).notice == ""
    assert finished(drafted(), Tells(), brief=hour).notice == ""


def test_one_part_is_written_anew_and_the_others_stay():
    author = Tells()
    answer = ended(written_part(drafted(), BRIEF, Near(), author, 1))
    (order, evidence) = author.seen[0]
    assert (order.part, order.messages, order.before[0]) == ("What to do", (ASKED,), ("## What to know", ()))
    assert places(evidence)[:2] == [0, 1]  # labels of the draft as it stands
    assert [part.heading for part in answer.draft.parts] == ["What to know", "What to do"]
    assert lines(answer, 0) == [(DraftWords.TASK, "Read aloud."), (DraftWords.QUOTED, TEXTS[0])]
    assert lines(answer, 1) == ITS_LINES
    kept = answer.statements[answer.draft.parts[0].lines[1].statement]
    assert {answer.evidence[each.label].chunk.text for each in kept.quotes} == {TEXTS[0]}
    stays = ended(written_part(answer, BRIEF, Near(), Tells(Outcome.UNGROUNDED), 0))
    assert stays.draft == answer.draft and "could not be tied" in stays.notice


def test_own_words_in_a_part_outlast_its_writing():
    answer = edited(finished(drafted(), Tells()), Revision(Change.WRITE, 0, text="Ours."))
    again = ended(written_part(answer, BRIEF, Near(), Tells(), 0))
    assert lines(again, 0) == [*ITS_LINES, (DraftWords.OWN, "Ours.")]
    assert (again.usage, again.drafting.claims, again.drafting.supported) == (Usage(20, 10), 4, 2)


def test_words_of_the_model_that_a_reader_changes_are_the_readers_own():
    answer = edited(finished(drafted(), Tells()), Revision(Change.EDIT, 0, 1, "Ask two of them."))
    assert lines(answer, 0)[1] == (DraftWords.OWN, "Ask two of them.")
    for line in (0, 2):
        answer = edited(answer, Revision(Change.EDIT, 0, line, "In own words"))
    assert (answer.written_by, answer.withheld) == ("verbatim", ())
    assert lines(answer, 0)[0] == (DraftWords.AFTER, "In own words")


@pytest.fixture()
def whole() -> Answer:
    return finished(drafted(), Tells())


@pytest.fixture()
def half() -> Answer:
    """The first part is written, the second quoted."""
    return ended(written_part(drafted(), BRIEF, Near(), Tells(), 0))


def test_the_page_marks_what_names_no_source_and_offers_to_write_again(whole: Answer, half: Answer):
    page = answer_html(whole, 0)
    text = Reader(page).text
    assert "<b>" not in page and "<i>all" not in page and "Things, <b>told</b>" in text
    assert "Written by the language model model <b>x</b>. What has a number was checked" in text
    assert "• Ask <i>all</i> of them. ◦" in text and "1. Written of 0." in text
    assert "the language model's words" not in text and "partly supported" in text and "why not" in text
    again = [each["value"] for each in Reader(page).classed("icat-revise") if "again" in each["value"]]
    assert again == ['["again",0,-1]'] and "again" not in answer_html(drafted(), 0)
    mixed = Reader(answer_html(half, 0)).text
    assert "Lines that say so are written by the language model" in mixed
    assert mixed.count("the language model's words") == 2


def test_documents_keep_paragraphs_and_tell_what_was_written_from_quotes(whole: Answer, half: Answer):
    shown = to_markdown((Turn("q", whole),), "1", WHEN).replace("\\", "")
    assert shown.startswith("# Things, <b>told</b>\n\n*Written by the language model model <b>x</b> from the sources")
    assert "• Ask <i>all</i> of them. ◦ It goes on.[^2]\n" in shown
    mixed = to_markdown((Turn("q", half),), "1", WHEN).replace("\\", "").replace("**", "")
    assert "written by the language model model <b>x</b> and checked against the sources" in mixed
    annex = mixed.partition("Quotes and checks")[2]
    assert "Written of 0." in annex and "Passage 0 says a thing." in annex
    assert TEXTS[1] in mixed.partition("Quotes and checks")[0] and TEXTS[1] not in annex.partition("[^1]:")[0]


def test_a_row_of_a_table_is_on_its_slide_with_all_its_cells(whole: Answer):
    rows = (
        DraftLine(DraftWords.WRITTEN, "", 0, cells=("Ask.", "")),
        DraftLine(DraftWords.MODEL, "5 min", cells=("Pairs", "Cards")),
    )
    (part,) = whole.draft.parts
    table = replace(part, lines=rows, columns=("When", "What", "With"))
    (slide,) = slides_of(replace(whole, draft=replace(whole.draft, parts=(table,))))
    assert slide.lines == ("Written of 0. · Ask.", "5 min ◦ · Pairs · Cards")


def test_what_is_moved_to_the_top_or_after_other_words_begins_a_paragraph(whole: Answer):
    top = edited(edited(whole, Revision(Change.UP, 0, 2)), Revision(Change.UP, 0, 1))
    assert "#### Its part\n\nIt goes on.[^1]\n\n" in to_markdown((Turn("q", top),), "1", WHEN)
    own = edited(whole, Revision(Change.EDIT, 0, 1, "Ours."))
    assert "Ours. *(own words)*\n\nIt goes on.[^2]" in to_markdown((Turn("q", own),), "1", WHEN)


def test_a_part_without_a_heading_shows_none_and_is_not_written_again(whole: Answer):
    (part,) = whole.draft.parts
    plain = replace(whole, draft=replace(whole.draft, parts=(replace(part, heading=""),)))
    page = answer_html(plain, 0)
    assert (
        '"again"' not in str(Reader(page).classed("icat-revise"))
        and "<h5></h5>" not in page
        and "1. Written of 0." in Reader(page).text
    )
    assert slides_of(plain)[0].title == "Things, <b>told</b>"


def test_what_stands_below_the_items_of_a_slide_is_what_its_speaker_says(whole: Answer):
    slide = slides_of(whole)[0]
    assert slide.lines == ("1. Written of 0.", "• Ask <i>all</i> of them. ◦", "It goes on.")
    (part,) = whole.draft.parts
    said = (*part.lines[:2], DraftLine(DraftWords.MODEL, "Tell them why."))
    talk = replace(whole.draft, artefact=Artefact.SLIDES, parts=(replace(part, lines=said),))
    (slide,) = slides_of(replace(whole, draft=talk))
    assert slide.lines == ("1. Written of 0.", "• Ask <i>all</i> of them. ◦")
    assert slide.notes[0] == "Tell them why. ◦"


def test_a_record_keeps_what_was_written(whole: Answer):
    kept = answer_from_record(answer_to_record(whole))
    assert (kept.draft, kept.statements, kept.withheld) == (whole.draft, whole.statements, whole.withheld)
