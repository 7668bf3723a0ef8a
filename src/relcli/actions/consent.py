"""Where everybody stands with the gate: read from the book, for one contact or for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeVar

from relcli.actions.desk import Desk
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.gate import Consent, Standing, address_for, consent
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment, day_number, zone_of
from relcli.domain.observed import observed_channel
from relcli.domain.preference import Preference
from relcli.domain.promise import Promise, PromiseKind
from relcli.domain.reference import Match
from relcli.domain.reply import Event, traced
from relcli.domain.shared import Sharer
from relcli.errors import Refused
from relcli.store import contacts, preferences, promises
from relcli.store import standings as store

if TYPE_CHECKING:
    from sqlalchemy import Connection

R = TypeVar("R", Preference, Promise)


def insisted(answer: Consent) -> Consent:
    """The consent, where there is one. Raises Refused naming the wish, or what we owe, that stands in the way."""
    if not answer.allowed:
        raise Refused(answer.why, "nothing was written or prepared")
    return answer


def present(desk: Desk) -> Moment:
    """Now, as the gate takes it."""
    return Moment(desk.today, desk.now, desk.book.zone)


def standing_of(connection: Connection, desk: Desk, contact: Contact) -> Standing:
    """Where one contact stands."""
    return _standings(connection, desk, [contact], None)[contact.row]


def standings(
    connection: Connection, desk: Desk, asked: Sequence[Contact] | None = None, known: Sequence[Contact] | None = None
) -> dict[int, Standing]:
    """Row of a contact → where they stand, for everybody or for those asked; a handful of queries, however many.

    `known` is everybody, where they were read already.
    """
    known = contacts.everyone(connection) if known is None else known
    return _standings(connection, desk, known if asked is None else asked, known)


def against(connection: Connection, desk: Desk, people: Sequence[Contact], touch: Interaction) -> tuple[Consent, ...]:
    """What the gate says against a touch that happened, for each of those who took part whose wish it broke, or may have.

    To be asked before the touch is written. What they began breaks no wish, what both began a do-not-contact alone;
    that something is owed to them first is no wish.
    """
    if touch.direction is Direction.IN or not preferences.any_said(connection):
        return ()
    then = replace(desk, now=touch.when.at) if touch.when.at else replace(desk, now=_midnight(touch, desk))
    known = [replace(s, promises=(), complaints=(), archived=False) for s in _standings(connection, then, people, None).values()]
    answers = [consent(one, touch.channel, touch.purpose, touch.when, text=touch.summary) for one in known]
    if touch.direction is Direction.BOTH:
        return tuple(answer for answer in answers if answer.wish is not None and answer.wish.shuts)
    return tuple(answer for answer in answers if answer.wish is not None or answer.warnings)


def _midnight(touch: Interaction, desk: Desk) -> datetime:
    """An instant of the day of a touch whose hour is not known."""
    return datetime.combine(touch.when.day, time(), zone_of(desk.book.zone))


def contactable(connection: Connection, desk: Desk, channel: str) -> dict[int, str]:
    """The rows of those whom we may contact by this channel now, to see how they are, with the address to use.

    The address is empty for a channel that needs none.
    """
    now = present(desk)
    people = contacts.everyone(connection)
    known = _standings(connection, desk, people, people)
    return {
        contact.row: address_for(known[contact.row], channel, Purpose.CHECK_IN, now) for contact in people
        if contact.reachable_by(channel) and consent(known[contact.row], channel, Purpose.CHECK_IN, now).allowed
    }  # fmt: skip


def _standings(
    connection: Connection, desk: Desk, asked: Sequence[Contact], known: Sequence[Contact] | None
) -> dict[int, Standing]:
    """Touches are read only of those who have wishes or are owed something: for nobody else does the gate ask when."""
    until, every = day_number(desk.today), known is not None
    employers = _employers(connection, asked, known)
    here = {contact.row: contact for contact in (*asked, *employers.values())}
    rows = list(here)
    wishes = _by_code(preferences.everything(connection) if every else preferences.of_contacts(connection, rows))
    owed = _by_code(promises.everything(connection) if every else promises.of_contacts(connection, rows))
    whole = known is not None and 2 * len(asked) > len(known)  # then one pass over all touches is the cheaper
    shared = _shared(connection, desk, None if whole else [contact.row for contact in asked], wishes, every=every)
    careful = [
        c.row for c in asked
        if c.row in shared or any(held.get(code) for held in (wishes, owed) for code in (c.id, c.works_for or ""))
    ]  # fmt: skip
    channels = store.channels(connection, None if whole else [contact.row for contact in asked], until=until)
    events = _events(connection, careful, until)
    found = {}
    for contact in asked:
        employer = employers.get(contact.works_for or "")
        spoken = channels.get(contact.row, store.Channels())
        found[contact.row] = Standing(
            contact=contact.id,
            name=contact.name,
            zone=contact.timezone or desk.book.zone,
            preferences=tuple(wishes.get(contact.id, ())),
            promises=tuple(owed.get(contact.id, ())),
            organisation=employer.name if employer else "",
            organisation_preferences=tuple(wishes.get(employer.id, ())) if employer else (),
            complaints=tuple(p for p in owed.get(employer.id, ()) if p.kind is PromiseKind.COMPLAINT) if employer else (),
            trace=traced(events.get(contact.row, ())),
            used=spoken.used,
            observed=observed_channel(spoken.began),
            archived=contact.archived is not None,
            addresses=contact.addresses,
            shared=shared.get(contact.row, {}),
        )
    return found


def _shared(
    connection: Connection, desk: Desk, rows: Sequence[int] | None, wishes: dict[str, list[Preference]], *, every: bool
) -> dict[int, dict[tuple[AddressKind, str], tuple[Sharer, ...]]]:
    """Row → who shares which of their addresses, with what they want; `wishes` has that already where it is of `every` contact."""
    pairs = store.sharers(connection, rows)
    known = wishes if every else _by_code(preferences.of_contacts(connection, sorted({pair.sharer for pair in pairs})))
    found: dict[int, dict[tuple[AddressKind, str], tuple[Sharer, ...]]] = {}
    for pair in pairs:
        theirs = found.setdefault(pair.row, {})
        sharer = Sharer(pair.name, pair.zone or desk.book.zone, tuple(known.get(pair.code, ())))
        theirs[pair.kind, pair.key] = (*theirs.get((pair.kind, pair.key), ()), sharer)
    return found


def _employers(connection: Connection, asked: Sequence[Contact], known: Sequence[Contact] | None) -> dict[str, Contact]:
    """Id → the organisations that those asked for work for now."""
    codes = {contact.works_for for contact in asked if contact.works_for}
    if not codes:
        return {}
    if known is not None:
        return {contact.id: contact for contact in known if contact.id in codes}
    return {
        contact.id: contact
        for contact in contacts.fetch(
            connection, [row for code in codes for row in contacts.matching(connection, Match.ID, code)]
        )
    }


def _events(connection: Connection, careful: Sequence[int], until: int) -> dict[int, list[Event]]:
    """Signs and touches of these contacts, and what their people added while they worked there.

    A promise counts for the employer of the day it was made, a referral for who sent it alone.
    """
    wanted = set(careful)
    staff = [job for job in contacts.employments(connection) if job[1] in wanted] if wanted else []
    rows = sorted(wanted | {person for person, *_ in staff})
    dated = store.kept(connection, rows, until=until)
    for row, events in store.events(connection, rows, until=until).items():
        dated[row] += [(day_number(event.moment.day), event) for event in events]
    sent = store.referred(connection, sorted(wanted), until=until)
    found = {row: [*(event for _, event in dated.get(row, ())), *sent.get(row, ())] for row in wanted}
    for person, organisation, first, last in staff:
        found[organisation] += [
            event for day, event in dated.get(person, ())
            if (first is None or day >= first) and (last is None or day < last)
        ]  # fmt: skip
    return found


def _by_code(records: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {}
    for record in records:
        found.setdefault(record.contact, []).append(record)
    return found
