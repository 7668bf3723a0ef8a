"""A transaction: value that changed hands, always a positive amount of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from relcli.domain.moment import Moment
from relcli.domain.money import Money


class TransactionKind(StrEnum):
    """`sale` they bought from us, `purchase` we from them, `refund` money back to them, `credit` back to us."""

    SALE = "sale"
    PURCHASE = "purchase"
    REFUND = "refund"
    CREDIT = "credit"


GIVES_BACK = {TransactionKind.REFUND: TransactionKind.SALE, TransactionKind.CREDIT: TransactionKind.PURCHASE}


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


def net(transactions: Iterable[Transaction], kind: TransactionKind) -> dict[str, int]:
    """What sales, or purchases, came to less what was given back of them: by currency, in minor units."""
    found: dict[str, int] = {}
    for one in transactions:
        if kind in (one.kind, GIVES_BACK.get(one.kind)):
            sign = 1 if one.kind is kind else -1
            found[one.money.currency] = found.get(one.money.currency, 0) + sign * one.money.minor
    return found
