"""Look-alikes of a programme toolkit, in words of our own, with every fault that was seen in real ones.

A layout says how the pages are set; `build` writes the file and gives the items that stand in it. Lines are broken
here and drawn one by one, so that a column, a page or a hyphen falls in the middle of an item.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

WIDTH, HEIGHT = 595.0, 842.0
BODY, BOLD = "Helvetica", "Helvetica-Bold"
SYMBOLS = "Vera"  # comes with reportlab; has no private characters, but its map names them as a symbol font's does
FILLER = (
    "This section is for people who plan such work and have little time. Read it with a colleague who knows the place "
    "and mark what does not apply there.",
    "None of this replaces advice from the people concerned. Talk to them first, and pay them for their time.",
    "What follows was put together from talks with teams in several countries over many years.",
)
# Without their ligature these are other words: no reader can know that "food" was "flood".
AMBIGUOUS = re.compile(
    r"\b(?:flood\w*|filed|fled|flee|flight\w*|flat\w*|flow\w*|fine[sd]?|fill\w*|flag\w*|fly|fit|float\w*)\b", re.I
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
Known = tuple[Activity | None, ItemKind, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a look-alike is set."""

    name: str
    columns: int = 1
    marks: tuple[Callable[[int], str], ...] = (lambda n: "•",) * 3  # of lessons, questions, indicators; from 1
    size: float = 10.0
    lost: bool = False  # the letters after the first of each ligature
    hyphens: bool = False  # words broken at line ends
    across: bool = False  # lines of both columns drawn from side to side
    navigation: bool = False  # section names on top of every page, "Contents 1/2" at the foot
    table: tuple[str, ...] = ()  # heads of the indicator table; none: a list
    hang: bool = True  # lines after the first stand under the text, not under the mark
    gap: float = 3.0  # points between items
    names: tuple[str, str, str] = ("Lessons learned", "Questions for programme design", "Possible indicators")
    title: Callable[[int, str], str] = lambda number, name: name
    grouped: bool = False  # sub-headings within questions and indicators
    prose: bool = True  # introductions before the lists
    pages: bool = False  # every section begins a page


@dataclass(slots=True)
class Line:
    text: str
    x: float
    font: str
    size: float


@dataclass(slots=True)
class Block:
    """Lines that follow one another, and the space before them. `row`: cells, side by side."""

    lines: list[Line]
    before: float
    together: int = 1  # lines that must not be parted at the beginning: headings stay with what follows
    row: list[list[Line]] = field(default_factory=list)


def items(
    seed: int, sections: int = 3, most: tuple[int, int, int] = (5, 8, 7), lost: bool = False
) -> dict[Activity, dict[ItemKind, list]]:
    """Starter items at random: for some activity types, some of each kind. Their order is that of the library."""
    chance = random.Random(seed)
    chosen = sorted(chance.sample(list(Activity), sections), key=list(Activity).index)
    library = [item for item in starter_items() if not (lost and AMBIGUOUS.search(item.text))]
    return {
        activity: {
            kind: sorted(
                chance.sample(pool := [i for i in library if i.activity is activity and i.kind is kind], number),
                key=pool.index,
            )
            for kind, number in zip(ItemKind, most, strict=True)
        }
        for activity in chosen
    }


def lose(text: str) -> str:
    """What is left of the ligatures of a font whose map names only their first letter, or first two of "ffi"."""
    return re.sub(r"(ff)[il]|f[il]", lambda match: match.group(1) or "f", text)


def build(path: Path, layout: Layout, seed: int) -> list[Known]:
    """Writes the file; gives what it lists, in order."""
    registerFont(TTFont(SYMBOLS, "Vera.ttf"))
    setter = _Setter(layout, seed)
    chosen = items(seed, lost=layout.lost)
    known: list[Known] = []
    for number, (activity, kinds) in enumerate(chosen.items(), start=1):
        setter.heading(layout.title(number, _title(activity)), 17, new_page=layout.pages or layout.columns == 2)
        if layout.prose:
            setter.paragraph(FILLER[number % len(FILLER)])
        for kind, name, mark in zip(ItemKind, layout.names, layout.marks, strict=True):
            setter.heading(name, 12)
            if layout.prose and kind is not ItemKind.INDICATOR:
                setter.paragraph("The points below are short, and they are not in an order of weight.")
            if layout.table and kind is ItemKind.INDICATOR:
                setter.table(kinds[kind])
            else:
                setter.list(kinds[kind], mark, grouped=layout.grouped and kind is not ItemKind.LESSON)
            known += [(activity, kind, item.text) for item in kinds[kind]]
    setter.write(path)
    return known


def _title(activity: Activity) -> str:
    return activity.value.capitalize()


def _mark_font(sign: str) -> str:
    return SYMBOLS if "\ue000" <= sign[:1] <= "\uf8ff" else BODY


class _Setter:
    """Breaks text into lines and puts them on pages."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self.layout = layout
        self.chance = random.Random(seed)
        self.blocks: list[Block | None] = []  # None: a new page
        self.margin = 64.0
        gutter = 24.0
        self.column = (WIDTH - 2 * self.margin - gutter * (layout.columns - 1)) / layout.columns
        self.step = self.column + gutter

    def heading(self, text: str, size: float, new_page: bool = False) -> None:
        if new_page and self.blocks:
            self.blocks.append(None)
        lines = [Line(t, 0, BOLD, size) for t in self.broken(text, self.column, BOLD, size, hyphens=False)]
        self.blocks.append(Block(lines, 1.1 * size, together=len(lines) + 3))

    def paragraph(self, text: str) -> None:
        size = self.layout.size
        lines = [Line(t, 0, BODY, size) for t in self.broken(text, self.column, BODY, size)]
        self.blocks.append(Block(lines, 6))

    def list(self, chosen: Sequence, mark: Callable[[int], str], grouped: bool) -> None:
        size, group = self.layout.size, ""
        for number, item in enumerate(chosen, start=1):
            name = (item.group or f"{item.level.value} indicators").capitalize() if grouped else ""
            if name != group:
                group = name
                lines = [Line(t, 0, BOLD, size) for t in self.broken(group, self.column, BOLD, size, hyphens=False)]
                self.blocks.append(Block(lines, 8, together=len(lines) + 2))
            sign = mark(number)
            indent = stringWidth(sign, _mark_font(sign), size) + 6 if sign else 0.0
            hang = indent if self.layout.hang else 0.0
            texts = self.broken(item.text, self.column - hang, BODY, size, first=indent - hang)
            lines = [Line(t, hang, BODY, size) for t in texts]
            lines[0] = Line(lines[0].text, indent, BODY, size)
            if sign:
                lines[0] = Line(f"{sign}\t{lines[0].text}", 0, BODY, size)
            self.blocks.append(Block(lines, self.layout.gap))

    def table(self, chosen: Sequence) -> None:
        heads = self.layout.table
        width = self.column / sum(_SHARES[head] for head in heads)
        widths = [_SHARES[head] * width for head in heads]
        self._row(heads, widths, BOLD)
        for number, item in enumerate(chosen, start=1):
            self._row([_CELLS[head](item, number) for head in heads], widths, BODY)

    def _row(self, texts: Sequence[str], widths: Sequence[float], font: str) -> None:
        row, x, size = [], 0.0, self.layout.size - 1
        for text, width in zip(texts, widths, strict=True):
            broken = self.broken(text, width - 12, font, size) if text else []
            row.append([Line(t, x, font, size) for t in broken])
            x += width
        self.blocks.append(Block([], 8, row=row))

    def broken(
        self, text: str, width: float, font: str, size: float, first: float = 0.0, hyphens: bool | None = None
    ) -> list[str]:
        """Lines that fit; `first`: how much narrower the first one is."""
        hyphens = self.layout.hyphens if hyphens is None else hyphens
        text = lose(text) if self.layout.lost else text
        lines, current, room = [], "", width - first
        for word in text.split(" "):
            joined = f"{current} {word}" if current else word
            if stringWidth(joined, font, size) <= room:
                current = joined
                continue
            head = self._head(word, room - stringWidth(current + " -", font, size), font, size) if hyphens else ""
            if head:
                current, word = f"{current} {head}" if current else head, word[len(head.rstrip("-")) :].lstrip("-")
                current = current if current.endswith("-") else current + "-"
            lines.append(current)
            current, room = word, width
        return [*lines, current]

    def _head(self, word: str, room: float, font: str, size: float) -> str:
        """The part of a word that still fits on the line: up to its own hyphen, or between vowel and consonant."""
        if "-" in word[2:-2]:
            head = word[: word.index("-", 2) + 1]
            return head if stringWidth(head, font, size) <= room else ""
        if not re.fullmatch(r"[a-z]{7,}[,.;:?)]?", word) or self.chance.random() < 0.4:
            return ""
        places = [m.start() + 1 for m in re.finditer(r"[aeiou][bcdfgklmnprstv](?=[aeiou])", word) if m.start() >= 2]
        fitting = [p for p in places if p <= len(word) - 4 and stringWidth(word[:p], font, size) <= room]
        return word[: fitting[-1]] if fitting else ""

    def write(self, path: Path) -> None:
        canvas = Canvas(str(path))
        pages = self._pages()
        for number, page in enumerate(pages, start=1):
            self._furniture(canvas, number, len(pages))
            if self.layout.across:
                page = sorted(page, key=lambda placed: (round(placed[1]), placed[0]))
            for x, y, line in page:
                canvas.setFont(line.font, line.size)
                sign, tab, rest = line.text.partition("\t")
                if tab:
                    canvas.setFont(_mark_font(sign), line.size)
                    canvas.drawString(x, HEIGHT - y, sign)
                    canvas.setFont(line.font, line.size)
                    x += stringWidth(sign, _mark_font(sign), line.size) + 6
                canvas.drawString(x, HEIGHT - y, rest if tab else sign)
            canvas.showPage()
        canvas.save()

    def _pages(self) -> list[list[tuple[float, float, Line]]]:
        """Each page as (x, y of the baseline from the top, line)."""
        pages: list[list[tuple[float, float, Line]]] = [[]]
        top, bottom = 84.0, 770.0
        y, column = top, 0

        def onward() -> None:
            nonlocal y, column
            column += 1
            if column == self.layout.columns:
                pages.append([])
                column = 0
            y = top

        for block in self.blocks:
            if block is None:
                if pages[-1]:
                    pages.append([])
                y, column = top, 0
                continue
            y += block.before if y > top else 0
            if block.row:
                size = self.layout.size - 1
                height = max(map(len, block.row)) * 1.22 * size
                if y + height > bottom:
                    onward()
                for cell in block.row:
                    for index, line in enumerate(cell):
                        pages[-1].append((self.margin + column * self.step + line.x, y + index * 1.22 * size, line))
                y += height
                continue
            lead = 1.22 * block.lines[0].size
            if y + lead * (block.together - 1) > bottom:
                onward()
            for line in block.lines:
                if y > bottom:
                    onward()
                pages[-1].append((self.margin + column * self.step + line.x, y, line))
                y += lead
        return pages

    def _furniture(self, canvas: Canvas, number: int, count: int) -> None:
        canvas.setFont(BODY, 8)
        if self.layout.navigation:
            canvas.drawString(self.margin, HEIGHT - 40, "Introduction   Acknowledgements   Part I   Part II   Annexes")
            canvas.drawString(self.margin, HEIGHT - 52, f"Contents {(number - 1) % 2 + 1}/2")
        canvas.drawString(290, HEIGHT - 810, str(number))


_SHARES = {
    "No.": 0.5, "Indicator": 3.0, "Possible indicators": 3.0, "Level": 0.9, "Means of verification": 2.6,
    "Disaggregation": 1.4, "Baseline": 1.0,
}  # fmt: skip
_CELLS: dict[str, Callable] = {
    "No.": lambda item, number: str(number),
    "Indicator": lambda item, number: item.text,
    "Possible indicators": lambda item, number: item.text,
    "Level": lambda item, number: (item.level or Level.OUTPUT).value.capitalize(),
    "Means of verification": lambda item, number: "; ".join(item.verification),
    "Disaggregation": lambda item, number: ", ".join(item.disaggregation),
    "Baseline": lambda item, number: "",
}

_DOT = lambda n: "•"  # noqa: E731
LAYOUTS = (
    Layout("one column, bullets", marks=(_DOT, _DOT, _DOT)),
    Layout(
        "one column, numbers that run over pages",
        marks=(_DOT, lambda n: f"{n}.", lambda n: f"({chr(96 + n)})"),
        names=("Lessons from practice", "Design questions", "Suggested indicators"),
        title=lambda n, name: f"{n}. {name}",
        size=12,
        gap=0,
    ),
    Layout(
        "two columns drawn across, ligatures lost, hyphens kept, navigation",
        columns=2,
        lost=True,
        hyphens=True,
        across=True,
        navigation=True,
        marks=(_DOT, lambda n: "ƒ", lambda n: "ƒ"),
    ),
    Layout(
        "two columns, labels, groups",
        columns=2,
        hyphens=True,
        grouped=True,
        marks=(_DOT, lambda n: f"Q{n}:", _DOT),
        names=("Key lessons learned", "Guiding questions for design", "Indicators"),
        title=lambda n, name: f"Section {n}: {name}",
    ),
    Layout(
        "indicator table with verification",
        table=("Indicator", "Level", "Means of verification"),
        marks=(_DOT, lambda n: f"{n})", _DOT),
        pages=True,
    ),
    Layout(
        "numbered indicator table, empty column, navigation, ligatures lost",
        table=("No.", "Possible indicators", "Disaggregation", "Baseline"),
        lost=True,
        navigation=True,
        marks=(lambda n: "–", lambda n: f"{ROMAN[n - 1]}.", _DOT),
    ),
    Layout(
        "no marks, items apart",
        marks=(lambda n: "",) * 3,
        gap=8,
        prose=False,
        names=("What we have learned", "Questions to ask when designing a programme", "How to measure progress"),
    ),
    Layout(
        "numbers at the margin, groups, small print",
        hang=False,
        size=9,
        grouped=True,
        hyphens=True,
        navigation=True,
        marks=(lambda n: f"{n}.", lambda n: f"{n}.", lambda n: f"{n}."),
        names=("Lessons learnt", "Questions", "Examples of indicators"),
        gap=4,
    ),
    Layout(
        "table with the level first, close labels",
        table=("Level", "Indicator", "Means of verification"),
        marks=(lambda n: f"1.{n}", lambda n: f"Q{n}:", _DOT),
        gap=0,
        hang=False,
        navigation=True,
        names=("Lessons", "Questions to ask", "Examples of indicators"),
    ),
    Layout(
        "two columns, private bullets, sections on new pages",
        columns=2,
        across=True,
        navigation=True,
        size=11,
        marks=(lambda n: "\uf0b7", lambda n: "(" + ROMAN[n - 1] + ")", lambda n: "\uf0a7"),
    ),
)
