"""Answers as plain text for a terminal. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant import words
from assistant.refusals import CONTACTS, SAFETY, contact_words, reader_language, refusal_words, shows_contacts
from assistant.settings import Contact
from assistant.types import Answer, Statement, Status


def answer_text(answer: Answer, contacts: Sequence[Contact] = (), width: int = 88) -> str:
    """One answer for a terminal: statements with [n], then the sources by number. No trailing line break."""
    return "\n".join(_text_lines(answer, contacts, width))


def _text_lines(answer: Answer, contacts: Sequence[Contact], width: int) -> Iterator[str]:
    if answer.notice:
        yield from _wrap(f"Note: {answer.notice}", width)
        yield ""
    if answer.refusal is not None:
        if answer.status in (Status.URGENT, Status.REFUSED):
            yield words.STATUS[answer.status]
        for paragraph in refusal_words(answer.refusal, reader_language(answer.query.asked)):
            yield ""
            yield from _wrap(paragraph, width)
        if contacts and shows_contacts(answer.refusal):
            yield from ("", CONTACTS, *(words.printable(line) for line in contact_words(contacts)))
        return
    if answer.query.stand_alone != answer.query.asked:
        yield from (*_wrap(f"Understood as: {answer.query.stand_alone}", width), "")
    if answer.status is not Status.ANSWERED:
        yield from (words.STATUS[answer.status], "")
    if answer.status is Status.NO_EVIDENCE:
        yield from (SAFETY, "")
    if answer.unknown_labels:
        yield from (f"{words.UNKNOWN} {' '.join(f'[{label}]' for label in answer.unknown_labels)}", "")
    for publication, run in words.runs(answer):
        if publication:
            yield from _wrap(words.source_words(publication), width)
        yield from _run_text(run, width)
        yield ""
    if len(answer.coverage) > 1:
        yield from (*(f"{words.printable(c.part)}: {words.COVERED[c.covered]}" for c in answer.coverage), "")
    yield from _sources_text(answer, width)


def _run_text(run: Iterable[tuple[int, Statement]], width: int) -> Iterator[str]:
    for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
        if lead:
            yield from _wrap(lead, width, "  ")
        for _, statement in pairs:
            labels = "".join(f"[{label}]" for label in dict.fromkeys(quote.label for quote in statement.quotes))
            notes = "".join(f" ({note})" for note in (words.SUPPORT[statement.support], *statement.warnings) if note)
            text = f"{statement.text} {labels}{notes}"
            yield from _wrap(text, width, "  - " if lead else "  ", "    " if lead else "  ")


def _sources_text(answer: Answer, width: int) -> Iterator[str]:
    sources = words.cited(answer)
    if sources:
        yield "Sources"
    for label, source in sources.items():
        yield from _wrap(f"[{label}] {source}", width, "  ", "      ")
    if answer.nearest:
        if answer.query.filters:
            yield words.FILTERED
        yield words.NEAREST
    for passage in answer.nearest:
        place = ", ".join(
            part for part in (words.source_words(passage.publication), words.passage_pages(passage)) if part
        )
        yield from _wrap(f"{place}: {words.excerpt(passage)}", width, "  - ", "    ")


def _wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    rest = first if rest is None else rest
    options = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.wrap(words.printable(text), width, initial_indent=first, subsequent_indent=rest, **options)
