"""Whether a sentence asks, allows or claims as much as its source: must for should, all for some, is for may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.texts.catalogue import _
from assistant.wording.concern import Concern, ConcernKind, says_alone, says_other
from assistant.wording.denials import count
from assistant.wording.lexicon import pattern
from assistant.wording.quantities import Measure, quantities
from assistant.wording.tokens import Span, Text


class Duty(StrEnum):
    """How strongly something is asked for or allowed; the values are the names in `words.yaml`, read in this order."""

    NEED_NOT = "need not"
    MUST_NOT = "must not"
    SHOULD_NOT = "should not"
    MUST = "must"
    SHOULD = "should"
    MAY = "may"


EVERY = ("all", "every", "always", "never")  # too much wherever the source says nothing of the kind
TOLD = 0.5  # of a clause's words, from which a sentence tells it
_AGREE = frozenset({Duty.MAY, Duty.NEED_NOT})
_NO_ONE = re.compile(r"^\W*(?:no|none of|nobody|no one|neither|nor|aucune?|ningún|ninguna|nadie)\b", re.I)
_OF_NONE = {Duty.MUST: Duty.MUST_NOT, Duty.MAY: Duty.MUST_NOT, Duty.SHOULD: Duty.SHOULD_NOT}


@dataclass(frozen=True, slots=True)
class _Said:
    duty: Duty
    words: str
    clause: Span
    verb: str  # the stem of the content word after it; "" where there is none


def duty_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """Must, should, may and their denials, each against what the source says of the same."""
    mine, theirs = list(_said(sentence)), list(_said(source))
    for said in mine:
        rivals = [other for other in theirs if _of_the_same(said, other)]
        if rivals and not any(_agree(one, other) for one in mine for other in rivals if one.clause is said.clause):
            yield Concern(ConcernKind.DUTY, says_other(said.words, rivals[0].words))
            return
        if not theirs and said.duty is Duty.MUST and said.words.casefold() in ("must", "shall"):
            yield Concern(ConcernKind.DUTY, says_alone(said.words))
            return


def _said(text: Text) -> Iterator[_Said]:
    taken: list[tuple[int, int]] = []
    for duty in Duty:
        words = pattern("duties", text.language, duty.value)
        for found in words.finditer(text.text) if words else ():
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            clause = text.clause_at(found.start())
            if clause is None or (found[0] == "May" and not text.text[found.end() :].lstrip()[:1].islower()):
                continue  # the month
            taken.append(found.span())
            before = text.text[clause.start : found.start()]
            denied = _OF_NONE.get(duty, duty) if _NO_ONE.search(before) else duty
            after = [token.stem for token in clause.tokens if token.stem and token.start >= found.end()]
            yield _Said(denied, found[0], clause, "".join(after[:1]))


def _of_the_same(said: _Said, other: _Said) -> bool:
    """Whether two ask or allow the same: the same verb and another word, or half of the words of the first."""
    shared = said.clause.stems & other.clause.stems
    same_verb = bool(said.verb) and said.verb == other.verb and len(shared) > 1
    return same_verb or 2 * len(shared) >= max(len(said.clause.stems), len(other.clause.stems))


def _agree(said: _Said, other: _Said) -> bool:
    return said.duty is other.duty or {said.duty, other.duty} == _AGREE


@dataclass(frozen=True, slots=True)
class _Limits:
    """The words of one language for how much is said."""

    whole: re.Pattern[str]
    like_whole: re.Pattern[str]  # what may say so too
    most: re.Pattern[str]
    like_most: re.Pattern[str]
    part: re.Pattern[str]
    other: re.Pattern[str]  # what only looks like one of them

    def plain(self, text: str) -> str:
        """The text, as long, without what only looks like an amount."""
        return self.other.sub(lambda found: " " * len(found[0]), text)


@cache
def _limits(language: str) -> _Limits | None:
    names = ("whole", "like whole", "most", "like most", "part", "other")
    found = [pattern("limits", language, name) for name in names]
    return _Limits(*found) if all(found) else None  # type: ignore[arg-type]


def amount_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """At most one: all for some, most for a few; or a "some", "may" or "half" that is left out."""
    limits = _limits(sentence.language)
    if limits is None:
        return
    plain = limits.plain(sentence.text)
    hedged = bool(limits.part.search(plain))
    for clause in sentence.clauses:
        nearest = source.nearest(clause.stems, whole=True)
        words = _too_much(plain[clause.start : clause.end], hedged, nearest, source, limits) if nearest else ""
        if words:
            yield Concern(ConcernKind.AMOUNT, words)
            return
    figures = any(not q.word for q in quantities(sentence.text, sentence.language))
    if not hedged and not figures and not count(sentence.text, sentence.language):
        yield from _left_out(sentence, source, limits)


def _too_much(clause: str, hedged: bool, nearest: Span, source: Text, limits: _Limits) -> str:
    """What a clause says of all or most, where the source says it of less; "" where it does not."""
    whole, most = limits.whole.search(clause), limits.most.search(clause)
    if whole and not limits.whole.search(nearest.text):
        limit = _limit(nearest, source, limits)
        if limit and not hedged:
            return says_other(whole[0], limit)
        if whole[0].casefold() in EVERY and not limits.like_whole.search(source.text):
            return says_alone(whole[0])
    if most and not any(words.search(source.text) for words in (limits.most, limits.like_most, limits.whole)):
        shares = [q for q in quantities(source.text, source.language) if q.measure is Measure.SHARE]
        return "" if any(max(q.values) > 50 for q in shares) else says_alone(most[0])
    return ""


def _limit(span: Span, source: Text, limits: _Limits) -> str:
    """The word or share by which a part of a source speaks of some only, or of what may be; "" where there is none."""
    word = limits.part.search(limits.plain(span.text))
    inside = [q for q in quantities(source.text, source.language) if span.start <= q.start < span.end]
    shares = [q.text for q in inside if q.measure is Measure.SHARE and max(q.values) < 99.5]
    return word[0] if word else "".join(shares[:1])


def _left_out(sentence: Text, source: Text, limits: _Limits) -> Iterator[Concern]:
    for clause in source.clauses:
        limit, nearest = _limit(clause, source, limits), sentence.nearest(clause.stems)
        if limit and nearest and len(nearest.stems & clause.stems) >= max(2, TOLD * len(clause.stems)):
            yield Concern(ConcernKind.AMOUNT, _("leaves out “{words}”").format(words=limit))
            return


def cause_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """A cause where the source gives none, or a reason of which the source has hardly a word."""
    claims, reasons, gives = (pattern("causes", sentence.language, name) for name in ("claims", "reasons", "gives"))
    said = claims.search(sentence.text) if claims else None
    because = reasons.search(sentence.text) if reasons else None
    if said and gives and not gives.search(source.text):
        words = _("says “{words}”; the source names no cause")
        yield Concern(ConcernKind.CAUSE, words.format(words=said[0]))
    elif because:
        stop = sentence.text.find(",") if because.start() == 0 else len(sentence.text)
        reason = frozenset(t.stem for t in sentence.tokens if t.stem and because.end() <= t.start < stop)
        if reason and not any(2 * len(each.stems & reason) >= len(reason) for each in source.sentences):
            words = _("says “{words}”; the source does not give this reason")
            yield Concern(ConcernKind.CAUSE, words.format(words=because[0]))
