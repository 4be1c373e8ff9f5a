"""Addresses, papers and accounts as they are written in many countries are found; what only looks like them is not."""

import re
from pathlib import Path

import pytest

from assistant.people.masking import Masking
from corpus.quick_yaml import read_yaml

MASKING = Masking()
TEXTS = read_yaml(Path(__file__).with_name("shapes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("marked", TEXTS["found"])
def test_nothing_of_a_detail_is_left(marked: str):
    text = re.sub("[⟦⟧]", "", marked)
    hidden = {place for each in MASKING.find(text) for place in range(each.start, each.end)}
    within, place = False, 0
    for letter in marked:
        if letter in "⟦⟧":
            within = letter == "⟦"
            continue
        assert place in hidden or not (within and letter.isalnum()), text[place:]
        place += 1
    assert len(hidden) < len(text)  # and not all is


@pytest.mark.parametrize("text", TEXTS["kept"])
def test_what_looks_like_a_detail_stays(text: str):
    assert MASKING.read(text).text == text


@pytest.mark.xfail(reason="taken for an address since addresses told in words are learned", strict=True)
def test_a_crowded_place_that_is_nobodys_address_stays():
    text = "the workers live in rooms of 12, block by block, floor by floor"
    assert MASKING.read(text).text == text
