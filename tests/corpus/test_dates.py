"""Dates of publication, as documents of six languages state them."""

import pytest

from corpus.dates import Day, from_metadata, published


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("General Assembly Distr.: General\n25 February 2025\nOriginal: English", Day(2025, 2)),
        ("Annual report\nOctober 2016", Day(2016, 10)),
        ("JANUARY 2023\nIn some title", Day(2023, 1)),
        ("Issue Brief 01, 10/2016", Day(2016, 10)),
        ("Working paper\n2023", Day(2023, None)),
        ("Vienna, 2016", Day(2016, None)),
        ("A title\n12th March, 2024", Day(2024, 3)),
        ("A title\nMarch 12, 2024", Day(2024, 3)),
        ("A title\nSept. 2019", Day(2019, 9)),
        ("Last Updated: 27th April 2026", Day(2026, 4)),
        ("Updated: 2021-07-09", Day(2021, 7)),
        ("23 mai 1980", Day(1980, 5)),
        ("1er août 2019", Day(2019, 8)),
        ("mars-avril 2020 № 109", Day(2020, 3)),
        ("www.publisher.example mars-avril 2020 № 109", Day(2020, 3)),
        ("12 de marzo de 2021", Day(2021, 3)),
        ("Adoptada por la Asamblea en su resolución 217 A (III), de 10 de diciembre de 1948", Day(1948, 12)),
        ("11 марта 2024 года", Day(2024, 3)),
        ("Принята резолюцией 217 А (III) Генеральной Ассамблеи от 10 декабря 1948 года.", Day(1948, 12)),
        ("2024年3月11日", Day(2024, 3)),
        ("联合国大会一九四八年十二月十日第217A(III)号决议通过并颁布", Day(1948, 12)),
        ("٢٠ يونيه ٢٠٢٥", Day(2025, 6)),
        ("٨ الجريدة الرسمية – العدد ٦ مكرر (و) فى ١٢ فبراير سنة ٢٠٢٥", Day(2025, 2)),
        ("كانون الأول/ديسمبر 1948", Day(1948, 12)),
        ("© Crown copyright [2026]", Day(2026, None)),
    ],
)
def test_a_stated_date_is_read(page: str, day: Day):
    assert published(page) == day


@pytest.mark.parametrize(
    "page",
    [
        "Analysis of 2021 Data from the Hotline",
        "Annual report on evaluation, 2024, provides an overview of the work of the office",
        "Letter dated 3 June 2025 from the Permanent Representative addressed to the President",
        "PDF created on 6 June 2025 at 10:41.",
        "Collection last checked for updates: 31 December 2017.",
        "Call 2016 or 12/25",
        "From 1/1/2021 to 12/31/2021, there were many of them",
        "ISBN 978-92-1-2016-12-1",
        "",
    ],
)
def test_another_date_is_not_taken_for_it(page: str):
    assert published(page) is None


def test_a_date_alone_goes_before_one_in_company_and_before_a_year():
    # the meeting's days stand above the label of the date here, below it in other sessions' papers
    assert published("2023\n2 to 5 June 2025, New York\n27 March 2025\n© 2020 UN") == Day(2025, 3)
    assert published("2 to 5 June 2025, New York\n2023") == Day(2025, 6)


def test_the_imprint_is_also_read_on_the_pages_after_the_cover():
    assert published("A cover", ["", "Copyright © UNDP February 2025"]) == Day(2025, 2)
    assert published("A cover", ["Published 2016\nmore"]) == Day(2016, None)
    assert published("A cover", ["It was published in 2016, when few others had thought of it at all"]) is None
    assert published("May 2020", ["© UNDP 2025"]) == Day(2020, 5)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2016-10-05", Day(2016, 10)),
        ("2016", Day(2016, None)),
        ("D:20250312101112Z", Day(2025, 3)),
        ("", None),
        ("yesterday", None),
        ("0001-01-01", None),
    ],
)
def test_a_date_of_metadata_is_read(value: str, day: Day | None):
    assert from_metadata(value) == day
