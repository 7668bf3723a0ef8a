"""A row of a contacts file, cell by cell: the contact it describes, and the links still to be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from relcli.actions.contacts import ContactFields, merged
from relcli.actions.imports.outcome import RowBad
from relcli.actions.imports.values import MOST_LABEL, Reader, choice, label, said
from relcli.domain.contact import Contact, ExternalId, Kind, is_contact_id
from relcli.domain.moment import instant
from relcli.errors import Misused
from relcli.text import one_line


@dataclass(frozen=True, slots=True)
class Draft:
    """One good row. `contact.id` is the id it brings, or empty; the links are references still to be found."""

    line: int
    contact: Contact
    said: frozenset[str]
    works_for: str
    introduced_by: str


def contact_draft(line: int, cells: Mapping[str, str], reader: Reader) -> Draft:
    """What a row says, checked as `contact add` would. Raises RowBad."""
    desk = reader.desk
    code = one_line(cells.get("id", ""))
    if code and not is_contact_id(code):
        raise RowBad(f'id "{code}" is not an id of ours such as c_7k3m9q2x; what others call it goes under external_id')
    fields = ContactFields(
        name=cells["name"],
        kind=choice(cells, "kind", Kind),
        roles=_several(cells, "roles"),
        emails=_several(cells, "email"),
        phones=_several(cells, "phone"),
        handles=_several(cells, "handle"),
        tags=_several(cells, "tags"),
        language=cells.get("language", ""),
        timezone=cells.get("timezone") or None,
        birthday=cells.get("birthday") or None,
        note=cells.get("note", ""),
    )
    archived = reader.moment(cells, "archived").day if one_line(cells.get("archived", "")) else None
    try:
        contact = merged(Contact(0, code, "", desk.now), fields, desk.settings.phone.region)
    except Misused as error:
        raise RowBad(error.message) from None
    if any(len(address.value) > MOST_LABEL for address in contact.addresses):
        raise RowBad(f"an address has more than {MOST_LABEL} characters")
    return Draft(
        line=line,
        contact=replace(contact, created=_created(cells, reader), archived=archived, external_ids=_external_ids(cells)),
        said=frozenset(column for column, cell in cells.items() if cell.strip()),
        works_for=one_line(cells.get("works_for", "")),
        introduced_by=one_line(cells.get("introduced_by", "")),
    )


def _created(cells: Mapping[str, str], reader: Reader) -> datetime:
    """When the contact was first written down: as said, else now; a day begins at midnight in the book's zone."""
    if not one_line(cells.get("created", "")):
        return reader.desk.now
    found = reader.moment(cells, "created")
    day = datetime.combine(found.day, time())
    return found.at or said("created", lambda _: instant(day, reader.desk.book.zone).at, "") or reader.desk.now


def _several(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part for part in map(one_line, cells.get(column, "").split(";")) if part)


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
