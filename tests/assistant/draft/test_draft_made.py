"""Drafts without a model, over the starter corpus: every line quoted or the project's, nothing padded, time adds up."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_model import Reply, ScriptedModel

from assistant import wiring
from assistant.draft.length import words_of
from assistant.errors import NotInDraft
from assistant.model_settings import ModelSettings
from assistant.settings import Settings
from assistant.show.act import reshaped
from assistant.show.draft import heading_of
from assistant.show.record import answer_from_record, answer_to_record
from assistant.types import (
    Act,
    Answer,
    Artefact,
    Corrected,
    DraftLine,
    DraftWords,
    Form,
    Request,
    Slots,
    Status,
    Support,
    Turn,
)
from corpus.kits import KitPiece
from corpus.library import Library
from corpus.starter import starter
from corpus.toolkit.starter import starter_items
from corpus.types import BlockKind, Kind

SESSION = "90-minute session plan on talking with parents about job offers abroad"
QUIZ = "quiz with answers on debt bondage and recruitment fees, also on how to measure results"
DRAFT = Corrected(Act.DRAFT)


@pytest.fixture(scope="module")
def opened(starter_home: Path):
    settings = Settings(home=starter_home)
    library = wiring.open_library(settings)
    return wiring.open_assistant(settings, library), library


@pytest.fixture(scope="module")
def session(opened) -> Answer:
    return opened[0].answer(SESSION, corrected=DRAFT)


def test_a_session_has_its_parts_in_order_and_its_time_adds_up(session):
    assert (session.status, session.draft.artefact) == (Status.ANSWERED, Artefact.SESSION)
    assert session.draft.theme == "talking with parents about job offers abroad"
    headings = [part.heading for part in session.draft.parts]
    assert headings[:3] == ["Afterwards people can", "Opening", "What to know"] and headings[-1] == "Closing"
    assert session.draft.minutes == 90


def test_every_line_is_a_quote_that_slices_its_document_or_words_of_the_project(session, opened):
    library: Library = opened[1]
    placed = {line.statement for part in session.draft.parts for line in part.lines if line.statement >= 0}
    assert placed == set(range(len(session.statements)))
    for statement in session.statements:
        for quote in statement.quotes:
            document = library.document(session.evidence[quote.label].publication.id)
            assert document.text[quote.start : quote.end] == quote.text
    own = [line for part in session.draft.parts for line in part.lines if line.words is DraftWords.TASK]
    assert own and all(line.text and line.statement == -1 for line in own)


def test_no_passage_is_used_in_two_parts(session):
    extracts = [
        line.statement
        for part in session.draft.parts
        for line in part.lines
        if line.statement >= 0 and session.statements[line.statement].lines
    ]
    assert len(extracts) == len(set(extracts)) >= 3


def test_what_a_message_names_in_a_row_has_a_part_of_its_own(opened):
    asked = "session plan for case workers on confidentiality, consent and sharing files with the police"
    headings = [part.heading for part in opened[0].answer(asked, corrected=DRAFT).draft.parts]
    named = ["Confidentiality", "Consent", "Sharing files with the police"]
    told = [each for heading in headings for each in heading.split(" · ")]  # one part may tell of two
    assert sorted(each for each in told if each in named) == named
    assert "What to know" not in headings


def test_only_the_aspects_that_a_message_names_are_in_it(opened):
    asked = "checklist for midwives: what to say, and what not to do"
    headings = [part.heading for part in opened[0].answer(asked, corrected=DRAFT).draft.parts]
    assert "What to say" in headings and "What to leave" in headings
    assert "What to notice" not in headings and "What to do" not in headings


def test_what_people_can_do_afterwards_goes_by_what_is_in_it(opened):
    asked = "session plan for teachers on how to talk with a child who may be exploited"
    draft = opened[0].answer(asked, corrected=DRAFT).draft
    assert [line.text for line in draft.parts[0].lines] == ["Open a conversation without doing harm"]


def test_a_second_thing_that_is_named_is_a_part_and_what_takes_long_has_a_break(opened):
    asked = "lesson plan of 240 minutes for cadets on the first interview, with a role play"
    draft = opened[0].answer(asked, corrected=DRAFT).draft
    headings = [part.heading for part in draft.parts]
    assert (draft.artefact, draft.minutes) == (Artefact.SESSION, 240)
    assert "Role play" in headings and "Break" in headings
    headings = [part.heading for part in opened[0].answer(SESSION, corrected=DRAFT).draft.parts]
    assert "Role play" not in headings and "Break" not in headings


def test_a_situation_that_a_message_tells_is_the_case_in_its_own_words(opened):
    told = "a man with an untreated hand injury comes with a boss who answers every question for him"
    draft = opened[0].answer(f"case exercise for nurses: {told}", corrected=DRAFT).draft
    case = draft.parts[0]
    assert case.heading == "The case as you told it"
    assert case.lines[1].words is DraftWords.OWN and told in case.lines[1].text
    assert draft.parts[1].heading == "The case"


def test_a_draft_is_changed_by_what_says_how_it_should_be(opened):
    turns = (Turn("quiz", opened[0].answer("quiz on recruitment fees for workers")),)
    changed = opened[0].answer("too hard, cut it to 3 questions and put the reason next to each", turns)
    asked = [line for part in changed.draft.parts for line in part.lines if line.words is DraftWords.ASKED]
    assert (changed.draft.theme, changed.draft.artefact) == ("recruitment fees for workers", Artefact.QUIZ)
    assert len(asked) <= 4


@pytest.mark.parametrize("number", [8, 12])
def test_a_quiz_has_as_many_questions_as_were_asked_for_each_once(opened, number):
    quiz = opened[0].answer(f"quiz with {number} questions and answers on recruitment fees", corrected=DRAFT)
    asked = [line.text for part in quiz.draft.parts for line in part.lines if line.words is DraftWords.ASKED]
    assert len(asked) == len(set(asked)) == number


def test_options_are_statements_of_a_section_and_the_right_one_is_of_its_true_ones(opened):
    asked = "quiz with 8 questions, multiple choice and true or false, on signs of forced labour on farms"
    quiz = opened[0].answer(asked, corrected=DRAFT)
    told = {line.number: line.text for part in quiz.draft.parts[:-1] for line in part.lines if line.number}
    keys = {line.number: line for line in quiz.draft.parts[-1].lines}
    assert set(told) == set(keys) == set(range(1, 9))
    true, false = set(), set()
    for text in starter():
        if text.publication.kind in (Kind.STATEMENTS, Kind.KITS) and text.publication.language == "en":
            sections = re.split(r"^## ", text.path.read_text("utf-8"), flags=re.MULTILINE)[1:]
            of_kit = sections[KitPiece.QUIZ.section : KitPiece.QUIZ.section + 1]
            quizzes = of_kit if text.publication.kind is Kind.KITS else sections
            lists = re.findall(r"(?:^- .*\n?)+", "\n".join(quizzes), flags=re.MULTILINE)
            for side, found in ((true, lists[::2]), (false, lists[1::2])):
                side |= {item.removeprefix("- ") for run in found for item in run.splitlines()}
    forms = {"choice": 0, "truth": 0}
    for number, question in told.items():
        source, key = quiz.statements[keys[number].statement].text, keys[number].text
        if question.startswith("____"):
            continue  # a word of the glossary
        if "which of these is right?" in question:
            forms["choice"] += 1
            options = dict(re.findall(r"([abc])\) (.+?)(?= [bc]\) |$)", question))
            assert [letter for letter, option in options.items() if source.startswith(option)] == [key]
            assert source in true
            wrong = [option for letter, option in options.items() if letter != key]
            assert len(wrong) == 2 and all(any(each.startswith(option) for each in false) for option in wrong)
        else:
            forms["truth"] += 1
            claim = question.removesuffix(" True or false?")
            assert source.startswith(claim) and (source in true) == (key == "True") == (source not in false)
    assert min(forms.values()) >= 2
    assert len({key.text for key in keys.values()}) >= 3


def test_a_quiz_has_a_key_that_is_read_off_the_records(opened):
    quiz = opened[0].answer(QUIZ, corrected=DRAFT)
    asked = [line.number for part in quiz.draft.parts for line in part.lines if line.words is DraftWords.ASKED]
    keys = [line for part in quiz.draft.parts for line in part.lines if line.words is DraftWords.KEY]
    assert asked == [key.number for key in keys] == list(range(1, len(keys) + 1))
    assert quiz.draft.parts[-1].heading == "Answers, for the trainer"
    items = {item.text: item for item in starter_items()}
    told = [(key.text, items[text]) for key in keys if (text := quiz.statements[key.statement].text) in items]
    levels = [(said, item) for said, item in told if said in ("Output", "Outcome", "Impact")]
    assert levels and all(said.lower() == item.level.value for said, item in levels)
    cautions = [(said, item) for said, item in told if (said, item) not in levels]
    assert cautions and all(said == item.caution for said, item in cautions)


def test_no_item_is_asked_about_twice(opened):
    quiz = opened[0].answer(QUIZ, corrected=DRAFT)
    asked = [line.text for part in quiz.draft.parts for line in part.lines if line.words is DraftWords.ASKED]
    assert len(asked) == len(set(asked))


def test_a_draft_without_a_theme_asks_for_it_with_one_press_for_each(opened):
    answer = opened[0].answer("make me a quiz", corrected=DRAFT)
    assert answer.status is Status.ASKED_BACK and answer.draft is None
    first = answer.request.choices[0]
    made = opened[0].answer(first.question, corrected=first.then)
    assert made.draft.artefact is Artefact.QUIZ and made.draft.theme == "awareness raising"


def test_a_theme_of_which_nothing_is_known_gives_no_draft(opened):
    answer = opened[0].answer("checklist for defrosting a freezer", corrected=DRAFT)
    quoted = [line for part in (answer.draft.parts if answer.draft else ()) for line in part.lines]
    assert not [line for line in quoted if line.statement >= 0 and answer.statements[line.statement].lines]


def test_a_record_brings_the_draft_back(session):
    assert answer_from_record(answer_to_record(session)) == replace(
        session, evidence=answer_from_record(answer_to_record(session)).evidence
    )


def test_fewer_of_a_draft_is_no_draft_any_more(session):
    request = Request("just one", "just one", act=Act.RESHAPE, slots=Slots(number=1, forms=(Form.FEWER,)))
    one = reshaped(session, request)
    assert one.draft is None and len(one.statements) == 1


def test_another_takes_the_place_of_a_line_and_is_not_there_yet(opened, session):
    number, part = next((n, each) for n, each in enumerate(session.draft.parts) if each.heading == "What to know")
    place = next(n for n, line in enumerate(part.lines) if line.statement >= 0)
    other = opened[0].drafts.swapped(session, number, place)
    new = other.statements[other.draft.parts[number].lines[place].statement]
    assert new.text not in [each.text for each in session.statements]
    assert len(other.statements) == len(session.statements)
    for statement in other.statements:
        assert all(1 <= quote.label <= len(other.evidence.passages) for quote in statement.quotes)


def test_pressed_again_all_others_come_and_then_the_first_again(opened, session):
    number = next(n for n, each in enumerate(session.draft.parts) if each.heading == "What to know")
    place = next(n for n, line in enumerate(session.draft.parts[number].lines) if line.statement >= 0)
    changed, seen = session, []
    for _ in range(30):
        changed = opened[0].drafts.swapped(changed, number, place)
        seen.append(changed.statements[changed.draft.parts[number].lines[place].statement].text)
    others = len(set(seen))
    assert 1 < others < 15 and seen[:others] == list(dict.fromkeys(seen))
    assert seen[others : 2 * others] == seen[:others]


def test_each_part_offers_sections_that_do_not_stand_in_the_draft_and_one_press_adds_one(opened, session):
    number, part = next((n, each) for n, each in enumerate(session.draft.parts) if each.heading == "What to know")
    headings = [offer.heading for offer in part.offers]
    shown = [each.lead for each in session.statements if each.lines]
    assert len(set(headings)) == len(headings) == 8 and not set(headings) & set(shown)
    offer = part.offers[5]
    more = opened[0].drafts.added(session, number, 5)
    line = more.draft.parts[number].lines[-1]
    new = more.statements[line.statement]
    assert (line.words, new.lead, len(more.statements)) == (
        DraftWords.QUOTED,
        offer.heading,
        len(shown_in(session)) + 1,
    )
    assert new.text.startswith(offer.first) and offer.title.startswith(("Working advice", "Messages"))
    (quote, *_) = new.quotes
    document = opened[1].document(quote.publication)
    assert document.text[quote.start : quote.end] == quote.text and more.evidence[quote.label]


def shown_in(answer: Answer) -> set[int]:
    return {line.statement for part in answer.draft.parts for line in part.lines if line.statement >= 0}


@pytest.fixture(scope="module")
def with_lessons(opened) -> Answer:
    return opened[0].answer(f"{SESSION}, with lessons learned", corrected=DRAFT)


def of_lessons(answer: Answer) -> list[int]:
    """The places of the parts of lessons."""
    return [n for n, part in enumerate(answer.draft.parts) if part.heading == "What programmes have learned"]


def test_records_stand_only_where_the_message_names_them(session, with_lessons):
    assert of_lessons(session) == []
    assert len(of_lessons(with_lessons)) == 1


def test_each_kind_of_record_that_is_named_has_a_part(opened):
    asked = (
        "briefing on livelihoods for a donor, with lessons learned, design questions and indicators to measure results"
    )
    headings = {part.heading for part in opened[0].answer(asked, corrected=DRAFT).draft.parts}
    assert {"What has been learned", "What to ask before deciding", "What progress would look like"} <= headings


def test_records_are_offered_to_a_part_of_records(opened, with_lessons):
    (number,) = of_lessons(with_lessons)
    part = with_lessons.draft.parts[number]
    assert part.offers and all(not offer.first for offer in part.offers)
    more = opened[0].drafts.added(with_lessons, number, 0)
    last = more.draft.parts[number].lines[-1]
    assert more.statements[last.statement].text == part.offers[0].heading


def test_a_part_for_which_nothing_is_near_offers_the_nearest_all_the_same(opened):
    asked = "An hour for hotel staff: how to talk with a cleaner, how the pool is heated, and who pays the wages"
    parts = opened[0].answer(asked, corrected=DRAFT).draft.parts
    empty = next((part for part in parts if part.empty), None)
    assert empty is not None and not empty.lines and len(empty.offers) == 8


def test_what_is_not_offered_is_not_added(opened, session):
    with pytest.raises(NotInDraft):
        opened[0].drafts.added(session, 0, 0)


def test_where_there_is_no_other_the_draft_stays_and_says_so(opened, with_lessons):
    (number,) = of_lessons(with_lessons)
    freezer = replace(with_lessons, draft=replace(with_lessons.draft, theme="defrosting a freezer", asked=""))
    same = opened[0].drafts.swapped(freezer, number, 1)
    assert (same.draft, same.notice) == (freezer.draft, "Nothing else in the library fits there.")


def test_a_quote_that_is_edited_is_checked_and_is_a_quote_again_with_its_own_words(opened, session):
    drafts = opened[0].drafts
    number, part = next((n, each) for n, each in enumerate(session.draft.parts) if each.heading == "What to know")
    place = next(n for n, line in enumerate(part.lines) if line.statement >= 0)
    quoted = session.statements[part.lines[place].statement]
    own = drafts.reworded(session, number, place, f"{quoted.text} They won 9,731 euros in court.")
    line = own.draft.parts[number].lines[place]
    assert (line.words, line.support) == (DraftWords.AFTER, Support.NONE)
    assert len(own.statements) == len(session.statements)
    back = drafts.reworded(own, number, place, quoted.text)
    line = back.draft.parts[number].lines[place]
    assert (line.words, line.text) == (DraftWords.QUOTED, "")
    again = back.statements[line.statement]
    assert (again.text, again.lead, again.lines) == (quoted.text, quoted.lead, quoted.lines)
    task = drafts.reworded(session, number, 0, "Say it in your words.")
    assert task.draft.parts[number].lines[0].text == "Say it in your words."


class Echo(ScriptedModel):
    """Makes a draft of the first whole sentence of the first passage that it is sent, and of a task."""

    def take(self, body: dict, headers: Mapping[str, str]) -> Reply:
        super().take(body, headers)
        passage = body["messages"][-1]["content"].partition("[S1] ")[2].partition("\n")[2]
        whole = next(line for line in passage.split("\n") if line.endswith("."))
        sentence = whole.removeprefix("- ").partition(". ")[0].rstrip(".")
        return Reply([f"# What it said\n## First\n- {sentence} [S1].\n", "## Then\nAsk what they would leave."])


def test_with_a_model_the_arranged_draft_is_there_at_once_and_one_text_takes_its_place(opened):
    settings = Settings(home=opened[1].store.home)
    with Echo(Reply()) as model:
        named = ModelSettings(base_url=model.base_url, name="echo")
        assistant = wiring.open_assistant(settings.model_copy(update={"model": named}), opened[1])
        asked = "handout on debt bondage: what not to do"
        first, *_, last = assistant.ask(asked, corrected=DRAFT)
        answer = last.answer
        changed = assistant.answer("shorter, please", [Turn(asked, answer)], corrected=DRAFT)
        (made, told) = (each["messages"][-1]["content"] for each in model.requests)
    assert first.meanwhile.draft.parts[0].lines and first.meanwhile.written_by == "verbatim"
    assert answer.written_by == "echo" and answer.draft.title == "What it said"
    assert [part.heading for part in answer.draft.parts] == ["First", "Then"]
    (statement,) = answer.statements
    (quote,) = statement.quotes
    document = opened[1].document(quote.publication)
    assert statement.support is Support.FULL and document.text[quote.start : quote.end] == quote.text
    assert answer.draft.parts[1].lines == (DraftLine(DraftWords.MODEL, "Ask what they would leave."),)
    assert f"Message: {asked}\n" in made and "BEGIN DRAFT" not in made
    assert f"First they wrote: {asked} / shorter, please" in told and "\n## Then\nAsk what they would leave.\n" in told
    assert changed.written_by == "echo" and changed.draft.asked.startswith(asked)


def test_a_line_that_is_no_quote_has_no_other(opened, session):
    with pytest.raises(NotInDraft):
        opened[0].drafts.swapped(session, 0, 0)


def test_a_limit_of_words_is_kept_with_whole_sentences_of_the_documents(opened):
    asked = "leaflet of 150 words for young workers: check an offer, debts, papers kept by the boss"
    answer = opened[0].answer(asked, corrected=DRAFT)
    assert words_of(answer) <= 150
    for statement in answer.statements:
        for quote in statement.quotes:
            document = opened[1].document(quote.publication)
            assert document.text[quote.start : quote.end] == quote.text
        assert " ".join(" ".join(quote.text for quote in statement.quotes).split()) == " ".join(statement.text.split())


def test_a_theme_of_this_field_has_the_nearest_extracts_however_unlikely_they_are(opened):
    asked = "90 minute session plan for recruits on the first hour after officers find possible victims in a raid"
    answer = opened[0].answer(asked)
    quoted = [line.statement for part in answer.draft.parts for line in part.lines if line.statement >= 0]
    assert "During and after a raid: the first hours" in [answer.statements[place].lead for place in quoted]


def test_a_length_of_time_makes_a_session_of_what_has_no_name(opened):
    answer = opened[0].answer("An hour with mothers at the market on girls who are sent to families in town, please")
    assert (answer.draft.artefact, sum(part.minutes for part in answer.draft.parts)) == (Artefact.SESSION, 60)


def test_a_letter_asks_for_what_the_message_wants_and_has_a_head_and_an_end(opened):
    asked = "Letter to the labour office about unpaid wages. It should ask for: a meeting, one contact person"
    letter = opened[0].answer(asked, corrected=DRAFT).draft
    assert letter.artefact is Artefact.LETTER and letter.minutes == 0
    headings = [part.heading for part in letter.parts]
    assert (headings[0], headings[1], headings[-1]) == ("Head", "The letter", "Close")
    wishes = letter.parts[headings.index("Also to be said")].lines
    assert [line.text for line in wishes[1:]] == ["A meeting", "One contact person"]
    assert all(line.words is DraftWords.OWN for line in wishes[1:])


FISHERMAN = "role play for social workers: first talk with a fisherman who says he is no victim"


def test_a_role_play_has_its_situation_cards_sheet_questions_and_notes(opened):
    asked = f"{FISHERMAN}, 30 minutes. Players: social worker, fisherman, interpreter who knows him"
    answer = opened[0].answer(asked, corrected=DRAFT)
    parts = {part.heading: part for part in answer.draft.parts}
    assert list(parts) == [
        "The situation", "First card", "Second card", "Card: interpreter who knows him", "For those who watch",
        "The play", "Stepping out", "Questions for the debriefing", "Notes for the facilitator",
    ]  # fmt: skip
    assert answer.draft.minutes == 30 and not any(part.minutes for part in answer.draft.parts if "ard" in part.heading)
    told = {name: [answer.statements[line.statement] for line in part.lines if line.statement >= 0]
            for name, part in parts.items()}  # fmt: skip
    (publication,) = {quote.publication for each in told.values() for one in each for quote in one.quotes}
    assert opened[1].publication(publication).kind is Kind.ROLE_PLAYS
    for name in ("First card", "Second card", "For those who watch"):
        (piece,) = told[name]
        assert piece.lines[0] is BlockKind.PARAGRAPH and piece.lines.count(BlockKind.ITEM) == len(piece.lines) - 1 >= 3
    assert parts["Card: interpreter who knows him"].lines[0].words is DraftWords.TASK


def test_another_piece_of_a_role_play_takes_the_place_of_one(opened):
    answer = opened[0].answer(FISHERMAN, corrected=DRAFT)
    place = next(n for n, part in enumerate(answer.draft.parts) if part.heading == "For those who watch")
    other = opened[0].drafts.swapped(answer, place, 0)
    one, two = (
        each.statements[each.draft.parts[place].lines[0].statement].text.split("\n") for each in (answer, other)
    )
    assert one[0] == two[0] and one[1:] != two[1:]


def test_where_no_role_play_is_near_there_is_a_frame_for_each_role_or_three(opened):
    made = opened[0].answer("role play on first contact, 30 minutes", corrected=DRAFT).draft
    cards = [part for part in made.parts if part.heading.startswith("Card: ")]
    names = ["the person concerned", "the one who speaks with the person", "the observer"]
    assert [part.heading for part in cards] == [f"Card: {name}" for name in names]
    assert made.minutes == 30 and not any(part.minutes for part in cards)
    assert all([line.words for line in part.lines] == [DraftWords.TASK] for part in cards)


def test_slides_are_a_talk_in_its_order_as_many_as_are_asked_for(opened):
    answer = opened[0].answer("9 slides for bank clerks on money from trafficking", corrected=DRAFT)
    quoted = [answer.statements[line.statement] for part in answer.draft.parts for line in part.lines]
    assert len(quoted) == 9
    (publication,) = {quote.publication for each in quoted for quote in each.quotes}
    assert opened[1].publication(publication).kind is Kind.SLIDES
    starts = [each.quotes[0].start for each in quoted]
    assert starts == sorted(starts) and all(BlockKind.ITEM in each.lines for each in quoted)


def test_a_case_in_stages_is_told_bit_by_bit_with_questions_to_each_and_what_the_groups_should_come_to(opened):
    answer = opened[0].answer("case exercise on debt bondage in three stages, an hour", corrected=DRAFT)
    made = answer.draft
    stages = [part for part in made.parts if part.heading.startswith("Stage ")]
    assert [part.heading for part in stages] == ["Stage 1", "Stage 2", "Stage 3"]
    quoted = [[answer.statements[line.statement] for line in part.lines if line.statement >= 0] for part in stages]
    assert [[each.text.endswith("?") for each in told] for told in quoted] == [[False, True]] * 3
    assert [told[1].lines.count(BlockKind.ITEM) for told in quoted] == [1, 2, 2]
    for each in (each for told in quoted for each in told):
        assert "\n".join(quote.text for quote in each.quotes) == each.text
    (publication,) = {quote.publication for told in quoted for each in told for quote in each.quotes}
    assert opened[1].publication(publication).kind is Kind.CASES
    notes = next(part for part in made.parts if part.heading == "What the groups should come to")
    assert answer.statements[notes.lines[0].statement].lines.count(BlockKind.ITEM) >= 5 and made.minutes == 60
    assert all("nobody real" in part.lines[0].text for part in stages)


def test_several_cases_have_their_questions_and_notes_each(opened):
    answer = opened[0].answer("three short cases on domestic work for social workers", corrected=DRAFT)
    headings = [part.heading for part in answer.draft.parts]
    assert [each for each in headings if each.startswith("The case")] == ["The case 1", "The case 2", "The case 3"]
    assert len([each for each in headings if each.startswith("What the groups should come to")]) == 3
    cases = [part for part in answer.draft.parts if part.heading.startswith("The case")]
    told = [answer.statements[part.lines[1].statement].text for part in cases]
    assert len(set(told)) == 3


def test_a_checklist_has_no_more_items_than_were_asked_for(opened):
    asked = "checklist for shelter intake, max 9 items: consent, medical needs, safety"
    answer = opened[0].answer(asked, corrected=DRAFT)
    items = sum(statement.lines.count(BlockKind.ITEM) for statement in answer.statements)
    assert answer.draft.artefact is Artefact.CHECKLIST and 6 <= items <= 9
    for statement in answer.statements:
        for quote in statement.quotes:
            assert opened[1].document(quote.publication).text[quote.start : quote.end] == quote.text


def test_a_leaflet_for_workers_speaks_to_them_and_one_for_inspectors_does_not(opened):
    def kinds(whom: str) -> set[Kind]:
        answer = opened[0].answer(f"leaflet on passports kept by the boss for {whom}", corrected=DRAFT)
        return {passage.publication.kind for passage in answer.evidence.passages}

    assert kinds("farm workers from abroad") == {Kind.MESSAGES}
    assert Kind.MESSAGES not in kinds("labour inspectors")


def test_what_a_change_drops_is_gone_and_stays_gone(opened):
    turns: list[Turn] = []
    messages = (
        "session plan on shelters for new staff: informed consent, confidentiality, staff burnout",
        "take out staff burnout, they had it last year. Add safety at night",
        "make it 40 minutes",
    )
    for text in messages:
        turns.append(Turn(text, opened[0].answer(text, turns)))
    headings = [[part.heading for part in turn.answer.draft.parts] for turn in turns]
    assert "Staff burnout" in headings[0]
    for after in headings[1:]:
        assert "Staff burnout" not in after and {"Informed consent", "Safety at night"} <= set(after)
    assert turns[-1].answer.draft.minutes == 40


def test_a_list_of_questions_has_questions_of_the_sources_word_for_word(opened):
    answer = opened[0].answer("list of questions on logframes and assumptions, 6 questions", corrected=DRAFT)
    part = next(part for part in answer.draft.parts if part.heading == "Questions")
    asked = [answer.statements[line.statement] for line in part.lines]
    assert len({each.text for each in asked}) == 6
    for statement in asked:
        assert statement.text.endswith("?") and statement.support is Support.VERBATIM
        assert opened[1].document(statement.quotes[0].publication).text[
            statement.quotes[0].start : statement.quotes[0].end
        ] == statement.text  # fmt: skip


def test_a_questionnaire_that_is_near_is_asked_as_it_stands(opened):
    answer = opened[0].answer("follow-up questionnaire three months after a training of police", corrected=DRAFT)
    part = next(part for part in answer.draft.parts if part.heading == "The questions")
    first = answer.statements[part.lines[0].statement]
    assert "hree months after a training" in first.lead
    assert sum(line.endswith("?") for line in first.text.split("\n")) >= 7


def test_an_indicator_plan_is_a_table_of_a_ready_made_plan_then_of_records_with_room_for_the_rest(opened):
    answer = opened[0].answer("indicator plan for a helpline, 10 indicators", corrected=DRAFT)
    part = next(part for part in answer.draft.parts if part.columns)
    rows = [line for line in part.lines if line.cells]
    assert len(rows) == 10
    assert part.columns[:3] == ("Indicator", "Level", "Means of verification")
    for line in rows[:8]:
        (quote,) = answer.statements[line.statement].quotes
        level, source, rhythm, who, baseline, target, caution = line.cells
        told = opened[1].document(quote.publication).text[quote.start :].partition("\n")[0]
        assert told == f"{quote.text}: {level.lower()}; {source}; {rhythm}; {who}; {caution}."
        assert (baseline, target) == ("", "")
    records = {item.text: item for item in starter_items()}
    for line in rows[8:]:
        record = records[answer.statements[line.statement].text]
        assert line.cells == (
            record.level.value.capitalize(), "; ".join(record.verification), "", "", "", "", record.caution
        )  # fmt: skip
    swapped = opened[0].drafts.swapped(answer, answer.draft.parts.index(part), part.lines.index(rows[0]))
    new = swapped.draft.parts[answer.draft.parts.index(part)].lines[part.lines.index(rows[0])]
    record = records[swapped.statements[new.statement].text]
    assert new.cells[1] == "; ".join(record.verification) and new.cells[-1] == record.caution


def test_a_course_of_two_days_has_its_hours_breaks_and_lunch_on_each(opened):
    asked = "Two-day training, 9:00-16:30, for labour inspectors: signs, wages, passports, house visits, complaints"
    draft = opened[0].answer(asked, corrected=DRAFT).draft
    assert (draft.day, draft.minutes, draft.begins) == (450, 900, 540)
    headings = [heading_of(draft, place) for place in range(len(draft.parts))]
    assert headings[0] == "Afterwards people can" or headings[0].startswith("Day 1: 09:00–")
    for day in ("Day 1: ", "Day 2: "):
        own = [heading for heading in headings if heading.startswith(day)]
        assert own[0].startswith(f"{day}09:00–") and "–16:30" in own[-1]
        assert sum("Lunch" in heading for heading in own) == 1 and sum("reak" in heading for heading in own) == 2


def test_a_day_has_lunch_and_half_a_day_a_break(opened):
    day = [part.heading for part in opened[0].answer("one-day workshop on debts", corrected=DRAFT).draft.parts]
    half = [part.heading for part in opened[0].answer("half-day workshop on debts", corrected=DRAFT).draft.parts]
    assert "Lunch" in day and "Second break" in day
    assert "Break" in half and "Lunch" not in half
