"""A question of which one part asks for a list and another is open: taken apart, and its two answers put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.types import Answer, Coverage, Covered, Evidence, Statement, Wanted
from assistant.understand.question import Part, content_words, parts


@dataclass(frozen=True, slots=True)
class Mixed:
    """What a question asks for beside a list, and the question without that."""

    listed: str
    open: tuple[Part, ...]  # in order; empty where all of it asks for lists


def taken_apart(question: str, read: Callable[[str], Wanted | None]) -> Mixed:
    """The open parts of a question, as far as what is left without them still asks for a list.

    `read` is the recogniser, without the turns before: a part is open where it asks for no list by itself.
    """
    folded = " ".join(question.split())
    found = tuple(part for part in parts(folded) if _is_open(part, read))
    rest = folded
    for part in found:
        rest = _without(rest, part.text)
    if not found or not rest or read(rest) is None:
        return Mixed(question, ())
    return Mixed(rest, found)


def _is_open(part: Part, read: Callable[[str], Wanted | None]) -> bool:
    """Whether a part asks for no list, neither as it stands nor with the story that it leaves out."""
    return bool(content_words(part.text)) and read(part.text) is None and read(part.reads) is None


def put_together(listed: Answer, other: Answer) -> Answer:
    """The list first, then the statements of the open part, with labels that go on; coverage part by part."""
    shift = len(listed.evidence.passages)
    answered = bool(listed.statements)
    coverage = (
        Coverage(listed.query.stand_alone, Covered.ANSWERED if answered else Covered.NOT),
        *(other.coverage or (Coverage(other.query.question, Covered.NOT),)),
    )
    return replace(
        listed,
        query=replace(listed.query, stand_alone=f"{listed.query.stand_alone}. {other.query.stand_alone}"),
        evidence=Evidence((*listed.evidence.passages, *other.evidence.passages)),
        statements=(*listed.statements, *(_shifted(statement, shift) for statement in other.statements)),
        coverage=coverage,
        nearest=other.nearest,
        notice=" ".join(line for line in (listed.notice, other.notice) if line),
    )


def _shifted(statement: Statement, by: int) -> Statement:
    return replace(statement, quotes=tuple(replace(quote, label=quote.label + by) for quote in statement.quotes))


def _without(text: str, part: str) -> str:
    """A text without one part of it and without what joined that to the rest; the part may begin in capitals."""
    left = re.sub(re.escape(part), " ", text, count=1, flags=re.I)
    left = re.sub(r"^[\s,;.]*(?:(?:and|but|also|as well as)\b[\s,]*)+", "", " ".join(left.split()), flags=re.I)
    return re.sub(r"[\s,;]*(?:\b(?:and|but|as well as)\b[\s,;]*)+(?=[.?!]|$)", "", left, flags=re.I).strip(" ,;")
