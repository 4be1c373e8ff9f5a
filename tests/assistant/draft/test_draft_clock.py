"""Times of the day in requests, read by hand, and where they stand in a plan."""

import pytest

from assistant.draft.clock import Clock, clock_of
from assistant.show.draft import heading_of
from assistant.types import Artefact, Draft, DraftPart


@pytest.mark.parametrize(
    ("text", "begins", "minutes"),
    [
        ("half day, 8:30 to 12:30, on forced labour at sea", 8 * 60 + 30, 240),
        ("atelier 9h-12h", 9 * 60, 180),
        ("training 2 to 4 pm", 14 * 60, 120),
        ("11:30am-1pm with lunch", 11 * 60 + 30, 90),
        ("10:00 until 1:00", 10 * 60, 180),  # of the afternoon
        ("2:00 to 4:00 on Tuesday", 14 * 60, 120),  # nobody is trained at night
        ("de las 9:00 a las 11:00", 9 * 60, 120),
        ("с 9:00 до 12:00", 9 * 60, 180),
        ("من 9:00 إلى 11:30", 9 * 60, 150),
        ("上午9:00至11:30", 9 * 60, 150),
        ("an hour, starts 14:00", 14 * 60, 0),
        ("à partir de 9h30", 9 * 60 + 30, 0),
    ],
)
def test_when_it_begins_and_for_how_long(text, begins, minutes):
    assert clock_of(text) == Clock(begins, minutes)


@pytest.mark.parametrize(
    "text",
    ["2-3h on signs", "10 to 12 h", "ages 9 to 12", "1.5 to 2.5 hours", "24/7", "he was found at 04:30", "9:99-10"],
)
def test_what_is_no_time_of_a_session(text):
    assert clock_of(text) is None


def test_the_parts_of_a_plan_follow_each_other_on_the_clock():
    parts = tuple(DraftPart(heading, (), minutes) for heading, minutes in (("Aims", 0), ("One", 40), ("Two", 35)))
    plan = Draft(Artefact.SESSION, "signs", parts, begins=23 * 60)
    assert [heading_of(plan, place) for place in range(3)] == [
        "Aims",
        "23:00–23:40 One (40 min)",
        "23:40–00:15 Two (35 min)",
    ]
    assert heading_of(Draft(Artefact.SESSION, "signs", parts), 1) == "One (40 min)"
