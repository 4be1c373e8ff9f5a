"""Passages altered where a sentence rests on them, and what is left of its support."""

from __future__ import annotations

from evals.support.altered import altered, denied, duty_swapped, figure_changed, supported, survivors, without
from evals.support.pairs import JudgedPair, SupportCase, run

PASSAGE = (
    "Inspectors must visit farms 12 times a year. A hotline takes calls at night. Drivers are trained by the port."
)


def judged_pair(sentence: str, text: str = PASSAGE) -> JudgedPair:
    passage = SupportCase.model_validate(
        {"id": "farms", "domain": "d", "split": "tune", "language": "en", "passage": text}
        | {"pairs": [{"kind": "faithful", "label": "full", "sentence": sentence}]}
    )
    return run([passage])[0]


def test_what_is_altered_in_a_passage_is_what_the_sentence_rests_on():
    farms = judged_pair("Inspectors must visit farms 12 times a year.")
    assert altered(farms, figure_changed).passage.startswith("Inspectors must visit farms 13 times a year. A hotline")
    assert altered(farms, duty_swapped).passage.startswith("Inspectors may visit")
    assert altered(farms, denied).passage.startswith("Inspectors must not visit")
    assert "farms" not in altered(farms, without).passage
    assert altered(judged_pair("A hotline takes calls at night."), figure_changed) is None


def test_what_is_denied_is_what_the_sentence_says_and_was_not_denied_before():
    two = judged_pair("Guides are paid by the harbour.", "Lamps are green, and guides are paid by the harbour.")
    assert altered(two, denied).passage == "Lamps are green, and guides are not paid by the harbour."
    never = judged_pair("Guides must never be paid.", "Guides must never be paid by the harbour.")
    assert altered(never, denied) is None
    other = judged_pair("No guide may be left unpaid.", "Guides are to be paid by the harbour.")
    assert altered(other, denied) is None


def test_a_sentence_does_not_outlive_its_source():
    chosen = supported([judged_pair("Inspectors must visit farms 12 times a year.")])
    assert len(chosen) == 1
    assert [(each.way, each.n, each.full) for each in survivors(chosen)] == [
        ("taken out", 1, 0),
        ("figure changed", 1, 0),
        ("duty swapped", 1, 0),
        ("denied", 1, 0),
    ]
