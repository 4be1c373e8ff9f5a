"""The results of a review as HTML, with what each figure means in plain words. Pure; what was typed is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.app.review.html import counted, counts, judgement_html, judgement_words
from assistant.app.view import filled
from assistant.review.agreement import Agreement, Estimate
from assistant.review.cases import is_fault
from assistant.review.make import PRODUCT
from assistant.review.results import ClaimResult, JudgeComparison, Results
from assistant.review.types import Answers, Cited, RaterProgress, Settling, Supported
from assistant.show.markup import safe, tag

FOLDER = Path(__file__).parent
EARLY = "You have judged {judged} of {total}. Results show what others said, so they are shown to you when you have \
judged all."
LAST_WORD = "You have judged all {total}. The results show what others and the computer said. When you have seen them, \
what you said stays as it is."
ONLOOKER = "{done} of {total} raters have judged all. The results show what they said: don't look if you are to judge \
these sentences yourself."
FIGURE = ("Value", "95 % interval", "Sentences", "Not counted")  # columns
NO_JUDGE = "No automatic verdict goes with these sentences."
NO_DIFFERENCE = "The raters differ on nothing so far."
NO_FAULT = "No fault stands so far: two raters must agree on it, or somebody decide it."
CASE = "A regression case asks the question again, and fails while the fault is there. It is kept in the data folder, \
for <code>icat evaluate --cases FILE</code>."
AS_PEOPLE = "Judged as people did: {figure}."


def early_html(review: str, mine: RaterProgress) -> str:
    """Why a rater does not see results yet."""
    return tag("p", EARLY.format(judged=mine.judged, total=mine.total)) + _do(_rate_button(review, mine))


def last_word_html(review: str, mine: RaterProgress) -> str:
    """What looking at the results means for a rater who has judged all."""
    back = _rate_button(review, mine, "Look at my verdicts again")
    return tag("p", LAST_WORD.format(total=mine.total)) + _do(_look_button(review, "Show the results"), back)


def onlooker_html(review: str, progress: Sequence[RaterProgress]) -> str:
    """What looking at the results means for somebody who did not say who they are, while raters are at work."""
    done = sum(each.done for each in progress)
    raters = (_rate_button(review, each) for each in progress if not each.done)
    look = _look_button(review, "I judge none of them: show the results")
    return tag("p", ONLOOKER.format(done=done, total=len(progress))) + _do(look, *raters)


def _do(*buttons: str) -> str:
    return f'<div class="icat-rv-do">{"".join(buttons)}</div>'


def _look_button(review: str, words: str) -> str:
    return f'<button type="button" data-rv="look" value="{safe(review)}">{safe(words)}</button>'


def _rate_button(review: str, rater: RaterProgress, words: str = "") -> str:
    return (
        f'<button type="button" data-rv="rate" value="{safe(review)}" data-rater="{safe(rater.rater)}">'
        f"{safe(words or f'Go on as {rater.rater}')}</button>"
    )


def results_html(results: Results) -> str:
    """All of it: progress, verdicts, agreement, scores, judges, what to decide, faults."""
    return filled(
        FOLDER / "results.html",
        raters=_raters(results),
        agreement=_agreements(results),
        differences=_differences(results),
        scores=_scores(results),
        judges="".join(map(_judge, results.judges)) or tag("p", NO_JUDGE, "icat-hint"),
        faults=_faults(results.claims),
    )


# --- raters ---


def _raters(results: Results) -> str:
    if not results.progress:
        return tag("p", "Nobody judges this review yet.", "icat-hint")
    asked = [(Supported, results.said(lambda said: said.support)), (Cited, results.said(lambda said: said.citation))]
    if results.wholes:
        asked.append((Answers, results.said(lambda said: said.answers)))
    head = ["Rater", "Judged", "Put off", *(str(name) for names, _ in asked for name in names)]
    rows = []
    for each in results.progress:
        counts = [said[each.rater].get(name, 0) for names, said in asked for name in map(str, names)]
        rows.append([each.rater, f"{each.judged} of {each.total}", str(each.skipped), *map(str, counts)])
    return _table("How often each rater gave each verdict", head, rows)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column names the row. Wide ones scroll within their frame."""
    cells = "".join(f'<th scope="col">{safe(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row"><bdi>{safe(first)}</bdi></th>{"".join(f"<td>{safe(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<div class="icat-rv-table" tabindex="0" role="group" aria-label="{safe(caption)}"><table>'
        f"<caption>{safe(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


# --- agreement ---


def _agreements(results: Results) -> str:
    if results.support.raters < 2:
        return tag("p", "Two raters are needed before agreement can be said.", "icat-hint")
    named = (("Do the quotes say it?", results.support), ("The citation", results.citation))
    tables = "".join(_table(name, ["Figure", *FIGURE], _figures(found)) for name, found in named)
    if results.wholes:
        columns = ["Answers" if name == "Sentences" else name for name in FIGURE]
        tables += _table("Does the answer answer the question?", ["Figure", *columns], _figures(results.answers))
    return filled(FOLDER / "agreement.html", words=safe(agreement_words(results.support)), tables=tables)


def _figures(found: Agreement) -> list[list[str]]:
    rows = [["Equal", *_cells(found.percent, True)]]
    rows += [["Cohen's kappa", *_cells(found.kappa)]] if found.kappa else []
    rows.append(["Krippendorff's alpha", *_cells(found.alpha)])
    return rows + ([["Ordinal alpha", *_cells(found.ordinal)]] if found.ordinal else [])


def _cells(figure: Estimate, percent: bool = False) -> list[str]:
    return [number(figure.value, percent), interval(figure, percent), str(figure.n), str(figure.undefined)]


def number(value: float | None, percent: bool = False) -> str:
    """'0.62' or '75 %'; '–' when it is not defined."""
    if value is None:
        return "–"
    return f"{100 * value:.0f} %" if percent else f"{value:.2f}".replace("-", "\u2212")


def interval(figure: Estimate, percent: bool = False) -> str:
    """'0.41 to 0.80'; '–' where there is none."""
    if figure.low is None or figure.high is None:
        return "–"
    low, high = number(figure.low, percent), number(figure.high, percent)
    return f"{low.removesuffix(' %')} to {high}"


def agreement_words(found: Agreement) -> str:
    """What the agreement of raters on the support comes to, in one or two sentences."""
    figure, name = (found.kappa, "kappa") if found.kappa else (found.alpha, "alpha")
    if found.percent.value is None:
        return "No sentence has two verdicts yet."
    said = f"They said the same of {number(found.percent.value, True)} of {counted(found.percent.n, 'sentence')}."
    if figure.value is None:
        return f"{said} Agreement beyond chance is not defined: everybody gave one and the same verdict."
    beyond = f"{name} {number(figure.value)}"
    if figure.value <= 0:
        said += f" That is no more than chance would give ({beyond})."
    else:
        said += f" Of what chance would not give, they reached {number(figure.value, True)} ({beyond})."
    if figure.low is not None:
        said += f" With {figure.n} other sentences of this kind, {name} might be {interval(figure)}."
    return said


# --- what raters differ on ---


def _differences(results: Results) -> str:
    found = results.disagreements
    if not found:
        return tag("p", NO_DIFFERENCE, "icat-hint")
    left = sum(each.undecided for each in found)
    sentences = counts([each.claim for each in found])
    html = tag("p", f"{sentences}, {left} to be decided by somebody who did not judge them.")
    return html + f'<ul class="icat-rv-differ">{"".join(map(_difference, found))}</ul>'


def _difference(each: ClaimResult) -> str:
    review, number_ = each.claim.review, each.claim.number
    verb = "Decide" if each.undecided else "Look again"
    link = f'<a class="icat-rv-link" href="#review-{safe(review)}-decide-{number_}">{verb}'
    link += f'<span class="icat-unseen"> number {number_}</span></a>'
    text = f"The answer to: {each.claim.question}" if each.claim.whole else each.claim.text
    sentence = tag("p", f"<b>{number_}.</b> {safe(text)}")
    return f"<li>{sentence}{verdicts_html(each)}{link}</li>"


def verdicts_html(each: ClaimResult) -> str:
    """What each rater said, and the decision if there is one."""
    said = [judgement_html(verdict.rater, verdict.judgement) for verdict in each.verdicts]
    if decided := each.adjudication:
        said.append(judgement_html(f"Decided by {decided.by}", decided.judgement))
    return f'<ul class="icat-rv-said">{"".join(said)}</ul>'


# --- scores and judges ---


def _scores(results: Results) -> str:
    rows = [[name, *_cells(figure, True)] for name, figure in results.scores.items()]
    rows += [[f"fully supported: {tag_}", *_cells(figure, True)] for tag_, figure in results.by_tag.items()]
    return _table("What people found", ["Share", *FIGURE], rows)


def _judge(judge: JudgeComparison) -> str:
    name = "This product's own check" if judge.judge == PRODUCT else f"Judge: {judge.judge}"
    rows = [[f"It says {auto}", *(str(row[each]) for each in Supported)] for auto, row in judge.matrix.items()]
    html = _table(name, ["Sentences", *(f"People: {each}" for each in Supported)], rows)
    said = number(judge.agreement.value, True)
    if (range_ := interval(judge.agreement, True)) != "–":
        said += f" ({range_}; {counted(judge.agreement.n, 'sentence')})"
    html += tag("p", safe(AS_PEOPLE.format(figure=said)))
    waiting = f"{counted(judge.unsettled, 'sentence')} it judged {'has' if judge.unsettled == 1 else 'have'} no verdict"
    return html + (tag("p", safe(f"{waiting} that stands yet."), "icat-hint") if judge.unsettled else "")


# --- faults ---


def _faults(claims: Sequence[ClaimResult]) -> str:
    found = "".join(filter(None, map(_fault, claims)))
    if not found:
        return tag("p", NO_FAULT, "icat-hint")
    return tag("p", CASE, "icat-hint") + f'<ul class="icat-rv-differ">{found}</ul>'


def _fault(each: ClaimResult) -> str:
    """'' unless a fault stands, on which two people or more agree or which somebody decided."""
    settled = each.settled
    if settled is None or settled.how is Settling.ALONE or not is_fault(each.claim, settled.judgement):
        return ""
    said = f"{judgement_words(settled.judgement)} ({settled.how.value})"
    return (
        f"<li>{tag('p', f'<b>{each.claim.number}.</b> {safe(each.claim.text)}')}{tag('p', safe(said), 'icat-hint')}"
        f'<button type="button" data-rv="regress" value="{safe(each.claim.id)}">Make a regression case'
        f'<span class="icat-unseen"> of sentence {each.claim.number}</span></button></li>'
    )
