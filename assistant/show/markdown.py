"""An answer or a conversation as a document to keep: its outline with numbered notes, and that as Markdown.

The Word document is made of the same outline in `assistant.show.word`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from assistant.show import listing_words, words, written_words
from assistant.show.refusals import reader_language, refusal_words
from assistant.types import Answer, Listing, Quote, Statement, Status, Turn
from corpus.types import Publication

TITLE = "Answers from publications on trafficking in persons"
ANNEX = "Quotes and checks"


class Part(StrEnum):
    """What a block of an exported document is."""

    TITLE = "title"
    QUESTION = "question"
    PUBLICATION = "publication"  # or a list of the Toolkit
    GROUP = "group"  # of a list
    TEXT = "text"
    LEAD = "lead"  # introduces the items that follow
    ITEM = "item"
    DETAIL = "detail"  # of the item before it
    REMARK = "remark"  # the assistant's own words
    HEADING = "heading"
    SOURCE = "source"  # an entry of the list of sources


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, in one line and without control characters. `notes` are shown after it, by number."""

    part: Part
    text: str
    notes: tuple[int, ...] = ()  # from 1, into Outline.notes
    remark: str = ""  # the assistant's own words on it, after the notes


@dataclass(frozen=True, slots=True)
class Outline:
    """A document before it has a format. Note n is notes[n - 1]."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def outline(turns: Sequence[Turn], version: str, when: date) -> Outline:
    """Title, who wrote it, then each question with its answer, and the list of sources."""
    notes: list[str] = []
    blocks = [Block(Part.TITLE, TITLE), Block(Part.REMARK, written_by(turns, version, when))]
    for turn in turns:
        blocks.append(Block(Part.QUESTION, words.printable(turn.question)))
        blocks.extend(_answer_blocks(turn.answer, notes))
    sources = _sources(turns)
    blocks.extend(_annex(turns))
    if sources:
        blocks.append(Block(Part.HEADING, "Sources"))
        blocks.extend(Block(Part.SOURCE, _source_entry(publication)) for publication in sources)
    return Outline(tuple(blocks), tuple(notes))


def written_by(turns: Sequence[Turn], version: str, when: date) -> str:
    """One line: what wrote the answers, its version, and the date."""
    models = dict.fromkeys(t.answer.written_by for t in turns if t.answer.written_by != words.VERBATIM)
    by = f"ICAT Assistant {version}, {when.isoformat()}."
    if not models:
        return f"Sentences taken word for word from the sources by {by} No language model was used."
    names = ", ".join(words.printable(model) for model in models)
    return f"Written by the language model {names} from the sources, and checked against them by {by}"


def to_markdown(turns: Sequence[Turn], version: str, when: date) -> str:
    """The conversation as Markdown with footnotes. Text of documents is escaped: it stays text."""
    document = outline(turns, version, when)
    pieces = []
    for kind, run in groupby(document.blocks, key=lambda block: _RUNS.get(block.part)):
        pieces.append(("\n" if kind else "\n\n").join(_markdown(block) for block in run))
    pieces.append("\n".join(f"[^{number}]: {escape(note)}" for number, note in enumerate(document.notes, start=1)))
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~$#^&])")
_ACTIVE_AT_START = re.compile(r"^(\d+(?=[.)])|)([-+=.)])")


def escape(text: str) -> str:
    """Text in one line that Markdown shows as it is."""
    text = _ACTIVE.sub(r"\\\1", words.printable(text))
    return _ACTIVE_AT_START.sub(r"\1\\\2", text)


_MARKS = {
    Part.TITLE: "# ",
    Part.QUESTION: "## ",
    Part.HEADING: "## ",
    Part.PUBLICATION: "### ",
    Part.GROUP: "#### ",
    Part.ITEM: "- ",
    Part.DETAIL: "  - ",
    Part.SOURCE: "- ",
    Part.LEAD: "",
    Part.TEXT: "",
    Part.REMARK: "",
}

_RUNS = {Part.ITEM: Part.ITEM, Part.DETAIL: Part.ITEM, Part.SOURCE: Part.SOURCE}  # no empty line within these


def _markdown(block: Block) -> str:
    text = escape(block.text)
    text = f"*{text}*" if block.part is Part.REMARK else _MARKS[block.part] + text
    text += "".join(f"[^{number}]" for number in block.notes)
    return f"{text} *({escape(block.remark)})*" if block.remark else text


def _answer_blocks(answer: Answer, notes: list[str]) -> Iterator[Block]:
    """The blocks of one answer; its quotes are appended to `notes`."""
    if answer.notice:
        yield Block(Part.REMARK, words.printable(answer.notice))
    if answer.refusal is not None:
        for paragraph in refusal_words(answer.refusal, reader_language(answer.query.asked)):
            yield Block(Part.REMARK, paragraph)
        return
    if answer.query.stand_alone != answer.query.asked:
        yield Block(Part.REMARK, words.printable(f"Understood as: {answer.query.stand_alone}"))
    if answer.status is not Status.ANSWERED and not (answer.listing and not answer.listing.items):
        yield Block(Part.REMARK, words.STATUS[answer.status])
    if answer.unknown_labels:
        labels = " ".join(f"[{label}]" for label in answer.unknown_labels)
        yield Block(Part.REMARK, f"{words.UNKNOWN} {labels}")
    if answer.listing is not None:
        yield from _list_blocks(answer, answer.listing)
    if line := written_words.by_line(answer):
        yield Block(Part.REMARK, line)
    for publication, run in words.runs(answer):
        if publication is not None:
            yield Block(Part.PUBLICATION, words.source_words(publication))
        for lead, pairs in groupby(run, key=lambda pair: pair[1].lead):
            if lead:
                yield Block(Part.LEAD, words.printable(lead))
            for _, statement in pairs:
                yield _statement_block(answer, statement, Part.ITEM if lead else Part.TEXT, notes)
    if line := written_words.withheld_line(answer):
        yield Block(Part.REMARK, f"{line}.")
    yield from _difference_blocks(answer, notes)
    if written_words.shows_coverage(answer):
        parts = (f"{words.part_lead(part.part)} {words.COVERED[part.covered]}" for part in answer.coverage)
        yield Block(Part.REMARK, "; ".join(parts))


def _difference_blocks(answer: Answer, notes: list[str]) -> Iterator[Block]:
    """What publications differ on: each sentence with its source as a note."""
    for difference in answer.differences:
        yield Block(Part.LEAD, written_words.difference_line(difference))
        for saying in difference.readings:
            publication = words.labelled(answer, saying.label)
            said = words.framed(words.printable(saying.words))
            if publication is None:
                yield Block(Part.ITEM, f"“{said}”", remark=words.printable(saying.dated))
                continue
            notes.append(_noted(publication, words.passage_pages(answer.evidence[saying.label]), saying.words))
            yield Block(Part.ITEM, f"“{said}”", (len(notes),), words.printable(saying.dated))


def _list_blocks(answer: Answer, listing: Listing) -> Iterator[Block]:
    """The lists with their counts and sources. An item is its source's own words, so it says only its page."""
    for line in listing_words.count_lines(answer):
        yield Block(Part.REMARK, f"{line}.")
    for block in listing_words.blocks(answer):
        if block.level == 1:
            yield Block(Part.PUBLICATION, block.heading)
            yield from (Block(Part.REMARK, source) for source in block.sources)
            if block.note and (block.first or len(listing.totals) > 1):
                yield Block(Part.REMARK, block.note)
        else:
            yield Block(Part.GROUP, block.heading)
        for position in block.positions:
            yield from _listed_blocks(answer, listing, position)


def _listed_blocks(answer: Answer, listing: Listing, position: int) -> Iterator[Block]:
    """One item of a list with its page, then what is said beside it."""
    listed, statement = listing.items[position], answer.statements[position]
    place = listing_words.place_of(answer, position)
    yield Block(Part.ITEM, words.printable(statement.text), remark=place)
    if fits := listing_words.fits_line(listed):
        yield Block(Part.DETAIL, words.printable(fits))
    for name, said in listing_words.detail_lines(listed.item, listing.wanted.details):
        yield Block(Part.DETAIL, words.printable(f"{name}: {said}"))


def _statement_block(answer: Answer, statement: Statement, part: Part, notes: list[str]) -> Block:
    numbers = []
    for quote in statement.quotes:
        notes.append(_note(answer, quote))
        numbers.append(len(notes))
    remarks = [words.SUPPORT[statement.support], *statement.warnings]
    remark = "; ".join(words.printable(remark) for remark in (statement.dated, *remarks) if remark)
    return Block(part, words.printable(statement.text), tuple(numbers), remark)


def _note(answer: Answer, quote: Quote) -> str:
    """'Title, 2014, p. 12 (PDF p. 14): “the quote”'"""
    publication = words.labelled(answer, quote.label)
    if publication is None:
        return f"Unknown source [{quote.label}]: “{words.printable(quote.text)}”"
    return _noted(publication, words.quote_pages([quote], publication), quote.text)


def _noted(publication: Publication, pages: str, text: str) -> str:
    place = [words.title_words(publication), publication.date_label, pages, words.ORIGIN[publication.origin]]
    return f"{', '.join(part for part in place if part)}: “{words.framed(words.printable(text))}”"


def _annex(turns: Sequence[Turn]) -> Iterator[Block]:
    """Each sentence that a language model wrote, what the check found, its quotes word for word, and the versions."""
    written = [turn for turn in turns if written_words.is_written(turn.answer) and turn.answer.statements]
    if written:
        yield Block(Part.HEADING, ANNEX)
    for turn in written:
        answer = turn.answer
        yield Block(Part.PUBLICATION, words.printable(turn.question))
        for statement in answer.statements[len(answer.listing.items) if answer.listing else 0 :]:
            yield Block(Part.ITEM, words.printable(statement.text), remark=written_words.verdict(statement))
            yield from (Block(Part.DETAIL, _note(answer, quote)) for quote in statement.quotes)
        if line := written_words.versions_line(answer):
            yield Block(Part.REMARK, f"{line}.")


def _sources(turns: Sequence[Turn]) -> list[Publication]:
    """The publications cited, each once, in order of first use."""
    found: dict[str, Publication] = {}
    for turn in turns:
        labels = [quote.label for statement in turn.answer.statements for quote in statement.quotes]
        labels += [saying.label for difference in turn.answer.differences for saying in difference.readings]
        for label in labels:
            publication = words.labelled(turn.answer, label)
            if publication is not None:
                found.setdefault(publication.id, publication)
    return list(found.values())


def _source_entry(publication: Publication) -> str:
    agencies = ", ".join(publication.agencies)
    entry = [words.source_words(publication), agencies, publication.landing]
    return words.printable(". ".join(part for part in entry if part))
