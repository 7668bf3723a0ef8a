"""What belonged to one contact given to another, record by record, and the one that is left empty removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select
from sqlmodel import col

from relcli.domain.initiative import Group
from relcli.domain.moment import day_number
from relcli.store import tables
from relcli.store.journal import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection, Row

    from relcli.store.writing import Writing

P = tables.InteractionContact
_OF_ONE = (
    tables.Promise,
    tables.Preference,
    tables.Circumstance,
    tables.Later,
    tables.Plan,
    tables.Reminder,
    tables.Invitation,
    tables.Response,
)


def counts(connection: Connection, row: int) -> dict[str, int]:
    """How many records of each noun a contact has a part in."""
    e, r = tables.Employment, tables.Referral
    having = {
        "interactions": select(func.count()).select_from(P).where(col(P.contact_id) == row),
        "transactions": select(func.count()).where(col(tables.Transaction.contact_id) == row),
        "promises": select(func.count()).where(col(tables.Promise.contact_id) == row),
        "preferences": select(func.count()).where(col(tables.Preference.contact_id) == row),
        "invitations": select(func.count()).where(col(tables.Invitation.contact_id) == row),
        "responses": select(func.count()).where(col(tables.Response.contact_id) == row),
        "circumstances": select(func.count()).where(col(tables.Circumstance.contact_id) == row),
        "laters": select(func.count()).where(col(tables.Later.contact_id) == row),
        "plans": select(func.count()).where(col(tables.Plan.contact_id) == row),
        "reminders": select(func.count()).where(col(tables.Reminder.contact_id) == row),
        "enrolments": select(func.count()).where(col(tables.Enrolment.contact_id) == row),
        "referrals": select(func.count()).where(or_(col(r.from_id) == row, col(r.whom_id) == row)),
        "works_for": select(func.count()).where(or_(col(e.person_id) == row, col(e.organisation_id) == row)),
    }
    return {noun: connection.execute(statement).scalar_one() for noun, statement in having.items()}


def move_records(writing: Writing, gone: int, into: int) -> None:
    """All that `gone` did, said, is owed and is like becomes of `into`; a touch with both keeps one of them."""
    connection = writing.connection
    for model in (tables.Transaction, *_OF_ONE):
        own = connection.execute(select(col(model.id)).where(col(model.contact_id) == gone)).scalars().all()
        writing.update_many(model, own, {"contact_id": into})
    theirs = connection.execute(select(P.__table__).where(col(P.contact_id) == gone)).all()  # type: ignore[attr-defined]  # SQLModel hides it
    here = set(connection.execute(select(col(P.interaction_id)).where(col(P.contact_id) == into)).scalars())
    writing.delete_many(P, [row.interaction_id for row in theirs], {"contact_id": gone})
    writing.insert_many(P, [{**row._mapping, "contact_id": into} for row in theirs if row.interaction_id not in here])  # noqa: SLF001  # SQLAlchemy's public name for it


def move_enrolments(writing: Writing, gone: int, into: int) -> None:
    """Initiatives that `gone` is in `into` is in from now on, in each once.

    Who would be in both groups of one was meant by it, and no lot tells any more what that did: they stay enrolled, outside the draw.
    """
    n = tables.Enrolment
    rows = writing.connection.execute(select(n.__table__).where(col(n.contact_id).in_([gone, into])).order_by(col(n.id))).all()  # type: ignore[attr-defined]  # as above
    here = {row.initiative_id: row for row in rows if row.contact_id == into}
    for row in rows:
        if row.contact_id == into:
            continue
        same = here.get(row.initiative_id)
        if same is None:
            writing.update(n, row.id, {"contact_id": into})
            continue
        writing.delete(n, {"id": row.id})
        if same.side != row.side:
            writing.update(n, same.id, {"side": Group.ENROLLED, "stratum": "", "seed": None, "share": None})


def move_names(writing: Writing, gone: int, code: str, into: int) -> None:
    """The external ids of `gone`, its id and the ids it had taken over find `into` from now on."""
    connection = writing.connection
    for model in (tables.ExternalId, tables.Alias):
        table = table_of(model)
        rows = connection.execute(select(table).where(table.c.contact_id == gone)).all()
        writing.delete(model, {"contact_id": gone})
        writing.insert_many(model, [{**row._mapping, "contact_id": into} for row in rows])  # noqa: SLF001  # as above
    writing.insert(tables.Alias, {"code": code, "contact_id": into})


def move_referrals(writing: Writing, gone: int, into: int, introducer: int | None) -> None:
    """Referrals from and of `gone` become those of `into`; the first that stays is `introducer`'s.

    Who sent whom twice by that did it once: on the earlier day, with what both say came of it.
    """
    r = tables.Referral
    both = [gone, into]
    rows = writing.connection.execute(
        select(r.__table__).where(or_(col(r.from_id).in_(both), col(r.whom_id).in_(both))).order_by(col(r.id))  # type: ignore[attr-defined]  # as above
    ).all()
    told: dict[tuple[int, int], list[Row[Any]]] = {}  # pair → those that say so, in order
    for row in rows:
        by, whom = (into if n == gone else n for n in (row.from_id, row.whom_id))
        if by == whom:
            writing.delete(r, {"id": row.id})
        else:
            told.setdefault((by, whom), []).append(row)
    sent = []  # what says who sent the contact, in order
    for (by, whom), same in told.items():
        first, *again = same
        for row in again:
            writing.delete(r, {"id": row.id})
        day = min((row.day for row in same if row.day is not None), default=None)
        outcome = "; ".join(dict.fromkeys(row.outcome for row in same if row.outcome))
        new = {"from_id": by, "whom_id": whom, "day": day, "outcome": outcome}
        if changed := {name: value for name, value in new.items() if getattr(first, name) != value}:
            writing.update(r, first.id, changed)
        if whom == into:
            sent.append((first.id, (by, whom, day, outcome)))
    if introducer is None or all(by != introducer for _, (by, *_) in sent):
        return
    while sent and sent[0][1][0] != introducer:
        number, (by, whom, day, outcome) = sent.pop(0)
        writing.delete(r, {"id": number})
        writing.insert(r, {"from_id": by, "whom_id": whom, "day": day, "outcome": outcome})


def move_employments(writing: Writing, gone: int, into: int, employer: int | None, today: date) -> None:
    """Who works for whom, in both directions; of two present employers the one that is not `employer` was one until today."""
    e = tables.Employment
    both = [gone, into]
    rows = writing.connection.execute(
        select(e.__table__).where(or_(col(e.person_id).in_(both), col(e.organisation_id).in_(both))).order_by(col(e.id))  # type: ignore[attr-defined]  # as above
    ).all()
    seen = set()
    for row in sorted(rows, key=lambda row: gone in (row.person_id, row.organisation_id)):  # what stands already comes first
        person, organisation = (into if n == gone else n for n in (row.person_id, row.organisation_id))
        left = row.until_day is None and person == into and organisation != employer
        until = day_number(today) if left else row.until_day
        present = (person, organisation) if until is None else (person, organisation, row.from_day, until)
        if person == organisation or present in seen or (left and (row.from_day or until) > until):
            writing.delete(e, {"id": row.id})
            continue
        seen.add(present)
        new = {"person_id": person, "organisation_id": organisation, "until_day": until}
        changed = {name: value for name, value in new.items() if getattr(row, name) != value}
        if changed:
            writing.update(e, row.id, changed)


def staff(connection: Connection, rows: Iterable[int]) -> list[int]:
    """Who works for any of these now, but for themselves."""
    e, these = tables.Employment, list(rows)
    statement = select(col(e.person_id)).where(
        col(e.organisation_id).in_(these), col(e.until_day).is_(None), col(e.person_id).not_in(these)
    )
    return list(connection.execute(statement).scalars())
