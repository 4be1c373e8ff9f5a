import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import (
    bullet,
    clean,
    drop_stuck_markers,
    enumerator,
    join_lines,
    line_end,
    repair_ligatures,
    unfold,
)
from corpus.types import NO_RAW
from corpus.words import Words, language_of

ENGLISH = Words("en")


@pytest.mark.parametrize(
    ("lost", "whole"),
    [
        ("traffcking", "trafficking"),
        ("Traffcking", "Trafficking"),
        ("TRAFFCKING", "TRAFFICKING"),
        ("identifed", "identified"),
        ("refects", "reflects"),
        ("Offce", "Office"),
        ("ofice", "office"),
        ("eforts", "efforts"),
        ("eficient", "efficient"),
        ("benefts", "benefits"),
        ("o\ufffdcial", "official"),
        ("identi\ufffded", "identified"),
    ],
)
def test_letters_lost_with_a_ligature_come_back(lost: str, whole: str):
    assert repair_ligatures(lost, ENGLISH)[0] == whole


@pytest.mark.parametrize(
    "word", ["fags", "reft", "fable", "Fores", "safe", "Kafka", "staff", "fly", "if", "of", "Fofana", "Fow"]
)
def test_a_word_that_exists_or_has_no_better_reading_stays(word: str):
    broken = Words("en", ligatures_lost=True)  # even in a text that is known to have lost ligatures
    assert repair_ligatures(word, broken)[0] == word


def test_a_text_that_kept_its_ligatures_is_left_alone():
    text = "The officer in the first office identified the final figures; Mr Fow was his chief of staff."
    assert repair_ligatures(text, Words("en"))[0] == text


def test_short_words_come_back_too_where_others_show_the_loss():
    assert repair_ligatures("a fow of fles and the frst fats", ENGLISH)[0] == "a flow of files and the first fats"


def test_repairs_follow_the_language():
    assert repair_ligatures("la difculté des ofciers", Words("fr"))[0] == "la difficulté des officiers"


def test_inserted_letters_come_from_the_letter_before():
    # O f f c e -> O f f i c e: the i comes from the second f, index 2
    assert repair_ligatures("Offce", ENGLISH)[1] == [0, 1, 2, 2, 3, 4]


def test_ligature_glyphs_and_presentation_forms_unfold():
    assert unfold("eﬃcient ﬁrm") == ("efficient firm", [0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10])
    # lam-alef and seen final, as Arabic printers set them
    assert unfold("\ufefb\ufeb2")[0] == "\u0644\u0627\u0633"


def test_what_the_author_wrote_is_not_unfolded():
    assert unfold("½ m² ① Ａ …")[0] == "½ m² ① Ａ …"


def test_invisible_marks_and_odd_spaces():
    assert unfold("a\u00adb\u200bc\u00a0d\u2009e")[0] == "abc d e"


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("against traf-", "ficking", "against trafficking"),
        ("with self-", "esteem", "with self-esteem"),
        ("all counter-", "trafficking work", "all counter-trafficking work"),
        ("the law-", "enforcement side", "the law-enforcement side"),
        ("the Inter-", "Agency group", "the Inter-Agency group"),
        ("after COVID-", "19", "after COVID-19"),
        ("TRAF-", "FICKING", "TRAFFICKING"),
        ("multi\u00ad", "disciplinary", "multidisciplinary"),
        ("they came", "home", "they came home"),
        ("see https://example.org/re", "port_2020.pdf today", "see https://example.org/report_2020.pdf today"),
        ("in and/", "or out", "in and/or out"),
    ],
)
def test_lines_join_as_they_were_written(line: str, following: str, joined: str):
    assert join_lines([line, following], ENGLISH)[0] == joined


def test_the_documents_own_spelling_decides_about_a_hyphen():
    hyphened = Words.of(["we co-operate and", "co-operate again."])
    assert line_end("to co-", "operate", hyphened)[0] == len("to co-")
    closed = Words.of(["we cooperate and", "cooperate again."])
    assert line_end("to co-", "operate", closed)[0] == len("to co")


def test_joined_lines_know_their_sources():
    # "ab-" + "cd": the hyphen (2) is gone, no space; "x" + "y": a space from nowhere
    assert join_lines(["identi-", "fied"], ENGLISH) == ("identified", [0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
    assert join_lines(["x", "y"], ENGLISH) == ("x y", [0, NO_RAW, 1])


def test_chinese_lines_join_without_a_space():
    assert join_lines(["人人生而", "自由"], Words("zh"))[0] == "人人生而自由"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("many opportunities.1 The next", "many opportunities. The next"),
        ("as they said,”12 and left", "as they said,” and left"),
        ("it ended there.7", "it ended there."),
        ("see para.12 of it", "see para.12 of it"),
        ("paras.12 and 13", "paras.12 and 13"),
        ("art.5 says", "art.5 says"),
        ("a rate of 3.5 in", "a rate of 3.5 in"),
        ("in 2016.The", "in 2016.The"),
    ],
)
def test_note_numbers_stuck_to_a_sentence_go(text: str, cleaned: str):
    assert drop_stuck_markers(text)[0] == cleaned


@pytest.mark.parametrize("mark", ["• ", "▪ ", "– ", "ƒ ", "\uf0b7 ", "o ", "» ", "☐ ", "➢ ", "\ufffd "])
def test_bullets_in_their_many_glyphs(mark: str):
    assert bullet(mark + "Ask first") == 2


@pytest.mark.parametrize("text", ["Ask first", "of all", "-5 degrees", "• ", "orders"])
def test_what_is_no_bullet(text: str):
    assert bullet(text) == 0


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("(a) with", 3),
        ("1. Ask", 2),
        ("14. In this", 3),
        ("(iv) and", 4),
        ("3.2 Scope", 3),
        ("b) or", 2),
        ("٣- من", 2),
        ("iv. Who", 3),
        ("xii. Who", 4),
    ],
)
def test_numbers_of_items_and_paragraphs(text: str, length: int):
    assert enumerator(text) == length


@pytest.mark.parametrize("text", ["2016 was", "1,200 people", "a house", "3.5 per cent", "(see below)", "1st of May"])
def test_what_is_no_number_of_an_item(text: str):
    assert enumerator(text) == 0 or text.startswith("3.5")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the plan of the people that was not for this", "en"),
        ("les droits de la personne et des peuples dans le monde", "fr"),
        ("los derechos de las personas que se encuentran en el mundo", "es"),
        ("права человека и основные свободы", "ru"),
        ("حقوق الإنسان في العالم", "ar"),
        ("人人生而自由", "zh"),
    ],
)
def test_the_language_whose_word_list_fits(text: str, language: str):
    assert language_of(text) == language


@given(st.text(alphabet="abcfil ffiﬁﬂ\u00ad\u00a0-.,1•\ufffd\n\t\u0644\ufefb人", max_size=60))
def test_every_repair_gives_one_source_for_each_character_in_order(text: str):
    cleaned, sources = clean(text, Words("en", ligatures_lost=True))
    assert len(cleaned) == len(sources)
    assert sources == sorted(sources)
    assert all(0 <= source < len(text) for source in sources)
    again, _ = clean(cleaned, Words("en", ligatures_lost=True))
    assert again == cleaned  # clean text stays as it is


@pytest.mark.parametrize(("before", "after"), [("state", "less"), ("aware", "ness"), ("avail", "able")])
def test_a_hyphen_before_an_ending_that_is_a_word_is_no_part_of_the_word(before: str, after: str):
    assert not ENGLISH.keeps_hyphen(before, after)


def test_a_word_that_no_list_has_is_repaired_when_two_common_words_make_it():
    words = Words("en", ligatures_lost=True)
    assert repair_ligatures("a feldworker in Feldkirch", words)[0] == "a fieldworker in Feldkirch"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [("pro", "posed", False), ("ex", "pert", False), ("well", "being", True), ("self", "esteem", True)],
)
def test_a_prefix_keeps_its_hyphen_unless_the_whole_is_a_usual_word(before: str, after: str, kept: bool):
    assert ENGLISH.keeps_hyphen(before, after) is kept


def test_a_prefix_keeps_its_hyphen_before_a_word_that_lost_a_ligature():
    assert Words("en", ligatures_lost=True).keeps_hyphen("anti", "traffcking")
