"""What may be shown: whole sentences and items that can stand alone, and nothing else."""

import pytest
from passages import document

from assistant.answer.prose import introduces, points_back, reads_as_item, stands_whole
from assistant.answer.units import Unit, list_of, units_of
from corpus.sentences import sentences
from corpus.types import Document


def units(source: Document) -> tuple[Unit, ...]:
    return units_of(source, 0, len(source.text), sentences, "en")


def shown(text: str) -> list[str]:
    return [unit.text for unit in units(document("d", text))]


def test_headings_footnotes_tables_captions_and_references_are_never_shown():
    text = """
    # What is a shelter?
    A shelter is a place where victims are safe.
    | Country | 2019 | 2020
    * 12 See the report on shelters in Europe.
    Figure 3. Victims by country and year of report.
    Smith, J. (2014). Shelters in Europe. Vienna: University Press.
    Available at http://example.org/a/very/long/path/to/a/file
    Introduction ........................... 12
    """
    assert shown(text) == ["A shelter is a place where victims are safe."]


@pytest.mark.parametrize(
    "text",
    [
        "and the victims were then safe.",  # begins in the middle
        "The victims were brought to a place where",  # is cut off
        "Report of the year",
        "In 12 13 14 15 16 17 18 19 20 21 22 23.",
        "The law (which was passed in 2004 was changed.",  # a bracket that does not close
        "All rights reserved by the publisher of this report.",
        "The views do not necessarily reflect those of the United Nations.",
    ],
)
def test_what_does_not_stand_whole(text):
    assert not stands_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "The victims were brought to a shelter.",
        "“The victims were brought to a shelter.”",
        "Shelters grew by 12 per cent between 2016 and 2019.3",
        "Les victimes ont été conduites dans un refuge.",
        "Жертвы были доставлены в приют.",
        "نُقل الضحايا إلى مأوى آمن في المدينة.",
        "受害者被送往安全的庇护所。",
    ],
)
def test_what_stands_whole_in_any_script(text):
    assert stands_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "This means that consent is irrelevant.",
        "In those shelters, forty people were interviewed.",
        "Among those cases, two went to court.",
        "They were identified late.",
        "However, few claims succeed.",
        "It was adopted in 2000.",
        "In this context, training matters.",
        "Its members meet once a year.",
        "Another strike killed two people.",
        "You can find it on your letter.",
        "Cette mesure est nécessaire.",
    ],
)
def test_sentences_that_point_back(text):
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "This report describes the work of a year.",
        "In those who were interviewed early, trust grew faster.",
        "Among those with a lawyer, half were compensated.",
        "It is important to ask the victim.",
        "Such as they are, shelters help.",
        "Both men and women are trafficked.",
        "Those who return need support.",
        "In addition to shelter, victims need work.",
        "The protocol means that consent is irrelevant.",
    ],
)
def test_sentences_that_do_not_point_back(text):
    assert not points_back(text)


def test_a_sentence_that_points_back_comes_with_the_one_it_points_to():
    source = document(
        "d", "Consent is irrelevant once a means was used. This holds for adults. Children need no proof."
    )
    assert [unit.text for unit in units(source)] == [
        "Consent is irrelevant once a means was used.",
        "Consent is irrelevant once a means was used. This holds for adults.",
        "Children need no proof.",
    ]
    carried = units(source)[1]
    assert source.text[carried.start : carried.end] == carried.text
    assert source.text[carried.core : carried.end] == "This holds for adults."


def test_a_sentence_that_points_back_to_nothing_is_not_shown():
    assert shown("# Consent\nThis holds for adults and for children.") == []
    # two steps back at most: the third of three that point back is left out
    text = "Victims were asked first. They agreed at once. It was recorded then. They signed it later."
    assert shown(text)[-1] == "Victims were asked first. They agreed at once. It was recorded then."


def test_items_carry_the_line_that_introduces_them():
    source = document("d", "The law has two aims. The aims are:\n- to protect victims; and\n- to punish traffickers.")
    first, second = units(source)[1:]
    assert (first.text, second.text) == ("to protect victims", "to punish traffickers.")
    assert source.text[slice(*first.lead)] == source.text[slice(*second.lead)] == "The aims are:"
    assert list_of(source, second) == (source.text.index("to protect"), source.text.index("traffickers.") + 12)


def test_the_line_before_a_list_is_not_a_statement():
    assert "The aims are:" not in shown("The law has two aims. The aims are:\n- to protect victims;\n- to punish.")


def test_a_footnote_at_the_end_of_a_page_does_not_cut_a_list():
    source = document("d", "They recruit in these places:\n- hotels or motels\n* 5 See the report.\n- Homes")
    first, second = units(source)
    assert first.series == second.series
    assert list_of(source, first) == (first.start, second.end)
    assert source.text[slice(*second.lead)] == "They recruit in these places:"


def test_a_deeper_item_is_introduced_by_its_parent_and_a_list_by_its_heading():
    source = document("d", "# Indicators\n- Output:\n-- number of people trained\n- Outcome of the training")
    trained, outcome = units(source)
    assert source.text[slice(*trained.lead)] == "Output:"
    assert source.text[slice(*outcome.lead)] == "Indicators"


def test_an_item_that_goes_on_a_sentence_nobody_knows_is_not_shown():
    assert shown("# Results\nThe law was passed.\n- rescued 4,800 children") == ["The law was passed."]
    assert shown("Between 2003 and 2014 the task forces\n- rescued 4,800 children") == ["rescued 4,800 children"]


def test_the_number_of_a_paragraph_is_not_part_of_what_it_says():
    source = document("d", "12. Extortion cases are increasing in the city.")
    (unit,) = units(source)
    assert unit.text == source.text[unit.start : unit.end] == "Extortion cases are increasing in the city."


def test_a_row_of_one_cell_is_running_text():
    assert shown("| (2) A customary marriage may be polygamous in law.") == [
        "A customary marriage may be polygamous in law."
    ]


def test_a_row_with_one_figure_is_shown_under_the_line_above_its_table():
    source = document("d", "# Risk factors\n| Factor | Share\n| Recent migration | 54%\n| Unstable housing | 8% | 9%")
    (unit,) = units(source)
    assert (unit.text, unit.row) == ("Recent migration | 54%", True)
    assert source.text[slice(*unit.lead)] == "Risk factors"


def test_only_what_lies_within_the_passage():
    source = document("d", "The first sentence is here. The second sentence is there.")
    start = source.text.index("The second")
    assert [u.text for u in units_of(source, start, len(source.text), sentences, "en")] == [
        "The second sentence is there."
    ]


def test_small_judgements():
    assert introduces("They led to") and introduces("Who may apply?") and introduces("These are:")
    assert not introduces("The law was passed.")
    assert reads_as_item("ICAT had 26 members in 2020.")
    assert reads_as_item("Homes") and not reads_as_item("Output of the work:") and not reads_as_item("12 34")
