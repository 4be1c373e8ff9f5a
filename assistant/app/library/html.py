"""HTML of the Library view. Pure; what comes from documents, file names and catalogues is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.app.library.indexing import BEGINNING, WAITING
from assistant.app.library.troubles import Trouble
from assistant.show import words
from assistant.show.leaves import Leaf, Occurrence, pieces
from assistant.show.markup import badge, element, kept, safe, tag
from assistant.texts.catalogue import _, language_name, ngettext
from corpus import recognition
from corpus.identify import first_date
from corpus.language import LANGUAGES
from corpus.library import Examined, ListedPublication, State
from corpus.listing import Whose
from corpus.types import Block, BlockKind, Document, Publication, PublicationId


def state_words(state: State) -> str:
    """What is here of a publication."""
    return {
        State.ORIGINAL: _("original here"),
        State.DIGEST: _("digest only"),
        State.ABSENT: _("not here"),
        State.STARTER: _("here"),
    }[state]


def step_words(step: str) -> str:
    """What is being done for the index."""
    steps = {
        BEGINNING: _("beginning"),
        WAITING: _("another process is building it"),
        "encoding": _("reading the new passages"),
    }
    return steps.get(step, _("writing the index")) if step else ""


# --- the list ---


def holds(found: Sequence[ListedPublication]) -> str:
    """What the library holds and whose words they are, in one line; at least the project's own texts are here."""
    number = Counter(one.whose for one in found if one.state is not State.ABSENT)
    absent = sum(one.state in (State.ABSENT, State.DIGEST) for one in found)
    icat, added, digests, own = (number[whose] for whose in (Whose.ICAT, Whose.ADDED, Whose.DIGEST, Whose.PROJECT))
    parts = [
        icat and ngettext("{n} original of ICAT", "{n} originals of ICAT", icat).format(n=icat),
        added and ngettext("{n} publication added by you", "{n} publications added by you", added).format(n=added),
        digests and ngettext("{n} digest by this project", "{n} digests by this project", digests).format(n=digests),
        own and ngettext("{n} other text of this project", "{n} other texts of this project", own).format(n=own),
    ]
    here = _("Here: {publications}.").format(publications=words.joined([part for part in parts if part]))
    known = ngettext(
        "{n} paper of ICAT's is known, and not here.", "{n} papers of ICAT's are known, and not here.", absent
    )
    return f"{here} {known.format(n=absent)}"


def _pages(number: int) -> str:
    return ngettext("{n} page", "{n} pages", number).format(n=number)


def _recognised(pages: int) -> str:
    """'text of 2 pages recognised from pictures'; '' of none."""
    text = ngettext("text of {n} page recognised from pictures", "text of {n} pages recognised from pictures", pages)
    return text.format(n=pages) if pages else ""


def languages(found: Iterable[ListedPublication]) -> list[tuple[str, str]]:
    """(code, name) of those there are, by name."""
    codes = {code for one in found for code in one.publication.languages}
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])


def list_html(found: Sequence[ListedPublication], troubles: Mapping[PublicationId, Sequence[Trouble]]) -> str:
    titles = Counter(one.publication.title.casefold() for one in found)
    rows = (
        _row(one, troubles.get(one.publication.id, ()), titles[one.publication.title.casefold()] > 1) for one in found
    )
    return f'<ul class="icat-lb-list">{"".join(rows)}</ul>'


def _row(one: ListedPublication, troubles: Sequence[Trouble], twice: bool) -> str:
    publication, title = one.publication, safe(words.title_words(one.publication))
    head = _read(one.readable, title) if one.readable else title
    known_by = ""
    if one.file and one.whose is Whose.ADDED:
        known_by = _("file {name}").format(name=one.file)
    elif twice:
        known_by = _("known as {id}").format(id=publication.id)
    facts = [
        words.kind_words(publication),
        words.date_words(publication),
        words.listed(map(language_name, publication.languages)),
        _pages(one.pages) if publication.mime == words.PDF else "",
        _recognised(one.recognised),
        known_by,
    ]
    both = one.state is State.ORIGINAL and bool(one.digest)
    state = _("original here, and a digest") if both else state_words(one.state)
    html = f'<h3 dir="auto">{head}</h3>'
    html += tag("p", safe(" · ".join(fact for fact in facts if fact)), "icat-publication")
    html += f'<p class="icat-lb-marks">{badge(words.label(one.whose))} <small>{state}</small></p>'
    if troubles:
        lines = "".join(f"<li>{safe(str(each))}</li>" for each in troubles)
        number = ngettext("{n} problem", "{n} problems", len(troubles)).format(n=len(troubles))
        html += f"<details><summary>{number}</summary><ul>{lines}</ul></details>"
    does = _read(one.digest, _("Read the digest")) if both else ""
    if one.state is State.ORIGINAL:
        does += _button("remove", publication, _("Remove"))
    elif publication.file_url or publication.landing:
        to_get = _("To get it: <code>icat fetch {id}</code>").format(id=safe(publication.id))
        does += f"<small>{to_get}</small>"
    html += f'<div class="icat-lb-do">{does}</div>' if does else ""
    data = f'data-words="{safe(words.title_words(publication).casefold())}" data-whose="{one.whose}"'
    data += f' data-state="{one.state}" data-languages="{" ".join(map(safe, publication.languages))}"'
    return f'<li data-publication="{safe(publication.id)}" {data}>{html}</li>'


def _button(does: str, publication: Publication, text: str) -> str:
    """What is done to a publication, which is named to who does not see the row."""
    unseen = f'<span class="icat-unseen">: {safe(words.title_words(publication))}</span>'
    return f'<button type="button" data-lb="{does}" value="{safe(publication.id)}">{text}{unseen}</button>'


def _read(id: PublicationId, inner: str) -> str:
    return f'<a href="#library-read-{safe(id)}/1">{inner}</a>'


def removed_html(removed: Iterable[Publication]) -> str:
    """What was removed and can come back."""
    html = ""
    for one in removed:
        gone = safe(_("“{title}” was removed.").format(title=words.title_words(one)))
        undo, dismiss = _button("undo", one, _("Undo")), _button("dismiss", one, _("Delete for good"))
        html += f"<li><span>{gone}</span> {undo} {dismiss}</li>"
    return f"<ul>{html}</ul>" if html else ""


# --- reading ---


def head_html(publication: Publication) -> str:
    """Kind, date and whose words, to stand below the title."""
    facts = safe(words.listed((words.kind_words(publication), words.date_words(publication))))
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
    return html if shown or notes else tag("p", _("There is no text on this page."), "icat-hint")


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
        return _("Not found in this publication. Try fewer words, or another form of the word.")
    if shown == number:
        return ngettext("{n} match", "{n} matches", number).format(n=number)
    text = ngettext("{n} match, the first {shown} shown", "{n} matches, the first {shown} shown", number)
    return text.format(n=number, shown=shown)


# --- adding ---


def recognise_html(pages: Sequence[int], language: str) -> str:
    """An offer to recognise the text of pages, in order, in a language that is to be chosen; `language`: the guess."""
    guess = language if language in recognition.LANGUAGES else "en"
    options = "".join(
        f'<option value="{code}"{" selected" if code == guess else ""}>{escape(language_name(code))}</option>'
        for code in recognition.LANGUAGES
    )
    if len(pages) > 1:
        text = _("Pages {pages} are pictures: their text can be recognised.")
    else:
        text = _("Page {pages} is a picture: its text can be recognised.")
    html = tag("p", safe(text.format(pages=_ranges(pages))))
    label, button = _("Its language"), _("Recognise the text")
    html += f'<p class="icat-lb-do"><label>{label} <select name="language">{options}</select></label>'
    html += f'<button type="submit">{button}</button></p>'
    html += tag("p", _("It may hold wrong letters and figures: every quote of it says so."), "icat-hint")
    return element("form", html, class_="icat-lb-recognise")


def _ranges(pages: Sequence[int]) -> str:
    """'1–3, 7' of 1, 2, 3 and 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return words.listed(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def refused_html(troubles: Sequence[Trouble], offer: str, here: str) -> str:
    """A file that has no text yet, or is `here` already without some of it, and the offer to recognise that."""
    lines = [here] if here else [str(each) for each in troubles]
    return "".join(tag("p", safe(line), "icat-warning") for line in lines) + offer


def examined_html(examined: Examined, items: int, troubles: Sequence[Trouble], advice: str, again: Whose | None) -> str:
    """What was understood of a file, to be corrected and added. `again`: whose it is, where it is here already."""
    document, own, known = examined.reading.document, examined.own, examined.publication
    assert document is not None
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    for_toolkit = ngettext("{n} item for the Toolkit", "{n} items for the Toolkit", items).format(n=items)
    facts = [
        _pages(len(document.pages)) if document.paged else "",
        ngettext("{n} heading", "{n} headings", headings).format(n=headings),
        for_toolkit if items else _("nothing for the Toolkit"),
        _recognised(sum(page.recognised for page in document.pages)),
    ]
    html = tag("p", safe(words.listed(facts)), "icat-lb-facts")
    html += "".join(tag("p", safe(str(each)), "icat-warning") for each in troubles)
    html += tag("p", safe(advice), "icat-hint") if advice else ""
    catalogued = known is not own
    if catalogued:
        added = _("This is <b>{title}</b> ({date}), a file that you added, and is kept as that.")
        taken = added if again is Whose.ADDED else _("This is ICAT's <b>{title}</b> ({date}), and is kept as that.")
        html += f"<p>{taken.format(title=safe(words.title_words(known)), date=safe(words.date_words(known)))}</p>"
        other = _("No, it is another publication")
        box = f'<label class="icat-lb-own"><input type="checkbox" name="own"> {other}</label>'
        html += box if again is None else ""
    fields = _fields(own)
    html += f'<div class="icat-lb-fields"{" hidden" if catalogued else ""}>{fields}</div>'
    add = _("Add to the library")
    html += f'<p class="icat-lb-do"><button type="submit" class="icat-strong">{add}</button></p>'
    return element("form", html, class_="icat-lb-form")


def _fields(own: Publication) -> str:
    """What can be corrected of a file."""
    options = "".join(
        f'<option value="{code}"{" selected" if code == own.language else ""}>{escape(name)}</option>'
        for code, name in sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda pair: pair[1])
    )
    if own.language not in LANGUAGES:
        unknown = _("Not known")
        options = f'<option value="{safe(own.language)}" selected>{unknown}</option>{options}'
    title, date, language = _("Title"), _("Date"), _("Language")
    example, rule = _("2016 or 2016-10"), _("A year, or a year and a month: 2016 or 2016-10")
    return (
        f'<label>{title} <input name="title" value="{safe(own.title)}" maxlength="300" required dir="auto"></label>'
        f'<label>{date} <input name="date" value="{first_date(own)}" maxlength="7" pattern="\\d{{4}}(-\\d{{2}})?" '
        f'placeholder="{example}" title="{rule}"></label>'
        f'<label>{language} <select name="language">{options}</select></label>'
    )
