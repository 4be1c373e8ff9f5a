"""Themes and whole requests for drafts, with the sections that they quote."""

import json
from pathlib import Path

import pytest

from corpus.anticipated import read_anticipated
from corpus.errors import CatalogueError
from corpus.themes import Theme, WantedDraft, read_themes, read_wanted, themes_of

A, B, C = (("advice-noticing", heading) for heading in ("A", "B", "C"))


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


def test_a_part_of_a_request_without_its_section_is_named(tmp_path: Path):
    wanted = {"language": "en", "marked": "wages", "parts": [["who pays", [["advice-noticing", "Nowhere"]]]]}
    (tmp_path / "1.jsonl").write_text(json.dumps(wanted) + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"1\.jsonl:1: no section 'advice-noticing: Nowhere'"):
        read_wanted(tmp_path)


def test_requests_that_come_along_are_of_six_languages_and_each_has_marks_of_known_kinds():
    wanted = read_wanted()
    assert {each.language for each in wanted} == {"en", "fr", "es", "ru", "ar", "zh"}
    assert {kind for each in wanted for *_, kind in each.marks} == {
        "make",
        "form",
        "whom",
        "theme",
        "part",
        "case",
        "role",
        "drop",
        "keep",
    }
    assert not [each.text for each in wanted if {"⟦", "⟧"} & set(each.text)]


def test_a_request_is_learned_from_whole_and_part_by_part_with_its_theme_or_its_words():
    wanted = WantedDraft(
        language="en",
        marked="⟦make|Card⟧ on ⟦theme|fees⟧: ⟦part|who pays⟧",
        theme="fees",
        parts=(("who pays", (A, B)), ("refunds", (C,))),
        aspects={"avoid": (B,)},
    )
    assert list(themes_of([wanted], {"avoid": "What does harm?"})) == [
        Theme(language="en", text="Card on fees: who pays", sections=(A, C, B)),  # of each part the first one, first
        Theme(language="en", text="who pays. fees", sections=(A, B)),
        Theme(language="en", text="refunds. Card on fees: who pays", sections=(C,)),
        Theme(language="en", text="What does harm?. fees", sections=(B,)),
    ]


def test_of_a_request_with_marks_alone_nothing_is_learned_of_sections():
    assert list(themes_of([WantedDraft(language="en", marked="⟦make|Card⟧")], {})) == []
