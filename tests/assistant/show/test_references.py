"""References for a reference manager: each publication once, what is not known left out, markup escaped."""

import json
from dataclasses import replace

import pytest
from answer_samples import two_sources

from assistant.errors import NoReferences
from assistant.show.references import references
from assistant.types import Answer, Evidence, Turn
from corpus.types import Origin, Publication, Published

PAPER = Publication(
    id="demand",
    title="Demand & supply: 100 % of {it}",
    series="Issue Paper",
    number="2",
    published=(Published(year=2014, month=9, source="the document"),),
    agencies=("Agency A", "Agency B"),
    landing="https://example.org/a_b",
)
OWN = Publication(id="advice", title="Advice", origin=Origin.STARTER)


def turn(*publications: Publication) -> Turn:
    answer = two_sources()
    first, second = answer.evidence.passages
    given = [replace(each, publication=p) for each, p in zip((first, second), publications, strict=True)]
    return Turn("q", replace(answer, evidence=Evidence(tuple(given))))


def test_bibtex_has_what_is_known_and_escapes_what_tex_would_read():
    text = references([turn(PAPER, OWN)], ".bib")
    assert text.startswith("@techreport{demand,\n  title = {Demand \\& supply: 100 \\% of \\{it\\}},\n")
    assert "  url = {https://example.org/a_b},\n" in text and "  month = {09},\n" in text
    assert "@techreport{advice,\n  title = {Advice},\n  language = {en},\n  note = {Written for this project" in text


def test_ris_has_an_author_for_each_agency_and_ends_each_record():
    text = references([turn(PAPER, OWN), turn(PAPER, OWN)], ".ris")
    assert text.count("TY  - RPRT\r\n") == text.count("ER  - \r\n") == 2
    assert "AU  - Agency A\r\nAU  - Agency B\r\nPY  - 2014\r\n" in text


def test_csl_is_json_with_its_date_in_parts():
    paper, own = json.loads(references([turn(PAPER, OWN)], ".json"))
    assert paper["issued"] == {"date-parts": [[2014, 9]]}
    assert "issued" not in own and own["note"].startswith("Written for this project")


def test_nothing_cited_and_another_format_are_one_line():
    with pytest.raises(NoReferences, match="nothing is cited"):
        references([Turn("q", Answer(two_sources().request))], ".bib")
    with pytest.raises(NoReferences, match=r"\.bib \.ris \.json"):
        references([turn(PAPER, OWN)], ".enw")
