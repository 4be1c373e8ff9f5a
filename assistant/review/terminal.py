"""Rating and deciding in a terminal: one claim at a time, one line of keys for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.errors import ReviewError
from assistant.review.results import ClaimResult
from assistant.review.types import Answers, Cited, Claim, ClaimQuote, Judgement, ReviewId, Supported
from assistant.review.view import ClaimView, RaterView
from assistant.review.workbench import Workbench
from assistant.show.words import printable

SUPPORT = {"f": Supported.FULL, "p": Supported.PARTIAL, "n": Supported.NONE, "?": Supported.CANNOT_TELL}
ANSWERED = {"a": Answers.YES, "p": Answers.PARTLY, "n": Answers.NO}
CITATION = {"r": Cited.RIGHT, "w": Cited.WRONG, "b": Cited.BETTER}
KEYS = (
    "Support: f full, p partial, n none, ? can't tell. Then the citation: r right page, w wrong page, b better source "
    "exists.\n! the source itself is wrong. After a space: a comment. So: fr, or pw The date is not there.\n"
    "Of a whole answer: a answers its question, p partly, n does not.\n"
    "s put off, u undo, < back, > on, a number: to that claim, q stop (all is kept)."
)
_ANSWERED = re.compile(r"([apn])(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_VERDICT = re.compile(r"([fpn?])([rwb]?)(!?)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)

Ask = Callable[[], str | None]  # one line that was typed; None at the end
Line = Callable[[str], None]


def judgement_of(typed: str, cited: bool) -> Judgement:
    """The judgement of one line of keys; `cited`: whether the claim has a citation. ReviewError for anything else."""
    match = _VERDICT.fullmatch(typed.strip())
    if match is None:
        raise ReviewError(f"{typed.strip()[:20]!r} is no verdict")
    support, citation, wrong, comment = match.groups()
    if not citation and cited:
        raise ReviewError("say of the citation too: r, w or b")
    kind = CITATION[citation.lower()] if citation else Cited.MISSING
    return Judgement(SUPPORT[support.lower()], kind, bool(wrong), "", printable(comment or ""))


def answered_of(typed: str) -> Judgement:
    """The same of a whole answer."""
    match = _ANSWERED.fullmatch(typed.strip())
    if match is None:
        raise ReviewError(f"{typed.strip()[:20]!r} is no verdict on a whole answer: a, p or n")
    return Judgement(comment=printable(match[2] or ""), answers=ANSWERED[match[1].lower()])


def _said(typed: str, claim: Claim | ClaimView) -> Judgement:
    return answered_of(typed) if claim.whole else judgement_of(typed, bool(claim.quotes))


def rate(workbench: Workbench, review: ReviewId, rater: str, ask: Ask, line: Line) -> None:
    """Shows claims until all are judged or the rater stops. What was typed wrongly is said, and asked again."""
    line(KEYS)
    position: int | None = None
    while view := workbench.claim_for(rater, review, position):
        line("\n" + view_text(view))
        typed = ask()
        if typed is None or typed.strip().lower() == "q":
            line(f"{view.judged} of {view.total} judged; all is kept")
            return
        try:
            position = _step(workbench, view, typed.strip())
        except ReviewError as error:
            line(f"{error}\n{KEYS}")
            position = view.position
    line("All claims are judged. Thank you.")


def _step(workbench: Workbench, view: RaterView, typed: str) -> int | None:
    """Does what was typed, and gives the next position; None: the next one to judge."""
    if typed == "<":
        return view.previous or view.position
    if typed == ">":
        return view.next or view.position
    if typed.isdecimal():
        return int(typed) if 1 <= int(typed) <= view.total else view.position
    if typed.lower() == "u":
        undone = workbench.undo(view.rater, view.review)
        return undone.position if undone else view.position
    if typed.lower() == "s":
        workbench.skip(view.claim.id, view.rater)
        return view.open
    workbench.judge(view.claim.id, view.rater, _said(typed, view.claim))
    return view.open


def decide(workbench: Workbench, review: ReviewId, by: str, ask: Ask, line: Line) -> None:
    """Shows what raters differ on, with what they said, until all is decided or the person stops."""
    line(KEYS.replace("s put off, u undo, < back, > on, a number: to that claim, ", "s leave it, u undo, "))
    left: set[str] = set()  # what this person left for now
    while each := next((c for c in workbench.disagreements(review) if c.undecided and c.claim.id not in left), None):
        line("\n" + "\n".join(_difference(each)))
        typed = ask()
        if typed is None or typed.strip().lower() == "q":
            return
        try:
            if typed.strip().lower() == "u":
                workbench.undo_adjudication(review, by)
            elif typed.strip().lower() == "s":
                left.add(each.claim.id)
            else:
                workbench.adjudicate(each.claim.id, by, _said(typed, each.claim))
        except ReviewError as error:
            line(f"{error}\n{KEYS}")
    line(f"{len(left)} left undecided" if left else "Nothing is left to decide.")


def view_text(view: RaterView) -> str:
    """One claim as lines: nothing in it comes from other raters or from a judge."""
    claim = view.claim
    lines = [f"{view.position} of {view.total} ({view.judged} judged)   {claim.id}"]
    lines += [f"Question: {printable(claim.question)}"] if claim.question else []
    lines += [f"Before it: {printable(claim.before)}"] if claim.before else []
    lines += [printable(claim.lead)] if claim.lead else []
    lines += [f"> {printable(text)}" for text in (claim.text.split("\n") if claim.whole else (claim.text,))]
    for number, shown in enumerate(claim.quotes, start=1):
        lines += _quote(shown, number)
    if claim.whole:
        lines.append("The whole answer: does it answer the question?")
    elif not claim.quotes:
        lines.append("No citation.")
    if view.own:
        own = view.own
        lines.append(f"You said: {', '.join(own.chosen)}{'. ' if own.comment else ''}{own.comment}")
    return "\n".join(lines)


def _quote(shown: ClaimQuote, number: int) -> Iterator[str]:
    place = ", ".join(part for part in (shown.source, shown.pages) if part)
    if shown.cited:
        yield f"Cited as: {printable(shown.cited)}"
    yield f"[{number}] {place}" if shown.found else f"[{number}] not found in the library: {shown.source}"
    before, after = printable(shown.before)[-300:], printable(shown.after)[:300]
    yield f"    {before} »{printable(shown.quote.text)}« {after}".rstrip()


def _difference(each: ClaimResult) -> Iterator[str]:
    claim = each.claim
    yield f"{claim.id}   Question: {printable(claim.question)}"
    yield f"> {printable(claim.text)}"
    for number, shown in enumerate(claim.quotes, start=1):
        yield from _quote(shown, number)
    for verdict in each.verdicts:
        said = verdict.judgement
        wrong = ", source itself wrong" if said.source_wrong else ""
        comment = f" ({said.comment})" if said.comment else ""
        yield f"  {verdict.rater}: {', '.join(said.chosen)}{wrong}{comment}"
