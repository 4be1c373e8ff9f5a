"""The words on an answer that a language model wrote, the same on the page, in plain text and in exports. Pure."""

from __future__ import annotations

from assistant.show import words
from assistant.types import Answer, Covered, Difference, Drafting, Outcome, Statement, Support, Usage

BY = "Written by the language model {model} from the sources, and checked against them sentence by sentence."
NOT_TO_USE = "The sources do not support this. Do not use it."
STATUS = {
    Support.VERBATIM: "word for word from its source",
    Support.FULL: "supported by its source",
    Support.PARTIAL: words.SUPPORT[Support.PARTIAL],
    Support.NONE: words.SUPPORT[Support.NONE],
}
SOURCE_CHANGED = "its source has changed since"
PROMPT_DIGITS = 8  # of the prompt's digest: enough to tell versions of one file apart


def is_written(answer: Answer) -> bool:
    """Whether a language model wrote its sentences."""
    return answer.written_by != words.VERBATIM


def by_line(answer: Answer) -> str:
    """Who wrote it; '' for a verbatim answer."""
    return BY.format(model=words.printable(answer.written_by)) if is_written(answer) and answer.statements else ""


def doubts(statement: Statement) -> str:
    """Why a sentence is less than fully supported, in one line; '' where it is."""
    said = [words.SUPPORT[statement.support], *statement.warnings]
    return "; ".join(words.printable(reason) for reason in said if reason)


def verdict(statement: Statement) -> str:
    """What the check found of a sentence, with the reasons."""
    said = [STATUS[statement.support], *statement.warnings]
    return "; ".join(words.printable(reason) for reason in said)


def withheld_line(answer: Answer) -> str:
    """'1 sentence withheld: not supported'; '' where none is."""
    number = len(answer.withheld)
    if not number:
        return ""
    return f"{number} {'sentence' if number == 1 else 'sentences'} withheld: not supported"


def difference_line(difference: Difference) -> str:
    return f"Publications differ on “{words.printable(difference.subject)}”:"


def shows_coverage(answer: Answer) -> bool:
    """Whether the parts of the question are worth a line: several, or one that is written about and not answered."""
    if len(answer.coverage) > 1:
        return True
    return is_written(answer) and any(part.covered is not Covered.ANSWERED for part in answer.coverage)


def model_line(answer: Answer) -> str:
    """Model, tokens and what became of its draft; '' where none was asked.

    'Language model x: 340 tokens read, 85 written (estimated); 3 of 4 sentences supported, fully or partly'
    """
    drafting, usage = answer.drafting, answer.usage
    if drafting is None and usage is None:
        return ""
    name = drafting.model if drafting else answer.written_by
    if usage and usage.estimated and not usage.tokens_out:  # nobody knows what a server that refused has read
        facts = ["no text came from it"]
    else:
        facts = [*([_tokens(usage)] if usage else []), *(_draft_facts(drafting) if drafting else [])]
    return f"Language model {words.printable(name)}" + (f": {'; '.join(facts)}" if facts else "")


def versions_line(answer: Answer) -> str:
    """`model_line` with the version of the prompt, for an answer to keep."""
    line = model_line(answer)
    prompt = answer.drafting.prompt[:PROMPT_DIGITS] if answer.drafting else ""
    return f"{line}; prompt {prompt}" if line and prompt else line


def _tokens(usage: Usage) -> str:
    return f"{usage.tokens_in} tokens read, {usage.tokens_out} written{' (estimated)' if usage.estimated else ''}"


def _draft_facts(drafting: Drafting) -> list[str]:
    facts = []
    if drafting.outcome is Outcome.SHOWN:
        sentences = "sentence" if drafting.claims == 1 else "sentences"
        facts.append(f"{drafting.supported} of {drafting.claims} {sentences} supported, fully or partly")
    else:
        facts.append("its text is not shown")
    if drafting.repeated:
        facts.append(f"{drafting.repeated} left out that said the same again")
    if drafting.dropped:
        passages = "passage" if drafting.dropped == 1 else "passages"
        facts.append(f"{drafting.dropped} {passages} did not fit what it can read")
    return facts
