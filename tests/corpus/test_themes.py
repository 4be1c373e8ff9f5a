"""Themes for drafts, with the sections that they quote."""

import json
from pathlib import Path

import pytest

from corpus.anticipated import read_anticipated
from corpus.errors import CatalogueError
from corpus.themes import read_themes


def test_those_that_come_along_speak_for_every_section_but_those_of_words():
    themes = read_themes()
    first = {theme.sections[0] for theme in themes}
    sections = {(each.publication, each.heading) for each in read_anticipated()}
    assert first == {place for place in sections if not place[0].startswith("glossary")}
    assert {theme.language for theme in themes} == {"en", "fr", "es", "ru", "ar", "zh"}
    texts = [theme.text for theme in themes]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("sections", "said"),
    [([["advice-noticing", "Nowhere"]], "no section 'advice-noticing: Nowhere'"), ([], "at least 1")],
)
def test_a_wrong_line_is_named(tmp_path: Path, sections, said):
    theme = {"language": "en", "text": "noticing", "sections": sections}
    (tmp_path / "advice-noticing.jsonl").write_text(json.dumps(theme) + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=said) as error:
        read_themes(tmp_path)
    assert "advice-noticing.jsonl:1" in str(error.value)
