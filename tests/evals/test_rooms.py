"""The rooms of evals import one another one way, and so do the modules."""

from __future__ import annotations

import ast
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import evals

ROOT = Path(evals.__file__).parent


def module_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    """Modules of evals, wherever in the file they are imported."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "evals":
            inner = node.module.removeprefix("evals").lstrip(".")
            found |= {f"{inner}.{alias.name}".lstrip(".") for alias in node.names} | {inner}
    return found


@pytest.mark.parametrize("of", [lambda module: module, lambda module: module.split(".")[0]], ids=["modules", "rooms"])
def test_no_arrow_leads_back(of: Callable[[str], str]):
    paths = {module_of(path): path for path in ROOT.rglob("*.py")}
    arrows: dict[str, set[str]] = {}
    for module, path in paths.items():
        known = {of(other) for other in imported(path) & set(paths)}
        arrows.setdefault(of(module), set()).update(known - {of(module)})
    assert len(list(TopologicalSorter(arrows).static_order())) == len(arrows)  # CycleError names a circle
