"""The words a reader sees that come from no document, and how a publication, a page or a list is named.

They stand in `messages.yaml`, beside this, by dotted keys; no renderer has words of its own.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.texts.catalogue import MIRRORED, npgettext, pgettext, spoken, term
from assistant.types import Answer, Choice, Detail, Passage, Quote, Wanted
from corpus.quick_yaml import read_yaml
from corpus.sentences import QUESTION_MARKS
from corpus.toolkit.types import ItemKind, ToolkitItem
from corpus.types import Activity, Kind, Origin, Publication

# Overrides and isolates can make a text read as another one, tags carry text that nobody sees; the rest are control
# characters that break terminals and XML. Tabs and line breaks are white space, and folded.
UNSHOWABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff]"
)
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LEFT_TO_RIGHT = "\u200e"
SPACE = re.compile(r"\s+")
PDF = "application/pdf"
VERBATIM = "verbatim"  # `Answer.written_by` when no language model wrote it


# --- messages ---


@cache
def messages() -> dict[str, Any]:
    """All of them, as the file has them."""
    text = Path(__file__).with_name("messages.yaml").read_text(encoding="utf-8")
    return read_yaml(text)


def say(key: str, n: int | None = None, /, **values: object) -> str:
    """The message of a key, in the reader's language, with its placeholders filled in; `n` chooses among its forms.

    KeyError without one.
    """
    found = messages()
    for step in key.split("."):
        found = found[step]
    if n is None:
        return pgettext(key, found).format(**values)
    one, other = found["one"], found["other"]
    text = npgettext(key, one, other, n)
    return text.format(n=n, **values)


def label(value: StrEnum) -> str:
    """The name of a member of a closed list, in the reader's language."""
    return term(value.value)


# --- texts ---


def printable(text: str) -> str:
    """Text in one line, composed (NFC), without characters that act on a terminal or break XML."""
    return showable(text).strip()


def showable(text: str) -> str:
    """The same of a piece of a line: the space at either end is kept."""
    return SPACE.sub(" ", UNSHOWABLE.sub("", unicodedata.normalize("NFC", text)))


def framed(text: str) -> str:
    """Text to stand within another line: after right-to-left letters, a mark brings back left to right."""
    return text + LEFT_TO_RIGHT if RIGHT_TO_LEFT.search(text) else text


def listed(parts: Iterable[str], between: str = "") -> str:
    """Those that are not empty, in one line; with the commas of the reader's language, or what else stands between."""
    return (between or say("between")).join(part for part in parts if part)


def clauses(parts: Iterable[str]) -> str:
    """The same of parts that may have commas of their own."""
    return listed(parts, say("between_clauses"))


def masked_words(kinds: Sequence[StrEnum]) -> str:
    """What was left out of a message, a kind for each detail; '' for nothing."""
    counted = [say(f"masked.{kind}", number) for kind, number in Counter(kinds).items()]
    return say("masked.said", details=joined(counted)) if kinds else ""


def date_words(publication: Publication) -> str:
    """'2014', '2016-10', '2012 (another source: 2013)', or 'no date'."""
    if not publication.dates:
        return say("no_date")
    first, *different = (_left_to_right(each) for each in publication.dates)
    return say("dates", date=first, others=listed(different)) if different else first


def _left_to_right(text: str) -> str:
    """Text that keeps its order within a line from right to left: '2016-10'."""
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if spoken() in MIRRORED else text


def joined(names: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'; `last` is 'and' or 'or'."""
    *first, end = map(printable, names or ("",))
    return say(last, first=listed(first), last=end) if first else end


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def part_lead(part: str) -> str:
    """A part of a question, to stand before what became of it: 'What is it?', 'Costs:'."""
    named = printable(part)
    return named if named.endswith(QUESTION_MARKS) else f"{named}:"


def choice_words(choice: Choice) -> str:
    """'Indicators for legal frameworks (18 indicators)'."""
    return say("meaning", says=choice.says, gives=choice.gives) if choice.gives else choice.says


def is_written(answer: Answer) -> bool:
    """Whether a language model wrote its sentences."""
    return answer.written_by != VERBATIM


# --- publications and pages ---


def page_words(pages: Sequence[tuple[int, str | None]], paged: bool = True) -> str:
    """'p. 12 (PDF p. 14)', 'pp. 12–13 (PDF pp. 14–15)', 'PDF p. 14' where none is printed, '' without pages.

    `pages`: PDF page and printed number, in order.
    """
    if not pages or not paged:
        return ""
    labels = [label for _, label in pages if label]
    pdf = say("page_pdf", pages=_range([str(number) for number, _ in pages]))
    return pdf if len(labels) < len(pages) else say("page_both", printed=_range(labels), pdf=pdf)


def _range(names: Sequence[str]) -> str:
    ends = names if len(names) == 1 else (names[0], names[-1])
    return say("page", len(ends), pages="–".join(ends))


def has_pages(publication: Publication, page: int, label: str | None) -> bool:
    """Whether a place in it is worth naming by page: a text file is one page, numbered 1 and unlabelled."""
    return publication.mime == PDF or label is not None or page > 1


def quote_pages(quotes: Iterable[Quote], publication: Publication) -> str:
    """The pages on which quotes of one publication start, each once: 'p. 3 (PDF p. 5), p. 9 (PDF p. 11)'."""
    places = dict.fromkeys((quote.page, quote.page_label, quote.recognised) for quote in quotes)
    return listed(
        recognised_words(page_words([(page, label)], has_pages(publication, page, label)), recognised)
        for page, label, recognised in places
    )


def passage_pages(passage: Passage) -> str:
    """The pages of a whole passage."""
    first = (passage.chunk.first_page, passage.first_label)
    last = (passage.chunk.last_page, passage.last_label)
    pages = [first] if first[0] == last[0] else [first, last]
    return recognised_words(page_words(pages, has_pages(passage.publication, *last)), passage.recognised)


def recognised_words(pages: str, recognised: bool) -> str:
    """Pages, and that their text was recognised from a picture of them, where it was."""
    return say("page_recognised", pages=pages) if recognised else pages


def title_words(publication: Publication) -> str:
    """Title and subtitle, fit to be shown in one line."""
    return framed(printable(listed((publication.title, publication.subtitle), ": ")))


def kind_words(publication: Publication) -> str:
    """'issue brief 01', 'toolkit'; '' for a file the catalogue does not know."""
    kind = "" if publication.kind is Kind.OTHER else label(publication.kind)
    return printable(f"{kind} {publication.number}" if kind else publication.symbol)


def origin_words(origin: Origin) -> str:
    """Whose words they are, where not the publisher's; else ''."""
    return say(f"origin.{origin}")


def kind_title_words(publication: Publication) -> str:
    """'Title: subtitle (issue brief 01)'."""
    kind = kind_words(publication)
    return f"{title_words(publication)} ({kind})" if kind else title_words(publication)


def source_words(publication: Publication) -> str:
    """'Title: subtitle (issue brief 01), 2016-10', and whether it is the project's or superseded."""
    later = publication.superseded_by
    replaced = say("superseded_by", publication=later) if later else ""
    return listed((kind_title_words(publication), date_words(publication), origin_words(publication.origin), replaced))


def labelled(answer: Answer, label: int) -> Publication | None:
    """The publication of a label; None for a label that does not resolve."""
    passages = answer.evidence.passages
    return passages[label - 1].publication if 1 <= label <= len(passages) else None


def excerpt(passage: Passage) -> str:
    """The start of a passage, in one line."""
    return textwrap.shorten(printable(passage.chunk.text), 300, placeholder=" …")


# --- lists of the Toolkit ---


def plural(kind: ItemKind, number: int = 2) -> str:
    """'indicators'; 'indicator' for one."""
    return say(f"kind.{kind}", number)


def place_words(activity: Activity | None) -> str:
    """'for awareness raising', or where part one stands."""
    return say("place.activity", activity=label(activity)) if activity else say("place.before")


def group_words(item: ToolkitItem, levelled: bool = True) -> str:
    """The heading an item stands under in its list: the level of an indicator, where any has one; else its group."""
    if item.kind is ItemKind.INDICATOR and levelled:
        return say(f"level.{item.level or 'none'}")
    return printable(capital(item.group))


def understood(wanted: Wanted, fitted: bool = True) -> str:
    """What was recognised: 'Indicators for awareness raising, outcomes only, that speak of children'.

    `fitted`: whether items are shown first because they fit the description, where there is one.
    """
    places = [*([say("place.before")] if wanted.part_one else []), *map(place_words, dict.fromkeys(wanted.activities))]
    said = f"{joined([plural(kind) for kind in wanted.kinds])} {joined(places) if places else say('place.all')}"
    parts = [
        wanted.levels and say("wanted.levels", levels=joined([say(f"levels.{level}") for level in wanted.levels])),
        wanted.about and say("wanted.about", about=joined(wanted.about, "or")),
        wanted.description and fitted and not wanted.rest and say("wanted.description"),
        wanted.details and say("wanted.details", details=joined([label(detail) for detail in wanted.details])),
        wanted.rest and say("wanted.rest"),
        wanted.starter and say("wanted.starter"),
    ]
    return capital(listed([said, *(part for part in parts if part)]))


def detail_lines(item: ToolkitItem, details: Iterable[Detail]) -> tuple[tuple[str, str], ...]:
    """(name, words) of what is shown beside an indicator; what the source lacks is left out."""
    asked, facts = set(details), []
    if Detail.COUNTED in asked:
        facts += [("counts", item.counts), ("over", item.over)]
    if Detail.DISAGGREGATION in asked:
        facts.append(("disaggregation", listed(item.disaggregation)))
    if Detail.VERIFICATION in asked:
        facts.append(("verification", clauses(item.verification)))
    return tuple((say(f"facts.{name}"), said) for name, said in facts if said)
