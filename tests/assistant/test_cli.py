"""The command line as it is typed: what it prints, where, and its exit codes. Real weights, the shipped texts."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import wiring
from assistant.cli import main
from assistant.settings import load_settings
from assistant.show.words import say


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    """A home with the starter corpus indexed, made once."""
    return Path(shutil.copytree(starter_home, tmp_path_factory.mktemp("cli") / "home"))


@pytest.fixture()
def here(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ICAT_HOME", str(indexed))
    return indexed


def test_help_names_every_command_and_gives_examples(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    shown = capsys.readouterr().out
    assert stop.value.code == 0
    for command in (
        "serve",
        "mcp",
        "ask",
        "search",
        "index",
        "add",
        "fetch",
        "list",
        "show",
        "remove",
        "bench",
        "calibrate",
        "evaluate",
        "report",
        "compare",
        "train",
        "toolkit",
        "review",
        "model",
        "doctor",
        "backup",
        "restore",
    ):
        assert f"\n    {command}" in shown
    assert 'icat ask "' in shown and "exit codes" in shown


def test_wrong_usage_exits_with_2(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["search", "x", "--limit", "0"])
    assert stop.value.code == 2
    assert "0 is not at least 1" in capsys.readouterr().err


def test_an_empty_path_is_not_taken_for_the_folder_one_is_in(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["add", ""])
    assert stop.value.code == 2
    assert "a path is empty; . is the folder you are in" in capsys.readouterr().err


def test_ask_prints_a_cited_answer_and_says_whose_words_they_are(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ask", "What does displacement mean?"]) == 0
    shown = capsys.readouterr().out
    assert "isplacement" in shown and "[1]" in shown and "Sources" in shown
    assert "Written for this project, not ICAT's words" in " ".join(shown.split())


def test_ask_as_json_quotes_the_document_exactly(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ask", "--json", "What does displacement mean?"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["status"] == "answered"
    (quote, *_) = record["statements"][0]["quotes"]
    document = wiring.open_library(load_settings()).document(quote["publication"])
    assert document.text[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Which team won the football world cup in 1998?", "refusal.off topic"),
        ("Which judge in Oslo tried the trafficking case of 1974?", "status.no evidence"),
        ("indicators", "status.asked back"),
    ],
)
def test_ask_exits_with_3_when_no_answer_is_given(
    here: Path, capsys: pytest.CaptureFixture[str], asked: str, said: str
):
    assert main(["ask", asked]) == 3
    shown = " ".join(capsys.readouterr().out.split())
    assert " ".join(say(said).split()) in shown and "[1]" not in shown


def test_ask_tells_of_itself_in_its_own_words(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ask", "Who are you?"]) == 0
    assert "not a person" in capsys.readouterr().out


def test_ask_as_another_act_takes_that_one(here: Path, capsys: pytest.CaptureFixture[str]):
    asked = "Which indicators fit an awareness campaign?"
    assert main(["ask", asked]) == 0
    assert "Understood as: Indicators for awareness raising" in capsys.readouterr().out
    main(["ask", "--as", "ask", "--json", asked])
    record = json.loads(capsys.readouterr().out)
    assert record["listing"] is None and record["request"]["act"] == "ask"
    assert main(["ask", "--as", "list", "What is known about livelihoods?"]) == 0
    assert "for livelihoods\n" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        main(["ask", "--as", "danger", asked])
    assert stop.value.code == 2


def test_train_says_whether_what_was_learned_is_of_the_examples_and_questions_as_they_are(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["train", "--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_ask_with_an_unknown_publication_names_a_close_one(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ask", "What is it about?", "--publication", "tolkit"]) == 1
    assert "did you mean toolkit" in capsys.readouterr().err


def test_ask_writes_word_and_markdown_beside_the_answer(here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    word, markdown = tmp_path / "a.docx", tmp_path / "a.md"
    assert main(["ask", "What is a baseline?", "--docx", str(word), "--markdown", str(markdown)]) == 0
    assert word.read_bytes()[:2] == b"PK"
    assert "[^1]" in markdown.read_text(encoding="utf-8")
    assert str(word) in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_one_line(here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["ask", "What is a baseline?", "--docx", str(tmp_path / "none" / "a.docx")]) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("icat: ") and "cannot be written" in error


def test_search_ranks_from_1_and_filters_by_kind(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["search", "means of verification", "--kind", "glossary", "--json", "--limit", "2"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert {hit["publication"] for hit in hits} == {"glossary"}


def test_search_exits_with_3_when_nothing_passes_the_filters(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["search", "baseline", "--from", "2090"]) == 3
    assert "nothing found" in capsys.readouterr().err


def test_list_shows_the_eight_listed_publications_first(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["list"]) == 0
    ids = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert ids[:8] == [
        "toolkit",
        "pivoting-toward-the-evidence",
        "issue-brief-01",
        "effective-remedies",
        "addressing-demand",
        "legal-frameworks",
        "next-decade",
        "analytical-review",
    ]


def test_show_gives_both_years_with_their_sources(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["show", "legal-frameworks"]) == 0
    shown = capsys.readouterr().out
    assert "date: 2012  [" in shown and "date: 2013  [" in shown


def test_add_then_ask_then_remove(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    note = tmp_path / "note.txt"
    note.write_text(
        "Harbour inspections\n\nThe Lindwall pilot inspected forty vessels in the northern harbour during its first "
        "season. Crews were interviewed without their skippers present.\n",
        encoding="utf-8",
    )
    assert main(["add", str(note)]) == 0
    added = capsys.readouterr().out
    assert added.startswith("note.txt: added: harbour-inspections")
    assert main(["ask", "How many vessels did the Lindwall pilot inspect?"]) == 0
    assert "forty vessels" in capsys.readouterr().out
    assert main(["add", "--json", str(note)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "same file already here"
    assert main(["remove", "harbour-inspections"]) == 0
    capsys.readouterr()
    assert main(["ask", "How many vessels did the Lindwall pilot inspect?"]) == 3


def test_add_says_what_cannot_be_read_and_exits_with_3(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing follows")
    assert main(["add", str(broken)]) == 3
    error = capsys.readouterr().err
    assert "broken.pdf" in error and "Traceback" not in error


def test_remove_of_what_is_not_here_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["remove", "toolkit"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_fetch_without_a_known_address_says_how_to_do_it_by_hand(home: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["fetch", "glossary"]) == 1
    assert capsys.readouterr().err.startswith("icat: ")


def test_an_unknown_setting_stops_every_command(home: Path, monkeypatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("ICAT_HOEM", "x")
    assert main(["list"]) == 1
    assert "ICAT_HOEM is not a setting" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_in_one_line(here: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "assistant", "serve", "--port", port], capture_output=True, text=True, timeout=200
        )
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith(f"icat: 127.0.0.1, port {port}: cannot be listened on")
    assert "Traceback" not in run.stderr
