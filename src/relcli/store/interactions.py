"""Interactions in the book: written with their participants, changed, read newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from relcli.domain.interaction import Direction, Interaction
from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.removed import by_state
from relcli.store import removed, tables
from relcli.store.picking import Pick, narrowed
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T, P = tables.Interaction, tables.InteractionContact
_MANY = 500


def add_many(writing: Writing, rows: Sequence[tuple[Interaction, Sequence[int], str | None]]) -> list[int]:
    """Write interactions, each with the rows of its contacts and its import key; answers their numbers.

    An interaction whose `number` is above 0 keeps it.
    """
    numbers = writing.insert_many(T, [_columns(interaction, key) for interaction, _, key in rows])
    links = (_links(number, interaction, contacts) for number, (interaction, contacts, _) in zip(numbers, rows, strict=True))
    writing.insert_many(P, [link for touch in links for link in touch])
    return numbers


def change(writing: Writing, before: Interaction, after: Interaction, contacts: Iterable[int]) -> None:
    """Make `before`, as the book has it, into `after`, with the contacts of these rows. What is the same is not written.

    The number and the import key stay. What it said before is marked, so that an old export does not bring it back.
    """
    old, new = _columns(before, None), _columns(after, None)
    if fields := {name: value for name, value in new.items() if value != old[name]}:
        writing.update(T, before.number, fields)
    there = select(P.__table__).where(col(P.interaction_id) == before.number)  # type: ignore[attr-defined]  # SQLModel hides it
    here = [dict(row._mapping) for row in writing.connection.execute(there)]  # noqa: SLF001  # SQLAlchemy's public name for it
    wanted = _links(before.number, after, contacts)
    for link in here:
        if link not in wanted:
            writing.delete(P, {"interaction_id": before.number, "contact_id": link["contact_id"]})
    if added := [link for link in wanted if link not in here]:
        writing.insert_many(P, added)
    if fields or any(link not in wanted for link in here) or added:
        removed.note(writing, [_state(before)])


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these interactions out of the book, with the links to their contacts; marks keep them out of later imports."""
    numbers = list(numbers)
    removed.leave(writing, T, numbers, map(_state, fetch(writing.connection, numbers)))
    for number in numbers:
        writing.delete(T, {"id": number})


def picked(
    connection: Connection, pick: Pick, *, channel: str | None = None, direction: Direction | None = None
) -> list[Interaction]:
    """The interactions picked, newest first."""
    statement = narrowed(select(T.__table__), pick, T, number=P.interaction_id, contact=P.contact_id, day=P.day)  # type: ignore[attr-defined]  # as above
    if channel is not None:
        statement = statement.where(col(T.channel) == channel)
    if direction is not None:
        statement = statement.where(col(T.direction) == direction)
    rows = connection.execute(statement).all()
    return _values(rows, _participants(connection, [row.id for row in rows]))


def participants(connection: Connection, number: int) -> list[int]:
    """The rows of those who took part."""
    statement = select(col(P.contact_id)).where(col(P.interaction_id) == number).order_by(col(P.contact_id))
    return list(connection.execute(statement).scalars())


def of_contacts(
    connection: Connection, rows: Sequence[int], *, since: int | None = None, until: int | None = None
) -> list[Interaction]:
    """The interactions in which any of these contacts took part from day `since` to day `until`, newest first."""
    numbers: set[int] = set()
    for start in range(0, len(rows), _MANY):
        statement = select(col(P.interaction_id)).where(col(P.contact_id).in_(rows[start : start + _MANY]))
        if since is not None:
            statement = statement.where(col(P.day) >= since)
        if until is not None:
            statement = statement.where(col(P.day) <= until)
        numbers.update(connection.execute(statement).scalars())
    return fetch(connection, sorted(numbers))


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Interaction]:
    """The interactions with these numbers, newest first."""
    found: list[Row[Any]] = []
    for start in range(0, len(numbers), _MANY):
        statement = select(T.__table__).where(col(T.id).in_(numbers[start : start + _MANY]))  # type: ignore[attr-defined]  # SQLModel hides it
        found += connection.execute(statement).all()
    return _values(found, _participants(connection, numbers))


def everything(connection: Connection) -> list[Interaction]:
    """All interactions in the order of their numbers."""
    rows = connection.execute(select(T.__table__).order_by(col(T.id))).all()  # type: ignore[attr-defined]  # as above
    return sorted(_values(rows, _participants(connection, None)), key=lambda i: i.number)


def search(connection: Connection, text: str) -> list[Interaction]:
    """The interactions whose words hold the text, accents and case aside, newest first."""
    found = func.coalesce(col(T.folded), func.lower(col(T.summary))).contains(folded(text), autoescape=True)
    return fetch(connection, list(connection.execute(select(col(T.id)).where(found)).scalars()))


def keys(connection: Connection) -> set[str]:
    """The content keys of everything imported so far."""
    return set(connection.execute(select(col(T.key)).where(col(T.key).is_not(None))).scalars())  # type: ignore[arg-type]  # not None here


def external_ids(connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], int]:
    """(source, external id) → number of every interaction from these sources."""
    statement = select(col(T.source), col(T.external_id), col(T.id)).where(
        col(T.source).in_(list(sources)), col(T.external_id).is_not(None)
    )
    return {(row.source, row.external_id): row.id for row in connection.execute(statement)}


def _state(interaction: Interaction) -> tuple[str, ...]:
    return by_state("interactions", interaction.number, interaction.content(), interaction.contacts)


def _columns(interaction: Interaction, key: str | None) -> dict[str, Any]:
    text = "\n".join(part for part in (interaction.summary, interaction.say) if part)
    row: dict[str, Any] = {
        "day": day_number(interaction.when.day),
        "at": interaction.when.at,
        "zone": interaction.when.zone,
        "channel": interaction.channel,
        "direction": interaction.direction,
        "summary": interaction.summary,
        "say": interaction.say or None,
        "folded": None if text == interaction.summary and text.isascii() else folded(text),
        "minutes": interaction.minutes,
        "sentiment": interaction.sentiment,
        "purpose": interaction.purpose,
        "source": interaction.source,
        "external_id": interaction.external_id or None,
        "key": key,
    }
    return {"id": interaction.number, **row} if interaction.number else row


def _links(number: int, interaction: Interaction, contacts: Iterable[int]) -> list[dict[str, Any]]:
    """Who took part, with the copies of day and direction: whatever is written of them is made here."""
    copies = {"day": day_number(interaction.when.day), "direction": interaction.direction}
    return [{"interaction_id": number, "contact_id": contact, **copies} for contact in dict.fromkeys(contacts)]


def _participants(connection: Connection, numbers: Sequence[int] | None) -> dict[int, list[str]]:
    c = tables.Contact
    found: dict[int, list[str]] = defaultdict(list)
    base = select(col(P.interaction_id), col(c.code)).join(c, col(c.id) == col(P.contact_id))
    base = base.order_by(col(P.interaction_id), col(P.contact_id))
    parts = [None] if numbers is None else [numbers[i : i + _MANY] for i in range(0, len(numbers), _MANY)]
    for part in parts:
        statement = base if part is None else base.where(col(P.interaction_id).in_(part))
        for row in connection.execute(statement):
            found[row.interaction_id].append(row.code)
    return found


def _values(rows: Sequence[Row[Any]], participants: dict[int, list[str]]) -> list[Interaction]:
    values = [
        Interaction(
            number=row.id,
            when=Moment(day_of(row.day), row.at, row.zone),
            channel=row.channel,
            direction=row.direction,
            contacts=tuple(participants.get(row.id, ())),
            summary=row.summary,
            minutes=row.minutes,
            sentiment=row.sentiment,
            purpose=row.purpose,
            source=row.source,
            external_id=row.external_id or "",
            say=row.say or "",
        )
        for row in rows
    ]
    return sorted(values, key=lambda i: (i.when.day, i.when.at is not None, i.when.at, i.number), reverse=True)
