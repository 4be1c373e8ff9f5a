"""What the server answers to the Toolkit view, over a real library; every request ends in a step."""

import json
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from asked import last

from assistant.app.toolkit.handlers import ToolkitHandlers
from assistant.toolkit.sheet.record import sheet_to_record
from assistant.toolkit.sheet.sheet import rows_of
from assistant.toolkit.sheet.types import TEXT, Sheet
from corpus.library import Library
from corpus.toolkit.reader import ToolkitReader

GUIDE = """# Planning guide for local teams

## Awareness raising

### Questions for programme design

- Who speaks to seasonal workers, and do they trust this voice?
- Which rights does the message &lt;b&gt;name&lt;/b&gt;?
- What happens after somebody calls?

## Signs of trafficking

### Indicators of trafficking

- The person has no passport
- The person is never alone
- The person owes money to the employer
"""
ID = "planning-guide-for-local-teams"


@pytest.fixture()
def handlers(library: Library) -> ToolkitHandlers:
    return ToolkitHandlers(library, "1.2.3")


@pytest.fixture()
def guide(tmp_path: Path) -> Path:
    file = tmp_path / "guide.md"
    file.write_text(GUIDE, encoding="utf-8")
    return file


def first_ids(handlers: ToolkitHandlers, library: Library, number: int) -> list[str]:
    return [item.id for item in ToolkitReader().read(library).in_force[:number]]


# --- browsing ---


def test_nothing_chosen_offers_the_activities_with_their_counts(handlers: ToolkitHandlers, library: Library):
    step = last(handlers, "browse", {})
    total = len(ToolkitReader().read(library).in_force)
    assert step["said"] == f"{total} items"
    assert 'value="livelihoods"' in step["html"] and "data-item" not in step["html"]
    assert sum(step["counts"]["kind"].values()) == 2 * total  # each kind, and all
    assert step["replaced"] is False
    json.dumps(step)


def test_a_choice_and_words_give_the_items_with_the_words_marked(handlers: ToolkitHandlers):
    step = last(handlers, "browse", {"activity": "livelihoods", "kind": "indicator", "level": "impact"})
    assert step["html"].count("data-item") == step["counts"]["level"]["impact"] > 0
    step = last(handlers, "browse", {"activity": "livelihoods", "words": "debt"})
    assert "<mark>debt</mark>" in step["html"]
    assert step["said"].endswith("items for livelihoods")


def test_a_document_added_meanwhile_is_there_and_its_lists_take_the_place_of_the_projects_own(
    handlers: ToolkitHandlers, library: Library, guide: Path
):
    asked = {"activity": "awareness raising", "kind": "design question"}
    assert "Written for this project" in last(handlers, "browse", asked)["html"]
    list(library.add([guide]))
    step = last(handlers, "browse", asked)
    assert step["said"] == "3 design questions for awareness raising"
    assert "Planning guide for local teams" in step["html"] and "PDF" not in step["html"]
    assert "message &lt;b&gt;name&lt;/b&gt;?" in step["html"]
    assert step["replaced"] is True
    own = last(handlers, "browse", {**asked, "own": True})
    assert "Written for this project" in own["html"]
    apart = last(handlers, "browse", {"activity": "elsewhere"})
    assert "Signs of trafficking" in apart["html"] and apart["html"].count("data-item") == 3


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"activity": "fishing"},
        {"kind": "verdict"},
        {"words": "x" * 201},
        {"words": "x", "more": 1},
    ],
)
def test_what_the_page_would_never_send_fails_as_a_step(handlers: ToolkitHandlers, sent: object):
    if sent is None:
        assert last(handlers, "reveal", sent)["step"] == "failed"
    else:
        assert last(handlers, "browse", {**sent})["step"] == "failed"


# --- items ---


def test_items_come_as_rows_with_their_source_and_unknown_ids_are_named(handlers: ToolkitHandlers, library: Library):
    known = first_ids(handlers, library, 2)
    step = last(handlers, "gather", {"items": [known[0], "gone", known[1], known[0]]})
    assert step["missing"] == ["gone"]
    assert [row["item_id"] for row in step["rows"]] == known
    assert all("Written for this project" in row["publication"] for row in step["rows"])
    json.dumps(step)


def test_an_item_whose_list_an_original_has_replaced_is_named(handlers: ToolkitHandlers, library: Library, guide: Path):
    ids = ["awareness-raising-q01", "awareness-raising-i01"]
    assert last(handlers, "gather", {"items": ids})["replaced"] == []
    list(library.add([guide]))
    step = last(handlers, "gather", {"items": ids})
    assert (step["replaced"], step["missing"], len(step["rows"])) == (["awareness-raising-q01"], [], 2)


def test_a_sign_of_trafficking_never_becomes_a_row(handlers: ToolkitHandlers, library: Library, guide: Path):
    list(library.add([guide]))
    signs = [item.id for item in ToolkitReader().read(library).elsewhere]
    assert len(signs) == 3
    step = last(handlers, "gather", {"items": signs})
    assert (step["rows"], step["missing"]) == ([], signs)


def test_more_items_than_a_sheet_holds_can_still_be_looked_up(
    handlers: ToolkitHandlers, library: Library, tmp_path: Path
):
    ids = [item.id for item in ToolkitReader().read(library).in_force]
    file = tmp_path / "many.md"
    questions = "\n".join(f"- Who counts the boats in harbour number {n}?" for n in range(300))
    file.write_text(
        f"# Many\n\n## Livelihoods\n\n### Questions for programme design\n\n{questions}\n", encoding="utf-8"
    )
    list(library.add([file]))
    ids += [item.id for item in ToolkitReader().read(library).extracted]
    assert len(ids) > 500
    step = last(handlers, "gather", {"items": ids})
    assert len(step["rows"]) == len(ids)


def test_the_source_of_an_item_is_its_passage_with_the_words_marked(
    handlers: ToolkitHandlers, library: Library, guide: Path
):
    (id,) = first_ids(handlers, library, 1)
    step = last(handlers, "reveal", {"item": id})
    assert "<mark>" in step["html"] and "Written for this project" in step["html"]
    list(library.add([guide]))
    step = last(handlers, "reveal", {"item": f"{ID}:awareness-raising-q02"})
    assert "<mark>Which rights does the message &lt;b&gt;name&lt;/b&gt;?</mark>" in step["html"]
    assert last(handlers, "reveal", {"item": "gone"}) == {
        "step": "failed",
        "text": "This item is no longer in the publications on this machine.",
    }


# --- files ---


@pytest.mark.parametrize("format", ["xlsx", "docx", "csv", "md"])
def test_a_sheet_comes_back_as_a_file_and_leaves_no_copy(handlers: ToolkitHandlers, library: Library, format: str):
    items = ToolkitReader().read(library).in_force[:3]
    record = sheet_to_record(Sheet("Our plan", rows_of(items, library)))
    step = last(handlers, "produce", {"format": format, "record": record})
    assert step["name"].endswith(f".{format}")
    content = b64decode(step["content"])
    if format == "xlsx":
        import openpyxl

        cells = [str(cell.value) for sheet in openpyxl.load_workbook(BytesIO(content)) for row in sheet for cell in row]
        assert any(items[0].text in cell for cell in cells)
    elif format == "docx":
        import docx

        document = docx.Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any(items[0].text in cell for cell in [*cells, *(p.text for p in document.paragraphs)])
    else:
        assert items[0].text in content.decode("utf-8-sig")
    assert not list(library.store.home.rglob(f"*.{format}"))


def test_a_row_that_claims_another_source_is_corrected_before_it_is_written(
    handlers: ToolkitHandlers, library: Library
):
    (item,) = ToolkitReader().read(library).in_force[:1]
    row = {
        "kind": item.kind,
        "text": item.text,
        "item_id": item.id,
        "publication": "Said by ICAT, 2014",
        "origin": "publication",
    }
    step = last(handlers, "produce", {"format": "md", "record": {"version": 1, "rows": [row]}})
    written = b64decode(step["content"]).decode()
    assert "Said by ICAT" not in written and "Written for this project" in written


@pytest.mark.parametrize(
    "request_",
    [
        {"format": "exe", "record": {"version": 1, "rows": []}},
        {"format": "csv", "record": {"version": 1, "rows": []}},
        {"format": "csv", "record": {"version": 9, "rows": []}},
        {"format": "csv", "record": {"version": 1, "rows": [{"kind": "indicator", "text": "x" * (TEXT + 1)}]}},
    ],
)
def test_a_sheet_that_is_none_or_is_empty_is_not_written(handlers: ToolkitHandlers, request_: dict[str, object]):
    step = last(handlers, "produce", {**request_})
    assert step["step"] == "failed"


def test_a_sheet_from_a_file_is_checked_before_it_is_opened(handlers: ToolkitHandlers):
    row = {"kind": "indicator", "text": " Boats  at sea ", "baseline": "4"}
    step = last(handlers, "check", {"record": {"version": 1, "title": "Ours", "rows": [row]}})
    assert step["record"]["rows"] == [{"kind": "indicator", "text": "Boats at sea", "baseline": "4"}]
    assert last(handlers, "check", {"record": [1]})["step"] == "failed"
    assert last(handlers, "check", {"record": {"version": 1, "rows": [{"kind": "x"}]}})["step"] == "failed"
