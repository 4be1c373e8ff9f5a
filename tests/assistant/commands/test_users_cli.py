"""`icat users`, and what `icat serve` says where it would be open to other machines."""

import io
import json
from pathlib import Path

import pytest

from assistant.cli import main

WORDS = "seven quiet herons"


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_users_are_added_listed_changed_and_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    assert main(["users", "list"]) == 3
    typed(monkeypatch, f"{WORDS}\nwhat comes after the first line is not read\n")
    assert main(["users", "add", "Ana", "--role", "reader"]) == 0
    assert main(["users", "role", "ana", "maintainer"]) == 0
    typed(monkeypatch, "eight loud herons\n")
    assert main(["users", "password", "ana"]) == 0
    capsys.readouterr()
    assert main(["users", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "ana", "role": "maintainer"}]
    assert main(["users", "remove", "ana"]) == 0
    assert main(["users", "list"]) == 3


def test_who_signs_in_with_a_provider_is_added_without_a_password(home: Path, capsys: pytest.CaptureFixture):
    assert main(["users", "add", "Eva@example.org", "--role", "reviewer", "--oidc"]) == 0  # nothing is asked for
    assert main(["users", "list"]) == 0
    assert "reviewer    eva@example.org" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "password", "line"),
    [
        (["add", "ana", "--role", "reader"], "short", "icat: a password has 12 to 1000 characters"),
        (["add", "ana", "--role", "reader"], "", "icat: a password has 12 to 1000 characters"),
        (["password", "ben"], WORDS, "icat: there is no user 'ben'; there are: none"),
        (["remove", "ben"], "", "icat: there is no user 'ben'"),
    ],
)
def test_what_can_not_be_done_is_one_line(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    arguments: list[str],
    password: str,
    line: str,
):
    typed(monkeypatch, password)
    assert main(["users", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.startswith(line) and said.count("\n") == 1


def test_a_password_can_not_be_an_argument(home: Path):
    with pytest.raises(SystemExit):
        main(["users", "add", "ana", WORDS, "--role", "reader"])
    with pytest.raises(SystemExit):
        main(["users", "add", "ana", "--role", "reader", "--password", WORDS])


def test_serving_to_other_machines_wants_users_or_to_be_told_before_anything_is_loaded(
    home: Path, capsys: pytest.CaptureFixture
):
    assert main(["serve", "--host", "0.0.0.0"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "icat users add NAME --role maintainer" in said and "--open-to-anyone" in said
    assert not (home / "index").exists()
