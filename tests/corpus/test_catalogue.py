"""The catalogue: what it holds, which of it a file is, and how precisely its faults are named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, load
from corpus.errors import CatalogueError, UnknownPublication
from corpus.types import Activity, Kind, Publication

LISTED = (
    "toolkit",
    "pivoting-toward-the-evidence",
    "issue-brief-01",
    "effective-remedies",
    "addressing-demand",
    "legal-frameworks",
    "next-decade",
    "analytical-review",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def which(catalogue: Catalogue, **known: str) -> str:
    publication = catalogue.match(**known)
    return publication.id if publication else ""


# ---------------------------------------------------------------- what it holds


def test_the_eight_listed_publications_come_first_in_the_order_of_the_list(catalogue):
    assert tuple(publication.id for publication in catalogue.publications[:8]) == LISTED
    assert len(catalogue.publications) == 32


def test_the_list_of_the_icat_page_is_the_eight_and_no_other(catalogue, shared_data):
    page = (shared_data / "icat-publications-page.txt").read_text(encoding="utf-8").casefold()
    shown = {publication.id for publication in catalogue.publications if publication.title.casefold() in page}
    # The page has a comma more in one title: "Monitoring, Evaluation, and Learning".
    assert shown | {"pivoting-toward-the-evidence"} == set(LISTED)
    assert "pivoting toward the evidence" in page


@pytest.mark.parametrize(
    ("id", "kind", "label"),
    [
        ("toolkit", Kind.TOOLKIT, "2016 (another source: 2017)"),
        ("pivoting-toward-the-evidence", Kind.DISCUSSION_PAPER, "2016"),
        ("issue-brief-01", Kind.ISSUE_BRIEF, "2016-10"),
        ("effective-remedies", Kind.ISSUE_PAPER, "2016"),
        ("addressing-demand", Kind.ISSUE_PAPER, "2014-09"),
        ("legal-frameworks", Kind.ISSUE_PAPER, "2012 (another source: 2013)"),
        ("next-decade", Kind.OVERVIEW_PAPER, "2012-05"),
        ("analytical-review", Kind.REVIEW, "2010"),
    ],
)
def test_kind_and_dates_of_the_eight(catalogue, id, kind, label):
    publication = catalogue.get(id)
    assert (publication.kind, publication.date_label) == (kind, label)


def test_contradictory_years_are_both_kept_each_with_its_own_source(catalogue):
    dates = catalogue.get("legal-frameworks").published
    assert [date.year for date in dates] == [2012, 2013]
    assert len({date.source for date in dates}) == 2


def test_the_russian_version_is_a_language_of_issue_brief_01_not_a_ninth_publication(catalogue):
    assert catalogue.get("issue-brief-01").languages == ("en", "ru")


def test_the_toolkit_has_all_seven_activity_types(catalogue):
    assert catalogue.get("toolkit").activities == tuple(Activity)


def test_only_the_paper_whose_file_a_source_names_has_a_file_url(catalogue):
    assert [p.id for p in catalogue.publications if p.file_url] == ["legal-frameworks"]


def test_every_date_and_fact_has_a_url_and_no_original_is_claimed(catalogue):
    for publication in catalogue.publications:
        assert publication.published and publication.landing.startswith("http"), publication.id
        for entry in (*publication.published, *publication.facts):
            assert entry.source.startswith("http"), publication.id
        assert not publication.sha256 and not publication.mime
    assert all(fact.source.startswith("http") for fact in catalogue.facts)


def test_member_counts_never_come_without_their_date(catalogue):
    counts = [fact.text for fact in catalogue.facts if "members in" in fact.text]
    assert len(counts) == 9
    assert all(re.search(r"\b20\d\d\b", text) for text in counts)


def test_what_sources_disagree_on_about_icat_is_kept_from_both_sides(catalogue):
    texts = " ".join(fact.text for fact in catalogue.facts)
    for one, other in (("established in 2006", "set up in 2007"), ("2012-2015", "over 2012 and 2013")):
        assert one in texts and other in texts


def test_no_fact_repeats_a_sentence_of_the_icat_page(catalogue, shared_data):
    page = " ".join(_words((shared_data / "icat-publications-page.txt").read_text(encoding="utf-8")))
    for publication in catalogue.publications:
        page = page.replace(" ".join(_words(publication.title)), "TITLE")
    for fact in (fact for publication in catalogue.publications for fact in publication.facts):
        words = _words(fact.text)
        for start in range(len(words) - 7):
            assert " ".join(words[start : start + 8]) not in page, fact.text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_an_unknown_id_is_answered_with_the_closest_ones(catalogue):
    with pytest.raises(UnknownPublication, match=r"no publication 'remedies'.*did you mean effective-remedies\?"):
        catalogue.get("remedies")
    with pytest.raises(UnknownPublication, match=r"did you mean toolkit\b"):
        catalogue.get("tolkit")
    with pytest.raises(UnknownPublication, match="`icat list` shows all ids"):
        catalogue.get("zzzz")


# ---------------------------------------------------------------- which of it a file is

DEMAND = "Preventing Trafficking in Persons by Addressing Demand"
GROUP = "INTER-AGENCY COORDINATION GROUP AGAINST TRAFFICKING IN PERSONS"
# Shapes of real covers: broken lines, lost ligatures, the group's name split over two lines.
TOOLKIT_COVER = """The Inter-Agency Coordination Group
ICAT against Traffcking in Persons
A Toolkit for guidance in
designing and evaluating
counter-traffcking programmes
Harnessing accumulated
knowledge to respond to
traffcking in persons"""


@pytest.mark.parametrize(
    ("page", "id"),
    [
        (TOOLKIT_COVER, "toolkit"),
        (TOOLKIT_COVER.replace("ffc", " c"), "toolkit"),  # the whole ligature lost: "tra cking"
        (TOOLKIT_COVER.replace("traffc", "traﬃc"), "toolkit"),  # the glyph kept
        (TOOLKIT_COVER.replace("guidance in", "guid-\nance in"), "toolkit"),
        (TOOLKIT_COVER.upper(), "toolkit"),
        (
            "A  T o o l k i t  for Guidance in Designing and Evaluating Counter-Trafficking Programmes",
            "toolkit",
        ),
        (
            "Preventing Trafficking in\nPersons by Addressing Demand\nICAT\nSeptember 2014",
            "addressing-demand",
        ),
        (
            f"{GROUP}\nProviding Effective Remedies for Victims of Trafficking in Persons\nIssue Paper",
            "effective-remedies",
        ),
        (
            f"{GROUP} (ICAT)\n1\nThe next decade: Promoting common priorities and greater coherence in\n"
            "the fight against human trafficking\n1\nIntroduction",
            "next-decade",
        ),
        ("ICAT\nThe Next Decade\n\nAn Overview Paper\n2012", "next-decade"),  # the main title alone
        ("ICAT ISSUE BRIEF 04  09/2017\nThe Gender Dimensions of Human Trafficking", "issue-brief-04"),
        ("ICAT Issue Brief 8\nNon-\nPunishment of Victims of Trafﬁcking", "issue-brief-08"),
        ("ICAT\nTrafficking in Children", "children-brief"),
        ("ICAT Chairs' Annual Report 2021", "annual-report-2021"),
        ("ICAT Chairs' Annual Report 2019", "annual-report-2019"),
        (
            "Pivoting toward the Evidence:\nBuilding effective counter-\ntrafficking responses\nICAT 2016",
            "pivoting-toward-the-evidence",  # only the beginning of a long subtitle
        ),
        ("Pivoting toward the Evidence\n\nICAT discussion paper, 2016", "pivoting-toward-the-evidence"),
    ],
)
def test_a_title_block_near_the_top_tells_what_a_file_is(catalogue, page, id):
    assert which(catalogue, first_page=page) == id


def test_the_near_namesake_of_the_toolkit_is_never_taken_for_it(catalogue):
    page = f"Toolkit to\nCombat Trafficking in Persons\n\n{GROUP}"
    assert which(catalogue, first_page=page) == "toolkit-to-combat-trafficking"
    # UNODC's edition of 2008 does not name ICAT: neither of the two.
    page = "Toolkit to\nCombat Trafficking in Persons\nUNITED NATIONS\nNew York, 2008"
    assert which(catalogue, first_page=page) == ""
    assert which(catalogue, title="Toolkit to Combat Trafficking in Persons") == ""


@pytest.mark.parametrize(
    "page",
    [
        # within a sentence
        f"ICAT's guidance\nAs the paper entitled {DEMAND} shows, ...",
        f"This note by the ICAT secretariat summarises\n{DEMAND}\nand more",
        f"A review of\n{DEMAND}\n(ICAT, 2014)",
        # in a list of references, near the top or not
        f"ICAT news\nReferences\n{DEMAND}\nOther work",
        "Annual work plan of ICAT\n" + "word " * 80 + f"\n{DEMAND}\n",
        # a longer title
        "ICAT\nTrafficking in Children\nin West Africa",
        "ICAT\nMonitoring of\nTrafficking in Children",
        "ICAT\nCombating\nTrafficking in Children",
        # the same words on other bodies' covers
        "ASSESSMENT TOOLKIT\nTrafficking in Persons\nfor the Purpose of Organ Removal\nUNITED NATIONS, 2015",
        "UNICEF\nTrafficking in Children",
        # nothing at all
        "",
        "\n\n",
    ],
)
def test_what_only_resembles_or_mentions_a_title_is_no_publication(catalogue, page):
    assert which(catalogue, first_page=page) == ""


def test_a_list_of_publications_is_none_of_them(catalogue, shared_data):
    page = (shared_data / "icat-publications-page.txt").read_text(encoding="utf-8")
    assert which(catalogue, first_page=page, title="Publications") == ""
    lines = ("ICAT", "Issue Brief 11 - Trafficking in persons for the purpose of organ removal", "A summary.")
    assert which(catalogue, first_page="\n".join(lines)) == "issue-brief-11"
    more = ("Issue Brief 12 - Addressing vulnerabilities to trafficking in persons", "ICAT Factsheet 2020")
    assert which(catalogue, first_page="\n".join((*lines, *more))) == ""


def test_real_documents_on_trafficking_that_icat_did_not_publish_stay_unknown(catalogue, shared_data):
    import pypdfium2

    for path in sorted((shared_data / "policy").glob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path)
        text = "\n".join(pdf[number].get_textpage().get_text_bounded() for number in range(min(2, len(pdf))))
        assert which(catalogue, first_page=text.replace("\r", "")) == "", path.name


def test_another_language_is_told_by_series_and_number_in_the_masthead(catalogue):
    russian = "В чем разница между торговлей людьми и незаконным ввозом мигрантов?"
    assert which(catalogue, first_page=f"ICAT Issue Brief 01\n{russian}") == "issue-brief-01"
    assert which(catalogue, first_page=f"ICAT\nАналитическая записка 01, 10/2016\n{russian}") == "issue-brief-01"
    assert which(catalogue, first_page=f"ICAT\n01/10/2016\n{russian}") == ""  # a date
    assert which(catalogue, first_page=f"ICAT\n{russian}") == ""
    assert which(catalogue, first_page=f"Issue Brief 01\n{russian}") == ""  # whose?


def test_a_number_in_a_sentence_or_beside_another_number_tells_nothing(catalogue):
    assert which(catalogue, first_page="ICAT\nThis note follows ICAT Issue Brief 01\non smuggling") == ""
    assert which(catalogue, first_page="ICAT Issue Brief 01 explains a difference") == ""
    assert which(catalogue, first_page="ICAT\nIssue Brief 02\nIssue Brief 03") == ""
    assert which(catalogue, first_page="ICAT Issue Brief 1") == "issue-brief-01"
    assert which(catalogue, first_page="ICAT Issue Brief 13") == ""


def test_hash_then_symbol_then_page_then_own_title(catalogue):
    demand = catalogue.get("addressing-demand").model_copy(update={"sha256": "ab" * 32, "symbol": "A/80/67"})
    added = replace(catalogue, publications=tuple(demand if p.id == demand.id else p for p in catalogue.publications))
    assert which(added, sha256="AB" * 32, symbol="X/1", first_page=TOOLKIT_COVER) == "addressing-demand"
    assert which(added, symbol="a/80/ 67", first_page=TOOLKIT_COVER) == "addressing-demand"
    assert which(added, symbol="A/80/6", first_page=TOOLKIT_COVER) == "toolkit"
    # A title left over in the file from another one gives way to the page.
    assert which(added, title=demand.title, first_page=TOOLKIT_COVER) == "toolkit"
    assert which(added, title=demand.title, first_page="a cover that is a picture") == "addressing-demand"
    assert which(added, title=f"Microsoft Word - {demand.title}.docx") == ""
    assert which(added) == ""


# ---------------------------------------------------------------- how its faults are named

GOOD = """# a comment with [[publication]] in it
[[publication]]
id = "one"
title = "One"
published = [
    # the better one first
    { year = 2012, source = "https://a.example/" },
    { year = 2013, source = "https://b.example/" },
]

[[publication]]
id = "two"
title = "Two"
superseded_by = "one"
facts = [
    { text = "A [bracket], and = a sign", source = "https://a.example/" },
    { text = "b", source = "https://b.example/" },
]

[[icat]]
text = "ICAT is a group."
source = "https://c.example/"
"""


def fault(folder: Path, text: str) -> str:
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(folder / "catalogue.toml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_good_catalogue_loads(tmp_path):
    (tmp_path / "catalogue.toml").write_text(GOOD, encoding="utf-8")
    read = load(tmp_path / "catalogue.toml")
    assert [publication.id for publication in read.publications] == ["one", "two"]
    assert [fact.text for fact in read.facts] == ["ICAT is a group."]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            "year = 2013",
            'year = "x"',
            8,
            "publication 'one': published[1].year: Input should be a valid integer",
        ),
        ("year = 2012", "year = 1200", 7, "published[0].year: Input should be greater than or equal to 1900"),
        (
            '{ year = 2013, source = "https://b.example/" }',
            "{ year = 2013 }",
            8,
            "published[1].source: Field required",
        ),
        ('title = "Two"', "", 11, "publication 'two': title: Field required"),
        ('title = "Two"', 'titel = "Two"', 11, "title: Field required (and 1 more)"),
        ('title = "Two"', 'title = "Two"\nkolour = "red"', 14, "kolour: Extra inputs are not permitted"),
        ('title = "Two"', 'title = "Two"\nkind = "poem"', 14, "kind: Input should be 'toolkit'"),
        ('text = "b"', 'text = ""', 17, "facts[1].text: String should have at least 1 character"),
        (
            'text = "b", source = "https://b.example/"',
            'text = "b", source = "Bob"',
            17,
            "facts[1].source: neither a URL",
        ),
        ('text = "ICAT is a group."', "text = 3", 21, "icat 1: text: Input should be a valid string"),
        ('id = "two"', 'id = "one"', 12, "this id is taken"),
        ('id = "two"', 'id = "Two!"', 12, "id: String should match pattern"),
        ('title = "Two"', 'title = "ONE"', 13, "an earlier publication has this title"),
        (
            'superseded_by = "one"',
            'superseded_by = "three"',
            14,
            "superseded_by: there is no publication 'three'",
        ),
        (
            'title = "One"',
            'title = "One"\nsuperseded_by = "two"',
            5,
            "goes round in a circle (one -> two -> one)",
        ),
        ('title = "Two"', 'title = "Two"\ndigest_of = "one"', 14, "digest_of is not for the catalogue"),
        ('title = "Two"', 'title = "Two"\nsha256 = "00"', 14, "sha256 is not for the catalogue"),
        ('title = "Two"', 'title = "Two"\nkind = "digest"', 14, "'digest' is a kind of starter text"),
        ("[[icat]]", "[[icats]]", 20, "'icats' is not expected"),
        ("[[icat]]", "[icat]", 20, "'icat' is not expected"),
        ('id = "two"', "id = two", 12, "not TOML: Invalid value"),
        ('source = "https://c.example/"\n', 'source = "https://c.ex', 22, "not TOML"),
    ],
)
def test_a_fault_is_one_line_with_file_line_and_next_step(tmp_path, old, new, line, says):
    assert GOOD.count(old) == 1
    message = fault(tmp_path, GOOD.replace(old, new))
    assert message.startswith(f"catalogue.toml line {line}: ")
    assert says in message
    assert message.endswith("; fix it there")


def test_lines_are_found_in_tables_of_tables_too(tmp_path):
    text = '[[publication]]\nid = "one"\ntitle = "One"\n'
    text += '[[publication.facts]]\ntext = "a"\nsource = "https://a/"\n'
    text += '[[publication.facts]]\ntext = """b\n[[publication]]\n"""\nsource = 3\n[[publication]]\nid = "two"\n'
    assert fault(tmp_path, text).startswith("catalogue.toml line 11: publication 'one': facts[1].source: Input")


def test_a_catalogue_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CatalogueError, match=r"^catalogue.toml: cannot be read"):
        load(tmp_path / "catalogue.toml")


def test_publications_are_frozen(catalogue):
    with pytest.raises(ValueError, match="frozen"):
        catalogue.publications[0].title = "x"
    assert isinstance(catalogue.publications[0], Publication)
