"""The publications that answers cite, for a reference manager: BibTeX, RIS or CSL-JSON. Pure.

The project's own texts say so in a note: nobody takes them for a publisher's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.errors import NoReferences
from assistant.show.words import listed, origin_words, printable, title_words
from assistant.types import Turn
from corpus.types import Publication

SUFFIXES = (".bib", ".ris", ".json")
_SPECIAL = re.compile(r"([\\{}&%$#_~^])")
_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def references(turns: Iterable[Turn], suffix: str) -> str:
    """Every publication that a statement quotes, each once, in the order of their use.

    NoReferences for another suffix, and where nothing is cited.
    """
    cited = cited_in(turns)
    if not cited:
        raise NoReferences("nothing is cited here, so there are no references to write")
    return references_to(cited, suffix)


def references_to(cited: Iterable[Publication], suffix: str) -> str:
    """The publications, in their order. NoReferences for another suffix."""
    match suffix:
        case ".bib":
            return "\n".join(map(_bibtex, cited))
        case ".ris":
            return "".join(map(_ris, cited))
        case ".json":
            return json.dumps([_csl(each) for each in cited], ensure_ascii=False, indent=1) + "\n"
    raise NoReferences(
        f"no references can be written as {suffix or 'a file without a suffix'}; use {' '.join(SUFFIXES)}"
    )


def cited_in(turns: Iterable[Turn]) -> tuple[Publication, ...]:
    """The publications that statements quote."""
    found: dict[str, Publication] = {}
    for turn in turns:
        for statement in turn.answer.statements:
            for quote in statement.quotes:
                publication = turn.answer.evidence[quote.label].publication
                found.setdefault(publication.id, publication)
    return tuple(found.values())


def _facts(publication: Publication) -> Mapping[str, str]:
    """What is known of it, in plain words; what is not is left out."""
    first = publication.published[0] if publication.published else None
    facts = {
        "title": title_words(publication),
        "series": printable(publication.series),
        "number": printable(publication.number or publication.symbol),
        "year": str(first.year) if first else "",
        "month": f"{first.month:02d}" if first and first.month else "",
        "publisher": listed(map(printable, publication.agencies)),
        "url": printable(publication.landing),
        "language": printable(publication.language),
        "note": origin_words(publication.origin),
    }
    return {name: text for name, text in facts.items() if text}


def _bibtex(publication: Publication) -> str:
    names = {"publisher": "institution"}
    fields = [
        f"  {names.get(name, name)} = {{{text if name == 'url' else _escaped(text)}}},"
        for name, text in _facts(publication).items()
    ]
    return "\n".join([f"@techreport{{{publication.id},", *fields, "}", ""])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _BIBTEX.get(found[0], "\\" + found[0]), text)


def _ris(publication: Publication) -> str:
    facts = _facts(publication)
    tags: Sequence[tuple[str, str]] = (
        ("TY", "RPRT"),
        ("ID", publication.id),
        ("TI", facts["title"]),
        *(("AU", printable(agency)) for agency in publication.agencies),
        ("PY", facts.get("year", "")),
        ("T2", facts.get("series", "")),
        ("M1", facts.get("number", "")),
        ("UR", facts.get("url", "")),
        ("LA", facts["language"]),
        ("N1", facts.get("note", "")),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {text}\r\n" for tag, text in tags if text or tag == "ER") + "\r\n"


def _csl(publication: Publication) -> dict[str, object]:
    facts = _facts(publication)
    record: dict[str, object] = {"id": publication.id, "type": "report", "title": facts["title"]}
    if "year" in facts:
        record["issued"] = {"date-parts": [[int(facts[part]) for part in ("year", "month") if part in facts]]}
    names = {"series": "collection-title", "number": "number", "publisher": "publisher", "url": "URL", "note": "note"}
    return record | {csl: facts[name] for name, csl in names.items() if name in facts} | {"language": facts["language"]}
