"""A draft cut to the length that was asked for: fewer passages, and of each the sentences that answer.

What goes from a part is offered for it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.answer.extracts import words_in
from assistant.draft.edit import pruned
from assistant.draft.filling import offer_of
from assistant.show.draft import spoken
from assistant.show.slides import slides_of
from assistant.show.words import say
from assistant.types import Answer, DraftLine, DraftPart, DraftWords, Statement

LEAST = 30  # words that an extract is cut to, at the least: a sentence or two
ON_A_SLIDE = 60  # words of an extract, where slides are counted

Shorten = Callable[[Answer, Statement, int], Statement]  # to so many words, and one sentence at least
Line = tuple[int, int]  # its part and its place in it


def fitted(answer: Answer, words: int, slides: int, shorten: Shorten) -> Answer:
    """The draft in at most so many words, or slides; 0: any number. Its notice says what was left out.

    The first extract stays, be it too long.
    """
    if not (words or slides) or not _over(answer, words, slides):
        return answer
    cut = answer
    while _over(cut, words, slides, LEAST) and (place := next(_least_needed(cut), None)):
        cut = _without(cut, *place)
    kept = {part.heading: part for part in cut.draft.parts}
    moved = sum(
        len(kept[part.heading].offers) - len(part.offers) for part in answer.draft.parts if part.heading in kept
    )
    parts = "; ".join(part.heading for part in answer.draft.parts if part.heading not in kept)
    cut = _shortened(cut, words, shorten)
    said = (say("draft.left_out", moved) if moved else "", say("draft.parts_left_out", parts=parts) if parts else "")
    return replace(cut, notice=" ".join(line for line in (*said, cut.notice) if line))


def words_of(answer: Answer, most: int = 0) -> int:
    """Words of all lines, without headings; an extract counts as `most` words at most. 0: all of it counts."""
    total = 0
    for part in answer.draft.parts:
        for line in part.lines:
            stated = words_in(answer.statements[line.statement].text) if line.statement >= 0 else 0
            total += words_in(spoken(line)) + (min(stated, most) if most else stated)
    return total


def _over(answer: Answer, words: int, slides: int, most: int = 0) -> bool:
    return bool(words and words_of(answer, most) > words) or bool(slides and len(slides_of(answer)) > slides)


def _least_needed(answer: Answer) -> Iterator[Line]:
    """What can go, the least needed first: questions and records, then more than one extract of a part, then others."""
    placed = [(n, m, line) for n, part in enumerate(answer.draft.parts) for m, line in enumerate(part.lines)]
    extracts = [(n, m) for n, m, line in placed if _is_extract(answer, line)]
    beside = [(n, m) for n, m, line in placed if _is_beside(answer, line)]
    first = {n: m for n, m in reversed(extracts)}
    yield from reversed(beside)
    yield from reversed([(n, m) for n, m in extracts if m != first[n]])
    yield from reversed(extracts[1:])


def _is_extract(answer: Answer, line: DraftLine) -> bool:
    return line.words is DraftWords.QUOTED and bool(answer.statements[line.statement].lines)


def _is_beside(answer: Answer, line: DraftLine) -> bool:
    record = line.words is DraftWords.QUOTED and not answer.statements[line.statement].lines
    return record or (line.words is DraftWords.ASKED and not line.number)


def _without(answer: Answer, part: int, line: int) -> Answer:
    """Without a line, which is offered for its part; without the part, where only what introduces it is left."""
    old = answer.draft.parts[part]
    gone = old.lines[line]
    lines = (*old.lines[:line], *old.lines[line + 1 :])
    offers = old.offers
    if gone.statement >= 0:
        offers = (offer_of(answer.statements[gone.statement], answer.evidence), *offers)
    rest = () if all(each.words is DraftWords.TASK for each in lines) else (replace(old, lines=lines, offers=offers),)
    return pruned(replace(answer, draft=replace(answer.draft, parts=_instead(answer, part, rest))))


def _instead(answer: Answer, part: int, rest: tuple[DraftPart, ...]) -> tuple[DraftPart, ...]:
    parts = answer.draft.parts
    return (*parts[:part], *rest, *parts[part + 1 :])


def _shortened(answer: Answer, words: int, shorten: Shorten) -> Answer:
    """With each extract in its share of the words that the other lines leave."""
    extracts = {line.statement for part in answer.draft.parts for line in part.lines if _is_extract(answer, line)}
    room = words - words_of(answer) + sum(words_in(answer.statements[n].text) for n in extracts)
    share = max(LEAST, room // len(extracts)) if words and extracts else ON_A_SLIDE
    statements = (
        shorten(answer, each, share) if number in extracts and words_in(each.text) > share else each
        for number, each in enumerate(answer.statements)
    )
    return pruned(replace(answer, statements=tuple(statements)))
