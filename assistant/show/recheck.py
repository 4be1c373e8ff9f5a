"""Whether the quotes of a kept answer still stand in the documents as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from assistant.show.sources import Drift, find_again
from assistant.show.words import listed, say
from assistant.types import Answer, Quote
from corpus.errors import IcatError
from corpus.library import Shelf
from corpus.types import PublicationId

Drifts = Mapping[tuple[int, int], Drift]  # (statement, quote) of an answer, both from 0; only what is not NONE
NO_DRIFTS: Drifts = {}


def recheck(answers: Iterable[Answer], shelf: Shelf) -> tuple[Drifts, ...]:
    """For each answer, what became of its quotes. A document is read only when it is not the one that was quoted."""

    @cache
    def digest(id: PublicationId) -> str:
        """'' for a document that is not here."""
        try:
            return shelf.document_sha256(id)
        except IcatError:
            return ""

    def drift(quote: Quote) -> Drift:
        if digest(quote.publication) == quote.document_sha256:
            return Drift.NONE
        try:
            text = shelf.document(quote.publication).text if digest(quote.publication) else ""
        except IcatError:
            return Drift.GONE
        return Drift.GONE if find_again(text, quote.text, quote.start) is None else Drift.MOVED

    return tuple(
        {
            (number, place): found
            for number, statement in enumerate(answer.statements)
            for place, quote in enumerate(statement.quotes)
            if (found := drift(quote)) is not Drift.NONE
        }
        for answer in answers
    )


def changed_line(answer: Answer, drifts: Drifts) -> str:
    """'2 of 5 citations have changed since: 1 stands at another place now, 1 is no longer there'; '' for none."""
    if not drifts:
        return ""
    citations = sum(len(statement.quotes) for statement in answer.statements)
    found = list(drifts.values())
    kinds = listed(f"{found.count(drift)} {say(f'drifted.{drift}')}" for drift in Drift if drift in found)
    return say("changed", citations, changed=len(found), kinds=kinds)
