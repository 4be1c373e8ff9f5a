"""A data folder with one text added to the starter texts, indexed: to be made once, and copied by who changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.cli import main


def with_text(starter_home: Path, folder: Path, name: str, text: str) -> Path:
    """The data folder, within `folder`; `name`: of the file that is added, with its ending."""
    home = Path(shutil.copytree(starter_home, folder / "home"))
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ICAT_HOME", str(home))
        assert main(["add", str(folder / name)]) == 0
    return home
