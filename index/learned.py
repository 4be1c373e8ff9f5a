"""What was learned from labelled texts, as files: the change of an encoder, what reads its states, and a record.

`NAME.npz` holds the numbers, `NAME.json` says what they were made from and their sha256. A kill leaves the old ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from corpus.arrays import read_arrays
from corpus.disk import exchange
from corpus.errors import IcatError
from index.adapter import Adapter

MEND = "run `icat train`"
PIECES = "pieces"  # the head that tells of which class each piece of a text is


class WeightsError(IcatError):
    """Learned weights that are not those recorded beside them."""


@dataclass(frozen=True, eq=False)
class Learned:
    """The adapter, and for each task the weights (width + extras, classes) and biases (classes,) of its logits."""

    adapter: Adapter
    heads: Mapping[str, tuple[np.ndarray, np.ndarray]]


def write(folder: Path, name: str, learned: Learned, record: Mapping[str, Any]) -> None:
    """`record`: of what it was made; the digest of the weights is added."""
    arrays = {
        f"{layer}.{place}.{side}": array
        for (layer, place), change in learned.adapter.changes.items()
        for side, array in zip(("down", "up"), change, strict=True)
    }
    arrays |= {
        f"{task}.{part}": array
        for task, head in learned.heads.items()
        for part, array in zip(("weights", "bias"), head, strict=True)
    }
    content = BytesIO()
    np.savez_compressed(content, **arrays)
    whole = {"sha256": sha256(content.getvalue()).hexdigest(), **record}
    exchange(folder / f"{name}.npz", content.getvalue())
    exchange(folder / f"{name}.json", (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode())


def recorded(folder: Traversable, name: str) -> Mapping[str, Any]:
    """What was written down of the weights."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def made_from(folder: Traversable, name: str) -> str:
    """Digest of what the weights were made from; '' where there are none."""
    return recorded(folder, name)["made_from"] if (folder / f"{name}.json").is_file() else ""


def read(folder: Traversable, name: str) -> Learned:
    """Heads as float32. WeightsError where the weights are others than recorded."""
    content = (folder / f"{name}.npz").read_bytes()
    wanted = recorded(folder, name)["sha256"]
    if (digest := sha256(content).hexdigest()) != wanted:
        raise WeightsError(f"{name}.npz: sha256 is {digest}, recorded is {wanted}; {MEND}")
    arrays = read_arrays(BytesIO(content))
    changes: dict[tuple[int, str], tuple[np.ndarray, np.ndarray]] = {}
    heads: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for key in arrays:
        stem, _, part = key.rpartition(".")
        if part == "down":
            layer, _, place = stem.partition(".")
            changes[int(layer), place] = (arrays[key], arrays[f"{stem}.up"])
        elif part == "weights":
            heads[stem] = (arrays[key].astype(np.float32), arrays[f"{stem}.bias"].astype(np.float32))
    return Learned(Adapter(changes), heads)


def digest_of(pieces: list[bytes]) -> str:
    """sha256 over what weights are made from, piece by piece."""
    return sha256(b"".join(sha256(piece).digest() for piece in pieces)).hexdigest()
