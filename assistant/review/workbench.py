"""The workbench: one object for whoever shows reviews, in the app or on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from assistant.errors import ReviewError
from assistant.people.masking import Masking
from assistant.review import cases, export, make
from assistant.review.case_documents import CaseDocuments
from assistant.review.locate import all_located
from assistant.review.pasted import parse
from assistant.review.results import ClaimResult, Results, claim_results, results
from assistant.review.store import now
from assistant.review.types import (
    Adjudication,
    AnswerPart,
    Cited,
    ClaimId,
    Judgement,
    Review,
    ReviewId,
    Settling,
    Source,
    Supported,
    Verdict,
    rater_name,
)
from assistant.review.verdicts import Verdicts
from assistant.review.view import RaterView, next_open, rater_view, slot_at
from assistant.show.sources import SourceView
from assistant.show.words import printable
from assistant.texts.catalogue import _
from corpus.library import Library

MAX_TITLE = 200  # characters


class Workbench(Verdicts):
    """Reviews of one data folder. May be used by several threads at once; other processes may use the same folder.

    Every method that names a review, a claim or a rater raises ReviewError when there is none such.
    """

    def __init__(
        self,
        home: Path,
        library: Library,
        clock: Callable[[], str] = now,
        masking: Callable[[], Masking] = Masking,
    ) -> None:
        """`masking`: what leaves out details of people, as it is at the moment."""
        super().__init__(home, clock)
        self._home = home
        self._library = library
        self._documents = CaseDocuments(home, library)
        self._masking = masking

    # --- making ---

    def pasted(self, text: str) -> tuple[Source, ...]:
        """Answers that somebody pasted, as text or JSON, their quotes looked up in the library."""
        return all_located(parse(text), self._library)

    def pasted_file(self, file: Path) -> tuple[Source, ...]:
        return all_located(make.read_pasted(file), self._library)

    def create(
        self,
        answers: Sequence[Source],
        source: str,
        *,
        title: str = "",
        per_tag: int | None = None,
        tags: Iterable[str] = (),
        seed: int = 0,
        withheld: bool = True,
        whole: bool = False,
        raters: Sequence[str] = (),
        per_claim: int | None = None,
    ) -> Review:
        """A review of the sentences of these answers; see `make.sample` for `per_tag`, `make.orders` for `per_claim`.

        `source`: what they were taken from, in words; the title where none is given. `whole`: also whether each answer
        answers its question. ReviewError without raters: a review nobody judges would only lie there.
        """
        names = [rater_name(name) for name in raters]
        answers = [self._masked(each) for each in answers]
        if not names:
            raise ReviewError(_("a review begins with its raters; name those who will judge it, such as Ana and Bo"))
        make.orders((), names, seed, per_claim)  # a fault in the names is said before all is made
        chosen = make.sample(make.drafts(answers, withheld), per_tag, tags, seed)
        used = sorted({draft.answer for draft in chosen})
        kept = [answers[number - 1] for number in used]
        places = {number: place for place, number in enumerate(used, start=1)}
        renumbered = [replace(draft, answer=places[draft.answer]) for draft in chosen]
        words = printable(source)
        claims = [*renumbered, *(make.wholes(kept) if whole else ())]
        review = self.insert((printable(title) or words)[:MAX_TITLE], words, seed, kept, claims)
        self.assign(review.id, names, per_claim)
        return review

    def _masked(self, source: Source) -> Source:
        """Without details of people in what was asked: it is kept, and shown to those who judge."""
        history = tuple(self._masking().read(asked).text for asked in source.history)
        return replace(source, answer=self._masking().answer(source.answer), history=history)

    def assign(self, review: ReviewId, raters: Sequence[str], per_claim: int | None = None) -> None:
        """Adds raters; each gets all claims, or with `per_claim` a share. What somebody has already stays.

        Whole answers come last: whoever has judged one has read the sentences together.
        """
        seed, claims = self.review(review).seed, self.claims(review)
        of_sentences, of_answers = (
            make.orders([claim.number for claim in claims if claim.whole is whole], raters, seed, per_claim)
            for whole in (False, True)
        )
        self.give(review, {name: (*order, *of_answers[name]) for name, order in of_sentences.items()})

    # --- rating ---

    def judge(self, id: ClaimId, rater: str, judgement: Judgement) -> Verdict:
        """As `Verdicts.judge`, without details of people in the comment."""
        return super().judge(id, rater, self._without_people(judgement))

    def adjudicate(self, id: ClaimId, by: str, judgement: Judgement) -> Adjudication:
        """As `Verdicts.adjudicate`, without details of people in the comment."""
        return super().adjudicate(id, by, self._without_people(judgement))

    def _without_people(self, judgement: Judgement) -> Judgement:
        return replace(judgement, comment=self._masking().read(judgement.comment).text)

    def claim_for(self, rater: str, review: ReviewId, position: int | None = None) -> RaterView | None:
        """The claim at a position of the rater's order, by default the next to judge; None when all are judged."""
        found = self.review(review)
        slots = self.order(review, rater)
        place = next_open(slots) if position is None else position
        if place is None:
            return None
        claim = self.claim(f"{found.id}.{slot_at(slots, place).claim}")
        name, own = self.said(claim, rater)
        return rater_view(found, name, slots, place, claim, own)

    def source(self, claim: ClaimId, quote: int) -> SourceView:
        """What a quote of a claim opens: passage, page image, boxes. `quote`: its place in `quotes`, from 0."""
        found = self.claim(claim)
        if not 0 <= quote < len(found.quotes):
            raise ReviewError(f"{found.id} has {len(found.quotes)} quotes; there is no {quote + 1}")
        cited = found.quotes[quote].quote
        passages = self.answer(found).answer.evidence.passages
        passage = passages[cited.label - 1] if 1 <= cited.label <= len(passages) else None
        return self._documents.view(cited, passage)

    def undo(self, rater: str, review: ReviewId) -> RaterView | None:
        """Takes back the rater's last step, and shows its claim. None when there is nothing to take back."""
        number = self.take_back(review, rater)
        if number is None:
            return None
        return self.claim_for(rater, review, next(s.position for s in self.order(review, rater) if s.claim == number))

    # --- what came of it ---

    def claim_results(self, review: ReviewId) -> tuple[ClaimResult, ...]:
        """What was said of each claim, by number."""
        return claim_results(
            self.claims(review), self.assigned(review), self.verdicts(review), self.adjudications(review)
        )

    def results(self, review: ReviewId) -> Results:
        """Verdicts, agreement, scores and judges, as they stand; about half a second for 400 claims."""
        return results(self.review(review), self.progress(review), self.claim_results(review))

    def disagreements(self, review: ReviewId) -> tuple[ClaimResult, ...]:
        """Claims that raters differ on, adjudicated or not, by number."""
        return tuple(each for each in self.claim_results(review) if each.disagreement)

    def export(self, review: ReviewId, what: Literal["csv", "json", "verdicts"]) -> bytes:
        """A table (CSV), or JSON: all that is kept, or the settled verdicts alone, to hold automatic judges against."""
        if what == "json":
            return export.to_json(self.results(review), self.history(review))
        write = export.to_csv if what == "csv" else export.to_verdicts
        return write(self.claim_results(review))

    def save_case(self, claim: ClaimId) -> tuple[Path, bool]:
        """Makes a fault a regression case: the file, and whether it is new there.

        ReviewError unless the verdict was adjudicated or agreed on by two raters or more, and finds a fault.
        """
        found = self.claim(claim)
        each = {result.claim.id: result for result in self.claim_results(found.review)}
        settled = each[found.id].settled
        if settled is None or settled.how is Settling.ALONE:
            unsettled = _("{claim} is not settled; two raters must agree on it, or somebody decide it")
            raise ReviewError(unsettled.format(claim=found.id))
        good = [
            result.claim
            for result in each.values()
            if result.claim.answer == found.answer
            and result.claim.part not in (AnswerPart.WITHHELD, AnswerPart.WHOLE)
            and (other := result.settled)
            and other.how is not Settling.ALONE
            and (other.judgement.support, other.judgement.citation) == (Supported.FULL, Cited.RIGHT)
        ]
        case = cases.fault_case(found, settled.judgement, self.answer(found), good)
        return self._home / cases.FOLDER / cases.FILE, cases.keep_case(self._home, case)
