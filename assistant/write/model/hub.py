"""The only door to the model hub for single files: what it has, and the file from where a download stopped.

By the library's `http_get` and not its `hf_hub_download`, which (2.4) begins anew each time it is
called, in a file of another name. That also goes without hf_xet, whose progress and half files are its own.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from assistant.errors import ShelfError
from assistant.model_settings import LOOPBACK
from corpus.addresses import resolve
from corpus.errors import FetchError

Progress = Callable[[int, int], None]  # bytes so far, bytes in all
BY_HAND = "take a file that you have: `icat model get --from FILE.gguf`"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub has it now."""

    url: str  # of this version; it leads to an address that is good for a while
    size: int  # bytes
    sha256: str


def look_up(repository: str, file: str, endpoint: str | None = None) -> HubFile:
    """What the hub says of a file, without a key of the user's. ShelfError, one line, where it says nothing.

    `endpoint`: another server of the same protocol (default: HF_ENDPOINT, else the library's own).
    """
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    url = hf_hub_url(repository, file, endpoint=endpoint)
    offline = f"no connection to the hub; is there a network? Or {BY_HAND}"
    with _explained(f"{repository}/{file}", offline), _in_public(url):
        found = get_hf_file_metadata(url, token=False)
    if found.size is None or not _SHA256.fullmatch(found.etag or ""):
        raise ShelfError(f"{repository}/{file}: the hub tells no size and sha256 to check it by; {BY_HAND}")
    return HubFile(hf_hub_url(repository, file, revision=found.commit_hash, endpoint=endpoint), found.size, found.etag)


def download(found: HubFile, part: Path, progress: Progress) -> None:
    """Brings `part` to the file's size, from where it ends; what it holds is not checked.

    ShelfError, one line, when it broke off: what came is kept for the next time. OSError of the disk.
    """
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import logging

    logging.set_verbosity_error()  # it tells each try, with the address
    broken = "the connection broke off; run the same again, it goes on where it stopped"
    with _explained(part.stem, broken), _in_public(found.url), _Growing(part, found.size, progress) as file:
        if file.tell() > found.size:
            file.truncate(0)
            file.seek(0)
        # Compressed, the server would ignore where to go on.
        plain = {"Accept-Encoding": "identity"}
        http_get(found.url, file, resume_size=file.tell(), expected_size=found.size, headers=plain)
        file.flush()
        os.fsync(file.fileno())


class _Growing(io.BufferedWriter):
    """A file that is written on at its end, and tells how far it is."""

    def __init__(self, path: Path, size: int, progress: Progress) -> None:
        super().__init__(io.FileIO(path, "a"))
        self._size, self._progress = size, progress

    def write(self, block: bytes) -> int:
        written = super().write(block)
        self._progress(self.tell(), self._size)
        return written


@contextmanager
def _in_public(url: str) -> Iterator[None]:
    """Within, the hub can lead to the public internet or to itself, and to no machine nearby. FetchError if it does.

    A proxy that the environment names looks names up itself, and is trusted with that.
    """
    from huggingface_hub.utils import get_session

    hub = urlsplit(url).hostname

    def check(request: Any) -> None:
        if request.url.host != hub and not {"http", "https", "all"} & getproxies().keys():
            resolve(request.url.host, request.url.port or 443, allow_loopback=hub in LOOPBACK)

    hooks = get_session().event_hooks["request"]
    hooks.append(check)
    try:
        yield
    finally:
        hooks.remove(check)


@contextmanager
def _explained(what: str, broken: str) -> Iterator[None]:
    """Turns what the library raises into one line of ours. `broken`: what to say of a connection that fails."""
    from huggingface_hub import errors

    try:
        yield
    except FetchError as error:
        raise ShelfError(f"{what}: {error}; {BY_HAND}") from None
    except errors.OfflineModeIsEnabled:
        raise ShelfError(f"{what}: HF_HUB_OFFLINE forbids downloads; unset it, or {BY_HAND}") from None
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status in (401, 403, 404):
            raise ShelfError(f"{what}: the hub has no such file, or only for who signs in; {BY_HAND}") from None
        raise ShelfError(f"{what}: the hub answered {status}; run the same again later, or {BY_HAND}") from None
    except errors.HTTPError:
        raise ShelfError(f"{what}: {broken}") from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise ShelfError(f"{what}: {broken}") from None  # fewer bytes came than the server had said
