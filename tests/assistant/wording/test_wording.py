"""Each concern on a pair written for it: what is found, in which words, and what is not."""

import pytest

from assistant.wording.concern import ConcernKind as Kind
from assistant.wording.guard import concerns
from assistant.wording.lexicon import FILE, pattern, table


def kinds(sentence: str, quote: str, language: str = "en", **more: str) -> dict[Kind, bool]:
    """Kind -> whether it stands nowhere."""
    return {concern.kind: concern.nowhere for concern in concerns(sentence, [quote], language, **more)}


# -- figures, dates and names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("About half of the keepers left.", "Of the 120 keepers, 60 left."),  # 60 / 120
        ("60 of the 120 keepers left.", "Half of the 120 keepers left."),  # half of 120
        ("The lamp burnt for twelve months.", "The lamp burnt for one year."),
        ("The lamp cost $20.", "The lamp cost 20 dollars."),
        ("Fifty per cent of the lamps failed.", "Half of the lamps failed."),
        ("Lamps worth more than $3.1 million were seized.", "seized lamps worth more than $3. 1 million;"),
        ("The law has been in force since January 2020.", "The law entered into force on 1/1/2020."),
    ],
)
def test_a_figure_told_in_another_way_is_no_concern(sentence: str, quote: str):
    assert not kinds(sentence, quote).keys() & {Kind.NUMBER, Kind.DATE}


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("Ten keepers came in 2018.", "Ten keepers came in 2016.", Kind.DATE),
        ("Keepers came in May 2016.", "Keepers came in March 2016.", Kind.DATE),
        ("It burnt for four weeks.", "It burnt for four months.", Kind.NUMBER),
        ("The lamp cost 20 euros.", "The lamp cost 20 dollars.", Kind.NUMBER),
        ("UNICEF counted the lamps.", "UNHCR counted the lamps.", Kind.NAME),
    ],
)
def test_a_figure_date_or_name_of_no_passage_stands_nowhere(sentence: str, quote: str, kind: Kind):
    assert kinds(sentence, quote).get(kind) is True


def test_a_name_may_be_another_one_in_another_language():
    said = "Los datos de Ginebra son de 2019."
    assert kinds(said, "The data of Geneva are from 2019.", "es", source_language="en") == {Kind.NAME: False}
    assert kinds(said, "Los datos de Berna son de 2019.", "es") == {Kind.NAME: True}


def test_what_begins_a_sentence_within_or_after_french_quotation_marks_is_no_name():
    source = "Le gardien dit que la lampe brûle, et il faut attendre de savoir pourquoi."
    assert not kinds(
        "Le gardien dit : « Attendez de savoir pourquoi la lampe brûle » Savoir pourquoi, il le faut.", source, "fr"
    )


def test_a_changed_number_says_both():
    (concern,) = concerns("The harbour had 12 lamps.", ["The harbour had 10 lamps."])
    assert (concern.kind, concern.words, concern.nowhere) == (Kind.NUMBER, "says 12, the source says 10", True)


def test_a_figure_of_the_passage_that_the_quote_has_not_is_only_marked():
    passage = "The harbour had 10 lamps. In 2011 it had 12."
    found = concerns("The harbour had 12 lamps.", ["The harbour had 10 lamps."], cited=[passage])
    assert [(concern.words, concern.nowhere) for concern in found if concern.kind is Kind.NUMBER] == [
        ("says 12, which stands elsewhere in the source than the quote", False)
    ]
    assert kinds("In 2011 the harbour had 12 lamps.", "In 2011 it had 12.", cited=[passage]) == {}


def test_a_figure_or_name_may_come_from_titles_and_headings():
    assert kinds("In 2016 ICAT had 17 members.", "In 2016 it had 17 members.").get(Kind.NAME) is True
    assert kinds("In 2016 ICAT had 17 members.", "In 2016 it had 17 members.", context="About ICAT") == {}
    assert kinds("43 per cent earn under $25,000.", "Respondents: 43%", context="Under $25,000") == {}


def test_a_small_number_in_words_may_count_what_is_listed_and_is_only_marked():
    assert kinds("Keepers have three tasks.", "Keepers light, clean and count lamps.") == {Kind.NUMBER: False}


def test_an_abbreviation_is_its_words():
    assert "name" not in kinds(
        "ICAT counted the lamps.", "The Inter-Agency Coordination Group against Trafficking counted the lamps."
    )


def test_one_end_of_a_range_of_years_is_not_the_year():
    (concern,) = concerns("In 2014 keepers mended 480 lamps.", ["Between 2003 and 2014 keepers mended 480 lamps."])
    assert concern.words == "says 2014, the source says Between 2003 and 2014"
    assert (
        concerns("Between 2003 and 2014 keepers mended 480 lamps.", ["From 2003 to 2014, 480 lamps were mended."]) == ()
    )


OFFICE = (
    "Brief 10 deals with boats.\nBrief 11 deals with lamps.\nThe office had 26 members in 2020. "
    "The office had 30 members in July 2021. It is paid by harbours."
)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Brief 10 deals with lamps.", "10"),
        ("The office had 26 members in July 2021.", "26"),
        ("Brief 11 deals with lamps.", ""),
        ("Brief 10 deals with boats, and Brief 11 with lamps.", ""),  # each part from one sentence
        ("The office grew from 26 members in 2020 to 30 in July 2021.", ""),  # each figure beside its date
        ("The office is paid by harbours.", ""),  # "it" is the office
    ],
)
def test_figures_that_no_sentence_of_the_source_has_together_are_a_concern(sentence: str, word: str):
    found = [concern.words for concern in concerns(sentence, [OFFICE]) if "of another" in concern.words]
    assert [f"“{word}”" in words for words in found] == ([True] if word else [])


# -- who acts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote", "words"),
    [
        (
            "Judges closed the harbour in winter.",
            "Inspectors closed the harbour in winter.",
            "speaks of Judges, the source of Inspectors",
        ),
        (
            "Nurses may enter the harbour at night.",
            "Pilots may enter the harbour at night.",
            "speaks of Nurses; the source does not say this of them",
        ),
        ("People who left the harbour were asked.", "Women who left the harbour were asked.", ""),
        ("Survivors of the storm were housed.", "Persons who survived the storm were housed.", ""),
    ],
)
def test_another_actor_is_a_concern_and_another_word_for_people_is_none(sentence: str, quote: str, words: str):
    found = [concern.words for concern in concerns(sentence, [quote]) if concern.kind is Kind.ACTOR]
    assert found == ([words] if words else [])


# -- duties, amounts, causes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("Keepers must light lamps.", "Keepers may light lamps.", Kind.DUTY),
        ("Keepers may light lamps.", "Keepers must light lamps.", Kind.DUTY),
        ("Keepers may light lamps.", "No keeper shall light lamps.", Kind.DUTY),
        ("Keepers must light lamps.", "Keepers need not light lamps.", Kind.DUTY),
        ("Keepers must log failures.", "Keepers should log failures.", Kind.DUTY),
        ("Keepers must log failures.", "Keepers log failures.", Kind.DUTY),
        ("All lamps failed in winter.", "Most lamps failed in winter.", Kind.AMOUNT),
        ("All lamps failed in winter.", "Lamps failed in winter.", Kind.AMOUNT),
        ("Most lamps failed in winter.", "Lamps failed in winter.", Kind.AMOUNT),
        ("Lamps in the harbour failed in winter.", "Some lamps in the harbour failed in winter.", Kind.AMOUNT),
        ("Lamps in the harbour failed in winter.", "Half of the lamps in the harbour failed in winter.", Kind.AMOUNT),
        ("The keeper loses the licence.", "The keeper can lose the licence.", Kind.AMOUNT),
        ("Lamps failed because keepers slept.", "Keepers slept and lamps failed.", Kind.CAUSE),
        ("Lamps failed because keepers slept.", "Lamps failed because the oil was bad.", Kind.CAUSE),
    ],
)
def test_what_claims_more_or_less_than_the_quote_is_a_concern(sentence: str, quote: str, kind: Kind):
    assert kinds(sentence, quote).get(kind) is False


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Keepers have to log each failure within one day.", "Within one day, keepers must log each failure."),
        ("It is not compulsory to log failures.", "Keepers are not obliged to log failures."),
        ("Keepers must not leave.", "No keeper shall leave."),
        ("Gas burns shorter than oil.", "Oil burns longer than gas."),
        ("After the storm, keepers light the lamps.", "Keepers light the lamps after the storm."),
        ("Lamps did not fail.", "No lamp failed."),
        (
            "Keepers are not fined for failures in a storm.",
            "Keepers are not dismissed, fined or blamed for failures in a storm.",
        ),
        (
            "Closing the lamp at dusk is the most common mistake.",
            "The most common mistake is to close the lamp at dusk.",
        ),
        ("Lamps failed because the oil was bad.", "The oil was bad, so lamps failed."),
        ("It lasted longer: less than two years before, lamps were out.", "Lamps were out two years before."),
    ],
)
def test_a_faithful_telling_is_no_concern(sentence: str, quote: str):
    assert kinds(sentence, quote) == {}


# -- denials and comparisons --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("The lamps failed in winter.", "The lamps did not fail in winter.", Kind.DENIAL),
        ("The lamps never failed in winter.", "The lamps failed in winter.", Kind.DENIAL),
        ("The number of lamps fell.", "The number of lamps rose.", Kind.DENIAL),
        ("Keepers eat before they light the lamps.", "Keepers eat after they light the lamps.", Kind.DENIAL),
        ("Every harbour has the same rules.", "Each of these harbours has its own rules.", Kind.DENIAL),
        ("Failures prove that the lamp is bad.", "Failures are no proof that the lamp is bad.", Kind.DENIAL),
        ("Lamps burn for at most 30 days.", "Lamps burn for at least 30 days.", Kind.COMPARISON),
        ("Oil burns longer than gas.", "Gas burns longer than oil.", Kind.COMPARISON),
        ("Oil costs more than gas.", "Oil costs as much as gas.", Kind.COMPARISON),
        (
            "Officers are trusted more than pilots and cooks.",
            "Pilots and cooks are trusted more than officers.",
            Kind.COMPARISON,
        ),
    ],
)
def test_what_says_the_opposite_of_the_quote_is_a_concern(sentence: str, quote: str, kind: Kind):
    assert kinds(sentence, quote).get(kind) is False


# -- languages and the file of words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence", "quote", "kind"),
    [
        ("fr", "L'enquête a porté sur 520 familles.", "L'enquête a porté sur 250 familles.", Kind.NUMBER),
        ("fr", "Les gardiens peuvent partir.", "Les gardiens doivent partir.", Kind.DUTY),
        ("fr", "Les gardiens sont partis.", "Les gardiens ne sont pas partis.", Kind.DENIAL),
        ("es", "El faro tiene 57 lámparas.", "El faro tiene 75 lámparas.", Kind.NUMBER),
        ("es", "Los guardas pueden salir.", "Los guardas deben salir.", Kind.DUTY),
        ("es", "La lámpara falló en invierno.", "La lámpara no falló en invierno.", Kind.DENIAL),
        ("ru", "В гавани 12 ламп.", "В гавани 10 ламп.", Kind.NUMBER),
    ],
)
def test_other_languages_are_checked_as_far_as_words_are_known(language: str, sentence: str, quote: str, kind: Kind):
    assert kind in kinds(sentence, quote, language)


def test_between_two_languages_only_figures_and_names_are_compared():
    assert concerns("Les gardiens ne partent jamais.", ["Keepers leave."], "fr", source_language="en") == ()
    (changed,) = concerns("Il y a 12 lampes.", ["There are 10 lamps."], "fr", source_language="en")
    assert changed.words == "says 12, the source says 10"


def test_signs_in_the_file_of_words():
    need_not = pattern("duties", "en", "need not")
    assert need_not.search("Keepers do not have to go") and need_not.search("It needn’t burn")
    assert pattern("denials", "en", "like").search("a useless lamp")
    assert pattern("duties", "de", "must") is None and table("actors", "de") == {}


def test_every_word_of_the_file_is_text():
    """YAML takes no, off and false for truth values where they are not quoted."""
    import yaml

    def words(node: object) -> list[object]:
        if isinstance(node, dict):
            return [*node, *(word for each in node.values() for word in words(each))]
        return [word for each in node for word in words(each)] if isinstance(node, list) else [node]

    assert not [word for word in words(yaml.safe_load(FILE.read_text(encoding="utf-8"))) if isinstance(word, bool)]
