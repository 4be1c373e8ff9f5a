"""Drafts against small documents: which quote is found, what is shown, withheld, counted."""

from dataclasses import replace

import numpy as np
import passages
import pytest

from assistant.answer.evidence import passage_of_chunk
from assistant.types import AnswerType, Covered, Evidence, Part, Passage, Support
from assistant.write.check import Checker, check, check_draft, claims_nothing, points_back, says_the_same
from assistant.write.coverage import coverage, offers
from assistant.write.draft import DraftSentence
from assistant.write.quote import find_quote
from assistant.write.support import SupportModels, rarity
from tests.fakes import SharedWords

LAMPS = passages.document(
    "lamps",
    """
=== ii
# Lamps
A survey of 40 harbours in 2011 found 12 lamps out of use. Keepers should log each lamp failure within one day.
Keepers must keep:
- spare wicks
- a barrel of oil that lasts for thirty nights
=== 1
Oil burns longer than gas, but it costs more.
""",
)
HARBOURS = passages.document("harbours", "Spare lamps may be shared between harbours. Bells are rung in fog.")
SHELF = passages.Shelf(LAMPS, HARBOURS)
CHECKER = Checker(SHELF)


def said(text: str, labels: tuple[int, ...] = (1,)) -> DraftSentence:
    return DraftSentence(text, labels)


def passage(document, ordinal: int = 1) -> Passage:
    return passage_of_chunk(passages.whole(document, ordinal), 1.0, SHELF)


EVIDENCE = Evidence((passage(LAMPS), passage(HARBOURS)))


def quoted(text: str, labels: tuple[int, ...] = (1,)) -> list[str]:
    return [quote.text for quote in check(said(text, labels), EVIDENCE, CHECKER).quotes]


def test_the_quote_is_the_shortest_run_that_carries_the_sentence():
    assert quoted("Twelve of the lamps were out of use in 40 harbours in 2011.") == [
        "A survey of 40 harbours in 2011 found 12 lamps out of use."
    ]
    both = quoted(
        "A survey of 40 harbours found 12 lamps out of use, and keepers should log each failure within one day."
    )
    assert both == [LAMPS.text[LAMPS.text.index("A survey") : LAMPS.text.index("one day.") + len("one day.")]]


def test_a_whole_list_item_is_a_quote_however_short():
    assert quoted("Keepers must keep spare wicks.") == ["Keepers must keep:\nspare wicks"] or quoted(
        "Keepers must keep spare wicks."
    ) == ["spare wicks"]


def test_a_quote_slices_its_document_and_names_its_page_and_digest():
    (quote,) = check(said("Oil burns longer than gas, but costs more."), EVIDENCE, CHECKER).quotes
    assert LAMPS.text[quote.start : quote.end] == quote.text == "Oil burns longer than gas, but it costs more."
    assert (quote.page, quote.page_label, quote.label, quote.publication) == (2, "1", 1, "lamps")
    assert quote.document_sha256 == SHELF.document_sha256("lamps")


def test_a_passage_that_was_not_cited_is_never_quoted():
    statement = check(said("Spare lamps may be shared between harbours.", (1,)), EVIDENCE, CHECKER)
    assert all(quote.label == 1 for quote in statement.quotes)
    assert statement.support is not Support.FULL
    assert check(said("Spare lamps may be shared between harbours.", (2,)), EVIDENCE, CHECKER).support is Support.FULL


def test_of_equal_runs_the_first_is_taken():
    twice = passages.document("twice", "The old lamp burns at night. Ships pass. The old lamp burns at night.")
    shelf = passages.Shelf(twice)
    source = passage_of_chunk(passages.whole(twice), 1.0, shelf)
    text = "The old lamp burns at night."
    found = find_quote(text, 1, source, twice, rarity(text, "en"), "en")
    assert found is not None and found.quote.start == 0


def test_two_labels_support_a_sentence_together_and_one_alone_does_not():
    mixed = "A survey of 40 harbours found 12 lamps out of use, and bells are rung in fog."
    assert check(said(mixed, (1, 2)), EVIDENCE, CHECKER).support is Support.FULL
    assert check(said(mixed, (1,)), EVIDENCE, CHECKER).support is not Support.FULL
    assert [quote.label for quote in check(said(mixed, (1, 2)), EVIDENCE, CHECKER).quotes] == [1, 2]


def test_a_source_that_says_nothing_of_it_is_not_quoted_and_told_where_the_other_says_not_all():
    statement = check(said("Keepers should log each lamp failure within one day.", (1, 2)), EVIDENCE, CHECKER)
    assert [quote.label for quote in statement.quotes] == [1]
    assert (statement.support, statement.warnings) == (Support.FULL, ())
    stronger = check(said("Keepers must log each lamp failure within one day.", (1, 2)), EVIDENCE, CHECKER)
    assert [quote.label for quote in stronger.quotes] == [1] and stronger.support is Support.PARTIAL
    assert stronger.warnings[-1] == "source 2 was named, but says nothing of this"


def test_a_figure_that_stands_nowhere_is_withheld_with_its_reason_and_its_quote():
    result = check_draft([said("A survey of 40 harbours in 2011 found 21 lamps out of use.")], EVIDENCE, CHECKER)
    (withheld,) = result.withheld
    assert withheld.support is Support.NONE
    assert withheld.warnings == ("says 21, the source says 12",)
    assert withheld.quotes[0].text == "A survey of 40 harbours in 2011 found 12 lamps out of use."
    assert result.statements == () and result.ungrounded


@pytest.mark.parametrize(
    "text",
    [
        "Keepers need not log lamp failures within one day.",
        "Gas burns longer than oil.",
        "Fish is sold on the quay at noon.",  # nothing of it is there
    ],
)
def test_whatever_else_is_wrong_is_shown_with_its_reason_and_a_quote(text: str):
    (shown,) = check_draft([said(text)], EVIDENCE, CHECKER).statements
    assert shown.support is Support.PARTIAL
    assert shown.warnings and shown.quotes


TABLE = passages.document("table", "| Harbour / Lamps in 2011\n| Northend / 40\n| Southend / 12")


def test_a_figure_may_stand_in_the_head_of_the_table_that_a_passage_begins_in():
    shelf = passages.Shelf(TABLE)
    rest = passage_of_chunk(passages.chunk(TABLE, "Southend", "12"), 1.0, shelf)
    statement = check(said("Southend had 12 lamps in 2011."), Evidence((rest,)), Checker(shelf))
    assert statement.support is not Support.NONE
    assert check(said("Southend had 12 lamps in 2014."), Evidence((rest,)), Checker(shelf)).support is Support.NONE


@pytest.mark.parametrize(
    ("second", "left"),
    [
        ("They should log each lamp failure within one day.", 0),  # who "they" are is not shown
        ("Keepers should log each lamp failure within one day.", 1),
    ],
)
def test_what_leans_on_a_withheld_sentence_goes_with_it(second: str, left: int):
    draft = [said("All 90 keepers of the harbour are trained."), said(second), said("Bells are rung in fog.", (2,))]
    result = check_draft(draft, EVIDENCE, CHECKER)
    assert len(result.statements) == 1 + left
    if not left:
        assert result.withheld[1].warnings == ("it goes on from a sentence that is left out",)


def test_what_claims_too_much_is_shown_with_its_reason():
    result = check_draft([said("Keepers must log each lamp failure within one day.")], EVIDENCE, CHECKER)
    (shown,) = result.statements
    assert shown.support is Support.PARTIAL
    assert shown.warnings == ("says “must”, the source says “should”",)


def test_a_sentence_that_names_an_unknown_label_is_withheld_and_the_labels_are_kept_once_each_in_order():
    draft = [
        said("Bells are rung in fog.", (9,)),
        said("Spare lamps may be shared between harbours.", (2, 7)),
        said("Keepers should log each lamp failure within one day.", (1, 9)),
        said("A survey of 40 harbours in 2011 found 12 lamps out of use."),
    ]
    result = check_draft(draft, EVIDENCE, CHECKER)
    assert result.unknown_labels == (9, 7)
    assert len(result.withheld) == 3 and len(result.statements) == 1
    assert all(each.warnings == ("names a source that does not exist",) for each in result.withheld)


def test_a_claim_without_a_label_is_withheld_and_a_connective_is_only_counted():
    draft = [
        said("Here is what the sources say:", ()),
        said("Design questions", ()),
        said("Bells are rung in fog.", ()),
        said("Bells are rung in fog.", (2,)),
    ]
    result = check_draft(draft, EVIDENCE, CHECKER)
    assert result.connectives == 2
    assert [each.warnings for each in result.withheld] == [("no source is named",)]
    # the second telling is of a sentence that was withheld: it is a repetition only of what was said with a source
    assert result.claims == len(result.statements) + len(result.withheld)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("In summary:", True),
        ("Lamps:", True),
        ("Overall, the passages list the following:", True),
        ("Lamps burn.", False),
        ("In 2011:", False),  # a figure claims something
        ("Most of the keepers in the harbours of the north slept badly:", False),
    ],
)
def test_only_what_leads_over_claims_nothing(text: str, nothing: bool):
    assert claims_nothing(said(text, ())) is nothing


def test_a_repetition_is_dropped_and_counted_but_not_with_another_figure():
    draft = [
        said("Bells are rung in fog.", (2,)),
        said("In fog, bells are rung.", (2,)),
        said("Spare lamps may be shared between harbours.", (2,)),
    ]
    result = check_draft(draft, EVIDENCE, CHECKER)
    assert (len(result.statements), result.repeated) == (2, 1)
    assert not says_the_same("ICAT had 17 members in 2016.", "ICAT had 23 members in 2018.")
    assert not says_the_same("Bells are rung in fog.", "Bells are not rung in fog.")


def test_a_draft_is_thrown_away_when_more_than_half_is_withheld():
    good, bad = said("Bells are rung in fog.", (2,)), said("Bells are rung 9 times.", (2,))
    other = said("UNICEF rings 12 bells.", (2,))
    assert not check_draft([good, bad], EVIDENCE, CHECKER).ungrounded  # one of two
    assert check_draft([good, bad, other], EVIDENCE, CHECKER).ungrounded  # two of three
    assert check_draft([], EVIDENCE, CHECKER).ungrounded


def test_a_document_that_changed_since_supports_nothing():
    stale = replace(EVIDENCE[2], document_sha256="0" * 64)
    statement = check(said("Bells are rung in fog."), Evidence((stale,)), CHECKER)
    assert statement.support is Support.NONE and statement.quotes == ()
    assert statement.warnings == ("the source has changed since it was searched",)


def test_a_source_that_was_removed_is_no_source():
    statement = check(said("Twelve of the lamps were out of use."), EVIDENCE, Checker(passages.Shelf(HARBOURS)))
    assert (statement.support, statement.quotes) == (Support.NONE, ())
    assert statement.warnings == ("the source has changed since it was searched",)


def test_a_sentence_in_another_language_is_shown_as_not_compared_word_by_word():
    shown = check(said("En 2011, une enquête dans 40 ports a trouvé 12 lampes hors service."), EVIDENCE, CHECKER, "fr")
    assert shown.support is Support.PARTIAL and "another language" in shown.warnings[-1]
    changed = check(
        said("En 2011, une enquête dans 40 ports a trouvé 21 lampes hors service."), EVIDENCE, CHECKER, "fr"
    )
    assert changed.support is Support.NONE


SURVEY = "A survey of 40 harbours in 2011 found 12 lamps out of use."
ALTERED = [
    (SURVEY, "12 lamps", "19 lamps"),
    (SURVEY, "2011", "2013"),
    ("Keepers should log each lamp failure within one day.", "should log", "should not log"),
    ("Keepers should log each lamp failure within one day.", "should log", "may log"),
    ("Oil burns longer than gas, but it costs more.", "Oil burns longer than gas", "Gas burns longer than oil"),
    (SURVEY, SURVEY, "Ships pass at night."),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "before", "after"), ALTERED)
def test_altering_the_cited_passage_takes_the_support_away(sentence: str, before: str, after: str):
    text = f"{SURVEY} Keepers should log each lamp failure within one day. "
    text += "Oil burns longer than gas, but it costs more."
    for words, support in ((text, True), (text.replace(before, after), False)):
        source = passages.document("altered", words)
        shelf = passages.Shelf(source)
        evidence = Evidence((passage_of_chunk(passages.whole(source), 1.0, shelf),))
        statement = check(said(sentence), evidence, Checker(shelf))
        assert (statement.support is Support.FULL) is support


def part(text: str, asks: AnswerType) -> Part:
    return Part(text, text, asks)


def test_coverage_tells_answered_partly_and_not():
    asked = [
        part("How many lamps were out of use?", AnswerType.NUMBER),
        part("When were bells rung?", AnswerType.TIME),
        part("Who pays the pilots?", AnswerType.PERSON),
    ]
    result = check_draft(
        [said("A survey found 12 lamps out of use in 2011."), said("Keepers must ring bells in fog.", (2,))],
        EVIDENCE,
        CHECKER,
    )
    covered = [each.covered for each in coverage(asked, result.statements)]
    assert covered == [Covered.ANSWERED, Covered.PARTLY, Covered.NOT]  # bells are rung, but no date is given


def test_coverage_by_a_cross_encoder_follows_its_logit():
    # SharedWords gives the number of shared words less two: 3 shared -> 1, answered; 1 shared -> -1, partly
    asked = [part("Are bells rung in fog?", AnswerType.YES_NO)]
    (shown,) = check_draft([said("Bells are rung in fog.", (2,))], EVIDENCE, CHECKER).statements
    (covered,) = coverage(asked, [shown], SupportModels(SharedWords()))
    assert covered.covered is Covered.ANSWERED
    (missing,) = coverage([part("Why do pilots whistle?", AnswerType.REASON)], [shown], SupportModels(SharedWords()))
    assert missing.covered is not Covered.ANSWERED


class Near:
    """An embedder by which texts are near that begin with the same letter."""

    name, dimensions = "near", 26

    def embed_query(self, text: str) -> np.ndarray:
        return np.eye(26, dtype=np.float32)[ord(text.strip().lower()[0]) - ord("a")]

    def embed_passages(self, texts):
        return np.stack([self.embed_query(text) for text in texts])


def test_an_answer_in_other_words_than_the_question_answers_it_where_it_is_near_in_meaning():
    asked = [part("Boss will not leave us alone, what now?", AnswerType.OPEN)]
    (shown,) = check_draft([said("Bells are rung in fog.", (2,))], EVIDENCE, CHECKER).statements
    assert coverage(asked, [shown])[0].covered is Covered.NOT  # no word in common
    assert coverage(asked, [shown], SupportModels(beyond=Near()))[0].covered is Covered.ANSWERED
    other = [part("Who pays the pilots?", AnswerType.OPEN)]
    assert coverage(other, [shown], SupportModels(beyond=Near()))[0].covered is Covered.NOT


@pytest.mark.parametrize(("text", "nothing"), [("Lamps.", True), ("Yes.", True), ("12 lamps.", False)])
def test_one_word_alone_states_nothing_and_is_only_counted(text: str, nothing: bool):
    result = check_draft([said(text)], EVIDENCE, CHECKER)
    assert (result.connectives, result.claims) == ((1, 0) if nothing else (0, 1))


@pytest.mark.parametrize(
    ("asks", "text", "language", "offered"),
    [
        (AnswerType.NUMBER, "Twelve lamps were out of use.", "en", True),
        (AnswerType.NUMBER, "Lamps were out of use in 2011.", "en", False),  # a date is no number of things
        (AnswerType.NUMBER, "None of the lamps was out of use.", "en", True),
        (AnswerType.TIME, "Lamps were out of use in 2011.", "en", True),
        (AnswerType.TIME, "A claim takes thirty days.", "en", True),
        (AnswerType.TIME, "Lamps were out of use.", "en", False),
        (AnswerType.PERSON, "The lamps are lit by Ashby.", "en", True),
        (AnswerType.PERSON, "Prosecutors light the lamps.", "en", True),
        (AnswerType.PERSON, "The lamps are lit by night.", "en", False),
        (AnswerType.PLACE, "Lamps fail of salt on Skye.", "en", True),
        (AnswerType.REASON, "Lamps fail.", "en", True),  # no word can deny a reason
        (AnswerType.PERSON, "灯由看守点亮。", "zh", True),  # no such words are known
    ],
)
def test_a_number_a_date_a_person_or_a_place_is_offered_or_not(
    asks: AnswerType, text: str, language: str, offered: bool
):
    assert offers(asks, text, language) is offered


@pytest.mark.parametrize(
    ("text", "language", "back"),
    [
        ("This means that lamps fail.", "en", True),
        ("“However, oil burns longer.”", "en", True),
        ("It must be logged.", "en", False),
        ("They log each failure.", "en", True),
        ("This guide lists the lamps.", "en", False),
        ("Those who keep lamps log failures.", "en", False),
        ("It is important to log failures.", "en", False),
        ("It was logged.", "en", True),
        ("Both keepers and pilots log failures.", "en", False),
        ("As a result of salt, lamps fail.", "en", False),
        ("Thistles grow.", "en", False),
        ("Cela veut dire que les lampes tombent en panne.", "fr", True),
        ("Les lampes tombent en panne.", "fr", False),
        ("这意味着灯坏了。", "zh", False),  # no such words are known
    ],
)
def test_a_sentence_points_back_by_how_it_opens(text: str, language: str, back: bool):
    assert points_back(text, language) is back
