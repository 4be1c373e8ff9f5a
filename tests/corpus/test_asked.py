"""Messages as people send them: those that come along, what came before them, and what is wrong in a file."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.anticipated import read_anticipated
from corpus.asked import continued, read_asked
from corpus.errors import CatalogueError
from corpus.starter import starter

HEADING = "What ICAT is"


def line(**given: str) -> str:
    return json.dumps({"heading": HEADING, "language": "en", "text": "who runs it", **given})


# Texts that came later: they have anticipated questions, and no messages in mid-conversation yet.
WITHOUT = {
    f"advice-{name}"
    for name in (
        "health-care", "indicators-by-service", "interpreters", "interviews-evaluation", "law-in-plain-words",
        "letters-notices", "many-people-at-once", "marriage-family-pressure", "papers-embassies", "procurement-banks",
        "referral-steps", "safety-plans", "shelter-nights-rules", "trades", "training-methods", "young-people-online",
    )
}  # fmt: skip


def test_every_section_in_english_with_questions_has_messages_in_six_languages():
    asked = Counter((each.publication, each.heading, each.language) for each in read_asked())
    # What people write in any language is kept once, with the English text.
    english = {text.publication.id for text in starter() if text.publication.language == "en"} - WITHOUT
    sections = {(each.publication, each.heading) for each in read_anticipated() if each.publication in english}
    assert {(publication, heading) for publication, heading, _ in asked} == sections
    assert all(asked[*section, language] >= 2 for section in sections for language in ("fr", "es", "ru", "ar", "zh"))


def test_a_follow_up_is_read_after_what_came_before_it(tmp_path: Path):
    (tmp_path / "about-icat.jsonl").write_text(f"{line(before='What is ICAT?')}\n{line()}\n", encoding="utf-8")
    assert [each.text for each in read_asked(tmp_path)] == ["What is ICAT. who runs it", "who runs it"]
    assert continued(" ".join(["long"] * 50), "and then?") == f"{' '.join(['long'] * 40)}. and then?"


def test_a_line_that_is_none_and_a_section_that_is_none_are_named(tmp_path: Path):
    file = tmp_path / "about-icat.jsonl"
    file.write_text(f"{line()}\n{line(text='')}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"about-icat\.jsonl:2: text"):
        read_asked(tmp_path)
    file.write_text(line(act="sing"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"about-icat\.jsonl:1: act"):
        read_asked(tmp_path)
    file.write_text(line(heading="Nothing"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"about-icat\.jsonl:1: about-icat has no section 'Nothing'"):
        read_asked(tmp_path)
