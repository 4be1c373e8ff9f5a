"""Progress of long work, on stderr: a bar on a terminal, a line at the end elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from index.build import Progress

MIB = 1 << 20


def _bar(*columns: str) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    parts = [TextColumn("{task.description}"), BarColumn(), *(TextColumn(column) for column in columns)]
    return Bar(*parts, TimeElapsedColumn(), console=console, disable=not console.is_terminal)


@contextmanager
def building() -> Iterator[Callable[[Progress], None]]:
    """Of an index: passages done, passages per second, time left."""
    import sys

    with _bar("{task.completed}/{task.total}", "{task.fields[pace]}") as bar:
        task = bar.add_task("index", total=None, pace="")
        last: Progress | None = None

        def tick(now: Progress) -> None:
            nonlocal last
            last = now
            left = f", {now.seconds_left:.0f} s left" if now.seconds_left else ""
            pace = f"{now.per_second:.0f} passages/s{left}" if now.per_second else ""
            bar.update(task, description=f"index: {now.step}", completed=now.done, total=now.total, pace=pace)

        yield tick
    if last is not None and not bar.console.is_terminal:
        sys.stderr.write(f"index: {last.done} passages encoded, {last.reused} kept\n")


@contextmanager
def counting(what: str, unit: str = "") -> Iterator[Callable[..., None]]:
    """Of anything that is counted: given how many are done and how many there are, and what else is told of them."""
    with _bar("{task.completed}/{task.total}" + unit) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, *_: bar.update(task, completed=done, total=total)


@contextmanager
def downloading(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """Of one download, in MiB."""
    with _bar("{task.fields[size]}") as bar:
        task = bar.add_task(name, total=None, size="")

        def tick(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total, size=f"{done / MIB:.1f} MiB")

        yield tick


@contextmanager
def asking(done: int, total: int, what: str = "asked") -> Iterator[Callable[[int, str], None]]:
    """Of what is asked one after another: how many of all, the last one, the time left. Elsewhere a line every 25."""
    import sys
    import time

    with _bar("{task.completed}/{task.total}", "{task.fields[name]}", "{task.fields[left]}") as bar:
        task = bar.add_task(what, total=total, completed=done, name="", left="")
        begun, already = time.monotonic(), done

        def tick(now: int, name: str) -> None:
            seconds = (time.monotonic() - begun) / max(now - already, 1) * (total - now)
            left = f"{seconds / 60:.0f} min left" if seconds >= 60 else ""
            bar.update(task, completed=now, name=name, left=left)
            if not bar.console.is_terminal and (now % 25 == 0 or now == total):
                sys.stderr.write(f"{what} {now} of {total}{left and ', '}{left}\n")

        yield tick
