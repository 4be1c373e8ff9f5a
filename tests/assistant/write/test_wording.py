"""Each concern on a pair written for it: what is flagged, in which words, and what is not."""

import pytest

from assistant.write.wording.guard import checked, concerns
from assistant.write.wording.numbers import Unit, figures
from assistant.write.wording.terms import Kind


def kinds(sentence: str, quote: str, language: str = "en", **more: str) -> dict[Kind, bool]:
    """Kind -> whether it is hard."""
    return {concern.kind: concern.hard for concern in concerns(sentence, [quote], language, **more)}


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("62 per cent of them", Unit.SHARE, 62.0),
        ("half of them", Unit.SHARE, 50.0),
        ("two thirds of them", Unit.SHARE, pytest.approx(66.667, abs=0.01)),
        ("3 in 10 users", Unit.SHARE, 30.0),
        ("60 of the 120 women", Unit.SHARE, 50.0),
        ("1,150 workers", Unit.COUNT, 1150.0),
        ("1 150 workers", Unit.COUNT, 1150.0),
        ("twenty-one lamps", Unit.COUNT, 21.0),
        ("one hundred and fifty lamps", Unit.COUNT, 150.0),
        ("2.5 million lamps", Unit.COUNT, 2_500_000.0),
        ("in 2016", Unit.YEAR, 2016.0),
        ("on 2 May 2018", Unit.MONTH, 5.0),
        ("on 2016-10-03", Unit.DAY, 3.0),
        ("it doubled", Unit.TIMES, 2.0),
        ("the 21st lamp", Unit.RANK, 21.0),
    ],
)
def test_a_figure_is_read_in_digits_and_in_words(text: str, unit: Unit, value: float):
    assert value in [next(iter(each.values)) for each in figures(text) if each.unit is unit]


def test_the_modal_may_is_no_month():
    assert [each.unit for each in figures("Workers may leave in 2018.")] == [Unit.YEAR]


def test_a_dot_between_three_digits_can_be_read_in_two_ways():
    (found,) = figures("1.150 lamps", "fr")
    assert found.values == {1150.0, 1.15}


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("About half of the keepers left.", "Of the 120 keepers, 60 left."),  # 60 / 120
        ("60 of the 120 keepers left.", "Half of the 120 keepers left."),  # half of 120
        ("The lamp burnt for twelve months.", "The lamp burnt for one year."),
        ("The lamp cost $20.", "The lamp cost 20 dollars."),
        ("Fifty per cent of the lamps failed.", "Half of the lamps failed."),
    ],
)
def test_a_figure_told_in_another_way_is_no_concern(sentence: str, quote: str):
    assert Kind.NUMBER not in kinds(sentence, quote)


def test_a_changed_number_says_both():
    (concern,) = concerns("The harbour had 12 lamps.", ["The harbour had 10 lamps."])
    assert (concern.kind, concern.words, concern.hard) == (Kind.NUMBER, "says 12, the source says 10", True)


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("Ten keepers came in 2018.", "Ten keepers came in 2016.", Kind.DATE),
        ("Keepers came in May 2016.", "Keepers came in March 2016.", Kind.DATE),
        ("It burnt for four weeks.", "It burnt for four months.", Kind.NUMBER),
        ("The lamp cost 20 euros.", "The lamp cost 20 dollars.", Kind.NUMBER),
        ("Lamps burn for at most 30 days.", "Lamps burn for at least 30 days.", Kind.DIRECTION),
        ("Keepers must light lamps.", "Keepers may light lamps.", Kind.DUTY),
        ("Keepers may light lamps.", "Keepers must light lamps.", Kind.DUTY),
        ("Keepers may light lamps.", "No keeper shall light lamps.", Kind.DUTY),
        ("Keepers must light lamps.", "Keepers need not light lamps.", Kind.DUTY),
        ("The lamps failed in winter.", "The lamps did not fail in winter.", Kind.NEGATION),
        ("The lamps never failed in winter.", "The lamps failed in winter.", Kind.NEGATION),
        ("The number of lamps fell.", "The number of lamps rose.", Kind.NEGATION),
        ("Oil burns longer than gas.", "Gas burns longer than oil.", Kind.DIRECTION),
        ("Lamps were more useful than bells.", "Lamps helped 38 per cent of ships, bells 62 per cent.", Kind.DIRECTION),
        ("Keepers eat before they light the lamps.", "Keepers eat after they light the lamps.", Kind.ORDER),
        ("Judges closed the harbour in winter.", "Inspectors closed the harbour in winter.", Kind.ACTOR),
        ("UNICEF counted the lamps.", "UNHCR counted the lamps.", Kind.NAME),
    ],
)
def test_what_contradicts_the_quote_is_hard(sentence: str, quote: str, kind: Kind):
    assert kinds(sentence, quote).get(kind) is True


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("Keepers must log failures.", "Keepers should log failures.", Kind.DUTY),
        ("All lamps failed in winter.", "Most lamps failed in winter.", Kind.AMOUNT),
        ("Lamps in the harbour failed in winter.", "Some lamps in the harbour failed in winter.", Kind.AMOUNT),
        ("Only oil lamps failed.", "Oil lamps failed.", Kind.AMOUNT),
        ("Lamps failed because keepers slept.", "Keepers slept and lamps failed.", Kind.CAUSE),
        (
            "The bell was heard by all ships.",
            "The bell was heard by all ships, but no ship turned round.",
            Kind.LEFT_OUT,
        ),
        ("The keeper loses the licence.", "The keeper can lose the licence.", Kind.DUTY),
    ],
)
def test_what_claims_more_than_the_quote_is_soft(sentence: str, quote: str, kind: Kind):
    assert kinds(sentence, quote).get(kind) is False


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Keepers have to log each failure within one day.", "Within one day, keepers must log each failure."),
        ("It is not compulsory to log failures.", "Keepers are not obliged to log failures."),
        ("Keepers must not leave.", "No keeper shall leave."),
        ("Gas burns shorter than oil.", "Oil burns longer than gas."),
        ("After the storm, keepers light the lamps.", "Keepers light the lamps after the storm."),
        ("There are no results before three years have passed.", "Results appear after three years at the earliest."),
        ("ICAT counted the lamps.", "The Inter-Agency Coordination Group against Trafficking counted the lamps."),
        ("Lamps did not fail.", "No lamp failed."),
    ],
)
def test_a_faithful_telling_is_no_hard_concern(sentence: str, quote: str):
    assert not any(kinds(sentence, quote).values())


def test_a_name_may_come_from_the_title_of_the_source():
    assert Kind.NAME in kinds("In 2016 ICAT had 17 members.", "In 2016 it had 17 members.")
    assert Kind.NAME not in kinds("In 2016 ICAT had 17 members.", "In 2016 it had 17 members.", context="About ICAT")


@pytest.mark.parametrize(
    ("language", "sentence", "quote", "kind"),
    [
        ("fr", "L'enquête a porté sur 520 familles.", "L'enquête a porté sur 250 familles.", Kind.NUMBER),
        ("fr", "Les gardiens peuvent partir.", "Les gardiens doivent partir.", Kind.DUTY),
        ("fr", "Les gardiens sont partis.", "Les gardiens ne sont pas partis.", Kind.NEGATION),
        ("es", "El faro tiene 57 lámparas.", "El faro tiene 75 lámparas.", Kind.NUMBER),
        ("es", "Los guardas pueden salir.", "Los guardas deben salir.", Kind.DUTY),
        ("es", "La lámpara falló en invierno.", "La lámpara no falló en invierno.", Kind.NEGATION),
        ("ru", "В гавани 12 ламп.", "В гавани 10 ламп.", Kind.NUMBER),
    ],
)
def test_other_languages_are_checked_as_far_as_is_said(language: str, sentence: str, quote: str, kind: Kind):
    assert kind in checked(language)
    assert kinds(sentence, quote, language).get(kind) is True


def test_what_is_not_checked_in_a_language_is_not_named():
    assert Kind.CAUSE not in checked("fr") and Kind.DUTY not in checked("ru") and Kind.CAUSE in checked("en")


def test_between_two_languages_only_figures_and_names_are_compared():
    found = concerns("Les gardiens ne partent jamais.", ["Keepers leave."], "fr", source_language="en")
    assert found == ()
    (changed,) = concerns("Il y a 12 lampes.", ["There are 10 lamps."], "fr", source_language="en")
    assert changed.words == "says 12, the source says 10"


def test_a_duty_denied_of_a_third_of_the_words_is_a_concern():
    # land, title, name of land, title, carry, name, husband, wife, alike: 3 of 7
    (concern,) = concerns(
        "A land title should carry the names of husband and wife alike.",
        ["Land titles should not be issued in the names of both spouses."],
    )
    assert (concern.kind, concern.hard) == (Kind.DUTY, False)


# -- what is said of one thing and holds of another ---------------------------------------------------------------

KINDS = "A fixed lamp shows one colour at all hours. A turning lamp shows flashes and needs a motor."
OWNERS = "Pilots are paid by the hour, while keepers are paid by the year."
GROUPS = "Failures fall in the northern harbours and rise in the southern ones."


@pytest.mark.parametrize(
    ("sentence", "source", "word"),
    [
        ("A fixed lamp shows flashes.", KINDS, "flashes"),
        ("A turning lamp needs a motor.", KINDS, ""),
        ("A turning lamp shows one colour.", KINDS, "colour"),
        ("Pilots are paid by the year.", OWNERS, "year"),
        ("Keepers are paid by the hour.", OWNERS, "hour"),
        ("Keepers are paid by the year and pilots by the hour.", OWNERS, ""),
        ("Failures rise in the northern harbours.", GROUPS, "rise"),
        ("A pilot and two keepers watched.", "Two keepers and a pilot watched.", ""),  # one thing, put otherwise
        ("The lamp must be cleaned weekly.", "The lamp has two doors and must be cleaned weekly.", ""),
    ],
)
def test_what_the_source_says_of_another_thing_is_a_soft_concern(sentence: str, source: str, word: str):
    found = [c for c in concerns(sentence, [source]) if "of another" in c.words]
    assert [(word in c.words, c.hard) for c in found] == ([(True, False)] if word else [])


@pytest.mark.parametrize(
    ("sentence", "source", "hard"),
    [
        ("A lamp is lit before the boat has left.", "A lamp is lit after the boat has left and not before.", [True]),
        ("A lamp is checked after the season.", "A lamp is checked at the planning stage.", [False]),
        ("A lamp is checked after the season.", "A lamp is checked once the season is over.", []),
    ],
)
def test_before_and_after_are_what_the_source_says_or_a_concern(sentence: str, source: str, hard: list[bool]):
    assert [c.hard for c in concerns(sentence, [source]) if c.kind is Kind.ORDER] == hard


def test_the_same_and_ones_own_are_opposites():
    (concern,) = concerns("Every harbour has the same rules.", ["Each of these harbours has its own rules."])
    assert (concern.kind, concern.hard) == (Kind.NEGATION, True)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Brief 10 deals with lamps.", "10"),
        ("The office had 26 members in July 2021.", "26"),
        ("Brief 11 deals with lamps.", ""),
        ("Brief 10 deals with boats, and Brief 11 with lamps.", ""),  # each part from one sentence
        ("The office is paid by harbours.", ""),  # "it" is the office
    ],
)
def test_words_that_no_one_sentence_of_the_source_has_together_are_a_soft_concern(sentence: str, word: str):
    source = (
        "Brief 10 deals with boats.\nBrief 11 deals with lamps.\nThe office had 26 members in 2020. "
        "The office had 30 members in July 2021. It is paid by harbours."
    )
    found = [c for c in concerns(sentence, [source]) if "says apart" in c.words]
    assert [(f"“{word}”" in c.words, c.hard) for c in found] == ([(True, False)] if word else [])


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("Keepers are not fined for failures that follow from a storm.", True),
        ("Keepers are fined for failures that follow from a storm.", False),
    ],
)
def test_a_list_that_begins_with_a_denial_is_denied_to_its_end(sentence: str, denied: bool):
    source = "The rule is that keepers are not dismissed, fined or blamed for failures that follow from a storm."
    found = [c for c in concerns(sentence, [source]) if c.kind is Kind.NEGATION]
    assert (found == []) is denied
