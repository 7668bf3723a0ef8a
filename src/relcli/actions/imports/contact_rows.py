"""A row of a contacts file, cell by cell: the contact it describes, and the links still to be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from relcli.actions.contact_fields import ContactFields, merged
from relcli.actions.imports.outcome import RowBad
from relcli.actions.imports.values import MOST_LABEL, Reader, choice, label, said
from relcli.domain.birthday import birthday
from relcli.domain.contact import Contact, ExternalId, Kind, is_contact_id
from relcli.domain.moment import instant
from relcli.domain.spelling import shows
from relcli.errors import Misused
from relcli.exchange.phone import phone_addresses
from relcli.mailboxes import mailboxes, tidied
from relcli.text import one_line, seen


@dataclass(frozen=True, slots=True)
class Draft:
    """One good row. `contact.id` is the id it brings, or empty; the links are references still to be found.

    `called_by` says what stands for the name where the row has none: `firm`, `address` or `number`, else empty.
    `no_birthday`: its birthday is one of the days that stand for none.
    """

    line: int
    contact: Contact
    said: frozenset[str]
    works_for: str
    introduced_by: str
    called_by: str = ""
    no_birthday: bool = False


class RowEmpty(Exception):  # not an error of the program: it becomes a verdict
    """A row that says nothing at all."""


def contact_draft(line: int, cells: Mapping[str, str], reader: Reader) -> Draft:
    """What a row says, checked as `contact add` would. Raises RowBad, RowEmpty."""
    desk = reader.desk
    code = one_line(cells.get("id", ""))
    if code and not is_contact_id(code):
        raise RowBad(f'id "{code}" is not an id of ours such as c_7k3m9q2x; what others call it goes under external_id')
    kind = choice(cells, "kind", Kind)
    works_for = tidied(cells.get("works_for", ""))
    name, called_by = _called(cells, kind, reader)
    if called_by == "firm":
        kind, works_for = Kind.ORGANISATION, ""
    born = _born(cells, reader)
    fields = ContactFields(
        name=name,
        kind=kind,
        roles=_cell(cells, "roles"),
        emails=_cell(cells, "email"),
        phones=_cell(cells, "phone"),
        handles=_cell(cells, "handle"),
        tags=_cell(cells, "tags"),
        language=cells.get("language", ""),
        timezone=cells.get("timezone") or None,
        birthday=born or None,
        note=cells.get("note", ""),
    )
    archived = reader.moment(cells, "archived").day if one_line(cells.get("archived", "")) else None
    try:
        contact = merged(Contact(0, code, "", desk.now), fields, desk)
    except Misused as error:
        raise RowBad(error.message) from None
    if any(len(address.value) > MOST_LABEL for address in contact.addresses):
        raise RowBad(f"an address has more than {MOST_LABEL} characters")
    return Draft(
        line=line,
        contact=replace(contact, created=_created(cells, reader), archived=archived, external_ids=_external_ids(cells)),
        said=frozenset(column for column, cell in cells.items() if seen(cell)),
        works_for=works_for,
        introduced_by=tidied(cells.get("introduced_by", "")),
        called_by=called_by,
        no_birthday=born == "",
    )


def by_address(draft: Draft) -> Draft | None:
    """A row that was called by its firm, as somebody of that firm called by their address; None where it has none."""
    contact = draft.contact
    if not contact.addresses:
        return None
    called = contact.addresses[0]
    person = replace(contact, name=called.value, kind=Kind.PERSON)
    return replace(draft, contact=person, works_for=contact.name, called_by="number" if called.kind == "phone" else "address")


def _called(cells: Mapping[str, str], kind: Kind | None, reader: Reader) -> tuple[str, str]:
    """The name of a row; where it has none, what stands for it, and what that is. Raises RowBad, RowEmpty."""
    if shows(cells.get("name", "")):
        return cells["name"], ""
    boxes = said("email", mailboxes, cells["email"]) if seen(cells.get("email", "")) else ()
    if boxes and boxes[0].name:
        return boxes[0].name, ""
    if kind is not Kind.PERSON and shows(cells.get("works_for", "")):
        return cells["works_for"], "firm"
    if boxes:
        return boxes[0].email, "address"
    if seen(cells.get("phone", "")):
        region = reader.desk.settings.phone.region
        return said("phone", lambda text: phone_addresses(text, region), cells["phone"])[0].value, "number"
    if seen(cells.get("handle", "")):
        return seen(cells["handle"]).partition(";")[0], "address"
    if not any(shows(cell) for cell in cells.values()):
        raise RowEmpty
    raise RowBad("it has no name, and no firm, address or number to call it by")


def _born(cells: Mapping[str, str], reader: Reader) -> str | None:
    """The birthday of a row, empty where it is one that stands for none; None where the cell is empty. Raises RowBad."""
    if not seen(cells.get("birthday", "")):
        return None
    desk = reader.desk
    return said("birthday", lambda text: birthday(text, desk.settings.dates.order, desk.today), cells["birthday"])


def _created(cells: Mapping[str, str], reader: Reader) -> datetime:
    """When the contact was first written down: as said, else now; a day begins at midnight in the book's zone."""
    if not one_line(cells.get("created", "")):
        return reader.desk.now
    found = reader.moment(cells, "created")
    day = datetime.combine(found.day, time())
    return found.at or said("created", lambda _: instant(day, reader.desk.book.zone).at, "") or reader.desk.now


def _cell(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    """The cell for a reader that divides lists itself; nothing where it is empty."""
    return (cells[column],) if seen(cells.get(column, "")).strip(" ;,") else ()


def _external_ids(cells: Mapping[str, str]) -> tuple[ExternalId, ...]:
    """Sources and values pairwise; a value may hold a `;` where there is one source."""
    source, value = one_line(cells.get("source", "")), label(cells, "external_id")
    if not value:
        return ()
    sources = [part.strip() for part in source.split(";")]
    values = [value] if len(sources) == 1 else [part.strip() for part in value.split(";")]
    if len(sources) != len(values):
        raise RowBad(f"source names {len(sources)} systems, external_id has {len(values)} parts")
    label(cells, "source")
    return tuple(dict.fromkeys(ExternalId(s, v) for s, v in zip(sources, values, strict=True) if v))
