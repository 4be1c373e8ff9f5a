"""From answers to claims, samples and orders; and what a rater is not told."""

import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest
from list_samples import INDICATORS, QUESTIONS, ask
from review_samples import made, two_sources, workbench, written

from assistant.errors import ReviewError
from assistant.review import make
from assistant.review.types import AnswerPart, ClaimDraft, Source
from assistant.review.view import ClaimView, RaterView
from assistant.show.record import answer_in_full, answer_to_record, turns_to_record
from assistant.types import Turn, Wanted
from corpus.toolkit.types import ItemKind
from corpus.types import Activity


def lines(file: Path, *records: object, cut: str = "") -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records) + cut, encoding="utf-8")
    return file


def run(folder: Path, **judges: list[str | None]) -> Path:
    """A run of three cases, one of which failed, and one asked twice."""
    records = [
        {"case": "c1", "answer": answer_to_record(two_sources()), "stages": {}, "seconds": {}, "error": ""},
        {"case": "c2", "answer": None, "stages": {}, "seconds": {}, "error": "down"},
        {"case": "c3", "answer": answer_to_record(written(1)), "stages": {}, "seconds": {}, "error": ""},
        {"case": "c3", "answer": answer_to_record(written(2, withheld=1)), "judges": judges},
    ]
    lines(folder / "records.jsonl", *records, cut='{"case": "c4", "answ')
    cases = [{"id": "c1", "tags": ["factual"]}, {"id": "c3", "tags": ["typing", "factual"], "history": ["And before?"]}]
    lines(folder / "cases.jsonl", *cases)
    return folder


def test_claims_of_a_run_have_the_tags_of_its_cases_and_every_judges_verdict(tmp_path: Path):
    sources = make.read_run(run(tmp_path, nli=["full", None]))
    assert [(source.case, source.tags, source.history) for source in sources] == [
        ("c1", ("factual",), ()),
        ("c3", ("typing", "factual"), ("And before?",)),  # as it was asked last
    ]
    drafts = make.drafts(sources)
    assert [(d.case, d.part, d.position, d.automatic) for d in drafts[4:]] == [
        ("c3", AnswerPart.SHOWN, 0, {"product": "full", "nli": "full"}),
        ("c3", AnswerPart.SHOWN, 1, {"product": "partial"}),
        ("c3", AnswerPart.WITHHELD, 0, {"product": "none"}),
    ]
    assert [d.part for d in make.drafts(sources, withheld=False)].count(AnswerPart.WITHHELD) == 0


def test_without_a_file_of_cases_there_are_no_tags(tmp_path: Path):
    file = lines(tmp_path / "some.jsonl", {"case": "c1", "answer": answer_to_record(two_sources())})
    assert make.read_run(file)[0].tags == ()


def test_a_claim_carries_its_quote_its_pages_and_the_passage_around():
    draft = make.drafts([Source(two_sources())])[1]
    shown = draft.quotes[0]
    assert (draft.text, draft.before) == ("It has many sides.", "Demand is <b>not</b> simple.")
    assert (shown.quote.text, shown.pages) == ("It has many sides.", "p. 12 (PDF p. 14)")
    assert shown.before + shown.quote.text + shown.after == "Demand is <b>not</b> simple. It has many sides."
    assert shown.source.startswith("On <Demand> & Supply: A paper")


def test_items_of_lists_are_claims_of_their_own_kind():
    wanted = Wanted((ItemKind.QUESTION,), (Activity.NATIONAL_PLANS,))
    answer = ask(wanted, *QUESTIONS, *INDICATORS)
    assert answer is not None
    drafts = make.drafts([Source(answer)])
    assert [draft.part for draft in drafts] == [AnswerPart.LISTED] * 3
    assert drafts[0].text == "Who pays for the plan each year?"


def test_a_conversation_gives_the_claims_of_all_turns_and_the_questions_before_each(tmp_path: Path):
    turns = (Turn("What drives demand?", two_sources()), Turn("And supply?", written(1, "And supply?")))
    file = tmp_path / "chat.json"
    file.write_text(json.dumps(turns_to_record(turns)), encoding="utf-8")
    sources = make.read_conversation(file)
    assert [source.history for source in sources] == [(), ("What drives demand?",)]
    assert [draft.question for draft in make.drafts(sources)] == ["What drives demand?"] * 4 + ["And supply?"]


def test_what_ask_writes_as_json_is_a_conversation_of_one(tmp_path: Path):
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer_in_full(two_sources(), ("Answered.",))), encoding="utf-8")
    assert [source.answer for source in make.read_conversation(file)] == [two_sources()]


@pytest.mark.parametrize("content", ["", "[1]", "{}", '{"version": 3, "turns": [{"question": "q"}]}', "\x80"])
def test_what_is_no_conversation_is_said_with_the_file(tmp_path: Path, content: str):
    file = tmp_path / "chat.json"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(ReviewError, match=r"chat\.json: .*") as refused:
        make.read_conversation(file)
    assert "\n" not in str(refused.value)


def test_a_damaged_record_is_said_with_file_and_line(tmp_path: Path):
    file = lines(tmp_path / "records.jsonl", {"case": "c1", "answer": {"version": 3}})
    with pytest.raises(ReviewError, match=r"records\.jsonl, line 1: stored answer: request"):
        make.read_run(tmp_path)
    file.write_text("no json\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r"records\.jsonl, line 1: is no JSON object"):
        make.read_run(tmp_path)
    with pytest.raises(ReviewError, match="cannot be read"):
        make.read_run(tmp_path / "none")


# --- samples and orders ---


def drafts(*tags: str) -> list[ClaimDraft]:
    """One draft for each word of tags, joined by '+'."""
    return [
        ClaimDraft(question="q", text=f"s{n}", position=0, answer=1, tags=tuple(filter(None, words.split("+"))))
        for n, words in enumerate(tags)
    ]


def test_a_sample_has_so_many_of_each_tag_and_keeps_the_order():
    all_ = drafts(*["a"] * 20, *["b"] * 3, *[""] * 10)
    chosen = make.sample(all_, 4, seed=1)
    assert Counter(draft.tags for draft in chosen) == {("a",): 4, ("b",): 3, (): 4}
    assert [all_.index(draft) for draft in chosen] == sorted(all_.index(draft) for draft in chosen)
    assert make.sample(all_, 4, seed=1) == chosen != make.sample(all_, 4, seed=2)
    assert make.sample(all_, None) == tuple(all_)


def test_a_claim_counts_for_each_of_its_tags():
    # Rare first: 2 of "b", both also "a"; so "a" needs one more.
    chosen = make.sample(drafts(*["a"] * 5, "a+b", "a+b"), 3)
    assert Counter(tag for draft in chosen for tag in draft.tags) == {"a": 3, "b": 2}


def test_only_claims_with_a_tag_that_is_wanted():
    chosen = make.sample(drafts("a", "b", "a+b", ""), None, ["b"])
    assert [draft.text for draft in chosen] == ["s1", "s2"]
    assert [draft.text for draft in make.sample(drafts("a", "b", "a+b", ""), 1, ["a"])] in (["s0"], ["s2"])


def test_every_rater_has_an_order_of_their_own_that_is_the_same_each_time():
    orders = make.orders(range(1, 21), ["Ana", "Bo"], 7)
    assert sorted(orders["Ana"]) == sorted(orders["Bo"]) == list(range(1, 21))
    assert orders["Ana"] != orders["Bo"] and orders["Ana"] != tuple(range(1, 21))
    assert make.orders(range(1, 21), ["Bo", "Ana", "Cy"], 7)["Ana"] == orders["Ana"]
    assert make.orders(range(1, 21), ["Ana"], 8)["Ana"] != orders["Ana"]


def test_with_k_raters_a_claim_each_claim_has_k_and_the_load_is_even():
    orders = make.orders(range(1, 12), ["Ana", "Bo", "Cy"], 0, 2)
    assert Counter(claim for mine in orders.values() for claim in mine) == dict.fromkeys(range(1, 12), 2)
    assert sorted(map(len, orders.values())) == [7, 7, 8]  # 22 over three
    with pytest.raises(ReviewError, match="4 raters for each claim are wanted, of 3"):
        make.orders([1], ["Ana", "Bo", "Cy"], 0, 4)
    with pytest.raises(ReviewError, match="named twice"):
        make.orders([1], ["Ana", "ana"], 0)


def test_a_sample_keeps_only_the_answers_it_uses(tmp_path: Path):
    bench = workbench(tmp_path)
    sources = [Source(written(2), tags=("a",)), Source(two_sources(), tags=("b",))]
    bench.create(sources, "a test", tags=["b"], raters=["Ana"])
    claims = bench.claims("r1")
    assert (claims[0].answer, claims[0].text) == (1, "Demand is <b>not</b> simple.")
    assert bench.source("r1.1", 0).marked == "Demand is <b>not</b> simple."
    with pytest.raises(ReviewError, match="no sentence has the tag c; there are a, b"):
        bench.create(sources, "a test", tags=["c"], raters=["Ana"])


# --- blindness ---

TOLD = {"id", "question", "before", "lead", "text", "quotes", "whole"}


def test_a_rater_is_told_of_no_verdict_and_of_nothing_that_gives_one_away():
    assert {field.name for field in dataclasses.fields(ClaimView)} == TOLD
    hidden = {"automatic", "support", "warnings", "part", "tags", "case", "verdicts", "raters", "adjudication"}
    assert not hidden & {field.name for field in dataclasses.fields(RaterView)}


def test_what_a_rater_sees_is_the_same_whatever_judges_and_other_raters_said(tmp_path: Path):
    from review_samples import FULL, NONE

    plain, told = made(tmp_path / "a"), workbench(tmp_path / "b")
    judged = Source(written(3), judges={"nli": ("none", "none", "none")}, tags=(), case="injection-1")
    told.create([judged], "a test", raters=["Ana", "Bo"])
    told.judge("r1.1", "Bo", NONE)
    told.judge("r1.2", "Bo", FULL)
    views = [[bench.claim_for("Ana", "r1", place) for place in (1, 2, 3)] for bench in (plain, told)]
    assert views[0] == views[1]


def test_a_withheld_sentence_looks_like_any_other(tmp_path: Path):
    bench = workbench(tmp_path)
    bench.create([Source(written(1, withheld=1))], "a test", raters=["Ana"])
    parts = {claim.id: claim.part for claim in bench.claims("r1")}
    assert sorted(parts.values()) == [AnswerPart.SHOWN, AnswerPart.WITHHELD]
    views = [bench.claim_for("Ana", "r1", place) for place in (1, 2)]
    shapes = {(v.claim.before, v.claim.lead, v.own, len(v.claim.quotes)) for v in views if v}
    assert shapes == {("", "", None, 1)}
