"""Reads the head of a GGUF file: that it is one, that nothing is cut off, and the context it was made for.

Little-endian, as llama.cpp writes it: magic, version, number of tensors and of values; the values; then each tensor's
name, shape, type and offset; then the tensors. Versions 2 and 3 count in 64 bits.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Any

from assistant.errors import ShelfError

MAGIC = b"GGUF"
VERSIONS = (2, 3)
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
TEXT, LIST = 8, 9
ALIGNMENT = 32  # of the tensors, where the file names no other
NO_GGUF = (struct.error, LookupError, ValueError, TypeError, ArithmeticError, RecursionError)  # of reading other files


def context_of(file: Path) -> int:
    """Tokens of context that the model in a file was made for.

    ShelfError: it can't be read, is no GGUF, is cut off before its last tensor, is one part of several, or holds no
    language model (an adapter, an image reader).
    """
    try:
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[:4] != MAGIC:
                raise ValueError
            values, end = _read(content)
    except OSError as error:
        raise ShelfError(f"{file}: cannot be read ({error.strerror}); name a .gguf file") from None
    except NO_GGUF:
        raise ShelfError(f"{file}: is no GGUF file, or half of one; name the whole file of a model") from None
    if end >= file.stat().st_size:
        raise ShelfError(f"{file}: is cut off before its end; get the whole file")
    if values.get("split.count", 1) != 1:
        raise ShelfError(f"{file}: is one of {values['split.count']} parts; join them (llama-gguf-split --merge) first")
    context = values.get(f"{values.get('general.architecture')}.context_length")
    if not isinstance(context, int) or context < 1:
        raise ShelfError(f"{file}: holds no language model ({values.get('general.architecture', 'of no kind')})")
    return context


def _read(content: mmap.mmap) -> tuple[dict[str, Any], int]:
    """(values without the lists, where the last tensor begins). One of NO_GGUF where the file is something else."""
    head = _Head(content)
    if head.number("I") not in VERSIONS:
        raise ValueError
    tensors, count = head.number("Q"), head.number("Q")
    values = {head.text(): head.value(head.number("I")) for _ in range(count)}
    last = 0
    for _ in range(tensors):
        head.text()
        dimensions = head.number("I")
        head.at += 8 * dimensions + 4  # shape and type
        last = max(last, head.number("Q"))
    alignment = values.get("general.alignment", ALIGNMENT)
    return values, -(-head.at // alignment) * alignment + last


class _Head:
    """A place in the content, which moves on by what is read."""

    def __init__(self, content: mmap.mmap) -> None:
        self._content = content
        self.at = len(MAGIC)

    def number(self, kind: str) -> Any:
        layout = f"<{kind}"
        (value,) = struct.unpack_from(layout, self._content, self.at)
        self.at += struct.calcsize(layout)
        return value

    def text(self) -> str:
        length = self.number("Q")
        begin, self.at = self.at, self.at + length
        return self._content[begin : self.at].decode()

    def value(self, kind: int) -> Any:
        """None for a list: its items are passed over."""
        if kind == TEXT:
            return self.text()
        if kind != LIST:
            return self.number(NUMBERS[kind])
        kind, count = self.number("I"), self.number("Q")
        if kind in NUMBERS:
            self.at += count * struct.calcsize(f"<{NUMBERS[kind]}")
        else:
            for _ in range(count):
                self.value(kind)
        return None
