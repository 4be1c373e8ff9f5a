"""An extract in pieces: which of them are kept within so many words, and how they stand together."""

from assistant.answer.pieces import chosen, joined, pieces_of
from corpus.types import BlockKind

TEXT = "Pay comes late. Debts grow each month.\nLook at:\nThe pay slips of all.\nThe door locks.\nAsk again."
LINES = (BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.PARAGRAPH)
LOCKS = (TEXT.index("The door"), TEXT.index("The door") + len("The door locks."))


def test_sentences_and_items_are_pieces_in_order():
    pieces = pieces_of(TEXT, LINES, "en")
    assert [piece.text for piece in pieces[:3]] == ["Pay comes late.", "Debts grow each month.", "Look at:"]
    assert [piece.text for piece in pieces[3:]] == ["The pay slips of all.", "The door locks.", "Ask again."]
    assert all(TEXT[piece.start : piece.end] == piece.text for piece in pieces)


def test_what_is_marked_comes_first_with_what_leads_into_its_list_and_then_what_fits_from_the_first_on():
    pieces = pieces_of(TEXT, LINES, "en")
    # marked: "The door locks." with "Look at:", 3 + 2 words; then 3 words, 8 in all; then 4, 12 in all
    assert chosen(pieces, (LOCKS,), 7) == [2, 4]
    assert chosen(pieces, (LOCKS,), 8) == [0, 2, 4]
    assert chosen(pieces, (LOCKS,), 12) == [0, 1, 2, 4]
    assert chosen(pieces, (), 1) == [0]  # one at least


def test_pieces_stand_line_by_line_with_their_marks():
    pieces = pieces_of(TEXT, LINES, "en")
    text, lines, marks = joined([pieces[0], pieces[1], pieces[4]], (LOCKS,))
    assert text == "Pay comes late. Debts grow each month.\nThe door locks."
    assert lines == (BlockKind.PARAGRAPH, BlockKind.ITEM)
    assert [text[start:end] for start, end in marks] == ["The door locks."]
