"""A draft as PowerPoint: one idea a slide, what was quoted in full in the notes, with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assistant.errors import NoSlides
from assistant.show.draft import BY_MODEL, heading_of, is_mixed, led, spoken, title_of, whose
from assistant.show.lines import written_by
from assistant.show.statements import cites_of, quote_note
from assistant.show.word import right_to_left, set_properties
from assistant.show.words import clauses, labelled, printable, say, source_words, title_words
from assistant.types import Answer, Artefact, Draft, DraftLine, DraftWords, Statement, Turn
from corpus.types import BlockKind, Publication

if TYPE_CHECKING:
    from pptx.presentation import Presentation

WIDE_MM, HIGH_MM = 338.7, 190.5  # 16 to 9
MOST_LINES, MOST_LETTERS = 6, 620  # on one slide
FEW_LETTERS = 280  # that are set larger
BODY, SMALL = 20, 11  # points
INK = (0x0C, 0x5A, 0x63)  # of titles


@dataclass(frozen=True, slots=True)
class Slide:
    """`notes`: what the speaker reads, a paragraph each."""

    title: str
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    sources: Sequence[str] = ()  # each with its label


def slides_of(answer: Answer) -> tuple[Slide, ...]:
    """The slides of a draft, in order, without that of its title and that of its sources."""
    parts = len(answer.draft.parts) if answer.draft else 0
    return tuple(slide for place in range(parts) for slide in _of_part(answer, place))


def to_pptx(answer: Answer, version: str, when: date) -> bytes:
    """The bytes of a .pptx file. NoSlides for an answer that is no draft."""
    import pptx
    from pptx.util import Mm

    if answer.draft is None:
        raise NoSlides(say("draft.no_slides"))
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Mm(WIDE_MM), Mm(HIGH_MM)
    title = title_of(answer.draft)
    set_properties(made, title, version, when)
    _add(made, Slide(title, (written_by((Turn("", answer),), version, when),)))
    for slide in slides_of(answer):
        _add(made, slide)
    sources = _numbered(answer, range(1, len(answer.evidence.passages) + 1), source_words)
    for each in _paged(sources, say("sources")):
        _add(made, each)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _of_part(answer: Answer, place: int) -> Iterator[Slide]:
    """Sentences and questions together, as many as are read at a glance; each extract on a slide of its own."""
    part, said = answer.draft.parts[place], _said(answer.draft, place)
    tasks = (
        *(line.text for line in part.lines if line.words is DraftWords.TASK),
        *(
            note
            for line in said
            for note in (*_texts(answer, line), *(_notes_of(answer, line) if line.statement >= 0 else ()))
        ),
    )
    before, title = tasks, heading_of(answer.draft, place) or title_of(answer.draft)
    for extract, run in groupby(
        (line for line in part.lines if line.words is not DraftWords.TASK and line not in said), _is_extract(answer)
    ):
        for slide in _extracts(answer, title, run) if extract else _short(answer, title, run):
            yield Slide(slide.title, slide.lines, (*before, *slide.notes), slide.sources)
            before = ()
    if before:
        yield Slide(title, before)


def _said(draft: Draft, place: int) -> list[DraftLine]:
    """What a language model wrote below the items of a slide: its speaker says it."""
    lines = draft.parts[place].lines
    if draft.artefact is not Artefact.SLIDES or not any(line.lead for line in lines):
        return []
    found, beside = [], False
    for line in lines:
        beside = not line.lead and (beside or not line.follows)
        found += [line] if beside and line.words in BY_MODEL else []
    return found


def _is_extract(answer: Answer) -> Any:
    own = DraftWords.AFTER
    return lambda line: line.words is not own and line.statement >= 0 and bool(answer.statements[line.statement].lines)


def _extracts(answer: Answer, title: str, lines: Iterator[DraftLine]) -> Iterator[Slide]:
    for line in lines:
        statement = answer.statements[line.statement]
        notes = (*filter(None, [spoken(line)]), *_notes(answer, statement))
        for slide in _paged(_told(statement), statement.lead or title):
            yield replace(slide, notes=notes, sources=_cited(answer, [statement]))
            notes = ()


def _told(statement: Statement) -> tuple[str, ...]:
    """What of an extract stands on its slide: the lines of its list, else the sentences that answer, else all."""
    lines = statement.text.split("\n")
    items = [text for text, kind in zip(lines, statement.lines, strict=True) if kind is BlockKind.ITEM]
    marked = [statement.text[start:end] for start, end in statement.marks]
    return tuple(items or marked or lines)


def _short(answer: Answer, title: str, lines: Iterator[DraftLine]) -> Iterator[Slide]:
    told = [(text, line) for line in lines for text in _texts(answer, line)]
    for run in _runs([text for text, _line in told]):
        shown = dict.fromkeys(line for _text, line in told[run])
        quoted = [answer.statements[line.statement] for line in shown if line.statement >= 0]
        notes = (note for line in shown if line.statement >= 0 for note in _notes_of(answer, line))
        yield Slide(title, tuple(text for text, _line in told[run]), tuple(notes), _cited(answer, quoted))


def _texts(answer: Answer, line: DraftLine) -> list[str]:
    """What stands on a slide of a line that is no extract, and whose words it is where it is no quote."""
    if line.words is DraftWords.AFTER:
        return _reworded(answer, line)
    if line.words is DraftWords.OWN:
        return [f"{line.text} ({say('draft.own')})"]
    if line.words in BY_MODEL:
        text = spoken(line) or led(line, answer.statements[line.statement].text)
        row = " · ".join(filter(None, (text, *line.cells)))
        mixed = line.words is DraftWords.WRITTEN and is_mixed(answer.draft)
        return [f"{row} ({say('draft.written')})" if mixed else row]
    quoted = line.words is DraftWords.QUOTED and line.statement >= 0
    return [answer.statements[line.statement].text if quoted else spoken(line)]


def _notes_of(answer: Answer, line: DraftLine) -> list[str]:
    if line.words is DraftWords.AFTER:
        return [say("draft.after_note", source=cite.note) for cite in cites_of(answer, line.statement)]
    return _notes(answer, answer.statements[line.statement])


def _reworded(answer: Answer, line: DraftLine) -> list[str]:
    """The lines of a reader's words; the last says that they are."""
    labels = "".join(f"[{cite.label}]" for cite in cites_of(answer, line.statement))
    return f"{spoken(line)} {labels} ({whose(answer, line)})".split("\n")


def _cited(answer: Answer, statements: Sequence[Statement]) -> list[str]:
    """The publications of statements, by title."""
    return _numbered(answer, (quote.label for each in statements for quote in each.quotes), title_words)


def _numbered(answer: Answer, labels: Iterable[int], named: Callable[[Publication], str]) -> list[str]:
    """'[1][2] Title': the publication of each label, once, behind all its labels."""
    numbers: dict[str, str] = {}
    for label in sorted(set(labels)):
        if publication := labelled(answer, label):
            name = named(publication)
            numbers[name] = f"{numbers.get(name, '')}[{label}]"
    return [f"{found} {name}" for name, found in numbers.items()]


def _paged(told: Sequence[str], title: str) -> Iterator[Slide]:
    """Lines on as many slides as they need."""
    for run in _runs(told):
        yield Slide(title, tuple(told[run]))


def _runs(told: Sequence[str]) -> Iterator[slice]:
    """Which lines stand on one slide together."""
    first = letters = 0
    for place, text in enumerate(told):
        if place > first and (place - first == MOST_LINES or letters + len(text) > MOST_LETTERS):
            yield slice(first, place)
            first, letters = place, 0
        letters += len(text)
    if told:
        yield slice(first, len(told))


def _notes(answer: Answer, statement: Statement) -> list[str]:
    return [quote_note(answer, quote) for quote in statement.quotes]


def _add(made: Presentation, slide: Slide) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Mm, Pt

    page = made.slides.add_slide(made.slide_layouts[5])  # a title, and room
    title = page.shapes.title
    title.left, title.top, title.width, title.height = Mm(18), Mm(10), Mm(WIDE_MM - 36), Mm(28)
    title.text_frame.text = printable(slide.title)
    title.text_frame.word_wrap = True
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    body = page.shapes.add_textbox(Mm(18), Mm(42), Mm(WIDE_MM - 36), Mm(HIGH_MM - 60)).text_frame
    body.word_wrap = True
    letters = sum(map(len, slide.lines))
    size = BODY + 6 if letters <= FEW_LETTERS else BODY if letters <= MOST_LETTERS else BODY - 5
    for n, text in enumerate(slide.lines):
        paragraph = body.paragraphs[0] if n == 0 else body.add_paragraph()
        paragraph.text, paragraph.space_after = printable(text), Pt(8)
        paragraph.font.size = Pt(size)
        _set_direction(paragraph, text, PP_ALIGN)
    for paragraph in title.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold, paragraph.alignment = Pt(30), True, PP_ALIGN.LEFT
        paragraph.font.color.rgb = RGBColor(*INK)
        _set_direction(paragraph, slide.title, PP_ALIGN)
    if slide.sources:
        foot = page.shapes.add_textbox(Mm(18), Mm(HIGH_MM - 15), Mm(WIDE_MM - 36), Mm(10)).text_frame
        foot.text = clauses(slide.sources)
        foot.paragraphs[0].font.size = Pt(SMALL)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = "\n".join(map(printable, slide.notes))


def _set_direction(paragraph: Any, text: str, alignment: Any) -> None:
    if right_to_left(text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = alignment.RIGHT
