"""What the server does for the Review view: read the request, turn to the workbench, say it as a step."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.app import messages
from assistant.app.engine import reason
from assistant.app.messages import Step
from assistant.app.review import blind as blind
from assistant.app.review import html as review_html
from assistant.app.review import messages as words
from assistant.app.review import results_html as review_results_html
from assistant.review import make
from assistant.review.errors import ReviewError
from assistant.review.results import ClaimResult
from assistant.review.types import Claim, ClaimId, ClaimQuote, Review, Source
from assistant.review.view import ClaimView, RaterView
from assistant.review.workbench import Workbench
from assistant.show.sources import SourceView
from corpus.errors import IcatError
from corpus.library import Library

log = logging.getLogger(__name__)

RUNS = "runs"  # the folder of evaluation runs in the data folder
NO_RUN = "there is no evaluation run of this name on this machine; `icat evaluate` makes one"
EMPTY = "the conversation in this tab is empty; ask something in the chat first"
OTHER_PAGE = "this sentence is no longer at this place; load the page again"
NOTHING_DONE = "There is nothing to take back."
NO_DIFFERENCE = "The raters differ on nothing so far."
MIME = {"csv": "text/csv;charset=utf-8", "json": "application/json", "verdicts": "application/json"}


def _ending_in_a_step(handler: Callable[[ReviewHandlers, Any], Step]) -> Callable[[ReviewHandlers, Any], Step]:
    """An error becomes the step `failed`: ours as it stands, a bug by its kind and in the log."""

    @wraps(handler)
    def handle(self: ReviewHandlers, sent: Any) -> Step:
        try:
            return handler(self, sent)
        except Exception as error:
            if not isinstance(error, IcatError):
                log.error("a request of the Review view failed", exc_info=error)
            return messages.failed(str(sent.get("id", "")) if isinstance(sent, dict) else "", reason(error))

    return handle


class ReviewHandlers:
    """One for the whole server. The file of reviews is opened when it is first asked for."""

    def __init__(self, home: Path, library: Library) -> None:
        self._home = home
        self._library = library
        self._opening = Lock()
        self._opened: Workbench | None = None

    @property
    def _bench(self) -> Workbench:
        with self._opening:
            if self._opened is None:
                self._opened = Workbench(self._home, self._library)
            return self._opened

    # --- reviews ---

    @_ending_in_a_step
    def reviews(self, sent: Any) -> Step:
        """All reviews, the newest first, and the runs that one can be made from."""
        request = messages.read(words.Looking, sent)
        found = self._bench.reviews()
        return words.listed(request.id, review_html.reviews_html([*map(self._listed, found)]), self._runs(), len(found))

    def _listed(self, review: Review) -> review_html.Listed:
        return review_html.Listed(review, len(self._bench.claims(review.id)), self._bench.progress(review.id))

    def _runs(self) -> list[str]:
        """Names of the folders that hold answers, the last first."""
        folder = self._home / RUNS
        found = [place for place in folder.iterdir() if (place / make.RECORDS).is_file()] if folder.is_dir() else []
        return sorted((place.name for place in found), reverse=True)

    @_ending_in_a_step
    def create(self, sent: Any) -> Step:
        """A review of the sentences of a conversation, of pasted answers or of a run."""
        request = messages.read(words.Making, sent)
        answers, source = self._answers(request)
        made = self._bench.create(
            answers,
            source,
            title=request.title,
            per_tag=request.per_tag,
            tags=request.tags,
            seed=request.seed,
            withheld=request.withheld,
            raters=request.raters,
            per_claim=request.per_claim,
        )
        sentences = review_html.counted(len(self._bench.claims(made.id)), "sentence")
        return words.done(request.id, f"The review is made: {sentences}.", made.id)

    def _answers(self, request: words.Making) -> tuple[tuple[Source, ...], str]:
        """The answers to take sentences from, and what they are of, in words."""
        if request.source == "pasted":
            return self._bench.pasted(request.text), "pasted answers"
        if request.source == "run":
            if request.name not in self._runs():
                raise ReviewError(NO_RUN)
            return make.read_run(self._home / RUNS / request.name), f"evaluation run {request.name}"
        if request.record is None:
            raise ReviewError(EMPTY)
        return make.conversation(request.record), f"conversation {request.name}" if request.name else "a conversation"

    @_ending_in_a_step
    def assign(self, sent: Any) -> Step:
        request = messages.read(words.Assigning, sent)
        self._bench.assign(request.review, [request.rater])
        return words.done(request.id, "The rater is added.", request.review)

    @_ending_in_a_step
    def remove(self, sent: Any) -> Step:
        request = messages.read(words.Removing, sent)
        self._bench.remove(request.review)
        return words.done(request.id, "The review is gone.", request.review)

    # --- rating ---

    @_ending_in_a_step
    def fetch(self, sent: Any) -> Step:
        """The claim at a position of the rater's order, or the next to judge."""
        request = messages.read(words.Fetching, sent)
        view = self._bench.claim_for(request.rater, request.review, request.position)
        if view is None:
            review = self._bench.review(request.review)
            return words.finished(request.id, review, blind.progress_of(self._bench, review.id, request.rater))
        return self._shown(request.id, view)

    def _shown(self, id: str, view: RaterView, step: str = "claim") -> Step:
        sources = self._sources_html(view.claim.id, view.claim.quotes)
        return words.claim(id, view, review_html.claim_html(view.claim), sources, step)

    def _sources_html(self, claim: ClaimId, quotes: Sequence[ClaimQuote]) -> str:
        found: dict[int, SourceView] = {}
        for number, shown in enumerate(quotes):
            if shown.found:
                found[number] = self._bench.source(claim, number)
        return review_html.sources_html(quotes, found)

    @_ending_in_a_step
    def judge(self, sent: Any) -> Step:
        """Keeps a judgement. One that is kept already, and was sent again since no word of it came, is no new step."""
        request = messages.read(words.Judging, sent)
        view = self._at(request.rater, request.review, request.position, request.claim)
        if view.own != request.said.judgement:
            self._bench.judge(request.claim, request.rater, request.said.judgement)
        return words.kept(request.id, self._at(request.rater, request.review, request.position, request.claim))

    @_ending_in_a_step
    def skip(self, sent: Any) -> Step:
        """Puts a claim off."""
        request = messages.read(words.PuttingOff, sent)
        self._at(request.rater, request.review, request.position, request.claim)
        self._bench.skip(request.claim, request.rater)
        return words.kept(request.id, self._at(request.rater, request.review, request.position, request.claim))

    def _at(self, rater: str, review: str, position: int, claim: ClaimId) -> RaterView:
        view = self._bench.claim_for(rater, review, position)
        if view is None or view.claim.id != claim:
            raise ReviewError(OTHER_PAGE)
        return view

    @_ending_in_a_step
    def undo(self, sent: Any) -> Step:
        """Takes back the rater's last step, and shows its claim."""
        request = messages.read(words.Undoing, sent)
        view = self._bench.undo(request.rater, request.review)
        return self._shown(request.id, view, "undone") if view else words.nothing(request.id, NOTHING_DONE)

    # --- what came of it ---

    @_ending_in_a_step
    def figures(self, sent: Any) -> Step:
        """The results, or why they are not shown yet."""
        request = messages.read(words.Figuring, sent)
        review = self._bench.review(request.review)
        if early := blind.instead(self._bench, request):
            return words.results(request.id, early, review.title, early=True)
        return words.results(request.id, review_results_html.results_html(self._bench.results(review.id)), review.title)

    @_ending_in_a_step
    def contest(self, sent: Any) -> Step:
        """A claim that raters differ on, with what they said."""
        request = messages.read(words.Contesting, sent)
        review = self._bench.review(request.review)
        if early := blind.instead(self._bench, request):
            return words.results(request.id, early, review.title, early=True)
        return self._contested(request.id, review, request.number)

    def _contested(self, id: str, review: Review, number: int | None, after: int = 0) -> Step:
        found = self._bench.disagreements(review.id)
        places = {each.claim.number: place for place, each in enumerate(found)}
        opened = _open(found, after)
        number = number if number in places else opened or next(iter(places), None)
        if number is None:
            return words.nothing(id, NO_DIFFERENCE)
        place = places[number]
        each, numbers = found[place], list(places)
        decided = each.adjudication
        return words.contested(
            id,
            {
                "review": review.id,
                "title": review.title,
                "claim": each.claim.id,
                "html": review_html.claim_html(_plain(each.claim)),
                "sources": self._sources_html(each.claim.id, each.claim.quotes),
                "verdicts": review_results_html.verdicts_html(each),
                "raters": list(each.raters),
                "cited": bool(each.claim.quotes),
                "own": words.said_record(decided.judgement if decided else None),
                "number": number,
                "position": place + 1,
                "total": len(found),
                "judged": sum(not one.undecided for one in found),
                "previous": numbers[place - 1] if place else None,
                "next": numbers[place + 1] if place + 1 < len(numbers) else None,
                "open": _open([one for one in found if one is not each], number),
            },
        )

    @_ending_in_a_step
    def settle(self, sent: Any) -> Step:
        """Keeps a decision, and gives the claim as it stands then."""
        request = messages.read(words.Settling, sent)
        self._bench.adjudicate(request.claim, request.by, request.said.judgement)
        review, number = request.claim.split(".")
        return {**self._contested(request.id, self._bench.review(review), int(number)), "step": "settled"}

    @_ending_in_a_step
    def unsettle(self, sent: Any) -> Step:
        """Takes back this person's last decision, and shows its claim."""
        request = messages.read(words.Unsettling, sent)
        claim = self._bench.undo_adjudication(request.review, request.by)
        if claim is None:
            return words.nothing(request.id, NOTHING_DONE)
        return self._contested(request.id, self._bench.review(request.review), int(claim.split(".")[1]))

    @_ending_in_a_step
    def export(self, sent: Any) -> Step:
        """The review as a file. It goes straight to the browser; no copy stays here."""
        request = messages.read(words.Exporting, sent)
        if blind.instead(self._bench, request):
            raise ReviewError("look at the results first; the file holds what others said")
        write = {"csv": self._bench.export_csv, "json": self._bench.export_json}.get(
            request.format, self._bench.export_verdicts
        )
        ending = "-verdicts.json" if request.format == "verdicts" else f".{request.format}"
        content = b64encode(write(request.review)).decode("ascii")
        return messages.saved(request.id, f"icat-review-{request.review}{ending}", MIME[request.format], content)

    @_ending_in_a_step
    def regress(self, sent: Any) -> Step:
        """A fault as a regression case."""
        request = messages.read(words.Regressing, sent)
        path, new = self._bench.save_case(request.claim)
        place = f"{path.parent.name}/{path.name} in the data folder"
        return words.done(request.id, f"Added to {place}." if new else f"It is already in {place}.", request.claim)


def _open(found: Sequence[ClaimResult], after: int) -> int | None:
    """The first claim, by number, that nobody decided: after a number, else from the start."""
    left = [each.claim.number for each in found if each.undecided]
    return next((number for number in left if number > after), next(iter(left), None))


def _plain(claim: Claim) -> ClaimView:
    return ClaimView(claim.id, claim.question, claim.before, claim.lead, claim.text, claim.quotes)
