"""An answer as lines of text, and a conversation as the lines of a document with numbered notes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.show import blocks, words
from assistant.show.blocks import Block, Role
from assistant.show.draft import is_mixed, title_of
from assistant.show.outline import model_line, outline
from assistant.show.statements import quote_note
from assistant.show.words import choice_words, clauses, listed, printable, say
from assistant.texts.catalogue import day
from assistant.types import Answer, DraftWords, Support, Turn
from corpus.types import BlockKind, Publication

TABLE = (Role.COLUMNS, Role.ROW)
SEEN_ONCE = (Role.HINT, Role.SAFETY, Role.CONTACT, Role.MODEL, Role.NEAREST)  # beside an answer, and in no document


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text and what stands after it."""

    role: Role
    text: str
    pieces: tuple[tuple[str, bool], ...] = ()  # of an extract: the text in pieces, and whether each is marked
    cites: tuple[blocks.Cite, ...] = ()
    dated: str = ""
    doubts: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()  # of a row of a table: those after the text
    place: str = ""  # where an item of a list stands
    notes: tuple[int, ...] = ()  # in a document: numbers of its notes, from 1
    address: str = ""  # of the page of a publication
    follows: bool = False  # in the paragraph of the line before

    @property
    def remark(self) -> str:
        """What a document says of it."""
        return clauses(map(printable, (self.dated, *self.doubts, self.place)))


def lines(shown: Iterable[Block]) -> Iterator[TextLine]:
    """What can be pressed is left out, and so is what was withheld: its number is told."""
    for block in shown:
        match block:
            case blocks.Paragraph(role, text) | blocks.Heading(role, text):
                yield TextLine(role, text)
            case blocks.Pairs(Role.COUNT, pairs):
                yield from (TextLine(Role.COUNT, f"{listed(pair, '; ')}.") for pair in pairs)
            case blocks.Pairs(role, pairs):
                yield from (TextLine(role, " ".join(pair)) for pair in pairs)
            case blocks.Named(role, publication, again):
                origin = words.origin_words(publication.origin)
                yield TextLine(role, origin if again else words.source_words(publication))
            case blocks.SentenceBlock():
                yield _sentence(Role.TEXT, block)
            case blocks.ExtractBlock():
                yield from _extract(block)
            case blocks.Meanings(choices, asked):
                yield from [] if asked else [TextLine(Role.MEANINGS, say("meanings"))]
                yield from (TextLine(Role.MEANING, choice_words(choice)) for choice in choices)
            case blocks.Items():
                for item in block.items:
                    yield from _item(block.role, item)
            case blocks.TableBlock(columns, rows):
                yield TextLine(Role.COLUMNS, columns[0], cells=columns[1:])
                yield from (replace(_sentence(Role.ROW, sentence), cells=cells) for sentence, cells in rows)
            case blocks.SourceList():
                yield from _sources(block)
            case blocks.Group(Role.WITHHELD):
                yield TextLine(Role.WITHHELD, f"{block.folded}.")
            case blocks.Group(Role.MORE, offers):
                yield TextLine(Role.MORE, say("draft.also_near", titles=" · ".join(each.heading for each in offers)))
            case blocks.Group(role, inner, folded):
                yield from [TextLine(role, folded)] if role is Role.NEAREST else []
                yield from lines(inner)


def _extract(extract: blocks.ExtractBlock) -> Iterator[TextLine]:
    """Its heading, and its lines; the labels stand after the last."""
    if extract.heading:
        yield TextLine(Role.LEAD, extract.heading)
    for number, line in enumerate(extract.lines, start=1):
        role = Role.ITEM if line.kind is BlockKind.ITEM else Role.TEXT
        cites = extract.cites if number == len(extract.lines) else ()
        yield TextLine(role, line.text, line.pieces, cites)


def _sentence(role: Role, sentence: blocks.SentenceBlock) -> TextLine:
    doubts = (*filter(None, [sentence.whose]), *sentence.doubts)
    return TextLine(
        role, sentence.text, cites=sentence.cites, dated=sentence.dated, doubts=doubts, follows=sentence.follows
    )


def _item(role: Role, item: blocks.SentenceBlock | blocks.Item) -> Iterator[TextLine]:
    match item:
        case blocks.Item(sentence):
            pages = (cite.page for cite in sentence.cites)
            place = listed(dict.fromkeys((*map(words.title_words, item.sources), *pages)))
            yield replace(_sentence(Role.ITEM, sentence), place=place)
            facts = (*item.facts, (say("facts.caution"), item.caution))
            details = (item.fits, *(say("fact", name=name, text=text) for name, text in facts if text))
            yield from (TextLine(Role.DETAIL, text) for text in details if text)
        case blocks.SentenceBlock() if role is Role.DIFFERENCES:
            said = say("quoted", text=words.framed(printable(item.text)))
            yield TextLine(Role.ITEM, said, cites=item.cites, dated=item.dated)
        case blocks.SentenceBlock() if role is Role.NEAREST:
            yield TextLine(Role.ITEM, f"{item.cites[0].spoken}: {item.text}")
        case blocks.SentenceBlock():
            yield _sentence(Role.ITEM, item)


def _sources(sources: blocks.SourceList) -> Iterator[TextLine]:
    """By label; labels of one publication and the same pages stand together."""
    labels: dict[str, str] = {}
    cited = ((cite, publication) for publication, cites in sources.entries for cite in cites)
    for cite, publication in sorted(cited, key=lambda pair: pair[0].label):
        source = listed((words.source_words(publication), cite.page))
        labels[source] = f"{labels.get(source, '')}[{cite.label}]"
    yield TextLine(Role.SOURCES, say("sources"))
    yield from (TextLine(Role.SOURCE, f"{numbers} {source}") for source, numbers in labels.items())


# --- documents ---


@dataclass(frozen=True, slots=True)
class TextDocument:
    """Note n is notes[n - 1]."""

    lines: tuple[TextLine, ...]
    notes: tuple[str, ...]


def document(turns: Sequence[Turn], version: str, when: date) -> TextDocument:
    """Title, who wrote it, each question with its answer, what a check found, and the list of sources."""
    noted, notes = [], []
    for line in _document(turns, version, when):
        mine = [cite.note for cite in line.cites if cite.note]
        noted.append(replace(line, notes=tuple(range(len(notes) + 1, len(notes) + len(mine) + 1))))
        notes += mine
    return TextDocument(tuple(noted), tuple(notes))


def _document(turns: Sequence[Turn], version: str, when: date) -> Iterator[TextLine]:
    alone = turns[0].answer.draft if len(turns) == 1 else None  # it has a title of its own
    yield TextLine(Role.TITLE, title_of(alone) if alone else say("document.title"))
    yield TextLine(Role.REMARK, written_by(turns, version, when))
    cited: dict[str, Publication] = {}
    for turn in turns:
        if not alone:
            yield TextLine(Role.QUESTION, turn.question)
        for block in outline(turn.answer):
            if isinstance(block, blocks.SourceList):
                cited |= {publication.id: publication for publication, _ in block.entries}
            elif _is_kept(block) and not (alone and _is_title(block)):
                yield from lines([block])
    written = [turn for turn in turns if words.is_written(turn.answer) and turn.answer.statements]
    if written:
        yield TextLine(Role.HEADING, say("document.annex"))
    for turn in written:
        yield TextLine(Role.PUBLICATION, turn.question)
        yield from _checks(turn.answer)
    if cited:
        yield TextLine(Role.HEADING, say("sources"))
    for each in cited.values():
        source = listed((words.source_words(each), listed(each.agencies)), ". ")
        yield TextLine(Role.SOURCE, source, address=each.landing)


def _is_kept(block: Block) -> bool:
    """Whether a document has it: what a reader is asked to choose from, but not what could have been meant instead."""
    if isinstance(block, blocks.Meanings):
        return block.asked
    return getattr(block, "role", None) not in SEEN_ONCE


def _is_title(block: Block) -> bool:
    """Whether it says what a draft is, which the title of its document does, or how it was understood."""
    return getattr(block, "role", None) in (Role.LIST, Role.UNDERSTOOD)


def written_by(turns: Sequence[Turn], version: str, when: date) -> str:
    """One line: what wrote the answers, its version, and the date."""
    models = dict.fromkeys(printable(turn.answer.written_by) for turn in turns if words.is_written(turn.answer))
    made = say("document.made", version=version, date=day(when))
    drafts = [turn.answer.draft for turn in turns if turn.answer.draft]
    if models:
        mixed = any(map(is_mixed, drafts))
        return say("document.drafted" if mixed else "document.written", models=", ".join(models), made=made)
    own = (DraftWords.AFTER, DraftWords.OWN)
    edited = any(line.words in own for draft in drafts for part in draft.parts for line in part.lines)
    return say("document.reworded" if edited else "document.quoted", made=made)


def _checks(answer: Answer) -> Iterator[TextLine]:
    """Each sentence that a language model wrote, what the check found, its quotes word for word, and the versions."""
    stated = answer.statements[len(answer.listing.items) if answer.listing else 0 :]
    for statement in stated:
        if answer.draft and statement.support is Support.VERBATIM:  # it stands in the draft, as a quote
            continue
        yield TextLine(Role.ITEM, statement.text, doubts=(say(f"verdict.{statement.support}"), *statement.warnings))
        yield from (TextLine(Role.DETAIL, quote_note(answer, quote)) for quote in statement.quotes)
    if line := model_line(answer, versions=True):
        yield TextLine(Role.REMARK, f"{line}.")
