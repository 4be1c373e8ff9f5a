"""The last answer in another form: nothing is added, and the rest of it stays as it was."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from answer_samples import request, two_extracts, two_sources
from html_reader import Reader
from list_samples import INDICATORS, PLANS, ask
from written_samples import written

from assistant.show.act import Reshapes
from assistant.show.html import answer_html
from assistant.show.markdown import to_markdown
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.show.words import say
from assistant.types import Act, Answer, Done, Form, Slots, Status, Tier, Turn, Wanted
from corpus.toolkit.types import ItemKind

WHEN = date(2026, 1, 2)
LISTED = ask(Wanted((ItemKind.INDICATOR,), (PLANS,)), *INDICATORS)


def reshaped(last: Answer | None, *forms: Form, **slots: object) -> Answer:
    """What becomes of an answer when those forms are asked for."""
    turns = [Turn("before", last)] if last else []
    asked = request("otherwise", Act.RESHAPE, slots=Slots(forms=forms, **slots))
    (done,) = Reshapes().answer(asked, turns)
    assert isinstance(done, Done)
    return done.answer


def test_fewer_and_a_number_keep_what_stood_first():
    assert [each.text for each in reshaped(two_sources(), number=2).statements] == [
        "Demand is <b>not</b> simple.",
        "It has many sides.",
    ]
    assert len(reshaped(two_sources(), Form.FEWER).statements) == 3
    assert len(reshaped(two_extracts(), Form.FEWER).statements) == 1  # one less than there were
    shorter = reshaped(LISTED, Form.SHORTER, number=1)
    assert (len(shorter.listing.items), len(shorter.statements)) == (1, 1)
    assert "1 of 3 indicators" in answer_text(shorter)


def test_shorter_is_one_statement_and_the_tier_stays():
    answer = reshaped(two_extracts(Tier.MAY_ANSWER), Form.SHORTER)
    assert len(answer.statements) == 1 and answer.status is Status.CLOSEST


def test_more_of_what_was_shown_in_full_says_that_it_was_all():
    assert reshaped(two_sources(), Form.MORE).notice == say("nothing_more")
    assert reshaped(two_sources(), answer_language="fr").notice == say("no_language")


def test_the_last_answer_with_something_to_show_is_taken_and_never_one_to_somebody_in_danger():
    empty, urgent = Turn("a", Answer(request())), replace(two_sources(), request=request("help", Act.DANGER))
    asked = request("shorter", Act.RESHAPE, slots=Slots(forms=(Form.SHORTER,)))
    (done,) = Reshapes().answer(asked, [Turn("b", two_extracts()), Turn("c", urgent), empty])
    assert done.answer.statements == two_extracts().statements[:1]


def test_where_there_is_nothing_to_change_that_is_all_that_is_said():
    answer = reshaped(None, Form.TABLE)
    assert answer_text(answer) == say("nothing_to_change")
    assert say("safety") not in Reader(answer_html(answer, 0)).text


@pytest.mark.parametrize("last", [two_sources(), two_extracts(), LISTED, written()], ids=lambda last: last.status)
def test_a_table_has_a_row_for_each_statement_in_every_format(last: Answer):
    answer = reshaped(last, Form.TABLE)
    html = Reader(answer_html(answer, 0))
    assert len(html.attributes("tr")) == 1 + len(last.statements)
    assert len(html.classed("icat-label")) >= sum(len(each.quotes) for each in last.statements)
    (table,) = docx.Document(BytesIO(to_docx([Turn("q", answer)], "1", WHEN))).tables
    texts = [" ".join(each.text.split()) for each in last.statements]
    assert [row.cells[0].text.partition(" (")[0] for row in table.rows] == ["What it says", *texts]
    rows = [line for line in to_markdown([Turn("q", answer)], "1", WHEN).split("\n") if line.startswith("| ")]
    assert len(rows) == 2 + len(texts) and len({line.count(" | ") for line in rows}) == 1


def test_the_table_of_a_list_has_levels_cautions_and_the_page():
    assert answer_text(reshaped(LISTED, Form.TABLE), width=200).split("\n")[4:9] == [
        "  What it says | List | Level or group | Caution | Source",
        "  Number of meetings held [1] | Indicators for national plans of action | Output | | Guide, p. 2 (PDF p. 3)",
        "  Share of activities that were paid for [2] | Indicators for national plans of action | Outcome | | "
        "Guide, p. 1 (PDF p. 2)",
        "  Share of children who were heard [2] | Indicators for national plans of action | Outcome | "
        "Being heard is not all. | Guide, p. 1 (PDF p. 2)",
        "",
    ]


def test_asked_for_its_sources_the_page_lists_them_below():
    assert "Sources" not in Reader(answer_html(two_sources(), 0)).text
    text = Reader(answer_html(reshaped(two_sources(), Form.SOURCE), 0)).text
    assert "Sources" in text and text.count("On <Demand> & Supply") == 2
