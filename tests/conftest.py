"""Fixtures shared by all tests: the data folder beside the repo, and a fresh home."""

from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real documents and benchmarks, kept beside the repo and never in it."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real documents (../shared/data) are not on this machine")
    return folder


@pytest.fixture()
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, in force as ICAT_HOME."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ICAT_HOME", str(folder))
    return folder
