"""`icat index --questions` as it is typed, with a scripted model: what is written, kept, asked again, and found by."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from added_home import with_text
from scripted_model import Reply, ScriptedModel

from assistant.cli import main
from assistant.settings import load_settings
from assistant.wiring import open_retriever
from corpus import kept_questions

LAMPS = """# Lamps of harbours

## Checking the lamps

Keepers look at every harbour lamp at dusk and log each failure within one day, in the book that hangs beside the door.

## Sharing the lamps

Spare lamps may be lent to the next harbour for a week, when its own boats carry one each and the weather is calm.
"""
CHECKING = Reply(
    ("1. Who looks at the harbour lamps, and at what time of the day?\n", "What is the capital of Peru?\n")
)
SHARING = Reply(("How long can we lend a spare lamp to the next harbour?\nnot a question\n",))
DOWN = Reply(drop=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    """A home with a publication of two sections, and the starter texts."""
    return with_text(starter_home, tmp_path_factory.mktemp("questions"), "lamps.md", LAMPS)


@pytest.fixture()
def added(made: Path, home: Path) -> Path:
    """The copy, in force as ICAT_HOME."""
    return Path(shutil.copytree(made, home))


def run(server: ScriptedModel, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setenv("ICAT_MODEL_BASE_URL", server.base_url)
    monkeypatch.setenv("ICAT_MODEL_NAME", "scripted")
    return main(["index", "--questions", *more])


def kept(home: Path) -> dict[str, tuple[str, ...]]:
    return {each.heading: each.questions for each in kept_questions.read(home, "lamps-of-harbours")}


def test_questions_are_written_once_and_lead_to_their_passage(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with ScriptedModel(CHECKING, SHARING) as server:
        assert run(server, monkeypatch) == 0
        assert kept(added) == {
            "Checking the lamps": ("Who looks at the harbour lamps, and at what time of the day?",),
            "Sharing the lamps": ("How long can we lend a spare lamp to the next harbour?",),
        }
        assert "lamps-of-harbours: 2 questions of 2 passages; 1 that do not lead back" in capsys.readouterr().out
        sent = "\n".join(message["content"] for message in server.requests[0]["messages"])
        assert "log each failure within one day" in sent and "a week" not in sent
        assert run(server, monkeypatch) == 0  # nothing changed, nothing is asked
        assert len(server.requests) == 2
    hit, *_ = open_retriever(load_settings()).search("at what time of the day are the lamps looked at")
    assert hit.chunk.headings[-1] == "Checking the lamps"
    assert hit.signals["asked"].rank == 1


def test_with_json_nothing_but_the_manifest_is_printed(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    with ScriptedModel(CHECKING, SHARING) as server:
        assert run(server, monkeypatch, "--json") == 0
    assert json.loads(capsys.readouterr().out)["publications"] > 1


def test_what_was_written_before_a_fault_is_kept_and_not_asked_for_again(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with ScriptedModel(CHECKING, DOWN) as server:
        assert run(server, monkeypatch) == 1
    assert "language model: down" in capsys.readouterr().err
    assert list(kept(added)) == ["Checking the lamps"]
    with ScriptedModel(SHARING) as server:
        assert run(server, monkeypatch) == 0
        assert len(server.requests) == 1
    assert list(kept(added)) == ["Checking the lamps", "Sharing the lamps"]


def test_a_passage_that_reads_otherwise_now_is_asked_about_again(
    added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with ScriptedModel(CHECKING, SHARING) as server:
        assert run(server, monkeypatch) == 0
    assert main(["remove", "lamps-of-harbours"]) == 0
    assert kept(added) == {}  # what is taken away leaves nothing behind
    file = tmp_path / "lamps.md"
    file.write_text(LAMPS.replace("for a week", "for a month"), encoding="utf-8")
    assert main(["add", str(file)]) == 0
    with ScriptedModel(CHECKING, SHARING) as server:
        assert run(server, monkeypatch, "--publication", "lamps-of-harbours") == 0
        assert len(server.requests) == 2
    file = kept_questions.file_of(added, "lamps-of-harbours")
    records = json.loads(file.read_text())
    records[0]["passage"] = "0" * 64
    file.write_text(json.dumps(records))
    with ScriptedModel(CHECKING) as server:
        assert run(server, monkeypatch) == 0
        assert len(server.requests) == 1


def test_what_is_missing_is_said_in_one_line(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert main(["index", "--questions"]) == 1
    assert "none is here; `icat model get` brings one" in capsys.readouterr().err
    with ScriptedModel(CHECKING) as server:
        assert run(server, monkeypatch, "--publication", "glossary") == 1
        assert "glossary was not added here" in capsys.readouterr().err
        assert run(server, monkeypatch, "--publication", "lamps-of-harbour") == 1
        assert "lamps-of-harbours" in capsys.readouterr().err
        assert not server.requests
    kept_questions.file_of(added, "lamps-of-harbours").parent.mkdir(exist_ok=True)
    kept_questions.file_of(added, "lamps-of-harbours").write_text("[{]")
    assert main(["index"]) == 1
    assert "lamps-of-harbours.json" in capsys.readouterr().err
