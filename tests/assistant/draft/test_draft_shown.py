"""A draft in every format: page, terminal, Markdown, Word, slides."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from answer_samples import two_extracts
from html_reader import Reader

from assistant.errors import NoSlides, RecordError
from assistant.show.draft import title_of
from assistant.show.html import answer_html
from assistant.show.markdown import to_markdown
from assistant.show.record import answer_from_record, answer_to_record
from assistant.show.slides import MOST_LINES, slides_of, to_pptx
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.types import Answer, Artefact, Draft, DraftLine, DraftPart, DraftWords, Turn

WHEN = date(2026, 1, 2)
HOSTILE = "<img src=x onerror=alert(1)> $[x](y)"


def drafted() -> Answer:
    answer = two_extracts()
    lines = tuple(DraftLine(DraftWords.QUOTED, "", n) for n in range(len(answer.statements)))
    parts = (
        DraftPart("Opening", (DraftLine(DraftWords.TASK, "Say hello."),), 10),
        DraftPart("What to know", lines, 20),
        DraftPart("Questions", (DraftLine(DraftWords.ASKED, "Who pays?", number=1),)),
        DraftPart("Where to turn", (), empty=True),
        DraftPart("Answers", (DraftLine(DraftWords.KEY, "The employer", 0, number=1),)),
    )
    return replace(answer, draft=Draft(Artefact.SESSION, f"debts {HOSTILE}", parts))


SHOWN = (
    "Session plan: debts",
    "30 minutes",
    "Opening (10 min)",
    "Say hello.",
    "1. Who pays?",
    "The library has nothing for this part",
    "1. The employer",
)


def _word(answer: Answer) -> str:
    opened = docx.Document(BytesIO(to_docx((Turn("q", answer),), "1", WHEN)))
    return "\n".join(paragraph.text for paragraph in opened.paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda answer: Reader(answer_html(answer, 0)).text, id="html"),
        pytest.param(lambda answer: answer_text(answer, width=1000), id="terminal"),
        pytest.param(lambda answer: to_markdown((Turn("q", answer),), "1", WHEN).replace("\\", ""), id="markdown"),
        pytest.param(_word, id="word"),
    ],
)
def test_every_format_has_its_parts_in_order_and_says_where_nothing_is_there(text):
    shown = text(drafted()).casefold().replace("*", "")
    places = [shown.index(words.casefold()) for words in SHOWN]
    assert places == sorted(places)
    for statement in drafted().statements:
        assert statement.text.split("\n")[0][:30].casefold() in shown


def test_text_of_a_theme_stays_text_on_the_page():
    html = answer_html(drafted(), 0)
    assert "<img" not in html and "$[" not in html


def test_the_page_offers_the_draft_as_files():
    saved = Reader(answer_html(drafted(), 3)).classed("icat-saveDraft")
    assert [button["value"] for button in saved] == ['"docx"', '"pptx"', '"md"']


def test_slides_have_one_idea_each_with_the_whole_quote_in_their_notes():
    import pptx

    answer = drafted()
    made = pptx.Presentation(BytesIO(to_pptx(answer, "1", WHEN)))
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert titles[0].startswith("Session plan: debts") and titles[1] == "Opening (10 min)"
    assert titles[-1] == "Sources"
    notes = "\n".join(s.notes_slide.notes_text_frame.text for s in made.slides if s.has_notes_slide)
    for statement in answer.statements:
        assert statement.quotes[0].text.split("\n")[0][:40] in notes
    assert all(len(slide.lines) <= MOST_LINES for slide in slides_of(answer))
    assert made.core_properties.title == title_of(answer.draft)[:255]


def test_what_is_no_draft_makes_no_slides():
    with pytest.raises(NoSlides, match="ask for one"):
        to_pptx(two_extracts(), "1", WHEN)


def test_a_record_whose_draft_shows_what_is_not_there_is_refused():
    record = answer_to_record(drafted())
    assert answer_from_record(record).draft == drafted().draft
    record["draft"]["parts"][1]["lines"][0]["statement"] = 99
    with pytest.raises(RecordError, match="shows more than it states"):
        answer_from_record(record)
