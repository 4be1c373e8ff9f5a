"""Small answers with known places, for the tests of what is shown, kept and exported."""

from assistant.types import Act, Answer, Evidence, Passage, Quote, Request, Statement, Support, Tier
from corpus.types import BlockKind, Chunk, Kind, Origin, Publication, Published

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


def stated(label: int, source: Passage, text: str, support: Support = Support.VERBATIM) -> Statement:
    return Statement(text, (quote(label, source, text),), support)


def request(asked: str = "What drives demand?", act: Act = Act.ASK, **more: object) -> Request:
    """A message that stands alone as typed."""
    return Request(asked, asked, act=act, **more)


def two_sources() -> Answer:
    """Two statements of a paper (p. 12, PDF p. 14), two of the project's own digest."""
    paper = passage(PAPER, "Demand is <b>not</b> simple. It has many sides.", 40, 14, "12", ("Chapter 1",))
    digest = passage(DIGEST, "Who pays? Who gains?")
    return Answer(
        request(),
        Evidence((paper, digest)),
        (
            stated(1, paper, "Demand is <b>not</b> simple."),
            stated(1, paper, "It has many sides."),
            stated(2, digest, "Who pays?"),
            stated(2, digest, "Who gains?"),
        ),
    )


def extract(label: int, source: Passage, marked: str, lead: str = "") -> Statement:
    """A whole passage, a line each, with those words marked as what answers."""
    text = source.chunk.text
    start = text.index(marked)
    kinds = tuple(BlockKind.PARAGRAPH for _ in text.split("\n"))
    marks = ((start, start + len(marked)),)
    return Statement(text, (quote(label, source, text),), Support.VERBATIM, lead=lead, marks=marks, lines=kinds)


def two_extracts(tier: Tier = Tier.ANSWERS) -> Answer:
    """Two extracts of two publications; the first has two lines, and the second of them is marked."""
    paper = passage(
        PAPER, "Demand is <b>not</b> simple.\nIt has many sides. Some are hidden.", 40, 14, "12", ("Chapter 1",)
    )
    digest = passage(DIGEST, "Who pays? Who gains?")
    return Answer(
        request(),
        Evidence((paper, digest)),
        (extract(1, paper, "It has many sides.", "Chapter 1"), extract(2, digest, "Who gains?")),
        tier=tier,
        confidence=0.8 if tier is Tier.ANSWERS else 0.3,
    )
