"""Vectors outlive a build that does not end; a torn or altered record costs itself and what follows."""

import numpy as np
import pytest

from index.journal import Journal, key_of

VECTORS = np.array([[1, 0, 0], [0, 1, 0], [0, 0.6, 0.8]], dtype=np.float32)
KEYS = [key_of(text) for text in ("one", "two", "three")]
RECORD = 32 + 3 * 4 + 4  # bytes


@pytest.fixture()
def journal(tmp_path):
    made = Journal(tmp_path, "model", 3)
    made.append(KEYS[:2], VECTORS[:2])
    made.append(KEYS[2:], VECTORS[2:])
    return made


def test_everything_appended_is_read(journal):
    read = journal.read()
    assert list(read) == KEYS
    np.testing.assert_array_equal(np.array(list(read.values())), VECTORS)


def test_without_a_file_there_is_nothing(tmp_path):
    assert Journal(tmp_path, "model", 3).read() == {}


@pytest.mark.parametrize("lost", [1, 20, RECORD - 1])
def test_a_torn_record_is_cut_off_and_the_next_one_can_follow(journal, lost):
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-lost])
    assert list(journal.read()) == KEYS[:2]
    journal.append(KEYS[2:], VECTORS[2:])
    assert journal.path.read_bytes() == whole


def test_an_altered_record_is_not_believed(journal):
    stored = bytearray(journal.path.read_bytes())
    stored[RECORD + 35] ^= 1
    journal.path.write_bytes(stored)
    assert list(journal.read()) == KEYS[:1]


def test_two_embedders_do_not_share_a_file(tmp_path, journal):
    assert Journal(tmp_path, "other model", 3).read() == {}
    assert Journal(tmp_path, "model", 4).read() == {}
