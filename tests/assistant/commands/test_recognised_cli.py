"""A scan as it is typed: added, asked of, quoted with the mark of recognition. Real weights, the real Tesseract."""

from __future__ import annotations

from pathlib import Path

import pytest
import scans

from assistant.cli import main

PAGE = (
    "The Lindwall pilot",
    "The Lindwall pilot inspected forty vessels in the northern",
    "harbour during its first season. Crews were interviewed",
    "without their skippers present.",
)
MARK = "text recognised from a picture"


@scans.needs_tesseract
def test_a_scan_without_any_text_is_recognised_by_itself_and_its_quotes_say_so(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["add", str(scans.scan(tmp_path / "scan.pdf", PAGE))]) == 0
    told = capsys.readouterr()
    assert "icat: scan.pdf: recognising the text of 1 page (eng); Ctrl-C stops" in told.err
    assert "text of 1 recognised from pictures" in told.out
    note = tmp_path / "answer.md"
    assert main(["ask", "--markdown", str(note), "How many vessels did the Lindwall pilot inspect?"]) == 0
    answer = capsys.readouterr().out
    assert "forty vessels" in answer and MARK in answer
    assert f"PDF p. 1, {MARK}" in note.read_text(encoding="utf-8")
    assert main(["list"]) == 0
    assert "original, 1 pages, 1 recognised from pictures" in capsys.readouterr().out


@scans.needs_tesseract
def test_pictures_beside_text_are_recognised_when_that_is_asked_for(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = str(scans.scan(tmp_path / "mixed.pdf", PAGE, text=("Harbour report", "It has a page of real text.")))
    assert main(["add", "--no-index", file]) == 0
    told = capsys.readouterr()
    assert "recognising" not in told.err and "`icat add --recognise en FILE`" in told.err
    assert main(["add", "--no-index", "--recognise", "en", file]) == 0
    assert "mixed.pdf: replaces an earlier file" in capsys.readouterr().out


def test_a_language_without_its_package_is_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    file = scans.scan(tmp_path / "scan.pdf", PAGE)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["add", "--recognise", "fr", str(file)]) == 1
    assert "`sudo apt-get install tesseract-ocr tesseract-ocr-fra`" in capsys.readouterr().err
    assert main(["add", str(file)]) == 3
    error = capsys.readouterr().err
    assert "tesseract is not installed here" in error and "Traceback" not in error
