"""Records picked out: by their ids, or by whose they are, since when, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.narrowing import narrowing
from relcli.actions.references import find
from relcli.domain.moment import day_number
from relcli.domain.reference import record_number
from relcli.errors import Misused, NotFound
from relcli.store.picking import Pick
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST = 2**31 - 1  # the highest number a record can have on both databases


class Numbered(Protocol):
    """A record of this book."""

    @property
    def number(self) -> int:
        """What its id counts."""


R = TypeVar("R", bound=Numbered)


class RecordNotFound(NotFound):
    """There is no record under this id."""


class Wanted(BaseModel):
    """Which records to list, as it was typed; None and empty mean "any"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str | None = None
    since: str | None = None
    until: str | None = None
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    top: int | None = None


def pick_of(connection: Connection, wanted: Wanted, desk: Desk) -> Pick:
    """What was typed, understood. Raises Misused for the days; ContactNotFound, ContactAmbiguous for WHO; GroupNotFound."""
    since, until = _day(wanted.since, desk), _day(wanted.until, desk)
    if since is not None and until is not None and since > until:
        raise Misused(f'--since "{wanted.since}" is later than --until "{wanted.until}"', "nothing can lie between them")
    contact = None if wanted.who is None else find(connection, wanted.who, region=desk.settings.phone.region).row
    group = narrowing(connection, wanted.roles, wanted.tags)
    return Pick(contact, since, until, tuple(group.roles), tuple(group.tags), wanted.top)


def found(ids: Iterable[str], letter: str, noun: str, fetch: Callable[[Sequence[int]], list[R]], *, where: str = "") -> list[R]:
    """The records under these ids, each once, in the order named. Raises RecordNotFound before any is answered.

    `where` is the command that shows such ids, where it is not the noun's own list.
    """
    hint = f"see: {where or f'relcli {noun} list'}"
    asked: dict[int, str] = {}
    for text in ids:
        number = record_number(one_line(text), letter)
        if number is None or one_line(text) != f"{letter}_{number}":
            raise RecordNotFound(f'"{text}" is not the id of a{"n" * (noun[0] in "aeiou")} {noun}', hint)
        asked[number] = text
    here = {record.number: record for record in fetch([number for number in asked if number <= MOST])}
    for number in asked:
        if number not in here:
            raise RecordNotFound(f"there is no {noun} {letter}_{number}", hint)
    return [here[number] for number in asked]


def refuse_both(request: BaseModel, emptied: Iterable[str]) -> None:
    """A field is changed or emptied, never both. Raises Misused."""
    for name in sorted(emptied):
        if getattr(request, name) is not None:
            raise Misused(f"--{name} and --no-{name} exclude each other", "say one of them")


def _day(text: str | None, desk: Desk) -> int | None:
    if text is None:
        return None
    return day_number(day(text, desk.book.zone, now=desk.now, dates=desk.settings.dates))
