"""Names, addresses and dates that no list has are told from places, bodies and programmes, in six languages."""

from importlib.resources import files

import pytest

from assistant.people import training
from assistant.people.told import WEIGHTS, told
from corpus.errors import CatalogueError
from index.adapting import TaggedText, classes_of
from index.learned import made_from

NAMES = [
    ("Her name is Oluwaseun Bakare and she is in Harare.", ["Oluwaseun Bakare"]),
    (
        "Ma collègue Bérengère dit que Ndeye Coumba ne veut plus porter plainte, que faire ?",
        ["Bérengère", "Ndeye Coumba"],
    ),
    ("El inspector Echeverri tomó la declaración el lunes.", ["Echeverri"]),
    ("У мальчика нет документов, отец Геннадий Лыков в розыске.", ["Геннадий Лыков"]),
    ("السلام عليكم، عندي عاملة فلبينية اسمها ماريسيل سانتوس، هربت", ["ماريسيل سانتوس"]),
    ("请把廖春桃和她儿子的情况写成一段给妇联的说明。", ["廖春桃"]),
    ("What does the Palermo Protocol say of Nepalese workers?", []),
    ("Сколько стоит внешняя оценка проекта «Надежда» на 18 месяцев?", []),
    ("Is a girl of 16 from Benin City a child?", []),
    ("", []),
]
ADDRESSES = [
    ("she is in block F room 31, the labour camp behind the cold store, al quoz, alone", "block F room 31"),
    (
        "la maison jaune derrière la boulangerie de Pikine, deuxième porte, elle y dort",
        "derrière la boulangerie de Pikine",
    ),
    ("звонит с адреса химки, октябрьский пр-т 7 кв 12 и плачет", "октябрьский пр-т 7 кв 12"),
    ("العائلة في مخيم البص، حي الغوير، قرب فرن أبو علي منذ سنة", "مخيم البص"),
]


@pytest.mark.parametrize(("text", "found"), NAMES)
def test_names_are_told_from_places_and_bodies(text: str, found: list[str]):
    assert [text[each.start : each.end] for each in told(text)] == found


@pytest.mark.parametrize(("text", "within"), ADDRESSES)
def test_an_address_is_told_however_it_is_written(text: str, within: str):
    assert any(within in text[each.start : each.end] for each in told(text))


def test_a_name_far_into_a_long_text_is_told():
    text = "We do not know whom to ask. " * 60 + "Her name is Oluwaseun Bakare."
    assert [text[each.start : each.end] for each in told(text)] == ["Oluwaseun Bakare"]


def test_the_weights_are_learned_from_the_messages_as_they_are():
    assert made_from(files("assistant.people"), WEIGHTS) == training.made_from()


def test_marks_of_a_message_are_taken_out_and_where_they_stood_is_kept():
    tagged = training.of_marked("⟦Ana⟧ and uncle ⟦Li⟧ left", "here", only=1)
    assert (tagged.text, tagged.spans, tagged.only) == ("Ana and uncle Li left", ((0, 3, 1), (14, 16, 1)), 1)
    tagged = training.of_marked("at ⟦address|9 Elm Row⟧: ⟦phone|555 0102⟧", "here")
    assert (tagged.text, tagged.spans) == ("at 9 Elm Row: 555 0102", ((3, 12, 4), (14, 22, 2)))
    with pytest.raises(CatalogueError, match="here: 'town' is no kind"):
        training.of_marked("⟦town|Kano⟧", "here")


def test_a_piece_has_the_class_of_the_span_that_it_touches():
    tagged = TaggedText("Ana Lima left", ((0, 8, 2),))
    # Two states before the text, one behind it; its pieces are "Ana", " Lima", " left".
    assert classes_of(tagged, [(0, 3), (3, 8), (8, 13)], before=2, length=6).tolist() == [-1, -1, 2, 2, 0, -1]
    assert classes_of(tagged, [(0, 3), (3, 8), (8, 13)], before=2, length=5).tolist() == [-1, -1, 2, 2, -1]  # cut


PLEAS = ["help me", "please help me", "aidez-moi", "ayudame", "помогите мне", "ساعدوني", "救救我"]


@pytest.mark.parametrize("plea", PLEAS)
def test_a_short_plea_has_no_name(plea: str):
    assert list(told(plea)) == []
