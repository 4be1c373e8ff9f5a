"""The starter texts: what there is, whether each sentence can stand alone, and how faults are named."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.draft.ready import row_of
from corpus.catalogue import load
from corpus.chunking import chunk
from corpus.errors import CatalogueError
from corpus.kits import KitPiece
from corpus.library import Library
from corpus.sentences import sentences as spans_of
from corpus.starter import NOTE, StarterText, starter
from corpus.types import READY, Activity, Kind, Origin

TEXTS = starter()
ENGLISH = [text for text in TEXTS if text.publication.language == "en"]
TRANSLATED = [text for text in TEXTS if text.publication.language != "en"]
DIGESTS = [text for text in TEXTS if text.publication.digest_of]
ADVICE = [text for text in ENGLISH if text.publication.id.startswith("advice-")]
READY_MADE = [text for text in ENGLISH if text.publication.kind in READY]
KITS = [text for text in READY_MADE if text.publication.kind is Kind.KITS]
READY_ELSEWHERE = [text for text in TRANSLATED if text.publication.kind in READY]
GLOSSARIES = [text for text in TRANSLATED if text.publication.kind is Kind.GLOSSARY]
ADVICE_ELSEWHERE = [text for text in TRANSLATED if text.publication.kind is Kind.ADVICE]
GENERAL = {"advice-programme-design", "advice-evaluation", "advice-information-about-people"}
BY_ACTIVITY = {
    "advice-awareness-raising",
    "advice-livelihoods",
    "advice-legal-framework",
    "advice-criminal-justice",
    "advice-identification-referral",
    "advice-support-solutions",
    "advice-national-plans",
}
PROGRAMME_ADVICE = [text for text in ADVICE if text.publication.id in GENERAL | BY_ACTIVITY]
DAILY_ADVICE = [text for text in ADVICE if text.publication.id not in GENERAL | BY_ACTIVITY]  # what to do when ...


@dataclass(frozen=True)
class Form:
    """What each section of a kind of ready-made material has."""

    title: str
    lists: int
    paragraphs: int
    words: range


FORMS = {
    Kind.MESSAGES: Form("Messages", 1, 0, range(50, 111)),
    Kind.STATEMENTS: Form("Quiz", 2, 0, range(150, 331)),
    Kind.CASES: Form("Cases", 2, 3, range(240, 401)),
    Kind.TALKING_POINTS: Form("Talking points", 3, 0, range(160, 321)),
    Kind.LETTERS: Form("Letters", 1, 2, range(100, 211)),
    Kind.CHECKLISTS: Form("Checklist", 1, 0, range(65, 156)),
    Kind.SLIDES: Form("Slides", 1, 1, range(85, 181)),
    Kind.ROLE_PLAYS: Form("Role plays", 5, 1, range(240, 431)),
    Kind.PLANS: Form("Indicator plans", 1, 1, range(210, 371)),
    Kind.ACTIVITIES: Form("Activities", 2, 1, range(120, 241)),
    Kind.QUESTIONNAIRES: Form("Questionnaires", 1, 1, range(110, 241)),
    Kind.SPECIALS: Form("Special subjects", 1, 0, range(55, 136)),
    Kind.KITS: Form("Kit", 0, 0, range(0)),  # each of its sections has another form
}
A_LIST = Form("", 1, 0, range(45, 141))
PIECES = dict.fromkeys(list(KitPiece)[1:], A_LIST) | {
    KitPiece.LINE: Form("", 2, 0, range(55, 131)),
    KitPiece.EXERCISE: Form("", 2, 1, range(95, 181)),
    KitPiece.CASE: Form("", 2, 3, range(200, 341)),
    KitPiece.QUIZ: Form("", 2, 0, range(180, 341)),
    KitPiece.PLAY: Form("", 5, 1, range(180, 321)),
    KitPiece.INDICATORS: Form("", 1, 1, range(180, 311)),
}
ORPHANS = frozenset(
    ("this", "that", "it", "they", "these", "those", "he", "she", "its", "their", "such", "here", "there", "however",
     "therefore", "also", "but", "and", "so", "then", "thus", "moreover", "furthermore", "instead", "otherwise")
)  # fmt: skip
ORPHANS_ELSEWHERE = {
    "fr": r"(?:ils?|elles?|ce|cet|cette|ces|cela|ceci|c'est|celui|celle)\b",
    "es": r"(?:él|ellas?|ellos|est[aeo]s?|es[aeo]s?|es)\b",
    "ru": r"(?:он|она|оно|они|это|этот|эта|эти|такой|такая|такие|его|её|их)\b",
    "ar": r"و?(?:هو|هي|هم|هذا|هذه|ذلك|تلك)\b",
    "zh": r"[它他她这那该其此]",
}

each_text = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.publication.id)
each_english = pytest.mark.parametrize("text", ENGLISH, ids=lambda text: text.publication.id)
each_translated = pytest.mark.parametrize("text", GLOSSARIES, ids=lambda text: text.publication.id)
each_digest = pytest.mark.parametrize("text", DIGESTS, ids=lambda text: text.publication.id)


def body(text: StarterText) -> str:
    return text.path.read_text(encoding="utf-8").split("---\n", 2)[2]


def blocks(text: StarterText) -> list[str]:
    """Headings, paragraphs and list items, in order; an item keeps its "- "."""
    return [line for line in body(text).splitlines() if line.strip()]


def sentences(text: StarterText) -> list[str]:
    paragraphs = [block.removeprefix("- ") for block in blocks(text) if not block.startswith("#")]
    return [part for block in paragraphs for part in re.split(r'(?<=[.?!])\s+(?=[A-Z"])', block)]


# ---------------------------------------------------------------- what there is


def test_there_is_one_digest_for_each_of_the_eight_listed_publications():
    listed = [publication.id for publication in load().publications[:8]]
    assert sorted(text.publication.digest_of for text in DIGESTS) == sorted(listed)
    assert all(text.publication.id == f"digest-{text.publication.digest_of}" for text in DIGESTS)


def test_there_is_working_advice_for_each_activity_type_and_for_design_evaluation_and_information():
    single = [text for text in PROGRAMME_ADVICE if len(text.publication.activities) == 1]
    assert sorted(text.publication.activities[0] for text in single) == sorted(Activity)
    assert {text.publication.id for text in single} == BY_ACTIVITY
    assert {text.publication.id for text in PROGRAMME_ADVICE} == GENERAL | BY_ACTIVITY
    assert {text.publication.id for text in ENGLISH if text.publication.kind is Kind.ADVICE} == {
        text.publication.id for text in ADVICE
    }


def test_all_working_advice_and_all_ready_made_material_is_in_six_languages():
    found = {text.publication.id: text.publication for text in (*ADVICE_ELSEWHERE, *READY_ELSEWHERE)}
    for text in (*ADVICE, *READY_MADE):
        for language in ("fr", "es", "ru", "ar", "zh"):
            assert found.pop(f"{text.publication.id}-{language}").language == language
    assert not found


def test_the_other_texts_are_a_glossary_in_six_languages_icat_itself_and_the_later_publications():
    others = {text.publication.id for text in TEXTS} - {
        t.publication.id for t in (*DIGESTS, *ADVICE, *ADVICE_ELSEWHERE, *READY_MADE, *READY_ELSEWHERE)
    }
    glossaries = {"glossary", *(f"glossary-{language}" for language in ("fr", "es", "ru", "ar", "zh"))}
    assert others == {*glossaries, "about-icat", "later-publications"}
    assert {text.publication.id for text in TEXTS if text.publication.kind is Kind.GLOSSARY} == glossaries
    assert {text.publication.id for text in GLOSSARIES} == glossaries - {"glossary"}


@each_text
def test_a_text_says_that_it_is_the_projects_own(text):
    publication = text.publication
    assert publication.origin is Origin.STARTER
    assert [fact.text for fact in publication.facts] == [NOTE]
    assert publication.date_label == "2026-11"
    assert not publication.agencies


@each_english
def test_a_title_begins_with_what_the_text_is(text):
    publication = text.publication
    what = FORMS[publication.kind].title if publication.kind in FORMS else ""
    assert publication.title.startswith(
        (f"{what}: ",) if what else ("Digest: ", "Working advice: ", "Glossary", "About ICAT", "Later ICAT")
    )


@pytest.mark.parametrize(
    "text", [text for text in ENGLISH if text not in READY_MADE], ids=lambda text: text.publication.id
)
def test_a_text_has_300_to_900_words_and_daily_advice_up_to_1300(text):
    assert 300 <= len(body(text).split()) <= (1300 if text in DAILY_ADVICE else 900)


@pytest.mark.parametrize("text", DAILY_ADVICE, ids=lambda text: text.publication.id)
def test_daily_advice_has_short_sections_each_of_which_is_read_alone(text):
    sections = re.split(r"^## .*$", re.sub(r"^- ", "", body(text), flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert 8 <= len(sections) <= 10
    assert [words for words in (len(section.split()) for section in sections) if not 40 <= words <= 120] == []


@pytest.mark.parametrize("text", READY_MADE, ids=lambda text: text.publication.id)
def test_ready_made_material_has_the_same_form_in_each_section_and_a_kit_has_all_pieces_in_order(text):
    sections = re.split(r"^## ", body(text), flags=re.MULTILINE)[1:]
    special = text.publication.kind is Kind.SPECIALS
    assert len(sections) in ([len(PIECES)] if text in KITS else [8] if special else range(11, 15))
    forms = list(PIECES.values()) if text in KITS else [FORMS[text.publication.kind]] * len(sections)
    for section, form in zip(sections, forms, strict=True):
        heading, _, rest = section.partition("\n")
        lines = [line for line in rest.splitlines() if line]
        paragraphs = [line for line in lines if not line.startswith("- ") and not line.endswith(":")]
        assert (len(re.findall(r":\n\n- ", rest)), len(paragraphs)) == (form.lists, form.paragraphs), heading
        words = len(re.sub(r"^- ", "", rest, flags=re.MULTILINE).split())
        assert words in form.words, f"{words}: {heading}"


@pytest.mark.parametrize(
    "text",
    [text for text in TEXTS if text.publication.kind in (Kind.STATEMENTS, Kind.KITS)],
    ids=lambda text: text.publication.id,
)
def test_a_quiz_has_five_true_and_five_false_statements_in_each_section_and_says_why(text):
    sections = re.split(r"^## .*$", body(text), flags=re.MULTILINE)[1:]
    for section in [sections[KitPiece.QUIZ.section]] if text.publication.kind is Kind.KITS else sections:
        lists = [run.split("\n") for run in re.findall(r"(?:^- .*\n?)+", section, flags=re.MULTILINE)]
        assert [len([item for item in run if item]) for run in lists] == [5, 5]
        for item in filter(None, (item for run in lists for item in run)):
            spans = list(spans_of(item.removeprefix("- "), text.publication.language))
            assert len(spans) >= 2, item


@pytest.mark.parametrize(
    "text",
    [text for text in TEXTS if text.publication.kind in (Kind.PLANS, Kind.KITS)],
    ids=lambda text: text.publication.id,
)
def test_an_indicator_plan_has_eight_rows_with_level_source_rhythm_who_and_caution_and_that_of_a_kit_six(text):
    sections, kit = re.split(r"^## .*$", body(text), flags=re.MULTILINE)[1:], text.publication.kind is Kind.KITS
    for section in [sections[KitPiece.INDICATORS.section]] if kit else sections:
        rows = [row_of(item) for item in re.findall(r"^- (.*)$", section, flags=re.MULTILINE)]
        assert [len(row) for row in rows] == [6] * (6 if kit else 8)
        assert all(all(row) for row in rows)


@pytest.mark.parametrize("text", READY_MADE, ids=lambda text: text.publication.id)
def test_ready_made_material_names_nobody_and_no_number(text):
    assert not re.search(r'[\d"“”«»]', body(text))


# ---------------------------------------------------------------- whether a sentence can stand alone


@each_english
def test_no_sentence_begins_with_a_word_that_needs_the_sentence_before(text):
    for sentence in sentences(text):
        first = re.match(r"\W*(\w+)", sentence).group(1).casefold()
        assert first not in ORPHANS, sentence
        if not (text.publication.kind in READY and sentence.endswith(":")):
            pointing = r"\b(as above|see above|see below|mentioned above|the following)\b"
            assert not re.search(pointing, sentence), sentence


@each_english
def test_every_sentence_and_list_item_is_whole(text):
    for block in blocks(text):
        if not block.startswith("#"):
            assert block.endswith((".", "?", ":")), block
    for sentence in sentences(text):
        assert len(sentence.split()) >= 4, sentence


@each_text
def test_every_list_follows_a_line_that_introduces_it(text):
    previous = ""
    for block in blocks(text):
        if block.startswith("- ") and not previous.startswith("- "):
            assert previous.endswith((":", "：")), block
            assert len(previous.split()) >= 4 or (text.publication.language != "en" and len(previous) >= 6), block
        if previous.endswith((":", "：")):
            assert block.startswith("- "), previous
        previous = block


@each_text
def test_no_sentence_stands_twice_in_a_text(text):
    told = [each for each in sentences(text) if not (text.publication.kind in READY and each.endswith((":", "：")))]
    assert len(told) == len(set(told))


# ---------------------------------------------------------------- whether it keeps to what is known


@each_text
def test_nothing_is_copied_from_the_icat_page(text, shared_data):
    def words(of: str) -> str:
        return " ".join(re.findall(r"\w+", of.casefold()))

    page, own = words((shared_data / "icat-publications-page.txt").read_text(encoding="utf-8")), words(body(text))
    for publication in load().publications:
        for title in (publication.title, publication.title.replace("and Learning", "Learning")):
            page, own = page.replace(words(title), "\n"), own.replace(words(title), "\t")
    # Names of treaties and of ICAT are long and are no one's sentences.
    for name in (
        "inter agency coordination group against trafficking in persons",
        "convention against transnational organized crime",
    ):
        page, own = page.replace(name, "\n"), own.replace(name, "\t")
    run = own.split()
    for start in range(len(run) - 7):
        assert " ".join(run[start : start + 8]) not in page


@each_text
def test_every_number_is_one_of_the_catalogue_or_general_knowledge(text):
    known = set(re.findall(r"\d+", Path(load.__globals__["PACKAGED"]).read_text(encoding="utf-8")))
    known |= {"18", "2000", "3"}  # age of a child; year and article of the Protocol's definition
    assert set(re.findall(r"\d+", body(text))) <= known


@each_digest
def test_a_digest_quotes_nobody_and_marks_its_own_advice(text):
    assert not re.search(r'["“”«»]', body(text))
    headings = [block for block in blocks(text) if block.startswith("## ")]
    assert any("this project" in heading for heading in headings)


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("digest-legal-frameworks", ("2012", "2013")),
        ("digest-legal-frameworks", ("2012-2015", "over 2012 and 2013")),
        ("digest-toolkit", ("2016", "2017")),
        ("about-icat", ("2006", "2007")),
        ("digest-addressing-demand", ("does not deal with trafficking for sexual exploitation", "organ removal")),
        ("digest-effective-remedies", ("169 States Parties in July 2016",)),
        ("digest-toolkit", ("must not be confused with the Toolkit to Combat Trafficking in Persons",)),
        ("about-icat", ("17 members in July 2016", "31 members in December 2022")),
    ],
)
def test_what_sources_disagree_on_or_leave_out_is_told(id, said):
    told = next(body(text) for text in TEXTS if text.publication.id == id)
    assert all(part in told for part in said)


def test_the_glossary_defines_the_terms_a_practitioner_asks_about():
    glossary = next(body(text) for text in TEXTS if text.publication.id == "glossary").casefold()
    terms = (
        "trafficking in persons has three elements",
        "smuggling of migrants means",
        "an output is",
        "an outcome is",
        "impact is",
        "an indicator is",
        "a baseline is",
        "displacement happens",
        "do-no-harm requires",
        "a durable solution is",
        "means of verification are",
        "a theory of change states",
        "a referral mechanism is",
        "non-punishment is",
        "demand is",
        "a remedy puts right",
    )
    assert [term for term in terms if term not in glossary] == []


@each_translated
def test_a_glossary_in_another_language_has_each_definition_of_the_english_one_in_its_place(text):
    glossary = next(each for each in TEXTS if each.publication.id == "glossary")
    language = text.publication.language
    assert text.publication.id == f"glossary-{language}"
    assert [block.count("#") for block in blocks(text)] == [block.count("#") for block in blocks(glossary)]
    assert [len(spans_of(block, language)) for block in blocks(text)] == [
        len(spans_of(block, "en")) for block in blocks(glossary)
    ]
    assert re.findall(r"\d+", body(text)) == re.findall(r"\d+", body(glossary))


@pytest.mark.parametrize("text", (*ADVICE_ELSEWHERE, *READY_ELSEWHERE), ids=lambda text: text.publication.id)
def test_a_translation_is_the_same_line_by_line_and_each_sentence_stands_alone(text):
    original = next(
        each
        for each in (*ADVICE, *READY_MADE)
        if f"{each.publication.id}-{text.publication.language}" == text.publication.id
    )

    def kinds(of: StarterText) -> list[str]:
        return [re.match(r"(#+ |- )?", block)[0] + ("…" if block.endswith((":", "：")) else "") for block in blocks(of)]

    assert kinds(text) == kinds(original)
    assert text.publication.activities == original.publication.activities
    assert not re.search(r"\d", body(text)) or re.search(r"\d", body(original))
    headings = [block for block in blocks(text) if block.startswith("## ")]
    assert len(headings) == len(set(headings))
    language = text.publication.language
    for block in blocks(text):
        if not block.startswith("#"):
            told = block.removeprefix("- ")
            for start, end in spans_of(told, language):
                assert not re.match(ORPHANS_ELSEWHERE[language], told[start:end].casefold()), told


@each_translated
def test_a_definition_in_another_language_names_its_term_first(text):
    language = text.publication.language
    definitions = [
        block[start:end]
        for block in blocks(text)
        if not block.startswith("#")
        for start, end in spans_of(block, language)
    ]
    assert len(definitions) == len(set(definitions)) == 45
    for definition in definitions:
        assert definition.endswith((".", "。")) and len(definition) >= 12, definition
        assert not re.match(ORPHANS_ELSEWHERE[language], definition.casefold()), definition


@pytest.mark.parametrize(
    ("id", "terms"),
    [
        (
            "glossary-fr",
            (
                "la traite des personnes consiste",
                "le trafic illicite de migrants consiste",
                "le travail forcé est",
                "la servitude pour dettes attache",
                "un produit, ou extrant, est",
                "un effet direct",
                "l'impact est",
            ),
        ),
        (
            "glossary-es",
            (
                "la trata de personas consiste",
                "el tráfico ilícito de migrantes consiste",
                "el trabajo forzoso es",
                "la servidumbre por deudas ata",
                "un producto es",
                "un efecto directo",
                "el impacto es",
            ),
        ),
        (
            "glossary-ru",
            (
                "торговля людьми — это",
                "незаконный ввоз мигрантов — это",
                "принудительный труд — это",
                "долговая кабала привязывает",
                "продукт, или",
                "конечный результат, — это",
                "воздействие — это",
            ),
        ),
        (
            "glossary-ar",
            (
                "الاتجار بالأشخاص هو",
                "تهريب المهاجرين هو",
                "العمل الجبري هو",
                "إسار الدين",
                "المخرج هو",
                "النتيجة، أو الحصيلة، هي",
                "الأثر هو",
            ),
        ),
        ("glossary-zh", ("贩运人口是指", "偷运移民是指", "强迫劳动是指", "债役", "产出是", "成果是", "影响是")),
    ],
)
def test_a_glossary_uses_the_terms_of_its_language(id, terms):
    glossary = next(body(text) for text in TEXTS if text.publication.id == id).casefold()
    assert [term for term in terms if term not in glossary] == []


@pytest.mark.parametrize("text", PROGRAMME_ADVICE, ids=lambda text: text.publication.id)
def test_working_advice_offers_questions_indicators_and_do_no_harm(text):
    said = blocks(text)
    assert sum(block.startswith("- ") and block.endswith("?") for block in said) >= 8
    assert "## Do no harm" in said
    if len(text.publication.activities) == 1:
        indicators = [block for block in said if re.match(r"- (Output|Reach|Knowledge|Outcome|Warning sign): ", block)]
        assert len(indicators) >= 7
        assert {"- Output", "- Outcome", "- Warning sign"} <= {block.split(":")[0] for block in indicators}


# ---------------------------------------------------------------- how faults are named

GOOD = """---
id: digest-x
title: "Digest: X"
kind: digest
digest_of: toolkit
published: 2026-11
languages: [en]
activities: []
note: Written for this project; not ICAT's words.
---

# X

The Toolkit is a publication.
"""


def fault(folder: Path, text: str) -> str:
    (folder / "x.md").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        starter(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_good_file_gives_a_publication_and_its_path(tmp_path):
    (tmp_path / "x.md").write_text(GOOD, encoding="utf-8")
    (text,) = starter(tmp_path)
    assert (text.publication.id, text.path) == ("digest-x", tmp_path / "x.md")
    assert (text.publication.year, text.publication.digest_of) == (2026, "toolkit")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("---\nid", "id", "x.md line 1: no front matter"),
        ("words.\n---", "words.", "x.md line 1: the front matter has no end"),
        ("id: digest-x", "id: Digest X", "x.md line 2: id: String should match pattern"),
        ("id: digest-x", "id: toolkit", "x.md line 2: id: 'toolkit' is a publication of the catalogue"),
        ("kind: digest", "kind: toolkit", "x.md line 4: kind: Input should be"),
        ("digest_of: toolkit", "digest_of: tool", "x.md line 5: digest_of: there is no publication 'tool'"),
        ("published: 2026-11", "published: 2026", "x.md line 6: published: Input should be a valid string"),
        ("published: 2026-11", "published: 2026-13", "x.md line 6: published: String should match"),
        ("languages: [en]", "languages: [en", "x.md line 8: not YAML"),
        ("activities: []", "activities: [cooking]", "x.md line 8: activities[0]: Input should be 'awareness raising'"),
        ("note: Written", "note: Copied", "x.md line 9: note: Input should be"),
        ("note: Written", "mood: good\nnote: Written", "x.md line 9: mood: Extra inputs are not permitted"),
        ("\n# X\n\nThe Toolkit is a publication.\n", "", "x.md line 11: no text below the front matter"),
        (GOOD, "---\nwords\n---\ntext", "x.md line 1: Input should be a valid dictionary"),
    ],
)
def test_a_fault_is_one_line_with_file_and_line(tmp_path, old, new, says):
    assert GOOD.count(old) == 1
    assert fault(tmp_path, GOOD.replace(old, new)).startswith(says)


def test_two_files_cannot_have_one_id(tmp_path):
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    assert fault(tmp_path, GOOD) == "x.md line 2: id: 'digest-x' is taken by a.md; choose another"


def test_a_folder_without_texts_gives_none(tmp_path):
    assert starter(tmp_path) == ()


def test_every_passage_is_in_the_language_that_its_text_names(tmp_path):
    """So that an index of them need not tell it of each."""
    for document in Library(tmp_path, load()).documents():
        passages = chunk(document, lambda text: len(text.split()), 200)
        assert {passage.language for passage in passages} == {document.publication.language}, document.publication.id
