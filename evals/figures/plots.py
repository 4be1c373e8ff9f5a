"""Plots of a report, as SVG that stands in the page: no file, no address, and the page's own colours and font."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.answers.decision import Bin, Rates

# matplotlib writes colours as hexadecimal; each stands for a variable of the page, which differs by light and dark.
INK, MUTED, FIRST, SECOND, GUIDE = "#010203", "#040506", "#070809", "#0a0b0c", "#0d0e0f"
VARIABLES = {
    INK: "var(--ink)", MUTED: "var(--line)", FIRST: "var(--first)", SECOND: "var(--second)", GUIDE: "var(--soft)",
}  # fmt: skip
SIZE = (5.2, 3.2)  # inches
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.S)
_STYLE = re.compile(r"<style.*?</style>", re.S)  # would hold for the whole page
_FAMILY = re.compile(r" font-family: [^;\"]*;")  # the page's is used
_NAMED = re.compile(r'(\bid="|url\(#|href="#)')


def reliability(found: Sequence[Bin]) -> str:
    """The share that is answerable against the probability that was given, with how many cases stand behind a point."""
    figure, (top, low) = _axes(2, heights=(3, 1))
    top.plot([0, 1], [0, 1], color=GUIDE, linestyle="--", label="as it should be")
    known = [each for each in found if each.n]
    top.plot(
        [each.probability for each in known], [each.answerable for each in known], "o-", color=FIRST, label="measured"
    )
    top.set(xlim=(0, 1), ylim=(-0.03, 1.03), ylabel="share answerable", xticklabels=[])
    _legend(top)
    low.bar([(b.low + b.high) / 2 for b in found], [b.n for b in found], width=0.09, color=SECOND)
    low.set(xlim=(0, 1), xlabel="probability that the corpus answers", ylabel="cases")
    return _svg(figure, "reliability", "Reliability of the decision to answer, and how many cases stand behind it")


def thresholds(found: Sequence[Rates], used: float) -> str:
    """The two rates of going wrong against the threshold, with the one in use."""
    figure, (axes,) = _axes(1)
    at = [each.threshold for each in found]
    for name, color, style in (("declined", FIRST, "-"), ("answered", SECOND, "--")):
        values = [getattr(each, name) for each in found]
        words = {"declined": "declined, though answerable", "answered": "answered, though not answerable"}[name]
        if all(value is not None for value in values):
            axes.plot(at, values, style, color=color, label=words)
    axes.axvline(used, color=GUIDE, linestyle=":", label=f"in use: {used:.2f}")
    axes.set(xlim=(0, 1), ylim=(-0.03, 1.03), xlabel="threshold", ylabel="rate")
    _legend(axes)
    return _svg(figure, "thresholds", "Rates of wrong decisions against the threshold")


def intervals(name: str, found: Mapping[str, tuple[float, float | None, float | None]], described: str) -> str:
    """Shares 0..1 by name with the ends of their intervals, one below the other, the first on top."""
    figure, (axes,) = _axes(1, size=(SIZE[0], 0.9 + 0.2 * len(found)))
    for place, (value, low, high) in enumerate(found.values()):
        if low is not None and high is not None:
            axes.plot([low, high], [place, place], color=FIRST, alpha=0.45)
        axes.plot([value], [place], "o", color=FIRST, markersize=4)
    axes.set(xlim=(-0.02, 1.02), ylim=(len(found) - 0.4, -0.6))
    axes.set_yticks(range(len(found)), labels=list(found), parse_math=False)  # a name with "$" is no formula
    axes.grid(axis="x", color=MUTED, linewidth=0.5)
    return _svg(figure, f"intervals-{name}", described)


def stages(names: Sequence[str], measures: dict[str, Sequence[float]]) -> str:
    """Bars of each measure, grouped by stage of retrieval."""
    figure, (axes,) = _axes(1)
    width = 0.8 / max(len(measures), 1)
    for place, (measure, values) in enumerate(measures.items()):
        shade = 1 - 0.65 * place / max(len(measures) - 1, 1)
        at = [stage + (place - (len(measures) - 1) / 2) * width for stage in range(len(names))]
        axes.bar(at, values, width * 0.92, color=FIRST, alpha=shade, label=measure)
    axes.set(ylim=(0, 1.03), ylabel="value", xticks=range(len(names)), xticklabels=names)
    _legend(axes)
    return _svg(figure, "stages", "Figures of retrieval by stage")


def times(steps: dict[str, Sequence[float]]) -> str:
    """How seconds are spread, step by step: share of the questions that took at most so long."""
    figure, (axes,) = _axes(1)
    looks = [(color, style) for style in ("-", "--", ":") for color in (FIRST, SECOND, INK)]
    for (name, seconds), (color, style) in zip(steps.items(), looks, strict=False):
        ordered = sorted(seconds)
        axes.step(ordered, [(n + 1) / len(ordered) for n in range(len(ordered))], style, color=color, label=name)
    axes.set(ylim=(0, 1.03), xlim=(0, None), xlabel="seconds", ylabel="share of questions")
    _legend(axes)
    return _svg(figure, "times", "Share of questions answered within a time")


def _axes(rows: int, heights: Sequence[int] = (1,), size: tuple[float, float] = SIZE) -> tuple[Any, Sequence[Any]]:
    """A figure of its own, without matplotlib's global state, so that threads can draw."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    figure.patch.set_alpha(0)
    made = figure.subplots(rows, 1, height_ratios=heights, squeeze=False)[:, 0]
    for axes in made:
        axes.patch.set_alpha(0)
        axes.tick_params(colors=INK, labelsize=8)
        axes.xaxis.label.set(color=INK, fontsize=9)
        axes.yaxis.label.set(color=INK, fontsize=9)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(MUTED)
    return figure, made


def _legend(axes: Any) -> None:
    """Above the axes, where it hides nothing."""
    axes.legend(frameon=False, labelcolor=INK, fontsize=8, ncols=2, loc="lower left", bbox_to_anchor=(0, 1))


def _svg(figure: Any, name: str, described: str) -> str:
    """The figure as an element with a description; ids are made the plot's own."""
    import matplotlib

    written = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    for unwanted in (_METADATA, _STYLE, _FAMILY):
        svg = unwanted.sub("", svg)
    svg = svg[svg.index("<svg") :]
    svg = _NAMED.sub(rf"\g<1>{name}-", svg)
    for color, variable in VARIABLES.items():
        svg = svg.replace(color, variable)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{described}" ', 1)
