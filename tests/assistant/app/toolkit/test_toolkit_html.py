"""Items of the Toolkit as HTML: which fit, how they are counted and grouped, whose words they are, what is escaped."""

import re
from dataclasses import replace

import pytest

from assistant.app.toolkit.browsing import ELSEWHERE, PART_ONE, Chosen, look
from assistant.app.toolkit.html import count_words, overview_html, results_html
from assistant.app.toolkit.layout import toolkit_html
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import SIGNS, STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin, Publication

GUIDE = Publication(id="guide", title="A guide & more", published=({"year": 2020, "source": "the document"},))
OWN = Publication(id=STARTER_ID, title="Library", origin=Origin.STARTER)
PUBLICATIONS = {GUIDE.id: GUIDE, OWN.id: OWN}


def item(id: str, kind: ItemKind, text: str, activity: Activity | None = Activity.LIVELIHOODS, **more) -> ToolkitItem:
    found = ToolkitItem(id, kind, text, Origin.STARTER, STARTER_ID, (0, 1), activity, ToolkitPart.TWO, **more)
    return found


LESSON = item("l1", ItemKind.LESSON, "Loans can bind people to a recruiter.")
ASKED = item("q1", ItemKind.QUESTION, "Who pays when a loan fails?", group="delivery")
OUTPUT = item("i1", ItemKind.INDICATOR, "Number of loans", level=Level.OUTPUT, caution="More loans are no success.")
IMPACT = item(
    "i2", ItemKind.INDICATOR, "Share free of debt", level=Level.IMPACT, counts="people <b>", over="all of them"
)
PLAIN = item("i3", ItemKind.INDICATOR, "Number of shops")
RADIO = item("q2", ItemKind.QUESTION, "Who hears the radio?", Activity.AWARENESS_RAISING)
FIRST = replace(item("p1", ItemKind.QUESTION, "Who gains?"), activity=None, part=ToolkitPart.ONE, topic="pattern")
STARTER = (FIRST, RADIO, LESSON, ASKED, OUTPUT, IMPACT, PLAIN)


def other(id: str, **more) -> ToolkitItem:
    kept = replace(PLAIN, id=id, origin=Origin.PUBLICATION, publication="guide", activity=None, part=ToolkitPart.OTHER)
    return replace(kept, pages=(4,), **more)


NUMBER = other("g1", text="Number of trained teachers")
SIGN = other("g2", text="The person owes a loan", topic=SIGNS)
WITH_GUIDE = Toolkit(STARTER, (NUMBER, SIGN))


def shown(chosen: Chosen, toolkit: Toolkit = WITH_GUIDE) -> str:
    return results_html(look(toolkit, chosen), chosen, PUBLICATIONS, lambda i: "PDF p. 4" if i.pages else "")


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


# --- which items ---


@pytest.mark.parametrize(
    ("chosen", "ids", "total"),
    [
        (Chosen(), ["p1", "q2", "l1", "q1", "i1", "i2", "i3"], 7),
        (Chosen("livelihoods"), ["l1", "q1", "i1", "i2", "i3"], 5),
        (Chosen(PART_ONE), ["p1"], 1),
        (Chosen("livelihoods", ItemKind.INDICATOR), ["i1", "i2", "i3"], 3),
        (Chosen("livelihoods", ItemKind.INDICATOR, Level.IMPACT), ["i2"], 3),
        (Chosen("livelihoods", None, Level.IMPACT), ["l1", "q1", "i1", "i2", "i3"], 5),  # a level is of indicators
        (Chosen(words="loan"), ["l1", "q1", "i1"], 7),
        (Chosen(words="number lo"), ["i1"], 7),
        (Chosen(ELSEWHERE), ["g1", "g2"], 2),
        (Chosen(ELSEWHERE, words="loan"), ["g2"], 2),
    ],
)
def test_a_choice_gives_the_items_that_fit_all_of_it(chosen: Chosen, ids: list[str], total: int):
    found = look(WITH_GUIDE, chosen)
    assert ([i.id for i in found.items], found.total) == (ids, total)


def test_every_choice_says_how_many_items_it_would_give():
    counts = look(WITH_GUIDE, Chosen("livelihoods", ItemKind.INDICATOR, Level.OUTPUT, "number")).counts
    # "number" begins a word of i1, i3 (livelihoods) and g1; of these, i1 is an output
    assert counts["activity"][""] == 1 and counts["activity"]["livelihoods"] == 1
    assert counts["activity"][PART_ONE] == counts["activity"]["awareness raising"] == counts["activity"][ELSEWHERE] == 0
    assert counts["kind"] == {"": 2, "lesson": 0, "design question": 0, "indicator": 2}
    assert counts["level"] == {"": 2, "output": 1, "outcome": 0, "impact": 0}


def test_the_projects_own_lists_stay_within_reach_where_an_original_took_their_place():
    # three questions of an original take the place of the one of the project's own
    taken = tuple(replace(ASKED, id=f"g{n}", origin=Origin.PUBLICATION, publication="guide") for n in range(3))
    toolkit = Toolkit(STARTER, taken)
    chosen = Chosen("livelihoods", ItemKind.QUESTION)
    assert [i.id for i in look(toolkit, chosen).items] == ["g0", "g1", "g2"]
    own = replace(chosen, own=True)
    assert [i.id for i in look(toolkit, own).items] == ["q1"]
    assert look(toolkit, own).replaced and not look(WITH_GUIDE, own).replaced
    assert "Written for this project" in shown(own, toolkit) and "A guide &amp; more" not in shown(own, toolkit)
    assert "A guide &amp; more" in shown(chosen, toolkit) and "Written for this project" not in shown(chosen, toolkit)


# --- as words ---


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(), "7 items"),
        (Chosen(kind=ItemKind.INDICATOR), "3 indicators"),
        (Chosen(kind=ItemKind.INDICATOR, words="number"), "2 of 3 indicators"),
        (Chosen("livelihoods", ItemKind.LESSON), "1 lesson for livelihoods"),
        (Chosen("livelihoods", ItemKind.INDICATOR, Level.IMPACT), "1 of 3 indicators for livelihoods"),
        (Chosen(PART_ONE), "1 item before choosing an activity"),
        (Chosen(ELSEWHERE), "2 items found in other documents"),
    ],
)
def test_the_count_says_how_many_of_how_many(chosen: Chosen, said: str):
    assert count_words(look(WITH_GUIDE, chosen), chosen) == said


def test_indicators_stand_under_their_level_as_in_a_logframe():
    html = shown(Chosen("livelihoods", ItemKind.INDICATOR))
    order = [
        html.index(words) for words in ("Impact: ", "Share free", "Output: ", "of loans", "Level not given", "of shops")
    ]
    assert order == sorted(order)


def test_whose_words_they_are_is_said_once_a_list_and_the_caution_always():
    html = shown(Chosen("livelihoods"))
    assert html.count("Written for this project, not ICAT&#x27;s words") == 3  # lessons, questions, indicators
    assert "Caution:</b> More loans are no success." in html
    assert "<dt>Counted</dt>" in html and "<dt>Out of</dt>" in html


def test_signs_of_trafficking_have_a_heading_of_their_own_and_cannot_be_added():
    html = shown(Chosen(ELSEWHERE))
    indicators, signs = html.index("Indicators <small>1"), html.index("Signs of trafficking <small>1")
    assert indicators < html.index("trained teachers") < signs < html.index("owes a loan")
    assert 'data-tk="add" value="g1"' in html and 'data-tk="add" value="g2"' not in html
    assert 'data-tk="reveal" value="g2"' in html
    assert html.count("A guide &amp; more") == 2 and html.count("PDF p. 4") == 2


def test_the_words_typed_are_marked_where_they_begin_a_word():
    html = shown(Chosen(words="loan"))
    assert "<mark>Loan</mark>s can bind" in html and "when a <mark>loan</mark> fails" in html


def test_markup_in_an_item_and_in_what_is_typed_stays_text():
    harmful = replace(ASKED, text='Who <img src=x onerror="harm()"> pays ${harm()}?', group="<b>x</b>", id='"><i>')
    html = shown(Chosen(words="<img img"), Toolkit((harmful,)))
    assert "<mark>img</mark> src=x" in html
    assert not re.search(r"<(img|i|b)\b(?! src=x)", html.replace("<b>Caution", ""))
    assert "${" not in html and 'value="&quot;&gt;&lt;i&gt;"' in html


def test_nothing_found_says_what_to_do():
    assert "Use fewer words" in shown(Chosen(words="zeppelin"))
    assert "No other document" in shown(Chosen(ELSEWHERE), Toolkit(STARTER))


def test_the_overview_counts_every_place_and_names_other_documents_only_where_there_are_some():
    html = overview_html(look(WITH_GUIDE, Chosen()).counts["activity"])
    assert html.count("<li>") == 9
    assert "Livelihoods 5 items" in " ".join(text(html).split())
    assert "other documents" not in overview_html(look(Toolkit(STARTER), Chosen()).counts["activity"])


def test_every_label_of_the_view_names_a_field_that_is_there():
    html = toolkit_html()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r'(?:for|aria-labelledby)="([^"]+)"', html)
    assert named and set(named) <= set(ids)
