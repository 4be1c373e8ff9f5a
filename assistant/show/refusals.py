"""What is said instead of an answer: to people in danger, to harmful requests, of what is off topic."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.settings import Contact
from assistant.show.words import messages, say
from assistant.types import Act

REFUSED = (Act.HARM, Act.OFF_TOPIC)


def refusal_words(act: Act, language: str = "en") -> tuple[str, ...]:
    """The paragraphs shown instead of an answer; for danger in the reader's language first, then in English.

    () for an act that is answered.
    """
    if act is Act.DANGER:
        first = f"urgent.{language}" if language in messages()["urgent"] else "urgent.en"
        keys = tuple(dict.fromkeys((first, "urgent.en")))
    else:
        keys = (f"refusal.{act}",) if act in REFUSED else ()
    return tuple(paragraph for key in keys for paragraph in say(key).splitlines() if paragraph)


def contact_words(contacts: Sequence[Contact]) -> tuple[str, ...]:
    """One line a contact: 'Name (region): contact'."""
    return tuple(say("contact_region" if each.region else "contact", **each.model_dump()) for each in contacts)


def shows_contacts(act: Act) -> bool:
    """Whether the operator's contacts belong under it."""
    return act in (Act.DANGER, Act.HARM)
