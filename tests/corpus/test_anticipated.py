"""The questions beside the starter texts: of sections that are there, in six languages, with their faults named."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.anticipated import Anticipated, read_anticipated
from corpus.errors import CatalogueError
from corpus.starter import starter
from corpus.types import READY, Kind


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


def test_a_translation_has_questions_in_its_own_language(tmp_path: Path):
    (tmp_path / "words.yaml").write_text('"Debts":\n  en:\n    - "who lends"\n')
    (tmp_path / "words-fr.yaml").write_text('"Dettes":\n  fr:\n    - "qui prête ?"\n')
    assert [each.language for each in read_anticipated(tmp_path)] == ["fr", "en"]
    (tmp_path / "words-fr.yaml").write_text('"Dettes":\n  en:\n    - "who lends"\n')
    with pytest.raises(CatalogueError, match=r"^words-fr\.yaml: Dettes: no question in French \(fr\)"):
        read_anticipated(tmp_path)
    (tmp_path / "words.yaml").unlink()  # a translation of nothing is none
    assert [each.language for each in read_anticipated(tmp_path)] == ["en"]


def test_every_section_has_questions_in_six_languages_and_a_translation_in_its_own():
    asked: dict[tuple[str, str], Counter[str]] = {}
    for each in read_anticipated():
        asked.setdefault((each.publication, each.heading), Counter())[each.language] += 1
    headings = {
        (text.publication.id, line.removeprefix("## ").strip())
        for text in starter()
        if text.publication.kind not in READY  # what drafts are made of answers nothing
        if text.publication.language == "en" or text.publication.kind is Kind.GLOSSARY  # other translations have those
        for line in text.path.read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    }
    assert headings == set(asked)
    own = {text.publication.id: text.publication.language for text in starter()}
    for section, counts in asked.items():
        language = own[section[0]]
        if language != "en":
            assert counts.keys() == {language} and 8 <= counts[language] <= 12, section
            continue
        assert counts["en"] >= 6, section
        assert all(counts[language] >= 3 for language in ("fr", "es", "ru", "ar", "zh")), section
