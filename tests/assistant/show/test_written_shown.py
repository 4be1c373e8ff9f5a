"""What a reader sees of an answer in a language model's words: on the page and in plain text."""

from dataclasses import replace

import pytest
from answer_samples import two_sources
from html_reader import Reader, section
from written_samples import DOUBT, FULL, MODEL, PARTLY, REASON, WITHHELD, fallen_back, written

from assistant.show.html import answer_html
from assistant.show.markup import parse_saying
from assistant.show.outline import model_line
from assistant.show.recheck import NO_DRIFTS, changed_line
from assistant.show.sources import Drift, said_in
from assistant.show.terminal import answer_text
from assistant.show.words import say
from assistant.types import Coverage, Covered, Outcome, Passage, Quote, Saying, Statement, Support, Usage

HOSTILE = "<img src=x onerror=alert(1)> $a$ `b`\x1b[31m\u202e\" onfocus='x'"


# --- sentences ---


def test_the_model_is_named_before_its_sentences_which_keep_the_order_of_the_draft() -> None:
    text = Reader(answer_html(written(), 0)).text
    order = ["Written by the language model model-x", FULL, PARTLY, "1 sentence withheld", "Publications differ"]
    order += ["What drives demand? partly answered", "Sources", "Language model model-x: 340 tokens read"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_a_supported_sentence_stands_plain_with_its_date_and_a_button_for_each_quote() -> None:
    html = answer_html(written(), 4)
    plain = f'<span>{FULL}</span> <small class="icat-dated">(as of 2014-09)</small> <button'
    assert plain in html
    values = [button["value"] for button in Reader(html).classed("icat-label")]
    assert values[:3] == ["4.1.0.0", "4.2.0.1", "4.1.1.0"]


def test_a_doubt_is_marked_and_its_reason_is_there_on_hover_and_read_out_with_the_mark() -> None:
    html = answer_html(written(), 4)
    (doubted,) = Reader(html).classed("icat-doubted")
    assert doubted["title"] == f"only partly supported by its source; {DOUBT}"
    (mark,) = Reader(html).classed("icat-why")
    (reason,) = Reader(html).classed("icat-reason")
    assert mark["aria-describedby"] == reason["id"] == "icat-why-4-1"
    assert (mark["aria-expanded"], mark["data-do"]) == ("false", "why")
    assert f"partly supported only partly supported by its source; {DOUBT}" in Reader(html).text


def test_what_is_withheld_is_struck_out_and_folded_away_and_no_part_of_what_is_copied() -> None:
    html = answer_html(written(), 0)
    folded = html[html.index("<details") : html.index("</details>")]
    assert "<summary>1 sentence withheld: not supported</summary>" in folded
    assert f"<s>{WITHHELD}</s>" in folded and REASON in folded
    assert html.count(WITHHELD) == 1
    plain = answer_text(written(), width=300)
    assert "1 sentence withheld: not supported." in plain and WITHHELD not in plain and REASON not in plain


def test_two_withheld_are_counted_and_none_is_not_said() -> None:
    answer = written()
    assert "2 sentences withheld" in answer_text(replace(answer, withheld=answer.withheld * 2))
    assert "withheld" not in answer_text(replace(answer, withheld=()))
    assert "icat-withheld" not in answer_html(replace(answer, withheld=()), 0)


def test_coverage_of_one_part_is_shown_where_it_is_not_answered_by_a_written_answer() -> None:
    answered = (Coverage("What drives demand?", Covered.ANSWERED),)
    assert "icat-coverage" in answer_html(written(), 0)
    assert "icat-coverage" not in answer_html(replace(written(), coverage=answered), 0)
    assert "icat-coverage" not in answer_html(replace(two_sources(), coverage=written().coverage), 0)


def test_every_source_is_listed_with_its_pages_and_whose_words_they_are() -> None:
    html = answer_html(written(), 0)
    listed = Reader(section(html, "icat-sources")).text
    assert "[1] p. 12 (PDF p. 14) On <Demand> & Supply: A paper issue paper, 2014-09" in listed
    assert "[2] Digest of the Toolkit" in listed and "Written for this project, not ICAT's words" in listed
    assert "icat-sources" not in answer_html(two_sources(), 0)


@pytest.mark.parametrize("width", [40, 300])
def test_plain_text_says_the_same(width: int) -> None:
    text = " ".join(answer_text(written(), width=width).split())
    assert f"{FULL} (as of 2014-09) [1][2] {PARTLY} [1] (only partly supported by its source) ({DOUBT})" in text
    assert "- “40 % of buyers asked.” (On <Demand> & Supply: A paper, 2014-09) [1]" in text
    assert "[2] Digest of the Toolkit (digest), no date, Written for this project, not ICAT's words" in text
    assert text.endswith("85 written (estimated); 2 of 3 sentences supported, fully or partly.")


def test_what_a_model_writes_is_shown_and_does_nothing() -> None:
    answer = written()
    statement = replace(answer.statements[1], text=HOSTILE, warnings=(HOSTILE,), dated=HOSTILE, lead=HOSTILE)
    difference = replace(answer.differences[0], subject=HOSTILE, readings=(Saying(HOSTILE, 1, HOSTILE),) * 2)
    hostile = replace(
        answer,
        statements=(statement,),
        withheld=(Statement(HOSTILE, (), Support.NONE, (HOSTILE,)),),
        written_by=HOSTILE,
        drafting=replace(answer.drafting, model=HOSTILE),
        differences=(difference,),
    )
    html = answer_html(hostile, 0)
    reader = Reader(html)
    assert "img" not in {tag for tag, _ in reader.tags}
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on")]
    assert reader.text.count("<img src=x onerror=alert(1)>") >= 8
    assert not set("$`\x1b\u202e") & set(html)
    assert not set("\x1b\u202e") & set(answer_text(hostile))


# --- the model's line ---


@pytest.mark.parametrize(
    ("outcome", "more", "line"),
    [
        (Outcome.FAILED, {"reason": "down"}, "its text is not shown"),
        (Outcome.UNGROUNDED, {"claims": 4, "supported": 1}, "its text is not shown"),
        (Outcome.DECLINED, {"dropped": 1}, "its text is not shown; 1 passage did not fit what it can read"),
    ],
)
def test_a_model_whose_text_is_not_shown_is_said_to_have_been_asked(outcome: Outcome, more: dict, line: str) -> None:
    answer = fallen_back(outcome, **more)
    html = answer_html(answer, 0)
    assert f"Language model {MODEL}: 340 tokens read, 85 written (estimated); {line}" in Reader(html).text
    assert "The language model wrote nothing." in html and "icat-written" not in html and "icat-by" not in html


def test_where_no_text_came_no_tokens_are_said_to_be_read() -> None:
    refused = replace(fallen_back(Outcome.FAILED), usage=Usage(2666, 0, estimated=True))
    assert model_line(refused) == "Language model model-x: no text came from it"


def test_where_nothing_was_sent_no_tokens_are_said_and_without_a_model_nothing_is() -> None:
    asked = replace(fallen_back(Outcome.FAILED), usage=None)
    assert model_line(asked) == "Language model model-x: its text is not shown"
    assert model_line(two_sources()) == model_line(two_sources(), versions=True) == ""


# --- where publications differ ---


def test_a_reading_is_opened_by_its_own_button_with_its_words_as_the_quote() -> None:
    html = answer_html(written(), 3)
    block = section(html, "icat-differences")
    values = [button["value"] for button in Reader(block).attributes("button")]
    assert values == ["3.1.d.0", "3.2.d.1"]
    assert [parse_saying(value) for value in values] == [(1, 0), (2, 1)]
    opened, around = said_in(written(), 2, 1)
    assert isinstance(opened, Quote)
    assert (opened.text, opened.start, opened.end) == ("About 30 % of buyers asked.", 0, 27)
    assert around == written().evidence[2]


def test_a_reading_whose_words_are_not_in_its_passage_opens_the_whole_passage() -> None:
    answer = written()
    difference = replace(answer.differences[0], readings=(Saying("Other words.", 1, ""),) * 2)
    opened, _ = said_in(replace(answer, differences=(difference,)), 1, 1)
    assert isinstance(opened, Passage)


@pytest.mark.parametrize("value", ["", "3.1.d", "3.1.d.", "3.1.d.x", "3.1.0.0", "3.1.n.", "3.-1.d.0", "3.1.d.²"])
def test_other_values_are_no_reading(value: str) -> None:
    assert parse_saying(value) is None


@pytest.mark.parametrize(("label", "place"), [(0, 0), (9, 0), (1, 2)])
def test_a_reading_that_is_none_opens_nothing(label: int, place: int) -> None:
    with pytest.raises(LookupError):
        said_in(written(), label, place)


def test_a_fact_of_the_catalogue_has_no_button() -> None:
    answer = written()
    difference = replace(answer.differences[0], readings=(Saying("2012", 0, "2012"), Saying("2013", 0, "2013")))
    html = answer_html(replace(answer, differences=(difference,)), 0)
    assert "<q>2012</q> <small>2012</small>" in html
    assert "“2012” (2012)" in answer_text(replace(answer, differences=(difference,)))


# --- what has changed since ---


def test_labels_whose_quote_moved_or_went_are_marked_and_a_sentence_whose_source_is_gone_says_so() -> None:
    drifts = {(0, 1): Drift.MOVED, (1, 0): Drift.GONE}
    html = answer_html(written(), 0, drifts=drifts)
    assert [label["value"] for label in Reader(html).classed("icat-drifted")] == ["0.2.0.1", "0.1.1.0"]
    assert "stands at another place now" in Reader(html).classed("icat-drifted")[0]["aria-label"]
    assert html.count(say("source_changed")) == 1
    assert html.index(say("source_changed")) > html.index(PARTLY)
    line = "Changed since this answer was given: 2 of 3 citations (1 stands at another place now, "
    assert f"{line}1 is no longer there)." in Reader(html).text


def test_nothing_is_said_where_nothing_changed() -> None:
    assert changed_line(written(), NO_DRIFTS) == ""
    assert "icat-changed" not in answer_html(written(), 0) and "icat-drifted" not in answer_html(written(), 0)


def test_a_verbatim_statement_whose_quote_went_is_marked_too() -> None:
    html = answer_html(two_sources(), 0, drifts={(2, 0): Drift.GONE})
    (label,) = Reader(html).classed("icat-drifted")
    assert label["value"] == "0.2.2.0" and "1 of 4 citations (1 is no longer there)" in html


def test_one_citation_of_one_is_said_in_the_singular() -> None:
    one = replace(written(), statements=written().statements[1:])
    line = "Changed since this answer was given: 1 of 1 citation (1 stands at another place now)."
    assert changed_line(one, {(0, 0): Drift.MOVED}) == line
