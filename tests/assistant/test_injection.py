"""Texts that try to steer the model, the page or a file: fenced in prompts, never quoted, text where they are shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from answer_samples import passage, request
from html_reader import Reader
from injections import Injection, hostile, injections
from markdown_it import MarkdownIt
from passages import MARKS, Shelf, document
from scripted_model import Reply, ScriptedModel

from assistant.answer.extracts import extracts_of
from assistant.app.chat.conversation import question_html
from assistant.app.library.uploads import file_name
from assistant.commands import output
from assistant.model_settings import ModelSettings
from assistant.show.html import answer_html, source_html
from assistant.show.markdown import to_markdown
from assistant.show.references import references
from assistant.show.sources import SourceView
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.toolkit.sheet.export import export_sheet
from assistant.toolkit.sheet.types import Sheet, SheetRow
from assistant.types import Answer, Evidence, Passage, Support, Turn
from assistant.write.author import Author
from assistant.write.check import Checker
from assistant.write.draft_prompt import QUESTION_LANGUAGE
from assistant.write.labels import labels_of
from assistant.write.model.door import open_model
from assistant.write.model.tasks import judge_messages, parts_messages, rewrite_messages
from assistant.write.model.types import Writer
from assistant.write.questions import Stretch, messages_for
from assistant.write.quote import pieces_of
from corpus.toolkit.types import ItemKind
from corpus.types import BlockKind, Publication
from prompts import Message

WHEN = date(2026, 11, 29)
ASKED = "When do the pickers rest?"
FACT = "The pickers rest at noon for one hour in the shade of the trees."
PAID = "An hour of rest is paid like an hour of work."
SIGNS = (  # as tokenizers know them
    "<|", "|>", "<｜", "｜>", "<s>", "</s>", "<eos>", "<think>", "<sop>", "[gmask]", "[inst]", "[/inst]", "<<sys>>",
    "<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<tool_call>", "[tool_results]", "[no answer]",
    "[no_answer]",
)  # fmt: skip
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
LANGUAGE = re.compile(rf" in (?:[A-Z]\w+|{QUESTION_LANGUAGE})\.")  # of the question, as a prompt names it
SIGN_OF = {kind: mark for mark, kind in reversed(MARKS.items())}


def cases(place: str = "", holds: str = "") -> pytest.MarkDecorator:
    found = injections(place, holds)
    return pytest.mark.parametrize("case", found, ids=[f"{each.n}-{each.family}" for each in found])


def test_there_are_sixty_and_every_place_and_promise_has_some():
    assert [each.n for each in injections()] == list(range(1, 61))
    assert {each.place for each in injections()} == {"document", "file name", "title", "question", "history", "reply"}
    assert {held for each in injections() for held in each.holds} == {"fenced", "inert", "unquoted", "unsupported"}


# --- prompts ---


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModel]:
    with ScriptedModel(Reply(["[NO ANSWER]"])) as running:
        yield running


@pytest.fixture(scope="module")
def usual(server: ScriptedModel) -> list[list[dict[str, str]]]:
    return written(server, None)


def written(server: ScriptedModel, case: Injection | None) -> list[list[dict[str, str]]]:
    """What a model is sent: an answer and each smaller task, with the case in its place, or with a harmless text."""
    said = {case.place: case.text} if case else {}
    question, earlier = said.get("question", ASKED), said.get("history", "Who are the pickers?")
    title, text = said.get("title", "Orchards"), f"{FACT}\n{said.get('document', PAID)}"
    writer = open_model(ModelSettings(base_url=server.base_url, name="scripted"))
    source = passage(Publication(id="orchards", title=title), text)
    already = len(server.requests)
    answer = Answer(replace(request(ASKED), stand_alone=question))
    for _ in Author(writer, Checker(Shelf())).write(answer, Evidence((source,)), ()):
        pass
    smaller = ([asdict(message) for message in each] for each in small_tasks(question, earlier, text))
    sent = [each["messages"] for each in server.requests[already:]]
    return [*sent, *([{"role": m["role"], "content": m["text"]} for m in each] for each in smaller)]


def small_tasks(question: str, earlier: str, text: str) -> list[tuple[Message, ...]]:
    stretch = Stretch(heading=text, text=text, start=0, end=len(text))
    return [
        rewrite_messages(question, [earlier]),
        parts_messages(question),
        judge_messages(text, question),
        judge_messages(text, question, "supported"),
        messages_for(stretch, "en"),
    ]


def around(message: str) -> list[str]:
    """The lines of a message outside its fence, and the fence without its word; of a question only how it begins."""
    lines, inside = [], False
    for line in message.splitlines():
        if line.startswith("-----"):
            inside = line.startswith("-----BEGIN")
            lines.append(re.sub(r" \w+-----$", "", line))
        elif not inside:
            lines.append(line.partition(": ")[0] if line.startswith(("Question", "Claim", "Heading")) else line)
    return lines


@cases(holds="fenced")
def test_a_prompt_has_it_within_its_fence_without_any_sign_and_is_otherwise_as_its_file(
    case: Injection, server: ScriptedModel, usual: list[list[dict[str, str]]]
):
    for steered, harmless in zip(written(server, case), usual, strict=True):
        for mine, theirs in zip(steered[:-1], harmless[:-1], strict=True):
            assert mine["role"] == theirs["role"]
            assert LANGUAGE.sub("", mine["content"]) == LANGUAGE.sub("", theirs["content"])
        last = steered[-1]["content"]
        assert around(last) == around(harmless[-1]["content"])
        assert [sign for sign in SIGNS if sign in last.casefold()] == []
        labels = [labels_of(line, last=True).labels for line in last.splitlines()]
        assert [label for label in labels if label] == ([(1,)] if "[S1] " in harmless[-1]["content"] else [])
        assert not ACTIVE.search(last)


# --- quoting ---


@cases("document", "unquoted")
def test_an_order_in_a_document_is_no_extract_no_heading_of_one_and_no_quote(case: Injection):
    mark = SIGN_OF.get(BlockKind(case.kind), "")
    lines = [f"# {case.line}", FACT] if mark == "#" else [FACT, "# Rest", f"{mark} {case.line}".strip()]
    source = document("orchards", "\n".join([*lines, "# Pay", PAID]))
    found = extracts_of(source, 0, len(source.text), 1, "en")
    shown = " ".join(f"{extract.heading} {extract.text}" for extract in found)
    assert FACT in shown and PAID in shown
    assert case.line not in shown
    pieces = pieces_of(source, passage(source.publication, source.text))
    assert case.line not in [source.text[piece.start : piece.end] for piece in pieces]
    assert FACT in [source.text[piece.start : piece.end].strip() for piece in pieces]


# --- replies ---


@cases("reply")
def test_a_hostile_sentence_of_a_model_never_stands_as_supported(case: Injection):
    source = document("orchards", f"# Rest\n{FACT}\n{PAID}\n{injections()[0].text}")
    evidence = Evidence((passage(source.publication, source.text),))
    evidence = Evidence((replace(evidence[1], document_sha256=Shelf(source).document_sha256("orchards")),))
    reply = Reply([f"{FACT[:-1]} [S1].\n{PAID[:-1]} [S1].\n{case.text}"])
    with ScriptedModel(reply) as server:
        writer: Writer = open_model(ModelSettings(base_url=server.base_url, name="scripted"))
        answer = drained(Author(writer, Checker(Shelf(source))).write(Answer(request(ASKED)), evidence, ()))
    assert [(each.text, each.support) for each in answer.statements] == [(FACT, Support.FULL), (PAID, Support.FULL)]
    assert answer.withheld
    inert(Turn(ASKED, answer))


def drained(steps: Iterator[object]) -> Answer:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


# --- shown ---


@cases(holds="inert")
def test_where_it_is_shown_it_is_text(case: Injection):
    inert(hostile(case.text))


def inert(turn: Turn) -> None:
    """Nothing of a turn acts where it is shown."""
    views = [
        SourceView(p.publication, (), p.chunk.headings, p.chunk.text, p.chunk.text, p.chunk.text) for p in sources(turn)
    ]
    for html in (question_html(turn.question), answer_html(turn.answer, 0), *map(source_html, views)):
        tags = Reader(html).tags
        assert {name for name, _ in tags} & {
            "a",
            "img",
            "script",
            "iframe",
            "style",
            "object",
            "form",
            "body",
            "use",
        } <= {"form"}
        assert not [name for _, given in tags for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        assert not ACTIVE.search(html)
    assert not ACTIVE.search(answer_text(turn.answer).replace("\n", " "))


def test_a_file_of_them_all_has_no_link_no_image_no_field_and_no_markup():
    turns = [hostile(case.text) for case in injections(holds="inert")]
    saved = to_markdown(turns, "1", WHEN)
    assert not ACTIVE.search(saved.replace("\n", " "))
    assert not re.search(r"(?:https?|ftp|mailto):|www\.", saved)  # GitHub makes links of these
    shown = MarkdownIt("commonmark").render(re.sub(r"^\[\^\d+\]:", "", saved, flags=re.M))
    assert not re.search(r"<(?:a|img|script|svg|iframe|style|body|details|form|code|pre)\b", shown)
    with ZipFile(io.BytesIO(to_docx(turns, "1", WHEN))) as word:
        body = word.read("word/document.xml").decode() + word.read("word/footnotes.xml").decode()
        links = word.read("word/_rels/document.xml.rels").decode()
    assert not re.search(r"<w:(?:hyperlink|fldSimple|fldChar|instrText|object|altChunk)\b", body)
    assert "External" not in links and not ACTIVE.search(body.replace("\n", " "))


def sources(turn: Turn) -> Sequence[Passage]:
    return turn.answer.evidence.passages


def test_an_address_that_a_record_names_is_one_of_the_web_and_breaks_out_of_no_reference():
    for address in ("javascript:alert(1)", "https://x/}, note={\\input{y}", "data:text/html,x", "https://x/\nUR  - y"):
        with pytest.raises(ValueError, match="landing"):
            Publication(id="orchards", title="Orchards", landing=address)


@pytest.mark.parametrize("suffix", [".bib", ".ris"])
def test_a_reference_has_as_many_fields_as_one_of_a_harmless_publication(suffix: str):
    for case in injections(holds="inert"):
        ours, theirs = references([hostile("Orchards")], suffix), references([hostile(case.text)], suffix)
        assert len(theirs.splitlines()) == len(ours.splitlines())
        assert not ACTIVE.search(theirs.replace("\r\n", " ").replace("\n", " "))


def test_no_cell_of_a_sheet_is_a_formula_and_none_has_a_link():
    rows = tuple(SheetRow(ItemKind.QUESTION, f"{c.n} {c.text}", answer=c.text, note=c.text) for c in injections())
    sheet = Sheet("=1+1", rows, "\x1b[2J")
    book = openpyxl.load_workbook(io.BytesIO(export_sheet(sheet, ".xlsx", "1", WHEN)))
    cells = [cell for page in book for line in page.iter_rows() for cell in line if cell.value]
    assert all(cell.data_type == "s" and cell.hyperlink is None and not ACTIVE.search(cell.value) for cell in cells)
    table = export_sheet(sheet, ".csv", "1", WHEN).decode("utf-8-sig")
    for line in csv.DictReader(io.StringIO(table)):
        for cell in line.values():
            assert not ACTIVE.search(cell.replace("\r", " "))
            assert all(part.strip(' \t"')[:1] not in tuple("=+-@") for part in re.split(r"[;\r\n]", cell))


def test_the_command_line_writes_no_name_or_title_that_acts_on_a_terminal(capsys: pytest.CaptureFixture[str]):
    for case in injections():
        output.line(case.text)
        output.note(f"{case.text}\rdone")
    out, err = capsys.readouterr()
    assert not ACTIVE.search((out + err).replace("\n", " "))
    assert "note[2J]0;owned.html\n" in out and "icat: note[2J]0;owned.html done\n" in err


@cases("file name")
def test_a_file_that_a_browser_sends_is_kept_under_a_name_without_folders_and_signs(case: Injection):
    name = file_name(case.text)
    assert name.endswith(".html") and not ACTIVE.search(name) and not {"/", "\\"} & set(name)
