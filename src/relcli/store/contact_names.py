"""By which names contacts are found: the present one, those they had, those of whom was merged into them.

The database narrows down by the stored keys; whether it is the name is asked of `domain.name`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true
from sqlmodel import col

from relcli.domain.contact import Contact, NameKind, OtherName
from relcli.domain.name import alike_starts, is_alike, is_part, keys, letters, same, spoken, stored_keys, stored_parts
from relcli.domain.reference import Match
from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

C, N = tables.Contact, tables.ContactName
KINDS = frozenset({Match.NAME, Match.OTHER_NAME, Match.LETTERS, Match.PART, Match.ALIKE})
_Is = Callable[[str], bool]


def matching(connection: Connection, kind: Match, name: str) -> list[int]:
    """The rows of the contacts who have this name in one way, by their present name.

    The whole name finds archived contacts too, a part of it does not.
    """
    match kind:
        case Match.NAME:
            found = _present(connection, _under(C, name), lambda known: same(name, known))
        case Match.OTHER_NAME:
            said = (name, *spoken(name))

            def is_one(known: str) -> bool:
                return any(same(one, each) for one in said for each in (known, *spoken(known)))

            found = _present(connection, or_(*(way for one in said for way in (_under(C, one), _holding(C, one)))), is_one)
            found += _other(connection, or_(*(way for one in said for way in (_under(N, one), _holding(N, one)))), is_one)
        case Match.LETTERS:
            row = letters(name)
            found = _present(connection, _spaced(row), lambda known: letters(known) == row)
            found += _other(connection, true(), lambda known: letters(known) == row)
        case Match.PART:
            found = _anywhere(connection, _holding, lambda known: is_part(name, known), name)
        case _:
            found = _anywhere(connection, _starting, lambda known: is_alike(name, known), name)
    return [row for *_, row in sorted(set(found))]


def holding(connection: Connection, text: str) -> set[int]:
    """The rows of everybody, archived ones too, of one of whose names the text is a part, blanks aside."""

    def among(known: str) -> bool:
        return is_part(text, known) or is_alike(text, known)

    narrow = [or_(_holding(model, text), _starting(model, text)) for model in (C, N)]
    return {row for *_, row in (*_present(connection, narrow[0], among), *_other(connection, narrow[1], among))}


def others(connection: Connection) -> list[tuple[int, str]]:
    """Holder and name of every name beside the present ones."""
    return [
        (row.contact_id, row.name)
        for row in connection.execute(select(col(N.contact_id), col(N.name)).order_by(col(N.contact_id)))
    ]


def compared(connection: Connection) -> list[tuple[str, str, str]]:
    """Id, present name and key of every name, present or other, of whoever was not set aside, by present name."""
    here = col(C.archived_day).is_(None)
    present = select(col(C.code), col(C.name), col(C.name_key)).where(here)
    other = select(col(C.code), col(C.name), col(N.name_key)).join(N, col(N.contact_id) == col(C.id)).where(here)
    rows = [*connection.execute(present.order_by(col(C.folded), col(C.code))), *connection.execute(other.order_by(col(C.folded)))]
    return [(code, name, key) for code, name, key in rows]


def keep(writing: Writing, before: Contact, after: Contact) -> None:
    """Write the names a contact comes to have beside the present one: the one it had till now, and what `after` adds."""
    had = {keys(other.name)[0] for other in before.other_names}
    was_address = any(before.name.casefold() in (address.value.casefold(), address.key) for address in after.addresses)
    former = {} if was_address else {keys(before.name)[0]: OtherName(before.name, NameKind.FORMER)}  # stood in for a name
    has = {**(former if before.name != after.name else {}), **{keys(other.name)[0]: other for other in after.other_names}}
    has.pop(keys(after.name)[0], None)
    for key in had - set(has):
        writing.delete(N, {"contact_id": before.row, "name_key": key})
    writing.insert_many(N, rows(before.row, [other for key, other in has.items() if key not in had]))


def rows(contact: int, names: Iterable[OtherName]) -> list[dict[str, Any]]:
    """Other names of a contact, as rows."""
    return [{"contact_id": contact, "name_key": keys(one.name)[0], "name": one.name, "kind": one.kind} for one in names]


def _under(model: Any, name: str) -> ColumnElement[bool]:  # a table class
    return col(model.name_key).in_({stored for key in keys(name) for stored in stored_keys(key)})


def _holding(model: Any, words: str) -> ColumnElement[bool]:  # as above
    key = col(model.name_key)
    return and_(*(or_(*(key.contains(way, autoescape=True) for way in ways)) for ways in stored_parts(words)))


def _starting(model: Any, words: str) -> ColumnElement[bool]:  # as above
    """Where a word begins with what was typed, or is its first letter."""
    key, starts = col(model.name_key), alike_starts(words)
    ways = [literal(" ").concat(key).contains(f" {start}", autoescape=True) for start in starts]
    ways += [literal(" ").concat(key).concat(" ").contains(f" {start[0]} ", autoescape=True) for start in starts]
    return or_(*ways) if starts else true()


def _spaced(letters_: str) -> ColumnElement[bool]:
    """Where a present name begins with these letters, and is not much longer than they are."""
    known = col(C.folded)
    first, second = letters_[:1], letters_[1:2]
    begins = or_(
        known.startswith(letters_[:2], autoescape=True), known.like(f"{first}_{second}%") if second.isalnum() else true()
    )
    return and_(begins, func.length(known).between(len(letters_), 2 * len(letters_)))


def _anywhere(
    connection: Connection, narrow: Callable[[Any, str], ColumnElement[bool]], fits: _Is, name: str
) -> list[tuple[str, str, int]]:
    here = col(C.archived_day).is_(None)
    return [
        *_present(connection, and_(here, narrow(C, name)), fits),
        *_other(connection, and_(here, narrow(N, name)), fits),
    ]


def _present(connection: Connection, narrow: ColumnElement[bool], fits: _Is) -> list[tuple[str, str, int]]:
    statement = select(col(C.folded), col(C.code), col(C.id), col(C.name)).where(narrow)
    return [(row.folded, row.code, row.id) for row in connection.execute(statement) if fits(row.name)]


def _other(connection: Connection, narrow: ColumnElement[bool], fits: _Is) -> list[tuple[str, str, int]]:
    statement = select(col(C.folded), col(C.code), col(C.id), col(N.name)).join(N, col(N.contact_id) == col(C.id)).where(narrow)
    return [(row.folded, row.code, row.id) for row in connection.execute(statement) if fits(row.name)]
