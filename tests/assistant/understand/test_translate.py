"""Questions in other languages in English words of the field: every language, word forms, and what stays unknown."""

import pytest

from assistant.understand.translate import LANGUAGES, TERMS, translated


def lines() -> list[str]:
    read = TERMS.read_text(encoding="utf-8").splitlines()
    return [line for line in read if line.strip() and not line.startswith("#")]


def test_every_term_has_a_way_to_say_it_in_every_language():
    for line in lines():
        columns = line.partition(" = ")[2].split(" | ")
        assert len(columns) == len(LANGUAGES), line
        assert all(way.strip() for column in columns for way in column.split(";")), line


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("¿Qué es la servidumbre por deudas?", "What is debt bondage?"),
        ("Qu'est-ce que la servitude pour dettes ?", "What is debt bondage?"),
        ("O que é servidão por dívidas?", "What is debt bondage?"),
        ("Что такое долговая кабала?", "What is debt bondage?"),
        ("ما هي عبودية الدين؟", "What is debt bondage?"),
        ("什么是债务奴役？", "What is debt bondage?"),
        # word forms: plural, cases, letters stuck to the word, alef forms
        ("Какие показатели измеряют успех кампаний?", "Which indicator measure success campaign?"),
        ("ما دور الشرطة والقضاة", None),  # "role" is no term: a third of three words
        ("كيف نحمي الضحايا وأسرهم؟", None),
        # names and numbers stay
        ("¿Cuántos miembros tenía el ICAT en 2016?", "How many members have ICAT in 2016?"),
    ],
)
def test_terms_become_english_in_the_order_of_the_question(question, english):
    found = translated(question)
    assert (found.text if found else None) == english


@pytest.mark.parametrize(
    "question",
    ["What is debt bondage?", "¿Cuál es la mejor receta de sopa de lentejas?", "如何做番茄炒蛋？", "Wer ist das?", ""],
)
def test_english_and_what_is_mostly_unknown_is_not_translated(question):
    assert translated(question) is None


def test_a_word_that_the_corpus_writes_counts_as_the_same_in_english():
    assert translated("¿Qué es la trata transnacional en Moldova?") is None  # two of three words are unknown
    found = translated("¿Qué es la trata transnacional?", lambda word: word == "transnacional")
    assert found is not None and found.text == "What is trafficking in persons transnacional?" and found.known == 1.0
