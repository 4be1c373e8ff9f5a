"""Whether a question asks for lessons, design questions or indicators of a programme."""

from __future__ import annotations

import re

from assistant.understand.lists.kinds_words import (
    ASK_PERSON,
    AT_LEVEL,
    BARE,
    CLAUSE,
    DOING,
    FINDS_OUT,
    FOR_LESSONS,
    JOINT,
    KINDS,
    LEARNING,
    LOOKS_AT,
    LOOSE,
    MEASURED,
    NAMED,
    NOMINAL,
    OF_INDICATORS,
    OF_WORK,
    ONE_PERSON,
    OURS,
    SURE_QUESTION,
    TO_MEASURE,
)
from assistant.understand.lists.other import asks_of_words_or_documents
from assistant.understand.lists.part_one import CHECKS, DISPLACES, PART_ONE, REQUEST, STEP
from assistant.understand.lists.words import activities_in
from corpus.toolkit.types import ItemKind

_HE_OR_SHE = re.compile(r"\b(?:he|she|her|him|his|hers)\b", re.I)
_NAMED_QUESTIONS = re.compile(r"\bquestions?\b|\bchecklists?\b", re.I)
# "What has to be ready before police go in": of what others do; a design is ours or is named.
_READY = re.compile(
    r"\bwhat (?:must|should|needs? to|has to|ought to|have to) be (?:clear|in place|known|settled|ready|decided"
    r"|agreed)\b[^?]* before (?!(?:we|you|i|one|it|our|my|\w+ing|an?|any)\b)",
    re.I,
)
_DESIGN = re.compile(r"\b(?:programmes?|programs?|projects?|campaigns?|interventions?|design\w*|our|checklist)\b", re.I)
# "How is impact measured without a baseline": asked of no programme.
_IMPERSONAL = re.compile(
    r"^\W*how (?:is|are|can|should|could|must) [^?]*\b(?:measured|monitored|evaluated|tracked)\b", re.I
)
# "How do we keep files safe when measuring outcomes": measuring is not what it asks about.
_WHILE = re.compile(r"(?<=\w )(?:when|while|during|without|before|after) (?:measur|monitor|evaluat|assess|track)", re.I)
_LEFT_OUT = re.compile(
    r"(?:,? but )?\b(?:not|no|without|except(?: for)?|instead of|rather than|(?:don't|do not) (?:want|need)|skip|drop"
    r"|leave out|remove|hide)(?: (?:any|the|your|more|those|these))*(?: design)?"
    r" (?:indicators?|questions?|lessons?(?: learn(?:ed|t))?)\b",
    re.I,
)


def clauses(text: str) -> list[str]:
    """A message in its sentences and, within them, in the questions joined by 'and'."""
    sentences = [s.strip() for s in CLAUSE.split(text) if s and s.strip(" .")]
    return [piece.strip() for s in sentences for piece in JOINT.split(s) if piece.strip()]


def kinds_in(clause: str, whole: str) -> tuple[ItemKind, ...]:
    """The kinds of list that one clause asks for, in the order of ItemKind; () for none.

    `whole` is the message it stands in: what is being designed may be said in another sentence.
    """
    if asks_of_words_or_documents(clause):
        return ()
    if DISPLACES.search(clause) and PART_ONE.search(clause) and CHECKS.search(clause) and not NAMED.search(clause):
        return (ItemKind.QUESTION,)
    found = kinds_named(clause)
    if ItemKind.INDICATOR not in found and FINDS_OUT.search(clause) and activities_in(clause, weak=False):
        found.append(ItemKind.INDICATOR)
    if ItemKind.INDICATOR not in found and NOMINAL.search(clause) and activities_in(clause):
        found.append(ItemKind.INDICATOR)
    if ItemKind.INDICATOR not in found and AT_LEVEL.search(clause) and _of_programme(clause):
        found.append(ItemKind.INDICATOR)
    if not found and STEP.search(clause) and REQUEST.search(clause):
        found.append(ItemKind.QUESTION)
    if ItemKind.INDICATOR in found and not _is_measured(clause):
        found.remove(ItemKind.INDICATOR)
    if ItemKind.QUESTION in found and not _is_design(clause, whole):
        found.remove(ItemKind.QUESTION)
    if ItemKind.LESSON in found and FOR_LESSONS.search(clause):
        found.remove(ItemKind.LESSON)
    if ItemKind.QUESTION in found and OF_INDICATORS.search(clause) and not re.search(r"\bquestions?\b", clause, re.I):
        found.remove(ItemKind.QUESTION)
    if ItemKind.LESSON in found and LEARNING.search(clause):
        found = [kind for kind in found if kind is not ItemKind.LESSON] or [ItemKind.INDICATOR]
    if ItemKind.LESSON in found and DOING.search(clause) and not re.search(r"\blessons?\b", clause, re.I):
        found.remove(ItemKind.LESSON)
    if ItemKind.QUESTION in found and TO_MEASURE.search(clause):
        found = [kind for kind in found if kind is not ItemKind.QUESTION] or [ItemKind.INDICATOR]
        found += [] if ItemKind.INDICATOR in found else [ItemKind.INDICATOR]
    return tuple(found)


def kinds_named(text: str) -> list[ItemKind]:
    """The kinds whose words a text holds, in the order of ItemKind, without those it leaves out."""
    kept = _LEFT_OUT.sub(" ", text)
    return [kind for kind, words in KINDS if words.search(kept)]


def kinds_left_out(text: str) -> tuple[ItemKind, ...]:
    """The kinds a text does without, in their order: "not indicators but lessons"."""
    spans = [match.group() for match in _LEFT_OUT.finditer(text)]
    return tuple(kind for kind, words in KINDS if any(words.search(span) for span in spans))


def _is_measured(clause: str) -> bool:
    """Whether a clause asks how something is measured, and that is a programme."""
    if LOOKS_AT.search(clause) and not _of_programme(clause):
        return False
    if NAMED.search(clause):
        return True
    if _IMPERSONAL.match(clause) and not _DESIGN.search(clause) and not activities_in(clause):
        return False
    circumstance = _WHILE.search(clause)
    return circumstance is None or ItemKind.INDICATOR in kinds_named(clause[: circumstance.start()])


def _of_programme(clause: str) -> bool:
    """Whether what is assessed is a programme: "how do we assess a victim's needs" asks for no indicators."""
    if NAMED.search(clause) or OF_WORK.search(clause) or activities_in(clause, weak=False):
        return True
    return bool(MEASURED.search(clause) and activities_in(clause))


def _is_design(clause: str, whole: str) -> bool:
    if ASK_PERSON.search(clause):
        return False
    if _HE_OR_SHE.search(clause) and not _NAMED_QUESTIONS.search(clause):
        return False
    if SURE_QUESTION.search(clause):
        return True
    if _READY.search(clause) and not _DESIGN.search(whole) and not activities_in(whole, weak=False):
        return False
    if DOING.search(clause):
        return False
    told = [other for other in clauses(whole) if other != clause and not other.endswith("?")]
    if told and len(clause.split()) <= BARE and not ONE_PERSON.search(whole):
        return True
    described = any(OURS.match(other) for other in told)
    return (
        described or any(words.search(whole) for words in (LOOSE, PART_ONE)) or bool(activities_in(whole, weak=False))
    )


def in_order(kinds: set[ItemKind]) -> tuple[ItemKind, ...]:
    """Each once, in the order of ItemKind."""
    return tuple(kind for kind in ItemKind if kind in kinds)
