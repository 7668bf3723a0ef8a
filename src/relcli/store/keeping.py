"""Rules between records that no table can hold, asked before a record of another copy is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from relcli.domain.referral import circle
from relcli.store import referrals, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

E, C = tables.Employment, tables.Contact


def refused(connection: Connection, noun: str, row: Mapping[str, Any]) -> bool:
    """Whether a new record would break a rule: who works for whom is one level and one at a time, nobody sent who sent them."""
    if noun == "works_for":
        person, organisation = row["person_id"], row["organisation_id"]
        if person == organisation:
            return True
        if row["until_day"] is not None:
            return False
        open_ones = select(col(E.id)).where(
            col(E.until_day).is_(None),
            or_(col(E.person_id).in_([person, organisation]), col(E.organisation_id) == person),
        )
        return connection.execute(open_ones).first() is not None
    if noun == "referral":
        sender, whom = row["from_id"], row["whom_id"]
        codes = {
            one.id: one.code for one in connection.execute(select(col(C.id), col(C.code)).where(col(C.id).in_([sender, whom])))
        }
        return sender == whom or bool(circle(referrals.everything(connection), codes[sender], codes[whom]))
    return False
