"""Figures and dates as they are written: digits, words, shares, parts, days."""

import pytest

from assistant.wording.quantities import Measure, quantities


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("62 per cent of them", Measure.SHARE, 62.0),
        ("half of them", Measure.SHARE, 50.0),
        ("two thirds of them", Measure.SHARE, pytest.approx(66.667, abs=0.01)),
        ("3 in 10 users", Measure.SHARE, 30.0),
        ("60 of the 120 women", Measure.SHARE, 50.0),
        ("1,150 workers", Measure.COUNT, 1150.0),
        ("1 150 workers", Measure.COUNT, 1150.0),
        ("twenty-one lamps", Measure.COUNT, 21.0),
        ("one hundred and fifty lamps", Measure.COUNT, 150.0),
        ("2.5 million lamps", Measure.COUNT, 2_500_000.0),
        ("$3. 1 million", Measure.COUNT, 3_100_000.0),  # as a text layer has it
        ("$25K a year", Measure.COUNT, 25_000.0),
        ("in 2016", Measure.YEAR, 2016.0),
        ("on 2 May 2018", Measure.MONTH, 5.0),
        ("January 2020", Measure.MONTH, 1.0),
        ("1/1/2020", Measure.MONTH, 1.0),
        ("1/1/2020", Measure.YEAR, 2020.0),
        ("31.12.2019", Measure.MONTH, 12.0),
        ("on 2016-10-03", Measure.DAY, 3.0),
        ("it doubled", Measure.TIMES, 2.0),
        ("the 21st lamp", Measure.RANK, 21.0),
    ],
)
def test_a_figure_is_read_in_digits_and_in_words(text: str, measure: Measure, value: float):
    assert value in [next(iter(each.values)) for each in quantities(text) if each.measure is measure]


def test_the_modal_may_is_no_month():
    assert [each.measure for each in quantities("Workers may leave in 2018.")] == [Measure.YEAR]


def test_a_dot_between_three_digits_can_be_read_in_two_ways():
    (found,) = quantities("1.150 lamps", "fr")
    assert found.values == {1150.0, 1.15}


def test_either_number_of_a_day_may_be_its_month():
    day, month, year = quantities("3/4/2020")
    assert (day.values, month.values, year.values) == ({3.0, 4.0}, {3.0, 4.0}, {2020.0})
    _, month, _ = quantities("31/4/2020")
    assert month.values == {4.0}


def test_a_length_of_time_is_told_in_hours():
    (found,) = quantities("It burnt for two weeks.")
    assert (found.span, found.hours) == ("week", {336.0})
