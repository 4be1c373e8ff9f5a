"""Two runs as one HTML file: figures, then each case that changed with both answers side by side."""

from __future__ import annotations

from collections.abc import Iterator

from evals.answers.scorecard import record_status, title_of, wanted_status
from evals.compare import FIGURE_HEAD, CaseChange, Change, Comparison, figure_row, moves
from evals.figures.page import filter_form, page, table, tag, text
from evals.report import facts
from evals.report_html import answer_block
from evals.runs.records import Run

COLORS = {Change.BETTER: "good", Change.WORSE: "bad", Change.MIXED: "bad", Change.SAME: "soft"}
WIDTH = 64  # letters in a line of an answer, two of which stand side by side
READING = (
    "Over cases that have the figure in both runs. 95 %: interval of the change, bootstrapped by case. p: paired "
    "permutation test, after Holm over all figures here; from .05 on, a change may be chance."
)


def as_html(found: Comparison, first: Run, second: Run) -> str:
    """The whole file; cases that only look different without a figure having moved are there, too."""
    title = f"{found.first} and {found.second}"
    left = f" {found.left_out} cases are left out: they were not asked alike in both." if found.left_out else ""
    parts = [f"<h1>What changed</h1><p>{len(found.cases)} cases.{left}</p>", _runs(first, second)]
    rows = [_row(figure_row(each)) for each in found.figures if each.moved]
    parts.append(f"<h2>Figures</h2><p class='soft'>{text(READING)}</p>{table(FIGURE_HEAD, rows) if rows else ''}")
    same = [title_of(each.name) for each in found.figures if not each.moved and each.difference.mean is not None]
    parts.append(f"<p class='soft'>The same in both: {text('; '.join(same)) or 'none'}.</p>")
    parts += _cases(found)
    return page(title, "\n".join(parts))


def _runs(first: Run, second: Run) -> str:
    """What was measured in both, side by side; what differs is what may have changed the figures."""
    one, other = dict(facts(first)), dict(facts(second))
    names = dict.fromkeys([*one, *other])
    rows = [(text("run"), text(first.id), text(second.id))]
    rows += [(text(name), text(one.get(name, "-")), text(other.get(name, "-"))) for name in names]
    return table(("", "before", "after"), rows, words=True)


def _row(cells: tuple[str, ...]) -> list[str]:
    html = [text(cell) for cell in cells]
    if cells[-1]:
        html[-1] = tag("span", html[-1], COLORS[Change(cells[-1])])
    return html


def _cases(found: Comparison) -> Iterator[str]:
    tags = sorted({each for change in found.cases for each in change.case.tags})
    yield f"<h2>Cases</h2>{filter_form(tags, 'only those where a figure moved')}"
    for kind, words in (
        (Change.WORSE, "Worse"),
        (Change.MIXED, "Better in one figure, worse in another"),
        (Change.BETTER, "Better"),
    ):
        mine = found.of(kind)
        yield f"<h3>{words}: {len(mine)}</h3>"
        yield from map(_case, mine)
    reworded = [each for each in found.of(Change.SAME) if each.reworded]
    yield f"<h3>Other words, same figures: {len(reworded)}</h3>"
    yield from map(_case, reworded)
    yield f"<p class='soft'>The answer is the same: {len(found.of(Change.SAME)) - len(reworded)}.</p>"


def _case(each: CaseChange) -> str:
    case = each.case
    label = tag("span", text(each.change.value), COLORS[each.change])
    words = "".join(tag("li", text(line)) for line in moves(each))
    sides = "".join(
        f"<div><p class='soft'>{name}: {text(record_status(record))}</p>{answer_block(record, WIDTH)}</div>"
        for name, record in (("before", each.first), ("after", each.second))
    )
    history = "".join(f"<p class='soft'>Asked before: {text(question)}</p>" for question in case.history)
    return (
        f'<details class="case" data-tags="{text("|".join(case.tags))}" data-missed="{len(each.moved)}">'
        f"<summary>{label} {text(' '.join(case.question.split())[:200])}"
        f"<span class='tags'>{text(', '.join(case.tags))} · {text(case.id)}</span></summary>"
        f"{history}<ul>{words}</ul><p>Expected: {text(wanted_status(case))}. {text(case.reference)}</p>"
        f'<div class="sides">{sides}</div></details>'
    )
