"""The functions for programs as named endpoints of the page's server (`icat serve --api`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assistant.app.channel import AT_ONCE
from assistant.app.quick_gradio import gr
from assistant.errors import CallError
from assistant.program.calls import Call


def place_endpoints(calls: Sequence[Call]) -> None:
    """Puts them on the page that is being built, where nothing is seen of them."""
    for call in calls:
        gr.api(
            _endpoint(call),
            api_name=call.name,
            api_description=call.description,
            concurrency_id="program",
            concurrency_limit=AT_ONCE,
        )


def _endpoint(call: Call) -> Callable[..., Any]:
    """The call as Gradio takes it: with the types of its function, which it shows, and an error of its own."""
    signature = call.signature

    def endpoint(*given: Any) -> Any:
        try:
            return call(**signature.bind(*given).arguments)
        except CallError as error:
            raise gr.Error(str(error), print_exception=False) from None

    endpoint.__name__ = call.name
    endpoint.__signature__ = signature  # type: ignore[attr-defined]
    endpoint.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
    endpoint.__annotations__["return"] = signature.return_annotation
    return endpoint
