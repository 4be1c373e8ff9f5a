"""What raters say: kept at every step, undone step by step, and never lost.

Each change is one transaction that writes the verdict and an entry of the history together; undoing takes the last
entry of that person that was not undone, and brings back what stood before it.
"""

from __future__ import annotations

import sqlite3

from assistant.review.errors import ReviewError
from assistant.review.rows import claim_numbers, event_of, judgement_of, judgement_to_json, review_number
from assistant.review.store import ReviewStore, rater_id, still_blind
from assistant.review.types import (
    Adjudication,
    Cited,
    Claim,
    ClaimId,
    Event,
    Judgement,
    ReviewId,
    Verdict,
    rater_key,
    rater_name,
)

RATING = ("judge", "skip")
DECIDING = ("adjudicate",)


def fits(claim: Claim, judgement: Judgement) -> None:
    """ReviewError for a judgement of a citation where there is none, and for none where there is one."""
    if claim.quotes and judgement.citation is Cited.MISSING:
        raise ReviewError(f"{claim.id} has a citation; say whether its page is right, wrong, or another is better")
    if not claim.quotes and judgement.citation in (Cited.RIGHT, Cited.WRONG):
        raise ReviewError(f"{claim.id} has no citation; say so, or that a better source exists")


class Verdicts:
    """The judgements of all reviews of a store."""

    def __init__(self, store: ReviewStore) -> None:
        self._store = store
        self._database = store.database

    # --- raters ---

    def judge(self, id: ClaimId, rater: str, judgement: Judgement) -> Verdict:
        """Keeps a rater's judgement, in place of one before. ReviewError when the claim is not theirs to judge."""
        claim, at = self._store.claim(id), self._store.clock()
        fits(claim, judgement)
        with self._database.writing() as sql:
            row, who, skipped = _assignment(sql, claim, rater)
            still_blind(sql, who)
            before = _one(sql, "SELECT judgement FROM verdicts WHERE rater = ? AND claim = ?", (who, row))
            content = judgement_to_json(judgement)
            _keep_verdict(sql, who, row, content, at)
            sql.execute("UPDATE assignments SET skipped = 0 WHERE rater = ? AND claim = ?", (who, row))
            name = _one(sql, "SELECT name FROM raters WHERE id = ?", (who,))
            _log(sql, claim, at, str(name), "judge", row, before, content, skipped)
        return Verdict(claim.id, str(name), judgement, at)

    def skip(self, id: ClaimId, rater: str) -> None:
        """Puts a claim off until the others are judged. A judgement of it stays."""
        claim, at = self._store.claim(id), self._store.clock()
        with self._database.writing() as sql:
            row, who, skipped = _assignment(sql, claim, rater)
            still_blind(sql, who)
            sql.execute("UPDATE assignments SET skipped = 1 WHERE rater = ? AND claim = ?", (who, row))
            before = _one(sql, "SELECT judgement FROM verdicts WHERE rater = ? AND claim = ?", (who, row))
            name = _one(sql, "SELECT name FROM raters WHERE id = ?", (who,))
            _log(sql, claim, at, str(name), "skip", row, before, before, skipped)

    def undo(self, id: ReviewId, rater: str) -> ClaimId | None:
        """Takes back a rater's last step, and the one before it the next time. None when there is none left."""
        review = review_number(id)
        with self._database.writing() as sql:
            who = rater_id(sql, review, rater)
            still_blind(sql, who)
            name = str(_one(sql, "SELECT name FROM raters WHERE id = ?", (who,)))
            last = _last(sql, review, name, RATING)
            if last is None:
                return None
            event, row, number, before, after, skipped = last
            if before is None:
                sql.execute("DELETE FROM verdicts WHERE rater = ? AND claim = ?", (who, row))
            elif before != after:
                at = _one(sql, _AT, (review, name, row, event)) or self._store.clock()
                _keep_verdict(sql, who, row, before, str(at))
            sql.execute("UPDATE assignments SET skipped = ? WHERE rater = ? AND claim = ?", (skipped, who, row))
            self._undone(sql, review, name, event, row, before, after)
        return f"r{review}.{number}"

    def look(self, id: ReviewId, rater: str) -> None:
        """Notes that a rater is about to see what others said: they can't judge from then on.

        ReviewError while they have not judged all: they must not see it yet.
        """
        review = review_number(id)
        with self._database.writing() as sql:
            who = rater_id(sql, review, rater)
            if _one(sql, _OPEN, (who,)) is not None:
                raise ReviewError(f"{rater_name(rater)} has not judged all; results show what others said")
            sql.execute("UPDATE raters SET looked = coalesce(looked, ?) WHERE id = ?", (self._store.clock(), who))

    def verdicts(self, id: ReviewId) -> tuple[Verdict, ...]:
        """All that stand, by claim and then in the order raters were added."""
        review = review_number(id)
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT c.number, r.name, v.judgement, v.at FROM verdicts v JOIN claims c ON c.id = v.claim "
                "JOIN raters r ON r.id = v.rater WHERE c.review = ? ORDER BY c.number, r.id",
                (review,),
            ).fetchall()
        return tuple(Verdict(f"r{review}.{n}", name, _sure(judgement), at) for n, name, judgement, at in rows)

    def judgement(self, id: ClaimId, rater: str) -> Judgement | None:
        """What this rater said of the claim; None before they did."""
        claim = self._store.claim(id)
        with self._database.reading() as sql:
            row, who, _ = _assignment(sql, claim, rater)
            found = _one(sql, "SELECT judgement FROM verdicts WHERE rater = ? AND claim = ?", (who, row))
        return judgement_of(found)

    # --- adjudication ---

    def adjudicate(self, id: ClaimId, by: str, judgement: Judgement) -> Adjudication:
        """Decides a claim, in place of a decision before. ReviewError when `by` is one of its raters."""
        claim, at, name = self._store.claim(id), self._store.clock(), rater_name(by)
        fits(claim, judgement)
        with self._database.writing() as sql:
            row = _claim_row(sql, claim)
            own = sql.execute(
                "SELECT 1 FROM assignments a JOIN raters r ON r.id = a.rater WHERE a.claim = ? AND r.key = ?",
                (row, rater_key(name)),
            ).fetchone()
            if own:
                raise ReviewError(f"{name} is a rater of {claim.id}; somebody else must decide it")
            if _one(sql, "SELECT 1 FROM verdicts WHERE claim = ?", (row,)) is None:
                raise ReviewError(f"{claim.id} was judged by nobody yet; there is nothing to decide")
            before = _one(sql, "SELECT judgement FROM adjudications WHERE claim = ?", (row,))
            _keep_decision(sql, row, name, judgement_to_json(judgement), at)
            _log(sql, claim, at, name, "adjudicate", row, before, judgement_to_json(judgement), 0)
        return Adjudication(claim.id, name, judgement, at)

    def undo_adjudication(self, id: ReviewId, by: str) -> ClaimId | None:
        """Takes back this person's last decision. None when there is none left."""
        review, name = review_number(id), rater_name(by)
        with self._database.writing() as sql:
            last = _last(sql, review, name, DECIDING)
            if last is None:
                return None
            event, row, number, before, after, _ = last
            if _one(sql, "SELECT by FROM adjudications WHERE claim = ?", (row,)) != name:
                raise ReviewError(f"r{review}.{number} was decided by somebody else since; theirs stands")
            if before is None:
                sql.execute("DELETE FROM adjudications WHERE claim = ?", (row,))
            else:
                decided = sql.execute(_DECIDED, (review, row, event, before)).fetchone() or (name, self._store.clock())
                _keep_decision(sql, row, decided[0], before, decided[1])
            self._undone(sql, review, name, event, row, before, after)
        return f"r{review}.{number}"

    def adjudications(self, id: ReviewId) -> tuple[Adjudication, ...]:
        """All that stand, by claim."""
        review = review_number(id)
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT c.number, a.by, a.judgement, a.at FROM adjudications a JOIN claims c ON c.id = a.claim "
                "WHERE c.review = ? ORDER BY c.number",
                (review,),
            ).fetchall()
        return tuple(Adjudication(f"r{review}.{n}", by, _sure(judgement), at) for n, by, judgement, at in rows)

    # --- history ---

    def history(self, id: ReviewId) -> tuple[Event, ...]:
        """Everything that was ever said or taken back, oldest first."""
        review = review_number(id)
        with self._database.reading() as sql:
            rows = sql.execute(
                "SELECT h.id, h.at, h.who, h.what, c.number, h.before, h.after FROM history h "
                "JOIN claims c ON c.id = h.claim WHERE h.review = ? ORDER BY h.id",
                (review,),
            ).fetchall()
        return tuple(event_of(review, row) for row in rows)

    def _undone(
        self, sql: sqlite3.Connection, review: int, name: str, event: int, row: int, before: str | None, after: str
    ) -> None:
        sql.execute("UPDATE history SET undone = 1 WHERE id = ?", (event,))
        sql.execute(
            "INSERT INTO history (review, at, who, what, claim, before, after, undone) "
            "VALUES (?, ?, ?, 'undo', ?, ?, ?, 1)",
            (review, self._store.clock(), name, row, after, before),
        )


_OPEN = (  # a claim that a rater has not judged
    "SELECT 1 FROM assignments a LEFT JOIN verdicts v ON v.rater = a.rater AND v.claim = a.claim "
    "WHERE a.rater = ? AND v.claim IS NULL"
)
_AT = (  # when the judgement that is brought back was given
    "SELECT at FROM history WHERE review = ? AND who = ? AND claim = ? AND what = 'judge' AND undone = 0 AND id < ? "
    "ORDER BY id DESC LIMIT 1"
)
_DECIDED = (  # by whom and when the decision that is brought back was made
    "SELECT who, at FROM history WHERE review = ? AND claim = ? AND what = 'adjudicate' AND id < ? AND after = ? "
    "ORDER BY id DESC LIMIT 1"
)


def _sure(content: str) -> Judgement:
    judgement = judgement_of(content)
    assert judgement is not None  # the column holds no null
    return judgement


def _one(sql: sqlite3.Connection, query: str, values: tuple[object, ...]) -> str | None:
    row = sql.execute(query, values).fetchone()
    return None if row is None else row[0]


def _claim_row(sql: sqlite3.Connection, claim: Claim) -> int:
    """Read within the transaction that writes: the review may have been removed since the claim was read."""
    row = sql.execute("SELECT id FROM claims WHERE review = ? AND number = ?", claim_numbers(claim.id)).fetchone()
    if row is None:
        raise ReviewError(f"there is no claim {claim.id} any more; `icat review list` shows what there is")
    return int(row[0])


def _assignment(sql: sqlite3.Connection, claim: Claim, rater: str) -> tuple[int, int, int]:
    """Rows of the claim and the rater, and whether it was put off. ReviewError when it is not theirs to judge."""
    row, who = _claim_row(sql, claim), rater_id(sql, review_number(claim.review), rater)
    found = sql.execute("SELECT skipped FROM assignments WHERE rater = ? AND claim = ?", (who, row)).fetchone()
    if found is None:
        raise ReviewError(f"{claim.id} is not among the claims of {rater_name(rater)}")
    return row, who, int(found[0])


def _keep_verdict(sql: sqlite3.Connection, who: int, row: int, content: str, at: str) -> None:
    sql.execute(
        "INSERT INTO verdicts (rater, claim, judgement, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (rater, claim) DO UPDATE SET judgement = excluded.judgement, at = excluded.at",
        (who, row, content, at),
    )


def _keep_decision(sql: sqlite3.Connection, row: int, by: str, content: str, at: str) -> None:
    sql.execute(
        "INSERT INTO adjudications (claim, by, judgement, at) VALUES (?, ?, ?, ?) ON CONFLICT (claim) DO "
        "UPDATE SET by = excluded.by, judgement = excluded.judgement, at = excluded.at",
        (row, by, content, at),
    )


def _log(
    sql: sqlite3.Connection,
    claim: Claim,
    at: str,
    who: str,
    what: str,
    row: int,
    before: str | None,
    after: str | None,
    skipped: int,
) -> None:
    sql.execute(
        "INSERT INTO history (review, at, who, what, claim, before, after, skipped_before) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (review_number(claim.review), at, who, what, row, before, after, skipped),
    )


def _last(
    sql: sqlite3.Connection, review: int, who: str, steps: tuple[str, ...]
) -> tuple[int, int, int, str | None, str | None, int] | None:
    """(entry, row of the claim, its number, before, after, put off before) of the last step not undone."""
    marks = ", ".join("?" * len(steps))
    found: tuple[int, int, int, str | None, str | None, int] | None = sql.execute(
        "SELECT h.id, h.claim, c.number, h.before, h.after, h.skipped_before FROM history h "
        f"JOIN claims c ON c.id = h.claim WHERE h.review = ? AND h.who = ? AND h.undone = 0 AND h.what IN ({marks}) "
        "ORDER BY h.id DESC LIMIT 1",
        (review, who, *steps),
    ).fetchone()
    return found
