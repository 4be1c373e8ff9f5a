"""What a rater sees: one claim with its quotes, and how far they are. Nobody else's verdict, no automatic one.

Nor is a rater told what would give a verdict away: whether the sentence was shown or withheld, warnings beside it, the
evaluation case and its tags, or who wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import ReviewError
from assistant.review.types import Claim, ClaimId, ClaimQuote, Judgement, Review, ReviewId, Slot


@dataclass(frozen=True, slots=True)
class ClaimView:
    """The part of a claim that may be judged by. All text is untrusted: escape it."""

    id: ClaimId
    question: str
    before: str  # the sentence before it in the answer
    lead: str  # the line that introduces a list item
    text: str
    quotes: tuple[ClaimQuote, ...]
    whole: bool = False  # all of an answer, to be judged by its question


@dataclass(frozen=True, slots=True)
class RaterView:
    """One claim in front of one rater."""

    review: ReviewId
    title: str
    rater: str
    position: int  # in the rater's order, from 1
    total: int
    judged: int
    skipped: int
    claim: ClaimView
    own: Judgement | None  # what this rater said of it before
    put_off: bool
    previous: int | None  # positions; None at either end
    next: int | None
    open: int | None  # the next one to judge after this one, those put off last; None when no other is left


def next_open(slots: Sequence[Slot], after: int = 0) -> int | None:
    """The first claim not judged after a position, then from the start, then those put off. None when there is none."""
    ahead = [slot for slot in slots if slot.position > after] + [slot for slot in slots if slot.position <= after]
    left = [slot for slot in ahead if not slot.judged]
    return next((slot.position for slot in (*(s for s in left if not s.skipped), *left)), None)


def rater_view(
    review: Review, rater: str, slots: Sequence[Slot], position: int, claim: Claim, own: Judgement | None
) -> RaterView:
    """The claim at a position of a rater's order."""
    slot = slot_at(slots, position)
    others = [each for each in slots if each is not slot]
    return RaterView(
        review=review.id,
        title=review.title,
        rater=rater,
        position=position,
        total=len(slots),
        judged=sum(each.judged for each in slots),
        skipped=sum(each.skipped for each in slots),
        claim=ClaimView(claim.id, claim.question, claim.before, claim.lead, claim.text, claim.quotes, claim.whole),
        own=own,
        put_off=slot.skipped,
        previous=position - 1 if position > 1 else None,
        next=position + 1 if position < len(slots) else None,
        open=next_open(others, position),
    )


def slot_at(slots: Sequence[Slot], position: int) -> Slot:
    """ReviewError outside the order."""
    if not 1 <= position <= len(slots):
        raise ReviewError(f"there is no claim {position}; this rater has {len(slots)}")
    return slots[position - 1]
