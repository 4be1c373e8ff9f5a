"""HTML as a reader and as a browser see it, for the tests of what is shown."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Text and tags of some HTML; fails on a tag that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.tags if name == tag]

    def classed(self, css: str) -> list[dict]:
        """Attributes of the elements of a class."""
        return [attributes for _, attributes in self.tags if css in (attributes.get("class") or "").split()]


def section(html: str, css: str) -> str:
    """The section of that class, which has no section within."""
    start = html.index(f'<section class="{css}">')
    return html[start : html.index("</section>", start) + len("</section>")]
