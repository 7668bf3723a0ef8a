"""A transaction: value that changed hands, always a positive amount of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from relcli.domain.moment import Moment
from relcli.domain.money import Money


class TransactionKind(StrEnum):
    """`sale` they bought from us, `purchase` we from them, `refund` money back to them, `credit` back to us."""

    SALE = "sale"
    PURCHASE = "purchase"
    REFUND = "refund"
    CREDIT = "credit"


TRADES = (TransactionKind.SALE, TransactionKind.PURCHASE)  # what takes two; a refund or credit is no sign of anything
GIVES_BACK = {TransactionKind.REFUND: TransactionKind.SALE, TransactionKind.CREDIT: TransactionKind.PURCHASE}
SALES = {TransactionKind.SALE: 1, TransactionKind.REFUND: -1}  # with what sign each counts in a sum
PURCHASES = {TransactionKind.PURCHASE: 1, TransactionKind.CREDIT: -1}


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction; `contact` is the public id of the other side."""

    number: int
    when: Moment
    contact: str
    kind: TransactionKind
    money: Money
    item: str = ""
    source: str = ""
    external_id: str = ""

    @property
    def id(self) -> str:
        """The public id, `t_12`."""
        return f"t_{self.number}"

    def content(self) -> dict[str, Any]:
        """What it says, field by field, without its contact; None and empty mean "not said"."""
        return {
            "at": str(self.when),
            "kind": self.kind.value,
            "amount": self.money.minor,
            "currency": self.money.currency,
            "item": self.item,
            "source": self.source,
            "external_id": self.external_id,
        }


def net(transactions: Iterable[Transaction], kind: TransactionKind) -> dict[str, int]:
    """What sales, or purchases, came to less what was given back of them: by currency, in minor units."""
    found: dict[str, int] = {}
    signs = SALES if kind is TransactionKind.SALE else PURCHASES
    for one in transactions:
        if one.kind in signs:
            found[one.money.currency] = found.get(one.money.currency, 0) + signs[one.kind] * one.money.minor
    return found
