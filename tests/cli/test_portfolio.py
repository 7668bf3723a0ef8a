"""The portfolio in `health-report`: shares, concentration, dependence, what is at stake, which relationships have no plan."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

YEAR = ("2025-11-22", "2026-11-21")  # the 365 days to the day on which the tests live


def report(relcli: Any, *words: str) -> dict[str, Any]:
    return dict(json.loads(relcli.ok("health-report", *words, "-f", "json").out))


def of(relcli: Any, side: str, currency: str = "EUR", *words: str) -> dict[str, Any]:
    [found] = [one for one in report(relcli, *words)["portfolio"][side] if one["currency"] == currency]
    return dict(found)


def shares(part: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["amount"] for one in part["shares"]}


@pytest.fixture
def book(relcli: Any) -> Any:
    """A bakery and Ana, who worked there until 2026-06-01, then Bo; in two currencies."""
    relcli.ok("book init --currency EUR --timezone UTC")
    relcli.ok("contact add Bakery --kind organisation --role customer")
    relcli.ok("contact add Ana --works-for Bakery --role customer --now 2025-12-01")
    relcli.ok("contact add Bo --role customer")
    relcli.ok("contact add Mill --kind organisation --role supplier")
    relcli.ok("sold Bakery 300 bread --at 2026-02-01")
    relcli.ok("sold Ana 100 cake --at 2026-03-01")
    relcli.ok("sold Bo 100 cake --at 2026-04-01")
    relcli.ok("sold Bo '70 USD' cake --at 2026-04-02")
    relcli.ok("sold Bo 900 cake --at 2025-11-21")  # a day too early
    relcli.ok("bought Mill 40 flour --at 2026-05-01")
    return relcli


def test_people_count_with_the_organisation_they_worked_for_and_records_once_where_they_were_written(book: Any) -> None:
    sales = of(book, "sales")

    assert shares(sales["by_organisation"]) == {"Bakery": "400.00", "Bo": "100.00"}
    assert shares(sales["by_contact"]) == {"Bakery": "300.00", "Ana": "100.00", "Bo": "100.00"}
    assert (sales["by_organisation"]["total"], sales["by_contact"]["total"]) == ("500.00", "500.00")
    assert [one["share"] for one in sales["by_organisation"]["shares"]] == [80.0, 20.0]
    assert sales["by_organisation"]["herfindahl"] == pytest.approx(0.68)
    assert sales["by_organisation"]["alike"] == pytest.approx(1 / 0.68, abs=0.01)


def test_who_left_takes_later_sales_along_and_leaves_the_former_ones(book: Any) -> None:
    book.ok("contact edit Ana --no-works-for --now 2026-06-01")
    book.ok("sold Ana 50 cake --at 2026-07-01")

    assert shares(of(book, "sales")["by_organisation"]) == {"Bakery": "400.00", "Bo": "100.00", "Ana": "50.00"}


def test_currencies_are_never_added(book: Any) -> None:
    assert [one["currency"] for one in report(book)["portfolio"]["sales"]] == ["EUR", "USD"]
    assert shares(of(book, "sales", "USD")["by_contact"]) == {"Bo": "70.00"}
    page = book.ok("health-report").out
    assert "500.00 EUR from 2: Bakery 80 %, Bo 20 %" in page
    assert "70.00 USD, all from Bo" in page


def test_a_refund_lowers_the_year_it_falls_in_and_not_below_zero(book: Any) -> None:
    book.ok("log-transaction Bakery 50 --kind refund --at 2026-08-01")
    book.ok("log-transaction Bo 150 --kind refund --at 2026-08-01")  # of the cake of the year before

    sales = of(book, "sales")
    assert shares(sales["by_contact"]) == {"Bakery": "250.00", "Ana": "100.00"}
    assert sales["by_contact"]["total"] == "350.00"


def test_suppliers_have_their_purchases_less_credits(book: Any) -> None:
    book.ok("log-transaction Mill 15 --kind credit --at 2026-05-09")

    assert shares(of(book, "purchases")["by_organisation"]) == {"Mill": "25.00"}
    assert of(book, "purchases")["by_organisation"]["herfindahl"] == 1.0


def test_the_portfolio_of_a_past_day_is_that_of_its_year(book: Any) -> None:
    assert shares(of(book, "sales", "EUR", "--as-of", "2026-03-31")["by_contact"]) == {
        "Bo": "900.00", "Bakery": "300.00", "Ana": "100.00",
    }  # fmt: skip
    assert report(book, "--as-of", "2025-10-01")["portfolio"]["sales"] == []


def test_it_is_of_the_whole_book_whatever_was_chosen_and_a_page_about_some_leaves_it_out(book: Any) -> None:
    assert report(book, "--role", "supplier")["portfolio"] == report(book)["portfolio"]
    assert "The year in one piece" in book.ok("health-report").out
    assert "The year in one piece" not in book.ok("health-report --role supplier").out


def test_a_report_on_some_rungs_leaves_the_year_out(book: Any) -> None:
    assert "The year in one piece" not in book.ok("health-report --stage first-time").out


def test_the_forgotten_stay_in_the_total_and_nobody_holds_their_part(book: Any) -> None:
    book.ok("contact forget Bo --yes")

    sales = of(book, "sales")["by_organisation"]
    assert (shares(sales), sales["total"]) == ({"Bakery": "400.00"}, "500.00")
    assert (sales["shares"][0]["share"], sales["herfindahl"], sales["forgotten"]) == (80.0, 1.0, "100.00")
    dollars = of(book, "sales", "USD")["by_organisation"]
    assert (dollars["shares"], dollars["herfindahl"], dollars["alike"], dollars["forgotten"]) == ([], None, None, "70.00")
    page = book.ok("health-report").out
    assert "500.00 EUR, the rest from Bakery; 20 % from people since forgotten" in page
    assert "70.00 USD, all from people since forgotten" in page


def test_shares_in_two_currencies_say_in_which(book: Any) -> None:
    book.ok("sold Bakery '5 USD' --at 2026-05-02")
    book.ok("circumstance set Bakery importance --theirs 2 --ours 5")

    assert "; 80 % of EUR sales; 7 % of USD sales)" in book.ok("health-report").out


def test_whom_we_need_more_than_they_need_us(book: Any) -> None:
    book.ok("circumstance set Bakery importance --theirs 2 --ours 5")
    book.ok("circumstance set Bo importance --theirs 4 --ours 3")
    book.ok("circumstance set Mill importance --ours 5")  # one side alone says nothing of balance

    [one] = report(book)["portfolio"]["we_depend_on"]
    assert (one["name"], one["theirs"], one["ours"], one["balance"]) == ("Bakery", 2.0, 5.0, -3.0)
    assert (one["share_of_sales"], one["share_of_purchases"]) == ({"EUR": 80.0}, {})
    assert "Bakery more than they on us (5.0 against 2.0; 80 % of sales)" in book.ok("health-report").out
    book.ok("contact archive Bakery")
    assert report(book)["portfolio"]["we_depend_on"] == []


def test_a_book_without_trade_has_nothing_to_show(relcli: Any, two: None) -> None:
    found = report(relcli)

    assert (found["portfolio"]["sales"], found["portfolio"]["purchases"], found["plans"]["worth_growing"]) == ([], [], 0)
    assert "The year in one piece" not in relcli.ok("health-report").out


# --- on the demo, beside plain SQL ----------------------------------------------------------------------------------------


@pytest.fixture
def demo(relcli: Any, place: Path) -> Any:
    relcli.ok("--book", str(place / "book.db"), "demo")
    return relcli


def ask(place: Path, statement: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(place / "book.db")
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


YEAR_SQL = "t.day > CAST(julianday('2026-11-21') - julianday('1970-01-01') AS INTEGER) - 365"


def test_the_shares_of_the_demo_are_those_of_its_tables(demo: Any, place: Path) -> None:
    for side, kind in (("sales", "sale"), ("purchases", "purchase")):
        told = of(demo, side)
        rows = ask(
            place,
            f"SELECT coalesce(o.name, c.name), sum(t.amount) FROM 'transaction' t JOIN contact c ON c.id = t.contact_id"
            f" LEFT JOIN works_for w ON w.person_id = c.id LEFT JOIN contact o ON o.id = w.organisation_id"
            f" WHERE t.kind = '{kind}' AND {YEAR_SQL} GROUP BY 1",
        )
        total = sum(amount for _, amount in rows)
        assert len(rows) > 5
        assert shares(told["by_organisation"]) == {name: f"{amount / 100:.2f}" for name, amount in rows}
        assert told["by_organisation"]["total"] == f"{total / 100:.2f}"
        assert told["by_organisation"]["herfindahl"] == pytest.approx(sum((a / total) ** 2 for _, a in rows), abs=1e-4)


def test_what_is_at_stake_is_the_value_of_the_year_times_the_chance_of_silence(demo: Any, place: Path) -> None:
    values = dict(
        ask(
            place,
            f"SELECT c.code, sum(t.amount) FROM 'transaction' t JOIN contact c ON c.id = t.contact_id WHERE {YEAR_SQL} GROUP BY 1",
        )
    )
    found = report(demo)
    cards = {card["id"]: card for card in found["scorecards"]}
    for side, kind in (("sales", "sale"), ("purchases", "purchase")):
        traded = {
            code
            for (code,) in ask(
                place,
                f"SELECT c.code FROM 'transaction' t JOIN contact c ON c.id = t.contact_id WHERE t.kind = '{kind}' AND {YEAR_SQL}",
            )
        }
        expected = {code for code, card in cards.items() if card["status"] == "at-risk" and code in traded}
        [told] = found["portfolio"][side]
        assert expected
        assert {one["id"] for one in told["at_risk"]} == expected
        for one in told["at_risk"]:
            assert float(one["at_stake"]) == pytest.approx(
                values[one["id"]] / 100 * cards[one["id"]]["silent_risk"] / 100, abs=0.5
            )
        assert float(told["at_stake"]) == pytest.approx(sum(float(one["at_stake"]) for one in told["at_risk"]), abs=0.005)


def test_relationships_worth_growing_without_a_plan_are_named_by_what_is_at_stake(demo: Any) -> None:
    found = report(demo)
    plans, cards = found["plans"], {card["id"]: card for card in found["scorecards"]}
    stakes = [float(one["at_stake"] or 0) for one in plans["without_plan"]]

    assert plans["worth_growing"] == plans["with_plan"] + len(plans["without_plan"])
    assert plans["with_plan"] >= 1
    assert stakes == sorted(stakes, reverse=True)
    assert stakes[0] > 0
    for one in plans["without_plan"]:
        card = cards[one["id"]]
        assert card["plan"] is None
        assert card["status"] not in {"closed", "distant", "lapsed", "crowded", "record"}
        assert card["health"] is None or card["health"] < 75


def test_a_plan_takes_somebody_off_that_list_and_a_clear_puts_them_back(demo: Any) -> None:
    before = report(demo)["plans"]
    first = before["without_plan"][0]["id"]
    demo.ok("plan", "set", first, "--aim", "loyal")
    planned = report(demo)["plans"]
    demo.ok("plan", "clear", first)

    assert (planned["worth_growing"], planned["with_plan"]) == (before["worth_growing"], before["with_plan"] + 1)
    assert first not in {one["id"] for one in planned["without_plan"]}
    assert report(demo)["plans"] == before


@pytest.mark.parametrize(
    "wish", [("--closeness", "none"), ("--closeness", "arms-length"), ("--do-not-contact",)], ids=lambda wish: wish[-1]
)
def test_whom_we_are_to_leave_alone_is_not_worth_growing(demo: Any, wish: tuple[str, ...]) -> None:
    before = report(demo)["plans"]
    first = before["without_plan"][0]["id"]
    demo.ok("preference", "set", first, *wish, "--stated", "please")

    assert report(demo)["plans"]["worth_growing"] == before["worth_growing"] - 1


def test_a_person_and_their_organisation_are_one_relationship_and_share_a_plan(relcli: Any) -> None:
    relcli.ok("contact add Bakery --kind organisation --role customer")
    relcli.ok("contact add Ana --works-for Bakery")
    for day in ("2026-08-01", "2026-09-01"):
        relcli.ok(f"log Ana hello --channel meeting --at {day}")
    found = report(relcli)["plans"]
    assert (found["worth_growing"], [one["name"] for one in found["without_plan"]]) == (1, ["Bakery"])
    relcli.ok("plan set Ana --aim loyal")

    assert report(relcli)["plans"]["with_plan"] == 1
