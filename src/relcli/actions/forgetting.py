"""A contact forgotten: a plan first, then gone from the book, its side files and its journal, with a certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import present
from relcli.actions.contacts import MATCHES, new_id
from relcli.actions.desk import Desk
from relcli.actions.gone import find_anywhere
from relcli.actions.references import ContactNotFound
from relcli.domain.contact import REACHED_AT, Contact, is_contact_id
from relcli.domain.copy import Copy
from relcli.domain.forgotten import Proof, Scrubbed
from relcli.domain.preference import Preference, wishes
from relcli.domain.reference import Match
from relcli.errors import Misused, Refused
from relcli.store import branch, copies, forgetting, preferences, traces
from relcli.store.mentions import mentions
from relcli.store.proof import prove, words_of
from relcli.text import folded, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHORTEST = 4  # letters of a name that are looked for in the texts of others


class ForgetContact(BaseModel):
    """Whom to forget, and what to do with what others have a part in. `place` is the file of the book, if it is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    keep_shared_text: bool = False
    with_transactions: bool = False
    copies: bool = False
    place: Path | None = None


@dataclass(frozen=True, slots=True)
class ForgetPlan:
    """What forgetting would do, counted by table.

    `shared` and `named_in` are ids: of interactions shared with others, and of records whose text names the contact and
    stays. Without a contact they are forgotten already, and only what lingers is cleared away.
    """

    contact: Contact | None
    counts: Mapping[str, int]
    shared: tuple[str, ...]
    named_in: tuple[str, ...]
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was done, without a word about whom.

    `scrubbed`: whether the files are clear of traces too, as `proof` measured it. `server`: the book is on one.
    """

    at: datetime
    actor: str
    batch: int | None
    counts: Mapping[str, int]
    identifiers: tuple[str, ...]
    copies: tuple[Copy, ...]
    scrubbed: Scrubbed
    proof: Proof
    server: bool


@dataclass(frozen=True, slots=True)
class ContactForgotten:
    """The plan and, unless the run was dry, the certificate."""

    plan: ForgetPlan
    certificate: Certificate | None


def forget_contact(request: ForgetContact, desk: Desk, *, sure: Callable[[ForgetPlan], bool]) -> ContactForgotten:
    """Erase a contact from book, side files and journal, for good. The reference is strict.

    `sure` is asked with the plan unless the run is dry. An id that was forgotten before clears away what lingers: older
    copies, and pages that a reader held on to. Raises ContactNotFound, ContactAmbiguous, Misused, and Refused where the
    owner is not sure.
    """
    with desk.book.reading() as connection:
        plan = _planned(connection, request, desk)
    if desk.dry_run:
        return ContactForgotten(plan, None)
    if not sure(plan):
        raise Refused("nobody was forgotten", "say --yes to forget for good, or --dry-run to see what it would do")
    batch, digests, words = _erased(request, desk) if plan.contact else (None, [], [one_line(request.who)])
    scrubbed, proof = cleared(desk, words)
    left = copies.delete(plan.copies) if request.copies else list(plan.copies)
    certificate = Certificate(
        desk.now, desk.actor, batch, plan.counts, tuple(sorted(digests)), tuple(left), scrubbed, proof, request.place is None
    )
    return ContactForgotten(plan, certificate)


def cleared(desk: Desk, words: Iterable[str]) -> tuple[Scrubbed, Proof]:
    """Scrub the book of what was removed, then look whether any of these words is left."""
    scrubbed = desk.book.scrub()
    proof = prove(desk.book, words)
    return (Scrubbed.LEFT if proof.left and scrubbed is Scrubbed.YES else scrubbed), proof


def _planned(connection: Connection, request: ForgetContact, desk: Desk) -> ForgetPlan:
    contact = _found(connection, request, desk)
    if contact is None:
        code = one_line(request.who)
        return ForgetPlan(None, {}, (), (), _copies(connection, request, ((Match.ID.value, code),), (code,)))
    if contact.row == forgetting.nobody(connection) and not request.with_transactions:
        raise Misused(
            "nobody is behind the contact that holds the sums of the forgotten", "--with-transactions removes the sums too"
        )
    found = traces.of(connection, contact.row)
    shared = forgetting.share(connection, found).shared
    return ForgetPlan(
        contact,
        forgetting.counts(connection, found, with_transactions=request.with_transactions),
        tuple(f"i_{number}" for number in shared),
        _named_in(connection, contact, found, shared if request.keep_shared_text else ()),
        _copies(connection, request, found.known_by, _ids_and_addresses(found)),
    )


def _found(connection: Connection, request: ForgetContact, desk: Desk) -> Contact | None:
    """The contact; None for an id that was forgotten before."""
    try:
        return find_anywhere(connection, request.who, region=desk.settings.phone.region)
    except ContactNotFound:
        code = one_line(request.who)
        if is_contact_id(code) and forgetting.known(connection).knows(Match.ID.value, code):
            return None
        raise


def _copies(
    connection: Connection, request: ForgetContact, known_by: tuple[tuple[str, ...], ...], words: tuple[str, ...]
) -> tuple[Copy, ...]:
    if request.place is None:
        return ()
    secret = forgetting.known(connection).secret
    marks = frozenset(mark for _, mark in branch.marks(connection))
    return tuple(copies.holding(request.place, known_by, words, secret=secret, marks=marks))


def _ids_and_addresses(found: traces.Traces) -> tuple[str, ...]:
    """As a file holds them; a handle or a foreign id of a few letters is looked for in the tables alone."""
    exact = {parts[-1] for parts in found.known_by if parts[0] in (Match.ID.value, Match.EMAIL.value, Match.PHONE.value)}
    return (*sorted(exact), *(word for word in found.words if "@" in word[1:] and word not in exact))


def _erased(request: ForgetContact, desk: Desk) -> tuple[int | None, list[str], list[str]]:
    with desk.writing("contact forget", purges=False) as writing:
        connection = writing.connection
        contact = _found(connection, request, desk)
        if contact is None:  # somebody else was faster
            return None, [], [one_line(request.who)]
        found = traces.of(connection, contact.row)
        words = words_of(connection, found)
        heir = None
        if not request.with_transactions and found.records["transaction"]:
            heir = forgetting.nobody(connection) or forgetting.add_nobody(writing, new_id(connection))
        digests = forgetting.erase(
            writing,
            found,
            heir,
            zone=desk.book.zone,
            keep_shared_text=request.keep_shared_text,
            forgotten=forgetting.known(connection),
            silent=_silent(preferences.of_contacts(connection, [contact.row]), desk),
        )
        return writing.batch, digests, words


def _silent(theirs: Sequence[Preference], desk: Desk) -> set[str]:
    """The kinds of address and id under which they want no contact now; of that we keep that it is so."""
    now = wishes(theirs, present(desk))
    if now.do_not_contact:
        return set(Match)
    return {MATCHES[kind] for channel, kind in REACHED_AT.items() if channel in now.barred}


def _named_in(
    connection: Connection, contact: Contact, found: traces.Traces, kept: tuple[int, ...] | list[int]
) -> tuple[str, ...]:
    """The records of others, and the shared ones whose text is kept, that hold any name or address the contact ever had."""
    foreign = {*found.codes, *(parts[-1] for parts in found.known_by if parts[0] == Match.EXTERNAL_ID.value)}
    said = (contact.name, *sorted(set(found.words) - foreign))
    words = list({folded(word): word for word in reversed(said) if len(word) >= _SHORTEST}.values())
    gone = {f"i_{number}" for number in set(found.records["interaction"]) - set(kept)}
    return mentions(connection, contact, words, but=gone | {f"t_{number}" for number in found.records["transaction"]})
