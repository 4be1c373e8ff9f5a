"""A run as one HTML file: the scorecard on top, then tags, stages, the decision to answer, times, and every case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer.answerability import ANSWERS_FROM
from assistant.show.record import answer_from_record
from assistant.show.terminal import answer_text
from evals.answers.decision import area, bins, calibration_error, judged, rates
from evals.answers.metrics import overlaps
from evals.answers.scorecard import (
    MEASURES,
    SECTIONS,
    Measured,
    Scorecard,
    missed,
    record_status,
    title_of,
    wanted_status,
)
from evals.figures import plots
from evals.figures.page import bar, filter_form, page, parts, table, tag, text
from evals.figures.tables import shown
from evals.report import HEAD, READING, SECONDS, facts, judge_words, seconds, short, tag_figures
from evals.runs.records import Run
from evals.types import CaseRecord, EvalCase, GoldPlace, Value

DRAWN = ("status_accuracy", "gold_reached")  # by tag; the others are in the table
STEPS = 50  # thresholds drawn between 0 and 1
WIDTH = 96  # letters in a line of an answer


def as_html(found: Run, measured: Measured, card: Scorecard) -> str:
    """The whole file."""
    said = [*facts(found), ("judge of support", judge_words(card))]
    about = "".join(f"<li>{text(name)}: {text(words)}</li>" for name, words in said)
    sections = {
        "Scorecard": _scorecard(card),
        "By tag": _tags(card),
        "Retrieval, by stage": _stages(card),
        "The decision to answer": _decision(measured),
        "Seconds, by step": _times(measured, card),
        "Cases": _cases(measured),
    }
    return page(
        f"Evaluation {card.run}",
        f"<h1>Evaluation {text(card.run)}</h1><ul class='soft'>{about}</ul>{_people(card)}\n{parts(sections)}",
    )


def _people(card: Scorecard) -> str:
    """The judge beside people, before any figure."""
    if card.agreement is None:
        return ""
    head, *rows = card.agreement.as_table()
    return table(head, [[text(cell) for cell in row] for row in rows])


def _scorecard(card: Scorecard) -> Iterator[str]:
    reading = READING.partition(" What the figures")[0].replace("*", "")
    yield f"<p class='soft'>{text(reading)}</p>"
    head = (*HEAD, *(split.value for split in card.splits))
    for section, names in SECTIONS.items():
        known = [name for name in names if name in card.overall]
        if known:
            rows = [_figure_row(card, name) for name in known]
            yield f"<h3>{text(section)}</h3>{table(head, rows)}"


def _figure_row(card: Scorecard, name: str) -> tuple[str, ...]:
    value = card.overall[name]
    middle, between, n, undefined = (text(each) for each in shown(value))
    share = bar(value.value) if value.value is None or value.value <= 1 else ""
    splits = (text(short(values.get(name))) for values in card.splits.values())
    return text(title_of(name)), middle + share, between, n, undefined, *splits


def _tags(card: Scorecard) -> Iterator[str]:
    names = tag_figures(card)
    rows = [
        (text(each), str(card.tagged[each]), *(_tag_cell(values.get(name)) for name in names))
        for each, values in card.tags.items()
    ]
    yield table(("tag", "cases", *map(title_of, names)), rows)
    yield _plots(*(_tag_plot(card, name) for name in names if name in DRAWN))


def _tag_plot(card: Scorecard, name: str) -> tuple[str, str]:
    """One figure by tag with its intervals, and what it shows."""
    found = {each: values[name] for each, values in card.tags.items() if name in values}
    ends = {
        f"{each} ({value.n})": (value.value, value.low, value.high)
        for each, value in found.items()
        if value.value is not None
    }
    words = f"{title_of(name).capitalize()}: 95 % interval, and how many cases stand behind it."
    return plots.intervals(name, ends, words), words


def _tag_cell(value: Value | None) -> str:
    if value is None or value.value is None:
        return "-"
    between = "" if value.low is None else f", 95 % {value.low:.2f} to {value.high:.2f}"
    return f'<span title="n {value.n}{between}">{value.value:.2f}{bar(value.value)}</span>'


def _stages(card: Scorecard) -> Iterator[str]:
    if not card.stages:
        return
    rows = [
        (text(stage), *(_spread(card.overall.get(f"{stage}.{name}")) for name in MEASURES)) for stage in card.stages
    ]
    n = card.overall[f"{card.stages[0]}.mrr"].n
    drawn = {
        MEASURES[name]: [card.overall[f"{stage}.{name}"].value or 0.0 for stage in card.stages]
        for name in ("recall_10", "mrr", "ndcg_10")
    }
    yield f"<p class='soft'>Over distinct gold quotes of {n} cases.</p>"
    yield table(("stage", *MEASURES.values()), rows)
    yield _plots((plots.stages(card.stages, drawn), "Each stage, by measure."))


def _spread(value: Value | None) -> str:
    if value is None or value.value is None:
        return "-"
    between = "" if value.low is None else f" <span class='soft'>{value.low:.2f}–{value.high:.2f}</span>"
    return f"{value.value:.3f}{between}"


def _decision(measured: Measured) -> Iterator[str]:
    cases = judged(measured.pairs)
    if not cases:
        return
    now = rates(cases, ANSWERS_FROM)
    error, auc = calibration_error(cases), area(cases)
    said = [
        f"{len(cases)} cases that were searched for, {sum(each.answerable for each in cases)} of them answerable.",
        f"At the threshold in use, {ANSWERS_FROM:.2f}: {_rate(now.declined)} of the answerable are declined, "
        f"{_rate(now.answered)} of the unanswerable answered.",
        f"Area under the ROC curve {_rate(auc)}, expected calibration error {_rate(error)}.",
    ]
    yield f"<p>{text(' '.join(said))}</p>"
    swept = [rates(cases, step / STEPS) for step in range(STEPS + 1)]
    yield _plots(
        (
            plots.reliability(bins(cases)),
            "Above: what share of the cases can be answered. Below: how many cases there are.",
        ),
        (plots.thresholds(swept, ANSWERS_FROM), "What another threshold would do."),
    )


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _times(measured: Measured, card: Scorecard) -> Iterator[str]:
    rows = [(text(step), *seconds(found)) for step, found in card.seconds.items()]
    if not rows:
        return
    steps = {
        step: [record.seconds[step] for _, record in measured.pairs if step in record.seconds and not record.error]
        for step in card.seconds
    }
    yield table(("step", *SECONDS), rows)
    yield _plots(
        (plots.times({step: each for step, each in steps.items() if each}), "Share of questions done within a time.")
    )


def _plots(*drawn: tuple[str, str]) -> str:
    figures = (f"<figure>{svg}<figcaption>{text(words)}</figcaption></figure>" for svg, words in drawn)
    return f'<div class="plots">{"".join(figures)}</div>'


def _cases(measured: Measured) -> Iterator[str]:
    tags = sorted({each for case, _ in measured.pairs for each in case.tags})
    yield filter_form(tags, "only those where something went wrong")
    for case, record in measured.pairs:
        yield _case(case, record, missed(case, record, measured.scores))


def _case(case: EvalCase, record: CaseRecord, wrong: Sequence[str]) -> str:
    mark = f"<span class='bad'>✗ {len(wrong)}</span>" if wrong else "<span class='good'>✓</span>"
    words = f"{', '.join(case.tags)} · {case.split.value} · {case.corpus.value} · {case.id}"
    faults = f"<h3>What failed</h3><ul class='bad'>{_items(wrong)}</ul>" if wrong else ""
    history = f"<p class='soft'>Asked before:</p><ul>{_items(case.history)}</ul>" if case.history else ""
    return (
        f'<details class="case" data-tags="{text("|".join(case.tags))}" data-missed="{len(wrong)}">'
        f"<summary>{mark} {text(_cut(case.question))}<span class='tags'>{text(words)}</span></summary>"
        f"{history}{_whole(case.question)}{faults}"
        f"<p>Expected: {text(wanted_status(case))}. Ended as: {text(record_status(record))}.</p>"
        f"{_expected(case, record)}{answer_block(record)}</details>"
    )


def _items(lines: Sequence[str]) -> str:
    return "".join(tag("li", text(each)) for each in lines)


def _cut(words: str, most: int = 160) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"


def _whole(question: str) -> str:
    return "" if _cut(question) == " ".join(question.split()) else f"<pre>{text(question)}</pre>"


def _expected(case: EvalCase, record: CaseRecord) -> str:
    """The reference, and each gold quote with whether the answer reached it."""
    html = f"<p>Reference: {text(case.reference)}</p>" if case.reference else ""
    answer = None if record.answer is None else answer_from_record(record.answer)
    quotes = [quote for each in answer.statements for quote in each.quotes] if answer else []

    def reached(place: GoldPlace) -> bool:
        return any(overlaps(quote, place) for quote in quotes)

    for number, span in enumerate(case.gold):
        there = number < len(record.gold) and reached(record.gold[number])
        said = "<span class='good'>reached</span>" if there else "<span class='bad'>not reached</span>"
        where = f", PDF page {span.page}" if number < len(record.gold) and record.gold[number].paged else ""
        html += f"<p class='soft'>Gold, {text(span.publication)}{where}: {said}</p>"
        html += f"<blockquote>{text(span.quote)}</blockquote>"
    for wanted in record.lists:
        where = wanted.activity.value if wanted.activity else "part one"
        html += f"<p class='soft'>List: {text(wanted.kind.value)}, {text(where)}, {len(wanted.items)} items</p>"
    return html


def answer_block(record: CaseRecord, width: int = WIDTH) -> str:
    """The answer as a terminal shows it, or why there is none."""
    if record.answer is None:
        return f"<pre>{text(record.error or 'no answer was kept')}</pre>"
    return f"<pre>{text(answer_text(answer_from_record(record.answer), width=width))}</pre>"
