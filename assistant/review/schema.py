"""The file reviews are kept in: its tables, the steps from older versions, and connections to it.

One writer at a time (BEGIN IMMEDIATE), any number of readers beside it (write-ahead log). A commit is on the disk
before it returns (synchronous=FULL): with NORMAL a power cut may take the last commits of such a log along, and a
verdict that was shown as saved must be there. A person judges a sentence every few seconds; a flush costs nothing.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ReviewError

FILE = "reviews.sqlite"
WAIT_SECONDS = 20.0  # for another writer; each holds the file for milliseconds


def _migrations() -> Sequence[Sequence[str]]:
    """One entry a version, from 1: the statements of `schema.sql` that bring a file of the version before to it."""
    _, *versions = re.split(r"^-- version \d+$", Path(__file__).with_suffix(".sql").read_text("utf-8"), flags=re.M)
    plain = (re.sub(r"^--.*$", "", version, flags=re.M) for version in versions)
    return tuple(tuple(each.strip() for each in version.split(";") if each.strip()) for version in plain)


MIGRATIONS = _migrations()
VERSION = len(MIGRATIONS)


class _Connection:
    """A connection that is closed when its thread ends, whichever thread finds out."""

    def __init__(self, path: Path) -> None:
        self.process = os.getpid()
        self.sql = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        self.sql.execute("PRAGMA foreign_keys = ON")
        self.sql.execute("PRAGMA synchronous = FULL")
        self.sql.execute("PRAGMA secure_delete = ON")  # a review that is removed leaves no names behind

    def __del__(self) -> None:
        # A connection that another process opened must not be closed by its fork: SQLite's locks are the process's.
        if getattr(self, "process", None) == os.getpid() and hasattr(self, "sql"):
            self.sql.close()


class Database:
    """One file of reviews. Each thread gets a connection of its own."""

    def __init__(self, folder: Path) -> None:
        """Makes the file, or brings it to this version. ReviewError when it can't be used."""
        self.path = folder / FILE
        self._own = threading.local()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Only its owner may read it: it holds questions, and names. One that is there is not opened: to close it
            # again would take away the locks that SQLite holds on it for this process, and another one would then
            # delete the log that is in use (sqlite.org/howtocorrupt.html, 2.2).
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with FileLock(folder / "reviews.lock", timeout=WAIT_SECONDS):
                self._prepare()
        except Timeout:
            raise ReviewError(f"{self.path}: another icat is opening it; try again") from None
        except OSError as error:
            raise ReviewError(f"{self.path}: not usable ({error.strerror}); set ICAT_HOME to another folder") from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file for all that is read in the block."""
        with self._transaction("BEGIN") as sql:
            yield sql

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of the block is kept or, when it raises, none of it; no other writer comes between."""
        with self._transaction("BEGIN IMMEDIATE") as sql:
            yield sql

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            sql = self._connection()
            sql.execute(begin)
            try:
                yield sql
                sql.execute("COMMIT")
            except BaseException:
                if sql.in_transaction:
                    sql.execute("ROLLBACK")
                raise
        except sqlite3.IntegrityError:
            raise  # a fault of ours
        except sqlite3.OperationalError as error:
            raise ReviewError(f"{self.path}: {error}; try again, or see that the disk has room") from error
        except sqlite3.DatabaseError as error:
            raise ReviewError(f"{self.path}: damaged ({error}); move it away to begin a new one") from error

    def _connection(self) -> sqlite3.Connection:
        own: _Connection | None = getattr(self._own, "connection", None)
        if own is None or own.process != os.getpid():
            own = _Connection(self.path)
            self._own.connection = own
        return own.sql

    def _prepare(self) -> None:
        """The caller holds the lock: two processes that turn the log on at once would fail each other."""
        try:
            sql = self._connection()
            found = sql.execute("PRAGMA user_version").fetchone()[0]
            if found > VERSION:
                raise ReviewError(
                    f"{self.path} has version {found}, this icat reads up to {VERSION}; use the newer icat"
                )
            if sql.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                sql.execute("PRAGMA journal_mode = WAL")
        except sqlite3.DatabaseError as error:
            raise ReviewError(f"{self.path}: no file of reviews ({error}); move it away to begin a new one") from error
        if found < VERSION:
            with self.writing() as sql:
                for step in MIGRATIONS[found:]:
                    for statement in step:
                        sql.execute(statement)
                sql.execute(f"PRAGMA user_version = {VERSION}")
