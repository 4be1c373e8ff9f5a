"""Words in place of a quote: a quote again only as whole sentences of its passage, else checked as written ones are."""

import passages
import pytest

from assistant.answer.evidence import passage_of_chunk
from assistant.types import Evidence, Statement, Support
from assistant.write.check import Checker
from assistant.write.reworded import Rewordings
from corpus.errors import UnknownPublication
from corpus.types import BlockKind

LAMPS = passages.document(
    "lamps",
    """
=== ii
# Lamps
It is wrong that keepers may leave the tower. Keepers should log each lamp failure within one day.
Keepers must keep:
- spare wicks
- a barrel of oil that lasts for thirty nights
# Oil
Oil burns longer than gas.
""",
)
SHELF = passages.Shelf(LAMPS)
EVIDENCE = Evidence((passage_of_chunk(passages.whole(LAMPS, 1), 1.0, SHELF),))
WRONG, LOGGED = "It is wrong that keepers may leave the tower.", "Keepers should log each lamp failure within one day."


def quoting(*texts: str, **more: object) -> Statement:
    places = [(start := LAMPS.text.index(text), start + len(text)) for text in texts]
    quotes = tuple(EVIDENCE[1].quote(LAMPS, *place, 1) for place in places)
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM)
    return Statement("\n".join(texts), quotes, Support.VERBATIM, lead="Lamps", lines=kinds[: len(texts)], **more)


class Emptied(passages.Shelf):
    """A shelf from which a document was taken away."""

    def document_sha256(self, publication: str) -> str:
        raise UnknownPublication(publication)


QUOTED = quoting(f"{WRONG} {LOGGED}", "spare wicks")


def checked(text: str) -> Statement:
    return Rewordings(Checker(SHELF)).checked(text, QUOTED, EVIDENCE)


def test_whole_sentences_that_are_left_are_a_quote_again_with_their_places():
    again = checked(LOGGED)
    (quote,) = again.quotes
    assert (again.support, again.lead, again.lines) == (Support.VERBATIM, "Lamps", (BlockKind.PARAGRAPH,))
    assert quote.text == LAMPS.text[quote.start : quote.end] == LOGGED and quote.label == 1


def test_lines_of_a_list_are_quoted_one_by_one_as_what_they_are():
    again = checked(f"{WRONG}\na barrel of oil that lasts for thirty nights")
    assert again.lines == (BlockKind.PARAGRAPH, BlockKind.ITEM)
    assert [quote.text for quote in again.quotes] == [WRONG, "a barrel of oil that lasts for thirty nights"]


@pytest.mark.parametrize(
    "text",
    [
        "keepers may leave the tower.",  # stands there word for word, and says the opposite
        f"spare wicks\n{LOGGED}",  # not in its order
        f"{LOGGED} Keepers must keep:",  # of two blocks in one line
        "Lamps",  # a heading
    ],
)
def test_what_is_no_run_of_whole_sentences_is_no_quote(text: str):
    assert checked(text).support is not Support.VERBATIM


def test_other_words_have_the_support_of_the_sentence_that_has_least():
    assert checked("Each lamp failure should be logged by keepers within one day.").support is Support.FULL
    least = checked("Each lamp failure should be logged by keepers within one day. Keepers repair 73 lamps.")
    assert least.support is Support.NONE and any("73" in warning for warning in least.warnings)


def test_where_the_document_has_changed_nobody_can_check():
    other = passages.document("lamps", "Another text.")
    assert Rewordings(Checker(passages.Shelf(other))).checked(LOGGED, QUOTED, EVIDENCE) is None
    assert Rewordings(Checker(Emptied())).checked(LOGGED, QUOTED, EVIDENCE) is None
