"""The file of reviews: its versions, what is kept in it, and undo, which is exact."""

import sqlite3
from pathlib import Path
from random import Random

import pytest
from review_samples import FULL, NONE, PARTIAL, made, workbench, written

from assistant.errors import ReviewError
from assistant.review import make
from assistant.review.rows import draft_to_json, source_to_json
from assistant.review.schema import FILE, MIGRATIONS, VERSION
from assistant.review.types import Cited, Judgement, Source, Supported

FOLDER = Path("reviews")


def version_1(home: Path) -> Path:
    """A file of the first version with one review of two claims, one judged."""
    path = home / FOLDER / FILE
    path.parent.mkdir(parents=True)
    source = Source(written(2))
    with sqlite3.connect(path) as sql:
        for statement in MIGRATIONS[0]:
            sql.execute(statement)
        sql.execute("PRAGMA user_version = 1")
        sql.execute("INSERT INTO reviews VALUES (1, 'Old', '2025-01-01T00:00:00+00:00', 'a run', '[]', 0)")
        sql.execute("INSERT INTO answers VALUES (1, 1, 1, ?)", (source_to_json(source),))
        for number, draft in enumerate(make.drafts([source]), start=1):
            sql.execute("INSERT INTO claims VALUES (?, 1, ?, 1, ?)", (number, number, draft_to_json(draft)))
            sql.execute("INSERT INTO raters VALUES (?, 1, ?, ?)", (number, "AB"[number - 1], "ab"[number - 1]))
        sql.execute("INSERT INTO assignments VALUES (1, 1, 1, 0), (1, 2, 2, 0)")
        judgement = '{"support": "none", "citation": "wrong page"}'
        sql.execute("INSERT INTO verdicts VALUES (1, 1, ?, '2025-01-02T00:00:00+00:00')", (judgement,))
        sql.execute(
            "INSERT INTO history (review, at, who, what, claim, after) "
            "VALUES (1, '2025-01-02T00:00:00+00:00', 'A', 'judge', 1, ?)",
            (judgement,),
        )
    sql.close()
    return path


def test_a_file_of_the_first_version_is_brought_to_this_one_with_all_it_holds(tmp_path: Path):
    path = version_1(tmp_path)
    bench = workbench(tmp_path)
    assert bench.review("r1").title == "Old"
    assert [claim.text for claim in bench.claims("r1")] == [s.text for s in written(2).statements]
    view = bench.claim_for("A", "r1", 1)
    assert view is not None and view.own == Judgement(Supported.NONE, Cited.WRONG)
    undone = bench.undo("A", "r1")
    assert undone is not None and undone.own is None
    with sqlite3.connect(path) as sql:
        assert sql.execute("PRAGMA user_version").fetchone() == (VERSION,)
    sql.close()


def test_a_migrated_file_and_a_new_one_have_the_same_tables(tmp_path: Path):
    def tables(home: Path) -> set[tuple[str, str]]:
        workbench(home)
        with sqlite3.connect(home / FOLDER / FILE) as sql:
            names = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = {(name, row[1]) for name in names for row in sql.execute(f"PRAGMA table_info({name})")}
        sql.close()
        return found

    version_1(tmp_path / "old")
    assert tables(tmp_path / "old") == tables(tmp_path / "new")


def test_a_file_of_a_later_version_is_refused_in_one_line_and_left_alone(tmp_path: Path):
    path = version_1(tmp_path)
    with sqlite3.connect(path) as sql:
        sql.execute(f"PRAGMA user_version = {VERSION + 1}")
    sql.close()
    before = path.read_bytes()
    with pytest.raises(ReviewError, match=rf"has version {VERSION + 1}, this icat reads up to {VERSION}") as refused:
        workbench(tmp_path)
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / FOLDER / FILE
    path.parent.mkdir()
    path.write_bytes(b"these are my notes, and they are long enough to be looked at" * 20)
    with pytest.raises(ReviewError, match="no file of reviews"):
        workbench(tmp_path)
    assert path.read_bytes().startswith(b"these are my notes")


def test_only_its_owner_can_read_the_file(tmp_path: Path):
    made(tmp_path)
    assert {p.stat().st_mode & 0o077 for p in (tmp_path / FOLDER).glob(f"{FILE}*")} == {0}


def test_commits_are_flushed_and_the_log_is_written_ahead(tmp_path: Path):
    bench = made(tmp_path)
    with bench.database.reading() as sql:
        pragmas = [sql.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        pragmas += [sql.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "busy_timeout")]
    assert pragmas == ["wal", 2, 1, 20_000]


# --- verdicts ---


def test_a_rater_goes_on_where_they_stopped_in_another_process_too(tmp_path: Path):
    bench = made(tmp_path)
    first = bench.claim_for("Ana", "r1")
    assert first is not None and (first.position, first.judged, first.total) == (1, 0, 3)
    bench.judge(first.claim.id, "ana", PARTIAL)  # however the name is spelled
    again = workbench(tmp_path).claim_for("ANA", "r1")
    assert again is not None and (again.position, again.judged, again.rater) == (2, 1, "Ana")
    back = bench.claim_for("Ana", "r1", 1)
    assert back is not None and back.own == PARTIAL and back.claim == first.claim


def test_undo_brings_back_exactly_what_was_said_before_step_by_step(tmp_path: Path):
    bench = made(tmp_path)
    for judgement in (FULL, PARTIAL, NONE):
        bench.judge("r1.1", "Ana", judgement)
    bench.judge("r1.2", "Ana", FULL)
    bench.judge("r1.1", "Bo", FULL)
    seen = []
    while view := bench.undo("Ana", "r1"):
        seen.append((view.claim.id, view.own))
    assert seen == [("r1.2", None), ("r1.1", PARTIAL), ("r1.1", FULL), ("r1.1", None)]
    assert [(v.rater, v.claim) for v in bench.results("r1").claims[0].verdicts] == [("Bo", "r1.1")]


@pytest.mark.parametrize("seed", range(5))
def test_undo_is_exact_after_any_steps(tmp_path: Path, seed: int):
    random = Random(seed)
    bench = made(tmp_path, 4)

    def state() -> list[tuple[Judgement | None, bool]]:
        views = [bench.claim_for("Ana", "r1", place) for place in range(1, 5)]
        return [(view.own, view.put_off) for view in views if view]

    before = [state()]  # one entry for each step that can be taken back, and the beginning
    for _ in range(40):
        claim, step = f"r1.{random.randint(1, 4)}", random.choice(["judge", "judge", "skip", "undo"])
        if step == "undo":
            assert (bench.undo("Ana", "r1") is not None) == (len(before) > 1)
            before = before[:-1] or before
        elif step == "skip":
            bench.skip(claim, "Ana")
            before.append(state())
        else:
            bench.judge(claim, "Ana", random.choice([FULL, PARTIAL, NONE]))
            before.append(state())
        assert state() == before[-1]


def test_a_verdict_that_is_brought_back_keeps_its_time(tmp_path: Path):
    bench = made(tmp_path)
    first = bench.judge("r1.1", "Ana", FULL)
    bench.judge("r1.1", "Ana", NONE)
    bench.undo("Ana", "r1")
    assert bench.results("r1").claims[0].verdicts == (first,)


def test_after_an_undo_and_another_verdict_undo_does_not_go_round_in_circles(tmp_path: Path):
    bench = made(tmp_path)
    bench.judge("r1.1", "Ana", FULL)
    bench.undo("Ana", "r1")
    bench.judge("r1.1", "Ana", NONE)
    view = bench.undo("Ana", "r1")
    assert view is not None and view.own is None
    assert bench.undo("Ana", "r1") is None


def test_the_history_holds_every_step_undone_or_not(tmp_path: Path):
    bench = made(tmp_path)
    bench.judge("r1.1", "Ana", FULL)
    bench.judge("r1.1", "Ana", NONE)
    bench.skip("r1.2", "Ana")
    bench.undo("Ana", "r1")
    bench.undo("Ana", "r1")
    steps = [(e.what, e.claim, e.before, e.after) for e in bench.history("r1")]
    assert steps == [
        ("judge", "r1.1", None, FULL),
        ("judge", "r1.1", FULL, NONE),
        ("skip", "r1.2", None, None),
        ("undo", "r1.2", None, None),
        ("undo", "r1.1", NONE, FULL),
    ]


def test_what_is_put_off_comes_last_and_undo_puts_it_back(tmp_path: Path):
    bench = made(tmp_path)
    order = [bench.claim_for("Ana", "r1", place).claim.id for place in (1, 2, 3)]  # type: ignore[union-attr]
    bench.skip(order[0], "Ana")
    seen = []
    while view := bench.claim_for("Ana", "r1"):
        seen.append((view.claim.id, view.put_off, view.skipped))
        bench.judge(view.claim.id, "Ana", FULL)
    assert seen == [(order[1], False, 1), (order[2], False, 1), (order[0], True, 1)]
    assert bench.progress("r1")[0].done
    undone = bench.undo("Ana", "r1")
    assert undone is not None and (undone.claim.id, undone.put_off, undone.own) == (order[0], True, None)


def test_next_and_previous_stop_at_the_ends_and_open_skips_what_is_judged(tmp_path: Path):
    bench = made(tmp_path)
    views = [bench.claim_for("Ana", "r1", place) for place in (1, 2, 3)]
    assert [(v.previous, v.next) for v in views if v] == [(None, 2), (1, 3), (2, None)]
    bench.judge(views[1].claim.id, "Ana", FULL)  # type: ignore[union-attr]
    assert [bench.claim_for("Ana", "r1", place).open for place in (1, 2, 3)] == [3, 3, 1]  # type: ignore[union-attr]
    for place in (0, 4):
        with pytest.raises(ReviewError, match=f"no claim {place}; this rater has 3"):
            bench.claim_for("Ana", "r1", place)


def test_only_who_was_assigned_may_judge_and_only_what_fits(tmp_path: Path):
    bench = made(tmp_path, raters=("Ana", "Bo", "Cy"), per_claim=1)
    mine = bench.claim_for("Ana", "r1")
    assert mine is not None and mine.total == 1
    other = next(claim.id for claim in bench.claims("r1") if claim.id != mine.claim.id)
    with pytest.raises(ReviewError, match=f"{other} is not among the claims of Ana"):
        bench.judge(other, "Ana", FULL)
    with pytest.raises(ReviewError, match=r"Eve is no rater of r1 \(Ana, Bo, Cy\)"):
        bench.judge(other, "Eve", FULL)
    with pytest.raises(ReviewError, match="has a citation"):
        bench.judge(mine.claim.id, "Ana", Judgement(Supported.FULL, Cited.MISSING))
    with pytest.raises(ReviewError, match="write at most 2000"):
        Judgement(Supported.FULL, Cited.RIGHT, comment="x" * 2001)


def test_words_are_kept_in_one_line_without_what_acts_on_a_terminal(tmp_path: Path):
    bench = made(tmp_path)
    bench.judge("r1.1", "Ana", Judgement(Supported.FULL, Cited.RIGHT, comment=" See\npage\x1b[2J 3.\ud800 "))
    (verdict,) = bench.results("r1").claims[0].verdicts
    assert verdict.judgement.comment == "See page[2J 3."


@pytest.mark.parametrize("name", ["", "   ", "a@b.org", "x" * 41, "<b>", "=1+1", "..."])
def test_a_name_is_a_name_or_initials(tmp_path: Path, name: str):
    with pytest.raises(ReviewError, match="is no name for a rater"):
        made(tmp_path, raters=(name,))
    assert workbench(tmp_path).reviews() == ()  # nothing half made is left behind


def test_a_review_that_is_removed_leaves_no_name_and_no_question_in_the_file(tmp_path: Path):
    bench = workbench(tmp_path)
    kept = bench.create([Source(written(2))], "kept", raters=["Bo"])
    gone = bench.create([Source(written(2, "What of Quillfeather?"))], "gone", raters=["Zanzibara"])
    bench.judge(f"{gone.id}.1", "Zanzibara", FULL)
    bench.remove(gone.id)
    with pytest.raises(ReviewError, match="no review r2"):
        bench.results(gone.id)
    assert [each.id for each in bench.reviews()] == [kept.id]
    with bench.database.writing() as sql:
        assert sql.execute("PRAGMA foreign_key_check").fetchall() == []
    del bench  # with it goes the connection, and its log into the file
    content = b"".join(path.read_bytes() for path in (tmp_path / FOLDER).iterdir())
    assert b"Zanzibara" not in content and b"Quillfeather" not in content and b"Bo" in content


def test_the_number_of_a_removed_review_is_not_given_again(tmp_path: Path):
    bench = made(tmp_path)
    bench.remove("r1")
    assert bench.create([Source(written(1))], "another", raters=["Ana"]).id == "r2"


def test_raters_can_be_added_and_what_somebody_has_keeps_its_place(tmp_path: Path):
    bench = made(tmp_path, 6, raters=("Ana",))
    before = [bench.claim_for("Ana", "r1", place).claim.id for place in range(1, 7)]  # type: ignore[union-attr]
    bench.judge(before[0], "Ana", FULL)
    bench.assign("r1", ["ana", "Bo"])
    after = [bench.claim_for("Ana", "r1", place).claim.id for place in range(1, 7)]  # type: ignore[union-attr]
    assert after == before
    assert [(p.rater, p.judged, p.total) for p in bench.progress("r1")] == [("Ana", 1, 6), ("Bo", 0, 6)]
