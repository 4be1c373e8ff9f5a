"""Reviews, claims and results as HTML: what is shown, and that text stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from served_app import MARKUP

from assistant.app.library import html as library_html
from assistant.app.review import html as review_html
from assistant.app.review import results_html as review_results_html
from assistant.app.review.layout import FILE
from assistant.review.agreement import Agreement, Estimate
from assistant.review.results import ClaimResult, results
from assistant.review.types import (
    Adjudication,
    AnswerPart,
    Cited,
    Claim,
    ClaimQuote,
    Judgement,
    RaterProgress,
    Review,
    Supported,
    Verdict,
)
from assistant.texts.catalogue import speaking
from assistant.types import Quote

VIEW = FILE.read_text(encoding="utf-8")
RIGHT_TO_LEFT = "الاتجار بالأشخاص جريمة."
QUOTE = Quote(1, "toolkit", 0, 5, "Words", 3, "1", "0" * 64)
SHOWN = ClaimQuote(QUOTE, "Toolkit, 2016", "p. 1 (PDF p. 3)", "", "")
CLAIM = Claim(question="Why?", text="Because.", quotes=(SHOWN,), position=0, answer=1, id="r1.1", review="r1", number=1)
REVIEW = Review("r1", "First round", "2026-01-02T03:04:05+00:00", "a test")
FULL = Judgement(Supported.FULL, Cited.RIGHT)
NONE = Judgement(Supported.NONE, Cited.WRONG, source_wrong=True, better="the annex", comment="No such words.")


def found(
    claims: int = 1, said: dict[int, tuple[Judgement, Judgement]] | None = None, decided: Judgement | None = None
):
    """Results of Ana and Bo; `said` by claim, `decided` of the first."""
    made = [replace(CLAIM, id=f"r1.{n}", number=n, automatic={"product": "full"}) for n in range(1, claims + 1)]
    said = said or {}
    verdicts = [
        Verdict(f"r1.{number}", name, judgement, "2026-01-01T00:00:00+00:00")
        for number, pair in said.items()
        for name, judgement in zip(("Ana", "Bo"), pair, strict=True)
    ]
    progress = [RaterProgress(name, len(said), 0, claims) for name in ("Ana", "Bo")]
    decision = Adjudication("r1.1", "Chris", decided, "2026-01-01T00:00:00+00:00") if decided else None
    found_ = []
    for claim in made:
        mine = tuple(verdict for verdict in verdicts if verdict.claim == claim.id)
        found_.append(ClaimResult(claim, ("Ana", "Bo"), mine, decision if claim.number == 1 else None))
    return results(REVIEW, progress, tuple(found_))


# --- text stays text ---


def test_whatever_was_pasted_or_typed_is_escaped():
    quote = replace(SHOWN, source=MARKUP, cited=MARKUP, quote=replace(QUOTE, end=len(MARKUP), text=MARKUP), found=False)
    harmful = replace(CLAIM, question=MARKUP, before=MARKUP, lead=MARKUP, text=MARKUP, quotes=(quote, SHOWN))
    said = Judgement(Supported.NONE, Cited.BETTER, better=MARKUP, comment=MARKUP)
    review = replace(REVIEW, title=MARKUP, source=MARKUP)
    listed = review_html.ReviewCard(review, "1 sentence", (RaterProgress(MARKUP, 0, 0, 1),))
    pages = [
        review_html.claim_html(harmful),
        review_html.reviews_html([listed]),
        review_html.judgement_html(MARKUP, said),
        review_results_html.early_html("r1", RaterProgress(MARKUP, 0, 0, 1)),
        review_results_html.results_html(_harmful_results(harmful, said)),
    ]
    for page in pages:
        assert "&lt;img" in page
        assert "<img" not in page
        assert "${" not in page


def _harmful_results(claim: Claim, said: Judgement):
    claim = replace(claim, tags=(MARKUP,), automatic={MARKUP: "full"})
    verdicts = (Verdict("r1.1", MARKUP, said, ""), Verdict("r1.1", "Bo", FULL, ""))
    progress = [RaterProgress(MARKUP, 1, 0, 1), RaterProgress("Bo", 1, 0, 1)]
    result = ClaimResult(claim, (MARKUP, "Bo"), verdicts, Adjudication("r1.1", MARKUP, said, ""))
    return results(replace(REVIEW, title=MARKUP), progress, (result,))


def test_a_sentence_takes_its_own_direction():
    html = review_html.claim_html(replace(CLAIM, text=RIGHT_TO_LEFT))
    # What has a direction of its own does not count towards that of the heading.
    assert f'dir="auto">Sentence to judge: </span>{RIGHT_TO_LEFT}</h3>' in html
    assert '<h3 class="icat-rv-sentence" tabindex="-1" dir="auto"' in html


# --- a claim ---


def test_a_claim_is_shown_with_its_place_and_its_quotes():
    html = review_html.claim_html(replace(CLAIM, lead="It needs:", before="First.", quotes=(SHOWN, SHOWN)))
    for words in ("Why?", "It needs:", "First.", "Because.", "Quote 1 of 2", "p. 1 (PDF p. 3)", "Toolkit, 2016"):
        assert words in html


def test_the_commas_are_those_of_the_language_of_the_page():
    with speaking("zh"):
        assert f"{SHOWN.source}，{SHOWN.pages}" in review_html.claim_html(replace(CLAIM, quotes=(SHOWN,)))
    with speaking("ar"):
        assert "1–2، 4" in library_html.recognise_html([1, 2, 4], "en")


def test_an_extract_keeps_its_lines():
    html = review_html.claim_html(replace(CLAIM, text="It needs:\nA <plan>.\nTime."))
    assert "It needs:<br>A &lt;plan&gt;.<br>Time.</h3>" in html


def test_what_a_rater_is_not_told_is_not_in_the_claim():
    told = replace(
        CLAIM, part=AnswerPart.WITHHELD, tags=("a-tag",), case="a-case", automatic={"a-judge": "partial"}
    )  # none of these may show
    html = review_html.claim_html(told)
    assert not any(words in html for words in ("withheld", "a-tag", "a-case", "a-judge", "partial"))


def test_a_quote_that_is_not_in_the_library_is_said_to_be_missing():
    missing = replace(SHOWN, found=False, cited="Toolkit, p. 99")
    html = review_html.claim_html(replace(CLAIM, quotes=(missing,)))
    assert "This quote is not in the publications on this machine." in html
    assert "Toolkit, p. 99" in html
    assert "PDF p. 3" not in html


def test_a_sentence_without_citation_says_so():
    bare = replace(CLAIM, quotes=())
    assert "This sentence has no citation." in review_html.claim_html(bare)
    assert "This sentence has no citation." in review_html.sources_html((), {})


# --- results ---


def test_results_before_any_verdict_define_nothing():
    html = review_results_html.results_html(found())
    assert "Two raters are needed" in html
    assert "No fault stands so far" in html
    assert "The raters differ on nothing so far." in html


def test_a_difference_links_to_its_decision_and_a_decided_fault_to_a_case():
    undecided = review_results_html.results_html(found(2, {1: (FULL, NONE), 2: (FULL, FULL)}))
    assert 'href="#review-r1-decide-1">Decide<' in undecided
    assert "1 sentence, 1 to be decided" in undecided
    assert "the source itself is wrong" in undecided
    assert "No such words." in undecided
    assert 'data-rv="regress"' not in undecided
    decided = review_results_html.results_html(found(2, {1: (FULL, NONE), 2: (FULL, FULL)}, decided=NONE))
    assert "Look again<" in decided
    assert "Decided by Chris" in decided
    assert 'data-rv="regress" value="r1.1"' in decided


def test_the_products_own_check_stands_beside_what_people_decided():
    # It said full of both; people: none (decided) and full. So 1 of 2 as people did.
    html = review_results_html.results_html(found(2, {1: (FULL, NONE), 2: (FULL, FULL)}, decided=NONE))
    assert "<caption>This product&#x27;s own check</caption>" in html
    row = '<th scope="row"><bdi>It says full</bdi></th><td>1</td><td>0</td><td>1</td><td>0</td>'
    assert row in html
    assert "Judged as people did: 50 %" in html


@pytest.mark.parametrize(
    ("percent", "kappa", "words"),
    [
        (Estimate(None, 0), Estimate(None, 0), ["No sentence has two verdicts yet."]),
        (Estimate(1.0, 5), Estimate(None, 5), ["100 % of 5 sentences", "one and the same verdict"]),
        (Estimate(0.5, 4), Estimate(-0.25, 4), ["50 % of 4 sentences", "no more than chance", "−0.25"]),
        (
            Estimate(0.9, 40),
            Estimate(0.62, 40, 0, 0.41, 0.8),
            ["62 %", "kappa 0.62", "0.41 to 0.80", "With 40 other sentences"],
        ),
    ],
)
def test_agreement_in_plain_words(percent: Estimate, kappa: Estimate, words: list[str]):
    said = review_results_html.agreement_words(Agreement(2, percent, kappa, Estimate(None, 0)))
    assert all(part in said for part in words), said


def test_with_three_raters_alpha_takes_the_place_of_kappa():
    said = review_results_html.agreement_words(Agreement(3, Estimate(0.8, 9), None, Estimate(0.7, 9)))
    assert "alpha 0.70" in said


@pytest.mark.parametrize(
    ("figure", "percent", "words"),
    [
        (Estimate(None, 0), False, ("–", "–")),
        (Estimate(0.5, 4, 0, -0.1, 1.0), False, ("0.50", "−0.10 to 1.00")),
        (Estimate(0.75, 4, 0, 0.3, 0.954), True, ("75 %", "30 to 95 %")),
    ],
)
def test_figures_are_written_out(figure: Estimate, percent: bool, words: tuple[str, str]):
    shown = (review_results_html.number(figure.value, percent), review_results_html.interval(figure, percent))
    assert shown == words


# --- the fixed parts ---


def test_the_example_of_a_pasted_answer_can_be_read():
    from assistant.review.pasted import parse

    (answer,) = parse(re.search("<pre>(.*?)</pre>", VIEW, re.DOTALL)[1])
    assert [sentence.labels for sentence in answer.sentences] == [(1,), (2,), (1, 2)]
    assert [source.label for source in answer.sources] == [1, 2]


def test_every_verdict_can_be_given():
    for name, verdicts in (("support", Supported), ("citation", Cited)):
        assert set(re.findall(f'data-name="{name}" value="([^"]+)"', VIEW)) == set(verdicts)
