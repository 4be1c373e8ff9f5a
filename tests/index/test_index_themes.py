"""What sections a draft on a theme quotes: targets worked out by hand, and the net that comes along."""

import numpy as np
import pytest

from corpus.themes import Theme
from index.sections import open_sections
from index.themes import NAME, targets

A, B, C = ("guide", "A"), ("guide", "B"), ("guide", "C")


def test_each_next_section_has_a_share_of_the_one_before():
    themes = (
        Theme(language="en", text="both", sections=(C, A)),
        Theme(language="en", text="one", sections=(B,)),
    )
    # 1 and .7 of 1.7
    assert targets(themes, [A, B, C]) == pytest.approx(np.array([[0.412, 0, 0.588], [0, 1, 0]]), abs=1e-3)


def test_the_one_that_comes_along_names_what_a_trainer_would_quote():
    assert open_sections({("unheard", "of")}, NAME) is None
    themes = open_sections({("advice-noticing", "Signs that somebody may be exploited")}, NAME)
    theme = "cuarto con la cortina siempre cerrada: qué puede notar quien limpia el hotel"
    shares = np.exp(themes.answering(theme))
    assert shares.sum() == pytest.approx(1, abs=1e-4)
    nearest = {themes.places[place][0] for place in np.argsort(-shares)[:3]}
    assert "advice-noticing" in nearest
