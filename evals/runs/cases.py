"""The cases of `icat evaluate`: read from JSON lines, and held against the corpus that they are asked of.

A case that does not validate, a quote that is not on its page and a list that is not there are a `CaseError` of one
line that names file and line: a wrong case would count against the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IcatError, UnknownPublication
from corpus.library import Library
from corpus.lines import read_lines
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.types import SIGNS, ToolkitItem, ToolkitPart
from corpus.types import Document
from evals.types import CorpusName, EvalCase, GoldList, GoldPlace, GoldSpan, ListInForce, Split

FOLDER = Path(__file__).resolve().parents[1] / "cases"
DOCUMENTS = FOLDER / "documents"  # of the synthetic corpus


class CaseError(IcatError):
    """A case that cannot be asked; the message gives file and line."""


@dataclass(frozen=True, slots=True)
class Located:
    """A case and where it stands."""

    case: EvalCase
    where: str  # "starter.jsonl:12"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the gold of a case is in a corpus, in the order of the case."""

    gold: tuple[GoldPlace, ...]
    lists: tuple[ListInForce, ...]


def default_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The project's own cases, by name."""
    return tuple(sorted(folder.glob("cases-*.jsonl")))


def read_cases(files: Iterable[Path]) -> tuple[Located, ...]:
    """The cases of all files, in order. CaseError: not there, not valid, no case at all, an id used twice."""
    found: dict[str, Located] = {}
    for file in files:
        for where, case in read_lines(file, EvalCase.model_validate_json, CaseError):
            if case.id in found:
                raise CaseError(f"{where}: id {case.id!r} is used already, by {found[case.id].where}; give another")
            found[case.id] = Located(case, where)
    if not found:
        raise CaseError("no case to ask; name a file of cases with --cases")
    return tuple(found.values())


def select(cases: Sequence[Located], tags: Sequence[str] = (), split: Split | None = None) -> tuple[Located, ...]:
    """Those that have one of the tags (all without any) and are of the split.

    CaseError for a tag that no case has, and where nothing is left.
    """
    known = {tag for each in cases for tag in each.case.tags}
    for tag in tags:
        if tag not in known:
            raise CaseError(f"no case has the tag {tag!r}; there are {', '.join(sorted(known))}")
    kept = [
        each
        for each in cases
        if (not tags or set(tags) & set(each.case.tags)) and (split is None or each.case.split is split)
    ]
    if not kept:
        raise CaseError("no case is left; ask for other tags or another split")
    return tuple(kept)


def check(cases: Iterable[Located], library: Library, toolkit: Toolkit) -> dict[str, Checked]:
    """By id, what the gold of each case is in this corpus. CaseError where it is not there."""
    return {
        each.case.id: Checked(
            gold=tuple(_place(each.where, span, library) for span in each.case.gold),
            lists=tuple(_list(each.where, wanted, toolkit) for wanted in each.case.lists),
        )
        for each in cases
    }


def by_corpus(cases: Iterable[Located]) -> dict[CorpusName, tuple[Located, ...]]:
    """The cases of each corpus that is needed, in the order of CorpusName."""
    kept = tuple(cases)
    needed = {each.case.corpus for each in kept}
    return {name: tuple(each for each in kept if each.case.corpus is name) for name in CorpusName if name in needed}


def find_on_page(document: Document, page: int, quote: str) -> tuple[int, int] | None:
    """Where a quote begins on a PDF page, white space folded; it may end on a later one. None when it does not."""
    sheet = next((each for each in document.pages if each.number == page), None)
    words = [re.escape(word) for word in quote.split()]
    if sheet is None or not words:
        return None
    found = re.compile(r"\s+".join(words)).search(document.text, sheet.start)
    return found.span() if found and found.start() < sheet.end else None


def items_of(wanted: GoldList, toolkit: Toolkit) -> tuple[tuple[ToolkitItem, ...], int]:
    """The items in force of a list, those of its levels only, and how many the whole list has."""
    place = (ToolkitPart.TWO if wanted.activity else ToolkitPart.ONE, wanted.activity, wanted.kind)
    whole = [item for item in toolkit.in_force if item.place == place and item.topic != SIGNS]
    kept = tuple(item for item in whole if not wanted.levels or item.level in wanted.levels)
    return kept, len(whole)


def _place(where: str, span: GoldSpan, library: Library) -> GoldPlace:
    try:
        document = library.document(span.publication)
    except UnknownPublication as error:
        raise CaseError(f"{where}: gold: {error}") from None
    found = find_on_page(document, span.page, span.quote)
    if found is None:
        start = " ".join(span.quote.split()[:8])
        pages = [page.number for page in document.pages if find_on_page(document, page.number, span.quote)]
        hint = f"it is on page {pages[0]}" if pages else "copy it from the document"
        raise CaseError(f"{where}: gold: {start!r}… is not on page {span.page} of {span.publication}; {hint}")
    return GoldPlace(span.publication, *found, span.page, span.label, document.paged)


def _list(where: str, wanted: GoldList, toolkit: Toolkit) -> ListInForce:
    items, total = items_of(wanted, toolkit)
    if not items:
        place = wanted.activity.value if wanted.activity else "part one"
        raise CaseError(f"{where}: lists: there is no list of {wanted.kind.value}s for {place} with these levels")
    return ListInForce(wanted.kind, wanted.activity, tuple(item.id for item in items), total)
