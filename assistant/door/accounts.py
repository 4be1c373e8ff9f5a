"""Who may sign in, and as what: a file in the data folder, for its owner only, with a hash of each password."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from filelock import FileLock
from pydantic import Field, TypeAdapter, ValidationError

from assistant import extras
from assistant.errors import AccountError, NotServed
from assistant.model_settings import LOOPBACK
from assistant.settings import Settings
from corpus.disk import exchange
from corpus.types import StrictModel

FILE = "users.json"
EVERYWHERE = ("0.0.0.0", "::")
SHORTEST, LONGEST = 12, 1000  # characters of a password; that many are no more work to hash than few
LONGEST_NAME = 64
_NAME = re.compile(rf"[^\W_][\w.@+-]{{0,{LONGEST_NAME - 1}}}")


class UserRole(StrEnum):
    """What somebody may do; each may also do what those before it may."""

    READER = "reader"  # ask, draft, browse the Toolkit, read the library
    REVIEWER = "reviewer"  # review
    MAINTAINER = "maintainer"  # add and remove publications

    def covers(self, other: UserRole) -> bool:
        order = list(UserRole)
        return order.index(self) >= order.index(other)


class Account(StrictModel):
    """Somebody who may sign in."""

    role: UserRole
    password: str = Field(repr=False, description="its hash, with how it was made; '' for who signs in with a provider")


_FORM = TypeAdapter(dict[str, Account])


class Accounts:
    """The accounts of a data folder, by name; read anew whenever their file changed."""

    def __init__(self, home: Path, hasher: PasswordHasher | None = None) -> None:
        self._file = home / FILE
        self._hasher = hasher or PasswordHasher()
        self._read: tuple[object, Mapping[str, Account]] = (None, {})

    def all(self) -> Mapping[str, Account]:
        """AccountError, one line, when the file is none of ours."""
        try:
            found = self._file.stat()
            state = (found.st_mtime_ns, found.st_size, found.st_ino)
            if self._read[0] != state:
                self._read = state, _FORM.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not as `icat users` writes it"
            raise AccountError(f"{self._file}: cannot be read: {reason}; mend it, or delete it and add users") from None
        return self._read[1]

    def add(self, name: str, role: UserRole, password: str | None) -> None:
        """AccountError for a name that is taken or none, and a password that is too easy. None: a provider has it."""
        if not _NAME.fullmatch(name := plain(name)):
            raise AccountError(f"{name!r} is no name: wanted up to 64 letters, digits and . @ + - _, a letter first")
        with self._changed() as accounts:
            if name in accounts:
                raise AccountError(f"{name} is there already; see `icat users list`, change the password or the role")
            accounts[name] = Account(role=role, password="" if password is None else self._hashed(name, password))

    def remove(self, name: str) -> None:
        with self._changed() as accounts:
            del accounts[self._known(name, accounts)]

    def change(self, name: str, *, role: UserRole | None = None, password: str | None = None) -> None:
        """Another role or password; who is signed in with the old password is not any more."""
        with self._changed() as accounts:
            known = self._known(name, accounts)
            there = accounts[known]
            hashed = there.password if password is None else self._hashed(known, password)
            accounts[known] = Account(role=role or there.role, password=hashed)

    def verify(self, name: str, password: str) -> Account | None:
        """The account of this name and password; None where there is none, after as long for an unknown name."""
        found = self.all().get(plain(name))
        account = found if found and found.password else None
        try:
            self._hasher.verify(account.password if account else self._decoy, normalize("NFKC", password)[:LONGEST])
        except (VerifyMismatchError, InvalidHashError):
            return None
        return account

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash("nobody's")

    @staticmethod
    def _known(name: str, accounts: Mapping[str, Account]) -> str:
        if (name := plain(name)) not in accounts:
            raise AccountError(f"there is no user {name!r}; there are: {', '.join(sorted(accounts)) or 'none'}")
        return name

    def _hashed(self, name: str, password: str) -> str:
        password = normalize("NFKC", password)
        if not SHORTEST <= len(password) <= LONGEST:
            raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters; several words are easy to keep")
        if password.casefold().strip() == name or len(set(password)) < 5:
            raise AccountError("this password is guessed at once; take several words")
        return self._hasher.hash(password)

    @contextmanager
    def _changed(self) -> Iterator[dict[str, Account]]:
        """The accounts to be changed; written whole when the block ends well, nobody else between."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file.with_suffix(".lock")):
            accounts = dict(self.all())
            yield accounts
            content = json.dumps(_FORM.dump_python(accounts, mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
            exchange(self._file, content.encode(), mode=0o600)


def who_signs_in(settings: Settings) -> Accounts | None:
    """The accounts, where there are any; None where nobody has to sign in.

    NotServed where other machines could reach it, nobody has to, and nobody said that this is meant.
    """
    accounts = Accounts(settings.home)
    if settings.open_to_anyone:
        return None
    if settings.oidc.issuer:
        extras.require("authlib", "oidc", "signing in with a provider (ICAT_OIDC_ISSUER)")
        if not settings.hosts and settings.host.strip("[]") in EVERYWHERE:
            raise NotServed(f"{settings.host}: no name that a provider could lead people back to; set ICAT_HOSTS")
        return accounts
    if accounts.all():
        return accounts
    elsewhere = [host for host in (settings.host, *settings.hosts) if not _only_here(host)]
    if not elsewhere:
        return None
    raise NotServed(
        f"{elsewhere[0]}: other machines can reach this address, and nobody would have to sign in; "
        "add who may: `icat users add NAME --role maintainer`; or say that anyone may: `--open-to-anyone`"
    )


def _only_here(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOOPBACK


def plain(name: str) -> str:
    """A name as it is kept: however it is written, it is the same one."""
    return normalize("NFKC", name).strip().casefold()
