"""The book itself: begun, opened for a command, described."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from relcli import clock, config
from relcli.actions.beside import warnings
from relcli.actions.desk import Desk
from relcli.actions.undoing import told
from relcli.domain.batch import Batch
from relcli.domain.currency import CURRENCIES, NO_CURRENCY, currency_code, refuse_ended, successor
from relcli.domain.moment import zone_of
from relcli.errors import Ambiguous, Misused, NotFound, Refused
from relcli.store import batches, book, gate, medium, undo
from relcli.store.book import Book
from relcli.store.engine import is_url
from relcli.text import safe

T = TypeVar("T")
ASK_FROM = 100  # records; an undo of more is confirmed first


class OtherBook(Ambiguous):
    """There is a book, and it is not the one asked for."""


class BatchNotFound(NotFound):
    """There is no batch of this number."""


class NothingToUndo(NotFound):
    """Every batch is undone, or is an undo."""


class NotUndoable(Ambiguous):
    """This batch is undone already, or for good."""


@dataclass(frozen=True, slots=True)
class BookMade:
    """A new, empty book; `made` is False where there was one already."""

    where: str
    timezone: str
    currency: str
    made: bool


@dataclass(frozen=True, slots=True)
class BookInfo:
    """A book described: where, since when, how much is in it."""

    where: str
    created: datetime
    timezone: str
    currency: str
    schema: int
    size: int | None
    counts: dict[str, int]
    newest: Batch | None


def at_desk(
    location: str,
    act: Callable[[Desk], T],
    *,
    now: datetime,
    wait: float,
    makes: bool = False,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[T, BookMade | None]:
    """Do one act with the book open; answers its result and, where this very act made the book, what that is.

    With `makes`, a book is made where there is none, but only if the act succeeds. `tell` hears of an older book that is
    brought up to this program, before it is.
    Raises BookMissing, NotABook, Denied, Busy, ServerUnreachable, BadConfiguration, and what the act raises.
    """
    settings, who = config.read_settings(), config.actor()
    if makes and not book.exists(location, wait=wait, tell=tell):
        results: list[tuple[T, str]] = []

        def first(new: Book) -> bool:
            results.append((act(Desk(new, now, who, settings, dry_run)), new.where))
            return not dry_run

        zone, currency = clock.machine_zone(), _local_currency(now)
        made = book.create(location, timezone=zone, currency=currency, now=now, wait=wait, fill=first)
        if results and (made or dry_run):
            result, where = results[0]
            return result, BookMade(where, zone, currency, True) if made else None
    with book.opened(location, wait=wait, tell=tell) as opened:
        wrote: list[bool] = []
        result = act(Desk(opened, now, who, settings, dry_run, lambda: wrote.append(True)))
        for line in warnings(opened, location) if wrote else ():
            tell(line)
        return result, None


def init_book(
    location: str,
    *,
    timezone: str | None,
    currency: str | None,
    now: datetime,
    wait: float,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> BookMade:
    """Begin a book. Raises Misused for an unknown zone or currency, OtherBook where one is with others, CannotCreate, Denied."""
    try:
        zone = timezone or clock.machine_zone()
        zone_of(zone)
        code = currency_code(currency) if currency else _local_currency(now)
        refuse_ended(code, now.date())
    except ValueError as error:
        raise Misused(str(error)) from None
    if dry_run and not book.exists(location, wait=wait, tell=tell):
        return BookMade(safe(location), zone, code, True)
    made = book.create(location, timezone=zone, currency=code, now=now, wait=wait)
    if made and not is_url(location) and (wrong := medium.trouble(Path(location).absolute().parent)):
        tell(f"{wrong}: keep the book on a disk of this machine")
    with book.opened(location, wait=wait, tell=tell) as opened:
        if (timezone and zone != opened.zone) or (currency and code != opened.currency):
            asked = [f"--currency {code}"] * bool(currency) + [f"--timezone {zone}"] * bool(timezone)
            raise OtherBook(
                f"there is a book already at {opened.where}, in {opened.zone}, {_currency_words(opened.currency)}",
                f"to change that: relcli book set {' '.join(asked)}",
            )
        return BookMade(opened.where, opened.zone, opened.currency, made)


def _currency_words(currency: str) -> str:
    return "no currency set" if currency == NO_CURRENCY else f"with {currency}"


def fill_new_book(
    location: str, act: Callable[[Desk], T], *, timezone: str, currency: str, now: datetime, wait: float
) -> T | None:
    """Make a book and let one act fill it; None, and nothing touched, where there is one already."""
    settings, who = config.read_settings(), config.actor()
    results: list[T] = []

    def fill(new: Book) -> bool:
        results.append(act(Desk(new, now, who, settings)))
        return True

    made = book.create(location, timezone=timezone, currency=currency, now=now, wait=wait, fill=fill)
    return results[0] if made else None


def book_info(desk: Desk, location: str) -> BookInfo:
    """Where the book is and what it holds."""
    with desk.book.reading() as connection:
        counts, newest = batches.counts(connection), batches.newest(connection)
    size = None
    with contextlib.suppress(OSError):
        size = Path(location).stat().st_size
    opened = desk.book
    return BookInfo(opened.where, opened.created, opened.zone, opened.currency, gate.SCHEMA, size, counts, newest)


def _local_currency(now: datetime) -> str:
    """That of the machine's locale, which may have slept through its end."""
    code = successor(config.currency(), now.date())
    return code if code in CURRENCIES else NO_CURRENCY


@dataclass(frozen=True, slots=True)
class History:
    """The batches of the book, newest first."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """A batch taken back, what it had done in words, and the batch that took it back."""

    undone: Batch
    words: str
    batch: Batch | None


def book_history(desk: Desk, *, top: int | None = None) -> History:
    """What was written, by whom, when; the newest `top` batches."""
    with desk.book.reading() as connection:
        return History(tuple(batches.history(connection)[:top]))


def undo_batch(number: int | None, desk: Desk, *, sure: Callable[[str], bool]) -> Undone:
    """Take a batch back: the one named, else the newest that is neither an undo nor undone.

    `sure` is asked before more than a hundred records change. Raises BatchNotFound, NothingToUndo, NotUndoable,
    ChangedLater, and Refused where the owner is not sure.
    """
    with desk.book.reading() as connection:  # nobody waits for the writer while the owner thinks
        batch = _undoable(batches.history(connection), number)
        touched, words = undo.size(connection, batch.number), told(connection, batch.number, batch.command)
    if touched > ASK_FROM and not desk.dry_run and not sure(f"undo batch {batch.number} ({words})?"):
        raise Refused(f"batch {batch.number} was not undone", "say --yes to undo more than a hundred records")
    with desk.writing("book undo") as writing:
        batch = _undoable(batches.history(writing.connection), batch.number)
        undo.undo(writing, batch.number)
        return Undone(batch, words, writing.written)


def _undoable(history: list[Batch], number: int | None) -> Batch:
    if number is None:
        found = next((b for b in history if b.undoes is None and b.undone_by is None and b.rows and not b.final), None)
        if found is None:
            raise NothingToUndo("there is nothing to undo", "see: relcli book history")
        return found
    found = next((b for b in history if b.number == number), None)
    if found is None:
        raise BatchNotFound(f"there is no batch {number}", "see: relcli book history")
    if found.final:
        raise NotUndoable(f"batch {number} cannot be undone: {found.final}", "see: relcli book history")
    if found.undone_by is not None:
        raise NotUndoable(
            f"batch {number} was already undone by batch {found.undone_by}", f"redo it: relcli book undo {found.undone_by}"
        )
    return found
