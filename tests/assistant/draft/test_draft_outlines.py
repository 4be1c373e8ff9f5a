"""Outlines as a trainer may change them, and how time is dealt out."""

import pytest

from assistant.draft import outlines as module
from assistant.draft.outlines import Fill, OutlinePart, in_days, outlines, timed
from assistant.types import Artefact
from corpus.errors import CatalogueError


def part(share: float) -> OutlinePart:
    return OutlinePart(heading="x", fill=Fill.OWN, share=share)


def test_every_artefact_has_an_outline():
    assert set(outlines()) == set(Artefact)


def test_time_adds_up_exactly_in_fives():
    # 1 : 2 : 3 of 60 is 10, 20, 30
    assert timed([part(1), part(2), part(3)], 60) == [10, 20, 30]
    # of 50: 8.33, 16.67, 25 -> in fives 1.67, 3.33, 5 -> 1, 3, 5, and the one left goes to the largest remainder
    assert timed([part(1), part(2), part(3)], 50) == [10, 15, 25]
    # 7 minutes for three parts: in single minutes 1.17, 2.33, 3.5 -> 1, 2, 4
    assert timed([part(1), part(2), part(3)], 7) == [1, 2, 4]
    # what fives do not reach goes to the longest part
    assert timed([part(1), part(1), part(2)], 62) == [15, 15, 32]
    for minutes in range(1, 400):
        assert sum(timed([part(1), part(3), part(2), part(1)], minutes)) == minutes


def test_each_day_has_its_share_in_order_and_every_pause():
    pause = OutlinePart(heading="Lunch", fill=Fill.OWN, share=1, at=0.5)
    # of 1 + 1 + 2 + 2 + 2 each of two days has 4; lunch after half of it, and never last
    parts = [part(1), part(1), pause, part(2), part(2), part(2)]
    assert in_days(parts, 2) == [[0, 1, 2, 3], [4, 2, 5]]
    assert in_days(parts, 1) == [[0, 1, 3, 2, 4, 5]]
    assert in_days([part(1), pause], 3) == [[1, 0]]
    assert in_days([part(0), part(0)], 1) == [[0, 1]]


def test_without_time_or_shares_nothing_is_timed():
    assert timed([part(1), part(2)], 0) == [0, 0]
    assert timed([part(0), part(0)], 60) == [0, 0]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("quiz: {parts: [{heading: A, fill: nonsense}]}", "fill"),
        ("quiz: {parts: [{heading: A, fill: own, mots: 3}]}", "mots"),
        ("quiz: {parts: [{heading: A, fill: points, aspect: smell}]}", "no aspect smell"),
        ("quiz: {parts: [{heading: A, fill: own}]}", "no outline of session plan"),
    ],
)
def test_a_file_that_is_not_sound_is_one_line(tmp_path, monkeypatch, text, fault):
    file = tmp_path / "outlines.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "FILE", file)
    outlines.cache_clear()
    try:
        with pytest.raises(CatalogueError, match=fault) as raised:
            outlines()
        assert "\n" not in str(raised.value)
    finally:
        outlines.cache_clear()
