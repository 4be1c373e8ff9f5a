"""Who sends a request: somebody at this machine, or from elsewhere, as what; and in which language they read."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from starlette.requests import Request

from assistant.door.accounts import UserRole
from assistant.model_settings import LOOPBACK
from assistant.texts.catalogue import LANGUAGES, accepted

CHOSEN = "icat-language"  # the cookie of a choice, and the header by which a page says what it speaks
# What proxies add. Behind one, everybody seems to sit at this machine.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
ROLE = "icat-role"  # of who is signed in, in the scope of a request


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks."""

    local: bool  # at this machine, as far as can be told
    role: UserRole | None = None  # None: nobody signs in here


STRANGER = Visitor(local=False)


def visitor_of(request: Request) -> Visitor:
    """Local: it comes from this machine, through no proxy, to an address that only this machine has.

    The last keeps out the page of another site whose name was made to lead here.
    """
    role = request.scope.get(ROLE)
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return Visitor(local=False, role=role)
    try:
        here = ip_address(request.client.host).is_loopback
    except ValueError:
        here = False
    return Visitor(local=here and request.url.hostname in LOOPBACK, role=role)


def language_of(request: Request) -> str:
    """What is spoken to whoever asks: as their page, as they chose, else what their browser asks for."""
    for said in (request.headers.get(CHOSEN), request.cookies.get(CHOSEN)):
        if said in LANGUAGES:
            return said
    return accepted(request.headers.get("accept-language", ""))
