"""A language model's text becomes sentences with labels, one by one while it is being written.

A decision is taken only once the first character behind it that is no white space is there, so that it does not
depend on how the text was cut into pieces: any split gives what the whole text gives. Nothing is cited here that
the text does not cite; a label that stands for no passage is kept, and found by the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.write.labels import LONGEST, cleaned, label_group, labels_of
from prompts import DECLINE_MARK

_TERMINATOR = re.compile(r"(?:[.!?…؟।॥۔]+|(?P<wide>[。！？]+))[\"'’”»›)*_]*|\n")
_HEADING = re.compile(r"#{1,6}[ \t]|```|>?[ \t]*\*\*(?P<bold>[^*\n]+)\*\*[ \t]*:?[ \t]*(?=\n|$)")
_RULE = "-=*_|:+ \t"  # a line of nothing else is a rule, or stands under a table's head
_ITEM = re.compile(r"(?:[-*•–·‣▪]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+(?=\S)|[|>][ \t]*(?=\S)")
_MAY_BE_ITEM = re.compile(r"(?:[-*•–·‣▪|>]?|\(?\d{0,2}[.)]?|\(?[a-z]?[.)]?)[ \t]*")
_NO_END = re.compile(  # an abbreviation or an initial: its full stop ends no sentence
    r"(?:^|[\s(\[«“\"'])(?:(?:e\.g|i\.e|cf|vs|viz|incl|approx|ca|eds?|mr|mrs|ms|dr|prof|st|p\.ex|z\.b|d\.h|bzw|sra?)"
    r"|(?-i:[A-Z]|(?:[A-Z]\.)+[A-Z]))\.$",
    re.IGNORECASE,
)
_NO_END_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:nos?|arts?|paras?|pp?|vols?|figs?|ch|chap|secs?|sect|núm|pág|nr|§)\.$", re.IGNORECASE
)
_SENTENCE_SIGN = re.compile(r"[.!?。！？؟।]")
_DECLINED = re.compile(r"\[\s*no[ _-]?answer\s*\]", re.IGNORECASE)
_BARE_DECLINE = DECLINE_MARK.strip("[]").casefold()


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence or list item as a model wrote it, without its labels and without Markdown."""

    text: str
    labels: tuple[int, ...]  # as given, in order, each once; also those that stand for no passage
    item: bool = False  # of a list
    lead: bool = False  # introduces what follows: ends with a colon and has no label


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """A text as parsed. `declined`: it says that the passages do not answer, whatever else it says."""

    sentences: tuple[DraftSentence, ...] = ()
    declined: bool = False
    tolerated: int = 0  # labels written another way than [S1], yet clear
    broken: int = 0  # labels that were begun and not closed, or that stand alone


@dataclass
class StreamingParser:
    """Fed with pieces of a text, gives each sentence as soon as it is whole, with its labels."""

    _rest: str = ""
    _fresh: bool = True  # at the start of a line
    _item: bool = False
    _sentences: list[DraftSentence] = field(default_factory=list)
    _declined: bool = False
    _tolerated: int = 0
    _broken: int = 0

    def feed(self, piece: str) -> list[DraftSentence]:
        """The sentences that this piece completes, in order."""
        self._rest += piece.replace("\r", "")
        return self._take(final=False)

    def finish(self) -> list[DraftSentence]:
        """What is left, once the text has ended."""
        return self._take(final=True)

    @property
    def draft(self) -> ParsedDraft:
        """What was parsed so far."""
        return ParsedDraft(tuple(self._sentences), self._declined, self._tolerated, self._broken)

    def _take(self, final: bool) -> list[DraftSentence]:
        known = len(self._sentences)
        while self._step(final):
            pass
        return self._sentences[known:]

    def _step(self, final: bool) -> bool:
        """Takes one unit off the front. False when there is none, or more text is needed to tell."""
        start = _skip_space(self._rest, 0)
        if "\n" in self._rest[:start]:
            self._fresh, self._item = True, False
        if start == len(self._rest):
            return False
        if self._fresh:
            opened = _opened(self._rest, start, final)
            if opened is None:
                return False
            start, heading, item = opened
            if heading:
                self._rest = self._rest[start:]
                return True
            self._item = item
        end = _end(self._rest, start, final)
        if end is None:
            return False
        unit, self._rest = self._rest[start:end], self._rest[end:]
        self._fresh = False
        self._keep(unit, last=final and not self._rest.strip())
        return True

    def _keep(self, unit: str, last: bool) -> None:
        found = labels_of(unit, last)
        self._tolerated += found.tolerated
        self._broken += found.broken
        text, declined = _DECLINED.subn(" ", found.text)
        text = cleaned(text)
        if declined or text.rstrip(".").casefold() == _BARE_DECLINE:
            self._declined = True
        if text.rstrip(".").casefold() == _BARE_DECLINE:
            return
        if not any(character.isalnum() for character in text):
            self._broken += len(found.labels)
            return
        lead = text.endswith((":", "：")) and not found.labels
        self._sentences.append(DraftSentence(text, found.labels, self._item, lead))


def parse(text: str) -> ParsedDraft:
    """The whole of a text at once."""
    parser = StreamingParser()
    parser.feed(text)
    parser.finish()
    return parser.draft


def _opened(text: str, start: int, final: bool) -> tuple[int, bool, bool] | None:
    """At the start of a line: where to go on, whether a heading or rule was left out, whether an item starts.

    None when more text is needed to tell.
    """
    newline = text.find("\n", start)
    stop = len(text) if newline < 0 else newline
    ended = final or newline >= 0
    if not text[start:stop].strip(_RULE):
        return (stop, True, False) if ended else None
    if text.startswith(("#", "`", "**"), start):
        if not ended and not _bold_closed(text[start:stop]):
            return None
        heading = _HEADING.match(text, start, stop)
        if heading and not _says_something(heading["bold"]):
            return stop, True, False
    if not ended and _MAY_BE_ITEM.fullmatch(text, start):
        return None
    item = _ITEM.match(text, start, stop)
    return (item.end(), False, item[0][0] != ">") if item else (start, False, False)


def _bold_closed(line: str) -> bool:
    """Whether a line that opens in bold goes on after it, and thus is no heading."""
    close = line.find("**", 2)
    return line.startswith("**") and close >= 0 and bool(line[close + 2 :].strip(": \t"))


def _says_something(bold: str | None) -> bool:
    """Whether words in bold on a line of their own are a sentence and no heading."""
    if not bold:
        return False
    return bool(_SENTENCE_SIGN.search(bold) or _DECLINED.search(bold) or labels_of(bold, last=False).labels)


def _end(text: str, start: int, final: bool) -> int | None:
    """Where the unit that starts at `start` ends, its labels included. None when more text is needed to tell."""
    for found in _TERMINATOR.finditer(text, start):
        line_break = found[0] == "\n"
        stop = found.start() if line_break else found.end()
        if stop == len(text) and not final:
            return None
        inside = not line_break and not found["wide"] and stop < len(text) and not text[stop].isspace()
        if inside and label_group(text, stop) is None:  # 3.5
            if not final and _may_be_label(text, stop):
                return None
            continue
        after = _after(text, stop, final)
        if after is None or (not final and after.lines and _MAY_BE_ITEM.fullmatch(text, after.next)):
            return None
        if after.next == len(text) or _parts(text, start, found, after):
            return after.end
    return len(text) if final else None


@dataclass(frozen=True, slots=True)
class _After:
    end: int  # behind the labels that belong to the sentence before
    labelled: bool
    lines: int  # line breaks between there and what comes next
    next: int  # where what comes next starts


def _after(text: str, stop: int, final: bool) -> _After | None:
    """What follows a possible end: labels that belong to it, then the next text. None when that is not there yet."""
    end = place = stop
    labelled = False
    own_line: tuple[int, bool] | None = None  # before the labels that open a line
    lines = 0
    while True:
        skipped = _skip_space(text, place)
        lines += text.count("\n", place, skipped)
        place = skipped
        if place == len(text):
            return _After(end, labelled, lines, place) if final else None
        group = label_group(text, place)
        if group is not None:
            if lines and own_line is None:
                own_line = (end, labelled)
            end = place = group
            labelled, lines = True, 0
        elif labelled and place == end and text[place] in ".,;":
            end = place = place + 1
        elif not final and _may_be_label(text, place):
            return None
        elif own_line is not None and not lines:  # labels in front of a sentence are its own
            return _After(*own_line, 1, _skip_space(text, own_line[0]))
        else:
            return _After(end, labelled, lines, place)


def _parts(text: str, start: int, found: re.Match[str], after: _After) -> bool:
    """Whether a possible end is one."""
    following = text[after.next]
    if found[0] == "\n":
        before = text[start : found.start()].rstrip()
        goes_on = after.lines < 2 and not after.labelled and following.islower() and before[-1] not in ":：]"
        return not goes_on or bool(_ITEM.match(text, after.next))
    if after.labelled and not following.islower():
        return True
    before = text[start : found.end()].rstrip("\"'’”»›)*_")
    if after.lines or found["wide"]:
        return not _NO_END.search(before)
    if following.islower() or _NO_END.search(before):
        return False
    return not (_NO_END_BEFORE_NUMBER.search(before) and (following.isdigit() or following in "([IVX"))


def _may_be_label(text: str, place: int) -> bool:
    """Whether the text so far may go on to make a group of labels at `place`."""
    rest = text[place:]
    return rest[0] in "[(【{" and len(rest) < LONGEST and not any(sign in rest for sign in "])】}\n")


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
