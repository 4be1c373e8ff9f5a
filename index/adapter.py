"""A small change of an encoder, learned for one task: low-rank additions to the linear maps of its upper layers.

LoRA (Hu et al. 2021): weights + down @ up. The encoder that retrieval uses stays as it is; the changed one is a network
of its own that shares the file of weights, the vocabulary and the table of embeddings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from index.onnx_graph import Bert, Layer

MAPS = ("query", "key", "value", "attended", "inner", "outer")


@dataclass(frozen=True, slots=True)
class Adapter:
    """Changes by layer, from 0, and map: down (in, rank), up (rank, out), float."""

    changes: Mapping[tuple[int, str], tuple[np.ndarray, np.ndarray]]

    def __post_init__(self) -> None:
        known = {field.name for field in fields(Layer)}
        for (number, name), (down, up) in self.changes.items():
            if name not in known or down.shape[1] != up.shape[0]:
                raise ValueError(f"layer {number}: {name!r}: {down.shape} and {up.shape} change no map of an encoder")

    @property
    def first(self) -> int:
        """The lowest layer that it changes."""
        return min(number for number, _ in self.changes)


def adapted(bert: Bert, adapter: Adapter) -> Bert:
    """The encoder with the changes added."""
    layers = (_changed(number, layer, adapter) for number, layer in enumerate(bert.layers))
    return replace(bert, layers=layers)


def _changed(number: int, layer: Layer, adapter: Adapter) -> Layer:
    changed = {}
    for name in MAPS:
        if (change := adapter.changes.get((number, name))) is not None:
            down, up = (side.astype(np.float32) for side in change)
            weights, bias = getattr(layer, name)
            changed[name] = (weights + down @ up, bias)
    return replace(layer, **changed)
