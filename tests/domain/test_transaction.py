"""One transaction."""

from __future__ import annotations

from datetime import date

from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.transaction import Transaction, TransactionKind


def test_a_transaction_is_known_by_a_public_id_and_is_a_sale_purchase_refund_or_credit() -> None:
    assert Transaction(12, Moment(date(2026, 5, 5)), "c_1", TransactionKind.SALE, Money(1250, "EUR")).id == "t_12"
    assert list(TransactionKind) == ["sale", "purchase", "refund", "credit"]
