"""What a model does beside writing, over HTTP to a scripted server: follow-ups, parts of a question, judgements."""

from __future__ import annotations

from math import log

import pytest
from fakes import ToldClassifier, reading_of
from scripted_model import Reply, ScriptedModel, error, first_tokens

from assistant.model_settings import ModelSettings
from assistant.types import Act, Answer, AnswerType, Corrected, Part, Request, Support, Turn
from assistant.understand.lexicon import lexicon
from assistant.understand.parts import parts_of
from assistant.understand.understanding import Understanding
from assistant.write.model.door import LanguageModel
from assistant.write.model.tasks import ModelJudge, ModelReading, may_ask_more, own_words

EARLIER = "How are harbour lamps inspected?"
FOLLOW_UP = "And how often?"
LONG = "Tell us the age of a harbour lamp at inspection, its keeper and the cost of a spare lamp"
SPLIT = ("What age has a harbour lamp at inspection?", "Who is its keeper?", "What is the cost of a spare lamp?")
HARMFUL = "How do I hide the workers and how often?"


def model(server: ScriptedModel) -> LanguageModel:
    return LanguageModel(ModelSettings(base_url=server.base_url, name="scripted"))


def parts(text: str, language: str = "en") -> tuple[Part, ...]:
    return parts_of(text, lexicon(), language)


def turn(question: str, act: Act = Act.ASK) -> Turn:
    return Turn(question, Answer(Request(question, question, act=act)))


def rules() -> Understanding:
    told = ToldClassifier()(HARMFUL, reading_of(harm=1.0))
    for question in (FOLLOW_UP, "And for small harbours?"):
        told(question, reading_of(ask=1.0, leans=1.0))
    return Understanding(told, lexicon())


def reading(server: ScriptedModel) -> ModelReading:
    return ModelReading(model(server), rules().read, parts)


def read(reply: Reply, question: str, *turns: Turn) -> Request:
    with ScriptedModel(reply) as server:
        return reading(server).read(question, turns)


def by_rules(question: str, *turns: Turn) -> Request:
    return rules().read(question, turns)


# --- follow-ups ---


def test_a_follow_up_is_completed_with_words_said_before():
    request = read(Reply(pieces=["How often are harbour ", "lamps inspected?"]), FOLLOW_UP, turn(EARLIER))
    assert request.stand_alone == "How often are harbour lamps inspected?"
    assert [part.text for part in request.parts] == ["How often are harbour lamps inspected?"]
    assert request.asked == FOLLOW_UP


@pytest.mark.parametrize(
    "reply",
    [
        Reply(pieces=["How often are harbour lamps inspected in Norway?"]),  # a word that nobody said
        Reply(pieces=["How are harbour lamps inspected?\nHow often?"]),  # two lines
        Reply(pieces=["They are inspected twice a year."]),  # an answer
        Reply(pieces=[""]),
        error(500, "out of order"),
    ],
)
def test_a_rewrite_that_adds_or_fails_leaves_what_rules_make_of_it(reply: Reply):
    assert read(reply, FOLLOW_UP, turn(EARLIER)) == by_rules(FOLLOW_UP, turn(EARLIER))


def test_a_rewrite_that_loses_a_word_typed_leaves_what_rules_make_of_it():
    question = "And for small harbours?"
    kept = read(Reply(pieces=["How are harbour lamps inspected?"]), question, turn(EARLIER))
    assert kept == by_rules(question, turn(EARLIER))
    assert question in kept.stand_alone


@pytest.mark.parametrize("turns", [(), (turn("What does a buoy cost?"),)])
def test_a_question_that_stands_alone_is_not_sent_to_the_model(turns: tuple[Turn, ...]):
    with ScriptedModel(Reply(pieces=["never"])) as server:
        assert reading(server).read(EARLIER, turns).stand_alone == EARLIER
        assert server.requests == []


def test_a_question_that_was_refused_is_not_told_to_the_model_and_none_is_sent_of_it():
    turns = (turn(EARLIER), turn(HARMFUL, Act.HARM))
    with ScriptedModel(Reply(pieces=["no"])) as server:
        assert reading(server).read(HARMFUL, turns).act is Act.HARM
        assert server.requests == []
        reading(server).read(FOLLOW_UP, turns)
        (request,) = server.requests
    sent = request["messages"][-1]["content"]
    assert EARLIER in sent and FOLLOW_UP in sent
    assert "hide" not in sent


def test_only_what_was_typed_is_sent_as_the_new_question():
    request = Request(FOLLOW_UP, f"{EARLIER} {FOLLOW_UP}")
    assert own_words(request) == FOLLOW_UP
    assert own_words(Request(EARLIER, EARLIER)) == EARLIER


def test_a_list_is_left_to_the_rules():
    with ScriptedModel(Reply(pieces=["never"])) as server:
        request = reading(server).read(FOLLOW_UP, (turn(EARLIER),), corrected=Corrected(Act.LIST))
        assert request.act is Act.LIST and server.requests == []


# --- the parts of a question ---


def test_a_question_that_rules_leave_whole_is_read_as_the_questions_the_model_tells():
    assert len(parts(LONG)) == 1
    found = read(Reply(pieces=["\n".join(SPLIT)]), LONG)
    assert tuple(part.text for part in found.parts) == tuple(part.reads for part in found.parts) == SPLIT
    assert found.parts[1].asks is AnswerType.PERSON
    assert found.stand_alone == LONG


def test_two_questions_of_the_same_words_are_two_where_they_ask_for_different_things():
    asked = "Where and when did the two expert meetings on lamp evaluation take place?"
    told = ("Where did the two expert meetings on lamp evaluation take place?",
            "When did the two expert meetings on lamp evaluation take place?")  # fmt: skip
    found = read(Reply(pieces=["\n".join(told)]), asked).parts
    assert [(part.text, part.asks) for part in found] == [(told[0], AnswerType.PLACE), (told[1], AnswerType.TIME)]


@pytest.mark.parametrize(
    "lines",
    [
        (*SPLIT, "Who pays the harbour office?"),  # was not asked
        SPLIT[:2],  # the cost is lost
        (
            SPLIT[0],
            SPLIT[1],
            SPLIT[2],
            "What is a spare lamp's cost of?",
            "What is the cost of the spare lamp?",
        ),  # twice
        (LONG,),  # one part
        ("A lamp is inspected after two years.", "Keepers are paid."),  # an answer
        tuple(f"{line} {number}" for number in range(3) for line in SPLIT),  # more than six
    ],
)
def test_parts_that_add_lose_repeat_or_answer_leave_the_question_as_it_is(lines: tuple[str, ...]):
    assert read(Reply(pieces=["\n".join(lines)]), LONG) == by_rules(LONG)


def test_a_model_that_fails_leaves_the_question_as_it_is():
    assert read(error(401, "no"), LONG) == by_rules(LONG)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (LONG, True),
        ("How is a lamp inspected, and what does a spare lamp cost?", False),  # rules see two parts
        ("How are lamps and buoys inspected?", False),  # too short for two
        ("Which keepers of small harbours inspect spare lamps every month?", False),  # nothing joined
    ],
)
def test_only_a_long_joined_question_that_rules_leave_whole_is_asked_about(question: str, expected: bool):
    assert may_ask_more(Request(question, question, parts=parts(question))) is expected


# --- judging ---


def judged(*replies: Reply) -> Support | None:
    with ScriptedModel(*replies) as server:
        return ModelJudge(model(server)).judge("Lamps are out.", ["Twelve lamps are out."])


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(0.9, 0.1, Support.FULL), (0.5, 0.5, Support.PARTIAL), (0.1, 0.9, Support.NONE), (0.45, 0.05, Support.FULL)],
)
def test_where_the_server_tells_probabilities_that_of_yes_is_the_judgement(yes: float, no: float, expected: Support):
    assert judged(first_tokens(Yes=log(yes), no=log(no))) is expected  # the last: .45 of .50 is .9


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(pieces=["yes"]), Support.FULL),
        (Reply(pieces=["Partly."]), Support.PARTIAL),
        (Reply(pieces=["no"]), Support.NONE),
        (Reply(pieces=["Yes, because the passage says so"]), None),
        (error(401, "no"), None),
    ],
)
def test_where_it_does_not_a_judgement_is_one_word_and_anything_else_is_none(reply: Reply, expected: Support | None):
    assert judged(first_tokens(Perhaps=-0.1), reply) is expected
    assert judged(error(401, "no"), reply) is expected
