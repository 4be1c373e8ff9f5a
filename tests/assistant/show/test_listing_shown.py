"""Lists in words: counts, headings, what was understood; in the terminal, in Markdown and in Word."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from answer_samples import request
from list_samples import INDICATORS, PLANS, QUESTIONS, ask

from assistant.show.blocks import Block, Group, Heading, Item, Items, Named, Paragraph, Role
from assistant.show.lists import count_line, count_lines, listing_blocks, missing_line
from assistant.show.markdown import to_markdown
from assistant.show.terminal import answer_text
from assistant.show.word import to_docx
from assistant.show.words import detail_lines, understood
from assistant.types import Answer, Detail, ListTotal, Turn, Wanted
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

LESSON, QUESTION, INDICATOR = ItemKind
AWARENESS, LIVELIHOODS = Activity.AWARENESS_RAISING, Activity.LIVELIHOODS


def guide(**wanted: object) -> Answer:
    return ask(Wanted((INDICATOR,), (PLANS,), **wanted), *INDICATORS)


def sections(answer: Answer) -> list[Group]:
    """What is shown first, and the lists."""
    (listing,) = listing_blocks(answer)
    return [block for block in listing.blocks if isinstance(block, Group) and block.role in (Role.FIRST, Role.LIST)]


def every(kind: type, block: Block) -> list:
    """The blocks of a kind within a block, in order."""
    inner = block.blocks if isinstance(block, Group) else block.items if isinstance(block, Items) else ()
    return [block] * isinstance(block, kind) + [found for each in inner for found in every(kind, each)]


def places(block: Block) -> list[int]:
    """Which items of the listing stand in a block."""
    return [item.sentence.number for item in every(Item, block)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted((INDICATOR,), (AWARENESS,)), "Indicators for awareness raising"),
        (Wanted((LESSON,)), "Lessons for all seven activity types"),
        (Wanted((QUESTION,), part_one=True), "Design questions before choosing an activity"),
        (
            Wanted((QUESTION, INDICATOR), (AWARENESS, LIVELIHOODS), part_one=True),
            "Design questions and indicators before choosing an activity, for awareness raising and for livelihoods",
        ),
        (
            Wanted((INDICATOR,), (AWARENESS,), levels=(Level.OUTCOME,), about=("children", "women")),
            "Indicators for awareness raising, outcomes only, that speak of children or women",
        ),
        (
            Wanted((INDICATOR,), (AWARENESS,), description="radio", details=(Detail.VERIFICATION,)),
            "Indicators for awareness raising, those that fit your description first, with means of verification",
        ),
        (
            Wanted((INDICATOR,), (AWARENESS,), description="radio", rest=True, starter=True),
            "Indicators for awareness raising, only those not shown first, from the lists written for this project",
        ),
    ],
)
def test_what_was_understood_in_one_line(wanted: Wanted, said: str):
    assert understood(wanted) == said


def test_a_description_that_nothing_fits_is_not_said_to_order_the_list():
    assert understood(Wanted((LESSON,), (AWARENESS,), description="bees"), fitted=False) == (
        "Lessons for awareness raising"
    )


def test_counts_say_how_many_of_how_many_and_why_some_are_first():
    assert count_lines(guide()) == ("3 of 3 indicators for national plans of action",)
    assert count_lines(guide(about=("children",))) == ("1 of 3 indicators for national plans of action",)
    assert count_lines(guide(description="children")) == (
        "3 of 3 indicators for national plans of action; 1 shown first because it fits your description",
    )
    assert count_lines(guide(description="children", rest=True)) == (
        "2 of 3 indicators for national plans of action; without those shown first",
    )


def test_several_lists_of_a_kind_are_counted_together_and_one_by_one():
    answer = ask(Wanted((LESSON,), (AWARENESS, PLANS)))
    first, second = answer.listing.totals
    whole = first.total + second.total
    assert count_lines(answer) == (f"{whole} of {whole} lessons in 2 lists",)
    assert (
        count_line(answer.listing, LESSON, [first]) == f"{first.total} of {first.total} lessons for awareness raising"
    )


def test_a_list_the_toolkit_does_not_have_is_named_as_such():
    answer = guide()
    assert (
        count_line(answer.listing, LESSON, [ListTotal(LESSON, None, 0)])
        == "There are no lessons before choosing an activity"
    )


def test_what_is_first_stands_before_the_list_and_its_groups():
    first, more = sections(guide(description="children"))
    assert [(heading.text, heading.number) for heading in every(Heading, first)] == [
        ("Indicators that fit your description", 1)
    ]
    assert [(heading.text, heading.number) for heading in every(Heading, more)] == [
        ("More indicators for national plans of action", 2),
        ("Output: what the programme delivers", 1),
        ("Outcome: what people or institutions do differently", 1),
    ]
    assert (places(first), [places(group) for group in every(Group, more)[1:]]) == ([0], [[1], [2]])
    assert [note.text for note in every(Paragraph, first)] == [
        "None of these is at output or impact level. Add one from the list below."
    ]
    assert [named.publication.id for named in every(Named, first)] == ["guide"]


def test_each_of_several_lists_says_how_many_it_has():
    found = sections(ask(Wanted((INDICATOR,), (PLANS, AWARENESS)), *INDICATORS))
    assert [note.text for section in found for note in every(Paragraph, section)] == [
        "3 of 3 indicators for national plans of action.",
        f"{len(places(found[1]))} of {len(places(found[1]))} indicators for awareness raising.",
    ]


def test_items_without_level_or_group_stand_under_the_list_itself():
    bare = [replace(item, level=None) for item in INDICATORS]
    (section,) = sections(ask(Wanted((INDICATOR,), (PLANS,)), *bare))
    assert places(section) == [0, 1, 2] and len(every(Heading, section)) == 1
    some = [replace(INDICATORS[0], level=None), *INDICATORS[1:]]
    (section,) = sections(ask(Wanted((INDICATOR,), (PLANS,)), *some))
    assert every(Heading, section)[-1].text == "Level not given in the source"


def test_an_answer_without_lists_has_no_blocks_and_no_counts():
    answer = Answer(request())
    assert list(listing_blocks(answer)) == [] and count_lines(answer) == ()


def test_missing_levels_point_below_only_where_one_stands_there():
    listing = guide(description="children").listing
    assert missing_line(listing) == "None of these is at output or impact level. Add one from the list below."
    assert missing_line(replace(listing, missing=(Level.IMPACT,))) == "None of these is at impact level."
    assert missing_line(replace(listing, missing=())) == ""


def test_details_are_those_asked_for():
    item = replace(INDICATORS[1], counts="children", over="all", disaggregation=("sex", "age"), verification=("a", "b"))
    assert detail_lines(item, ()) == ()
    assert detail_lines(item, tuple(Detail)) == (
        ("Counted", "children"),
        ("Out of", "all"),
        ("Broken down by", "sex, age"),
        ("Means of verification", "a; b"),
    )
    assert detail_lines(INDICATORS[0], tuple(Detail)) == ()


def test_the_terminal_shows_counts_groups_cautions_and_sources():
    answer = guide(description="We ask children what they think")
    assert answer_text(answer, width=200).split("\n") == [
        "Understood as: Indicators for national plans of action, those that fit your description first",
        "",
        "3 of 3 indicators for national plans of action; 1 shown first because it fits your description.",
        "",
        "INDICATORS THAT FIT YOUR DESCRIPTION",
        "Guide (toolkit), 2016",
        "",
        "  - Share of children who were heard [1]",
        "    Caution: Being heard is not all.",
        "",
        "None of these is at output or impact level. Add one from the list below.",
        "",
        "MORE INDICATORS FOR NATIONAL PLANS OF ACTION",
        "Guide (toolkit), 2016",
        "",
        "Output: what the programme delivers",
        "  - Number of meetings held [2]",
        "",
        "Outcome: what people or institutions do differently",
        "  - Share of activities that were paid for [1]",
        "",
        "Sources",
        "  [1] Guide (toolkit), 2016, p. 1 (PDF p. 2)",
        "  [2] Guide (toolkit), 2016, p. 2 (PDF p. 3)",
    ]


def test_an_empty_list_ends_in_clear_lines():
    text = answer_text(guide(levels=(Level.IMPACT,)), width=200)
    assert text.startswith("Note: None of these indicators is at impact level.")
    assert "0 of 3 indicators for national plans of action." in text
    assert "do not answer" not in text and "Sources" not in text


def test_the_own_lists_say_whose_words_they_are():
    assert "Written for this project, not ICAT's words" in answer_text(ask(Wanted((LESSON,), (PLANS,))), width=200)


def test_markdown_names_the_source_of_each_list_and_the_page_of_each_item():
    turns = (Turn("Which?", guide(description="children")),)
    lines = to_markdown(turns, "0.1.0", date(2026, 1, 2)).split("\n")
    first = lines.index("### Indicators that fit your description")
    assert lines[first + 2] == "*Guide (toolkit), 2016*"
    item = next(place for place, text in enumerate(lines) if text.startswith("- Share of children who were heard"))
    assert "PDF p. 2" in lines[item]
    assert lines[item + 1] == "  - Caution: Being heard is not all."
    assert "#### Output: what the programme delivers" in lines
    assert lines[-2] == "- Guide (toolkit), 2016"


def test_word_sets_lists_in_headings_bullets_and_details():
    turns = (Turn("Which?", ask(Wanted((QUESTION, INDICATOR), (PLANS,)), *QUESTIONS, *INDICATORS)),)
    document = docx.Document(BytesIO(to_docx(turns, "0.1.0", date(2026, 1, 2))))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Design questions for national plans of action"] == "Heading 2"
    assert styles["Money"] == "Heading 3"
    assert styles["Caution: Being heard is not all."] == "List Continue"
    bullets = [text for text, style in styles.items() if style == "List Bullet"]
    assert len(bullets) == 3 + 3 + 1  # questions, indicators, and the one source
