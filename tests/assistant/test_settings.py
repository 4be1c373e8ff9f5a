"""Settings: precedence, refusals in one line, quiet libraries."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import FILE, VARIABLES, Contact, Settings, load_settings, quiet_environment
from index.types import IndexSettings


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
    assert (settings.index.reranker, settings.index.rerank) == ("", 0)


def test_test_variables_are_nobodys_setting(tmp_path: Path) -> None:
    assert load_settings({"ICAT_HOME": str(tmp_path), "ICAT_TEST_CHROMA": "x", "PATH": "y"}).port == 7860


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ICAT_EMBEDER": "x"}, "environment: ICAT_EMBEDER is not a setting"),
        ({"ICAT_PORT": "http"}, "environment: ICAT_PORT is 'http': input should be a valid integer"),
        ({"ICAT_PORT": "70000"}, "environment: ICAT_PORT is '70000': input should be less than"),
        ({"ICAT_RERANKER": "", "ICAT_RERANK": "5"}, "index.rerank is 5 but index.reranker is ''"),
        ({"ICAT_POOL": "10", "ICAT_RERANK": "20"}, "index.rerank is 20, wanted at most index.pool, 10"),
        ({"ICAT_POOL": "5", "ICAT_RERANK": "5"}, "index.top_k is 8, wanted at most index.pool, 5"),
        ({"ICAT_CHROMA": "localhost:8000"}, "index.chroma is 'localhost:8000', wanted a http:// or"),
        ({"ICAT_READING_SECONDS": "0"}, "environment: ICAT_READING_SECONDS is '0'"),
    ],
)
def test_wrong_variables_are_one_line(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ICAT_HOME": str(tmp_path), **environment})
    assert said in str(caught.value) and "\n" not in str(caught.value)


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
    ],
)
def test_wrong_file_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    environment = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(environment)
    assert said in str(caught.value) and FILE in str(caught.value) and "\n" not in str(caught.value)


def test_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(SettingsError, match=r"ICAT_HOME|cannot be read"):
        load_settings({"ICAT_HOME": str(file)})


def test_every_scalar_setting_has_its_variable() -> None:
    index = {("index", name) for name in IndexSettings.model_fields}
    reading = {("reading", name) for name in Settings.model_fields["reading"].annotation.model_fields}
    assert set(VARIABLES.values()) == {("home",), ("host",), ("port",)} | index | reading


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
