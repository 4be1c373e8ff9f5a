"""Which lists a question asks for: kinds, activities, levels, details, the programme described; or none."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from make_recognition_weights import TUNING

from assistant.types import Answer, Detail, Query, Turn, Wanted
from assistant.understand.lists import weights as recognise_weights
from assistant.understand.lists.recognise import Recogniser
from assistant.understand.lists.sense import Sense
from assistant.understand.lists.spelling import distance, mended
from assistant.understand.lists.words import activities_in
from corpus.toolkit.types import ItemKind, Level
from corpus.types import Activity
from index.encoders import open_embedder
from tests.fakes import HashedWords

LESSON, QUESTION, INDICATOR = ItemKind
AWARENESS, LIVELIHOODS, LEGAL, JUSTICE, IDENTIFICATION, SUPPORT, PLANS = Activity


@pytest.fixture(scope="module")
def words_only() -> Recogniser:
    return Recogniser()


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(open_embedder("bge-small-en-v1.5"))


def phrasings() -> list[dict]:
    rows = [json.loads(line) for line in Path(TUNING).read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "question" in row]


@pytest.mark.parametrize(
    ("question", "kinds", "activities"),
    [
        ("Which indicators for awareness raising?", (INDICATOR,), (AWARENESS,)),
        ("what should we ask before opening a shelter?", (QUESTION,), (SUPPORT,)),
        ("What are the lessons learned on training judges?", (LESSON,), (JUSTICE,)),
        (
            "We plan a radio campaign for seasonal workers. What should we ask ourselves, and how do we measure it?",
            (QUESTION, INDICATOR),
            (AWARENESS,),
        ),
        ("Help me design a programme on referral", (QUESTION, INDICATOR), (IDENTIFICATION,)),
        ("KPIs for the national strategy and for law reform", (INDICATOR,), (PLANS, LEGAL)),
        ("how do we know whether our vocational training works", (INDICATOR,), (LIVELIHOODS,)),
        ("wich indicaters for an awarness campain?", (INDICATOR,), (AWARENESS,)),
        ("Which indicators should we use?", (INDICATOR,), ()),
        ("Quels indicateurs pour une campagne de sensibilisation ?", (INDICATOR,), (AWARENESS,)),
        ("¿Qué debemos preguntarnos antes de abrir un albergue?", (QUESTION,), (SUPPORT,)),
        ("Какие показатели для обучения судей?", (INDICATOR,), (JUSTICE,)),
        ("ما الأسئلة التي يجب طرحها قبل فتح مأوى؟", (QUESTION,), (SUPPORT,)),
        ("国家行动计划的指标有哪些", (INDICATOR,), (PLANS,)),
    ],
)
def test_kinds_and_activities_are_recognised(words_only, question, kinds, activities):
    wanted = words_only.read(question)
    assert wanted is not None
    assert (wanted.kinds, wanted.activities) == (kinds, activities)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "hello",
        "What is an indicator?",
        "How can I track my parcel?",
        "What is the best measure of happiness?",
        "indicator species in ecology",
        "Which indicators should a night porter watch out for in a hotel?",
        "indicators of traficking in a brick kiln",
        "Which indicators suggest debt bondage?",
        "Which economic indicators forecast a recession?",
        "piano lessons for my son",
        "How is blood pressure measured?",
        "Where can I learn more about forced marriage?",
        "What did the court learn in that case?",
        "What does outcome mean?",
        "Which indicators does the Liberia evaluation report?",
        "Who wrote the Toolkit?",
        "what are indicators that a person is trafficked",
        "red flags for forced labour",
        "How do trafficking and smuggling differ?",
        "Why do campaigns fail?",
        "What is a national plan of action?",
        "how can shelters protect privacy?",
        "How many victims were found last year?",
        "Which activity types does the Toolkit cover?",
        "What should we ask a victim in the first interview?",
        "What should we consider when interviewing a child?",
        "How do we assess a victim's needs?",
        "What lessons does issue brief 4 draw?",
    ],
)
def test_other_questions_are_not_forced_into_a_list(recogniser, question):
    assert recogniser.read(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Which questions help us map a trafficking route?",
        "questions on behaviour change",
        "what should we ask ourselves about displacement risk?",
        "What should we ask before choosing among responses?",
        "Is our programme evaluable? Which questions should we answer?",
        "What general design questions are there?",
    ],
)
def test_questions_before_an_activity_is_chosen(words_only, question):
    assert words_only.read(question) == Wanted(
        (QUESTION,), part_one=True, description=words_only.read(question).description
    )


@pytest.mark.parametrize(
    "question",
    [
        "Can you help me do a situation analysis?",
        "How do we map the pattern before we choose an activity?",
        "How do we check that our project does not displace trafficking?",
        "What goes into a context analysis?",
    ],
)
def test_part_one_is_known_by_the_plain_name_of_its_steps(words_only, question):
    wanted = words_only.read(question)
    assert (wanted.kinds, wanted.part_one, wanted.details) == ((QUESTION,), True, ())


@pytest.mark.parametrize(
    ("question", "activities"),
    [
        ("Indicators for labour inspectors who identify and refer victims", (IDENTIFICATION,)),
        ("indicators for training labour inspectors to build cases", (JUSTICE,)),
        ("Indicators for a drop-in centre that screens migrants and refers victims", (IDENTIFICATION,)),
        ("indicators for a drop-in centre for survivors", (SUPPORT,)),
        ("indicators for job training and a house for survivors", (LIVELIHOODS, SUPPORT)),
        ("indicators for savings groups, with prevention information", (LIVELIHOODS, AWARENESS)),
        ("indicators on the law and on support", (LEGAL, SUPPORT)),
        ("indicators for a refferal mechanism", (IDENTIFICATION,)),
    ],
)
def test_what_is_done_tells_the_activity_not_who_does_it_or_where(words_only, question, activities):
    assert words_only.read(question).activities == activities


def test_what_stands_at_a_level_is_an_indicator(words_only):
    wanted = words_only.read("I need something at outcome level for a shelter")
    assert (wanted.kinds, wanted.levels) == ((INDICATOR,), (Level.OUTCOME,))
    assert words_only.read("outputs we could count in vocational training").levels == (Level.OUTPUT,)
    assert words_only.read("indicators for shelters, outputs only, with disaggregation").levels == (Level.OUTPUT,)
    assert words_only.read("Indicateurs de résultat (outcome) pour un foyer").levels == (Level.OUTCOME,)


def test_what_is_told_of_a_programme_asks_for_nothing(words_only):
    question = "We are not sure the sewing course works. What should we ask before we repeat it?"
    assert words_only.read(question).kinds == (QUESTION,)
    assert words_only.read(question + " And how do we measure it?").kinds == (QUESTION, INDICATOR)


def test_a_list_may_be_narrowed_by_what_it_speaks_of(words_only):
    assert words_only.read("Outcome indicators for victim support that speak of children").about == ("children",)
    assert words_only.read("Which design questions speak of interpreters?").about == ("interpreters",)


def test_part_one_holds_no_indicators(words_only):
    wanted = words_only.read("Which indicators for a behaviour change campaign?")
    assert (wanted.activities, wanted.part_one) == ((AWARENESS,), False)


def test_a_place_is_an_activity_only_where_nothing_else_is_named():
    assert activities_in("vocational training for residents of our shelter") == (LIVELIHOODS,)
    assert activities_in("success in our shelter") == (SUPPORT,)
    assert activities_in("hotline posters at the border") == (AWARENESS,)
    assert activities_in("a hotline at the border") == (IDENTIFICATION,)
    assert activities_in("Start-up grants, start up grants") == (LIVELIHOODS,)


def test_levels_details_groups_and_the_starter_list_are_read(words_only):
    wanted = words_only.read("outcome and impact indicators for livelihoods for children, with means of verification")
    assert wanted.levels == (Level.OUTCOME, Level.IMPACT)
    assert wanted.details == (Detail.VERIFICATION,)
    assert words_only.read("indicators for children").about == ("children",)
    assert words_only.read("indicators for livelihoods for women").about == ("women",)
    assert words_only.read("I need the starter indicators for awareness raising, not ICAT's").starter


def test_the_impact_of_a_campaign_is_no_level(words_only):
    assert words_only.read("How do we measure the impact of our campaign?").levels == ()


@pytest.mark.parametrize(
    ("question", "description"),
    [
        ("Which indicators for awareness raising?", ""),
        (
            "propose indicators for a cash-for-work project with returnees in two districts",
            "cash-for-work project with returnees in two districts",
        ),
        (
            "We run a radio show for kids near the border, what should we be asking?",
            "We run a radio show for kids near the border",
        ),
        ("what should we ask before opening a shelter?", "opening a shelter"),
        ("Outcome indicators for a cash-for-work project in two districts", "cash-for-work project in two districts"),
        ("Indicators for a micro-credit prograame in Atlantis", "micro-credit prograame in Atlantis"),
    ],
)
def test_the_programme_is_kept_as_typed(words_only, question, description):
    assert words_only.read(question).description == description


def test_a_programme_without_a_known_word_is_recognised_by_what_it_is_like(recogniser, words_only):
    question = "We give sewing lessons and a stall at the fair to widows who came home. Which indicators?"
    assert recogniser.read(question).activities == (LIVELIHOODS,)
    question = "We go to remote hamlets and explain to mothers how strangers lure their sons. Which indicators?"
    assert words_only.read(question).activities == ()
    assert recogniser.read(question).activities == (AWARENESS,)


def test_a_description_that_is_of_no_type_is_left_open(recogniser):
    assert recogniser.read("We have a two-year project with partners in three provinces. Which indicators?") == Wanted(
        (INDICATOR,), description="We have a two-year project with partners in three provinces"
    )


def open_turn(question: str) -> Turn:
    return Turn(question, Answer(Query(question, question, question)))


def test_after_an_open_question_the_activity_is_taken_from_it(words_only):
    turns = (open_turn("How do we plan a campaign for seasonal workers in the north?"),)
    wanted = words_only.read("which indicators?", turns)
    assert wanted == Wanted((INDICATOR,), (AWARENESS,), description="campaign for seasonal workers in the north")
    turns = (open_turn("What makes awareness campaigns effective?"),)
    assert words_only.read("and how would we measure that?", turns) == Wanted((INDICATOR,), (AWARENESS,))


def test_what_points_back_to_no_programme_asks_for_no_list(words_only):
    assert words_only.read("How do we measure it?", (open_turn("How do trafficking and smuggling differ?"),)) is None


def test_a_question_of_its_own_takes_nothing_from_the_one_before(words_only):
    turns = (open_turn("What makes awareness campaigns effective?"),)
    assert words_only.read("Which indicators for livelihoods?", turns) == Wanted((INDICATOR,), (LIVELIHOODS,))


def test_typing_errors_in_key_words_are_mended_and_other_words_left():
    assert mended("indcators for livelyhoods in Kampala") == "indicators for livelihoods in Kampala"
    assert mended("we monitored the shelters") == "we monitored the shelters"
    assert distance("sheltre", "shelter") == 1  # two neighbours swapped
    assert mended("hwo do we mesure") == "how do we measure"
    assert mended("comment mesurer la mesure pour le projet") == "comment mesurer la mesure pour le projet"
    assert distance("kitten", "sitting") == 3


def test_the_phrasings_beside_it_are_recognised(recogniser):
    """What it was tuned on; how it does on others is measured by the evaluations."""
    rows = phrasings()
    assert len(rows) >= 150
    read = [recogniser.read(row["question"]) for row in rows]
    right = [
        [kind.value for kind in wanted.kinds] == row["kinds"] if wanted else not row["kinds"]
        for wanted, row in zip(read, rows, strict=True)
    ]
    assert sum(right) / len(rows) >= 0.99
    pairs = [
        ({activity.value for activity in wanted.activities} if wanted else set(), set(row["activities"]))
        for wanted, row in zip(read, rows, strict=True)
    ]
    both = sum(len(found & gold) for found, gold in pairs)
    assert 2 * both / sum(len(found) + len(gold) for found, gold in pairs) >= 0.98


def test_weights_are_those_of_the_phrasings_beside_them():
    """Whoever changes the phrasings runs `make_recognition_weights.py`."""
    assert sha256(TUNING.read_bytes()).hexdigest() == recognise_weights.TUNING_SHA256


def test_another_embedder_is_not_read_with_these_weights():
    with pytest.raises(ValueError, match="the weights are for"):
        Sense(HashedWords())
    assert Recogniser(HashedWords()).read("Which indicators for a shelter?").activities == (SUPPORT,)
