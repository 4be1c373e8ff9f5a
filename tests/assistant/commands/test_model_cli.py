"""`icat model` as it is typed: what it prints and keeps, its exit codes. Downloads come from a hub on this machine."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import psutil
import pytest
from model_hub import ModelHub
from small_gguf import gguf

from assistant.cli import main
from assistant.write.model.offers import FREE, offers, proposed
from assistant.write.model.shelf import ModelShelf

REPO = Path(__file__).resolve().parents[3]
CONTENT = gguf()
DIGEST = sha256(CONTENT).hexdigest()
FITS = proposed(offers(), psutil.virtual_memory().total)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def settled(home: Path) -> Path:
    return home


@pytest.fixture()
def hub() -> Iterator[ModelHub]:
    with ModelHub(CONTENT) as running:
        yield running


@pytest.fixture()
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "My Model.Q4.gguf"
    file.write_bytes(CONTENT)
    return file


def icat(hub: ModelHub, *typed: str, stdin: int = subprocess.DEVNULL, **more: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: the library reads its variables when it is imported."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    environment = {**plain, "HF_ENDPOINT": hub.endpoint, "PYTHONPATH": str(REPO), **more}
    command = [sys.executable, "-m", "assistant", "model", *typed]
    return subprocess.run(command, stdin=stdin, capture_output=True, text=True, env=environment, cwd=REPO)


def one_line(text: str) -> str:
    assert text.endswith("\n") and text.count("\n") == 1
    return text


def listed(capsys: Capture) -> Sequence[dict[str, object]]:
    main(["model", "list", "--json"])
    return json.loads(capsys.readouterr().out)


def test_get_downloads_that_one_and_asks_nobody_but_the_hub(hub: ModelHub, home: Path, capsys: Capture):
    run = icat(hub, "get", "gemma-3-4b")
    file = home / "models" / "gemma-3-4b.gguf"
    assert run.returncode == 0
    assert run.stdout == f"gemma-3-4b is here and in use: {file} (sha256 {DIGEST})\n"
    assert one_line(run.stderr).startswith("icat: gemma-3-4b: licence Gemma Terms of Use (not free")
    assert [method for method, _, _ in hub.requests] == ["HEAD", "GET", "GET"]
    assert listed(capsys) == [
        {"name": "gemma-3-4b", "file": str(file), "sha256": DIGEST, "context_tokens": 8192, "in_use": True}
    ]


def test_get_without_a_name_lists_all_and_with_yes_takes_the_one_that_fits(hub: ModelHub, capsys: Capture):
    assert FITS is not None and FITS.licence in FREE
    run = icat(hub, "get", "--yes")
    assert run.returncode == 0
    for offer in offers():
        assert (
            f"\n  {offer.description}\n  {offer.gb} GB to download, about {offer.memory_gb} GB of memory" in run.stdout
        )
        assert f"licence: {offer.licence}\n" in run.stdout
    assert f"{FITS.name}   <- proposed for this machine\n" in run.stdout
    assert run.stdout.count("could not be run here") == sum(not offer.tried for offer in offers())
    assert [kept["name"] for kept in listed(capsys)] == [FITS.name]


@pytest.mark.parametrize(("answer", "taken"), [("y", True), ("", False), ("n", False)])
def test_get_without_a_name_asks_on_a_terminal(hub: ModelHub, home: Path, answer: str, taken: bool):
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    run = icat(hub, "get", stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0
    assert run.stderr.startswith(f"Download {FITS.name} ({FITS.gb} GB) into {home}? [y/N] ")
    assert run.stderr.endswith("icat: nothing was downloaded\n") is not taken
    assert bool(hub.requests) is taken is bool(ModelShelf(home).kept())


@pytest.fixture()
def without_runner(tmp_path: Path) -> Mapping[str, str]:
    """An environment in which what runs models can't be imported."""
    folder = tmp_path / "hides"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import sys; sys.modules['xllamacpp'] = None", encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{REPO}"}


def test_a_model_whose_runner_is_missing_is_taken_in_and_the_runner_named(
    hub: ModelHub, mine: Path, without_runner: Mapping[str, str]
):
    run = icat(hub, "get", "--from", str(mine), **without_runner)
    assert run.returncode == 0 and "is here and in use" in run.stdout
    assert run.stderr.splitlines()[-1] == "icat: what runs it is not here yet: pip install xllamacpp==2026.10.11549"


def test_on_a_terminal_it_asks_before_it_installs_the_runner(
    hub: ModelHub, mine: Path, without_runner: Mapping[str, str]
):
    ours, theirs = pty.openpty()
    os.write(ours, b"n\n")
    run = icat(hub, "get", "--from", str(mine), stdin=theirs, **without_runner)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0
    asked = "It runs through xllamacpp==2026.10.11549 (licence MIT), which is not here yet. Install it? [Y/n] "
    assert asked in run.stderr
    assert run.stderr.endswith("icat: nothing was installed; pip install xllamacpp==2026.10.11549\n")


def test_a_runner_that_can_not_be_installed_is_one_line_and_the_model_stays(
    hub: ModelHub, mine: Path, home: Path, without_runner: Mapping[str, str]
):
    nowhere = {"PIP_NO_INDEX": "1", "PIP_IGNORE_INSTALLED": "1"}
    run = icat(hub, "get", "--yes", "--from", str(mine), **without_runner, **nowhere)
    assert run.returncode == 1
    last = run.stderr.splitlines()[-1]
    assert last.startswith("icat: xllamacpp==2026.10.11549 could not be installed: ERROR: No matching distribution")
    assert len(ModelShelf(home).kept()) == 1


def test_get_without_a_name_and_a_terminal_says_what_to_type(hub: ModelHub):
    run = icat(hub, "get")
    assert run.returncode == 1 and run.stdout.startswith(offers()[0].name)
    assert f"there is nobody to ask; `icat model get {FITS.name}`, or --yes" in one_line(run.stderr)
    assert hub.requests == []


def test_a_connection_that_breaks_off_is_one_line_and_the_next_run_goes_on(hub: ModelHub, home: Path):
    hub.cuts, hub.cut_at, hub.then = 1, 100, 503
    run = icat(hub, "get", "qwen3-4b")
    assert run.returncode == 1 and run.stdout == ""
    _, fault = run.stderr.splitlines()
    assert fault.startswith("icat: qwen3-4b.gguf: the hub answered 503; run the same again later")
    assert ModelShelf(home).kept() == ()
    hub.file_status = 200
    assert icat(hub, "get", "qwen3-4b").returncode == 0
    assert ModelShelf(home).chosen().file.read_bytes() == CONTENT


def test_who_forbids_downloads_is_heard(hub: ModelHub):
    run = icat(hub, "get", "qwen3-4b", HF_HUB_OFFLINE="1")
    assert run.returncode == 1
    assert "HF_HUB_OFFLINE forbids downloads; unset it, or take a file that you have" in run.stderr.splitlines()[-1]
    assert hub.requests == []


def test_a_file_gets_its_own_name_or_the_one_that_is_typed(mine: Path, home: Path, capsys: Capture):
    assert main(["model", "get", "--from", str(mine)]) == 0
    shown = capsys.readouterr().out
    assert shown == f"my-model.q4 is here and in use: {home / 'models' / 'my-model.q4.gguf'} (sha256 {DIGEST})\n"
    assert main(["model", "get", "Other", "--from", str(mine)]) == 0
    capsys.readouterr()
    assert [(kept["name"], kept["in_use"]) for kept in listed(capsys)] == [("my-model.q4", False), ("other", True)]


def test_a_file_that_is_none_is_one_line(tmp_path: Path, capsys: Capture):
    (tmp_path / "notes.gguf").write_text("not a model")
    for file in ("notes.gguf", "none.gguf"):
        assert main(["model", "get", "--from", str(tmp_path / file)]) == 1
        assert one_line(capsys.readouterr().err).startswith(f"icat: {tmp_path / file}: ")
    assert listed(capsys) == []


def test_an_unknown_name_is_one_line(capsys: Capture):
    for typed in (["get", "gpt"], ["use", "gpt"], ["remove", "gpt"]):
        assert main(["model", *typed]) == 1
        assert one_line(capsys.readouterr().err).startswith("icat: no model 'gpt' is ")


def test_models_are_listed_chosen_and_removed(mine: Path, home: Path, capsys: Capture):
    for name in ("one", "two"):
        main(["model", "get", name, "--from", str(mine)])
    assert main(["model", "use", "one"]) == 0
    capsys.readouterr()
    assert main(["model", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [text.split() for text in lines] == [
        ["one", "0.0", "GB", "8192", "tokens", "in", "use"],
        ["two", "0.0", "GB", "8192", "tokens"],
    ]
    assert main(["model", "remove", "one"]) == 0
    assert capsys.readouterr().out == "removed; no model is in use\n"
    assert not (home / "models" / "one.gguf").exists()
    assert main(["model", "use", "two"]) == 0 and main(["model", "remove", "two"]) == 0


def test_none_puts_a_model_away_without_deleting_it(mine: Path, capsys: Capture):
    main(["model", "get", "one", "--from", str(mine)])
    capsys.readouterr()
    assert main(["model", "use", "none"]) == 0
    assert capsys.readouterr().out == "no model is in use: answers are in the publications' own words\n"
    assert main(["model", "list"]) == 0
    assert capsys.readouterr().out.split() == ["one", "0.0", "GB", "8192", "tokens"]


def test_where_nothing_is_here_it_says_how_to_get_one(home: Path, capsys: Capture):
    assert main(["model", "list"]) == 3
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "icat: no language model is here; `icat model get` brings one\n")
    assert listed(capsys) == []
    assert not (home / "models").exists()


def test_help_names_every_command_and_gives_examples(capsys: Capture):
    with pytest.raises(SystemExit) as stop:
        main(["model", "--help"])
    shown = capsys.readouterr().out
    assert stop.value.code == 0
    for command in ("get", "list", "use", "remove", "check"):
        assert f"\n    {command} " in shown and f"icat model {command}" in shown
