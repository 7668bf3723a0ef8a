"""From the global options to an open book."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from relcli.cli.output import say

if TYPE_CHECKING:
    from relcli.actions.books import BookMade
    from relcli.actions.desk import Desk
    from relcli.cli.options import Options

T = TypeVar("T")


def read(options: Options, act: Callable[[Desk], T]) -> T:
    """Do what only reads; a missing book is an error."""
    return write(options, act)[0]


def write(options: Options, act: Callable[[Desk], T], *, makes: bool = False) -> tuple[T, BookMade | None]:
    """Do what writes; answers the result and the book that was made, if one was. `makes`: a missing book is made."""
    from relcli.actions.books import at_desk

    return at_desk(
        options.location(), act, now=options.moment(), wait=options.wait, makes=makes, dry_run=options.dry_run, tell=tell
    )


def tell(line: str) -> None:
    """Say one line at once, before what follows may fail."""
    say([line])
