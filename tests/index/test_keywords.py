"""BM25 in several languages, and which words of a query are rare."""

import math

import numpy as np
import pytest

from index.keywords import Keywords

TEXTS = [
    "Victims of trafficking need assistance.",  # 0
    "States assist victims; assisting takes money.",  # 1
    "Les victimes de la traite ont besoin d'assistance pénale.",  # 2
    "被贩运者需要帮助",  # 3: those trafficked need help
    "يحتاج ضحايا الاتجار إلى المساعدة",  # 4: victims of trafficking need assistance
    "Issue Brief 7 of ICAT, A/RES/61/180",  # 5
]
LANGUAGES = ["en", "en", "fr", "zh", "ar", "en"]


@pytest.fixture(scope="module", params=["built", "reopened"])
def keywords(request, tmp_path_factory):
    made = Keywords.build(TEXTS, LANGUAGES)
    if request.param == "reopened":
        folder = tmp_path_factory.mktemp("keywords")
        made.save(folder)
        return Keywords.open(folder)
    return made


def found(keywords, query, language=""):
    return set(np.flatnonzero(keywords.scores(query, language)).tolist())


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("assisted", {0, 1}),  # "assistance" and "assist" share the English stem
        ("traites", {2}),
        ("penales", {2}),  # typed without its accents
        ("帮助", {3}),
        ("المُساعَدة", {4}),  # with vowel signs
        ("7", {5}),
        ("61/180", {5}),
        ("icat", {5}),
        ("the of and", set()),
        ("unicorn", set()),
        ("", set()),
    ],
)
def test_a_query_of_unknown_language_is_searched_in_all(keywords, query, rows):
    assert found(keywords, query) == rows


def test_a_known_language_searches_only_its_own_words(keywords):
    assert found(keywords, "victimes victims", "fr") == {2}
    assert found(keywords, "victimes victims", "en") == {0, 1}
    assert found(keywords, "victimes victims", "de") == {0, 1, 2}  # not in the corpus: all of them


def test_the_stem_of_one_language_does_not_match_another():
    # "policies" is "polici" in English and "polic" in French; the English "police" is "polic" too.
    keywords = Keywords.build(["The police came.", "Une politique."], ["en", "fr"])
    assert found(keywords, "policies") == set()


def test_scores_are_those_of_the_formula():
    # Lucene: idf * tf / (tf + k1 (1 - b + b * length / mean length)), idf = ln(1 + (n - df + .5) / (df + .5)).
    # Lengths 2, 2 and 5, mean 3; "labour" stands once in the first and twice in the last: df 2.
    keywords = Keywords.build(["labour inspection", "fishing vessels", "labour labour market demand wages"], ["en"] * 3)
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    first = idf * 1 / (1 + 1.5 * (0.25 + 0.75 * 2 / 3))
    last = idf * 2 / (2 + 1.5 * (0.25 + 0.75 * 5 / 3))
    np.testing.assert_allclose(keywords.scores("labour"), [first, 0, last], rtol=1e-5)
    np.testing.assert_allclose(keywords.scores("labour, labour!"), [2 * first, 0, 2 * last], rtol=1e-5)


def test_terms_come_rarest_first_without_stop_words(keywords):
    terms = keywords.terms("What is the trafficking of unicorns, and why assist victims?")
    # Chunks with each: unicorns 0; trafficking 1; assist, victims 2 in English and, of the same stem, 1 in French.
    assert [term.text for term in terms] == ["unicorns", "trafficking", "assist", "victims"]
    assert terms[0].idf == pytest.approx(math.log(1 + 6.5 / 0.5))
    assert terms[1].idf == pytest.approx(math.log(1 + 5.5 / 1.5))
    assert terms[2].idf == pytest.approx(math.log(1 + 3.5 / 3.5))


def test_the_stop_words_left_out_are_those_of_the_language_the_query_is_in(keywords):
    assert [term.text for term in keywords.terms("que faire pour les victimes de la traite")] == [
        "faire",
        "traite",
        "victimes",
    ]


@pytest.mark.parametrize("texts", [[], ["!!", "the of"]])
def test_a_corpus_without_words_finds_nothing(texts, tmp_path):
    keywords = Keywords.build(texts, ["en"] * len(texts))
    keywords.save(tmp_path / "k")
    again = Keywords.open(tmp_path / "k")
    assert len(again) == len(texts)
    assert again.scores("anything").tolist() == [0.0] * len(texts)
    assert [term.text for term in again.terms("anything at all")] == ["anything"]
