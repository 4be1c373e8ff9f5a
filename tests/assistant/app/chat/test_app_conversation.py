"""Turns as HTML: escaped, numbered, with the text for the clipboard and what can be done with them."""

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from assistant.app.chat import conversation
from assistant.types import Act, Answer, Request, Status, Tier, Turn

HARMFUL = """<img src=x onerror="alert(1)"> ${alert(1)} {{x}} "quoted" 'single' </article>"""


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def test_a_turn_is_an_article_with_its_number_and_labels_that_carry_it(turn: Turn):
    tags = Tags(conversation.turn_html(turn, 7))
    (article,) = tags.named("article")
    assert article["id"] == "icat-turn-7"
    labels = [button for button in tags.named("button") if button.get("name") == "icat-source"]
    assert [label["value"] for label in labels] == ["7.1.0.0", "7.1.n."]


def test_what_is_typed_stays_text_also_in_the_text_for_the_clipboard(turn: Turn):
    html = conversation.turn_html(replace(turn, question=HARMFUL), 0)
    tags = Tags(html)
    assert tags.named("img") == []
    assert not [name for _, attributes in tags.seen for name in attributes if name.startswith("on")]
    assert len(tags.named("article")) == html.count("</article>") == 1
    assert HARMFUL in tags.named("article")[0]["data-copy"]


def test_the_clipboard_gets_question_statements_and_sources_unwrapped(turn: Turn):
    copied = Tags(conversation.turn_html(turn, 0)).named("article")[0]["data-copy"]
    assert copied.startswith("Question: How do they differ?\n\n")
    assert f"{turn.answer.statements[0].text} [1]" in copied
    assert "\nSources\n  [1] " in unescape(copied)


def test_a_question_can_be_edited_and_an_answer_saved_alone(turn: Turn):
    buttons = Tags(conversation.turn_html(turn, 0)).named("button")
    does = {button["data-do"]: button.get("aria-label") for button in buttons if "data-do" in button}
    assert does["edit"] == "Edit this question and ask it again"
    assert does["saveOne"] == "Word file of this answer alone"


def test_form_and_thumbs_of_each_turn_have_names_of_their_own(turn: Turn):
    tags = Tags(conversation.conversation_html([turn, turn]))
    ids = [attributes["id"] for _, attributes in tags.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    for button in tags.named("button"):
        if button.get("data-do") == "rate":
            assert button["aria-controls"] in ids
    for label in tags.named("label"):
        assert label["for"] in ids


def test_a_person_in_danger_is_not_asked_to_rate():
    asked = "help me"
    urgent = Turn(asked, Answer(Request(asked, asked, act=Act.DANGER)))
    assert "data-do" not in conversation.turn_html(urgent, 0)


def test_a_screen_reader_hears_how_much_there_is(turn: Turn):
    assert conversation.said(turn) == "The answer is there: 1 statement from 1 publication."
    nothing = Turn("x", Answer(Request("x", "x")))
    assert conversation.said(nothing) == "The publications here have nothing close to this."
    closest = Turn("x", replace(turn.answer, tier=Tier.MAY_ANSWER))
    assert conversation.said(closest).startswith("These passages may answer it")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (Request("who are you", "who are you", act=Act.ABOUT), Status.ABOUT),
        (Request("help me with my project", "help me with my project", unsure=True), Status.ASKED_BACK),
        (Request("x", "x", act=Act.DANGER), Status.URGENT),
        (Request("x", "x", act=Act.HARM), Status.REFUSED),
        (Request("x", "x", act=Act.OFF_TOPIC), Status.OUT_OF_SCOPE),
    ],
)
def test_a_screen_reader_hears_of_every_answer_that_is_none_from_the_publications(asked: Request, status: Status):
    turn = Turn("x", Answer(asked, told=("Some words.",)))
    assert turn.answer.status is status
    assert conversation.said(turn)
