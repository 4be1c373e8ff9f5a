"""What raters say: kept at every step, undone step by step, and never lost.

Each change is one transaction that writes the verdict and an entry of the history together; undoing takes the last
entry of that person that was not undone, and brings back what stood before it.
"""

from __future__ import annotations

import sqlite3

from assistant.errors import ReviewError
from assistant.review.rows import claim_numbers, event_of, judgement_of, judgement_to_json, review_number
from assistant.review.store import ReviewStore, rater_of, still_blind
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
from assistant.texts.catalogue import _

RATING = ("judge", "skip")
DECIDING = ("adjudicate",)
_SAID = "SELECT judgement FROM verdicts WHERE rater = ? AND claim = ?"
_KEEP_VERDICT = "INSERT OR REPLACE INTO verdicts (rater, claim, judgement, at) VALUES (?, ?, ?, ?)"
_KEEP_DECISION = "INSERT OR REPLACE INTO adjudications (claim, by, judgement, at) VALUES (?, ?, ?, ?)"
_PUT_OFF = "UPDATE assignments SET skipped = ? WHERE rater = ? AND claim = ?"
_LOG = (
    "INSERT INTO history (review, at, who, what, claim, before, after, skipped_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
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


def fits(claim: Claim, judgement: Judgement) -> None:
    """ReviewError for a judgement of a citation where there is none, and for none where there is one; and for one of
    a sentence where a whole answer is to be judged, or the other way round.
    """
    if claim.whole is (judgement.answers is None):
        wanted = "say whether it answers its question" if claim.whole else "say of its support and its citation"
        raise ReviewError(f"{claim.id} is a {'whole answer' if claim.whole else 'sentence'}; {wanted}")
    if claim.whole:
        return
    if claim.quotes and judgement.citation is Cited.MISSING:
        raise ReviewError(f"{claim.id} has a citation; say whether its page is right, wrong, or another is better")
    if not claim.quotes and judgement.citation in (Cited.RIGHT, Cited.WRONG):
        raise ReviewError(f"{claim.id} has no citation; say so, or that a better source exists")


class Verdicts(ReviewStore):
    """Reviews with the judgements of their claims."""

    # --- raters ---

    def judge(self, id: ClaimId, rater: str, judgement: Judgement) -> Verdict:
        """Keeps a verdict, on the disk when this returns; one before is replaced, and can be brought back by undo.

        ReviewError when the claim is not theirs to judge.
        """
        claim, at, content = self.claim(id), self.clock(), judgement_to_json(judgement)
        fits(claim, judgement)
        with self.database.writing() as sql:
            row, who, name, skipped = _assignment(sql, claim, rater)
            still_blind(sql, who)
            before = _one(sql, _SAID, (who, row))
            sql.execute(_KEEP_VERDICT, (who, row, content, at))
            sql.execute(_PUT_OFF, (0, who, row))
            sql.execute(_LOG, (review_number(claim.review), at, name, "judge", row, before, content, skipped))
        return Verdict(claim.id, name, judgement, at)

    def skip(self, id: ClaimId, rater: str) -> None:
        """Puts a claim off until the others are judged. A judgement of it stays."""
        claim, at = self.claim(id), self.clock()
        with self.database.writing() as sql:
            row, who, name, skipped = _assignment(sql, claim, rater)
            still_blind(sql, who)
            sql.execute(_PUT_OFF, (1, who, row))
            said = _one(sql, _SAID, (who, row))
            sql.execute(_LOG, (review_number(claim.review), at, name, "skip", row, said, said, skipped))

    def take_back(self, id: ReviewId, rater: str) -> int | None:
        """Takes back a rater's last step, and the one before it the next time.

        The number of its claim; None when there is none left.
        """
        review = review_number(id)
        with self.database.writing() as sql:
            who, name = rater_of(sql, review, rater)
            still_blind(sql, who)
            last = _last(sql, review, name, RATING)
            if last is None:
                return None
            event, row, number, before, after, skipped = last
            if before is None:
                sql.execute("DELETE FROM verdicts WHERE rater = ? AND claim = ?", (who, row))
            elif before != after:
                at = _one(sql, _AT, (review, name, row, event)) or self.clock()
                sql.execute(_KEEP_VERDICT, (who, row, before, at))
            sql.execute(_PUT_OFF, (skipped, who, row))
            self._undone(sql, review, name, event, row, before, after)
        return number

    def look(self, rater: str, id: ReviewId) -> None:
        """To be called before a rater is shown what others said: what they said stays as it is from then on.

        ReviewError while they have not judged all.
        """
        review = review_number(id)
        with self.database.writing() as sql:
            who, name = rater_of(sql, review, rater)
            if _one(sql, _OPEN, (who,)) is not None:
                early = _("{name} has not judged all; results show what others said")
                raise ReviewError(early.format(name=name))
            sql.execute("UPDATE raters SET looked = coalesce(looked, ?) WHERE id = ?", (self.clock(), who))

    def verdicts(self, id: ReviewId) -> tuple[Verdict, ...]:
        """All that stand, by claim and then in the order raters were added."""
        review = review_number(id)
        with self.database.reading() as sql:
            rows = sql.execute(
                "SELECT c.number, r.name, v.judgement, v.at FROM verdicts v JOIN claims c ON c.id = v.claim "
                "JOIN raters r ON r.id = v.rater WHERE c.review = ? ORDER BY c.number, r.id",
                (review,),
            )
            return tuple(Verdict(f"r{review}.{n}", name, judgement_of(said), at) for n, name, said, at in rows)

    def said(self, claim: Claim, rater: str) -> tuple[str, Judgement | None]:
        """The rater's name as it is kept, and what they said of the claim; None before they did."""
        with self.database.reading() as sql:
            row, who, name, _skipped = _assignment(sql, claim, rater)
            found = _one(sql, _SAID, (who, row))
        return name, judgement_of(found) if found else None

    # --- adjudication ---

    def adjudicate(self, id: ClaimId, by: str, judgement: Judgement) -> Adjudication:
        """Decides a claim, in place of a decision before. ReviewError when `by` is one of its raters."""
        claim, at, name, content = self.claim(id), self.clock(), rater_name(by), judgement_to_json(judgement)
        fits(claim, judgement)
        with self.database.writing() as sql:
            row = _claim_row(sql, claim)
            own = "SELECT 1 FROM assignments a JOIN raters r ON r.id = a.rater WHERE a.claim = ? AND r.key = ?"
            if _one(sql, own, (row, rater_key(name))) is not None:
                own_claim = _("{name} is a rater of {claim}; somebody else must decide it")
                raise ReviewError(own_claim.format(name=name, claim=claim.id))
            if _one(sql, "SELECT 1 FROM verdicts WHERE claim = ?", (row,)) is None:
                unjudged = _("{claim} was judged by nobody yet; there is nothing to decide")
                raise ReviewError(unjudged.format(claim=claim.id))
            before = _one(sql, "SELECT judgement FROM adjudications WHERE claim = ?", (row,))
            sql.execute(_KEEP_DECISION, (row, name, content, at))
            sql.execute(_LOG, (review_number(claim.review), at, name, "adjudicate", row, before, content, 0))
        return Adjudication(claim.id, name, judgement, at)

    def undo_adjudication(self, id: ReviewId, by: str) -> ClaimId | None:
        """Takes back this person's last decision. None when there is none left."""
        review, name = review_number(id), rater_name(by)
        with self.database.writing() as sql:
            last = _last(sql, review, name, DECIDING)
            if last is None:
                return None
            event, row, number, before, after, _skipped = last
            if _one(sql, "SELECT by FROM adjudications WHERE claim = ?", (row,)) != name:
                theirs = _("{claim} was decided by somebody else since; theirs stands")
                raise ReviewError(theirs.format(claim=f"r{review}.{number}"))
            if before is None:
                sql.execute("DELETE FROM adjudications WHERE claim = ?", (row,))
            else:
                decided = sql.execute(_DECIDED, (review, row, event, before)).fetchone() or (name, self.clock())
                sql.execute(_KEEP_DECISION, (row, decided[0], before, decided[1]))
            self._undone(sql, review, name, event, row, before, after)
        return f"r{review}.{number}"

    def adjudications(self, id: ReviewId) -> tuple[Adjudication, ...]:
        """All that stand, by claim."""
        review = review_number(id)
        with self.database.reading() as sql:
            rows = sql.execute(
                "SELECT c.number, a.by, a.judgement, a.at FROM adjudications a JOIN claims c ON c.id = a.claim "
                "WHERE c.review = ? ORDER BY c.number",
                (review,),
            )
            return tuple(Adjudication(f"r{review}.{n}", by, judgement_of(said), at) for n, by, said, at in rows)

    # --- history ---

    def history(self, id: ReviewId) -> tuple[Event, ...]:
        """Everything that was ever said or taken back, oldest first."""
        review = review_number(id)
        with self.database.reading() as sql:
            rows = sql.execute(
                "SELECT h.id, h.at, h.who, h.what, c.number, h.before, h.after FROM history h "
                "JOIN claims c ON c.id = h.claim WHERE h.review = ? ORDER BY h.id",
                (review,),
            )
            return tuple(event_of(review, row) for row in rows)

    def _undone(
        self, sql: sqlite3.Connection, review: int, name: str, event: int, row: int, before: str | None, after: str
    ) -> None:
        sql.execute("UPDATE history SET undone = 1 WHERE id = ?", (event,))
        sql.execute(
            "INSERT INTO history (review, at, who, what, claim, before, after, undone) "
            "VALUES (?, ?, ?, 'undo', ?, ?, ?, 1)",
            (review, self.clock(), name, row, after, before),
        )


def _one(sql: sqlite3.Connection, query: str, values: tuple[object, ...]) -> str | None:
    row = sql.execute(query, values).fetchone()
    return None if row is None else row[0]


def _claim_row(sql: sqlite3.Connection, claim: Claim) -> int:
    """Read within the transaction that writes: the review may have been removed since the claim was read."""
    row = sql.execute("SELECT id FROM claims WHERE review = ? AND number = ?", claim_numbers(claim.id)).fetchone()
    if row is None:
        gone = _("there is no claim {claim} any more; `icat review list` shows what there is")
        raise ReviewError(gone.format(claim=claim.id))
    return int(row[0])


def _assignment(sql: sqlite3.Connection, claim: Claim, rater: str) -> tuple[int, int, str, int]:
    """Rows of the claim and the rater, the name of the rater, and whether it was put off.

    ReviewError when it is not theirs to judge.
    """
    row, (who, name) = _claim_row(sql, claim), rater_of(sql, review_number(claim.review), rater)
    found = sql.execute("SELECT skipped FROM assignments WHERE rater = ? AND claim = ?", (who, row)).fetchone()
    if found is None:
        others = _("{claim} is not among the claims of {name}")
        raise ReviewError(others.format(claim=claim.id, name=rater_name(rater)))
    return row, who, name, int(found[0])


def _last(
    sql: sqlite3.Connection, review: int, who: str, steps: tuple[str, ...]
) -> tuple[int, int, int, str | None, str | None, int] | None:
    """(entry, row of the claim, its number, before, after, put off before) of the last step not undone."""
    marks = ", ".join("?" * len(steps))
    return sql.execute(
        "SELECT h.id, h.claim, c.number, h.before, h.after, h.skipped_before FROM history h "
        f"JOIN claims c ON c.id = h.claim WHERE h.review = ? AND h.who = ? AND h.undone = 0 AND h.what IN ({marks}) "
        "ORDER BY h.id DESC LIMIT 1",
        (review, who, *steps),
    ).fetchone()
