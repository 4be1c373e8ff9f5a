"""Copies of a data folder: the same answer out of one, what is refused, and that nothing is ever lost by it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import BackupError
from assistant.operate.backup import CONTENTS, back_up, restore
from assistant.review.store import ReviewStore
from corpus.store import Store
from index import generations
from index.generations import BuildRunning

QUESTION = "When is an orchard visit announced to the pickers?"


@pytest.fixture()
def filled(home: Path) -> Path:
    """A small data folder."""
    Store(home)
    (home / "journal").mkdir()
    (home / "journal" / "feedback.jsonl").write_text('{"rating": "up"}\n')
    return home


@pytest.fixture()
def copy(filled: Path, tmp_path: Path) -> Path:
    back_up(filled, tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


def changed(copy: Path, members: dict[str, bytes | None]) -> Path:
    """The copy with other members: put in, replaced, or left out (None)."""
    target = copy.with_name("changed.zip")
    with zipfile.ZipFile(copy) as packed, zipfile.ZipFile(target, "w") as to:
        found = {name: packed.read(name) for name in packed.namelist()} | members
        for name, content in found.items():
            if content is not None:
                to.writestr(name, content)
    return target


def claimed(copy: Path, **values: object) -> bytes:
    """What a copy says of itself, with other values."""
    with zipfile.ZipFile(copy) as packed:
        return json.dumps(json.loads(packed.read(CONTENTS)) | values).encode()


def answered(capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    assert main(["ask", "--json", QUESTION]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_restored_folder_gives_the_same_answer_without_being_indexed(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = answered(capsys)
    assert main(["backup", str(tmp_path / "copy.zip")]) == 0
    monkeypatch.setenv("ICAT_HOME", str(tmp_path / "elsewhere"))
    assert main(["restore", str(tmp_path / "copy.zip")]) == 0
    built = (tmp_path / "elsewhere" / "index" / "manifest.json").read_bytes()
    assert answered(capsys)["statements"] == before["statements"]
    assert before["statements"][0]["quotes"][0]["publication"] == "visits-to-orchards"
    assert (tmp_path / "elsewhere" / "index" / "manifest.json").read_bytes() == built
    assert main(["doctor"]) == 0


def test_models_locks_and_unfinished_files_are_left_out(filled: Path, tmp_path: Path):
    for name in ("models/large.gguf", "staging/x/original", "uploads/a.pdf", "index/build.lock", "index/journal-1.bin"):
        (filled / name).parent.mkdir(parents=True, exist_ok=True)
        (filled / name).write_bytes(b"x")
    (filled / "elsewhere").symlink_to(tmp_path)
    assert set(back_up(filled, tmp_path / "copy.zip").files) == {"store.json", "journal/feedback.jsonl"}


def test_a_review_that_is_written_meanwhile_is_copied_as_of_one_moment(filled: Path, tmp_path: Path):
    store = ReviewStore(filled)
    with store.database.writing() as sql:
        sql.execute("INSERT INTO reviews (title, made, source, tags, seed) VALUES ('half', '', '', '[]', 0)")
        back_up(filled, tmp_path / "copy.zip")
    restore(tmp_path / "copy.zip", tmp_path / "elsewhere")
    assert ReviewStore(tmp_path / "elsewhere").reviews() == ()
    assert len(store.reviews()) == 1


def test_while_an_index_is_built_a_copy_is_refused_and_leaves_nothing(filled: Path, tmp_path: Path):
    with generations.alone(filled), pytest.raises(BuildRunning, match="wait until it ends"):
        back_up(filled, tmp_path / "copy.zip")
    assert list(tmp_path.glob("copy*")) == []


def test_a_file_that_is_there_or_lies_in_the_folder_is_not_written(filled: Path, copy: Path):
    for target, reason in ((copy, "is there already"), (filled / "copy.zip", "data folder itself")):
        with pytest.raises(BackupError, match=reason):
            back_up(filled, target)


def test_a_folder_with_something_in_it_is_kept_beside_and_only_replaced_when_told(filled: Path, copy: Path):
    (filled / "mine.txt").write_text("mine")
    with pytest.raises(BackupError, match="not empty; --replace"):
        restore(copy, filled)
    before = restore(copy, filled, replace=True)
    assert (before / "mine.txt").read_text() == "mine"
    assert not (filled / "mine.txt").exists() and (filled / "journal" / "feedback.jsonl").exists()


def test_an_empty_folder_is_filled(copy: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert restore(copy, tmp_path / "empty") is None
    assert (tmp_path / "empty" / "store.json").exists()


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside", "a\\..\\outside", "C:outside", "./a"])
def test_no_member_of_a_copy_is_written_outside_the_folder(copy: Path, tmp_path: Path, name: str):
    there = claimed(copy, files={"store.json": "0" * 64, name: "0" * 64})
    tampered = changed(copy, {CONTENTS: there, "journal/feedback.jsonl": None, name: b"x"})
    refused(tampered, tmp_path, "other files than it says")
    assert not list(tmp_path.rglob("*outside*"))


def test_what_is_no_copy_of_ours_or_is_damaged_is_refused_in_one_line(copy: Path, tmp_path: Path):
    (tmp_path / "text.zip").write_text("no zip")
    refused(tmp_path / "text.zip", tmp_path, "not a copy")
    refused(changed(copy, {CONTENTS: None}), tmp_path, "not a copy")
    refused(changed(copy, {"more": b"x"}), tmp_path, "other files than it says")
    refused(changed(copy, {"store.json": None}), tmp_path, "other files than it says")
    refused(changed(copy, {"store.json": b"{}"}), tmp_path, "store.json is damaged")
    refused(tmp_path / "none.zip", tmp_path, "No such file")


@pytest.mark.parametrize("other", [0, 2])
def test_an_older_or_newer_format_is_refused_with_the_version_that_made_it(copy: Path, tmp_path: Path, other: int):
    newer = changed(copy, {CONTENTS: claimed(copy, format=other, version="9.1", more="unknown")})
    refused(newer, tmp_path, f"made by version 9.1 in format {other}, this version reads 1")


def refused(source: Path, tmp_path: Path, reason: str) -> None:
    with pytest.raises(BackupError, match=reason) as error:
        restore(source, tmp_path / "new")
    assert "\n" not in str(error.value)
    assert list(tmp_path.glob("new*")) == []
