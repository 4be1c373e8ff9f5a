"""Details of people are left out of what is looked up; names of bodies, places and publications are not."""

import pytest

from assistant.understand.persons import without_persons

WRITTEN = frozenset(["palermo", "protocol", "human", "rights", "council"])
LEFT_OUT = [
    ("Can the file of Ana Maria Ruiz (DOB 2.3.1999, case 118/C) be shared?", "Can the file of the person be shared?"),
    ("Mr. John O'Brien owes a fee. Is it smuggling?", "The person owes a fee. Is it smuggling?"),
    ("Our client Maria Petrova has no papers. What now?", "Our client the person has no papers. What now?"),
    ("Her name is Joy. May we show her photo?", "Her name is the person. May we show her photo?"),
    ("May we show pictures of Sara B. and Hana T.?", "May we show pictures of the person and the person?"),
    ("Write to jo@mail.example: what is a baseline?", "Write to: what is a baseline?"),
    ("Call +43 1 234 56 78 about Anna Schmidt: what is a baseline?", "Call about the person: what is a baseline?"),
    ("Her IBAN is DE02 1203 0000 0000 2020 51, is that safe?", "Her IBAN is, is that safe?"),
    ("Passport no. AB-123456 was taken. Why?", "Was taken. Why?"),
    # beside such details, what the corpus writes stays
    ("Jo Doe, jo@mail.example: what says the Palermo Protocol?", "The person,: what says the Palermo Protocol?"),
]
KEPT = [
    "How many members had ICAT in 2012-2015?",
    "What does resolution 61/180 say about the Human Rights Council?",
    "What is in Annex A. and Part B. of the Palermo Protocol?",
    "Did Angela Merkel speak about trafficking?",  # nothing says that she is somebody's case
    "Is a girl of 15 who works 14 hours a day a child?",
    "ICAT Issue Brief 12 of 2022, Addressing vulnerabilities",
    "How were 1,214 workers asked in June 2021?",
    "",
]


@pytest.mark.parametrize(("typed", "looked_up"), LEFT_OUT)
def test_details_of_people_are_left_out(typed, looked_up):
    assert without_persons(typed, lambda word: word.lower() in WRITTEN) == looked_up


@pytest.mark.parametrize("typed", KEPT)
def test_other_names_and_numbers_stay(typed):
    assert without_persons(typed, lambda word: word.lower() in WRITTEN) == typed
