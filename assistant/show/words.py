"""The words a reader sees that come from no document: how an answer ended, how a source is named."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from assistant.types import Answer, Covered, Passage, Quote, Statement, Status, Support
from assistant.understand.kinds import QUESTION_MARKS
from corpus.types import Kind, Origin, Publication, PublicationId

STATUS: Mapping[Status, str] = {
    Status.ANSWERED: "Answered from the publications; open a number to see the page.",
    Status.PARTIAL: "Partly answered: what is missing or less certain is marked.",
    Status.NO_EVIDENCE: "The publications here do not answer this.",
    Status.UNGROUNDED: "This draft could not be tied to the publications. Do not rely on it.",
    Status.OUT_OF_SCOPE: "No answer from the publications.",
    Status.URGENT: "If anyone is in danger now, call the local emergency services.",
    Status.REFUSED: "This request is not answered.",
}
COVERED: Mapping[Covered, str] = {
    Covered.ANSWERED: "answered",
    Covered.PARTLY: "partly answered",
    Covered.NOT: "not answered here",
}
ORIGIN: Mapping[Origin, str] = {
    Origin.PUBLICATION: "",
    Origin.STARTER: "Written for this project, not ICAT's words",
}
VERBATIM = "verbatim"  # `Answer.written_by` when no language model wrote it
SUPERSEDED = "A later publication replaces this one"
SUPPORT = {
    Support.VERBATIM: "",
    Support.FULL: "",
    Support.PARTIAL: "only partly supported by its source",
    Support.NONE: "not supported by its source",
}
NEAREST = "The nearest passages. They are not an answer."
FILTERED = "A filter is on: without it, more publications are searched."
UNKNOWN = "The draft names sources that do not exist:"

# Override characters can make a text read as another one; the rest are control characters that break
# terminals and XML. Tabs and line breaks are white space, and folded.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LEFT_TO_RIGHT = "\u200e"
SPACE = re.compile(r"\s+")
PDF = "application/pdf"


def printable(text: str) -> str:
    """Text in one line, composed (NFC), without characters that act on a terminal or break XML."""
    return SPACE.sub(" ", UNSHOWABLE.sub("", unicodedata.normalize("NFC", text))).strip()


def queue_words(before: int) -> str:
    """'2 answers are written before yours'; '' where none is."""
    if not before:
        return ""
    return "1 answer is written before yours" if before == 1 else f"{before} answers are written before yours"


def framed(text: str) -> str:
    """Text to stand within an English line: after right-to-left letters, a mark brings back left to right."""
    return text + LEFT_TO_RIGHT if RIGHT_TO_LEFT.search(text) else text


def part_lead(part: str) -> str:
    """A part of a question, to stand before what became of it: 'What is it?', 'Costs:'."""
    named = printable(part)
    return named if named.endswith(QUESTION_MARKS) else f"{named}:"


def page_words(pages: Sequence[tuple[int, str | None]], paged: bool = True) -> str:
    """'p. 12 (PDF p. 14)', 'pp. 12–13 (PDF pp. 14–15)', 'PDF p. 14' where none is printed, '' without pages.

    `pages`: PDF page and printed number, in order.
    """
    if not pages or not paged:
        return ""
    numbers = [str(number) for number, _ in pages]
    labels = [label for _, label in pages if label]
    pdf = f"PDF {_range(numbers)}"
    if len(labels) < len(numbers):
        return pdf
    return f"{_range(labels)} ({pdf})"


def _range(names: Sequence[str]) -> str:
    return f"p. {names[0]}" if len(names) == 1 else f"pp. {names[0]}–{names[-1]}"


def has_pages(publication: Publication, page: int, label: str | None) -> bool:
    """Whether a place in it is worth naming by page: a text file is one page, numbered 1 and unlabelled."""
    return publication.mime == PDF or label is not None or page > 1


def quote_pages(quotes: Iterable[Quote], publication: Publication) -> str:
    """The pages on which quotes of one publication start, each once: 'p. 3 (PDF p. 5), p. 9 (PDF p. 11)'."""
    places = dict.fromkeys((quote.page, quote.page_label) for quote in quotes)
    words = (page_words([place], has_pages(publication, *place)) for place in places)
    return ", ".join(word for word in words if word)


def passage_pages(passage: Passage) -> str:
    """The pages of a whole passage."""
    first = (passage.chunk.first_page, passage.first_label)
    last = (passage.chunk.last_page, passage.last_label)
    pages = [first] if first[0] == last[0] else [first, last]
    return page_words(pages, has_pages(passage.publication, *last))


def title_words(publication: Publication) -> str:
    """Title and subtitle, fit to be shown in one line."""
    return framed(printable(": ".join(part for part in (publication.title, publication.subtitle) if part)))


def kind_words(publication: Publication) -> str:
    """'issue brief 01', 'toolkit'; '' for a file the catalogue does not know."""
    kind = "" if publication.kind is Kind.OTHER else publication.kind.value
    return printable(f"{kind} {publication.number}" if kind else publication.symbol)


def source_words(publication: Publication) -> str:
    """'Title: subtitle (issue brief 01), 2016-10', and whether it is the project's or superseded."""
    kind = kind_words(publication)
    words = f"{title_words(publication)} ({kind})" if kind else title_words(publication)
    notes = [publication.date_label, ORIGIN[publication.origin]]
    if publication.superseded_by:
        notes.append(f"superseded by {publication.superseded_by}")
    return ", ".join([words, *(note for note in notes if note)])


def runs(answer: Answer) -> list[tuple[Publication | None, list[tuple[int, Statement]]]]:
    """Statements with their positions, in runs of one publication; a model's answer is one run of none.

    Those of lists are left out: `toolkit.listing_words` groups them.
    """
    listed = len(answer.listing.items) if answer.listing else 0
    numbered = list(enumerate(answer.statements))[listed:]
    if answer.written_by != VERBATIM:
        return [(None, numbered)] if numbered else []
    publications = {p.publication.id: p.publication for p in answer.evidence.passages}
    return [
        (publications.get(id), list(run)) for id, run in groupby(numbered, key=lambda pair: _first_publication(pair[1]))
    ]


def _first_publication(statement: Statement) -> PublicationId:
    return statement.quotes[0].publication if statement.quotes else ""


def labelled(answer: Answer, label: int) -> Publication | None:
    """The publication of a label; None for a label that does not resolve."""
    passages = answer.evidence.passages
    return passages[label - 1].publication if 1 <= label <= len(passages) else None


def cited(answer: Answer) -> dict[int, str]:
    """Label -> 'Title (kind), date, p. 12 (PDF p. 14)' for every label that a statement uses, by label.

    Also for one that only a difference between publications names.
    """
    quotes = [quote for statement in answer.statements for quote in statement.quotes]
    sayings = [saying for difference in answer.differences for saying in difference.readings]
    sources = {}
    for label in sorted({each.label for each in (*quotes, *sayings)}):
        publication = labelled(answer, label)
        if publication is not None:
            pages = quote_pages((quote for quote in quotes if quote.label == label), publication)
            sources[label] = ", ".join(part for part in (source_words(publication), pages) if part)
    return sources


def excerpt(passage: Passage) -> str:
    """The start of a passage, in one line."""
    return textwrap.shorten(printable(passage.chunk.text), 300, placeholder=" …")
