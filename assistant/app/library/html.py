"""HTML of the Library view. Pure; what comes from documents, file names and catalogues is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from assistant.show import words
from assistant.show.leaves import Leaf, Occurrence, pieces
from assistant.show.markup import badge, element, kept, safe, tag
from corpus import recognition
from corpus.identify import first_date
from corpus.language import LANGUAGES
from corpus.library import Examined, ListedPublication, State
from corpus.listing import Whose
from corpus.types import Block, BlockKind, Document, Publication, PublicationId

STATES = {State.ORIGINAL: "original here", State.DIGEST: "digest only", State.ABSENT: "not here", State.STARTER: "here"}
BOTH = "original here, and a digest"
CELLS = " | "


@dataclass(frozen=True, slots=True)
class Trouble:
    """What can't be read of an original, in plain words."""

    page: int | None  # the first one; None: the whole file
    reason: str
    advice: str

    def __str__(self) -> str:
        where = f"Page {self.page}: {self.reason}" if self.page else words.capital(self.reason)
        return f"{where}; {self.advice}."


# --- the list ---


def holds(found: Sequence[ListedPublication]) -> str:
    """What the library holds and whose words they are, in one line; at least the project's own texts are here."""
    number = Counter(one.whose for one in found if one.state is not State.ABSENT)
    absent = sum(one.state in (State.ABSENT, State.DIGEST) for one in found)
    names = {
        Whose.ICAT: ("original of ICAT", "originals of ICAT"),
        Whose.ADDED: ("publication added by you", "publications added by you"),
        Whose.DIGEST: ("digest by this project", "digests by this project"),
        Whose.PROJECT: ("other text of this project", "other texts of this project"),
    }
    parts = [_counted(number[whose], *name) for whose, name in names.items() if number[whose]]
    return f"Here: {words.joined(parts)}. {_counted(absent, 'paper', 'papers')} of ICAT's are known, and not here."


def _counted(number: int, one: str, other: str) -> str:
    return f"{number} {one if number == 1 else other}"


def _recognised(pages: int) -> str:
    """'text of 2 pages recognised from pictures'; '' of none."""
    return f"text of {_counted(pages, 'page', 'pages')} recognised from pictures" if pages else ""


def languages(found: Iterable[ListedPublication]) -> list[tuple[str, str]]:
    """(code, name) of those there are, by name."""
    codes = {code for one in found for code in one.publication.languages}
    return sorted(((code, LANGUAGES.get(code, code)) for code in codes), key=lambda pair: pair[1])


def list_html(found: Sequence[ListedPublication], troubles: Mapping[PublicationId, Sequence[Trouble]]) -> str:
    titles = Counter(one.publication.title.casefold() for one in found)
    rows = (
        _row(one, troubles.get(one.publication.id, ()), titles[one.publication.title.casefold()] > 1) for one in found
    )
    return f'<ul class="icat-lb-list">{"".join(rows)}</ul>'


def _row(one: ListedPublication, troubles: Sequence[Trouble], twice: bool) -> str:
    publication, title = one.publication, safe(words.title_words(one.publication))
    head = _read(one.readable, title) if one.readable else title
    spoken = [LANGUAGES.get(code, code) for code in publication.languages]
    file = f"file {one.file}" if one.file and one.whose is Whose.ADDED else ""
    facts = [
        words.kind_words(publication),
        publication.date_label,
        ", ".join(spoken),
        _counted(one.pages, "page", "pages") if publication.mime == words.PDF else "",
        _recognised(one.recognised),
        file or (f"known as {publication.id}" if twice else ""),
    ]
    both = one.state is State.ORIGINAL and bool(one.digest)
    state = BOTH if both else STATES[one.state]
    html = f'<h3 dir="auto">{head}</h3>'
    html += tag("p", safe(" · ".join(fact for fact in facts if fact)), "icat-publication")
    html += f'<p class="icat-lb-marks">{badge(one.whose.value)} <small>{state}</small></p>'
    if troubles:
        lines = "".join(f"<li>{safe(str(each))}</li>" for each in troubles)
        html += (
            f"<details><summary>{_counted(len(troubles), 'problem', 'problems')}</summary><ul>{lines}</ul></details>"
        )
    does = _read(one.digest, "Read the digest") if both else ""
    if one.state is State.ORIGINAL:
        unseen = f'<span class="icat-unseen">: {title}</span>'
        does += f'<button type="button" data-lb="remove" value="{safe(publication.id)}">Remove{unseen}</button>'
    elif publication.file_url or publication.landing:
        does += f"<small>To get it: <code>icat fetch {safe(publication.id)}</code></small>"
    html += f'<div class="icat-lb-do">{does}</div>' if does else ""
    data = f'data-words="{safe(words.title_words(publication).casefold())}" data-whose="{one.whose}"'
    data += f' data-state="{one.state}" data-languages="{" ".join(map(safe, publication.languages))}"'
    return f'<li data-publication="{safe(publication.id)}" {data}>{html}</li>'


def _read(id: PublicationId, inner: str) -> str:
    return f'<a href="#library-read-{safe(id)}/1">{inner}</a>'


def removed_html(removed: Iterable[Publication]) -> str:
    """What was removed and can come back."""
    html = ""
    for one in removed:
        unseen = f'<span class="icat-unseen">: {safe(words.title_words(one))}</span>'
        html += (
            f"<li><span>“{safe(words.title_words(one))}” was removed.</span> "
            f'<button type="button" data-lb="undo" value="{safe(one.id)}">Undo{unseen}</button> '
            f'<button type="button" data-lb="dismiss" value="{safe(one.id)}">Delete for good{unseen}</button></li>'
        )
    return f"<ul>{html}</ul>" if html else ""


# --- reading ---


def head_html(publication: Publication) -> str:
    """Kind, date and whose words, to stand below the title."""
    facts = safe(words.listed((words.kind_words(publication), publication.date_label)))
    note = words.origin_words(publication.origin)
    return tag("p", f"{facts} {badge(note) if note else ''}", "icat-publication")


def leaf_html(
    document: Document, leaf: Leaf, marks: Sequence[tuple[int, int]], troubles: Sequence[Trouble], problem: str
) -> str:
    """The text of a page or section by its blocks, marks within; before it, what is wrong with it."""
    recognised = words.say("recognised") if leaf.page and leaf.page.recognised else ""
    notes = [note for note in (recognised, *map(str, troubles), problem) if note]
    html = "".join(tag("p", safe(note), "icat-warning") for note in notes)
    shown = [block for block in document.blocks if block.start < leaf.end and block.end > leaf.start]
    items = ""
    for block in shown:
        inner = _block(document, block, leaf, marks)
        if block.kind is BlockKind.ITEM:
            items += tag("li", inner)
            continue
        html, items = html + (f"<ul>{items}</ul>" if items else ""), ""
        css = {BlockKind.FOOTNOTE: "icat-lb-note", BlockKind.ROW: "icat-lb-row"}.get(block.kind, "")
        html += tag("h4", inner) if block.kind is BlockKind.HEADING else tag("p", inner, css)
    html += f"<ul>{items}</ul>" if items else ""
    return html if shown or notes else tag("p", "There is no text on this page.", "icat-hint")


def _block(document: Document, block: Block, leaf: Leaf, marks: Sequence[tuple[int, int]]) -> str:
    start, end = max(block.start, leaf.start), min(block.end, leaf.end)
    return "".join(
        f"<mark>{kept(text)}</mark>" if marked else kept(text)
        for text, marked in pieces(document.text, start, end, marks)
    )


def matches_html(found: Sequence[Occurrence], names: Mapping[int, str]) -> str:
    html = ""
    for one in found:
        line = f"{kept(one.before)}<mark>{kept(one.words)}</mark>{kept(one.after)}"
        html += (
            f'<li><button type="button" data-lb="match" value="{one.leaf}"><b>{safe(names[one.leaf])}</b> '
            f'<span dir="auto">… {line} …</span></button></li>'
        )
    return f"<ol>{html}</ol>" if html else ""


def matches_words(shown: int, number: int) -> str:
    if not number:
        return "Not found in this publication. Try fewer words, or another form of the word."
    return f"{_counted(number, 'match', 'matches')}{f', the first {shown} shown' if shown < number else ''}"


# --- adding ---


def recognise_html(pages: Sequence[int], language: str) -> str:
    """An offer to recognise the text of pages, in order, in a language that is to be chosen; `language`: the guess."""
    guess = language if language in recognition.LANGUAGES else "en"
    options = "".join(
        f'<option value="{code}"{" selected" if code == guess else ""}>{escape(LANGUAGES[code])}</option>'
        for code in recognition.LANGUAGES
    )
    named = _ranges(pages)
    are = f"Pages {named} are pictures" if len(pages) > 1 else f"Page {named} is a picture"
    html = tag("p", safe(f"{are}: {'their' if len(pages) > 1 else 'its'} text can be recognised."))
    html += f'<p class="icat-lb-do"><label>Its language <select name="language">{options}</select></label>'
    html += '<button type="submit">Recognise the text</button></p>'
    html += tag("p", "It may hold wrong letters and figures: every quote of it says so.", "icat-hint")
    return element("form", html, class_="icat-lb-recognise")


def _ranges(pages: Sequence[int]) -> str:
    """'1–3, 7' of 1, 2, 3 and 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def refused_html(troubles: Sequence[Trouble], offer: str, here: str) -> str:
    """A file that has no text yet, or is `here` already without some of it, and the offer to recognise that."""
    lines = [here] if here else [str(each) for each in troubles]
    return "".join(tag("p", safe(line), "icat-warning") for line in lines) + offer


def examined_html(examined: Examined, items: int, troubles: Sequence[Trouble], advice: str) -> str:
    """What was understood of a file, to be corrected and added."""
    document, own, known = examined.reading.document, examined.own, examined.publication
    assert document is not None
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    facts = [
        _counted(len(document.pages), "page", "pages") if document.paged else "",
        _counted(headings, "heading", "headings"),
        f"{_counted(items, 'item', 'items')} for the Toolkit" if items else "nothing for the Toolkit",
        _recognised(sum(page.recognised for page in document.pages)),
    ]
    html = tag("p", safe(", ".join(fact for fact in facts if fact)), "icat-lb-facts")
    html += "".join(tag("p", safe(str(each)), "icat-warning") for each in troubles)
    html += tag("p", safe(advice), "icat-hint") if advice else ""
    catalogued = known is not own
    if catalogued:
        html += (
            f"<p>This is ICAT's <b>{safe(words.title_words(known))}</b> ({safe(known.date_label)}), and is kept "
            "as that.</p>"
            '<label class="icat-lb-own"><input type="checkbox" name="own"> No, it is another publication</label>'
        )
    options = "".join(
        f'<option value="{code}"{" selected" if code == own.language else ""}>{escape(name)}</option>'
        for code, name in sorted(LANGUAGES.items(), key=lambda pair: pair[1])
    )
    if own.language not in LANGUAGES:
        options = f'<option value="{safe(own.language)}" selected>Not known</option>{options}'
    fields = (
        f'<label>Title <input name="title" value="{safe(own.title)}" maxlength="300" required dir="auto"></label>'
        f'<label>Date <input name="date" value="{first_date(own)}" maxlength="7" pattern="\\d{{4}}(-\\d{{2}})?" '
        'placeholder="2016 or 2016-10" title="A year, or a year and a month: 2016 or 2016-10"></label>'
        f'<label>Language <select name="language">{options}</select></label>'
    )
    html += f'<div class="icat-lb-fields"{" hidden" if catalogued else ""}>{fields}</div>'
    html += '<p class="icat-lb-do"><button type="submit" class="icat-strong">Add to the library</button></p>'
    return element("form", html, class_="icat-lb-form")
