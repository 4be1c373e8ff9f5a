"""The file of users: what is in it, who may read it, and which names and passwords it takes."""

import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.door.accounts import Accounts, UserRole, who_signs_in
from assistant.errors import AccountError, NotServed
from assistant.settings import Settings

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
WORDS = "seven quiet herons"


@pytest.fixture()
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "home", CHEAP)


def test_a_password_is_kept_as_a_hash_in_a_file_that_only_its_owner_may_read(accounts: Accounts, tmp_path: Path):
    accounts.add("Ana", UserRole.READER, WORDS)
    file = tmp_path / "home" / "users.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert "$argon2id$" in text and WORDS not in text
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".new"] == []
    accounts.add("Ben", UserRole.READER, WORDS)
    hashes = {account.password for account in accounts.all().values()}
    assert len(hashes) == 2  # each with a salt of its own


def test_only_the_right_password_of_a_name_that_is_there_is_taken(accounts: Accounts):
    accounts.add("Ana", UserRole.MAINTAINER, WORDS)
    assert accounts.verify("ANA ", WORDS).role is UserRole.MAINTAINER
    assert accounts.verify("ana", WORDS + "s") is None
    assert accounts.verify("ana", "") is None
    assert accounts.verify("ben", WORDS) is None
    assert accounts.verify("ben", "nobody's") is None


def test_what_another_process_changed_counts_at_once(accounts: Accounts, tmp_path: Path):
    accounts.add("ana", UserRole.READER, WORDS)
    other = Accounts(tmp_path / "home", CHEAP)
    other.change("ana", role=UserRole.REVIEWER)
    assert accounts.all()["ana"].role is UserRole.REVIEWER
    assert accounts.verify("ana", WORDS)
    other.remove("ana")
    assert accounts.verify("ana", WORDS) is None


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("", WORDS, "is no name"),
        ("../ana", WORDS, "is no name"),
        ("a" * 65, WORDS, "is no name"),
        ("a\nb", WORDS, "is no name"),
        ("ana", "eleven char", "12 to 1000 characters"),  # 11 of them
        ("ana", "x" * 1001, "12 to 1000 characters"),
        ("ana", "aaaaaaaaaaaaa", "guessed"),
        ("ana.maria.lopez", "Ana.Maria.Lopez", "guessed"),
        ("ben", WORDS, "there already"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_one_line(accounts: Accounts, name: str, password: str, reason: str):
    accounts.add("ben", UserRole.READER, WORDS)
    with pytest.raises(AccountError) as caught:
        accounts.add(name, UserRole.READER, password)
    assert reason in str(caught.value) and "\n" not in str(caught.value)
    assert password not in str(caught.value)
    assert set(accounts.all()) == {"ben"}


def test_a_file_that_is_none_of_ours_lets_nobody_in_and_repeats_nothing_of_it(accounts: Accounts, tmp_path: Path):
    accounts.add("ana", UserRole.READER, WORDS)
    (tmp_path / "home" / "users.json").write_text('{"ana": {"role": "king", "password": "hunter2"}}')
    with pytest.raises(AccountError, match=r"users\.json: cannot be read") as caught:
        accounts.verify("ana", WORDS)
    assert "hunter2" not in str(caught.value)


def test_each_role_may_do_what_those_before_it_may():
    assert UserRole.MAINTAINER.covers(UserRole.READER) and UserRole.REVIEWER.covers(UserRole.REVIEWER)
    assert not UserRole.READER.covers(UserRole.REVIEWER) and not UserRole.REVIEWER.covers(UserRole.MAINTAINER)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "icat.example"])
def test_another_address_than_this_machine_wants_users_or_to_be_told(tmp_path: Path, host: str):
    with pytest.raises(NotServed) as caught:
        who_signs_in(Settings(home=tmp_path, host=host))
    assert "icat users add NAME" in str(caught.value) and "--open-to-anyone" in str(caught.value)
    assert who_signs_in(Settings(home=tmp_path, host=host, open_to_anyone=True)) is None
    Accounts(tmp_path, CHEAP).add("ana", UserRole.READER, WORDS)
    assert set(who_signs_in(Settings(home=tmp_path, host=host)).all()) == {"ana"}


def test_a_name_that_others_type_wants_users_as_well(tmp_path: Path):
    with pytest.raises(NotServed, match=r"^icat\.example: other machines can reach"):
        who_signs_in(Settings(home=tmp_path, hosts=("localhost", "icat.example")))  # a proxy stands in front


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_at_this_machine_only_nobody_signs_in_until_there_are_users(tmp_path: Path, host: str):
    assert who_signs_in(Settings(home=tmp_path, host=host)) is None
    Accounts(tmp_path, CHEAP).add("ana", UserRole.READER, WORDS)
    assert who_signs_in(Settings(home=tmp_path, host=host)) is not None  # a proxy may stand in front
