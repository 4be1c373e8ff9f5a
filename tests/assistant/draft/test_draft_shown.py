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
from assistant.types import Answer, Artefact, Draft, DraftLine, DraftPart, DraftWords, Evidence, Offered, Support, Turn
from corpus.types import BlockKind

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


def offered() -> Answer:
    """The second part offers what stands in it already and two others; the empty one offers one."""
    answer = drafted()
    quote = answer.statements[0].quotes[0]
    here = Offered("Here already", "Paper", "Yes.", quote.publication, quote.start, quote.end)
    two = (
        Offered("Wages kept", f"Paper {HOSTILE}", f"They are kept {HOSTILE}.", "p", 1, 2),
        Offered("Papers", "P", "", "p", 3, 4),
    )
    parts = list(answer.draft.parts)
    parts[1] = replace(parts[1], offers=(here, *two))
    parts[3] = replace(parts[3], offers=two[:1])
    return replace(answer, draft=replace(answer.draft, parts=tuple(parts)))


def test_more_is_offered_folded_and_openly_where_nothing_stands():
    html = answer_html(offered(), 0)
    reader = Reader(html)
    assert "<img" not in html and "Here already" not in reader.text
    assert html.count('<details class="icat-more">') == 1 and html.count('<section class="icat-more">') == 1
    values = [button["value"] for button in reader.classed("icat-revise") if "add" in button["value"]]
    assert values == ['["add",1,1]', '["add",1,2]', '["add",3,0]']
    assert "Nothing here is surely about this part" in reader.text and "The library has nothing" not in reader.text


def test_text_names_what_is_near_and_what_is_handed_out_does_not():
    line = "Also near: Wages kept · Papers"
    assert line in answer_text(offered(), width=1000)
    assert line in to_markdown((Turn("q", offered()),), "1", WHEN)
    assert "Also near" not in _word(offered())
    assert not [line for slide in slides_of(offered()) for line in slide.lines if "Wages kept" in line]
    record = answer_to_record(offered())
    assert record["draft"]["parts"][3]["offers"][0]["heading"] == "Wages kept"
    assert answer_from_record(record).draft == offered().draft


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


def with_own(*texts: str) -> Answer:
    """The draft with lines of its reader's behind one quote, in one part."""
    answer = drafted()
    statement = replace(answer.statements[0], lines=(), text=answer.statements[0].text.replace("\n", " "))
    own = (DraftLine(DraftWords.OWN, text) for text in texts)
    part = DraftPart("What to know", (DraftLine(DraftWords.QUOTED, "", 0), *own))
    return replace(answer, statements=(statement,), draft=replace(answer.draft, parts=(part,)))


def test_a_readers_own_line_says_so_beside_quotes_and_at_the_top_of_a_file():
    answer = with_own("We meet at the gate.")
    (slide,) = slides_of(answer)
    assert slide.lines[1] == "We meet at the gate. (own words)"
    assert "We meet at the gate. (own words)" in _word(answer)
    assert "Where it says “own words”" in _word(answer)
    assert "own words" in Reader(answer_html(answer, 0)).text


def test_a_slide_names_the_sources_of_what_stands_on_it_and_no_others():
    first, second = slides_of(with_own("We meet at the gate. " * 30))
    assert first.sources and first.notes
    assert (second.sources, second.notes) == ([], ())


def test_the_labels_of_a_slide_stand_in_their_order():
    answer = with_own()
    first = answer.statements[0]
    later = replace(first, quotes=tuple(replace(quote, label=2) for quote in first.quotes))
    part = DraftPart("What to know", tuple(DraftLine(DraftWords.QUOTED, "", n) for n in (1, 0)))
    passages = (answer.evidence.passages[0],) * 2
    turned = replace(answer, evidence=Evidence(passages), statements=(first, later))
    (slide,) = slides_of(replace(turned, draft=replace(answer.draft, parts=(part,))))
    assert [source.partition(" ")[0] for source in slide.sources] == ["[1][2]"]


def test_a_list_with_more_lines_than_a_slide_has_room_for_goes_on_upon_the_next():
    answer = drafted()
    lines = ("It needs:", *(f"step {number}" for number in range(MOST_LINES + 1)))
    kinds = (BlockKind.PARAGRAPH, *[BlockKind.ITEM] * (MOST_LINES + 1))
    statement = replace(answer.statements[0], text="\n".join(lines), lines=kinds, marks=())
    part = DraftPart("What to know", (DraftLine(DraftWords.QUOTED, "", 0),))
    long = replace(answer, statements=(statement,), draft=replace(answer.draft, parts=(part,)))
    first, second = slides_of(long)
    assert (*first.lines, *second.lines) == lines[1:]
    assert (first.title, first.sources) == (second.title, second.sources)


def test_what_is_no_draft_makes_no_slides():
    with pytest.raises(NoSlides, match="ask for one"):
        to_pptx(two_extracts(), "1", WHEN)


OWN = f"Ask who pays. {HOSTILE}"
LAST = "Then ask why."


def reworded(support: Support | None = None, *warnings: str) -> Answer:
    """The first quote in a reader's words, and only there."""
    answer = drafted()
    line = DraftLine(DraftWords.AFTER, f"{OWN}\n{LAST}", 0, support=support, warnings=warnings)
    opening, known, *others, _ = answer.draft.parts
    known = replace(known, lines=(line, *known.lines[1:]))
    return replace(answer, draft=replace(answer.draft, parts=(opening, known, *others)))


@pytest.mark.parametrize(
    ("support", "warnings", "found"),
    [
        (None, (), "own words, after this source; not checked"),
        (Support.FULL, (), "own words, after this source; supported by its source"),
        (Support.NONE, ("No 73 there",), "own words, after this source; not supported by its source"),
    ],
)
def test_own_words_say_after_which_source_they_are_and_what_the_check_found(support, warnings, found):
    answer = reworded(support, *warnings)
    page = answer_html(answer, 0)
    assert "<img" not in page and "Chapter 1" not in page and page.count("<blockquote") == 1
    line = Reader(page).text
    assert OWN in line and line.index(LAST) < line.index("[1]") < line.index(found)
    assert all(warning in line for warning in warnings)
    for shown in (
        answer_text(answer, width=1000),
        to_markdown((Turn("q", answer),), "1", WHEN).replace("\\", ""),
        _word(answer),
    ):
        assert shown.index(LAST) < shown.index(found) and "many sides" not in shown


def test_documents_name_the_source_of_own_words_and_do_not_quote_it_for_them():
    shown = to_markdown((Turn("q", reworded()),), "1", WHEN).replace("\\", "")
    assert "[^1]: After: On <Demand> & Supply" in shown and "Where it says “own words”" in shown
    assert "own words" not in to_markdown((Turn("q", drafted()),), "1", WHEN)


def test_own_words_on_a_slide_say_so_and_are_no_extract():
    slide = slides_of(reworded())[1]
    assert slide.lines == (OWN, f"{LAST} [1] (own words, after this source; not checked)")
    assert slide.sources == ["[1] On <Demand> & Supply: A paper"]
    assert slide.notes[0].startswith("After: ") and "many sides" not in "".join(slide.notes)


def test_own_words_are_kept_in_a_record_and_one_without_them_opens():
    for answer in (reworded(Support.PARTIAL, "why"), reworded(), drafted()):
        assert answer_from_record(answer_to_record(answer)).draft == answer.draft


def test_a_record_whose_draft_shows_what_is_not_there_is_refused():
    record = answer_to_record(drafted())
    assert answer_from_record(record).draft == drafted().draft
    record["draft"]["parts"][1]["lines"][0]["statement"] = 99
    with pytest.raises(RecordError, match="shows more than it states"):
        answer_from_record(record)


def test_a_part_that_is_a_table_is_one_in_every_format_and_its_rows_can_be_changed():
    answer = drafted()
    record = replace(answer.statements[0], lines=(), marks=(), lead="", text="Share of staff who passed")
    answer = replace(answer, statements=(record, *answer.statements[1:]))
    quoted = replace(answer.draft.parts[1].lines[0], cells=("Outcome", HOSTILE))
    part = DraftPart("Plan", (quoted, DraftLine(DraftWords.OWN, "Mine")), columns=("Indicator", "Level", "Caution"))
    answer = replace(answer, draft=replace(answer.draft, parts=(part, *answer.draft.parts)))
    html = answer_html(answer, 0)
    table = html[html.index("<table") : html.index("</table>")]
    assert ">Caution</th>" in table and "<img" not in table and "icat-line" in table
    assert table.count("[&quot;swap&quot;,0,0]") == 1 and "Mine" not in table
    markdown = to_markdown((Turn("q", answer),), "1", WHEN)
    assert "| Indicator | Level | Caution |" in markdown
    opened = docx.Document(BytesIO(to_docx((Turn("q", answer),), "1", WHEN)))
    assert [cell.text for cell in opened.tables[0].rows[0].cells] == ["Indicator", "Level", "Caution"]
    assert [cell.text for cell in opened.tables[0].rows[1].cells][1:] == ["Outcome", HOSTILE]
    assert answer_from_record(answer_to_record(answer)) == answer
