"""`icat evaluate`: cases asked one after another, kept as a run that can be stopped and goes on.

A run is what was measured: a second call with the same cases, code, prompts, models and corpora goes on where the first
stopped; whatever differs makes a new run. No path and no key of this machine is written down.
"""

from __future__ import annotations

import json
import platform
import subprocess
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import prompts
from assistant import VERSION
from assistant.progress import asking, counting
from assistant.settings import Settings
from corpus.errors import IcatError
from evals.answers.judge import agreement, keep_verdicts, open_judge, read_verdicts
from evals.answers.scorecard import measure, scorecard
from evals.report import as_text
from evals.runs.asking import ask
from evals.runs.cases import Checked, Located, by_corpus, check, default_files, read_cases, select
from evals.runs.corpora import Corpus, open_corpus
from evals.runs.records import CONFIGURATION, RUNS, appending, create, read_configuration, read_run
from evals.types import CorpusName, EvalCase, Split

REPO = Path(__file__).resolve().parents[1]
CODE = ("corpus", "index", "prompts", "assistant")  # what an answer depends on
LEFT_OUT = ("app", "review", "__pycache__")  # what shows answers, and makes none
SUFFIXES = frozenset({".py", ".txt", ".toml", ".md", ".yaml"})
NOT_COMPARED = ("commit", "started")  # say when, not what

Say = Callable[[str], object]


def run(arguments: Namespace, settings: Settings, line: Say, as_json: Callable[[Any], None], say: Say) -> int:
    """The command, with the arguments that `assistant.cli` gives it; `say` is told what is being done."""
    settings = with_model(settings, arguments.model)
    judge = open_judge(arguments.judge, settings)
    people = read_verdicts(arguments.verdicts) if arguments.verdicts else ()
    runs = arguments.out or settings.home / RUNS
    files = arguments.cases or default_files()
    split = Split(arguments.split) if arguments.split else None
    cases = _askable(select(read_cases(files), arguments.tags, split), arguments.policy, say)[: arguments.limit]
    corpora = [open_corpus(name, settings, settings.home / RUNS, arguments.policy, say) for name in by_corpus(cases)]
    wanted = configuration(cases, corpora, settings)
    folder = folder_for(runs, wanted, [each.case for each in cases])
    say(f"run {folder.name}: {len(cases)} cases")
    ask_all(folder, cases, corpora)
    with counting("judging") as tick:
        keep_verdicts(folder, judge, tick)
    card = scorecard(measure(read_run(folder), judge), agreement(judge, people) if people else None)
    if arguments.json:
        as_json(card.as_dict())
    else:
        line(as_text(card))
    return 0


def with_model(settings: Settings, name: str | None) -> Settings:
    """With another language model of the same server; '' for none."""
    if name is None:
        return settings
    model = settings.model.model_dump() | {"name": name} | ({} if name else {"base_url": "", "key": ""})
    return Settings.model_validate({**settings.model_dump(), "model": model})


def _askable(cases: Sequence[Located], policy: Path | None, say: Say) -> tuple[Located, ...]:
    """Without the cases over a folder of real files, where none is given."""
    kept = tuple(each for each in cases if policy or each.case.corpus is not CorpusName.POLICY)
    if len(kept) < len(cases):
        say(f"{len(cases) - len(kept)} cases over real documents are left out; name their folder with --policy")
    if not kept:
        raise IcatError("no case is left without --policy DIR")
    return kept


def configuration(cases: Sequence[Located], corpora: Sequence[Corpus], settings: Settings) -> dict[str, Any]:
    """What is measured, and with what; JSON-safe, without a path or a key."""
    asked = "".join(each.case.model_dump_json() + "\n" for each in cases)
    splits = {split.value: sum(each.case.split is split for each in cases) for split in Split}
    model = settings.model
    return {
        "version": VERSION,
        "commit": commit(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": code_digest(),
        "prompts": {name: prompts.load(name).digest for name in prompts.names()},
        "cases": {"number": len(cases), "digest": sha256(asked.encode()).hexdigest(), "splits": splits},
        "index": settings.index.model_dump(exclude={"chroma"}) | {"server": bool(settings.index.chroma)},
        "model": model.model_dump(include={"provider", "name", "context_tokens", "answer_tokens", "temperature"})
        if model.configured
        else None,
        "corpora": {corpus.name.value: corpus.facts for corpus in corpora},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def commit() -> str:
    """The commit of the repository, "" outside of one. What differs from it is in the digest of the code."""
    command = ["git", "-C", str(REPO), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def code_digest(repo: Path = REPO) -> str:
    """sha256 over name and content of every file that an answer depends on."""
    files = sorted(
        file
        for folder in CODE
        for file in (repo / folder).rglob("*")
        if file.suffix in SUFFIXES and not set(file.relative_to(repo).parts) & set(LEFT_OUT)
    )
    found = sha256()
    for file in files:
        found.update(file.relative_to(repo).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def identity(wanted: Mapping[str, Any]) -> str:
    """sha256 of what makes two runs the same."""
    kept = {name: value for name, value in wanted.items() if name not in NOT_COMPARED}
    return sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def folder_for(runs: Path, wanted: Mapping[str, Any], cases: Sequence[EvalCase]) -> Path:
    """The run with this configuration, the latest where there are several; a new one where there is none."""
    mine = identity(wanted)
    for file in sorted(runs.glob(f"*-{mine[:8]}/{CONFIGURATION}"), reverse=True):
        if identity(read_configuration(file.parent)) == mine:
            return file.parent
    folder = runs / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{mine[:8]}"
    create(folder, wanted, cases)
    return folder


def ask_all(folder: Path, cases: Sequence[Located], corpora: Sequence[Corpus]) -> None:
    """Asks what has no record yet, corpus by corpus. Ctrl-C keeps what was asked, and is passed on.

    CaseError before the first question when the gold of any case is not in its corpus.
    """
    by_name = by_corpus(cases)
    checked: dict[str, Checked] = {}
    for corpus in corpora:
        checked |= check(by_name[corpus.name], corpus.library, corpus.toolkit)
    done = {record.case for record in read_run(folder).records}
    waiting = [(each.case, corpus) for corpus in corpora for each in by_name[corpus.name] if each.case.id not in done]
    with appending(folder) as append, asking(len(done), len(done) + len(waiting)) as tick:
        for number, (case, corpus) in enumerate(waiting, start=len(done) + 1):
            append(ask(case, corpus, checked[case.id]))
            tick(number, case.id)
