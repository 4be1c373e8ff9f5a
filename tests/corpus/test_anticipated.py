"""The questions beside the starter texts: of sections that are there, in six languages, with their faults named."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.anticipated import Anticipated, read_anticipated
from corpus.errors import CatalogueError
from corpus.starter import starter


def test_a_file_is_read_section_by_section(tmp_path: Path):
    (tmp_path / "shelters.yaml").write_text(
        '"The first night":\n  en:\n    - "She just  arrived, what now?"\n  fr:\n    - "Que faire le premier soir ?"\n'
    )
    assert read_anticipated(tmp_path) == (
        Anticipated("shelters", "The first night", "en", "She just arrived, what now?"),
        Anticipated("shelters", "The first night", "fr", "Que faire le premier soir ?"),
    )
    assert read_anticipated(tmp_path / "none") == ()


@pytest.mark.parametrize("text", ['"A":\n  de:\n    - "Was nun?"\n', '"A": no\n', "- a list\n", '"A": {en: ["x"\n'])
def test_what_does_not_validate_is_named(tmp_path: Path, text: str):
    (tmp_path / "shelters.yaml").write_text(text)
    with pytest.raises(CatalogueError, match=r"^shelters\.yaml: "):
        read_anticipated(tmp_path)


def test_every_section_has_questions_in_six_languages():
    asked: dict[tuple[str, str], Counter[str]] = {}
    for each in read_anticipated():
        asked.setdefault((each.publication, each.heading), Counter())[each.language] += 1
    headings = {
        (text.publication.id, line.removeprefix("## ").strip())
        for text in starter()
        for line in text.path.read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    }
    assert headings == set(asked)
    for section, counts in asked.items():
        assert counts["en"] >= 6, section
        assert all(counts[language] >= 3 for language in ("fr", "es", "ru", "ar", "zh")), section
