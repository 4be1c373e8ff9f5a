"""A plot of a report, as SVG that stands in the page: no file, no address, and the page's own colours and font."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from assistant.review.agreement import Estimate
from evals.figures.page import text

# matplotlib writes colours as hexadecimal; each stands for a variable of the page, which differs by light and dark.
INK, MUTED, FIRST = "#010203", "#040506", "#070809"
VARIABLES = {INK: "var(--ink)", MUTED: "var(--line)", FIRST: "var(--first)"}
WIDTH = 5.2  # inches
# Metadata, styles that would hold for the whole page, and fonts: the page's are used.
_UNWANTED = re.compile(r'<metadata>.*?</metadata>|<style.*?</style>| font-family: [^;"]*;', re.S)
_NAMED = re.compile(r'(\bid="|url\(#|href="#)')


def intervals(name: str, found: Mapping[str, Estimate], words: str) -> str:
    """Shares 0..1 with their intervals and n, one below the other, the first on top; undefined ones left out."""
    known = {f"{label} ({each.n})": each for label, each in found.items() if each.value is not None}
    axes, figure = _axes(0.9 + 0.2 * len(known))
    for place, each in enumerate(known.values()):
        if each.low is not None and each.high is not None:
            axes.plot([each.low, each.high], [place, place], color=FIRST, alpha=0.45)
        axes.plot([each.value], [place], "o", color=FIRST, markersize=4)
    axes.set(xlim=(-0.02, 1.02), ylim=(len(known) - 0.4, -0.6))
    axes.set_yticks(range(len(known)), labels=list(known), parse_math=False)  # a name with "$" is no formula
    axes.grid(axis="x", color=MUTED, linewidth=0.5)
    return _svg(figure, name, words)


def _axes(height: float) -> tuple[Any, Any]:
    """A figure of its own, without matplotlib's global state, so that threads can draw."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots()
    for patch in (figure.patch, axes.patch):
        patch.set_alpha(0)
    axes.tick_params(colors=INK, labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(MUTED)
    return axes, figure


def _svg(figure: Any, name: str, words: str) -> str:
    """A figure of the page with its words below; ids are made the plot's own."""
    import matplotlib

    written = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = _NAMED.sub(rf"\g<1>{name}-", _UNWANTED.sub("", written.getvalue()))
    svg = svg[svg.index("<svg") :]
    for color, variable in VARIABLES.items():
        svg = svg.replace(color, variable)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{text(words)}" ', 1)
    return f"<figure>{svg}<figcaption>{text(words)}</figcaption></figure>"
