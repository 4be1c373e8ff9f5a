"""Years: of which a text speaks, and what is not answered because nothing found speaks of the year asked about."""

import pytest
from passages import Shelf, document, hit, lookup, whole

from assistant.answer.answerability import judge
from assistant.answer.choose import choose
from assistant.answer.evidence import gather
from assistant.answer.reading import Reader
from assistant.answer.years import of_another_year, speaks_of
from assistant.types import Query
from corpus.sentences import sentences

CALLS = "In 2019 the line took 2,870 calls. Between January 2020 and June 2022, it took 9,430 calls. It has two rooms."


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("17 members in July 2016", "2016"),
        ("a series of 2012-2015", "2013"),
        ("between January 2019 and June 2021", "2020"),
        ("from 2019 to 2021", "2020"),
        ("entre mars 2019 et 2021", "2020"),
        ("open since May 2017", "2020"),
    ],
)
def test_a_text_speaks_of_the_years_it_names_and_of_those_between(text, year):
    assert speaks_of(text, year)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("17 members in July 2016", "2015"),
        ("2012 and 2015", "2013"),  # two years, no span
        ("a series of 2012-2015", "2016"),
        ("open since May 2017", "2016"),
        ("as of 30 June 2021 there were seven", "2022"),
        ("2,016 calls", "2016"),
    ],
)
def test_and_of_no_other(text, year):
    assert not speaks_of(text, year)


def test_a_text_without_a_year_is_of_no_other():
    assert not of_another_year(["2022"], "It took 9,430 calls.")
    assert not of_another_year([], "It took 2,870 calls in 2019.")
    assert of_another_year(["2022"], "It took 2,870 calls in 2019.")


class Words:
    """A cross-encoder that finds every sentence as good as the other."""

    name = "words"
    max_tokens = 512
    languages = frozenset()

    def score(self, question, passages):
        return [6.0] * len(passages)


def asked(question: str, text: str, **about):
    source = document("line", text, **about)
    shelf = Shelf(source)
    found = lookup([hit(whole(source), 1, 6.0, 0.85)], [source.text, "rain", "fog"])
    evidence = gather(found.hits, shelf, 8)
    reading = Reader(shelf, sentences, Words()).read(Query(question, question, question), evidence, found)
    return reading, judge(reading, evidence, found)


def test_a_number_of_a_year_that_no_sentence_speaks_of_is_not_answered():
    _, judgement = asked("How many calls did the line take in 2024?", CALLS)
    assert judgement.parts == (0.0,)


@pytest.mark.parametrize("year", ["2019", "2021"])
def test_one_that_a_sentence_names_or_spans_is(year):
    _, judgement = asked(f"How many calls did the line take in {year}?", CALLS)
    assert judgement.probability > 0.45


def test_one_of_the_year_of_its_source_is():
    text = "The line took 2,870 calls. It has two rooms."
    dated = {"published": [{"year": 2024, "source": "the document"}]}
    assert asked("How many calls did the line take in 2024?", text, **dated)[1].probability > 0.45
    assert asked("How many calls did the line take in 2024?", text)[1].probability == 0.0


def test_a_person_of_another_year_is_not_shown():
    chairs = "IOM chaired the group in 2022. UNICEF chaired the group in 2018. The group meets in Vienna."
    reading, judgement = asked("Who chaired the group in 2018?", chairs)
    assert judgement.probability > 0.45
    texts = [candidate.unit.text for candidate in choose(reading, [True]).candidates]
    assert "UNICEF chaired the group in 2018." in texts and not any("2022" in text for text in texts)


def test_a_question_about_a_year_that_stands_nowhere_is_not_answered():
    _, judgement = asked("What does the line say about rooms in 2024?", CALLS)
    assert judgement.probability == 0.0


def test_sentences_of_another_year_are_not_shown_for_a_number():
    reading, _ = asked("How many calls did the line take in 2019?", CALLS)
    texts = [candidate.unit.text for candidate in choose(reading, [True]).candidates]
    assert "In 2019 the line took 2,870 calls." in texts
    assert not any("9,430" in text for text in texts)
