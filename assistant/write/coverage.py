"""Which parts of a question a checked answer answers: each part against the statements that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import AnswerType, Coverage, Covered, Part, Statement, Support
from assistant.wording.facts import has_name
from assistant.wording.lexicon import pattern
from assistant.wording.quantities import DATES, quantities
from assistant.wording.tokens import content
from assistant.write.support import NO_MODELS, SupportModels

ANSWERS, TOUCHES = 0.5, 0.25  # share of a part's words that one statement has
LOGIT_ANSWERS, LOGIT_TOUCHES = 0.0, -4.0  # of a cross-encoder on part and statement
# Cosine by multilingual-e5-small from which a sentence answers a question in everyday words, which shares none with it:
# all of 24 good answers have one, and of answers to another question of the field half (evals/README.md).
NEAR = 0.832


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
        if bears is Covered.ANSWERED and whole and offers(part.asks, statement.text, language):
            return Covered.ANSWERED
        best = Covered.PARTLY
    return best


def _bears(part: Part, statement: Statement, models: SupportModels, language: str) -> Covered:
    """How far one statement, or what it quotes, speaks of a part."""
    text = " ".join([statement.lead, statement.text, *(quote.text for quote in statement.quotes)])
    wanted = content(part.reads, language)
    held = len(wanted & content(text, language)) / len(wanted) if wanted else 1.0
    said = f"{statement.lead} {statement.text}".strip()
    scores = models.scores(language)
    logit = models.logit(part.reads, said) if scores else 0.0
    if (scores and logit >= LOGIT_ANSWERS) or (not scores and held >= ANSWERS) or _near(part.reads, said, models):
        return Covered.ANSWERED
    touches = (logit >= LOGIT_TOUCHES or held >= ANSWERS) if scores else held >= TOUCHES
    return Covered.PARTLY if touches else Covered.NOT


def _near(question: str, said: str, models: SupportModels) -> bool:
    """Whether a sentence is as near in meaning to a question as answers are."""
    if models.beyond is None:
        return False
    return float(models.beyond.embed_query(question) @ models.beyond.embed_query(said)) >= NEAR


def offers(asks: AnswerType, text: str, language: str = "en") -> bool:
    """Whether a text has what such a question needs: a figure, a date, a name, or a word of `words.yaml`.

    True where words cannot deny it: for other questions, and in a language of which the file has no such words.
    """
    words = pattern("offers", language, asks.value)
    if words is None or words.search(text):
        return True
    if asks in (AnswerType.PERSON, AnswerType.PLACE):
        return has_name(text)
    figures = quantities(text, language)
    if asks is AnswerType.TIME:
        return any(figure.measure in DATES or figure.span for figure in figures)
    return any(figure.measure not in DATES for figure in figures)
