"""Which kit a message needs and which of its pieces a part asks for: the two heads that come along."""

import numpy as np
import pytest

from corpus.kits import KitPiece
from index.kits import ASKS, FITS, PIECES, KitReader, open_kits


def test_shares_and_probabilities_are_those_of_the_two_heads():
    states = {"crews": [1.0, 0.0], "signs": [0.0, 2.0], "signs. crews": [0.0, 0.0]}
    fits = np.array([[0.0, np.log(3), 0.0], [0.0, 0.0, 0.0]]), np.zeros(3)  # none, kit-a, kit-b
    asks = np.zeros((2, len(PIECES))), np.zeros(len(PIECES))
    asks[0][1, PIECES.index(KitPiece.SIGNS)] = 1.0
    reader = KitReader(lambda text: np.array(states[text]), {FITS: fits, ASKS: asks}, ("kit-a", "kit-b"))
    assert reader.fitting("crews") == pytest.approx({"kit-a": 0.6, "kit-b": 0.2})  # 3 and 1 of 1 + 3 + 1
    assert list(reader.fitting("crews")) == ["kit-a", "kit-b"]
    piece, likely = reader.asked("signs", "crews")
    # alone e^2 beside 21 ones, with what it is about 1 of 22: the roots are e beside 21 ones
    assert (piece, likely) == (KitPiece.SIGNS, pytest.approx(np.e / (np.e + 21)))


@pytest.mark.parametrize(
    ("message", "kit"),
    [
        ("what port chaplains see on fishing vessels: crews, skippers, bunks", "kit-fishing"),
        ("fiche pour les infirmières des urgences : signes, parler seul à seul", "kit-emergency-care"),
        ("памятка для пограничников на паспортном контроле", "kit-border-guards"),
        ("给法官的半小时讲座：同意与脆弱处境", "kit-judges"),
    ],
)
def test_the_kit_of_the_people_or_the_work_that_a_message_names_is_the_likeliest(message: str, kit: str):
    shares = open_kits().fitting(message)
    assert next(iter(shares)) == kit and sum(shares.values()) <= 1 + 1e-6


@pytest.mark.parametrize(
    ("part", "piece"),
    [
        ("what not to say to them", KitPiece.AVOID),
        ("qué señales pueden notar", KitPiece.SIGNS),
        ("à qui signaler", KitPiece.WHOM),
        ("how the reflection period works in law", KitPiece.NONE),
    ],
)
def test_a_part_asks_for_the_piece_that_says_it(part: str, piece: KitPiece):
    assert open_kits().asked(part, "an hour for hotel staff")[0] is piece
