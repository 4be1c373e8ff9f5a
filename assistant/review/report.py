"""The results of a review in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.review.agreement import Agreement, Estimate
from assistant.review.results import ClaimResult, JudgeComparison, Results
from assistant.review.types import AnswerPart, Answers, Cited, Claim, RaterProgress, Supported
from assistant.show.words import printable

CANNOT_TELL = 'In support, "can\'t tell" is a verdict of its own, except in ordinal alpha, which counts it as missing.'
INTERVALS = (
    "Brackets: 95 % interval (kappa and alpha: bootstrap by claim, from 10 claims on; shares: Wilson). -: not defined."
)


def figure_words(figure: Estimate, percent: bool = False) -> str:
    """'0.62 [0.41, 0.80], n = 40' or '75 % [60, 86], n = 40, 3 not counted'; '-, n = 0' where it is not defined."""

    def shown(value: float) -> str:
        return f"{100 * value:.0f}" if percent else f"{value:.2f}"

    words = "-" if figure.value is None else shown(figure.value) + (" %" if percent else "")
    if figure.low is not None and figure.high is not None:
        words += f" [{shown(figure.low)}, {shown(figure.high)}]"
    words += f", n = {figure.n}"
    return f"{words}, {figure.undefined} not counted" if figure.undefined else words


def progress_words(each: RaterProgress) -> str:
    """'Ana: 12 of 40, 1 put off'."""
    return f"{each.rater}: {each.judged} of {each.total}" + (f", {each.skipped} put off" if each.skipped else "")


def results_text(results: Results) -> str:
    """Progress, verdicts, agreement, scores, judges, and what is to be decided."""
    lines = [f"{results.review.id}  {results.review.title}", f"{len(results.claims)} claims", ""]
    lines += [f"  {progress_words(each)}" for each in results.progress] or ["  no raters yet"]
    lines += ["", "Verdicts", *_said(results.said(lambda j: j.support), list(map(str, Supported)))]
    lines += [*_said(results.said(lambda j: j.citation), list(map(str, Cited)))]
    lines += _said(results.said(lambda j: j.answers), list(map(str, Answers))) if results.wholes else ()
    lines += ["", "Agreement", *_agreement("support", results.support), *_agreement("citation", results.citation)]
    lines += _agreement("answers the question", results.answers) if results.wholes else ()
    lines += ["", "Scores (claims that were decided or that all their raters agree on)"]
    lines += [f"  {name}: {figure_words(figure, True)}" for name, figure in results.scores.items()]
    lines += [f"  fully supported, {tag}: {figure_words(figure, True)}" for tag, figure in results.by_tag.items()]
    for judge in results.judges:
        lines += ["", *_judge(judge)]
    undecided = [each for each in results.claims if each.undecided]
    if undecided:
        lines += ["", f"To be decided by somebody else ({len(undecided)})", *map(_difference, undecided)]
    return "\n".join([*lines, "", CANNOT_TELL, INTERVALS])


def _said(counts: Mapping[str, Mapping[str, int]], names: list[str]) -> Iterator[str]:
    for rater, said in counts.items():
        yield f"  {rater}: " + ", ".join(f"{name} {said.get(name, 0)}" for name in names)


def _agreement(name: str, found: Agreement) -> Iterator[str]:
    yield f"  {name}: equal {figure_words(found.percent, True)}"
    if found.kappa:
        yield f"    Cohen's kappa {figure_words(found.kappa)}"
    yield f"    Krippendorff's alpha, nominal {figure_words(found.alpha)}"
    if found.ordinal:
        yield f"    Krippendorff's alpha, ordinal {figure_words(found.ordinal)}"


def _judge(judge: JudgeComparison) -> Iterator[str]:
    yield f"Judge {printable(judge.judge)}: as people {figure_words(judge.agreement, True)}"
    yield f"  {'judge':>10} | people: " + " ".join(f"{name.value:>10}" for name in Supported)
    for automatic, row in judge.matrix.items():
        yield f"  {automatic.value:>10} |         " + " ".join(f"{row[name]:>10}" for name in Supported)


def _difference(each: ClaimResult) -> str:
    said = "; ".join(f"{v.rater}: {', '.join(v.judgement.chosen)}" for v in each.verdicts)
    return f"  {each.claim.id}  {printable(each.claim.text)}\n    {said}"


def claim_text(claim: Claim) -> str:
    """One claim in two lines, with what raters are not told."""
    notes = [*claim.tags, *([claim.part.value] if claim.part is not AnswerPart.SHOWN else [])]
    sources = "; ".join(dict.fromkeys(_source(claim)))
    return f"{claim.id}  {printable(claim.text)}" + (f"  ({', '.join(notes)})" if notes else "") + f"\n    {sources}"


def _source(claim: Claim) -> Iterator[str]:
    for shown in claim.quotes:
        place = ", ".join(part for part in (shown.source, shown.pages) if part)
        yield place if shown.found else f"{shown.cited or shown.source} (not found in the library)"
    if not claim.quotes:
        yield "no citation"
