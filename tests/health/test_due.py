"""What they may need next: habits of three days or more, and when the next turn falls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.health.due import DueItem, due_items

TODAY = date(2026, 11, 21)


def sale(item: str, ago: int, number: int = 1, kind: TransactionKind = TransactionKind.SALE) -> Transaction:
    return Transaction(number, Moment(TODAY - timedelta(ago)), "c_1", kind, Money(100, "EUR"), item)


def sales(item: str, *ago: int) -> list[Transaction]:
    return [sale(item, days) for days in ago]


def test_an_item_taken_on_three_days_is_due_one_usual_gap_after_the_last() -> None:
    found = due_items(sales("portrait", 70, 40, 10), TODAY)

    assert found == (DueItem("portrait", 3, date(2026, 11, 11), 30, date(2026, 12, 11)),)


@pytest.mark.parametrize("ago", [(40, 10), (10,), (), (10, 10, 10), (40, 10, -30)])
def test_fewer_than_three_days_up_to_today_are_no_habit(ago: tuple[int, ...]) -> None:
    assert due_items(sales("portrait", *ago), TODAY) == ()


def test_spelling_counts_without_case_accents_and_blanks_and_the_last_one_is_shown() -> None:
    found = due_items([sale("Café  CRÈME", 70), sale("cafe creme", 40), sale("Café crème", 10)], TODAY)

    assert [(item.item, item.times) for item in found] == [("Café crème", 3)]


def test_only_sales_count_and_only_with_an_item() -> None:
    other = [
        sale("flour", ago, kind=kind) for ago in (70, 40, 10) for kind in TransactionKind if kind is not TransactionKind.SALE
    ]

    assert due_items([*other, *sales("", 70, 40, 10), *sales("  ", 70, 40, 10)], TODAY) == ()


def test_the_item_due_first_comes_first_overdue_ones_before_it() -> None:
    found = due_items([*sales("album", 190, 100, 10), *sales("portrait", 70, 40, 10), *sales("prints", 110, 80, 50)], TODAY)

    assert [(item.item, item.due.isoformat()) for item in found] == [
        ("prints", "2026-11-01"), ("portrait", "2026-12-11"), ("album", "2027-02-09"),
    ]  # fmt: skip


@pytest.mark.parametrize(("last", "there"), [(90, True), (91, False)])
def test_what_was_not_taken_for_three_usual_gaps_is_left_out(last: int, there: bool) -> None:
    assert bool(due_items(sales("portrait", last + 60, last + 30, last), TODAY)) is there


def test_two_purchases_of_one_occasion_do_not_count_as_a_rhythm() -> None:
    [item] = due_items(sales("portrait", 61, 60, 10), TODAY)

    assert item.gap == 50


def test_a_sale_of_today_counts() -> None:
    [item] = due_items(sales("portrait", 40, 20, 0), TODAY)

    assert (item.last, item.times) == (TODAY, 3)


def test_blanks_part_words_and_do_not_join_them() -> None:
    assert due_items([sale("photo album", 70), sale("photo  album", 40), sale("photoalbum", 10)], TODAY) == ()


def test_what_is_taken_every_day_is_due_tomorrow() -> None:
    [item] = due_items(sales("bread", 4, 3, 2, 1, 0), TODAY)

    assert (item.gap, item.due) == (1, TODAY + timedelta(1))
