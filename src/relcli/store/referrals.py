"""Referrals in the book: written, changed, read in the order they were written, and what came of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from relcli.domain.interaction import Direction
from relcli.domain.moment import day_number, day_of
from relcli.domain.referral import THANKS, Referral
from relcli.domain.transaction import TRADES, TransactionKind
from relcli.store import tables
from relcli.store.picking import Pick, employed, of_whom
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

R, E = tables.Referral, tables.Employment
_MANY = 500


def add(writing: Writing, referral: Referral, sender: int, whom: int) -> int:
    """Write who sent whom, by their rows; answers its number."""
    return writing.insert(R, {"from_id": sender, "whom_id": whom, **_columns(referral)})


def change(writing: Writing, before: Referral, after: Referral, sender: int, whom: int) -> None:
    """Make `before`, as the book has it, into `after`, between the contacts in these rows. What is the same is not written."""
    old, new = _columns(before), _columns(after)
    fields: dict[str, Any] = {name: value for name, value in new.items() if value != old[name]}
    fields |= {"from_id": sender} if before.sender != after.sender else {}
    fields |= {"whom_id": whom} if before.whom != after.whom else {}
    if fields:
        writing.update(R, before.number, fields)


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these out of the book."""
    for number in numbers:
        writing.delete(R, {"id": number})


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Referral]:
    """Those with these numbers."""
    found: list[Referral] = []
    for start in range(0, len(numbers), _MANY):
        found += _values(connection, _all().where(col(R.id).in_(numbers[start : start + _MANY])))
    return found


def of_contact(connection: Connection, row: int) -> list[Referral]:
    """Those from or of the contact in this row."""
    return _values(connection, _all().where(or_(col(R.from_id) == row, col(R.whom_id) == row)))


def between(connection: Connection, row: int) -> list[Referral]:
    """Those from or of the contact in this row, and those from whoever worked for them on the day."""
    sent = of_whom(_all(), Pick(contact=row), col(R.id), number=R.id, contact=R.from_id, day=R.day)  # type: ignore[arg-type]  # columns, of the type they hold
    return sorted({*_values(connection, sent), *of_contact(connection, row)}, key=lambda one: one.number)


def search(connection: Connection, text: str) -> list[Referral]:
    """Those of which what came of it holds the text, accents and case aside."""
    return [one for one in everything(connection) if folded(text) in folded(one.outcome)]


def everything(connection: Connection) -> list[Referral]:
    """All of everybody."""
    return _values(connection, _all())


def first_trades(connection: Connection, codes: Collection[str]) -> dict[str, tuple[int, int, TransactionKind]]:
    """Id of a contact → day, number and kind of their first sale or purchase; an organisation has those of its people, too."""
    t = tables.Transaction
    wanted = (col(t.kind).in_(TRADES),)
    found: dict[str, tuple[int, int, TransactionKind]] = {}
    for code, day, number, kind in _counted(connection, codes, (t.day, t.id, t.kind), t.contact_id, t.day, wanted):
        found[code] = min(found.get(code, (day, number, kind)), (day, number, kind), key=lambda entry: entry[:2])
    return found


def thanks(connection: Connection, codes: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Id of a contact → day and number of every touch in which we thanked them or gave them something, the oldest first."""
    i, p = tables.Interaction, tables.InteractionContact
    wanted = (
        col(p.interaction_id) == col(i.id),
        col(i.purpose).in_(THANKS),
        col(p.direction) != Direction.IN,
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for code, day, number in _counted(connection, codes, (p.day, p.interaction_id), p.contact_id, p.day, wanted):
        found.setdefault(code, []).append((day, number))
    return {code: sorted(mine) for code, mine in found.items()}


def _counted(
    connection: Connection, codes: Collection[str], columns: Sequence[Any], contact: Any, day: Any, wanted: Sequence[Any]
) -> Iterable[tuple[Any, ...]]:
    """Id of a contact and columns of each record that counts for them: their own, and their people's while they worked there."""
    c = tables.Contact
    asked = sorted(codes)
    for start in range(0, len(asked), _MANY):
        here = col(c.code).in_(asked[start : start + _MANY])
        own = select(col(c.code), *columns).where(col(c.id) == contact, here, *wanted)
        staff = select(col(c.code), *columns).where(col(c.id) == col(E.organisation_id), *employed(contact, day), here, *wanted)
        for statement in (own, staff):
            yield from (tuple(row) for row in connection.execute(statement))


def _all() -> Select[Any]:
    sender, whom = aliased(tables.Contact), aliased(tables.Contact)
    statement: Any = (  # the types of aliased columns are beyond it
        select(col(R.id), col(sender.code).label("sender"), col(whom.code).label("whom"), col(R.day), col(R.outcome))
        .join(sender, col(sender.id) == col(R.from_id))
        .join(whom, col(whom.id) == col(R.whom_id))
        .order_by(col(R.id))
    )
    return statement  # type: ignore[no-any-return]  # as above


def _values(connection: Connection, statement: Select[Any]) -> list[Referral]:
    return [_value(row) for row in connection.execute(statement)]


def _value(row: Row[Any]) -> Referral:
    return Referral(row.id, row.sender, row.whom, None if row.day is None else day_of(row.day), row.outcome)


def _columns(referral: Referral) -> dict[str, Any]:
    return {"day": None if referral.day is None else day_number(referral.day), "outcome": referral.outcome}
