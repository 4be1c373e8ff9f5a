"""The graph that is written, run by onnxruntime, beside the same network in numpy."""

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from index.onnx_graph import Bert, Layer, encoder

WIDTH, INNER, HEADS = 32, 64, 4


def some_bert(layers: int, seed: int = 0) -> Bert:
    numbers = np.random.default_rng(seed)

    def linear(given: int, wanted: int) -> tuple[np.ndarray, np.ndarray]:
        weights = numbers.normal(0, given**-0.5, (given, wanted)).astype(np.float32)
        return weights, numbers.normal(0, 0.1, wanted).astype(np.float32)

    def norm() -> tuple[np.ndarray, np.ndarray]:
        return numbers.uniform(0.5, 1.5, WIDTH).astype(np.float32), numbers.normal(0, 0.1, WIDTH).astype(np.float32)

    square = [linear(WIDTH, WIDTH) for _ in range(4 * layers)]
    made = [
        Layer(*square[4 * i : 4 * i + 4], norm(), linear(WIDTH, INNER), linear(INNER, WIDTH), norm())
        for i in range(layers)
    ]
    return Bert(norm(), made, HEADS, 1e-12)


def states(bert: Bert, embeddings: np.ndarray) -> np.ndarray:
    """By the formulas, in float64: (1, n, width) -> (n, width)."""
    from scipy.special import erf

    def normed(given: np.ndarray, norm: tuple) -> np.ndarray:
        spread = given - given.mean(axis=-1, keepdims=True)
        return spread / np.sqrt(given.var(axis=-1, keepdims=True) + bert.epsilon) * norm[0] + norm[1]

    def heads(given: np.ndarray) -> np.ndarray:
        return given.reshape(len(given), HEADS, -1).transpose(1, 0, 2)

    found = normed(embeddings[0].astype(np.float64), bert.norm)
    for layer in bert.layers:
        query, key, value = (heads(found @ w + b) for w, b in (layer.query, layer.key, layer.value))
        weights = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS))
        context = (weights / weights.sum(axis=-1, keepdims=True)) @ value
        attended = context.transpose(1, 0, 2).reshape(len(found), WIDTH) @ layer.attended[0] + layer.attended[1]
        attended = normed(found + attended, layer.attended_norm)
        inner = attended @ layer.inner[0] + layer.inner[1]
        inner = 0.5 * inner * (1 + erf(inner / np.sqrt(2)))
        found = normed(attended + inner @ layer.outer[0] + layer.outer[1], layer.outer_norm)
    return found


def run(bert: Bert, embeddings: np.ndarray) -> np.ndarray:
    graph, weights = encoder(bert)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return session.run(None, {"embeddings": embeddings})[0][0]


def text(tokens: int) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(1, tokens, WIDTH)).astype(np.float32)


@pytest.mark.parametrize("tokens", [1, 2, 17])
def test_the_graph_computes_the_network_as_exactly_as_int8_allows(tokens: int):
    bert, given = some_bert(2), text(tokens)
    ours, exact = run(bert, given), states(bert, given)
    assert ours.shape == (tokens, WIDTH)
    cosines = (ours * exact).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(exact, axis=1)
    assert cosines.min() > 0.999


def test_rounding_for_one_token_does_not_depend_on_the_others():
    bert = some_bert(1)
    (layer,) = bert.layers
    nothing = np.zeros((WIDTH, WIDTH), np.float32), np.zeros(WIDTH, np.float32)
    deaf = replace(bert, layers=[replace(layer, value=nothing)])  # what attention brings is the same for all
    given = text(3)
    other = given.copy()
    other[0, 1:] = 50 * text(5)[0, 3:]
    assert np.array_equal(run(deaf, given)[0], run(deaf, other)[0])


def test_a_token_of_zeros_is_no_division_by_zero():
    assert np.isfinite(run(some_bert(1), np.zeros((1, 2, WIDTH), np.float32))).all()


def test_weights_stay_outside_the_graph_in_int8():
    graph, weights = encoder(some_bert(2))
    assert len(graph) < 20_000
    whole = {name: values for name, values in weights.items() if values.dtype == np.int8}
    assert len(whole) == 2 * 6 and all(np.abs(values).max() == 90 for values in whole.values())
    # of one column: the largest weight is 90 steps, the others are rounded to steps
    first = next(iter(some_bert(2).layers)).query[0][:, 0]
    step = weights["l1.q.s"][0]
    assert step == pytest.approx(np.abs(first).max() / 90)
    assert weights["l1.q.w"][:, 0].tolist() == [round(float(value / step)) for value in first]
