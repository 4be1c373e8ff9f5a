"""Files that nobody means well with, names and folders that are odd: one line each, limits that hold, no request."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from local_server import LocalServer
from odd_pdf import DRAWN, WORDS, packed_twice, pdf

from corpus import gather
from corpus.catalogue import load
from corpus.intake import IntakeOutcome
from corpus.library import Library
from corpus.readers import FileReading, read
from corpus.types import Problem, Publication, one_line

PAPER = Publication(id="file", title="File")
LIMITS = {"seconds": 30, "memory_mib": 300}


def reading(folder: Path, name: str, content: bytes) -> FileReading:
    (folder / name).write_bytes(content)
    return read(folder / name, PAPER, **LIMITS)


def line(folder: Path, name: str, content: bytes) -> str:
    """The one line that such a file gives in place of a document."""
    found = reading(folder, name, content)
    assert found.document is None
    (problem,) = found.problems
    assert "\n" not in str(problem)
    return str(problem)


# --- too much of something ---


def test_a_plain_file_of_these_bytes_is_read(tmp_path: Path):
    assert reading(tmp_path, "page.pdf", pdf()).document.text == WORDS


def test_a_stream_that_unpacks_to_more_than_the_memory_allowed_is_said_so(tmp_path: Path):
    bomb = pdf(packed_twice(400), b"[/FlateDecode/FlateDecode]")
    assert len(bomb) < 10_000
    found = line(tmp_path, "bomb.pdf", bomb)
    assert found.startswith("bomb.pdf: needs more than 300 MiB to read, or is damaged; allow more memory (ICAT_")


def test_more_pages_than_a_publication_has_are_refused_before_they_are_read(tmp_path: Path):
    found = line(tmp_path, "pages.pdf", pdf(pages=10_000))
    assert found == "pages.pdf: the PDF has more than 5000 pages; split it and add the parts"


def test_two_hundred_megabytes_after_the_end_of_a_file_or_of_nothing_known_do_no_harm(tmp_path: Path):
    for name, content in (("long.pdf", pdf()), ("long.bin", b"\x00\x01\x02")):
        (tmp_path / name).write_bytes(content)
        os.truncate(tmp_path / name, 200 << 20)
    assert read(tmp_path / "long.pdf", PAPER, **LIMITS).document.text == WORDS
    (problem,) = read(tmp_path / "long.bin", PAPER, **LIMITS).problems
    assert str(problem) == "long.bin: is 200 MiB of text or of an unknown kind; split it, or add the PDF"


@pytest.mark.parametrize("name", ["line.txt", "line.html"])
def test_a_line_of_a_million_characters_is_a_text_like_another(tmp_path: Path, name: str):
    text = "word " * 199_999 + "end."
    before, after = ("<html><body><p>", "</p></body></html>") if name.endswith("html") else ("", "")
    document = reading(tmp_path, name, f"{before}{text}{after}".encode()).document
    assert (len(document.text), document.text[-9:]) == (999_999, "word end.")


@pytest.mark.parametrize("depth", [250, 5000])
def test_elements_deep_inside_one_another_are_read_or_the_file_is_refused_never_half_of_it(tmp_path: Path, depth: int):
    page = f"<html><body><p>Before.</p>{'<div>' * depth}{WORDS}{'</div>' * depth}<p>After.</p></body></html>".encode()
    if depth == 250:
        assert reading(tmp_path, "deep.html", page).document.text == f"Before.\n\n{WORDS}\n\nAfter."
    else:
        wanted = "deep.html: has more elements inside one another than a page has; save it as PDF or plain text"
        assert line(tmp_path, "deep.html", page) == wanted


@pytest.mark.parametrize("depth", [60, 500])
def test_lists_deep_inside_one_another_are_read_or_the_file_is_refused(tmp_path: Path, depth: int):
    text = "".join(f"{'  ' * number}- item {number}\n" for number in range(depth)).encode()
    if depth == 60:
        found = reading(tmp_path, "deep.md", text).document.text.splitlines()
        assert found == [f"item {number}" for number in range(60)]
    else:
        wanted = "deep.md: has more lists or quotes inside one another than a text has; save it as plain text"
        assert line(tmp_path, "deep.md", text) == wanted


# --- archives that lie, and files that call home ---


def word_file(body: str, relations: str = "", **parts: bytes) -> bytes:
    """A Word document of one body, written by hand."""
    schema = "http://schemas.openxmlformats.org"
    kind = f"{schema}/officeDocument/2006/relationships"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    given = {
        "[Content_Types].xml": f'<Types xmlns="{schema}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{content}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schema}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{schema}/package/2006/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": body,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**given, **parts}.items():
            archive.writestr(name, text)
    return out.getvalue()


def body(inside: str, doctype: str = "") -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'


def test_an_archive_whose_directory_hides_how_large_a_part_is_is_refused(tmp_path: Path):
    content = word_file(body("<w:p><w:r><w:t>" + " " * (64 << 20) + "</w:t></w:r></w:p>"))
    size = struct.pack("<I", len(body("<w:p><w:r><w:t></w:t></w:r></w:p>")) + (64 << 20))
    assert content.count(size) == 2  # before the part, and in the directory
    found = line(tmp_path, "bomb.docx", content.replace(size, struct.pack("<I", 2000)))
    assert found.startswith("bomb.docx: is damaged")


def test_entities_that_multiply_are_not_multiplied(tmp_path: Path):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughing = body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>')
    found = reading(tmp_path, "laugh.docx", word_file(laughing))
    assert found.document is None or len(found.document.text) < 1000
    assert all(str(problem).startswith("laugh.docx: ") for problem in found.problems)


class Counting(LocalServer):
    """What documents would call; counts the calls."""

    def __init__(self) -> None:
        super().__init__(_Called, "counting")
        self.calls = 0


class _Called(BaseHTTPRequestHandler):
    counting: Counting

    def do_GET(self) -> None:
        self.counting.calls += 1
        self.send_error(404)

    do_POST = do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


def test_no_file_makes_a_request_or_reads_another_file(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret words")
    with Counting() as server:
        home = f"http://127.0.0.1:{server.port}"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        outside = "".join(
            f'<Relationship Id="rId{n}" Type="{kind}/{what}" TargetMode="External" Target="{target}"/>'
            for n, (what, target) in enumerate(
                [("attachedTemplate", f"{home}/t.dotm"), ("image", f"{home}/i.png"), ("frame", "file:///etc/passwd")], 2
            )
        )
        entity = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY y SYSTEM "{home}/y">]>'
        paragraph = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
        linked = reading(tmp_path, "linked.docx", word_file(body(paragraph), outside))
        assert linked.document.text == WORDS
        asking = body(f"{paragraph}<w:p><w:r><w:t>&x;&y;</w:t></w:r></w:p>", entity)
        asked = reading(tmp_path, "asks.docx", word_file(asking))
        page = reading(
            tmp_path,
            "page.html",
            f"<html><head><base href='{home}/'><link rel=stylesheet href='a.css'><script src='{home}/a.js'></script>"
            f"<meta http-equiv=refresh content='0;url={home}/'></head><body><img src='{home}/i.png'>"
            f"<iframe src='file:///etc/passwd'></iframe><p onclick='fetch(\"{home}\")'>{WORDS}</p>"
            "<script>document.write('written')</script></body></html>".encode(),
        )
        assert page.document.text == WORDS
        action = DRAWN + b"% /URI (http://127.0.0.1)"
        assert reading(tmp_path, "page.pdf", pdf(action)).document.text == WORDS
        assert server.calls == 0
    for found in (linked, asked, page):
        assert found.document is None or "secret" not in found.document.text


# --- names, folders, links ---


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines.pdf", "two?lines.pdf"),
        ("esc\x1b[31mape.pdf", "esc?[31mape.pdf"),
        ("annex\u202efdp.exe", "annex?fdp.exe"),
        ("half\udcff.pdf", "half?.pdf"),
        ("مرفق 1 – 附件.pdf", "مرفق 1 – 附件.pdf"),
        ("a" * 4000, "a" * 255 + "…"),
    ],
)
def test_the_name_of_a_file_is_shown_in_one_line_that_turns_nothing_around(name: str, shown: str):
    assert one_line(name) == shown
    assert str(Problem(name, None, "is empty", "get it again")) == f"{shown}: is empty; get it again"


@pytest.fixture()
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home", load(), starters=())


def test_files_with_odd_names_are_kept_and_none_takes_another_with_it(library: Library, tmp_path: Path):
    folder = tmp_path / "files"
    folder.mkdir()
    names = [b"two\nlines.txt", b"latin\xe9.txt", b"\x1b[31m.txt", b"up\\..\\up.txt", b"x" * 251 + b".txt"]
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(f"# Note {number}\n\nEvery State has a duty to prevent harm, {number}.")
    added = list(library.add([folder]))
    assert [one.outcome for one in added] == [IntakeOutcome.ADDED] * 5
    kept = {record.file for record in Library(tmp_path / "home", load(), starters=()).store.records()}
    assert kept == {"two?lines.txt", "latin?.txt", "?[31m.txt", "up\\..\\up.txt", "x" * 251 + ".txt"}
    assert {path.name for path in tmp_path.iterdir()} == {"files", "home"}


def test_paths_that_lead_nowhere_are_a_line_each(tmp_path: Path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    paths = [tmp_path / name for name in ("loop", "gone", "pipe", "b" * 4000)]
    assert [str(problem) for _, problem in gather.files(paths, tmp_path / "home")] == [
        "loop: no such file or folder; check the path",
        "gone: no such file or folder; check the path",
        "pipe: neither a file nor a folder; check the path",
        f"{'b' * 255}…: can't be opened (File name too long); check its name and its permissions",
    ]


def test_in_a_folder_no_link_to_a_folder_and_nothing_but_files_is_followed(tmp_path: Path):
    folder, other = tmp_path / "files", tmp_path / "other"
    for place in (folder, other, folder / "empty"):
        place.mkdir()
    (other / "far.txt").write_text("far")
    (folder / "near.txt").write_text("near")
    (folder / "link").symlink_to(other)
    (folder / "self").symlink_to(folder)
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    assert [(path.name, problem) for path, problem in gather.files([folder], tmp_path / "home")] == [("near.txt", None)]
    assert list(gather.files([folder / "empty"], tmp_path / "home")) == []


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may read all: as nobody, then."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no such permissions")
def test_a_folder_and_a_file_that_may_not_be_read_are_named_and_the_rest_is_taken(tmp_path: Path):
    folder = tmp_path / "files"
    (folder / "locked").mkdir(parents=True)
    (folder / "near.txt").write_text("near")
    for place in (*reversed(folder.parents), folder):  # pytest's own folders are their owner's only
        if place.stat().st_uid == os.getuid() and not place.stat().st_mode & 0o001:
            place.chmod(place.stat().st_mode | 0o055)
    (folder / "locked").chmod(0)
    with without_rights():
        found = [(path.name, str(problem)) for path, problem in gather.files([folder], tmp_path / "home")]
        alone = [str(problem) for _, problem in gather.files([folder / "locked"], tmp_path / "home")]
    (folder / "locked").chmod(0o755)
    refused = "locked: can't be opened (Permission denied); check its name and its permissions"
    assert found == [("near.txt", "None"), ("locked", refused)]
    assert alone == [refused]
