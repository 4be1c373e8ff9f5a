"""Times and memory."""

from evals.figures.timing import peak_memory_mb, timed


def test_memory_is_counted_in_megabytes():
    assert 5 < peak_memory_mb() < 1_000_000


def test_calls_are_timed_one_by_one_after_a_warm_up():
    calls = []
    found, times = timed([lambda: calls.append("a") or 1, lambda: calls.append("b") or 2])
    assert calls == ["a", "a", "b"]
    assert found == [1, 2]
    assert len(times) == 2 and all(time >= 0 for time in times)


def test_nothing_to_time_gives_nothing():
    assert timed([]) == ([], [])
