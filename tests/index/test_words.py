"""Words in several scripts."""

import pytest

from index.words import fold, guess_language, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Counter-trafficking: the State's duty", ["counter", "trafficking", "the", "state", "duty"]),
        ("l'ﬁnancement", ["financement"]),  # a ligature glyph
        ("Issue Brief 7", ["issue", "brief", "7"]),
        ("a_b __ _x1_", ["a_b", "x1"]),
        ("贩运人口", ["贩运", "运人", "人口"]),
        ("人", ["人"]),
        ("ICAT成员 2016", ["icat", "成员", "2016"]),
        ("ข้อมูล", ["ข้", "้อ", "อม", "มู", "ูล"]),
        ("मानव तस्करी।", ["मानव", "तस्करी"]),  # vowel signs stay, the full stop goes
        ("كِتَاب", ["كتاب"]),  # vowel signs go
        ("  \n?! —", []),
    ],
)
def test_words_of(text, expected):
    assert words(text) == expected


def test_folding_takes_accents_off_and_leaves_other_letters():
    assert [fold(word) for word in ("forcé", "año", "naïve", "й", "plain")] == ["force", "ano", "naive", "и", "plain"]


STOPS = {"en": {"the", "of", "what"}, "fr": {"le", "de", "que"}, "es": {"de", "que", "el"}}


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("what of the victims", "en"),
        ("le mandat de l'agence", "fr"),
        ("que es el mandato de", "es"),
        ("que de", "fr"),  # a draw between French and Spanish, French being the corpus's own here
        ("mandate", "fr"),  # nothing to tell by
        ("жертвы торговли людьми", "ru"),
        ("ضحايا", "ar"),
        ("受害者", "zh"),
    ],
)
def test_the_language_of_a_query_is_guessed_by_script_then_by_stop_words(query, language):
    assert guess_language(words(query), STOPS, "fr") == language
