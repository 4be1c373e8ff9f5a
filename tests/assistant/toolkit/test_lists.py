"""Lists as answers: complete and counted, in order, narrowed, filtered, every statement a quote."""

import numpy as np
import pytest
from list_samples import GUIDE, INDICATORS, PLANS, QUESTIONS, STARTER_ID, ask, document_of, lists, starter

from assistant.show.blocks import Role
from assistant.show.lines import lines as shown_lines
from assistant.show.lists import count_lines, listing_blocks
from assistant.show.terminal import answer_text
from assistant.show.words import say
from assistant.toolkit.fit import Fitting
from assistant.types import Answer, ListTotal, Request, Status, Support, Wanted
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Kind, Origin
from index.adapter import Adapter
from index.learned import Learned
from index.sections import ITEMS, SectionReader
from index.types import Filters

LESSON, QUESTION, INDICATOR = ItemKind
RADIO = "a radio campaign in two districts, for seasonal workers who are recruited by text message"


def ids(answer: Answer) -> list[str]:
    return [listed.item.id for listed in answer.listing.items]


def check_quotes(answer: Answer) -> None:
    """Statement n is item n, word for word, and every quote slices its document within its passage."""
    assert len(answer.statements) == len(answer.listing.items)
    for statement, listed in zip(answer.statements, answer.listing.items, strict=True):
        (quote,) = statement.quotes
        assert statement.support is Support.VERBATIM and statement.lead == ""
        assert statement.text == listed.item.text == " ".join(quote.text.split())
        assert (quote.publication, quote.start, quote.end) == (listed.item.publication, *listed.item.span)
        document, chunk = document_of(quote.publication), answer.evidence[quote.label].chunk
        assert document.text[quote.start : quote.end] == quote.text
        assert document.text[chunk.start : chunk.end] == chunk.text
        assert chunk.start <= quote.start and quote.end <= chunk.end


@pytest.mark.parametrize("kind", ItemKind)
@pytest.mark.parametrize("activity", Activity)
def test_a_list_has_every_item_in_force_once_and_its_count(activity: Activity, kind: ItemKind):
    answer = ask(Wanted((kind,), (activity,)))
    whole = starter(activity, kind)
    assert sorted(ids(answer)) == sorted(item.id for item in whole)
    assert answer.listing.totals == (ListTotal(kind, activity, len(whole)),)
    assert answer.status is Status.ANSWERED and answer.confidence is None and answer.notice == ""
    assert answer.origins == {Origin.STARTER}
    check_quotes(answer)


def test_no_activity_asks_for_all_seven_and_part_one_for_its_own():
    every = ask(Wanted((LESSON, INDICATOR)))
    assert [(total.kind, total.activity) for total in every.listing.totals] == [
        (kind, activity) for kind in (LESSON, INDICATOR) for activity in Activity
    ]
    assert ids(ask(Wanted((QUESTION,), part_one=True))) == [item.id for item in starter(None, QUESTION)]
    both = ask(Wanted((QUESTION,), (PLANS,), part_one=True))
    assert [total.activity for total in both.listing.totals] == [None, PLANS]


def test_indicators_go_by_level_and_questions_by_group_each_in_the_order_of_the_source():
    assert ids(ask(Wanted((INDICATOR,), (PLANS,)), *INDICATORS)) == [
        "guide:indicator3", "guide:indicator1", "guide:indicator2",
    ]  # fmt: skip
    assert ids(ask(Wanted((QUESTION,), (PLANS,)), *QUESTIONS)) == [item.id for item in QUESTIONS]


def test_an_original_takes_the_place_of_the_starter_list_which_stays_within_reach():
    answer = ask(Wanted((INDICATOR,), (PLANS,)), *INDICATORS)
    assert answer.origins == {Origin.PUBLICATION}
    check_quotes(answer)
    own = ask(Wanted((INDICATOR,), (PLANS,), starter=True), *INDICATORS)
    assert sorted(ids(own)) == sorted(item.id for item in starter(PLANS, INDICATOR))
    assert own.listing.totals[0].total == len(starter(PLANS, INDICATOR))


def test_signs_of_trafficking_are_no_indicators_of_a_programme():
    answer = ask(Wanted((INDICATOR,), (PLANS,)), *INDICATORS)
    assert "guide:indicator4" not in ids(answer)
    assert answer.listing.totals == (ListTotal(INDICATOR, PLANS, 3),)


def test_a_passage_is_a_run_of_one_group_with_its_printed_and_pdf_pages():
    answer = ask(Wanted((QUESTION,), (PLANS,)), *QUESTIONS)
    money, people = answer.evidence.passages
    assert money.chunk.text == "Who pays for the\nplan each year?"
    assert people.chunk.text.startswith("Who leads it?") and people.chunk.text.endswith("What do children say of it?")
    assert (people.chunk.first_page, people.first_label) == (1, "ii")
    assert (people.chunk.last_page, people.last_label) == (2, "1")
    assert people.chunk.headings == GUIDE.heading_path(QUESTIONS[1].span[0])
    assert [statement.quotes[0].page_label for statement in answer.statements] == ["ii", "ii", "1"]
    assert answer.statements[0].text == "Who pays for the plan each year?"


def test_a_passage_of_the_own_library_ends_with_the_details_of_its_last_item():
    answer = ask(Wanted((INDICATOR,), (PLANS,), levels=(Level.IMPACT,)))
    (passage,) = answer.evidence.passages
    last = answer.listing.items[-1].item
    assert passage.chunk.text.endswith(".") and last.verification[0] in passage.chunk.text


def test_levels_narrow_indicators_only_and_the_total_stays():
    answer = ask(Wanted((QUESTION, INDICATOR), (PLANS,), levels=(Level.OUTPUT,)), *QUESTIONS, *INDICATORS)
    assert ids(answer) == [*(item.id for item in QUESTIONS), "guide:indicator3"]
    assert [total.total for total in answer.listing.totals] == [3, 3]


def test_a_list_narrowed_to_nothing_says_so_and_is_no_crash():
    answer = ask(Wanted((INDICATOR,), (PLANS,), levels=(Level.IMPACT,)), *INDICATORS)
    assert answer.statements == () and answer.listing.items == ()
    assert answer.notice == "None of these indicators is at impact level."
    assert count_lines(answer) == ("0 of 3 indicators for national plans of action",)
    assert answer.status is Status.NO_EVIDENCE


def test_about_keeps_what_speaks_of_it_and_a_breakdown_only_where_nothing_does():
    def about(*subjects: str) -> Answer:
        return ask(Wanted((INDICATOR,), (PLANS,), about=subjects), *INDICATORS)

    assert ids(about("children")) == ids(about("girls")) == ["guide:indicator2"]
    assert ids(about("employers", "children")) == ["guide:indicator2"]
    weak = about("people with disabilities")
    assert ids(weak) == ["guide:indicator3"] and "is about people with disabilities" in weak.notice
    none = about("employers")
    assert len(ids(none)) == 3 and none.notice == "None of these indicators speaks of employers, so all are shown."


def test_what_fits_a_description_stands_first_then_the_rest_in_order():
    answer = ask(Wanted((INDICATOR,), (Activity.AWARENESS_RAISING,), description=RADIO))
    flags = [listed.first for listed in answer.listing.items]
    assert 1 <= sum(flags) <= 5 and flags == sorted(flags, reverse=True)
    assert all(listed.fits for listed in answer.listing.items if listed.first)
    rest = [level for listed in answer.listing.items if not listed.first and (level := listed.item.level)]
    assert rest == sorted(rest, key=list(Level).index)
    assert len(set(ids(answer))) == len(starter(Activity.AWARENESS_RAISING, INDICATOR))
    check_quotes(answer)


def test_the_rest_is_all_that_was_not_shown_first():
    wanted = Wanted((INDICATOR, QUESTION), (Activity.AWARENESS_RAISING,), description=RADIO)
    whole = ask(wanted)
    rest = ask(Wanted(wanted.kinds, wanted.activities, description=RADIO, rest=True))
    assert ids(rest) == [listed.item.id for listed in whole.listing.items if not listed.first]
    assert rest.listing.totals == whole.listing.totals


def test_where_nothing_was_first_the_rest_is_what_was_narrowed_away():
    def rest(**wanted: object) -> Answer:
        return ask(Wanted((INDICATOR,), (PLANS,), rest=True, **wanted), *INDICATORS)

    levels = rest(levels=(Level.OUTCOME,))
    assert ids(levels) == ["guide:indicator3"]
    assert levels.listing.wanted == Wanted((INDICATOR,), (PLANS,), levels=(Level.OUTPUT, Level.IMPACT))
    about = rest(about=("children",))
    assert len(ids(about)) == 3 and about.notice == "The whole list, also what does not speak of children."
    whole = rest()
    assert len(ids(whole)) == 3 and whole.notice == "All of it was shown before; this is the whole list again."


def test_a_description_that_fits_nothing_shows_nothing_first_and_says_so():
    every = [item.id for item in starter_items()]
    nothing = {ITEMS: (np.zeros((1, len(every)), dtype=np.float32), np.zeros(len(every), dtype=np.float32))}
    flat = SectionReader(lambda text: np.ones(1, dtype=np.float32), Learned(Adapter({}), nothing), items=every)
    wanted = Wanted((INDICATOR,), (Activity.AWARENESS_RAISING,), description="beekeeping")
    answer = lists(fitting=Fitting(lambda: flat)).listed(Request("asked", "asked", wanted=wanted), wanted)
    assert not any(listed.first for listed in answer.listing.items)
    assert answer.notice == say("narrowed.none_fits") and answer.listing.missing == ()


def test_of_other_types_of_activity_only_what_fits_is_shown_and_does_not_count():
    described = "a telephone line in three languages, for domestic workers whose agency kept their passports"
    answer = ask(Wanted((INDICATOR,), (Activity.LIVELIHOODS,), description=described))
    others = [listed for listed in answer.listing.items if listed.item.activity is not Activity.LIVELIHOODS]
    assert others and all(listed.first for listed in others)
    whole = len(starter(Activity.LIVELIHOODS, INDICATOR))
    assert answer.listing.totals == (ListTotal(INDICATOR, Activity.LIVELIHOODS, whole),)
    first = sum(listed.first for listed in answer.listing.items)
    assert count_lines(answer)[0].startswith(f"{whole} of {whole} indicators for livelihoods; {first} shown first")
    check_quotes(answer)
    narrowed = ask(Wanted((INDICATOR,), (Activity.LIVELIHOODS,), about=("women",), description=described))
    assert {listed.item.activity for listed in narrowed.listing.items} == {Activity.LIVELIHOODS}


def test_missing_levels_are_of_what_is_shown_first():
    answer = ask(Wanted((INDICATOR,), (PLANS,), description="We ask children what they think"), *INDICATORS)
    first = {listed.item.level for listed in answer.listing.items if listed.first}
    assert set(answer.listing.missing) == set(Level) - first
    narrowed = ask(Wanted((INDICATOR,), (Activity.AWARENESS_RAISING,), levels=(Level.OUTCOME,), description=RADIO))
    assert narrowed.listing.missing == ()


def test_filters_restrict_items_to_publications_that_pass_and_keep_the_total():
    everywhere = Wanted((INDICATOR,))

    def filtered(**filters: object) -> Answer:
        return ask(everywhere, *INDICATORS, filters=Filters(**filters))

    assert {i.item.publication for i in filtered(publications=("guide",)).listing.items} == {"guide"}
    assert sum(total.total for total in filtered(publications=("guide",)).listing.totals) > 3
    assert ids(filtered(kinds=(Kind.TOOLKIT,))) == ids(filtered(year_to=2016)) == ids(filtered(publications=("guide",)))
    assert len(ids(filtered(activities=(PLANS,)))) == 3
    assert {i.item.publication for i in filtered(origins=(Origin.STARTER,)).listing.items} == {STARTER_ID}
    assert len(ids(filtered(section="indicators", publications=("guide",)))) == 3
    for nothing in (filtered(languages=("fr",)), filtered(publications=("other",))):
        assert (nothing.status, nothing.notice) == (Status.NO_EVIDENCE, say("narrowed.none_passes"))


def test_a_list_that_the_toolkit_does_not_have_says_so_and_nothing_else():
    answer = ask(Wanted((LESSON,), part_one=True))
    assert answer.status is Status.NO_EVIDENCE and not answer.statements
    assert answer_text(answer).split("\n\n")[:2] == [
        "Note: There is no such list here.",
        "Understood as: Lessons before choosing an activity",
    ]
    assert say("status.no evidence") not in answer_text(answer)


def test_the_request_says_what_was_understood():
    answer = ask(Wanted((INDICATOR,), (PLANS,), levels=(Level.OUTCOME,), about=("children",)), *INDICATORS)
    said = "Indicators for national plans of action, outcomes only, that speak of children"
    assert (answer.request.asked, answer.request.stand_alone) == ("asked", said)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(tuple(ItemKind)),
        Wanted((INDICATOR, QUESTION), (Activity.SUPPORT, PLANS), part_one=True, description="a shelter for children"),
        Wanted((QUESTION,), (Activity.SUPPORT,), description="a shelter", rest=True),
    ],
)
def test_what_is_shown_has_every_item_once_in_the_order_of_the_statements(wanted: Wanted):
    answer = ask(wanted, *QUESTIONS)
    shown = [line.text for line in shown_lines(listing_blocks(answer)) if line.role is Role.ITEM]
    assert shown == [statement.text for statement in answer.statements]
