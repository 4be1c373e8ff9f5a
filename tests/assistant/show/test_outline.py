"""One outline, four formats: each shows every statement once, and leaves out only what it must not keep."""

import ast
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from answer_samples import PAPER, extract, passage, request, two_extracts, two_sources
from html_reader import Reader
from list_samples import INDICATORS, PLANS, QUESTIONS, ask
from markdown_it import MarkdownIt
from written_samples import WITHHELD, written

from assistant.answer.act import beside
from assistant.settings import Contact
from assistant.show.blocks import Block, Group, Meanings, Paragraph, Role
from assistant.show.html import answer_html
from assistant.show.markdown import to_markdown
from assistant.show.outline import outline
from assistant.show.record import read
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.show.words import printable, say
from assistant.types import Act, Answer, Choice, Corrected, Evidence, Request, Slots, Status, Tier, Turn, Wanted
from corpus.toolkit.types import ItemKind
from corpus.types import Activity
from index.types import Filters

REPO = Path(__file__).resolve().parents[3]
WHEN = date(2026, 1, 2)
LIVELIHOODS = Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,))
CHOICES = (
    Choice(
        "For livelihoods", Corrected(Act.LIST, Wanted((ItemKind.INDICATOR,), (Activity.LIVELIHOODS,))), "18 indicators"
    ),
    Choice("What the publications say", Corrected(Act.ASK), question="What is livelihoods support?"),
)
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


def test_every_format_shows_the_lines_of_an_extract_under_its_heading_with_what_answers_marked() -> None:
    marks = {
        "html": "It has",
        "terminal": "*It has many sides.*",
        "markdown": "**It has many sides**.",
        "word": "It has",
    }
    for name, shown in FORMATS.items():
        text = shown(two_extracts())
        order = [
            "Chapter 1",
            "Demand is <b>not</b> simple.",
            marks.get(name, "It has many sides."),
            " Some are hidden.",
        ]
        places = [text.index(part) for part in order]
        assert places == sorted(places), name
    assert "<mark>It has many sides.</mark> Some are hidden." in answer_html(two_extracts(), 0)
    opened = docx.Document(BytesIO(to_docx((Turn("q", two_extracts()),), "1", WHEN)))
    bold = [run.text for paragraph in opened.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["It has many sides.", "Who gains?"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_marked_sentence_next_to_letters_or_marks_of_its_own_stays_readable(name: str) -> None:
    text = "需求不简单。*它有很多方面。*有些是隐藏的。"
    source = passage(PAPER, text)
    answer = Answer(request(), Evidence((source,)), (extract(1, source, "*它有很多方面。*"),), tier=Tier.ANSWERS)
    plain = FORMATS[name](answer).replace("**", "") if name == "markdown" else FORMATS[name](answer)
    assert (text if name != "terminal" else "需求不简单。**它有很多方面。**有些是隐藏的。") in plain
    if name == "markdown":
        html = MarkdownIt("commonmark").render(to_markdown((Turn("q", answer),), "1", WHEN))
        assert "*<strong>它有很多方面</strong>。*有些" in html


@pytest.mark.parametrize("name", FORMATS)
def test_what_may_answer_is_said_to_be_read_and_not_to_be_the_answer(name: str) -> None:
    said = "These passages may answer it: read them."
    assert said in FORMATS[name](two_extracts(Tier.MAY_ANSWER))
    assert said not in FORMATS[name](two_extracts())


@pytest.mark.parametrize("name", FORMATS)
def test_how_a_message_was_understood_is_said(name: str) -> None:
    answer = replace(two_extracts(), request=replace(request("and why?"), stand_alone="Why is there demand?"))
    assert "Understood as: a question to the publications: Why is there demand?" in FORMATS[name](answer)
    assert "Understood as: Indicators for national plans of action" in FORMATS[name](ANSWERS["fitting"])


@pytest.mark.parametrize("name", FORMATS)
def test_where_too_little_was_said_the_choices_stand_with_what_each_gives(name: str) -> None:
    text = FORMATS[name](Answer(replace(request("indicators", Act.LIST), choices=CHOICES, unsure=True)))
    assert say("status.asked back") in text
    assert "For livelihoods (18 indicators)" in text and "What the publications say" in text
    assert say("meanings") not in text


def test_what_else_could_be_meant_is_offered_where_it_can_be_chosen() -> None:
    answer = replace(two_extracts(), request=replace(request(), choices=CHOICES))
    for name, shown in FORMATS.items():
        texts = (say("meanings"), "For livelihoods (18 indicators)", "What the publications say")
        assert [text in shown(answer) for text in texts] == [name in ("html", "terminal")] * 3
    for act in (Act.DANGER, Act.HARM):  # a refusal may be wrong; who asks for help is offered nothing else
        ended = Answer(replace(request("help", act), choices=CHOICES))
        assert any(isinstance(block, Meanings) for block in outline(ended)) == (act is Act.HARM)


def test_a_choice_on_the_page_carries_what_it_asks() -> None:
    answer = Answer(replace(request("indicators"), choices=CHOICES, unsure=True))
    values = [json.loads(chip["value"]) for chip in Reader(answer_html(answer, 0)).classed("icat-chip")]
    assert [read(Corrected, value["corrected"]) for value in values] == [choice.then for choice in CHOICES]
    assert [value["question"] for value in values] == ["", "What is livelihoods support?"]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_told_stands_in_its_paragraphs(name: str) -> None:
    text = FORMATS[name](Answer(request("who are you?", Act.ABOUT), told=("A program.", "Not a person.")))
    assert text.index("A program.") < text.index("Not a person.")
    assert say("safety") not in text


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("margin", [0.1, 0.5, 0.99])
def test_somebody_who_may_be_in_danger_reads_what_helps_before_what_answers(name: str, margin: float) -> None:
    """All of it where they surely are; what to do now and who else helps where it is likely; else one line."""
    plea = replace(request("they took my passport", Act.DANGER), margin=margin)
    text = FORMATS[name](replace(two_extracts(Tier.MAY_ANSWER), request=plea))
    line, now, nobody, others = (
        "call the local emergency services",
        "call the police or emergency services of",
        "Nobody reads this chat",
        "Others who can help",
    )
    answer = [say("after_help"), "may answer it", "It has many sides"]
    order = {
        0.1: [line, *answer, now, nobody, others],
        0.5: [line, now, others, *answer, nobody],
        0.99: [line, now, nobody, others, *answer],
    }[margin]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", FORMATS)
def test_beside_a_list_it_is_said_what_only_may_answer(name: str) -> None:
    lists, other = ANSWERS["fitting"], two_extracts(Tier.MAY_ANSWER)
    both = beside(lists, other)
    assert both.status is Status.PARTIAL
    text = FORMATS[name](both)
    places = [text.index(part) for part in ("may answer it", "It has many sides", "Number of meetings held")]
    assert places == sorted(places)


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
        assert [text in shown(answer) for text in ("Something near.", say("filtered"))] == [kept] * 2
        assert (say("safety") in shown(answer)) == (name == "terminal")  # the page says it at its top
        assert say(f"status.{Status.NO_EVIDENCE}") in shown(answer)


def test_a_refusal_says_how_it_ends_then_why_then_who_can_help() -> None:
    blocks = outline(Answer(request("help", Act.DANGER)), (Contact(name="Line", contact="call us"),))
    roles = [block.role for block in blocks if isinstance(block, Paragraph)]
    assert roles == [Role.STATUS, *[Role.REMARK] * 4, Role.CONTACT, Role.CONTACT]
    assert blocks[-1].text == "Line: call us"


def test_what_stands_beside_a_list_is_a_part_of_its_own_before_the_first_whole_list() -> None:
    lists = ANSWERS["fitting"]
    named = replace(lists.request, slots=Slots(kinds=(ItemKind.INDICATOR,)))
    unnamed, lists = lists, replace(lists, request=named)
    statement = replace(two_sources().statements[0], quotes=())
    both = outline(replace(lists, statements=(*lists.statements, statement)))

    def parts(blocks: tuple[Block, ...]) -> list[Role]:
        (listing,) = [block for block in blocks if getattr(block, "role", None) is Role.LISTING]
        return [each.role for each in listing.blocks if isinstance(each, Group)]

    assert parts(both)[:3] == [Role.FIRST, Role.BESIDE, Role.LIST]
    open_first = outline(replace(unnamed, statements=(*lists.statements, statement)))
    assert parts(open_first)[:3] == [Role.BESIDE, Role.FIRST, Role.LIST]
    assert Role.BESIDE not in parts(outline(lists))


def test_the_room_knows_types_and_computes_no_answer() -> None:
    for path in (REPO / "assistant" / "show").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        modules = {node.module: node for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
        rooms = {module for module in modules if module.startswith("assistant") and not module.startswith(ROOM)}
        known = {"assistant.types", "assistant.settings", "assistant.errors", "assistant.texts.catalogue"}
        assert rooms <= known, path.name
        if "assistant.toolkit" in rooms:
            assert [name.name for name in modules["assistant.toolkit"].names] == ["corrections"]
