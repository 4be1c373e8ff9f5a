"""How long something takes, as people write it."""

import pytest

from assistant.understand.durations import minutes_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90 minutes for teachers", 90),
        ("a half-day session", 180),
        ("two-day training", 720),
        ("an hour on wages", 60),
        ("1,5 часа", 90),
        ("полдня", 180),
        ("media jornada", 180),
        ("une demi-journée", 180),
        ("2小时", 120),
        ("半天的培训", 180),
        ("نصف يوم", 180),
        ("полтора часа", 90),
        ("3 horas y media", 210),
        ("份60分钟的培训", 60),
        ("a full day", 360),
        ("half a day (3.5 hours with a break)", 210),
        ("one day, with 30 minutes for questions", 360),
        ("دورة يوم كامل", 360),
        ("خطة درس مدتها تسعون دقيقة", 90),
        ("quarante-cinq minutes", 45),
        ("九十分钟", 90),
        ("a training day", 0),  # no number, and no article right before it
        ("the day after", 0),
        ("in 2019", 0),
    ],
)
def test_the_time_that_is_said_in_minutes(text, minutes):
    assert minutes_of(text) == minutes
