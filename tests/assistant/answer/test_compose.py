"""Verbatim answers: what is chosen, how it is grouped, ordered, labelled and quoted."""

from collections.abc import Sequence

import numpy as np
import pytest
from passages import STARTER, Around, Shelf, chunk, document, hit, lookup, whole

from assistant.answer.compose import LIST_ITEMS, Composer, Composition
from assistant.answer.evidence import gather
from assistant.answer.reading import Reader, Reading, affordable, pseudo_logit, shares_of, window_of
from assistant.types import Evidence, Query, Support
from corpus.sentences import sentences
from corpus.types import Chunk, Document
from index.keywords import Keywords


class Graded:
    """A cross-encoder that gives a window the logit of the first marked word found in it, else -10."""

    name = "graded"
    max_tokens = 512

    def __init__(self, **grades: float) -> None:
        self._grades = grades
        self.read: list[str] = []

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self.read += passages
        found = ([grade for word, grade in self._grades.items() if word in passage] for passage in passages)
        return np.array([grades[0] if grades else -10.0 for grades in found], dtype=np.float32)


def read(
    question: str, documents: Sequence[Document], reranker: Graded | None, chunks: Sequence[Chunk] = ()
) -> tuple[Evidence, Reading]:
    pieces = chunks or [whole(each) for each in documents]
    shelf = Shelf(*documents)
    hits = [hit(piece, rank) for rank, piece in enumerate(pieces, start=1)]
    evidence = gather(hits, shelf, 8)
    found = lookup(hits, [piece.text for piece in pieces])
    return evidence, Reader(shelf, sentences, reranker).read(Query(question, question, question), evidence, found)


def compose(
    question: str, documents: Sequence[Document], reranker: Graded | None, chunks: Sequence[Chunk] = ()
) -> Composition:
    evidence, reading = read(question, documents, reranker, chunks)
    composer = Composer(Shelf(*documents), sentences, Around(*(chunks or [whole(each) for each in documents])))
    return composer.compose(evidence, reading, [True] * len(reading.parts))


def said(composition: Composition) -> list[str]:
    return [statement.text for statement in composition.statements]


DEMAND = document(
    "demand",
    """
    === i
    # Demand
    Employers want cheap labour in hidden places. Buyers press prices down every season.
    === 2
    Consumers seldom know who made their shirts. Weather changes from day to day.
    """,
)
LAW = document("law", "=== 5\n# Law\nInspectors may visit farms without notice. Fines are seldom paid in full.")


def test_a_statement_is_verbatim_with_its_place():
    (statement,) = compose("Who made it?", [DEMAND], Graded(Consumers=5.0)).statements
    (quote,) = statement.quotes
    assert statement.text == quote.text == DEMAND.text[quote.start : quote.end]
    assert statement.text == "Consumers seldom know who made their shirts."
    assert (quote.page, quote.page_label, quote.label, quote.publication) == (2, "2", 1, "demand")
    assert statement.support is Support.VERBATIM
    assert quote.document_sha256 == Shelf(DEMAND).document_sha256("demand")


def test_what_does_not_come_near_the_best_is_left_out():
    # an open question takes 2.5 logits: 5.0 and 3.0 are in, 1.0 is not
    graded = Graded(Employers=3.0, Buyers=5.0, Consumers=1.0)
    assert said(compose("What makes demand?", [DEMAND], graded)) == [
        "Employers want cheap labour in hidden places.",
        "Buyers press prices down every season.",
    ]


def test_statements_stand_in_document_order_grouped_with_the_best_publication_first():
    graded = Graded(Inspectors=6.0, Employers=4.5, Buyers=5.0, Fines=5.5)
    composition = compose("What is done?", [DEMAND, LAW], graded)
    assert said(composition) == [
        "Inspectors may visit farms without notice.",
        "Fines are seldom paid in full.",
        "Employers want cheap labour in hidden places.",
        "Buyers press prices down every season.",
    ]
    assert [statement.quotes[0].label for statement in composition.statements] == [1, 1, 2, 2]
    assert [passage.publication.id for passage in composition.evidence.passages] == ["law", "demand"]


def test_only_cited_passages_are_evidence():
    composition = compose("Who made it?", [LAW, DEMAND], Graded(Consumers=5.0))
    assert [passage.publication.id for passage in composition.evidence.passages] == ["demand"]


def test_the_same_is_not_said_twice_but_another_number_is_another_fact():
    calls = document("calls", "The hotline took 10 calls in May. The hotline took 20 calls in May.")
    assert len(said(compose("How does it work?", [calls], Graded(hotline=5.0)))) == 2
    again = document("again", "# Demand\nBuyers press down prices in every season. Shops close at noon on Sunday.")
    assert said(compose("Who presses?", [DEMAND, again], Graded(Buyers=5.0))) == [
        "Buyers press prices down every season."
    ]


def test_a_fact_is_answered_by_fewer_sentences_than_an_explanation():
    text = "The hotline took 10 calls in May. The hotline took 20 calls in June. A hotline needs 30 trained staff."
    graded = Graded(May=6.0, June=5.1, staff=4.0)
    fact = said(compose("How many calls did the hotline take?", [document("d", text)], graded))
    explanation = said(compose("How does the hotline work?", [document("d", text)], graded))
    assert len(fact) == 2 and len(explanation) == 3


def test_sentences_that_name_another_year_step_back():
    text = "ICAT had 17 members in 2016. ICAT had 23 members in 2018."
    graded = Graded(ICAT=8.0)
    assert said(compose("How many members did ICAT have in 2018?", [document("d", text)], graded)) == [
        "ICAT had 23 members in 2018."
    ]


def test_sentences_about_another_article_step_back():
    text = "Issue Brief 01 explains smuggling to readers. Issue Brief 04 covers gender in trafficking."
    assert said(compose("What is Issue Brief 4 about?", [document("d", text)], Graded(Brief=8.0))) == [
        "Issue Brief 04 covers gender in trafficking."
    ]


LIST = document(
    "advice",
    """
    # Advice
    Campaigns need care in every country.
    # Questions
    The design questions are:
    - Which decision should change?
    - Who is trusted by the audience?
    - What can people do after hearing it?
    # End
    Nothing more is said about campaigns here.
    """,
)


def test_a_list_that_is_asked_for_comes_whole_with_its_line():
    composition = compose("Which questions should a campaign answer?", [LIST], Graded(trusted=6.0, decision=5.0))
    assert said(composition) == [
        "Which decision should change?",
        "Who is trusted by the audience?",
        "What can people do after hearing it?",
    ]
    assert {statement.lead for statement in composition.statements} == {"The design questions are:"}


def test_one_item_can_answer_a_question_for_one_fact():
    graded = Graded(trusted=6.0, decision=1.0)
    assert said(compose("Is trust asked about?", [LIST], graded)) == ["Who is trusted by the audience?"]


def test_a_condition_is_never_shown_without_the_others():
    conditions = "- you are over 18 years old\n- you live in the country\n- you have no other help"
    text = f"You can apply if all of the following apply:\n{conditions}"
    composition = compose("Can I apply at 19?", [document("d", text)], Graded(over=6.0, country=-5.0, other=-5.0))
    assert len(composition.statements) == 3


def test_the_rest_of_a_list_is_fetched_from_the_next_passage():
    first = chunk(LIST, "The design", "change?", 1)
    second = chunk(LIST, "Who is trusted", "hearing it?", 2)
    evidence, reading = read("Which questions should a campaign answer?", [LIST], Graded(decision=6.0), [first])
    composer = Composer(Shelf(LIST), sentences, Around(first, second))
    composition = composer.compose(evidence, reading, [True])
    assert said(composition)[-1] == "What can people do after hearing it?"
    assert [passage.chunk.id for passage in composition.evidence.passages] == [first.id, second.id]
    for statement in composition.statements:
        passage = composition.evidence[statement.quotes[0].label]
        assert passage.chunk.start <= statement.quotes[0].start and statement.quotes[0].end <= passage.chunk.end


def test_a_very_long_list_is_cut_and_says_so():
    items = "\n".join(f"- a useful indicator of kind {n}" for n in range(LIST_ITEMS + 4))
    composition = compose(
        "Which indicators are useful?", [document("d", f"These are indicators:\n{items}")], Graded(useful=5.0)
    )
    assert len(composition.statements) == LIST_ITEMS
    assert composition.notice == f"The list has {LIST_ITEMS + 4} items; the first {LIST_ITEMS} are shown."


def test_parts_that_are_not_answered_contribute_nothing():
    question = "What do employers want, and what do inspectors visit?"
    evidence, reading = read(question, [DEMAND, LAW], Graded(Employers=5.0, Inspectors=4.0))
    composer = Composer(Shelf(DEMAND, LAW), sentences, Around(whole(DEMAND), whole(LAW)))
    assert composer.compose(evidence, reading, [False, False]).statements == ()


def test_a_question_in_the_text_does_not_answer_an_open_question():
    text = "What do the employers want then? Employers want cheap labour in hidden places."
    assert said(compose("How do employers think?", [document("d", text)], Graded(employers=7.0, Employers=5.0))) == [
        "Employers want cheap labour in hidden places."
    ]


def test_other_languages_and_no_cross_encoder_are_judged_by_words():
    french = document(
        "fr", "Le refuge protège les victimes mineures. La météo change chaque jour ici.", languages=("fr",)
    )
    graded = Graded(météo=9.0)
    asked = "Qui protège les victimes mineures ?"
    assert said(compose(asked, [french], graded, [whole(french, language="fr")])) == [
        "Le refuge protège les victimes mineures."
    ]
    assert graded.read == []
    assert said(compose("What press prices down?", [DEMAND], None)) == ["Buyers press prices down every season."]


def test_the_cross_encoder_reads_within_its_budget_and_the_heading_above():
    graded = Graded(Employers=5.0)
    read("What do employers want?", [DEMAND], graded)
    assert "Demand: Employers want cheap labour in hidden places." in graded.read
    # each text costs max(1.35 * words, characters / 6) and 3: question 1.35, texts 2.7 -> 7.05 a pair
    assert affordable("why", [(0, "a b"), (1, "c d"), (2, "e f")], 15.0) == [0, 1]
    assert affordable("why", [(0, "a b")], 1.0) == [0]


def test_shares_weigh_words_by_rarity():
    # idf = ln(1 + (3 - n + .5) / (n + .5)): farms in 1 of 3 -> ln(8/3) = .981, fines in 2 of 3 -> ln(1.6) = .470
    vocabulary = Keywords.build(["farms fines", "fines", "shops"], ["en"] * 3)
    ((both, one, none),) = shares_of(["farms fines"], ["a farm was fined, fines", "the fines", "rain"], vocabulary)
    assert both == pytest.approx(1.0)
    assert one == pytest.approx(0.470 / (0.981 + 0.470), abs=1e-3)
    assert none == 0.0
    assert shares_of(["how?"], ["rain"], vocabulary) == [[0.0]]
    assert (pseudo_logit(0.0), pseudo_logit(1.0)) == (-8.0, 8.0)
    assert window_of("Head", "Lead:", "text") == "Head Lead: text"


def test_a_digest_is_marked_by_its_publication():
    digest = document("digest", "Employers want cheap labour in hidden places.", **STARTER)
    composition = compose("What do they want?", [digest], Graded(Employers=5.0))
    assert composition.evidence[1].publication.origin == "starter"
