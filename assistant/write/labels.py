"""Labels and Markdown in a model's sentence: which labels it gives, and its words without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 80  # characters of one group of labels
DEEPEST = 4  # labels within labels, as nobody writes them: beyond, a text loses all its brackets
RANGE_MOST = 10  # labels that "S2-S5" may stand for
_BRACKETS = re.compile(r"[\[\](){}【】]")
_EXACT = re.compile(r"\[S\d{1,4}\]")
_NUMBER = r"S?[ \t]?\d{1,4}"
_GROUP = re.compile(  # [S1] and what is as clear: [S1, S2], [S1; 3], (S1), 【S1】, [Source 1], [S2-S4], [S1, p. 12]
    r"[\[(【{][ \t]*(?:(?:see|cf\.?)[ \t]+)?(?:(?:sources?|passages?)[ \t]*:?[ \t]*S?[ \t]?|S[ \t]?)\d{1,4}"
    rf"(?:[ \t]*(?:[,;/&–-]|,?[ \t]and|et|y|und)[ \t]*{_NUMBER})*"
    r"(?:[ \t]*[,;:][ \t]*(?:pp?\.?|pages?)[ \t]*\d{1,4}(?:[–-]\d{1,4})?)?[ \t]*[\])】}]",
    re.IGNORECASE,
)
_PAGES = re.compile(r"[,;:][ \t]*(?:pp?\.?|pages?)[ \t]*\d{1,4}(?:[–-]\d{1,4})?", re.IGNORECASE)
_MEMBER = re.compile(r"(?P<range>[–-][ \t]*)?(?:S[ \t]?)?(?P<number>\d{1,4})", re.IGNORECASE)
_HALF = re.compile(r"[ \t]*[\[(【{][ \t]*(?:S[ \t]?[\d, S;]*)?$", re.IGNORECASE)  # begun, and never closed
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_PREFIX = re.compile(r"^(?:answer|response)\s*:\s*", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[ \t]*(?:\(\s*\)|\[\s*\])")
_BEFORE_SIGN = re.compile(r"\s+([.,;:!?])")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A sentence without its labels."""

    text: str
    labels: tuple[int, ...]  # in order, each once
    tolerated: int  # groups not written as [S1]
    broken: int  # 1 where a label was begun and not closed


def label_group(text: str, place: int) -> int | None:
    """Where the group of labels that starts at `place` ends. None when none starts there."""
    found = _GROUP.match(text, place)
    return found.end() if found and len(found[0]) <= LONGEST else None


def labels_of(sentence: str, last: bool) -> LabelledText:
    """The labels of a sentence, and its text without them. `last`: nothing follows, so a half label stays half."""
    labels: list[int] = []
    tolerated = 0
    kept: list[str] = []
    place = 0
    for found in _GROUP.finditer(sentence):
        if len(found[0]) > LONGEST:
            continue
        kept.append(sentence[place : found.start()].rstrip(" \t"))
        place = found.end()
        labels += _members(found[0])
        tolerated += not _EXACT.fullmatch(found[0])
    text = "".join([*kept, sentence[place:]])
    text, broken = _HALF.subn("", text) if last else (text, 0)
    return LabelledText(text, tuple(dict.fromkeys(labels)), tolerated, broken)


def without_labels(text: str) -> str:
    """A source's text in which nothing can be taken for a label: "[S1]" becomes "S1", and so does "[[S1]]"."""
    for _ in range(DEEPEST):
        plain = _GROUP.sub(lambda found: found[0][1:-1], text)
        if plain == text:
            return text
        text = plain
    return _BRACKETS.sub("", text)


def _members(group: str) -> list[int]:
    """The numbers of a group, a range in full."""
    members: list[int] = []
    for found in _MEMBER.finditer(_PAGES.sub("", group)):
        number = int(found["number"])
        if found["range"] and members and 0 < number - members[-1] <= RANGE_MOST:
            members += range(members[-1] + 1, number)
        members.append(number)
    return members


def cleaned(text: str) -> str:
    """A sentence without Markdown and what its labels leave behind: emphasis, cells, empty brackets, spare space."""
    text = _EMPHASIS.sub("", text).strip()
    if text.startswith("|") or text.endswith("|"):
        text = "; ".join(cell.strip() for cell in text.strip("|").split("|") if cell.strip())
    text = _EMPTY_BRACKETS.sub("", text)
    text = _BEFORE_SIGN.sub(r"\1", " ".join(text.split()))
    return _PREFIX.sub("", text)
