"""Raters at work at once, and a server that is killed: nothing that was said to be kept is lost."""

import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from review_samples import FULL, PARTIAL, made, workbench, written

from assistant.review.types import Cited, Judgement, Source, Supported

REPO = Path(__file__).resolve().parents[3]


def test_raters_in_threads_of_one_process_lose_nothing(tmp_path: Path):
    names = ("Ana", "Bo", "Cy", "Di")
    bench = made(tmp_path, 12, raters=names)
    faults: list[BaseException] = []

    def work(name: str) -> None:
        try:
            while view := bench.claim_for(name, "r1"):
                bench.judge(
                    view.claim.id, name, Judgement(Supported.FULL, Cited.RIGHT, comment=f"number {names.index(name)}")
                )
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    verdicts = [v for each in bench.results("r1").claims for v in each.verdicts]
    assert len(verdicts) == 4 * 12 and all(v.judgement.comment == f"number {names.index(v.rater)}" for v in verdicts)
    assert len(bench.history("r1")) == 4 * 12


RATER = """
import sys
sys.path[:0] = ["tests/assistant", "tests"]
from pathlib import Path
from review_samples import FULL, NONE, workbench
bench = workbench(Path(sys.argv[1]))
name, rounds = sys.argv[2], int(sys.argv[3])
for round in range(rounds):
    for claim in bench.claims("r1"):
        judgement = FULL if round % 2 else NONE
        bench.judge(claim.id, name, judgement)
        print(claim.id, judgement.support.value, flush=True)
"""


def rater(home: Path, name: str, rounds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RATER, str(home), name, str(rounds)], cwd=REPO, stdout=subprocess.PIPE, text=True
    )


def test_raters_in_two_processes_lose_nothing(tmp_path: Path):
    bench = made(tmp_path, 10)
    processes = [rater(tmp_path, name, 2) for name in ("Ana", "Bo")]
    said = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(lines) for lines in said] == [20, 20]
    assert [(p.rater, p.judged) for p in bench.progress("r1")] == [("Ana", 10), ("Bo", 10)]
    assert len(bench.history("r1")) == 40
    assert {v.judgement for each in bench.results("r1").claims for v in each.verdicts} == {FULL}


READER = """
import sys
sys.path[:0] = ["tests/assistant", "tests"]
from pathlib import Path
from review_samples import workbench
print(len(workbench(Path(sys.argv[1])).reviews()))
"""


def reviews_seen_elsewhere(home: Path) -> int:
    command = [sys.executable, "-c", READER, str(home)]
    return int(subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True).stdout)


def test_a_second_workbench_in_a_process_does_not_cut_the_first_off_from_all_others(tmp_path: Path):
    bench = made(tmp_path)
    workbench(tmp_path)
    assert reviews_seen_elsewhere(tmp_path) == 1  # which closes the file after itself
    made(tmp_path)
    bench.create([Source(written(2))], "a third", raters=("Ana",))
    assert reviews_seen_elsewhere(tmp_path) == 3


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("seed", range(4))
def test_what_was_said_to_be_kept_survives_a_kill_of_whoever_was_writing(tmp_path: Path, seed: int):
    bench = made(tmp_path, 7)
    process = rater(tmp_path, "Ana", 1000)
    lines: list[str] = []
    assert process.stdout is not None
    for _ in range(random.Random(seed).randint(1, 25)):
        lines.append(process.stdout.readline())
    process.kill()  # while the next verdicts are being written
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    confirmed = [line.split() for line in lines if line.endswith("\n")]
    steps = [(e.claim, e.after.support.value) for e in bench.history("r1") if e.after]
    # All that was confirmed, in its order, and at most one more: kept, but killed before it could say so.
    assert steps[: len(confirmed)] == [tuple(words) for words in confirmed]
    assert len(steps) - len(confirmed) in (0, 1)
    stands = {
        each.claim.id: each.verdicts[0].judgement.support.value for each in bench.results("r1").claims if each.verdicts
    }
    assert stands == dict(steps)
    with bench.database.writing() as sql:
        assert sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    bench.judge("r1.1", "Bo", PARTIAL)  # and the next rater can write


def test_a_change_that_fails_half_way_leaves_nothing_behind(tmp_path: Path):
    bench = made(tmp_path)
    with pytest.raises(ZeroDivisionError), bench.database.writing() as sql:
        sql.execute("DELETE FROM claims")
        raise ZeroDivisionError
    assert len(bench.claims("r1")) == 3
