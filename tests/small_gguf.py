"""Small GGUF files, as bytes: a head as llama.cpp writes it, and two tensors of random numbers. No model at all."""

from __future__ import annotations

import struct
from random import Random
from typing import Any

FIRST = 32  # bytes of the first tensor
WORDS = ["to", "watch", "and", "to", "count"]


def gguf(context_tokens: int | None = 32768, weights: int = 4096, seed: int = 1, **more: Any) -> bytes:
    """A file whose second tensor has so many bytes. None: of what has no context. `more`: values, `__` for `.`."""
    values: dict[str, Any] = {"general.architecture": "qwen3", "tokenizer.ggml.tokens": WORDS, "general.flags": [1, 2]}
    if context_tokens is not None:
        values["qwen3.context_length"] = context_tokens
    values |= {name.replace("__", "."): value for name, value in more.items()}
    head = b"GGUF" + struct.pack("<IQQ", 3, 2, len(values))
    for name, value in values.items():
        head += _text(name) + _value(value)
    head += _text("output_norm.weight") + struct.pack("<IQIQ", 1, FIRST, 24, 0)
    head += _text("token_embd.weight") + struct.pack("<IQQIQ", 2, 1, weights, 24, FIRST)
    head += bytes(-len(head) % 32)
    return head + Random(seed).randbytes(FIRST + weights)


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: Any) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    if isinstance(value, list):
        kind = 8 if isinstance(value[0], str) else 4
        items = b"".join(_text(item) if kind == 8 else struct.pack("<I", item) for item in value)
        return struct.pack("<IIQ", 9, kind, len(value)) + items
    return struct.pack("<II", 4, value)
