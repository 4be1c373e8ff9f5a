"""Text of pages that are pictures, by the real Tesseract: words, places, what fails, what is kept and what is left."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import psutil
import pytest
import scans

from corpus import archive, readers
from corpus.catalogue import load
from corpus.library import IntakeOutcome, Library
from corpus.readers import FileReading
from corpus.recognition import Recognition, RecognitionError, advice, missing, named, pictures
from corpus.types import Block, BlockKind, Document, Page, Problem, Publication

LIMITS = {"seconds": 60.0, "memory_mib": 2048}
WORDS = Publication(id="words", title="Words")
FERRY = (
    "Ferry crews who know the three warning signs",
    "reported eleven cases in one summer, and each",
    "was followed up by the harbour office.",
)
WINTER = ("In winter the harbour is closed, and the crews", "are trained for ninety minutes.")
LINES = {
    "en": ("Victims should not be punished for unlawful", "acts that they were compelled to commit in 2016."),
    "fr": ("Les victimes ne devraient pas être punies pour", "des actes illégaux commis sous la contrainte en 2016."),
    "es": ("Las víctimas no deberían ser sancionadas por", "actos ilícitos cometidos bajo coacción en 2016."),
    "ru": ("Жертвы не должны подвергаться наказанию за", "деяния, совершённые по принуждению в 2016 году."),
    "ar": ("لا ينبغي معاقبة ضحايا الاتجار بالأشخاص على الأفعال", "غير المشروعة التي ارتكبوها في عام 2016"),
    "zh": ("不应因人口贩运受害者被迫实施的", "违法行为而对其进行惩罚"),
}
WANTED = {  # words of those lines that must be read letter by letter
    "en": ("Victims should not be punished", "compelled to commit in 2016"),
    "fr": ("victimes ne devraient pas être punies", "actes illégaux commis", "2016"),
    "es": ("víctimas no deberían ser sancionadas", "actos ilícitos cometidos", "2016"),
    "ru": ("не должны подвергаться наказанию", "по принуждению в 2016"),
    "ar": ("معاقبة ضحايا الاتجار بالأشخاص", "2016"),
    "zh": ("人口贩运受害者", "违法行为"),
}

pytestmark = scans.needs_tesseract


def recognised(file: Path, folder: Path, languages: str = "en") -> FileReading:
    """A file, read with all that can be recognised of it; its copy goes into `folder`."""
    work = Recognition(file, readers.read(file, WORDS).problems, named(languages))
    assert list(work.pages()) == list(range(1, len(work.numbers) + 1))
    folder.mkdir(exist_ok=True)
    return work.reading(WORDS, folder, **LIMITS)


@pytest.mark.parametrize("language", LINES)
def test_a_clean_scan_is_read_in_each_of_the_six_languages(language: str, tmp_path: Path):
    scans.needs(language)
    file = scans.scan(tmp_path / "scan.pdf", LINES[language], language=language)
    reading = recognised(file, tmp_path / "layer", language)
    text = " ".join(reading.document.text.split())
    if language == "zh":
        text = text.replace(" ", "")
    assert [words for words in WANTED[language] if words not in text] == []
    assert reading.problems == () and reading.metadata.language == language
    assert [page.recognised for page in reading.document.pages] == [True]


def test_the_box_of_a_quote_lies_where_its_words_were_drawn(tmp_path: Path):
    file = scans.scan(tmp_path / "scan.pdf", FERRY)
    reading = recognised(file, tmp_path / "layer")
    document, words = reading.document, "eleven cases"
    start = document.text.index(words)
    (box,) = readers.boxes(reading.layer, 1, document.raw[start : start + len(words)])
    left = scans.LEFT + scans.width_of("reported ")
    top = scans.TOP + scans.LEADING  # the second line
    assert box.left == pytest.approx(left, abs=3) and box.right == pytest.approx(left + scans.width_of(words), abs=3)
    assert top - 2 < box.top < top + 5 and top + 9 < box.bottom < top + scans.LEADING
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((scans.WIDTH, scans.HEIGHT), abs=0.3)


def test_of_a_mixed_file_only_the_pictures_are_recognised(tmp_path: Path):
    real = ("Lindwall harbour plan", "No pilot is paid to look away: O0 l1 rn m.")
    file = scans.scan(tmp_path / "mixed.pdf", FERRY, WINTER, text=real)
    before = readers.read(file, WORDS)
    assert pictures(before.problems) == (2, 3)
    reading = recognised(file, tmp_path / "layer")
    first = reading.document.pages[0]
    assert reading.document.text[first.start : first.end].rstrip() == before.document.text.rstrip()
    assert [page.recognised for page in reading.document.pages] == [False, True, True]
    assert "ninety minutes" in reading.document.text and reading.problems == ()
    assert reading.document.recognised(0, first.end) is False and reading.document.recognised(0, first.end + 5) is True


def test_a_page_that_fails_is_named_and_the_others_are_read(tmp_path: Path):
    file = scans.scan(tmp_path / "scan.pdf", FERRY, WINTER)
    unknown = Problem(file.name, 1, "a picture", "look", pictures=3)  # there is no third page
    work = Recognition(file, [unknown], ("eng",))
    assert list(work.pages()) == [1, 2, 3]
    (tmp_path / "layer").mkdir()
    reading = work.reading(WORDS, tmp_path / "layer", **LIMITS)
    assert "harbour office" in reading.document.text and "ninety minutes" in reading.document.text
    assert [str(problem).split(";")[0] for problem in reading.problems] == [
        "scan.pdf, page 3: its text could not be recognised (it is damaged or too large)"
    ]


def test_a_picture_without_words_says_so(tmp_path: Path):
    reading = recognised(scans.scan(tmp_path / "scan.pdf", ()), tmp_path / "layer")
    assert reading.document is None and reading.layer is None
    assert str(reading.problems[0]).startswith("scan.pdf: no words were recognised in its pictures")


def test_stopped_it_ends_its_programs_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    file = scans.scan(tmp_path / "scan.pdf", *([FERRY] * 6))
    library = Library(tmp_path / "home", load())

    def stopped(file: Path, reading: FileReading, publication: Publication, folder: Path) -> FileReading:
        pages = Recognition(file, reading.problems, ("eng",)).pages()
        assert next(pages) == 1
        pages.close()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(library.add([file], recognise=stopped))
    running = [process.name() for process in psutil.Process().children(recursive=True)]
    assert "tesseract" not in running
    assert library.store.records() == () and list((tmp_path / "temporary").iterdir()) == []
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file() and path.suffix in (".pdf", ".npz")] == []


# --- what is kept ---


def whole(file: Path, reading: FileReading, publication: Publication, folder: Path) -> FileReading:
    """Recognises all that can be."""
    work = Recognition(file, reading.problems, ("eng",))
    list(work.pages())
    return work.reading(publication, folder, **LIMITS)


def test_the_original_is_kept_as_it_came_and_the_copy_that_was_read_beside_it(tmp_path: Path):
    file = scans.scan(tmp_path / "scan.pdf", FERRY)
    library = Library(tmp_path / "home", load())
    (added,) = library.add([file], recognise=whole)
    id = added.publication.id
    assert added.recognised == 1 and library.original(id).read_bytes() == file.read_bytes()
    again = Library(tmp_path / "home", load())
    assert [page.recognised for page in again.document(id).pages] == [True]
    assert again.layer(id).parent.name == id and again.show(id).listed.recognised == 1
    again.remove(id)
    assert again.layer(id) is None and list((tmp_path / "home" / "documents").iterdir()) == []


def test_a_file_that_is_here_without_its_pictures_is_read_again_with_them(tmp_path: Path):
    file = scans.scan(tmp_path / "mixed.pdf", FERRY, text=WINTER)
    library = Library(tmp_path / "home", load())
    (first,) = library.add([file])
    (second,) = library.add([file], recognise=whole)
    (third,) = library.add([file], recognise=whole)
    assert [first.outcome, second.outcome] == [IntakeOutcome.ADDED, IntakeOutcome.REPLACED]
    assert third.outcome is IntakeOutcome.ALREADY and third.recognised == 1
    assert second.publication.id == first.publication.id and len(library.store.records()) == 1
    assert "harbour office" in library.document(first.publication.id).text


def test_a_document_without_pictures_is_written_as_before(tmp_path: Path):
    pages = (Page(1, None, 0, 5, 100.0, 100.0), Page(2, "2", 5, 11, 100.0, 100.0, recognised=True))
    blocks = (Block(BlockKind.PARAGRAPH, 0, 11),)
    path = archive.write(Document(WORDS, "Real. Read.", pages, blocks, np.arange(11, dtype=np.int32)), tmp_path)
    with np.load(path) as arrays:
        written = json.loads(arrays["pages"].tobytes())
    assert written == [[1, None, 0, 5, 100.0, 100.0], [2, "2", 5, 11, 100.0, 100.0, True]]
    assert archive.read(path, WORDS).pages == pages


# --- what is missing ---


def fake_tesseract(folder: Path, *languages: str) -> None:
    """A program that knows these languages."""
    listed = "\\n".join(("List of available languages:", *languages))
    (folder / "tesseract").write_text(f'#!/bin/sh\nprintf "{listed}\\n"\n')
    (folder / "tesseract").chmod(0o755)


def test_a_missing_program_or_language_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    scan = Problem("scan.pdf", 1, "a picture", "look", pictures=1)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "`sudo apt-get install tesseract-ocr tesseract-ocr-fra`" in missing(named("en+fr"))
    assert advice([scan]).startswith("tesseract is not installed here: `sudo apt-get install tesseract-ocr`")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    fake_tesseract(tmp_path, "eng", "osd")
    assert missing(named("en")) == "" and "`sudo apt-get install tesseract-ocr-chi-sim`" in missing(named("zh"))
    assert advice([scan]).startswith("`icat add --recognise en FILE`") and advice([]) == ""
    with pytest.raises(RecognitionError, match="tesseract-ocr-rus"):
        Recognition(tmp_path / "scan.pdf", [scan], named("ru"))


@pytest.mark.parametrize(
    ("typed", "languages"),
    [("fr", ("fra",)), ("EN+zh", ("eng", "chi_sim")), ("deu, en", ("deu", "eng")), ("", ("eng",)), ("en+en", ("eng",))],
)
def test_languages_are_named_by_two_letters_or_as_tesseract_does(typed: str, languages: tuple[str, ...]):
    assert named(typed) == languages


@pytest.mark.parametrize("typed", ["scan.pdf", "../eng", "-c", "english"])
def test_what_is_no_language_is_refused(typed: str):
    with pytest.raises(RecognitionError, match="is no language to recognise"):
        named(typed)
