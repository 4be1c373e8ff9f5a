"""Languages are told where they can be, and not guessed."""

import pytest

from corpus.language import detect, dominant, of_question

SENTENCES = {
    "en": "Every State has a duty to prevent trafficking in persons and to protect those who were harmed.",
    "fr": "Chaque État a le devoir de prévenir la traite des personnes et de protéger ses victimes.",
    "es": "Todo Estado tiene el deber de prevenir la trata de personas y de proteger a las víctimas.",
    "ru": "Каждое государство обязано предупреждать торговлю людьми и защищать пострадавших.",
    "ar": "على كل دولة واجب منع الاتجار بالأشخاص وحماية الضحايا من كل أذى.",
    "zh": "各国都有义务防止人口贩运并保护受害者。",
    "de": "Jeder Staat hat die Pflicht, Menschenhandel zu verhindern und die Betroffenen zu schützen.",
    "pt": "Cada Estado tem o dever de prevenir o tráfico de pessoas e de proteger as vítimas.",
    "uk": "Кожна держава зобов'язана запобігати торгівлі людьми та захищати постраждалих.",
    "fa": "هر کشوری وظیفه دارد از قاچاق انسان جلوگیری کند و از قربانیان حمایت نماید.",
    "ja": "各国は人身取引を防止し、被害者を保護する義務を負っています。",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_told(language: str, text: str):
    assert detect(text) == language


def test_capitals_and_presentation_forms_are_told():
    assert detect(SENTENCES["en"].upper()) == "en"
    # the Arabic words "اتفاقية الأمم المتحدة" in the joined letter forms that PDF files hold
    assert detect("ﺍﺗﻔﺎﻗﻴﺔ ﺍﻷﻣﻢ ﺍﻟﻤﺘﺤﺪﺓ ﻟﻤﻜﺎﻓﺤﺔ ﺍﻻﺗﺠﺎﺭ ﺑﺎﻷﺷﺨﺎﺹ") == "ar"


@pytest.mark.parametrize(
    "text", ["", "   ", "2016-10", "Annex II", "NRM form", "https://icat.un.org/publications", "12 | 34 | 56"]
)
def test_too_little_is_no_language(text: str):
    assert detect(text) == ""


def test_the_language_of_most_of_a_text_is_its_language():
    assert dominant(SENTENCES["fr"] * 30 + SENTENCES["en"] * 10) == "fr"
    assert dominant("1 2 3\n" * 1000) == ""
    assert dominant("") == ""


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What do traffickers do?", "en"),  # "do" is a little word of Portuguese
        ("durable solutions", "en"),  # too short to tell
        ("¿Quién puede ayudar a las víctimas de la trata de personas?", "es"),
        ("Qui peut aider les victimes de la traite des personnes ?", "fr"),
        ("Кто поможет?", "ru"),
        ("من يساعد؟", "ar"),
        ("谁来帮助？", "zh"),
    ],
)
def test_a_question_is_in_english_unless_it_surely_is_not(question: str, language: str):
    assert of_question(question) == language
