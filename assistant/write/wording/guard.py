"""The wording guard: numbers, dates, names, duties, denials, amounts, comparisons and causes against the quote.

Deterministic, no model. What it does not find may still be wrong: it reads words, not meaning. English is checked
in full, French and Spanish in part, of other languages only digits (`checked` says which).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.write.wording.crossed import composed_concerns, crossed_concerns
from assistant.write.wording.duties import duty_concerns, negation_concerns
from assistant.write.wording.figures import figure_concerns
from assistant.write.wording.names import actor_concerns, name_concerns, swap_concerns
from assistant.write.wording.relations import direction_concerns, order_concerns
from assistant.write.wording.scope import cause_concerns, left_out_concerns, scope_concerns
from assistant.write.wording.terms import CHECKED, ELSEWHERE, Kind
from assistant.write.wording.tokens import Concern, Text, read


def checked(language: str) -> tuple[Kind, ...]:
    """What is looked at in a language (ISO 639-1)."""
    return CHECKED.get(language, ELSEWHERE)


def concerns(
    sentence: str,
    quotes: Sequence[str],
    language: str = "en",
    *,
    source_language: str | None = None,
    context: str = "",
    following: Sequence[str] = (),
) -> tuple[Concern, ...]:
    """Where a sentence and its quotes do not agree, the hard ones first, at most one of a kind.

    `quotes` are read as one source. `context` is what else is known of it (title, headings, the rest of the
    passage): names may come from there. `following[i]` is what stands right after quotes[i], "" at an end.
    Where sentence and source are of different languages, only figures and names are compared.
    """
    source_language = source_language or language
    said, source = read(sentence, language), read("\n".join(quotes), source_language)
    found = [*figure_concerns(said, source), *name_concerns(said, source, context)]
    if language == source_language:
        found += _of_words(said, source, [read(q, language) for q in quotes], following or [""] * len(quotes), context)
    kinds = set(checked(language)) | {Kind.DIRECTION}
    once: dict[Kind, Concern] = {}
    for concern in sorted(found, key=lambda each: not each.hard):
        if concern.kind in kinds:
            once.setdefault(concern.kind, concern)
    return tuple(once.values())


def _of_words(
    said: Text, source: Text, quotes: Sequence[Text], following: Sequence[str], context: str
) -> Iterator[Concern]:
    duties = list(duty_concerns(said, source))
    yield from duties
    if not any(concern.hard for concern in duties):
        yield from negation_concerns(said, source)
    if said.language == "en":
        yield from actor_concerns(said, source, context)
        yield from swap_concerns(said, source)
        yield from crossed_concerns(said, source)
        yield from composed_concerns(said, source)
        yield from direction_concerns(said, source)
        yield from order_concerns(said, source)
        yield from scope_concerns(said, source)
        yield from cause_concerns(said, source)
        yield from left_out_concerns(said, quotes, following)
