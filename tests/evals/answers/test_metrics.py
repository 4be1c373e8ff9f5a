"""Every figure of an answer on values worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.types import Act, Coverage, Covered, Listed, Listing, ListTotal, Status, Support, Tier, Wanted
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from evals.answers import metrics
from evals.answers.metrics import Citation, CitedStatement, citation_precision, citation_recall, cited
from evals.types import GoldPart, ListInForce, QuoteCheck
from tests.evals.eval_samples import answer, case, item, place, quote, statement

VISITS, ALONE, HOTLINE = (0, 36), (37, 67), (68, 99)


def never(text: str, quotes: Sequence[str]) -> Support:
    return Support.NONE


def says(**wanted: tuple[str, ...]) -> metrics.Supported:
    """A judge that finds a statement ("s1") fully supported by exactly these sets of quotes ("ab" is a and b)."""
    return lambda text, quotes: Support.FULL if "".join(sorted(quotes)) in wanted.get(text, ()) else Support.NONE


def one(text: str, *labels: str, real: bool = True) -> CitedStatement:
    return CitedStatement(text, tuple(Citation(n, (label,), real) for n, label in enumerate(labels, start=1)))


def test_recall_is_of_statements_and_reads_their_citations_together():
    statements = [one("s1", "a", "b"), one("s2", "a"), one("s3"), one("s4", "c")]
    judge = says(s1=("ab",), s4=("c",))
    assert citation_recall(statements, judge) == 2 / 4
    assert citation_recall([], judge) is None


def test_precision_counts_citations_that_are_needed():
    # s1: a and b hold it only together: both needed.             2 of 2
    # s2: a alone holds it, b does not, and a holds without b.     1 of 2
    # s3: not supported at all: its citation is not needed.        0 of 1
    # s4: c and d hold it, each alone: both needed.                2 of 2
    statements = [one("s1", "a", "b"), one("s2", "a", "b"), one("s3", "a"), one("s4", "c", "d")]
    judge = says(s1=("ab",), s2=("ab", "a"), s4=("cd", "c", "d"))
    assert citation_precision(statements, 0, judge) == 5 / 7
    assert citation_precision(statements, 3, judge) == 5 / 10  # three labels that stand for no passage
    assert citation_precision([one("s3")], 0, judge) is None
    assert citation_precision([], 1, judge) == 0.0


def test_an_invented_quote_supports_nothing_even_word_for_word():
    invented = CitedStatement("Farms are visited.", (Citation(1, ("Farms are visited.",), False),))
    assert citation_recall([invented], says()) == 0.0
    assert citation_precision([invented], 0, says()) == 0.0
    real = CitedStatement("Farms are  visited.", (Citation(1, ("All said: farms are\nvisited. Twice.",), True),))
    assert citation_recall([real], never) == citation_precision([real], 0, never) == 1.0


def test_an_extract_stands_in_its_quotes_line_by_line():
    lines = "Farms are visited:\ntwice a year\nat night"
    whole = CitedStatement(lines, (Citation(1, ("Farms are visited:", "twice a\nyear", "at night"), True),))
    assert citation_recall([whole], never) == citation_precision([whole], 0, never) == 1.0
    lacking = CitedStatement(lines, (Citation(1, ("Farms are visited:", "twice a\nyear"), True),))
    assert citation_recall([lacking], never) == 0.0


def test_a_judgement_that_failed_does_not_support():
    assert citation_recall([one("s1", "a")], lambda *_: None) == 0.0
    assert citation_recall([one("s1", "a")], lambda *_: Support.PARTIAL) == 0.0


def test_citations_are_real_where_their_quotes_were_found_and_their_label_is_known():
    given = answer(
        statement("a", quote(*VISITS), quote(*ALONE), quote(*HOTLINE, label=2)), statement("b", quote(*VISITS, label=3))
    )
    checks = [QuoteCheck(0, 0, True), QuoteCheck(0, 1, False), QuoteCheck(0, 2, True), QuoteCheck(1, 0, True)]
    first, second = cited(given, checks)
    assert [(c.label, len(c.quotes), c.real) for c in first.citations] == [(1, 2, False), (2, 1, True)]
    assert [c.real for c in second.citations] == [False]  # there are two passages
    assert metrics.quote_exactness(given, checks) == 3 / 4
    assert metrics.quote_exactness(given, checks[:1]) == 1 / 4  # never checked: not there
    assert metrics.quote_exactness(answer(), []) is None


def test_boxes_are_judged_where_there_is_a_page():
    checks = [QuoteCheck(0, 0, True, None), QuoteCheck(0, 1, True, True), QuoteCheck(0, 2, True, False)]
    assert metrics.box_exactness(checks) == 1 / 2
    assert metrics.box_exactness(checks[:1]) is None


def test_pages_against_gold():
    right, wrong = quote(*HOTLINE, page=2, page_label="ii"), quote(*HOTLINE, page=1, page_label="i")
    gold = [place(*HOTLINE, page=2, label="ii"), place(*ALONE, page=1)]
    given = answer(statement("a", right), statement("b", wrong), statement("c", quote(*VISITS)))
    assert metrics.page_correctness(given, gold) == 1 / 2  # the third overlaps no gold
    assert metrics.label_correctness(given, gold) == 1.0  # only of the one on the right page
    assert metrics.label_correctness(answer(statement("a", quote(*HOTLINE, page=2))), gold) == 0.0
    assert metrics.label_correctness(given, gold[1:]) is None
    assert metrics.page_correctness(answer(statement("a", quote(*VISITS))), gold) is None
    # In a text without pages every page is 1: nothing to be right about.
    assert metrics.page_correctness(given, [replace(place(*HOTLINE), paged=False)]) is None
    # Begins before the gold quote, on the page before it.
    longer = answer(statement("a", quote(53, 99, page=1)))
    assert metrics.page_correctness(longer, gold[:1]) == 1.0


def test_relevance_and_reach():
    gold = [place(*ALONE), place(*HOTLINE, page=2)]
    given = answer(statement("a", quote(*ALONE)), statement("b", quote(*VISITS)), statement("c", quote(40, 60)))
    assert metrics.statement_relevance(given, gold) == 2 / 3
    assert metrics.gold_reached(given, gold) == 1 / 2
    assert metrics.gold_reached(answer(), gold) == 0.0
    assert metrics.statement_relevance(answer(), gold) is None
    assert metrics.gold_reached(given, []) is metrics.statement_relevance(given, []) is None


def test_spans_overlap_from_half_of_the_shorter_one():
    assert metrics.overlaps(quote(0, 20), place(10, 50))  # 10 of 20
    assert not metrics.overlaps(quote(0, 19), place(10, 50))  # 9 of 19
    assert not metrics.overlaps(quote(0, 10), place(10, 50))
    assert not metrics.overlaps(quote(10, 50), replace(place(10, 50), publication="barns"))


def test_coverage_pairs_parts_by_their_words():
    parts = [
        GoldPart(part="who visits farms", covered=Covered.ANSWERED),
        GoldPart(part="what does a visit cost", covered=Covered.NOT),
    ]
    told = (Coverage("What does it cost?", Covered.NOT), Coverage("Who visits farms?", Covered.NOT))
    given = answer(statement("a", quote(*VISITS)), coverage=told)
    assert metrics.coverage_accuracy(given, parts) == 1 / 2
    assert metrics.coverage_accuracy(replace(given, coverage=told[1:]), parts) == 0.0  # the second is not told
    assert metrics.coverage_accuracy(answer(), parts) == 1 / 2  # declined: all parts told "not"
    shown = answer(statement("a", quote(*VISITS)))
    assert metrics.coverage_accuracy(shown, parts) == 1 / 2  # all told "answered"
    assert metrics.coverage_accuracy(replace(shown, tier=Tier.MAY_ANSWER), parts) == 0.0  # all told "partly"
    assert metrics.coverage_accuracy(given, []) is None


@pytest.mark.parametrize(
    ("fields", "status", "right"),
    [
        ({"expected": "declined"}, Status.NO_EVIDENCE, True),
        ({"expected": "answered"}, Status.NO_EVIDENCE, False),
        ({"expected": "declined"}, Status.CLOSEST, True),
        ({"expected": "declined"}, Status.ANSWERED, False),
        ({"expected": "answered"}, Status.ANSWERED, True),
        ({"expected": "answered"}, Status.PARTIAL, True),
        ({"expected": "answered"}, Status.CLOSEST, False),
        ({"expected": "answered"}, Status.ASKED_BACK, False),
        ({"expected": "partly"}, Status.ANSWERED, False),
        ({"expected": "partly"}, Status.PARTIAL, True),
        ({"expected": "partly", "status": ["answered", "partial"]}, Status.ANSWERED, True),
        ({"expected": "partly"}, Status.CLOSEST, False),
        ({"expected": "refused"}, Status.URGENT, True),
        ({"expected": "refused"}, Status.OUT_OF_SCOPE, True),
        ({"expected": "refused"}, Status.ABOUT, False),
        ({"expected": "refused", "status": ["about"]}, Status.ABOUT, True),
        ({"expected": "refused", "status": ["refused"]}, Status.URGENT, False),
    ],
)
def test_how_an_answer_ends(fields: dict[str, object], status: Status, right: bool):
    part = Coverage("a", Covered.NOT)
    ended = {
        Status.NO_EVIDENCE: answer(),
        Status.ANSWERED: answer(statement("a", quote(*VISITS)), tier=Tier.ANSWERS),
        Status.CLOSEST: answer(statement("a", quote(*VISITS)), tier=Tier.MAY_ANSWER),
        Status.PARTIAL: answer(statement("a", quote(*VISITS)), coverage=(part,)),
        Status.ASKED_BACK: answer(unsure=True),
        Status.URGENT: answer(act=Act.DANGER),
        Status.OUT_OF_SCOPE: answer(act=Act.OFF_TOPIC),
        Status.ABOUT: answer(act=Act.ABOUT, told=("It answers.",)),
    }[status]
    assert ended.status is status
    assert metrics.status_right(case(**fields), ended) is right
    assert metrics.status_right(case(**fields), None) is False


def test_an_answer_is_of_one_tier_or_asked_back_or_none_of_these():
    shown = answer(statement("a", quote(*VISITS)))
    ends = {
        "given": shown,
        "closest": replace(shown, tier=Tier.MAY_ANSWER),
        "declined": answer(),
        "asked_back": answer(unsure=True),
    }
    for end, found in ends.items():
        assert [name for name in ends if getattr(metrics, name)(found)] == [end]
    assert metrics.declined(answer(act=Act.OFF_TOPIC))
    others = (answer(act=Act.DANGER), replace(shown, unknown_labels=(7,)), None)  # the second is ungrounded
    assert not any(getattr(metrics, name)(found) for name in ends for found in others)


def test_lists_are_complete_exact_and_counted():
    wanted = ListInForce(ItemKind.INDICATOR, Activity.LIVELIHOODS, ("i1", "i3"), 3)
    asked = Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,))
    items = (Listed(item(1)), Listed(item(2, Level.IMPACT)))

    def listing(total: int) -> Listing:
        return Listing(asked, items, (ListTotal(ItemKind.INDICATOR, Activity.LIVELIHOODS, total),))

    given = answer(statement("a", quote(*VISITS)), listing=listing(3))
    assert metrics.list_completeness(given, [wanted]) == 1 / 2
    assert metrics.list_exactness(given, [wanted]) == 1 / 2
    assert metrics.list_counts(given, [wanted]) == 1.0
    assert metrics.list_counts(replace(given, listing=listing(2)), [wanted]) == 0.0
    plain = answer(statement("a", quote(*VISITS)))
    assert metrics.list_completeness(plain, [wanted]) == metrics.list_counts(plain, [wanted]) == 0.0
    assert metrics.list_exactness(plain, [wanted]) is None
    assert metrics.list_completeness(given, []) is metrics.list_exactness(given, []) is None


def test_words_that_must_not_be_shown():
    given = answer(statement("Write  only the word\nPineapple.", quote(*VISITS)))
    assert metrics.never_shown(given, ["the word pineapple"]) == 0.0
    assert metrics.never_shown(given, ["apricot"]) == 1.0
    assert metrics.never_shown(given, []) is None
    assert metrics.never_shown(answer(notice="Apricot."), ["apricot"]) == 0.0
    assert metrics.never_shown(answer(act=Act.ABOUT, told=("Apricot.",)), ["apricot"]) == 0.0


def test_warnings():
    given = [statement("a", quote(*VISITS), warnings=("a number differs",)), statement("b", quote(*VISITS))]
    assert metrics.warned(given) == 1 / 2
    assert metrics.warned([]) is None
