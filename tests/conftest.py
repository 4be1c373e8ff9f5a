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


# Files of few tests that take a minute and more: begun first, so that no worker is left with one of them at the end.
LONG = (
    "test_whole_run.py",
    "test_app_accessibility.py",
    "test_written_real.py",
    "test_questions_cli.py",
    "test_fresh_questions.py",
    "test_app_review_forty.py",
    "test_app_saved.py",
    "test_app_toolkit.py",
    "test_labelled_messages.py",
    "test_app_browser.py",
    "test_app_review.py",
    "test_app_written.py",
    "test_training.py",
    "test_support_pairs.py",
    "test_build.py",
    "test_cli.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, in the order of LONG; the others as they were."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONG)))
