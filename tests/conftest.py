"""Fixtures shared by all tests: the data folder beside the repo, and a fresh home."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

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


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter texts, indexed once for all workers; to be copied by who changes it."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "starter"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            from assistant import wiring
            from assistant.settings import Settings

            settings = Settings(home=Path(f"{folder}.building"))
            wiring.build_index(settings, wiring.open_library(settings))
            settings.home.rename(folder)
    return folder


class SmallDisk:
    """A file system of its own in memory, which can be filled up and made read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._spare = folder / "spare"

    def fill(self) -> None:
        """Leaves no byte free."""
        with self._spare.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass

    def empty(self) -> None:
        self._spare.unlink()

    def freeze(self) -> None:
        """Nothing can be written, not even by root."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)


@pytest.fixture()
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Of 4 MiB; skips where nothing may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


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
