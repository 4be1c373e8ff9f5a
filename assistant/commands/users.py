"""`icat users`: who may sign in, and as what. A password is never an argument, which other programs could read."""

from __future__ import annotations

import argparse
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from assistant.commands.output import NOTHING, as_json, line
from assistant.door.accounts import Accounts, UserRole
from assistant.errors import AccountError
from assistant.settings import Settings

EXAMPLES = """examples:
  icat users add ana --role maintainer            asks for a password twice
  icat users add ben --role reader < password     or takes it from the first line of its input
  icat users add eva@example.org --role reviewer --oidc    signs in with the provider of ICAT_OIDC_ISSUER
  icat users list
  icat users role ben reviewer
  icat users password ana                         who is signed in with the old one is signed out
  icat users remove ben

roles: a reader asks, drafts, uses the Toolkit and reads the library; a reviewer also reviews; a maintainer also adds
and removes publications.
exit codes: 0 done, 1 error, 2 usage, 3 there are no users (list)"""


def add_commands(users: ArgumentParser) -> None:
    """The commands under `icat users`."""
    users.epilog, users.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    commands = users.add_subparsers(dest="users_command", metavar="COMMAND", required=True)
    roles = [role.value for role in UserRole]

    def command(name: str, help: str, named: bool = True) -> ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        if named:
            made.add_argument("name", metavar="NAME")
        return made

    add = command("add", "let somebody sign in; the password is asked for, or the first line of the input")
    add.add_argument("--role", choices=roles, required=True)
    add.add_argument("--oidc", action="store_true", help="no password: the OpenID Connect provider knows them so")
    command("list", "list who may sign in", named=False).add_argument("--json", action="store_true")
    command("role", "give somebody another role").add_argument("role", choices=roles)
    command("password", "give somebody another password; their sessions end")
    command("remove", "let somebody sign in no longer; their sessions end")


def users(arguments: Namespace, settings: Settings) -> int:
    """One of the commands."""
    accounts, chosen = Accounts(settings.home), arguments.users_command
    if chosen == "list":
        return _list(accounts, arguments.json)
    if chosen == "add":
        accounts.add(arguments.name, UserRole(arguments.role), None if arguments.oidc else _password())
        line(f"{arguments.name} can sign in, as a {arguments.role}; where `icat serve` runs open, start it anew")
    elif chosen == "role":
        accounts.change(arguments.name, role=UserRole(arguments.role))
        line(f"{arguments.name} is a {arguments.role} now")
    elif chosen == "password":
        accounts.change(arguments.name, password=_password())
        line(f"{arguments.name} has another password, and is signed out everywhere")
    else:
        accounts.remove(arguments.name)
        line(f"{arguments.name} can't sign in any more")
    return 0


def _list(accounts: Accounts, json: bool) -> int:
    found = {name: account.role.value for name, account in sorted(accounts.all().items())}
    if json:
        as_json([{"name": name, "role": role} for name, role in found.items()])
    else:
        for name, role in found.items():
            line(f"{role:<11} {name}")
    if not found:
        sys.stderr.write("icat: nobody may sign in yet; `icat users add NAME --role maintainer`\n")
    return 0 if found else NOTHING


def _password() -> str:
    """From the terminal, twice; else the first line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("password: ")
    if getpass("once more: ") != password:
        raise AccountError("these are two different passwords; nothing was changed")
    return password
