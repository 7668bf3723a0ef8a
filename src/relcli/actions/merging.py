"""Two contacts that are one: what each says of itself side by side, and the one made into the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import present
from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Address, AddressKind, Contact, Kind, NameKind, OtherName
from relcli.domain.preference import Preference, holding
from relcli.domain.referral import circle
from relcli.errors import Misused, Refused
from relcli.store import contacts, forgetting, merging, preferences, referrals

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

FIELDS = ("name", "kind", "language", "timezone", "birthday", "note", "works_for", "introduced_by")
_SAID = {"name": "also known as {}", "kind": "also kept as: {}"}  # the others: "birthday also given as …"


class MergeContacts(BaseModel):
    """`gone` goes into `into`; of the fields in `take` the value of `gone` counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    into: str
    gone: str
    take: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which the two say different things; `taken` where the value of the one that goes counts."""

    field: str
    into: str
    gone: str
    taken: bool

    @property
    def kept(self) -> str:
        """What counts from now on."""
        return "both" if self.field == "note" else self.gone if self.taken else self.into


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do: the contact it makes, where the two disagree, how much moves.

    `shut` are the do-not-contacts that come onto the contact that stays.
    """

    into: Contact
    gone: Contact
    merged: Contact
    conflicts: tuple[Conflict, ...]
    moved: Mapping[str, int]
    shut: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class ContactsMerged:
    """The contact as it stands; without a batch the merge was only planned."""

    plan: MergePlan
    contact: Contact
    batch: Batch | None


def merge_contacts(request: MergeContacts, desk: Desk, *, sure: Callable[[MergePlan], bool]) -> ContactsMerged:
    """Make one contact out of two. References are strict; both are found before anything is done.

    `sure` is asked with the plan unless the run is dry. Raises Misused for a contact with itself and for what would
    break the rules of who works for whom, Refused where the owner is not sure.
    """
    with desk.book.reading() as connection:
        plan = _planned(connection, request, desk)
    if desk.dry_run:
        return ContactsMerged(plan, plan.merged, None)
    if not sure(plan):
        raise Refused("nobody was merged", "say --yes to merge, or --dry-run to see what it would do")
    with desk.writing("contact merge") as writing:
        connection = writing.connection
        plan = _planned(connection, request, desk)
        into, gone = plan.into, plan.gone
        shut = _shut(connection, [into.row], desk) + _shut(connection, [gone.row], desk)
        merging.move_records(writing, gone.row, into.row)
        merging.move_enrolments(writing, gone.row, into.row)
        _keep_shut(writing, shut, into.row, desk)
        merging.move_names(writing, gone.row, gone.id, into.row)
        merging.move_referrals(writing, gone.row, into.row, _row(connection, plan.merged.introduced_by))
        merging.move_employments(writing, gone.row, into.row, _row(connection, plan.merged.works_for), desk.today)
        newly = {wish.subject for wish in plan.shut}
        plan = replace(plan, shut=tuple(w for w in _shut(connection, [into.row], desk) if w.subject in newly))
        contacts.change(writing, into, plan.merged)
        contacts.remove(writing, gone.row)
        return ContactsMerged(plan, contacts.fetch(connection, [into.row])[0], writing.written)


def _planned(connection: Connection, request: MergeContacts, desk: Desk) -> MergePlan:
    region = desk.settings.phone.region
    into = find(connection, request.into, region=region, strict=True)
    gone = find(connection, request.gone, region=region, strict=True)
    if into.row == gone.row:
        raise Misused(f"{into.name} is one contact already ({into.id})", "name two different ones")
    if forgetting.nobody(connection) in (into.row, gone.row):
        raise Misused("nobody is behind the contact that holds the sums of the forgotten", "name two others")
    take = _taken(request.take)
    merged, conflicts = _chosen(into, gone, take)
    _refuse_circles(connection, merged, into, gone)
    already = {wish.subject for wish in _shut(connection, [into.row], desk)}
    shut = tuple(wish for wish in _shut(connection, [gone.row], desk) if wish.subject not in already)
    return MergePlan(into, gone, merged, conflicts, merging.counts(connection, gone.row), shut)


def _taken(words: tuple[str, ...]) -> frozenset[str]:
    take = frozenset(word.strip().lower().replace("-", "_") for word in words)
    for word in sorted(take - set(FIELDS)):
        raise Misused(f'--take "{word}" is not a field with one value', f"choose from: {', '.join(FIELDS)}")
    return take


def _chosen(into: Contact, gone: Contact, take: frozenset[str]) -> tuple[Contact, tuple[Conflict, ...]]:
    """The contact both become, and where they disagreed. What is not taken goes into the note."""
    conflicts = []
    values: dict[str, str] = {}
    for field in FIELDS:
        mine, theirs = (str(getattr(contact, field) or "") for contact in (into, gone))
        if field in ("works_for", "introduced_by"):  # a link between the two is none any more
            mine, theirs = ("" if link in (into.id, gone.id) else link for link in (mine, theirs))
        conflict = Conflict(field, mine, theirs, field in take)
        if mine and theirs and mine != theirs:
            conflicts.append(conflict)
            values[field] = conflict.kept
        else:
            values[field] = mine or theirs
    notes = [gone.note, into.note] if "note" in take else [into.note, gone.note]
    said = [_said(c) for c in conflicts if c.field not in ("note", "works_for", "introduced_by")]
    merged = replace(
        into,
        name=values["name"],
        kind=Kind(values["kind"]),
        language=values["language"],
        timezone=values["timezone"],
        birthday=values["birthday"],
        note="\n".join(dict.fromkeys(text for text in (*notes, *said) if text)),
        works_for=values["works_for"] or None,
        introduced_by=values["introduced_by"] or None,
        roles=tuple(sorted({*into.roles, *gone.roles})),
        tags=tuple(sorted({*into.tags, *gone.tags})),
        addresses=_addresses(into, gone),
        created=min(into.created, gone.created),
        other_names=(*into.other_names, OtherName(gone.name, NameKind.MERGED), *gone.other_names),
    )
    return merged, tuple(conflicts)


def _said(conflict: Conflict) -> str:
    """The value that does not count, in a line for the note."""
    words = _SAID.get(conflict.field, f"{conflict.field} also given as {{}}")
    return words.format(conflict.into if conflict.taken else conflict.gone)


def _addresses(into: Contact, gone: Contact) -> tuple[Address, ...]:
    every = {(a.kind, a.key): a for a in (*gone.addresses, *into.addresses)}
    order = dict.fromkeys((a.kind, a.key) for a in (*into.addresses, *gone.addresses))
    kinds = list(AddressKind)
    return tuple(sorted((every[key] for key in order), key=lambda a: kinds.index(a.kind)))


def _refuse_circles(connection: Connection, merged: Contact, into: Contact, gone: Contact) -> None:
    """Whoever has people working for them is an organisation and works for nobody; nobody sent who sent them."""
    one_of_both = {gone.id: into.id}
    known = [
        replace(one, sender=one_of_both.get(one.sender, one.sender), whom=one_of_both.get(one.whom, one.whom))
        for one in referrals.everything(connection)
    ]
    for one in known:
        if into.id == one.sender != one.whom and circle(known, *one.pair):
            raise Misused(
                f"somebody whom one of the two sent had sent the other ({one.id}): they would stand in a circle",
                f"if they are one, one of the two is wrong: relcli referral list {into.id}, relcli referral remove",
            )
    if not merging.staff(connection, [into.row, gone.row]):
        return
    if merged.kind is not Kind.ORGANISATION:
        raise Misused(f"people work for {gone.name}", "it must stay an organisation: say --take kind")
    if merged.works_for:
        raise Misused(
            f"people work for one of the two, and one of them works for {merged.works_for}",
            "one level only: first say relcli contact edit ID --no-works-for",
        )


def _shut(connection: Connection, rows: Sequence[int], desk: Desk) -> list[Preference]:
    """The do-not-contacts of a contact that hold now."""
    return [wish for wish in holding(preferences.of_contacts(connection, rows), present(desk)) if wish.shuts]


def _keep_shut(writing: Writing, shut: Sequence[Preference], into: int, desk: Desk) -> None:
    """Say anew each do-not-contact that a newer wish of the other would put an end to: the other could not speak for them."""
    still = {wish.number for wish in _shut(writing.connection, [into], desk)}
    lost = [replace(wish, number=0, when=present(desk)) for wish in shut if wish.number not in still]
    preferences.add_many(writing, lost, into)


def _row(connection: Connection, code: str | None) -> int | None:
    return find(connection, code, strict=True).row if code else None
