"""Reviews in types: sentences to be judged, who judges them, and what was said.

Raters choose a name or initials; nothing else is kept of a person. Times are ISO 8601, UTC, to the second.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.errors import ReviewError
from assistant.show.words import printable
from assistant.texts.catalogue import _, ngettext
from assistant.types import Answer, Quote

ReviewId = str  # "r3"
ClaimId = str  # "r3.12": review r3, claim 12

MAX_NAME = 40  # characters
MAX_WORDS = 2000  # characters of a comment, as in the journal of thumbs
_NAME = re.compile(r"[\w .'’-]+")


class Supported(StrEnum):
    """Whether the quotes say what the sentence says."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    CANNOT_TELL = "can't tell"


class Cited(StrEnum):
    """Whether the citation leads to the right place."""

    RIGHT = "right page"
    WRONG = "wrong page"
    BETTER = "better source exists"
    MISSING = "no citation"


class Answers(StrEnum):
    """Whether an answer answers its question."""

    YES = "answers"
    PARTLY = "partly"
    NO = "does not"


class AnswerPart(StrEnum):
    """Where in an answer a claim stands. A rater is told only whether it is one sentence, or all of the answer."""

    SHOWN = "shown"
    LISTED = "listed"  # an item of a list of the Toolkit
    WITHHELD = "withheld"  # of a model's draft, kept from the reader because no quote supports it
    WHOLE = "whole answer"  # all that was shown: does it answer the question?


class Settling(StrEnum):
    """How the verdict on a claim came to stand."""

    ALONE = "one rater"
    AGREED = "agreed by all"
    ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class Review:
    """One round of checking."""

    id: ReviewId
    title: str
    made: str  # UTC
    source: str  # what its claims were taken from, in words
    tags: tuple[str, ...] = ()  # of all its claims, sorted
    seed: int = 0  # of the sample, of who judges what, and of each rater's order


@dataclass(frozen=True, slots=True)
class ClaimQuote:
    """One quote a claim rests on. `quote` opens its page; `found` False: it is not in the library."""

    quote: Quote
    source: str  # publication, kind and date in words
    pages: str  # 'p. 12 (PDF p. 14)'; '' where there are none
    before: str  # of the passage, up to the quote
    after: str
    found: bool = True
    cited: str = ""  # a pasted answer's own words for its source; '' in an answer of this product


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A sentence or list item of an answer, or all of it, as it will be judged, before it belongs to a review."""

    question: str
    text: str
    lead: str = ""  # the line that introduces a list item
    before: str = ""  # the sentence of the answer that stands before it; '' for a first one
    quotes: tuple[ClaimQuote, ...] = ()
    part: AnswerPart = AnswerPart.SHOWN
    position: int  # among the answer's statements, or its withheld ones, from 0
    answer: int  # which answer of the review, from 1
    tags: tuple[str, ...] = ()
    case: str = ""  # id of the evaluation case; '' for a conversation or a pasted answer
    automatic: Mapping[str, str] = field(default_factory=dict)  # judge -> full, partial, none, verbatim

    @property
    def whole(self) -> bool:
        """Whether it is an answer rather than a sentence of one."""
        return self.part is AnswerPart.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ClaimDraft):
    """A draft in its review."""

    id: ClaimId
    review: ReviewId
    number: int  # within the review, from 1


@dataclass(frozen=True, slots=True)
class Source:
    """An answer that claims are taken from, with what a regression case needs to ask it again."""

    answer: Answer
    history: tuple[str, ...] = ()  # questions asked before it, oldest first
    tags: tuple[str, ...] = ()
    case: str = ""
    definition: Mapping[str, object] = field(default_factory=dict)  # the evaluation case as it was written; may be {}
    # judge -> support of each statement, then of each that was withheld; None where it said nothing
    judges: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    cited: Mapping[int, str] = field(default_factory=dict)  # label -> a pasted answer's words for its source
    missing: frozenset[int] = frozenset()  # labels whose quote is not in the library
    judged: bool = True  # whether `Statement.support` is a verdict; False for a pasted answer, which has none


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of one claim: of a sentence `support` and `citation`, of a whole answer `answers`.

    Words are kept in one line. ReviewError when there are too many, and for anything between the two.
    """

    support: Supported | None = None
    citation: Cited | None = None
    source_wrong: bool = False  # the source says it, and is itself wrong
    better: str = ""  # which source would be better, in words
    comment: str = ""
    answers: Answers | None = None

    def __post_init__(self) -> None:
        sentence = (self.support is not None, self.citation is not None)
        if sentence != ((True, True) if self.answers is None else (False, False)):
            raise ReviewError("a sentence is judged by support and citation, a whole answer by what it answers")
        for name in ("better", "comment"):
            words = printable(getattr(self, name))
            if len(words) > MAX_WORDS:
                long = ngettext(
                    "{n} character of comment; write at most {most}",
                    "{n} characters of comment; write at most {most}",
                    len(words),
                )
                raise ReviewError(long.format(n=len(words), most=MAX_WORDS))
            object.__setattr__(self, name, words)

    @property
    def agreed_on(self) -> tuple[Supported | None, Cited | None, bool, Answers | None]:
        """What raters can agree on; two comments need not be alike."""
        return (self.support, self.citation, self.source_wrong, self.answers)

    @property
    def chosen(self) -> tuple[str, ...]:
        """('partial', 'right page') of a sentence, ('partly',) of a whole answer."""
        return tuple(each.value for each in (self.support, self.citation, self.answers) if each)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rater's judgement of one claim."""

    claim: ClaimId
    rater: str
    judgement: Judgement
    at: str  # UTC


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What a person who did not judge the claim decided where raters did not agree."""

    claim: ClaimId
    by: str
    judgement: Judgement
    at: str  # UTC


@dataclass(frozen=True, slots=True)
class Settled:
    """A claim's verdict that stands."""

    judgement: Judgement
    how: Settling


@dataclass(frozen=True, slots=True)
class RaterProgress:
    """How far one rater is."""

    rater: str
    judged: int
    skipped: int  # put off, and not judged since
    total: int
    looked: bool = False  # whether they saw what others said; their verdicts stay as they are since

    @property
    def done(self) -> bool:
        return self.judged == self.total


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a rater's order."""

    position: int  # from 1
    claim: int  # its number in the review
    judged: bool
    skipped: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the history: everything that was ever said, in order."""

    number: int
    at: str  # UTC
    who: str
    what: str  # "judge", "skip", "adjudicate", "undo"
    claim: ClaimId
    before: Judgement | None
    after: Judgement | None


def rater_name(text: str) -> str:
    """A name or initials as they are kept: in one line, letters, digits, spaces and . ' - _. ReviewError otherwise."""
    name = printable(text)
    if not name or len(name) > MAX_NAME or not _NAME.fullmatch(name) or not re.search(r"\w", name):
        no_name = _(
            "{name} is no name for a rater; use a name or initials of at most {most} letters, digits and spaces"
        )
        raise ReviewError(no_name.format(name=repr(name[:MAX_NAME]), most=MAX_NAME))
    return name


def rater_key(name: str) -> str:
    """Equal for two spellings of one name: 'Ana B.' and 'ana b.'."""
    return unicodedata.normalize("NFKC", name).casefold()
