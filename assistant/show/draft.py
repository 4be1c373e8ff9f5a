"""A draft as blocks: its title, then part by part what to do and what is quoted for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.show.blocks import (
    Block,
    Button,
    Does,
    Group,
    Heading,
    Items,
    OfferBlock,
    Paragraph,
    Role,
    SentenceBlock,
    TableBlock,
    WriteIn,
)
from assistant.show.recheck import NO_DRIFTS, Drifts
from assistant.show.statements import cites_of, extract_of, sentence
from assistant.show.words import capital, clauses, is_written, label, printable, say
from assistant.types import Answer, Draft, DraftLine, DraftPart, DraftWords

TITLE = 90  # letters of a theme in a title
_CLAUSE = re.compile(r"\s[-–—]\s|[.?!;:(\n。；：？！]+")
_SPACED = re.compile(r"\s")
NO_SOURCE = "◦"  # after words of a language model that name none
WHOLE = -1  # in place of a line: the part itself
OF_LINE, OF_QUOTED = ("up", "down", "edit", "drop"), ("up", "down", "edit", "swap", "drop")
QUOTES = (DraftWords.QUOTED, DraftWords.KEY)
BY_MODEL = (DraftWords.WRITTEN, DraftWords.MODEL)
SUFFIXES = ("docx", "pptx", "md")  # of files to work on


def draft_blocks(answer: Answer, drifts: Drifts = NO_DRIFTS) -> Iterator[Block]:
    """All of a draft; nothing for an answer that has none."""
    if answer.draft is None:
        return
    yield Heading(Role.LIST, title_of(answer.draft))
    whole = is_written(answer) and not is_mixed(answer.draft)
    yield Paragraph(Role.NOTE, say("draft.how_written" if whole else "draft.how"))
    if is_written(answer):
        by = say("draft.by_whole" if whole else "draft.by", model=printable(answer.written_by), sign=NO_SOURCE)
        yield Paragraph(Role.BY, by)
    yield Group(Role.FILES, tuple(Button(Does.SAVE, say(f"draft.save.{suffix}"), suffix) for suffix in SUFFIXES))
    for place, part in enumerate(answer.draft.parts):
        heading = heading_of(answer.draft, place)
        named = (Heading(Role.LEVEL, heading),) if heading else ()
        head = (*named, _changes(_of_part(answer, part), place, WHOLE, heading))
        own = WriteIn(place, say("draft.write"))
        yield Group(Role.DRAFT, (*head, *_lines(answer, place, drifts), *_offers(answer, place), own))


def is_mixed(draft: Draft) -> bool:
    """Whether something in it is quoted: words of a language model then say that they are."""
    return any(line.words in QUOTES for part in draft.parts for line in part.lines)


def title_of(draft: Draft) -> str:
    """'Session plan: interviews with victims for teachers (90 minutes)'; a language model gives one of its own."""
    made = say("draft.title", artefact=capital(label(draft.artefact)), theme=_short(printable(draft.theme)))
    title = printable(draft.title) or made
    return say("draft.minutes", title=title, minutes=draft.minutes) if draft.minutes else title


def _short(theme: str) -> str:
    """The first clause of a theme that goes on, whole words of it."""
    clause = next(
        (piece for piece in _CLAUSE.split(theme) if len(piece.split()) > 1 or not _SPACED.search(theme)), theme
    )
    return clause.strip() if len(clause) <= TITLE else clause[:TITLE].rpartition(" ")[0] or clause[:TITLE]


def heading_of(draft: Draft, place: int) -> str:
    """Of a part, by its place: 'Opening (10 min)', '09:00–09:10 Opening (10 min)' where the day's times are known."""
    part = draft.parts[place]
    if not part.minutes:
        return part.heading
    timed = say("draft.timed", heading=part.heading, minutes=part.minutes)
    before = sum(each.minutes for each in draft.parts[:place])
    days, before = divmod(before, draft.day) if draft.day else (0, before)
    if draft.begins is not None:
        begins = draft.begins + before
        timed = say("draft.clocked", begins=_clock(begins), ends=_clock(begins + part.minutes), timed=timed)
    return say("draft.day", n=days + 1, heading=timed) if draft.day else timed


def _clock(minutes: int) -> str:
    """Minutes after midnight as a clock has them: 570 is '09:30'."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def spoken(line: DraftLine) -> str:
    """The words of a line that are no quote, with its number: '3. Outcome'; of a language model, with a sign."""
    if line.words is DraftWords.MODEL:
        return led(line, f"{line.text} {NO_SOURCE}")
    return say("draft.numbered", number=line.number, text=line.text).strip() if line.number else line.text


def led(line: DraftLine, text: str) -> str:
    """A text with what stands before it."""
    return f"{line.lead} {text}" if line.lead else text


def _of_part(answer: Answer, part: DraftPart) -> Sequence[str]:
    """What can be done to a part; where a model writes, it can write again what it wrote or could have."""
    written = (
        is_written(answer)
        and part.heading
        and any(
            line.words in BY_MODEL or (line.words is DraftWords.QUOTED and answer.statements[line.statement].lines)
            for line in part.lines
        )
    )
    return ("up", "down", "again", "drop") if written else ("up", "down", "drop")


def _changes(does: Sequence[str], part: int, line: int, named: str) -> Group:
    """The buttons that change one line, or a whole part."""
    buttons = (
        Button(Does.REVISE, say(f"draft.does.{each}"), [each, part, line], say(f"draft.to.{each}", line=named[:60]))
        for each in does
    )
    return Group(Role.CHANGES, tuple(buttons))


def _lines(answer: Answer, place: int, drifts: Drifts) -> Iterator[Block]:
    part = answer.draft.parts[place]
    if part.empty:
        yield Paragraph(Role.EMPTY, say("draft.unsure" if part.offers else "draft.empty"))
    for row, run in groupby(enumerate(_joined(part.lines)), key=lambda each: bool(each[1].cells and part.columns)):
        found = list(run)
        changes = [_changes_of(answer, place, number) for number, _ in found]
        if row:
            rows = tuple((_row(answer, line, drifts), line.cells) for _, line in found)
            yield TableBlock(part.columns, rows, tuple(changes))
            continue
        for (_, line), change in zip(found, changes, strict=True):
            yield Group(Role.LINE, (*_line(answer, line, drifts), change))


def _joined(lines: Sequence[DraftLine]) -> Iterator[DraftLine]:
    """Lines of which only what still stands after words of a model goes on in their paragraph."""
    for place, line in enumerate(lines):
        after = place > 0 and lines[place - 1].words in BY_MODEL
        yield line if after or not line.follows else replace(line, follows=False)


def _row(answer: Answer, line: DraftLine, drifts: Drifts) -> SentenceBlock:
    """What stands in the first column."""
    shown = tuple(_line(answer, line, drifts))[-1]
    if isinstance(shown, Items):
        return shown.items[0]
    if isinstance(shown, Group):
        return shown.blocks[0]
    return replace(shown, text=" ".join(spoken(line).split()))  # a reader's words, perhaps of several lines


def _changes_of(answer: Answer, place: int, number: int) -> Group:
    line = answer.draft.parts[place].lines[number]
    named = spoken(line) or answer.statements[line.statement].text
    return _changes(OF_QUOTED if line.words is DraftWords.QUOTED else OF_LINE, place, number, printable(named))


def _offers(answer: Answer, place: int) -> Iterator[Group]:
    """What can be added to a part: folded, but for one in which nothing stands. Without what the draft has."""
    part = answer.draft.parts[place]
    here = {(each.quotes[0].publication, each.quotes[0].start) for each in answer.statements if each.quotes}
    found = []
    for number, offer in enumerate(part.offers):
        if (offer.publication, offer.start) not in here:
            named = printable(offer.heading or offer.first)
            spoken = say("draft.to.add", line=named[:60])
            add = Button(Does.REVISE, say("draft.does.add"), ["add", place, number], spoken)
            found.append(OfferBlock(named, printable(offer.title), printable(offer.first), add))
    if found:
        yield Group(Role.MORE, tuple(found), "" if part.empty else say("draft.more"))


def _line(answer: Answer, line: DraftLine, drifts: Drifts) -> Iterator[Block]:
    if line.words is DraftWords.AFTER:
        yield from _after(answer, line, drifts)
        return
    if line.words is DraftWords.WRITTEN:
        said = sentence(answer, line.statement, drifts)
        whose = say("draft.written") if is_mixed(answer.draft) else ""
        yield Group(Role.WRITTEN, (replace(said, text=led(line, said.text), whose=whose, follows=line.follows),))
        return
    if line.words is DraftWords.MODEL:
        yield Group(Role.WRITTEN, (SentenceBlock(spoken(line), follows=line.follows),))
        return
    if line.words is DraftWords.OWN:
        yield SentenceBlock(line.text, whose=say("draft.own"))
    elif text := spoken(line):
        yield Paragraph(Role.ASKED if line.words is DraftWords.ASKED else Role.TASK, text)
    if line.statement >= 0:
        extract = bool(answer.statements[line.statement].lines)
        shown = sentence(answer, line.statement, drifts)
        yield extract_of(answer, line.statement, drifts) if extract else Items(Role.ITEM, (shown,))


def _after(answer: Answer, line: DraftLine, drifts: Drifts) -> Iterator[Block]:
    """A reader's words, with the label of what they took the place of: that can be compared with them."""
    *before, last = spoken(line).split("\n")
    yield from (Paragraph(Role.TEXT, text) for text in before)
    cites = tuple(
        replace(cite, note=say("draft.after_note", source=cite.note))
        for cite in cites_of(answer, line.statement, drifts)
    )
    doubts = (clauses(line.warnings),) if line.warnings else ()
    yield SentenceBlock(last, cites, line.statement, whose=whose(answer, line), doubts=doubts)


def whose(answer: Answer, line: DraftLine) -> str:
    """'own words, after this source; not checked'"""
    labels = {quote.label for quote in answer.statements[line.statement].quotes}
    checked = say(f"verdict.{line.support}") if line.support else say("draft.unchecked")
    return say("draft.after", len(labels), checked=checked)
