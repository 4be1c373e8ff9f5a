"""Where publications differ: figures, years, definitions, and the dates they held."""

import passages

from assistant.answer.differences import as_of, dates_differ, differences
from assistant.answer.evidence import passage_of_chunk
from assistant.types import Evidence, Statement, Support
from corpus.catalogue import load
from corpus.types import Published

OLD = (Published(year=2012, month=5, source="the document"),)
NEW = (Published(year=2016, month=10, source="the document"),)


def evidence(*texts: str) -> Evidence:
    """One publication a text, dated 2012-05, 2016-10, 2016-10, ..."""
    documents = [
        passages.document(f"paper-{number}", text, published=OLD if number == 1 else NEW)
        for number, text in enumerate(texts, start=1)
    ]
    shelf = passages.Shelf(*documents)
    return Evidence(tuple(passage_of_chunk(passages.whole(each), 1.0, shelf) for each in documents))


def test_two_years_for_one_event_are_both_told_with_the_dates_of_their_sources():
    # The contradiction that the catalogue records of ICAT's origin.
    found = differences(
        evidence("ICAT was established in 2006.", "ICAT was set up in 2007."), "When was ICAT established?"
    )
    (difference,) = found
    assert difference.subject == "ICAT established"
    assert [(said.words, said.label, said.dated) for said in difference.readings] == [
        ("ICAT was established in 2006.", 1, "2012-05"),
        ("ICAT was set up in 2007.", 2, "2016-10"),
    ]


def test_two_counts_of_the_same_thing_differ():
    (difference,) = differences(
        evidence("ICAT had 17 members in July 2016.", "ICAT had 23 members in October 2018."),
        "How many members has ICAT?",
    )
    assert [said.label for said in difference.readings] == [1, 2]


def test_two_definitions_of_one_word_differ():
    (difference,) = differences(
        evidence(
            "MEL stands for monitoring, evaluation and reflection on practice.",
            "MEL stands for a meeting of the leading experts each year.",
        ),
        "What does MEL stand for?",
    )
    assert difference.subject == "MEL"


def test_the_same_figure_in_other_words_is_no_difference():
    same = evidence("Half of the lamps in the harbour failed.", "In the harbour, 50 per cent of the lamps failed.")
    assert differences(same, "How many lamps failed?") == ()


def test_figures_of_different_things_are_no_difference():
    other = evidence("The harbour has 12 lamps.", "The harbour has 3 bells.")
    assert differences(other, "What does the harbour have?") == ()
    apart = evidence("ICAT had 17 members in 2016.", "The Protocol had 169 States Parties in 2016.")
    assert differences(apart, "How many members has ICAT?") == ()


def test_one_publication_does_not_differ_with_itself():
    assert differences(evidence("ICAT had 17 members. ICAT had 23 members."), "How many members has ICAT?") == ()


def test_what_the_question_does_not_ask_about_is_not_told():
    told = evidence("ICAT was established in 2006.", "ICAT was set up in 2007.")
    assert differences(told, "Who pays for lamps?") == ()


def test_the_catalogue_s_contradicting_years_are_told_with_their_sources():
    found = {each.id: dates_differ(each) for each in load().publications}
    assert [said.words for said in found["legal-frameworks"].readings] == [
        "2012, according to icat.network",
        "2013, according to demandat.eu",
    ]
    assert [said.words for said in found["toolkit"].readings] == [
        "2016, according to globalauthorid.com",
        "2017, according to pdfroom.com (uncertain)",
    ]
    assert found["addressing-demand"] is None  # 2014-09 and 2014 agree
    assert {name for name, each in found.items() if each} == {"legal-frameworks", "toolkit"}


def statement(text: str, source: Evidence) -> Statement:
    from assistant.write.quote import quote_of

    passage = source[1]
    document = passages.document("paper-1", passage.chunk.text)
    return Statement(text, (quote_of(1, passage, document, 0, len(passage.chunk.text)),), Support.FULL)


def test_a_figure_is_given_with_the_date_of_its_source():
    source = evidence("The Protocol has 169 States Parties.")
    assert as_of(statement("The Protocol has 169 States Parties.", source), source) == "(as of 2012-05)"
    assert as_of(statement("In 2016 the Protocol had 169 States Parties.", source), source) == ""  # says it itself
    assert as_of(statement("The Protocol has many States Parties.", source), source) == ""
