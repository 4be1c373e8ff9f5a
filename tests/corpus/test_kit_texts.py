"""What people write who need a kit: names and messages for each, and none for two."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import CatalogueError
from corpus.kits import KitPiece, read_kits
from corpus.starter import starter
from corpus.types import Kind


def test_each_kit_has_names_and_messages_and_no_name_is_of_two():
    texts = read_kits()
    kits = {each.publication.id for each in starter() if each.publication.kind is Kind.KITS}
    assert set(texts.names) == {name for name in kits if name[-3:] not in ("-fr", "-es", "-ru", "-ar", "-zh")}
    assert min(map(len, texts.names.values())) >= 34
    told = Counter(text for names in texts.names.values() for text in names)
    assert [text for text, number in told.items() if number > 1] == []
    assert {piece for each in texts.messages for _, piece in each.parts} == set(KitPiece)


def test_the_pieces_of_a_kit_are_its_sections_in_their_order():
    assert (KitPiece.WHY.section, KitPiece.SIGNS.section, KitPiece.INDICATORS.section) == (0, 2, 20)


def test_a_kit_that_is_not_there_is_named(tmp_path: Path):
    message = {"text": "a talk for pilots", "about": "pilots", "kits": ["kit-pilots"], "parts": [["why", "why"]]}
    (tmp_path / "messages.jsonl").write_text(json.dumps(message) + "\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"no kit has the name 'kit-pilots'"):
        read_kits(tmp_path)
    message["parts"] = [["why", "because"]]
    (tmp_path / "messages.jsonl").write_text(json.dumps(message) + "\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"messages\.jsonl:1: parts"):
        read_kits(tmp_path)
