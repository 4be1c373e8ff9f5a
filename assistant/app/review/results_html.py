"""The results of a review as HTML, with what each figure means in plain words. Pure; what was typed is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.app.review.html import counts, judgement_html, judgement_words, unseen
from assistant.app.view import filled
from assistant.review.agreement import Agreement, Estimate
from assistant.review.cases import is_fault
from assistant.review.make import PRODUCT
from assistant.review.results import ClaimResult, JudgeComparison, Results
from assistant.review.types import Answers, Cited, RaterProgress, Settling, Supported
from assistant.show.markup import safe, tag
from assistant.show.words import label
from assistant.texts.catalogue import _, ngettext, term

FOLDER = Path(__file__).parent


def early_html(review: str, mine: RaterProgress) -> str:
    """Why a rater does not see results yet."""
    early = _(
        "You have judged {judged} of {total}. Results show what others said, so they are shown to you when you have "
        "judged all."
    )
    return tag("p", early.format(judged=mine.judged, total=mine.total)) + _do(_rate_button(review, mine))


def last_word_html(review: str, mine: RaterProgress) -> str:
    """What looking at the results means for a rater who has judged all."""
    last_word = _(
        "You have judged all {total}. The results show what others and the computer said. When you have seen them, "
        "what you said stays as it is."
    )
    look, back = _look_button(review, _("Show the results")), _rate_button(review, mine, _("Look at my verdicts again"))
    return tag("p", last_word.format(total=mine.total)) + _do(look, back)


def onlooker_html(review: str, progress: Sequence[RaterProgress]) -> str:
    """What looking at the results means for somebody who did not say who they are, while raters are at work."""
    done = sum(each.done for each in progress)
    raters = (_rate_button(review, each) for each in progress if not each.done)
    onlooker = ngettext(
        "{n} of {total} raters have judged all. The results show what they said: don't look if you are to judge these "
        "sentences yourself.",
        "{n} of {total} raters have judged all. The results show what they said: don't look if you are to judge these "
        "sentences yourself.",
        done,
    )
    look = _look_button(review, _("I judge none of them: show the results"))
    return tag("p", onlooker.format(n=done, total=len(progress))) + _do(look, *raters)


def _do(*buttons: str) -> str:
    return f'<div class="icat-rv-do">{"".join(buttons)}</div>'


def _look_button(review: str, words: str) -> str:
    return f'<button type="button" data-rv="look" value="{safe(review)}">{safe(words)}</button>'


def _rate_button(review: str, rater: RaterProgress, words: str = "") -> str:
    words = words or _("Go on as {name}").format(name=rater.rater)
    return (
        f'<button type="button" data-rv="rate" value="{safe(review)}" data-rater="{safe(rater.rater)}">'
        f"{safe(words)}</button>"
    )


def results_html(results: Results) -> str:
    """All of it: progress, verdicts, agreement, scores, judges, what to decide, faults."""
    no_judge = _("No automatic verdict goes with these sentences.")
    return filled(
        FOLDER / "results.html",
        raters=_raters(results),
        agreement=_agreements(results),
        differences=_differences(results),
        scores=_scores(results),
        judges="".join(map(_judge, results.judges)) or tag("p", no_judge, "icat-hint"),
        faults=_faults(results.claims),
    )


# --- raters ---


def _raters(results: Results) -> str:
    if not results.progress:
        return tag("p", _("Nobody judges this review yet."), "icat-hint")
    asked = [(Supported, results.said(lambda said: said.support)), (Cited, results.said(lambda said: said.citation))]
    if results.wholes:
        asked.append((Answers, results.said(lambda said: said.answers)))
    head = [_("Rater"), _("Judged"), _("Put off"), *(label(name) for names, _said in asked for name in names)]
    rows = []
    for each in results.progress:
        counts = [said[each.rater].get(name, 0) for names, said in asked for name in map(str, names)]
        far = _("{judged} of {total}").format(judged=each.judged, total=each.total)
        rows.append([each.rater, far, str(each.skipped), *map(str, counts)])
    return _table(_("How often each rater gave each verdict"), head, rows)


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
        return tag("p", _("Two raters are needed before agreement can be said."), "icat-hint")
    named = ((_("Do the quotes say it?"), results.support), (_("The citation"), results.citation))
    tables = "".join(_table(name, _head(_("Figure")), _figures(found)) for name, found in named)
    if results.wholes:
        head = _head(_("Figure"), _("Answers"))
        tables += _table(_("Does the answer answer the question?"), head, _figures(results.answers))
    return filled(FOLDER / "agreement.html", words=safe(agreement_words(results.support)), tables=tables)


def _head(first: str, counted: str = "") -> list[str]:
    """The columns of a table of figures; `counted`: what they are over, if not sentences."""
    return [first, _("Value"), _("95 % interval"), counted or _("Sentences"), _("Not counted")]


def _figures(found: Agreement) -> list[list[str]]:
    rows = [[_("Equal"), *_cells(found.percent, True)]]
    rows += [[_("Cohen's kappa"), *_cells(found.kappa)]] if found.kappa else []
    rows.append([_("Krippendorff's alpha"), *_cells(found.alpha)])
    return rows + ([[_("Ordinal alpha"), *_cells(found.ordinal)]] if found.ordinal else [])


def _cells(figure: Estimate, percent: bool = False) -> list[str]:
    return [number(figure.value, percent), interval(figure, percent), str(figure.n), str(figure.undefined)]


def number(value: float | None, percent: bool = False) -> str:
    """'0.62' or '75 %'; '–' when it is not defined."""
    if value is None:
        return "–"
    return _("{number} %").format(number=f"{100 * value:.0f}") if percent else _decimal(value)


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")


def interval(figure: Estimate, percent: bool = False) -> str:
    """'0.41 to 0.80'; '–' where there is none."""
    if figure.low is None or figure.high is None:
        return "–"
    if percent:
        return _("{low} to {high} %").format(low=f"{100 * figure.low:.0f}", high=f"{100 * figure.high:.0f}")
    return _("{low} to {high}").format(low=_decimal(figure.low), high=_decimal(figure.high))


def agreement_words(found: Agreement) -> str:
    """What the agreement of raters on the support comes to, in one to three sentences."""
    equal = found.percent
    if equal.value is None:
        return _("No sentence has two verdicts yet.")
    said = ngettext(
        "They said the same of {share} of {n} sentence.", "They said the same of {share} of {n} sentences.", equal.n
    )
    figure, name = (found.kappa, _("kappa")) if found.kappa else (found.alpha, _("alpha"))
    parts = [said.format(share=number(equal.value, True), n=equal.n), _beyond_chance(figure, name)]
    if figure.low is not None:
        again = ngettext(
            "With {n} other sentence of this kind, {name} might be {interval}.",
            "With {n} other sentences of this kind, {name} might be {interval}.",
            figure.n,
        )
        parts.append(again.format(n=figure.n, name=name, interval=interval(figure)))
    return " ".join(parts)


def _beyond_chance(figure: Estimate, name: str) -> str:
    if figure.value is None:
        return _("Agreement beyond chance is not defined: everybody gave one and the same verdict.")
    beyond = f"{name} {number(figure.value)}"
    if figure.value <= 0:
        return _("That is no more than chance would give ({figure}).").format(figure=beyond)
    reached = _("Of what chance would not give, they reached {share} ({figure}).")
    return reached.format(share=number(figure.value, True), figure=beyond)


# --- what raters differ on ---


def _differences(results: Results) -> str:
    found = results.disagreements
    if not found:
        return tag("p", _("The raters differ on nothing so far."), "icat-hint")
    left = sum(each.undecided for each in found)
    those = ngettext(
        "{those}, {n} to be decided by somebody who did not judge them.",
        "{those}, {n} to be decided by somebody who did not judge them.",
        left,
    )
    html = tag("p", those.format(those=counts([each.claim for each in found]), n=left))
    return html + f'<ul class="icat-rv-differ">{"".join(map(_difference, found))}</ul>'


def _difference(each: ClaimResult) -> str:
    review, number_ = each.claim.review, each.claim.number
    verb = _("Decide") if each.undecided else _("Look again")
    named = unseen(_("number {number}").format(number=number_))
    link = f'<a class="icat-rv-link" href="#review-{safe(review)}-decide-{number_}">{verb}{named}</a>'
    whole = _("The answer to: {question}").format(question=each.claim.question)
    text = whole if each.claim.whole else each.claim.text
    sentence = tag("p", f"<b>{number_}.</b> {safe(text)}")
    return f"<li>{sentence}{verdicts_html(each)}{link}</li>"


def verdicts_html(each: ClaimResult) -> str:
    """What each rater said, and the decision if there is one."""
    said = [judgement_html(verdict.rater, verdict.judgement) for verdict in each.verdicts]
    if decided := each.adjudication:
        said.append(judgement_html(_("Decided by {name}").format(name=decided.by), decided.judgement))
    return f'<ul class="icat-rv-said">{"".join(said)}</ul>'


# --- scores and judges ---


def _scores(results: Results) -> str:
    rows = [[term(name), *_cells(figure, True)] for name, figure in results.scores.items()]
    tagged = _("fully supported: {tag}")
    rows += [[tagged.format(tag=tag_), *_cells(figure, True)] for tag_, figure in results.by_tag.items()]
    return _table(_("What people found"), _head(_("Share")), rows)


def _judge(judge: JudgeComparison) -> str:
    own = judge.judge == PRODUCT
    name = _("This product's own check") if own else _("Judge: {name}").format(name=judge.judge)
    it, people = _("It says {verdict}"), _("People: {verdict}")
    head = [_("Sentences"), *(people.format(verdict=label(each)) for each in Supported)]
    rows = [
        [it.format(verdict=label(auto)), *(str(row[each]) for each in Supported)] for auto, row in judge.matrix.items()
    ]
    html = _table(name, head, rows) + tag("p", safe(_as_people(judge.agreement)))
    if not judge.unsettled:
        return html
    waiting = ngettext(
        "{n} sentence it judged has no verdict that stands yet.",
        "{n} sentences it judged have no verdict that stands yet.",
        judge.unsettled,
    )
    return html + tag("p", safe(waiting.format(n=judge.unsettled)), "icat-hint")


def _as_people(figure: Estimate) -> str:
    share = number(figure.value, True)
    if figure.low is None:
        return _("Judged as people did: {share}.").format(share=share)
    said = ngettext(
        "Judged as people did: {share} ({interval}; {n} sentence).",
        "Judged as people did: {share} ({interval}; {n} sentences).",
        figure.n,
    )
    return said.format(share=share, interval=interval(figure, True), n=figure.n)


# --- faults ---


def _faults(claims: Sequence[ClaimResult]) -> str:
    found = "".join(filter(None, map(_fault, claims)))
    if not found:
        no_fault = _("No fault stands so far: two raters must agree on it, or somebody decide it.")
        return tag("p", no_fault, "icat-hint")
    case = _(
        "A regression case asks the question again, and fails while the fault is there. It is kept in the data folder, "
        "for <code>icat evaluate --cases FILE</code>."
    )
    return tag("p", case, "icat-hint") + f'<ul class="icat-rv-differ">{found}</ul>'


def _fault(each: ClaimResult) -> str:
    """'' unless a fault stands, on which two people or more agree or which somebody decided."""
    settled = each.settled
    if settled is None or settled.how is Settling.ALONE or not is_fault(each.claim, settled.judgement):
        return ""
    said = f"{judgement_words(settled.judgement)} ({label(settled.how)})"
    make, named = _("Make a regression case"), unseen(_("sentence {number}").format(number=each.claim.number))
    return (
        f"<li>{tag('p', f'<b>{each.claim.number}.</b> {safe(each.claim.text)}')}{tag('p', safe(said), 'icat-hint')}"
        f'<button type="button" data-rv="regress" value="{safe(each.claim.id)}">{make}{named}</button></li>'
    )
