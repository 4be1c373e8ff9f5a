"""The corpus in force: originals and digests, what a file is taken for, and what happens to the rest."""

import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.errors import FetchError, UnknownPublication
from corpus.fetch import FetchSettings
from corpus.identify import corrected, first_date
from corpus.library import Added, Examined, IntakeOutcome, Library, Match, State
from corpus.listing import Whose, in_other_languages
from corpus.starter import starter
from corpus.types import Kind, Origin, Publication, Published

CATALOGUE = Catalogue(
    (
        Publication(
            id="remedies",
            title="Providing Effective Remedies for Victims of Trafficking in Persons across Many Borders",
            kind=Kind.ISSUE_PAPER,
            published=(Published(year=2016, source="https://a.example/list"),),
            agencies=("ICAT",),
        ),
        Publication(id="letter", title="A Letter on the Matter", symbol="S/2025/420"),
        Publication(id="lost", title="A Paper that Nobody Has Yet Been Able to Find Anywhere at All"),
    )
)
DIGEST = """---
id: {id}
title: {title}
kind: {kind}
{digest_of}published: 2025-01
languages: [en]
note: Written for this project; not ICAT's words.
---

# {title}

In the project's own words.
"""
PAPER = """<html><head><title>draft7.doc</title></head><body>
<h1>Providing Effective Remedies for Victims of Trafficking in Persons across Many Borders</h1>
<p>March 2017</p>
<p>States should make sure that victims have access to remedies. {more}</p></body></html>"""
OTHER = """<html><body><h1>A Study of Boats</h1><p>12 May 2020</p>
<p>The study looked at boats and how they are used on rivers and lakes. {more}</p></body></html>"""

Open = Callable[[], Library]


@pytest.fixture()
def opened(home: Path, tmp_path: Path) -> Open:
    """Opens the library anew each time: what it knows, it knows from disk."""
    texts = tmp_path / "starters"
    texts.mkdir()
    described = {"id": "digest-remedies", "title": "About remedies", "kind": "digest"}
    (texts / "a.md").write_text(DIGEST.format(**described, digest_of="digest_of: remedies\n"))
    (texts / "b.md").write_text(DIGEST.format(id="glossary", title="Terms", kind="glossary", digest_of=""))
    return lambda: Library(home, CATALOGUE, starter(texts, CATALOGUE))


@pytest.fixture()
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: str, **more: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content.format(**({"more": ""} | more)), encoding="utf-8")
    return path


def one(library: Library, path: Path) -> Added:
    (added,) = library.add([path])
    return added


def test_a_fresh_machine_has_the_digests_and_says_what_is_missing(opened: Open):
    library = opened()
    documents = list(library.documents())
    assert [document.publication.id for document in documents] == ["digest-remedies", "glossary"]
    assert all(document.publication.origin is Origin.STARTER for document in documents)
    assert "own words" in documents[0].text and "Written for this project" not in documents[0].text
    assert [(entry.publication.id, entry.state) for entry in library.publications()] == [
        ("remedies", State.DIGEST),
        ("letter", State.ABSENT),
        ("lost", State.ABSENT),
        ("glossary", State.STARTER),
    ]
    assert library.original("remedies") is None
    assert library.show("remedies").digest == "digest-remedies"


def test_a_digest_gives_way_to_the_original_and_comes_back_after_it(opened: Open, shelf: Path):
    library = opened()
    added = one(library, put(shelf, "x1.html", PAPER))
    assert (added.outcome, added.match, added.publication.id) == (IntakeOutcome.ADDED, Match.TITLE, "remedies")
    assert opened().in_force() == library.in_force() == ("glossary", "remedies")
    assert library.publications()[0].state is State.ORIGINAL
    assert library.document("digest-remedies").text  # what quoted it can still be opened
    library.remove("remedies")
    assert library.in_force() == ("digest-remedies", "glossary")
    with pytest.raises(UnknownPublication, match="no original of it is here"):
        library.remove("remedies")


def test_what_the_catalogue_knows_is_kept_and_the_date_in_the_document_stands_beside(opened: Open, shelf: Path):
    publication = one(opened(), put(shelf, "x1.html", PAPER)).publication
    assert publication.kind is Kind.ISSUE_PAPER and publication.agencies == ("ICAT",)
    assert [(date.year, date.month, date.source) for date in publication.published] == [
        (2016, None, "https://a.example/list"),
        (2017, 3, "the document"),
    ]
    assert publication.mime == "text/html" and len(publication.sha256) == 64
    assert publication.date_label == "2016 (another source: 2017-03)"


def test_the_same_file_is_the_same_publication_under_any_name(opened: Open, shelf: Path):
    first, second = put(shelf, "a.html", OTHER), put(shelf, "deep/b.htm", OTHER)
    outcomes = [(added.file.name, added.outcome) for added in opened().add([shelf])]
    assert outcomes == [("a.html", IntakeOutcome.ADDED), ("b.htm", IntakeOutcome.ALREADY)]
    library = opened()
    for path in (first, second):
        again = one(library, path)
        assert (again.outcome, again.match) == (IntakeOutcome.ALREADY, Match.FILE)
        assert again.publication.id == "a-study-of-boats"
    assert len(library.store.publications()) == 1


def test_a_changed_file_of_a_known_publication_replaces_it(opened: Open, shelf: Path, home: Path):
    library = opened()
    one(library, put(shelf, "a.html", PAPER))
    changed = one(library, put(shelf, "a.html", PAPER, more="And in time."))
    assert (changed.outcome, changed.publication.id) == (IntakeOutcome.REPLACED, "remedies")
    assert "in time" in opened().document("remedies").text
    assert len(list((home / "originals").iterdir())) == 1


def test_two_unknown_files_of_one_title_stay_apart(opened: Open, shelf: Path):
    library = opened()
    first = one(library, put(shelf, "a.html", OTHER))
    second = one(library, put(shelf, "a.html", OTHER, more="This one is about ferries."))
    assert (first.outcome, second.outcome) == (IntakeOutcome.ADDED, IntakeOutcome.ADDED)
    assert first.publication.id == "a-study-of-boats"
    assert second.publication.id == f"a-study-of-boats-{second.publication.sha256[:8]}"
    assert first.match is second.match is Match.OWN


def test_a_copy_saved_anew_with_the_same_text_takes_the_place_of_the_first(opened: Open, shelf: Path):
    library = opened()
    one(library, put(shelf, "a.html", OTHER))
    digest = library.document_sha256("a-study-of-boats")
    copy = one(library, put(shelf, "b.html", OTHER.replace("<body>", "<body><!-- saved again -->")))
    assert (copy.outcome, copy.publication.id) == (IntakeOutcome.REPLACED, "a-study-of-boats")
    assert library.document_sha256("a-study-of-boats") == digest


def test_an_unknown_file_becomes_a_publication_described_by_itself(opened: Open, shelf: Path):
    publication = one(opened(), put(shelf, "scan0001.html", OTHER)).publication
    assert publication.title == "A Study of Boats"
    assert publication.published == (Published(year=2020, month=5, source="the document"),)
    assert (publication.kind, publication.language) == (Kind.OTHER, "en")
    assert publication.origin is Origin.PUBLICATION


def test_a_file_is_never_known_by_its_name(opened: Open, shelf: Path):
    name = "Providing Effective Remedies for Victims of Trafficking in Persons across Many Borders.html"
    assert one(opened(), put(shelf, name, OTHER)).publication.id == "a-study-of-boats"


def test_a_symbol_in_the_masthead_tells_and_a_translation_stays_beside_the_first(opened: Open, shelf: Path):
    english = "United Nations S/2025/420\n\nThe council met on the matter of the boats and took note of it.\n"
    french = "Nations Unies S/2025/420\n\nLe conseil s'est réuni au sujet des bateaux et en a pris acte hier.\n"
    library = opened()
    first = one(library, put(shelf, "a.txt", english * 1))
    second = one(library, put(shelf, "b.txt", french * 1))
    assert (first.publication.id, first.match) == ("letter", Match.SYMBOL)
    assert (second.publication.id, second.outcome) == ("letter-fr", IntakeOutcome.ADDED)
    assert second.publication.languages == ("fr",)
    assert {"letter", "letter-fr"} <= set(library.in_force())


def test_one_bad_file_does_not_stop_the_others(opened: Open, shelf: Path):
    put(shelf, "a.pdf", "%PDF-1.4 and nothing more")
    put(shelf, "b.html", OTHER)
    put(shelf, "c.html", "")
    found = {added.file.name: added for added in opened().add([shelf, shelf / "none.pdf"])}
    assert found["b.html"].outcome is IntakeOutcome.ADDED
    for name in ("a.pdf", "c.html", "none.pdf"):
        bad = found[name]
        assert (bad.outcome, bad.publication, bad.match) == (IntakeOutcome.UNREADABLE, None, None)
        assert str(bad.problems[0]).startswith(f"{name}: ")
    assert "no such file" in found["none.pdf"].problems[0].reason


def test_each_of_several_equal_files_is_refused_in_its_own_name(opened: Open, shelf: Path):
    for name in ("a.txt", "b.txt", "c.txt"):
        put(shelf, name, "")
    found = {added.file.name: str(added.problems[0]) for added in opened().add([shelf])}
    assert {name: said.partition(":")[0] for name, said in found.items()} == {n: n for n in ("a.txt", "b.txt", "c.txt")}


def test_hidden_and_system_files_and_the_data_folder_are_passed_over(home: Path, tmp_path: Path, opened: Open):
    library = opened()
    one(library, put(tmp_path, "first.html", PAPER))
    root = home.parent
    shutil.rmtree(root / "starters")
    for name in (".hidden/x.html", ".x.html", "~$lock.docx", "Thumbs.db", "shelf/y.html"):
        put(root, name, OTHER)
    (root / "loop").symlink_to(root)
    assert sorted(added.file.name for added in library.add([root])) == ["first.html", "y.html"]
    assert one(library, root / ".x.html").outcome is IntakeOutcome.ALREADY  # named itself


def test_stopping_between_two_files_keeps_what_was_finished_and_nothing_else(opened: Open, shelf: Path, home: Path):
    for number in range(4):
        put(shelf, f"{number}.html", OTHER, more=f"Number {number} of the boats.")
    taking = opened().add([shelf])
    first = next(taking)
    taking.close()  # what Ctrl-C does to the generator
    assert [publication.id for publication in opened().store.publications()] == [first.publication.id]
    assert list((home / "staging").iterdir()) == []
    rest = [added.outcome for added in opened().add([shelf])]
    assert sorted(rest) == [IntakeOutcome.ADDED] * 3 + [IntakeOutcome.ALREADY]


def test_two_that_add_the_same_folder_at_once_keep_every_file_once(opened: Open, shelf: Path):
    for number in range(3):
        put(shelf, f"{number}.html", OTHER, more=f"Number {number} of the boats.")
    libraries, outcomes = (opened(), opened()), []

    def add(library: Library) -> None:
        outcomes.extend(added.outcome for added in library.add([shelf]))

    threads = [threading.Thread(target=add, args=(library,)) for library in libraries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [IntakeOutcome.ADDED] * 3 + [IntakeOutcome.ALREADY] * 3
    assert len(opened().store.publications()) == 3


def test_progress_counts_every_file_once(opened: Open, shelf: Path):
    put(shelf, "a.html", OTHER)
    put(shelf, "b.html", PAPER)
    steps: list[tuple[int, int, str]] = []
    list(opened().add([shelf], progress=lambda *step: steps.append(step)))
    assert [step[:2] for step in steps] == [(1, 2), (2, 2)]
    assert {step[2] for step in steps} == {"a.html", "b.html"}


def test_a_file_can_be_given_for_a_publication_and_stops_being_another(opened: Open, shelf: Path):
    library = opened()
    path = put(shelf, "a.html", OTHER)
    one(library, path)
    given = library.add_as("lost", path)
    assert (given.outcome, given.match, given.publication.id) == (IntakeOutcome.ADDED, Match.GIVEN, "lost")
    assert [publication.id for publication in library.store.publications()] == ["lost"]
    assert library.document("lost").text and library.original("lost").read_text() == path.read_text()
    assert library.add_as("lost", path).outcome is IntakeOutcome.ALREADY
    with pytest.raises(UnknownPublication, match="own texts"):
        library.add_as("glossary", path)


def test_an_unknown_id_is_said_with_the_closest(opened: Open):
    library = opened()
    for call in (library.show, library.document, library.publication, library.remove, library.document_sha256):
        with pytest.raises(UnknownPublication, match="did you mean remedies"):
            call("remedys")
    with pytest.raises(UnknownPublication, match="icat list"):
        library.show("zzzzzzzz")


def test_what_is_shown_of_a_publication(opened: Open, shelf: Path):
    library = opened()
    one(library, put(shelf, "a.html", PAPER))
    details = library.show("remedies")
    assert details.listed.state is State.ORIGINAL and details.original == library.original("remedies")
    assert details.text_sha256 == library.document_sha256("remedies")
    assert (details.digest, details.problems) == ("", ())
    assert library.show("digest-remedies").listed.publication.id == "remedies"
    assert library.publication("digest-remedies").title == "About remedies"
    assert library.show("glossary").digest == "glossary"


def pdf(*lines: str) -> bytes:
    """A page with a large first line."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(lines):
        canvas.setFont("Helvetica", 11 if number else 18)
        canvas.drawString(72, 760 - 30 * number, line)
    canvas.save()
    return buffer.getvalue()


TITLE = "Remedies for Victims of Trafficking in Persons and Much More Beside Them"
TEXT = "States should make sure that victims have access to remedies in time."


@pytest.fixture()
def site() -> Iterator[tuple[str, dict[str, tuple[str, bytes]]]]:
    """A publisher's site on this machine: its address, and its pages to be filled in."""
    pages: dict[str, tuple[str, bytes]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Keeps the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", pages
        server.shutdown()
        thread.join()


def shop(home: Path, url: str) -> Library:
    known = (
        Publication(id="direct", title="A Paper of Another Title", file_url=f"{url}/direct.pdf"),
        Publication(id="linked", title=TITLE, landing=f"{url}/page"),
    )
    return Library(home, Catalogue(known), ())


SETTINGS = FetchSettings(allow_loopback=True)


def test_what_was_fetched_is_taken_in_and_the_download_is_gone(site, home: Path):
    url, pages = site
    pages["/direct.pdf"] = ("application/pdf", pdf("Whatever stands here", TEXT))
    library = shop(home, url)
    added = library.fetch("direct", settings=SETTINGS)
    assert (added.outcome, added.match, added.publication.id) == (IntakeOutcome.ADDED, Match.GIVEN, "direct")
    assert library.document("direct").paged and library.original("direct").suffix == ".pdf"
    assert library.publication("direct").mime == "application/pdf"
    assert [path.name for path in (home / "downloads").iterdir() if path.suffix != ".lock"] == []
    assert library.fetch("direct", settings=SETTINGS).outcome is IntakeOutcome.ALREADY


def test_a_file_found_on_a_landing_page_must_be_recognised(site, home: Path):
    url, pages = site
    pages["/page"] = ("text/html", f'<a href="/paper.pdf">{TITLE}</a>'.encode())
    pages["/paper.pdf"] = ("application/pdf", pdf("Privacy Notice of this Site", TEXT))
    library = shop(home, url)
    with pytest.raises(FetchError, match="does not carry its title; download it by hand"):
        library.fetch("linked", settings=SETTINGS)
    assert library.in_force() == ()
    pages["/paper.pdf"] = ("application/pdf", pdf(TITLE[:37], TITLE[37:], "October 2016", TEXT))
    assert library.fetch("linked", settings=SETTINGS).publication.id == "linked"
    assert library.in_force() == ("linked",)


# --- examined before it is kept, and set aside ---


def test_a_file_is_examined_without_being_kept_and_kept_as_corrected(opened: Open, shelf: Path):
    file = shelf / "boats.html"
    file.write_text(OTHER.format(more="x"))
    library = opened()
    examined = library.examine(file)
    assert isinstance(examined, Examined) and examined.match is Match.OWN
    assert (examined.publication.title, library.store.publications()) == ("A Study of Boats", ())
    own = corrected(examined.own, "On Boats", "2021-07", "fr")
    added = library.keep(examined, own)
    assert (added.outcome, added.publication.id) == (IntakeOutcome.ADDED, "on-boats")
    assert opened().publication("on-boats").date_label == "2021-07"
    again = library.examine(file)
    assert isinstance(again, Added) and again.outcome is IntakeOutcome.ALREADY


def test_what_is_not_corrected_keeps_its_source(opened: Open, shelf: Path):
    file = shelf / "boats.html"
    file.write_text(OTHER.format(more="x"))
    own = opened().examine(file).own
    assert corrected(own, "A Study of Boats", first_date(own), "en") == own
    assert corrected(own, "A Study of Boats", "", "en").published == ()
    for date in ("May 2020", "2020-13", "2020-05-12", "12"):
        with pytest.raises(ValueError):
            corrected(own, "A Study of Boats", date, "en")


def test_a_set_aside_original_gives_way_to_its_digest_and_its_id_waits_for_it(opened: Open, shelf: Path):
    paper, other = shelf / "p.html", shelf / "o.html"
    paper.write_text(PAPER.format(more="a"))
    other.write_text(OTHER.format(more="a"))
    library = opened()
    assert len([*library.add([paper, other])]) == 2
    library.set_aside("remedies")
    library.set_aside("a-study-of-boats")
    assert library.in_force() == ("digest-remedies", "glossary")
    namesake = shelf / "n.html"
    namesake.write_text(OTHER.format(more="b"))
    (added,) = library.add([namesake])
    assert added.publication.id != "a-study-of-boats"
    library.restore("a-study-of-boats")
    library.restore("remedies")
    assert set(library.in_force()) == {"remedies", "a-study-of-boats", added.publication.id, "glossary"}


def test_adding_a_file_again_that_was_set_aside_puts_it_where_it_was(opened: Open, shelf: Path):
    file = shelf / "o.html"
    file.write_text(OTHER.format(more="a"))
    library = opened()
    [*library.add([file])]
    library.set_aside("a-study-of-boats")
    (added,) = library.add([file])
    assert (added.outcome, added.publication.id) == (IntakeOutcome.ADDED, "a-study-of-boats")
    assert library.aside() == ()


def test_whose_words_each_is(opened: Open, shelf: Path):
    for name, text in (("p", PAPER), ("o", OTHER)):
        (shelf / f"{name}.html").write_text(text.format(more="a"))
    library = opened()
    before = {one.publication.id: one.whose for one in library.publications()}
    assert before == {"remedies": Whose.DIGEST, "letter": Whose.ICAT, "lost": Whose.ICAT, "glossary": Whose.PROJECT}
    [*library.add([shelf])]
    here = {one.publication.id: (one.whose, one.file, one.digest) for one in library.publications()}
    assert here["remedies"] == (Whose.ICAT, "p.html", "digest-remedies")
    assert here["a-study-of-boats"] == (Whose.ADDED, "o.html", "")


def test_the_projects_texts_are_listed_in_the_readers_language_where_they_are_in_it():
    def text(id: str, origin: Origin = Origin.STARTER) -> Publication:
        return Publication(
            id=id, title=id, kind=Kind.ADVICE, origin=origin, languages=(id[-2:] if "-" in id else "en",)
        )

    texts = [text("debts"), text("debts-fr"), text("debts-ru"), text("phones"), text("paper-fr", Origin.PUBLICATION)]
    assert in_other_languages(texts, "en") == {"debts-fr", "debts-ru"}
    assert in_other_languages(texts, "fr") == {"debts", "debts-ru"}
    assert in_other_languages(texts, "ar") == {"debts-fr", "debts-ru"}
