"""Contacts in the book: found by reference, listed, added, changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, select
from sqlmodel import col

from relcli.domain.contact import Address, AddressKind, Contact, ExternalId, NameKind, OtherName
from relcli.domain.moment import day_number, day_of
from relcli.domain.name import keys
from relcli.domain.reference import Match
from relcli.store import contact_names, tables
from relcli.text import folded

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from relcli.store.writing import Writing

C = tables.Contact
_ORDER = list(AddressKind)
_MANY = 500  # values in one IN (...)


def matching(connection: Connection, kind: Match, key: str, *, source: str = "") -> list[int]:
    """The rows of the contacts that one kind of reference matches, by name.

    `key` is what is compared: an id or its beginning, an address key; for the kinds of name the name itself. Archived
    contacts answer to ids, addresses and their exact name, not to a part of it.
    """
    if kind in contact_names.KINDS:
        return contact_names.matching(connection, kind, key)
    statement = _statement(kind, key, source)
    found = connection.execute(statement.add_columns(col(C.folded), col(C.code)).order_by(col(C.folded), col(C.code)).distinct())
    return [row.id for row in found]


def fetch(connection: Connection, rows: Collection[int]) -> list[Contact]:
    """The contacts with these row numbers, by name."""
    found: list[Row[Any]] = []
    for part in _parts(sorted(set(rows))):
        found += connection.execute(select(C.__table__).where(col(C.id).in_(part))).all()  # type: ignore[attr-defined]  # SQLModel hides it
    return _whole(connection, found)


def everyone(connection: Connection, *, archived: bool = True) -> list[Contact]:
    """All contacts, by name; without the archived ones unless asked for."""
    statement = select(C.__table__)  # type: ignore[attr-defined]  # as above
    if not archived:
        statement = statement.where(col(C.archived_day).is_(None))
    return _whole(connection, list(connection.execute(statement).all()), every=True)


def search(connection: Connection, text: str) -> list[Contact]:
    """The contacts whose name, present or other, is or holds the text, as WHO finds them, or whose note does, by name."""
    key = folded(text)
    named = select(col(C.id)).where(col(C.folded).contains(key, autoescape=True))
    rows = {*connection.execute(named).scalars(), *contact_names.holding(connection, text)}
    noted = connection.execute(select(col(C.id), col(C.note)).where(col(C.note) != ""))
    rows |= {row.id for row in noted if key in folded(row.note)}
    return fetch(connection, rows)


def names(connection: Connection, *, archived: bool = False) -> list[tuple[int, str, str]]:
    """Row, id and name of every contact, by name; `archived` adds those set aside."""
    statement = select(col(C.id), col(C.code), col(C.name))
    if not archived:
        statement = statement.where(col(C.archived_day).is_(None))
    return [(row.id, row.code, row.name) for row in connection.execute(statement.order_by(col(C.folded), col(C.code)))]


def names_by_id(connection: Connection) -> dict[str, str]:
    """Id → name of everyone, archived ones too."""
    return {row.code: row.name for row in connection.execute(select(col(C.code), col(C.name)))}


def roles(connection: Connection) -> set[str]:
    """Every role that anybody has, archived ones too."""
    return set(connection.execute(select(col(tables.ContactRole.role)).distinct()).scalars())


def tags(connection: Connection) -> set[str]:
    """Every tag that anybody has, archived ones too."""
    return set(connection.execute(select(col(tables.ContactTag.tag)).distinct()).scalars())


def codes(connection: Connection) -> set[str]:
    """Every contact id in use."""
    return set(connection.execute(select(col(C.code))).scalars())


def folded_names(connection: Connection) -> list[tuple[int, str, str]]:
    """Row, id and folded name of everyone, archived ones too."""
    return [
        (r.id, r.code, r.folded) for r in connection.execute(select(col(C.id), col(C.code), col(C.folded)).order_by(col(C.id)))
    ]


def address_keys(connection: Connection) -> list[tuple[AddressKind, str, int]]:
    """Kind, key and holder of every address."""
    a = tables.Address
    found = connection.execute(select(col(a.kind), col(a.key), col(a.contact_id)).order_by(col(a.contact_id)))
    return [(r.kind, r.key, r.contact_id) for r in found]


def other_words(connection: Connection) -> list[tuple[str, int]]:
    """Every other name, and every address as it was typed and as it is compared, with the row of whom it names."""
    n, a = tables.ContactName, tables.Address
    named = connection.execute(select(col(n.name), col(n.contact_id)).order_by(col(n.contact_id), col(n.name)))
    reached = connection.execute(select(col(a.value), col(a.key), col(a.contact_id)).order_by(col(a.contact_id)))
    found = [(row.name, row.contact_id) for row in named]
    return found + [(word, row.contact_id) for row in reached for word in dict.fromkeys((row.value, row.key))]


def external_ids(connection: Connection) -> list[tuple[str, str, int]]:
    """Source, value and holder of every external id."""
    x = tables.ExternalId
    found = connection.execute(select(col(x.source), col(x.value), col(x.contact_id)).order_by(col(x.contact_id)))
    return [(r.source, r.value, r.contact_id) for r in found]


def aliases(connection: Connection) -> list[tuple[str, int]]:
    """Former id and holder of everybody who was merged into another."""
    a = tables.Alias
    return [(r.code, r.contact_id) for r in connection.execute(select(col(a.code), col(a.contact_id)))]


def holders(connection: Connection, address: Address) -> list[int]:
    """Who has this address."""
    a = tables.Address
    return list(
        connection.execute(select(col(a.contact_id)).where(col(a.kind) == address.kind, col(a.key) == address.key)).scalars()
    )


def add(writing: Writing, contact: Contact) -> int:
    """Write a new contact with all that belongs to it, but for links to others; answers its row."""
    return add_many(writing, [contact])[0]


def add_many(writing: Writing, contacts: Sequence[Contact]) -> list[int]:
    """Write new contacts and answer their rows."""
    rows = writing.insert_many(C, [_columns(contact) for contact in contacts])
    numbered = list(zip(rows, contacts, strict=True))
    writing.insert_many(tables.ContactRole, [{"contact_id": n, "role": r} for n, c in numbered for r in c.roles])
    writing.insert_many(tables.ContactTag, [{"contact_id": n, "tag": t} for n, c in numbered for t in c.tags])
    writing.insert_many(tables.Address, [a for n, c in numbered for a in _addresses(n, c.addresses)])
    writing.insert_many(
        tables.ExternalId,
        [{"contact_id": n, "source": e.source, "value": e.value} for n, c in numbered for e in c.external_ids],
    )
    writing.insert_many(tables.ContactName, [name for n, c in numbered for name in contact_names.rows(n, c.other_names)])
    return rows


def change(writing: Writing, before: Contact, after: Contact) -> None:
    """Write what differs between two states of one contact; links to others are changed apart."""
    old, new = _columns(before), _columns(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    if changed:
        writing.update(C, before.row, changed)
    _swap(writing, tables.ContactRole, before.row, "role", before.roles, after.roles)
    _swap(writing, tables.ContactTag, before.row, "tag", before.tags, after.tags)
    if before.addresses != after.addresses:
        for address in before.addresses:
            writing.delete(tables.Address, {"contact_id": before.row, "kind": address.kind, "key": address.key})
        writing.insert_many(tables.Address, list(_addresses(before.row, after.addresses)))
    contact_names.keep(writing, before, after)


def remove(writing: Writing, row: int) -> None:
    """Take a contact out with all that belongs to it; nothing may refer to it any more."""
    writing.delete(C, {"id": row})


def employ(writing: Writing, person: int, organisation: int, day: date | None) -> None:
    """From `day` on (None: always) the person works for the organisation, and for no other."""
    leave(writing, person, day)
    values = {"person_id": person, "organisation_id": organisation, "from_day": None if day is None else day_number(day)}
    writing.insert(tables.Employment, values)


def leave(writing: Writing, person: int, day: date | None) -> None:
    """From `day` on the person works for nobody; what was before stays."""
    e = tables.Employment
    current = select(col(e.id), col(e.from_day)).where(col(e.person_id) == person, col(e.until_day).is_(None))
    for row in writing.connection.execute(current).all():
        number = 0 if day is None else day_number(day)
        if day is None or (row.from_day is not None and row.from_day >= number):
            writing.delete(e, {"id": row.id})
        else:
            writing.update(e, row.id, {"until_day": number})


def introduce(writing: Writing, introducer: int, whom: int, day: date | None) -> None:
    """Write who sent whom."""
    writing.insert(
        tables.Referral, {"from_id": introducer, "whom_id": whom, "day": None if day is None else day_number(day), "outcome": ""}
    )


def link_new(writing: Writing, employed: Iterable[tuple[int, int]], introduced: Iterable[tuple[int, int]]) -> None:
    """Link new contacts: who works for whom since always, and who was introduced by whom on a day nobody noted."""
    open_ended = {"from_day": None, "until_day": None}
    writing.insert_many(tables.Employment, [{"person_id": p, "organisation_id": o, **open_ended} for p, o in employed])
    writing.insert_many(
        tables.Referral, [{"from_id": by, "whom_id": whom, "day": None, "outcome": ""} for whom, by in introduced]
    )


def employments(connection: Connection) -> list[tuple[int, int, int | None, int | None]]:
    """Person, organisation, from day and until day of every working relationship, in the order written."""
    e = tables.Employment
    statement = select(col(e.person_id), col(e.organisation_id), col(e.from_day), col(e.until_day)).order_by(col(e.id))
    return [(r.person_id, r.organisation_id, r.from_day, r.until_day) for r in connection.execute(statement)]


def _statement(kind: Match, key: str, source: str) -> Select[Any]:
    a, x = tables.Address, tables.ExternalId
    base: Select[Any] = select(col(C.id))
    if kind is Match.ID:
        former = select(col(tables.Alias.contact_id)).where(col(tables.Alias.code).startswith(key, autoescape=True))
        return base.where(col(C.code).startswith(key, autoescape=True) | col(C.id).in_(former))
    if kind is Match.EXTERNAL_ID:
        return base.join(x, col(x.contact_id) == col(C.id)).where(col(x.source) == source, col(x.value) == key)
    address_kind = {Match.EMAIL: AddressKind.EMAIL, Match.PHONE: AddressKind.PHONE, Match.HANDLE: AddressKind.HANDLE}[kind]
    return base.join(a, col(a.contact_id) == col(C.id)).where(col(a.kind) == address_kind, col(a.key) == key)


def _columns(contact: Contact) -> dict[str, Any]:
    return {
        "code": contact.id,
        "kind": contact.kind,
        "name": contact.name,
        "folded": folded(contact.name),
        "name_key": keys(contact.name)[0],
        "language": contact.language,
        "timezone": contact.timezone,
        "birthday": contact.birthday,
        "note": contact.note,
        "created": contact.created,
        "archived_day": None if contact.archived is None else day_number(contact.archived),
    }


def _addresses(row: int, addresses: Iterable[Address]) -> Iterable[dict[str, Any]]:
    ranks: dict[AddressKind, int] = defaultdict(int)
    for address in addresses:
        yield {
            "contact_id": row,
            "kind": address.kind,
            "key": address.key,
            "rank": ranks[address.kind],
            "value": address.value,
        }
        ranks[address.kind] += 1


def _swap(
    writing: Writing, model: Any, row: int, column: str, before: Sequence[str], after: Sequence[str]
) -> None:  # a table class
    for gone in set(before) - set(after):
        writing.delete(model, {"contact_id": row, column: gone})
    writing.insert_many(model, [{"contact_id": row, column: new} for new in after if new not in before])


def _whole(connection: Connection, rows: list[Row[Any]], *, every: bool = False) -> list[Contact]:
    """Contacts with all that belongs to them, by name; one query a table, not one a contact."""
    ids = [row.id for row in rows]
    roles, tags, found, external, named = (defaultdict[int, list[Any]](list) for _ in range(5))
    for part in [None] if every else list(_parts(ids)):
        for row in _satellites(connection, tables.ContactRole, part, "role"):
            roles[row.contact_id].append(row.role)
        for row in _satellites(connection, tables.ContactTag, part, "tag"):
            tags[row.contact_id].append(row.tag)
        for row in _satellites(connection, tables.Address, part, "kind", "rank"):
            found[row.contact_id].append(Address(row.kind, row.value, row.key))
        for row in _satellites(connection, tables.ExternalId, part, "source", "value"):
            external[row.contact_id].append(ExternalId(row.source, row.value))
        for row in _satellites(connection, tables.ContactName, part, "name"):
            named[row.contact_id].append(OtherName(row.name, NameKind(row.kind)))
    links = _links(connection, None if every else ids)
    contacts = [
        Contact(
            row=row.id,
            id=row.code,
            name=row.name,
            created=row.created,
            kind=row.kind,
            roles=tuple(roles[row.id]),
            addresses=tuple(sorted(found[row.id], key=lambda address: _ORDER.index(address.kind))),  # ranks stay in order
            tags=tuple(tags[row.id]),
            works_for=links[0].get(row.id),
            introduced_by=links[1].get(row.id),
            language=row.language,
            timezone=row.timezone,
            birthday=row.birthday,
            note=row.note,
            archived=None if row.archived_day is None else day_of(row.archived_day),
            external_ids=tuple(external[row.id]),
            other_names=tuple(named[row.id]),
        )
        for row in rows
    ]
    return sorted(contacts, key=lambda c: (folded(c.name), c.id))


def _satellites(
    connection: Connection, model: Any, part: Sequence[int] | None, *order: str
) -> Iterable[Row[Any]]:  # a table class
    table = model.__table__
    statement = select(table).order_by(table.c.contact_id, *(table.c[name] for name in order))
    return connection.execute(statement if part is None else statement.where(table.c.contact_id.in_(part))).all()


def _links(connection: Connection, ids: Sequence[int] | None) -> tuple[dict[int, str], dict[int, str]]:
    """The ids of who each works for now, and of who introduced each."""
    e, r = tables.Employment, tables.Referral
    works, introduced = {}, {}
    for part in [None] if ids is None else list(_parts(ids)):
        now = select(col(e.person_id), col(C.code)).join(C, col(C.id) == col(e.organisation_id))
        now = now.where(col(e.until_day).is_(None)).order_by(col(e.id))
        first = select(col(r.whom_id), col(C.code)).join(C, col(C.id) == col(r.from_id)).order_by(col(r.id).desc())
        if part is not None:
            now, first = now.where(col(e.person_id).in_(part)), first.where(col(r.whom_id).in_(part))
        works.update({row.person_id: row.code for row in connection.execute(now)})
        introduced.update({row.whom_id: row.code for row in connection.execute(first)})
    return works, introduced


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]
