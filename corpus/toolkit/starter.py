"""The starter library: lessons, questions and indicators written for this project, from `starter/toolkit/*.yaml`.

What does not validate is a CatalogueError of one line that names file and line. The YAML is read with the line of
every value kept, so that a fault deep inside is found where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from corpus.catalogue import explain
from corpus.errors import CatalogueError
from corpus.quick_yaml import loader, read_yaml
from corpus.source_lines import YamlLines, yaml_fault
from corpus.toolkit.text import ToolkitText
from corpus.toolkit.types import STARTER_ID, ItemKind, Level, ToolkitItem, ToolkitPart
from corpus.types import Activity, Document, Origin, StrictModel

FOLDER = Path(__file__).parents[1] / "starter" / "toolkit"
PART_ONE = "part-one"

# One line without stray space: texts are shown, searched and exported as they are.
Text = Annotated[str, StringConstraints(pattern=r"^\S+(?: \S+)*$")]


class _Lesson(StrictModel):
    id: str
    text: Text


class _Question(StrictModel):
    id: str
    group: Text
    text: Annotated[str, StringConstraints(pattern=r"^\S+(?: \S+)*\?$")]


class _Indicator(StrictModel):
    id: str
    level: Level
    text: Text
    counts: Text
    over: Text | Literal[""] = Field(description="empty where something is counted, not divided")
    disaggregation: tuple[Text, ...]
    verification: tuple[Text, ...] = Field(min_length=1)
    caution: Text | Literal[""]


class _Section(StrictModel):
    activity: Activity
    note: Literal["Written for this project; not ICAT's words."]
    lessons: tuple[_Lesson, ...] = Field(min_length=1)
    questions: tuple[_Question, ...] = Field(min_length=1)
    indicators: tuple[_Indicator, ...] = Field(min_length=1)


class _PartOne(StrictModel):
    part: Literal["one"]
    note: Literal["Written for this project; not ICAT's words."]
    groups: tuple[Text, ...] = Field(min_length=1)
    questions: tuple[_Question, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class StarterLibrary:
    """The items, and the text they stand in: what a quote of one points into."""

    document: Document
    items: tuple[ToolkitItem, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One entry of a file and the list it belongs to."""

    entry: _Lesson | _Question | _Indicator
    kind: ItemKind
    activity: Activity | None
    where: tuple[str | int, ...]  # of its id, in the file

    @property
    def group(self) -> str:
        return self.entry.group if isinstance(self.entry, _Question) else ""


def starter_items(folder: Path = FOLDER) -> tuple[ToolkitItem, ...]:
    """Part I first, then the activity types in their order, each with lessons, questions and indicators.

    CatalogueError: "livelihoods.yaml line 12: indicators.3.level: ...; fix it there".
    """
    return starter_library(folder).items


@cache
def starter_library(folder: Path = FOLDER) -> StarterLibrary:
    """The same with their document. CatalogueError as for `starter_items`."""
    found: dict[str, tuple[str, _Draft]] = {}
    for path in sorted(folder.glob("*.yaml")):
        content, lines = _parsed(path)
        for draft in _drafts(path, content, lines):
            name = draft.entry.id
            if name in found:
                raise _fault(path.name, lines, draft.where, f"id: {name!r} is taken by {found[name][0]}")
            found[name] = (path.name, draft)
    if not found:
        raise CatalogueError(f"{folder}: no starter library there; install the package again")
    order = {activity: number for number, activity in enumerate(Activity, start=1)}
    kinds = list(ItemKind)
    drafts = sorted(
        (draft for _, draft in found.values()), key=lambda d: (order.get(d.activity, 0), kinds.index(d.kind))
    )
    text = ToolkitText()
    items = tuple(_written(draft, text) for draft in drafts)
    return StarterLibrary(text.document(), items)


def _drafts(path: Path, content: object, lines: YamlLines) -> list[_Draft]:
    """The entries of one file, each with its place in it."""
    model = _PartOne if path.stem == PART_ONE else _Section
    try:
        file = model.model_validate(content)
    except ValidationError as error:
        raise _fault(path.name, lines, error.errors()[0]["loc"], explain(error)) from error
    if isinstance(file, _PartOne):
        for number, question in enumerate(file.questions):
            if question.group not in file.groups:
                where = ("questions", number, "group")
                raise _fault(path.name, lines, where, f"group: {question.group!r} is not among the groups of the file")
        lists: dict[str, tuple[ItemKind, Sequence[_Lesson | _Question | _Indicator]]] = {
            "questions": (ItemKind.QUESTION, file.questions)
        }
    else:
        lists = {
            "lessons": (ItemKind.LESSON, file.lessons),
            "questions": (ItemKind.QUESTION, file.questions),
            "indicators": (ItemKind.INDICATOR, file.indicators),
        }
    activity = None if isinstance(file, _PartOne) else file.activity
    return [
        _Draft(entry, kind, activity, (name, number, "id"))
        for name, (kind, entries) in lists.items()
        for number, entry in enumerate(entries)
    ]


def _written(draft: _Draft, text: ToolkitText) -> ToolkitItem:
    """The item, written into the text."""
    entry, activity = draft.entry, draft.activity
    facts: dict[str, Any] = {}
    if isinstance(entry, _Indicator):
        names = ("level", "counts", "over", "disaggregation", "verification", "caution")
        facts = {name: getattr(entry, name) for name in names}
    item = ToolkitItem(
        entry.id,
        draft.kind,
        entry.text,
        Origin.STARTER,
        STARTER_ID,
        span=(0, len(entry.text)),
        activity=activity,
        part=ToolkitPart.TWO if activity else ToolkitPart.ONE,
        topic="" if activity else draft.group,
        group=draft.group,
        **facts,
    )
    return replace(item, span=text.write(item))


def _parsed(path: Path) -> tuple[object, YamlLines]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        return read_yaml(text), YamlLines(yaml.compose(text, loader()))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error}); install the package again") from error
    except yaml.YAMLError as error:
        raise yaml_fault(path.name, error) from error


def _fault(name: str, lines: YamlLines, path: tuple[str | int, ...], message: str) -> CatalogueError:
    return CatalogueError(f"{name} line {lines.of(path)}: {message}; fix it there")
