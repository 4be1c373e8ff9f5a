"""What a reader sees of an answer: escaped, labelled, and with words for every way it can end."""

from dataclasses import replace

import pytest
from answer_samples import DIGEST, PAPER, passage, quote, request, two_sources
from html_reader import Reader

from assistant.settings import Contact
from assistant.show import words
from assistant.show.html import answer_html, label_value, parse_label, source_html
from assistant.show.outline import refusal_words
from assistant.show.sources import Drift, PageView, SourceView
from assistant.show.terminal import answer_text
from assistant.types import Act, Answer, Choice, Corrected, Coverage, Covered, Request, Statement, Status, Support
from index.types import Filters

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'x' $a$ `b` [c](javascript:1)\x1b[31m\u202e"
HELP = (Contact(name="Line <1>", contact="call & ask", region="Here"),)


def test_every_way_an_answer_can_end_has_words() -> None:
    told = {Status.ABOUT}  # in paragraphs of its own
    assert {status for status in Status if not words.say(f"status.{status}")} == told
    assert {act for act in Act if refusal_words(act)} == {Act.DANGER, Act.HARM, Act.OFF_TOPIC}


def test_html_is_one_line_and_well_formed() -> None:
    html = answer_html(two_sources(), 0)
    assert "\n" not in html and html.startswith("<div")
    assert "Demand is <b>not</b> simple." in Reader(html).text


def test_every_quote_has_a_button_that_leads_back_to_it() -> None:
    buttons = Reader(answer_html(two_sources(), 3)).attributes("button")
    assert [parse_label(button["value"]) for button in buttons] == [
        (3, 1, 0, 0, False),
        (3, 1, 1, 0, False),
        (3, 2, 2, 0, False),
        (3, 2, 3, 0, False),
    ]
    assert buttons[0]["aria-label"] == "Source 1: On <Demand> & Supply: A paper, p. 12 (PDF p. 14)"
    assert {button["name"] for button in buttons} == {"icat-source"}
    assert (buttons[0]["data-turn"], buttons[0]["data-label"]) == ("3", "1")


def test_statements_stand_under_their_publication() -> None:
    text = Reader(answer_html(two_sources(), 0)).text
    order = [
        "On <Demand>",
        "issue paper, 2014-09",
        "Demand is",
        "It has",
        "Digest",
        "Who pays?",
    ]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert text.count("On <Demand> & Supply") == 1
    assert "Written for this project, not ICAT's words" in text


def test_pages_are_printed_and_pdf_and_absent_where_there_are_none() -> None:
    text = Reader(answer_html(two_sources(), 0)).text
    assert text.count("p. 12 (PDF p. 14)") == 2 and "PDF p. 1)" not in text
    assert words.page_words([(14, None)]) == "PDF p. 14"
    assert words.page_words([(14, "xii"), (15, "1")]) == "pp. xii–1 (PDF pp. 14–15)"
    assert words.page_words([(1, None)], paged=False) == ""


def test_hostile_text_is_shown_and_does_nothing() -> None:
    publication = PAPER.model_copy(update={"title": HOSTILE, "subtitle": ""})
    source = passage(publication, HOSTILE, page=2)
    statement = Statement(HOSTILE, (quote(1, source, HOSTILE),), Support.PARTIAL, (HOSTILE,), HOSTILE)
    answer = Answer(
        Request(HOSTILE, HOSTILE + "?", choices=(Choice(HOSTILE, Corrected(Act.ASK), HOSTILE, HOSTILE),)),
        replace(two_sources().evidence, passages=(source,)),
        (statement,),
        (Coverage(HOSTILE, Covered.NOT), Coverage("b", Covered.PARTLY)),
        nearest=(source,),
        notice=HOSTILE,
    )
    html = answer_html(answer, 0)
    tags = {tag for tag, _ in Reader(html).tags}
    assert tags <= {"div", "p", "section", "strong", "span", "b", "button", "small", "em", "ul", "li"} | {
        "details",
        "summary",
    }
    assert not set("$`\\\x1b\u202e") & set(html)
    plain = answer_text(answer, width=300)
    assert not set("\x1b\u202e") & set(plain) and "<script>" in plain
    view = SourceView(publication, (), (HOSTILE,), HOSTILE, HOSTILE, HOSTILE, problem=HOSTILE)
    assert "script" not in {tag for tag, _ in Reader(source_html(view)).tags}


def test_urgent_answer_comes_in_the_readers_language_with_the_operators_contacts() -> None:
    answer = Answer(request("Aidez-moi, je suis enfermée", Act.DANGER, language="fr"))
    text = Reader(answer_html(answer, 0, HELP)).text
    assert "appelez la police" in text and "call the police" in text
    assert "Line <1> (Here): call & ask" in text
    assert "Line <1> (Here): call & ask" in answer_text(answer, HELP)


def test_somebody_in_danger_who_writes_in_another_language_reads_english() -> None:
    answer = Answer(request("Ich bin eingesperrt", Act.DANGER, language="de"))
    assert answer_text(answer).count("call the police") == 1


def test_contacts_do_not_stand_under_a_greeting() -> None:
    told = Answer(request("hello", Act.ABOUT), told=("Hello.", "Ask away."))
    assert "Line" not in answer_html(told, 0, HELP)
    assert answer_text(told, HELP) == "Hello.\n\nAsk away."


def test_no_invented_numbers_in_what_people_in_danger_read() -> None:
    said = [*words.messages()["urgent"].values(), *refusal_words(Act.HARM)]
    assert not any(character.isdigit() for paragraph in said for character in paragraph)


def test_nothing_found_offers_the_nearest_passages_as_no_answer_and_without_labels() -> None:
    near = passage(PAPER, "Something near.", page=3, label="1")
    filtered = Request("q", "q", Filters(languages=("fr",)))
    answer = Answer(filtered, nearest=(near,))
    reader = Reader(answer_html(answer, 1))
    assert words.say("status.no evidence") in reader.text and words.say("nearest") in reader.text
    assert words.say("filtered") in reader.text and "[1]" not in reader.text
    assert parse_label(reader.attributes("button")[0]["value"]) == (1, 1, None, None, True)
    plain = answer_text(answer, width=300)
    assert "[1]" not in plain and "Something near." in plain and words.say("filtered") in plain


def test_weak_support_unknown_labels_and_coverage_are_said() -> None:
    base = two_sources()
    weak = replace(base.statements[0], support=Support.NONE, warnings=("says may, the source says must",))
    answer = replace(
        base,
        statements=(weak,),
        unknown_labels=(9,),
        coverage=(Coverage("causes", Covered.ANSWERED), Coverage("costs", Covered.NOT)),
        written_by="a-model",
    )
    for text in (Reader(answer_html(answer, 0)).text, answer_text(answer, width=300)):
        assert "not supported by its source" in text and "says may, the source says must" in text
        assert "[9]" in text and "costs: not answered here" in text
        assert words.say("status.ungrounded") in text


def test_a_part_that_is_a_question_is_followed_by_no_colon() -> None:
    parts = ("What does it cost?", "ما هو؟", "costs")
    answer = replace(two_sources(), coverage=tuple(Coverage(part, Covered.NOT) for part in parts))
    for text in (Reader(answer_html(answer, 0)).text, answer_text(answer, width=300)):
        assert "What does it cost? nothing was found" in text and "ما هو؟ nothing was found" in text
        assert "costs: nothing was found" in text


def test_plain_text_lists_the_sources_by_number() -> None:
    assert answer_text(two_sources(), width=60).split("\n") == [
        "Understood as: a question to the publications",
        "",
        "On <Demand> & Supply: A paper (issue paper), 2014-09",
        "  Demand is <b>not</b> simple. [1]",
        "  It has many sides. [1]",
        "",
        "Digest of the Toolkit (digest), no date, Written for this",
        "project, not ICAT's words",
        "  Who pays? [2]",
        "  Who gains? [2]",
        "",
        "Sources",
        "  [1] On <Demand> & Supply: A paper (issue paper), 2014-09,",
        "      p. 12 (PDF p. 14)",
        "  [2] Digest of the Toolkit (digest), no date, Written for",
        "      this project, not ICAT's words",
    ]


def test_follow_up_says_how_it_was_understood() -> None:
    answer = replace(two_sources(), request=Request("and why?", "why is demand not simple?"))
    said = "Understood as: a question to the publications: why is demand not simple?"
    assert said in answer_text(answer) and said in Reader(answer_html(answer, 0)).text


def test_source_shows_place_marked_passage_and_page_images_inside() -> None:
    pages = (PageView(14, "12", b"\x89PNG"), PageView(15, "13", None))
    view = SourceView(PAPER, pages, ("Chapter <1>", "Part"), "before\n ", "the quote", " after", Drift.MOVED)
    html = source_html(view)
    reader = Reader(html)
    assert "pp. 12–13 (PDF pp. 14–15)" in reader.text and "Chapter <1> › Part" in reader.text
    assert "before<br> <mark>the quote</mark> after" in html
    assert "moved" in reader.text
    assert [image["src"] for image in reader.attributes("img")] == ["data:image/png;base64,iVBORw=="]


def test_right_to_left_text_sets_its_own_direction() -> None:
    html = answer_html(two_sources(), 0)
    assert html.count('dir="auto"') >= 4
    # A bdi would hide its text from dir="auto", and "[1]" would then set the direction of an Arabic paragraph.
    assert '<p dir="auto"><span>' in html or '<li dir="auto"><span>' in html


def test_label_values_round_trip_and_nothing_else_is_read() -> None:
    assert parse_label(label_value(2, 5, 7, 0)) == (2, 5, 7, 0, False)
    assert parse_label(label_value(2, 5)) == (2, 5, None, None, False)
    for wrong in ("", "1.2", "a.b.c.d", "1.2.3.4.5"):
        with pytest.raises(ValueError):
            parse_label(wrong)


def test_superseded_publication_is_marked() -> None:
    newer = DIGEST.model_copy(update={"superseded_by": "other"})
    view = SourceView(newer, (), (), "", "x", "")
    assert words.say("superseded") in source_html(view)
