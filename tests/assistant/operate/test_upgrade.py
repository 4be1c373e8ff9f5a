"""A data folder of the first release, with something of every kind in it, serves this version.

`home-0.1.0.zip` was written by `icat backup` of that version. It is never made anew: a change that can't read it has to
bring what it holds over.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant import wiring
from assistant.cli import main
from assistant.door.accounts import Accounts, UserRole
from assistant.operate.backup import CONTENTS
from assistant.review.store import ReviewStore
from assistant.review.types import Cited, Judgement, Supported
from assistant.review.workbench import Workbench
from assistant.settings import load_settings
from corpus import kept_questions
from evals.runs.cases import read_cases

FIRST = Path(__file__).parents[2] / "fixtures" / "home-0.1.0.zip"
ADDED = {"visits-to-orchards", "planning-seasonal-work-campaigns"}
QUESTION = "When is an orchard visit announced to the pickers?"


@pytest.fixture()
def first(home: Path) -> Path:
    assert main(["restore", str(FIRST)]) == 0
    return home


def test_the_copy_is_of_the_first_release():
    with zipfile.ZipFile(FIRST) as packed:
        assert json.loads(packed.read(CONTENTS))["version"] == "0.1.0"


def test_its_publications_are_indexed_with_the_questions_written_for_them_and_answer(
    first: Path, capsys: pytest.CaptureFixture[str]
):
    settings = load_settings()
    assert set(wiring.open_library(settings).in_force()) >= ADDED
    (written,) = kept_questions.read(first, "visits-to-orchards")
    assert written.questions == ("Who decides which person a fruit picker has beside them?",)
    assert main(["index"]) == 0
    assert main(["doctor"]) == 0
    capsys.readouterr()
    assert main(["ask", "--json", QUESTION]) == 0
    statements = json.loads(capsys.readouterr().out)["statements"]
    assert statements[0]["text"].startswith("An orchard visit is announced to the pickers a week before.")
    assert statements[0]["quotes"][0]["publication"] == "visits-to-orchards"


def test_its_reviews_go_on(first: Path):
    bench = Workbench(first, wiring.open_library(load_settings()))
    (review,) = bench.reviews()
    settled = {result.claim.id: result.settled.judgement for result in bench.claim_results(review.id)}
    assert settled["r1.1"] == Judgement(Supported.FULL, Cited.RIGHT)
    assert settled["r1.2"] == Judgement(Supported.NONE, Cited.WRONG)
    bench.judge("r1.3", "Ana", Judgement(Supported.PARTIAL, Cited.RIGHT))
    ReviewStore(first)
    (case,) = read_cases([first / "cases" / "regressions.jsonl"])
    assert case.case.id


def test_its_accounts_contacts_and_ratings_are_there(first: Path):
    account = Accounts(first).verify("ana", "orchard visits on mondays")
    assert account is not None and account.role is UserRole.REVIEWER
    assert [contact.name for contact in load_settings().contacts] == ["Orchard office"]
    (rated,) = (first / "journal" / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(rated)["rating"] == "up"
