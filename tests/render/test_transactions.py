"""Transactions in a line and on a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render.people import ANA, BARE_REFUND, BATCH, BO, NAMES, SALE

from relcli.actions.transactions import TransactionsListed, TransactionsRemoved, TransactionWritten
from relcli.domain.transaction import TransactionKind
from relcli.render import transactions
from relcli.render.plain import to_plain

LOGGED = TransactionWritten(SALE, ANA, BATCH, "logged")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (TransactionKind.SALE, "sale of 480.00 EUR to Ana Ruiz"),
        (TransactionKind.PURCHASE, "purchase of 480.00 EUR from Ana Ruiz"),
        (TransactionKind.REFUND, "refund of 480.00 EUR to Ana Ruiz"),
        (TransactionKind.CREDIT, "credit of 480.00 EUR from Ana Ruiz"),
    ],
)
def test_one_line_says_which_way_the_value_went(kind: TransactionKind, said: str) -> None:
    result = replace(LOGGED, transaction=replace(SALE, kind=kind))
    assert transactions.written(result) == f"logged t_7: {said} for wedding album, 2026-05-06 17:30"


def test_what_was_never_said_is_left_out_and_who_was_added_is_named() -> None:
    result = TransactionWritten(BARE_REFUND, BO, BATCH, "logged", added=(BO,))
    assert transactions.written(result) == "logged t_8: refund of 12.50 to Bo, 2026-05-05; added Bo (c_bbbbbbbb)"


def test_a_write_that_changes_nothing_says_so() -> None:
    assert transactions.written(replace(LOGGED, batch=None)) == "left t_7 as it is"


def test_one_removed_is_described_and_several_are_counted_and_named() -> None:
    one = TransactionsRemoved((BARE_REFUND,), {}, BATCH)
    assert transactions.removed(one) == "removed t_8: refund of 12.50 to c_bbbbbbbb, 2026-05-05"
    assert transactions.removed(replace(one, transactions=(SALE, BARE_REFUND))) == "removed 2 transactions: t_7 t_8"


def test_a_list_has_a_line_each_with_the_amounts_to_the_right() -> None:
    page = transactions.listed(TransactionsListed((SALE, BARE_REFUND), NAMES))
    assert to_plain(page).splitlines() == [
        "when              kind        amount  who       item           id",
        "2026-05-06 17:30  sale    480.00 EUR  Ana Ruiz  wedding album  t_7",
        "2026-05-05        refund       12.50  Bo                       t_8",
    ]


def test_shown_is_everything_of_each_and_nothing_that_was_never_said() -> None:
    page = transactions.shown(TransactionsListed((SALE, BARE_REFUND), NAMES))
    assert to_plain(page).splitlines() == [
        "t_7  2026-05-06 17:30",
        "who       Ana Ruiz (c_aaaaaaaa)",
        "kind      sale",
        "amount    480.00 EUR",
        "item      wedding album",
        "at        2026-05-06T17:30:00+02:00",
        "source    shop",
        "known as  o-1",
        "",
        "t_8  2026-05-05",
        "who       Bo (c_bbbbbbbb)",
        "kind      refund",
        "amount    12.50",
        "at        2026-05-05",
    ]
