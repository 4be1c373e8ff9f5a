"""Downloads, against a real server on this machine: what arrives, what is refused, what goes on where it stopped."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from corpus.addresses import allowed, is_public
from corpus.errors import FetchError
from corpus.fetch import FetchSettings, fetch
from corpus.landing import pdf_link, same_site
from corpus.types import Publication

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 800 + b"\n%%EOF\n"  # 204,816 bytes
LOCAL = FetchSettings(allow_loopback=True, connect_seconds=5, read_seconds=5)


class Server(ThreadingHTTPServer):
    """Answers each path as it is told, and notes the headers of every request."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        self.server.answers[self.path](self)

    def log_message(self, *args: object) -> None:
        """Keeps the test's output clean."""


@pytest.fixture()
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def answer(status: int = 200, body: bytes = PDF, sent: int | None = None, **headers: str):
    """An answer with a length; `sent` bytes of the body go out, then the connection closes."""

    def run(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        fields = {"Content-Type": "application/pdf", "Content-Length": str(len(body))}
        for name, value in (fields | {key.replace("_", "-"): text for key, text in headers.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:sent])

    return run


def ranged(etag: str, body: bytes = PDF):
    """A server that goes on where it is asked to, if the file is still the same."""

    def run(handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        if wanted and handler.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            where = f"bytes {start}-{len(body) - 1}/{len(body)}"
            answer(206, body[start:], ETag=etag, Content_Range=where)(handler)
        else:
            answer(200, body, ETag=etag)(handler)

    return run


def publication(file_url: str = "", **fields: str) -> Publication:
    return Publication(id="brief", title="The Gender Dimensions of Human Trafficking", file_url=file_url, **fields)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_a_file_arrives_whole_with_its_digest_and_its_progress(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(302, b"", Location="/c", Content_Length="0")
    server.answers["/c"] = answer()
    seen: list[tuple[int, int | None]] = []
    fetched = fetch(publication(server.url("/b")), tmp_path, settings=LOCAL, progress=lambda *step: seen.append(step))
    assert fetched.path.read_bytes() == PDF
    assert (fetched.sha256, fetched.size, fetched.direct) == (sha256(PDF).hexdigest(), 204_816, True)
    assert seen[-1] == (204_816, 204_816)
    assert left(tmp_path) == ["brief.pdf"]


def test_what_broke_off_goes_on_where_it_stopped(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(sent=100_000, ETag='"v1"')
    with pytest.raises(FetchError, match="broke off; run the same again"):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)
    assert left(tmp_path) == ["brief.pdf.part", "brief.pdf.part.json"]
    kept = (tmp_path / "brief.pdf.part").stat().st_size
    assert 0 < kept <= 100_000

    server.answers["/b"] = ranged('"v1"')
    assert fetch(publication(server.url("/b")), tmp_path, settings=LOCAL).path.read_bytes() == PDF
    asked = server.asked[-1][1]
    assert (asked["range"], asked["if-range"]) == (f"bytes={kept}-", '"v1"')
    assert left(tmp_path) == ["brief.pdf"]


NEWER = b"%PDF-1.7\n" + b"new " * 9_000 + b"%%EOF"


@pytest.mark.parametrize(
    ("how", "answers"),
    [
        ("the file changed", ranged('"v2"', NEWER)),
        ("the server ignores ranges", answer(200, NEWER)),
        ("the server goes on from elsewhere", answer(206, NEWER[5:], Content_Range="bytes 5-36013/36014")),
        ("the server goes on with another version", None),
    ],
)
def test_a_download_starts_over_when_it_cannot_go_on(server: Server, tmp_path: Path, how: str, answers):
    server.answers["/b"] = answer(sent=100_000, ETag='"v1"')
    with pytest.raises(FetchError):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)
    kept = (tmp_path / "brief.pdf.part").stat().st_size

    def lying(handler: BaseHTTPRequestHandler) -> None:
        where = f"bytes {kept}-204815/204816"
        answer(206, PDF[kept:], ETag='"v3"', Content_Range=where)(handler)

    refusing = answers or lying

    def once(handler: BaseHTTPRequestHandler) -> None:
        (refusing if "Range" in handler.headers else answer(200, NEWER))(handler)

    server.answers["/b"] = once
    assert fetch(publication(server.url("/b")), tmp_path, settings=LOCAL).path.read_bytes() == NEWER


def test_a_finished_part_that_the_server_cannot_go_on_with_starts_over(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(sent=100_000, ETag='"v1"')
    with pytest.raises(FetchError):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)

    def unsatisfiable(handler: BaseHTTPRequestHandler) -> None:
        (answer(416, b"") if "Range" in handler.headers else answer())(handler)

    server.answers["/b"] = unsatisfiable
    assert fetch(publication(server.url("/b")), tmp_path, settings=LOCAL).path.read_bytes() == PDF


def test_a_part_that_cannot_be_checked_is_not_gone_on_with(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(sent=100_000)  # neither ETag nor Last-Modified
    with pytest.raises(FetchError):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)
    server.answers["/b"] = answer()
    assert fetch(publication(server.url("/b")), tmp_path, settings=LOCAL).path.read_bytes() == PDF
    assert "range" not in server.asked[-1][1]


def test_a_body_without_a_length_is_whole_only_with_its_end_mark(server: Server, tmp_path: Path):
    def unsized(body: bytes):
        def run(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/pdf")
            handler.end_headers()
            handler.wfile.write(body)

        return run

    server.answers["/b"] = unsized(PDF[:150_000])
    with pytest.raises(FetchError, match="broke off before its end"):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)
    assert left(tmp_path) == []
    server.answers["/b"] = unsized(PDF)
    assert fetch(publication(server.url("/b")), tmp_path, settings=LOCAL).size == 204_816


def test_the_size_limit_holds_whether_or_not_the_server_says_the_size(server: Server, tmp_path: Path):
    limit = replace(LOCAL, max_bytes=150_000)
    server.answers["/said"] = answer()
    with pytest.raises(FetchError, match="over the limit"):
        fetch(publication(server.url("/said")), tmp_path, settings=limit)
    assert left(tmp_path) == []

    def chunked(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"2710\r\n" + b"%PDF-" * 2_000 + b"\r\n")  # 10,000 bytes each
        except OSError:
            handler.close_connection = True  # the client has had enough, as it should

    server.answers["/unsaid"] = chunked
    with pytest.raises(FetchError, match="over the limit"):
        fetch(publication(server.url("/unsaid")), tmp_path, settings=limit)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(404, b"gone"), r"is not there \(404\)"),
        (answer(500, b"oops"), r"is not there \(500\)"),
        (answer(403, b"no"), r"does not let programs download it \(403\)"),
        (answer(200, b"<html>log in</html>", Content_Type="text/html"), "a web page, not a PDF"),
        (answer(200, b"<!DOCTYPE html><html>" * 99), "the server sent a web page"),
        (answer(200, b"PK\x03\x04" * 999), "what arrived is not a PDF"),
        (answer(200, b""), "what arrived is not a PDF"),
        (answer(200, b"\x89PNG", Content_Type="image/png"), "'image/png', not a PDF"),
    ],
)
def test_what_is_not_the_file_is_said_in_one_line_with_the_way_out(server, tmp_path, given, said):
    server.answers["/b"] = given
    landing = "https://publisher.example/brief"
    with pytest.raises(FetchError, match=said) as caught:
        fetch(publication(server.url("/b"), landing=landing), tmp_path, settings=LOCAL)
    line = str(caught.value)
    assert line.startswith("brief: ") and "\n" not in line
    assert line.endswith(f"download it by hand from {landing} and run `icat add FILE`")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/x.pdf",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/x.pdf",
        "http://[::ffff:192.168.0.1]/x.pdf",
        "http://0x0a000001/x.pdf",  # 10.0.0.1, as some resolvers read it
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server: Server, tmp_path: Path, target: str):
    server.answers["/b"] = answer(302, b"", Location=target)
    with pytest.raises(FetchError, match=r"not an address of the public internet|can't be found"):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)


def test_this_machine_is_refused_unless_a_test_says_otherwise(server: Server, tmp_path: Path):
    server.answers["/b"] = answer()
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(FetchError, match="not an address of the public internet"):
            fetch(publication(f"http://{host}:{server.server_port}/b"), tmp_path)
    assert server.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://publisher.example/x.pdf", "http://", "x.pdf"])
def test_only_http_is_spoken(tmp_path: Path, url: str):
    with pytest.raises(FetchError):
        fetch(publication(url), tmp_path, settings=LOCAL)


def test_redirects_end(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(302, b"", Location="/b")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetch(publication(server.url("/b")), tmp_path, settings=LOCAL)
    assert len(server.asked) == 6


def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address(server, tmp_path, monkeypatch):
    server.answers["/b"] = answer()
    real, asked = socket.getaddrinfo, []

    def rebinding(host, port, *args, **kwargs):
        if host == "publisher.example":
            asked.append(host)
            address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = f"http://publisher.example:{server.server_port}/b"
    assert fetch(publication(url), tmp_path, settings=LOCAL).size == 204_816
    assert asked == ["publisher.example"]
    assert server.asked[0][1]["host"] == f"publisher.example:{server.server_port}"


def test_offline_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="brief: no connection; is there a network"):
        fetch(publication(f"http://127.0.0.1:{port}/b"), tmp_path, settings=LOCAL)

    def offline(*args, **kwargs):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(FetchError, match=r"brief: publisher\.example: its address can't be found"):
        fetch(publication("https://publisher.example/b"), tmp_path)


def test_a_server_that_falls_silent_is_given_up_on(server: Server, tmp_path: Path):
    done = threading.Event()
    server.answers["/b"] = lambda handler: done.wait(10)
    with pytest.raises(FetchError, match="broke off"):
        fetch(publication(server.url("/b")), tmp_path, settings=replace(LOCAL, read_seconds=0.05))
    done.set()


def test_a_server_that_drips_for_ever_is_given_up_on(server: Server, tmp_path: Path):
    server.answers["/b"] = answer(ETag='"v1"')
    with pytest.raises(FetchError, match="took too long"):
        fetch(publication(server.url("/b")), tmp_path, settings=replace(LOCAL, total_seconds=0))
    assert "brief.pdf.part" in left(tmp_path)  # what came is kept


LANDING = """
    <a href="/about.pdf">About this site</a>
    <a href="/files/ib_03_refugee_status.pdf">Trafficking in Persons and Refugee Status</a>
    <a href="/files/ib_04.pdf">The Gender Dimensions of&nbsp;<b>Human Trafficking</b> (PDF)</a>
    <a href="/b">The Gender Dimensions of Human Trafficking</a>
"""


def test_the_link_on_a_landing_page_is_followed_and_marked_as_found_there(server: Server, tmp_path: Path):
    server.answers["/page"] = answer(200, LANDING.encode(), Content_Type="text/html; charset=utf-8")
    server.answers["/files/ib_04.pdf"] = answer()
    fetched = fetch(publication(landing=server.url("/page")), tmp_path, settings=LOCAL)
    assert (fetched.url, fetched.direct) == (server.url("/files/ib_04.pdf"), False)


def test_without_a_link_the_user_is_told_where_to_get_it(server: Server, tmp_path: Path):
    server.answers["/page"] = answer(200, b"<p>nothing here</p>", Content_Type="text/html")
    landing = server.url("/page")
    with pytest.raises(FetchError) as caught:
        fetch(publication(landing=landing), tmp_path, settings=LOCAL)
    advice = f"download it by hand from {landing} and run `icat add FILE`"
    assert str(caught.value) == f"brief: no direct link to its file is known; {advice}"
    with pytest.raises(FetchError, match="get it from its publisher and run `icat add FILE`"):
        fetch(publication(), tmp_path, settings=LOCAL)


def test_a_link_must_be_of_the_site_carry_the_title_and_be_the_only_one():
    title, url = "The Gender Dimensions of Human Trafficking", "https://icat.example.org/brief"
    assert pdf_link(LANDING, url, title) == "https://icat.example.org/files/ib_04.pdf"
    elsewhere = '<a href="https://other.example/gender.pdf">The Gender Dimensions of Human Trafficking</a>'
    assert pdf_link(elsewhere, url, title) is None
    twice = LANDING + '<a href="/ib_04_ru.pdf">The Gender Dimensions of Human Trafficking</a>'
    assert pdf_link(twice, url, title) is None
    by_file_name = '<a href="/x/Gender_Dimensions-of%20human_Trafficking.PDF">Download</a>'
    assert pdf_link(by_file_name, url, title).endswith("Trafficking.PDF")
    assert pdf_link('<a href="/privacy.pdf">Privacy</a>', url, title) is None


def test_a_site_is_a_host_and_its_parts():
    assert same_site("https://www.un.org/a", "https://migrationnetwork.un.org/b")
    assert same_site("https://un.org/a", "http://un.org:8080/b")
    assert not same_site("https://un.org.evil.example/a", "https://un.org/b")
    assert not same_site("https://notun.org/a", "https://un.org/b")
    assert not same_site("mailto:a@un.org", "https://un.org/b")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::10.0.0.1",
        "2002:7f00:1::", "2002:a00:1::", "64:ff9b::a00:1", "64:ff9b:1::1", "2001:0:102:304::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_near_home_is_not_public(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str):
    assert is_public(ip_address(address))


def test_one_private_address_among_public_ones_is_refused():
    with pytest.raises(FetchError, match=r"publisher\.example: refused, 10\.0\.0\.1"):
        allowed("publisher.example", [ip_address("8.8.8.8"), ip_address("10.0.0.1")], allow_loopback=True)
