"""What one press changes in what a list holds, and what is offered next."""

from dataclasses import replace

from assistant.show import corrections
from assistant.types import Detail, Listed, Listing, ListTotal, Wanted
from corpus.toolkit.types import STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Origin

INDICATORS = Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,))
LEGAL, LIVELIHOODS = Activity.LEGAL_FRAMEWORK, Activity.LIVELIHOODS


def choices(wanted: Wanted) -> dict[str, corrections.Chip]:
    return {choice.name: choice for row in corrections.rows(wanted) for choice in row.choices}


def pressed(wanted: Wanted) -> list[str]:
    return [name for name, choice in choices(wanted).items() if choice.pressed]


def indicator(number: int, level: Level, verification: tuple[str, ...] = ("a register",)) -> ToolkitItem:
    return ToolkitItem(
        f"livelihoods-i{number:02}",
        ItemKind.INDICATOR,
        f"Share of households {number}",
        Origin.STARTER,
        STARTER_ID,
        (0, 9),
        LIVELIHOODS,
        ToolkitPart.TWO,
        level=level,
        verification=verification,
    )


def listing(wanted: Wanted, *items: Listed) -> Listing:
    return Listing(wanted, items, (ListTotal(ItemKind.INDICATOR, LIVELIHOODS, len(items)),))


def test_every_kind_activity_and_level_can_be_chosen_and_what_is_asked_for_is_pressed():
    names = list(choices(INDICATORS))
    assert len(names) == 3 + 7 + 1 + 3
    assert pressed(INDICATORS) == ["Indicators", "Livelihoods"]


def test_full_names_are_those_of_the_activity_types():
    row = corrections.rows(INDICATORS)[1]
    full = [(choice.name + choice.rest).casefold() for choice in row.choices]
    assert full == [*(activity.value for activity in Activity), "before choosing an activity"]


def test_a_kind_is_added_in_the_order_of_kinds_and_taken_away():
    both = choices(INDICATORS)["Design questions"].then
    assert both == Wanted((ItemKind.QUESTION, ItemKind.INDICATOR), (LIVELIHOODS,))
    assert choices(both)["Indicators"].then == Wanted((ItemKind.QUESTION,), (LIVELIHOODS,))


def test_the_last_kind_stays():
    assert choices(INDICATORS)["Indicators"].then is None


def test_without_indicators_there_are_no_levels_and_no_details():
    narrowed = replace(
        INDICATORS,
        kinds=(ItemKind.LESSON, ItemKind.INDICATOR),
        levels=(Level.OUTCOME,),
        details=(Detail.COUNTED,),
    )
    lessons = choices(narrowed)["Indicators"].then
    assert lessons == Wanted((ItemKind.LESSON,), (LIVELIHOODS,))
    assert [row.name for row in corrections.rows(lessons)] == ["What", "For"]


def test_an_activity_that_was_missed_comes_first_and_the_wrong_one_goes_with_a_second_press():
    both = choices(INDICATORS)["Legal framework"].then
    assert both.activities == (LEGAL, LIVELIHOODS)
    assert choices(both)["Livelihoods"].then.activities == (LEGAL,)


def test_no_activity_means_all_seven_and_the_row_says_so():
    every = choices(INDICATORS)["Livelihoods"].then
    assert every.activities == () and not every.part_one
    assert corrections.rows(every)[1].none == "All seven"
    assert pressed(every) == ["Indicators"]


def test_before_choosing_an_activity_there_are_only_questions():
    name = "Before choosing an activity"
    early = choices(replace(INDICATORS, levels=(Level.IMPACT,)))[name].then
    assert early == Wanted((ItemKind.QUESTION,), (LIVELIHOODS,), part_one=True)
    assert choices(early)[name].then == Wanted((ItemKind.QUESTION,), (LIVELIHOODS,))


def test_levels_add_up_and_all_three_are_the_same_as_none():
    outcome = choices(INDICATORS)["Outcome"].then
    assert outcome.levels == (Level.OUTCOME,)
    two = choices(outcome)["Output"].then
    assert two.levels == (Level.OUTPUT, Level.OUTCOME)
    assert choices(two)["Impact"].then.levels == ()
    assert choices(outcome)["Outcome"].then.levels == ()


def test_whatever_else_narrows_the_list_can_be_taken_away():
    narrowed = replace(
        INDICATORS,
        about=("children", "girls"),
        description="cash for returnees",
        details=(Detail.VERIFICATION,),
        rest=True,
        starter=True,
    )
    row = corrections.rows(narrowed)[-1]
    assert [choice.name for choice in row.choices] == [
        "About children or girls",
        "First what fits “cash for returnees”",
        "Means of verification",
        "Without those shown first",
        "Lists written for this project",
    ]
    assert all(choice.pressed for choice in row.choices)
    about, description, details, rest, starter = (choice.then for choice in row.choices)
    assert (about.about, description.description, details.details) == ((), "", ())
    assert not rest.rest and not starter.starter
    assert about.description == "cash for returnees"


def test_a_description_is_kept_when_the_activity_is_corrected_but_not_what_was_left_out():
    rest = replace(INDICATORS, description="cash for returnees", rest=True)
    then = choices(rest)["Legal framework"].then
    assert then.description == "cash for returnees"
    assert not then.rest


# --- what to ask next ---


def test_after_indicators_with_some_first_come_the_rest_outcomes_means_and_questions():
    found = listing(INDICATORS, Listed(indicator(1, Level.OUTPUT), first=True), Listed(indicator(2, Level.OUTCOME)))
    asked = dict(corrections.suggestions(found))
    assert list(asked) == ["The rest", "Only outcomes", "Add means of verification", "And the design questions"]
    assert asked["The rest"] == replace(INDICATORS, rest=True)
    assert asked["Only outcomes"].levels == (Level.OUTCOME,)
    assert asked["Add means of verification"].details == (Detail.VERIFICATION,)
    assert asked["And the design questions"] == Wanted((ItemKind.QUESTION,), (LIVELIHOODS,))


def test_only_what_makes_sense_is_offered():
    shown = replace(INDICATORS, levels=(Level.OUTCOME,), details=(Detail.VERIFICATION,))
    found = listing(shown, Listed(indicator(1, Level.OUTCOME)), Listed(indicator(2, Level.OUTCOME)))
    assert [name for name, _ in corrections.suggestions(found)] == ["And the design questions"]
    unverified = listing(INDICATORS, Listed(indicator(1, Level.OUTCOME, ())))
    assert [name for name, _ in corrections.suggestions(unverified)] == ["And the design questions"]
    assert corrections.suggestions(listing(INDICATORS)) == ()


def test_what_an_original_has_replaced_can_be_asked_for_under_its_own_name():
    original = replace(indicator(1, Level.OUTCOME, ()), origin=Origin.PUBLICATION, publication="toolkit")
    asked = dict(corrections.suggestions(listing(INDICATORS, Listed(original))))
    assert asked["The lists written for this project"] == replace(INDICATORS, starter=True)
    own = replace(INDICATORS, starter=True)
    assert "The lists written for this project" not in dict(corrections.suggestions(listing(own, Listed(original))))


def test_part_one_has_no_indicators_to_go_on_with():
    wanted = Wanted((ItemKind.QUESTION,), part_one=True)
    question = replace(
        indicator(1, Level.OUTPUT, ()), kind=ItemKind.QUESTION, activity=None, part=ToolkitPart.ONE, level=None
    )
    found = Listing(wanted, (Listed(question),), (ListTotal(ItemKind.QUESTION, None, 1),))
    assert corrections.suggestions(found) == ()
