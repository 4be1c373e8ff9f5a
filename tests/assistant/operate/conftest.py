"""A data folder with one added publication, indexed, made once; each test gets a copy that it may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from added_home import with_text

NOTE = """# Visits to orchards

An orchard visit is announced to the pickers a week before. Pickers choose who sits with them during the visit.
"""


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    return with_text(starter_home, tmp_path_factory.mktemp("operated"), "orchards.md", NOTE)


@pytest.fixture()
def here(made_home: Path, home: Path) -> Path:
    """The copy, in force as ICAT_HOME."""
    shutil.copytree(made_home, home)
    return home
