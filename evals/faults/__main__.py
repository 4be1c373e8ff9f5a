"""What goes wrong, tried out: `python -m evals.faults mutations FOLDER` and `python -m evals.faults kills`.

Both show how far they are and can be stopped; the same command goes on. Exit code 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import progress
from assistant.commands.output import line
from assistant.settings import load_settings, quiet_environment
from corpus.errors import IcatError
from evals.faults import kills, mutations
from evals.faults.log import FAULT, AttemptLog

FOLDER = "faults"  # in the data folder


def main(argv: Sequence[str] | None = None) -> int:
    """Prints how the attempts ended."""
    options = _parser().parse_args(argv)
    quiet_environment()
    name = f"{options.experiment}-{options.seed}.jsonl"
    folder = load_settings().home / FOLDER
    log = AttemptLog(options.records or folder / name)
    missing = log.missing(options.n)
    try:
        made = (
            kills.attempts(missing, options.seed, folder / "homes")
            if options.experiment == "kills"
            else mutations.attempts(options.folder, missing, options.seed)
        )
        with progress.asking(options.n - len(missing), options.n, "tried") as tick:
            for done, attempt in enumerate(made, start=options.n - len(missing) + 1):
                log.append(attempt)
                tick(done, attempt.what)
    except IcatError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; the same command goes on\n")
    for text in log.report(options.n):
        line(text)
    return int(any(attempt.outcome == FAULT for attempt in log.attempts.values()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.faults", description=__doc__)
    experiments = parser.add_subparsers(dest="experiment", required=True)
    altered = experiments.add_parser("mutations", help="read real PDFs whose bytes were altered")
    altered.add_argument("folder", type=Path, help="of PDFs; the ten smallest are taken")
    altered.add_argument("--n", type=int, default=2000)
    killed = experiments.add_parser("kills", help="kill commands of icat at random moments, and start again")
    killed.add_argument("--n", type=int, default=200)
    for experiment in (altered, killed):
        experiment.add_argument("--seed", type=int, default=1)
        experiment.add_argument("--records", type=Path, metavar="FILE", help="(default: faults, in ICAT_HOME)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
