from collections import Counter
from pathlib import Path

import pytest
import toolkit_pdfs
from toolkit_pdfs import LAYOUTS, Layout, build, items

from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.toolkit.extract import extract
from corpus.toolkit.lists import following_number
from corpus.toolkit.types import SIGNS, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Document, Publication

ME = Publication(id="me", title="Me")
FLOOR = 0.98  # of items, exact text, under the right activity type and kind
SEEDS = (1, 2, 3, 4)


def text_of(markdown: str) -> Document:
    document = read_markdown(markdown, ME, "me.md").document
    assert document is not None
    return document


def found(markdown: str) -> list[tuple[str, str]]:
    return [(item.kind.value, item.text) for item in extract(text_of(markdown))]


def pdf(path: Path) -> Document:
    document, problems = read_pdf(path, ME)
    assert document is not None, problems
    return document


# -- look-alikes of the toolkit --------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_items_of_every_layout_are_found_with_their_exact_text(layout: Layout, tmp_path: Path):
    known, given = Counter(), Counter()
    for seed in SEEDS:
        document = pdf((build(path := tmp_path / f"{seed}.pdf", layout, seed), path)[1])
        listed = build(path, layout, seed)
        known.update((seed, *item) for item in listed)
        given.update((seed, i.activity, i.kind, i.text) for i in extract(document))
    hits = (known & given).total()
    assert hits / known.total() >= FLOOR, sorted((known - given).elements(), key=str)
    assert hits / given.total() >= FLOOR, sorted((given - known).elements(), key=str)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_spans_slice_the_document_and_pages_are_those_of_the_span(layout: Layout, tmp_path: Path):
    build(path := tmp_path / "a.pdf", layout, 5)
    document = pdf(path)
    extracted = extract(document)
    assert len({item.id for item in extracted}) == len(extracted)
    for item in extracted:
        assert " ".join(document.text[slice(*item.span)].split()) == item.text
        assert item.pages == tuple(page.number for page in document.pages_of(*item.span))


def test_tables_give_level_and_means_of_verification(tmp_path: Path):
    layout = next(layout for layout in LAYOUTS if layout.table[:2] == ("Indicator", "Level"))
    build(path := tmp_path / "a.pdf", layout, 1)
    wanted = {i.text: i for kinds in items(1).values() for i in kinds[ItemKind.INDICATOR]}
    given = [i for i in extract(pdf(path)) if i.kind is ItemKind.INDICATOR and i.text in wanted]
    assert len(given) == len(wanted) == 21
    assert [i.level for i in given] == [wanted[i.text].level for i in given]
    assert all("; ".join(i.verification) == "; ".join(wanted[i.text].verification) for i in given)
    assert not any(i.disaggregation or i.caution or i.counts for i in given)  # no such column


def test_indicators_under_a_level_heading_have_it(tmp_path: Path):
    layout = next(layout for layout in LAYOUTS if layout.grouped and layout.columns == 1)
    build(path := tmp_path / "a.pdf", layout, 2)
    wanted = {i.text: i.level for kinds in items(2).values() for i in kinds[ItemKind.INDICATOR]}
    given = {i.text: i.level for i in extract(pdf(path)) if i.kind is ItemKind.INDICATOR}
    assert given == wanted


# -- one fault at a time ---------------------------------------------------------------------------------------------

SECTION = """# Livelihoods

## Lessons learned

- Debt keeps people where they are.

## Questions for programme design

1. Who owns the tools?
2. Who is paid first?

## Possible indicators

- Share of households without debt
- Number of households with two incomes
"""


def test_a_section_as_data():
    extracted = extract(text_of(SECTION))
    assert [(i.id, i.text) for i in extracted] == [
        ("me:livelihoods-l01", "Debt keeps people where they are."),
        ("me:livelihoods-q01", "Who owns the tools?"),
        ("me:livelihoods-q02", "Who is paid first?"),
        ("me:livelihoods-i01", "Share of households without debt"),
        ("me:livelihoods-i02", "Number of households with two incomes"),
    ]
    assert {(i.part, i.activity) for i in extracted} == {(ToolkitPart.TWO, Activity.LIVELIHOODS)}
    assert extracted[0].section == ("Livelihoods", "Lessons learned")
    assert all(i.level is None and not i.verification and not i.caution for i in extracted)  # the source does not say


def test_a_heading_of_another_matter_ends_the_section():
    markdown = SECTION + "\n# Thanks\n\n- To the people who answered\n- Who would not have?\n"
    assert len(found(markdown)) == 5


@pytest.mark.parametrize(
    ("heading", "activity"),
    [
        ("1. Awareness-raising campaigns", Activity.AWARENESS_RAISING),
        ("Section 3: Legal and policy framework", Activity.LEGAL_FRAMEWORK),
        ("CRIMINAL JUSTICE CAPACITY", Activity.CRIMINAL_JUSTICE),
        ("Victim identification and referral", Activity.IDENTIFICATION),
        ("Support, and durable solutions", Activity.SUPPORT),
        ("National action plans", Activity.NATIONAL_PLANS),
        ("Part II. Livelihoods programmes", Activity.LIVELIHOODS),
    ],
)
def test_activity_types_in_other_words(heading: str, activity: Activity):
    extracted = extract(
        text_of(f"# {heading}\n\n## Indicators\n\n- Share of things counted\n- Number of other things\n")
    )
    assert [i.activity for i in extracted] == [activity, activity]


@pytest.mark.parametrize("heading", ["Our towns", "Why legal reform and livelihoods must go together", "Money"])
def test_an_activity_type_is_not_guessed(heading: str):
    extracted = extract(
        text_of(f"# {heading}\n\n## Indicators\n\n- Share of things counted\n- Number of other things\n")
    )
    assert [(i.part, i.activity) for i in extracted] == [(ToolkitPart.OTHER, None)] * 2


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What we have learned", ItemKind.LESSON),
        ("Key lessons learnt from practice", ItemKind.LESSON),
        ("Guiding questions", ItemKind.QUESTION),
        ("Checklist", ItemKind.QUESTION),
        ("Box 2. Evaluation questions", ItemKind.QUESTION),
        ("Examples of indicators", ItemKind.INDICATOR),
        ("How to measure progress", ItemKind.INDICATOR),
        ("Indicators for awareness raising", ItemKind.INDICATOR),
    ],
)
def test_kinds_in_other_words(heading: str, kind: ItemKind):
    extracted = extract(text_of(f"# Rivers\n\n## {heading}\n\n- Is any of this new to you?\n- And is any of that?\n"))
    assert [i.kind for i in extracted] == [kind, kind]


@pytest.mark.parametrize(
    "heading", ["If you are not sure, answer the following question", "Questions of honour and the men who asked them"]
)
def test_headings_that_open_no_list(heading: str):
    assert found(f"# Rivers\n\n## {heading}\n\n- Write your name here\n- Write your age here\n") == []


@pytest.mark.parametrize("mark", ["Q{}: ", "Q{}. ", "Question {} – ", "No. {} "])
def test_labels_are_not_part_of_the_text(mark: str):
    first, second = mark.format(1), mark.format(2)
    markdown = f"# A\n\n## Design questions\n\n- {first}Who owns the tools?\n- {second}Who is paid first?\n"
    assert [text for _, text in found(markdown)] == ["Who owns the tools?", "Who is paid first?"]


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("Q3:", "Q4:"),
        ("(c)", "(d)"),
        ("iii.", "iv."),
        ("1.4", "1.5"),
        ("2)", "3)"),
        ("(v)", "(vi)"),
        ("•", ""),
        ("z)", ""),
    ],
)
def test_how_numbers_of_a_list_go_on(number: str, following: str):
    assert following_number(number) == following


def test_two_numbered_items_that_ran_into_each_other_are_two():
    markdown = "# A\n\n## Design questions\n\n- Q1: Who owns the tools? Q2: Who is paid first? Q3: Who is left out?\n"
    assert [text for _, text in found(markdown)] == ["Who owns the tools?", "Who is paid first?", "Who is left out?"]


def test_a_number_that_is_not_the_next_parts_nothing():
    markdown = "# A\n\n## Design questions\n\n- Q1: Who reads form Q3: the long one?\n"
    assert [text for _, text in found(markdown)] == ["Who reads form Q3: the long one?"]


def test_a_lesson_of_two_paragraphs_within_a_list_is_one_item():
    markdown = "# A\n\n## Lessons\n\n1. Locks keep nobody safe.\n\nDoors do.\n\n2. A bed is not a plan.\n"
    assert [text for _, text in found(markdown)] == ["Locks keep nobody safe. Doors do.", "A bed is not a plan."]


def test_a_table_head_that_was_parted_from_its_table_ends_no_list():
    markdown = (
        "# A\n\n## Indicators\n\n### Indicator\n\n## Disaggregation\n\n- Share of things seen\n- Number of things\n"
    )
    assert [text for _, text in found(markdown)] == ["Share of things seen", "Number of things"]


def test_a_question_and_the_points_below_it_are_one_item():
    markdown = (
        "# A\n\n## Design questions\n\n- Who is left out by:\n  - the hour of day\n  - the fee\n- Who is paid first?\n"
    )
    assert [text for _, text in found(markdown)] == [
        "Who is left out by: the hour of day the fee",
        "Who is paid first?",
    ]


def test_a_list_without_marks_and_its_introduction():
    markdown = (
        "# Shelters\n\n## Lessons learned\n\nThree things came up again and again:\n\nLocks keep nobody safe.\n\n"
        "A bed is not a plan.\n\n## Design questions\n\nWho has the key? Who has a copy of it?\n\nSome have two.\n"
    )
    assert [text for _, text in found(markdown)] == [
        "Locks keep nobody safe.",
        "A bed is not a plan.",
        "Who has the key?",
        "Who has a copy of it?",
    ]


def test_what_an_indicator_says_of_itself():
    markdown = (
        "# Shelters\n\n## Indicators\n\n- Share of residents with a key\n\nMeans of verification: register; visit\n\n"
        "Disaggregated by: sex, age\n\nCaution: A key is not a way out.\n\n- Number of ways out\n"
    )
    first, second = extract(text_of(markdown))
    assert first.text == "Share of residents with a key"
    assert (first.verification, first.disaggregation) == (("register", "visit"), ("sex", "age"))
    assert first.caution == "A key is not a way out."
    assert (second.verification, second.caution) == ((), "")


def test_a_table_whose_merged_cells_are_printed_once():
    markdown = (
        "# Shelters\n\n## Indicators\n\n"
        "| Level | Indicator | Source |\n|---|---|---|\n| Output | Number of rooms with a door | visit |\n"
        "| | Number of doors with a key | visit |\n| Outcome | Share of residents who went out | talk |\n"
    )
    extracted = extract(text_of(markdown))
    assert [(i.level, i.text, i.verification) for i in extracted] == [
        (Level.OUTPUT, "Number of rooms with a door", ("visit",)),
        (Level.OUTPUT, "Number of doors with a key", ("visit",)),
        (Level.OUTCOME, "Share of residents who went out", ("talk",)),
    ]


def test_part_one_is_data_by_the_question_of_design():
    markdown = (
        "# Part I: General design issues\n\n## Mapping a trafficking pattern\n\nA map is drawn with others.\n\n"
        "- Who is moved?\n- Who gains?\n\n## Displacement risk\n\n- Where would they go instead?\n\n" + SECTION
    )
    ones = [i for i in extract(text_of(markdown)) if i.part is ToolkitPart.ONE]
    assert [(i.topic, i.text) for i in ones] == [
        ("Mapping a trafficking pattern", "Who is moved?"),
        ("Mapping a trafficking pattern", "Who gains?"),
        ("Displacement risk", "Where would they go instead?"),
    ]


def test_signs_of_trafficking_are_kept_apart_from_measures_of_a_programme():
    markdown = (
        "# Identification\n\n## Indicators of trafficking\n\n- Never speaks alone\n- Has no papers of their own\n"
    )
    extracted = extract(text_of(markdown))
    assert [(i.activity, i.topic) for i in extracted] == [(None, SIGNS)] * 2


def test_an_item_that_is_printed_twice_is_listed_once():
    assert (
        len(found(SECTION + "\n# Livelihoods in short\n\n## Indicators\n\n- Share of households without debt\n")) == 5
    )


def test_a_form_gives_the_questions_it_asks():
    markdown = "# A form\n\n" + "".join(f"## Part {p}\n\n" + "".join(
        f"### Is {p}{n} true?\n\n- Yes\n- No\n\n" for n in range(6)) for p in "ab")  # fmt: skip
    extracted = extract(text_of(markdown))
    assert [i.text for i in extracted] == [f"Is {p}{n} true?" for p in "ab" for n in range(6)]
    assert [i.group for i in extracted] == ["Part a"] * 6 + ["Part b"] * 6


def test_answers_of_a_survey_are_no_questions():
    assert found("# Rivers\n\n## Questions\n\n- Which of these did you see?\n- I saw a boat.\n- I saw two.\n") == [
        ("design question", "Which of these did you see?")
    ]


def test_a_text_without_lists_gives_nothing():
    assert found("# Rivers\n\nWho knows where they go? To the sea.\n\n- One\n- Two\n") == []


# -- real documents --------------------------------------------------------------------------------------------------


def real(folder: Path, name: str) -> tuple[ToolkitItem, ...]:
    return extract(pdf(next((folder / "policy").glob(name))))


def test_the_leaflet_gives_its_signs_and_nothing_else(shared_data: Path):
    given = real(shared_data, "dw_HUMAN_TRAFFICKING_AWARENESS_GUIDE*")
    assert {(i.kind, i.topic, i.activity) for i in given} == {(ItemKind.INDICATOR, SIGNS, None)}
    assert Counter(i.group for i in given) == {"Appearance": 9, "Actions": 7}


def test_the_evaluation_gives_its_four_questions(shared_data: Path):
    given = real(shared_data, "el_icpe_liberia*")
    assert [i.pages for i in given if i.kind is ItemKind.QUESTION] == [(11,)] * 4


def test_the_form_gives_its_questions(shared_data: Path):
    given = real(shared_data, "uk_nrm*")
    questions = [i for i in given if i.kind is ItemKind.QUESTION]
    assert len(questions) == 52 and all(i.text.endswith("?") and i.activity is None for i in questions)


def test_toolkit_pdfs_names_what_no_reader_can_know():
    assert all(toolkit_pdfs.lose(w) != w and toolkit_pdfs.AMBIGUOUS.search(w) for w in ("flood", "filed", "flight"))
