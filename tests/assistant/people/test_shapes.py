"""Addresses, papers and accounts as they are written in many countries are found; what only looks like them is not."""

import re
from pathlib import Path

import pytest

from assistant.people.masking import MARK, Masking
from corpus.quick_yaml import read_yaml

SHAPES = Masking(names=lambda text: ())
TEXTS = read_yaml(Path(__file__).with_name("shapes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("marked", TEXTS["found"])
def test_nothing_of_a_detail_is_left(marked: str):
    masked = SHAPES.read(re.sub("[⟦⟧]", "", marked)).text
    assert re.sub(rf"[^\w]*{re.escape(MARK)}[^\w]*", "·", masked) == re.sub(r"[^\w]*⟦[^⟧]*⟧[^\w]*", "·", marked)


@pytest.mark.parametrize("text", TEXTS["kept"])
def test_what_looks_like_a_detail_stays(text: str):
    assert SHAPES.read(text).text == text
