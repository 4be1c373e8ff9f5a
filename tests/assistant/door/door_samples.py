"""A door in front of an application that says what came through to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.app.server import NEEDS, sign_in_of
from assistant.door.accounts import Accounts, UserRole
from assistant.door.door import Door
from assistant.door.visitor import visitor_of
from assistant.settings import Settings

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
WORDS = "seven quiet herons"
ELSEWHERE = "192.0.2.7"  # an address for examples
BROWSER = {"accept": "text/html,*/*;q=0.8"}


async def through(request: Request) -> JSONResponse:
    visitor = visitor_of(request)
    size = len(await request.body())
    return JSONResponse({"path": request.url.path, "size": size, "role": visitor.role, "local": visitor.local})


def accounts_in(home: Path) -> Accounts:
    """One account of each role, named like it."""
    accounts = Accounts(home, CHEAP)
    for role in UserRole:
        accounts.add(role.value, role, WORDS)
    return accounts


def client_of(
    home: Path, signed: bool = False, address: str = ELSEWHERE, base: str = "", **settings: Any
) -> TestClient:
    """Asks through a door. `signed`: whether people have to sign in, as one of `accounts_in`."""
    found = Settings(home=home, **{"open_to_anyone": not signed, **settings})
    sign_in = sign_in_of(found, Accounts(home, CHEAP)) if signed else None
    routes = [Route("/{path:path}", through, methods=["GET", "POST", "PUT"])]
    door = Door(Starlette(routes=routes), found, sign_in, NEEDS)
    url = base or "http://127.0.0.1:7860"
    return TestClient(door, base_url=url, client=(address, 50000), follow_redirects=False)


def enter(client: TestClient, name: str, password: str = WORDS, **headers: str) -> Any:
    """Signs in as a browser does."""
    sent = {"username": name, "password": password, "language": "en"}
    return client.post("/login", data=sent, headers={**BROWSER, **headers})
