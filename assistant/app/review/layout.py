"""The fixed parts of the Review view as HTML. Written here, so trusted."""

from __future__ import annotations

from html import escape

from assistant.review.types import MAX_WORDS, Cited, Supported
from assistant.review.workbench import MAX_TITLE

SUPPORT = (  # value, words, key
    (Supported.FULL, "Full", "1"),
    (Supported.PARTIAL, "Partial", "2"),
    (Supported.NONE, "None", "3"),
    (Supported.CANNOT_TELL, "Can't tell", "4"),
)
CITATION = (  # "no citation" takes the place of the first two for a sentence without one
    (Cited.RIGHT, "Right page", "q"),
    (Cited.WRONG, "Wrong page", "w"),
    (Cited.MISSING, "No citation", "q"),
    (Cited.BETTER, "Better source exists", "e"),
)
KEYS = (
    ("1 2 3 4", "full, partial, none, can't tell"),
    ("q w e", "right page, wrong page, better source exists"),
    ("x", "the source itself is wrong"),
    ("c", "write a comment; Enter goes on, Escape leaves it"),
    ("Enter", "the next sentence to judge"),
    ("→ ←", "the sentence after, the sentence before"),
    ("s", "put off until the others are judged"),
    ("u", "undo the last step"),
    ("?", "this list"),
)
EXAMPLE = """Question: What is displacement?
Tags: definition

Displacement moves a crime elsewhere [1]. It can be measured [2].
- Police records help [1, 2]

Sources:
[1] toolkit | p. 12 | "Displacement means that a crime moves elsewhere."
[2] Pivoting toward the Evidence | Displacement can be measured in two ways."""
SCREENS = ("start", "judge", "results")


def review_view() -> str:
    """The view with its screens; one of them is shown."""
    return (
        '<div class="icat-rv"><p id="review-said" role="status" aria-live="polite"></p>'
        f"{_start()}{_judge()}{_results()}{_help()}</div>"
    )


def _start() -> str:
    return f"""<section data-screen="start" aria-labelledby="review-title">
<h2 id="review-title" tabindex="-1">Reviews</h2>
<p class="icat-hint">People check sentences of answers against their sources. Each rater judges alone: nobody sees what
others or the computer said before they have judged all. Press the button with your name to begin.</p>
<div id="review-list" aria-busy="true"><p class="icat-hint">The reviews are being read…</p></div>
<details id="review-make"><summary>New review</summary>{_make()}</details></section>"""


def _make() -> str:
    return f"""<form id="review-form-make" data-form="make">
<fieldset><legend>Take sentences from</legend>
<label><input type="radio" name="source" value="tab" checked> the conversation in this tab</label>
<label><input type="radio" name="source" value="file"> <span>a saved conversation (a file that
<code>icat ask --json</code> wrote)</span></label>
<label><input type="radio" name="source" value="pasted"> answers that I paste, of any product</label>
<label><input type="radio" name="source" value="run"> an evaluation run on this machine</label></fieldset>
<p data-for-source="file"><label for="review-file">File</label>
<input id="review-file" name="file" type="file" accept=".json,application/json"></p>
<div data-for-source="pasted"><p><label for="review-text">Answers with their sources</label>
<textarea id="review-text" name="text" rows="10" dir="auto" spellcheck="false"
aria-describedby="review-format"></textarea></p>
<details id="review-format"><summary>How it must look</summary><p>A question, the answer with a number in brackets
after each sentence, and the numbered sources: publication, page and quote, with bars between them. Page or quote may
be missing. A line of dashes begins another answer. JSON is read too.</p><pre>{escape(EXAMPLE)}</pre>
<button type="button" data-rv="example">Put this example in the box</button></details></div>
<p data-for-source="run"><label for="review-run">Run</label><select id="review-run" name="run"></select>
<small class="icat-hint" id="review-no-run">There is none yet. <code>icat evaluate</code> makes one.</small></p>
<p><label for="review-name">Title (optional)</label>
<input id="review-name" name="title" type="text" maxlength="{MAX_TITLE}" autocomplete="off" dir="auto"></p>
<p><label for="review-raters">Raters: names or initials, with commas between them</label>
<input id="review-raters" name="raters" type="text" autocomplete="off" dir="auto" placeholder="Such as: Ana, B. K."></p>
<p><label for="review-number">How many sentences (optional; for each tag, where there are tags)</label>
<input id="review-number" name="per_tag" type="number" min="1" max="100000" inputmode="numeric"></p>
<details><summary>More choices</summary>
<p><label for="review-tags">Only sentences with these tags, with commas between them</label>
<input id="review-tags" name="tags" type="text" autocomplete="off" dir="auto"></p>
<p><label for="review-each">Raters for each sentence (all, if empty)</label>
<input id="review-each" name="per_claim" type="number" min="1" max="50" inputmode="numeric"></p>
<p><label for="review-seed">Draw (another number draws other sentences and other orders)</label>
<input id="review-seed" name="seed" type="number" min="0" max="1000000" value="0" inputmode="numeric"></p>
<label><input type="checkbox" name="withheld" checked> <span>also sentences of a draft that the reader was not
shown</span></label>
</details>
<p class="icat-hint">The order of the sentences is shuffled for each rater. The review stays on the computer that
runs this page, with the questions of its answers: leave out names and details of real people.</p>
<button type="submit" class="icat-strong">Make the review</button></form>"""


def _judge() -> str:
    return f"""<section data-screen="judge" aria-labelledby="review-judge-title" hidden>
<div class="icat-rv-head"><div><a href="#review">All reviews</a>
<h2 id="review-judge-title" tabindex="-1"></h2></div>
<div class="icat-rv-far"><span id="review-place"></span><progress id="review-far" aria-label="Judged"></progress></div>
<div class="icat-rv-do"><span data-mode="rate">You are <b id="review-who" dir="auto"></b></span>
<a class="icat-rv-link" id="review-to-results" href="#review">Results</a>
<button type="button" data-rv="help" aria-haspopup="dialog">Keys <kbd>?</kbd></button></div></div>
<div id="review-done" hidden><h3 tabindex="-1"></h3><p></p><p class="icat-rv-do">
<a class="icat-rv-link" href="#review">All reviews</a>
<button type="button" data-rv="previous">Look at the last one again</button>
<button type="button" data-rv="undo">Undo</button></p></div>
<div class="icat-rv-two" id="review-main"><div class="icat-rv-left">
<div id="review-claim"></div>
<div id="review-verdicts" data-mode="decide"></div>
{_form()}</div>
<div class="icat-rv-right" id="review-sources" tabindex="0" role="region" aria-label="Sources"></div></div></section>"""


def _form() -> str:
    return f"""<form id="review-form" data-form="judge">
<p data-mode="decide" class="icat-rv-by"><label for="review-by">Who decides: your name or initials</label>
<input id="review-by" type="text" maxlength="40" autocomplete="off" dir="auto"></p>
{_choices("support", "Do the quotes say what the sentence says?", SUPPORT)}
{_choices("citation", "Does the citation lead to the right place?", CITATION)}
<p id="review-better-line" hidden><label for="review-better">Which source is better? In your words</label>
<input id="review-better" name="better" type="text" maxlength="{MAX_WORDS}" autocomplete="off" dir="auto"></p>
<div class="icat-rv-choices"><button type="button" data-rv="wrong" aria-pressed="false">The source itself is wrong
<kbd>x</kbd></button></div>
<p><label for="review-comment">Comment <kbd>c</kbd></label>
<textarea id="review-comment" name="comment" rows="1" maxlength="{MAX_WORDS}" dir="auto"></textarea></p>
<div class="icat-rv-move"><p id="review-saved" role="status"></p>
<button type="button" data-rv="previous">Back <kbd>←</kbd></button>
<button type="button" data-rv="undo">Undo <kbd>u</kbd></button>
<button type="button" data-rv="skip" data-mode="rate">Put off <kbd>s</kbd></button>
<button type="submit" class="icat-strong">Next <kbd>Enter</kbd></button></div></form>"""


def _choices(name: str, legend: str, choices: tuple[tuple[str, str, str], ...]) -> str:
    """Buttons rather than radio buttons: the arrow keys lead from sentence to sentence."""
    buttons = "".join(
        f'<button type="button" data-rv="choose" data-name="{name}" value="{escape(value)}" aria-pressed="false">'
        f"{escape(words)} <kbd>{key}</kbd></button>"
        for value, words, key in choices
    )
    return (
        f'<div role="group" aria-labelledby="review-{name}"><p class="icat-rv-legend" id="review-{name}">{legend}</p>'
        f'<div class="icat-rv-choices">{buttons}</div></div>'
    )


def _results() -> str:
    return """<section data-screen="results" aria-labelledby="review-results-title" hidden>
<a href="#review">All reviews</a><h2 id="review-results-title" tabindex="-1">Results</h2>
<div id="review-results"></div></section>"""


def _help() -> str:
    rows = "".join(
        f"<dt>{' '.join(f'<kbd>{escape(key)}</kbd>' for key in keys.split())}</dt><dd>{escape(words)}</dd>"
        for keys, words in KEYS
    )
    return f"""<dialog id="review-help" aria-labelledby="review-help-title">
<div class="icat-panel-head"><h2 id="review-help-title" tabindex="-1">Keys</h2>
<button type="button" data-rv="close-help">Close</button></div>
<dl>{rows}</dl><p>While you type in a field, keys write. They do nothing else.</p>
<label><input type="checkbox" id="review-keys" checked> Use these keys in this tab</label></dialog>"""
