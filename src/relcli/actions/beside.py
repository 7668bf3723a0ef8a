"""Other copies of the book beside it: named by every write until they are dealt with, and by `book check`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from relcli.domain.finding import Finding, Level
from relcli.domain.moment import zone_of
from relcli.domain.twin import named_as_copy
from relcli.domain.wording import counted, day_in_words
from relcli.store import batches, twins
from relcli.store.engine import is_url
from relcli.text import safe

if TYPE_CHECKING:
    from relcli.store.book import Book


def warnings(book: Book, location: str) -> list[str]:
    """A line for each copy beside the book that has something which the book lacks."""
    if is_url(location) or not twins.beside(Path(location)):
        return []
    with book.reading() as connection:
        return [
            f"{safe(str(twin.file))} is another copy of this book, with {counted(at.missing, 'change')} that this one lacks;"
            f" bring them over: {_merge(twin.file)}"
            for twin, at in twins.found(connection, Path(location))
            if not at.settled
        ]


def findings(book: Book, location: str) -> list[Finding]:
    """What `book check` says of them: since when they differ, and what to do."""
    if is_url(location) or not twins.beside(Path(location)):
        return []
    found = []
    with book.reading() as connection:
        days = {b.number: b.at.astimezone(zone_of(book.zone)).date() for b in batches.history(connection)}
        for twin, at in twins.found(connection, Path(location)):
            name = safe(str(twin.file))
            if at.settled:
                what = f"{name} is another copy of this book, and this book has all that it has"
                rid = (
                    f"delete it: rm {safe(shlex.quote(str(twin.file)))}"
                    if named_as_copy(twin.file.name)
                    else "keep only one of them"
                )
                found.append(Finding("another copy", Level.NOTE, what, rid))
                continue
            since = f"since batch {at.split} of {day_in_words(days[at.split])}" if at.split else "from the beginning"
            what = f"{name} is another copy of this book; they differ {since}, and {counted(at.missing, 'change')} of it are not here"
            found.append(Finding("another copy", Level.PROBLEM, what, _merge(twin.file)))
    return found


def _merge(file: Path) -> str:
    return f"relcli book merge-copy {safe(shlex.quote(str(file)))}"
