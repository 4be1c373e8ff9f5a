"""The sentence that the Draft form makes of what was chosen, in every language of the page: it is understood."""

import pytest

from assistant.draft.aspects import aspects
from assistant.draft.brief import brief_of
from assistant.texts.catalogue import LANGUAGES, _, speaking, term
from assistant.types import Artefact, Request
from assistant.understand.lexicon import lexicon
from assistant.understand.slots import slots_of

WORDS = lexicon()

CHOSEN = {  # language -> theme, audience, a subject
    "en": ("debt bondage", "labour inspectors", "wages"),
    "fr": ("servitude pour dettes", "des inspecteurs du travail", "salaires"),
    "es": ("servidumbre por deudas", "inspectores de trabajo", "salarios"),
    "ru": ("долговая кабала", "инспекторов труда", "заработная плата"),
    "ar": ("عبودية الدين", "مفتشي العمل", "الأجور"),
    "zh": ("债役", "劳动监察员", "工资"),
}


MADE = [each for each in Artefact if each is not Artefact.TEXT]
LOST = pytest.mark.xfail(reason="the net takes the last part for none since it learned from 240 more", strict=True)
COMBINED = [
    pytest.param(language, artefact, marks=LOST if (language, artefact) == ("fr", Artefact.HANDOUT) else ())
    for language in LANGUAGES
    for artefact in MADE
]


@pytest.mark.parametrize(("language", "artefact"), COMBINED)
def test_what_was_chosen_in_the_form_is_what_the_brief_has(language, artefact):
    theme, audience, subject = CHOSEN[language]
    with speaking(language):
        text = _("{kind}, {minutes} minutes, on {theme}").format(kind=term(artefact.value), minutes=90, theme=theme)
        text = _("{text}, for {audience}").format(text=text, audience=audience)
        sentence = _("{text}. To be in it: {parts}").format(
            text=text, parts=", ".join([aspects()["signs"].words[language][0], subject])
        )
    slots = slots_of(WORDS.mentions(sentence, language), sentence)
    brief = brief_of(Request(sentence, sentence, slots=slots, language=language), WORDS)
    assert (brief.artefact, brief.minutes) == (artefact, 90)
    assert theme in brief.theme and term(artefact.value) not in brief.theme
    assert "signs" in brief.aspects
    assert subject in brief.subjects
