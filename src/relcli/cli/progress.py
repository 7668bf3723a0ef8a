"""Long work shows a bar on stderr, where that is a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

_LARGE = 5000  # rows; less is done before a bar could be read


@contextlib.contextmanager
def bar(rows: int, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with what is being done, rows done and rows in all; the bar is gone at the end."""
    if quiet or rows < _LARGE or sys.stderr is None or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=rows)

        def show(doing: str, done: int, total: int) -> None:
            progress.update(task, description=doing, completed=done, total=total)

        yield show


def _silent(_doing: str, _done: int, _total: int) -> None:
    return
