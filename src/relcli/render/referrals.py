"""Referrals in a line, on a page, as rows."""

from __future__ import annotations

from collections.abc import Mapping

from relcli.actions.referrals import Came, ReferralsListed, ReferralsWritten
from relcli.domain.referral import Referral
from relcli.render.interactions import newcomers
from relcli.render.page import Cell, Column, Grid, Page
from relcli.render.rows import REFERRALS, Rows

_NOTHING = Came()


def written(result: ReferralsWritten) -> str:
    """One line: who sent whom, or of several how many and which."""
    if len(result.referrals) > 1:
        return f"{result.act} {len(result.referrals)} referrals: {' '.join(one.id for one in result.referrals)}"
    [one] = result.referrals
    if result.batch is None and result.act == "changed":
        return f"left {one.id} as it is"
    day = "on a day nobody noted" if one.day is None else str(one.day)
    return f"{result.act} {one.id}: {_name(one.sender, result.names)} sent {_name(one.whom, result.names)}, {day}{newcomers(result.added)}"


def listed(result: ReferralsListed) -> Page:
    """A line a referral: who sent whom, what came of it, and whether they were thanked."""
    columns = [Column("day"), Column("from", folds=True), Column("whom", folds=True), Column("what came of it", folds=True),
               Column("thanked"), Column("id")]  # fmt: skip
    return Page([Grid(columns, [_cells(one, result) for one in result.referrals])])


def rows(result: ReferralsListed) -> Rows:
    """The public columns; `outcome` is in the owner's words, `transaction` and `thanked` follow from the records."""
    return Rows(REFERRALS, tuple(tuple(cell or None for cell in _row(one, result)) for one in result.referrals))


def _row(one: Referral, result: ReferralsListed) -> tuple[str | None, ...]:
    came = result.came.get(one.number, _NOTHING)
    return (
        one.id, one.sender, one.whom, one.day.isoformat() if one.day else None, one.outcome, _name(one.sender, result.names),
        _name(one.whom, result.names), None if came.before else came.trade, came.thanks,
    )  # fmt: skip


def _cells(one: Referral, result: ReferralsListed) -> list[Cell]:
    came = result.came.get(one.number, _NOTHING)
    outcome = "; ".join(part for part in (one.outcome, _came(came)) if part)
    waits = one.day is not None and came.thanks is None
    return [
        Cell(one.day.isoformat() if one.day else "", "dim"),
        Cell(_name(one.sender, result.names), "name"),
        Cell(_name(one.whom, result.names), "name"),
        Cell(outcome or "nothing yet", "" if outcome else "dim"),
        Cell("not yet" if waits else came.thanks or "", "fair" if waits else "dim"),
        Cell(one.id, "dim"),
    ]


def _came(came: Came) -> str:
    if came.trade is None or came.kind is None:
        return ""
    if came.before:
        return f"was here before: {came.kind.value} {came.day} ({came.trade})"
    return f"first {came.kind.value} {came.day} ({came.trade})"


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code)
