"""What the people of a load run send, and what of the replies they hold against each other."""

import pytest

from evals.load.exchange import asking, fingerprint, held, last, opening, question_of

STATED = {"text": "Ask first.", "quotes": [{"label": 1, "start": 4, "end": 14}]}


def answered(question: str = "How?", status: str = "answered", **answer: object) -> dict:
    """The last step of a reply."""
    known = {"status": status, "evidence": {"passages": [{"chunk": {"id": "guide#1"}}]}, "statements": [STATED]}
    return {
        "step": "answered",
        "html": '<p>Ask first. <button class="icat-label" type="button" value="0:1:0:0">1</button></p>',
        "turn": {"version": 3, "turns": [{"question": question, "answer": known | answer}]},
    }


def test_the_last_step_counts_and_signs_of_life_do_not():
    lines = [b'{"step": "waiting", "text": "..."}', b"", b'{"step": "answered", "html": ""}', b""]
    assert last(lines) == {"step": "answered", "html": ""}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [([], "ended without a step"), (['{"step": "failed", "text": "The index is gone."}'], "The index is gone")],
)
def test_a_reply_that_came_to_nothing_says_why(lines: list[str], reason: str):
    with pytest.raises(ValueError, match=reason):
        last(lines)


def test_the_source_that_is_opened_is_that_of_the_first_label():
    step = answered()
    assert opening(step) == {"value": "0:1:0:0", "record": step["turn"]}
    assert opening(step | {"html": "<p>Hello</p>"}) is None


def test_an_answer_is_told_from_another_by_what_it_says_and_where_that_stands():
    moved = {**STATED, "quotes": [{"label": 1, "start": 5, "end": 15}]}
    elsewhere = {"passages": [{"chunk": {"id": "guide#2"}}]}
    others = [
        answered(statements=[moved]),
        answered(evidence=elsewhere),
        answered(status="closest"),
        answered(statements=[]),
    ]
    assert fingerprint(answered()) == fingerprint(answered(seconds=2.5))
    assert len({fingerprint(each) for each in [answered(), *others]}) == 5


def test_a_question_without_passages_has_a_fingerprint_too():
    step = {"turn": {"turns": [{"question": "Hello", "answer": {"status": "out of scope"}}]}}
    assert question_of(step) == "Hello" and len(fingerprint(step)) == 16
    assert asking("Hello") == {"question": "Hello", "number": 0}


def test_an_answer_is_held_against_what_the_same_question_had_alone():
    """A question whose details of people are left out is kept otherwise than it was asked."""
    ana, other = answered("Is […] safe?"), answered("How?", status="closest")
    alone = {"Is Ana safe?": (question_of(ana), fingerprint(ana)), "How?": (question_of(other), fingerprint(other))}
    assert held(ana, "Is Ana safe?", alone)
    assert not held(answered("Is […] safe?", statements=[]), "Is Ana safe?", alone)
    with pytest.raises(ValueError, match="answer to another question"):
        held(other, "Is Ana safe?", alone)
    with pytest.raises(ValueError, match="statements of another answer"):
        held(answered("Is […] safe?", status="closest"), "Is Ana safe?", alone)
