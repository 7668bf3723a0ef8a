"""Transactions in words."""

from __future__ import annotations

from relcli.actions.transactions import TransactionLogged
from relcli.domain.transaction import TransactionKind
from relcli.render.interactions import when

_WORDS = {
    TransactionKind.SALE: "to",
    TransactionKind.PURCHASE: "from",
    TransactionKind.REFUND: "to",
    TransactionKind.CREDIT: "from",
}


def logged(result: TransactionLogged) -> str:
    """One line: what was written, and when it happened."""
    t = result.transaction
    item = f" for {t.item}" if t.item else ""
    return f"logged {t.id}: {t.kind} of {t.money} {_WORDS[t.kind]} {result.contact.name}{item}, {when(str(t.when))}"
