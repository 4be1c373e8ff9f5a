"""The fixed parts of the page as HTML: header, notice, empty conversation, source panel. Written here, so trusted."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Model:
    """The language model that writes the answers."""

    name: str
    host: str  # where questions and passages go


TITLE = "ICAT Assistant"
VIEWS = (  # name in the address, words of its link, id of its element; the first is shown where the address names none
    ("chat", "Chat", "icat-columns"),
    ("toolkit", "Toolkit", "icat-toolkit"),
    ("review", "Review", "icat-review"),
)
LINKS = "".join(  # the small text is for a count, which the view's own script sets
    f'<li><a href="#{name}">{words} <small data-size="{name}"></small></a></li>' for name, words, _ in VIEWS
)
NOTE = (  # seen in every view
    '<div id="icat-note" role="status"><span></span> <a href="#toolkit-sheet">Open the design sheet</a> '
    '<button type="button" data-tk="dismiss" aria-label="Close this note">×</button></div>'
)
TAGLINE = "Answers from publications on trafficking in persons, each sentence with its page"
DANGER = "If anyone is in danger now, call the local emergency services. Nobody reads this chat."
QUOTED = (
    "It finds whole sentences and list items in the publications on this machine and quotes them word for word. "
    "Open a number such as <b>[1]</b> to see the page, and check it there before you use it."
)
WRITTEN = (
    "The language model {name} writes the answers from passages of the publications on this machine. Each sentence is "
    "checked against its source, and held back where the source does not support it. The check can be wrong: open a "
    "number such as <b>[1]</b> to see the page before you use a sentence."
)
STAYS = "Your questions go to the computer that runs this page and to no other, and are not stored there."
LEAVES = (
    "Your questions, and passages of the publications, are sent to the language model at <b>{host}</b>. They are not "
    "stored on the computer that runs this page; what {host} keeps of them is not known here."
)
NOTICE = (
    "<li>{answers}</li>"
    "<li>It does not know everything the publications say, and says so when it finds nothing. Texts marked as "
    "<b>written for this project</b> are not ICAT's words.</li>"
    "<li>It is not legal advice, and not a place to report a case. Leave out names and details of real people.</li>"
    "<li>{questions} This tab keeps the conversation until you close it or start a new one.</li>"
)
EXAMPLES = (
    ("Plan", "Which questions should we ask ourselves when designing an awareness campaign?"),
    ("Understand", "How do trafficking in persons and smuggling of migrants differ?"),
    ("Watch for harm", "What does displacement mean, and how can a programme watch for it?"),
    ("Reduce demand", "Which strategies address demand for labour exploitation?"),
)
HEADER = """<header class="icat-header">
<a class="icat-skip" href="#icat-question" data-for="chat">Go to the question box</a>
<a class="icat-skip" href="#toolkit-words" data-for="toolkit">Go to the search box</a>
<div class="icat-bar"><div><h1>{title}</h1><p>{tagline}</p></div>
<nav id="icat-views" aria-label="Parts of this page"><ul>{links}</ul></nav>
<div class="icat-tools" role="group" aria-label="Conversation" data-for="chat">
<button type="button" data-do="save" value="docx" disabled>Save as Word</button>
<button type="button" data-do="save" value="md" disabled>Save as Markdown</button>
<button type="button" data-do="new">New conversation</button></div></div>
<div class="icat-about"><div class="icat-strip"><p>{danger}</p>
<details><summary>What this is, and what it is not</summary><ul>{notice}</ul></details></div></div></header>
{note}"""
COMPOSER = """<p id="icat-said" class="icat-unseen" role="status" aria-live="polite"></p>
<p id="icat-full" class="icat-warning" role="status"></p>
<form id="icat-form"><label for="icat-question" class="icat-unseen">Your question</label>
<textarea id="icat-question" rows="1" maxlength="{longest}" dir="auto" autocomplete="off" enterkeyhint="send"
placeholder="Ask a question" aria-describedby="icat-keys"></textarea>
<button type="submit" class="icat-strong" id="icat-submit">Ask</button>
<button type="button" data-do="stop" id="icat-stop">Stop</button></form>
<p id="icat-keys">Enter asks, Shift and Enter make a new line. {checking}</p>"""
QUOTED_CHECKING = "Sentences are quoted word for word: check them."
WRITTEN_CHECKING = "A language model writes, and each sentence is checked: look at its source too."
PANEL = """<section id="icat-panel" aria-labelledby="icat-panel-title">
<div class="icat-panel-head"><h2 id="icat-panel-title" tabindex="-1">Source</h2>
<button type="button" data-do="back" hidden>Back to the answer</button></div>
<div id="icat-source"><p class="icat-hint">Open a number such as <b>[1]</b> in an answer. Its source appears here: the
publication, the passage with the sentence marked, and the page it stands on.</p></div></section>"""


def header(model: Model | None = None) -> str:
    """Title, views, tools, and what this is. `model`: what writes the answers; None: they are verbatim."""
    name, host = (escape(model.name), escape(model.host)) if model else ("", "")
    answers = WRITTEN.format(name=name) if model else QUOTED
    questions = LEAVES.format(host=host) if model and model.host not in LOCAL else STAYS
    notice = NOTICE.format(answers=answers, questions=questions)
    return HEADER.format(title=TITLE, tagline=TAGLINE, links=LINKS, danger=DANGER, notice=notice, note=NOTE)


def composer(longest: int, model: Model | None = None) -> str:
    """The question box; it takes `longest` characters."""
    return COMPOSER.format(longest=longest, checking=WRITTEN_CHECKING if model else QUOTED_CHECKING)


def conversation(model: Model | None = None) -> str:
    """The place of the turns, with what is shown while there are none."""
    made = "A language model writes the answer, and each sentence of it is checked against its source."
    made = made if model else "The answer is made of sentences of the publications."
    cards = "".join(
        f'<li><button type="button" data-do="example" value="{escape(text)}"><small>{escape(purpose)}</small>'
        f"<span>{escape(text)}</span></button></li>"
        for purpose, text in EXAMPLES
    )
    return (
        '<section id="icat-conversation" aria-labelledby="icat-conversation-title">'
        '<h2 id="icat-conversation-title" class="icat-unseen">Conversation</h2>'
        '<div id="icat-intro"><p class="icat-lead-in">Ask about designing or evaluating work against trafficking in '
        f"persons.</p><p>{made} For example:</p>"
        f'<ul class="icat-examples">{cards}</ul></div>'
        '<div id="icat-turns"></div></section>'
    )
