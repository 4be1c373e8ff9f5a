"""UN document symbols, told from a masthead."""

import pytest

from corpus.symbols import symbol_in


@pytest.mark.parametrize(
    ("page", "symbol"),
    [
        ("United Nations A/80/67\nGeneral Assembly", "A/80/67"),
        ("Организация Объединенных Наций S/2024/228", "S/2024/228"),
        ("Nations Unies\nConseil\nE/ICEF/672(Première partie)\n23 mai 1980", "E/ICEF/672 (Part I)"),
        ("Distr.\nGENERALE\nCONSEIL E/ICEF/672(Première partie)", "E/ICEF/672 (Part I)"),
        ("E/ICEF/672 (Part II)", "E/ICEF/672 (Part II)"),
        ("Distr.\nGENERAL\nA/47/466\n5 October 1992", "A/47/466"),
        ("A/45/696/Add.1", "A/45/696/Add.1"),
        ("الأمم المتحدة S/2025/354*", "S/2025/354"),
        ("A/CONF.232/2023/4", "A/CONF.232/2023/4"),
        ("DP/2025/14", "DP/2025/14"),
    ],
)
def test_the_symbol_of_the_masthead_is_read(page: str, symbol: str):
    assert symbol_in(page) == symbol


@pytest.mark.parametrize(
    "page",
    [
        "as the Assembly asked in its resolution A/RES/61/180 of 20 December 2006",
        "* A/80/50.",
        "See S/2025/49",
        "Distr.: General\nas was said in document S/2025/49",
        "Distr.: General\n1. See A/80/50",
        "and/or 24/7",
        "a/80/67",
        "S/he",
        "\n".join(["a line"] * 40 + ["A/80/67"]),
        "",
    ],
)
def test_a_reference_to_another_document_is_not_its_symbol(page: str):
    assert symbol_in(page) == ""
