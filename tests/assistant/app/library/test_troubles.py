"""What can't be read of a file: what the readers of files say is found again among the texts of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from assistant.app.library.troubles import trouble_of
from assistant.texts import catalogue
from assistant.texts.gathering import gathered, written
from corpus.readers.pdf_problems import FILE, PAGE, RECOGNITION, file_problem, page_problems
from corpus.types import Problem

SCAN = "no text layer, only a picture or a scan"
ADVICE = "have its text recognised (OCR)"


@pytest.fixture()
def shouting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A language of its own in place of French: the texts on problems in capitals, and no others."""
    shouted = Catalog(locale="fr", charset="utf-8", fuzzy=False)
    for message in gathered():
        if message.context == "problem":
            shouted.add(message.id, re.sub(r"\{\w+\}", lambda f: f[0].lower(), message.id.upper()), context="problem")
    (tmp_path / "fr.po").write_bytes(written(shouted))
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    kept = (catalogue.catalogue_of, catalogue._messages)
    for each in kept:
        each.cache_clear()
    with catalogue.speaking("fr"):
        yield
    for each in kept:
        each.cache_clear()


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([(2, "scan")], f"Page 2: {SCAN}; {ADVICE}."),
        ([(2, "scan"), (3, "scan")], f"Page 2: {SCAN} (pages 2 to 3); {ADVICE}."),
        ([(page, "scan") for page in range(1, 10)], f"Page 1: {SCAN} (all 9 pages); {ADVICE}."),
        (
            [(1, "too large"), (2, "too large")],
            "Page 1: the page is larger than 5000 points on a side (pages 1 to 2); "
            "check the page; its text was left out.",
        ),
    ],
)
def test_of_pages_the_first_is_named_and_how_many_are_alike(found: list[tuple[int, str]], text: str):
    [problem] = page_problems("a.pdf", found, 9, 5000)
    assert str(trouble_of(problem)) == text
    assert trouble_of(problem).in_file("a.pdf") == f"{problem}."


def test_of_a_whole_file_reason_and_advice_are_a_sentence_and_its_name_stands_before_them():
    trouble = trouble_of(file_problem("a.pdf", "too many pages", 3000))
    assert str(trouble) == "The PDF has more than 3000 pages; split it and add the parts."
    assert trouble.in_file("a.pdf") == "a.pdf: the PDF has more than 3000 pages; split it and add the parts."


@pytest.mark.usefixtures("shouting")
def test_limits_and_runs_are_put_into_what_the_catalogue_has():
    [problem] = page_problems("a.pdf", [(4, "too large"), (5, "too large")], 9, 5000)
    assert trouble_of(problem).reason == "THE PAGE IS LARGER THAN 5000 POINTS ON A SIDE (pages 4 to 5)"
    assert trouble_of(problem).advice == "CHECK THE PAGE; ITS TEXT WAS LEFT OUT"


@pytest.mark.usefixtures("shouting")
def test_all_that_readers_of_pdfs_say_is_in_the_catalogue():
    problems = [file_problem("a.pdf", name, 7) for name in FILE]
    problems += [page_problems("a.pdf", [(1, name)], 4, 7)[0] for name in PAGE]
    assert len(problems) > 10
    for trouble in map(trouble_of, problems):
        assert (trouble.reason, trouble.advice) == (trouble.reason.upper(), trouble.advice.upper())


@pytest.mark.usefixtures("shouting")
def test_all_that_the_recognition_of_text_says_is_in_the_catalogue_around_the_words_of_its_program():
    texts = [(reason.format(limit=7, words="Error 7: no (image)"), advice) for reason, advice in RECOGNITION.values()]
    for trouble in (trouble_of(Problem("a.pdf", 1, *text)) for text in texts):
        reason = trouble.reason.replace("Error 7: no (image)", "")
        assert (reason, trouble.advice) == (reason.upper(), trouble.advice.upper())
    failed = RECOGNITION["failed"][0].format(words="Error 7: no (image)")
    shown = trouble_of(Problem("a.pdf", 1, failed, "?")).reason
    assert shown == "ITS TEXT COULD NOT BE RECOGNISED (TESSERACT FAILED: Error 7: no (image))"


@pytest.mark.usefixtures("shouting")
def test_what_no_catalogue_has_stands_as_it_is_whatever_is_in_it():
    problem = Problem("a.docx", None, "is odd {limit} {0} (7 of 8)", "look at {file}")
    assert str(trouble_of(problem)) == "Is odd {limit} {0} (7 of 8); look at {file}."
