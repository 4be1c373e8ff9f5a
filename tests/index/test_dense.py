"""Cosines with the chunks that are asked for."""

import numpy as np
import pytest

from index.dense import cosines


def test_the_rows_asked_for_are_measured_in_their_order():
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)
    dense = cosines(vectors, np.array([0, 1]), np.array([1, 0], dtype=np.float32))
    # Cosines 1 and 0.6: mean 0.8, deviation 0.2.
    np.testing.assert_allclose(dense.scores, [1, 0.6], rtol=1e-6)
    assert (dense.mean, dense.deviation) == pytest.approx((0.8, 0.2))
