"""Opening a label: the marked words, the page with boxes on those words, and documents that have changed since."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from answer_samples import SHA, passage
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.show.sources import Drift, SourceViews, find_again
from assistant.types import Passage, Quote
from corpus import readers
from corpus.errors import UnknownPublication
from corpus.types import Block, BlockKind, Chunk, Document, Page, Publication

PAGES = (
    ("Findings", "Recruiters often promise good work abroad.", "Debt keeps many workers in place for years."),
    ("Replies", "Unions reach workers that the state does not.", "Courts can order employers to repay wages."),
)


class Shelf:
    """A library of given documents."""

    def __init__(self, *documents: Document, originals: dict[str, Path] | None = None, sha256: str = SHA) -> None:
        self._documents = {document.publication.id: document for document in documents}
        self._originals = originals or {}
        self._sha256 = sha256

    def document(self, id: str) -> Document:
        if id not in self._documents:
            raise UnknownPublication(f"no publication {id!r}")
        return self._documents[id]

    def document_sha256(self, id: str) -> str:
        return self._sha256

    def original(self, id: str) -> Path | None:
        return self._originals.get(id)

    def layer(self, id: str) -> Path | None:
        return None


def plain_document(*paragraphs: str, id: str = "text") -> Document:
    """A text without pages; the first paragraph is its heading."""
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(kind, at, at + len(paragraph), 0 if number else 1))
        at += len(paragraph) + 2
    pages = (Page(1, None, 0, len(text)),)
    raw = np.arange(len(text), dtype=np.int32)
    return Document(Publication(id=id, title="Text"), text, pages, tuple(blocks), raw)


def quoted(document: Document, text: str, sha256: str = SHA) -> Quote:
    start = document.text.index(text)
    page = document.page_at(start)
    return Quote(1, document.publication.id, start, start + len(text), text, page.number, page.label, sha256)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "paper.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for heading, *sentences in PAGES:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 740, heading)
        canvas.setFont("Helvetica", 11)
        for line, sentence in enumerate(sentences):
            canvas.drawString(72, 700 - 60 * line, sentence)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def paper(pdf: Path) -> Document:
    document = readers.read(pdf, Publication(id="paper", title="Paper", mime="application/pdf")).document
    assert document is not None
    return document


def test_quote_is_marked_within_its_passage() -> None:
    document = plain_document("Heading", "First one. The quote. Last one.", "Another paragraph.")
    view = SourceViews(Shelf(document)).view(quoted(document, "The quote."))
    assert (view.before, view.marked) == ("Heading\n\nFirst one. ", "The quote.")
    assert view.after == " Last one.\n\nAnother paragraph."
    assert view.section == ("Heading",)
    assert (view.pages, view.drift, view.problem) == ((), Drift.NONE, "")


def test_known_passage_bounds_what_is_shown() -> None:
    document = plain_document("Heading", "First one. The quote. Last one.", "Another paragraph.")
    start = document.text.index("First")
    source = passage(document.publication, "First one. The quote. Last one.", start)
    view = SourceViews(Shelf(document)).view(quoted(document, "The quote."), source)
    assert (view.before, view.after) == ("First one. ", " Last one.")
    whole = SourceViews(Shelf(document)).view(source)
    assert (whole.before, whole.marked, whole.after) == ("", "First one. The quote. Last one.", "")


def test_far_paragraphs_are_not_shown() -> None:
    document = plain_document("Heading", "x" * 2000, "The quote.", "y" * 2000)
    view = SourceViews(Shelf(document)).view(quoted(document, "The quote."))
    assert (view.before, view.marked, view.after) == ("", "The quote.", "")


def test_page_image_has_its_boxes_on_the_quoted_words(pdf: Path, paper: Document) -> None:
    """Baseline at 640 points from the bottom of 842: the box is around 842 - 640 = 202 from the top."""
    sources = SourceViews(Shelf(paper, originals={"paper": pdf}))
    view = sources.view(quoted(paper, PAGES[0][2]))
    (page,) = view.pages
    assert page.number == 1 and page.png is not None and page.png.startswith(b"\x89PNG")
    (box,) = page.boxes
    assert box.top < 202 < box.bottom + 3 and box.bottom - box.top < 20
    assert abs(box.left - 72) < 3 and 250 < box.right < 330
    assert view.section == ("Findings",)
    assert page.png != readers.page_image(pdf, 1, (), 110)


def test_quote_over_two_pages_shows_both(pdf: Path, paper: Document) -> None:
    start = paper.text.index(PAGES[0][2])
    end = paper.text.index(PAGES[1][1]) + len(PAGES[1][1])
    long = Quote(1, "paper", start, end, paper.text[start:end], 1, None, SHA)
    view = SourceViews(Shelf(paper, originals={"paper": pdf})).view(long)
    assert [page.number for page in view.pages] == [1, 2]
    assert all(page.png and page.boxes for page in view.pages)
    assert [{box.page for box in page.boxes} for page in view.pages] == [{1}, {2}]


def test_what_was_quoted_with_it_is_marked_as_well_in_the_text_and_on_its_page(pdf: Path, paper: Document) -> None:
    promise, debt, repay = (quoted(paper, words) for words in (PAGES[0][1], PAGES[0][2], PAGES[1][2]))
    view = SourceViews(Shelf(paper, originals={"paper": pdf})).view(repay, None, (promise, debt, repay))
    assert view.marked == promise.text
    assert [mark for _, mark in view.also] == [debt.text, repay.text]
    assert PAGES[1][1] in view.also[1][0] and view.after == ""
    assert [len(page.boxes) for page in view.pages] == [2, 1]


def test_of_what_was_quoted_with_it_only_what_still_stands_is_marked() -> None:
    old = plain_document("Heading", "One here. Two here. Three here.")
    one, *others = (quoted(old, words) for words in ("One here.", "Two here.", "Three here."))
    new = plain_document("Heading", "New. One here. Three here.")
    view = SourceViews(Shelf(new, sha256="e" * 64)).view(one, None, others)
    assert (view.drift, view.marked, view.also, view.after) == (Drift.MOVED, "One here.", ((" ", "Three here."),), "")


def test_missing_or_broken_original_is_said_and_the_text_still_shown(tmp_path: Path, paper: Document) -> None:
    quote = quoted(paper, PAGES[1][2])
    absent = SourceViews(Shelf(paper)).view(quote)
    assert "not on this machine" in absent.problem and absent.marked == PAGES[1][2]
    assert [(page.number, page.png) for page in absent.pages] == [(2, None)]
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no pdf")
    view = SourceViews(Shelf(paper, originals={"paper": broken})).view(quote)
    assert view.problem.startswith("The page cannot be shown") and view.marked == PAGES[1][2]


def test_changed_document_is_searched_and_the_quote_shown_where_it_is_now() -> None:
    old = plain_document("Heading", "First one. The   quote.")
    new = plain_document("Heading", "A new beginning.", "First one. The\nquote.")
    view = SourceViews(Shelf(new, sha256="e" * 64)).view(quoted(old, "The   quote."))
    assert (view.drift, view.marked) == (Drift.MOVED, "The\nquote.")


def test_quote_that_is_gone_is_shown_as_it_was() -> None:
    old = plain_document("Heading", "First one. The quote. Last.")
    source = passage(old.publication, "First one. The quote. Last.", 9, headings=("Heading",))
    view = SourceViews(Shelf(plain_document("Heading", "Something else."), sha256="e" * 64)).view(
        quoted(old, "The quote."), source
    )
    assert (view.drift, view.before, view.marked) == (Drift.GONE, "First one. ", "The quote.")
    assert (view.after, view.section, view.pages) == (" Last.", ("Heading",), ())


def test_removed_publication_keeps_its_name_from_the_answer() -> None:
    old = plain_document("Heading", "The quote.")
    source = passage(old.publication, "The quote.", 9)
    view = SourceViews(Shelf()).view(quoted(old, "The quote."), source)
    assert (view.publication.title, view.drift) == ("Text", Drift.GONE)
    assert SourceViews(Shelf()).view(quoted(old, "The quote.")).publication.title == "text"


def test_offsets_that_do_not_hold_the_quote_are_not_believed() -> None:
    """An altered record: the right digest, other words."""
    document = plain_document("Heading", "The true words stand here.")
    quote = quoted(document, "true words")
    altered = replace(quote, text="fake words")
    assert SourceViews(Shelf(document)).view(altered).drift is Drift.GONE


def test_publication_id_no_catalogue_would_give_is_no_crash() -> None:
    quote = Quote(1, "NOT AN ID", 0, 1, "x", 1, None, SHA)
    assert SourceViews(Shelf()).view(quote).drift is Drift.GONE


def test_nearest_of_several_places_is_found() -> None:
    assert find_again("ab cd ab", "ab", 5) == (6, 8)
    assert find_again("ab cd ab", "ab", 3) == (0, 2)
    assert find_again("a (b) c", "(b)", 0) == (2, 5)
    assert find_again("ab", "x", 0) is None
    assert find_again("ab", " ", 0) is None


def test_passage_of_a_changed_document_that_is_gone() -> None:
    chunk = Chunk("text#0", "text", "old words", 0, 9, 1, 1)
    gone = Passage(chunk, Publication(id="text", title="Text"), None, None, 1.0, "e" * 64)
    assert SourceViews(Shelf(plain_document("Heading", "new"))).view(gone).marked == "old words"
