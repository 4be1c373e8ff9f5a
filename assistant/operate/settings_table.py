"""All settings in one table, off the code: `python -m assistant.operate.settings_table` writes docs/settings.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from assistant.settings import FILE, VARIABLES, Contact, Settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
HEAD = f"""# Settings

Environment variables, or `{FILE}` in the data folder; a variable wins over the file, the file over the default.
`model.key`, `oidc.secret` and `home` are read from the environment only. What is unknown or out of range is told in one
line at start. This page is written by `python -m assistant.operate.settings_table`.

| variable | in `{FILE}` | default | limits | what |
|---|---|---|---|---|
"""
CONTACTS = "In the file only, any number of `[[contacts]]`, whom people in danger can turn to:\n\n"
BOUNDS = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}


def table() -> str:
    """The page, as Markdown."""
    rows = (_row(variable, place) for variable, place in VARIABLES.items())
    contacts = "".join(f"- `{name}`: {field.description or name}\n" for name, field in Contact.model_fields.items())
    return f"{HEAD}{''.join(rows)}\n{CONTACTS}{contacts}"


def _row(variable: str, place: tuple[str, ...]) -> str:
    field = _field(place)
    cells = (
        f"`{variable}`",
        f"`{'.'.join(place)}`",
        _default(field),
        ", ".join(_limits(field)),
        field.description or "",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _field(place: tuple[str, ...]) -> FieldInfo:
    model: type[BaseModel] = Settings
    *sections, name = place
    for section in sections:
        model = model.model_fields[section].annotation
    return model.model_fields[name]


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if field.is_required():
        return "the user's data folder"
    if isinstance(value, SecretStr) or value == "":
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _limits(field: FieldInfo) -> Iterator[str]:
    if get_origin(field.annotation) is Literal:
        yield " or ".join(f"`{value}`" for value in get_args(field.annotation))
    elif field.annotation is bool:
        yield "`true` or `false`"
    for bound in field.metadata:
        yield from (words.format(getattr(bound, name)) for name, words in BOUNDS.items() if hasattr(bound, name))


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
