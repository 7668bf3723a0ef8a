"""Where what a book knows of its contacts came from: typed, imported and from where, answered in a survey."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select
from sqlmodel import col

from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

TYPED, IMPORTED, SURVEY, INVENTED = "typed", "import", "survey", "demo"
I, P, B = tables.Interaction, tables.InteractionContact, tables.Batch  # noqa: E741  # as in the other query modules


def by_contact(connection: Connection, *, until: int) -> dict[int, dict[str, int]]:
    """Row of a contact → source → how many records about them came from it, up to and including a day.

    The contact itself is one of them, under each system it has an external id of. The source of a record is the one it
    names, else the command that wrote it last says whether it was imported, answered in a survey or typed.
    """
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    known = {row.id: row.command for row in connection.execute(select(col(B.id), col(B.command)))}
    c, x, t, r = tables.Contact, tables.ExternalId, tables.Transaction, tables.Response
    touch = select(col(P.contact_id), col(I.source), col(I.batch_id), func.count()).join(I, col(I.id) == col(P.interaction_id))
    touch = touch.where(col(P.day) <= until).group_by(col(P.contact_id), col(I.source), col(I.batch_id))
    trade = select(col(t.contact_id), col(t.source), col(t.batch_id), func.count()).where(col(t.day) <= until)
    statements = [touch, trade.group_by(col(t.contact_id), col(t.source), col(t.batch_id))]
    for model, day in (
        (tables.Promise, col(tables.Promise.made_day)),
        (tables.Preference, col(tables.Preference.day)),
        (tables.Circumstance, col(tables.Circumstance.day)),
    ):
        own = select(col(model.contact_id), literal(""), col(model.batch_id), func.count()).where(day <= until)
        statements.append(own.group_by(col(model.contact_id), col(model.batch_id)))
    for statement in statements:
        for row, source, batch, count in connection.execute(statement):
            found[row][source or _by(known[batch])] += count
    answered = select(col(r.contact_id), func.count()).where(col(r.contact_id).is_not(None), col(r.day) <= until)
    for who, count in connection.execute(answered.group_by(col(r.contact_id))):
        found[int(who or 0)][SURVEY] += count
    named: dict[int, set[str]] = defaultdict(set)
    for row, source in connection.execute(select(col(x.contact_id), col(x.source))):
        named[row].add(source)
    for row, batch in connection.execute(select(col(c.id), col(c.batch_id))):
        for source in named.get(row) or {_by(known[batch])}:
            found[row][source] += 1
    return {row: dict(sorted(counts.items())) for row, counts in found.items()}


def impressions(connection: Connection, *, since: int, until: int) -> set[int]:
    """The rows of those of whose mood we noted something with a touch, from day `since` to day `until`."""
    statement = select(col(P.contact_id)).join(I, col(I.id) == col(P.interaction_id)).distinct()
    statement = statement.where(col(I.sentiment).is_not(None), col(P.day) >= since, col(P.day) <= until)
    return set(connection.execute(statement).scalars())


def _by(command: str) -> str:
    """What the name of a command says of where a record came from that does not say it itself."""
    if command == "demo":
        return INVENTED
    return IMPORTED if command.startswith("import") else SURVEY if command.startswith("survey") else TYPED
