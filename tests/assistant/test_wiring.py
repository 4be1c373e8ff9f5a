"""The parts put together: when an index has to be brought up to date, and which language model writes."""

from pathlib import Path

import pytest
from small_gguf import gguf

from assistant import wiring
from assistant.app.header import Model, model_of
from assistant.settings import load_settings
from assistant.write.model.shelf import ModelShelf
from corpus.catalogue import load
from corpus.library import Library
from corpus.types import Document, PublicationId


@pytest.fixture()
def library(home: Path) -> Library:
    return wiring.open_library(load_settings())


def test_an_index_is_needed_until_it_is_built_from_the_texts_in_force(library: Library, tmp_path: Path):
    settings = load_settings()
    assert wiring.needs_index(settings, library)
    first = wiring.build_index(settings, library)
    assert not wiring.needs_index(settings, library)
    assert set(first.documents) == set(wiring.searched(library))

    note = tmp_path / "note.txt"
    note.write_text("Tally sheets\n\nCount each interview once.\n", encoding="utf-8")
    (added,) = library.add([note])
    assert wiring.needs_index(settings, library)
    second = wiring.build_index(settings, library)
    assert second.chunks == first.chunks + 1

    library.remove(added.publication.id)
    assert wiring.needs_index(settings, library)
    assert wiring.build_index(settings, library).corpus_digest == first.corpus_digest


class GrowingLibrary(Library):
    """One to which somebody adds a file while it is read."""

    waiting: Path | None = None

    def document(self, publication_id: PublicationId) -> Document:
        if self.waiting:
            file, self.waiting = self.waiting, None
            list(self.add([file]))
        return super().document(publication_id)


def test_what_is_added_while_an_index_is_built_is_known_to_be_missing_in_it(home: Path, tmp_path: Path):
    settings, library = load_settings(), GrowingLibrary(home, load())
    read = tmp_path / "read.txt"  # the project's own texts are not read again
    read.write_text("Rota\n\nTwo people are there each night.\n", encoding="utf-8")
    list(library.add([read]))
    library.waiting = tmp_path / "note.txt"
    library.waiting.write_text("Tally sheets\n\nCount each interview once.\n", encoding="utf-8")
    first = wiring.build_index(settings, library)
    assert len(library.store.publications()) == 2  # of which one came too late for it
    assert wiring.needs_index(settings, library)
    assert wiring.build_index(settings, library).chunks == first.chunks + 1
    assert not wiring.needs_index(settings, library)


def test_the_model_that_is_kept_writes_unless_a_server_is_set_or_none_is_in_use(home: Path, tmp_path: Path):
    settings = load_settings()
    assert wiring.open_writer(settings) is None and model_of(settings) is None
    file = tmp_path / "tiny.gguf"
    file.write_bytes(gguf())
    shelf = ModelShelf(home)
    shelf.take(file, "tiny", lambda done, size: None)
    writer = wiring.open_writer(settings)
    assert writer is not None and writer.name == "tiny"
    assert model_of(settings) == Model("tiny", "127.0.0.1")
    assert "tiny writes answers on this machine" in wiring.writer_words(settings)

    set_ = load_settings(
        {"ICAT_HOME": str(home), "ICAT_MODEL_NAME": "big", "ICAT_MODEL_BASE_URL": "http://127.0.0.1:9/v1"}
    )
    writer = wiring.open_writer(set_)
    assert writer is not None and writer.name == "big"

    shelf.use_none()
    assert wiring.open_writer(settings) is None
    assert [kept.name for kept in shelf.kept()] == ["tiny"]
