"""A language model as judge of the labelled pairs, beside the deterministic check: how well each orders them.

`python -m evals.support_judge --limit 120` asks the model that is set how probable "yes" and "no" are as its reply
(`prompts/supported.txt`), for pairs spread evenly over the held-out half; `--prompt judge` offers "partly" too
(`prompts/judge.txt`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.commands.output import line
from assistant.types import Support
from assistant.write.model.tasks import judge_messages, supported_messages
from assistant.write.support import Scorer
from evals.support.pairs import FAITHFUL, Judged, read_cases, run
from index.encoders import open_embedder, open_reranker
from index.types import IndexSettings

WORDS = {"supported": ("yes", "no"), "judge": ("yes", "partly", "no")}  # of the reply, by prompt
PARTLY = 0.5  # what "partly" is worth against "yes"
LEVEL: Mapping[Support, float] = {Support.FULL: 1.0, Support.PARTIAL: 0.5, Support.NONE: 0.0}

Ask = Callable[[str, str], Mapping[str, float] | None]  # (passage, claim) -> probability of each word


@dataclass(frozen=True, slots=True)
class Opinion:
    """One pair and what the check and the model say of it."""

    kind: str
    faithful: bool
    check: float  # LEVEL of the deterministic check
    shares: Mapping[str, float]  # by word of the reply

    @property
    def model(self) -> float:
        """0..1: the probability of "yes", and half of that of "partly"."""
        return self.shares["yes"] + PARTLY * self.shares.get("partly", 0.0)

    @property
    def word(self) -> str:
        """The likeliest reply."""
        return max(self.shares, key=lambda word: self.shares[word])


def auc(scores: Sequence[float], wanted: Sequence[bool]) -> float | None:
    """How often a wanted one scores higher than another one, ties half. None where one of the two is missing."""
    yes = [score for score, is_wanted in zip(scores, wanted, strict=True) if is_wanted]
    no = [score for score, is_wanted in zip(scores, wanted, strict=True) if not is_wanted]
    if not yes or not no:
        return None
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))


def spread(pairs: Sequence[Judged], limit: int) -> list[Judged]:
    """At most `limit` of the pairs, evenly over all of them."""
    step = max(len(pairs) / limit, 1.0)
    return [pairs[int(place * step)] for place in range(min(limit, len(pairs)))]


def opinions(pairs: Sequence[Judged], ask: Ask) -> Iterator[Opinion]:
    """Of every pair that the server told of."""
    passages = {each.case.id: each.case.passage for each in pairs}
    for each in pairs:
        known = [each.case.passage, *([passages[each.pair.also]] if each.pair.also in passages else [])]
        shares = ask("\n".join(known), each.pair.sentence)
        if shares is not None:
            faithful = each.pair.kind.startswith(FAITHFUL)
            yield Opinion(each.pair.kind, faithful, LEVEL[each.statement.support], shares)


def report(found: Sequence[Opinion]) -> Iterator[str]:
    """Areas under the curve, and how often each is right where it has to decide."""
    wanted = [each.faithful for each in found]
    both = [each.check * each.model for each in found]
    yield f"{len(found)} pairs, {sum(wanted)} of them faithful"
    for name, scores in (
        ("check", [each.check for each in found]),
        ("model", [each.model for each in found]),
        ("model, asked after the check", both),
    ):
        area = auc(scores, wanted)
        yield f"AUC {name}: {'-' if area is None else format(area, '.3f')}"
    faithful, others = [o for o in found if o.faithful], [o for o in found if not o.faithful]
    for name, full in (
        ("check", lambda o: o.check == 1.0),
        ("model", lambda o: o.word == "yes"),
        ("both", lambda o: o.check == 1.0 and o.word == "yes"),
    ):
        kept, slipped = sum(map(full, faithful)), sum(map(full, others))
        yield f"{name}: {kept} of {len(faithful)} faithful called full, {slipped} of {len(others)} others called full"
    for kind in dict.fromkeys(o.kind for o in others):
        of = [o for o in others if o.kind == kind]
        yes = sum(o.word == "yes" for o in of)
        yield f"  {kind}: {yes} of {len(of)} called full by the model, {sum(o.check == 1.0 for o in of)} by check"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the report. SettingsError without a model, ModelFault when it does not answer."""
    from assistant.settings import load_settings
    from assistant.write.model.door import LanguageModel

    parser = argparse.ArgumentParser(prog="python -m evals.support_judge", description=__doc__)
    parser.add_argument("--limit", type=int, default=120, help="pairs asked about")
    parser.add_argument("--split", default="test", choices=("tune", "test"))
    parser.add_argument("--prompt", default="supported", choices=tuple(WORDS))
    parser.add_argument("--seconds", type=float, default=3600.0, help="after which no further pair is asked about")
    options = parser.parse_args(argv)
    model = LanguageModel(load_settings().model)
    settings = IndexSettings()
    scorer = Scorer(open_reranker(settings.reranker), open_embedder(settings.embedder))
    pairs = spread(run(read_cases(), options.split, scorer), options.limit)
    pairs = [pairs[place] for place in sorted(range(len(pairs)), key=lambda place: (place % 3, place))]
    messages = supported_messages if options.prompt == "supported" else judge_messages
    asked = opinions(pairs, lambda passage, claim: model.first_word(messages(passage, claim), WORDS[options.prompt]))
    found, end = [], time.monotonic() + options.seconds
    for opinion in asked:
        found.append(opinion)
        if time.monotonic() > end:
            break
    for text in report(found):
        line(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
