"""No list opens where none was asked for, whatever words of lists a question holds; and what is near it still opens."""

from dataclasses import replace

import pytest

from assistant.types import Answer, Detail, Listing, Query, Turn, Wanted
from assistant.understand.lists.recognise import Recogniser
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from index.encoders import open_embedder

LESSON, QUESTION, INDICATOR = ItemKind
AWARENESS, LIVELIHOODS, LEGAL, JUSTICE, IDENTIFICATION, SUPPORT, PLANS = Activity
LISTED = Wanted((INDICATOR,), (LIVELIHOODS,))
STORY = (
    "I took over a project in two districts in the spring. My predecessor left a folder with lessons, a log frame and a"
    " list of questions for the shelter, and the donor asks every month how we measure success. Nobody could explain to"
    " me what the words in it say, and before I write the next report I would like to understand one of them. "
)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(open_embedder("bge-small-en-v1.5"))


def after_a_list(recogniser: Recogniser, message: str, before: Wanted = LISTED) -> Wanted | None:
    turn = Turn("before", Answer(Query("before", "before", "before"), listing=Listing(before, (), ())))
    return recogniser.read(message, (turn,))


MEANINGS = (
    "What is a theory of change?",
    "What is meant by means of verification?",
    "What does disaggregation mean?",
    "what a proxy indicator means",
    "Give me an example of an indicator.",
    "What are evaluation questions?",
    "What do good indicators look like?",
    "What makes a good indicator for training judges?",
    "What are the challenges in measuring trafficking?",
)
NO_PROGRAMME = (
    "How do we start a conversation with a victim?",
    "What would you advise a victim?",
    "Any tips for interviewing victims?",
    "Propose a title for our campaign",
    "Help me write a report on our shelter",
    "Design a logo for the shelter",
    "What do you recommend we read on livelihoods?",
    "I would like to understand the referral mechanism.",
    "We will visit a shelter next week.",
    "What targets do traffickers choose?",
)
PUBLICATIONS = (
    "How do the Toolkit and the first issue brief differ on indicators?",
    "Do the Toolkit and the discussion paper agree on lessons?",
    "What lessons does the analytical review draw?",
    "What is the most important lesson of the review of 2010?",
    "What do practitioners think about indicators?",
    "Which page has the lessons on awareness raising?",
    "How many indicators does the Toolkit have?",
    "Can I translate the indicators?",
    "Which questions can you answer?",
)
OTHER_SUBJECTS = (
    "Which indicators for demand reduction?",
    "Indicators for access to remedies",
    "Design questions on supply chains",
    "Which indicators for an evaluation?",
    "What are the lessons on evaluating counter-trafficking programmes?",
    "What must be settled before we hire an evaluator?",
    "What has to be ready before police go in?",
    "How is impact measured without a baseline?",
    "What evidence is there that shelters help?",
    "How do we keep survivors' data safe when measuring outcomes?",
    "What questions should a labour inspector ask workers?",
    "What should we ask a victim in the first interview?",
    "Questions about shelters: may residents leave?",
    "What lessons can be drawn from the history of the slave trade?",
)


@pytest.mark.parametrize("question", (*MEANINGS, *NO_PROGRAMME, *PUBLICATIONS, *OTHER_SUBJECTS))
def test_none_is_asked_for(recogniser, question):
    assert recogniser.read(question) is None


@pytest.mark.parametrize(
    "question", (*MEANINGS, *(q for q in PUBLICATIONS if not q.startswith("How many")), *OTHER_SUBJECTS)
)
def test_nor_is_a_list_changed_by_it(recogniser, question):
    assert after_a_list(recogniser, question) is None


@pytest.mark.parametrize(
    ("question", "kinds", "activities"),
    [
        ("A campaign against demand: which indicators?", (INDICATOR,), (AWARENESS,)),
        ("Indicators for training judges on remedies", (INDICATOR,), (JUSTICE,)),
        ("Which indicators for the evaluation of our shelter?", (INDICATOR,), (SUPPORT,)),
        ("What has to be clear before we open a shelter?", (QUESTION,), (SUPPORT,)),
        ("How is the impact of a shelter measured?", (INDICATOR,), (SUPPORT,)),
        ("What evidence do we need to show that our shelter helps?", (INDICATOR,), (SUPPORT,)),
        ("Questions on shelters: what should we ask ourselves?", (QUESTION,), (SUPPORT,)),
        ("Does the Toolkit have indicators for shelters?", (INDICATOR,), (SUPPORT,)),
        ("What questions do you have on livelihoods?", (QUESTION,), (LIVELIHOODS,)),
        ("How many indicators are there for awareness raising?", (INDICATOR,), (AWARENESS,)),
        ("We plan to open a shelter for boys.", (QUESTION, INDICATOR), (SUPPORT,)),
        ("How do we set up a hotline?", (QUESTION, INDICATOR), (IDENTIFICATION,)),
        ("Can you help me with a proposal for a shelter?", (QUESTION, INDICATOR), (SUPPORT,)),
        ("How many design questions do you have?", (QUESTION,), ()),
        ("How many design questions does it have?", (QUESTION,), ()),
        ("What is an outcome? And which indicators are there for shelters?", (INDICATOR,), (SUPPORT,)),
        ("Indicators for shelters. And what does outcome mean?", (INDICATOR,), (SUPPORT,)),
        ("Not indicators but lessons on livelihoods", (LESSON,), (LIVELIHOODS,)),
        ("I don't want indicators, I want the lessons on legal reform", (LESSON,), (LEGAL,)),
        ("not only indicators but also lessons on livelihoods", (LESSON, INDICATOR), (LIVELIHOODS,)),
    ],
)
def test_what_is_near_it_is_asked_for(recogniser, question, kinds, activities):
    wanted = recogniser.read(question)
    assert wanted is not None
    assert (wanted.kinds, wanted.activities) == (kinds, activities)


def test_questions_on_displacement_are_those_of_part_one(recogniser):
    assert recogniser.read("What questions should we ask about displacement?").part_one


def test_the_end_of_a_story_decides(recogniser):
    assert recogniser.read(STORY + "What is a baseline?") is None
    assert recogniser.read(STORY + "Who wrote the Toolkit?") is None
    wanted = recogniser.read(STORY + "Which design questions are there for shelters?")
    assert (wanted.kinds, wanted.activities, wanted.levels) == ((QUESTION,), (SUPPORT,), ())


def test_the_end_of_a_sentence_that_goes_on_and_on_decides(recogniser):
    story = (
        "I work in a port town and was asked to join the group on referral, which meets for the first time next week,"
        " and I was told by two colleagues that there are indicators and lessons for it somewhere, and since I have no"
        " idea what such a group does, I wonder "
    )
    wanted = recogniser.read(story + "what should we ask ourselves before setting up a referral mechanism")
    assert (wanted.kinds, wanted.activities) == ((QUESTION,), (IDENTIFICATION,))
    assert recogniser.read(story + "what is the definition of a presumed victim") is None


def test_what_is_left_out_of_a_first_list(recogniser):
    wanted = recogniser.read("Indicators for livelihoods without the impact ones")
    assert (wanted.levels, wanted.description) == ((Level.OUTPUT, Level.OUTCOME), "")
    assert recogniser.read("Indicators for livelihoods above output level").levels == (Level.OUTCOME, Level.IMPACT)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Which identification indicators are about children?", ("children",)),
        ("questions on disability when identifying victims", ("disability",)),
        ("which indicators speak of children in victim support?", ("children",)),
    ],
)
def test_what_a_first_list_is_about(recogniser, question, about):
    assert recogniser.read(question).about == about


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("without the impact ones", {"levels": (Level.OUTPUT, Level.OUTCOME)}),
        ("not indicators but lessons", {"kinds": (LESSON,)}),
        ("I don't want indicators, give me lessons", {"kinds": (LESSON,)}),
        ("lessons instead of indicators", {"kinds": (LESSON,)}),
        ("not livelihoods but legal framework", {"activities": (LEGAL,)}),
        ("legal framework instead of livelihoods", {"activities": (LEGAL,)}),
        ("indicators for men and boys", {"about": ("men", "boys")}),
        ("lessons about debt", {"kinds": (LESSON,), "about": ("debt",)}),
        ("How many are there?", {}),
        ("how many in all?", {}),
        ("How many outcome indicators are there?", {"levels": (Level.OUTCOME,)}),
        ("How many design questions does it have?", {"kinds": (QUESTION,)}),
        ("how many of them speak of women?", {"about": ("women",)}),
        ("with means of verification", {"details": (Detail.VERIFICATION,)}),
    ],
)
def test_a_list_is_changed_by_what_asks_for_that(recogniser, message, changes):
    found = after_a_list(recogniser, message)
    assert found is not None
    changed = {name: getattr(found, name) for name in ("kinds", "activities", "levels", "about", "details")}
    same = {name: getattr(LISTED, name) for name in changed}
    assert changed == {**same, **changes}
    assert found.description == ""


def test_how_many_another_publication_has_is_no_count_of_the_lists(recogniser):
    turn = Turn("What is the Toolkit?", Answer(Query("What is the Toolkit?", "What is the Toolkit?", "the Toolkit")))
    assert recogniser.read("How many design questions does it have?", (turn,)) is None
    assert recogniser.read("How many lessons does the discussion paper have?") is None


def test_how_many_one_should_use_is_no_count_of_the_list(recogniser):
    assert after_a_list(recogniser, "How many indicators should a project have?") is None
    assert recogniser.read("How many indicators should an awareness campaign have?") is None


def test_what_is_asked_again_is_listed_again(recogniser):
    narrowed = replace(LISTED, about=("children",))
    assert after_a_list(recogniser, "for children", narrowed) == narrowed
