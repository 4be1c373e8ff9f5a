"""Reviews in their file: made, listed, removed; their claims, and who judges which in what order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import ReviewError
from assistant.review.rows import (
    claim_numbers,
    claim_of,
    draft_to_json,
    review_number,
    review_of,
    source_of,
    source_to_json,
)
from assistant.review.schema import Database
from assistant.review.types import (
    Claim,
    ClaimDraft,
    ClaimId,
    RaterProgress,
    Review,
    ReviewId,
    Slot,
    Source,
    rater_key,
    rater_name,
)
from assistant.texts.catalogue import _

FOLDER = "reviews"  # in the data folder
_REVIEW = "SELECT id, title, made, source, tags, seed FROM reviews"


def now() -> str:
    """The present, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class ReviewStore:
    """All reviews of one data folder. May be used by several threads and processes at once."""

    def __init__(self, home: Path, clock: Callable[[], str] = now) -> None:
        """ReviewError when the file can't be used."""
        self.database = Database(home / FOLDER)
        self.clock = clock

    def insert(
        self, title: str, source: str, seed: int, answers: Sequence[Source], drafts: Sequence[ClaimDraft]
    ) -> Review:
        """A new review of these claims, each of one of the answers. ReviewError when there is no claim."""
        if not drafts:
            none = _("{source}: no sentence to be judged; choose other answers, tags or a larger sample")
            raise ReviewError(none.format(source=source))
        tags = sorted({tag for draft in drafts for tag in draft.tags})
        with self.database.writing() as sql:
            values = (title, self.clock(), source, json.dumps(tags, ensure_ascii=False), seed)
            review = sql.execute(
                "INSERT INTO reviews (title, made, source, tags, seed) VALUES (?, ?, ?, ?, ?)", values
            ).lastrowid
            sql.executemany(
                "INSERT INTO answers (review, number, content) VALUES (?, ?, ?)",
                [(review, number, source_to_json(answer)) for number, answer in enumerate(answers, start=1)],
            )
            sql.executemany(
                "INSERT INTO claims (review, number, answer, content) VALUES (?, ?, ?, ?)",
                [(review, number, draft.answer, draft_to_json(draft)) for number, draft in enumerate(drafts, start=1)],
            )
        return self.review(f"r{review}")

    def reviews(self) -> tuple[Review, ...]:
        """The newest first."""
        with self.database.reading() as sql:
            return tuple(review_of(row) for row in sql.execute(f"{_REVIEW} ORDER BY id DESC"))

    def review(self, id: ReviewId) -> Review:
        """ReviewError when there is none."""
        with self.database.reading() as sql:
            row = sql.execute(f"{_REVIEW} WHERE id = ?", (review_number(id),)).fetchone()
        if row is None:
            raise ReviewError(_("there is no review {id}; `icat review list` shows what there is").format(id=id))
        return review_of(row)

    def remove(self, id: ReviewId) -> None:
        """Takes a review away for good, with all that was said and all names. ReviewError when there is none."""
        number = review_number(self.review(id).id)
        with self.database.writing() as sql:
            # Claims before answers, which they refer to.
            sql.execute("DELETE FROM claims WHERE review = ?", (number,))
            sql.execute("DELETE FROM reviews WHERE id = ?", (number,))

    def claims(self, id: ReviewId) -> tuple[Claim, ...]:
        """By number, with their automatic verdicts: for results, never for a rater.

        ReviewError when there is no such review.
        """
        number = review_number(self.review(id).id)
        with self.database.reading() as sql:
            rows = sql.execute("SELECT number, content FROM claims WHERE review = ? ORDER BY number", (number,))
            return tuple(claim_of(number, *row) for row in rows)

    def claim(self, id: ClaimId) -> Claim:
        """ReviewError when there is none."""
        review, number = claim_numbers(id)
        with self.database.reading() as sql:
            row = sql.execute("SELECT content FROM claims WHERE review = ? AND number = ?", (review, number)).fetchone()
        if row is None:
            gone = _("there is no claim {id}; `icat review show {review}` shows what there is")
            raise ReviewError(gone.format(id=id, review=f"r{review}"))
        return claim_of(review, number, row[0])

    def answer(self, claim: Claim) -> Source:
        """The answer a claim was taken from."""
        with self.database.reading() as sql:
            row = sql.execute(
                "SELECT content FROM answers WHERE review = ? AND number = ?",
                (review_number(claim.review), claim.answer),
            ).fetchone()
        return source_of(row[0])

    # --- who judges what ---

    def give(self, id: ReviewId, orders: Mapping[str, Iterable[int]]) -> None:
        """Gives each rater claims, by number and in their order; what a rater has already keeps its place.

        ReviewError for a rater who saw what others said: they can no longer judge.
        """
        review = review_number(self.review(id).id)
        with self.database.writing() as sql:
            for name, order in orders.items():
                kept = rater_name(name)
                sql.execute(
                    "INSERT OR IGNORE INTO raters (review, name, key) VALUES (?, ?, ?)",
                    (review, kept, rater_key(kept)),
                )
                rater, _name = rater_of(sql, review, kept)
                still_blind(sql, rater)
                (last,) = sql.execute("SELECT max(position) FROM assignments WHERE rater = ?", (rater,)).fetchone()
                for number in order:
                    added = sql.execute(
                        "INSERT OR IGNORE INTO assignments (rater, claim, position) "
                        "SELECT ?, id, ? FROM claims WHERE review = ? AND number = ?",
                        (rater, (last or 0) + 1, review, number),
                    ).rowcount
                    last = (last or 0) + added

    def order(self, id: ReviewId, rater: str) -> tuple[Slot, ...]:
        """A rater's claims in their order. ReviewError for somebody who is no rater of the review."""
        review = review_number(self.review(id).id)
        with self.database.reading() as sql:
            who, _name = rater_of(sql, review, rater)
            rows = sql.execute(
                "SELECT a.position, c.number, v.claim IS NOT NULL, a.skipped FROM assignments a "
                "JOIN claims c ON c.id = a.claim LEFT JOIN verdicts v ON v.rater = a.rater AND v.claim = a.claim "
                "WHERE a.rater = ? ORDER BY a.position",
                (who,),
            )
            return tuple(Slot(position, claim, bool(j), bool(s) and not j) for position, claim, j, s in rows)

    def progress(self, id: ReviewId) -> tuple[RaterProgress, ...]:
        """Of every rater, in the order they were added."""
        review = review_number(self.review(id).id)
        with self.database.reading() as sql:
            rows = sql.execute(
                "SELECT r.name, count(v.claim), coalesce(sum(a.skipped AND v.claim IS NULL), 0), count(a.claim), "
                "r.looked IS NOT NULL "
                "FROM raters r LEFT JOIN assignments a ON a.rater = r.id "
                "LEFT JOIN verdicts v ON v.rater = a.rater AND v.claim = a.claim "
                "WHERE r.review = ? GROUP BY r.id ORDER BY r.id",
                (review,),
            )
            return tuple(RaterProgress(*row, bool(looked)) for *row, looked in rows)

    def assigned(self, id: ReviewId) -> Mapping[int, tuple[str, ...]]:
        """Number of each claim -> its raters, in the order they were added; () for one nobody judges."""
        review = review_number(self.review(id).id)
        found: dict[int, tuple[str, ...]] = {}
        with self.database.reading() as sql:
            rows = sql.execute(
                "SELECT c.number, r.name FROM claims c LEFT JOIN assignments a ON a.claim = c.id "
                "LEFT JOIN raters r ON r.id = a.rater WHERE c.review = ? ORDER BY c.number, r.id",
                (review,),
            )
            for number, name in rows:
                found[number] = (*found.get(number, ()), *([name] if name else []))
        return found


def still_blind(sql: sqlite3.Connection, rater: int) -> None:
    """ReviewError for a rater, by their row, who saw what others said."""
    name, looked = sql.execute("SELECT name, looked FROM raters WHERE id = ?", (rater,)).fetchone()
    if looked is not None:
        seen = _("{name} has seen what others said; what {name} said stays as it is")
        raise ReviewError(seen.format(name=name))


def rater_of(sql: sqlite3.Connection, review: int, name: str) -> tuple[int, str]:
    """Row and name of a rater, however the name is spelled. ReviewError for somebody who is no rater of the review."""
    key = rater_key(rater_name(name))
    row = sql.execute("SELECT id, name FROM raters WHERE review = ? AND key = ?", (review, key)).fetchone()
    if row is None:
        known = ", ".join(other for (other,) in sql.execute("SELECT name FROM raters WHERE review = ?", (review,)))
        stranger = _("{name} is no rater of {review} ({known}); `icat review assign {review} NAME` adds one")
        said = stranger.format(name=rater_name(name), review=f"r{review}", known=known or _("it has none"))
        raise ReviewError(said)
    return row
