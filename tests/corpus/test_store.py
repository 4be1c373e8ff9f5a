"""The store: what was put comes back, a kill leaves the old or the new, nobody sees half of anything."""

import json
import os
import subprocess
import sys
import textwrap
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UnknownPublication
from corpus.store import Store, StoreError
from corpus.types import Block, BlockKind, Document, Page, Problem, Publication, Published


def made(publication_id: str, text: str, original: Path, **fields: object) -> Document:
    """A two-page document whose original holds its text."""
    original.write_text(text)
    half = len(text) // 2
    return Document(
        Publication(
            id=publication_id,
            title=f"On {publication_id}",
            sha256=sha256(text.encode()).hexdigest(),
            **fields,
        ),
        text,
        (Page(1, "ii", 0, half, 595.0, 842.0), Page(2, None, half, len(text), 842.0, 595.5)),
        (Block(BlockKind.HEADING, 0, 3, level=2), Block(BlockKind.ITEM, 4, len(text), level=1)),
        np.arange(len(text), dtype=np.int32),
    )


def names(home: Path) -> list[str]:
    """Every file of a home but the lock, relative."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_what_was_put_comes_back_whole_in_a_new_process(home: Path, tmp_path: Path):
    dates = (Published(year=2016, month=10, source="the document"), Published(year=2017, source="a list"))
    document = made("brief", "Où est-il ? Здесь. هنا 在这里 \U0001f310", tmp_path / "B.PDF", published=dates)
    problem = Problem("B.PDF", 2, "scanned", "run OCR")
    Store(home).put(document, tmp_path / "B.PDF", [problem])

    store = Store(home)
    back = store.document("brief")
    assert (back.publication, back.text) == (document.publication, document.text)
    assert (back.pages, back.blocks) == (document.pages, document.blocks)
    assert back.raw.dtype == np.int32 and back.raw.tolist() == document.raw.tolist()
    assert store.document_sha256("brief") == sha256(document.text.encode()).hexdigest()
    assert store.record("brief").problems == (problem,)
    assert store.publications() == (document.publication,)
    original = store.original("brief")
    assert original and original.read_text() == document.text
    assert original.name == document.publication.sha256 + ".pdf"


def test_a_document_without_blocks_comes_back_too(home: Path, tmp_path: Path):
    (tmp_path / "a.txt").write_text("x")
    digest = sha256(b"x").hexdigest()
    bare = Document(
        Publication(id="a", title="A", sha256=digest), "x", (Page(1, None, 0, 1),), (), np.zeros(1, np.int32)
    )
    store = Store(home)
    store.put(bare, tmp_path / "a.txt")
    assert store.document("a").blocks == ()


def test_a_new_version_replaces_text_and_original_even_for_a_store_opened_before(home: Path, tmp_path: Path):
    reader, writer = Store(home), Store(home)
    writer.put(made("law", "old words here", tmp_path / "law.txt"), tmp_path / "law.txt")
    assert reader.document("law").text == "old words here"
    writer.put(made("law", "new words here", tmp_path / "law.txt"), tmp_path / "law.txt")
    assert reader.document("law").text == "new words here"
    assert reader.document_sha256("law") == sha256(b"new words here").hexdigest()
    assert len(list((home / "originals").iterdir())) == 1
    assert len(list((home / "documents" / "law").iterdir())) == 2  # record and text


def test_an_original_that_two_publications_share_outlives_one_of_them(home: Path, tmp_path: Path):
    store = Store(home)
    for publication_id in ("one", "two"):
        store.put(made(publication_id, "same words", tmp_path / "f.txt"), tmp_path / "f.txt")
    store.remove("one")
    assert store.original("two").read_text() == "same words"
    store.remove("two")
    assert names(home) == ["store.json"]


def test_removing_leaves_nothing_and_unknown_ids_are_said(home: Path, tmp_path: Path):
    store = Store(home)
    store.put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    assert "law" in store
    store.remove("law")
    assert "law" not in store and store.original("law") is None
    assert names(home) == ["store.json"]
    for unknown in ("law", "never", "../law", ""):
        with pytest.raises(UnknownPublication):
            store.document(unknown)
        with pytest.raises(UnknownPublication):
            store.remove(unknown)


def test_a_file_that_changed_since_it_was_read_is_refused(home: Path, tmp_path: Path):
    document = made("law", "as it was read", tmp_path / "law.txt")
    (tmp_path / "law.txt").write_text("as it is now")
    store = Store(home)
    with pytest.raises(StoreError, match=r"law\.txt: the file changed"):
        store.put(document, tmp_path / "law.txt")
    assert names(home) == ["store.json"]


def test_another_format_is_refused_and_left_alone(home: Path):
    home.mkdir()
    (home / "store.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="has format 99, this version reads 1"):
        Store(home)
    (home / "store.json").write_text("not json")
    with pytest.raises(StoreError, match="damaged"):
        Store(home)


@pytest.mark.parametrize("victim", ["publication.json", "*.npz"])
def test_damage_is_named_with_what_mends_it(home: Path, tmp_path: Path, victim: str):
    Store(home).put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    (path,) = (home / "documents" / "law").glob(victim)
    path.write_bytes(path.read_bytes()[:60])
    store = Store(home)
    with pytest.raises(StoreError, match=r"icat remove law"):
        store.document("law")
    store.remove("law")
    assert names(home) == ["store.json"]


def test_a_second_writer_is_told_when_the_first_does_not_let_go(home, tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.store.LOCK_SECONDS", 0.01)
    first, second = Store(home), Store(home)
    document = made("law", "old words", tmp_path / "law.txt")
    with first.writing():
        (home / "staging" / "of-the-first").mkdir()
        with pytest.raises(StoreError, match="another icat is writing"):
            second.put(document, tmp_path / "law.txt")
        Store(home)  # opening to read does not wait, and does not sweep what the first is writing
        assert (home / "staging" / "of-the-first").exists()
        first.put(document, tmp_path / "law.txt")  # the holder itself may
    assert second.document("law").text == "old words"


KILLED = """
    import os, sys
    from pathlib import Path
    sys.path[:0] = [{repo!r}, {tests!r}]
    from test_store import made
    from corpus.store import Store

    home, folder, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    store = Store(home)
    document = made("law", "new words", folder / "new.txt")

    def counted(call):
        def run(*args):
            global steps
            if steps == 0:
                os._exit(9)
            steps -= 1
            return call(*args)
        return run

    os.replace, os.fsync, os.unlink = map(counted, (os.replace, os.fsync, os.unlink))
    store.put(document, folder / "new.txt")
"""


def test_killed_at_any_step_the_old_or_the_new_is_there_and_nothing_else(tmp_path: Path):
    here = Path(__file__).resolve()
    script = textwrap.dedent(KILLED).format(repo=str(here.parents[2]), tests=str(here.parent))
    seen = []
    for steps in range(40):
        home = tmp_path / f"home{steps}"
        Store(home).put(made("law", "old words", tmp_path / "old.txt"), tmp_path / "old.txt")
        command = [sys.executable, "-c", script, str(home), str(tmp_path), str(steps)]
        run = subprocess.run(command, check=False)
        store = Store(home)
        text = store.document("law").text
        assert text in ("old words", "new words")
        assert store.original("law").read_text() == text
        digest = sha256(text.encode()).hexdigest()
        text_file = store.record("law").document
        assert names(home) == [
            f"documents/law/{text_file}",
            "documents/law/publication.json",
            f"originals/{digest}.txt",
            "store.json",
        ]
        seen.append(text)
        if run.returncode == 0:
            break
        assert run.returncode == 9
    assert run.returncode == 0
    assert seen == sorted(seen, reverse=True)  # old … old, new … new: one step changes it
    assert seen[0] == "old words" and seen.count("new words") >= 2


def test_a_read_only_reader_needs_no_lock(home: Path, tmp_path: Path):
    Store(home).put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    with Store(home).writing():
        assert Store(home).document("law").text == "old words"


def test_the_record_is_plain_json_with_the_publication_in_it(home: Path, tmp_path: Path):
    Store(home).put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    record = json.loads((home / "documents" / "law" / "publication.json").read_text())
    assert record["publication"]["title"] == "On law"
    assert os.listdir(home / "staging") == []


# --- set aside ---


def test_what_is_set_aside_is_out_of_force_and_comes_back_whole(home: Path, tmp_path: Path):
    store = Store(home)
    store.put(made("law", "A law on work.", tmp_path / "law.txt"), tmp_path / "law.txt")
    before = names(home)
    store.set_aside("law")
    assert "law" not in store and store.publications() == () and store.original("law") is None
    assert [record.publication.id for record in Store(home).aside()] == ["law"]  # a sweep leaves it whole
    Store(home).restore("law")
    assert names(home) == before
    assert store.document("law").text == "A law on work."
    assert store.aside() == ()


def test_what_is_forgotten_leaves_nothing_and_neither_comes_back_nor_was_there_twice(home: Path, tmp_path: Path):
    store = Store(home)
    store.put(made("law", "A law on work.", tmp_path / "law.txt"), tmp_path / "law.txt")
    store.set_aside("law")
    store.forget("law")
    assert names(home) == ["store.json"]
    for act in (store.restore, store.forget, store.set_aside):
        with pytest.raises(UnknownPublication):
            act("law")


def test_another_file_in_its_place_ends_what_was_set_aside(home: Path, tmp_path: Path):
    store = Store(home)
    store.put(made("law", "A law on work.", tmp_path / "law.txt"), tmp_path / "law.txt")
    store.set_aside("law")
    store.put(made("law", "A newer law on work.", tmp_path / "new.txt"), tmp_path / "new.txt")
    assert store.aside() == () and len([*(home / "originals").iterdir()]) == 1
    assert store.record("law").file == "new.txt"
