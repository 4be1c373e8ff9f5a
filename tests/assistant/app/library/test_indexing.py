"""The index follows in the background: one build at a time, and nothing that was asked for is missed."""

from threading import Event

from assistant.app.library.indexing import Indexing
from corpus.errors import IcatError
from index.build import Progress
from index.generations import BuildRunning


def test_what_is_asked_for_during_a_build_is_built_after_it():
    begun, go, builds = Event(), Event(), []

    def build(tell):
        builds.append(1)
        tell(Progress("encoding", 3, 10, 5, 1.0, None))
        begun.set()
        go.wait(10)

    indexing = Indexing(build)
    indexing.ask()
    assert begun.wait(10)
    indexing.ask()
    indexing.ask()
    assert (indexing.state.busy, indexing.state.done, indexing.state.total) == (True, 3, 10)
    go.set()
    assert indexing.wait(10)
    assert (len(builds), indexing.state.busy) == (2, False)


def test_why_a_build_failed_is_told_until_another_one_works():
    errors = [IcatError("the disk is full"), KeyError("/secret/path")]

    def build(tell):
        if errors:
            raise errors.pop(0)

    indexing = Indexing(build)
    told = []
    for _ in range(3):
        indexing.ask()
        assert indexing.wait(10)
        told.append(indexing.state.error)
    assert isinstance(told[0], IcatError) and isinstance(told[1], KeyError)
    assert told[2] is None


def test_where_another_process_builds_it_is_tried_again(monkeypatch):
    monkeypatch.setattr("assistant.app.library.indexing.AGAIN", 0.0)
    builds = []

    def build(tell):
        builds.append(1)
        if len(builds) < 3:
            raise BuildRunning("another process is building the index")

    indexing = Indexing(build)
    indexing.ask()
    assert indexing.wait(10)
    assert len(builds) == 3 and indexing.state.error is None
