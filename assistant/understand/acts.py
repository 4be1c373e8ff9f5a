"""The table of acts: what each would give, in the words of a choice that a reader can press."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Act

# Shown as "Did you mean": what pressing it would give. Those a reader never chooses have none.
CHOICE: Mapping[Act, str] = {
    Act.LIST: "The Toolkit's list: {list}",
    Act.ASK: "What the publications say about it",
    Act.DRAFT: "A draft to work on: {artefact}",
    Act.RESHAPE: "The last answer, changed",
    Act.ABOUT: "How this assistant works and what it holds",
}
ENDS = frozenset({Act.DANGER, Act.HARM, Act.OFF_TOPIC})  # nothing is looked up
CONTINUES = frozenset({Act.RESHAPE})  # makes no sense without an answer before it
