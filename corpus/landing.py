"""Finding the file of a publication on its landing page. Pure: text in, link out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

SHARE = 0.6  # of the title's words that a link must carry; a page lists other files of the same series
_WORD = re.compile(r"\w{4,}")  # shorter words are mostly "the", "and", "for"


class _Links(HTMLParser):
    """Collects (href, text) of every link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._text = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append((self._href, " ".join(self._text)))
            self._href = None


def pdf_link(page: str, url: str, title: str) -> str | None:
    """The PDF on the same site whose link text and file name carry most of the title's words.

    None when there is none, or when two are equally close: a wrong file would be taken for the publication.
    """
    reader = _Links()
    reader.feed(page)
    words = set(_WORD.findall(title.casefold()))
    shares: dict[str, float] = {}
    for href, text in reader.found:
        target = urljoin(url, href.strip())
        path = unquote(urlsplit(target).path)
        if path.lower().endswith(".pdf") and same_site(target, url):
            carried = set(_WORD.findall(f"{text} {path.rsplit('/', 1)[-1]}".casefold().replace("_", " ")))
            shares[target] = max(shares.get(target, 0.0), len(words & carried) / max(len(words), 1))
    best = max(shares.values(), default=0.0)
    closest = [target for target, share in shares.items() if share == best]
    return closest[0] if best >= SHARE and len(closest) == 1 else None


def same_site(first: str, second: str) -> bool:
    """Whether two URLs are of one host, or of a host and a part of it ('un.org', 'icat.un.org')."""
    one, other = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (first, second))
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
