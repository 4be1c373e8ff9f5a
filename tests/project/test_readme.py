"""The README and the program say the same: its commands are there, with their options, and so is what it installs."""

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from assistant.cli import parser
from assistant.program.types import AnswerJson

REPO = Path(__file__).resolve().parents[2]
README = (REPO / "README.md").read_text(encoding="utf-8")
PROGRAMS = README.partition("## For programs")[2].partition("\n## ")[0]
COMMANDS = sorted(
    {line.partition(" #")[0].strip() for line in re.findall(r"^icat .*$|(?<=`)icat [^`\n]+(?=`)", README, re.M)}
)


def under(command: argparse.ArgumentParser, word: str) -> argparse.ArgumentParser | None:
    """The parser of a command under another one."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices.get(word)
    return None


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_in_the_readme_is_one_with_these_options(line: str):
    command = parser()
    for word in re.sub(r'"[^"]*"', "TEXT", line).split()[1:]:
        command = under(command, word) or command
    assert command.prog != "icat" or line == "icat --help"
    assert set(re.findall(r"(?<=\s)--[a-z-]+", line)) <= command._option_string_actions.keys()


def test_the_section_for_programs_names_the_functions_as_they_are():
    said = re.findall(r"^\| `(\w+)` \|", PROGRAMS, re.M)
    assert said == ["search", "ask", "list", "draft", "cite"]
    for name in said:
        assert name in under(parser(), "mcp").description
        assert name in under(parser(), "serve")._option_string_actions["--api"].help
    assert {"status", "statements", "coverage", "tier", "said", "written_by"} <= AnswerJson.__annotations__.keys()


def test_what_the_readme_installs_for_tools_is_what_is_pinned():
    extras = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (wanted,) = extras["mcp"]
    assert f"pip install {wanted}" in PROGRAMS
    assert wanted in extras["test"] and wanted in (REPO / "requirements-test.txt").read_text(encoding="utf-8").split()


def test_what_operating_installs_for_a_provider_is_what_is_pinned():
    extras = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    operating = (REPO / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"pip install (authlib==[\d.]+)", operating)) == {extras["oidc"][0]}
    assert extras["oidc"][0] in extras["test"]
    assert extras["oidc"][0] in (REPO / "requirements-test.txt").read_text(encoding="utf-8").split()
