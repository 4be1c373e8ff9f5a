"""On which line of a TOML text or a YAML front matter a value stands, so that an error can name it.

tomllib and PyYAML give values without positions: the text is scanned again, and only when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import CatalogueError

if TYPE_CHECKING:
    from yaml import Node, YAMLError

Path = Sequence[str | int]  # as pydantic gives it: ("published", 0, "year")

_QUIET = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)

_INSIDE = "\0"  # in place of a table name: the search is inside one entry, in braces or on lines of its own


def _mask(quiet: re.Match[str]) -> str:
    """Strings and comments, as long as they were, without anything that looks like syntax."""
    filler = " " if quiet.group().startswith("#") else "~"
    return re.sub(r"[^\n]", filler, quiet.group())


def toml_line(text: str, table: str, index: int, path: Path) -> int:
    """The line, from 1, of `path` within the index-th (from 0) `[[table]]`.

    A key that is missing is placed at what should hold it: its inline table, else the table's header.
    """
    masked = _QUIET.sub(_mask, text)
    headers = list(re.finditer(rf"^\s*\[\[\s*{re.escape(table)}\s*\]\]", masked, re.MULTILINE))
    if index >= len(headers):
        return 1
    start = headers[index].end()
    other_table = re.compile(rf"^\s*\[+(?!\s*{re.escape(table)}\s*\.)\s*[\w-]", re.MULTILINE)
    following = other_table.search(masked, start)
    end = following.start() if following else len(masked)
    position = _find(masked, start, end, path, f"{table}.")
    return masked.count("\n", 0, headers[index].end() if position is None else position) + 1


def _find(masked: str, start: int, end: int, path: Path, prefix: str) -> int | None:
    """The position of `path` between start and end; None when not even its first key is there."""
    if not path or not isinstance(path[0], str):
        return None
    key, rest = re.escape(path[0]), path[1:]
    header = re.compile(rf"^\s*\[+\s*{re.escape(prefix)}{key}\s*\]+", re.MULTILINE)
    tables = list(header.finditer(masked, start, end))
    if tables:  # [[publication.facts]]
        number = rest[0] if rest and isinstance(rest[0], int) else 0
        at = tables[min(number, len(tables) - 1)].end()
        stop = next((table.start() for table in tables if table.start() > at), end)
        return _find(masked, at, stop, rest[1:], _INSIDE) or at
    before = r"(?:^|[{,])" if prefix == _INSIDE else "^"
    match = re.compile(rf"{before}\s*({key})\s*=", re.MULTILINE).search(masked, start, end)
    if match is None:
        return None
    if not rest or not isinstance(rest[0], int):
        return match.start(1)
    at, stop = _element(masked, match.end(), end, rest[0])
    return _find(masked, at, stop, rest[1:], _INSIDE) or at


def _element(masked: str, start: int, end: int, index: int) -> tuple[int, int]:
    """Start and end of the index-th element of the array that opens after `start`."""
    depth, number, at = 0, 0, start
    for position in range(start, end):
        char = masked[position]
        if char in "[{":
            depth += 1
            if depth == 1:
                at = position + 1
        elif char in "]}":
            depth -= 1
            if depth == 0:
                return _skip(masked, at, position), position
        elif char == "," and depth == 1:
            if number == index:
                return _skip(masked, at, position), position
            number, at = number + 1, position + 1
    return start, end


def _skip(masked: str, start: int, end: int) -> int:
    """The first position that is not white space or a masked comment line."""
    position = start
    while position < end and masked[position].isspace():
        position += 1
    return position


class YamlLines:
    """On which line, from 1, each value of a YAML file stands."""

    def __init__(self, node: Node | None) -> None:
        self._node = node

    def of(self, path: Path) -> int:
        """The line of the value; where it is missing, of what should hold it."""
        from yaml import MappingNode, SequenceNode

        node, line = self._node, 1
        for key in path:
            if isinstance(node, MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == key), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
            else:
                break
        return line


def yaml_fault(name: str, error: YAMLError) -> CatalogueError:
    """What is wrong with a file that is not YAML, and on which line."""
    mark = getattr(error, "problem_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())
    line = mark.line + 1 if mark else 1
    return CatalogueError(f"{name} line {line}: not YAML: {problem}; fix it there")
