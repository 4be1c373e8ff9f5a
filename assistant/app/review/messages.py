"""What the Review view and the server tell each other. What comes from a browser is validated here.

Reviews are kept by the server. A rater is sent what they are to judge and what they said of it themselves, and never
anything that another rater or an automatic judge said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.app.messages import Step
from assistant.review.pasted import MAX_CHARACTERS
from assistant.review.types import MAX_NAME, MAX_WORDS, Cited, Judgement, Progress, Review, Supported
from assistant.review.view import RaterView
from assistant.review.workbench import MAX_TITLE

MOST_NAMES = 50  # raters or tags of one request
MOST_EACH = 100_000  # sentences of a sample
ReviewId = Annotated[str, Field(pattern=r"^r\d{1,9}$")]
ClaimId = Annotated[str, Field(pattern=r"^r\d{1,9}\.\d{1,9}$")]
Name = Annotated[str, Field(max_length=4 * MAX_NAME)]  # what is too long for a name is said in words, by the workbench


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field("", max_length=64)


class Looking(_Request):
    """All reviews, with how far each rater is."""


class Making(_Request):
    """A new review."""

    source: Literal["conversation", "pasted", "run"]
    record: Any = Field(None, description="conversation: of a tab, or out of a file")
    text: str = Field("", max_length=MAX_CHARACTERS, description="pasted answers")
    name: str = Field("", max_length=300, description="of the run, or of the file the conversation was in")
    title: str = Field("", max_length=MAX_TITLE)
    per_tag: int | None = Field(None, ge=1, le=MOST_EACH)
    tags: tuple[Name, ...] = Field((), max_length=MOST_NAMES)
    raters: tuple[Name, ...] = Field((), max_length=MOST_NAMES)
    per_claim: int | None = Field(None, ge=1, le=MOST_NAMES)
    withheld: bool = True
    seed: int = Field(0, ge=0, le=1_000_000)


class Assigning(_Request):
    review: ReviewId
    rater: Name


class Removing(_Request):
    review: ReviewId


class Fetching(_Request):
    """One claim for a rater; without a position the next one to judge."""

    review: ReviewId
    rater: Name
    position: int | None = Field(None, ge=1)


class Said(BaseModel):
    """A judgement as the page sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    support: Supported
    citation: Cited
    source_wrong: bool = False
    better: str = Field("", max_length=MAX_WORDS)
    comment: str = Field("", max_length=MAX_WORDS)

    @property
    def judgement(self) -> Judgement:
        return Judgement(self.support, self.citation, self.source_wrong, self.better.strip(), self.comment.strip())


class Judging(Fetching):
    """A rater's judgement of the claim at a position."""

    position: int = Field(ge=1)
    claim: ClaimId
    said: Said


class PuttingOff(Fetching):
    position: int = Field(ge=1)
    claim: ClaimId


class Undoing(_Request):
    review: ReviewId
    rater: Name


class Figuring(_Request):
    """The results; `rater`: who asks, '' for somebody who judges nothing.

    `look`: they were told that the results show what raters said, and asked for them all the same.
    """

    review: ReviewId
    rater: Name = ""
    look: bool = False


class Contesting(Figuring):
    """What raters differ on: one claim, by its number; without a number the first one that nobody decided."""

    number: int | None = Field(None, ge=1)


class Settling(_Request):
    """Somebody decides a claim."""

    claim: ClaimId
    by: Name
    said: Said


class Unsettling(_Request):
    review: ReviewId
    by: Name


class Exporting(Figuring):
    format: Literal["csv", "json", "verdicts"]


class Regressing(_Request):
    claim: ClaimId


# --- steps ---


def said_record(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    return {
        "support": judgement.support.value,
        "citation": judgement.citation.value,
        "source_wrong": judgement.source_wrong,
        "better": judgement.better,
        "comment": judgement.comment,
    }


def listed(id: str, html: str, runs: Sequence[str], number: int) -> Step:
    """The reviews as HTML and how many there are, and the names of the evaluation runs on this machine."""
    return {"step": "listed", "id": id, "html": html, "runs": list(runs), "number": number}


def done(id: str, text: str, review: str = "") -> Step:
    """Something was made or changed: in words, and of which review."""
    return {"step": "done", "id": id, "text": text, "review": review}


def claim(id: str, view: RaterView, html: str, sources: str, step: str = "claim") -> Step:
    """One claim in front of a rater: HTML of the sentence and of its sources, and the rater's own words."""
    return {
        "step": step,
        "id": id,
        "review": view.review,
        "title": view.title,
        "rater": view.rater,
        "claim": view.claim.id,
        "html": html,
        "sources": sources,
        "cited": bool(view.claim.quotes),
        "own": said_record(view.own),
        **_place(view),
    }


def _place(view: RaterView) -> Mapping[str, Any]:
    return {
        "position": view.position,
        "total": view.total,
        "judged": view.judged,
        "skipped": view.skipped,
        "put_off": view.put_off,
        "previous": view.previous,
        "next": view.next,
        "open": view.open,
    }


def finished(id: str, review: Review, mine: Progress) -> Step:
    """All of a rater's claims are judged; `looked`: and they saw what others said."""
    return {
        "step": "finished",
        "id": id,
        "review": review.id,
        "title": review.title,
        "rater": mine.rater,
        "total": mine.total,
        "looked": mine.looked,
    }


def kept(id: str, view: RaterView) -> Step:
    """A judgement is on the disk; how far its rater is now."""
    return {"step": "kept", "id": id, "claim": view.claim.id, "own": said_record(view.own), **_place(view)}


def nothing(id: str, text: str) -> Step:
    """There was nothing to take back, or nothing to decide."""
    return {"step": "nothing", "id": id, "text": text}


def results(id: str, html: str, title: str, early: bool = False) -> Step:
    """`early`: nothing is shown, for who asks has not judged all."""
    return {"step": "results", "id": id, "html": html, "title": title, "early": early}


def contested(id: str, fields: Mapping[str, Any]) -> Step:
    """A claim to decide, with what each of its raters said."""
    return {"step": "contested", "id": id, **fields}
