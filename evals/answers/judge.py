"""Judges of support for evaluation, by name, with what they said kept, and their agreement with people.

`deterministic` is the product's own check and needs nothing. `nli:NAME` is a natural-language-inference cross-encoder,
`model:NAME` a language model of the server that is set. A judge that fails says None, which counts as not supported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.settings import Settings
from assistant.types import Support
from assistant.write.judges import Entailment, InferenceJudge, Judge, ReplyJudge
from assistant.write.support import NO_MODELS, Scorer, judged
from corpus.errors import IcatError
from corpus.language import detect

DETERMINISTIC = "deterministic"
FOLDER = "judgements"  # in the data folder
VERDICTS = ("full", "partial", "none", "failed")


class JudgeError(IcatError):
    """A judge that is not there, or human verdicts that cannot be read."""


@dataclass(frozen=True, slots=True)
class DeterministicJudge:
    """The product's own check. It decides what written answers show, too, and so flatters them; others are fairer."""

    scorer: Scorer = NO_MODELS
    name: str = DETERMINISTIC

    def judge(self, claim: str, quotes: Sequence[str]) -> Support | None:
        """FULL, PARTIAL or NONE; languages are told from the texts."""
        language, source = detect(claim) or "en", detect("\n".join(quotes)) or "en"
        return judged(claim, quotes, self.scorer, language=language, source_language=source).support


class Kept:
    """A judge whose verdicts are kept in a file, by sha256 of its name, the claim and the quotes.

    A failure is not kept: it may not fail the next time. One process at a time may write.
    """

    def __init__(self, judge: Judge, file: Path) -> None:
        self._judge, self._file = judge, file
        self._known = _read_kept(file)

    @property
    def name(self) -> str:
        return self._judge.name

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
    """What is kept so far; a line that was cut off is judged again."""
    found: dict[str, Support] = {}
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    for line in lines:
        try:
            entry = json.loads(line)
            found[entry["key"]] = Support(entry["verdict"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def open_judge(name: str, settings: Settings, ask: Callable[[str, str], str] | None = None) -> Judge:
    """`deterministic`, `nli:NAME` or `model:NAME`. JudgeError for any other, ModelMissing where weights are missing.

    `ask`: (claim, passage) -> a language model's reply, instead of the server that is set.
    """
    kind, _, model = name.partition(":")
    if name == DETERMINISTIC:
        return DeterministicJudge(_scorer(settings))
    if kind == "nli" and model:
        return _kept(InferenceJudge(_entailment(model)), settings)
    if kind == "model":
        return _kept(_language_model(model, settings, ask), settings)
    raise JudgeError(f"no judge {name!r}; there are deterministic, nli:NAME (a cross-encoder) and model:NAME")


def _kept(judge: Judge, settings: Settings) -> Kept:
    short = sha256(judge.name.encode()).hexdigest()[:16]
    return Kept(judge, settings.home / FOLDER / f"{short}.jsonl")


def _scorer(settings: Settings) -> Scorer:
    from index.encoders import open_embedder

    return Scorer(embedder=open_embedder(settings.index.embedder))


def _entailment(name: str) -> Entailment:
    from index.encoders import open_entailment

    opened = open_entailment(name)
    if opened is None:
        raise JudgeError("nli: no cross-encoder is named; give nli:NAME")
    return opened


def _language_model(name: str, settings: Settings, ask: Callable[[str, str], str] | None) -> Judge:
    import prompts

    model = settings.model.model_copy(update={"name": name} if name else {})
    if ask is None:
        if not model.configured or not (model.base_url or model.provider != "openai-like"):
            raise JudgeError("model: no language model is set; set ICAT_MODEL_BASE_URL and ICAT_MODEL_NAME")
        ask = _asking(model)
    return ReplyJudge(f"model:{model.name}:{prompts.load('judge').digest[:12]}", ask)


def _asking(model: object) -> Callable[[str, str], str]:
    """One question to the server: the prompt `judge`, one word back. What cannot be asked is an empty reply."""
    from assistant.write.model.door import open_model
    from assistant.write.model.tasks import JUDGE_TOKENS, judge_messages
    from assistant.write.model.types import ModelFault, whole

    writer = open_model(model)  # type: ignore[arg-type]

    def ask(claim: str, passage: str) -> str:
        try:
            return whole(writer.write(judge_messages(passage, claim), JUDGE_TOKENS))
        except ModelFault:
            return ""  # no usable reply: the judgement failed, and is counted so

    return ask


# --- agreement with people ---


class HumanVerdict(BaseModel):
    """One adjudicated sentence of a review export. What else an export says of it is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    statement: str = Field(min_length=1)
    quotes: tuple[str, ...]
    verdict: Literal["full", "partial", "none", "can't tell"]


@dataclass(frozen=True, slots=True)
class Agreement:
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
        shown = ["-" if value is None else f"{value:.2f}" for value in (self.percent, self.kappa)]
        head = f"judge {self.judge}: agrees with people on {shown[0]} of {self.n}, kappa {shown[1]}"
        return f"{head} ({self.failed} failed, {self.untold} that people could not tell)"

    def as_table(self) -> list[tuple[str, ...]]:
        """The confusion matrix: a head with what the judge says, then a row for each human verdict."""
        rows = [(human, *(str(row[said]) for said in VERDICTS)) for human, row in self.confusion.items()]
        return [("people \\ judge", *VERDICTS), *rows]

    def as_text(self) -> str:
        """Lines for people: the figures, then the confusion matrix."""
        from evals.figures.tables import aligned

        return "\n".join([self.as_words(), *aligned(self.as_table())])


def read_verdicts(file: Path) -> tuple[HumanVerdict, ...]:
    """The verdicts of a review export. JudgeError with file and place."""
    try:
        return tuple(TypeAdapter(list[HumanVerdict]).validate_json(file.read_bytes()))
    except OSError as error:
        raise JudgeError(f"{file}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise JudgeError(f"{file}: {place}: {first['msg']}; wanted a list of statement, quotes, verdict") from None


def agreement(judge: Judge, people: Iterable[HumanVerdict]) -> Agreement:
    """Of one judge with people, over the same sentences and quotes."""
    everything = list(people)
    told = [each for each in everything if each.verdict != "can't tell"]
    pairs = [(each.verdict, _word(judge.judge(each.statement, each.quotes))) for each in told]
    confusion = {human: {said: pairs.count((human, said)) for said in VERDICTS} for human in VERDICTS[:3]}
    percent = sum(human == said for human, said in pairs) / len(pairs) if pairs else None
    failed = sum(said == "failed" for _, said in pairs)
    return Agreement(judge.name, len(pairs), len(everything) - len(told), failed, percent, kappa(pairs), confusion)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: (observed agreement - that of chance) / (1 - that of chance).

    Chance: the sum over verdicts of the product of both sides' shares. None of nothing, and where it is 1.
    """
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    chance = sum(ones.count(verdict) * others.count(verdict) for verdict in set(ones)) / n**2
    return None if chance == 1.0 else (observed - chance) / (1 - chance)


def _word(found: Support | None) -> str:
    if found is None:
        return "failed"
    return "full" if found is Support.VERBATIM else found.value
