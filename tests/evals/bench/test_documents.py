"""A folder of files from reading to the right page."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.catalogue import load
from corpus.errors import IcatError
from evals.bench.documents import bench_documents, headings_asked, rank_of
from index.types import IndexSettings

TEXT = """# Handbook of the harbour office

## Fees that agencies charge

Recruitment agencies may charge no fees to workers. What was paid is given back within thirty days.

## Visits to farms and packing houses

Labour inspectors visit farms during the harvest. They come without notice.

## Notes
"""


def test_a_folder_is_read_indexed_and_searched_by_its_own_headings(tmp_path: Path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "handbook.md").write_text(TEXT)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    settings = Settings(home=tmp_path / "home", index=IndexSettings(reranker=""))
    report = bench_documents(folder, settings, load(), with_baseline=False)
    assert (report.files, report.unreadable) == (2, 1)
    [side] = report.sides
    # "Notes" says too little to be a question; the document has one page.
    assert report.questions == 3
    assert (side.pages, side.right_first, side.right_5, side.mrr) == (1, 1.0, 1.0, 1.0)
    assert side.p50_ms is not None and side.indexing_seconds > 0
    assert report.as_text().splitlines()[2].split()[:2] == ["product", "1"]
    assert report.as_dict()["sides"][0]["name"] == "product"
    assert not (tmp_path / "home").exists()


def test_a_folder_without_a_readable_file_is_one_line(tmp_path: Path):
    (tmp_path / "files").mkdir()
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(IcatError, match="no file there could be read"):
        bench_documents(tmp_path / "files", settings, load(), with_baseline=False)


def test_the_rank_is_that_of_the_first_passage_on_the_page():
    shown = [[("a.pdf", 1)], [("b.pdf", 2), ("b.pdf", 3)], [("b.pdf", 3)]]
    assert rank_of(shown, ("b.pdf", 3)) == 2
    assert rank_of(shown, ("a.pdf", 1)) == 1
    assert rank_of(shown, ("a.pdf", 3)) is None
    assert rank_of([[("c.pdf", 1)]] * 10 + [[("a.pdf", 1)]], ("a.pdf", 1)) is None  # ten are looked at


def test_nothing_to_ask_of_no_documents():
    assert headings_asked([], {}) == []
