"""Marks of what a net learns to tell."""

from corpus.marks import without_marks


def test_marks_are_taken_out_and_where_they_stood_is_kept():
    assert without_marks("a ⟦make|card⟧ on ⟦fees⟧.") == ("a card on fees.", ((2, 6, "make"), (10, 14, "")))


def test_a_text_without_marks_is_as_it_was():
    assert without_marks("no [mark] here") == ("no [mark] here", ())
