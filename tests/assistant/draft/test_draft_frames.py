"""The cards of a role play and the stages of a case."""

import pytest

from assistant.draft import frames as module
from assistant.draft.frames import card_of, cards, frames, stages
from assistant.texts.catalogue import speaking
from corpus.errors import CatalogueError


@pytest.mark.parametrize(
    ("role", "card"),
    [
        ("a cleaner from Nepal who is afraid", "person"),
        ("the girl", "person"),
        ("traffic police officer", "helper"),
        ("доктор", "helper"),
        ("interpreter who knows the family", "interpreter"),
        ("السمسار الذي رافقها", "beside"),
        ("her husband", "beside"),
        ("la patronne", "beside"),
        ("工厂老板", "beside"),
        ("observador", "observer"),
    ],
)
def test_a_role_has_the_card_that_is_nearest_in_meaning(role, card):
    assert card_of(role) == card


def test_each_role_has_its_card_in_the_order_named():
    assert [role for role, _ in cards(("interpreter", "boss"))] == ["interpreter", "boss"]
    assert [says for _, says in cards(("boss",))] == [frames().cards["beside"].says]


def test_the_last_stage_is_the_last_whatever_their_number():
    told = [each.says for each in frames().stages]
    assert stages(5) == told
    assert stages(2) == [told[0], told[4]]


def test_cards_are_in_the_language_that_is_spoken():
    english = cards(())
    with speaking("fr"):
        assert [role for role, _ in cards(())] != [role for role, _ in english]


def test_a_file_that_is_not_sound_is_one_line(tmp_path, monkeypatch):
    file = tmp_path / "frames.yaml"
    file.write_text("cards: {}\nstages: []", encoding="utf-8")
    monkeypatch.setattr(module, "FILE", file)
    frames.cache_clear()
    try:
        with pytest.raises(CatalogueError, match=r"frames\.yaml: .*stages") as raised:
            frames()
        assert "\n" not in str(raised.value)
    finally:
        frames.cache_clear()
