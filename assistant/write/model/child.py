"""The process in which a model runs on this machine: its start, its address and key, whether it lives, its end."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from urllib.parse import urlsplit

from assistant.write.model import serving
from assistant.write.model.types import ModelFault, Reason
from corpus.deadline import deadline

HEALTH_SECONDS = 5.0
SAID_MOST = 200  # characters of llama.cpp's own words
# Its threads otherwise wait for each other by spinning: beside a busy process it loads in 6.6 s in place of 0.7.
ENVIRONMENT = {"GOMP_SPINCOUNT": "0"}
_ERROR = re.compile(r"^[\d.]+ E (?:.*?: )(.+)$", re.M)  # a line of llama.cpp's log: time, E for error, function, words
_SAYS_LITTLE = re.compile(r"failed to load model|model loading error")


class ModelChild:
    """One child. Started by one thread, which waits until it is ready; asked by any."""

    def __init__(self, order: serving.Order) -> None:
        """Starts it and does not wait."""
        self.key, self.address = order["key"], ""
        self._file = order["file"]
        # Not a pipe, which would stop it once it is full. Closed by `end`.
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-P", serving.__file__],  # -P: modules beside this one have names of the standard library
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=ENVIRONMENT | os.environ,
        )
        assert self._process.stdin is not None
        with suppress(OSError):  # it is gone already: `ready` will tell
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def ready(self, seconds: float) -> bool:
        """Waits until it answers; False where it died instead. ModelFault: it takes longer, or can't run the file."""
        with deadline(seconds, self.kill) as late:
            assert self._process.stdout is not None
            self.address = self._process.stdout.readline().decode().strip()
            if self.address and self.healthy():
                return True
        if late.is_set():
            raise ModelFault(Reason.DOWN, f"{self._file} was not ready within {seconds:g} s; use a smaller model")
        if not self.address and self._process.wait() > 0 and (said := self._said()):
            raise ModelFault(
                Reason.NOT_THERE, f"{self._file} can't be run: {said}; fetch it again (`icat model get`) or use another"
            )
        return False

    def healthy(self) -> bool:
        """Whether it says that it is. Asked without any proxy: it is on this machine."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=HEALTH_SECONDS)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Ends it, and waits for that. From any thread: who waits in `ready` hears of it."""
        self._process.kill()
        self._process.wait()

    def end(self) -> str:
        """Ends it where it has not ended, and says how it did, in a few words. Nothing else may be asked after that."""
        self.kill()
        code, said = self._process.returncode, self._said()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with suppress(OSError):  # what was not flushed has no reader
                if stream is not None:
                    stream.close()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"{how}: {said}" if said else how

    def _said(self) -> str:
        """The reason that its log gives, in one line; '' for none."""
        self._errors.seek(0)
        text = self._errors.read().decode(errors="replace")
        errors = _ERROR.findall(text) or text.strip().splitlines()[-1:]
        telling = [line for line in errors if not _SAYS_LITTLE.search(line)] or errors
        return " ".join(telling[0].split())[:SAID_MOST] if telling else ""
