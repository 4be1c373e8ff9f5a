"""A whole review of forty sentences in a real browser: two raters at once, a killed server, a third who decides.

Ana (rows) and Bo (columns) by hand, on whether the quotes say it, and on the citation:

             full partial none can't tell            right wrong better
    full      18     3     1     0     22    right     28     2     1    31
    partial    2     5     2     1     10    wrong      1     4     0     5
    none       0     1     4     0      5    better     2     0     2     4
    can't      1     0     0     2      3              31     6     3    40
              21     9     7     3     40

    equal 29/40 = 0.725                                      34/40 = 0.85
    by chance (22*21 + 10*9 + 5*7 + 3*3)/1600 = 0.3725       (31*31 + 5*6 + 4*3)/1600 = 0.626875
    kappa (0.725 - 0.3725)/(1 - 0.3725) = 0.562              (0.85 - 0.626875)/(1 - 0.626875) = 0.598

For large samples the standard error of the first is sqrt(0.725 * 0.275/40)/(1 - 0.3725) = 0.1125: 0.34 to 0.78.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import review_run
from browsing import SLOW, Visiting, expect
from review_page import begin, card, done, go_on, killed, place, press, results_of, reviews, said, saved, shown
from served_app import free_port

from assistant.review.workbench import Workbench
from corpus.catalogue import load
from corpus.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SUPPORT, CITATION = "1234", "qwe"  # keys, in the order of the tables above
SUPPORTS = ((18, 3, 1, 0), (2, 5, 2, 1), (0, 1, 4, 0), (1, 0, 0, 2))
CITATIONS = ((28, 2, 1), (1, 4, 0), (2, 0, 2))
FORMULA, MARKUP = '=HYPERLINK("http://x","y")', "<script>window.harmed = 1</script>"
JUDGE = "nli:a-judge"
# The judge says full of the first 25 sentences, then partial of 9, none of 6, and full of 8 that are not drawn.
SAID = ["full"] * 25 + ["partial"] * 9 + ["none"] * 6 + ["full"] * 8
# What the page reads of a reply is handed out line by line: several replies may be under way at once.
LISTEN = """(() => {
  const plain = window.fetch;
  const tap = (rest = '') => new TransformStream({
    transform(bytes, out) {
      const lines = (rest + new TextDecoder('latin1').decode(bytes)).split('\\n');
      rest = lines.pop();
      lines.forEach((line) => { window.heard(line); });
      out.enqueue(bytes);
    },
  });
  window.fetch = async (...sent) => {
    const reply = await plain(...sent);
    return reply.body ? new Response(reply.body.pipeThrough(tap()), reply) : reply;
  };
})()"""


def cells(table: Sequence[Sequence[int]], keys: str) -> list[tuple[str, str]]:
    """One pair of keys, Ana's and Bo's, for each sentence of a table: by rows, then by columns."""
    return [
        (keys[row], keys[column])
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def verdicts(rater: int) -> dict[str, tuple[str, str]]:
    """Sentence -> two keys. `rater`: 0 for Ana, 1 for Bo."""
    pairs = zip(cells(SUPPORTS, SUPPORT), cells(CITATIONS, CITATION), strict=True)
    return {review_run.sentence(number): (one[rater], two[rater]) for number, (one, two) in enumerate(pairs)}


class Rater:
    """One rater in a browser of their own, and everything that came over its wire."""

    def __init__(self, visiting: Visiting, url: str, name: str, verdicts: dict[str, tuple[str, str]]) -> None:
        self.visit = visiting(url=url, fresh=True)
        self.verdicts = verdicts
        self.mark = {"Ana": "row", "Bo": "column"}[name]  # in comments, where names of people are left out
        self.wire: list[str] = []
        self.visit.context.expose_function("heard", lambda line: self.wire.append(line))
        self.visit.context.add_init_script(LISTEN)
        self.page = reviews(self.visit.open())

    def judge(self, most: int = 99) -> None:
        """By keyboard; a comment on one sentence in ten."""
        for _ in range(most):
            if done(self.page).is_visible():
                return
            self.one()

    def one(self) -> None:
        here = shown(self.page)
        press(self.page, *self.verdicts[here])
        if self.verdicts[here][1] == "e":
            press(self.page, "Escape")  # out of the field for the better source
        if here.split()[1].endswith("7"):
            press(self.page, "c")
            self.page.keyboard.insert_text(f"{FORMULA} {MARKUP} \u202ethe {self.mark} says so")
            press(self.page, "Escape")
        go_on(self.page)

    def steps(self) -> Iterator[dict[str, Any]]:
        """What the server said to this rater, step by step."""
        for line in self.wire:
            if line.startswith("{"):
                yield json.loads(line)


def drawn(page: Page) -> None:
    """A review of forty sentences out of six times eight: those of five tags."""
    if not page.locator("#review-make").evaluate("details => details.open"):
        page.locator("#review-make > summary").click()
    page.get_by_label("an evaluation run on this machine").check()
    page.get_by_label("Title (optional)").fill("Forty")
    page.get_by_label("Raters: names or initials").fill("Ana, Bo")
    page.get_by_label("How many sentences").fill("8")
    page.get_by_text("More choices").click()
    page.get_by_label("Only sentences with these tags").fill("a, b, c, d, e, g")
    page.get_by_role("button", name="Make the review").click()
    expect(said(page)).to_contain_text("no sentence has the tag g; there are a, b, c, d, e, f", timeout=SLOW)
    page.get_by_label("Only sentences with these tags").fill("a, b, c, d, e")
    page.get_by_label("whether it answers its question").uncheck()
    page.get_by_role("button", name="Make the review").click()
    expect(said(page)).to_contain_text("The review is made: 40 sentences.", timeout=SLOW)


def blind(rater: Rater, other: Rater) -> None:
    """Nothing that came to a rater holds a verdict but their own, of another or of a machine."""
    steps = list(rater.steps())
    kinds = {step["step"] for step in steps if "step" in step} - {"failed"}  # that there is no such tag
    assert kinds == {"claim", "finished"}
    named = {"full": "1", "partial": "2", "none": "3", "can't tell": "4"}
    claims = {step["claim"]: _sentence(step["html"]) for step in steps if step.get("step") == "claim"}
    assert set(claims.values()) == set(rater.verdicts)
    for own, claim in ((step["own"], step["claim"]) for step in steps if step.get("own")):
        assert named[own["support"]] == rater.verdicts[claims[claim]][0]
        assert f"the {other.mark} says" not in own["comment"]
    told = json.dumps(steps)
    assert f"the {rater.mark} says so" in told  # so the wire was heard
    for trace in (f"the {other.mark} says", JUDGE, "verbatim", "withheld", "case-0"):
        assert trace not in told


def _sentence(html: str) -> str:
    return re.search(r"Sentence to judge: </span>([^<]*)</h3>", html)[1]


def test_forty_sentences_two_raters_at_once_a_killed_server_and_a_third_who_decides(
    visiting: Visiting, filled_home: Path, tmp_path: Path
):
    home, port = tmp_path / "home", free_port()
    shutil.copytree(filled_home, home, ignore=shutil.ignore_patterns("reviews", "cases"))  # of other tests
    review_run.write(home, "monday", "abcdef", JUDGE, SAID)
    kept = Workbench(home, Library(home, load()))
    with killed(home, port) as url:
        ana = Rater(visiting, url, "Ana", verdicts(0))
        drawn(ana.page)
        bo = Rater(visiting, url, "Bo", verdicts(1))
        begin(ana.page, "Forty", "Ana")
        begin(bo.page, "Forty", "Bo")
        for _ in range(12):
            ana.one()
            bo.one()
        expect(place(ana.page)).to_have_text("Sentence 13 of 40 · 12 judged")
        press(ana.page, "u")
        expect(place(ana.page)).to_contain_text("Sentence 12 of 40 · 11 judged", timeout=SLOW)
        shown(bo.page)
        expect(bo.page.locator("#review-sources .icat-page-image")).to_be_visible()
    for rater in (ana, bo):
        press(rater.page, *rater.verdicts[shown(rater.page)])
        expect(saved(rater.page)).to_contain_text("Not saved yet (1)", timeout=SLOW)
    assert [each.judged for each in kept.progress("r1")] == [11, 12]
    with killed(home, port) as url:
        bo.page.reload()
        expect(place(ana.page)).to_have_text("Sentence 12 of 40 · 12 judged", timeout=SLOW)
        expect(place(bo.page)).to_contain_text("13 judged", timeout=SLOW)
        while not (done(ana.page).is_visible() and done(bo.page).is_visible()):
            ana.judge(1)
            bo.judge(1)
        assert [each.judged for each in kept.progress("r1")] == [40, 40]
        blind(ana, bo)
        blind(bo, ana)
        third = visiting(url=url)
        chris = reviews(third.open())
        card(chris, "Forty").get_by_role("link", name="Results").click()
        agreement(results_of(chris))
        decided(chris)
        judged(results_of(chris))
        exported(chris)
        fault = chris.locator("#review-results li").filter(has_text="19.")
        fault.get_by_role("button", name="Make a regression case").click()
        expect(said(chris)).to_contain_text("Added to cases/regressions.jsonl", timeout=SLOW)
        for page in (ana.page, bo.page, chris):
            assert page.evaluate("window.harmed === undefined")
            page.goto("about:blank")
    case = json.loads((home / "cases" / "regressions.jsonl").read_text(encoding="utf-8"))
    assert (case["never"], case["tags"]) == ([review_run.sentence(18)], ["c", "regression"])
    for rater in (ana, bo):
        rater.visit.complaints.clear()  # the browser's own words on the time between


def agreement(results: Locator) -> None:
    expect(results).to_contain_text("They said the same of 72 % of 40 sentences.")
    support, citation = (
        results.get_by_role("row", name=re.compile("^Cohen's kappa")).nth(place).inner_text().split("\t")
        for place in (0, 1)
    )
    assert (support[1], citation[1]) == ("0.56", "0.60")
    low, high = (float(end) for end in support[2].split(" to "))
    assert low == pytest.approx(0.34, abs=0.04)
    assert high == pytest.approx(0.78, abs=0.04)


def decided(page: Page) -> None:
    """Chris decides all 13 by keyboard: partial, right page."""
    results = page.locator("#review-results")
    expect(results).to_contain_text("13 sentences, 13 to be decided")
    results.get_by_role("link", name=re.compile("^Decide")).first.click()
    shown(page)
    page.get_by_label("Who decides").fill("Chris")
    press(page, "Enter")
    for number in range(1, 14):
        expect(place(page)).to_have_text(f"Sentence {number} of 13 that raters differ on · {number - 1} decided")
        shown(page)
        press(page, "2", "q")
        go_on(page)
    expect(results).to_contain_text("13 sentences, 0 to be decided", timeout=SLOW)


def judged(results: Locator) -> None:
    """People, from 0: full 0-17; partial 24-27 and, as decided, 18-23, 28-32, 36, 37; none 33-35; can't tell 38, 39.

    The judge: full 0-24, partial 25-33, none 34-39. It said what people did of 18 + 8 + 2 of the 38 they can tell.
    """
    table = results.get_by_role("table", name=f"Judge: {JUDGE}")
    rows = [row.inner_text().split("\t") for row in table.get_by_role("row").all()][1:]
    assert rows == [
        ["It says full", "18", "7", "0", "0"],
        ["It says partial", "0", "8", "1", "0"],
        ["It says none", "0", "2", "2", "2"],
    ]
    expect(results).to_contain_text("Judged as people did: 74 %")


def exported(page: Page) -> None:
    """The table has a row for each verdict and each decision, and no formula; the other file has all figures."""
    files = {}
    for name in ("Table (CSV)", "Everything (JSON)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[name] = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(files["Table (CSV)"])))
    assert len(rows) == 40 + 40 + 13
    comments = [row["Comment"] for row in rows if row["Comment"]]
    assert len(comments) == 8  # sentences 07, 17, 27, 37, by two
    assert all(comment.startswith(f"'{FORMULA} {MARKUP}") and "\u202e" not in comment for comment in comments)
    whole = json.loads(files["Everything (JSON)"])
    assert whole["figures"]["agreement"]["support"]["kappa"]["value"] == pytest.approx(0.3525 / 0.6275)
    assert whole["figures"]["agreement"]["citation"]["kappa"]["value"] == pytest.approx(0.223125 / 0.373125)
    assert [event["what"] for event in whole["history"]].count("undo") == 1
