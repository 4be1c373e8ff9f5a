"""Downloading an original: the one place that speaks HTTP.

Only http(s), only to public addresses, at every hop. A name is resolved once and the connection goes to the
address that was checked, so a name that changes its address in between gains nothing. What is interrupted is
kept beside the target (`.part`, and what is needed to go on in `.part.json`) and continued the next time.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from corpus.addresses import resolve
from corpus.disk import LARGEST_FILE, file_sha256
from corpus.errors import FetchError
from corpus.landing import pdf_link
from corpus.partial import HEAD_BYTES, Partial
from corpus.types import Publication

MIB = 1 << 20
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_REDIRECTS = {301, 302, 303, 307, 308}
_PDF_TYPES = ("pdf", "octet-stream", "download", "unknown")  # parts of what servers call one
Progress = Callable[[int, int | None], None]  # bytes so far, bytes in all (None: the server does not say)


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits of one download."""

    max_bytes: int = LARGEST_FILE
    max_page_bytes: int = 4 * MIB  # of a landing page
    connect_seconds: float = 10.0
    read_seconds: float = 30.0  # without a byte
    total_seconds: float = 1800.0  # a slow line, not a server that drips for ever
    redirects: int = 5
    allow_loopback: bool = False  # for tests: their server is on this machine
    agent: str = "icat-assistant/0.1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that arrived whole."""

    path: Path
    sha256: str
    size: int  # bytes
    url: str  # that was asked for; redirects may have led elsewhere
    direct: bool  # False: the link was found on the landing page, so what the file is must still be checked


def fetch(
    publication: Publication,
    folder: Path,
    *,
    settings: FetchSettings | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Downloads a publication's PDF to `folder`/<id>.pdf. FetchError, one line, when that can't be done."""
    settings = settings or FetchSettings()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "fetch.lock", timeout=0), _client(settings) as client, _explained(publication):
            url = publication.file_url or _linked(client, publication, settings)
            partial = Partial(folder / f"{publication.id}.pdf.part")
            size = _download(client, url, partial, settings, progress or (lambda done, total: None))
            path = folder / f"{publication.id}.pdf"
            partial.finish(path)
    except Timeout as error:
        raise FetchError(f"{folder}: another download is running; try again when it is done") from error
    return Fetched(path, file_sha256(path), size, url, direct=bool(publication.file_url))


def by_hand(publication: Publication) -> str:
    """What a user can do instead."""
    source = publication.landing or publication.file_url
    where = f"download it by hand from {source}" if source else "get it from its publisher"
    return f"{where} and run `icat add FILE`"


class _PublicOnly(httpx.BaseTransport):
    """Connects to an address that was checked; the host stays in the Host header and in the TLS handshake."""

    def __init__(self, inner: httpx.BaseTransport, allow_loopback: bool) -> None:
        self._inner = inner
        self._allow_loopback = allow_loopback

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in ("http", "https"):
            raise FetchError(f"{url}: refused, only http and https")
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = resolve(url.host, port, self._allow_loopback)
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            pinned = httpx.Request(
                request.method,
                url.copy_with(host=str(address)),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": url.raw_host.decode()},
            )
            try:
                return self._inner.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if last == 0:
                    raise
        raise FetchError(f"{url.host}: has no address")

    def close(self) -> None:
        self._inner.close()


def _client(settings: FetchSettings) -> httpx.Client:
    # No connection is kept: one opened for a host must not serve another at the same address.
    # Proxies from the environment are not used: behind one, nobody could check where a request goes.
    transport = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)
    return httpx.Client(
        transport=_PublicOnly(transport, settings.allow_loopback),
        timeout=httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds),
        headers={"User-Agent": settings.agent, "Accept-Encoding": "identity"},
        trust_env=False,
    )


@contextmanager
def _explained(publication: Publication) -> Iterator[None]:
    """Turns what the HTTP library raises into one line of ours, with the way out."""
    try:
        yield
    except FetchError as error:
        raise FetchError(f"{publication.id}: {error}; {by_hand(publication)}") from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        reason = "its certificate is not trusted" if "SSL" in str(error) else "no connection; is there a network"
        raise FetchError(f"{publication.id}: {reason}? Or {by_hand(publication)}") from error
    except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.TimeoutException) as error:
        raise FetchError(
            f"{publication.id}: the connection broke off; run the same again, it goes on where it stopped"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{publication.id}: {error}; {by_hand(publication)}") from error


@contextmanager
def _get(client: httpx.Client, url: str, settings: FetchSettings, headers: dict[str, str]) -> Iterator[httpx.Response]:
    """The final response, body unread, after at most so many redirects, each as restricted as the first."""
    for _ in range(settings.redirects + 1):
        response = client.send(client.build_request("GET", url, headers=headers), stream=True)
        try:
            if response.status_code not in _REDIRECTS:
                yield response
                return
            target = response.url.join(response.headers.get("location", ""))
            if response.url.scheme == "https" and target.scheme != "https":
                raise FetchError(f"{url}: refused, it leads from https to {target.scheme}")
            url = str(target)
        finally:
            response.close()
    raise FetchError(f"{url}: more than {settings.redirects} redirects")


def _linked(client: httpx.Client, publication: Publication, settings: FetchSettings) -> str:
    """The PDF that the landing page links to. FetchError when it names none, or more than one."""
    if publication.landing:
        with _get(client, publication.landing, settings, {}) as response:
            _check_status(response)
            content = bytearray()
            for block in response.iter_bytes():
                content += block
                if len(content) > settings.max_page_bytes:
                    raise FetchError(f"{publication.landing}: the page is too large")
            page = content.decode(response.charset_encoding or "utf-8", errors="replace")
            if link := pdf_link(page, str(response.url), publication.title):
                return link
    raise FetchError("no direct link to its file is known")


def _download(client: httpx.Client, url: str, partial: Partial, settings: FetchSettings, progress: Progress) -> int:
    """Brings the partial file to its full length, in bytes; goes on from what is there if the server can."""
    kept = partial.resumable(url)
    headers = {"Range": f"bytes={kept}-", "If-Range": partial.validator} if kept else {}
    with _get(client, url, settings, headers) as response:
        if kept and not _continues(response, kept, partial.validator):
            kept = 0
            partial.discard()
            if response.status_code != 200:
                return _download(client, url, partial, settings, progress)
        _check_status(response)
        _check_type(response)
        total = _total(response)
        if total is not None and total > settings.max_bytes:
            raise FetchError(f"{total / MIB:.0f} MiB is over the limit of {settings.max_bytes / MIB:.0f} MiB")
        partial.describe(url, _validator(response))
        size = _receive(response, partial, kept, total, settings, progress)
    if total is None and not partial.ends_like_a_pdf():
        partial.discard()
        raise FetchError("the file broke off before its end; try again")
    return size


def _receive(
    response: httpx.Response,
    partial: Partial,
    kept: int,
    total: int | None,
    settings: FetchSettings,
    progress: Progress,
) -> int:
    """Appends the body; gives the length of all. FetchError on another type, too much, or too long."""
    until = time.monotonic() + settings.total_seconds
    size, checked = kept, kept >= HEAD_BYTES
    with partial.path.open("ab") as file:
        for block in response.iter_bytes(64 * 1024):
            file.write(block)
            size += len(block)
            progress(size, total)
            if size > settings.max_bytes:
                partial.discard()
                raise FetchError(f"over the limit of {settings.max_bytes / MIB:.0f} MiB")
            if not checked and size >= HEAD_BYTES:
                file.flush()
                partial.check_magic()
                checked = True
            if time.monotonic() > until:
                raise FetchError("it took too long; run the same again, it goes on where it stopped")
        file.flush()
        os.fsync(file.fileno())
    partial.check_magic()
    return size


def _continues(response: httpx.Response, kept: int, validator: str) -> bool:
    """Whether a response goes on exactly where the partial file ends, in the same version of the file."""
    found = _RANGE.fullmatch(response.headers.get("content-range", ""))
    same = response.headers.get("etag", validator) == validator or not validator.startswith('"')
    return response.status_code == 206 and bool(found) and int(found[1]) == kept and same


def _total(response: httpx.Response) -> int | None:
    """Bytes of the whole file. None when the server does not say."""
    if response.status_code == 206:
        found = _RANGE.fullmatch(response.headers.get("content-range", ""))
        return int(found[2]) if found and found[2] != "*" else None
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() and "content-encoding" not in response.headers else None


def _validator(response: httpx.Response) -> str:
    """What proves, next time, that the file is still the same: a strong ETag, else a date, else nothing."""
    if "content-encoding" in response.headers:
        return ""
    tag = response.headers.get("etag", "")
    return tag if tag.startswith('"') else response.headers.get("last-modified", "")


def _check_status(response: httpx.Response) -> None:
    if response.status_code in (401, 403, 429):
        raise FetchError(f"{response.url.host} does not let programs download it ({response.status_code})")
    if response.status_code not in (200, 206):
        raise FetchError(f"{response.url} is not there ({response.status_code})")


def _check_type(response: httpx.Response) -> None:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind and not any(part in kind for part in _PDF_TYPES):
        what = "a web page" if "html" in kind else f"{kind[:60]!r}"
        raise FetchError(f"the server sent {what}, not a PDF")
