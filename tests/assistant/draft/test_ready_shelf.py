"""Ready-made material of a library: whole sections, in the language of the reader, what is not let through left out."""

from pathlib import Path

import pytest

from assistant import wiring
from assistant.draft.shelf import ReadyShelf
from assistant.settings import Settings
from assistant.types import Part
from corpus.kits import KitPiece
from corpus.types import Kind, Origin
from index.types import Filters

LETTER = Part("to a clinic, appointment for a client", "to a clinic, appointment for a client")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return wiring.open_library(Settings(home=tmp_path_factory.mktemp("shelf")))


def names(shelved) -> set[str]:
    return {each.publication.id for each in shelved.evidence.passages}


def test_the_likeliest_sections_of_some_kinds_come_first_whole_and_their_shares_are_of_all(library):
    found = ReadyShelf(library).likeliest((Kind.LETTERS,), LETTER, "en", Filters(), 3)
    assert len(found.likely) == len(found.evidence.passages) == 3 and sum(found.likely) <= 1
    assert list(found.likely) == sorted(found.likely, reverse=True)
    first = found.evidence.passages[0]
    assert first.publication.kind is Kind.LETTERS and "clinic" in first.chunk.headings[-1].casefold()
    whole = library.document(first.publication.id).text
    assert whole[first.chunk.start : first.chunk.end] == first.chunk.text and "__" in first.chunk.text


def test_a_text_is_there_once_in_the_readers_language_or_in_english(library):
    shelf = ReadyShelf(library)
    french = names(shelf.likeliest((Kind.LETTERS,), LETTER, "fr", Filters(), 50))
    assert french and all(name.endswith("-fr") for name in french)
    assert names(shelf.likeliest((Kind.LETTERS,), LETTER, "de", Filters(), 50)) == {name[:-3] for name in french}
    only = names(shelf.likeliest((Kind.LETTERS,), LETTER, "fr", Filters(languages=("ru",)), 50))
    assert only == {f"{name[:-3]}-ru" for name in french}
    assert names(shelf.likeliest((Kind.LETTERS,), LETTER, "fr", Filters(languages=("de",)), 50)) == set()


def test_what_filters_forbid_is_not_there(library):
    shelf = ReadyShelf(library)
    assert names(shelf.likeliest((Kind.LETTERS,), LETTER, "en", Filters(year_to=2015), 50)) == set()
    assert names(shelf.likeliest((Kind.LETTERS,), LETTER, "en", Filters(publications=("toolkit",)), 50)) == set()
    assert names(shelf.likeliest((Kind.LETTERS,), LETTER, "en", Filters(origins=(Origin.PUBLICATION,)), 50)) == set()


def test_of_some_texts_alone_sections_are_as_likely_as_of_all(library):
    part = Part("control of the bunks", "boarding fishing vessels: control of the bunks", share=0.3)
    shelf = ReadyShelf(library)
    every = shelf.likeliest((Kind.SPECIALS,), part, "en", Filters(), 1000)
    fishing = shelf.likeliest((Kind.SPECIALS,), part, "en", Filters(), 3, among=("special-fishing",))
    assert names(fishing) == {"special-fishing"} and len(fishing.likely) == 3
    of_all = {each.chunk.id: share for each, share in zip(every.evidence.passages, every.likely, strict=True)}
    found = zip(fishing.evidence.passages, fishing.likely, strict=True)
    assert all(of_all[each.chunk.id] == pytest.approx(share) for each, share in found)


def test_a_piece_of_a_kit_is_its_section(library, tmp_path: Path):
    shelf = ReadyShelf(library)
    (signs,) = shelf.piece("kit-fishing", KitPiece.SIGNS, "en", Filters()).passages
    assert signs.chunk.headings[-1] == "Signs of forced labour on fishing vessels"
    (there,) = shelf.piece("kit-fishing", KitPiece.SIGNS, "zh", Filters()).passages
    assert there.publication.id == "kit-fishing-zh" and there.chunk.language == "zh"
    assert not shelf.piece("kit-nobody", KitPiece.SIGNS, "en", Filters())
    assert not shelf.piece("kit-fishing", KitPiece.SIGNS, "en", Filters(publications=("toolkit",)))
