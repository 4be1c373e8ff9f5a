"""A store whose disk is full or may only be read: one line, what was there stays, and it goes on once there is room."""

import pytest
from test_store import made

from corpus.store import Store, StoreError


def test_on_a_full_disk_nothing_is_kept_nothing_is_lost_and_it_is_said(small_disk, tmp_path):
    home = small_disk.folder / "home"
    store = Store(home)
    store.put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    newer = made("law", "new words", tmp_path / "new.txt")
    small_disk.fill()
    with pytest.raises(StoreError, match=r"No space left on device; free some space or set ICAT_HOME"):
        store.put(newer, tmp_path / "new.txt")
    assert Store(home).document("law").text == "old words"
    small_disk.empty()
    store.put(newer, tmp_path / "new.txt")
    assert Store(home).document("law").text == "new words"
    assert len(list((home / "originals").iterdir())) == 1


def test_a_folder_that_may_only_be_read_is_read_and_says_so_when_written(small_disk, tmp_path):
    home = small_disk.folder / "home"
    Store(home).put(made("law", "old words", tmp_path / "law.txt"), tmp_path / "law.txt")
    small_disk.freeze()
    store = Store(home)
    assert store.document("law").text == "old words"
    for change in (store.remove, store.set_aside):
        with pytest.raises(StoreError, match=r"Read-only file system; free some space or set ICAT_HOME"):
            change("law")
    with pytest.raises(StoreError, match="not usable"):
        Store(small_disk.folder / "other")
