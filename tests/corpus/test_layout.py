import numpy as np
import pytest

from corpus.layout.fragments import Fragment
from corpus.layout.furniture import PageFragments, find_furniture
from corpus.layout.regions import find_gutters, reading_order
from corpus.layout.sides import baselines

SIZE = 10.0


def fragment(order: int, left: float, right: float, baseline: float, chars: int = 30, **more) -> Fragment:
    """A fragment that stands for text[order * 100 : ...], so that tests can tell them apart."""
    size = more.pop("size", SIZE)
    return Fragment(
        start=order * 100, end=order * 100 + chars, left=left, top=baseline - 0.72 * size, right=right,
        bottom=baseline + 0.18 * size, baseline=baseline, size=size, bold=False, font=0,
        rtl=more.pop("rtl", False), **more,
    )  # fmt: skip


def orders(fragments) -> list[int]:
    return [f.start // 100 for region in reading_order(fragments) for row in baselines(region.fragments) for f in row]


def two_columns(rows: int, top: float = 100.0, step: float = 12.0, first: int = 0) -> list[Fragment]:
    """Left column at 72-280, right column at 310-520, drawn line by line from side to side."""
    found = []
    for row in range(rows):
        found.append(fragment(first + 2 * row, 72, 280 - row % 3, top + step * row))
        found.append(fragment(first + 2 * row + 1, 310, 520 - row % 2, top + step * row))
    return found


def test_columns_are_read_one_after_the_other():
    # drawn 0 1 2 3 4 5 6 7, left is even
    assert orders(two_columns(4)) == [0, 2, 4, 6, 1, 3, 5, 7]


def test_a_heading_across_both_columns_comes_first_and_text_across_them_last():
    page = [
        fragment(90, 72, 520, 70, size=16),
        *two_columns(5),
        *(fragment(91 + i, 72, 520, 180 + 12 * i) for i in range(3)),
    ]
    assert orders(page) == [90, 0, 2, 4, 6, 8, 1, 3, 5, 7, 9, 91, 92, 93]


def test_two_pairs_of_columns_with_a_heading_between():
    page = [*two_columns(4), fragment(90, 72, 520, 170, size=16), *two_columns(4, top=200, first=20)]
    assert orders(page) == [0, 2, 4, 6, 1, 3, 5, 7, 90, 20, 22, 24, 26, 21, 23, 25, 27]


def test_a_longer_column_stays_whole():
    page = [*two_columns(4), fragment(50, 72, 280, 148), fragment(51, 72, 280, 160)]
    assert orders(page) == [0, 2, 4, 6, 50, 51, 1, 3, 5, 7]


def test_right_to_left_pages_begin_with_the_right_column():
    page = [fragment(i, 72 if i % 2 else 310, 280 if i % 2 else 520, 100 + 12 * (i // 2), rtl=True) for i in range(8)]
    found = reading_order(page, rtl=True)
    assert [f.start // 100 for region in found for row in baselines(region.fragments) for f in row] == [
        0,
        2,
        4,
        6,
        1,
        3,
        5,
        7,
    ]


def test_cells_on_shared_baselines_are_read_across():
    page = []
    for row in range(6):
        page += [
            fragment(3 * row, 72, 100 + 9 * row, 100 + 20 * row, 8),
            fragment(3 * row + 1, 250, 270, 100 + 20 * row, 3),
        ]
        page.append(fragment(3 * row + 2, 350, 370, 100 + 20 * row, 3))
    regions = reading_order(page)
    assert [region.table for region in regions] == [True]
    assert orders(page) == list(range(18))


def test_a_table_beside_text_does_not_tear_the_text():
    text = [fragment(i, 72, 300 - i % 4, 100 + 12 * i, 50) for i in range(14)]
    table = [
        cell
        for row in range(5)
        for cell in (
            fragment(50 + 2 * row, 340, 400, 103 + 31 * row, 12),
            fragment(51 + 2 * row, 470, 490, 103 + 31 * row, 3),
        )
    ]
    assert orders([*text, *table]) == [*range(14), *range(50, 60)]


def test_numbers_of_a_list_are_no_column():
    page = [
        f
        for row in range(6)
        for f in (
            fragment(2 * row, 72, 82, 100 + 14 * row, 2, lead=True),
            fragment(2 * row + 1, 100, 500 - row, 100 + 14 * row, 60),
        )
    ]
    assert orders(page) == list(range(12))


def test_one_column_has_no_gutter():
    assert find_gutters([fragment(i, 72, 500 - i % 5, 100 + 12 * i, 70) for i in range(20)]) == []


def test_every_fragment_is_read_exactly_once():
    generator = np.random.default_rng(5)
    for _ in range(40):
        page = [
            fragment(i, left, left + width, baseline, chars)
            for i, (left, width, baseline, chars) in enumerate(
                zip(
                    generator.uniform(20, 500, 60), generator.uniform(5, 200, 60),
                    generator.uniform(20, 800, 60), generator.integers(1, 80, 60), strict=True,
                )
            )
        ]  # fmt: skip
        assert sorted(f.start for region in reading_order(page) for f in region.fragments) == sorted(
            f.start for f in page
        )


# -- running heads and page numbers ------------------------------------------------------------------------------


class Page:
    """Builds a page from (words, left, baseline, size)."""

    def __init__(self, *parts: tuple[str, float, float, float]) -> None:
        self.text = ""
        self.fragments = []
        for words, left, baseline, size in parts:
            start = len(self.text)
            self.text += words + "\n"
            width = 0.5 * size * len(words)
            self.fragments.append(
                Fragment(
                    start, start + len(words), left, baseline - 0.72 * size, left + width, baseline + 0.18 * size,
                    baseline, size, False, 0, False,
                )
            )  # fmt: skip

    def torn(self) -> PageFragments:
        from corpus.layout.fragments import PageText

        nothing = np.zeros(0)
        text = PageText(self.text, [], *([nothing] * 7), ())
        return PageFragments(text, tuple(self.fragments), 800.0)


def body(number: int) -> list[tuple[str, float, float, float]]:
    words = ("water", "schools", "roads", "courts", "clinics", "borders", "wages", "trains")[number % 8]
    return [(f"A line about {words} in the text of the page", 72, 150 + 14 * i, 10) for i in range(12)]


def kept(pages: list[Page]) -> tuple[list[set[str]], tuple[str | None, ...]]:
    found = find_furniture([page.torn() for page in pages], 10.0)
    left = [
        {page.text[f.start : f.end] for f in page.fragments if f not in dropped}
        for page, dropped in zip(pages, found.dropped, strict=True)
    ]
    return left, found.labels


def test_running_heads_and_numbers_go_and_the_numbers_become_labels():
    pages = [Page(("Report of the Office", 72, 40, 8), *body(i), (f"{i + 5}", 300, 770, 8)) for i in range(5)]
    left, labels = kept(pages)
    assert labels == ("5", "6", "7", "8", "9")
    assert all("Report of the Office" not in words and str(i + 5) not in words for i, words in enumerate(left))


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        (["ii", "iii", "iv", "v"], ("ii", "iii", "iv", "v")),
        (["A-1", "A-2", "A-3", "A-4"], ("A-1", "A-2", "A-3", "A-4")),
        (["3/8", "4/8", "5/8", "6/8"], ("3", "4", "5", "6")),
        (["Page 3", "Page 4", "Page 5", "Page 6"], ("3", "4", "5", "6")),
        (["- 3 -", "- 4 -", "- 5 -", "- 6 -"], ("3", "4", "5", "6")),
        (["٨", "٩", "١٠", "١١"], ("8", "9", "10", "11")),
        (["1987", "12", "7", "300"], (None, None, None, None)),  # numbers that do not count on are no page numbers
    ],
)
def test_labels_in_the_ways_they_are_printed(printed: list[str], labels: tuple[str | None, ...]):
    pages = [Page(*body(i), (words, 300, 770, 8)) for i, words in enumerate(printed)]
    assert kept(pages)[1] == labels


def test_a_page_without_a_number_has_no_label():
    pages = [Page(*body(i), *([(str(i + 1), 300, 770, 8)] if i != 2 else [])) for i in range(6)]
    assert kept(pages)[1] == ("1", "2", None, "4", "5", "6")


def test_two_printed_pages_on_one_sheet_share_a_label():
    pages = [Page(*body(i), (str(2 * i + 2), 100, 770, 8), (str(2 * i + 3), 500, 770, 8)) for i in range(4)]
    assert kept(pages)[1] == ("2-3", "4-5", "6-7", "8-9")


def test_captions_that_count_by_themselves_are_no_running_heads():
    maps = (1, 2, None, None, 3)
    pages = [Page(*([(f"Map {n}", 72, 60, 9)] if n else []), *body(i)) for i, n in enumerate(maps)]
    assert [f"Map {n}" in words for n, words in zip(maps, kept(pages)[0], strict=True)] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_the_mark_of_a_note_is_no_page_number():
    pages = [Page(*body(i), (str(i + 1), 72, 720, 6), (f"See {'abcd'[i]} in annex.", 84, 722, 7)) for i in range(4)]
    left, labels = kept(pages)
    assert labels == (None, None, None, None)
    assert all(str(i + 1) in words for i, words in enumerate(left))


def test_a_file_that_says_the_same_on_every_page_keeps_its_text():
    pages = [Page(("Hello", 72, 400, 12)) for _ in range(5)]
    assert kept(pages)[0] == [{"Hello"}] * 5


def cells(lines: list[tuple[int, int]], gap: float = 20.0, step: float = 11.0) -> list[Fragment]:
    """Rows of two cells of running text, each of so many lines, drawn cell by cell; numbered as drawn."""
    found, top, order = [], 100.0, 0
    for left, right in lines:
        for x, end, count in ((72, 280, left), (310, 520, right)):
            found += [fragment(order + i, x, end - i % 2, top + step * i) for i in range(count)]
            order += count
        top += step * (max(left, right) - 1) + gap
    return found


def test_cells_of_running_text_that_begin_level_are_rows():
    found = reading_order(cells([(3, 2), (2, 4), (3, 3)]))
    assert [region.table for region in found] == [True]


def test_paragraphs_that_begin_level_because_they_are_equally_long_are_columns():
    found = reading_order(cells([(3, 3), (2, 2), (3, 4)]))
    assert [region.table for region in found] == [False, False]


def test_a_longer_column_stays_whole_past_the_space_above_a_heading():
    # 148 would be the next line; the heading stands two lines lower, its text below it
    page = [
        *two_columns(4),
        fragment(50, 72, 180, 162, size=12),
        *(fragment(51 + i, 72, 279, 178 + 12 * i) for i in range(3)),
    ]
    assert orders(page) == [0, 2, 4, 6, 50, 51, 52, 53, 1, 3, 5, 7]


def test_short_lines_far_below_two_columns_are_not_the_rest_of_the_left_one():
    page = [*two_columns(4), fragment(50, 72, 160, 190), fragment(51, 72, 170, 202)]
    assert orders(page) == [0, 2, 4, 6, 1, 3, 5, 7, 50, 51]


def test_a_cell_that_is_repeated_at_the_top_of_pages_is_no_running_head():
    # the second line of the table stands as close as lines of text do
    pages = [
        Page(
            ("Outcome", 72, 60, 10),
            (f"Share of {thing} that were seen by", 200, 60, 10),
            (f"an inspector of {thing} in the year", 200, 72, 10),
            *body(i),
        )
        for i, thing in enumerate(("boats", "farms", "kilns", "mines", "shops"))
    ]
    assert all("Outcome" in words for words in kept(pages)[0])
