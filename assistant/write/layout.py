"""A language model's text as parts of a draft: headings with minutes, and lines of sentences with labels. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.write.draft import DraftSentence, ParsedDraft, parse
from assistant.write.labels import labels_of

BULLET, BLANK = "•", "____"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_UNIT = r"(?:min|мин|دقيق|دقائق|分)"
MINUTES = re.compile(rf"\s*[(（\[]\s*(\d{{1,3}})\s*{_UNIT}[^()（）\[\]]{{0,8}}[)）\]]", re.I)
_CLOCK = r"\d{1,2}[:.h]\d{2}"
_TIME = re.compile(  # a cell that only says when, or how long: "09:00–09:30 (30 min)"
    rf"(?:{_CLOCK}(?:\s*[–—-]\s*{_CLOCK})?)?\s*(?:[(（]?\d{{1,3}}\s*{_UNIT}[^\W\d]*\.?[)）]?)?", re.I
)
_NUMBER = (  # "3.", "1.2", "Question 4 :", "(5)", "B)"
    r"(?:[^\W\d_]{2,20}\s)?(?:№\s?)?\d{1,2}(?:\s?[.:)](?=\s)|(?:\.\d{1,2})+[.:)]?(?=\s)|[）、：])"
    r"|\(?\d{1,2}\)|\(?[^\W\d_][.)](?=\s)|[^\W\d_][）、]"
)
_ITEM = re.compile(  # a bullet, a box, a number
    rf"(?:[-*•–·‣▪◦][ \t]+)?(?P<box>(?:[☐□]|\[ ?\])[ \t]*)?(?P<number>(?:{_NUMBER})[ \t]*)?(?=\S)"
)
_RULE = re.compile(r"[-=*_|:+\s]+")
_UNDER_HEAD = re.compile(r"\|[\s:|-]*-[\s:|-]*")  # of a table
_FENCE = re.compile(r"`{3,}\w*")
_QUOTED = re.compile(r"(?<=[.!?…])\s»")  # French: the end of a sentence, and of what somebody says
_CLOSED = re.compile(r"(?<=[.!?…])»")
DEEPEST = 6  # of headings
_BLANK = re.compile(r"_{3,}")
_HELD = "\ue000"  # a blank, while what marks emphasis is taken away


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line of a text: a paragraph, an item, or a row."""

    sentences: tuple[DraftSentence, ...]  # of a row two at most: what in it names sources, and what does not
    lead: str = ""  # what stands before an item: "•", "3.", "B)"
    cells: tuple[str, ...] = ()  # of a row, without labels


@dataclass(slots=True)
class WrittenPart:
    """What stands under one heading."""

    heading: str = ""  # "" of what comes before the first one
    minutes: int = 0  # 0: it names none
    columns: tuple[str, ...] = ()  # of its first table
    lines: list[WrittenLine] = field(default_factory=list)
    depth: int = 0  # of its heading, from 1


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text laid out. `declined`: it says that its passages have nothing for it."""

    title: str
    parts: tuple[WrittenPart, ...]  # none without lines
    declined: bool = False


def laid_out(text: str) -> WrittenText:
    """The parts of a text. A heading above all others is its title; what stands right below it has no heading."""
    parts, declined = [WrittenPart()], False
    row = ""  # the line before, where it is one
    for line in map(str.strip, text.replace("\r", "").split("\n")):
        told = parts[-1].lines
        if row and _UNDER_HEAD.fullmatch(line) and told and told[-1].cells:  # that was the head of another table
            told.pop()
            parts.append(WrittenPart(columns=tuple(_cells(row)), depth=DEEPEST))
        row = line if line.startswith("|") else ""
        if not line or _RULE.fullmatch(line) or _FENCE.fullmatch(line):
            continue
        if heading := _HEADING.fullmatch(line):
            parts.append(_headed(_plain(heading[2]), len(heading[1])))
        elif row:
            _add_row(parts[-1], line)
        else:
            lead, rest = _led(line.removeprefix("**"))
            parsed = _parsed(rest)
            declined = declined or parsed.declined
            if parsed.sentences:
                parts[-1].lines.append(WrittenLine(parsed.sentences, lead))
    title = _title_of(parts)
    _time_once(parts)
    return WrittenText(title, tuple(part for part in parts if part.lines), declined)


def _title_of(parts: Sequence[WrittenPart]) -> str:
    """The first heading, where it is above all others: it is none of a part then. "" where there is no such one."""
    before, *headed = parts
    if before.lines or len(headed) < 2 or headed[0].depth >= min(part.depth for part in headed[1:]):
        return ""
    title, headed[0].heading, headed[0].minutes = headed[0].heading, "", 0
    return title


def _time_once(parts: Sequence[WrittenPart]) -> None:
    """Takes the time of a heading away below which others have theirs: it is the same time."""
    for place, part in enumerate(parts):
        for other in parts[place + 1 :]:
            if other.depth <= part.depth:
                break
            if other.minutes:
                part.minutes = 0


def _headed(words: str, depth: int) -> WrittenPart:
    minutes = MINUTES.search(words)
    return WrittenPart(MINUTES.sub("", words), int(minutes[1]) if minutes else 0, depth=depth)


def _led(line: str) -> tuple[str, str]:
    """What stands before a line, "" for a paragraph, and the line."""
    item = _ITEM.match(line)
    if item is None or not item[0]:
        return "", line
    lead = " ".join(filter(None, ("☐" if item["box"] else "", (item["number"] or "").strip())))
    return lead or BULLET, line[item.end() :]


def _plain(text: str) -> str:
    """Words on a line of their own, without labels and Markdown."""
    return " ".join(sentence.text for sentence in _parsed(text).sentences)


def _parsed(text: str) -> ParsedDraft:
    """Its sentences without Markdown; blanks stay, and so do spaces within quotation marks."""
    found = parse(_QUOTED.sub("»", _BLANK.sub(_HELD, text)).replace("**", ""))
    spaced = "\u00a0»" if _QUOTED.search(text) else "»"
    sentences = (_CLOSED.sub(spaced, each.text.replace(_HELD, BLANK)) for each in found.sentences)
    texts = zip(found.sentences, sentences, strict=True)
    return replace(found, sentences=tuple(replace(each, text=words) for each, words in texts))


def _add_row(part: WrittenPart, line: str) -> None:
    """A row of a table; the first one of a part names its columns. Rows have as many cells as there are columns."""
    if not part.columns:
        part.columns = tuple(_cells(line))
        return
    raw = line.strip("|").split("|")
    told = [_parsed(cell).sentences for cell in raw]
    cells = [_shown(cell, sentences) for cell, sentences in zip(raw, told, strict=True)]
    size = len(part.columns)
    if len(cells) > size:
        cells[size - 1 :] = [" ".join(filter(None, cells[size - 1 :]))]
    if any(cells):
        cells += [""] * (size - len(cells))
        alone = [
            label for text, each in zip(raw, told, strict=True) if not each for label in labels_of(text, True).labels
        ]
        part.lines.append(
            WrittenLine(_of_row([sentence for each in told for sentence in each], alone), cells=tuple(cells))
        )


def _cells(line: str) -> list[str]:
    """What stands in the cells of a row, without labels."""
    return [_shown(cell, _parsed(cell).sentences) for cell in line.strip("|").split("|")]


def _shown(cell: str, sentences: Sequence[DraftSentence]) -> str:
    """The words of a cell, or its blank."""
    return " ".join(each.text for each in sentences) or (BLANK if _BLANK.search(cell) else "")


def _of_row(told: Sequence[DraftSentence], alone: Sequence[int]) -> tuple[DraftSentence, ...]:
    """What of a row names sources, as one sentence, and what names none, as another.

    `alone`: labels in a cell of their own, which are those of the whole row.
    """
    said = [replace(each, text=_small(_led(each.text)[1])) for each in told if not _TIME.fullmatch(each.text)]
    named = [each for each in said if each.labels or alone]
    labels = tuple(dict.fromkeys([*(label for each in named for label in each.labels), *alone]))
    own = [each for each in said if each not in named]
    found = (("; ".join(each.text for each in named), labels), ("; ".join(each.text for each in own), ()))
    return tuple(DraftSentence(text, of_it) for text, of_it in found if text)


def _small(cell: str) -> str:
    """A cell within a row: what only begins it is no name."""
    return cell if cell[1:2].isupper() else cell[:1].lower() + cell[1:]


def sentences_of(text: WrittenText) -> Iterator[DraftSentence]:
    """Every sentence, in order."""
    return (sentence for part in text.parts for line in part.lines for sentence in line.sentences)
