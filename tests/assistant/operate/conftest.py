"""A data folder with one added publication, indexed, made once; each test gets a copy that it may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.cli import main

NOTE = """# Visits to orchards

An orchard visit is announced to the pickers a week before. Pickers choose who sits with them during the visit.
"""


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    folder = tmp_path_factory.mktemp("operated")
    shutil.copytree(starter_home, folder / "home")
    (folder / "orchards.md").write_text(NOTE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ICAT_HOME", str(folder / "home"))
        assert main(["add", str(folder / "orchards.md")]) == 0
    return folder / "home"


@pytest.fixture()
def here(made_home: Path, home: Path) -> Path:
    """The copy, in force as ICAT_HOME."""
    shutil.copytree(made_home, home)
    return home
