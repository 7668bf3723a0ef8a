"""Referrals: who sent whom, what came of it, and whether they were thanked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added
from relcli.actions.desk import Desk
from relcli.actions.introducing import check
from relcli.actions.moments import happened
from relcli.actions.records import found, refuse_both
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.moment import day_number, day_of
from relcli.domain.referral import Referral
from relcli.domain.transaction import TransactionKind
from relcli.errors import Misused
from relcli.store import contacts, referrals, tables
from relcli.text import one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


class AddReferral(BaseModel):
    """Who sent whom, as it was typed; today where no day is named. `add`: whom they sent is added where nobody of that name is here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sender: str
    whom: str
    at: str | None = None
    outcome: str = ""
    add: bool = False


class EditReferral(BaseModel):
    """What an edit says of a referral; None means "not said". `no_at`: nobody knows the day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sender: str | None = None
    whom: str | None = None
    at: str | None = None
    no_at: bool = False
    outcome: str | None = None
    no_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a referral: the first sale or purchase of the one who was sent, and our first thanks to the sender.

    `before`: they had traded with us already. Each is None where there is none.
    """

    trade: str | None = None
    kind: TransactionKind | None = None
    day: date | None = None
    before: bool = False
    thanks: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralsListed:
    """Referrals, the newest first, and those without a day last; `came` has by number what came of each."""

    referrals: tuple[Referral, ...]
    came: Mapping[int, Came]
    names: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class ReferralsWritten(ReferralsListed):
    """Referrals that were added, changed or removed; `batch` is None where nothing had to be. `added` are contacts the write made."""

    batch: Batch | None
    act: str
    added: tuple[Contact, ...] = ()


def add_referral(request: AddReferral, desk: Desk) -> ReferralsWritten:
    """Write who sent whom.

    Raises Misused for oneself and for a day to come, ReferralConflict for one that is here already and for a circle;
    ContactNotFound, ContactAmbiguous for WHO.
    """
    new = Referral(0, "", "", _day(request.at, desk), _outcome(request.outcome))
    with desk.writing("referral add") as writing:
        sender = find(writing.connection, request.sender, region=desk.settings.phone.region)
        whom = found_or_added(writing, request.whom, desk, add_unknown=request.add)
        check(writing.connection, sender, whom)
        number = referrals.add(writing, new, sender.row, whom.row)
        added = (whom,) if writing.is_new(tables.Contact, whom.row) else ()
        return replace(_written(writing, [number], desk, "noted"), added=added)


def list_referrals(who: str | None, desk: Desk) -> ReferralsListed:
    """All referrals, or those from and of one contact. Raises for WHO like `find`."""
    with desk.book.reading() as connection:
        if who is None:
            these = referrals.everything(connection)
        else:
            these = referrals.of_contact(connection, find(connection, who, region=desk.settings.phone.region).row)
        return _listed(connection, these, desk)


def edit_referral(reference: str, request: EditReferral, desk: Desk) -> ReferralsWritten:
    """Change the fields named, and only those. Raises RecordNotFound, and like `add_referral`."""
    refuse_both(request, [name for name in ("at", "outcome") if getattr(request, f"no_{name}")])
    region = desk.settings.phone.region
    with desk.writing("referral edit") as writing:
        [before] = _found(writing.connection, [reference])
        sender = find(writing.connection, before.sender if request.sender is None else request.sender, region=region)
        whom = find(writing.connection, before.whom if request.whom is None else request.whom, region=region)
        if (sender.id, whom.id) != before.pair:
            check(writing.connection, sender, whom, but=before.number)
        after = replace(
            before,
            sender=sender.id,
            whom=whom.id,
            day=None if request.no_at else before.day if request.at is None else _day(request.at, desk),
            outcome="" if request.no_outcome else before.outcome if request.outcome is None else _outcome(request.outcome),
        )
        referrals.change(writing, before, after, sender.row, whom.row)
        return _written(writing, [before.number], desk, "changed")


def remove_referrals(ids: Iterable[str], desk: Desk) -> ReferralsWritten:
    """Take those named out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("referral remove") as writing:
        gone = _found(writing.connection, ids)
        listed = _listed(writing.connection, gone, desk)
        referrals.remove(writing, [one.number for one in gone])
        return _with_batch(listed, writing, "removed")


def _found(connection: Connection, ids: Iterable[str]) -> list[Referral]:
    return found(ids, "r", "referral", lambda numbers: referrals.fetch(connection, numbers))


def _written(writing: Writing, numbers: Sequence[int], desk: Desk, act: str) -> ReferralsWritten:
    return _with_batch(_listed(writing.connection, referrals.fetch(writing.connection, numbers), desk), writing, act)


def _with_batch(listed: ReferralsListed, writing: Writing, act: str) -> ReferralsWritten:
    return ReferralsWritten(listed.referrals, listed.came, listed.names, listed.today, writing.written, act)


def _listed(connection: Connection, these: Sequence[Referral], desk: Desk) -> ReferralsListed:
    trades = referrals.first_trades(connection, {one.whom for one in these})
    thanked = referrals.thanks(connection, {one.sender for one in these})
    ordered = sorted(these, key=lambda one: (one.day or date.min, one.number), reverse=True)
    came = {one.number: _came(one, trades.get(one.whom), thanked.get(one.sender, ())) for one in these}
    return ReferralsListed(tuple(ordered), came, contacts.names_by_id(connection), desk.today)


def _came(one: Referral, trade: tuple[int, int, TransactionKind] | None, thanked: Sequence[tuple[int, int]]) -> Came:
    """Of a referral whose day nobody noted the first trade is what came of it, and it waits for no thanks."""
    since = None if one.day is None else day_number(one.day)
    thanks = None if since is None else next((f"i_{number}" for on, number in thanked if on >= since), None)
    if trade is None:
        return Came(thanks=thanks)
    on, number, kind = trade
    return Came(f"t_{number}", kind, day_of(on), before=since is not None and on < since, thanks=thanks)


def _outcome(text: str) -> str:
    if not storable(text):
        raise Misused("that outcome holds a NUL or half a character, which no book can keep", "remove it")
    return one_line(text)


def _day(text: str | None, desk: Desk) -> date:
    """The day they sent somebody, today where none was named."""
    return happened(text, desk, "a referral is of today or before").day
