"""What `icat doctor` finds on a sound folder, on damaged ones, and beside them; what it advises mends it."""

from __future__ import annotations

import json
import shlex
import sqlite3
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from local_server import LocalServer
from served_app import free_port

from assistant.cli import main
from assistant.operate import doctor
from assistant.operate.doctor import Finding, Need
from assistant.review.schema import FILE
from assistant.review.store import FOLDER
from assistant.settings import load_settings
from index import generations, manifest


def to_mend() -> list[Finding]:
    return [finding for finding in doctor.examine(load_settings()) if finding.need is Need.MEND]


def flip(path: Path) -> None:
    """One bit of a file, in its middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def generation(home: Path) -> Path:
    return generations.folder(home, manifest.read(home).generation)


def test_a_sound_folder_has_nothing_to_mend_and_a_line_for_each_thing(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("ok  ", "note")) for line in lines)
    assert [line for line in lines if "publications: 1 added, all as they were kept" in line]
    assert [line for line in lines if "  index: " in line and "passages of" in line]


def test_a_folder_that_is_not_there_yet_is_nothing_to_mend_and_is_not_made(home: Path):
    assert to_mend() == []
    assert not home.exists()


def test_damaged_files_of_the_index_are_named_and_the_command_that_is_named_mends_them(
    here: Path, capsys: pytest.CaptureFixture[str]
):
    for name in ("keywords/data.csc.index.npy", "passages.json"):
        flip(generation(here) / name)
    (generation(here) / "vectors.npy").unlink()
    *others, found = to_mend()
    assert (found.found, found.advice) == (
        f"{generation(here)}/vectors.npy is damaged or gone",
        "`icat index --rebuild`",
    )
    assert len(others) == 2
    assert main(["doctor", "--json"]) == 1
    assert [each["need"] for each in json.loads(capsys.readouterr().out)].count("mend") == 3
    assert main(["index", "--rebuild"]) == 0
    assert to_mend() == []


def test_a_passage_that_changed_in_chroma_is_found_by_its_digest(here: Path):
    with sqlite3.connect(generation(here) / "chroma" / "chroma.sqlite3") as sql:
        sql.execute("UPDATE embedding_metadata SET string_value = 'x' || string_value WHERE key = 'chroma:document'")
    (found,) = to_mend()
    assert "is not what was stored" in found.found and found.advice == "`icat index --rebuild`"


def test_a_manifest_that_is_none_is_named(here: Path):
    manifest.path(here).write_text("{")
    (found,) = to_mend()
    assert str(manifest.path(here)) in found.found and found.advice == "`icat index --rebuild`"


def test_a_damaged_text_is_read_again_from_its_original_by_the_command_that_is_named(here: Path):
    (text,) = (here / "documents").glob("*/*.npz")
    flip(text)
    (found,) = to_mend()
    assert found.found == f"visits-to-orchards: its text, {text}, is damaged or gone"
    icat, *command = shlex.split(found.advice.strip("`"))
    assert icat == "icat" and main(command) == 0
    assert to_mend() == []


def test_a_damaged_original_is_named_with_the_file_to_add_again(here: Path):
    (original,) = (here / "originals").iterdir()
    flip(original)
    (found,) = to_mend()
    assert str(original) in found.found
    assert found.advice == "`icat add --as visits-to-orchards FILE` with orchards.md"


def test_a_damaged_file_of_reviews_is_named(here: Path):
    file = here / FOLDER / FILE
    file.parent.mkdir()
    file.write_bytes(b"SQLite format 3\0" + bytes(5000))
    (found,) = to_mend()
    assert found.subject == "reviews" and str(file) in found.found


class Listing(BaseHTTPRequestHandler):
    """A model server that wants a key."""

    part: LocalServer

    def do_GET(self) -> None:
        self.send_error(401)

    def log_message(self, *arguments: object) -> None:
        pass


def test_servers_that_do_not_answer_are_named_and_one_that_wants_a_key_does(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    nowhere = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("ICAT_CHROMA", nowhere)
    monkeypatch.setenv("ICAT_MODEL_NAME", "some")
    monkeypatch.setenv("ICAT_MODEL_BASE_URL", f"{nowhere}/v1")
    found = {finding.subject: finding for finding in to_mend()}
    assert set(found) == {"language model", "Chroma server"}
    assert nowhere in found["Chroma server"].found and "ICAT_MODEL_BASE_URL" in found["language model"].advice
    with LocalServer(Listing, "part") as server:
        monkeypatch.setenv("ICAT_MODEL_BASE_URL", f"http://127.0.0.1:{server.port}/v1")
        assert [finding.subject for finding in to_mend()] == ["Chroma server"]


def test_no_key_is_shown(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    nowhere = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("ICAT_CHROMA", nowhere.replace("//", "//ana:secret-word@"))
    monkeypatch.setenv("ICAT_MODEL_NAME", "some")
    monkeypatch.setenv("ICAT_MODEL_BASE_URL", f"{nowhere}/v1")
    monkeypatch.setenv("ICAT_MODEL_KEY", "secret-word")
    assert main(["doctor"]) == 1
    assert "secret-word" not in "".join(capsys.readouterr())
