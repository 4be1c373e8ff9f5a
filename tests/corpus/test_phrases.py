"""What people write who want ready-made material: for each section, in six languages, no phrase for two."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import CatalogueError
from corpus.phrases import read_phrases
from corpus.starter import starter
from corpus.types import READY, Kind


def test_every_section_of_each_ready_made_text_has_phrases_of_its_own():
    headings = {
        (text.publication.id, heading)
        for text in starter()
        if text.publication.kind in READY - {Kind.KITS} and text.publication.language == "en"
        for heading in re.findall(r"^## (.*)$", text.path.read_text("utf-8"), flags=re.MULTILINE)
    }
    found = read_phrases()
    assert {(each.publication, each.heading) for each in found} == headings
    assert all(len(each.phrases) in ([8] if each.publication[:8] == "special-" else range(15, 21)) for each in found)
    kinds = {text.publication.id: text.publication.kind for text in starter()}
    told = Counter((kinds[each.publication], phrase) for each in found for phrase in each.phrases)
    assert [phrase for phrase, number in told.items() if number > 1] == []


def test_phrases_to_no_text_are_named(tmp_path: Path):
    (tmp_path / "material-nowhere.yaml").write_text("heading: [one]\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"material-nowhere\.yaml: no ready-made text has this name"):
        read_phrases(tmp_path)
