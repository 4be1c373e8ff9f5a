"""The report: one file that loads nothing, with every case escaped, and a scorecard in Markdown."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.types import Drafting, Outcome
from corpus.errors import IcatError
from evals.answers.judge import DeterministicJudge, HumanVerdict, agreement
from evals.answers.scorecard import measure, scorecard
from evals.report import as_html, as_markdown, as_text, run
from evals.runs.records import RunError, appending, create
from tests.evals.eval_samples import answer, quote, statement
from tests.evals.run_samples import GOOD, NOTHING, answerable, unanswerable
from tests.evals.run_samples import run as made

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e"
RUN = made(
    answerable("good", GOOD),
    answerable("quiet", NOTHING, split="test", reference=HOSTILE, history=[HOSTILE]),
    unanswerable("made-up", answer(statement(HOSTILE, quote(0, 36)), notice=HOSTILE, confidence=0.7)),
)


@pytest.fixture(scope="module")
def html() -> str:
    measured = measure(RUN)
    return as_html(RUN, measured, scorecard(measured))


def test_what_is_hostile_is_shown_as_it_is_written(html: str):
    assert "alert(1)" in html
    assert "<script>alert" not in html and "<img" not in html and "\u202e" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4  # reference, question before, statement, notice
    assert len(re.findall("<script", html)) == 1  # ours


def test_nothing_is_loaded_and_no_place_on_a_machine_is_named(html: str):
    addresses = set(re.findall(r"https?://[^\"'\s<]+", html))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, never fetched
    assert not re.findall(r"<[^>]*\b(?:src|srcset|action)=|@import|<link|url\((?!#)", html)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', html))
    assert "/srv/models" not in html and "embedding, reranking: small, none" in html
    assert "default-src 'none'" in html
    assert '<meta charset="utf-8">' in html


def test_ids_of_all_plots_are_different(html: str):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(|xlink:href=")#([^")]+)', html)) <= set(ids)


def test_sections_and_cases(html: str):
    heads = re.findall(r'<h2 id="[a-z-]+">([^<]+)</h2>', html)
    assert heads == re.findall(r'<a href="#[a-z-]+">([^<]+)</a>', html)
    assert heads == [
        "Accuracy: how right what is shown is",
        "Coverage: how much is answered that could be",
        "Decision: to answer, to decline, to refuse",
        "Retrieval, by stage",
        "By tag",
        "Seconds, by step",
        "Cases",
    ]
    assert html.count('<details class="case"') == 3
    assert 'data-missed="0"' in html and "ended as no evidence; wanted answered" in html
    assert '<span class="good">reached</span>' not in html  # the samples have no gold quote of their own
    assert html.count("<svg ") == 2 == html.count('role="img" aria-label=')
    assert "#010203" not in html and "var(--ink)" in html


def test_plots_are_the_same_each_time(html: str):
    measured = measure(RUN)
    assert as_html(RUN, measured, scorecard(measured)) == html


def test_markdown_and_text():
    card = scorecard(measure(RUN))
    markdown = as_markdown(RUN, card)
    assert "| citation precision | 0.500 | 0.000–1.000 | 2 | 0 | 1.000 | 0.000 | `citation_precision` |" in markdown
    assert "answered, though nothing here answers ↓ | 1.000 | - | 1 | 0 | - | 1.000 |" in markdown
    assert "* version: 0.1.0, commit abcdef012345" in markdown
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
    assert as_text(card).splitlines()[0] == "run first: 3 of 3 cases asked, judge word for word"
    lines = [" ".join(each.split()) for each in as_text(card).splitlines()]
    assert "fused 1.000 1.000 1.000 1.000 1.000 2" in lines  # the whole text is found first
    assert "answer 1.000 1.000 3" in lines


def test_a_judge_is_held_against_people_before_any_figure(tmp_path: Path):
    judge = DeterministicJudge()
    claims = (("Inspectors visit farms twice a year.", "full"), ("Inspectors visit farms.", "none"))
    quotes = ("Inspectors visit farms twice a year.",)
    people = agreement(judge, [HumanVerdict(statement=claim, quotes=quotes, verdict=said) for claim, said in claims])
    # It says full of both, so it agrees on half; chance: 1/2 * 1 + 1/2 * 0.
    words = "deterministic: agrees with people on 0.50 of 2, kappa 0.00 (0 failed, 0 that people could not tell)"
    measured = measure(RUN, judge)
    card = scorecard(measured, people)
    markdown, html = as_markdown(RUN, card), as_html(RUN, measured, card)
    assert f"* judge of support: {words}" in markdown and words in html
    assert markdown.index("| none | 1 | 0 | 0 | 0 |") < markdown.index("## Accuracy")
    assert html.index("<td>none</td><td>1</td><td>0</td>") < html.index("citation precision")
    assert as_text(card).splitlines()[1] == f"judge {words}"
    assert "deterministic (not held against people here: no --verdicts)" in as_markdown(RUN, scorecard(measured))


def test_what_a_model_drafted_is_on_the_scorecard_only_where_one_wrote():
    fell_back = replace(GOOD, drafting=Drafting("m", Outcome.UNGROUNDED, claims=4, supported=1, unknown_labels=(9,)))
    down = replace(GOOD, drafting=Drafting("m", Outcome.FAILED, reason="down"))
    wrote = as_markdown(RUN, scorecard(measure(made(answerable("a", fell_back), answerable("b", down)))))
    for row in (
        "model's drafts that held and were shown | 0.000 | 0.000–0.658 | 2 |",
        "no draft to check: the model down, slow, cut off ↓ | 0.500 | 0.000–1.000 | 2 |",
        "drafted sentences that no source supports ↓ | 0.750 | - | 1 |",
        "sources a model named that do not exist, a draft ↓ | 1.000 | - | 1 |",
    ):
        assert row in wrote
    assert "draft" not in as_markdown(RUN, scorecard(measure(RUN)))


def test_a_run_on_disk_is_reported_and_held_against_the_floor(tmp_path: Path):
    settings = Settings(home=tmp_path)
    folder = tmp_path / "runs" / "20260101-000000-abc"
    create(folder, RUN.configuration, RUN.cases)
    with appending(folder) as append:
        for each in RUN.records:
            append(each)
    lines: list[str] = []
    files = {"html": tmp_path / "r.html", "markdown": tmp_path / "r.md"}
    arguments = Namespace(run="latest", runs=None, judge="deterministic", verdicts=None, check=True, **files)
    assert run(arguments, settings, lines.append) == 1
    assert any(line.startswith("citation_precision: 0.500") and "hard floor 1.000" in line for line in lines)
    assert any(line == "box_exactness: was not measured" for line in lines)
    assert files["html"].read_text(encoding="utf-8").startswith("<!doctype html>")
    assert files["markdown"].read_text(encoding="utf-8").startswith("# Scorecard")
    arguments.html = tmp_path / "none" / "r.html"
    with pytest.raises(IcatError, match="cannot be written"):
        run(arguments, settings, lines.append)
    arguments.run = "other"
    with pytest.raises(RunError, match="no run begins with 'other'"):
        run(arguments, settings, lines.append)
