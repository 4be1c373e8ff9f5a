"""What the server answers to the Library view, over a real library: reading, adding, removing, and who may."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import library_files
import psutil
import pytest
import scans
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.app.channel import Channel
from assistant.app.library import uploads
from assistant.app.library.adding import FOLDER, AddingHandlers
from assistant.app.library.handlers import LibraryHandlers
from assistant.app.library.indexing import Indexing
from assistant.app.library.layout import library_view
from assistant.app.library.uploads import MOST_WAITING, file_name
from assistant.door.visitor import STRANGER, Visitor
from assistant.settings import Settings
from assistant.texts.catalogue import catalogue_of, spoken
from corpus.catalogue import load
from corpus.errors import IcatError
from corpus.library import Library
from corpus.listing import in_other_languages
from index.build import Progress

DIGEST = "digest-toolkit"
HERE = Visitor(local=True)
ELSEWHERE = "Publications are added and removed by people at the computer that runs this page only."
LOST = "This file is no longer waiting here; choose it again."
NO_DATE = "The date is no year, and no year and month: write 2016 or 2016-10."
LOOP = "http://127.0.0.1"
RECOGNISED = (
    ("Ferry crews who know the three warning signs", "reported eleven cases in one summer."),
    ("In winter the harbour is closed, and the crews", "are trained for ninety minutes."),
)


@dataclass
class Desk:
    """The view as a browser has it: the channel, and the two addresses beside it."""

    library: Library
    channel: Channel
    web: TestClient
    builds: list[int]  # one for each build of the index that was asked for
    indexing: Indexing

    def asks(self, name: str, visitor: Visitor = HERE, **sent: object) -> dict[str, Any]:
        return list(self.channel.steps(name, sent, visitor))[-1]

    def sends(self, file: Path) -> dict[str, Any]:
        return self.web.put("/library/upload", params={"name": file.name}, content=file.read_bytes()).json()

    def examines(self, file: Path) -> dict[str, Any]:
        """The step that a file which was sent leads to, with its token."""
        token = self.sends(file)["token"]
        return {"token": token, **self.asks("examine", token=token)}

    def adds(self, file: Path, **corrections: object) -> str:
        """The id of the publication that a file became."""
        examined = self.examines(file)
        fields = dict(re.findall(r'name="(title|date)" value="([^"]*)"', examined["html"]))
        language = re.search(r'value="(\w*)" selected', examined["html"])[1]
        added = self.asks("add", token=examined["token"], **{**fields, "language": language, **corrections})
        return added["id"]


def desk_over(home: Path, anyone_adds: bool = False, build: Callable[..., object] = lambda tell: None) -> Desk:
    library, builds = Library(home, load()), []
    indexing = Indexing(lambda tell: builds.append(1) or build(tell))
    settings = Settings(home=home, anyone_adds=anyone_adds)
    view = library_view(LibraryHandlers(library, indexing), AddingHandlers(library, settings, indexing))
    web = TestClient(Starlette(routes=[Mount("/library", routes=view.routes)]), LOOP, client=("127.0.0.1", 50000))
    return Desk(library, Channel(view.handlers), web, builds, indexing)


@pytest.fixture()
def desk(tmp_path: Path) -> Desk:
    return desk_over(tmp_path / "home")


@pytest.fixture()
def ferries(tmp_path: Path) -> Path:
    return library_files.report(tmp_path / "ferries.pdf", library_files.FERRY, library_files.WINTER)


@pytest.fixture()
def winter(tmp_path: Path) -> Path:
    return library_files.report(tmp_path / "winter.pdf", library_files.WINTER)


def rows(desk: Desk) -> dict[str, str]:
    """The HTML of each row of the list, by the id of its publication."""
    return dict(re.findall(r'<li data-publication="([^"]+)"(.*?)</li>(?=<li data-|</ul>$)', desk.asks("list")["html"]))


# --- the list ---


def test_the_list_says_of_each_whose_words_it_is_and_what_is_here(desk: Desk):
    step, shown = desk.asks("list"), rows(desk)
    found = [one.publication for one in desk.library.publications()]
    assert len(shown) == len(found) - len(in_other_languages(found, "en"))
    assert "digest only" in shown["toolkit"] and f"#library-read-{DIGEST}/1" in shown["toolkit"]
    assert "this project&#x27;s digest" in shown["toolkit"]
    assert "this project&#x27;s own" in shown["glossary"] and "Remove" not in shown["glossary"]
    assert step["holds"].startswith("Here: 8 digests by this project and 240 other texts of this project.")
    assert ["en", "English"] in [list(pair) for pair in step["languages"]]


def test_two_files_of_one_title_are_both_kept_and_told_apart_by_their_names(desk: Desk, ferries: Path, winter: Path):
    first, second = desk.adds(ferries), desk.adds(winter)
    assert first != second
    shown = rows(desk)
    assert "file ferries.pdf" in shown[first] and "2 pages" in shown[first] and "added by you" in shown[first]
    assert "file winter.pdf" in shown[second] and "1 page" in shown[second]
    assert "Here: 2 publications added by you," in desk.asks("list")["holds"]


def test_pages_without_text_are_named_in_the_list_and_where_they_are_read(desk: Desk, tmp_path: Path):
    id = desk.adds(library_files.half_scanned(tmp_path / "half.pdf"))
    assert "1 problem<" in rows(desk)[id]
    assert "Page 2: no text layer, only a picture or a scan; have its text recognised (OCR)" in rows(desk)[id]
    page = desk.asks("open", id=id, number=2)
    assert "Page 2: no text layer" in page["text"] and page["image"]
    (desk.library.original(id)).unlink()
    assert "its file is no longer here" in rows(desk)[id].casefold()
    assert desk.asks("open", id=id, number=1)["image"] == ""


# --- reading ---


def test_a_page_comes_with_its_text_its_image_and_the_words_marked_on_both(desk: Desk, ferries: Path):
    id = desk.adds(ferries)
    page = desk.asks("open", id=id, number=2, words="eleven  HARBOURS")
    assert (page["number"], page["total"], page["what"]) == (2, 2, "page")
    assert "the office visited <mark>eleven harbours</mark> and spoke" in page["text"]
    assert library_files.FERRY not in page["text"]
    assert page["image"] and page["file"] == "Open the PDF"
    across, down = page["mark"]
    assert 0 < across < 1 and 0 < down < 0.25  # near the top of its page
    assert desk.asks("open", id=id, number=1)["mark"] is None
    assert desk.asks("open", id=id, number=99)["number"] == 2


def test_a_text_of_the_project_is_read_by_its_sections(desk: Desk):
    section = desk.asks("open", id=DIGEST, number=2)
    assert (section["what"], section["name"], section["image"], section["file"]) == ("section", "Structure", "", "")
    assert '<h4 dir="auto">Structure</h4>' in section["text"]
    assert "Written for this project" in section["head"]


def test_a_search_lists_page_and_line_and_says_when_there_is_nothing(desk: Desk, ferries: Path):
    id = desk.adds(ferries)
    found = desk.asks("seek", id=id, words="crews")
    assert found["said"] == "3 matches"  # two in the sentence on ferries, one in that on winter
    assert re.findall(r'value="(\d+)"', found["html"]) == ["1", "1", "2"]
    assert "Ferry <mark>crews</mark> who were shown" in found["html"]
    assert desk.asks("seek", id=id, words="submarine")["said"].startswith("Not found in this publication.")


def test_markup_in_a_file_and_in_its_name_stays_text(desk: Desk, tmp_path: Path):
    file = tmp_path / "<img src=x>.md"
    file.write_text("# Notes <b>bold</b>\n\nA `<script>alert(1)</script>` stands here, and more words.", "utf-8")
    id = desk.adds(file)
    assert "<script" not in desk.asks("open", id=id)["text"]
    assert "<img" not in rows(desk)[id] and "&lt;img src=x&gt;.md" in rows(desk)[id]


def test_a_pdf_opens_in_the_browser_and_what_could_run_there_is_saved(desk: Desk, ferries: Path, tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>A page of a site</h1><p>It has some words.</p></body></html>", "utf-8")
    pdf, html = (desk.web.get(f"/library/original/{desk.adds(file)}") for file in (ferries, page))
    assert pdf.content == ferries.read_bytes() and pdf.headers["content-disposition"].startswith("inline")
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-disposition"].startswith("attachment")
    assert desk.web.get("/library/original/nothing").status_code == 404


# --- adding ---


def test_a_file_is_understood_before_it_is_added_and_waits_nowhere_afterwards(desk: Desk, ferries: Path):
    examined = desk.examines(ferries)
    assert "2 pages, 3 headings, nothing for the Toolkit" in examined["html"]
    assert f'value="{library_files.TITLE}"' in examined["html"]
    assert '<option value="en" selected>English' in examined["html"]
    assert desk.library.store.publications() == ()
    added = desk.asks("add", token=examined["token"], title=library_files.TITLE, language="en")
    assert added["text"] == f"“{library_files.TITLE}” is in the library."
    assert desk.indexing.wait(10) and desk.builds == [1]
    assert [*(desk.library.store.home / FOLDER).iterdir()] == []


def test_title_date_and_language_are_kept_as_corrected(desk: Desk, ferries: Path):
    id = desk.adds(ferries, title="Ferries  in winter", date="2019-03", language="fr")
    known = desk.library.publication(id)
    assert (known.title, known.date_label, known.languages) == ("Ferries in winter", "2019-03", ("fr",))
    assert known.published[0].source == "whoever added it"


def test_a_date_that_is_none_is_asked_for_again_and_the_file_still_waits(desk: Desk, winter: Path):
    token = desk.examines(winter)["token"]
    for date in ("March 2019", "2019-13", "19"):
        assert desk.asks("add", token=token, title="W", date=date, language="en")["text"] == NO_DATE
    assert desk.asks("add", token=token, title="W", date="2019", language="en")["id"] == "w"


def test_what_the_catalogue_knows_takes_the_place_of_its_digest_unless_it_is_another(desk: Desk, tmp_path: Path):
    title = desk.library.publication("toolkit").title
    file = tmp_path / "t.html"
    file.write_text(f"<html><body><h1>{title}</h1><p>It begins with these words.</p></body></html>", "utf-8")
    examined = desk.examines(file)
    assert "This is ICAT's" in examined["html"]
    assert desk.asks("add", token=examined["token"], title="My copy", language="en")["id"] == "toolkit"
    assert "original here, and a digest" in rows(desk)["toolkit"]
    desk.asks("remove", id="toolkit")
    again = desk.examines(file)
    assert desk.asks("add", token=again["token"], title="My copy", language="en", own=True)["id"] == "my-copy"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (library_files.locked, "file.pdf: the file is locked with a password; "),
        (lambda path: path.write_bytes(b""), "file.pdf: is empty; get it again."),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "file.pdf: is an image; "),
    ],
)
def test_a_file_without_text_is_refused_in_one_line_that_names_it_and_is_gone(desk: Desk, tmp_path: Path, made, why):
    file = tmp_path / "file.pdf"
    made(file)
    refused = desk.examines(file)
    assert refused["step"] == "failed" and refused["text"].startswith(why) and "\n" not in refused["text"]
    assert [*(desk.library.store.home / FOLDER).iterdir()] == []


def test_a_scan_is_told_which_package_makes_text_of_it(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = library_files.scan(tmp_path / "scan.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = desk.examines(file)
    assert refused["step"] == "failed" and "\n" not in refused["text"]
    assert refused["text"].startswith("scan.pdf, page 1: no text layer, only a picture or a scan; ")
    assert [*(desk.library.store.home / FOLDER).iterdir()] == []
    assert "tesseract is not installed here: `sudo apt-get install tesseract-ocr`" in refused["text"]


@scans.needs_tesseract
def test_a_scan_is_recognised_page_by_page_then_added_and_says_so_where_it_is_read(desk: Desk, tmp_path: Path):
    file = scans.scan(tmp_path / "scan.pdf", *RECOGNISED)
    examined = desk.examines(file)
    assert "Pages 1–2 are pictures: their text can be recognised." in examined["html"]
    assert '<option value="en" selected>English' in examined["html"] and "Add to the library" not in examined["html"]
    sent = {"token": examined["token"], "language": "en"}
    *steps, last = desk.channel.steps("recognise", sent, HERE)
    assert list(dict.fromkeys((step["done"], step["total"]) for step in steps)) == [(0, 2), (1, 2), (2, 2)]
    assert "text of 2 pages recognised from pictures" in last["html"] and "are pictures" not in last["html"]
    id = desk.asks("add", token=examined["token"], title="Harbour rules", language="en")["id"]
    assert desk.library.original(id).read_bytes() == file.read_bytes()
    assert "text of 2 pages recognised from pictures" in rows(desk)[id]
    opened = desk.asks("open", id=id, number=2, words="ninety minutes")
    assert "<mark>ninety minutes</mark>" in opened["text"]
    assert opened["text"].index("recognised from a picture of the page") < opened["text"].index("<mark>")
    left, top = opened["mark"]  # in the middle of the words, as they were drawn in the second line
    middle = scans.LEFT + scans.width_of("are trained for ") + scans.width_of("ninety minutes") / 2
    assert left * scans.WIDTH == pytest.approx(middle, abs=4)
    assert top * scans.HEIGHT == pytest.approx(scans.TOP + scans.LEADING + 7, abs=5)
    assert [*(desk.library.store.home / FOLDER).iterdir()] == []


@scans.needs_tesseract
def test_a_language_that_is_not_here_names_its_package_and_the_file_waits(desk: Desk, tmp_path: Path):
    token = desk.examines(scans.scan(tmp_path / "scan.pdf", *RECOGNISED))["token"]
    refused = desk.asks("recognise", token=token, language="xyz")
    assert refused["step"] == "failed" and "`sudo apt-get install tesseract-ocr-xyz`" in refused["text"]
    assert "Add to the library" in desk.asks("recognise", token=token, language="en")["html"]


@scans.needs_tesseract
def test_recognition_that_the_page_ends_adds_nothing_and_can_be_begun_again(desk: Desk, tmp_path: Path):
    token = desk.examines(scans.scan(tmp_path / "scan.pdf", *RECOGNISED))["token"]
    steps = desk.channel.steps("recognise", {"token": token, "language": "en"}, HERE)
    assert next(steps)["done"] == 0
    steps.close()
    assert desk.library.store.records() == ()
    assert "Add to the library" in desk.asks("recognise", token=token, language="en")["html"]
    assert desk.asks("recognise", STRANGER, token=token, language="en")["text"] == ELSEWHERE


def test_recognition_that_the_page_ends_stops_the_program_in_the_middle_of_a_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\ncase $1 in --list-langs) printf "Languages:\\neng\\n";; *) exec sleep 30;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    token = desk.examines(scans.scan(tmp_path / "scan.pdf", *RECOGNISED))["token"]
    steps = desk.channel.steps("recognise", {"token": token, "language": "en"}, HERE)
    assert [next(steps)["done"] for _ in range(3)] == [0, 0, 0]
    begun = time.monotonic()
    steps.close()
    assert time.monotonic() - begun < 10
    assert "sleep" not in [process.name() for process in psutil.Process().children(recursive=True)]


@scans.needs_tesseract
def test_a_file_of_the_readers_own_that_is_recognised_later_is_not_called_icats(desk: Desk, tmp_path: Path):
    text = ["Rules of the harbour", "A boat is seen by two people before it leaves."] * 8
    half = scans.scan(tmp_path / "half.pdf", RECOGNISED[0], text=text)
    id = desk.adds(half)
    token = desk.examines(half)["token"]
    html = desk.asks("recognise", token=token, language="en")["html"]
    assert "a file that you added" in html and "ICAT" not in html and 'name="own"' not in html
    assert desk.asks("add", token=token, title="Any", language="en")["id"] == id
    assert "text of 1 page recognised from pictures" in rows(desk)[id]


def test_the_same_file_is_not_taken_twice(desk: Desk, winter: Path):
    desk.adds(winter)
    assert desk.examines(winter)["text"] == f"winter.pdf: the same file is already here, as “{library_files.TITLE}”."


def test_a_file_that_is_too_large_is_refused_while_it_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch, winter: Path):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1000)
    told = desk.web.put("/library/upload?name=winter.pdf", content=winter.read_bytes())
    assert told.status_code == 413 and told.json()["text"].startswith("winter.pdf: it is larger than")
    untold = desk.web.put("/library/upload?name=winter.pdf", content=iter([b"x" * 600, b"x" * 600]))
    assert untold.status_code == 413
    folder = desk.library.store.home / FOLDER
    assert not folder.exists() or not [*folder.iterdir()]


def test_a_discarded_file_is_gone_and_so_is_the_one_that_waited_longest(desk: Desk, winter: Path):
    token = desk.sends(winter)["token"]
    desk.asks("discard", token=token)
    assert desk.asks("examine", token=token)["text"] == LOST
    tokens = [desk.sends(winter)["token"] for _ in range(MOST_WAITING + 1)]
    assert desk.asks("examine", token=tokens[0])["text"] == LOST
    assert "html" in desk.asks("examine", token=tokens[-1])


def test_what_waited_when_the_server_ended_is_swept(desk: Desk, winter: Path):
    desk.sends(winter)
    assert [*(desk.library.store.home / FOLDER).iterdir()]
    desk_over(desk.library.store.home)
    assert not (desk.library.store.home / FOLDER).exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\June.pdf", "June.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", "file"),
        ("é" * 300 + ".pdf", "é" * 98 + ".pdf"),  # 2 bytes each: 196 of 197, and 4,
    ],
)
def test_a_name_leads_to_no_other_folder_and_fits_the_file_system(sent: str, kept: str):
    assert file_name(sent) == kept


# --- removing ---


def test_what_is_removed_is_out_at_once_and_comes_back_whole(desk: Desk, ferries: Path):
    id = desk.adds(ferries)
    text, digest = desk.library.document(id).text, desk.library.document_sha256(id)
    assert "can be put back" in desk.asks("remove", id=id)["text"]
    assert id not in desk.library.in_force() and id not in rows(desk)
    assert f'data-lb="undo" value="{id}"' in desk.asks("list")["removed"]
    assert desk.asks("open", id=id)["step"] == "failed"
    assert desk.asks("undo", id=id)["text"] == f"“{library_files.TITLE}” is back."
    assert (desk.library.document(id).text, desk.library.document_sha256(id)) == (text, digest)
    assert desk.library.original(id).read_bytes() == ferries.read_bytes()
    assert desk.asks("list")["removed"] == ""


def test_a_dismissed_undo_and_a_new_server_delete_for_good(desk: Desk, ferries: Path, winter: Path):
    first, second = desk.adds(ferries), desk.adds(winter)
    for id in (first, second):
        desk.asks("remove", id=id)
    desk.asks("dismiss", id=first)
    assert desk.asks("undo", id=first)["step"] == "failed"
    originals = desk.library.store.home / "originals"
    assert len([*originals.iterdir()]) == 1
    again = desk_over(desk.library.store.home)
    assert again.asks("undo", id=second)["step"] == "failed"
    assert [*originals.iterdir()] == []


def test_a_text_of_the_project_cannot_be_removed(desk: Desk):
    assert desk.asks("remove", id="glossary")["step"] == "failed"
    assert "glossary" in desk.library.in_force()


# --- the index ---


def test_what_is_done_for_the_index_is_told_in_words(tmp_path: Path):
    steps = iter(("encoding", "storing", "done"))
    indexed, texts = None, []

    def build(tell: Callable[[Progress], None]) -> None:
        for step in steps:
            tell(Progress(step, 3, 10, 5, 1.0, None))
            work = indexed.asks("work")
            texts.append((work["text"], work["busy"], work["failed"], work["done"], work["total"]))

    indexed = desk_over(tmp_path, build=build)
    indexed.indexing.ask()
    assert indexed.indexing.wait(10)
    writing = ("writing the index", True, False, 3, 10)
    assert texts == [("reading the new passages", True, False, 3, 10), writing, writing]
    assert indexed.asks("work") == {"busy": False, "failed": False, "done": 0, "total": 0, "text": ""}


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (IcatError("the disk is full"), "the disk is full"),
        (
            KeyError("/secret/path"),
            "Something went wrong here (KeyError). The log of `icat serve` says more; try again.",
        ),
    ],
)
def test_why_the_index_could_not_follow_is_told_and_of_a_bug_its_kind_only(tmp_path: Path, error: Exception, text: str):
    def build(tell: object) -> None:
        raise error

    failing = desk_over(tmp_path, build=build)
    failing.indexing.ask()
    assert failing.indexing.wait(10)
    work = failing.asks("work")
    assert (work["busy"], work["failed"], work["text"]) == (False, True, text)


# --- languages ---


def test_a_file_that_is_refused_while_it_comes_is_refused_in_the_language_of_the_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 2**20)
    content = b"x" * (2**20 + 1)
    refused = desk.web.put("/library/upload?name=w.pdf", content=content, headers={"icat-language": "fr"})
    text = "{name}: it is larger than {size} MiB; split it, or save it anew as a smaller PDF."
    french = catalogue_of("fr").get(text).string.format(name="w.pdf", size=1)
    assert refused.json()["text"] == french != text.format(name="w.pdf", size=1)
    assert spoken() == "en"


# --- who may ---


def test_nobody_elsewhere_adds_or_removes_unless_the_settings_say_so(desk: Desk, winter: Path, tmp_path: Path):
    id = desk.adds(winter)
    assert desk.asks("offered", STRANGER) == {"allowed": False}
    assert desk.asks("remove", STRANGER, id=id)["text"] == ELSEWHERE
    assert desk.asks("open", STRANGER, id=id)["total"] == 1
    far = {"x-forwarded-for": "192.0.2.7"}
    assert desk.web.put("/library/upload?name=a.pdf", content=b"x", headers=far).status_code == 403
    assert (
        desk.web.put("/library/upload?name=a.pdf", content=b"x", headers={"host": "rebound.example"}).status_code == 403
    )
    shared = desk_over(tmp_path / "shared", anyone_adds=True)
    assert shared.asks("offered", STRANGER) == {"allowed": True}
    assert shared.web.put("/library/upload?name=a.pdf", content=b"x", headers=far).status_code == 200
