"""What a message says of the thing to be made: artefact, theme, time."""

import pytest

from assistant.draft.brief import brief_of, minutes_of
from assistant.types import Artefact, Request
from assistant.understand.lexicon import lexicon
from assistant.understand.slots import slots_of

WORDS = lexicon()


def brief(text: str, language: str = "en"):
    slots = slots_of(WORDS.mentions(text, language), text)
    return brief_of(Request(text, text, slots=slots, language=language), WORDS)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90 minutes for teachers", 90),
        ("a half-day session", 180),
        ("two-day training", 720),
        ("an hour on wages", 60),
        ("1,5 часа", 90),
        ("полдня", 180),
        ("media jornada", 180),
        ("une demi-journée", 180),
        ("2小时", 120),
        ("半天的培训", 180),
        ("نصف يوم", 180),
        ("a training day", 0),  # no number, and no article right before it
        ("the day after", 0),
        ("in 2019", 0),
    ],
)
def test_the_time_that_is_said_in_minutes(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "language", "artefact", "theme"),
    [
        ("Half-day session on first contact for labour inspectors", "en", Artefact.SESSION,
         "first contact for labour inspectors"),
        ("make me a quiz with answers on child trafficking", "en", Artefact.QUIZ, "child trafficking"),
        ("Please write a checklist for a workplace visit.", "en", Artefact.CHECKLIST, "workplace visit"),
        ("Prepara un taller de 2 horas sobre entrevistas con niños", "es", Artefact.SESSION, "entrevistas con niños"),
        ("أريد شرائح عن العمل القسري", "ar", Artefact.SLIDES, "العمل القسري"),
        ("ten slides", "en", Artefact.SLIDES, ""),
        ("make me a quiz", "en", Artefact.QUIZ, ""),
    ],
)  # fmt: skip
def test_the_theme_is_what_is_left_of_the_words_that_ask_for_something(text, language, artefact, theme):
    found = brief(text, language)
    assert (found.artefact, found.theme) == (artefact, theme)


def test_a_thing_that_is_named_is_meant_and_not_a_text():
    assert brief("Составь памятку для учителей", "ru").artefact is Artefact.HANDOUT
    assert brief("write a letter about wages").artefact is Artefact.TEXT
