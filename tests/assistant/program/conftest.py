"""What the tests of the functions for programs share: a data folder with the shipped texts and one PDF, indexed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import written_pdf
from served_app import icat


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, starter_home: Path) -> Path:
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(starter_home, folder / "home")
    icat(folder / "home", "add", str(written_pdf.write(folder / "note.pdf")))
    return folder / "home"
