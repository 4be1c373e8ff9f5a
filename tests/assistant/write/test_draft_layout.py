"""A model's text as parts of a draft: headings, minutes, items, tables, blanks, labels."""

import pytest

from assistant.write.layout import laid_out

SESSION = """
# Lamps for **new** keepers
For: ____
## Opening (10 min)
Keepers log each failure [S1]. Ask the group: who has seen one?
- first item [S2][S3]
* **Spare lamps:** may be shared [S2]

1. Which lamp is out?
A) the first
## 午後の部（15 分钟）
- [ ] ticked
---
"""


def test_headings_minutes_items_and_labels_are_read_and_the_first_heading_is_the_title():
    text = laid_out(SESSION)
    assert (text.title, text.declined) == ("Lamps for new keepers", False)
    head, opening, noon = text.parts
    assert (head.heading, head.lines[0].sentences[0].text) == ("", "For: ____")
    assert (opening.heading, opening.minutes, noon.heading, noon.minutes) == ("Opening", 10, "午後の部", 15)
    told = [(line.lead, [(each.text, each.labels) for each in line.sentences]) for line in opening.lines]
    assert told == [
        ("", [("Keepers log each failure.", (1,)), ("Ask the group: who has seen one?", ())]),
        ("•", [("first item", (2, 3))]),
        ("•", [("Spare lamps: may be shared", (2,))]),
        ("1.", [("Which lamp is out?", ())]),
        ("A)", [("the first", ())]),
    ]
    assert [(line.lead, line.sentences[0].text) for line in noon.lines] == [("☐", "ticked")]


@pytest.mark.parametrize(
    ("line", "lead", "rest"),
    [
        ("1.1 Share of keepers", "1.1", "Share of keepers"),
        ("Question 4 : the log", "Question 4 :", "the log"),
        ("Вопрос 1: журнал", "Вопрос 1:", "журнал"),
        ("النتيجة 2: السجل", "النتيجة 2:", "السجل"),
        ("3、灯塔", "3、", "灯塔"),
        ("(b) the log", "(b)", "the log"),
        ("e.g. the log", "", "e.g. the log"),
        ("2011 was dark", "", "2011 was dark"),
        ("12 lamps were out", "", "12 lamps were out"),
        ("-5 degrees", "", "-5 degrees"),
    ],
)
def test_what_counts_lines_stands_before_them_and_a_figure_that_opens_one_stays(line: str, lead: str, rest: str):
    (part,) = laid_out(line).parts
    assert (part.lines[0].lead, part.lines[0].sentences[0].text) == (lead, rest)


def test_a_table_has_its_columns_and_every_row_as_many_cells():
    rows = (
        "| Indicator | How | When |",
        "|---|:-:|---|",
        "| 1.1 Lamps out [S2] | Count | ____ |",
        "| Logs | A | B | C |",
    )
    text = laid_out("\n".join((*rows, "|  | | |")))
    (part,) = text.parts
    assert part.columns == ("Indicator", "How", "When")
    first, second = part.lines
    assert first.cells == ("1.1 Lamps out", "Count", "____")
    assert [(each.text, each.labels) for each in first.sentences] == [("lamps out", (2,)), ("count", ())]
    assert second.cells == ("Logs", "A", "B C")


def test_without_a_heading_all_is_one_part_and_a_heading_that_stands_alone_is_none():
    assert [part.heading for part in laid_out("Dear ____,\nWe write.").parts] == [""]
    assert [part.heading for part in laid_out("## One\n## Two\nWe write.").parts] == ["Two"]
    assert laid_out("# One\nA.\n# Two\nB.").title == ""


def test_it_says_where_the_passages_have_nothing():
    text = laid_out("[NO ANSWER]")
    assert text.declined and text.parts == ()


def test_of_a_row_what_names_sources_is_one_sentence_and_labels_in_a_cell_of_their_own_are_the_rows():
    head = "| Time | What | How |\n|---|---|---|\n"
    (part,) = laid_out(f"{head}| 09:00–09:30 (30 min) | Lamps burn [S1]. In groups of three. | Card 2 |").parts
    assert [(each.text, each.labels) for each in part.lines[0].sentences] == [
        ("lamps burn.", (1,)),
        ("in groups of three.; card 2", ()),
    ]
    (part,) = laid_out(f"{head}| Lamps | burn | [S1][S2] |").parts
    assert [(each.text, each.labels) for each in part.lines[0].sentences] == [("lamps; burn", (1, 2))]
    assert part.lines[0].cells == ("Lamps", "burn", "")


def test_a_second_table_under_a_heading_has_columns_of_its_own():
    text = laid_out("# T\n## One\n| A | B |\n|---|---|\n| a | b |\n| C | D | E |\n|---|---|---|\n| c | d | e |")
    assert [(part.heading, part.columns, [line.cells for line in part.lines]) for part in text.parts] == [
        ("One", ("A", "B"), [("a", "b")]),
        ("", ("C", "D", "E"), [("c", "d", "e")]),
    ]
    assert text.title == "T"


def test_a_french_quotation_keeps_its_closing_mark():
    (part,) = laid_out("« Qui garde la lampe ? » Attendez la réponse. « Moi. » [S1]").parts
    assert [(each.text, each.labels) for each in part.lines[0].sentences] == [
        ("« Qui garde la lampe?\u00a0»", ()),
        ("Attendez la réponse.", ()),
        ("« Moi.\u00a0»", (1,)),
    ]


def test_a_time_is_counted_once_where_a_title_or_a_heading_gives_that_of_what_stands_below_it():
    text = laid_out("# Lamps (45 min)\nFor: ____\n## Day (45 min)\n### One (20 min)\nA.\n### Two (25 min)\nB.")
    assert [(part.heading, part.minutes) for part in text.parts] == [("", 0), ("One", 20), ("Two", 25)]
    text = laid_out(
        "# Lamps\n## Day (45 min)\nBring oil.\n### One (20 min)\nA.\n### Two (25 min)\nB.\n## End (5 min)\nC."
    )
    assert [part.minutes for part in text.parts] == [0, 20, 25, 5]
