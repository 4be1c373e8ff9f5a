"""What the server answers to the Review view, without a browser."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import written_pdf
from asked import last

from assistant.app.review.handlers import ReviewHandlers
from assistant.review.locate import all_located
from assistant.review.pasted import parse
from assistant.show.record import answer_to_record, turns_to_record
from assistant.texts.catalogue import speaking
from assistant.types import Statement, Support, Turn
from corpus.catalogue import load
from corpus.library import Library

SECRET = "one rater alone knows this"


@pytest.fixture()
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture()
def handlers(home: Path, library: Library) -> ReviewHandlers:
    return ReviewHandlers(home, library)


def pasted(sentences: int, tags: str = "") -> str:
    said = "\n".join(f"- Sentence {number} of a report [1]" for number in range(1, sentences + 1))
    head = f"Question: What does it say?\nTags: {tags}\n" if tags else "Question: What does it say?\n"
    return f"{head}\n{said}\n\nSources:\n[1] no such publication | p. 3 | a quote that stands in no document here\n"


def made(handlers: ReviewHandlers, text: str, raters: tuple[str, ...] = ("Ana", "Bo"), **more: Any) -> str:
    step = last(handlers, "create", {"source": "pasted", "text": text, "raters": raters, **more})
    assert "review" in step, step
    return step["review"]


def fetched(handlers: ReviewHandlers, review: str, rater: str, position: int | None = None) -> dict[str, Any]:
    return last(handlers, "fetch", {"review": review, "rater": rater, "position": position})


def said(support: str = "full", citation: str = "right page", comment: str = "") -> dict[str, Any]:
    return {"support": support, "citation": citation, "comment": comment}


def judged(handlers: ReviewHandlers, view: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    sent = {name: view[name] for name in ("review", "rater", "position", "claim")}
    return last(handlers, "judge", {**sent, "said": verdict})


def all_judged(handlers: ReviewHandlers, review: str, rater: str, verdicts: dict[int, dict[str, Any]]) -> None:
    """Judges every claim; `verdicts` by the claim's number, which a shuffled order does not change."""
    while (view := fetched(handlers, review, rater))["step"] == "claim":
        number = int(view["claim"].split(".")[1])
        assert judged(handlers, view, verdicts.get(number, said()))["own"]


# --- making ---


def test_pasted_answers_become_a_review_and_the_list_says_who_is_how_far(handlers: ReviewHandlers):
    review = made(handlers, pasted(3), title="First round")
    judged(handlers, fetched(handlers, review, "Bo"), said())
    step = last(handlers, "list", {})
    assert (step["number"], step["runs"]) == (1, [])
    for words in ("First round", "3 sentences", "Begin as Ana", "Go on as Bo", "0 of 3", "1 of 3"):
        assert words in step["html"]


def test_the_conversation_of_a_tab_becomes_a_review(handlers: ReviewHandlers, turn: Turn):
    record = turns_to_record([turn])
    step = last(
        handlers, "create", {"source": "conversation", "record": record, "raters": ["Ana"], "name": "chat.json"}
    )
    view = fetched(handlers, step["review"], "Ana")
    assert turn.answer.statements[0].text in view["html"]
    assert f"<mark>{turn.answer.statements[0].quotes[0].text}</mark>" in view["sources"]
    assert "conversation chat.json" in last(handlers, "list", {})["html"]


def test_an_empty_tab_and_a_file_that_is_no_conversation_are_said(handlers: ReviewHandlers):
    assert "ask something in the chat" in last(handlers, "create", {"source": "conversation"})["text"]
    assert last(handlers, "create", {"source": "conversation", "record": [1]})["step"] == "failed"
    assert "no sentence" in last(handlers, "create", {"source": "pasted", "text": " "})["text"]
    assert last(handlers, "list", {})["number"] == 0


def test_a_run_is_offered_and_no_folder_beside_the_runs_can_be_named(handlers: ReviewHandlers, home: Path, turn: Turn):
    line = json.dumps({"case": "a", "answer": answer_to_record(turn.answer)})
    for folder in (home / "runs" / "monday", home / "elsewhere"):
        folder.mkdir(parents=True)
        (folder / "records.jsonl").write_text(line + "\n", encoding="utf-8")
    (home / "runs" / "empty").mkdir()
    assert last(handlers, "list", {})["runs"] == ["monday"]
    for name in ("../elsewhere", "empty", "", "tuesday"):
        assert "no evaluation run" in last(handlers, "create", {"source": "run", "name": name})["text"]
    step = last(handlers, "create", {"source": "run", "name": "monday", "raters": ["Ana"]})
    assert fetched(handlers, step["review"], "Ana")["total"] == 1


def test_a_quote_of_a_case_opens_in_the_documents_kept_beside_the_runs(
    handlers: ReviewHandlers, home: Path, tmp_path: Path
):
    """Cases are asked of documents that are not in the library: a rater sees their pages all the same."""
    read = Library(home / "runs" / "corpora" / "synthetic-1", load())
    list(read.add([written_pdf.write(tmp_path / "note.pdf")]))
    (source,) = all_located(parse(f'- One [1]\n\nSources:\n[1] {written_pdf.TITLE} | "{written_pdf.SENTENCE}"'), read)
    folder = home / "runs" / "monday"
    folder.mkdir()
    line = json.dumps({"case": "a", "answer": answer_to_record(source.answer)})
    (folder / "records.jsonl").write_text(line + "\n", encoding="utf-8")
    review = last(handlers, "create", {"source": "run", "name": "monday", "raters": ["Ana"]})["review"]
    shown = fetched(handlers, review, "Ana")["sources"]
    assert f"<mark>{written_pdf.SENTENCE}</mark>" in shown
    assert 'class="icat-page-image"' in shown
    assert "PDF p. 2" in shown


def test_a_sample_by_tag_takes_so_many_of_each(handlers: ReviewHandlers):
    text = f"{pasted(5, 'plan')}\n---\n{pasted(4, 'harm')}"
    review = made(handlers, text, per_tag=2)
    assert fetched(handlers, review, "Ana")["total"] == 4
    only = made(handlers, text, tags=["harm"])
    assert fetched(handlers, only, "Ana")["total"] == 4


def test_a_rater_can_be_added_later_and_a_review_removed(handlers: ReviewHandlers):
    review = made(handlers, pasted(2), raters=("Ana",))
    assert last(handlers, "assign", {"review": review, "rater": "Cy"})["text"] == "The rater is added."
    assert fetched(handlers, review, "cy")["rater"] == "Cy"
    assert "no name for a rater" in last(handlers, "assign", {"review": review, "rater": "<b>"})["text"]
    assert last(handlers, "remove", {"review": review})["text"] == "The review is gone."
    assert last(handlers, "list", {})["number"] == 0


def test_a_review_without_raters_is_not_made(handlers: ReviewHandlers):
    step = last(handlers, "create", {"source": "pasted", "text": pasted(1), "raters": []})
    assert (step["step"], last(handlers, "list", {})["number"]) == ("failed", 0)
    assert "a review begins with its raters" in step["text"]


def test_an_answer_is_judged_after_its_sentences_and_says_whether_it_answers(handlers: ReviewHandlers):
    review = made(handlers, pasted(2), whole=True)
    assert "2 sentences, 1 answer" in last(handlers, "list", {})["html"]
    view = fetched(handlers, review, "Ana", 3)
    assert (view["whole"], view["place"]) == (True, "Answer 3 of 3")
    assert "What does it say?" in view["html"]
    assert "Sentence 1 of a report<br>Sentence 2 of a report" in view["html"]
    assert "is a whole answer" in judged(handlers, view, said())["text"]
    assert judged(handlers, view, {"answers": "partly", "comment": "Half."})["own"]["answers"] == "partly"
    sentence = fetched(handlers, review, "Ana", 1)
    assert not sentence["whole"]
    assert "is a sentence" in judged(handlers, sentence, {"answers": "partly"})["text"]
    assert judged(handlers, sentence, {"answers": "partly", **said()})["step"] == "failed"


@pytest.mark.parametrize(
    "sent", [None, {"review": "../r1", "rater": "Ana"}, {"review": "r1", "rater": "Ana", "more": 1}]
)
def test_what_no_page_sends_is_refused(handlers: ReviewHandlers, sent: Any):
    step = last(handlers, "fetch", sent)
    assert step["step"] == "failed"
    assert "unexpected" in step["text"]


# --- rating ---


def test_a_verdict_is_kept_and_sent_again_is_no_new_step(handlers: ReviewHandlers):
    review = made(handlers, pasted(2))
    view = fetched(handlers, review, "Ana")
    for _ in range(2):  # the second because no word of the first came
        kept = judged(handlers, view, said("partial", comment=" Half of it. "))
        assert (kept["judged"], kept["total"]) == (1, 2)
    assert fetched(handlers, review, "Ana", view["position"])["own"] == {
        "support": "partial", "citation": "right page", "source_wrong": False, "better": "", "comment": "Half of it.",
        "answers": None,
    }  # fmt: skip
    undo = {"review": review, "rater": "Ana"}
    back = last(handlers, "undo", undo)
    assert (back["step"], back["claim"], back["own"], back["judged"]) == ("claim", view["claim"], None, 0)
    assert last(handlers, "undo", undo)["step"] == "nothing"


def test_a_verdict_for_a_sentence_that_stands_elsewhere_is_not_kept(handlers: ReviewHandlers):
    review = made(handlers, pasted(3))
    view = fetched(handlers, review, "Ana", 1)
    other = fetched(handlers, review, "Ana", 2)["claim"]
    assert "no longer at this place" in judged(handlers, {**view, "claim": other}, said())["text"]
    assert judged(handlers, view, said())["own"]["support"] == "full"
    assert judged(handlers, view, said(citation="no citation"))["step"] == "failed"


def test_what_is_put_off_comes_last_and_all_judged_is_said(handlers: ReviewHandlers):
    review = made(handlers, pasted(2), raters=("Ana",))
    first = fetched(handlers, review, "Ana")
    kept = last(handlers, "skip", {name: first[name] for name in ("review", "rater", "position", "claim")})
    assert (kept["far"], kept["open"]) == ("0 judged · 1 put off", 2)
    second = fetched(handlers, review, "Ana")
    assert second["position"] == 2
    judged(handlers, second, said())
    assert fetched(handlers, review, "Ana")["claim"] == first["claim"]
    judged(handlers, first, said())
    step = fetched(handlers, review, "Ana")
    assert (step["step"], step["total"], step["rater"]) == ("finished", 2, "Ana")


def test_a_stranger_is_told_who_the_raters_are(handlers: ReviewHandlers):
    review = made(handlers, pasted(1))
    assert "no rater of" in fetched(handlers, review, "Eve")["text"]


def test_nothing_that_others_or_a_judge_said_is_sent_to_a_rater_before_they_have_judged_all(
    handlers: ReviewHandlers, home: Path, turn: Turn
):
    """Ana has judged all, with words; Bo gets everything the page can ask for, and none of it holds a trace."""
    (statement,) = turn.answer.statements
    kept_back = Statement("A sentence that was not shown.", statement.quotes, Support.NONE, warnings=("a-warning",))
    answer = replace(
        turn.answer,
        statements=(replace(statement, support=Support.PARTIAL, warnings=("a-warning",)),),
        withheld=(kept_back,),
        written_by="a-writer",
    )
    folder = home / "runs" / "blind"
    folder.mkdir(parents=True)
    record = {"case": "a-case", "answer": answer_to_record(answer), "judges": {"a-judge": ["none"]}}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    case = {"id": "a-case", "question": turn.question, "tags": ["a-tag"]}
    (folder / "cases.jsonl").write_text(json.dumps(case) + "\n", encoding="utf-8")
    made_ = last(handlers, "create", {"source": "run", "name": "blind", "raters": ["Ana", "Bo"], "title": "Round"})
    review = made_["review"]
    all_judged(handlers, review, "Ana", {1: said("none", "wrong page", SECRET), 2: said("none", "wrong page", SECRET)})

    sent = [last(handlers, "list", {}), last(handlers, "results", {"review": review, "rater": "Bo"})]
    for who in ("Bo", " bo ", ""):  # '' before Bo said who he is
        asked = {"review": review, "rater": who}
        sent += [last(handlers, "results", asked), last(handlers, "contest", asked)]
        sent += [last(handlers, "export", {**asked, "format": name}) for name in ("csv", "json", "verdicts")]
    sent += [last(handlers, "results", {"review": review, "rater": "Bo", "look": True})]
    for position in (1, 2):
        sent.append(fetched(handlers, review, "Bo", position))
        assert sent[-1]["own"] is None
    sent.append(last(handlers, "skip", {name: sent[-1][name] for name in ("review", "rater", "position", "claim")}))
    sent.append(last(handlers, "undo", {"review": review, "rater": "Bo"}))
    sent.append(judged(handlers, fetched(handlers, review, "Bo"), said()))
    told = json.dumps(sent)
    for trace in (SECRET, "a-judge", "a-writer", "a-warning", "a-case", "a-tag", "withheld", "verbatim", "wrong page"):
        assert trace not in told, trace
    assert {len(step["html"]) > 0 for step in sent if step.get("step") == "claim"} == {True}
    shown = {name for step in sent if step.get("step") == "claim" for name in step}
    assert shown == {
        "step", "review", "title", "rater", "claim", "html", "sources", "cited", "whole", "own",
        "position", "place", "far", "judged", "total", "previous", "next", "open",
    }  # fmt: skip

    judged(handlers, fetched(handlers, review, "Bo"), said())
    assert SECRET not in last(handlers, "results", {"review": review, "rater": "Bo"})["html"]
    assert SECRET in last(handlers, "results", {"review": review, "rater": "Bo", "look": True})["html"]


def test_who_has_seen_what_others_said_can_no_longer_change_what_they_said(handlers: ReviewHandlers):
    review = made(handlers, pasted(2))
    all_judged(handlers, review, "Ana", {1: said("none", comment=SECRET)})
    all_judged(handlers, review, "Bo", {})
    view = fetched(handlers, review, "Bo", 1)
    assert judged(handlers, view, said("partial"))["own"]["support"] == "partial"  # not seen yet
    asked = {"review": review, "rater": "Bo"}
    assert "stays as it is" in last(handlers, "results", asked)["html"]
    assert "until you look at the results" in fetched(handlers, review, "Bo")["note"]
    assert SECRET in last(handlers, "results", {**asked, "look": True})["html"]
    assert SECRET in last(handlers, "results", asked)["html"]  # once told is enough
    assert "You have seen the results" in fetched(handlers, review, "Bo")["note"]
    assert "Bo has seen what others said" in judged(handlers, view, said("full"))["text"]
    place = {name: view[name] for name in ("review", "rater", "position", "claim")}
    for refused in (last(handlers, "undo", asked), last(handlers, "skip", place), last(handlers, "assign", asked)):
        assert "stays as it is" in refused["text"]
    assert fetched(handlers, review, "Bo", 1)["own"]["support"] == "partial"
    blind = fetched(handlers, review, "Ana", 1)
    assert judged(handlers, blind, said("partial"))["own"]["support"] == "partial"


def test_who_is_no_rater_is_asked_first_while_somebody_judges(handlers: ReviewHandlers):
    review = made(handlers, pasted(1))
    all_judged(handlers, review, "Ana", {1: said("none", comment=SECRET)})
    first = last(handlers, "results", {"review": review})
    assert first["early"] and "1 of 2 raters have judged all" in first["html"]
    assert "Go on as Bo" in first["html"] and "Go on as Ana" not in first["html"]
    assert not last(handlers, "results", {"review": review, "look": True})["early"]
    assert (
        SECRET
        in b64decode(last(handlers, "export", {"review": review, "format": "csv", "look": True})["content"]).decode()
    )
    all_judged(handlers, review, "Bo", {})
    assert SECRET in last(handlers, "results", {"review": review})["html"]  # nobody is left to be told


# --- results ---

# Kappa by hand, 6 sentences:  Ana F F F P N F    Bo F F P P N N    equal: 1, 2, 4, 5 = 4/6
# by chance: F 4/6 * 2/6 + P 1/6 * 2/6 + N 1/6 * 2/6 = 12/36 = 1/3;  kappa = (4/6 - 1/3) / (1 - 1/3) = 0.50
ANA = {4: said("partial"), 5: said("none")}
BO = {3: said("partial", comment="Only for adults."), 4: said("partial"), 5: said("none"), 6: said("none")}


@pytest.fixture()
def judged_review(handlers: ReviewHandlers) -> str:
    review = made(handlers, pasted(6))
    all_judged(handlers, review, "Ana", ANA)
    all_judged(handlers, review, "Bo", BO)
    return review


def test_results_give_the_kappa_that_is_worked_out_by_hand(handlers: ReviewHandlers, judged_review: str):
    step = last(handlers, "results", {"review": judged_review, "rater": "Ana", "look": True})
    assert not step["early"]
    assert "They said the same of 67 % of 6 sentences." in step["html"]
    assert '<th scope="row"><bdi>Cohen&#x27;s kappa</bdi></th><td>0.50</td>' in step["html"]
    assert "Only for adults." in step["html"]


def test_a_third_person_decides_and_can_take_it_back(handlers: ReviewHandlers, judged_review: str):
    first = last(handlers, "contest", {"review": judged_review})
    assert (first["step"], first["position"], first["total"], first["judged"]) == ("claim", 3, 2, 0)
    assert "Only for adults." in first["verdicts"]
    assert (first["previous"], first["next"], first["open"]) == (None, 6, 6)
    sent = {"review": judged_review, "position": 3, "claim": first["claim"], "said": said("partial")}
    refused = last(handlers, "settle", {**sent, "by": "ana"})
    assert "somebody else must decide" in refused["text"]
    step = last(handlers, "settle", {**sent, "by": "Chris"})
    assert (step["far"], step["open"], step["own"]["support"]) == ("1 decided", 6, "partial")
    assert last(handlers, "contest", {"review": judged_review})["position"] == 6
    back = last(handlers, "unsettle", {"review": judged_review, "by": "Chris"})
    assert (back["step"], back["position"], back["own"]) == ("claim", 3, None)
    assert last(handlers, "unsettle", {"review": judged_review, "by": "Chris"})["step"] == "nothing"


def test_a_review_without_differences_has_nothing_to_decide(handlers: ReviewHandlers):
    assert last(handlers, "contest", {"review": made(handlers, pasted(1)), "look": True})["step"] == "nothing"


def test_files_hold_all_verdicts(handlers: ReviewHandlers, judged_review: str):
    table = last(handlers, "export", {"review": judged_review, "format": "csv"})
    assert table["name"] == f"review-{judged_review}-pasted-answers.csv"
    assert b64decode(table["content"]).decode("utf-8-sig").count("\r\n") == 1 + 12
    whole = json.loads(b64decode(last(handlers, "export", {"review": judged_review, "format": "json"})["content"]))
    assert whole["figures"]["agreement"]["support"]["kappa"]["value"] == pytest.approx(0.5)
    stand = last(handlers, "export", {"review": judged_review, "format": "verdicts"})
    assert len(json.loads(b64decode(stand["content"]))) == 4


@pytest.mark.parametrize("format", ["csv", "json", "verdicts"])
def test_files_are_for_programs_and_say_the_same_in_every_language(
    handlers: ReviewHandlers, judged_review: str, format: str
):
    asked = {"review": judged_review, "format": format}
    with speaking("ru"):
        there = last(handlers, "export", asked)
    assert there == last(handlers, "export", asked)


def test_a_fault_that_stands_becomes_a_case_once(handlers: ReviewHandlers, judged_review: str, home: Path):
    assert 'value="r1.5"' in last(handlers, "results", {"review": judged_review})["html"]
    assert "Added to cases/regressions.jsonl" in last(handlers, "regress", {"claim": f"{judged_review}.5"})["text"]
    assert "already" in last(handlers, "regress", {"claim": f"{judged_review}.5"})["text"]
    (line,) = (home / "cases" / "regressions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["never"] == ["Sentence 5 of a report"]
    assert last(handlers, "regress", {"claim": f"{judged_review}.3"})["step"] == "failed"
