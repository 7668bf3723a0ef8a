"""The lot: who of those who may be enrolled is left alone, for comparison."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from relcli.actions.assessments import assess_book
from relcli.actions.desk import Desk
from relcli.domain.contact import Contact
from relcli.domain.initiative import WHOLE, Enrolment, Group, Initiative, drawn, share_of, strata
from relcli.domain.moment import day_number
from relcli.errors import Misused

if TYPE_CHECKING:
    from sqlalchemy import Connection


def holdout(typed: str | None) -> int | None:
    """The share to leave alone, as typed, in ten-thousandths. Raises Misused for one that is none, or that leaves a group empty."""
    if typed is None:
        return None
    try:
        share = share_of(typed)
    except ValueError as error:
        raise Misused(str(error), "--holdout 0.5 leaves every second one alone") from None
    if share in (0, WHOLE):
        who = "nobody would be left alone" if share == 0 else "nobody would be enrolled"
        raise Misused(f"--holdout {typed} leaves a group empty: {who}", "--holdout 0.5 leaves every second one alone")
    return share


def grouped(
    connection: Connection, able: Sequence[Contact], one: Initiative, share: int | None, known: Sequence[Enrolment], desk: Desk
) -> list[Enrolment]:
    """Everybody enrolled, or a lot drawn among them.

    Raises Misused where it leaves a group empty, and for another share than that of a lot before: of unlike people, the likelier
    to come would be more in the one group than in the other.
    """
    today = desk.today
    if share is None:
        return [Enrolment(0, one.number, contact.id, Group.ENROLLED, today) for contact in able]
    _refuse_other(one, share, known)
    assessed = assess_book(connection, desk, as_of=day_number(today), horizon=None)
    health = {
        contact.id: float(value) for contact, value in zip(assessed.contacts, assessed.assessment.health.unheld, strict=True)
    }
    parts = strata({
        contact.id: (contact.roles, None if math.isnan(health[contact.id]) else health[contact.id]) for contact in able
    })  # fmt: skip
    seed = _seed(one, _draws(known))
    alone = drawn(parts, share, seed)
    if not 0 < len(alone) < len(able):
        count = "1 person" if len(able) == 1 else f"{len(able)} people"
        raise Misused(
            f"a holdout of {share / WHOLE:g} leaves a group empty: {count} may be enrolled",
            "enrol more, or choose a share nearer to 0.5",
        )
    sides = {contact.id: Group.COMPARISON if contact.id in alone else Group.ENROLLED for contact in able}
    return [
        Enrolment(0, one.number, code, side, today, parts[code], seed, share) for code, side in sides.items()
    ]  # fmt: skip


def _refuse_other(one: Initiative, share: int, known: Sequence[Enrolment]) -> None:
    before = next((enrolment.share for enrolment in known if enrolment.share is not None), share)
    if share != before:
        raise Misused(
            f'the lot of "{one.name}" leaves a share of {before / WHOLE:g} alone, and with one of {share / WHOLE:g} beside it '
            "the groups could not be compared",
            f"enrol them with --holdout {before / WHOLE:g}",
        )


def _draws(known: Sequence[Enrolment]) -> int:
    return len({enrolment.seed for enrolment in known if enrolment.seed is not None})


def _seed(one: Initiative, draws: int) -> int:
    """Of the initiative and the draws before: whoever takes a draw back and draws again gets the same one."""
    text = f"{one.name}\n{one.begins.isoformat()}\n{draws}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")  # JSON holds no more in a number
