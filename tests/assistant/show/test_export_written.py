"""A written answer as a document to keep: the same sentences, what the check found, the quotes, and the versions."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
from answer_samples import two_sources
from written_samples import DOUBT, FULL, MODEL, PARTLY, REASON, WITHHELD, fallen_back, written

from assistant.show.blocks import Role
from assistant.show.lines import document
from assistant.show.markdown import to_markdown
from assistant.show.word import to_docx
from assistant.show.words import say
from assistant.types import Outcome, Turn

WHEN = date(2025, 3, 1)
ANNEX = say("document.annex")
ONE = (Turn("What drives demand?", written()),)
QUOTE = r"On \<Demand\> \& Supply: A paper, 2014-09, p. 12 (PDF p. 14): “40 % of buyers asked.”"
DIGEST_QUOTE = (
    "Digest of the Toolkit, no date, Written for this project, not ICAT's words: “About 30 % of buyers asked.”"
)


def test_markdown_of_one_written_answer() -> None:
    assert to_markdown(ONE, "0.1.0", WHEN).split("\n")[2:] == [
        "*Written by the language model model-x from the sources, and checked against them by ICAT Assistant 0.1.0, "
        "2025-03-01.*",
        "",
        "## What drives demand?",
        "",
        "*Understood as: a question to the publications*",
        "",
        "*Partly answered: what is missing or less certain is marked.*",
        "",
        "*Written by the language model model-x from the sources, and checked against them sentence by sentence.*",
        "",
        f"{FULL}[^1][^2] *(as of 2014-09)*",
        "",
        f"{PARTLY}[^3] *(only partly supported by its source; {DOUBT})*",
        "",
        "*1 sentence withheld: not supported.*",
        "",
        "Publications differ on “buyers asked”:",
        "",
        r"- “40 % of buyers asked.”[^4] *(On \<Demand\> \& Supply: A paper, 2014-09)*",
        "- “About 30 % of buyers asked.”[^5] *(Digest of the Toolkit, no date)*",
        "",
        "*What drives demand? partly answered*",
        "",
        f"## {ANNEX}",
        "",
        "### What drives demand?",
        "",
        f"- {FULL} *(supported by its source)*",
        f"  - {QUOTE}",
        f"  - {DIGEST_QUOTE}",
        f"- {PARTLY} *(only partly supported by its source; {DOUBT})*",
        r"  - On \<Demand\> \& Supply: A paper, 2014-09, p. 12 (PDF p. 14): “Its many sides may be looked at.”",
        "",
        "*Language model model-x: 340 tokens read, 85 written (estimated); 2 of 3 sentences supported, "
        "fully or partly; prompt 01234567.*",
        "",
        "## Sources",
        "",
        r"- On \<Demand\> \& Supply: A paper (issue paper), 2014-09",
        "- Digest of the Toolkit (digest), no date, Written for this project, not ICAT's words",
        "",
        f"[^1]: {QUOTE}",
        f"[^2]: {DIGEST_QUOTE}",
        r"[^3]: On \<Demand\> \& Supply: A paper, 2014-09, p. 12 (PDF p. 14): “Its many sides may be looked at.”",
        f"[^4]: {QUOTE}",
        f"[^5]: {DIGEST_QUOTE}",
        "",
    ]


def test_what_was_withheld_is_counted_and_never_exported() -> None:
    for text in (to_markdown(ONE, "0.1.0", WHEN), word_text(ONE)):
        assert WITHHELD not in text and REASON not in text
        assert "1 sentence withheld: not supported." in text


def test_the_word_file_has_the_annex_with_every_quote_and_the_versions() -> None:
    text = word_text(ONE)
    annex = text[text.index(ANNEX) :]
    for part in (FULL, "40 % of buyers asked.", "Its many sides may be looked at.", DOUBT, "prompt 01234567"):
        assert part in annex
    assert f"Language model {MODEL}" in annex


def test_only_written_answers_stand_in_the_annex() -> None:
    turns = (Turn("verbatim", two_sources()), *ONE, Turn("fallen back", fallen_back(Outcome.FAILED, reason="down")))
    lines = document(turns, "0.1.0", WHEN).lines
    start = next(place for place, line in enumerate(lines) if line.text == ANNEX)
    titles = [line.text for line in lines[start:] if line.role is Role.PUBLICATION]
    assert titles == ["What drives demand?"]
    assert ANNEX not in to_markdown(turns[:1], "0.1.0", WHEN)
    assert ANNEX not in to_markdown(turns[2:], "0.1.0", WHEN)


def test_a_source_that_only_a_difference_names_is_among_the_sources() -> None:
    answer = written()
    statements = tuple(replace(each, quotes=each.quotes[:1]) for each in answer.statements)
    text = to_markdown((Turn("q", replace(answer, statements=statements)),), "0.1.0", WHEN)
    sources = text[text.index("## Sources") : text.index("[^1]:")]
    assert "Digest of the Toolkit" in sources


def word_text(turns: tuple[Turn, ...]) -> str:
    opened = docx.Document(BytesIO(to_docx(turns, "0.1.0", WHEN)))
    return "\n".join(paragraph.text for paragraph in opened.paragraphs)
