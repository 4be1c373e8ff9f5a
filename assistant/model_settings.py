"""The settings of the language model. Without a name there is none, and answers are verbatim."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

KEY_VARIABLE = "ICAT_MODEL_KEY"
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # what is asked there stays on this machine
PROMPT_SHARE = 0.5  # of the context that must stay for instructions, question and evidence


def _header(key: SecretStr) -> SecretStr:
    """Something a header can carry: what a library says of a broken header would repeat the key."""
    value = key.get_secret_value().strip()
    if not all("!" <= character <= "~" for character in value):
        raise ValueError("wanted printable ASCII characters without spaces")
    return SecretStr(value)


Key = Annotated[SecretStr, AfterValidator(_header)]


class ModelSettings(BaseModel):
    """Which language model writes, and what it may cost. The key comes from the environment only."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    provider: Literal["openai-like", "anthropic"] = Field("openai-like", description="which protocol the server speaks")
    base_url: str = Field("", description="of an OpenAI-compatible server, with its version: http://127.0.0.1:11434/v1")
    name: str = Field("", description="as the server calls it; '' for no language model")
    key: Key = Field(SecretStr(""), description="from the environment only; '' where the server wants none")
    context_tokens: int = Field(8192, ge=1024, le=10_000_000, description="what the model reads and writes in all")
    answer_tokens: int = Field(1000, ge=16, le=100_000, description="of one answer, at most")
    draft_tokens: int = Field(3000, ge=16, le=100_000, description="of one draft, at most; or half of the context")
    temperature: float = Field(0.0, ge=0.0, le=2.0, description="0: the likeliest words, the same each time")
    first_seconds: float = Field(60.0, gt=0, le=3600, description="until the first token")
    between_seconds: float = Field(20.0, gt=0, le=3600, description="between two tokens")
    whole_seconds: float = Field(180.0, gt=0, le=7200, description="for one answer, without waiting in the queue")
    at_once: int = Field(2, ge=1, le=1000, description="answers written at the same time; more wait in a queue")
    threads: int = Field(0, ge=0, le=1024, description="of a model on this machine; 0: as many as physical cores")

    @property
    def configured(self) -> bool:
        return bool(self.name)

    @field_validator("base_url")
    @classmethod
    def _plain_url(cls, url: str) -> str:
        """A URL that can be shown: without a user, a password or a query. The message never repeats it."""
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise ValueError("wanted a URL such as http://127.0.0.1:11434/v1") from None
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError(f"wanted a URL without password, query or fragment; a key goes into {KEY_VARIABLE}")
        if not fits:
            raise ValueError("wanted a URL that starts with http:// or https://")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _possible(self) -> ModelSettings:
        if not self.name:
            for field, value in (("base_url", self.base_url), ("key", self.key.get_secret_value())):
                if value:
                    raise ValueError(f"model.{field} is set but model.name is ''; set ICAT_MODEL_NAME")
            return self
        if self.provider == "openai-like" and not self.base_url:
            raise ValueError("model.name is set but model.base_url is ''; set ICAT_MODEL_BASE_URL")
        if self.provider == "anthropic" and not self.key.get_secret_value():
            raise ValueError(f"model.provider is 'anthropic', which wants a key; set {KEY_VARIABLE}")
        if self.provider == "anthropic" and not _installed("llama_index.llms.anthropic"):
            raise ValueError(
                "model.provider is 'anthropic' but its package is not here; "
                "pip install llama-index-llms-anthropic 'anthropic<1'"
            )
        return self._fitting()

    def _fitting(self) -> ModelSettings:
        if self.answer_tokens > self.context_tokens * (1 - PROMPT_SHARE):
            raise ValueError(
                f"model.answer_tokens is {self.answer_tokens}, wanted at most half of model.context_tokens, "
                f"{self.context_tokens}"
            )
        for field in ("first_seconds", "between_seconds"):
            if getattr(self, field) > self.whole_seconds:
                raise ValueError(
                    f"model.{field} is {getattr(self, field):g}, wanted at most model.whole_seconds, "
                    f"{self.whole_seconds:g}"
                )
        return self


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
