"""What is said instead of an answer: to people in danger, to harmful requests, to greetings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.settings import Contact
from assistant.show.words import say
from assistant.types import Refusal

SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
FRENCH = re.compile(r"\b(?:je|suis|mon|ma|mes|aidez|est|pas|une|sont|veux|besoin|c'est|j'ai|on|nous)\b")
SPANISH = re.compile(r"\b(?:estoy|soy|ayuda|ayúdame|ayudame|me|mi|mis|por favor|necesito|no puedo|ella|tengo|quiero)\b")


def refusal_words(refusal: Refusal, language: str = "en") -> tuple[str, ...]:
    """The paragraphs shown instead of an answer; URGENT in the reader's language first, then in English."""
    keys = dict.fromkeys((f"urgent.{language}", "urgent.en")) if refusal is Refusal.URGENT else (f"refusal.{refusal}",)
    return tuple(paragraph for key in keys for paragraph in say(key).splitlines())


def contact_words(contacts: Sequence[Contact]) -> tuple[str, ...]:
    """One line a contact: 'Name (region): contact'."""
    return tuple(say("contact_region" if each.region else "contact", **each.model_dump()) for each in contacts)


def shows_contacts(refusal: Refusal | None) -> bool:
    """Whether the operator's contacts belong under it."""
    return refusal in (Refusal.URGENT, Refusal.HARMFUL)


def reader_language(text: str) -> str:
    """Which of the six languages a short message is most likely in; 'en' when in doubt."""
    for language, script in SCRIPTS:
        if script.search(text):
            return language
    low = text.lower()
    counts = {"fr": len(FRENCH.findall(low)), "es": len(SPANISH.findall(low))}
    language = max(counts, key=lambda name: counts[name])
    return language if counts[language] >= 2 and counts["fr"] != counts["es"] else "en"
