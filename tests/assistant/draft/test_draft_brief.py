"""What a message says of the thing to be made: artefact, theme, time."""

import pytest

from assistant.draft.brief import brief_of, changed
from assistant.types import Artefact, Draft, Request
from assistant.understand.lexicon import lexicon
from assistant.understand.slots import slots_of

WORDS = lexicon()


def brief(text: str, language: str = "en"):
    slots = slots_of(WORDS.mentions(text, language), text)
    return brief_of(Request(text, text, slots=slots, language=language), WORDS)


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
    assert brief("write a letter that invites staff to a training").artefact is Artefact.TEXT


def test_more_names_of_what_is_made_count_where_the_lexicon_has_none():
    assert brief("Pre and post test for border guards").artefact is Artefact.QUIZ
    assert brief("Please draft a lesson on online recruitment").artefact is Artefact.SESSION


def test_a_message_that_changes_a_draft_keeps_what_it_does_not_name():
    before = Draft(Artefact.SESSION, "first contact", ())

    def after(text: str):
        slots = slots_of(WORDS.mentions(text, "en"), text)
        request = Request(text, text, slots=slots)
        return changed(before, brief_of(request, WORDS), request)

    shorter = after("make it two hours please")
    assert (shorter.artefact, shorter.theme, shorter.minutes) == (Artefact.SESSION, "first contact", 120)
    assert after("now as slides").artefact is Artefact.SLIDES
    assert (
        after("the same for children").theme.endswith("first contact")
        and "children" in after("the same for children").theme
    )


def test_only_a_message_that_changes_a_draft_makes_it_short():
    assert not brief("checklist for journalists, max 12 points, only one page").short
    text = "shorter please"
    request = Request(text, text, slots=slots_of(WORDS.mentions(text, "en"), text))
    assert changed(Draft(Artefact.HANDOUT, "debts", ()), brief_of(request, WORDS), request).short
