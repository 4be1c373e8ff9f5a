"""What a model is asked about at once, and what is read of its reply."""

from __future__ import annotations

from passages import chunk, document

from assistant.write.questions import PASSAGE_MOST, leads_back, messages_for, read_questions, stretches_of

CHINESE = "谁来检查港口里的每一盏灯呢？"
LONG = "x" * (PASSAGE_MOST // 2)
PAPER = document("paper", f"Front matter.\n# Lamps\nKeepers look.\n{LONG}\n{LONG}1\nKeepers log.\n# Boats\nBoats sail.")


def chunks():
    return [
        chunk(PAPER, "Front", "matter.", 1),
        chunk(PAPER, "Keepers look.", f"{LONG}", 2),
        chunk(PAPER, f"{LONG}1", f"{LONG}1", 3),
        chunk(PAPER, "Keepers log.", "log.", 4),
        chunk(PAPER, "Boats sail.", "sail.", 5),
    ]


def test_a_piece_is_of_one_section_and_no_longer_than_a_passage_may_be():
    found = stretches_of(PAPER, chunks())
    assert [(each.heading, each.text[:12]) for each in found] == [
        ("Lamps", "Keepers look"),  # with the half of the limit that follows
        ("Lamps", "xxxxxxxxxxxx"),  # the other half would be more, and what stands after it is short
        ("Boats", "Boats sail."),
    ]
    assert found[1].text.endswith("Keepers log.")
    assert all(len(each.text) <= PASSAGE_MOST for each in found)
    assert all(PAPER.text[each.start : each.end] == each.text for each in found)


def test_a_question_leads_back_when_its_passage_is_among_the_first_three_found():
    lamps, _, boats = stretches_of(PAPER, chunks())
    front, look, *_, sail = chunks()
    assert leads_back([front, front, look], lamps, "paper")
    assert not leads_back([front, front, sail, look], lamps, "paper")
    assert not leads_back([sail], boats, "other-paper")


def test_only_lines_that_are_questions_are_read_and_each_once():
    lines = ("Here you are:", "1. Who checks the lamps?", "- Who checks the lamps?", "", CHINESE, "Who", "It is so.")
    assert read_questions("\n".join(lines)) == ("Who checks the lamps?", CHINESE)
    assert read_questions("[NO ANSWER]") == ()
    assert len(read_questions("\n".join(f"What is lamp {n} good for?" for n in range(9)))) == 6


def test_a_passage_is_data_within_its_fence():
    stretch = stretches_of(PAPER, chunks())[2]
    last = messages_for(stretch, "fr")[-1].text
    fence = last.splitlines()[0].removeprefix("-----BEGIN ").removesuffix("-----")
    assert last.splitlines() == [f"-----BEGIN {fence}-----", "Boats", "Boats sail.", f"-----END {fence}-----"]
    assert "Write in French" in messages_for(stretch, "fr")[0].text
