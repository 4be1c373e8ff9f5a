"""How well the check tells what a quote supports.

`python -m evals.support` prints its errors on the held-out half of the labelled pairs, `--judge` with the judge of the
settings (ICAT_JUDGE) after it; `--fit` what each threshold of closeness does, `--altered` what is left of supported
sentences once their source is altered.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import wiring
from assistant.commands.output import line
from assistant.settings import load_settings
from assistant.write.support import SupportModels
from evals.support import altered, fit
from evals.support.pairs import CASES, FAITHFUL, read_cases, report, run


def main(argv: Sequence[str] | None = None) -> int:
    """Prints one of the reports."""
    parser = argparse.ArgumentParser(prog="python -m evals.support", description=__doc__)
    parser.add_argument("split", nargs="?", default="test", choices=("tune", "test", "all"))
    parser.add_argument("--models", default="both", choices=("both", "reranker", "none"), help="what the check may ask")
    parser.add_argument("--cases", type=Path, default=CASES, help="another file of labelled pairs")
    parser.add_argument("--judge", action="store_true", help="ask the judge of the settings as well")
    parser.add_argument("--fit", action="store_true", help="print what each threshold of closeness does")
    parser.add_argument("--altered", action="store_true", help="alter what supported sentences rest on")
    options = parser.parse_args(argv)
    settings = load_settings()
    reranker = None if options.models == "none" else wiring.open_reranker(settings)
    embedder = wiring.open_reader() if options.models == "both" else None
    models = SupportModels(reranker, embedder)
    cases, split = read_cases(options.cases), "" if options.split == "all" else options.split
    if options.fit:
        lines = fit.report(cases, models)
    elif options.altered:
        found = [each for each in run(cases, split, models) if each.pair.kind == FAITHFUL]
        lines = altered.report(altered.supported(found), models)
    else:
        from assistant.write.model.door import open_model

        judge = wiring.open_judge(settings, open_model(settings.model)) if options.judge else None
        lines = report(run(cases, split, models, judge))
    for text in lines:
        line(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
