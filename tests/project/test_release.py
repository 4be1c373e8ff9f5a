"""What a release holds: one version, a wheel that answers, nothing that runs code when loaded, pages that agree."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

from assistant import VERSION
from assistant.operate.settings_table import PAGE, table

REPO = Path(__file__).resolve().parents[2]
LAYERS = ("assistant", "corpus", "evals", "index", "prompts")
CODE = sorted(path for layer in LAYERS for path in (REPO / layer).rglob("*.py"))
RUN_CODE = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}  # loading with these runs code
# A reader and its parent speak so through a pipe. The parent unpickles values alone; a test of theirs says so.
BETWEEN_PROCESSES = {"corpus/readers/isolation.py", "corpus/readers/worker.py"}
SAFE_YAML = "corpus/quick_yaml.py"  # the safe loader, in C where there is one


def tracked(folder: Path) -> None:
    """The files of the repository, copied: building writes beside them."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if not name.startswith(("tests/", "docs/")) and (REPO / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPO / name, folder / name)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh environment with the wheel in it, and what it needs as it is installed here."""
    folder = tmp_path_factory.mktemp("release")
    tracked(folder / "source")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    building = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(folder / "source")]
    subprocess.run(building, check=True, capture_output=True, text=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.name.startswith(f"icat_assistant-{VERSION}-")
    fresh = folder / "fresh"
    venv.create(fresh)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(fresh), "platbase": str(fresh)}))
    # The .pth files in there do not count, so that nothing of this folder is found by them.
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"))
    subprocess.run([*pip, "--python", str(fresh / "bin" / "python"), "install", "--no-deps", str(wheel)], check=True)
    return fresh


def test_a_wheel_in_a_fresh_environment_answers_from_the_texts_that_come_with_it(installed: Path, tmp_path: Path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ICAT_", "PYTHON"))}
    environment["ICAT_HOME"] = str(tmp_path / "home")
    run = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True, "timeout": 250}
    where = subprocess.run([installed / "bin" / "python", "-c", "import assistant; print(assistant.__file__)"], **run)
    assert Path(where.stdout.strip()).is_relative_to(installed)
    done = subprocess.run([installed / "bin" / "icat", "ask", "What does displacement mean?"], **run)
    assert done.returncode == 0, done.stderr
    assert "Displacement" in done.stdout and "[1]" in done.stdout


def test_the_version_stands_in_one_place_and_the_changelog_says_what_it_brings():
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "assistant.VERSION"}
    headings = re.findall(r"^## (\S+)", (REPO / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == VERSION


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(REPO).as_posix())
def test_nothing_that_is_loaded_can_run_code(path: Path):
    where = path.relative_to(REPO).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert where in BETWEEN_PROCESSES or not {name.partition(".")[0] for name in names} & RUN_CODE
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        called, options = ast.unparse(node.func), {key.arg: ast.unparse(key.value) for key in node.keywords}
        if called in ("np.load", "numpy.load"):
            assert options.get("allow_pickle") == "False", f"line {node.lineno}"
        assert called not in ("torch.load", "yaml.unsafe_load"), f"line {node.lineno}"
        assert called != "yaml.load" or where == SAFE_YAML


def test_every_learned_weight_has_its_digest_beside_it():
    from index import learned

    for record in (REPO / "index" / "sections.json", REPO / "assistant" / "understand" / "weights.json"):
        assert learned.read(record.parent, record.stem).heads


def test_the_page_of_settings_is_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == table(), "run `python -m assistant.operate.settings_table`"
    assert all(row.split(" | ")[-1].strip(" |") for row in table().splitlines() if row.startswith("| `ICAT_"))


def test_every_pinned_package_is_listed_with_its_licence():
    page, pinned = ((REPO / name).read_text(encoding="utf-8") for name in ("docs/licences.md", "requirements.txt"))
    rows = re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", page, re.M)
    listed = {_plain(name) for name, licence in rows if licence not in ("", "UNKNOWN")}
    pins = re.findall(r"^([A-Za-z0-9._-]+)==[^;\n]+(;.*)?$", pinned, re.M)
    assert {_plain(name) for name, only_some in pins if not only_some} <= listed


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
