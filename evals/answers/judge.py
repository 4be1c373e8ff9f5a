"""Judges of support for evaluation, by name, with what they said kept, and their agreement with people.

`deterministic` is the product's own check and needs nothing. `nli:NAME` is a natural-language-inference cross-encoder,
`model:NAME` a language model of the server that is set. A judge that fails says None, which counts as not supported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.review.agreement import cohen_kappa, percent
from assistant.settings import Settings
from assistant.types import Answer, Support
from assistant.write.judges import InferenceJudge, Judge
from assistant.write.support import NO_MODELS, SupportModels, judged
from corpus.catalogue import explain
from corpus.errors import IcatError
from corpus.language import detect
from corpus.lines import content
from evals.figures.tables import Table, number
from evals.runs.records import read_run, rewrite

DETERMINISTIC = "deterministic"
FOLDER = "judgements"  # in the data folder
VERDICTS = ("full", "partial", "none", "failed")


class JudgeError(IcatError):
    """A judge that is not there, or human verdicts that cannot be read."""


@dataclass(frozen=True, slots=True)
class DeterministicJudge:
    """The product's own check. It decides what written answers show, too, and so flatters them; others are fairer."""

    models: SupportModels = NO_MODELS
    name: str = DETERMINISTIC

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """FULL, PARTIAL or NONE; languages are told from the texts."""
        language, source = detect(claim) or "en", detect("\n".join(quotes)) or "en"
        return judged(claim, quotes, self.models, language=language, source_language=source).support


class KeptJudge:
    """A judge whose verdicts are kept in a file, by sha256 of its name, the claim and the quotes.

    A failure is not kept: it may not fail the next time. One process at a time may write.
    """

    def __init__(self, judge: Judge, file: Path) -> None:
        self.name = judge.name
        self._judge, self._file = judge, file
        self._known = _read_kept(file)

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        key = digest(self.name, claim, quotes)
        if key not in self._known:
            found = self._judge.judge(claim, quotes)
            if found is None:
                return None
            self._known[key] = found
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"key": key, "verdict": found.value}) + "\n")
        return self._known[key]


def digest(judge: str, claim: str, quotes: Sequence[str]) -> str:
    """What a verdict is kept under; white space does not matter, the order of the quotes does."""
    parts = [judge, *(" ".join(text.split()) for text in (claim, *quotes))]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _read_kept(file: Path) -> dict[str, Support]:
    """What is kept so far; what a line that was cut off told is judged again."""
    found: dict[str, Support] = {}
    for line in file.read_text(encoding="utf-8").split("\n") if file.exists() else ():
        with suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            found[entry["key"]] = Support(entry["verdict"])
    return found


def open_judge(name: str, settings: Settings) -> Judge:
    """`deterministic`, `nli:NAME` or `model:NAME`. JudgeError for any other, ModelMissing where weights are missing."""
    from assistant.wiring import open_reader
    from index.encoders import open_entailment

    kind, _, model = name.partition(":")
    if name == DETERMINISTIC:
        return DeterministicJudge(SupportModels(embedder=open_reader()))
    if kind == "nli" and model and (entailment := open_entailment(model)):
        judge: Judge = InferenceJudge(entailment)
    elif kind == "model":
        judge = _language_model(model, settings)
    else:
        raise JudgeError(f"no judge {name!r}; there are deterministic, nli:NAME (a cross-encoder) and model:NAME")
    short = sha256(judge.name.encode()).hexdigest()[:16]
    return KeptJudge(judge, settings.home / FOLDER / f"{short}.jsonl")


def _language_model(name: str, settings: Settings) -> Judge:
    """By the prompt `judge`, one word back. What cannot be asked is an empty reply: a judgement that failed."""
    import prompts
    from assistant.write.model.door import open_model
    from assistant.write.model.tasks import ReplyJudge

    model = settings.model.model_copy(update={"name": name} if name else {})
    writer = open_model(model) if model.base_url or model.provider != "openai-like" else None
    if writer is None:
        raise JudgeError("model: no language model is set; set ICAT_MODEL_BASE_URL and ICAT_MODEL_NAME")

    return ReplyJudge(f"model:{model.name}:{prompts.load('judge').digest[:12]}", writer)


# --- what a judge says of a run ---


def keep_verdicts(folder: Path, judge: Judge, tick: Callable[[int, int], object] = lambda done, total: None) -> None:
    """Asks a judge about the run in a folder, and writes its records anew where it said something that was not there.

    A review of the run holds each judge against people. What one failed on is asked again the next time. `tick`:
    answers judged, all of them.
    """
    run = read_run(folder)
    judged = []
    for done, each in enumerate(run.asked, start=1):
        said = verdicts(each.answer, judge)
        record = each.record
        judged.append(replace(record, judges={**record.judges, judge.name: said}) if any(said) else record)
        tick(done, len(run.asked))
    if tuple(judged) != run.records:
        rewrite(folder, judged)


def verdicts(answer: Answer | None, judge: Judge) -> tuple[str | None, ...]:
    """The support of each sentence, its quotes read together: those shown in their order, then those withheld.

    Items of a list are records shown as they stand, and sentences without a quote leave nothing to read: None.
    """
    if answer is None:
        return ()
    listed = min(len(answer.listing.items) if answer.listing else 0, len(answer.statements))
    said: list[str | None] = [None] * listed
    for statement in (*answer.statements[listed:], *answer.withheld):
        quotes = [quote.text for quote in statement.quotes]
        found = judge.judge(statement.text, quotes) if quotes else None
        said.append(None if found is None else found.value)
    return tuple(said)


# --- agreement with people ---


class HumanVerdict(BaseModel):
    """One adjudicated sentence of a review export. What else an export says of it is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    statement: str = Field(min_length=1)
    quotes: tuple[str, ...]
    verdict: Literal["full", "partial", "none", "can't tell"]


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """How often a judge says what people said."""

    judge: str
    n: int  # sentences that people could tell
    untold: int  # sentences that they could not
    failed: int  # judgements that failed: they agree with nobody
    percent: float | None  # 0..1, of n; None of none
    kappa: float | None  # Cohen's, failures as a verdict of their own; None where chance alone agrees fully
    confusion: Mapping[str, Mapping[str, int]]  # human verdict -> the judge's -> how many

    def as_words(self) -> str:
        """One line: how often, kappa, and what is left out."""
        shown = f"agrees with people on {number(self.percent, 2)} of {self.n}, kappa {number(self.kappa, 2)}"
        return f"{self.judge}: {shown} ({self.failed} failed, {self.untold} that people could not tell)"

    def as_table(self) -> Table:
        """The confusion matrix: what the judge says, in a row for each human verdict."""
        rows = [(human, *(str(row[said]) for said in VERDICTS)) for human, row in self.confusion.items()]
        return Table(("people \\ judge", *VERDICTS), rows)


def read_verdicts(file: Path) -> tuple[HumanVerdict, ...]:
    """The verdicts of a review export. JudgeError with file and place."""
    try:
        return tuple(TypeAdapter(list[HumanVerdict]).validate_json(content(file, JudgeError)))
    except ValidationError as error:
        raise JudgeError(f"{file}: {explain(error)}; wanted a list of statement, quotes, verdict") from None


def agreement(judge: Judge, people: Iterable[HumanVerdict]) -> JudgeAgreement:
    """Of one judge with people, over the same sentences and quotes."""
    everything = list(people)
    told = [each for each in everything if each.verdict != "can't tell"]
    pairs = [(each.verdict, _word(judge.judge(each.statement, each.quotes))) for each in told]
    units = [{"judge": said, "people": human} for human, said in pairs]
    return JudgeAgreement(
        judge=judge.name,
        n=len(pairs),
        untold=len(everything) - len(told),
        failed=sum(said == "failed" for _, said in pairs),
        percent=percent(units),
        kappa=cohen_kappa(units, VERDICTS),
        confusion={human: {said: pairs.count((human, said)) for said in VERDICTS} for human in VERDICTS[:3]},
    )


def _word(found: Support | None) -> str:
    if found is None:
        return "failed"
    return "full" if found is Support.VERBATIM else found.value
