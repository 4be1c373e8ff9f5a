"""Details of people are left out of what somebody typed, before it is kept, logged or sent to a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.people.cues import HAN
from assistant.people.details import birth_behind, shaped
from assistant.people.told import told
from assistant.people.types import Personal, PersonalDetail
from assistant.types import Answer, Corrected, DraftLine, DraftWords, Part, Request, Turn

MARK = "[…]"  # stands for a detail: the same in every language, and no word that could be looked up
KEPT = 128  # texts, with what was found in them: one question is read by several parts of the program


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without details of people."""

    text: str
    kinds: tuple[Personal, ...] = ()  # one for each detail left out, in the order of `Personal`


class Masking:
    """Finds details of people. Loads what it reads with when it is first asked; safe to share between threads."""

    def __init__(self, told: Callable[[str], Iterable[PersonalDetail]] = told) -> None:
        """`told`: the details that show in what stands around them."""
        self._told = told
        self._kept = lru_cache(maxsize=KEPT)(self._read)

    def read(self, text: str) -> Masked:
        """The text with MARK in place of each detail; as it was where it has none."""
        return self._kept(text)

    def turn(self, turn: Turn) -> Turn:
        """A turn whose question, and what was made of it, has no details. What its answer quotes is of documents."""
        return Turn(self.read(turn.question).text, self.answer(turn.answer))

    def answer(self, answer: Answer) -> Answer:
        """The answer with what was asked read; and of a draft, its theme and the lines that are a reader's own."""
        draft = answer.draft and replace(
            answer.draft,
            theme=self.read(answer.draft.theme).text,
            asked=self.read(answer.draft.asked).text,
            parts=tuple(replace(part, lines=tuple(map(self._line, part.lines))) for part in answer.draft.parts),
        )
        return replace(answer, request=self._request(answer.request), draft=draft)

    def _line(self, line: DraftLine) -> DraftLine:
        own = line.words in (DraftWords.OWN, DraftWords.AFTER)
        return replace(line, text=self.read(line.text).text) if own else line

    def corrected(self, corrected: Corrected | None) -> Corrected | None:
        """What a reader chose, with the description of their programme read as well."""
        if corrected is None or corrected.wanted is None:
            return corrected
        description = self.read(corrected.wanted.description).text
        return replace(corrected, wanted=replace(corrected.wanted, description=description))

    def _request(self, request: Request) -> Request:
        wanted, beside = request.wanted, request.beside
        return replace(
            request,
            asked=self.read(request.asked).text,
            stand_alone=self.read(request.stand_alone).text,
            parts=tuple(self._part(part) for part in request.parts),
            wanted=wanted and replace(wanted, description=self.read(wanted.description).text),
            beside=beside and self._request(beside),
        )

    def _part(self, part: Part) -> Part:
        text, reads, bare = (self.read(words).text for words in (part.text, part.reads, part.bare))
        return replace(part, text=text, reads=reads, bare=bare)

    def find(self, text: str) -> list[PersonalDetail]:
        """The details, in order, none within another."""
        found = [*self._told(text)]
        names = [each for each in found if each.kind is Personal.NAME]
        # Also where nothing beside it says that it is a name.
        again = (_whole(name) for name in {text[each.start : each.end] for each in names})
        found += [PersonalDetail(*match.span(), Personal.NAME) for name in again for match in re.finditer(name, text)]
        births = filter(None, (birth_behind(text, each.end) for each in names))
        return _apart([*shaped(text), *births, *found])

    def _read(self, text: str) -> Masked:
        found, pieces, at = self.find(text), [], 0
        for each in found:
            pieces += [text[at : each.start], MARK]
            at = each.end
        kinds = sorted((each.kind for each in found), key=list(Personal).index)
        return Masked("".join([*pieces, text[at:]]), tuple(kinds))


def _whole(name: str) -> str:
    """What matches a name that is written again; Chinese has no spaces around it."""
    return re.escape(name) if re.match(f"[{HAN}]", name) else rf"(?<!\w){re.escape(name)}(?!\w)"


def _apart(found: list[PersonalDetail]) -> list[PersonalDetail]:
    """In order; those that overlap are one, of the kind of the longest."""
    apart: list[PersonalDetail] = []
    for each in sorted(found, key=lambda detail: (detail.start, -detail.end)):
        if apart and each.start < apart[-1].end:
            last = apart[-1]
            longest = max(last, each, key=lambda detail: detail.end - detail.start)
            apart[-1] = PersonalDetail(last.start, max(last.end, each.end), longest.kind)
        else:
            apart.append(each)
    return apart
