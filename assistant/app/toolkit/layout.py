"""The fixed parts of the Toolkit view as HTML: what to browse by, the design sheet and its rows. Trusted: ours."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.app.toolkit.messages import MAX_WORDS
from assistant.app.toolkit.view import ELSEWHERE, PART_ONE
from assistant.show.words import origin_words, plural
from assistant.toolkit.sheet.types import LONG, SHORT, TEXT
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity, Origin

BEFORE_WORDS = "Before choosing an activity"
ELSEWHERE_WORDS = "Found in other documents"

# What a reader fills in: name in a row's record (see `toolkit.sheet`), words of its label, kinds, lines.
FIELDS = (
    ("objective", "Objective it belongs to", "indicator", 1),
    ("level", "Level", "indicator", 0),
    ("baseline", "Baseline", "indicator", 1),
    ("target", "Target", "indicator", 1),
    ("frequency", "How often", "indicator", 1),
    ("responsible", "Who is responsible", "indicator", 1),
    ("verification", "Means of verification (one a line)", "indicator", 2),
    ("assumptions", "Assumptions", "indicator", 2),
    ("counts", "What is counted", "indicator", 2),
    ("over", "Out of what", "indicator", 2),
    ("disaggregation", "Broken down by (one a line)", "indicator", 2),
    ("answer", "Answer", "design question", 2),
    ("answered_by", "Answered by", "design question", 1),
    ("answered_on", "Date", "design question", 1),
    ("note", "Note", "lesson design question indicator", 2),
)
FORMATS = (("xlsx", "Excel"), ("docx", "Word"), ("csv", "CSV"), ("md", "Markdown"))
PARTS = (  # where rows stand: value, heading, what it is for
    ("impact", "Impact", "What changes for people in the end."),
    ("outcome", "Outcomes", "What people or institutions do differently."),
    ("output", "Outputs", "What the programme delivers."),
    ("none", "No level given", "Open an indicator to choose its level, or leave it here."),
    ("question", "Questions to answer", "A checklist for the team, with space for answers."),
    ("lesson", "Lessons to remember", "Notes that go along with the sheet."),
)


def toolkit_view() -> str:
    """The whole view, with no item and no row in it."""
    return (
        '<div class="icat-tk-columns">'
        f'{_browse()}<section id="toolkit-sheet" tabindex="-1" aria-labelledby="toolkit-sheet-title">'
        f"{_sheet()}</section></div>"
        '<a id="toolkit-jump" href="#toolkit-sheet">Design sheet: <span data-tk="size">0 items</span></a>'
        '<dialog id="toolkit-source" aria-labelledby="toolkit-source-title"><div class="icat-panel-head">'
        '<h2 id="toolkit-source-title" tabindex="-1">Source</h2>'
        '<button type="button" data-tk="close">Close</button></div><div data-tk="source-body"></div></dialog>'
    )


def _browse() -> str:
    activities = "".join(_option(activity.value, capital(activity.value)) for activity in Activity)
    kinds = [("", "All"), *((kind.value, capital(plural(kind))) for kind in ItemKind)]
    levels = [("", "All"), *((level.value, capital(level.value)) for level in reversed(Level))]
    return f"""<section id="toolkit-browse" tabindex="-1" aria-labelledby="toolkit-browse-title">
<h2 id="toolkit-browse-title">Lessons, design questions and indicators</h2>
<p class="icat-hint">Choose an activity or search, and add what fits your programme to the design sheet.</p>
<form id="toolkit-filters" role="search" aria-labelledby="toolkit-browse-title">
<div class="icat-tk-line"><p><label for="toolkit-words">Search</label>
<input id="toolkit-words" name="words" type="search" maxlength="{MAX_WORDS}" autocomplete="off" dir="auto"
placeholder="Such as: children, radio, return" enterkeyhint="search" spellcheck="false"></p>
<p><label for="toolkit-activity">Activity</label><select id="toolkit-activity" name="activity">
{_option("", "All")}{_option(PART_ONE, BEFORE_WORDS)}{activities}{_option(ELSEWHERE, ELSEWHERE_WORDS)}
</select></p></div>
{_chips("kind", "Kind", kinds)}{_chips("level", "Level of indicators", levels)}
<label class="icat-tk-own" hidden><input type="checkbox" name="own"> Show the project's own lists, which a publication
has replaced</label></form>
<p id="toolkit-count" role="status" aria-live="polite"></p>
<div id="toolkit-results" aria-busy="true"><p class="icat-hint">The lists are being read…</p></div></section>"""


def _sheet() -> str:
    exports = "".join(
        f'<button type="button" data-tk="export" value="{name}" aria-label="Save for {words}">{words}</button>'
        for name, words in FORMATS
    )
    return f"""<div class="icat-tk-head"><h2 id="toolkit-sheet-title">Design sheet</h2>
<span class="icat-tk-size" data-tk="size">0 items</span><a href="#toolkit-browse">Back to the lists</a>
<p id="toolkit-said" role="status" aria-live="polite"></p></div>
<p id="toolkit-unkept" class="icat-warning" role="status"></p>
<div class="icat-tk-empty"><p class="icat-lead-in">Your working document for a programme.</p><ul>
<li>Add indicators: they become a logframe, with columns for baseline and target.</li>
<li>Add questions: they become a checklist with space for answers.</li>
<li>Change the wording, add your own, then save it for Excel or Word. Every item keeps its source.</li>
<li>The sheet stays in this browser. The computer that serves this page keeps no copy.</li></ul></div>
<p class="icat-tk-title"><label for="toolkit-title">Title</label>
<input id="toolkit-title" type="text" maxlength="{SHORT}" autocomplete="off" dir="auto"
placeholder="Name of your programme"></p>
<p class="icat-tk-title"><label for="toolkit-description">What is planned, for whom and where (optional)</label>
<textarea id="toolkit-description" rows="2" maxlength="{LONG}" dir="auto"></textarea></p>
<div class="icat-tk-bar"><div role="group" aria-label="Save the sheet for"><span>Save for</span>{exports}</div>
<div role="group" aria-label="The whole sheet"><button type="button" data-tk="keep">Save to go on later</button>
<button type="button" data-tk="load">Open a saved sheet</button>
<button type="button" data-tk="clear">Clear</button>
<input id="toolkit-file" type="file" accept=".json,application/json" hidden aria-label="A saved design sheet">
</div></div>
<div id="toolkit-parts">{"".join(_part(*part) for part in PARTS)}</div>
{_own_form()}{_row()}"""


def _part(value: str, heading: str, purpose: str) -> str:
    return (
        f'<section class="icat-tk-part" data-part="{value}" aria-labelledby="toolkit-part-{value}" hidden>'
        f'<h3 id="toolkit-part-{value}">{heading} <small></small></h3><p class="icat-hint">{purpose}</p>'
        '<ol class="icat-tk-rows"></ol></section>'
    )


def _own_form() -> str:
    kinds = "".join(_option(kind.value, capital(plural(kind, 1))) for kind in reversed(ItemKind))
    return f"""<form id="toolkit-own"><h3>Add your own</h3>
<p><label for="toolkit-own-text">Your words</label>
<textarea id="toolkit-own-text" name="text" rows="2" maxlength="{TEXT}" dir="auto" required></textarea></p>
<div class="icat-tk-line"><p><label for="toolkit-own-kind">Kind</label>
<select id="toolkit-own-kind" name="kind">{kinds}</select></p>
<p><label for="toolkit-own-level">Level</label><select id="toolkit-own-level" name="level">{_levels()}</select></p>
<button type="submit">Add to the sheet</button></div></form>"""


def _row() -> str:
    """What a row is made from; sheet.js fills in the words, as text."""
    fields = "".join(_field(*field) for field in FIELDS)
    return f"""<template id="toolkit-row"><li class="icat-tk-row" tabindex="-1">
<textarea class="icat-tk-text" data-field="text" rows="1" maxlength="{TEXT}" dir="auto"></textarea>
<p class="icat-tk-marks"><span class="icat-badge" data-mark="own">own</span>
<span class="icat-badge" data-mark="adapted">adapted</span>
<small data-mark="source" data-starter="{origin_words(Origin.STARTER)}" dir="auto"></small></p>
<p class="icat-warning" data-mark="drift"></p>
<p class="icat-tk-original"><b>Original wording:</b> <span dir="auto"></span>
<button type="button" data-tk="original">Back to the original wording</button></p>
<p class="icat-tk-caution"><b>Caution:</b> <span dir="auto"></span></p>
<div class="icat-tk-tools"><button type="button" data-tk="up">↑</button>
<button type="button" data-tk="down">↓</button><button type="button" data-tk="reveal">Source</button>
<button type="button" data-tk="remove">Remove</button></div>
<details><summary></summary><div class="icat-tk-fields">{fields}</div></details></li></template>"""


def _field(name: str, words: str, kinds: str, lines: int) -> str:
    """`lines` 0: a choice of level."""
    known = f'data-field="{name}"'
    if not lines:
        return f'<label data-kinds="{kinds}">{words}<select {known}>{_levels()}</select></label>'
    known += f' maxlength="{SHORT}" dir="auto" autocomplete="off"'
    tag = f"<input {known}>" if lines == 1 else f'<textarea {known} rows="{lines}"></textarea>'
    return f'<label data-kinds="{kinds}">{words}{tag}</label>'


def _levels() -> str:
    return _option("", "Not given") + "".join(_option(level.value, capital(level.value)) for level in reversed(Level))


def _option(value: str, words: str) -> str:
    return f'<option value="{escape(value)}" data-words="{escape(words)}">{escape(words)}</option>'


def _chips(name: str, legend: str, choices: Iterable[tuple[str, str]]) -> str:
    """One choice of several, as radio buttons: the arrow keys move between them."""
    chips = "".join(
        f'<label><input type="radio" name="{name}" value="{escape(value)}"{"" if value else " checked"}>'
        f'<span data-words="{escape(words)}">{escape(words)}</span></label>'
        for value, words in choices
    )
    return f'<fieldset class="icat-tk-chips" data-choice="{name}"><legend>{legend}</legend>{chips}</fieldset>'


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
