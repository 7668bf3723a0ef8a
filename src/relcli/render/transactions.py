"""Transactions on a page and in a line."""

from __future__ import annotations

from collections.abc import Mapping

from relcli.actions.transactions import TransactionsListed, TransactionsRemoved, TransactionWritten
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.render.interactions import newcomers, when
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page

_WORDS = {
    TransactionKind.SALE: "to",
    TransactionKind.PURCHASE: "from",
    TransactionKind.REFUND: "to",
    TransactionKind.CREDIT: "from",
}


def written(result: TransactionWritten) -> str:
    """One line: what was written, and when it happened."""
    t = result.transaction
    if result.batch is None:
        return f"left {t.id} as it is"
    return f"{result.act} {t.id}: {_line(t, result.contact.name)}{newcomers(result.added)}"


def removed(result: TransactionsRemoved) -> str:
    """One line: what was removed, or how many and which."""
    if len(result.transactions) > 1:
        return f"removed {len(result.transactions)} transactions: {' '.join(t.id for t in result.transactions)}"
    [t] = result.transactions
    return f"removed {t.id}: {_line(t, result.names.get(t.contact, t.contact))}"


def listed(result: TransactionsListed) -> Page:
    """A line a transaction, newest first."""
    columns = [
        Column("when"),
        Column("kind"),
        Column("amount", "right"),
        Column("who", folds=True),
        Column("item", folds=True),
        Column("id"),
    ]
    return Page([Grid(columns, [_cells(t, result.names) for t in result.transactions])])


def shown(result: TransactionsListed) -> Page:
    """Everything of each transaction."""
    blocks: list[Block] = []
    for place, t in enumerate(result.transactions):
        facts = [(label, Cell(text)) for label, text in _facts(t, result.names) if text]
        blocks += [Gap()] if place else []
        blocks += [Heading(t.id, when(t.when)), Facts(facts)]
    return Page(blocks)


def _line(t: Transaction, name: str) -> str:
    item = f" for {t.item}" if t.item else ""
    return f"{t.kind} of {t.money} {_WORDS[t.kind]} {name}{item}, {when(t.when)}"


def _cells(t: Transaction, names: Mapping[str, str]) -> list[Cell]:
    return [
        Cell(when(t.when), "label"),
        Cell(t.kind.value),
        Cell(str(t.money)),
        Cell(names.get(t.contact, t.contact), "name"),
        Cell(t.item),
        Cell(t.id, "dim"),
    ]


def _facts(t: Transaction, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("who", f"{names.get(t.contact, t.contact)} ({t.contact})"),
        ("kind", t.kind.value),
        ("amount", str(t.money)),
        ("item", t.item),
        ("at", str(t.when)),
        ("source", t.source),
        ("known as", t.external_id),
    ]
