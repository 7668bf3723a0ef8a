"""One transaction."""

from __future__ import annotations

from datetime import date

from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.transaction import Transaction, TransactionKind, net


def test_a_transaction_is_known_by_a_public_id_and_is_a_sale_purchase_refund_or_credit() -> None:
    assert Transaction(12, Moment(date(2026, 5, 5)), "c_1", TransactionKind.SALE, Money(1250, "EUR")).id == "t_12"
    assert list(TransactionKind) == ["sale", "purchase", "refund", "credit"]


def test_what_went_back_lowers_what_was_paid_by_currency() -> None:
    def one(kind: TransactionKind, minor: int, currency: str = "EUR") -> Transaction:
        return Transaction(1, Moment(date(2026, 5, 5)), "c_1", kind, Money(minor, currency))

    kinds = TransactionKind
    book = [
        one(kinds.SALE, 500), one(kinds.SALE, 70, "USD"), one(kinds.REFUND, 200), one(kinds.REFUND, 5, "JPY"),
        one(kinds.PURCHASE, 90), one(kinds.CREDIT, 100),
    ]  # fmt: skip
    assert net(book, kinds.SALE) == {"EUR": 300, "USD": 70, "JPY": -5}
    assert net(book, kinds.PURCHASE) == {"EUR": -10}
