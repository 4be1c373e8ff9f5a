"""Whether what a sentence asks for, allows or denies is what its source does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.write.wording.lexicon import ANTONYMS
from assistant.write.wording.terms import DUTIES, NEGATIONS, NEGATIVE_LIKE, Duty, Kind
from assistant.write.wording.tokens import Clause, Concern, Text

SCOPE = 4  # content words after a negation that it is taken to deny
_SUBJECT_NO = re.compile(
    r"\b(?:no|none of|nobody|no one|neither|nor|aucune?|ningún|ninguna|nadie)\b(?:[^\W\d_]|[ '’-]){0,40}$", re.I
)
_NO_NEGATION = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|earlier|longer|only|matter|doubt|least)\b|\bnot (?:just|all|every)\b"
    r"|\bne \w+ que\b|\bno sólo\b|\bwhether or not\b",
    re.I,
)
_LISTED = re.compile(r",\s*(?:\w+,\s*)*\w+(?:\s\w+)?,?\s(?:or|nor|ou|ni|o)\s", re.I)
_ONLY = re.compile(r"\b(?:only|unless)\b", re.I)
_MAYBE = re.compile(
    r"\b(?:possibl\w*|sometimes|likely|suggest\w*|free|right|optional|tends?|freedom|enough|some|often|permission|hint\w*"
    r"|appears?|seems?|risk|potential\w*|option\w*|peut-être)\b",
    re.I,
)
_HARD = {
    frozenset(pair)
    for pair in (
        (Duty.MUST, Duty.MAY), (Duty.SHOULD, Duty.MAY), (Duty.MUST, Duty.NEED_NOT), (Duty.SHOULD, Duty.NEED_NOT),
        (Duty.MUST, Duty.MUST_NOT), (Duty.SHOULD, Duty.SHOULD_NOT), (Duty.MUST, Duty.SHOULD_NOT),
        (Duty.SHOULD, Duty.MUST_NOT), (Duty.MAY, Duty.MUST_NOT), (Duty.MAY, Duty.SHOULD_NOT),
        (Duty.MUST_NOT, Duty.NEED_NOT), (Duty.SHOULD_NOT, Duty.NEED_NOT),
    )
}  # fmt: skip
_OPPOSITE = {frozenset((Duty.MUST, Duty.MUST_NOT)), frozenset((Duty.SHOULD, Duty.SHOULD_NOT))}
_SOFT = {frozenset((Duty.MUST, Duty.SHOULD)), frozenset((Duty.MUST_NOT, Duty.SHOULD_NOT))}


@dataclass(frozen=True, slots=True)
class _Said:
    duty: Duty
    words: str
    limited: bool  # "may ... only": as good as a duty
    clause: Clause
    verbs: frozenset[str]  # the content word after it


def duty_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """Must, should, may and their denials, each against the clause of the source that says most of the same."""
    mine, theirs = _said(sentence), _said(source)
    for said in mine:
        rivals = [other for other in theirs if other.verbs & said.verbs] or _about_the_same(said.clause, theirs)
        if not rivals:
            if said.duty is not Duty.MAY and not _explained(said, source):
                yield Concern(Kind.DUTY, f"says “{said.words}”; the source does not", False)
            continue
        beside = [other for other in mine if other.clause is said.clause]
        if any(_agree(other, rival) for other in beside for rival in rivals):
            continue
        yield from _clash(said, rivals[0])
    if not mine:
        yield from _dropped(sentence, source, theirs)


def _clash(said: _Said, rival: _Said) -> Iterator[Concern]:
    """Hard where both ask it of the same verb; where only little else is shared, it may be of something else.

    What one asks for and the other denies is looked at where they share a third of the words, anything else from half.
    """
    pair = frozenset((said.duty, rival.duty))
    same_verb = bool(said.verbs & rival.clause.stems or rival.verbs & said.clause.stems)
    shared = len(said.clause.stems & rival.clause.stems)
    much = (3 if pair in _OPPOSITE else 2) * shared >= len(said.clause.stems)
    if pair in _SOFT or (pair in _HARD and (same_verb or much)):
        words = f"says “{said.words}”, the source says “{rival.words}”"
        yield Concern(Kind.DUTY, words, pair in _HARD and same_verb)


def _agree(said: _Said, rival: _Said) -> bool:
    if said.duty is rival.duty or {said.duty, rival.duty} == {Duty.MAY, Duty.NEED_NOT}:
        return True
    for one, other in ((said, rival), (rival, said)):
        if one.duty in (Duty.MUST, Duty.SHOULD) and other.duty in (Duty.MUST_NOT, Duty.SHOULD_NOT):
            denied = NEGATIONS["en"].search(one.clause.text)  # "have to give it without asking"
            if denied and not one.verbs & other.verbs:
                return True
    return (said.limited or rival.limited) and Duty.NEED_NOT not in (said.duty, rival.duty)


def _said(text: Text) -> list[_Said]:
    found: list[_Said] = []
    taken: list[tuple[int, int]] = []
    for duty, pattern in DUTIES.get(text.language, ()):
        for match in pattern.finditer(text.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if match.group() == "May" and not text.text[match.end() :].lstrip()[:1].islower():
                continue  # the month
            taken.append(match.span())
            clause = next((c for c in reversed(text.clauses) if c.start <= match.start()), None)
            if clause is None:
                continue
            before = text.text[clause.start : match.start()]
            after = [t.stem for t in clause.tokens if t.stem and t.start >= match.end()]
            found.append(
                _Said(
                    _denied(duty, match.group().strip(), before),
                    match.group().strip(),
                    bool(_ONLY.search(clause.text)),
                    clause,
                    frozenset(after[:1]),
                )
            )
    return found


def _denied(duty: Duty, words: str, before: str) -> Duty:
    """ "No worker shall" is "must not"; "no proof is needed" is "need not"."""
    if not _SUBJECT_NO.search(before):
        return duty
    if re.match(r"need|requir|necess|(?:is|are|was|were|be) (?:\w+ly )?requir", words, re.I):
        return Duty.NEED_NOT
    return {Duty.MUST: Duty.MUST_NOT, Duty.MAY: Duty.MUST_NOT, Duty.SHOULD: Duty.SHOULD_NOT}.get(duty, duty)


def _about_the_same(clause: Clause, theirs: list[_Said]) -> list[_Said]:
    """What the source says in the clause that shares most words with this one; [] where none shares any."""
    shared = [len(clause.stems & o.clause.stems) / math.sqrt(len(o.clause.stems) or 1) for o in theirs]
    best = max(shared, default=0.0)
    return [other for other, share in zip(theirs, shared, strict=True) if best and share == best]


def _explained(said: _Said, source: Text) -> bool:
    """Whether the source says the same without such a word: a denial by "no", a duty in a list of advice."""
    if said.duty in (Duty.MUST_NOT, Duty.SHOULD_NOT, Duty.NEED_NOT):
        return bool(NEGATIONS[source.language].search(source.text))
    return bool(re.search(r"\b(?:entitled|right to|obligation|duty|rule|condition)\b", source.text, re.I))


def _dropped(sentence: Text, source: Text, theirs: list[_Said]) -> Iterator[Concern]:
    """ "May lose" told as "lose"."""
    if NEGATIONS.get(sentence.language, _MAYBE).search(sentence.text) or _MAYBE.search(sentence.text):
        return
    for clause in sentence.clauses:
        rivals = _about_the_same(clause, theirs)
        if not rivals or any(said.duty is not Duty.MAY for said in rivals):
            continue
        said = rivals[0]
        if source.nearest(clause.stems) is not said.clause:
            continue  # it is about something else
        if len(said.clause.stems & clause.stems) * 2 >= len(said.clause.stems):
            yield Concern(Kind.DUTY, f"leaves out “{said.words}”", False)
            return


def negation_concerns(sentence: Text, source: Text) -> Iterator[Concern]:
    """A "not" that only one of the two has over the same words, and words of opposite meaning."""
    if sentence.language not in NEGATIONS:
        return
    duties = bool(_said(sentence)) and bool(_said(source))
    mine, theirs = _scopes(sentence, duties), _scopes(source, duties)
    for clause, word, scope in theirs:
        if _flipped(scope, clause, sentence, source):
            yield Concern(Kind.NEGATION, f"leaves out “{word}”, which the source says", True)
            return
    for clause, word, scope in mine:
        if _flipped(scope, clause, source, sentence):
            yield Concern(Kind.NEGATION, f"says “{word}”, the source does not", True)
            return
    yield from _opposites(sentence, source)


def _scopes(text: Text, without_duties: bool) -> list[tuple[Clause, str, frozenset[str]]]:
    """Every negation with its clause, its word and the stems it denies."""
    found = []
    plain = _NO_NEGATION.sub(_blank, text.text)
    if without_duties:  # those are compared as duties
        for duty, pattern in DUTIES.get(text.language, ()):
            if duty in (Duty.NEED_NOT, Duty.MUST_NOT, Duty.SHOULD_NOT):
                plain = pattern.sub(_blank, plain)
    for match in NEGATIONS[text.language].finditer(plain):
        clause = next((c for c in reversed(text.clauses) if c.start <= match.start()), None)
        if clause is None:
            continue
        if re.search(r"\b(?:before|until)\b", clause.text[match.end() - clause.start :]):
            continue  # "not before" is "after", which `order_concerns` reads
        after = [token.stem for token in clause.tokens if token.start >= match.end() and token.stem]
        denied = after[:SCOPE] or [token.stem for token in clause.tokens if token.stem][-SCOPE:]
        if denied:
            found.append((clause, match.group(), frozenset(denied)))
        for listed in text.clauses:
            if listed.start == clause.start + len(clause.text) and _LISTED.match(listed.text):
                found.append((listed, match.group(), frozenset([t.stem for t in listed.tokens if t.stem][:SCOPE])))
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _flipped(scope: frozenset[str], clause: Clause, other: Text, own: Text) -> bool:
    """Whether `other` says of the same what `clause` denies, with no word that denies.

    The other text must hold the first word denied or half of all, share most of the clause's words, and the
    denying text must not say the same without the negation elsewhere.
    """
    nearest = other.nearest(clause.stems)
    if nearest is None:
        return False
    held = scope & nearest.stems
    same = own.nearest(nearest.stems)
    if same is not None and same is not clause and held <= same.stems:
        return False  # it says so elsewhere
    if not held or len(held) * 2 < len(scope):
        return False
    shared = clause.stems & nearest.stems
    if len(shared) * 2 < min(len(clause.stems), len(nearest.stems)) or len(shared) < min(2, len(clause.stems)):
        return False
    denials = len(NEGATIONS[own.language].findall(clause.text)) or 1  # none in a clause of a list that began with one
    if len(NEGATIONS[own.language].findall(own.piece_of(clause))) > 1 and _ONLY.search(other.piece_of(nearest)):
        return False  # "without a warrant, none" is "only with one"
    if len(NEGATIONS[other.language].findall(nearest.text)) >= denials:
        return False
    if any(word.lower()[:4] not in clause.text.lower() for word in _like_no(nearest.text, other.language)):
        return False
    return not _denied_elsewhere(other, nearest, clause.stems) and not _balanced(own, clause, other, nearest)


def _like_no(text: str, language: str) -> list[str]:
    return [found.group() for found in NEGATIVE_LIKE[language].finditer(text)]


def _denied_elsewhere(text: Text, clause: Clause, stems: frozenset[str]) -> bool:
    """Whether the rest of the clause's sentence denies one of these words: "interviewed, without the captain".

    What goes on with a list that began with a denial is denied with it: "not detained, charged or fined".
    """
    for found in text.clauses:
        if found is clause or text.piece_of(found) != text.piece_of(clause):
            continue
        if _LISTED.match(clause.text) and found.start < clause.start and NEGATIONS[text.language].search(found.text):
            return True
        denials = [*NEGATIONS[text.language].finditer(found.text), *NEGATIVE_LIKE[text.language].finditer(found.text)]
        for denial in denials:
            after = [t.stem for t in found.tokens if t.stem and t.start >= found.start + denial.end()]
            if stems & set(after[:SCOPE]):
                return True
    return False


def _balanced(own: Text, clause: Clause, other: Text, nearest: Clause) -> bool:
    """Whether both sentences deny as often, and the other clause denies too: "without a start, it is no target"."""
    pattern = NEGATIONS[own.language]
    mine, theirs = pattern.findall(own.piece_of(clause)), pattern.findall(other.piece_of(nearest))
    return bool(pattern.search(nearest.text)) and len(theirs) >= len(mine)


def _opposites(sentence: Text, source: Text) -> Iterator[Concern]:
    if sentence.language != "en":
        return
    for clause in sentence.clauses:
        nearest = source.nearest(clause.stems)
        if nearest is None or not clause.stems & nearest.stems:
            continue
        whole = source.piece_of(nearest)
        for one, two in ANTONYMS:
            for mine, theirs in ((one, two), (two, one)):
                said, given = _only_word(mine, theirs, clause.text), _only_word(theirs, mine, whole)
                if said and given and not re.search(rf"\b(?:{mine})\b", source.text, re.I):
                    denied = _denies(said, clause.text) ^ _denies(given, whole)
                    if not denied and not re.search(r"\bthan\b", clause.text):
                        yield Concern(Kind.NEGATION, f"says “{said}”, the source says “{given}”", True)
                        return


def _only_word(wanted: str, without: str, text: str) -> str:
    found = re.search(rf"\b(?:{wanted})\b", text, re.I)
    return found.group() if found and not re.search(rf"\b(?:{without})\b", text, re.I) else ""


def _denies(word: str, text: str) -> bool:
    """Whether a negation stands close before a word."""
    start = text.lower().find(word.lower())
    return bool(NEGATIONS["en"].search(text[max(0, start - 30) : start]))
