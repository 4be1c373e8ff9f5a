"""Whether a sentence claims more than its source: all for some, a cause for a coincidence, one half of a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.write.wording.lexicon import (
    AMOUNTS,
    CAUSES,
    CLAIMS_CAUSE,
    CLAIMS_EFFECT,
    GOES_ON,
    ONLY,
    OPPOSES_AFTER,
    OPPOSES_BEFORE,
)
from assistant.write.wording.numbers import Unit, figures
from assistant.write.wording.terms import NEGATIONS, Kind
from assistant.write.wording.tokens import Concern, Text, read

ALL, MOST, FEW = 4, 3, 0  # as in AMOUNTS; "few were reached" is "most were not"
HALF_SAID = 0.5  # share of one half's words that a sentence must hold to be a telling of it
OTHER_SAID = 0.25  # of the other half's own words: with less, it is left out
_LIMITS = re.compile(
    r"\b(?:some|several|certain|most|nearly all|almost all|few|seldom|rarely|hardly|only|often|sometimes|about half"
    r"|half of|mainly|mostly|a (?:third|quarter|fifth|tenth)|usually)\b",
    re.I,
)
_APPROXIMATE = re.compile(
    r"\b(?:tends?|largely|hint\w*|little|without|unless|once|as long as|when|where|if|majority|partly|frequently|share"
    r"|proportion|usual|common\w*|minority|just|single|apart|different\w*|except|many|much|even|nobody|nothing"
    r"|whoever|not everyone)\b",
    re.I,
)
_WHOLE = re.compile(
    r"(?<!nearly )(?<!almost )\b(?:all|each|every|everyone|everybody|always|any(?= \w+ (?:can|may))"
    r"|anyone|nobody|none|never)\b",
    re.I,
)
_EACH = re.compile(r"(?<!nearly )(?<!almost )\b(?:all|every|always|never)\b", re.I)
_BEST = re.compile(
    r"\b(?:highest|lowest|largest|smallest|biggest|greatest|best|worst|longest|shortest|strongest|weakest|safest|latest"
    r"|earliest|commonest|fastest|cheapest|nearest|most (?!of\b)\w+(?:ive|ful|ous|ant|ent|able|ible|ed|al|ic|on)\b)",
    re.I,
)
_DENIAL = re.compile(r"no one|none|nobody", re.I)
_EXCEPT = re.compile(
    r"\bbut (?:one|two|three|a few)\b|\bexcept\w*|\bother than\b|\bunless\b"
    r"|\buntil\b|(?<!even )\bif\b|\bonly (?:if|when)\b",
    re.I,
)
_NARROWS = re.compile(rf"{ONLY.pattern}|\b(?:needs?|must|requires?|required|necessary|single|without|no|not)\b", re.I)
_NO_EFFECT = re.compile(r"\b(?:measures?|indicators?|should|must|plans?|aims?|designed|in order)\b", re.I)


def scope_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """All, most and only that the source does not say, and some, few or a share that the sentence leaves out."""
    mine, theirs = _amounts(sentence), _amounts(source)
    shares = [v for f in figures(source.text, source.language) if f.unit is Unit.SHARE for v in f.values]
    if word := mine.get(ALL, ""):
        each = _EACH if word.lower() == "always" else _WHOLE
        whole = each.search(source.text) or any(share >= 99.5 for share in shares)
        denial = _DENIAL.fullmatch(word) and NEGATIONS["en"].search(source.text)
        if not whole and not denial and not re.fullmatch(r"each|any|whatever|whoever", word, re.I):
            yield Concern(Kind.AMOUNT, f"says “{word}”; the source does not", False)
    elif (
        (word := mine.get(MOST, "")) and not {ALL, MOST, FEW} & set(theirs) and not any(share > 50 for share in shares)
    ):
        yield Concern(Kind.AMOUNT, f"says “{word}”; the source does not", False)
    if (only := ONLY.search(sentence.text)) and not _NARROWS.search(source.text) and FEW not in theirs and not shares:
        yield Concern(Kind.AMOUNT, f"says “{only.group()}”; the source does not", False)
    if (but := _EXCEPT.search(source.text)) and not _EXCEPT.search(sentence.text):
        nearest = source.nearest(sentence.stems)
        if nearest is not None and but.group() in nearest.text:
            yield Concern(Kind.AMOUNT, f"leaves out “{but.group()}”", False)
    if not mine:
        yield from _limit_left_out(sentence, source)
    best = _BEST.search(sentence.text)
    if best and not _BEST.search(source.text) and not re.search(r"\bthan\b|\b(?:prefer\w*|chief|main)\b", source.text):
        yield Concern(Kind.AMOUNT, f"says “{best.group()}”; the source does not", False)


def _amounts(text: Text) -> dict[int, str]:
    """How much is spoken of, strongest first; "nearly all" is no "all"."""
    found: dict[int, str] = {}
    rest = text.text
    for strength, pattern in AMOUNTS:
        if match := pattern.search(rest):
            found[strength] = match.group()
        rest = pattern.sub(lambda each: " " * len(each.group()), rest)
    return found


def _limit_left_out(sentence: Text, source: Text) -> Iterator[Concern]:
    if _APPROXIMATE.search(sentence.text) or re.search(r"\bthan\b", sentence.text):
        return
    if any(f.unit in (Unit.COUNT, Unit.SHARE, Unit.TIMES) for f in figures(sentence.text, sentence.language)):
        return
    nearest = source.nearest(sentence.stems)
    if nearest is None or len(nearest.stems & sentence.stems) < 2:
        return
    rest = sentence.stems - nearest.stems
    further = source.nearest(rest) if rest else None
    limit = _LIMITS.search(nearest.text) or (_LIMITS.search(further.text) if further else None)
    share = next(
        (
            f.text
            for f in figures(source.text, source.language)
            if f.unit is Unit.SHARE
            and nearest.start <= f.start < nearest.start + len(nearest.text)
            and max(f.values) < 99
        ),
        "",
    )
    if limit or share:
        yield Concern(Kind.AMOUNT, f"leaves out “{limit.group() if limit else share}”", False)


def cause_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """A cause that the sentence names and the source does not."""
    said = CLAIMS_CAUSE.search(sentence.text)
    if said and not CAUSES.search(source.text):
        yield Concern(Kind.CAUSE, f"says “{said.group()}”; the source names no cause", False)
        return
    if said and _reason_changed(sentence, source, said):
        yield Concern(Kind.CAUSE, f"says “{said.group()}”; the source does not give this reason", False)
        return
    effect = CLAIMS_EFFECT.search(sentence.text)
    if (
        effect
        and not NEGATIONS["en"].search(sentence.text)
        and not CAUSES.search(source.text)
        and not _NO_EFFECT.search(sentence.text)
    ):
        stem = next((t.stem for t in sentence.tokens if t.start == effect.start()), "")
        if stem not in source.stems:
            yield Concern(Kind.CAUSE, f"says “{effect.group()}”; the source claims no effect", False)


def _reason_changed(sentence: Text, source: Text, said: re.Match[str]) -> bool:
    """Whether the source joins the two sides of "because" nowhere: they stand in different sentences of it."""
    if not re.fullmatch(r"because(?: of)?|due to|as a result|thanks to|owing to", said.group(), re.I):
        return False
    start = said.end()
    reason = frozenset(t.stem for t in sentence.tokens if t.stem and t.start >= start)
    if said.start() == 0:
        head = sentence.text.find(",")
        reason = frozenset(t.stem for t in sentence.tokens if t.stem and t.start < head)
    with_cause = [c for c in re.split(r"(?<=[.!?])\s", source.text) if CAUSES.search(c)]
    return bool(reason) and not any(len(read(c).stems & reason) * 2 >= len(reason) for c in with_cause)


def left_out_concerns(sentence: Text, quotes: Sequence[Text], following: Sequence[str]) -> Iterator[Concern]:
    """One side of a finding that has two: what the source says after "but", in the quote or right after it."""
    for quote, after in zip(quotes, following, strict=True):
        for piece in re.split(r"(?<=[.!?])\s+", quote.text):
            first, second = _halves(piece)
            if first and _tells_only(sentence, read(first), read(second)):
                yield Concern(Kind.LEFT_OUT, f"leaves out: “{_short(second)}”", False)
                return
        if GOES_ON.match(after):
            last = re.split(r"(?<=[.!?])\s+", quote.text)[-1]
            if _tells_only(sentence, read(last), read(after)):
                yield Concern(Kind.LEFT_OUT, f"the source goes on: “{_short(after)}”", False)
                return


def _halves(piece: str) -> tuple[str, str]:
    """What is said and what takes it back: (A, B) of "A, but B" and (B, A) of "although A, B" turned round."""
    if (opening := OPPOSES_BEFORE.match(piece)) and len(piece) > opening.end() + 10:
        return piece[: opening.end()], piece[opening.end() :].strip()
    found = OPPOSES_AFTER.search(piece)
    if found and found.start() > 10 and len(piece) - found.end() > 8:
        return piece[: found.start()], piece[found.start() :].strip(" ,;")
    return "", ""


def _tells_only(sentence: Text, first: Text, second: Text) -> bool:
    if NEGATIONS["en"].search(sentence.text) and NEGATIONS["en"].search(second.text):
        return False  # "is not compulsory" tells "but need not"
    own, other = first.stems - second.stems, second.stems - first.stems
    if not own or not other or not sentence.stems:
        return False
    told = len(sentence.stems & first.stems) / len(sentence.stems)
    return told >= HALF_SAID and len(sentence.stems & other) / len(other) < OTHER_SAID


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
