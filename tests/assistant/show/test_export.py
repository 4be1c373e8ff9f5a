"""Exports: numbered notes that fit their sentences, text that stays text, and a Word file with real footnotes."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from answer_samples import DATE, PAPER, passage, quote, request, stated, two_sources
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from assistant.show.lines import document, written_by
from assistant.show.markdown import escape, to_markdown
from assistant.show.word import NAMESPACE, right_to_left, to_docx
from assistant.show.words import printable, say
from assistant.types import Act, Answer, Evidence, Statement, Support, Turn
from corpus.types import Publication

WHEN = date(2025, 3, 1)
TITLE = say("document.title")
W = {"w": NAMESPACE}
TWO = (Turn("What drives demand?", two_sources()),)
HOSTILE = "1. *bold* [x](javascript:1) <b>&amp;</b> _a_ `c` | ~ $x$ # \x00\x0b\x1b\ud800\ufffe end"


def hostile_turn() -> Turn:
    publication = Publication(id="h", title=HOSTILE.replace("\ud800", ""), published=DATE, mime="application/pdf")
    source = passage(publication, HOSTILE, page=2, label="1")
    statement = Statement(HOSTILE, (quote(1, source, HOSTILE),), Support.VERBATIM, (), HOSTILE)
    return Turn(HOSTILE, Answer(request(HOSTILE), Evidence((source,)), (statement,), notice=HOSTILE))


def test_markdown_of_one_answer() -> None:
    assert to_markdown(TWO, "0.1.0", WHEN).split("\n") == [
        f"# {TITLE}",
        "",
        "*Sentences taken word for word from the sources by ICAT Assistant 0.1.0, 2025-03-01. "
        "No language model was used.*",
        "",
        "## What drives demand?",
        "",
        "*Understood as: a question to the publications*",
        "",
        r"### On \<Demand\> \& Supply: A paper (issue paper), 2014-09",
        "",
        r"Demand is \<b\>not\</b\> simple.[^1]",
        "",
        "It has many sides.[^2]",
        "",
        "### Digest of the Toolkit (digest), no date, Written for this project, not ICAT's words",
        "",
        "Who pays?[^3]",
        "",
        "Who gains?[^4]",
        "",
        "## Sources",
        "",
        r"- On \<Demand\> \& Supply: A paper (issue paper), 2014-09",
        "- Digest of the Toolkit (digest), no date, Written for this project, not ICAT's words",
        "",
        r"[^1]: On \<Demand\> \& Supply: A paper, 2014-09, p. 12 (PDF p. 14): “Demand is \<b\>not\</b\> simple.”",
        r"[^2]: On \<Demand\> \& Supply: A paper, 2014-09, p. 12 (PDF p. 14): “It has many sides.”",
        "[^3]: Digest of the Toolkit, no date, Written for this project, not ICAT's words: “Who pays?”",
        "[^4]: Digest of the Toolkit, no date, Written for this project, not ICAT's words: “Who gains?”",
        "",
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("- item")
@example("12) item")
@example("+ item")
@example("Title\n===")
@example("&lt;b&gt;")
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    """What a CommonMark parser shows of the escaped text is the text."""
    shown = "".join(
        child.content for token in MarkdownIt("commonmark").parse(escape(text)) for child in token.children or ()
    )
    assert shown.strip() == printable(text).strip()


def test_a_models_answer_names_the_model_and_a_conversation_all_of_them() -> None:
    turns = (*TWO, Turn("b", replace(two_sources(), written_by="model-x")))
    assert "language model model-x" in written_by(turns, "0.1.0", WHEN)
    assert "No language model" in written_by(TWO, "0.1.0", WHEN)


def test_the_page_of_a_publication_is_an_address_in_word_and_the_only_link_in_markdown() -> None:
    address = "https://example.org/a_b"
    about = Publication(id="h", title="See https://example.org/c", landing=address)
    source = passage(about, "It is so.")
    turn = Turn("Is it?", Answer(request("Is it?"), Evidence((source,)), (stated(1, source, "It is so."),)))
    assert "- See https\\://example.org/c, no date. <https://example.org/a_b>\n" in to_markdown([turn], "1", WHEN)
    body = parts(to_docx([turn], "1", WHEN))["word/document.xml"]
    assert f"See https://example.org/c, no date. {address}" in "".join(body.itertext())


def test_notes_number_through_the_conversation_and_sources_stand_once() -> None:
    content = document((*TWO, *TWO), "0.1.0", WHEN)
    assert [number for line in content.lines for number in line.notes] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(content.notes) == 8
    assert sum(line.role == "source" for line in content.lines) == 2


def test_refusals_and_empty_answers_have_no_notes_but_say_why() -> None:
    turns = (Turn("bees?", Answer(request("bees?", Act.OFF_TOPIC))), Turn("x", Answer(request("x"))))
    text = to_markdown(turns, "0.1.0", WHEN)
    assert "[^" not in text and "## Sources" not in text
    assert "The publications here have nothing close to this." in text and "seems to be about something else" in text


def test_label_that_does_not_resolve_is_kept_and_said() -> None:
    answer = two_sources()
    broken = replace(answer.statements[0], quotes=(replace(answer.statements[0].quotes[0], label=9),))
    text = to_markdown((Turn("x", replace(answer, statements=(broken,), unknown_labels=(9,))),), "0.1.0", WHEN)
    assert r"Unknown source \[9\]" in text and "could not be tied" in text


def parts(data: bytes) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(data)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_word_file_has_one_real_footnote_for_each_reference() -> None:
    files = parts(to_docx(TWO, "0.1.0", WHEN))
    body, notes = files["word/document.xml"], files["word/footnotes.xml"]
    references = [e.get(f"{{{NAMESPACE}}}id") for e in body.iterfind(".//w:footnoteReference", W)]
    assert references == ["1", "2", "3", "4"]
    texts = {e.get(f"{{{NAMESPACE}}}id"): "".join(e.itertext()) for e in notes.iterfind("w:footnote", W)}
    assert list(texts) == ["-1", "0", "1", "2", "3", "4"]
    assert texts["1"] == " On <Demand> & Supply: A paper, 2014-09, p. 12 (PDF p. 14): “Demand is <b>not</b> simple.”"
    kinds = [e.get(f"{{{NAMESPACE}}}type") for e in notes.iterfind("w:footnote", W)]
    assert kinds[:3] == ["separator", "continuationSeparator", None]


def test_word_file_declares_its_footnotes_where_the_format_wants_them() -> None:
    files = parts(to_docx(TWO, "0.1.0", WHEN))
    types = etree.tostring(files["[Content_Types].xml"]).decode()
    assert re.search(r'PartName="/word/footnotes.xml" ContentType="[^"]*footnotes\+xml"', types)
    assert 'Target="footnotes.xml"' in etree.tostring(files["word/_rels/document.xml.rels"]).decode()
    tags = [etree.QName(child).localname for child in files["word/settings.xml"]]
    assert tags.index("footnotePr") == tags.index("compat") - 1
    styles = {e.get(f"{{{NAMESPACE}}}styleId") for e in files["word/styles.xml"].iterfind("w:style", W)}
    assert {"FootnoteText", "FootnoteReference"} <= styles


def test_word_file_opens_again_with_its_paragraphs() -> None:
    opened = docx.Document(BytesIO(to_docx(TWO, "0.1.0", WHEN)))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    assert texts[0] == TITLE and "What drives demand?" in texts
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 2"] == [
        "On <Demand> & Supply: A paper (issue paper), 2014-09",
        "Digest of the Toolkit (digest), no date, Written for this project, not ICAT's words",
    ]


def test_hostile_text_breaks_neither_format() -> None:
    shown = printable(HOSTILE)
    opened = docx.Document(BytesIO(to_docx((hostile_turn(),), "0.1.0", WHEN)))
    assert shown in [paragraph.text for paragraph in opened.paragraphs]
    html = MarkdownIt("commonmark").render(to_markdown((hostile_turn(),), "0.1.0", WHEN))
    assert "<b>" not in html and "href" not in html and "<code>" not in html


def test_right_to_left_sentences_run_that_way_and_their_notes_do_not() -> None:
    arabic = "يعاقب بالسجن كل من ارتكب الجريمة."
    source = passage(PAPER, arabic, page=2, label="1")
    turn = Turn("What is the penalty?", Answer(request(), Evidence((source,)), (stated(1, source, arabic),)))
    files = parts(to_docx((turn,), "0.1.0", WHEN))
    turned = ["".join(p.itertext()) for p in files["word/document.xml"].xpath("//w:p[w:pPr/w:bidi]", namespaces=W)]
    assert turned == [arabic]
    assert files["word/footnotes.xml"].find(".//w:bidi", W) is None
    assert "\u200e”" in document((turn,), "0.1.0", WHEN).notes[0]


@pytest.mark.parametrize(
    ("text", "expected"), [("abc", False), ("1. عربي", True), ("עברית", True), ("中文", False), ("12 (3)", False)]
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert right_to_left(text) is expected
