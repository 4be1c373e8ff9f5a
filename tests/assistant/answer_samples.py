"""Small answers with known places, for the tests of what is shown, kept and exported."""

from assistant.types import Answer, Evidence, Passage, Query, Quote, Statement, Support
from corpus.types import Chunk, Kind, Origin, Publication, Published

SHA = "d" * 64
DATE = (Published(year=2014, month=9, source="the document"),)

PAPER = Publication(
    id="demand",
    title="On <Demand> & Supply",
    subtitle="A paper",
    kind=Kind.ISSUE_PAPER,
    published=DATE,
    mime="application/pdf",
)
DIGEST = Publication(
    id="digest", title="Digest of the Toolkit", kind=Kind.DIGEST, origin=Origin.STARTER, mime="text/markdown"
)


def passage(
    publication: Publication,
    text: str,
    start: int = 0,
    page: int = 1,
    label: str | None = None,
    headings: tuple[str, ...] = (),
) -> Passage:
    """A passage that is one chunk on one page."""
    end = start + len(text)
    chunk = Chunk(
        f"{publication.id}#{start}",
        publication.id,
        text,
        start,
        end,
        page,
        page,
        headings,
        "en",
        publication.origin,
    )
    return Passage(chunk, publication, label, label, 1.0, SHA)


def quote(label: int, source: Passage, text: str) -> Quote:
    """Those words of a passage, on its first page."""
    start = source.chunk.start + source.chunk.text.index(text)
    chunk = source.chunk
    return Quote(label, chunk.publication, start, start + len(text), text, chunk.first_page, source.first_label, SHA)


def stated(label: int, source: Passage, text: str, lead: str = "", support: Support = Support.VERBATIM) -> Statement:
    return Statement(text, (quote(label, source, text),), support, (), lead)


def query(asked: str = "What drives demand?") -> Query:
    return Query(asked, asked, asked)


def two_sources() -> Answer:
    """Two statements of a paper (p. 12, PDF p. 14), two list items of the project's own digest."""
    paper = passage(PAPER, "Demand is <b>not</b> simple. It has many sides.", 40, 14, "12", ("Chapter 1",))
    digest = passage(DIGEST, "Ask these: Who pays? Who gains?")
    return Answer(
        query(),
        Evidence((paper, digest)),
        (
            stated(1, paper, "Demand is <b>not</b> simple."),
            stated(1, paper, "It has many sides."),
            stated(2, digest, "Who pays?", "Ask these:"),
            stated(2, digest, "Who gains?", "Ask these:"),
        ),
    )
