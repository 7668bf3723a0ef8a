"""Where what a book knows of its contacts came from: typed, imported and from where, answered in a survey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select
from sqlmodel import col

from relcli.store import tables
from relcli.store.journal import batch_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOVES = ("contact merge", "interaction move", "transaction move")
TYPED, IMPORTED, SURVEY, INVENTED = "typed", "import", "survey", "demo"
I, P, B = tables.Interaction, tables.InteractionContact, tables.Batch  # noqa: E741  # as in the other query modules


def by_contact(connection: Connection, *, until: int) -> dict[int, dict[str, int]]:
    """Row of a contact → source → how many records about them came from it, up to and including a day.

    Counted are touches, transactions, promises, wishes, circumstances and answers; and the contact itself, under each system
    it has an external id of. The source of a record is the one it names, else the command that last wrote what it says
    tells whether it was imported, answered in a survey or typed: to be given to somebody else changes nothing of it.
    """
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    known = {row.id: row.command for row in connection.execute(select(col(B.id), col(B.command)))}
    moves = [number for number, command in known.items() if command in _MOVES]
    before = _before(connection, moves)
    for noun, statement, batch, number in _records(until):
        whole = statement.add_columns(func.count()).where(batch.not_in(moves)).group_by(*statement.selected_columns)
        for row, source, by, count in connection.execute(whole):
            found[row][source or _by(known[by])] += count
        for row, source, by, key in connection.execute(statement.add_columns(number).where(batch.in_(moves))):
            found[row][source or _by(known[_wrote(before, noun, key, by)])] += 1
    r, c, x = tables.Response, tables.Contact, tables.ExternalId
    answered = select(col(r.contact_id), func.count()).where(col(r.contact_id).is_not(None), col(r.day) <= until)
    for who, count in connection.execute(answered.group_by(col(r.contact_id))):
        found[int(who or 0)][SURVEY] += count
    named: dict[int, set[str]] = defaultdict(set)
    for row, source in connection.execute(select(col(x.contact_id), col(x.source))):
        named[row].add(source)
    for row, by in connection.execute(select(col(c.id), col(c.batch_id))):
        for source in named.get(row) or {_by(known[_wrote(before, "contact", row, by)])}:
            found[row][source] += 1
    return {row: dict(sorted(counts.items())) for row, counts in found.items()}


def impressions(connection: Connection, *, since: int, until: int) -> set[int]:
    """The rows of those of whose mood we noted something with a touch, from day `since` to day `until`."""
    statement = select(col(P.contact_id)).join(I, col(I.id) == col(P.interaction_id)).distinct()
    statement = statement.where(col(I.sentiment).is_not(None), col(P.day) >= since, col(P.day) <= until)
    return set(connection.execute(statement).scalars())


def _records(until: int) -> Iterator[tuple[str, Any, Any, Any]]:  # the types of statements and columns differ
    """Noun, whose record from which source by which batch, and the columns of that batch and of its number."""
    t = tables.Transaction
    touch = select(col(P.contact_id), col(I.source), col(I.batch_id)).join(I, col(I.id) == col(P.interaction_id))
    yield "interaction", touch.where(col(P.day) <= until), col(I.batch_id), col(I.id)
    trade = select(col(t.contact_id), col(t.source), col(t.batch_id)).where(col(t.day) <= until)
    yield "transaction", trade, col(t.batch_id), col(t.id)
    for model, day in (
        (tables.Promise, col(tables.Promise.made_day)),
        (tables.Preference, col(tables.Preference.day)),
        (tables.Circumstance, col(tables.Circumstance.day)),
    ):
        own = select(col(model.contact_id), literal("").label("source"), col(model.batch_id)).where(day <= until)
        yield str(model.__tablename__), own, col(model.batch_id), col(model.id)


def _before(connection: Connection, moves: Collection[int]) -> dict[tuple[str, int, int], int]:
    """Noun and number of what a move touched, and that batch → the batch that had written it until then."""
    h = tables.Change
    statement = select(col(h.noun), col(h.key), col(h.batch_id), col(h.before)).where(col(h.batch_id).in_(list(moves)))
    return {(noun, key, by): batch_in(image) for noun, key, by, image in connection.execute(statement) if image is not None}


def _wrote(before: Mapping[tuple[str, int, int], int], noun: str, key: int, batch: int) -> int:
    """The batch that wrote what a record says, when `batch` was the last to touch it."""
    while (noun, key, batch) in before:
        batch = before[noun, key, batch]
    return batch


def _by(command: str) -> str:
    """What the name of a command says of where a record came from that does not say it itself."""
    if command == "demo":
        return INVENTED
    return IMPORTED if command.startswith("import") else SURVEY if command.startswith("survey") else TYPED
