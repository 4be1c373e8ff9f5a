"""What a review found: the verdict on each claim, agreement, scores, and how automatic judges compare. Pure.

A claim is settled when somebody adjudicated it, or when all its raters have judged it and agree on support, on the
citation and on whether the source is wrong. Scores are over settled claims; the others are counted as undefined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.review.agreement import Agreement, Estimate, agreement, wilson
from assistant.review.types import (
    MAX_WORDS,
    Adjudication,
    AnswerPart,
    Answers,
    Cited,
    Claim,
    Judgement,
    RaterProgress,
    Review,
    Settled,
    Settling,
    Supported,
    Verdict,
)
from assistant.types import Support

ORDER = (Supported.NONE, Supported.PARTIAL, Supported.FULL)  # "can't tell" has no place in it
ANSWERED = (Answers.NO, Answers.PARTLY, Answers.YES)  # lowest first
AUTOMATIC = (Support.FULL, Support.PARTIAL, Support.NONE)  # a verbatim sentence counts as fully supported


_Verdict = TypeVar("_Verdict", Supported, Cited, Answers)


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """One claim and everything that was said of it."""

    claim: Claim
    raters: tuple[str, ...]  # who is to judge it
    verdicts: tuple[Verdict, ...]
    adjudication: Adjudication | None

    @property
    def complete(self) -> bool:
        """Whether all its raters have judged it."""
        return len(self.verdicts) == len(self.raters) > 0

    @property
    def disagreement(self) -> bool:
        """Whether two raters differ on support, on the citation or on the source; of an answer, on what it answers."""
        return len({verdict.judgement.agreed_on for verdict in self.verdicts}) > 1

    @property
    def undecided(self) -> bool:
        """Whether somebody should adjudicate it."""
        return self.disagreement and self.adjudication is None

    @property
    def majority(self) -> Supported | None:
        """What more than half of its verdicts say of the support. None without such a half."""
        return _majority(verdict.judgement.support for verdict in self.verdicts)

    @property
    def majority_citation(self) -> Cited | None:
        """The same of the citation."""
        return _majority(verdict.judgement.citation for verdict in self.verdicts)

    @property
    def majority_answers(self) -> Answers | None:
        """The same of whether it answers its question."""
        return _majority(verdict.judgement.answers for verdict in self.verdicts)

    @property
    def settled(self) -> Settled | None:
        """The verdict that stands. Of raters who agree, the first one's, with all their words."""
        if self.adjudication:
            return Settled(self.adjudication.judgement, Settling.ADJUDICATED)
        if not self.complete or self.disagreement:
            return None
        first = self.verdicts[0].judgement
        better = " / ".join(dict.fromkeys(v.judgement.better for v in self.verdicts if v.judgement.better))
        comment = " / ".join(dict.fromkeys(v.judgement.comment for v in self.verdicts if v.judgement.comment))
        # Joined words may be longer than one person may write.
        joined = replace(first, better=better[:MAX_WORDS], comment=comment[:MAX_WORDS])
        return Settled(joined, Settling.AGREED if len(self.verdicts) > 1 else Settling.ALONE)


@dataclass(frozen=True, slots=True)
class JudgeComparison:
    """An automatic judge beside people, over settled claims it judged."""

    judge: str
    matrix: Mapping[Support, Mapping[Supported, int]]  # its verdict -> people's verdict -> claims
    agreement: Estimate  # share it judged as people did; claims they can't tell are undefined
    unsettled: int  # claims it judged on which people have not settled


@dataclass(frozen=True, slots=True)
class Results:
    """All there is to say of a review."""

    review: Review
    progress: tuple[RaterProgress, ...]
    claims: tuple[ClaimResult, ...]
    support: Agreement
    citation: Agreement
    answers: Agreement  # on whether answers answer their question
    scores: Mapping[str, Estimate]  # shares of the settled claims, by name
    by_tag: Mapping[str, Estimate]  # share fully supported of what was shown
    judges: tuple[JudgeComparison, ...]

    @property
    def disagreements(self) -> tuple[ClaimResult, ...]:
        """Those raters differ on, adjudicated or not, by number."""
        return tuple(each for each in self.claims if each.disagreement)

    @property
    def wholes(self) -> tuple[ClaimResult, ...]:
        """Answers that are judged by their question; () in a review of sentences alone."""
        return tuple(each for each in self.claims if each.claim.whole)

    def said(self, of: Callable[[Judgement], str | None]) -> Mapping[str, Mapping[str, int]]:
        """Rater -> verdict -> how often; `of`: which verdict, None where a judgement has no such one."""
        counts: dict[str, Counter[str]] = {each.rater: Counter() for each in self.progress}
        for claim in self.claims:
            for verdict in claim.verdicts:
                if (chosen := of(verdict.judgement)) is not None:
                    counts.setdefault(verdict.rater, Counter())[str(chosen)] += 1
        return counts


def claim_results(
    claims: Sequence[Claim],
    assigned: Mapping[int, tuple[str, ...]],
    verdicts: Iterable[Verdict],
    adjudications: Iterable[Adjudication],
) -> tuple[ClaimResult, ...]:
    """What was said of each claim, by number. `assigned`: number -> raters."""
    said: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        said.setdefault(verdict.claim, []).append(verdict)
    decided = {each.claim: each for each in adjudications}
    return tuple(
        ClaimResult(c, assigned.get(c.number, ()), tuple(said.get(c.id, ())), decided.get(c.id)) for c in claims
    )


def results(review: Review, progress: Sequence[RaterProgress], found: tuple[ClaimResult, ...]) -> Results:
    """The results of a review as it stands."""
    sentences = [each for each in found if not each.claim.whole]
    # A sentence without a citation leaves nothing to differ on: counted in, it would raise the agreement.
    cited = [each for each in sentences if each.claim.quotes]
    wholes = [each for each in found if each.claim.whole]
    support, citation, answers = (
        [{v.rater: str(of(v.judgement)) for v in each.verdicts} for each in those]
        for those, of in (
            (sentences, lambda said: said.support),
            (cited, lambda said: said.citation),
            (wholes, lambda said: said.answers),
        )
    )
    return Results(
        review=review,
        progress=tuple(progress),
        claims=found,
        support=agreement(support, list(map(str, Supported)), list(map(str, ORDER)), review.seed),
        citation=agreement(citation, list(map(str, Cited)), seed=review.seed),
        answers=agreement(answers, list(map(str, Answers)), list(map(str, ANSWERED)), review.seed),
        scores=_scores(found),
        by_tag=_by_tag(found),
        judges=_judges(found),
    )


def _majority(said: Iterable[_Verdict | None]) -> _Verdict | None:
    counts = Counter(said)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] * 2 > counts.total() else None


def _scores(claims: Sequence[ClaimResult]) -> Mapping[str, Estimate]:
    shown = _shown(claims)
    wholes = [each for each in claims if each.claim.whole]
    withheld = [each for each in claims if each.claim.part is AnswerPart.WITHHELD]
    cited = [each for each in shown if each.claim.quotes]
    scores = {
        "fully supported": _supported(shown),
        "with a citation": wilson(len(cited), len(shown)),
        "citation right": _share(cited, lambda said: said.citation is Cited.RIGHT),
        "source itself wrong": _share(cited, lambda said: said.source_wrong),
    }
    if withheld:
        scores["withheld, but fully supported"] = _supported(withheld)
    if wholes:
        scores["answers its question"] = _share(wholes, lambda said: said.answers is Answers.YES)
        scores["answers it at least in part"] = _share(wholes, lambda said: said.answers is not Answers.NO)
    return scores


def _shown(claims: Sequence[ClaimResult]) -> list[ClaimResult]:
    """The sentences that the reader was shown."""
    return [each for each in claims if each.claim.part in (AnswerPart.SHOWN, AnswerPart.LISTED)]


def _supported(claims: Sequence[ClaimResult]) -> Estimate:
    return _share(claims, lambda j: j.support is Supported.FULL, lambda j: j.support is not Supported.CANNOT_TELL)


def _share(
    claims: Sequence[ClaimResult],
    counts: Callable[[Judgement], bool],
    defined: Callable[[Judgement], bool] = lambda judgement: True,
) -> Estimate:
    """Share of the settled claims for which it is defined; the others are its `undefined`."""
    settled = [each.settled.judgement for each in claims if each.settled]
    kept = [judgement for judgement in settled if defined(judgement)]
    return wilson(sum(map(counts, kept)), len(kept), len(claims) - len(kept))


def _by_tag(claims: Sequence[ClaimResult]) -> Mapping[str, Estimate]:
    shown = _shown(claims)
    tags = sorted({tag for each in shown for tag in each.claim.tags})
    return {tag: _supported([each for each in shown if tag in each.claim.tags]) for tag in tags}


def _judges(claims: Sequence[ClaimResult]) -> tuple[JudgeComparison, ...]:
    names = dict.fromkeys(name for each in claims for name in each.claim.automatic)
    return tuple(_comparison(name, claims) for name in names)


def _comparison(judge: str, claims: Sequence[ClaimResult]) -> JudgeComparison:
    matrix = {automatic: dict.fromkeys(Supported, 0) for automatic in AUTOMATIC}
    unsettled = 0
    for each in claims:
        verdict = _automatic(each.claim.automatic.get(judge))
        if verdict is None:
            continue
        if each.settled is None:
            unsettled += 1
            continue
        matrix[verdict][each.settled.judgement.support] += 1
    same = sum(matrix[automatic][Supported(automatic.value)] for automatic in AUTOMATIC)
    cannot_tell = sum(row[Supported.CANNOT_TELL] for row in matrix.values())
    whole = sum(sum(row.values()) for row in matrix.values()) - cannot_tell
    return JudgeComparison(judge, matrix, wilson(same, whole, cannot_tell + unsettled), unsettled)


def _automatic(verdict: str | None) -> Support | None:
    """None for a judge that said nothing, or something that is no verdict."""
    if verdict == Support.VERBATIM:
        return Support.FULL
    return Support(verdict) if verdict in {each.value for each in AUTOMATIC} else None
