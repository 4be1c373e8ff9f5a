"""`python -m assistant.commands.package`: what comes with the program of its texts, made anew after a text changed."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import progress, wiring
from assistant.commands.output import line
from assistant.settings import load_settings
from index import build, generations, packaged, snapshot


def main() -> int:
    """Cuts all starter texts, encodes what is not packed yet of them and their questions, and packs what is there now.

    Without the file everything is encoded, which takes a quarter of an hour.
    """
    with TemporaryDirectory() as folder, progress.building() as tick:
        settings = load_settings().model_copy(update={"home": Path(folder)})
        manifest = wiring.build_index(settings, wiring.open_library(settings), tick, cut=True)
        vectors = build.in_force(settings.home, manifest, settings.index)
        chunks = snapshot.read(generations.folder(settings.home, manifest.generation)).chunks
        packaged.pack(manifest.embedder, vectors, settings.index.chunk_tokens, manifest.documents, chunks)
    line(f"{packaged.FILE.name}: {packaged.FILE.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
