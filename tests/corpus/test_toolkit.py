from pathlib import Path

import pytest
from toolkit_pdfs import LAYOUTS, build

from corpus.catalogue import load
from corpus.library import Library
from corpus.readers.markdown import read_markdown
from corpus.toolkit.extract import extract
from corpus.toolkit.reader import Toolkit, ToolkitReader
from corpus.toolkit.starter import starter_items
from corpus.toolkit.types import STARTER_ID, ItemKind, ToolkitItem, ToolkitPart
from corpus.types import Activity, Document, Origin, Publication

LIVELIHOODS, PLANS = Activity.LIVELIHOODS, Activity.NATIONAL_PLANS


def document(name: str, markdown: str, origin: Origin = Origin.PUBLICATION) -> Document:
    read = read_markdown(markdown, Publication(id=name, title=name, origin=origin), f"{name}.md").document
    assert read is not None
    return read


def section(activity: str, indicators: int) -> str:
    return f"# {activity}\n\n## Indicators\n\n" + "".join(
        f"- Number of {activity} things of kind {chr(97 + n)}\n" for n in range(indicators)
    )


def toolkit_of(*documents: Document) -> Toolkit:
    return Toolkit(starter_items(), tuple(item for document in documents for item in extract(document)))


def in_list(items: tuple[ToolkitItem, ...], activity: Activity, kind: ItemKind) -> tuple[ToolkitItem, ...]:
    return tuple(item for item in items if item.activity is activity and item.kind is kind)


def test_without_originals_the_starter_library_is_in_force():
    toolkit = toolkit_of()
    assert toolkit.in_force == starter_items()
    assert (toolkit.replaced, toolkit.elsewhere) == ((), ())


def test_a_list_of_an_original_takes_the_place_of_that_list_only():
    toolkit = toolkit_of(document("guide", section("Livelihoods", 4)))
    indicators = in_list(toolkit.in_force, LIVELIHOODS, ItemKind.INDICATOR)
    assert [i.id for i in indicators] == [f"guide:livelihoods-i0{n}" for n in (1, 2, 3, 4)]
    assert {i.origin for i in in_list(toolkit.in_force, LIVELIHOODS, ItemKind.QUESTION)} == {Origin.STARTER}
    assert {i.origin for i in toolkit.in_force if i.activity is PLANS} == {Origin.STARTER}
    assert len(toolkit.in_force) == len(starter_items()) - len(toolkit.replaced) + 4


def test_what_was_replaced_stays_reachable_under_its_own_label():
    toolkit = toolkit_of(document("guide", section("Livelihoods", 4)))
    own = in_list(toolkit.starter, LIVELIHOODS, ItemKind.INDICATOR)
    assert own == toolkit.replaced
    assert toolkit.get("livelihoods-i01") in own
    assert toolkit.get("nothing-i01") is None


def test_two_items_under_a_heading_replace_nothing():
    toolkit = toolkit_of(document("guide", section("Livelihoods", 2)))
    assert toolkit.replaced == ()
    assert [i.id for i in toolkit.elsewhere] == ["guide:livelihoods-i01", "guide:livelihoods-i02"]


def test_lists_of_no_activity_type_replace_nothing_and_are_found_by_their_publication():
    toolkit = toolkit_of(document("guide", section("Rivers", 5)))
    assert toolkit.replaced == ()
    assert toolkit.extracted == toolkit.elsewhere
    assert len(toolkit.elsewhere) == 5


def test_two_originals_with_the_same_list_are_both_in_force():
    toolkit = toolkit_of(document("a", section("Livelihoods", 3)), document("b", section("Livelihoods", 3)))
    assert [i.publication for i in in_list(toolkit.in_force, LIVELIHOODS, ItemKind.INDICATOR)] == [*"aaabbb"]


def test_an_item_cannot_contradict_itself():
    fine = {"id": "a", "kind": ItemKind.LESSON, "origin": Origin.STARTER, "publication": STARTER_ID, "span": (0, 1)}
    for text, more in (("", {}), (" a", {}), ("a\nb", {}), ("a", {"activity": LIVELIHOODS}), ("a", {"span": (1, 1)})):
        with pytest.raises(ValueError, match="item 'a'"):
            ToolkitItem(text=text, **{**fine, **more})


def test_adding_and_removing_an_original_in_a_library(home: Path, tmp_path: Path):
    library, reader = Library(home, load()), ToolkitReader()
    before = reader.read(library)
    assert before.in_force == starter_items()
    known = build(file := tmp_path / "toolkit.pdf", LAYOUTS[0], 1)
    library.add_as("toolkit", file)
    after = reader.read(library)
    activity = known[0][0]
    indicators = in_list(after.in_force, activity, ItemKind.INDICATOR)
    assert [i.text for i in indicators] == [t for a, k, t in known if (a, k) == (activity, ItemKind.INDICATOR)]
    assert {i.publication for i in indicators} == {"toolkit"}
    assert ToolkitReader().read(library).in_force == after.in_force
    library.remove("toolkit")
    assert reader.read(library).in_force == before.in_force


def test_a_library_that_did_not_change_is_not_looked_through_again(home: Path):
    library, reader = Library(home, load()), ToolkitReader()
    assert reader.read(library) is reader.read(library)


def test_order_is_part_activity_kind():
    places = [i.place for i in Toolkit(starter_items()).in_force]
    assert places == sorted(places, key=places.index)
    assert places[0][0] is ToolkitPart.ONE and places[-1] == (ToolkitPart.TWO, PLANS, ItemKind.INDICATOR)
