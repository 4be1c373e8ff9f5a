"""Which lists of the Toolkit a question asks for: kinds, activity types, levels, and the programme it describes.

Rules on words; a small classifier only for the activity of a programme that no word names. What no rule recognises
asks for no list and is answered from passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Turn, Wanted
from assistant.understand.lists.asked import asked_in, most_named
from assistant.understand.lists.description import description_in
from assistant.understand.lists.followup import follow
from assistant.understand.lists.kinds import clauses, in_order, kinds_in
from assistant.understand.lists.kinds_words import ASK_PERSON, NAMED, PLANS, PROPOSAL, TELLS, THINKS
from assistant.understand.lists.narrow import STARTER, about_in, details_in, levels_in
from assistant.understand.lists.other import asks_of_words_or_documents, defines
from assistant.understand.lists.part_one import PART_ONE
from assistant.understand.lists.proposal import of_a_product, proposes
from assistant.understand.lists.sense import Sense, fits
from assistant.understand.lists.spelling import mended
from assistant.understand.lists.subjects import of_another_subject
from assistant.understand.lists.words import activities_in
from assistant.understand.lists.world import of_no_programme
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from index.types import Embedder

PROPOSED = (ItemKind.QUESTION, ItemKind.INDICATOR)  # what a described programme is proposed
LONGEST = 2000  # characters, from the end, where the question stands
_GENERAL = re.compile(r"\b(?:all|any|every|each) (?:\w+ )?(?:activit\w+|types?|sections?)\b", re.I)
# "Indicators for shelters." asks, without a verb.
_NOUNS = re.compile(
    r"^\W*(?!(?:i|we|my|our|they|he|she|you|it|there|the)\b)(?:[\w-]+ ){0,3}?(?:indicators?|questions?|lessons?|kpis?)"
    r" (?:learn(?:ed|t) )?(?:for|on|about|of|regarding)\b",
    re.I,
)
_WHAT_TO_ASK = re.compile(r"^\W*(?:(?:and|but|so) )?(?:what|which)\b[^?]*\bask(?:ed)?\b", re.I)  # with ASK_PERSON
_BACK = re.compile(r"\b(?:that|this|it|its|them|those|these|such|they|their|there)\b", re.I)


class Recogniser:
    """Reads questions. Holds no conversation; safe to share between threads."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Without the packaged embedder, a programme is recognised by its words only."""
        self._sense = Sense(embedder) if embedder is not None and fits(embedder) else None

    def read(self, question: str, turns: Sequence[Turn] = ()) -> Wanted | None:
        """The lists a question asks for; None where it asks for none.

        After an answer that was a list, a message may narrow, widen or change it; see `followup`. After another
        answer, a question that names no activity takes it from the last one.
        """
        typed = " ".join(question[-LONGEST:].split())
        if not typed:
            return None
        text = mended(typed)
        last = next((turn for turn in reversed(turns) if turn.answer.refusal is None), None)
        fresh = self._fresh(text, typed)
        if last is not None and last.answer.listing is not None:
            return follow(text, typed, last.answer.listing.wanted, fresh)
        if fresh is not None and last is not None and _leaves_open(fresh):
            taken = self._of_before(fresh, last.question)
            elsewhere = _BACK.search(text) or of_another_subject(last.question)
            return None if _leaves_open(taken) and elsewhere else taken
        return fresh

    def _fresh(self, text: str, typed: str) -> Wanted | None:
        asked = asked_in(text)  # all else only tells of the programme
        kinds = _kinds(asked, text) or self._likely(asked, text)
        if not kinds:
            return None
        part_one = ItemKind.QUESTION in kinds and bool(PART_ONE.search(asked))  # it holds questions only
        description = description_in(text, typed)
        if not part_one and (of_no_programme(text, description) or of_another_subject(asked)):
            return None
        activities = self._activities(asked, text, description, part_one)
        return Wanted(
            kinds=kinds,
            activities=activities,
            part_one=part_one,
            levels=levels_in(asked) if ItemKind.INDICATOR in kinds else (),
            about=about_in(asked),
            description=description,
            details=details_in(asked),
            starter=bool(STARTER.search(asked)),
        )

    def _likely(self, asked: str, text: str) -> tuple[ItemKind, ...]:
        """What a question about a programme asks for in words that no rule knows."""
        if self._sense is None or of_a_product(asked):
            return ()
        if any(asks_of_words_or_documents(clause) for clause in clauses(asked)):
            return ()
        kinds = self._sense.kinds(asked) if activities_in(asked, weak=False) else ()
        of_people = any(_WHAT_TO_ASK.match(clause) and ASK_PERSON.search(clause) for clause in clauses(asked))
        return () if of_people else kinds

    def _activities(self, asked: str, text: str, description: str, part_one: bool) -> tuple[Activity, ...]:
        """By the words that ask; else by those of the story, what it is like, or a place or people it names."""
        named = activities_in(asked, weak=False)
        if named or part_one or _GENERAL.search(asked):
            return named
        told = most_named(clauses(text))
        if told:
            return told
        judged = self._sense.activity(description) if self._sense and description else None
        return (judged,) if judged else activities_in(text)

    def _of_before(self, wanted: Wanted, question: str) -> Wanted:
        """What the question before was about, where this one names nothing."""
        before = mended(" ".join(question.split()))
        described = description_in(before, question) if PLANS.search(before) or _kinds(before, before) else ""
        activities = self._activities(before, before, described, False)
        return replace(wanted, activities=activities, description=described or wanted.description)


def _kinds(asked: str, text: str) -> tuple[ItemKind, ...]:
    """What `asked`, the part of a message that asks, asks for; `text` is all of it."""
    found = _asked_for(asked, text)
    if found:
        if found == {ItemKind.INDICATOR} and THINKS.search(asked):
            found.add(ItemKind.QUESTION)
        return in_order(found)
    if any(asks_of_words_or_documents(clause) and not PROPOSAL.search(clause) for clause in clauses(asked)):
        return ()
    return PROPOSED if proposes(asked, text) else ()


def _asked_for(asked: str, text: str) -> set[ItemKind]:
    """Of all clauses. "We doubt whether it works. What should we ask?" asks for questions only."""
    every = [(clause, set(kinds_in(clause, text))) for clause in clauses(asked)]
    told = [(clause, kinds) for clause, kinds in every if TELLS.match(clause) and not NAMED.search(clause)]
    found = {kind for clause, kinds in every if (clause, kinds) not in told for kind in kinds}
    if any(defines(clause) for clause, _ in every) and found <= {ItemKind.INDICATOR}:
        asking = [kinds for clause, kinds in every if not TELLS.match(clause) or _NOUNS.match(clause)]
        return {kind for kinds in asking for kind in kinds}  # "I read 'impact indicator'. What does that mean?"
    return found or {kind for _, kinds in every for kind in kinds}


def _leaves_open(wanted: Wanted) -> bool:
    return not wanted.activities and not wanted.part_one and not wanted.about
