"""Statements as sentences with their labels, and everything cited by publication. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.show import words
from assistant.show.blocks import (
    NEAREST,
    SAYING,
    Cite,
    ExtractBlock,
    ExtractLine,
    Group,
    Items,
    Paragraph,
    Role,
    SentenceBlock,
    SourceList,
)
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.sources import Drift
from assistant.show.words import date_words, listed, printable, say
from assistant.types import Answer, Form, Quote, Statement, Support
from corpus.types import Publication, PublicationId


def sentence(answer: Answer, number: int, drifts: Drifts = NO_DRIFTS) -> SentenceBlock:
    """Statement `number`, from 0. Of a language model's: what is doubted is marked, and pages stand with the sources.

    An item of a list is its source's own words, so that it needs no note; a draft has quotes beside written sentences.
    """
    statement = answer.statements[number]
    item = answer.listing is not None and number < len(answer.listing.items)
    quoted = answer.draft is not None and statement.support is Support.VERBATIM
    written = words.is_written(answer) and not item and not quoted
    cites, now = [], [drifts.get((number, place), Drift.NONE) for place in range(len(statement.quotes))]
    for place, (quote, drift) in enumerate(zip(statement.quotes, now, strict=True)):
        publication = words.labelled(answer, quote.label)
        page = words.quote_pages([quote], publication) if publication else ""
        spoken = _spoken(quote.label, publication, page, drift)
        note = "" if item else _draft_note(answer, quote) if quoted else quote_note(answer, quote)
        cites.append(Cite(quote.label, (number, place), spoken, "" if written else page, drift is not Drift.NONE, note))
    reasons = doubts(statement)
    return SentenceBlock(
        statement.text,
        tuple(cites),
        number,
        statement.dated,
        reasons,
        weak=statement.support in (Support.PARTIAL, Support.NONE),
        mark=say(f"doubt.{statement.support}") if written and reasons else "",
        changed=say("source_changed") if written and Drift.GONE in now else "",
    )


def extract_of(answer: Answer, number: int, drifts: Drifts = NO_DRIFTS) -> ExtractBlock:
    """Statement `number`, from 0, an extract: its lines with what answers marked, and one label a passage."""
    statement = answer.statements[number]
    found, start = [], 0
    for kind, text in zip(statement.lines, statement.text.split("\n"), strict=True):
        found.append(ExtractLine(kind, tuple(_pieces(text, start, statement.marks))))
        start += len(text) + 1
    return ExtractBlock(statement.lead, tuple(found), cites_of(answer, number, drifts), number)


def cites_of(answer: Answer, number: int, drifts: Drifts = NO_DRIFTS) -> tuple[Cite, ...]:
    """The labels of statement `number`, from 0, each once."""
    cites = {cite.label: cite for cite in reversed(sentence(answer, number, drifts).cites)}
    return tuple(reversed(cites.values()))


def _pieces(text: str, start: int, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A line cut where marks begin and end; `start` is its place in the whole text."""
    place = 0
    for begin, end in sorted(marks):
        begin, end = max(begin - start, place), min(end - start, len(text))
        if begin < end:
            if begin > place:
                yield text[place:begin], False
            yield text[begin:end], True
            place = end
    if place < len(text):
        yield text[place:], False


def doubts(statement: Statement) -> tuple[str, ...]:
    """Why it is less than fully supported; () where it is."""
    return tuple(reason for reason in (say(f"support.{statement.support}"), *statement.warnings) if reason)


def _spoken(label: int, publication: Publication | None, page: str, drift: Drift = Drift.NONE) -> str:
    where = listed((words.title_words(publication) if publication else "", page))
    said = say("label", label=label, where=where) if where else say("label_alone", label=label)
    return said if drift is Drift.NONE else say("label_drifted", label=said, drifted=say(f"drifted.{drift}"))


def quote_note(answer: Answer, quote: Quote) -> str:
    """'Title, 2014, p. 12 (PDF p. 14): “the quote”'"""
    publication = words.labelled(answer, quote.label)
    if publication is None:
        return _note(say("document.unknown_source", label=quote.label), quote.text)
    return _note(_place(publication, words.quote_pages([quote], publication)), quote.text)


def _draft_note(answer: Answer, quote: Quote) -> str:
    """The source alone: in a draft the words stand above it, in full."""
    publication = words.labelled(answer, quote.label)
    return _place(publication, words.quote_pages([quote], publication)) if publication else quote_note(answer, quote)


def _place(publication: Publication, pages: str) -> str:
    title, origin = words.title_words(publication), words.origin_words(publication.origin)
    return listed((title, date_words(publication), pages, origin))


def _note(source: str, text: str) -> str:
    return say("document.note", source=source, text=words.framed(printable(text)))


# --- what stands beside the statements of an answer ---


def withheld(answer: Answer) -> Iterator[Group]:
    """The sentences of a draft that no source supports."""
    if answer.withheld:
        sentences = tuple(SentenceBlock(each.text, doubts=doubts(each)) for each in answer.withheld)
        inner = (Paragraph(Role.HINT, say("withheld_hint")), Items(Role.WITHHELD, sentences))
        yield Group(Role.WITHHELD, inner, say("withheld", len(answer.withheld)))


def differences(answer: Answer) -> Iterator[Group]:
    """Every subject on which publications differ, with what each says; a fact of the catalogue has no label."""
    first = 0
    for difference in answer.differences:
        sayings = []
        for place, saying in enumerate(difference.readings, start=first):
            publication = words.labelled(answer, saying.label)
            source, cites = printable(saying.dated), ()
            if publication is not None:
                source = listed((words.title_words(publication), source))
                pages = words.passage_pages(answer.evidence[saying.label])
                note = _note(_place(publication, pages), saying.words)
                spoken = say("label", label=saying.label, where=source)
                cites = (Cite(saying.label, (SAYING, place), spoken, note=note),)
            sayings.append(SentenceBlock(saying.words, cites, dated=source))
        first += len(difference.readings)
        lead = Paragraph(Role.DIFFERENCE, say("differ", subject=printable(difference.subject)))
        yield Group(Role.DIFFERENCES, (lead, Items(Role.DIFFERENCES, tuple(sayings))))


def nearest(answer: Answer) -> Iterator[Group]:
    """The passages that are offered where nothing answers."""
    near = []
    for label, passage in enumerate(answer.nearest, start=1):
        place = listed((words.source_words(passage.publication), words.passage_pages(passage)))
        near.append(SentenceBlock(words.excerpt(passage), (Cite(label, (NEAREST, ""), place),)))
    if near:
        yield Group(Role.NEAREST, (Items(Role.NEAREST, tuple(near)),), say("nearest"))


def sources(answer: Answer) -> Iterator[SourceList]:
    """Every publication that a statement or a difference names, in the order of labels."""
    places: dict[int, tuple[int | str, int]] = {}
    for number, statement in enumerate(answer.statements):
        for place, quote in enumerate(statement.quotes):
            places.setdefault(quote.label, (number, place))
    for place, saying in enumerate(saying for difference in answer.differences for saying in difference.readings):
        places.setdefault(saying.label, (SAYING, place))
    entries: dict[PublicationId, tuple[Publication, list[Cite]]] = {}
    for label in sorted(places):
        if publication := words.labelled(answer, label):
            quotes = (quote for each in answer.statements for quote in each.quotes if quote.label == label)
            pages = words.quote_pages(quotes, publication)
            cite = Cite(label, places[label], _spoken(label, publication, pages), pages)
            entries.setdefault(publication.id, (publication, []))[1].append(cite)
    if entries:
        shown = tuple((publication, tuple(cites)) for publication, cites in entries.values())
        yield SourceList(shown, named=not (words.is_written(answer) or answer.draft or answer.form is Form.SOURCE))
