"""An adjudicated fault as a regression case, in the shape of an evaluation case, kept in the data folder.

A case that came from an evaluation run keeps what its author wrote; one from a conversation or a pasted answer expects
the answer to end as it did, since a review judges sentences, not endings. The file is meant to be looked through.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import ReviewError
from assistant.review.types import AnswerPart, Cited, Claim, Judgement, Source, Supported
from assistant.texts.catalogue import _
from assistant.types import Status
from corpus.disk import exchange
from corpus.types import Origin

FOLDER, FILE = "cases", "regressions.jsonl"
WAIT_SECONDS = 20.0
MIN_QUOTE = 8  # characters, as evaluation cases want
_EXPECTED = {
    Status.ANSWERED: "answered",
    Status.PARTIAL: "partly",
    Status.UNGROUNDED: "declined",
    Status.NO_EVIDENCE: "declined",
}  # any other: "refused"


def is_fault(claim: Claim, judgement: Judgement) -> bool:
    """Whether the product did wrong. That a source is itself wrong is no fault of an answer that cites it."""
    if claim.whole:
        return False  # a case is made of a sentence
    if claim.part is AnswerPart.WITHHELD:
        return judgement.support is Supported.FULL  # it should have been shown
    return judgement.support in (Supported.PARTIAL, Supported.NONE) or judgement.citation in (
        Cited.WRONG,
        Cited.BETTER,
        Cited.MISSING,
    )


def fault_case(claim: Claim, judgement: Judgement, source: Source, good: Sequence[Claim] = ()) -> dict[str, Any]:
    """The case. ReviewError when nothing is wrong with the claim. `good`: claims of the same answer that are settled
    as fully supported, with the right page: their quotes are gold.

    `never` holds the sentence where its quotes do not say it; not where another source may, or where only its page is
    wrong. What people rejected is no longer gold, whoever wrote the case.
    """
    if claim.whole:
        raise ReviewError(f"{claim.id} is a whole answer; a case is made of a sentence that is wrong")
    if not is_fault(claim, judgement):
        right = _("{claim} was judged to be right; only a fault becomes a case")
        raise ReviewError(right.format(claim=claim.id))
    if not claim.question.strip():
        raise ReviewError(_("{claim} has no question; a case needs one to ask again").format(claim=claim.id))
    known = "expected" in source.definition  # somebody wrote the case this answer is of
    given = dict(source.definition) if known else _plain(source)
    unsupported = judgement.support in (Supported.PARTIAL, Supported.NONE)
    shown = claim.part is not AnswerPart.WITHHELD  # else the fault is that it was not
    wrong = unsupported and shown and judgement.citation is not Cited.BETTER
    gold = [each for each in given.get("gold", ()) if not (wrong and each["quote"].split() == claim.text.split())]
    gold += [each for each in _gold(good if shown else [*good, claim], source, known) if each not in gold]
    never = list(given.get("never", ()))
    return given | {
        "id": f"regression-{claim.id.replace('.', '-')}",
        "question": given.get("question", claim.question),
        "gold": gold,
        "never": [*never, claim.text] if wrong and claim.text not in never else never,
        "tags": [*(tag for tag in given.get("tags", ()) if tag != "regression"), "regression"],
        "split": "tune",
    }


def _plain(source: Source) -> dict[str, Any]:
    """What a case says that nobody wrote."""
    return {
        "question": source.answer.request.asked,
        "history": list(source.history),
        "corpus": "starter",
        "expected": _EXPECTED.get(source.answer.status, "refused") if source.judged else "answered",
        "tags": list(source.tags),
    }


def _gold(claims: Sequence[Claim], source: Source, known: bool) -> list[dict[str, Any]]:
    """Their quotes. A case that nobody wrote (`known` False) is asked of the starter corpus: only of its texts."""
    passages = source.answer.evidence.passages
    starter = {p.publication.id for p in passages if p.publication.origin is Origin.STARTER}
    quotes = (shown.quote for claim in claims for shown in claim.quotes if shown.found)
    return [
        {"publication": quote.publication, "page": quote.page, "quote": " ".join(quote.text.split()), "part": 0}
        for quote in quotes
        if len(quote.text) >= MIN_QUOTE and (known or quote.publication in starter)
    ]


def keep_case(home: Path, case: dict[str, Any]) -> bool:
    """Adds a case to the file of the data folder. False when one of its id is there already, which stays as it is.

    The file is replaced as a whole, so that a kill leaves the old one or the new one. ReviewError when it can't be
    written, or holds a line that is no case.
    """
    path = home / FOLDER / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS):
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            if any(_id(path, number, line) == case["id"] for number, line in enumerate(lines, start=1)):
                return False
            lines.append(json.dumps(case, ensure_ascii=False))
            exchange(path, "".join(f"{line}\n" for line in lines).encode())
    except Timeout:
        raise ReviewError(f"{path}: another icat is writing; try again") from None
    except OSError as error:
        raise ReviewError(f"{path}: cannot be written ({error.strerror}); free some space or set ICAT_HOME") from None
    return True


def _id(path: Path, number: int, line: str) -> str:
    if not line.strip():
        return ""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError):
        raise ReviewError(f"{path}, line {number}: is no case; mend or remove the line") from None
