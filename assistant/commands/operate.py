"""`icat doctor`, `icat backup`, `icat restore`: for whoever runs it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from assistant.commands.output import as_json, line
from assistant.settings import Settings

DAMAGED = 1  # something needs doing


def doctor(arguments: Namespace, settings: Settings) -> int:
    """A line for each thing that was looked at."""
    from assistant.operate.doctor import Need, examine

    findings = []
    for finding in examine(settings):
        findings.append(finding)
        if not arguments.json:
            line(
                ": ".join(
                    (f"{finding.need:4}  {finding.subject}", "; ".join(filter(None, (finding.found, finding.advice))))
                )
            )
    if arguments.json:
        as_json([asdict(finding) for finding in findings])
    return DAMAGED if any(finding.need is Need.MEND for finding in findings) else 0


def backup(arguments: Namespace, settings: Settings) -> int:
    """The data folder in one file."""
    from assistant.operate.backup import back_up

    contents = back_up(settings.home, arguments.file)
    size = arguments.file.stat().st_size
    line(f"{arguments.file}: {len(contents.files)} files of {settings.home}, {size / 1e6:.1f} MB; models are not in it")
    return 0


def restore(arguments: Namespace, settings: Settings) -> int:
    """The data folder out of such a file."""
    from assistant.operate.backup import restore

    before = restore(arguments.file, settings.home, arguments.replace)
    line(f"{settings.home} is as it was copied" + (f"; what was there is in {before}" if before else ""))
    return 0
