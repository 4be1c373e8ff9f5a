"""The labelled pairs, how they are counted, and what the shipped check does on the half it was not fitted on."""

import re
from collections import Counter

import pytest

from assistant import wiring
from assistant.types import Quote, Statement, Support
from assistant.write.check import Checker
from assistant.write.support import SupportModels
from corpus.types import Publication
from evals.plain_texts import PlainTexts
from evals.support.pairs import (
    FAITHFUL,
    JudgedPair,
    LabelledSentence,
    by_kind,
    checked,
    read_cases,
    run,
    shelf_of,
)

CASES = read_cases()


@pytest.fixture(scope="module")
def models() -> SupportModels:
    return SupportModels(embedder=wiring.open_reader())


@pytest.fixture(scope="module")
def test_half(models: SupportModels) -> list[JudgedPair]:
    return run(CASES, "test", models)


def test_there_are_enough_pairs_of_every_kind_and_no_passage_in_both_halves():
    pairs = [pair for case in CASES for pair in case.pairs]
    assert len(pairs) >= 240 and len(CASES) >= 40
    assert sum(pair.kind.startswith(FAITHFUL) for pair in pairs) >= len(pairs) * 0.3
    assert len({case.id for case in CASES}) == len(CASES)
    assert {case.split for case in CASES} == {"tune", "test"}
    split = {case.id: case.split for case in CASES}
    assert all(split[pair.also] == case.split for case in CASES for pair in case.pairs if pair.also)
    assert len(Counter(pair.kind for pair in pairs)) == 14


def test_faithful_pairs_are_labelled_full_and_no_others_are():
    for case in CASES:
        for pair in case.pairs:
            assert pair.kind.startswith(FAITHFUL) is (pair.label is Support.FULL)


def judged(kind: str, support: Support) -> JudgedPair:
    label = Support.FULL if kind.startswith(FAITHFUL) else Support.NONE
    return JudgedPair(LabelledSentence(kind=kind, label=label, sentence="x"), CASES[0], Statement("x", (), support))


def test_figures_of_each_kind_are_as_worked_out_by_hand():
    found = [
        judged("faithful", Support.FULL),
        judged("faithful", Support.PARTIAL),
        judged("faithful", Support.FULL),
        judged("faithful", Support.NONE),
        judged("number changed", Support.NONE),
        judged("number changed", Support.PARTIAL),
        judged("number changed", Support.FULL),
    ]
    faithful, number, plain, others = by_kind(found)
    assert (faithful.n, faithful.caught, faithful.withheld, faithful.precision) == (4, 2 / 4, 1 / 4, None)
    # caught: NONE and PARTIAL of three; precision: 2 of those and of the 2 faithful ones that were caught
    assert (number.n, number.caught, number.withheld, number.precision) == (3, 2 / 3, 1 / 3, 2 / 4)
    assert (plain.caught, others.caught, others.precision) == (2 / 4, 2 / 3, 2 / 4)


def test_precision_of_nothing_caught_is_undefined():
    row = by_kind([judged("number changed", Support.FULL)])[0]
    assert (row.caught, row.precision) == (0.0, None)


def caught(found: list[JudgedPair], kind: str) -> float:
    (share,) = [row.caught for row in by_kind(found) if row.kind == kind]
    assert share is not None
    return share


FLOORS = {  # below what was measured when these passages were first read, by about one pair
    "number changed": 0.95,
    "date changed": 0.95,
    "negation flipped": 0.75,
    "must or may swapped": 0.75,
    "actor changed": 0.85,
    "comparison reversed": 0.7,
    "scope widened": 0.6,
    "true but not in the passage": 0.8,
}


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_on_unseen_passages_each_kind_is_caught_at_least_this_often(test_half: list[JudgedPair], kind: str):
    assert caught(test_half, kind) >= FLOORS[kind]


def test_on_unseen_passages_few_faithful_sentences_are_withheld(test_half: list[JudgedPair]):
    (plain,) = (row for row in by_kind(test_half) if row.kind == "all faithful")
    assert plain.withheld is not None and plain.withheld <= 0.10


# -- the counterfactual: what was supported loses its support when its source is altered or taken away ----------


@pytest.fixture(scope="module")
def many(test_half: list[JudgedPair], models: SupportModels) -> list[JudgedPair]:
    alone = [
        case.model_copy(update={"pairs": tuple(pair for pair in case.pairs if not pair.also)}) for case in CASES[:30]
    ]
    return [*test_half, *run(alone, "tune", models)]


def supported(found: list[JudgedPair]) -> list[JudgedPair]:
    return [j for j in found if j.statement.support is Support.FULL and not j.pair.also and j.case.language == "en"]


def against(judged: JudgedPair, text: str, models: SupportModels) -> Statement:
    """The sentence against another text in place of its passage."""
    shelf = PlainTexts({"altered": Publication(id="altered", title="Altered")}, {"altered": text})
    return checked(judged.pair.sentence, ["altered"], "en", Checker(shelf, models))


def test_a_sentence_whose_passage_is_replaced_goes_or_loses_support(many: list[JudgedPair], models: SupportModels):
    plain = supported(many)
    texts = [case.passage for case in CASES]
    kept = 0
    for each in plain:
        other = texts[(texts.index(each.case.passage) + 7) % len(texts)]
        kept += against(each, other, models).support is Support.FULL
    assert len(plain) >= 40 and kept == 0


def test_a_sentence_whose_quote_is_removed_loses_support(many: list[JudgedPair], models: SupportModels):
    plain = supported(many)
    kept = 0
    for each in plain:
        (quote,) = each.statement.quotes
        rest = each.case.passage.replace(quote.text, "", 1).strip() or "Nothing is left."
        kept += against(each, rest, models).support is Support.FULL
    assert kept <= 0.05 * len(plain)


def test_a_sentence_whose_figures_are_altered_in_the_source_loses_support(
    many: list[JudgedPair], models: SupportModels
):
    with_digits = [
        each
        for each in supported(many)
        if any(number in each.case.passage for number in re.findall(r"\d+", each.pair.sentence))
    ]
    kept = 0
    for each in with_digits:
        # every figure is moved: 12 becomes 57, 2016 becomes 2961 read as a count
        altered = re.sub(r"\d", lambda digit: str((int(digit.group()) + 4) % 10), each.case.passage)
        kept += against(each, altered, models).support is Support.FULL
    assert len(with_digits) >= 15 and kept <= 0.02 * len(with_digits)


def test_every_quote_slices_its_passage(test_half: list[JudgedPair]):
    shelf = shelf_of(CASES)
    quotes: list[Quote] = [quote for each in test_half for quote in each.statement.quotes]
    assert len(quotes) > 100
    for quote in quotes:
        assert shelf.document(quote.publication).text[quote.start : quote.end] == quote.text
