"""Whether a message asks for something that was made to be made otherwise."""

import pytest

from assistant.understand.remaking import asked_for, asks_for_page, asks_to_make, asks_to_remake


@pytest.mark.parametrize(
    "text",
    [
        "Good but it scares them. Half the length, friendlier.",
        "redo it for girls of 15",
        "c'est trop long, raccourcis",
        "hazlo más sencillo",
        "сделай проще",
        "اختصرها من فضلك",
        "太长了,改成五条",
    ],
)
def test_words_that_change_what_was_made(text):
    assert asks_to_remake(text)


@pytest.mark.parametrize("text", ["How do I talk with a child?", "longing for home", "and for shelters?"])
def test_other_words(text):
    assert not asks_to_remake(text)


@pytest.mark.parametrize(
    ("text", "thing", "asked"),
    [
        ("Can you plan the session minute by minute, on debts?", "session", True),
        ("I run a workshop. Please prepare a one page checklist on debts.", "checklist", True),
        ("Handout, two sides, for interpreters.", "Handout", True),
        ("talking points imams", "talking points", True),
        ("Составьте, пожалуйста, контрольный список для инспекторов", "контрольный", True),
        ("Préparez-moi une fiche sur les dettes", "fiche", True),
        ("How do I prepare a session for teachers?", "session", False),
        ("Handout or talk, what do people remember?", "Handout", False),
        ("We need help. Does a checklist change anything?", "checklist", False),
    ],
)
def test_what_is_asked_for_is_named_behind_words_that_ask_or_begins_a_message_that_is_no_question(text, thing, asked):
    assert asks_to_make(text, [text.index(thing)]) is asked


def test_of_several_things_the_one_behind_the_words_that_ask_is_asked_for():
    text = "I am running a session for clerks. Make me a handout on debts."
    session, handout = text.index("session"), text.index("handout")
    assert asked_for(text, [session, handout]) == handout
    assert asked_for("session and handout", [0, 12]) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("One page do's and don'ts for the interpreters we call in", True),
        ("Could you make a short house rules sheet for residents?", True),
        ("Necesito un texto corto para un volante", True),
        ("Составьте плакат для общежития", True),
        ("Is one page enough for a consent form?", False),
        ("The leaflet frightens people, what now?", False),
    ],
)
def test_a_page_of_something_is_asked_for(text, asked):
    assert asks_for_page(text) is asked
