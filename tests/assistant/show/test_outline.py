"""One outline, four formats: each shows every statement once, and leaves out only what it must not keep."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from answer_samples import PAPER, passage, request, two_sources
from html_reader import Reader
from list_samples import INDICATORS, PLANS, QUESTIONS, ask
from written_samples import WITHHELD, written

from assistant.settings import Contact
from assistant.show.blocks import Group, Paragraph, Role
from assistant.show.html import answer_html
from assistant.show.markdown import to_markdown
from assistant.show.outline import outline
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.show.words import printable, say
from assistant.types import Act, Answer, Request, Status, Turn, Wanted
from corpus.toolkit.types import ItemKind
from index.types import Filters

REPO = Path(__file__).resolve().parents[3]
WHEN = date(2026, 1, 2)
ROOM = "assistant.show"


def word(answer: Answer) -> str:
    opened = docx.Document(BytesIO(to_docx((Turn("q", answer),), "1", WHEN)))
    return "\n".join(paragraph.text for paragraph in opened.paragraphs)


def markdown(answer: Answer) -> str:
    text = to_markdown((Turn("q", answer),), "1", WHEN)
    return text.replace("\\", "").partition("\n[^1]: ")[0]  # notes repeat what is quoted


FORMATS = {
    "html": lambda answer: Reader(answer_html(answer, 0)).text,
    "terminal": lambda answer: answer_text(answer, width=1000),
    "markdown": markdown,
    "word": word,
}
ANSWERS = {
    "verbatim": two_sources(),
    "written": written(),
    "lists": ask(Wanted((ItemKind.QUESTION, ItemKind.INDICATOR), (PLANS,)), *QUESTIONS, *INDICATORS),
    "fitting": ask(Wanted((ItemKind.INDICATOR,), (PLANS,), description="children"), *INDICATORS),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("shown", FORMATS.values(), ids=FORMATS)
def test_every_format_shows_every_statement(shown: Callable[[Answer], str], answer: Answer) -> None:
    text = shown(answer)
    body = text.partition(say("document.annex"))[0]
    assert [body.count(printable(statement.text)) for statement in answer.statements] == [1] * len(answer.statements)


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_withheld_is_told_everywhere_and_seen_only_on_the_page(name: str) -> None:
    text = FORMATS[name](written())
    assert "1 sentence withheld: not supported" in text
    assert (WITHHELD in text) == (name == "html")


def test_a_document_keeps_no_passage_that_is_no_answer_and_no_hint() -> None:
    near = passage(PAPER, "Something near.", page=3, label="1")
    answer = Answer(Request("q", "q", Filters(languages=("fr",))), nearest=(near,))
    for name, shown in FORMATS.items():
        kept = name in ("html", "terminal")
        assert [text in shown(answer) for text in ("Something near.", say("filtered"), say("safety"))] == [kept] * 3
        assert say(f"status.{Status.NO_EVIDENCE}") in shown(answer)


def test_a_refusal_says_how_it_ends_then_why_then_who_can_help() -> None:
    blocks = outline(Answer(request("help", Act.DANGER)), (Contact(name="Line", contact="call us"),))
    roles = [block.role for block in blocks if isinstance(block, Paragraph)]
    assert roles == [Role.STATUS, *[Role.REMARK] * 4, Role.CONTACT, Role.CONTACT]
    assert blocks[-1].text == "Line: call us"


def test_what_stands_beside_a_list_is_a_part_of_its_own_with_a_way_to_it() -> None:
    lists = ANSWERS["fitting"]
    statement = replace(two_sources().statements[0], quotes=())
    both = outline(replace(lists, statements=(*lists.statements, statement)))
    assert [block.role for block in both if isinstance(block, Paragraph | Group)] == [
        Role.BESIDE,
        Role.LISTING,
        Role.BESIDE,
    ]
    assert Role.BESIDE not in [getattr(block, "role", None) for block in outline(lists)]


def test_the_room_knows_types_and_computes_no_answer() -> None:
    for path in (REPO / "assistant" / "show").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        modules = {node.module: node for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
        rooms = {module for module in modules if module.startswith("assistant") and not module.startswith(ROOM)}
        assert rooms <= {"assistant.types", "assistant.settings", "assistant.errors", "assistant.toolkit"}, path.name
        if "assistant.toolkit" in rooms:
            assert [name.name for name in modules["assistant.toolkit"].names] == ["corrections"]
