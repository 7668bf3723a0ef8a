"""The portfolio in a short block, and as a document."""

from __future__ import annotations

from typing import Any

from relcli.actions.portfolio import Flow, Growth, Leaning, Portfolio, Stake
from relcli.domain.currency import NO_CURRENCY
from relcli.domain.money import Money
from relcli.domain.wording import counted
from relcli.health.portfolio import Spread
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading
from relcli.render.rows import Fine

NAMED = 3


def blocks(found: Portfolio) -> list[Block]:
    """What the year rests on, what is at stake, whom we lean on, what is planned; nothing where there is nothing."""
    rows: list[tuple[str, Cell]] = []
    for label, flow in (("sales", found.sales), ("purchases", found.purchases)):
        rows += [(label, Cell(_spread(each, found))) for each in flow.by_organisation]
        rows += [
            (f"{label} at risk", Cell(_at_risk(flow, each.currency), "bad"))
            for each in flow.by_contact
            if _risky(flow, each.currency)
        ]
    if found.leaning:
        rows.append(
            ("we depend on", Cell("; ".join(_leans(one) for one in found.leaning[:NAMED]) + _more(len(found.leaning)), "fair"))
        )
    if found.growth.worth:
        rows.append(("plans", Cell(planned(found.growth), "fair" if found.growth.unplanned else "good")))
    if not rows:
        return []
    grid = Grid([Column(""), Column("", folds=True)], [[Cell(label, "label"), cell] for label, cell in rows])
    return [Gap(), Heading("The year in one piece", f"{found.since.isoformat()} to {found.until.isoformat()}"), grid]


def planned(growth: Growth) -> str:
    """How many worth growing have no plan, and who they are."""
    if not growth.unplanned:
        return f"all {counted(growth.worth, 'relationship')} worth growing have one"
    without, worth = len(growth.unplanned), counted(growth.worth, "relationship")
    stakes = [f"{one.contact.name} {one.stake.at_stake}" if one.stake else one.contact.name for one in growth.unplanned[:NAMED]]
    has = "has" if without == 1 else "have"
    first = "the most at stake" if growth.unplanned[0].stake else "among them"
    return f"{without} of {worth} worth growing {has} none; {first}: {', '.join(stakes)}{_more(without)}"


def document(found: Portfolio) -> dict[str, Any]:
    """Everything, by currency; shares 0 to 1 as percentages."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "sales": _flow(found.sales, found),
        "purchases": _flow(found.purchases, found),
        "we_depend_on": [
            {
                "id": one.contact.id,
                "name": one.contact.name,
                "theirs": one.dependence.theirs,
                "ours": one.dependence.ours,
                "balance": one.dependence.balance,
                "share_of_sales": {currency: 100.0 * share for currency, share in one.sales},
                "share_of_purchases": {currency: 100.0 * share for currency, share in one.purchases},
            }
            for one in found.leaning
        ],
    }


def plans(growth: Growth) -> dict[str, Any]:
    """How many relationships are worth growing, and which have no plan."""
    return {
        "worth_growing": growth.worth,
        "with_plan": growth.planned,
        "without_plan": [
            {"id": one.contact.id, "name": one.contact.name, **(_stake(one.stake) if one.stake else _NO_STAKE)}
            for one in growth.unplanned
        ],
    }


_NO_STAKE = {"value": None, "currency": None, "silent_risk": None, "at_stake": None}


def _spread(each: Spread, found: Portfolio) -> str:
    """`6240.00 EUR from 24; Harbour Hotel 22 %, …; as if from 9 alike (Herfindahl 0.11)`."""
    gone = f"; {100 * each.forgotten / each.total:.0f} % from people since forgotten" if each.forgotten else ""
    if not each.slices:
        return f"{Money(each.total, each.currency)}, all from people since forgotten"
    if len(each.slices) == 1:
        all_ = "the rest" if each.forgotten else "all"
        return f"{Money(each.total, each.currency)}, {all_} from {found.names[each.slices[0].holder].name}{gone}"
    largest = ", ".join(f"{found.names[one.holder].name} {100 * one.share:.0f} %" for one in each.slices[:NAMED])
    alike = f"as concentrated as {1 / each.concentration:.0f} equal ones (Herfindahl {each.concentration:.2f})"
    return f"{Money(each.total, each.currency)} from {len(each.slices)}: {largest}; {alike}{gone}"


def _risky(flow: Flow, currency: str) -> list[Stake]:
    return [stake for stake in flow.at_risk if stake.value.currency == currency]


def _total(stakes: list[Stake], currency: str) -> Money:
    return Money(sum(stake.at_stake.minor for stake in stakes), currency)


def _at_risk(flow: Flow, currency: str) -> str:
    stakes = _risky(flow, currency)
    named = ", ".join(f"{stake.contact.name} {stake.at_stake.amount}" for stake in stakes[:NAMED])
    return f"{_total(stakes, currency)} at stake: {named}{_more(len(stakes))}"


def _leans(one: Leaning) -> str:
    shares = [
        f"{100 * share:.0f} % of {f'{currency} ' if len(side) > 1 else ''}{word}"
        for word, side in (("sales", one.sales), ("purchases", one.purchases))
        for currency, share in side
    ]
    return (
        f"{one.contact.name} more than they on us ({one.dependence.ours:.1f} against {one.dependence.theirs:.1f}"
        + "".join(f"; {share}" for share in shares)
        + ")"
    )


def _more(count: int) -> str:
    return f" and {count - NAMED} more" if count > NAMED else ""


def _flow(flow: Flow, found: Portfolio) -> list[dict[str, Any]]:
    return [
        {
            "currency": None if own.currency == NO_CURRENCY else own.currency,
            "by_contact": _shares(own, found),
            "by_organisation": _shares(firms, found)
            | {
                "herfindahl": Fine(firms.concentration) if firms.slices else None,
                "alike": 1.0 / firms.concentration if firms.slices else None,
                "forgotten": Money(firms.forgotten, firms.currency).amount,
            },
            "at_stake": _total(_risky(flow, own.currency), own.currency).amount,
            "at_risk": [{"id": s.contact.id, "name": s.contact.name, **_stake(s)} for s in _risky(flow, own.currency)],
        }
        for own, firms in _paired(flow)
    ]


def _paired(flow: Flow) -> list[tuple[Spread, Spread]]:
    """Both views of each currency; netted by organisation a year may come to nothing that did not by contact."""
    firms = {each.currency: each for each in flow.by_organisation}
    return [(own, firms.get(own.currency, own)) for own in flow.by_contact]


def _shares(each: Spread, found: Portfolio) -> dict[str, Any]:
    return {
        "total": Money(each.total, each.currency).amount,
        "shares": [
            {
                "id": found.names[one.holder].id,
                "name": found.names[one.holder].name,
                "amount": Money(one.amount, each.currency).amount,
                "share": 100.0 * one.share,
            }
            for one in each.slices
        ],
    }


def _stake(stake: Stake) -> dict[str, Any]:
    return {
        "value": stake.value.amount,
        "currency": None if stake.value.currency == NO_CURRENCY else stake.value.currency,
        "silent_risk": stake.silent_risk,
        "at_stake": stake.at_stake.amount,
    }
