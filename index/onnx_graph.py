"""Writes the graph of a BERT encoder whose weights are int8, in the format that onnxruntime reads.

The onnx package, which would write it too, is 20 MB beside the 80 lines here, and no part of the product needs
another word of that format. Weights stay outside the graph: the session is handed the arrays.

A product of activations and weights is computed in int8 with one scale for each token and one for each column
of the weights. (With one scale a text, as dynamic quantisation has it, the loudest token takes precision from all
others: cosine .9945 with the same network in float32, against .9991.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

OPSET = 17
IR_VERSION = 8  # the one that came with that opset
_MICROSOFT = "com.microsoft"  # onnxruntime's own operators
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}  # TensorProto.DataType
Attribute = int | float | list[int]
_ZERO = 128  # of activations as uint8: products of uint8 and int8 are what processors have instructions for
_LEVELS = 127  # of activations on either side of it
# Of weights. A processor without VNNI (most before 2019) adds two products in 16 bits: of 127 levels one pair in
# 20,000 overflows there (cosine to exact arithmetic .9987), of 90 one in 4,500,000, and both are as exact with VNNI.
_WEIGHT_LEVELS = 90


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder: linear maps as (weights (in, out), bias (out,)), normalisations as (scale, shift)."""

    query: tuple[np.ndarray, np.ndarray]
    key: tuple[np.ndarray, np.ndarray]
    value: tuple[np.ndarray, np.ndarray]
    attended: tuple[np.ndarray, np.ndarray]
    attended_norm: tuple[np.ndarray, np.ndarray]
    inner: tuple[np.ndarray, np.ndarray]
    outer: tuple[np.ndarray, np.ndarray]
    outer_norm: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Bert:
    """An encoder without its tables of embeddings, all arrays float32."""

    norm: tuple[np.ndarray, np.ndarray]  # of the embeddings
    layers: Iterable[Layer]
    heads: int
    epsilon: float  # of the normalisations


@dataclass(slots=True)
class Graph:
    """A graph under construction. Each step returns the name of what it computes."""

    weights: dict[str, np.ndarray] = field(default_factory=dict)
    _constants: dict[str, np.ndarray] = field(default_factory=dict)
    _nodes: list[bytes] = field(default_factory=list)

    def weight(self, name: str, values: np.ndarray) -> str:
        self.weights[name] = np.ascontiguousarray(values)
        return name

    def constant(self, name: str, values: list, kind: type[np.generic]) -> str:
        """A weight that stands in the graph itself, where shapes are read off it."""
        self._constants[name] = np.array(values, kind)
        return name

    def step(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Attribute) -> str:
        self._nodes.append(
            b"".join(_field(1, name) for name in inputs)
            + _field(2, output)
            + _field(4, kind)
            + b"".join(_attribute(name, value) for name, value in attributes.items())
            + _field(7, domain)
        )
        return output

    def model(self, given: str, wanted: str, width: int) -> bytes:
        """The graph from input `given` to output `wanted`, both (1, tokens, width) float32, as a ModelProto."""
        graph = (
            b"".join(_field(1, node) for node in self._nodes)
            + _field(2, "encoder")
            + b"".join(_field(5, _tensor(name, values, outside=False)) for name, values in self._constants.items())
            + b"".join(_field(5, _tensor(name, values, outside=True)) for name, values in self.weights.items())
            + _field(11, _states(given, width))
            + _field(12, _states(wanted, width))
        )
        sets = _field(8, _field(1, "") + _field(2, OPSET)) + _field(8, _field(1, _MICROSOFT) + _field(2, 1))
        return _field(1, IR_VERSION) + _field(7, graph) + sets


def encoder(bert: Bert) -> tuple[bytes, Mapping[str, np.ndarray]]:
    """The graph from "embeddings" to "states", both (1, tokens, width) float32, and its weights by name."""
    graph = Graph()
    graph.constant("one", [1], np.float32)
    graph.constant("zero", [_ZERO], np.uint8)
    graph.constant("least", [1e-9], np.float32)  # a token of zeros has a scale, too
    graph.constant("step", [1 / _LEVELS], np.float32)
    graph.constant("flat", [-1], np.int64)
    states = graph.step("LayerNormalization", ["embeddings", *_norm(graph, "norm", bert.norm)], "states0",
                        axis=-1, epsilon=bert.epsilon)  # fmt: skip
    for number, layer in enumerate(bert.layers, start=1):
        states = _layer(graph, f"l{number}.", states, layer, bert)
    return graph.model("embeddings", graph.step("Identity", [states], "states"), len(bert.norm[0])), graph.weights


def _layer(graph: Graph, name: str, states: str, layer: Layer, bert: Bert) -> str:
    """Attention, then the feed-forward network, each added to what it read and normalised."""
    whole = _in_int8(graph, states)
    parts = {"q": layer.query, "k": layer.key, "v": layer.value}
    projected = [_linear(graph, f"{name}{part}", whole, weights) for part, (weights, _) in parts.items()]
    projected.append(graph.weight(f"{name}qkv.b", np.concatenate([bias for _, bias in parts.values()])))
    # Apart, products and softmax are 2 of 49 ms faster, and take 40 MB more.
    context = graph.step("MultiHeadAttention", projected, f"{name}context", _MICROSOFT, num_heads=bert.heads)
    attended = _linear(graph, f"{name}a", _in_int8(graph, context), layer.attended[0])
    attended = _added(graph, f"{name}a", states, attended, layer.attended[1], layer.attended_norm, bert)
    inner = _linear(graph, f"{name}i", _in_int8(graph, attended), layer.inner[0])
    inner = graph.step("Add", [inner, graph.weight(f"{name}i.b", layer.inner[1])], f"{name}i.biased")
    inner = graph.step("Gelu", [inner], f"{name}i.y", _MICROSOFT)
    outer = _linear(graph, f"{name}o", _in_int8(graph, inner), layer.outer[0])
    return _added(graph, f"{name}o", attended, outer, layer.outer[1], layer.outer_norm, bert)


def _in_int8(graph: Graph, given: str) -> tuple[str, str]:
    """What is given in whole numbers around 128, and the scale of each token: given = scale * (number - 128)."""
    height = graph.step("ReduceMax", [graph.step("Abs", [given], f"{given}.abs")], f"{given}.max", axes=[-1])
    scale = graph.step("Mul", [graph.step("Max", [height, "least"], f"{given}.top"), "step"], f"{given}.scale")
    scales = graph.step("Reshape", [scale, "flat"], f"{given}.scales")
    zeros = graph.step("Expand", ["zero", graph.step("Shape", [scales], f"{given}.count")], f"{given}.zeros")
    return graph.step("QuantizeLinear", [given, scales, zeros], f"{given}.int8", axis=1), scale


def _linear(graph: Graph, name: str, given: tuple[str, str], weights: np.ndarray) -> str:
    """given @ weights, without the bias."""
    numbers, scale = given
    columns = np.maximum(np.abs(weights).max(axis=0), 1e-9).astype(np.float32) / _WEIGHT_LEVELS
    rounded = graph.weight(f"{name}.w", np.rint(weights / columns).astype(np.int8))
    whole = [numbers, rounded, "one", graph.weight(f"{name}.s", columns), "zero"]
    return graph.step("Mul", [graph.step("MatMulIntegerToFloat", whole, f"{name}.xw", _MICROSOFT), scale], f"{name}.x")


def _added(graph: Graph, name: str, before: str, output: str, bias: np.ndarray, norm: tuple, bert: Bert) -> str:
    whole = graph.step("Add", [output, graph.weight(f"{name}.b", bias)], f"{name}.biased")
    both = graph.step("Add", [whole, before], f"{name}.sum")
    inputs = [both, *_norm(graph, f"{name}.norm", norm)]
    return graph.step("LayerNormalization", inputs, f"{name}.y", axis=-1, epsilon=bert.epsilon)


def _norm(graph: Graph, name: str, norm: tuple[np.ndarray, np.ndarray]) -> list[str]:
    return [graph.weight(f"{name}.scale", norm[0]), graph.weight(f"{name}.shift", norm[1])]


# The wire format of protocol buffers: a field is its number and kind, then a varint, four bytes, or a length and bytes.


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1  # negative numbers are written as two's complement
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


def _field(number: int, value: int | float | str | bytes) -> bytes:
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    octets = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(octets)) + octets


def _attribute(name: str, value: Attribute) -> bytes:
    """AttributeProto as a field of a node."""
    if isinstance(value, list):
        return _field(5, _field(1, name) + b"".join(_field(8, number) for number in value) + _field(20, 7))
    kind = _field(2, value) + _field(20, 1) if isinstance(value, float) else _field(3, value) + _field(20, 2)
    return _field(5, _field(1, name) + kind)


def _tensor(name: str, values: np.ndarray, outside: bool) -> bytes:
    """TensorProto: with its values, or where the session is handed them."""
    place = {"location": "given", "offset": "0", "length": str(values.nbytes)}
    entries = b"".join(_field(13, _field(1, key) + _field(2, value)) for key, value in place.items())
    return (
        b"".join(_field(1, size) for size in values.shape)
        + _field(2, _TYPES[values.dtype.name])
        + _field(8, name)
        + (entries + _field(14, 1) if outside else _field(9, values.tobytes()))  # 1: DataLocation.EXTERNAL
    )


def _states(name: str, width: int) -> bytes:
    """ValueInfoProto of a (1, tokens, width) float32."""
    sizes = (_field(1, 1), _field(2, "tokens"), _field(1, width))  # dim_value, dim_param, dim_value
    shape = b"".join(_field(1, size) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _field(1, _TYPES["float32"]) + _field(2, shape)))
