"""Children that crash, hang, grow or talk nonsense take nothing with them."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.readers.isolation import Failed, Pool

REPO = Path(__file__).resolve().parents[2]
LIMITS = {"seconds": 30, "memory_mib": 1024}
needs_memory_limit = pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")


@pytest.fixture()
def pool():
    with Pool(2) as pool:
        yield pool


def test_a_call_returns_what_the_function_returns_and_the_child_is_used_again(pool: Pool):
    assert pool.call("misbehaving:echo", 1, "é", b"\x00", (2.5, None), **LIMITS) == (1, "é", b"\x00", (2.5, None))
    first = pool.call("misbehaving:process", **LIMITS)
    assert first != os.getpid()
    assert pool.call("misbehaving:process", **LIMITS) == first


def test_a_child_gets_no_key_and_no_setting_but_what_it_needs_to_start(monkeypatch: pytest.MonkeyPatch):
    secrets = ("ICAT_MODEL_KEY", "ICAT_CHROMA", "OTHER_API_KEY", "SOME_TOKEN", "DATABASE_PASSWORD", "a_secret")
    for name in secrets:
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("MONKEY_ISLAND", "kept")  # has "KEY" in it, but names none
    with Pool(1) as pool:
        told = pool.call("misbehaving:environment", *secrets, "MONKEY_ISLAND", "PATH", **LIMITS)
    assert told == (*[None] * len(secrets), "kept", os.environ["PATH"])


def test_an_exception_is_told_in_one_line_with_its_traceback_beside(pool: Pool):
    with pytest.raises(Failed) as caught:
        pool.call("misbehaving:fail", **LIMITS)
    assert caught.value.reason == "the reader failed (ValueError: first line)"
    assert "in fail" in caught.value.detail
    assert pool.call("misbehaving:echo", 1, **LIMITS) == (1,)


def test_a_crash_is_told_and_the_next_call_works(pool: Pool):
    with pytest.raises(Failed, match=r"the reader crashed \((SIGSEGV|exit code \d+)\)"):
        pool.call("misbehaving:crash", **LIMITS)
    assert pool.call("misbehaving:echo", 1, **LIMITS) == (1,)


def test_a_child_that_has_worked_before_is_replaced_and_the_call_made_again(pool: Pool, tmp_path: Path):
    pool.call("misbehaving:echo", **LIMITS)
    assert pool.call("misbehaving:crash_once", tmp_path / "mark", **LIMITS) == "second time"


def test_a_child_that_gave_up_for_want_of_memory_is_told_so(pool: Pool):
    with pytest.raises(Failed, match="needs more than 1024 MiB to read, or is damaged; allow more memory"):
        pool.call("misbehaving:give_up", **LIMITS)


def test_a_new_child_that_dies_is_not_tried_twice(pool: Pool, tmp_path: Path):
    with pytest.raises(Failed, match="exit code 7"):
        pool.call("misbehaving:crash_once", tmp_path / "mark", **LIMITS)


def test_a_hanging_call_is_ended_at_its_time(pool: Pool):
    with pytest.raises(Failed, match=r"took longer than 0\.3 s to read; allow more time"):
        pool.call("misbehaving:hang", seconds=0.3, memory_mib=1024)
    assert pool.call("misbehaving:echo", 1, **LIMITS) == (1,)


@needs_memory_limit
def test_a_call_that_needs_too_much_memory_is_told_so(pool: Pool):
    assert pool.call("misbehaving:grow", 100, seconds=30, memory_mib=300) == 100 << 20
    with pytest.raises(Failed, match="needs more than 300 MiB"):
        pool.call("misbehaving:grow", 400, seconds=30, memory_mib=300)
    assert pool.call("misbehaving:grow", 400, **LIMITS) == 400 << 20


def test_what_a_library_prints_does_not_end_up_in_the_reply(pool: Pool):
    assert pool.call("misbehaving:shout", **LIMITS) == "quiet"


def test_a_reply_that_names_a_class_is_not_taken(pool: Pool):
    with pytest.raises(Failed, match="the reader crashed"):
        pool.call("misbehaving:smuggle", **LIMITS)


def test_threads_share_the_children(pool: Pool):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: pool.call("misbehaving:echo", n, **LIMITS), range(40)))
        processes = set(threads.map(lambda _: pool.call("misbehaving:process", **LIMITS), range(40)))
    assert answers == [(n,) for n in range(40)]
    assert len(processes) <= 2


def test_closing_ends_a_call_at_work(tmp_path: Path):
    pool, ended = Pool(1), []

    def work():
        try:
            pool.call("misbehaving:hang_and_say", tmp_path / "pid", seconds=100, memory_mib=1024)
        except Failed as failed:
            ended.append(failed.reason)

    thread = threading.Thread(target=work)
    thread.start()
    waiting = threading.Event()
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()):
        waiting.wait(0.02)
    pool.close()
    thread.join(20)
    assert ended == ["reading was stopped"]
    with pytest.raises(Failed, match="reading was stopped"):
        pool.call("misbehaving:echo", **LIMITS)


def test_a_script_without_a_main_guard_is_not_run_again(tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path[:0] = [{str(REPO)!r}, {str(Path(__file__).parent)!r}]\n"
        "from corpus.readers.isolation import Pool\n"
        "print('once')\n"
        "print(Pool(1).call('misbehaving:echo', 5, seconds=30, memory_mib=1024))\n"
    )
    run = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True
    )
    assert run.stdout == "once\n(5,)\n"
    assert run.stderr == ""


def test_a_child_ends_with_its_parent(tmp_path: Path):
    script = (
        "import os\nfrom corpus.readers.isolation import Pool\n"
        "print(Pool(1).call('misbehaving:process', seconds=30, memory_mib=1024), flush=True)\nos._exit(1)\n"
    )
    paths = os.pathsep.join([str(REPO), str(Path(__file__).parent)])
    run = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True
    )
    child, waiting = int(run.stdout), threading.Event()
    for _ in range(500):
        if not _alive(child):
            break
        waiting.wait(0.02)
    assert not _alive(child)


def _alive(process: int) -> bool:
    import psutil

    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE
