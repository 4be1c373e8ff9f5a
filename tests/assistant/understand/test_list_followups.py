"""What a message after a list changes in what is wanted."""

from dataclasses import replace

import pytest

from assistant.types import Answer, Detail, Listing, Query, Refusal, Turn, Wanted
from assistant.understand.lists.recognise import Recogniser
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity

LESSON, QUESTION, INDICATOR = ItemKind
AWARENESS, LIVELIHOODS, LEGAL, JUSTICE, IDENTIFICATION, SUPPORT, PLANS = Activity
BEFORE = Wanted((INDICATOR,), (LIVELIHOODS,), description="a savings group for returnees")


def after(wanted: Wanted, message: str) -> Wanted | None:
    asked = Query("before", "before", "before")
    return Recogniser().read(message, (Turn("before", Answer(asked, listing=Listing(wanted, (), ()))),))


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("only outcomes", {"levels": (Level.OUTCOME,)}),
        ("just the impact ones", {"levels": (Level.IMPACT,)}),
        ("and outputs?", {"levels": (Level.OUTPUT,)}),
        ("no outputs please", {"levels": (Level.OUTCOME, Level.IMPACT)}),
        ("for children", {"about": ("children",)}),
        ("and for women?", {"about": ("women",)}),
        ("et pour les enfants ?", {"about": ("children",)}),
        ("only the ones about debt", {"about": ("debt",)}),
        ("add means of verification", {"details": (Detail.VERIFICATION,)}),
        ("how would we verify these?", {"details": (Detail.VERIFICATION,)}),
        ("how should they be disaggregated?", {"details": (Detail.DISAGGREGATION,)}),
        ("what exactly is counted?", {"details": (Detail.COUNTED,)}),
        ("the rest", {"rest": True}),
        ("more", {"rest": True}),
        ("the other ones please", {"rest": True}),
        ("and the design questions?", {"kinds": (QUESTION, INDICATOR)}),
        ("lessons as well", {"kinds": (LESSON, INDICATOR)}),
        ("questions instead", {"kinds": (QUESTION,)}),
        ("what about awareness raising?", {"activities": (AWARENESS,)}),
        ("also for awareness raising", {"activities": (LIVELIHOODS, AWARENESS)}),
        ("and shelters?", {"activities": (LIVELIHOODS, SUPPORT)}),
        ("and for prosecutors?", {"activities": (JUSTICE,)}),
        ("sorry, I meant a shelter", {"activities": (SUPPORT,), "description": ""}),
        ("the project's own list", {"starter": True}),
        ("start over", {"description": ""}),
        ("without the description", {"description": ""}),
        (
            "we work in two districts",
            {"description": "a savings group for returnees. we work in two districts"},
        ),
        ("what about displacement risk?", {"kinds": (QUESTION,), "activities": (), "part_one": True}),
        ("what should we ask ourselves?", {"kinds": (QUESTION,)}),
        ("can you narrow it down to refugees?", {"about": ("refugees",)}),
        ("I want questions, not indicators", {"kinds": (QUESTION,)}),
        ("not that, a radio campaign", {"activities": (AWARENESS,), "description": ""}),
        ("where does the data come from?", {"details": (Detail.VERIFICATION,)}),
        ("what are the outcomes?", {"levels": (Level.OUTCOME,)}),
        ("only the indicators", {}),
        ("show me all", {}),
        ("What else is there?", {"rest": True}),
        ("anything more?", {"rest": True}),
        ("same but for police", {"activities": (JUSTICE,)}),
        ("what would these be for a hotline?", {"activities": (IDENTIFICATION,)}),
        ("do any speak of women?", {"about": ("women",)}),
        ("can you add how they are counted?", {"details": (Detail.COUNTED,)}),
        ("show where the numbers come from", {"details": (Detail.VERIFICATION,)}),
        ("and what else have you got?", {"rest": True}),
        ("show me what is left", {"rest": True}),
        ("the same for prosecutors", {"activities": (JUSTICE,)}),
        ("could you do the same for radio campaigns", {"activities": (AWARENESS,)}),
        ("et pour les juges ?", {"activities": (JUSTICE,)}),
        ("et pour la loi ?", {"activities": (LEGAL,)}),
        ("et pour un foyer ?", {"activities": (SUPPORT,)}),
        ("et pour un plan national ?", {"activities": (PLANS,)}),
        ("only outcomes, with means of verification", {"levels": (Level.OUTCOME,), "details": (Detail.VERIFICATION,)}),
        ("show outputs and what is counted", {"levels": (Level.OUTPUT,), "details": (Detail.COUNTED,)}),
        ("all indicators for every activity", {"activities": ()}),
        ("not for women, for men", {"about": ("men",)}),
        ("all levels", {}),
    ],
)
def test_a_short_message_changes_what_it_names_and_nothing_else(message, changes):
    assert after(BEFORE, message) == replace(BEFORE, **changes)


@pytest.mark.parametrize(
    "message",
    [
        "why is that?",
        "great, that helps a lot",
        "Thanks, that is all I need for children",
        "perfect, this is what I needed",
        "Thanks, I will use these indicators",
        "good list, thanks, my colleagues will like the outcomes",
        "How many victims were identified in 2020?",
        "what percentage of returnees are children?",
        "Where do these indicators come from?",
        "What is the source of these?",
        "what does outcome mean?",
        "thanks",
        "who should collect them?",
        "explain the second one",
        "How do trafficking and smuggling differ?",
        "are these enough?",
        "How can we protect victims in campaigns?",
        "What is the impact of trafficking on health?",
        "How do you verify a victim's age?",
        "What do children need in a shelter?",
    ],
)
def test_an_open_question_is_no_change(message):
    assert after(BEFORE, message) is None


def test_a_full_question_starts_afresh():
    assert after(BEFORE, "Which indicators for legal frameworks?") == Wanted((INDICATOR,), (LEGAL,))


def test_narrowing_widens_again():
    narrowed = replace(BEFORE, levels=(Level.OUTCOME,), about=("children",), rest=True)
    assert after(narrowed, "all levels") == replace(narrowed, levels=(), rest=False)
    assert after(narrowed, "and outputs?").levels == (Level.OUTPUT, Level.OUTCOME)
    assert after(narrowed, "also for women").about == ("children", "women")
    assert after(narrowed, "show me all") == BEFORE


def test_and_for_another_goes_on_to_it():
    """ "also" adds, "and for" replaces."""
    narrowed = replace(BEFORE, levels=(Level.OUTCOME,), about=("children",))
    assert after(narrowed, "and for women?").about == ("women",)
    assert after(narrowed, "and for impact?").levels == (Level.IMPACT,)
    assert after(narrowed, "also for impact").levels == (Level.OUTCOME, Level.IMPACT)


def test_levels_and_details_go_with_the_indicators():
    narrowed = replace(BEFORE, levels=(Level.OUTCOME,), details=(Detail.VERIFICATION,))
    assert after(narrowed, "only the design questions") == replace(BEFORE, kinds=(QUESTION,))
    assert after(replace(BEFORE, kinds=(LESSON,)), "add means of verification").kinds == (INDICATOR,)


def test_a_list_further_back_is_not_changed():
    """The last answered turn was no list, so there is nothing that "only outcomes" could narrow."""
    asked = Query("before", "before", "before")
    listed = Turn("before", Answer(asked, listing=Listing(BEFORE, (), ())))
    other = Turn("What is trafficking?", Answer(asked))
    refused = Turn("hello", Answer(asked, refusal=Refusal.GREETING))
    assert Recogniser().read("only outcomes", (listed, other)) is None
    assert Recogniser().read("only outcomes", (listed, refused)) == replace(BEFORE, levels=(Level.OUTCOME,))
