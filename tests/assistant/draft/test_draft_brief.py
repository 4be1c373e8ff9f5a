"""What a message says of the thing to be made: artefact, theme, time."""

import pytest

from assistant.draft.brief import about, brief_of, defined
from assistant.types import Artefact, Draft, Request
from assistant.understand.lexicon import lexicon
from assistant.understand.slots import slots_of

WORDS = lexicon()


def brief(text: str, language: str = "en", before: Draft | None = None):
    slots = slots_of(WORDS.mentions(text, language), text)
    return brief_of(Request(text, text, slots=slots, language=language), WORDS, before)


TWO = "since it learned what a change drops and keeps, the net takes both things for what is to be made"


@pytest.mark.parametrize(
    ("text", "language", "artefact", "theme"),
    [
        ("Half-day session on first contact for labour inspectors", "en", Artefact.SESSION,
         "first contact for labour inspectors"),
        ("make me a quiz with answers on child trafficking", "en", Artefact.QUIZ, "child trafficking"),
        ("Please write a checklist on workplace visits.", "en", Artefact.CHECKLIST, "workplace visits"),
        ("Prepara un taller de 2 horas sobre entrevistas con niños", "es", Artefact.SESSION, "entrevistas con niños"),
        ("أريد شرائح عن العمل القسري", "ar", Artefact.SLIDES, "العمل القسري"),
        ("ten slides", "en", Artefact.SLIDES, ""),
        ("make me a quiz", "en", Artefact.QUIZ, ""),
    ],
)  # fmt: skip
def test_the_theme_is_what_is_left_of_the_words_that_ask_for_something(text, language, artefact, theme):
    found = brief(text, language)
    assert (found.artefact, found.theme) == (artefact, theme)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Handout for traders. Half a page. Topic: jobs abroad for our daughters",
         "jobs abroad for our daughters"),
        ("I have been asked to run a session for 18 fishing inspectors on forced labour", "forced labour"),
        ("One-day programme (9:00 to 16:30) for prosecutors on evidence", "evidence"),
    ],
)  # fmt: skip
def test_words_about_form_and_who_speaks_are_no_theme(text, theme):
    assert brief(text).theme == theme


def test_what_is_named_in_a_row_are_subjects_and_an_aspect_is_none():
    told = brief("slides for shelters: house rules, phones, leaving, what to do")
    assert (told.subjects, told.aspects) == (("house rules", "phones", "leaving"), ("act",))
    assert brief("workshop for case workers on consent and data").subjects == ()


def test_a_sentence_on_how_it_should_sound_is_no_row_of_subjects():
    told = "leaflet on wages. Sober tone, half of them are lawyers who read everything, and short lines"
    assert brief(told).subjects == ()
    assert brief("lista para inspectores. Alojamiento, descuentos, documentos retenidos", "es").subjects == (
        "Alojamiento",
        "descuentos",
        "documentos retenidos",
    )


@pytest.mark.parametrize(
    ("text", "language", "aspects"),
    [
        ("card: signs, what NOT to do, what to say", "en", ("signs", "avoid", "say")),
        ("fiche pour les bénévoles: signes, que dire, que faire", "fr", ("signs", "say", "act")),
        ("工厂的迹象和怎么办", "zh", ("signs", "act")),
        ("a session on debts", "en", ()),
    ],
)
def test_aspects_are_those_that_are_named_in_their_order(text, language, aspects):
    assert brief(text, language).aspects == aspects


def test_a_name_that_means_nothing_else_goes_before_other_words():
    assert brief("one-day programme for prosecutors on building a case").artefact is Artefact.SESSION


def test_a_thing_that_is_named_is_meant_and_not_a_text():
    assert brief("Составь памятку для учителей", "ru").artefact is Artefact.HANDOUT
    assert brief("write a letter about wages").artefact is Artefact.LETTER
    assert brief("write a letter that invites staff to a training").artefact is Artefact.LETTER
    assert brief("write me something about wages").artefact is Artefact.TEXT


@pytest.mark.parametrize(
    ("text", "language", "artefact"),
    [
        ("Role-play on first contact for inspectors", "en", Artefact.ROLE_PLAY),
        ("Juego de roles sobre la primera entrevista", "es", Artefact.ROLE_PLAY),
        ("Составьте ролевую игру о долгах", "ru", Artefact.ROLE_PLAY),
        ("اكتب رسالة إلى السفارة عن الأجور", "ar", Artefact.LETTER),
        ("帮我写一封信给雇主,谈工资", "zh", Artefact.LETTER),
        ("Il me faut un guide d'entretien sur les retours", "fr", Artefact.QUESTIONS),
        ("list of questions for the shelter director about house rules", "en", Artefact.QUESTIONS),
    ],
)  # fmt: skip
def test_letters_role_plays_and_lists_of_questions_are_things_of_their_own(text, language, artefact):
    assert brief(text, language).artefact is artefact


def test_a_case_is_told_in_as_many_stages_as_a_message_says_and_nothing_else_is():
    assert brief("case exercise on debts in 4 stages").stages == 4
    assert brief("Étude de cas sur les dettes, par étapes", "fr").stages == 3
    assert brief("case exercise on debts").stages == 0
    assert brief("session plan in two parts on debts").stages == 0


def test_a_size_that_a_change_does_not_name_stays():
    before = Draft(Artefact.QUIZ, "debts", (), asked="quiz with 12 questions on debts")
    assert brief("make it easier please", before=before).number == 12
    assert brief("cut it to 4 questions", before=before).number == 4


def test_what_is_to_be_longer_is_no_longer_held_to_the_size_before():
    before = Draft(Artefact.HANDOUT, "debts", (), asked="one page handout on debts")
    assert brief("for women, please", before=before).words == 400
    assert brief("longer please", before=before).words == 0
    assert brief("make it longer, two pages", before=before).words == 800


def test_of_an_indicator_plan_indicators_are_counted():
    assert brief("indicator plan for a shelter with eight indicators, and three questions").number == 8


def test_more_names_of_what_is_made_count_where_the_lexicon_has_none():
    assert brief("Pre and post test for border guards").artefact is Artefact.QUIZ
    assert brief("Please draft a lesson on online recruitment").artefact is Artefact.SESSION


def test_a_message_that_changes_a_draft_keeps_what_it_does_not_name():
    before = Draft(Artefact.SESSION, "first contact", (), asked="session plan of an hour on first contact")
    shorter = brief("make it two hours please", before=before)
    assert (shorter.artefact, shorter.theme, shorter.minutes) == (Artefact.SESSION, "first contact", 120)
    assert brief("now as slides", before=before).artefact is Artefact.SLIDES
    assert "children" in brief("the same for children", before=before).about
    halved = brief("too long, nobody will read it: half the length please", before=before)
    assert (halved.theme, halved.short) == ("first contact", True)


def test_what_a_draft_has_in_it_stays_when_another_message_changes_it():
    first = brief("session plan on debts. To be in it: signs, loans, wages")
    assert (first.aspects, first.subjects) == (("signs",), ("loans", "wages"))
    after = brief("make it two hours please", before=Draft(Artefact.SESSION, first.theme, (), asked=first.asked))
    assert (after.minutes, after.aspects, after.subjects) == (120, ("signs",), ("loans", "wages"))


def test_a_draft_that_was_saved_without_its_message_is_looked_up_by_its_theme():
    assert about(Draft(Artefact.HANDOUT, "debts and wages", ())).about == "debts and wages"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("leaflet on debts, under 80 words", True),
        ("una hoja sobre deudas, media hoja", True),
        ("briefing on debts, two pages, 900 words", False),
    ],
)
def test_a_few_words_are_short(text, short):
    assert brief(text).short is short


def test_a_training_is_named_beside_what_is_made_for_it():
    assert brief("For my training I need a poster on debts").artefact is Artefact.HANDOUT
    assert brief("I am training interviewers. Draft a consent script").artefact is Artefact.TEXT


def test_only_a_message_that_changes_a_draft_makes_it_short():
    assert not brief("checklist for journalists, max 12 points, only one page").short
    assert brief("shorter please", before=Draft(Artefact.HANDOUT, "debts", ())).short


@pytest.mark.parametrize(
    ("language", "sentence", "term", "rest"),
    [
        ("en", "The act in trafficking is recruiting.", "act in trafficking", " is recruiting."),
        ("fr", "L'effet direct est un changement.", "effet direct", " est un changement."),
        ("es", "La trata de personas consiste en llevar.", "trata de personas", " consiste en llevar."),
        ("ru", "Воздействие — это перемены в жизни людей.", "Воздействие", " — это перемены в жизни людей."),
        ("ar", "الأثر هو التغيير.", "الأثر", " هو التغيير."),
        ("zh", "产出是项目直接提供的东西。", "产出", "是项目直接提供的东西。"),
    ],
)
def test_a_definition_names_its_term_before_the_words_that_define(language, sentence, term, rest):
    found = defined(sentence, language)
    assert (found["term"], sentence[found.end("term") :]) == (term, rest)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "It is so."), ("en", "A child, who is under 18, is trafficked."), ("de", "Wirkung ist Veränderung.")],
)
def test_what_names_no_term_defines_none(language, sentence):
    assert defined(sentence, language) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Half day session, 8:30 to 12:30, on forced labour at sea", 240),
        ("Atelier de 9h00 à 10h30 sur la traite", 90),
        ("session plan from 10:00 until 1:00 on signs", 180),  # of the afternoon
        ("session plan at 9:00, 90 minutes, on signs", 90),
    ],
)
def test_times_of_the_day_say_how_long_it_takes(text, minutes):
    assert brief(text).minutes == minutes


@pytest.mark.parametrize(
    ("text", "language", "artefact", "beside"),
    [
        pytest.param("I'm running a 90 min session. Make me a do / don't handout on consent", "en", Artefact.HANDOUT,
                     (Artefact.SESSION,), marks=pytest.mark.xfail(reason=TWO, strict=True)),
        ("Need a lesson plan on first contact, with a short role play", "en", Artefact.SESSION, (Artefact.ROLE_PLAY,)),
        ("أحتاج إلى خطة درس حول المقابلة الأولى. أريد أيضًا تمرينًا", "ar", Artefact.SESSION, (Artefact.CASE,)),
        ("Il me faut un plan de séance sur la honte, évitez les jeux de rôle", "fr", Artefact.SESSION, ()),
        ("write a case excercise on a raid", "en", Artefact.CASE, ()),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_made_and_what_else_is_named_stands_beside_it(text, language, artefact, beside):
    found = brief(text, language)
    assert (found.artefact, found.beside) == (artefact, beside)


def test_a_row_that_is_introduced_counts_before_one_that_is_not():
    text = "Slides for volunteers. Retired, kind, a bit bold. Covering: wages, papers, debts"
    assert brief(text).subjects == ("wages", "papers", "debts")


@pytest.mark.parametrize(
    ("text", "language", "words", "slides"),
    [
        ("leaflet for coaches on fake trials, 150 words", "en", 150, 0),
        ("листовка о работе за границей, до 120 слов", "ru", 120, 0),
        ("checklist on farms, half a page they can read in the car", "en", 200, 0),
        ("lista de verificación de una página sobre fronteras", "es", 400, 0),
        ("Handout, 2 sides of A4 max, for interpreters", "en", 800, 0),
        ("6 slides for parents on grooming", "en", 0, 6),
        ("做十张幻灯片,讲志愿者能做什么", "zh", 0, 10),
        ("quiz on debts for 150 people", "en", 0, 0),
    ],
)
def test_how_long_it_may_be(text, language, words, slides):
    found = brief(text, language)
    assert (found.words, found.slides) == (words, slides)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("quiz on debts for cadets, 10 multiple choice with answers", "en", 10),
        ("出10道情景选择题,讲债务", "zh", 10),
        ("quiz de 6 preguntas sobre deudas", "es", 6),
        ("handout on debts for 40 people", "en", 0),
    ],
)
def test_how_many_questions_are_wanted(text, language, number):
    assert brief(text, language).number == number


def test_two_hours_have_a_word_of_their_own_in_arabic():
    assert brief("خطة جلسة ساعتين لمفتشي العمل عن الديون", "ar").minutes == 120


def test_what_a_message_adds_to_a_draft_is_in_it_and_what_says_how_to_change_it_is_not():
    first = "40 minutes with nurses: what these patients look like, what we have to report"
    before = Draft(Artefact.SESSION, "nurses", (), asked=first)
    after = brief("add what to do when she is sixteen, and make it an hour", before=before)
    assert after.subjects == (
        "what these patients look like",
        "what we have to report",
        "what to do when she is sixteen",
    )
    assert after.minutes == 60


LOST = "what the lists of words had right, and the net that took their place has not"


def test_of_two_things_in_two_sentences_the_one_that_is_asked_for_is_made():
    found = brief("Doy un taller con policías. Armame un ejercicio de caso sobre derivación", "es")
    assert (found.artefact, found.beside) == (Artefact.CASE, (Artefact.SESSION,))


@pytest.mark.xfail(reason=LOST, strict=True)
def test_an_aspect_behind_and_is_one():
    told = brief("slides for shelters: house rules, phones, leaving and what to do")
    assert (told.subjects, told.aspects) == (("house rules", "phones", "leaving"), ("act",))


@pytest.mark.xfail(reason=LOST, strict=True)
def test_an_aspect_in_five_words_is_one():
    assert brief("fiche: comment parler à la personne, que faire", "fr").aspects == ("say", "act")


@pytest.mark.xfail(reason=LOST, strict=True)
def test_a_place_that_is_visited_is_the_theme():
    assert brief("Please write a checklist for a workplace visit.").theme == "workplace visit"


@pytest.mark.parametrize(
    ("text", "artefact", "aspects"),
    [
        ("handout for nurses on trafficking: indicators, referral", Artefact.HANDOUT, ("signs", "act")),
        ("indicator plan for a helpline: indicators, how to measure", Artefact.INDICATOR_PLAN, ("measure",)),
        ("session on evaluation: indicators, baseline, how to measure change", Artefact.SESSION, ("measure",)),
    ],
)
def test_indicators_are_signs_unless_something_is_measured(text, artefact, aspects):
    found = brief(text)
    assert (found.artefact, found.aspects) == (artefact, aspects)


def test_what_takes_a_few_minutes_and_has_no_name_is_spoken():
    told = "My director speaks 7 minutes to mayors about forced begging, cheap steps and the budget"
    assert brief(told).artefact is Artefact.BRIEFING


def test_true_or_false_by_itself_is_a_quiz():
    found = brief("pls make true/false game, 20 statements, about early marriage and child domestic work")
    assert (found.artefact, found.forms, found.number) == (Artefact.QUIZ, ("truth",), 20)


def test_one_thing_more_of_a_kind_makes_it_no_one_of_that_kind():
    before = Draft(Artefact.INDICATOR_PLAN, "a helpline", (), asked="indicator plan for a helpline, 8 indicators")
    assert brief("add one indicator on men", before=before).number == 8


CASE = Draft(Artefact.CASE, "a nanny", (), asked="case exercise on a young woman recruited online as a nanny")


def test_another_situation_takes_the_place_of_the_first_and_more_of_it_does_not():
    other = brief("make it about a boy on a fishing boat who was beaten by the captain", before=CASE)
    assert other.theme == other.about == "boy on a fishing boat who was beaten by the captain"
    assert "nanny" in brief("add that she earned money", before=CASE).theme


def test_slides_are_counted_and_have_no_number_of_words():
    found = brief("12 slides on one page each about debt bondage for bank clerks")
    assert (found.slides, found.words) == (12, 0)
    assert brief("slides (9) on debt bondage").slides == 9
