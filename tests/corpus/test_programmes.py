"""Programmes as people describe them: those that come along, and what is wrong in a file."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import CatalogueError
from corpus.toolkit.programmes import Programme, read_programmes
from corpus.toolkit.starter import starter_items

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def test_every_item_has_programmes_in_english_and_in_other_languages():
    found = read_programmes()
    first = Counter(each.fits[0] for each in found)
    assert set(first) == {item.id for item in starter_items()} and min(first.values()) >= 6
    assert Counter(each.fits[0] for each in found if each.language == "en").keys() == first.keys()
    assert set(LANGUAGES) == {each.language for each in found}


def test_what_fits_is_of_one_kind():
    kinds = {item.id: item.kind for item in starter_items()}
    assert all(len({kinds[item] for item in each.fits}) == 1 for each in read_programmes())


def test_a_line_that_is_none_is_named(tmp_path: Path):
    item = starter_items()[0].id
    good = Programme(text="We paint walls", language="en", fits=(item,)).model_dump_json()
    (tmp_path / "some.jsonl").write_text(f"{good}\n", encoding="utf-8")
    assert read_programmes(tmp_path)[0].fits == (item,)
    (tmp_path / "some.jsonl").write_text(f'{good}\n{{"text": "a"}}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"some\.jsonl:2: .*language"):
        read_programmes(tmp_path)
    (tmp_path / "some.jsonl").write_text(good.replace(item, "nothing-q01"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"some\.jsonl:1: no item is called 'nothing-q01'"):
        read_programmes(tmp_path)
