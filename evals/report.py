"""`icat report`: a run as text, as a scorecard in Markdown, as one HTML file, and held against the floor."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.show.terminal import answer_text
from corpus.errors import IcatError
from evals.answers.judge import agreement, open_judge, read_verdicts
from evals.answers.metrics import reached
from evals.answers.scorecard import (
    TOLD,
    Measured,
    Scorecard,
    ended,
    measure,
    missed,
    scorecard,
    wanted,
)
from evals.answers.scoring import METRICS, Section, title_of
from evals.figures import page, plots
from evals.figures.page import items, tag, text
from evals.figures.ranking import MEASURES
from evals.figures.tables import ESTIMATE, Table, estimate_cells, number, numbers
from evals.runs.records import RUNS, AskedCase, Run, find_run, read_run
from evals.types import Split

DRAWN = ("status_accuracy", "gold_reached")  # by tag; the others are in the table
WIDTH = 96  # letters in a line of an answer
BY_TAG, TIMES = "By tag", "Seconds, by step"
READING = """Each figure is a mean over cases of one value a case, with a 95 % interval; *undefined* cases ask for it
and have no value. *tune* cases may have been tuned on, *test* cases only measure. ↓: lower is better."""


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


# --- what was measured ---


def facts(found: Run) -> dict[str, str]:
    """With what, by name, in words. No path of a machine."""
    about = found.configuration
    splits = ", ".join(f"{sum(case.split is split for case in found.cases)} {split.value}" for split in Split)
    model = about.get("model")
    corpora = (
        f"{name}: {each.get('publications', '?')} publications, {each.get('passages', '?')} passages"
        for name, each in about.get("corpora", {}).items()
    )
    known = {
        "version": f"{about.get('version', '')}, commit {str(about.get('commit', ''))[:12] or 'none'}",
        "begun": str(about.get("started", ""))[:16].replace("T", " ") + " UTC",
        "cases": f"{len(found.records)} of {len(found.cases)} asked ({splits})",
        "corpora": "; ".join(corpora),
        "embedding, reranking": f"{_model(about, 'embedder')}, {_model(about, 'reranker') or 'none'}",
        "language model": model["name"] if model else "none: answers are word for word",
        "machine": f"{about.get('platform', '')}, Python {about.get('python', '')}",
    }
    return {name: words for name, words in known.items() if words}


def _model(about: Mapping[str, Any], name: str) -> str:
    """A model's name without the folder it may lie in."""
    return str(about.get("index", {}).get(name) or "").rstrip("/").rsplit("/", 1)[-1]


def _about(found: Run, card: Scorecard) -> Iterator[str]:
    """The facts; then who says whether a sentence is supported, and how often people say so, too."""
    yield from (f"{name}: {words}" for name, words in facts(found).items())
    people = card.agreement.as_words() if card.agreement else ""
    yield f"judge of support: {people or f'{card.judge} (not held against people here: no --verdicts)'}"


def tables(card: Scorecard) -> dict[str, Table]:
    """The scorecard, by head: sections, stages of retrieval, tags, times."""
    splits = [split.value for split in card.splits]
    found = {}
    for section in Section:
        rows = [
            (
                title_of(name),
                *estimate_cells(value),
                *numbers(of[name].value if name in of else None for of in card.splits.values()),
                f"`{name}`",
            )
            for name, value in card.overall.items()
            if name in METRICS and METRICS[name].section is section
        ]
        if rows:
            found[section.value] = Table(("figure", *ESTIMATE, *splits, "name"), rows)
    stages = [
        (
            stage,
            *numbers(card.overall[f"{stage}.{name}"].value for name in MEASURES),
            str(card.overall[f"{stage}.mrr"].n),
        )
        for stage in card.stages
    ]
    if stages:
        found[Section.RETRIEVAL.value] = Table(("stage", *MEASURES.values(), "n"), stages)
    names = [name for name in TOLD if any(name in values for values in card.tags.values())]
    tags = [(tag, str(card.tagged[tag]), *(_short(of, name) for name in names)) for tag, of in card.tags.items()]
    found[BY_TAG] = Table(("tag", "cases", *map(title_of, names)), tags)
    times = [(step, *numbers((each.p50, each.p95)), str(each.n)) for step, each in card.seconds.items()]
    return found | ({TIMES: Table(("step", "p50", "p95", "n"), times)} if times else {})


def _short(of: Mapping[str, Any], name: str) -> str:
    """ "0.912 (34)"; "-" for what is not there or undefined."""
    return "-" if name not in of or of[name].value is None else f"{number(of[name].value)} ({of[name].n})"


# --- text and Markdown ---


def as_text(card: Scorecard) -> str:
    """The scorecard for a terminal."""
    lines = [f"run {card.run}: {card.asked} of {card.cases} cases asked, judge {card.judge}"]
    if card.agreement:
        lines += [f"judge {card.agreement.as_words()}", *card.agreement.as_table().lines()]
    for head, found in tables(card).items():
        if head != BY_TAG:
            columns = 1 + len(ESTIMATE) if found.head[-1] == "name" else len(found.head)
            lines += ["", *found.narrow(columns, head).lines()]
    return "\n".join(lines)


def as_markdown(found: Run, card: Scorecard) -> str:
    """The scorecard for a repository; without times, which differ from machine to machine."""
    lines = ["# Scorecard", "", "Written by `icat report RUN --markdown evals/scorecard.md`; not edited by hand.", ""]
    lines += [f"* {about}" for about in _about(found, card)]
    lines += ["", *card.agreement.as_table().markdown()] if card.agreement else []
    lines += ["", f"{READING} What the figures\nmean: [README.md](README.md)."]
    for head, each in tables(card).items():
        if head != TIMES:
            lines += ["", f"## {head}", "", *each.markdown()]
    return "\n".join(lines) + "\n"


# --- HTML ---


def as_html(found: Run, measured: Measured, card: Scorecard) -> str:
    """One file: the scorecard on top, then every case."""
    people = page.table(card.agreement.as_table()) if card.agreement else ""
    reading = tag("p", text(READING.replace("*", "")), "soft")
    sections = {}
    for head, each in tables(card).items():
        shown = each.narrow(len(each.head) - 1, each.head[0]) if each.head[-1] == "name" else each
        sections[head] = [page.table(shown), *(_drawn(card) if head == BY_TAG else ())]
    sections["Cases"] = list(_cases(measured))
    title = f"Evaluation {card.run}"
    about = items(_about(found, card), "soft")
    return page.page(title, f"<h1>{text(title)}</h1>{about}{people}{reading}\n{page.sections(sections)}")


def _drawn(card: Scorecard) -> Iterator[str]:
    """Figures by tag, with their intervals."""
    drawn = []
    for name in DRAWN:
        by_tag = {tag: values[name] for tag, values in card.tags.items() if name in values}
        words = f"{title_of(name).capitalize()}: 95 % interval, and how many cases stand behind it."
        drawn.append(plots.intervals(name, by_tag, words))
    yield tag("div", "".join(drawn), "plots")


def _cases(measured: Measured) -> Iterator[str]:
    tags = (tag for each in measured.asked for tag in each.case.tags)
    yield page.filter_form(tags, "only those where something went wrong")
    for each in measured.asked:
        yield _case(each, missed(each, measured.scores))


def _case(asked: AskedCase, wrong: tuple[str, ...]) -> str:
    case = asked.case
    mark = tag("span", f"✗ {len(wrong)}", "bad") if wrong else tag("span", "✓", "good")
    words = f"{', '.join(case.tags)} · {case.split.value} · {case.corpus.value} · {case.id}"
    question = " ".join(case.question.split())
    short = question if len(question) <= 160 else f"{question[:160].rsplit(' ', 1)[0]}…"
    html = tag("p", "Asked before:", "soft") + items(case.history) if case.history else ""
    html += tag("pre", text(case.question)) if short != question else ""
    html += tag("h3", "What failed") + items(wrong, "bad") if wrong else ""
    html += tag("p", text(f"Expected: {wanted(case)}. Ended as: {ended(asked)}."))
    html += tag("p", text(f"Reference: {case.reference}")) if case.reference else ""
    html += "".join(_gold(asked)) + answer_block(asked)
    return page.case(f"{mark} {text(short)}{tag('span', text(words), 'tags')}", case.tags, len(wrong), html)


def _gold(asked: AskedCase) -> Iterator[str]:
    """Each gold quote with whether the answer reached it, and each list that is wanted."""
    for span, place in zip(asked.case.gold, asked.record.gold, strict=False):
        there = asked.answer is not None and reached(asked.answer, place)
        mark = tag("span", "reached", "good") if there else tag("span", "not reached", "bad")
        where = f", PDF page {span.page}" if place.paged else ""
        yield tag("p", f"Gold, {text(span.publication)}{where}: {mark}", "soft")
        yield tag("blockquote", text(span.quote))
    for each in asked.record.lists:
        where = each.activity.value if each.activity else "part one"
        yield tag("p", text(f"List: {each.kind.value}, {where}, {len(each.items)} items"), "soft")


def answer_block(asked: AskedCase, width: int = WIDTH) -> str:
    """The answer as a terminal shows it, or why there is none."""
    missing = asked.record.error or "no answer was kept"
    return tag("pre", text(answer_text(asked.answer, width=width) if asked.answer else missing))
