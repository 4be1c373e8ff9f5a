"""When a cross-encoder reads: what it was trained to read, and nothing else."""

from fakes import SharedWords

from assistant.answer.ranking import reads


def test_a_cross_encoder_is_spared_what_it_was_not_trained_to_read():
    english = SharedWords()
    english.languages = frozenset({"en"})
    question = "Which agencies may not charge fees to workers?"
    spanish = "¿Cuáles son las agencias que no deben cobrar a los trabajadores?"
    assert reads(english, question, "en") and reads(english, question, "")
    assert not reads(english, question, "fr") and not reads(english, spanish, "en")
    assert reads(SharedWords(), spanish, "fr")  # nobody says what it reads
