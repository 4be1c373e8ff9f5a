"""What a file is that the catalogue does not know: title, symbol, date, language, id."""

from pathlib import Path, PurePath

import pytest

from corpus.identify import chosen_title, describe, id_for, kind_of, sensible, slug
from corpus.readers.reading import DocumentDraft, FileMetadata
from corpus.types import BlockKind, Document, Kind, Publication

H, P = BlockKind.HEADING, BlockKind.PARAGRAPH
DIGEST = "0123456789abcdef" * 4


def document(*blocks: tuple[BlockKind, str, int]) -> Document:
    draft = DocumentDraft()
    for kind, text, level in blocks:
        draft.add(kind, [(text, 0)], level)
    made = draft.document(Publication(id="x", title="?", sha256=DIGEST))
    assert made is not None
    return made


def described(*blocks: tuple[BlockKind, str, int], title: str = "", date: str = "", page: str = "") -> Publication:
    made = document(*blocks)
    metadata = FileMetadata(title, date, "en", page or made.text)
    return describe(made, metadata, PurePath("some_file-name.html"), DIGEST)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Microsoft Word - Final report v3.docx",
        "untitled",
        "Untitled-1",
        "Name: 00001073",
        "Home Office document template",
        "annual_report_2024",
        "report.indd",
        "PowerPoint Presentation",
        "ÇäÙÏÏ€35€åãÑÑ€¨Ì©",  # Arabic read as Latin
        "12-34567 (E)",
        "file:///C|/temp/x",
    ],
)
def test_a_title_of_a_program_a_template_or_a_file_is_none(title: str):
    assert not sensible(title)


@pytest.mark.parametrize("title", ["In Harm's Way", "Déclaration des droits", "Доклад о торговле", "世界人权宣言宣言"])
def test_a_title_in_any_script_is_one(title: str):
    assert sensible(title)


def test_the_files_own_title_counts_only_where_the_page_carries_it_and_is_no_longer():
    page, text = "Combating Child Trafficking", "Combating Child Trafficking A Guide for Leaders and so on"
    assert chosen_title("Combating Child Trafficking: A Guide for Leaders", page, text).endswith("Leaders")
    assert chosen_title("A Report on Something Else Entirely", page, text) == page
    assert chosen_title("Combating", page, text) == page
    assert chosen_title("Combating Child Trafficking A Guide", page, text) == page  # by size, of two headings
    assert chosen_title("A Report on Something Else", "", "") == "A Report on Something Else"


def test_the_outermost_heading_is_the_title_and_the_next_its_subtitle():
    publication = described(
        (P, "www.publisher.example", 0), (H, "In Harm’s Way", 1), (H, "How Systems Fail", 2), (H, "May 2023", 3)
    )
    assert (publication.title, publication.subtitle) == ("In Harm’s Way", "How Systems Fail")
    assert publication.date_label == "2023-05"


def test_a_title_in_two_parts_is_put_together():
    lines = (H, "A Toolkit for", 1), (H, "Designing Programmes", 1), (P, "Text follows here.", 0)
    assert described(*lines).title == "A Toolkit for Designing Programmes"
    lines = (H, "INDEPENDENT EVALUATION", 3), (H, "LIBERIA", 1)
    assert described(*lines).title == "INDEPENDENT EVALUATION: LIBERIA"


def test_a_heading_that_every_document_has_is_no_title():
    assert described((P, "The Declaration of Rights", 0), (H, "Preamble", 1), (P, "Whereas.", 0)).title == (
        "The Declaration of Rights"
    )
    assert described((H, "Contents", 1), (H, "A Study", 2)).title == "A Study"


def test_headings_below_the_first_long_paragraph_are_sections():
    body = (P, "Whereas recognition of the dignity of all is the foundation of freedom, justice and peace. " * 3, 0)
    assert described((P, "The Declaration", 0), body, (H, "Effects and duties", 1)).title == "The Declaration"
    assert described((P, "The Declaration", 0), (H, "Article 1", 1), body).title == "The Declaration"


def test_what_follows_the_masthead_is_the_title_of_a_united_nations_document():
    publication = described(
        (H, "United Nations", 2),
        (H, "General Assembly Distr.: General", 1),
        (P, "25 February 2025", 0),
        (P, "Original: English", 0),
        (H, "Eightieth session", 4),
        (P, "Item 116 (c) of the preliminary list*", 0),
        (H, "Elections to fill vacancies", 4),
        (H, "Note verbale dated 24 February 2025 from the Mission", 3),
        (P, "The Mission has the honour to refer to the matter. " * 5, 0),
        (P, "A/80/50.", 0),
        title="General Assembly",  # the largest words of the page
        page="United Nations A/80/67\nGeneral Assembly Distr.: General\n25 February 2025",
    )
    assert publication.title == "Note verbale dated 24 February 2025 from the Mission"
    assert (publication.symbol, publication.date_label) == ("A/80/67", "2025-02")
    assert id_for(publication, lambda name: False) == "a-80-67"


def test_without_headings_the_first_lines_are_the_title():
    publication = described(
        (BlockKind.ROW, "Analysis of | Summary 3", 0),
        page="Analysis of \nthe Data\n1 Summary 3 Form",
    )
    assert publication.title == "Analysis of the Data"


def test_the_name_of_the_file_is_the_last_resort():
    assert described((BlockKind.ITEM, "12", 0)).title == "some file name"
    assert described((P, "however, it did not last long and became too dangerous", 0)).title == "some file name"
    assert described((P, "It is also important to think about this.", 0)).title == "some file name"


def test_a_date_of_the_metadata_is_uncertain_and_only_used_where_the_document_states_none():
    (date,) = described((H, "A Study", 1), date="2019-04-01").published
    assert (date.year, date.month, date.source, date.uncertain) == (2019, 4, "file metadata", True)
    (date,) = described((H, "A Study", 1), (P, "May 2018", 0), date="2019-04-01").published
    assert (date.year, date.month, date.source, date.uncertain) == (2018, 5, "the document", False)
    assert described((H, "A Study", 1)).published == ()


def test_a_report_is_one_where_its_title_says_so():
    assert kind_of("Annual report on evaluation") is Kind.REPORT
    assert kind_of("Rapport du directeur général") is Kind.REPORT
    assert kind_of("Доклад Генерального секретаря") is Kind.REPORT
    assert kind_of("On reporting and reporters") is Kind.OTHER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Harm’s Way: 2nd Edition", "in-harms-way-2nd-edition"),
        ("Déclaration des droits de l’homme", "declaration-des-droits-de-lhomme"),
        ("Щит и меч. Объявление", "shchit-i-mech-obyavlenie"),
        ("الإعلان العالمي", ""),
        ("世界人权宣言", ""),
        ("E/ICEF/672 (Part I)", "e-icef-672-part-i"),
        ("…", ""),
        ("a" * 30 + " " + "b" * 29 + " cc", "a" * 30 + "-" + "b" * 29),  # 60 characters, whole words
    ],
)
def test_an_id_is_made_of_ascii_words(text: str, expected: str):
    assert slug(text) == expected


def test_an_id_that_is_taken_gets_the_language_or_the_digest():
    paper = Publication(id="x", title="A Study", sha256=DIGEST)
    assert id_for(paper, {"a-study"}.__contains__) == "a-study-01234567"
    un = paper.model_copy(update={"symbol": "S/2025/420", "languages": ("fr",)})
    assert id_for(un, {"s-2025-420"}.__contains__) == "s-2025-420-fr"
    assert id_for(un, {"s-2025-420", "s-2025-420-fr"}.__contains__) == "s-2025-420-01234567"
    arabic = Publication(id="x", title="الإعلان العالمي", languages=("ar",), sha256=DIGEST)
    assert id_for(arabic, lambda name: False) == "ar-01234567"


REAL = [
    ("ar_egypt_law_no.6.of_.2025.pdf", "قانون رقم ٦ لسنة ٢٠٢٥", "", "2025-02", "ar"),
    ("dw_Combating_Child_Sex_Trafficking_a_Guide_for_Law_Enforcement.pdf",
     "Combating Child Sex Trafficking: A Guide for Law Enforcement Leaders", "", "2016", "en"),
    ("dw_In-Harms-Way_2023.pdf", "In Harm’s Way", "", "2023-01", "en"),
    ("udhr_Cyrl.RUS.pdf", "Всеобщая декларация прав человека", "", "1948-12", "ru"),
    ("udhr_Hans.CMN.pdf", "世界人权宣言", "", "1948-12", "zh"),
    ("uk_nrm-form-offline-2026-v2.pdf", "First Responder Form Offline Prompt Sheet", "", "2026-04", "en"),
    ("un_DP_2025_14.en.pdf", "Annual report on evaluation, 2024", "DP/2025/14", "2025-03", "en"),
    ("un_fr_E_ICEF_672_PartI.pdf", "RAPPORT DU DIRECTEUR GENERAL SUR L'ETAT DES TRAVAUX",
     "E/ICEF/672 (Part I)", "1980-05", "fr"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "title", "symbol", "date", "language"), REAL)
def test_real_documents_are_described_as_they_present_themselves(
    shared_data: Path, name: str, title: str, symbol: str, date: str, language: str
):
    from corpus.readers import read

    file = shared_data / "policy" / name
    reading = read(file, Publication(id="x", title="?"))
    assert reading.document is not None
    publication = describe(reading.document, reading.metadata, file, DIGEST)
    assert (publication.title, publication.symbol) == (title, symbol)
    assert (publication.date_label, publication.language) == (date, language)
