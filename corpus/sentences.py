"""Where sentences start and end. Boundaries come from sentencex; what it gets wrong is mended here.

A line break always ends a sentence: blocks hold none, so it stands between two blocks.
"""

from __future__ import annotations

import re
from itertools import pairwise

Span = tuple[int, int]
QUESTION_MARKS = ("?", "؟", "？")  # what a question ends with, in the languages read here

# Followed by a number or letter, these do not end a sentence. Latin and Cyrillic, lower case.
_BEFORE_NUMBER = (
    "art arts para paras par pars subpara no nos nr núm num n nº sec secs sect sects § vol vols ch chap "
    "chaps cap p pp pg fig figs tab ref refs reg res rec add corr rev suppl supp ser op cl sched app "
    "ann lit inc ст п пп гл стр ч рис табл разд абз подп № см"
)
_BEFORE_ANYTHING = (
    "e.g i.e eg ie cf viz vs incl approx ca eds ed mr mrs ms mme mmes mlle dr drs prof gen col lt sgt "
    "rev hon st ste sr sra srta dra lic messrs h.e p.ex т.е т.н напр им ул проф акад"
)


def _abbreviation(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, words.split()))})\.$", re.IGNORECASE)


_NUMBERED = _abbreviation(_BEFORE_NUMBER)
_CONTINUED = _abbreviation(_BEFORE_ANYTHING)
_NUMBER_NEXT = re.compile(r"[(\[]?(?:\d|[IVXLC]+\b|[A-Za-zА-Яа-я]\b|№)")
_LABEL = re.compile(  # "12.", "(a)", "IV.", "3.2.", or one word and its number: "Article 5.", "Finding 3.1."
    r"[(\[]?(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-zА-Яа-я])[.)\]]+|[•▪–—-]|"
    r"[^\W\d_]{2,16}\s+(?:\d{1,4}(?:[.-]\d{1,3})*|[IVXLC]{1,6})(?:\s?\(\w{1,3}\))?[.:]?",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[)\]}”’\"'»*†‡]|\[\d{1,3}\]|\s)+[.;,]?|\d{1,3}")  # closers, or a footnote number
_ITEM = re.compile(r"[(\[]?[a-zа-я][.)](?:\s|$)")  # "b. Second": starts small, and yet starts
_ENDED = re.compile(r"[.!?…。！？｡؟۔।॥:：](?:[)\]}”’\"'»›」』）】*†‡]|\[\d{1,3}\]|\s)*\d{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s(])(?:[A-ZА-Я]\.[ -]?){1,3}$")
_SURNAME = re.compile(r"[A-ZА-Я][\w’'-]+")
_BEFORE_INITIAL = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Judge|Justice|by|and|with|&|г-н|г-жа)\.?\s+(?:[A-ZА-Я]\.[ -]?)+$")
_STARTERS = (
    "The This That These Those It Its In However He She They We There For As At On If When While Such "
    "Moreover Furthermore Additionally According Although Because After Before During Since To Under Where "
    "Many Some Most All No Another Other Both Each"
)
_MISSED = re.compile(  # an abbreviation that ends its sentence: a word follows that hardly goes on after one
    r"(?:(?<!\w)(?:[A-Z]\.){2,}|\b(?:etc|ibid|a\.m|p\.m|al|Inc|Ltd|Co|Corp)\.)[)”’\"]?(\s+)"
    rf"(?=(?:{'|'.join(_STARTERS.split())})\b)"
)
_FOOTNOTE = re.compile(  # "crime.12 Next": a footnote number stuck to the full stop
    r"(?<=[^\W\d_]{3})[.!?][”’\")]?(?:\d{1,3}|\[\d{1,3}\])(\s+)(?=[“\"(]?[A-ZА-ЯÀ-Þ])"
)
_CLOSED = re.compile(r"(?<=[^\W\d_]{3}[.!?]\))(\s+)(?=[“\"(]?[A-ZА-ЯÀ-Þ])")  # "(emphasis added.) Next"
_QUOTES = re.compile(r"[\"“”„«»]")
_QUOTATION = 160  # characters: a longer sentence with quotation marks is cut inside them, paired or not
_PARENTHESIS = 300  # characters: a bracket that has not closed by then is a slip, not a parenthesis


def sentences(text: str, language: str = "") -> list[Span]:
    """Spans of whole sentences, in order, without the white space around them; they leave nothing else out.

    `language` is ISO 639-1; "" reads as English. An item or heading without a full stop is one sentence.
    """
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans += [(start + first, start + last) for first, last in _of_line(line, language or "en")]
        start += len(line)
    return spans


def _of_line(line: str, language: str) -> list[Span]:
    """The same, for one line."""
    if not line or line.isspace():
        return []
    cuts = [0, *_cuts(line, language), len(line)]
    merged: list[Span] = []
    for start, end in pairwise(cuts):
        piece = line[start:end]
        stripped = piece.strip()
        if not stripped:
            continue
        start += len(piece) - len(piece.lstrip())
        end = start + len(stripped)
        if merged and _continues(line[merged[-1][0] : merged[-1][1]], line[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _cuts(line: str, language: str) -> list[int]:
    """Candidate boundaries within a line, sorted: sentencex's, and those it misses."""
    found = _found(_unquoted(line, "'’‘"), language)
    for start, end in pairwise([0, *sorted(found), len(line)]):
        if end - start > _QUOTATION and _QUOTES.search(line, start, end):
            found |= {start + cut for cut in _found(_unquoted(line[start:end], "'’‘\"“”„«»"), language)}
    if "." in line:
        found |= {match.end(1) for match in _MISSED.finditer(line)}
        found |= {match.end() for match in _CLOSED.finditer(line)}
        found |= {match.end(1) for match in _FOOTNOTE.finditer(line) if not _stuck(line, match.start())}
    return sorted(found - {0, len(line)})


def _found(line: str, language: str) -> set[int]:
    import sentencex

    return {boundary["start_index"] for boundary in sentencex.get_sentence_boundaries(language, line)}


def _unquoted(line: str, marks: str) -> str:
    """The line, as long as it was, without these quotation marks, between which sentencex does not cut.

    A mark after a full stop changes places with it, so that the sentence ends where the quotation does.
    """
    line = re.sub(rf"([.!?])([{marks}])", r"x\1", line)
    return re.sub(f"[{marks}]", "x", line)


def _stuck(line: str, stop: int) -> bool:
    """Whether the full stop at `stop` is an abbreviation's: "No.12"."""
    before = line[max(0, stop - 12) : stop + 1]
    return bool(_NUMBERED.search(before) or _CONTINUED.search(before))


def _continues(left: str, right: str) -> bool:
    """Whether `right` goes on with the sentence `left`, so that no boundary stands between them."""
    if _LABEL.fullmatch(left) or _TRAILING.fullmatch(right):
        return True
    if not _ENDED.search(left) or right[0] in ":;,":
        return True
    if right[0].islower() and not _ITEM.match(right):
        return True
    tail = left[-24:]
    if _CONTINUED.search(tail) or (_NUMBERED.search(tail) and _NUMBER_NEXT.match(right)):
        return True
    if _INITIAL.search(tail) and _SURNAME.match(right) and _BEFORE_INITIAL.search(tail):
        return True
    return _inside_parenthesis(left, right)


def _inside_parenthesis(left: str, right: str) -> bool:
    """Whether a bracket opened in `left` closes in `right`."""
    opened = max(left.rfind("("), left.rfind("（"))
    if opened < 0 or len(left) - opened > _PARENTHESIS or ")" in left[opened:] or "）" in left[opened:]:
        return False
    closing = min((at for at in (right.find(")"), right.find("）")) if at >= 0), default=-1)
    return 0 <= closing < _PARENTHESIS and not {"(", "（"} & set(right[:closing])
