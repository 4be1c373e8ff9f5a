"""Fixtures shared by all tests: the data folder beside the repo, and a fresh home."""

from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
LONGEST = ("test_whole_run.py", "test_fresh_questions.py", "test_written_real.py", "test_app_review_forty.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: begun last, they would keep one of two workers busy while the other has none."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


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
