"""Answers as plain text for a terminal. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.settings import Contact
from assistant.show import listing_words, words, written_words
from assistant.show.refusals import CONTACTS, SAFETY, contact_words, reader_language, refusal_words, shows_contacts
from assistant.types import Answer, Listing, Statement, Status


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
    if answer.status is not Status.ANSWERED and not _empty(answer):
        yield from (words.STATUS[answer.status], "")
    if answer.status is Status.NO_EVIDENCE and not _empty(answer):
        yield from (SAFETY, "")
    if answer.unknown_labels:
        yield from (f"{words.UNKNOWN} {' '.join(f'[{label}]' for label in answer.unknown_labels)}", "")
    if answer.listing is not None:
        yield from _lists_text(answer, answer.listing, width)
    if line := written_words.by_line(answer):
        yield from (*_wrap(line, width), "")
    for publication, run in words.runs(answer):
        if publication:
            yield from _wrap(words.source_words(publication), width)
        yield from _run_text(run, width)
        yield ""
    yield from _remarks_text(answer, width)
    yield from _sources_text(answer, width)
    if line := written_words.model_line(answer):
        yield from ("", *_wrap(f"{line}.", width))


def _remarks_text(answer: Answer, width: int) -> Iterator[str]:
    """How many sentences were withheld, what publications differ on, what is covered; an empty line after each."""
    if line := written_words.withheld_line(answer):
        yield from (f"{line}.", "")
    for difference in answer.differences:
        yield from _wrap(written_words.difference_line(difference), width)
        for saying in difference.readings:
            publication = words.labelled(answer, saying.label)
            label = f" [{saying.label}]" if publication else ""
            source = ", ".join(
                part for part in (words.title_words(publication) if publication else "", saying.dated) if part
            )
            yield from _wrap(f"“{words.framed(saying.words)}”{label} ({source})", width, "  - ", "    ")
        yield ""
    if written_words.shows_coverage(answer):
        yield from (*(f"{words.part_lead(c.part)} {words.COVERED[c.covered]}" for c in answer.coverage), "")


def _empty(answer: Answer) -> bool:
    """Whether the lists asked for have nothing left in them: the counts and the notice say all there is to say."""
    return answer.listing is not None and not answer.listing.items


def _lists_text(answer: Answer, listing: Listing, width: int) -> Iterator[str]:
    """Counts, then every list with its groups; no empty line before, one after."""
    for line in listing_words.count_lines(answer):
        yield from _wrap(f"{line}.", width)
    yield ""
    said: tuple[str, ...] = ()
    for block in listing_words.blocks(answer):
        if block.level == 1:
            yield from _wrap(block.heading.upper(), width)
            if block.first or len(listing.totals) > 1:
                yield from _wrap(block.note, width)
            for source in block.sources if block.sources != said else ():
                yield from _wrap(source, width)
            said = block.sources or said
            yield ""
        else:
            yield from _wrap(block.heading, width)
        for position in block.positions:
            yield from _listed_text(answer, listing, position, width)
        if block.positions:
            yield ""


def _listed_text(answer: Answer, listing: Listing, position: int, width: int) -> Iterator[str]:
    """One item with its labels, why it fits, and what is shown beside it."""
    listed = listing.items[position]
    yield from _wrap(_labelled(answer.statements[position]), width, "  - ", "    ")
    if fits := listing_words.fits_line(listed):
        yield from _wrap(fits, width, "    ")
    for name, said in listing_words.detail_lines(listed.item, listing.wanted.details):
        yield from _wrap(f"{name}: {said}", width, "    ", "      ")


def _run_text(run: Iterable[tuple[int, Statement]], width: int) -> Iterator[str]:
    for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
        if lead:
            yield from _wrap(lead, width, "  ")
        for _, statement in pairs:
            yield from _wrap(_labelled(statement), width, "  - " if lead else "  ", "    " if lead else "  ")


def _labelled(statement: Statement) -> str:
    labels = "".join(f"[{label}]" for label in dict.fromkeys(quote.label for quote in statement.quotes))
    notes = "".join(f" ({note})" for note in (words.SUPPORT[statement.support], *statement.warnings) if note)
    dated = f" ({statement.dated})" if statement.dated else ""
    return f"{statement.text}{dated} {labels}{notes}"


def _sources_text(answer: Answer, width: int) -> Iterator[str]:
    sources = words.cited(answer)
    if sources:
        yield "Sources"
    for source in dict.fromkeys(sources.values()):
        labels = "".join(f"[{label}]" for label, same in sources.items() if same == source)
        yield from _wrap(f"{labels} {source}", width, "  ", "      ")
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
