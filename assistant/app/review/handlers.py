"""What the server does for the Review view: it turns to the workbench, which keeps the reviews.

A rater is sent what they are to judge and what they said of it themselves, and never anything that another rater or an
automatic judge said before they have judged all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.app.channel import Handler, PageRequest, Step, file, file_name, named
from assistant.app.review import html as review_html
from assistant.app.review import results_html as review_results_html
from assistant.errors import ReviewError
from assistant.people.masking import Masking
from assistant.review import make
from assistant.review.pasted import MAX_CHARACTERS
from assistant.review.results import ClaimResult
from assistant.review.types import MAX_NAME, Claim, Judgement, RaterProgress, Review, Source, rater_key
from assistant.review.view import ClaimView, RaterView
from assistant.review.workbench import MAX_TITLE, Workbench
from assistant.show import words
from assistant.show.sources import SourceView
from assistant.texts.catalogue import _, ngettext
from corpus.library import Library

MOST_NAMES = 50  # raters or tags of one request
MOST_SENTENCES = 100_000  # of a sample
RUNS = "runs"  # the folder of evaluation runs in the data folder

ReviewName = Annotated[str, Field(pattern=r"^r\d{1,9}$")]
ClaimName = Annotated[str, Field(pattern=r"^r\d{1,9}\.\d{1,9}$")]
Name = Annotated[str, Field(max_length=4 * MAX_NAME)]  # what is too long for a name is said in words, by the workbench


class CreateRequest(PageRequest):
    source: Literal["conversation", "pasted", "run"]
    record: Any = Field(None, description="conversation: of a tab, or out of a file")
    text: str = Field("", max_length=MAX_CHARACTERS, description="pasted answers")
    name: str = Field("", max_length=300, description="of the run, or of the file the conversation was in")
    title: str = Field("", max_length=MAX_TITLE)
    per_tag: int | None = Field(None, ge=1, le=MOST_SENTENCES)
    tags: tuple[Name, ...] = Field((), max_length=MOST_NAMES)
    raters: tuple[Name, ...] = Field((), max_length=MOST_NAMES)
    per_claim: int | None = Field(None, ge=1, le=MOST_NAMES)
    withheld: bool = True
    whole: bool = False
    seed: int = Field(0, ge=0, le=1_000_000)


class ReviewRequest(PageRequest):
    review: ReviewName


class RaterRequest(ReviewRequest):
    rater: Name


class FetchRequest(RaterRequest):
    """One claim for a rater; without a position the next one to judge."""

    position: int | None = Field(None, ge=1)


class PlaceRequest(RaterRequest):
    """A claim, and where it stands in the rater's order."""

    position: int = Field(ge=1)
    claim: ClaimName


class JudgeRequest(PlaceRequest):
    said: Judgement


class ResultsRequest(ReviewRequest):
    """What raters said. `rater`: who asks, '' for somebody who judges nothing.

    `look`: they were told that the results show what raters said, and asked for them all the same.
    """

    rater: Name = ""
    look: bool = False


class ContestRequest(ResultsRequest):
    """What raters differ on: one claim, by its number; without a number the first one that nobody decided."""

    position: int | None = Field(None, ge=1)


class ExportRequest(ResultsRequest):
    format: Literal["csv", "json", "verdicts"]


class SettleRequest(ReviewRequest):
    """Somebody decides a claim, which stands at its number."""

    by: Name
    position: int = Field(ge=1)
    claim: ClaimName
    said: Judgement


class UnsettleRequest(ReviewRequest):
    by: Name


class ClaimRequest(PageRequest):
    claim: ClaimName


class ReviewHandlers:
    """One for the whole server. The file of reviews is opened when it is first asked for."""

    def __init__(self, home: Path, library: Library, masking: Callable[[], Masking] = Masking) -> None:
        self._home = home
        self._library = library
        self._masking = masking
        self._opening = Lock()

    @property
    def table(self) -> dict[str, Handler]:
        return named(
            self, "list create assign remove fetch judge skip undo results contest settle unsettle export regress"
        )

    @property
    def _bench(self) -> Workbench:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> Workbench:
        return Workbench(self._home, self._library, masking=self._masking)

    # --- reviews ---

    def list(self, request: PageRequest) -> Step:
        """All reviews, the newest first, and the runs that one can be made from."""
        cards = [
            review_html.ReviewCard(
                review, review_html.counts(self._bench.claims(review.id)), self._bench.progress(review.id)
            )
            for review in self._bench.reviews()
        ]
        return {"html": review_html.reviews_html(cards), "runs": self._runs(), "number": len(cards)}

    def _runs(self) -> Sequence[str]:
        """Names of the folders that hold answers, the last first."""
        folder = self._home / RUNS
        found = [place for place in folder.iterdir() if (place / make.RECORDS).is_file()] if folder.is_dir() else []
        return sorted((place.name for place in found), reverse=True)

    def create(self, request: CreateRequest) -> Step:
        """A review of the sentences of a conversation, of pasted answers or of a run."""
        answers, source = self._answers(request)
        fields = {"title", "per_tag", "tags", "seed", "withheld", "whole", "raters", "per_claim"}
        chosen = request.model_dump(include=fields)
        made = self._bench.create(answers, source, **chosen)
        counts = review_html.counts(self._bench.claims(made.id))
        return {"text": _("The review is made: {counts}.").format(counts=counts), "review": made.id}

    def _answers(self, request: CreateRequest) -> tuple[tuple[Source, ...], str]:
        """The answers to take sentences from, and what they are of, in words."""
        if request.source == "pasted":
            return self._bench.pasted(request.text), _("pasted answers")
        if request.source == "run":
            if request.name not in self._runs():
                no_run = _("there is no evaluation run of this name on this machine; `icat evaluate` makes one")
                raise ReviewError(no_run)
            run = make.read_run(self._home / RUNS / request.name)
            return run, _("evaluation run {name}").format(name=request.name)
        if request.record is None:
            raise ReviewError(_("the conversation in this tab is empty; ask something in the chat first"))
        named = _("conversation {name}").format(name=request.name) if request.name else _("a conversation")
        return make.conversation(request.record), named

    def assign(self, request: RaterRequest) -> Step:
        self._bench.assign(request.review, [request.rater])
        return {"text": _("The rater is added.")}

    def remove(self, request: ReviewRequest) -> Step:
        self._bench.remove(request.review)
        return {"text": _("The review is gone.")}

    # --- rating ---

    def fetch(self, request: FetchRequest) -> Step:
        """`claim`, at a position of the rater's order or the next to judge; `finished` where all are judged."""
        if view := self._bench.claim_for(request.rater, request.review, request.position):
            return self._shown(view)
        mine = self._progress(request)
        return {
            "step": "finished",
            "title": self._bench.review(request.review).title,
            "rater": mine.rater,
            "heading": _all_judged(mine.total),
            "note": _may_change(mine.looked),
            "far": _("{judged} of {total}").format(judged=mine.total, total=mine.total),
            "judged": mine.total,
            "total": mine.total,
        }

    def _shown(self, view: RaterView) -> Step:
        """One claim in front of its rater, with what they said of it."""
        shown = self._claim(view.review, view.claim)
        return {**shown, "title": view.title, "rater": view.rater, **_rater_place(view)}

    def _claim(self, review: str, claim: Claim | ClaimView) -> Step:
        found: dict[int, SourceView] = {}
        for number, shown in enumerate(claim.quotes):
            if shown.found:
                found[number] = self._bench.source(claim.id, number)
        return {
            "step": "claim",
            "review": review,
            "html": review_html.claim_html(claim),
            "sources": review_html.sources_html(claim.quotes, found, claim.whole),
            "cited": bool(claim.quotes),
            "whole": claim.whole,
        }

    def judge(self, request: JudgeRequest) -> Step:
        """Keeps a judgement. One that is kept already, and was sent again since no word of it came, is no new step."""
        if self._at(request).own != request.said:
            self._bench.judge(request.claim, request.rater, request.said)
        return _rater_place(self._at(request))

    def skip(self, request: PlaceRequest) -> Step:
        """Puts a claim off."""
        self._at(request)
        self._bench.skip(request.claim, request.rater)
        return _rater_place(self._at(request))

    def _at(self, request: PlaceRequest) -> RaterView:
        view = self._bench.claim_for(request.rater, request.review, request.position)
        if view is None or view.claim.id != request.claim:
            raise ReviewError(_("this sentence is no longer at this place; load the page again"))
        return view

    def undo(self, request: RaterRequest) -> Step:
        """Takes back the rater's last step, and shows its claim; or `nothing`."""
        view = self._bench.undo(request.rater, request.review)
        return self._shown(view) if view else _nothing_done()

    # --- what came of it ---

    def results(self, request: ResultsRequest) -> Step:
        """The results, or why they are not shown yet."""
        review = self._bench.review(request.review)
        early = self._instead(request)
        html = early or review_results_html.results_html(self._bench.results(review.id))
        return {"step": "results", "html": html, "title": review.title, "early": bool(early)}

    def _instead(self, request: ResultsRequest) -> str:
        """What is shown in place of what raters said, as HTML; '' where it may be shown to who asks.

        A rater has to judge all first, and can't judge any more when they have seen it. Who is no rater is asked
        whether that is so, as long as somebody is still judging.
        """
        mine = self._progress(request)
        if mine is None:
            raters = self._bench.progress(request.review)
            shown = request.look or all(each.done for each in raters)
            return "" if shown else review_results_html.onlooker_html(request.review, raters)
        if not mine.done:
            return review_results_html.early_html(request.review, mine)
        if mine.looked:
            return ""
        if not request.look:
            return review_results_html.last_word_html(request.review, mine)
        self._bench.look(mine.rater, request.review)
        return ""

    def _progress(self, request: RaterRequest | ResultsRequest) -> RaterProgress | None:
        """Of this rater, however the name is spelled; None for somebody who is no rater of the review."""
        key = rater_key(request.rater.strip())
        return next((each for each in self._bench.progress(request.review) if rater_key(each.rater) == key), None)

    def contest(self, request: ContestRequest) -> Step:
        """`claim`, one that raters differ on with what they said; or `nothing`, or `results` not to be shown yet."""
        if self._instead(request):
            return self.results(request)
        return self._contested(self._bench.review(request.review), request.position)

    def _contested(self, review: Review, number: int | None) -> Step:
        found = self._bench.disagreements(review.id)
        each = next((one for one in found if one.claim.number == number), None)
        each = each or next((one for one in found if one.undecided), next(iter(found), None))
        if each is None:
            return _nothing(_("The raters differ on nothing so far."))
        shown = self._claim(review.id, each.claim)
        return {**shown, "title": _("To decide: {title}").format(title=review.title), **_contested_place(found, each)}

    def settle(self, request: SettleRequest) -> Step:
        """Keeps a decision, and says how the claim stands then."""
        self._bench.adjudicate(request.claim, request.by, request.said)
        found = {each.claim.id: each for each in self._bench.disagreements(request.review)}
        return _contested_place([*found.values()], found[request.claim])

    def unsettle(self, request: UnsettleRequest) -> Step:
        """Takes back this person's last decision, and shows its claim; or `nothing`."""
        claim = self._bench.undo_adjudication(request.review, request.by)
        if claim is None:
            return _nothing_done()
        return self._contested(self._bench.review(request.review), int(claim.split(".")[1]))

    def export(self, request: ExportRequest) -> Step:
        """The review as a file."""
        if self._instead(request):
            raise ReviewError(_("look at the results first; the file holds what others said"))
        ending = "-verdicts.json" if request.format == "verdicts" else f".{request.format}"
        title = file_name(self._bench.review(request.review).title, "")
        name = "-".join(filter(None, ("review", request.review, title)))
        return file(f"{name}{ending}", self._bench.export(request.review, request.format))

    def regress(self, request: ClaimRequest) -> Step:
        """A fault as a regression case."""
        path, new = self._bench.save_case(request.claim)
        said = _("Added to {file} in the data folder.") if new else _("It is already in {file} in the data folder.")
        return {"text": said.format(file=f"{path.parent.name}/{path.name}")}


def _all_judged(total: int) -> str:
    if not total:
        return _("There is no sentence for you to judge.")
    return ngettext("All {n} are judged. Thank you.", "All {n} are judged. Thank you.", total).format(n=total)


def _may_change(looked: bool) -> str:
    if looked:
        return _("You have seen the results, so what you said stays as it is.")
    return _("You can go back and change what you said, until you look at the results: they show what the others said.")


def _rater_place(view: RaterView) -> Step:
    """Where a claim stands among a rater's, what they said of it, and how far they are."""
    place = _("Answer {number} of {total}") if view.claim.whole else _("Sentence {number} of {total}")
    judged = ngettext("{n} judged", "{n} judged", view.judged).format(n=view.judged)
    later = ngettext("{n} put off", "{n} put off", view.skipped).format(n=view.skipped) if view.skipped else ""
    return {
        "claim": view.claim.id,
        "own": asdict(view.own) if view.own else None,
        "place": place.format(number=view.position, total=view.total),
        "far": words.listed((judged, later), " · "),
        **{name: getattr(view, name) for name in ("position", "previous", "next", "open", "judged", "total")},
    }


def _contested_place(found: Sequence[ClaimResult], each: ClaimResult) -> Step:
    """The same of a claim that raters differ on. It stands at its number in the review."""
    numbers = [one.claim.number for one in found]
    place, decided = numbers.index(each.claim.number), sum(not one.undecided for one in found)
    if each.claim.whole:
        at = _("Answer {number} of {total} that raters differ on")
    else:
        at = _("Sentence {number} of {total} that raters differ on")
    left = [one.claim.number for one in found if one.undecided and one is not each]
    return {
        "claim": each.claim.id,
        "own": asdict(each.adjudication.judgement) if each.adjudication else None,
        "verdicts": review_results_html.verdicts_html(each),
        "place": at.format(number=place + 1, total=len(found)),
        "far": ngettext("{n} decided", "{n} decided", decided).format(n=decided),
        "judged": decided,
        "total": len(found),
        "position": each.claim.number,
        "previous": numbers[place - 1] if place else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
        "open": next((number for number in left if number > each.claim.number), next(iter(left), None)),
    }


def _nothing(text: str) -> Step:
    """There was nothing to take back, or nothing to decide."""
    return {"step": "nothing", "text": text}


def _nothing_done() -> Step:
    return _nothing(_("There is nothing to take back."))
