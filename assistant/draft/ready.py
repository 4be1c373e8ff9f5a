"""Ready-made material taken apart: cases with what is asked of them, statements of a quiz. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from assistant.types import Statement
from corpus.sentences import sentences
from corpus.types import BlockKind

TRUTH, CHOICE = FORMS = ("truth", "choice")  # of questions made of claims, by their names in `brief.yaml`
OPTIONS = 3  # of a choice
CELLS = 5  # of a row of an indicator plan, beside the indicator


@dataclass(frozen=True, slots=True)
class ReadyCase:
    """A situation in stages, what a group is asked of it, and what it should come to."""

    told: tuple[Statement, ...]
    asks: tuple[Statement, ...]
    notes: tuple[Statement, ...]

    def stage(self, number: int, of: int) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """What is told and asked in one of so many stages, from 1; where there are more stages, some have none."""
        return _dealt(self.told, number, of), _dealt(self.asks, number, of)


@dataclass(frozen=True, slots=True)
class QuizClaim:
    """A statement of a quiz, in the words that are shown to the group; what it quotes says why, too."""

    text: str
    true: bool
    whole: Statement


def case_of(lines: Sequence[Statement]) -> ReadyCase:
    """Of the lines of a section: paragraphs, then a list of questions, then one of notes."""
    told = [line for line in lines if line.lines == (BlockKind.PARAGRAPH,) and not line.text.endswith((":", "："))]
    asks, notes, *_ = [*_lists(lines), (), ()]
    return ReadyCase(tuple(told), tuple(asks), tuple(notes))


def pieces_of(lines: Sequence[Statement]) -> list[tuple[Statement, ...]]:
    """Of the lines of a section: its paragraphs, then each of its lists with the line that leads into it."""
    paragraphs, lists = [], []
    for before, line in pairwise([None, *lines]):
        if line.lines != (BlockKind.ITEM,):
            paragraphs.append(line)
        elif before is None or before.lines == (BlockKind.ITEM,):
            lists[-1].append(line) if lists else lists.append([line])
        else:
            lists.append([paragraphs.pop(), line])
    return [tuple(paragraphs), *map(tuple, lists)]


def row_of(text: str) -> tuple[str, ...]:
    """A line of an indicator plan: indicator, level, source, rhythm, who collects it, caution; () of another line."""
    indicator, *rest = re.split(r"\s*[:：]\s*", text.rstrip(" .。"), maxsplit=1)
    cells = [cell.strip() for cell in re.split("[;；؛]", "".join(rest))]
    return (indicator, *cells) if len(cells) == CELLS else ()


def as_one(lines: Sequence[Statement]) -> tuple[Statement, ...]:
    """Lines that follow each other as one extract: a list has one number then, and one slide; () of none."""
    if not lines:
        return ()
    quotes = tuple(quote for line in lines for quote in line.quotes)
    kinds = tuple(kind for line in lines for kind in line.lines)
    return (replace(lines[0], text="\n".join(line.text for line in lines), quotes=quotes, lines=kinds),)


def claims_of(lines: Sequence[Statement], language: str) -> tuple[tuple[QuizClaim, ...], tuple[QuizClaim, ...]]:
    """The true and the false ones of a section: its first list and its second one."""
    true, false, *_ = [*_lists(lines), (), ()]
    return (
        tuple(_claim(line, True, language) for line in true),
        tuple(_claim(line, False, language) for line in false),
    )


def questions_of(
    true: Sequence[QuizClaim], false: Sequence[QuizClaim], forms: Sequence[str], begin: int
) -> Iterator[tuple[QuizClaim, ...]]:
    """Questions to a group, each claim in one of them: of one claim, whether it is true; of OPTIONS, which one is,
    or, where no more are false, which one is not.

    `begin`: the place of the section among others, so that not all have the right answer in one place.
    """
    trues, falses = list(true), list(false)
    chosen = told = begin  # questions of each form before
    while trues or falses:
        sides = (falses, trues) if len(falses) >= OPTIONS - 1 else (trues, falses)  # of most options, of the other one
        if forms[(chosen + told - begin) % len(forms)] == CHOICE and sides[1] and len(sides[0]) >= OPTIONS - 1:
            claims = [sides[0].pop(0) for _ in range(OPTIONS - 1)]
            claims.insert(chosen % OPTIONS, sides[1].pop(0))
            chosen += 1
            yield tuple(claims)
        else:
            side = trues if trues and (told % 2 == 0 or not falses) else falses
            told += 1
            yield (side.pop(0),)


def _claim(line: Statement, true: bool, language: str) -> QuizClaim:
    end = next((end for _, end in sentences(line.text, language)), len(line.text))
    return QuizClaim(line.text[:end].strip(), true, line)


def _lists(lines: Sequence[Statement]) -> Iterator[tuple[Statement, ...]]:
    for item, run in groupby(lines, key=lambda line: line.lines == (BlockKind.ITEM,)):
        if item:
            yield tuple(run)


def _dealt(all_: Sequence[Statement], number: int, of: int) -> tuple[Statement, ...]:
    """The share of one stage: as many each, and what is left with the last ones."""
    begin, end = (len(all_) * n // of for n in (number - 1, number))
    return tuple(all_[begin:end])
