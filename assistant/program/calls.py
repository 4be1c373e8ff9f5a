"""The functions as they are called from outside: what comes in is checked, and what goes wrong is one line."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError, validate_call

from assistant.errors import CallError
from assistant.program.program import Program
from corpus.catalogue import explain
from corpus.errors import IcatError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """One function under the name that programs call it by."""

    name: str
    function: Callable[..., Mapping[str, Any]]

    def __call__(self, /, **arguments: Any) -> Any:
        """What the function gives. CallError for what does not fit it, and for all that goes wrong within it."""
        try:
            return self._checked(**arguments)
        except ValidationError as error:
            raise CallError(f"{self.name}: {explain(error)}") from None
        except IcatError as error:
            raise CallError(f"{self.name}: {error}") from None
        except Exception as error:
            log.error("the call of %s failed", self.name, exc_info=error)
            kind = type(error).__name__
            raise CallError(f"{self.name}: something went wrong here ({kind}); the log says more") from None

    @property
    def description(self) -> str:
        return inspect.getdoc(self.function) or ""

    @property
    def signature(self) -> inspect.Signature:
        """With types, not with their names."""
        return inspect.signature(self.function, eval_str=True)

    @cached_property
    def arguments(self) -> dict[str, Any]:
        """JSON schema of what it takes."""
        return TypeAdapter(self._checked).json_schema()

    @cached_property
    def result(self) -> dict[str, Any]:
        """JSON schema of what it gives."""
        return TypeAdapter(self.signature.return_annotation).json_schema()

    @cached_property
    def _checked(self) -> Callable[..., Any]:
        return validate_call(self.function)


def calls_of(program: Program) -> tuple[Call, ...]:
    """All five."""
    return (
        Call("search", program.search),
        Call("ask", program.ask),
        Call("list", program.list_items),
        Call("draft", program.draft),
        Call("cite", program.cite),
    )
