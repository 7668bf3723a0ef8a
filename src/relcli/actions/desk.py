"""What every use case is given: the book, the present, who is at work, their settings."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from relcli.config.settings import Settings
from relcli.domain.duration import duration
from relcli.domain.moment import zone_of
from relcli.store import purging
from relcli.store.book import Book

if TYPE_CHECKING:
    from relcli.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Desk:
    """A dry run does everything and writes nothing in the end. `wrote` is called after each batch."""

    book: Book
    now: datetime
    actor: str
    settings: Settings
    dry_run: bool = False
    wrote: Callable[[], None] = lambda: None

    @property
    def today(self) -> date:
        """The present day in the book's zone."""
        return self.now.astimezone(zone_of(self.book.zone)).date()

    @contextlib.contextmanager
    def writing(self, command: str, *, purges: bool = True) -> Iterator[Writing]:
        """One batch in the name of `command`. Before it the journal `purges` a little of what was undone long ago."""
        with self.book.writing(command, now=self.now, actor=self.actor, dry_run=self.dry_run) as writing:
            if purges:
                purging.purge_old(writing, self.now - timedelta(days=duration(self.settings.journal.keep)))
            yield writing
        if writing.written is not None and not self.dry_run:
            self.wrote()
