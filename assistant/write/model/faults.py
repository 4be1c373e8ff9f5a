"""What a library raises becomes a ModelFault: told by status codes and names, without the library or the key."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from assistant.model_settings import KEY_VARIABLE
from assistant.write.model.types import ModelFault, Reason

RETRY_MOST = 5.0  # seconds; a server that wants a longer pause is busy for this reader
SAID_MOST = 200  # characters of a server's own words that an operator gets to see
_GATEWAY = frozenset({408, 502, 503, 504})  # transport faults that pass
_BAD_REPLIES = (ValueError, TypeError, AttributeError, LookupError)  # what parsing a foreign reply ends in
_TOO_LONG = re.compile(
    r"exceed\w*.{0,40}context|context.{0,20}(?:length|size|window)|maximum.{0,20}(?:context|tokens)|prompt is too long"
    r"|too many tokens|reduce the length",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(r"insufficient_quota|credit balance|billing", re.IGNORECASE)


def fault_of(error: Exception, key: str, begun: bool) -> Exception:
    """The fault behind an error; the error itself where it is none of a model's.

    `begun`: whether text has come; a connection that breaks then has cut it off.
    """
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(status, error, key)
    if _named(error, "APIConnectionError") or _of_package(error, "httpx", "httpcore"):
        if begun:
            return ModelFault(Reason.CUT_OFF, "the connection broke while the text was being written")
        return ModelFault(Reason.DOWN, f"no connection ({_cause(error, key)}); see ICAT_MODEL_BASE_URL", 0.0)
    if _named(error, "APIError"):
        said = _said(error, key)
        if _TOO_LONG.search(said):
            return ModelFault(Reason.TOO_LONG, said)
        return ModelFault(Reason.CUT_OFF if begun else Reason.DOWN, f"the server reported: {said or 'an error'}")
    if isinstance(error, _BAD_REPLIES):
        return ModelFault(Reason.GARBAGE, f"the reply is not of the protocol ({type(error).__name__})")
    return error


def _of_status(status: int, error: Exception, key: str) -> ModelFault:
    """By HTTP status. The server's words are left out where they may repeat a part of the key."""
    said = _said(error, key)
    shown = f"HTTP {status}" + (f": {said}" if said else "")
    if status in (401, 403):
        return ModelFault(Reason.REFUSED, f"HTTP {status}; see {KEY_VARIABLE} and what this key may use")
    if status == 404:
        return ModelFault(Reason.NOT_THERE, f"{shown}; see ICAT_MODEL_NAME and ICAT_MODEL_BASE_URL")
    if 300 <= status < 400:
        return ModelFault(Reason.NOT_THERE, f"HTTP {status}: the address has moved; see ICAT_MODEL_BASE_URL")
    if status == 402 or (status == 429 and _NO_CREDIT.search(_whole(error))):
        return ModelFault(Reason.REFUSED, f"HTTP {status}: the account has no credit left")
    if status in (429, 529):  # 529: Anthropic, overloaded
        return ModelFault(Reason.BUSY, shown, _retry_after(error))
    if status in (400, 413, 422) and (status == 413 or _TOO_LONG.search(_whole(error))):
        return ModelFault(Reason.TOO_LONG, f"{shown}; see model.context_tokens")
    if status in _GATEWAY:
        return ModelFault(Reason.DOWN, shown, _retry_after(error))
    if status >= 500:
        return ModelFault(Reason.DOWN, shown)
    return ModelFault(Reason.GARBAGE, f"{shown}; the server does not take such requests")


def _retry_after(error: Exception) -> float | None:
    """Seconds that the server asks to wait; 0 where it says nothing; None where that is too long for a reader."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    asked = headers.get("retry-after", "")
    if not asked:
        return 0.0
    try:
        seconds = float(asked)
    except ValueError:  # a date: not soon
        return None
    return seconds if 0 <= seconds <= RETRY_MOST else None


def _body(error: Exception) -> Any:
    body = getattr(error, "body", None)
    return body.get("error", body) if isinstance(body, Mapping) else body


def _whole(error: Exception) -> str:
    """Message, type and code, for looking into; never shown."""
    body = _body(error)
    return (
        " ".join(str(body.get(name, "")) for name in ("message", "type", "code")) if isinstance(body, Mapping) else ""
    )


def _said(error: Exception, key: str) -> str:
    """The server's message in one short line, without the key; '' where it gave none, such as a page of HTML."""
    body = _body(error)
    message = body.get("message") if isinstance(body, Mapping) else body if isinstance(body, str) else ""
    text = _without(" ".join(str(message or "").split()), key)
    if text.startswith("<"):
        return ""
    return text if len(text) <= SAID_MOST else f"{text[:SAID_MOST]}…"


def _cause(error: BaseException, key: str) -> str:
    """What lies at the bottom: 'Connection refused' rather than 'Connection error'."""
    while (below := error.__cause__ or error.__context__) is not None:
        error = below
    number = getattr(error, "errno", None) or 0
    words = (
        os.strerror(number) if number > 0 else getattr(error, "strerror", None) or str(error) or type(error).__name__
    )
    return _without(" ".join(str(words).split()), key)[:SAID_MOST]


def _without(text: str, key: str) -> str:
    return text.replace(key, "(key)") if key else text


def _named(error: Exception, name: str) -> bool:
    return any(kind.__name__ == name for kind in type(error).__mro__)


def _of_package(error: Exception, *packages: str) -> bool:
    return any(kind.__module__.split(".")[0] in packages for kind in type(error).__mro__)
