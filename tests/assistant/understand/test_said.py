"""What a request for a draft says, told by the net that comes along."""

import numpy as np
import pytest

from assistant.understand.said import CLASSES, Says, _smoothed, words_that


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "I have 40 minutes with night porters on Tuesday. They ask what to look for on the floors, how to "
            "speak with a guest who is never alone, and whom to call after midnight.",
            ["what to look for on the floors", "how to speak with a guest who is never alone",
             "whom to call after midnight"],
        ),
        (
            "Necesito una hoja para el equipo: cómo recibir a quien llega de noche, qué hacemos con los teléfonos, "
            "quién guarda los papeles.",
            ["cómo recibir a quien llega de noche", "qué hacemos con los teléfonos", "quién guarda los papeles"],
        ),
        (
            "请给夜班宿管做一页提示：看到什么要留心、怎么开口问、报给谁。",
            ["看到什么要留心", "怎么开口问", "报给谁"],
        ),
    ],
)  # fmt: skip
def test_what_is_to_be_in_it_is_told_in_questions_and_rows(text: str, parts: list[str]):
    assert words_that(text, Says.PART) == parts


def test_what_stands_in_brackets_is_of_what_they_stand_behind():
    text = "One page for public defenders: which offences come up (documents, petty theft), what to ask the client."
    assert words_that(text, Says.PART) == ["which offences come up (documents, petty theft)", "what to ask the client"]


def test_the_thing_its_form_and_its_readers_are_told_apart():
    text = "Please make a one-page handout for bus drivers on debt bondage"
    assert words_that(text, Says.MAKE) == ["handout"]
    assert words_that(text, Says.WHOM) == ["bus drivers"]
    assert words_that(text, Says.THEME) == ["debt bondage"]


@pytest.mark.parametrize(
    "text", ["", "How do I talk with a child?", "Which indicators fit a hotline?", "shorter please"]
)
def test_a_message_that_wants_nothing_made_names_nothing_to_be_made(text: str):
    assert words_that(text, Says.MAKE) == []


def test_a_word_that_is_hardly_likelier_does_not_break_a_stretch():
    chances = [np.full(len(CLASSES), 0.01) for _ in range(3)]
    chances[0][1] = chances[2][1] = 0.9
    chances[1][1], chances[1][2] = 0.4, 0.5  # log(.5/.4) = .22, and there and back costs 1
    assert _smoothed(chances) == [1, 1, 1]
    chances[1][1], chances[1][2] = 0.02, 0.9  # log 45 = 3.8
    assert _smoothed(chances) == [1, 2, 1]
    assert _smoothed([]) == []
