"""`icat train`: what a message says of the thing to be made, learned from marked requests. Minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from assistant.texts.catalogue import _, speaking, term
from assistant.types import Artefact
from assistant.understand.lexicon import SOURCE, read_lexicon
from assistant.understand.said import CLASSES, ENCODER, WEIGHTS, Says
from assistant.understand.training import EXAMPLES, read_examples
from corpus.marks import without_marks
from corpus.themes import WantedDraft
from index.adapting import Plan, TaggedText, learn_pieces
from index.learned import digest_of, write

FOLDER = Path(__file__).parent
PLAIN = ("about", "ask", "list", "off_topic", "reshape")  # acts whose examples want nothing made
ONE_OF = 20  # of them
FORMED = 2  # one of so many requests is learned from as the form makes it, too
MOST_FORMED, MOST_OFFERED = 5, 3  # parts of such a one, fewer than that
AGAIN = 5  # times that what drops or keeps something is learned from: there are few of them
SEED = 0
MINUTES = (0, 30, 90, 0, 120)
PLAN = Plan(epochs=4)
_CHANGES = re.compile(rf"⟦(?:{Says.DROP}|{Says.KEEP})\|")
_MARKED = re.compile(r"⟦([a-z]+)\|([^⟧]*)⟧")


def train(
    wanted: Sequence[WantedDraft],
    offered: Mapping[str, Sequence[str]],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Learns from requests, and from messages that want nothing made, and writes the weights.

    `offered`: by language, what the form for drafts offers to be in one.
    """
    tagged = [_tagged(text) for text in _texts(wanted, offered)]
    learned = learn_pieces(ENCODER, tagged, len(CLASSES), PLAN, progress)
    write(FOLDER, WEIGHTS, learned, {"made_from": made_from(wanted, offered), "encoder": ENCODER})


def made_from(wanted: Sequence[WantedDraft], offered: Mapping[str, Sequence[str]]) -> str:
    """Digest of all that the weights are learned from."""
    return digest_of([text.encode() for text in _texts(wanted, offered)])


def _texts(wanted: Sequence[WantedDraft], offered: Mapping[str, Sequence[str]]) -> list[str]:
    """With marks."""
    changing = [each.marked for each in wanted if _CHANGES.search(each.marked)]
    return [*(each.marked for each in wanted), *changing * (AGAIN - 1), *_formed(wanted, offered), *_plain()]


def _tagged(marked: str) -> TaggedText:
    text, marks = without_marks(marked)
    return TaggedText(text, tuple((start, end, CLASSES.index(Says(kind))) for start, end, kind in marks))


def _formed(wanted: Sequence[WantedDraft], offered: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The sentences that the form for drafts would make of some: these come as often as typed ones."""
    kinds = [artefact for artefact in Artefact if artefact is not Artefact.TEXT]
    random = Random(SEED)
    for each in wanted[::FORMED]:
        if not each.theme:
            continue
        whom = [text for kind, text in _MARKED.findall(each.marked) if kind == Says.WHOM]
        with speaking(each.language):
            kind = f"⟦{Says.MAKE}|{term(random.choice(kinds).value)}⟧"
            theme, minutes = f"⟦{Says.THEME}|{each.theme}⟧", random.choice(MINUTES)
            if minutes:
                text = _("{kind}, {minutes} minutes, on {theme}").format(kind=kind, minutes=minutes, theme=theme)
            else:
                text = _("{kind}, on {theme}").format(kind=kind, theme=theme)
            if whom:
                text = _("{text}, for {audience}").format(text=text, audience=f"⟦{Says.WHOM}|{whom[0]}⟧")
            parts = [part for part, _sections in each.parts][: random.randrange(MOST_FORMED)]
            parts = [*random.sample(offered[each.language], random.randrange(MOST_OFFERED)), *parts]
            if parts:
                marked = ", ".join(f"⟦{Says.PART}|{part}⟧" for part in parts)
                text = _("{text}. To be in it: {parts}").format(text=text, parts=marked)
            yield text


def _plain() -> list[str]:
    examples = read_examples(FOLDER / EXAMPLES, read_lexicon(FOLDER / SOURCE).languages)
    return [each.example.text for each in examples if each.act.replace(" ", "_") in PLAIN][::ONE_OF]
