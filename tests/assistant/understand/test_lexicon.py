"""Words of a request: found in six languages, the longest of one section; a file that cannot be read is said."""

from importlib.resources import files

import pytest
import yaml

from assistant.understand.lexicon import Lexicon, lexicon, lexicon_of
from corpus.errors import CatalogueError
from corpus.types import Activity

LEXICON = files("assistant.understand") / "lexicon.yaml"
SMALL = {
    "languages": ["en", "fr", "ar", "zh"],
    "kind": {"indicator": {"en": ["indicator*", "measure success"], "ar": ["مؤشر"], "zh": ["指标"]}},
    "activity": {"plan": {"en": ["plan", "plans"]}, "national plan": {"en": ["national plan*"]}},
}


def small() -> Lexicon:
    return lexicon_of(SMALL, "small.yaml")


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(mention.name, text[mention.start : mention.end]) for mention in small().mentions(text, language)]


def test_a_star_ends_a_word_that_may_go_on_and_without_one_it_may_not():
    assert found("Indicators, plan") == [("indicator", "Indicators"), ("plan", "plan")]
    assert found("planning") == []


def test_of_terms_of_one_section_in_one_place_the_longest_counts():
    assert found("our National-Plans") == [("national plan", "National-Plans")]


def test_words_in_a_row_need_all_of_them():
    assert found("how to measure the success") == []
    assert found("how to measure success") == [("indicator", "measure success")]


def test_arabic_is_found_with_what_is_written_together_with_it_and_chinese_anywhere():
    assert found("والمؤشر", "ar") == [("indicator", "والمؤشر")]
    assert found("给我三个指标吧", "zh") == [("indicator", "指标")]


def test_a_message_is_read_in_its_own_language_and_in_english():
    assert found("indicator", "zh") == [("indicator", "indicator")]
    assert found("指标", "fr") == []


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ([], "small.yaml"),
        ({"languages": "en"}, "languages: wanted a list"),
        ({"kind": []}, "kind"),
        ({"kind": {"indicator": {"de": ["Kennzahl"]}}}, "de"),
        ({"kind": {"indicator": {"en": "indicator"}}}, "en"),
        ({"kind": {"indicator": {"en": ["?"]}}}, "has no word"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_place(content, where):
    with pytest.raises(CatalogueError, match=where):
        lexicon_of(content if isinstance(content, list) else {"languages": ["en"], **content}, "small.yaml")


def test_the_shipped_lexicon_names_every_activity_type_in_every_language():
    words = lexicon()
    assert set(map(str, Activity)) | {"part one"} == set(words.names("activity"))
    for language in lexicon().languages:
        told = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))["activity"]
        assert {name for name, terms in told.items() if language in terms} == set(words.names("activity"))


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("We plan a radio campaign for seasonal workers", "en", "awareness raising"),
        ("microcrédits pour les familles", "fr", "livelihoods"),
        ("capacitar a jueces y fiscales", "es", "criminal justice capacity"),
        ("горячая линия для домашних работниц", "ru", "identification and referral"),
        ("مأوى للنساء", "ar", "support and durable solutions"),
        ("修改反拐法律框架", "zh", "legal framework"),
    ],
)
def test_activities_are_told_in_the_words_of_each_language(text, language, name):
    assert name in [m.name for m in lexicon().mentions(text, language) if m.section == "activity"]


def test_a_synonym_and_a_language_are_added_in_the_file_alone():
    # "hotcakes" is nobody's word yet, and German has no column.
    more = {
        "languages": [*SMALL["languages"], "de"],
        "kind": {"indicator": {"en": [*SMALL["kind"]["indicator"]["en"], "hotcakes"], "de": ["kennzahl*"]}},
    }
    words = lexicon_of({**SMALL, **more}, "more.yaml")
    assert [each.name for each in words.mentions("give me hotcakes", "en")] == ["indicator"]
    assert [each.name for each in words.mentions("Welche Kennzahlen?", "de")] == ["indicator"]
    assert found("give me hotcakes") == []
