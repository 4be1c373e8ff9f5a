"""The one settings object: read once at start from the environment and `settings.toml`, then passed down.

The environment wins over the file, the file over the defaults. Whatever is unknown, out of range or cannot go
with another setting is a `SettingsError` of one line, at start.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator

from assistant.errors import SettingsError
from assistant.model_settings import KEY_VARIABLE, LOOPBACK, Key, ModelSettings
from corpus.types import StrictModel
from index.types import IndexSettings

FILE = "settings.toml"
HOST = re.compile(r"[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]")
SECRETS = {("model", "key"): KEY_VARIABLE, ("oidc", "secret"): "ICAT_OIDC_SECRET"}  # from the environment only
MODEL_JUDGES = "model"  # as the setting `judge`: the model that writes also judges

MEANT_EMPTY = frozenset({"ICAT_RERANKER", "ICAT_CHROMA"})  # '' says "none"; elsewhere it says "not set"
TEST_PREFIX = "ICAT_TEST_"

QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "TOKENIZERS_PARALLELISM": "true",  # unset, it warns and goes single-threaded once a reader was forked
}
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


class Contact(StrictModel):
    """A place to turn to that an operator vouches for; shown to people in danger."""

    name: str = Field(min_length=1, description="what it is called")
    contact: str = Field(min_length=1, description="a number, an address or a URL, as it is to be shown")
    region: str = Field("", description="where it serves: a country, a city, a language")


class ReadingSettings(StrictModel):
    """What one file may cost while it is parsed in its child process."""

    seconds: int = Field(60, ge=1, le=3600, description="wall clock for one file")
    memory_mb: int = Field(2048, ge=256, le=65536, description="MiB of address space for one file")


class OidcSettings(StrictModel):
    """An OpenID Connect provider that people may sign in with."""

    issuer: str = Field("", description="an OpenID Connect provider that people sign in with, by its URL; '' for none")
    client: str = Field("", description="as what the provider knows this page (client id)")
    secret: Key = Field(SecretStr(""), description="from the environment only; '' where the provider wants none")
    name: str = Field("OpenID Connect", min_length=1, description="what the provider is called where people sign in")
    claim: str = Field(
        "email", min_length=1, description="the claim that is a user's name here; one that nobody can change themselves"
    )
    anyone_reads: bool = Field(False, description="whether all whom the provider knows come in, as readers")

    @field_validator("issuer")
    @classmethod
    def _safe(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if issuer and (not safe or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment):
            raise ValueError("wanted the https:// URL of the issuer, without password, query or fragment")
        return issuer

    @model_validator(mode="after")
    def _whole(self) -> OidcSettings:
        if bool(self.issuer) != bool(self.client) or (self.secret.get_secret_value() and not self.issuer):
            raise ValueError("oidc wants both an issuer and a client; set ICAT_OIDC_ISSUER and ICAT_OIDC_CLIENT")
        return self


class Settings(StrictModel):
    """Everything that can be set. Frozen: a running process never changes it."""

    home: Path = Field(description="the one folder that is written to, absolute")
    host: str = Field("127.0.0.1", min_length=1, description="address the chat listens on; `0.0.0.0` for all")
    port: int = Field(7860, ge=1, le=65535, description="where the chat listens")
    api: bool = Field(False, description="whether the server of the chat also answers programs")
    hosts: tuple[str, ...] = Field((), description="names it answers for, beside those of its address; no port")
    open_to_anyone: bool = Field(False, description="whether nobody has to sign in, wherever it listens")
    session_hours: float = Field(12, gt=0, le=720, description="until who signed in has to do so again")
    questions_a_minute: int = Field(60, ge=1, description="of one client; who sits at this machine has no limit")
    uploads_a_minute: int = Field(30, ge=1, description="files of one client")
    anyone_adds: bool = Field(False, description="publications, not only people at this machine; where nobody signs in")
    index: IndexSettings = IndexSettings()
    reading: ReadingSettings = ReadingSettings()
    model: ModelSettings = ModelSettings()
    oidc: OidcSettings = OidcSettings()
    judge: str = Field("", description="of a draft's support: 'model' for the one that writes, or an NLI cross-encoder")
    contacts: tuple[Contact, ...] = ()
    log: Literal["plain", "json"] = Field("plain", description="the log: lines to read, or a JSON object a line")
    metrics: Literal["off", "local", "all"] = Field(
        "off", description="who may read `/metrics`: nobody, this machine or all"
    )
    traces: str = Field("", description="OpenTelemetry collector (OTLP over gRPC); '' for none")
    stop_seconds: float = Field(60.0, ge=0, le=3600, description="that answers in hand have when the server is ended")

    @field_validator("hosts", mode="before")
    @classmethod
    def _names(cls, hosts: Any) -> Any:
        """In a variable, with commas between them."""
        return tuple(filter(None, re.split(r"[\s,]+", hosts))) if isinstance(hosts, str) else hosts

    @field_validator("hosts")
    @classmethod
    def _hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not HOST.fullmatch(host):
                raise ValueError(f"{host!r} is no name of a host, such as icat.example.org; without http:// and port")
        return tuple(host.lower() for host in hosts)

    @field_validator("home")
    @classmethod
    def _folder(cls, home: Path) -> Path:
        home = home.expanduser().absolute()
        if home.exists() and not home.is_dir():
            raise ValueError("is a file, wanted a folder")
        return home

    @model_validator(mode="after")
    def _possible(self) -> Settings:
        index = self.index
        if self.judge == MODEL_JUDGES and not self.model.configured:
            raise ValueError(f"judge is '{MODEL_JUDGES}' but no language model is set; set ICAT_MODEL_NAME")
        if index.top_k > index.pool:
            raise ValueError(f"index.top_k is {index.top_k}, wanted at most index.pool, {index.pool}")
        if self.traces and not self.traces.startswith(("http://", "https://")):
            raise ValueError(f"traces is {self.traces!r}, wanted a http:// or https:// URL, or ''")
        if index.chroma and not index.chroma.startswith(("http://", "https://")):
            raise ValueError(f"index.chroma is {index.chroma!r}, wanted a http:// or https:// URL, or ''")
        return self


def _variables() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            prefix = "" if name == "index" else f"{name}_"
            yield from ((f"ICAT_{prefix}{key}".upper(), (name, key)) for key in section.model_fields)
        elif name != "contacts":  # these are told in the file only
            yield f"ICAT_{name}".upper(), (name,)


VARIABLES: Mapping[str, tuple[str, ...]] = dict(_variables())  # variable -> place in the settings


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: `environment` (default: the process's) over `settings.toml` over defaults.

    Raises SettingsError with one line: where the setting stands, what was found, what is wanted.
    """
    environment = os.environ if environment is None else environment
    from_environment = _from_environment(environment)
    home = Path(from_environment.get("home") or _default_home()).expanduser().absolute()
    file = home / FILE
    merged = _merge(_from_file(file), {**from_environment, "home": home})
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise SettingsError(_one_line(error, environment, file)) from None


def quiet_environment(environment: MutableMapping[str, str] | None = None, downloads: bool = False) -> None:
    """Switch off telemetry and model-hub look-ups of the libraries; call it before any of them is imported.

    Telemetry is switched off whatever was set. Offline is a default: HF_HUB_OFFLINE=0 allows downloads, as do
    `downloads`, for a command that is there to download; HF_HUB_OFFLINE=1 forbids them all the same.
    """
    environment = os.environ if environment is None else environment
    environment.update(QUIET)
    for name, value in OFFLINE.items():
        environment.setdefault(name, environment.get("HF_HUB_OFFLINE", "0" if downloads else value))


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("icat-assistant", appauthor=False)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """ICAT_* as nested values; an unknown one is an error, so that a typing error cannot pass unnoticed."""
    values: dict[str, Any] = {}
    for name in sorted(environment):
        if not name.startswith("ICAT_") or name.startswith(TEST_PREFIX):
            continue
        if name not in VARIABLES:
            raise SettingsError(f"environment: {name} is not a setting; known are {', '.join(VARIABLES)}")
        if environment[name] == "" and name not in MEANT_EMPTY:
            continue
        *sections, key = VARIABLES[name]
        place = values
        for section in sections:
            place = place.setdefault(section, {})
        place[key] = environment[name]
    return values


def _from_file(file: Path) -> dict[str, Any]:
    """The parsed settings file; {} when there is none."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from None
    if "home" in values:
        raise SettingsError(f"{file}: home cannot be set in the file that lies in it; set ICAT_HOME")
    for (section, key), variable in SECRETS.items():
        if isinstance(values.get(section), Mapping) and key in values[section]:
            raise SettingsError(f"{file}: {section}.{key} cannot be set in a file; set {variable} and delete it here")
    return values


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both, `above` winning key by key; a value where a section should be is left to validation."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key, {})
        if isinstance(value, Mapping):
            merged[key] = _merge(under, value) if isinstance(under, Mapping) else under
        else:
            merged[key] = value
    return merged


def _one_line(error: ValidationError, environment: Mapping[str, str], file: Path) -> str:
    """The first fault as 'where: what: found, wanted'; the number of further ones at the end."""
    first, *others = error.errors(include_url=False)
    place = first["loc"]
    variable = next((name for name, path in VARIABLES.items() if path == place and environment.get(name)), "")
    dotted = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    pair = first["type"] == "value_error" and len(place) < 2 and not variable  # settings that exclude each other
    where = f"environment: {variable}" if variable else f"{file} or ICAT_*" if pair else f"{file}: {dotted}"
    if first["type"] == "extra_forbidden":
        text = f"{where} is not a setting; remove it or mend its spelling"
    elif first["type"] == "value_error":
        text = f"{where}: {first['ctx']['error']}"
    elif first["type"] == "missing":
        text = f"{where} is missing"
    else:
        text = f"{where} is {first['input']!r}: {first['msg'][0].lower()}{first['msg'][1:]}"
    return text + (f" (and {len(others)} more)" if others else "")
