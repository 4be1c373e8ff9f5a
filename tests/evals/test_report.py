"""The report: one file that loads nothing, with every case escaped, and a scorecard in Markdown."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.errors import IcatError
from evals.records import RunError, appending, create
from evals.report import as_markdown, as_text, run, short
from evals.report_html import as_html
from evals.scorecard import measure, scorecard
from evals.types import Value
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
    heads = re.findall(r"<h2>([^<]+)</h2>", html)
    assert heads == [
        "Scorecard",
        "By tag",
        "Retrieval, by stage",
        "The decision to answer",
        "Seconds, by step",
        "Cases",
    ]
    assert html.count('<details class="case"') == 3
    assert 'data-missed="0"' in html and "ended as no evidence; wanted answered" in html
    assert "<span class='good'>reached</span>" not in html  # the samples have no gold quote of their own
    assert html.count("<svg ") == 4 == html.count('role="img" aria-label=')
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
    assert short(None) == short(Value(None, 0, 2)) == "-"


def test_a_run_on_disk_is_reported_and_held_against_the_floor(tmp_path: Path):
    settings = Settings(home=tmp_path)
    folder = tmp_path / "runs" / "20260101-000000-abc"
    create(folder, RUN.configuration, RUN.cases)
    with appending(folder) as records:
        for each in RUN.records:
            records.append(each)
    lines: list[str] = []
    files = {"html": tmp_path / "r.html", "markdown": tmp_path / "r.md"}
    arguments = Namespace(run="latest", runs=None, judge="deterministic", check=True, **files)
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
