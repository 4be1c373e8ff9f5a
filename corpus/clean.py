"""Text repairs that keep track of where each character came from. Pure.

Each returns (text, sources): sources[i] is the index, in the text that was given, of the character that result[i]
came from, or NO_RAW for one that stood nowhere. Sources never decrease, so repairs chain (`chained`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.types import NO_RAW
from corpus.words import WORD, Words

Repaired = tuple[str, list[int]]

# Latin ligatures, Arabic presentation forms, CJK radicals that stand for characters; nothing else is unfolded:
# superscripts, fractions and full-width forms are what the author wrote.
_FOLDED = re.compile(r"[\ufb00-\ufb06\ufb13-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc\u2e80-\u2fd5\uf900-\ufaff]")
_ODD_SPACE = re.compile(r"[\t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Private use characters say nothing outside their font.
_NOTHING = re.compile(r"[\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ODD = re.compile(
    "|".join((_FOLDED.pattern, _ODD_SPACE.pattern, _NOTHING.pattern, _CONTROL.pattern, "\u00ad", "\u0640"))
)
BULLETS = "•‣⁃▪▫■□●○◦◘◙◆◇►▶▷➢➣➤➔➜→✓✔✗❖⬤☐☑☒ƒ∙·⦁\uf0b7\uf0a7\uf0a8\uf076\uf0d8\uf0fc\uf02d"
_BULLET = re.compile(rf"(?:[{BULLETS}\ue000-\uf8ff\ufffd]\s*|[-–—*»]\s+|o\s+(?=\S))")
_ENUMERATOR = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivxlc]{1,5}|\d{1,3}|[A-Z])\)|(?:[a-z]|[ivx]{1,4}|\d{1,3}|[٠-٩]{1,3})\s?\)|"
    r"(?:[A-Za-z]|[IVXLC]{1,5}|[ivx]{2,5}|\d{1,3}(?:\.\d{1,3}){0,3}|[٠-٩]{1,3})\.|[٠-٩]{1,3}\s?[-–ـ]|\d{1,2}(?:\.\d{1,2}){1,3})"
    r"(?=\s|$)"
)
# A note number stuck to the end of a sentence ("opportunities.1"): four letters or more before the stop keep
# references apart ("art.5", "No.3"); so do the words below.
_STUCK = re.compile(r"(?<=[^\W\d_]{4})([.,;:!?][”»\"’)]?)(\d{1,3})(?=\s+[^\W\d_]|\s*$)")
_REFERS = re.compile(r"(?:paras?|arts?|nos?|vols?|secs?|chap|fig|annex|sect|pp?)[.,;:!?]$", re.I)
_URL_END = re.compile(r"(?:https?://|www\.)\S+$")
_LINE_HYPHEN = re.compile(r"([^\W\d_]+)[-‐\u00ad]$")


def chained(outer: list[int], inner: Sequence[int]) -> list[int]:
    """Sources of a repair on an already repaired text, in terms of the first text."""
    return [inner[i] if i >= 0 else NO_RAW for i in outer]


def unfold(text: str) -> Repaired:
    """Ligature glyphs and presentation forms as plain letters, odd spaces as spaces, invisible marks gone."""
    if not _ODD.search(text):
        return text, list(range(len(text)))
    out: list[str] = []
    sources: list[int] = []
    for index, char in enumerate(text):
        plain = _plain(char)
        out.append(plain)
        sources.extend([index] * len(plain))
    return "".join(out), sources


def _plain(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    if _FOLDED.match(char):
        # Marks that stand alone decompose to a space and the mark.
        return unicodedata.normalize("NFKC", char).replace(" ", "") or char
    if _ODD_SPACE.match(char):
        return " "
    if _NOTHING.match(char) or _CONTROL.match(char) or char in "\u00ad\u0640":
        return ""  # also the soft hyphen, and the stroke that stretches Arabic words
    return char


def repair_ligatures(text: str, words: Words) -> Repaired:
    """ "traffcking" -> "trafficking": letters lost with a ligature, put back where only then the word exists."""
    lost = words.ligatures_lost if words.ligatures_lost is not None else words.lost_ligatures(text)
    if not lost:
        return text, list(range(len(text)))
    out: list[str] = []
    sources: list[int] = []
    position = 0
    for match in WORD.finditer(text):
        fixed = words.repaired(match.group())
        if fixed == match.group():
            continue
        out.append(text[position : match.start()])
        sources.extend(range(position, match.start()))
        out.append(fixed)
        sources.extend(_spread(match.group(), fixed, match.start()))
        position = match.end()
    out.append(text[position:])
    sources.extend(range(position, len(text)))
    return "".join(out), sources


def _spread(word: str, fixed: str, start: int) -> list[int]:
    """Sources of a repaired word: what was put in comes from the character before it."""
    head = 0
    while head < len(word) and word[head] == fixed[head]:
        head += 1
    tail = len(word) - head
    extra = len(fixed) - len(word)
    if head < len(word) and word[head] == "\ufffd":
        return [start + i for i in [*range(head), *([head] * (extra + 1)), *range(head + 1, len(word))]]
    return [start + i for i in [*range(head), *([max(head - 1, 0)] * extra), *range(head, head + tail)]]


def drop_stuck_markers(text: str) -> Repaired:
    """ "opportunities.1 The" -> "opportunities. The": note numbers set like the text."""
    kept = list(range(len(text)))
    gone: set[int] = set()
    for match in _STUCK.finditer(text):
        word = text[max(0, match.start() - 8) : match.end(1)].split(" ")[-1]
        if not _REFERS.search(word):
            gone.update(range(match.start(2), match.end(2)))
    if not gone:
        return text, kept
    kept = [i for i in kept if i not in gone]
    return "".join(text[i] for i in kept), kept


def drop_unknown(text: str) -> Repaired:
    """Without the glyphs that no font named and no word explained."""
    kept = [i for i, char in enumerate(text) if char != "\ufffd"] if "\ufffd" in text else list(range(len(text)))
    return "".join([text[i] for i in kept]), kept


def collapse_spaces(text: str) -> Repaired:
    """Single spaces, none at the ends."""
    if text == text.strip() and "  " not in text:
        return text, list(range(len(text)))
    kept = [i for i, char in enumerate(text) if char != " " or (i and text[i - 1] != " ")]
    while kept and text[kept[0]] == " ":
        kept.pop(0)
    while kept and text[kept[-1]] == " ":
        kept.pop()
    return "".join(text[i] for i in kept), kept


def join_lines(lines: Sequence[str], words: Words) -> Repaired:
    """Lines of one paragraph as one line; sources index into "".join(lines).

    A word split at a line end is joined, a hyphen that belongs to the word is kept, a URL that was broken
    is joined without a space.
    """
    out: list[str] = []
    sources: list[int] = []
    offset = 0
    for number, line in enumerate(lines):
        end = len(line)
        following = lines[number + 1] if number + 1 < len(lines) else None
        glue = " "
        if following is not None:
            end, glue = line_end(line, following, words)
        out.append(line[:end])
        sources.extend(range(offset, offset + end))
        if following is not None and glue:
            out.append(glue)
            sources.append(NO_RAW)
        offset += len(line)
    return "".join(out), sources


def line_end(line: str, following: str, words: Words) -> tuple[int, str]:
    """How a line goes on in the next one: (how much of it to keep, what to put between)."""
    line_length = len(line)
    if line.endswith("\u00ad"):
        return line_length - 1, ""
    if _URL_END.search(line) and _url_goes_on(line, following):
        return line_length, ""
    split = _LINE_HYPHEN.search(line)
    if split and following[:1].isalnum():
        first = WORD.match(following)
        keep = words.keeps_hyphen(split.group(1), first.group() if first else "")
        return line_length - (0 if keep else 1), ""
    if line and following and _ideograph(line[-1]) and _ideograph(following[0]):
        return line_length, ""
    if line.endswith(("-", "‐", "/")) and len(line) > 1 and line[-2].isalnum() and following[:1].isalnum():
        return line_length, ""
    return line_length, " "


def _url_goes_on(line: str, following: str) -> bool:
    word = following.split(" ", 1)[0]
    return line[-1] in "/-_=&?%#" or bool(re.match(r"[\w%&=?#.-]*[/_=&%#\d][\w/%&=?#.-]*", word))


def _ideograph(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u3000" <= char <= "\u303f"


def bullet(text: str) -> int:
    """Length of the bullet a line begins with, its space included; 0 when there is none."""
    match = _BULLET.match(text)
    return match.end() if match and match.end() < len(text) else 0


def enumerator(text: str) -> int:
    """Length of the number or letter a line begins with ("(a)", "1.", "٣ -"); 0 when there is none."""
    match = _ENUMERATOR.match(text)
    return match.end() if match else 0


def clean(text: str, words: Words) -> Repaired:
    """All repairs of one paragraph that is already on one line."""
    text, sources = unfold(text)
    for repair in (lambda t: repair_ligatures(t, words), drop_unknown, drop_stuck_markers, collapse_spaces):
        repaired, more = repair(text)
        if len(more) != len(text) or repaired != text:
            text, sources = repaired, chained(more, sources)
    return text, sources
