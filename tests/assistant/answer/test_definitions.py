"""Which term is to be defined, and which sentence does it."""

import pytest

from assistant.answer.definitions import defines, term_of


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is a baseline?", "baseline"),
        ("What's a theory of change?", "theory of change"),
        ("what are means of verification", "means of verification"),
        ("What is meant by means of verification?", "means of verification"),
        ("What does “durable solution” mean?", "durable solution"),
        ("What do you mean by the term displacement?", "displacement"),
        ("Please define push-down effect.", "push-down effect"),
        ("Can you give me the definition of a remedy?", "remedy"),
        ("What is an outcome in monitoring and evaluation?", "outcome"),
        ("What should we ask before opening a shelter?", ""),
        ("How is displacement measured?", ""),
        ("What do victims need?", ""),
        ("Who are the members of ICAT?", ""),
        ("", ""),
    ],
)
def test_the_term_is_what_stands_to_be_defined(question: str, term: str):
    assert term_of(question) == term


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("baseline", "A baseline is the value of an indicator before a programme begins."),
        ("baselines", "A baseline is the value of an indicator before a programme begins."),
        ("output", "Outputs are what a programme delivers."),
        ("means of verification", "Means of verification are the sources that prove the value of an indicator."),
        ("displacement", "Displacement happens when a measure moves trafficking elsewhere."),
        ("child", "A child, meaning a person under 18, is trafficked when act and purpose are present."),
        ("trafficking in persons", "“Trafficking in persons” shall mean the recruitment of persons by threat."),
        ("trafficking in persons", "Trafficking in persons has three elements: an act, a means and a purpose."),
        ("theory of change", "A theory of change (ToC) describes how a change comes about."),
        ("durable solution", "The term durable solutions generally refers to lasting ways forward."),
    ],
)
def test_a_definition_begins_with_its_term(term: str, sentence: str):
    assert defines(term, sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("baseline", "Collect a baseline before the activity starts."),
        ("baseline", "A baseline survey is expensive."),
        ("baseline", "A baseline should be collected early."),
        ("means", "Meaning is what a reader finds."),
        ("a+b", "A programme is a plan."),
        ("", "A programme is a plan."),
    ],
)
def test_a_sentence_with_the_term_in_it_is_no_definition(term: str, sentence: str):
    assert not defines(term, sentence)
