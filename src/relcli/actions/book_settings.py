"""What binds the whole book, changed in one batch that can be undone: its currency and its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.domain.batch import Batch
from relcli.domain.currency import NO_CURRENCY, currency_code, refuse_ended
from relcli.domain.moment import zone_of
from relcli.errors import Misused
from relcli.store import settings

if TYPE_CHECKING:
    from relcli.store.writing import Writing


class SetBook(BaseModel):
    """What is to bind from now on; None means "not said"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    currency: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class BookSet:
    """What binds the book now, and what did before; `batch` is None where nothing had to be changed.

    `given` amounts had no currency and are in this one now. `kept` records keep a day that would be another in the new zone.
    """

    where: str
    currency: str
    timezone: str
    before: tuple[str, str]
    given: int
    kept: int
    batch: Batch | None


def set_book(request: SetBook, desk: Desk) -> BookSet:
    """Set the currency of new amounts, the time zone of new days, or both.

    Amounts keep the currency they have. Where the book had none, those without one take on the new one, for they were typed
    without. Days keep as they were logged. Raises Misused for what is no currency or zone, one that has ended, an
    amount without a currency that has too many decimals for the new one, and where neither is said.
    """
    if request.currency is None and request.timezone is None:
        raise Misused("nothing to set", "say --currency CODE, --timezone ZONE, or both")
    book = desk.book
    currency = book.currency if request.currency is None else _currency(request.currency, desk)
    zone = book.zone if request.timezone is None else _zone(request.timezone)
    with desk.writing("book set") as writing:
        given = kept = 0
        if currency != book.currency:
            settings.put(writing, "currency", currency)
        if request.currency is not None and book.currency in (NO_CURRENCY, currency):
            given = _give(writing, currency)
        if zone != book.zone:
            settings.put(writing, "timezone", zone)
            kept = settings.on_another_day(writing.connection, zone)
        return BookSet(book.where, currency, zone, (book.currency, book.zone), given, kept, writing.written)


def _give(writing: Writing, currency: str) -> int:
    try:
        return settings.give_currency(writing, currency)
    except ValueError as error:
        raise Misused(
            str(error), f"say what it was first: relcli transaction edit ID --amount AMOUNT --currency {currency}"
        ) from None


def _currency(text: str, desk: Desk) -> str:
    try:
        code = currency_code(text)
        refuse_ended(code, desk.today)
    except ValueError as error:
        raise Misused(str(error)) from None
    if code == NO_CURRENCY:
        raise Misused("a book can begin without a currency, but not lose it", "say which: --currency EUR")
    return code


def _zone(text: str) -> str:
    try:
        zone_of(text.strip() or "?")
    except ValueError as error:
        raise Misused(str(error)) from None
    return text.strip()
