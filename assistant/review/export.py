"""A review as a file: a table for spreadsheets (CSV), or everything that is kept of it (JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.review.results import ClaimResult, Results
from assistant.review.types import Event, Judgement
from assistant.show.words import printable
from assistant.toolkit.sheet.text import BOM, harmless

_HEAD = (
    "Claim", "Question", "Sentence", "Introduced by", "Part of the answer", "Tags", "Case", "Quotes", "Sources",
    "Pages", "In the library", "Automatic verdicts", "Rater", "Role", "Support", "Citation", "Source itself wrong",
    "Answers the question", "Better source", "Comment", "When (UTC)", "Verdict that stands", "How it came to stand",
)  # fmt: skip


def to_csv(claims: Sequence[ClaimResult]) -> bytes:
    """One row for each verdict and each adjudication, one for a claim without any; UTF-8 with BOM, CR LF.

    No cell can become a formula.
    """
    stream = io.StringIO(newline="")
    table = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_HEAD)
    for each in claims:
        head, tail = _claim_cells(each), _settled_cells(each)
        for said in _said(each) or [[""] * 9]:
            table.writerow([harmless(cell) for cell in [*head, *said, *tail]])
    return (BOM + stream.getvalue()).encode()


def _claim_cells(each: ClaimResult) -> list[str]:
    claim = each.claim
    return [
        claim.id,
        printable(claim.question),
        printable(claim.text),
        printable(claim.lead),
        claim.part.value,
        ", ".join(claim.tags),
        claim.case,
        " / ".join(printable(shown.quote.text) for shown in claim.quotes),
        " / ".join(dict.fromkeys(shown.cited or shown.source for shown in claim.quotes)),
        " / ".join(dict.fromkeys(shown.pages for shown in claim.quotes if shown.pages)),
        " / ".join("yes" if shown.found else "no" for shown in claim.quotes),
        ", ".join(f"{judge}: {verdict}" for judge, verdict in claim.automatic.items()),
    ]


def _said(each: ClaimResult) -> list[list[str]]:
    rows = [[v.rater, "rater", *_cells(v.judgement), v.at] for v in each.verdicts]
    if decided := each.adjudication:
        rows.append([decided.by, "adjudicator", *_cells(decided.judgement), decided.at])
    return rows


def _cells(judgement: Judgement) -> list[str]:
    wrong = "yes" if judgement.source_wrong else "no"
    words = printable(judgement.better), printable(judgement.comment)
    support, citation, answers = (str(e or "") for e in (judgement.support, judgement.citation, judgement.answers))
    return [support, citation, "" if answers else wrong, answers, *words]


def _settled_cells(each: ClaimResult) -> list[str]:
    settled = each.settled
    return [settled.judgement.chosen[0], settled.how.value] if settled else ["", ""]


def to_json(results: Results, history: Sequence[Event]) -> bytes:
    """Everything, in a stable order: review, progress, figures, claims with all that was said, and the history."""
    content = {
        "version": 1,
        "review": asdict(results.review),
        "figures": figures(results),
        "claims": [_claim_record(each) for each in results.claims],
        "history": [asdict(event) for event in history],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def to_verdicts(claims: Sequence[ClaimResult]) -> bytes:
    """What `icat evaluate` compares judges with: a list of statement, quotes and verdict of all settled sentences."""
    settled = [(each.claim, each.settled) for each in claims if each.settled and not each.claim.whole]
    content = [
        {
            "statement": claim.text,
            "quotes": [shown.quote.text for shown in claim.quotes],
            "verdict": verdict.judgement.support,
            "claim": claim.id,
            "settled": verdict.how.value,
        }
        for claim, verdict in settled
    ]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _claim_record(each: ClaimResult) -> dict[str, Any]:
    return {
        **asdict(each.claim),
        "raters": list(each.raters),
        "verdicts": [asdict(verdict) for verdict in each.verdicts],
        "adjudication": asdict(each.adjudication) if each.adjudication else None,
        "majority": {"support": each.majority, "citation": each.majority_citation, "answers": each.majority_answers},
        "settled": asdict(each.settled) if each.settled else None,
        "disagreement": each.disagreement,
    }


def figures(results: Results) -> dict[str, Any]:
    """Progress, distributions, agreement, scores and judges, for a program."""
    return {
        "progress": [asdict(each) for each in results.progress],
        "support": {rater: dict(said) for rater, said in results.said(lambda j: j.support).items()},
        "citation": {rater: dict(said) for rater, said in results.said(lambda j: j.citation).items()},
        "answers": {rater: dict(said) for rater, said in results.said(lambda j: j.answers).items()},
        "agreement": {name: asdict(getattr(results, name)) for name in ("support", "citation", "answers")},
        "scores": {name: asdict(figure) for name, figure in results.scores.items()},
        "fully supported by tag": {tag: asdict(figure) for tag, figure in results.by_tag.items()},
        "judges": {
            each.judge: {
                "matrix": each.matrix,
                "agreement": asdict(each.agreement),
                "unsettled": each.unsettled,
            }
            for each in results.judges
        },
        "disagreements": [each.claim.id for each in results.disagreements],
        "undecided": [each.claim.id for each in results.claims if each.undecided],
    }
