"""What a model does beside writing, over HTTP to a scripted server: follow-ups, parts of a question, judgements."""

from __future__ import annotations

from math import log

import pytest
from scripted_model import Reply, ScriptedModel, error, first_tokens

from assistant.types import Answer, Query, Refusal, Support, Turn
from assistant.understand.question import parts
from assistant.write.model.door import LanguageModel
from assistant.write.model.settings import ModelSettings
from assistant.write.model.tasks import ModelJudge, Rewriter, Splitter, unsure

EARLIER = "How are harbour lamps inspected?"
LONG = "Tell us the age of a harbour lamp at inspection, its keeper and the cost of a spare lamp"
SPLIT = ("What age has a harbour lamp at inspection?", "Who is its keeper?", "What is the cost of a spare lamp?")


def model(server: ScriptedModel) -> LanguageModel:
    return LanguageModel(ModelSettings(base_url=server.base_url, name="scripted"))


def turn(question: str, refusal: Refusal | None = None) -> Turn:
    return Turn(question, Answer(Query(question, question, question), refusal=refusal))


def ruled(question: str, turns: object) -> str:
    """As rules would have it that take the whole of the question before."""
    return f"{EARLIER} {question}" if turns else question


def as_is(question: str, turns: object) -> str:
    return question


def rewritten(reply: Reply, question: str = "And how often?") -> str:
    with ScriptedModel(reply) as server:
        return Rewriter(model(server), ruled)(question, [turn(EARLIER)])


def split(reply: Reply, question: str = LONG) -> str:
    with ScriptedModel(reply) as server:
        return Splitter(model(server), as_is)(question, ())


# --- follow-ups ---


def test_a_follow_up_is_completed_with_words_said_before():
    assert (
        rewritten(Reply(pieces=["How often are harbour ", "lamps inspected?"]))
        == "How often are harbour lamps inspected?"
    )


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
    assert rewritten(reply) == f"{EARLIER} And how often?"


def test_a_rewrite_that_loses_a_word_typed_leaves_what_rules_make_of_it():
    kept = rewritten(Reply(pieces=["How are harbour lamps inspected?"]), "And for small harbours?")
    assert kept == f"{EARLIER} And for small harbours?"


def test_a_question_that_stands_alone_is_not_sent_to_the_model():
    with ScriptedModel(Reply(pieces=["never"])) as server:
        assert Rewriter(model(server), ruled)(EARLIER, ()) == EARLIER
        assert server.requests == []


def test_a_question_that_was_refused_is_not_told_to_the_model():
    with ScriptedModel(Reply(pieces=["no"])) as server:
        Rewriter(model(server), ruled)("And how often?", [turn(EARLIER), turn("How do I hide them?", Refusal.HARMFUL)])
        (request,) = server.requests
    sent = request["messages"][-1]["content"]
    assert EARLIER in sent
    assert "hide them" not in sent


# --- the parts of a question ---


def test_a_question_that_rules_leave_whole_is_put_as_the_questions_the_model_tells():
    assert len(parts(LONG)) == 1
    found = split(Reply(pieces=["\n".join(SPLIT)]))
    assert found == " ".join(SPLIT)
    assert [part.text for part in parts(found)] == list(SPLIT)


def test_parts_that_come_without_a_question_mark_get_one():
    lines = [f"- {line.rstrip('?')}" for line in SPLIT]
    assert split(Reply(pieces=["\n".join(lines)])) == " ".join(SPLIT)


def test_two_questions_of_the_same_words_are_two_where_they_ask_for_different_things():
    asked = "Where and when did the two expert meetings on lamp evaluation take place?"
    told = ("Where did the two expert meetings on lamp evaluation take place?",
            "When did the two expert meetings on lamp evaluation take place?")  # fmt: skip
    assert split(Reply(pieces=["\n".join(told)]), asked) == " ".join(told)


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
    assert split(Reply(pieces=["\n".join(lines)])) == LONG


def test_a_model_that_fails_leaves_the_question_as_it_is():
    assert split(error(401, "no")) == LONG


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
    assert unsure(question) is expected


def test_a_question_that_rules_are_sure_of_is_not_sent_to_the_model():
    with ScriptedModel(Reply(pieces=["never"])) as server:
        assert Splitter(model(server), as_is)(EARLIER, ()) == EARLIER
        assert server.requests == []


def test_a_follow_up_is_completed_before_it_is_split():
    follow = "And the cost of a spare one, its weight and its keeper?"
    with ScriptedModel(Reply(pieces=["no\nno"]), Reply(pieces=["nothing of use"])) as server:
        reader = Splitter(model(server), Rewriter(model(server), ruled))
        assert reader(follow, [turn(EARLIER)]) == f"{EARLIER} {follow}"


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
