"""Times and memory."""

from evals.figures.timing import peak_memory_mb, timed


def test_memory_is_counted_in_megabytes():
    assert 5 < peak_memory_mb() < 1_000_000


def test_calls_are_timed_one_by_one_after_a_warm_up():
    calls = []
    found, times = timed(lambda text: calls.append(text) or len(text), ["a", "bc"])
    assert calls == ["a", "a", "bc"]
    assert found == [1, 2]
    assert len(times) == 2 and all(time >= 0 for time in times)


def test_nothing_to_time_gives_nothing():
    assert timed(len, []) == ([], [])
