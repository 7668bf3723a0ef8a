"""Another copy of the book, found beside it or given by name: what it has is brought over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from relcli.actions.desk import Desk
from relcli.domain.batch import Batch
from relcli.domain.twin import Parted, parted
from relcli.domain.wording import counted, day_in_words
from relcli.errors import Ambiguous, Misused
from relcli.store import batches, branch, bringing, forgetting, tables, twins
from relcli.store.engine import is_url
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection


class OtherBook(Ambiguous):
    """The file is a book, and not a copy of this one."""


@dataclass(frozen=True, slots=True)
class CopyMerged:
    """What came over from a file, by noun.

    `kept` are the ids of records that both copies changed and that stay as here, `forget` of contacts that were forgotten
    there. Without a batch there was nothing to bring over.
    """

    file: str
    parted: Parted
    new: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]
    left_out: int
    kept: tuple[str, ...]
    forget: tuple[str, ...]
    batch: Batch | None


def merge_copy(file: str, location: str, desk: Desk, *, wait: float) -> CopyMerged:
    """Bring over all that another copy of this book has, in one batch; the file stays as it is.

    Raises InputMissing, InputRefused, NotABook and Denied for the file, OtherBook where it is no copy of this book,
    Misused for the book itself.
    """
    path = Path(file).expanduser()
    if not is_url(location) and path.exists() and path.samefile(location):
        raise Misused(f"{safe(file)} is this book itself", "give the other copy; relcli book check names it")
    with twins.reading(path, wait) as there, desk.writing("book merge-copy") as writing:
        here = writing.connection
        if forgetting.known(there).secret != forgetting.known(here).secret:
            raise OtherBook(f"{safe(file)} is another book: {_described(there)}", "bring in single tables: relcli import --help")
        at = parted(branch.marks(here), branch.brought(here), branch.marks(there))
        if at.settled:
            return CopyMerged(safe(str(path)), at, {}, {}, {}, 0, (), (), None)
        done = bringing.bring(writing, there, at)
        return CopyMerged(
            safe(str(path)), at, dict(done.new), dict(done.changed), dict(done.removed), done.left_out.total(),
            tuple(done.kept), tuple(done.forget), writing.written,
        )  # fmt: skip


def _described(there: Connection) -> str:
    """Another book in a few words."""
    row = there.execute(select(col(tables.Book.created), col(tables.Book.timezone))).one()
    people = batches.counts(there)["contacts"]
    return f"begun on {day_in_words(row.created.date())} in {safe(row.timezone)}, with {counted(people, 'contact')}"
