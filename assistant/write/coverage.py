"""Which parts of a question a checked answer answers: each part against the statements that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Coverage, Covered, Statement, Support
from assistant.understand.kinds import CHECKABLE, offers
from assistant.understand.question import Part, content_words
from assistant.write.support import NO_MODELS, SupportModels
from assistant.write.wording.tokens import content

ANSWERS, TOUCHES = 0.5, 0.25  # share of a part's words that one statement has
LOGIT_ANSWERS, LOGIT_TOUCHES = 0.0, -4.0  # of a cross-encoder on part and statement


def coverage(
    parts: Sequence[Part], statements: Sequence[Statement], models: SupportModels = NO_MODELS, language: str = "en"
) -> tuple[Coverage, ...]:
    """For each part, answered, partly or not.

    Answered: a fully supported or verbatim statement bears on it and offers what is asked for (a number, a date).
    Partly: one that is only partly supported does, or one that only touches it.
    """
    return tuple(Coverage(part.text, _covered(part, statements, models, language)) for part in parts)


def _covered(part: Part, statements: Sequence[Statement], models: SupportModels, language: str) -> Covered:
    best = Covered.NOT
    for statement in statements:
        if statement.support is Support.NONE:
            continue
        bears = _bears(part, statement, models, language)
        if bears is Covered.NOT:
            continue
        whole = statement.support in (Support.FULL, Support.VERBATIM)
        if bears is Covered.ANSWERED and whole and (part.asks not in CHECKABLE or offers(part.asks, statement.text)):
            return Covered.ANSWERED
        best = Covered.PARTLY
    return best


def _bears(part: Part, statement: Statement, models: SupportModels, language: str) -> Covered:
    """How far one statement, or what it quotes, speaks of a part."""
    text = " ".join([statement.lead, statement.text, *(quote.text for quote in statement.quotes)])
    wanted = content(" ".join(content_words(part.reads)), language)
    held = len(wanted & content(text, language)) / len(wanted) if wanted else 1.0
    if models.scores(language):
        logit = max(models.logit(reading, f"{statement.lead} {statement.text}".strip()) for reading in part.readings)
        if logit >= LOGIT_ANSWERS:
            return Covered.ANSWERED
        return Covered.PARTLY if logit >= LOGIT_TOUCHES or held >= ANSWERS else Covered.NOT
    if held >= ANSWERS:
        return Covered.ANSWERED
    return Covered.PARTLY if held >= TOUCHES else Covered.NOT
