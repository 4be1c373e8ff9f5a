"""Whether a message asks for something that was made to be made otherwise."""

import pytest

from assistant.understand.remaking import asks_to_remake


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
