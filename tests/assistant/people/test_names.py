"""Names that no list has are told from places, bodies and programmes, in six languages."""

from importlib.resources import files

import pytest

from assistant.people import names, training
from index.learned import made_from

TOLD = [
    ("Her name is Oluwaseun Bakare and she is in Harare.", ["Oluwaseun Bakare"]),
    (
        "Ma collègue Bérengère dit que Ndeye Coumba ne veut plus porter plainte, que faire ?",
        ["Bérengère", "Ndeye Coumba"],
    ),
    ("El inspector Echeverri pidió la declaración de Wilfrido para el lunes.", ["Echeverri", "Wilfrido"]),
    ("У Павлика нет документов, отец Геннадий Лыков в розыске.", ["Павлика", "Геннадий Лыков"]),
    ("السلام عليكم، عندي عاملة فلبينية اسمها ماريسيل سانتوس، هربت", ["ماريسيل سانتوس"]),
    ("请把廖春桃和她儿子的情况写成一段给妇联的说明。", ["廖春桃"]),
    ("What does the Palermo Protocol say of Nepalese workers?", []),
    ("Сколько стоит внешняя оценка проекта «Надежда» на 18 месяцев?", []),
    ("Is a girl of 16 from Benin City a child?", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), TOLD)
def test_names_are_told_from_places_and_bodies(text: str, found: list[str]):
    assert [text[start:end] for start, end in names.named(text)] == found


def test_a_name_far_into_a_long_text_is_told():
    text = "We do not know whom to ask. " * 60 + "Her name is Oluwaseun Bakare."
    assert [text[start:end] for start, end in names.named(text)] == ["Oluwaseun Bakare"]


def test_the_weights_are_learned_from_the_sentences_as_they_are():
    assert made_from(files("assistant.people"), names.WEIGHTS) == training.made_from()


def test_marks_of_a_message_are_taken_out_and_where_they_stood_is_kept():
    sentence = training.of_marked("⟦Ana⟧ and uncle ⟦Li⟧ left")
    assert (sentence.text, sentence.names) == ("Ana and uncle Li left", ((0, 3), (14, 16)))


PLEAS = ["help me", "please help me", "aidez-moi", "ayudame", "помогите мне", "ساعدوني", "救救我"]


@pytest.mark.parametrize("plea", PLEAS)
def test_a_short_plea_has_no_name(plea: str):
    assert list(names.named(plea)) == []
