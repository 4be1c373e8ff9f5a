"""The table of acts: what each would give, in the words of a choice that a reader can press."""

from __future__ import annotations

from assistant.texts.catalogue import _
from assistant.types import Act

CHOSEN = frozenset({Act.LIST, Act.ASK, Act.DRAFT, Act.RESHAPE, Act.ABOUT})  # what a reader can choose
ENDS = frozenset({Act.DANGER, Act.HARM, Act.OFF_TOPIC})  # nothing is looked up
CONTINUES = frozenset({Act.RESHAPE})  # makes no sense without an answer before it


def choice_words(act: Act, named: str = "") -> str:
    """Shown as "Did you mean": what pressing it would give; `named`: which list, or what is to be made."""
    match act:
        case Act.LIST:
            return _("The Toolkit's list: {list}").format(list=named)
        case Act.DRAFT:
            return _("A draft to work on: {artefact}").format(artefact=named)
        case Act.RESHAPE:
            return _("The last answer, changed")
        case Act.ABOUT:
            return _("How this assistant works and what it holds")
    return _("What the publications say about it")
