"""`icat report`: a run as one HTML file, as a scorecard in Markdown, and held against the floor."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from corpus.errors import IcatError
from evals.answers.judge import agreement, open_judge, read_verdicts
from evals.answers.scorecard import BY_TAG, MEASURES, SECTIONS, Scorecard, measure, scorecard, title_of
from evals.answers.scoring import Latency
from evals.figures.tables import aligned, shown
from evals.runs.records import RUNS, Run, find_run, read_run
from evals.types import Split, Value

HEAD = ("figure", "value", "95 % interval", "n", "undefined")
SECONDS = ("p50", "p95", "n")


def run(arguments: Namespace, settings: Settings, line: Callable[[str], object]) -> int:
    """The command. 1 where `--check` finds a figure below its floor."""
    found = read_run(find_run(arguments.runs or settings.home / RUNS, arguments.run))
    judge = open_judge(arguments.judge, settings)
    people = agreement(judge, read_verdicts(arguments.verdicts)) if arguments.verdicts else None
    measured = measure(found, judge)
    card = scorecard(measured, people)
    line(as_text(card))
    if arguments.markdown:
        write(arguments.markdown, as_markdown(found, card))
    if arguments.html:
        from evals.report_html import as_html

        write(arguments.html, as_html(found, measured, card))
    if arguments.check:
        from evals.floor import FILE, check, read_floors

        breaches = check(measured, read_floors(FILE))
        for breach in breaches:
            line(str(breach))
        line(f"below the floor: {len(breaches)}" if breaches else "every figure is at or above its floor")
        return 1 if breaches else 0
    return 0


def write(file: Path, content: str) -> None:
    """A report to its file. IcatError where it can't be written."""
    try:
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise IcatError(f"{file}: cannot be written ({error.strerror}); name another file") from None
    sys.stderr.write(f"icat: wrote {file}\n")


def as_text(card: Scorecard) -> str:
    """The scorecard for a terminal."""
    lines = [f"run {card.run}: {card.asked} of {card.cases} cases asked, judge {card.judge}"]
    lines += [card.agreement.as_text()] if card.agreement else []
    for section, names in SECTIONS.items():
        rows = [(title_of(name), *shown(card.overall[name])) for name in names if name in card.overall]
        if rows:
            lines += ["", *aligned([(section, "value", "95 %", "n", "undefined"), *rows])]
    if card.stages:
        lines += ["", *aligned([("retrieval", *MEASURES.values(), "n"), *_stage_rows(card)])]
    if card.seconds:
        rows = [(step, *seconds(found)) for step, found in card.seconds.items()]
        lines += ["", *aligned([("seconds", *SECONDS), *rows])]
    return "\n".join(lines)


def _stage_rows(card: Scorecard) -> Iterator[tuple[str, ...]]:
    """A row for each stage of retrieval: its measures, and over how many cases."""
    for stage in card.stages:
        values = (short(card.overall.get(f"{stage}.{name}")) for name in MEASURES)
        yield stage, *values, str(card.overall[f"{stage}.mrr"].n)


def seconds(found: Latency) -> tuple[str, str, str]:
    """Cells of SECONDS."""
    p50, p95 = ("-" if each is None else f"{each:.3f}" for each in (found.p50, found.p95))
    return p50, p95, str(found.n)


def facts(found: Run) -> list[tuple[str, str]]:
    """What was measured, with what: name and words. No path of a machine."""
    about = found.configuration
    splits = ", ".join(f"{sum(case.split is split for case in found.cases)} {split.value}" for split in Split)
    model = about.get("model")
    corpora = about.get("corpora", {})
    said = [
        ("version", f"{about.get('version', '')}, commit {str(about.get('commit', ''))[:12] or 'none'}"),
        ("begun", str(about.get("started", ""))[:16].replace("T", " ") + " UTC"),
        ("cases", f"{len(found.records)} of {len(found.cases)} asked ({splits})"),
        ("corpora", "; ".join(f"{name}: {_corpus(each)}" for name, each in corpora.items())),
        ("embedding, reranking", f"{_short(about, 'embedder')}, {_short(about, 'reranker') or 'none'}"),
        ("language model", model["name"] if model else "none: answers are word for word"),
        ("machine", f"{about.get('platform', '')}, Python {about.get('python', '')}"),
    ]
    return [(name, words) for name, words in said if words]


def _corpus(each: Mapping[str, Any]) -> str:
    return f"{each.get('publications', '?')} publications, {each.get('passages', '?')} passages"


def _short(about: Mapping[str, Any], name: str) -> str:
    """A model's name without the folder it may lie in."""
    return str(about.get("index", {}).get(name) or "").rstrip("/").rsplit("/", 1)[-1]


def judge_words(card: Scorecard) -> str:
    """Who says whether a sentence is supported, and how often people say so, too: before any figure."""
    if card.agreement:
        return card.agreement.as_words().removeprefix("judge ")
    return f"{card.judge} (not held against people here: no --verdicts)"


def as_markdown(found: Run, card: Scorecard) -> str:
    """The scorecard for a repository: the sections, retrieval, tune beside test, and tags."""
    lines = ["# Scorecard", "", "Written by `icat report RUN --markdown evals/scorecard.md`; not edited by hand.", ""]
    lines += [f"* {name}: {words}" for name, words in facts(found)]
    lines += [f"* judge of support: {judge_words(card)}"]
    if card.agreement:
        head, *rows = card.agreement.as_table()
        lines += ["", *markdown_table(head, iter(rows))]
    lines += ["", READING]
    for section, names in SECTIONS.items():
        known = [name for name in names if name in card.overall]
        if known:
            lines += ["", f"## {section}", "", *_markdown_figures(card, known)]
    if card.stages:
        lines += ["", "## Retrieval, by stage", "", *_markdown_stages(card)]
    lines += ["", "## By tag", "", *_markdown_tags(card)]
    return "\n".join(lines) + "\n"


READING = """Each figure is a mean over cases of one value a case, with a 95 % interval; *undefined* cases ask for it
and have no value. *tune* cases may have been tuned on, *test* cases only measure. ↓: lower is better. What the figures
mean: [README.md](README.md)."""


def _markdown_figures(card: Scorecard, names: Sequence[str]) -> Iterator[str]:
    yield from markdown_table(
        (*HEAD, *(split.value for split in card.splits), "name"),
        (
            (
                title_of(name),
                *shown(card.overall[name]),
                *(short(card.splits[split].get(name)) for split in card.splits),
                f"`{name}`",
            )
            for name in names
        ),
    )


def _markdown_stages(card: Scorecard) -> Iterator[str]:
    yield from markdown_table(("stage", *MEASURES.values(), "n"), _stage_rows(card))


def _markdown_tags(card: Scorecard) -> Iterator[str]:
    names = tag_figures(card)
    rows = (
        (tag, str(card.tagged[tag]), *(short(values.get(name), True) for name in names))
        for tag, values in card.tags.items()
    )
    yield from markdown_table(("tag", "cases", *(title_of(name) for name in names)), rows)


def tag_figures(card: Scorecard) -> tuple[str, ...]:
    """Figures that some tag has."""
    return tuple(name for name in BY_TAG if any(name in values for values in card.tags.values()))


def short(value: Value | None, with_n: bool = False) -> str:
    """ "0.912", with its n "0.912 (34)", "-" for what is undefined."""
    if value is None or value.value is None:
        return "-"
    return f"{value.value:.3f} ({value.n})" if with_n else f"{value.value:.3f}"


def markdown_table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """A table, the first column to the left, the others to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
