"""The catalogues of the interface: complete, in six languages, with nothing lost or harmed in them."""

import re
import threading
from collections import Counter
from datetime import date
from enum import StrEnum

import pytest
from babel.messages.catalog import Message

from assistant.show.words import label, say
from assistant.texts.catalogue import (
    LANGUAGES,
    LOCALE,
    _,
    accepted,
    catalogue_of,
    day,
    for_scripts,
    in_template,
    language_name,
    ngettext,
    speaking,
    spoken,
)
from assistant.texts.gathering import brought_up_to_date, gathered, languages, missing, written
from assistant.types import Artefact, Detail
from assistant.wording.guard import concerns
from assistant.write import check, support
from corpus.toolkit.types import Level
from corpus.types import Activity, Kind

PLACE = re.compile(r"\{\w*\}|\$\w+|</?\w+>|`[^`]+`")
OF_CHECK = ("NO_SOURCE", "UNKNOWN", "CHANGED", "SAYS_NOTHING", "LEANS")
OF_SUPPORT = ("NO_QUOTE", "FOREIGN", "NOT_FOUND", "ONLY_ASKED", "NOT_TODAY", "JUDGED_NONE", "JUDGED_PARTLY")
LETTERS = {"fr": "latin", "es": "latin", "ru": r"[а-яё]", "ar": r"[\u0600-\u06ff]", "zh": r"[\u4e00-\u9fff]"}


@pytest.fixture(scope="module")
def template():
    return gathered()


def messages(language: str) -> list[Message]:
    return [message for message in catalogue_of(language) if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Every form with the English it stands for: the singular's is the first, all others are of the plural."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [
        (message.id[1] if number or len(message.string) == 1 else message.id[0], form)
        for number, form in enumerate(message.string)
    ]


@pytest.mark.parametrize("language", languages())
def test_every_text_of_the_interface_is_in_the_catalogue_and_translated(language, template):
    fresh = brought_up_to_date(language, template)
    assert missing(fresh) == []
    kept = (LOCALE / f"{language}.po").read_bytes()
    assert written(fresh) == kept, "run `python -m assistant.texts`"


@pytest.mark.parametrize("language", languages())
def test_places_and_markup_stay_what_they_are(language):
    for message in messages(language):
        for english, form in pairs(message):
            there, wanted = Counter(PLACE.findall(form)), Counter(PLACE.findall(english))
            number = Counter({"{n}": wanted["{n}"]})  # 'one' may go without its number
            assert there == wanted or there == wanted - number, (english, form)


@pytest.mark.parametrize("language", languages())
def test_no_text_could_end_an_attribute_or_begin_a_tag_of_its_own(language):
    for message in messages(language):
        for english, form in pairs(message):
            assert '"' not in form or '"' in english, form
            assert re.findall(r"<", form) == re.findall(r"<", english), form


@pytest.mark.parametrize("language", ["ru", "ar", "zh"])
def test_a_text_of_some_length_is_in_the_script_of_its_language(language):
    for message in messages(language):
        for english, form in pairs(message):
            if len(re.sub(PLACE, "", english).split()) >= 4:
                assert re.search(LETTERS[language], form), (english, form)


@pytest.mark.parametrize("values", [Activity, Artefact, Detail, Kind, Level])
def test_every_member_of_a_closed_list_has_a_name_in_every_language(values: type[StrEnum]):
    for value in values:
        assert label(value) == value.value
        for language in languages():
            with speaking(language):
                assert catalogue_of(language).get(value.value, "label"), value


def test_what_the_check_of_a_written_sentence_finds_is_a_text_of_the_interface(template):
    findings = [getattr(check, name) for name in OF_CHECK] + [getattr(support, name) for name in OF_SUPPORT]
    for text in findings:
        assert template.get(text, "label"), text
    (found,) = concerns("Agencies must report.", ["Agencies should report."])
    assert found.words == "says “must”, the source says “should”"
    assert template.get("says “{words}”, the source says “{other}”")


def test_what_is_said_is_in_the_language_that_is_spoken_and_in_no_other_thread():
    elsewhere = []
    with speaking("fr"):
        assert (spoken(), say("and", first="A", last="B")) == ("fr", "A et B")
        thread = threading.Thread(target=lambda: elsewhere.append(say("and", first="A", last="B")))
        thread.start()
        thread.join()
    assert (spoken(), elsewhere) == ("en", ["A and B"])


def test_a_language_without_a_catalogue_is_an_error_that_names_those_there_are():
    with pytest.raises(ValueError, match=r"'de'.*en, fr, es, ru, ar, zh"), speaking("de"):
        pass


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("ru", 1, 0),
        ("ru", 3, 1),
        ("ru", 11, 2),
        ("ru", 21, 0),
        ("ar", 0, 0),
        ("ar", 2, 2),
        ("ar", 11, 5),
        ("zh", 5, 0),
        ("fr", 0, 0),
    ],
)  # 0 and 1 are singular in French; Russian has one, few, many; Arabic 11 to 99 in the last of six
def test_a_number_takes_the_form_that_its_language_has(language, number, form):
    forms = catalogue_of(language).get("{n} item").string
    with speaking(language):
        assert ngettext("{n} item", "{n} items", number) == forms[form]


def test_scripts_are_given_what_they_say_and_numbers_by_category():
    texts = for_scripts("ru")
    assert set(texts["{n} item"]) == {"one", "few", "many"}
    assert isinstance(texts["Undo"], str)
    assert "Your question" not in texts  # said by the server alone
    assert for_scripts("en") == {}


def test_messages_in_html_are_found_over_lines_and_what_is_around_them_stays():
    html = '<p title="{{Close}}">{{Your\n question}} $n</p>'
    assert in_template(html) == '<p title="Close">Your question $n</p>'
    with speaking("es"):
        assert in_template(html) == f'<p title="{_("Close")}">{_("Your question")} $n</p>'


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"), ("fr-CA,fr;q=0.9,en;q=0.8", "fr"), ("de,ru;q=0.7,en;q=0.9", "en"), ("zh-Hant-TW", "zh"),
        ("de;q=1, ar;q=0.2", "ar"), ("fr;q=0, es", "es"), ("*;q=0.5", "en"), ("x" * 5000, "en"),
        ("fr;q=nonsense", "fr"),
    ],
)  # fmt: skip
def test_what_a_browser_asks_for_by_weight(header, language):
    assert accepted(header) == language


def test_dates_and_names_of_languages_are_the_readers():
    assert (day(date(2026, 11, 28)), language_name("ru")) == ("2026-11-28", "Russian")
    with speaking("fr"):
        assert (day(date(2026, 11, 28)), language_name("ru")) == ("28 novembre 2026", "russe")
    assert set(LANGUAGES) == {"en", "fr", "es", "ru", "ar", "zh"}  # those of the United Nations
