"""The catalogue: what ICAT published, as facts from `catalogue.toml`, and which of it a file is.

In: TOML text. Out: a frozen `Catalogue`. What does not validate is a `CatalogueError` of one line that names
file and line. Recognising a title on a page is `corpus.titles`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from corpus.errors import CatalogueError, UnknownPublication
from corpus.source_lines import toml_line
from corpus.titles import LISTING, MAIN_WORDS, FirstPage, Title, TitlePlace, is_masthead, names_icat, words_of
from corpus.types import OWN_KINDS, Fact, Kind, Origin, Publication, PublicationId

PACKAGED = Path(__file__).with_name("catalogue.toml")
TABLES: Mapping[str, type[BaseModel]] = {"publication": Publication, "icat": Fact}
THE_DOCUMENT = "the document"  # as the source of a date or fact: read in the publication itself

# A title this long is no accident; a shorter one counts only where ICAT is named on the page or in the title.
DISTINCTIVE_WORDS = 10
PAPER_WORDS = 7  # the same for papers: their titles are less like everybody's than those of briefs
PAPERS = (Kind.ISSUE_PAPER, Kind.DISCUSSION_PAPER, Kind.OVERVIEW_PAPER, Kind.REVIEW)
NUMBER_TOP = 600  # characters: a brief's series and number stand in its masthead


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The publications in the order of the file, and the facts about ICAT itself."""

    publications: tuple[Publication, ...]
    facts: tuple[Fact, ...] = ()

    def get(self, id: PublicationId) -> Publication:
        """The publication of that id. UnknownPublication, with the closest ids, when there is none."""
        for publication in self.publications:
            if publication.id == id:
                return publication
        known = [publication.id for publication in self.publications]
        parts = [other for other in known if id and id in other]
        close = parts[:3] or difflib.get_close_matches(id, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else "`icat list` shows all ids"
        raise UnknownPublication(f"no publication {id!r} in the catalogue; {hint}")

    def match(self, *, sha256: str = "", title: str = "", symbol: str = "", first_page: str = "") -> Publication | None:
        """The publication a file is, or None: by hash, then UN symbol, then title, then number in its series.

        `title` is what the file says of itself, `first_page` the text of its first page or pages, line breaks
        kept. The page outweighs the file's own title, which is often left over from another file. The longest
        title that stands as a block near the top wins. A version in another language carries no such title:
        its symbol tells, or its series and number in the masthead of a page that names ICAT. A page that
        shows the titles of several publications is a list of them and is none of them.
        """
        for publication in self.publications:
            if sha256 and publication.sha256 == sha256.lower():
                return publication
        for publication in self.publications:
            if symbol and _symbol(publication.symbol) == _symbol(symbol):
                return publication
        icat = names_icat(f"{title}\n{first_page}")
        forms = [(publication, form) for publication in self.publications for form in _forms(publication, icat)]
        page = FirstPage(first_page)
        if len({publication.id for publication, form in forms if page.stands(form)}) >= LISTING:
            return None
        return (
            _carried(page, forms)
            or _carried(FirstPage(" ".join(title.split())), forms)
            or (self._by_number(first_page) if icat else None)
        )

    def _by_number(self, first_page: str) -> Publication | None:
        """By series and number in the masthead; None where the masthead shows several."""
        lines = unicodedata.normalize("NFKC", first_page[:NUMBER_TOP]).splitlines()
        found = [
            publication
            for publication in self.publications
            if publication.number and any(_shows_number(line, publication) for line in lines)
        ]
        return found[0] if len(found) == 1 else None


def _carried(page: FirstPage, forms: Sequence[tuple[Publication, Title]]) -> Publication | None:
    """The publication whose title the page carries: never a part of a longer title, else the uppermost."""
    found = [(publication, form, place) for publication, form in forms if (place := page.carried(form))]
    whole = [
        (place.first, -form.length, number, publication)
        for number, (publication, form, place) in enumerate(found)
        if not any(_within(place, other) for _, _, other in found)
    ]
    return min(whole)[3] if whole else None


def _symbol(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _within(place: TitlePlace, other: TitlePlace) -> bool:
    """Whether a place is a part of another, longer one."""
    return other != place and other.first <= place.first and place.end <= other.end


def _forms(publication: Publication, icat: bool) -> list[Title]:
    """The forms of a title to look for: the whole, and what stands before its colon where ICAT is named."""
    whole = Title.of(publication.title, publication.subtitle)
    main, _, rest = publication.title.partition(":")
    shortened = Title.of(main, f"{rest} {publication.subtitle}")
    if icat:
        return [whole, shortened] if rest and shortened.length >= MAIN_WORDS else [whole]
    enough = PAPER_WORDS if publication.kind in PAPERS else DISTINCTIVE_WORDS
    return [whole] if whole.length >= enough else []


def _shows_number(line: str, publication: Publication) -> bool:
    """Whether a line is a masthead with series and number ("ICAT Issue Brief No. 01"), or number and month.

    Number and month ("01, 10/2016") hold in any language. Neither a date such as 01/10/2016 counts, nor a
    sentence: only masthead words may stand before the series, and no word in small letters after the number.
    """
    series = r"\W+".join(word for word in words_of(publication.series) if word != "icat")
    number = publication.number.lstrip("0")
    named = re.search(rf"\b{series}\W+(?:(?:no|nr|number|issue)\W+)?0*{number}\b(?!\s*[/.]\d)", line, re.IGNORECASE)
    if named and is_masthead(words_of(line[: named.start()])) and not line[named.end() :].lstrip()[:1].islower():
        return True
    return publication.kind is Kind.ISSUE_BRIEF and any(
        re.search(rf"(?<![\d/.])0*{number}\s*[,:–—-]?\s+0?{date.month}\s*/\s*{date.year}\b", line)
        for date in publication.published
        if date.month
    )


def load(path: Path = PACKAGED) -> Catalogue:
    """Read and check a catalogue.

    CatalogueError: "catalogue.toml line 42: publication 'x': published[0].year: Input ...; fix it there".
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error}); install the package again") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(_syntax_message(path.name, text, str(error))) from error
    _check_tables(path.name, text, tables)
    read = {
        name: [_validated(path.name, text, name, index, raw) for index, raw in enumerate(tables.get(name, []))]
        for name in TABLES
    }
    catalogue = Catalogue(tuple(read["publication"]), tuple(read["icat"]))
    for index, publication in enumerate(catalogue.publications):
        for key, message in _faults(catalogue, index):
            where = f"{path.name} line {toml_line(text, 'publication', index, key)}"
            raise CatalogueError(f"{where}: publication {publication.id!r}: {message}; fix it there")
    return catalogue


def _syntax_message(name: str, text: str, error: str) -> str:
    """tomllib's message ends with "(at line 3, column 5)" or "(at end of document)"."""
    place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", error)
    line = place.group(1) if place and place.group(1) else text.count("\n") + 1
    return f"{name} line {line}: not TOML: {error[: place.start()] if place else error}; fix it there"


def _check_tables(name: str, text: str, tables: Mapping[str, object]) -> None:
    for key, value in tables.items():
        known = key in TABLES and isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        if not known:
            match = re.search(rf"^\s*\[*\s*{re.escape(key)}\b", text, re.MULTILINE)
            line = text.count("\n", 0, match.end()) + 1 if match else 1
            wanted = " and ".join(f"[[{table}]]" for table in TABLES)
            raise CatalogueError(f"{name} line {line}: {key!r} is not expected, only {wanted}; fix it there")


def _validated(name: str, text: str, table: str, index: int, raw: Mapping[str, object]) -> BaseModel:
    try:
        return TABLES[table].model_validate(raw)
    except ValidationError as error:
        place = f"{table} {raw.get('id', index + 1)!r}"
        first = error.errors(include_url=False)[0]
        line = toml_line(text, table, index, first["loc"])
        raise CatalogueError(f"{name} line {line}: {place}: {explain(error)}; fix it there") from error


def explain(error: ValidationError) -> str:
    """One line of a validation error: the first fault, and how many more there are."""
    faults = error.errors(include_url=False)
    where = ""
    for step in faults[0]["loc"]:
        where += f"[{step}]" if isinstance(step, int) else f".{step}" if where else str(step)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{where}{': ' if where else ''}{' '.join(faults[0]['msg'].split())}{more}"


def _faults(catalogue: Catalogue, index: int) -> list[tuple[Sequence[str | int], str]]:
    """What is wrong with one publication among the others: the key it is wrong at, and why."""
    publication, earlier = catalogue.publications[index], catalogue.publications[:index]
    faults: list[tuple[Sequence[str | int], str]] = []
    if any(other.id == publication.id for other in earlier):
        faults.append((("id",), "this id is taken by an earlier publication"))
    if any(words_of(other.title) == words_of(publication.title) for other in earlier):
        faults.append((("title",), "an earlier publication has this title, so a file could be either"))
    for key, wanted in (("origin", Origin.PUBLICATION), ("digest_of", ""), ("sha256", ""), ("mime", "")):
        if getattr(publication, key) != wanted:
            faults.append(((key,), f"{key} is not for the catalogue"))
    if publication.kind in OWN_KINDS:
        faults.append((("kind",), f"{publication.kind.value!r} is a kind of starter text"))
    for key in ("published", "facts"):
        for number, entry in enumerate(getattr(publication, key)):
            if entry.source != THE_DOCUMENT and not re.match(r"https?://\S+$", entry.source):
                message = f"{key}[{number}].source: neither a URL nor {THE_DOCUMENT!r}"
                faults.append(((key, number, "source"), message))
    fault = _succession_fault(catalogue, publication)
    return [*faults, (("superseded_by",), fault)] if fault else faults


def _succession_fault(catalogue: Catalogue, publication: Publication) -> str:
    """Why `superseded_by` leads nowhere or in a circle; empty when it does neither."""
    successors = {other.id: other.superseded_by for other in catalogue.publications}
    seen, at = [publication.id], publication.superseded_by
    while at:
        if at not in successors:
            return f"superseded_by: there is no publication {at!r}"
        seen.append(at)
        if seen.count(at) > 1:
            return f"superseded_by: goes round in a circle ({' -> '.join(seen)})"
        at = successors[at]
    return ""
