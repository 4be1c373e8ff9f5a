"""The words of a corpus: whatever their case, with how often they stand there."""

from index.words import Vocabulary


def test_words_are_counted_whatever_their_case():
    lexicon = Vocabulary(["Shelter staff. The shelter is open.", "SHELTER-based care, 24 hours"])
    assert lexicon.count("Shelter") == 3
    assert "staff" in lexicon and "STAFF" in lexicon
    assert "24" not in lexicon and "house" not in lexicon
    assert len(lexicon) == 8  # shelter staff the is open based care hours


def test_words_by_their_first_letter():
    lexicon = Vocabulary(["Debt binds. A donor pays the debt."])
    assert list(lexicon.beginning("d")) == list(lexicon.beginning("D")) == ["debt", "donor"]
    assert list(lexicon.beginning("z")) == []
