"""Settings: precedence, refusals in one line, quiet libraries."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.model_settings import ModelSettings
from assistant.settings import FILE, VARIABLES, Contact, OidcSettings, Settings, load_settings, quiet_environment
from index.types import IndexSettings

SECRET = "sk-this-must-never-be-seen"
OF_THEIR_OWN = [
    "home",
    "host",
    "port",
    "api",
    "hosts",
    "open_to_anyone",
    "session_hours",
    "questions_a_minute",
    "uploads_a_minute",
    "anyone_adds",
    "judge",
    "log",
    "metrics",
    "traces",
    "stop_seconds",
]
OIDC = {"ICAT_OIDC_ISSUER": "https://login.example/realm", "ICAT_OIDC_CLIENT": "icat"}
MODEL = {"ICAT_MODEL_NAME": "m", "ICAT_MODEL_BASE_URL": "http://127.0.0.1:1/v1"}


def write(home: Path, text: str) -> dict[str, str]:
    """A settings file in a home, and the environment that points there."""
    home.mkdir(exist_ok=True)
    (home / FILE).write_text(text, encoding="utf-8")
    return {"ICAT_HOME": str(home)}


def test_without_anything_set_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings({"ICAT_HOME": str(tmp_path)})
    assert (settings.home, settings.host, settings.port) == (tmp_path, "127.0.0.1", 7860)
    assert settings.index == IndexSettings()
    assert (settings.reading.seconds, settings.contacts) == (60, ())


def test_home_defaults_to_the_users_data_folder_and_is_absolute() -> None:
    home = load_settings({}).home
    assert home.is_absolute() and home.name == "icat-assistant"


def test_home_may_be_written_with_a_tilde_and_need_not_exist() -> None:
    assert load_settings({"ICAT_HOME": "~/no-such-icat"}).home == Path.home() / "no-such-icat"


def test_file_is_read_and_the_environment_wins_key_by_key(tmp_path: Path) -> None:
    environment = write(
        tmp_path,
        'port = 8000\n[index]\npool = 30\ntop_k = 5\n[[contacts]]\nname = "A"\ncontact = "b"\nregion = "C"\n',
    )
    settings = load_settings({**environment, "ICAT_TOP_K": "6", "ICAT_CHROMA": "http://127.0.0.1:8000"})
    assert (settings.port, settings.index.pool, settings.index.top_k) == (8000, 30, 6)
    assert settings.index.chroma == "http://127.0.0.1:8000"
    assert settings.contacts == (Contact(name="A", contact="b", region="C"),)


def test_empty_variable_means_not_set_except_where_none_is_a_value(tmp_path: Path) -> None:
    settings = load_settings({"ICAT_HOME": str(tmp_path), "ICAT_PORT": "", "ICAT_RERANKER": ""})
    assert settings.port == 7860
    assert settings.index.reranker == ""


def test_test_variables_are_nobodys_setting(tmp_path: Path) -> None:
    assert load_settings({"ICAT_HOME": str(tmp_path), "ICAT_TEST_CHROMA": "x", "PATH": "y"}).port == 7860


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ICAT_EMBEDER": "x"}, "environment: ICAT_EMBEDER is not a setting"),
        ({"ICAT_PORT": "http"}, "environment: ICAT_PORT is 'http': input should be a valid integer"),
        ({"ICAT_PORT": "70000"}, "environment: ICAT_PORT is '70000': input should be less than"),
        ({"ICAT_RERANK": "5"}, "environment: ICAT_RERANK is not a setting"),
        ({"ICAT_POOL": "5"}, "index.top_k is 12, wanted at most index.pool, 5"),
        ({"ICAT_CHROMA": "localhost:8000"}, "index.chroma is 'localhost:8000', wanted a http:// or"),
        ({"ICAT_READING_SECONDS": "0"}, "environment: ICAT_READING_SECONDS is '0'"),
        ({"ICAT_MODEL_NAME": "m"}, "ICAT_*: model.name is set but model.base_url is ''; set ICAT_MODEL_BASE_URL"),
        ({"ICAT_MODEL_BASE_URL": "http://h/v1"}, "model.base_url is set but model.name is ''"),
        ({"ICAT_MODEL_KEY": SECRET}, "model.key is set but model.name is ''"),
        ({**MODEL, "ICAT_MODEL_BASE_URL": "h:80/v1"}, "environment: ICAT_MODEL_BASE_URL: wanted a URL"),
        ({**MODEL, "ICAT_MODEL_BASE_URL": f"http://u:{SECRET}@h/v1"}, "wanted a URL without password"),
        ({**MODEL, "ICAT_MODEL_BASE_URL": f"http://h/v1?key={SECRET}"}, "wanted a URL without password"),
        ({**MODEL, "ICAT_MODEL_KEY": f"{SECRET}\n{SECRET}"}, "environment: ICAT_MODEL_KEY: wanted printable ASCII"),
        ({**MODEL, "ICAT_MODEL_KEY": f"{SECRET}ключ"}, "environment: ICAT_MODEL_KEY: wanted printable ASCII"),
        ({"ICAT_OIDC_ISSUER": "https://h"}, "oidc wants both an issuer and a client; set ICAT_OIDC_ISSUER and"),
        ({"ICAT_OIDC_SECRET": SECRET}, "oidc wants both an issuer and a client"),
        (
            {**OIDC, "ICAT_OIDC_ISSUER": "http://login.example"},
            "ICAT_OIDC_ISSUER: wanted the https:// URL of the issuer",
        ),
        ({**OIDC, "ICAT_OIDC_ISSUER": f"https://u:{SECRET}@h"}, "ICAT_OIDC_ISSUER: wanted the https:// URL"),
        ({**OIDC, "ICAT_OIDC_SECRET": f"{SECRET}\nx"}, "environment: ICAT_OIDC_SECRET: wanted printable ASCII"),
        ({**MODEL, "ICAT_MODEL_PROVIDER": "other"}, "environment: ICAT_MODEL_PROVIDER is 'other'"),
        ({**MODEL, "ICAT_MODEL_PROVIDER": "anthropic"}, "which wants a key; set ICAT_MODEL_KEY"),
        ({**MODEL, "ICAT_MODEL_ANSWER_TOKENS": "5000"}, "answer_tokens is 5000, wanted at most half"),
        ({**MODEL, "ICAT_MODEL_WHOLE_SECONDS": "30"}, "model.first_seconds is 60, wanted at most model.whole_seconds"),
    ],
)
def test_wrong_variables_are_one_line(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ICAT_HOME": str(tmp_path), **environment})
    assert said in str(caught.value) and "\n" not in str(caught.value) and SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "prot is not a setting"),
        ("[index]\nembeder = 'x'", "index.embeder is not a setting"),
        ("[[contacts]]\nname = 'A'", "contacts.1.contact is missing"),
        ("port = ", "cannot be read: Invalid value (at end of document"),
        ("index = 3", "index is 3"),
        ("home = '/x'", "home cannot be set in the file"),
        ("a = 1\nb = 2", "(and 1 more)"),
        (f"[model]\nkey = '{SECRET}'", "model.key cannot be set in a file; set ICAT_MODEL_KEY and delete it here"),
        (f"[model]\nkey = ['{SECRET}']", "model.key cannot be set in a file"),
        (f"[model]\napi_key = '{SECRET}'", "model.api_key is not a setting"),
        (f"key = '{SECRET}'", "key is not a setting"),
        (
            f"[oidc]\nsecret = '{SECRET}'",
            "oidc.secret cannot be set in a file; set ICAT_OIDC_SECRET and delete it here",
        ),
    ],
)
def test_wrong_file_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    environment = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment)
    assert said in str(caught.value) and FILE in str(caught.value) and "\n" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(SettingsError, match=r"ICAT_HOME|cannot be read"):
        load_settings({"ICAT_HOME": str(file)})


def test_every_scalar_setting_has_its_variable() -> None:
    index = {("index", name) for name in IndexSettings.model_fields}
    reading = {("reading", name) for name in Settings.model_fields["reading"].annotation.model_fields}
    model = {("model", name) for name in ModelSettings.model_fields}
    oidc = {("oidc", name) for name in OidcSettings.model_fields}
    assert set(VARIABLES.values()) == {(name,) for name in OF_THEIR_OWN} | index | reading | model | oidc


def test_quiet_environment_switches_telemetry_off_and_offline_on() -> None:
    environment = {"ANONYMIZED_TELEMETRY": "True"}
    quiet_environment(environment)
    assert environment["ANONYMIZED_TELEMETRY"] == "False"
    assert environment["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environment["HF_HUB_OFFLINE"] == environment["TRANSFORMERS_OFFLINE"] == "1"


def test_section_given_as_a_value_is_refused_even_under_a_variable(tmp_path: Path) -> None:
    environment = write(tmp_path, "index = 3")
    with pytest.raises(SettingsError, match="index is 3"):
        load_settings({**environment, "ICAT_POOL": "40"})


def test_who_allows_downloads_keeps_them() -> None:
    environment = {"HF_HUB_OFFLINE": "0"}
    quiet_environment(environment)
    assert environment["HF_HUB_OFFLINE"] == environment["TRANSFORMERS_OFFLINE"] == "0"


def test_a_command_that_downloads_is_online_unless_downloads_are_forbidden() -> None:
    environment: dict[str, str] = {}
    quiet_environment(environment, downloads=True)
    assert environment["HF_HUB_OFFLINE"] == "0" and environment["HF_HUB_DISABLE_TELEMETRY"] == "1"
    forbidden = {"HF_HUB_OFFLINE": "1"}
    quiet_environment(forbidden, downloads=True)
    assert forbidden["HF_HUB_OFFLINE"] == "1"


def test_model_is_read_from_file_and_environment_and_its_key_is_never_shown(tmp_path: Path) -> None:
    environment = write(tmp_path, "[model]\nname = 'm'\nbase_url = 'http://127.0.0.1:1/v1/'\nat_once = 3\n")
    settings = load_settings({**environment, "ICAT_MODEL_KEY": f" {SECRET}\n", "ICAT_MODEL_FIRST_SECONDS": "0.5"})
    model = settings.model
    assert model.configured and (model.name, model.base_url, model.at_once) == ("m", "http://127.0.0.1:1/v1", 3)
    assert model.first_seconds == 0.5
    assert model.key.get_secret_value() == SECRET
    for shown in (repr(settings), str(settings), repr(settings.model_dump()), settings.model_dump_json()):
        assert SECRET not in shown


def test_settings_that_are_validated_again_keep_the_key(tmp_path: Path) -> None:
    settings = load_settings({"ICAT_HOME": str(tmp_path), **MODEL, "ICAT_MODEL_KEY": SECRET})
    again = Settings.model_validate({**settings.model_dump(), "port": 8000})
    assert again.model.key.get_secret_value() == SECRET


def test_without_a_name_there_is_no_model(tmp_path: Path) -> None:
    assert not load_settings({"ICAT_HOME": str(tmp_path), "ICAT_MODEL_KEY": ""}).model.configured


def test_hosts_are_names_with_commas_between_them(tmp_path: Path) -> None:
    settings = load_settings({"ICAT_HOME": str(tmp_path), "ICAT_HOSTS": "icat.example.org, ICAT ,[2001:DB8::1]"})
    assert settings.hosts == ("icat.example.org", "icat", "[2001:db8::1]")


@pytest.mark.parametrize("host", ["http://icat.example", "icat.example:80", "*", "a/b", "a@b", ".example"])
def test_a_host_is_a_name_and_nothing_more(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match=r"ICAT_HOSTS: .* is no name of a host"):
        load_settings({"ICAT_HOME": str(tmp_path), "ICAT_HOSTS": host})
