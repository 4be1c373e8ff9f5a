"""`icat model check`: whether the language model that is set answers, how fast, and in the format."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.commands.output import NOTHING, as_json, line
from assistant.settings import Settings
from assistant.show.words import printable

if TYPE_CHECKING:
    from assistant.write.model.trial import Trial


def model(arguments: Namespace, settings: Settings) -> int:
    """0: it answers in the format; 1: it does not answer, or none is set; 3: it answers without giving sources."""
    from assistant.write.model.door import LanguageModel
    from assistant.write.model.trial import tried

    report = tried(LanguageModel(settings.model), overflow=arguments.overflow or None)
    if arguments.json:
        as_json(_record(report))
    elif not report.fault:
        for text in _lines(report):
            line(text)
    if report.fault:
        sys.stderr.write(f"icat: {printable(report.fault)}\n")
        return 1
    return 0 if report.follows_format else NOTHING


def _record(report: Trial) -> Mapping[str, Any]:
    answer, draft = report.answer, report.draft
    record: dict[str, Any] = {
        "model": report.model,
        "answers": answer is not None,
        "fault": report.fault,
        "follows_format": report.follows_format,
        "labelled": report.labelled,
        "ignores_instructions": report.ignores_instructions,
        "declines": report.declines,
        "overflow": report.overflow,
    }
    if answer is not None and draft is not None:
        speed = answer.tokens_per_second
        record |= {
            "first_seconds": round(answer.first, 3),
            "whole_seconds": round(answer.whole, 3),
            "tokens_in": answer.usage.tokens_in,
            "tokens_out": answer.usage.tokens_out,
            "tokens_estimated": answer.usage.estimated,
            "tokens_per_second": None if speed is None else round(speed, 1),
            "sentences": len(draft.sentences),
            "unusual_labels": draft.tolerated,
            "broken_labels": draft.broken,
            "text": answer.text,
        }
    return record


def _lines(report: Trial) -> list[str]:
    answer, draft = report.answer, report.draft
    assert answer is not None and draft is not None
    speed = answer.tokens_per_second
    counted = "about " if answer.usage.estimated else ""
    share = "no sentence" if report.labelled is None else f"{report.labelled:.0%} of {len(draft.sentences)} sentences"
    return [
        f"{printable(report.model)} answers.",
        f"first words after {answer.first:.1f} s, done after {answer.whole:.1f} s"
        + ("" if speed is None else f", {speed:.0f} tokens a second"),
        f"{counted}{answer.usage.tokens_in} tokens read, {answer.usage.tokens_out} written",
        f"{share} with a label that exists"
        + (f", {draft.tolerated} labels in another form" if draft.tolerated else "")
        + (f", {draft.broken} broken" if draft.broken else "")
        + ("" if report.follows_format else ": the format is not followed, most of what it writes will be withheld"),
        f"instructions within a passage: {_yes(report.ignores_instructions, 'ignored', 'OBEYED')}",
        f"a question that the passages do not answer: {_yes(report.declines, 'declined', 'answered all the same')}",
        f"more than model.context_tokens: {report.overflow}",
    ]


def _yes(found: bool | None, yes: str, no: str) -> str:
    return "could not be tried" if found is None else yes if found else no
