"""Design sheets: rows as their source has them, changes that show, records that are checked, sources looked up."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.toolkit.sheet.record import sheet_from_record, sheet_to_record
from assistant.toolkit.sheet.sheet import refresh, row_of, rows_of
from assistant.toolkit.sheet.types import MOST_ROWS, Sheet, SheetError, SheetRow, SourceFacts
from corpus.catalogue import load
from corpus.errors import UnknownPublication
from corpus.library import Library
from corpus.toolkit.reader import Toolkit
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Document, Kind, Origin, Page, Publication, Published

QUESTION, INDICATOR = ItemKind.QUESTION, ItemKind.INDICATOR
GUIDE = Publication(
    id="guide", title="A guide", kind=Kind.TOOLKIT, published=(Published(year=2016, source="the document"),)
)
ITEM = ToolkitItem(
    "guide:i1",
    INDICATOR,
    "Number of calls to the help line",
    Origin.PUBLICATION,
    "guide",
    span=(0, 5),
    activity=Activity.AWARENESS_RAISING,
    part=ToolkitPart.TWO,
    group="Reach",
    pages=(14, 15),
    counts="calls",
    disaggregation=("sex", "age"),
    caution="More calls may mean more trust.",
)
LABELS = {14: "12", 15: "13"}


class OneGuide:
    """A shelf with one publication on it, whose pages 14 and 15 are printed 12 and 13."""

    def publication(self, publication_id: str) -> Publication:
        if publication_id != GUIDE.id:
            raise UnknownPublication(publication_id)
        return GUIDE

    def document(self, publication_id: str) -> Document:
        pages = tuple(Page(n, LABELS.get(n), n - 1, n, 595, 842) for n in range(1, 21))
        return Document(self.publication(publication_id), "x" * 20, pages, (), np.zeros(20, np.int32))


TOOLKIT, SHELF = Toolkit((), (ITEM,)), OneGuide()
PAGES = (Page(14, "12", 0, 1), Page(15, "13", 1, 2))
ROW = row_of(ITEM, GUIDE, PAGES)
OWN = SheetRow(QUESTION, "Who will pay after the second year?")


def test_a_row_is_as_its_source_has_it():
    assert (ROW.text, ROW.original, ROW.status) == (ITEM.text, ITEM.text, "as in the source")
    assert ROW.source == "A guide (toolkit), 2016, pp. 12–13 (PDF pp. 14–15)"
    assert (ROW.level, ROW.counts, ROW.over, ROW.disaggregation) == (None, "calls", "", ("sex", "age"))
    assert not ROW.adapted and not ROW.own


def test_printed_numbers_come_from_the_document():
    assert rows_of([ITEM], SHELF) == (ROW,)


def test_a_source_without_printed_numbers_or_pages_names_none():
    assert row_of(ITEM, GUIDE).source == "A guide (toolkit), 2016, PDF pp. 14–15"
    scanned = row_of(ITEM, GUIDE, (PAGES[0], replace(PAGES[1], recognised=True)))
    assert scanned.source.endswith("(PDF pp. 14–15), text recognised from a picture")
    assert row_of(replace(ITEM, pages=()), GUIDE).source == "A guide (toolkit), 2016"


def test_a_row_of_the_starter_library_says_whose_words_it_has(tmp_path):
    row = rows_of(starter_items()[:1], Library(tmp_path, load()))[0]
    assert row.origin is Origin.STARTER
    assert "Written for this project, not ICAT's words" in row.source


def test_what_is_changed_is_named_and_the_source_wording_stays():
    changed = replace(
        ROW, text="Number of calls from the two districts", level=Level.OUTPUT, verification=("register",)
    )
    assert changed.changes == ("wording", "level", "means of verification")
    assert changed.status == "adapted: wording, level, means of verification"
    assert changed.original == ITEM.text
    assert not replace(ROW, baseline="12", target="40", responsible="Officer").adapted


def test_an_own_row_has_no_source():
    assert (OWN.status, OWN.source) == ("own", "Added by the author of this sheet")
    for claim in ({"publication": "ICAT"}, {"original": "x"}, {"origin": Origin.PUBLICATION}, {"pages": "p. 1"}):
        with pytest.raises(ValueError, match="no source"):
            replace(OWN, **claim)


def test_an_item_stands_on_a_sheet_once():
    with pytest.raises(SheetError, match="row 2: 'guide:i1' is on the sheet already"):
        Sheet(rows=(ROW, ROW))


def test_a_sheet_has_a_limit():
    with pytest.raises(SheetError, match="1000 rows, not 1001"):
        Sheet(rows=(OWN,) * (MOST_ROWS + 1))


def test_a_record_comes_back_the_same_once_its_sources_are_looked_up():
    adapted = replace(ROW, text="Other words", counts="", level=Level.OUTCOME, target="9", note="one\ntwo")
    sheet = Sheet("Radio campaign", (adapted, OWN), "For seasonal workers.\nTwo districts.")
    back = sheet_from_record(json.loads(json.dumps(sheet_to_record(sheet))))
    assert back == replace(sheet, rows=(replace(adapted, unchecked=True), OWN))
    assert refresh(back, TOOLKIT, SHELF) == (sheet, (), ())


def test_the_whole_library_goes_through_a_record(tmp_path):
    library = Library(tmp_path, load())
    sheet = Sheet(rows=rows_of(starter_items(), library))
    back = sheet_from_record(json.loads(json.dumps(sheet_to_record(sheet))))
    assert refresh(back, Toolkit(starter_items()), library) == (sheet, (), ())


def test_what_a_record_claims_of_a_known_item_is_not_believed():
    forged = {
        "kind": "lesson",
        "text": "Arrests prove success",
        "item_id": "guide:i1",
        "publication": "Another guide, 2024",
        "pages": "p. 1",
        "origin": "starter",
        "caution": "",
        "counts": "arrests",
        "target": "9",
    }
    sheet, changed, missing = refresh(sheet_from_record({"version": 1, "rows": [forged]}), TOOLKIT, SHELF)
    assert sheet.rows == (replace(ROW, target="9"),)
    assert (changed, missing) == (("guide:i1",), ())


def test_a_source_that_changed_is_followed_where_nothing_was_adapted():
    older = replace(
        ROW, text="My calls", original="Calls", counts="rings", facts=replace(ROW.facts, counts="rings"), over="people"
    )
    sheet, changed, _ = refresh(Sheet(rows=(older,)), TOOLKIT, SHELF)
    row = sheet.rows[0]
    assert (row.text, row.original, row.counts, row.over) == ("My calls", ITEM.text, "calls", "people")
    assert changed == ("guide:i1",)
    assert row.changes == ("wording", "out of what")


def test_an_item_that_is_not_here_is_kept_and_said_to_be_unchecked():
    gone = replace(ROW, item_id="gone:i1")
    sheet, changed, missing = refresh(Sheet(rows=(gone, ROW)), TOOLKIT, SHELF)
    assert sheet.rows == (replace(gone, unchecked=True), ROW)
    assert (changed, missing) == ((), ("gone:i1",))
    assert sheet.rows[0].status == "as in the source; its source could not be checked here"


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (3, "version 1"),
        ({}, "version"),
        ({"version": 2}, "version"),
        ({"version": 1, "extra": 1}, "extra"),
        ({"version": 1, "rows": [{"kind": "indicator", "text": "a", "colour": "red"}]}, r"rows\[0\].colour"),
        ({"version": 1, "rows": [{"kind": "sign", "text": "a"}]}, r"rows\[0\].kind"),
        ({"version": 1, "rows": [{"kind": "indicator", "text": "a" * 8001}]}, r"rows\[0\].text"),
        ({"version": 1, "rows": [{"kind": "indicator", "text": " \x00\t"}]}, r"rows\[0\]: a row has no text"),
        (
            {"version": 1, "rows": [{"kind": "indicator", "text": "a", "publication": "ICAT"}]},
            r"rows\[0\]: .*no source",
        ),
        ({"version": 1, "rows": [{"kind": "indicator", "text": "a", "original": "b"}]}, r"rows\[0\]: .*no source"),
        ({"version": 1, "rows": [{"kind": "indicator", "text": "a"}] * 1001}, "rows"),
        ({"version": 1, "title": "t" * 1001}, "title"),
        ({"version": 1, "rows": [{"kind": "indicator", "text": "a", "baseline": 12}]}, r"rows\[0\].baseline"),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_line(record: object, fault: str):
    with pytest.raises(SheetError, match=fault) as refused:
        sheet_from_record(record)
    assert "\n" not in str(refused.value)


def test_texts_of_a_record_are_made_fit_to_show():
    row = {"kind": "design question", "text": "Who\n\tpays?\x07\u202e", "answer": "One\r\n\r\nTwo\x00 \n"}
    back = sheet_from_record({"version": 1, "rows": [row]}).rows[0]
    assert (back.text, back.answer) == ("Who pays?", "One\n\nTwo")


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_reading_a_record_is_stable(text: str, note: str, parts: list[str]):
    record = {"version": 1, "rows": [{"kind": "indicator", "text": f"a {text}", "note": note, "disaggregation": parts}]}
    once = sheet_from_record(record)
    assert sheet_from_record(json.loads(json.dumps(sheet_to_record(once)))) == once


def test_facts_of_a_row_start_as_the_source_has_them():
    assert ROW.facts == SourceFacts(None, "calls", "", ("sex", "age"), ())
