"""The parts put together: when an index has to be brought up to date."""

from pathlib import Path

import pytest

from assistant import wiring
from assistant.settings import load_settings
from corpus.library import Library


@pytest.fixture()
def library(home: Path) -> Library:
    return wiring.open_library(load_settings())


def test_an_index_is_needed_until_it_is_built_from_the_texts_in_force(library: Library, tmp_path: Path):
    settings = load_settings()
    assert wiring.needs_index(settings, library)
    first = wiring.build_index(settings, library)
    assert not wiring.needs_index(settings, library)
    assert set(first.documents) == set(library.in_force())

    note = tmp_path / "note.txt"
    note.write_text("Tally sheets\n\nCount each interview once.\n", encoding="utf-8")
    (added,) = library.add([note])
    assert wiring.needs_index(settings, library)
    second = wiring.build_index(settings, library)
    assert second.chunks == first.chunks + 1

    library.remove(added.publication.id)
    assert wiring.needs_index(settings, library)
    assert wiring.build_index(settings, library).corpus_digest == first.corpus_digest
