"""What of a sentence's wording does not agree with its source: figures, names, actors, duties, denials, amounts.

Deterministic, no model. What it does not find may still be wrong: it reads words, not meaning. English is checked in
full, French and Spanish as to figures, names, duties and denials, other languages as to figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.wording.apart import actor_concerns, apart_concerns
from assistant.wording.comparisons import comparison_concerns
from assistant.wording.concern import Concern, ConcernKind
from assistant.wording.denials import denial_concerns
from assistant.wording.facts import figure_concerns, name_concerns
from assistant.wording.lexicon import table
from assistant.wording.strength import amount_concerns, cause_concerns, duty_concerns
from assistant.wording.tokens import Text, read


def concerns(
    sentence: str,
    quotes: Sequence[str],
    language: str = "en",
    *,
    source_language: str | None = None,
    cited: Sequence[str] = (),
    context: str = "",
    given: str = "",
) -> tuple[Concern, ...]:
    """Where a sentence and its source do not agree, what stands nowhere first, at most one of a kind.

    `quotes` are read as one. `cited`: the whole passages that they are from (default: the quotes), which may have a
    figure or name that the quotes have not. `context`: titles and headings. `given`: where names, but no figures, may
    come from too. ISO 639-1; where sentence and source are of different languages, only figures and names are compared.
    """
    source_language = source_language or language
    said, source = read(sentence, language), read("\n".join(quotes), source_language)
    whole = read("\n".join(cited or quotes), source_language)
    found = [*figure_concerns(said, source, whole, context)]
    if table("numbers", language) and table("numbers", source_language):  # a language in which words are known
        named = name_concerns(said, whole, f"{context}\n{given}")
        # Names are translated: one that is not there may be there in the other language.
        found += named if language == source_language else [replace(each, nowhere=False) for each in named]
    if language == source_language:
        found += [*duty_concerns(said, source), *denial_concerns(said, source)]
        if language == "en":
            found += _in_english(said, source, whole, one=len(cited or quotes) == 1)
    once: dict[ConcernKind, Concern] = {}
    for concern in sorted(found, key=lambda concern: not concern.nowhere):
        once.setdefault(concern.kind, concern)
    return tuple(once.values())


def _in_english(said: Text, source: Text, whole: Text, one: bool) -> Iterator[Concern]:
    yield from actor_concerns(said, whole)
    if one:  # a sentence may join what two passages say
        yield from apart_concerns(said, whole)
    yield from amount_concerns(said, source)
    yield from cause_concerns(said, source)
    yield from comparison_concerns(said, source)
